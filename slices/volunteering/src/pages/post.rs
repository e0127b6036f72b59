//! One post at the desk: who has a place, which shifts wait for a second person, and what can be done.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::ToSpan;
use kernel::PersonId;
use platform::access::HasFacts;
use platform::web::FieldErrors;
use platform::{Message, Page, Refusal, Visit};

use super::say::{self, Choice};
use super::{today, within};
use crate::forms::{NOTED_DAYS, RawNote};
use crate::model::{Claim, State, Turn, Verb, taken};
use crate::store::claims;
use crate::store::posts::Post;
use crate::store::shifts::{self, Shift, Stage};
use crate::{policy, words};

/// Those who have a place at one time.
struct TimeView {
    name: String,
    ask_href: String,
    taken: usize,
    people: Vec<String>,
    is_full: bool,
}

struct ShiftView {
    id: String,
    name: String,
    day: String,
    minutes: Option<String>,
    is_noted: bool,
    stage: &'static str,
    /// Whether this reader is the second person whom it needs.
    may_confirm: bool,
}

#[derive(Template)]
#[template(path = "volunteering/desk_post.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one thing is offered to this reader"
)]
struct PostPage {
    page: Page,
    errors: FieldErrors,
    id: String,
    name: String,
    state: &'static str,
    tone: &'static str,
    version: i64,
    places: u32,
    minutes: String,
    place: String,
    times: Vec<TimeView>,
    shifts: Vec<ShiftView>,
    people: Vec<Choice>,
    raw: RawNote,
    earliest: String,
    today: String,
    is_open: bool,
    may_write: bool,
    may_ask: bool,
    may_open: bool,
    may_close: bool,
}

/// `GET /posts/desk/{id}`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    show(&visit, &id, None, FieldErrors::default()).await
}

/// The page, with a note that was wrong.
pub async fn show(
    visit: &Visit,
    id: &str,
    written: Option<RawNote>,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let post = within(visit, &reader, id, policy::CONFIRM).await?;
    let today = today(visit);
    let there = claims::of_post(&reader, community, post.id, today).await?;
    let waiting = shifts::waiting_at(&reader, community, post.id).await?;
    let mut known: Vec<PersonId> = there.iter().map(|claim| claim.person).collect();
    known.extend(waiting.iter().map(|shift| shift.person));
    known.sort_unstable();
    known.dedup();
    let names = people::names(&reader, community, &known).await?;
    let page = visit.page(Message::of("volunteering-post-title").with("name", &post.what.name));
    let name = |person: PersonId| {
        let name = names.get(&person).cloned();
        name.unwrap_or_else(|| page.t("volunteering-somebody"))
    };
    let raw = written.unwrap_or_else(|| RawNote {
        day: today.to_string(),
        minutes: post.what.shift_minutes.to_string(),
        ..RawNote::default()
    });
    let facts = post.facts();
    let may_write = visit.covers(policy::WRITE, &facts);
    let times = post.what.times().into_iter();
    let times = times.map(|slot| {
        let turn = Turn { slot, day: None };
        time(&page, &post, &there, turn, &name)
    });
    let shifts = waiting
        .iter()
        .map(|one| shift(&page, one, name(one.person)));
    let own = visit.actor().person;
    Page::show(&PostPage {
        errors,
        id: post.id.to_string(),
        name: post.what.name.clone(),
        state: words::state(post.state),
        tone: words::tone(post.state),
        version: post.version,
        places: post.what.places,
        minutes: say::minutes(&page, post.what.shift_minutes.into()),
        place: post.what.place.clone(),
        times: times.collect(),
        shifts: shifts.collect(),
        people: with_a_place(&there)
            .filter(|person| Some(*person) != own)
            .map(|person| Choice {
                value: person.to_string(),
                name: name(person),
                is_chosen: raw.person == person.to_string(),
            })
            .collect(),
        raw,
        earliest: today.saturating_sub(NOTED_DAYS.days()).to_string(),
        today: today.to_string(),
        is_open: post.state == State::Open,
        may_write,
        may_ask: visit.covers(policy::ASK, &facts) && post.state == State::Open,
        may_open: may_write && post.state.after(Verb::Open).is_some(),
        may_close: may_write && post.state.after(Verb::Close).is_some(),
        page,
    })
}

/// Those who have a place, each once.
fn with_a_place(there: &[Claim]) -> impl Iterator<Item = PersonId> {
    let mut people: Vec<PersonId> = there.iter().map(|claim| claim.person).collect();
    people.sort_unstable();
    people.dedup();
    people.into_iter()
}

fn time(
    page: &Page,
    post: &Post,
    there: &[Claim],
    turn: Turn,
    name: &impl Fn(PersonId) -> String,
) -> TimeView {
    let of_time = there.iter().filter(|claim| claim.slot == turn.slot);
    let taken = taken(there, turn);
    TimeView {
        name: say::slot(page, turn.slot),
        ask_href: format!(
            "/posts/desk/{}/ask?slot={}",
            post.id,
            say::slot_value(turn.slot)
        ),
        taken,
        people: of_time
            .map(|claim| match claim.day {
                None => name(claim.person),
                Some(day) => {
                    let day = say::day(page, day);
                    page.t2(
                        "volunteering-only-on",
                        "name",
                        name(claim.person),
                        "day",
                        day,
                    )
                }
            })
            .collect(),
        is_full: taken >= usize::try_from(post.what.places).unwrap_or(usize::MAX),
    }
}

fn shift(page: &Page, one: &Shift, name: String) -> ShiftView {
    let actor = page.visit().actor();
    let is_second = actor.person != Some(one.person)
        && (one.noted_by.is_none() || one.noted_by != actor.account);
    ShiftView {
        id: one.id.to_string(),
        name,
        day: say::day(page, one.day),
        minutes: one.minutes.map(|minutes| say::minutes(page, minutes)),
        is_noted: one.noted_by.is_some(),
        stage: words::stage(one.stage),
        may_confirm: is_second && one.stage == Stage::Ended,
    }
}
