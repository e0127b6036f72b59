//! What lies open today, placed so that every page of the demo has something to show: a lamp that
//! is being repaired, two matters that are due within two hours, three overdue, four with nobody.

use kernel::Minutes;
use requests::Channel;

use super::author::Author;
use super::course::{Course, Ending, Pace};
use super::joint;
use super::matters::{Matter, Place, Reporter};
use super::moments;
use super::steps::Step;

/// How many lie open, the two in her stairwell among them.
pub const OPEN: usize = LYING.len() + joint::MATTERS + 2;
/// In how many minutes the things in her stairwell are to be cleared away.
const HER_STAIRS_ARE_DUE: i64 = 1_480;
/// In how many minutes her lamp is due.
const HER_LAMP_IS_DUE: i64 = 312;

/// How far a matter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Received,
    Triaged,
    Dispatched,
    InProgress,
    Explained,
    Answered,
    NotReached,
}

use Stage::{Answered, Dispatched, Explained, InProgress, NotReached, Received, Triaged};

/// The category, in how many minutes it is due (less than none: overdue), and its stage.
const LYING: [(&str, i64, Stage); 39] = [
    ("ebike-charging", 100, InProgress),
    ("sewer", 76, Dispatched),
    ("paving", -190, Dispatched),
    ("intercom", -640, InProgress),
    ("litter", -95, InProgress),
    ("suggestion", 13_800, Received),
    ("anything", 7_020, Received),
    ("lost", 3_900, Triaged),
    ("anything", 6_300, Triaged),
    ("lamp", 820, Dispatched),
    ("lamp", 1_150, Dispatched),
    ("greenery", 5_200, Dispatched),
    ("clutter", 3_700, Dispatched),
    ("meals", 2_300, Dispatched),
    ("leak", 9_100, Dispatched),
    ("next-door", 3_900, Dispatched),
    ("crossings", 8_800, Dispatched),
    ("fees", 6_600, Dispatched),
    ("dancing", 2_200, Dispatched),
    ("parking", 700, InProgress),
    ("intercom", 1_300, InProgress),
    ("leak", 6_100, InProgress),
    ("facade", 560, InProgress),
    ("benches", 4_400, InProgress),
    ("pests", 3_300, InProgress),
    ("living-alone", 1_500, InProgress),
    ("upstairs-leak", 2_600, InProgress),
    ("lift", 190, InProgress),
    ("no-water", 620, InProgress),
    ("new-lift", 4_700, Explained),
    ("spaces", 8_200, Explained),
    ("lamp", 400, Answered),
    ("stair-cleaning", 1_100, Answered),
    ("bins", 1_300, Answered),
    ("renovation", 300, Answered),
    ("charging-points", 3_100, Answered),
    ("doors", 1_900, Answered),
    ("sewer", 260, NotReached),
    ("guards", 1_700, NotReached),
];

/// The open matters, and one of 王秀英's that was closed some weeks ago.
pub fn open(author: &mut Author) -> Vec<Matter> {
    let mut matters = vec![
        her_door_of_last_month(author),
        her_lamp(author),
        things_in_her_stairwell(author),
    ];
    for (code, due_minutes, stage) in LYING {
        let kind = author.kind(code);
        let place = author.place(author.kinds[kind].scene);
        let mut matter = due_in(author, kind, place, due_minutes);
        matter.steps = so_far(author, kind, &matter, stage);
        matters.push(matter);
    }
    matters.extend(joint::open(author));
    matters
}

/// A matter that came in so long ago that it is due in so many minutes; later, if that was in the
/// dead of night and nothing presses.
pub(super) fn due_in(author: &mut Author, kind: usize, place: Place, minutes: i64) -> Matter {
    let category = &author.hood.catalogue.categories[author.kinds[kind].category];
    let received_at = author.now.plus(Minutes(minutes - category.due_minutes));
    let morning = moments::by_day(received_at, (0, 0), &mut author.draw);
    let may_wait = minutes > HER_LAMP_IS_DUE && morning < author.now.plus(Minutes(-60));
    author.reported(kind, place, if may_wait { morning } else { received_at })
}

