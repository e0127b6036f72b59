//! The volunteers and their posts, each act at its own moment.

use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{AccountId, Instant, Minutes, PersonId, SkillId};
use people::skills::Skill;
use platform::Tx;
use volunteering::{PastPost, PastShift, PastVolunteer, Slot, Times, Weight, What, enter_many};

use super::requests::Known;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::skills::offered;
use crate::demo::volunteering::{POSTS, Taken, Volunteer, taken, volunteers};

/// Some months before the last matter came in.
const SINCE: Minutes = Minutes::days(-120);
/// The words of skills that neighbours of the demo offer, with their names on the list.
const SKILLS: [(&str, &str); 8] = [
    ("electrician", "电工"),
    ("plumbing", "水暖维修"),
    ("tutoring", "学业辅导"),
    ("computers", "手机电脑"),
    ("law", "法律"),
    ("hair", "理发"),
    ("sign-language", "手语"),
    ("pictures", "摄影写作"),
];

/// Enters them.
pub async fn enter(tx: &mut Tx, hood: &Neighbourhood, known: &Known) -> anyhow::Result<()> {
    let Some(last) = hood.matters.last().map(|matter| matter.received_at) else {
        return Ok(());
    };
    let today = last.in_zone(&tx.house().config().zone).date();
    let skills = people::skills::skills(&*tx, tx.community()).await?;
    let all = volunteers(hood, today.year());
    let person = |one: &Volunteer| known.ids[one.resident.0][one.resident.1];
    let people: Vec<PastVolunteer> = all
        .iter()
        .enumerate()
        .map(|(number, one)| PastVolunteer {
            person: person(one),
            since: last.plus(SINCE).plus(Minutes::hours(number as i64)),
            times: Times::from_bits(one.free),
            reach_m: one.reach_m,
            askings_max: 1 + u32::try_from(number % 3).unwrap_or(0),
            asked: asked(number, last),
        })
        .collect();
    let offers = offers(hood, &all);
    let places = taken(&all, |place, skill| offers.contains(&(place, skill)));
    let desk = hood
        .staff
        .desk
        .first()
        .and_then(|post| known.accounts.get(*post));
    let ground = Ground {
        last,
        today,
        skills: &skills,
        desk: desk.copied(),
        people: people.iter().map(|one| one.person).collect(),
        places: &places,
    };
    let posts: Vec<PastPost> = (0..POSTS.len()).map(|number| ground.post(number)).collect();
    enter_many(tx, &people, &posts).await?;
    Ok(())
}

/// Some were asked lately, some long ago, some never.
fn asked(number: usize, last: Instant) -> Vec<Instant> {
    let ago = |days: i64| last.plus(Minutes::days(-days));
    match number % 4 {
        0 => vec![ago(75), ago(20)],
        1 => vec![ago(50)],
        _ => Vec::new(),
    }
}

/// Which volunteers offer which skill, by its name.
fn offers(hood: &Neighbourhood, all: &[Volunteer]) -> Vec<(usize, &'static str)> {
    let named = |word: &str| SKILLS.iter().find(|(one, _)| *one == word).map(|one| one.1);
    let place = |post: usize| {
        let resident = hood.staff.posts[post].resident;
        all.iter().position(|one| Some(one.resident) == resident)
    };
    offered(&hood.staff)
        .into_iter()
        .filter_map(|(post, word)| Some((place(post)?, named(word)?)))
        .collect()
}

struct Ground<'a> {
    last: Instant,
    today: Date,
    skills: &'a [Skill],
    desk: Option<AccountId>,
    people: Vec<PersonId>,
    places: &'a [Taken],
}

impl Ground<'_> {
    fn post(&self, number: usize) -> PastPost {
        let post = &POSTS[number];
        let skill = |skill: &&Skill| skill.name_zh == post.skill;
        let skills: Vec<SkillId> = self.skills.iter().filter(skill).map(|one| one.id).collect();
        let at = self.last.plus(SINCE);
        let here = || self.places.iter().filter(move |one| one.0 == number);
        PastPost {
            at,
            what: What {
                name: post.name.to_owned(),
                about: post.about.to_owned(),
                area: None,
                place: post.place.to_owned(),
                slots: Times::from_bits(post.slots),
                places: post.places,
                shift_minutes: post.minutes,
                weight: [Weight::Usual, Weight::Important, Weight::Vital][post.weight],
                contact: post.contact.to_owned(),
                contact_account: None,
                skills,
            },
            claims: here()
                .map(|(_, place, slot)| {
                    let since = at.plus(Minutes::days(3 + (*place % 20) as i64));
                    (self.people[*place], slot.and_then(Slot::at), since)
                })
                .collect(),
            askings: self.asking(number),
            shifts: here().flat_map(|one| self.shifts(*one)).collect(),
        }
    }

    /// 王秀英 is being asked to bring meals.
    fn asking(&self, number: usize) -> Vec<(PersonId, Option<Slot>, Instant)> {
        let hers = self.people.first().copied();
        let asked = hers.filter(|_| number == 4);
        let yesterday = self.last.plus(Minutes::days(-1));
        asked
            .map(|person| (person, Slot::at(3), yesterday))
            .into_iter()
            .collect()
    }

    /// Up to six weeks back; the last of some wait to be confirmed.
    fn shifts(&self, (number, place, slot): Taken) -> Vec<PastShift> {
        let Some(slot) = slot.and_then(Slot::at) else {
            return Vec::new();
        };
        let weekday = i64::from(self.today.weekday().to_monday_zero_offset());
        let back = (weekday - i64::from(slot.weekday())).rem_euclid(7);
        (0..1 + place % 6)
            .map(|weeks| {
                let days = if back == 0 { 7 } else { back } + 7 * weeks as i64;
                let day = self.today.saturating_sub(days.days());
                let is_waiting = weeks == 0 && place % 3 == 0;
                let at = self.last.plus(Minutes::days(1 - days));
                PastShift {
                    person: self.people[place],
                    day,
                    minutes: i64::from(POSTS[number].minutes),
                    confirmed: self.desk.filter(|_| !is_waiting).map(|desk| (desk, at)),
                }
            })
            .collect()
    }
}
