//! The coordinator's desk: who has to be chosen, called back, settled; and what somebody should look
//! at with their own eyes.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use kernel::{Minutes, PersonId};
use people::Resident;
use platform::{Message, Page, Refusal, Visit};

use super::lines::{self, LineView};
use super::span;
use crate::model::{Flag, State, flags};
use crate::store::{self, Line};
use crate::{policy, tell};

/// Helps of so many days are looked at together.
const LOOKED_BACK: Minutes = Minutes::days(30);

struct FlagView {
    words: String,
    hrefs: Vec<String>,
}

struct Part {
    title: &'static str,
    lines: Vec<LineView>,
}

#[derive(Template)]
#[template(path = "timebank/desk.html")]
struct DeskPage {
    page: Page,
    parts: Vec<Part>,
    flags: Vec<FlagView>,
    pending: usize,
}

/// `GET /timebank/desk`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let own = visit.actor().person;
    let columns = policy::columns(own);
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::COORDINATE, &columns);
    let open = store::at_desk(&reader, reach).await?;
    let since = visit.now().plus(Minutes(-LOOKED_BACK.0));
    let stints = store::stints_since(&reader, community, since).await?;
    let found = flags(&stints, visit.zone());
    let pending = store::pending_proposals(&reader, community).await?.len();
    let mut people = lines::people(&open);
    people.extend(found.iter().flat_map(people_of));
    people.sort_unstable();
    people.dedup();
    let names = people::residents(&reader, community, &people).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("timebank-desk-title"));
    let now = visit.now();
    let part = |title: &'static str, is_in: &dyn Fn(&Line) -> bool| Part {
        title,
        lines: open
            .iter()
            .filter(|line| is_in(line))
            .map(|line| lines::named(&page, &atlas, line, &names, own))
            .collect(),
    };
    let is_late =
        |line: &Line| line.state == State::SignedOut && line.answer_by.is_some_and(|by| by <= now);
    let parts = vec![
        part("timebank-part-choose", &|line| line.state == State::Offered),
        part("timebank-part-cover", &|line| {
            matches!(line.state, State::Matched | State::Confirmed)
        }),
        part("timebank-part-call-back", &is_late),
        part("timebank-part-disputed", &|line| {
            line.state == State::Disputed
        }),
        part("timebank-part-sought", &|line| {
            line.state == State::Requested
        }),
        part("timebank-part-under-way", &|line| {
            matches!(line.state, State::Reserved | State::SignedIn)
                || (line.state == State::SignedOut && !is_late(line))
        }),
    ];
    let flag_views = found
        .iter()
        .map(|flag| flag_view(&page, flag, &names))
        .collect();
    Page::show(&DeskPage {
        parts,
        flags: flag_views,
        pending,
        page,
    })
}

fn people_of(flag: &Flag) -> Vec<PersonId> {
    match *flag {
        Flag::Circle { one, other, .. } => vec![one, other],
        Flag::LongDay { giver, .. } | Flag::Overlap { giver, .. } => vec![giver],
    }
}

fn flag_view(page: &Page, flag: &Flag, names: &HashMap<PersonId, Resident>) -> FlagView {
    let name = |person: PersonId| {
        names
            .get(&person)
            .map(|one| one.name.clone())
            .unwrap_or_default()
    };
    match *flag {
        Flag::Circle { one, other, times } => FlagView {
            words: page.msg(
                &Message::of("timebank-flag-circle")
                    .with("one", name(one))
                    .with("other", name(other))
                    .with("times", times),
            ),
            hrefs: Vec::new(),
        },
        Flag::LongDay { giver, on, minutes } => FlagView {
            words: page.msg(
                &Message::of("timebank-flag-long-day")
                    .with("name", name(giver))
                    .with("day", on.to_string())
                    .with("length", span(page, minutes)),
            ),
            hrefs: Vec::new(),
        },
        Flag::Overlap { giver, one, other } => FlagView {
            words: page.t1("timebank-flag-overlap", "name", name(giver)),
            hrefs: vec![tell::link(one), tell::link(other)],
        },
    }
}