fn so_far(author: &mut Author, kind: usize, matter: &Matter, stage: Stage) -> Vec<Step> {
    let pace = Pace::Before(author.now);
    let mut course = Course::new(author, kind, matter, pace);
    course.dispatch_by_table();
    match stage {
        Received | Dispatched => {}
        Triaged => course.triage(),
        InProgress => {
            course.take_up();
            course.tell();
        }
        Explained | Answered | NotReached => {
            course.take_up();
            course.end(if stage == Explained {
                Ending::Explained
            } else {
                Ending::Answered
            });
            if stage == NotReached {
                course.ask_in_vain();
            }
        }
    }
    course.steps
}

/// The stairwell lamp of 王秀英, with 李师傅 at work on it.
fn her_lamp(author: &mut Author) -> Matter {
    let kind = author.kind("lamp");
    let place = her_entrance(author);
    let mut matter = due_in(author, kind, place, HER_LAMP_IS_DUE);
    make_hers(author, &mut matter);
    "3栋2单元楼道灯不亮".clone_into(&mut matter.title);
    "3栋2单元二楼到三楼的灯不亮，昨天晚上就黑了，老人上下楼看不清台阶，请派人来看看。"
        .clone_into(&mut matter.body);
    let repairs = author.hood.catalogue.party("first");
    let master_li = author.hood.staff.parties[repairs][0];
    let pace = Pace::Before(author.now);
    let mut course = Course::new(author, kind, &matter, pace);
    course.dispatch_by_table();
    // A bulb is the grid worker's; an old socket is the electrician's.
    course.dispatch_to(repairs);
    course.take_up_by(master_li);
    course.tell_so("物业李师傅已到场查看，是灯座老化，配件今天送到，换好后告诉您。".to_owned());
    let steps = course.steps;
    matter.steps = steps;
    matter
}

/// Things in the way on her stairs: for the worker of her grid, who has yet to take it up.
fn things_in_her_stairwell(author: &mut Author) -> Matter {
    let kind = author.kind("clutter");
    let place = her_entrance(author);
    let mut matter = due_in(author, kind, place, HER_STAIRS_ARE_DUE);
    "3栋2单元二楼堆着旧纸箱".clone_into(&mut matter.title);
    "二楼平台堆了好几个旧纸箱和一辆童车，过道只剩半边，晚上容易绊着，请帮忙劝一劝。"
        .clone_into(&mut matter.body);
    let mut course = Course::new(author, kind, &matter, Pace::Before(author.now));
    course.dispatch_by_table();
    let steps = course.steps;
    matter.steps = steps;
    matter
}

/// Her entrance door, repaired; she confirmed it herself.
fn her_door_of_last_month(author: &mut Author) -> Matter {
    let kind = author.kind("doors");
    let place = her_entrance(author);
    let received_at = author.now.plus(Minutes::days(-41));
    let mut matter = author.reported(kind, place, received_at);
    make_hers(author, &mut matter);
    "3栋2单元单元门关不严".clone_into(&mut matter.title);
    "3栋2单元的单元门关不严，风一吹就响，请修一下。".clone_into(&mut matter.body);
    let resident = author.hood.staff.resident;
    let mut course = Course::new(author, kind, &matter, Pace::OfTheOffice);
    course.dispatch_by_table();
    course.take_up();
    course.end(Ending::Answered);
    course.confirm(resident);
    let steps = course.steps;
    matter.steps = steps;
    matter
}

fn her_entrance(author: &Author) -> Place {
    let hers = author.hood.staff.posts[author.hood.staff.resident].resident;
    let building = hers.map_or(0, |(household, _)| {
        author.hood.households[household].building
    });
    author.entrance(building, 2)
}

fn make_hers(author: &Author, matter: &mut Matter) {
    let post = author.hood.staff.resident;
    matter.channel = Channel::Web;
    matter.is_public = true;
    matter.reporter = Reporter {
        post: Some(post),
        resident: author.hood.staff.posts[post].resident,
        is_in_register: true,
        written_by: None,
    };
}
