//! One's own part: what one was asked, one's places, one's shifts, and how one might be asked.

use askama::Template;
use axum::response::Response;
use kernel::Instant;
use people::skills::{Skill, skills};
use platform::access::Allowed;
use platform::web::FieldErrors;
use platform::{Message, Page, Refusal, Visit};

use super::say::{self, Choice, DayBoxes};
use super::{mine, today};
use crate::forms::RawProfile;
use crate::model::ASKINGS_MAX;
use crate::policy::Own;
use crate::store::askings::{self, OwnAsking, Unasked};
use crate::store::claims::{self, OwnClaim};
use crate::store::shifts::{self, OwnShift, Stage};
use crate::store::volunteers;
use crate::words;

/// How far one may choose to go, in metres.
const REACHES: [&str; 6] = ["300", "500", "1000", "2000", "5000", "anywhere"];

struct AskingView {
    id: String,
    href: String,
    name: String,
    when: String,
    is_once: bool,
    why: String,
    at: Instant,
}

struct ClaimView {
    post: String,
    href: String,
    name: String,
    when: String,
    slot: String,
    day: String,
}

struct ShiftView {
    id: String,
    name: String,
    day: String,
    minutes: Option<String>,
    stage: &'static str,
    tone: &'static str,
    is_confirmed: bool,
}

/// The shift that one is at.
struct Running {
    id: String,
    name: String,
    since: Option<Instant>,
}

#[derive(Template)]
#[template(path = "volunteering/own.html")]
struct OwnPage {
    page: Page,
    errors: FieldErrors,
    has_entry: bool,
    is_volunteer: bool,
    askings: Vec<AskingView>,
    claims: Vec<ClaimView>,
    running: Option<Running>,
    shifts: Vec<ShiftView>,
    unasked: Vec<(String, String)>,
    version: String,
    week: Vec<DayBoxes>,
    reaches: Vec<Choice>,
    askings_max: Vec<Choice>,
}

/// `GET /me/volunteering`.
pub async fn open(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, None, FieldErrors::default()).await
}

/// The page, with what was written when it was wrong.
pub async fn show(
    visit: &Visit,
    written: Option<RawProfile>,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("volunteering-own-title"));
    if visit.actor().person.is_none() {
        return Page::show(&OwnPage::empty(page));
    }
    let held = Held::read(visit, mine(visit)?).await?;
    let raw = written.unwrap_or_else(|| RawProfile::of(held.profile.as_ref()));
    let running = held
        .shifts
        .iter()
        .find(|one| one.shift.stage == Stage::Begun);
    Page::show(&OwnPage {
        errors,
        has_entry: true,
        is_volunteer: held.profile.is_some(),
        askings: held
            .askings
            .iter()
            .map(|one| asking(&page, one, &held.skills))
            .collect(),
        claims: held.claims.iter().map(|one| claim(&page, one)).collect(),
        running: running.map(|one| Running {
            id: one.shift.id.to_string(),
            name: one.name.clone(),
            since: one.shift.begun_at,
        }),
        shifts: held.shifts.iter().map(|one| shift(&page, one)).collect(),
        unasked: held
            .unasked
            .into_iter()
            .map(|one| (one.post.to_string(), one.name))
            .collect(),
        week: say::week(&raw.slot),
        reaches: reaches(&page, &raw.reach),
        askings_max: (1..=ASKINGS_MAX)
            .map(|n| Choice {
                value: n.to_string(),
                name: page.t1("volunteering-askings-times", "n", n),
                is_chosen: n.to_string() == raw.askings,
            })
            .collect(),
        version: raw.version,
        page,
    })
}

/// Everything that this room holds of one person.
struct Held {
    profile: Option<volunteers::Profile>,
    askings: Vec<OwnAsking>,
    unasked: Vec<Unasked>,
    claims: Vec<OwnClaim>,
    shifts: Vec<OwnShift>,
    skills: Vec<Skill>,
}

impl Held {
    async fn read(visit: &Visit, own: Allowed<Own>) -> Result<Self, Refusal> {
        let Own { community, person } = own.into_inner();
        let reader = visit.reader();
        let today = today(visit);
        let (askings, unasked) = askings::of_person(&reader, community, person, today).await?;
        Ok(Self {
            profile: volunteers::by_person(&reader, community, person).await?,
            claims: claims::of_person(&reader, community, person, today).await?,
            shifts: shifts::of_person(&reader, community, person).await?,
            // Only a reason of an asking names a skill.
            skills: if askings.is_empty() {
                Vec::new()
            } else {
                skills(&reader, community).await?
            },
            askings,
            unasked,
        })
    }
}

impl OwnPage {
    /// The page of an account that leads to no entry of the register.
    fn empty(page: Page) -> Self {
        Self {
            page,
            errors: FieldErrors::default(),
            has_entry: false,
            is_volunteer: false,
            askings: Vec::new(),
            claims: Vec::new(),
            running: None,
            shifts: Vec::new(),
            unasked: Vec::new(),
            version: String::new(),
            week: Vec::new(),
            reaches: Vec::new(),
            askings_max: Vec::new(),
        }
    }
}

fn asking(page: &Page, one: &OwnAsking, skills: &[Skill]) -> AskingView {
    let asking = &one.asking;
    AskingView {
        id: asking.id.to_string(),
        href: format!("/posts/{}", asking.post),
        name: one.name.clone(),
        when: say::turn(page, asking.turn),
        is_once: asking.turn.day.is_some(),
        why: say::why(page, &asking.why, skills),
        at: asking.at,
    }
}

fn claim(page: &Page, one: &OwnClaim) -> ClaimView {
    ClaimView {
        post: one.post.to_string(),
        href: format!("/posts/{}", one.post),
        name: one.name.clone(),
        when: say::turn(page, one.turn),
        slot: say::slot_value(one.turn.slot),
        day: say::day_value(one.turn),
    }
}

fn shift(page: &Page, one: &OwnShift) -> ShiftView {
    let shift = &one.shift;
    ShiftView {
        id: shift.id.to_string(),
        name: one.name.clone(),
        day: say::day(page, shift.day),
        minutes: shift.minutes.map(|minutes| say::minutes(page, minutes)),
        stage: words::stage(shift.stage),
        tone: match shift.stage {
            Stage::Begun => "info",
            Stage::Ended => "wait",
            Stage::Confirmed => "ok",
        },
        is_confirmed: shift.stage == Stage::Confirmed,
    }
}

fn reaches(page: &Page, chosen: &str) -> Vec<Choice> {
    REACHES
        .into_iter()
        .map(|value| Choice {
            value: value.to_owned(),
            name: value.parse::<i64>().map_or_else(
                |_| page.t("volunteering-reach-anywhere"),
                |metres| page.t1("volunteering-reach-metres", "n", metres),
            ),
            is_chosen: value == chosen,
        })
        .collect()
}
