//! What several parties have in hand today: a flooded entrance with three of them, a whistle over a
//! hard problem that is under way, one that waits for its second yes, and neighbours who are asked
//! for a hand.

use calendar::Measure;
use kernel::{Instant, Minutes};
use requests::{Call, PartDeed, Role};

use super::author::Author;
use super::course::{Course, Pace};
use super::matters::Matter;
use super::steps::{Step, Turn};
use super::today::due_in;

/// How many there are.
pub const MATTERS: usize = 4;

/// All of them.
pub fn open(author: &mut Author) -> Vec<Matter> {
    vec![
        flooded_entrance(author),
        fumes_at_night(author),
        falling_tiles(author),
        stairs_to_clear(author),
    ]
}

/// A matter of some days ago, with its own words.
fn begun(author: &mut Author, code: &str, due_minutes: i64, words: [&str; 2]) -> (Matter, usize) {
    let kind = author.kind(code);
    let place = author.place(author.kinds[kind].scene);
    let mut matter = due_in(author, kind, place, due_minutes);
    let [title, body] = words;
    title.clone_into(&mut matter.title);
    body.clone_into(&mut matter.body);
    matter.is_public = true;
    (matter, kind)
}

/// Steps after those that the table of the office makes, each so many minutes before now.
fn then(
    author: &Author,
    received_at: Instant,
    steps: &mut Vec<Step>,
    more: Vec<(i64, Option<usize>, Turn)>,
) {
    for (ago, by, turn) in more {
        let wanted = author.now.plus(Minutes(-ago));
        let last = steps.last().map_or(received_at, |step| step.at);
        let at = wanted.max(last.plus_seconds(60));
        steps.push(Step { at, by, turn });
    }
}

/// What a party's first person did with its part, so many minutes before now.
fn did(
    ago: i64,
    people: &[Vec<usize>],
    party: usize,
    deed: PartDeed,
) -> (i64, Option<usize>, Turn) {
    (ago, Some(people[party][0]), Turn::Part(party, deed))
}

fn given(role: Role, task: &str, hours: i64) -> PartDeed {
    PartDeed::Given {
        role,
        task: task.to_owned(),
        measure: Measure::Working,
        allowed: Minutes::hours(hours),
    }
}

/// The property company leads, the water company has a part, the subdistrict helps.
fn flooded_entrance(author: &mut Author) -> Matter {
    let words = [
        "地下车库入口反复积水",
        "一下雨车库入口就积水，深的时候没过脚面，电动车过不去，已经第三回了。",
    ];
    let (mut matter, kind) = begun(author, "sewer", 640, words);
    let hood = author.hood;
    let [first, water, city] = ["first", "water", "city"].map(|key| hood.catalogue.party(key));
    let clerk = hood.staff.desk[0];
    // Long enough before now that what follows comes after it.
    let now = author.now.plus(Minutes(-380));
    let mut course = Course::new(author, kind, &matter, Pace::Before(now));
    course.dispatch_by_table();
    let mut steps = course.steps;
    let people = &hood.staff.parties;
    then(
        author,
        matter.received_at,
        &mut steps,
        vec![
            (360, Some(people[first][0]), Turn::TakenUp),
            (
                330,
                Some(clerk),
                Turn::Part(
                    water,
                    given(
                        Role::Responsible,
                        "查一查雨水井到市政管这一段是不是堵了",
                        16,
                    ),
                ),
            ),
            (
                328,
                Some(clerk),
                Turn::Part(
                    city,
                    given(Role::Assisting, "入口旁占道的水果摊请先挪开，方便清井", 8),
                ),
            ),
            did(240, people, water, PartDeed::TakenUp),
            did(180, people, city, PartDeed::TakenUp),
            did(
                120,
                people,
                city,
                PartDeed::Answered("摊位已劝离，跟摊主说好清井这两天不出摊。".to_owned()),
            ),
        ],
    );
    matter.steps = steps;
    matter
}

/// A hard problem: two heads agreed, one party is there, one is in touch, one says it is not theirs.
fn fumes_at_night(author: &mut Author) -> Matter {
    let words = [
        "夜市油烟直往楼上灌",
        "楼下夜市十几个烧烤摊，油烟往二三楼家里灌，晚上不敢开窗，反映过几回，各说各的。",
    ];
    let (mut matter, _) = begun(author, "shops", 2_600, words);
    let hood = author.hood;
    let [city, police, gas] = ["city", "police", "gas"].map(|key| hood.catalogue.party(key));
    let clerk = hood.staff.desk[0];
    let people = &hood.staff.parties;
    let mut steps = Vec::new();
    then(
        author,
        matter.received_at,
        &mut steps,
        vec![
            (1_450, Some(clerk), Turn::Triaged),
            (
                1_300,
                Some(clerk),
                Turn::Whistled {
                    kind: Call::HardProblem,
                    voices: hood.staff.leaders.clone(),
                    parties: vec![city, police, gas],
                    words: "夜市油烟反复投诉，请一起到现场，定下摊位、油烟净化和用气安全怎么管。",
                },
            ),
            did(1_280, people, city, PartDeed::SignedFor),
            did(1_275, people, gas, PartDeed::SignedFor),
            did(1_200, people, city, PartDeed::Contacted),
            did(
                1_150,
                people,
                police,
                PartDeed::Declined("油烟归城管和生态环境，我们只管噪音和打架。".to_owned()),
            ),
            did(300, people, city, PartDeed::ReportedIn(true)),
        ],
    );
    matter.steps = steps;
    matter
}

/// A hard problem that one head has agreed to and the other has yet to look at.
fn falling_tiles(author: &mut Author) -> Matter {
    let words = [
        "外墙瓷砖一片片往下掉",
        "东侧外墙瓷砖空鼓，昨天又掉了两片，楼下就是孩子上学的路，先拉了警戒线。",
    ];
    let (mut matter, _) = begun(author, "facade", 900, words);
    let hood = author.hood;
    let [first, city] = ["first", "city"].map(|key| hood.catalogue.party(key));
    let clerk = hood.staff.desk[0];
    let mut steps = Vec::new();
    then(
        author,
        matter.received_at,
        &mut steps,
        vec![
            (240, Some(clerk), Turn::Triaged),
            (
                180,
                Some(clerk),
                Turn::Whistled {
                    kind: Call::HardProblem,
                    voices: vec![hood.staff.leaders[1]],
                    parties: vec![first, city],
                    words: "外墙脱落有危险，请物业和城管今天一起看现场，定围挡和维修资金怎么走。",
                },
            ),
        ],
    );
    matter.steps = steps;
    matter
}

/// Neighbours are asked for a hand.
fn stairs_to_clear(author: &mut Author) -> Matter {
    let words = [
        "楼道里旧家具没人清",
        "几个楼层堆着没人要的旧柜子、旧沙发，老人自己搬不动。",
    ];
    let (mut matter, _) = begun(author, "bulky", 3_900, words);
    let clerk = author.hood.staff.desk[0];
    let mut steps = Vec::new();
    then(
        author,
        matter.received_at,
        &mut steps,
        vec![
            (400, Some(clerk), Turn::Triaged),
            (
                380,
                Some(clerk),
                Turn::Whistled {
                    kind: Call::Community,
                    voices: Vec::new(),
                    parties: Vec::new(),
                    words: "周六上午九点，一起把楼道里的旧家具搬下楼，车已约好，要六七个有力气的。",
                },
            ),
        ],
    );
    matter.steps = steps;
    matter
}
