//! One help: in full for its sides and the desk, with the acts that are possible now for this
//! reader; while it is sought, without names and words for everybody.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::PersonId;
use people::Resident;
use platform::access::HasFacts;
use platform::{Message, Page, Refusal, Visit};

use super::facts::{Fact, Known, facts};
use super::lines::when;
use super::possible::{can_propose, is_without_account, possible};
use super::span;
use crate::forms::{RawAct, WORDS_MAX};
use crate::locked::{self, Words};
use crate::model::{Side, State, Verb};
use crate::policy::{self, Asked};
use crate::store::{self, Help, Offer};
use crate::words;

/// An act that was not done: it is said, and what was written stands in the form again.
#[derive(Clone, Debug)]
pub struct Again {
    /// The act, as its address calls it.
    pub word: String,
    /// What was sent.
    pub raw: RawAct,
    /// Why it was not done.
    pub message: Message,
}

/// A step of the way.
pub struct Step {
    name: String,
    is_done: bool,
    is_now: bool,
}

struct OfferView {
    person: PersonId,
    name: String,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "timebank/help.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
struct HelpPage {
    page: Page,
    id: String,
    number: String,
    kind: String,
    state: State,
    state_label: &'static str,
    steps: Vec<Step>,
    next: Option<&'static str>,
    side_label: &'static str,
    facts: Vec<Fact>,
    is_erased: bool,
    offers: Vec<OfferView>,
    /// What the receiving side tells the giver.
    code: Option<String>,
    may: Vec<Verb>,
    may_propose: bool,
    is_proposed: bool,
    is_coordinator: bool,
    needs_coordinator: bool,
    signed: String,
    /// The hours and minutes that count in a dispute: as they were sent, or those that were signed.
    counted: (String, String),
    today: String,
    words_max: usize,
    version: i64,
    again: Option<Again>,
    raw: RawAct,
}

impl HelpPage {
    fn may(&self, word: &str) -> bool {
        self.may.iter().any(|verb| verb.word() == word)
    }

    /// Whether this act was just tried in vain.
    fn is_again(&self, word: &str) -> bool {
        self.again.as_ref().is_some_and(|again| again.word == word)
    }

    /// The day in the form of an act: as it was sent, or today.
    fn day_of<'a>(&'a self, word: &str) -> &'a str {
        if self.is_again(word) && !self.raw.day.is_empty() {
            &self.raw.day
        } else {
            &self.today
        }
    }

    /// Whether it waits for somebody to say whose credit pays.
    fn needs_cover(&self) -> bool {
        matches!(self.state, State::Matched | State::Confirmed)
    }

    /// What was written for an act that was tried in vain.
    fn kept<'a>(&self, word: &str, written: &'a str) -> &'a str {
        if self.is_again(word) { written } else { "" }
    }
}

#[derive(Template)]
#[template(path = "timebank/sought.html")]
struct SoughtPage {
    page: Page,
    id: String,
    number: String,
    kind: String,
    area: String,
    when: String,
    length: String,
    needs_coordinator: bool,
    may_offer: bool,
    is_offered: bool,
    again: Option<Again>,
}

/// `GET /timebank/helps/{id}`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    show(&visit, &id, None).await
}

/// The page, with what was tried in vain.
pub async fn show(visit: &Visit, id: &str, again: Option<Again>) -> Result<Response, Refusal> {
    let help = id.parse().map_err(|_| Refusal::NotFound)?;
    let reader = visit.reader();
    let found = store::by_id(&reader, visit.community().id, help).await?;
    let asked = Asked {
        help: found.ok_or(Refusal::NotFound)?,
        asker: visit.actor().person,
    };
    let facts = asked.facts();
    if visit.covers(policy::READ, &facts) {
        full(visit, asked, again).await
    } else if visit.covers(policy::SEE_SOUGHT, &facts) {
        brief(visit, &asked, again).await
    } else {
        Err(Refusal::NotFound)
    }
}

/// What it is called in the reader's language.
async fn kind(visit: &Visit, help: &Help) -> Result<String, Refusal> {
    let kinds = store::kinds(&visit.reader(), help.community).await?;
    let kind = kinds.iter().find(|kind| kind.code == help.kind);
    Ok(kind.map_or_else(String::new, |kind| kind.name(visit.locale()).to_owned()))
}

async fn area(visit: &Visit, help: &Help) -> Result<String, Refusal> {
    let atlas = areas::atlas(visit.house(), help.community).await?;
    let areas = [help.micro_grid, help.grid];
    let area = areas
        .into_iter()
        .flatten()
        .find_map(|area| atlas.name(area));
    Ok(area.unwrap_or_default().to_owned())
}

async fn brief(visit: &Visit, asked: &Asked, again: Option<Again>) -> Result<Response, Refusal> {
    let help = &asked.help;
    let offers = match asked.asker {
        Some(_) => store::offers_of(&visit.reader(), help.community, help.id).await?,
        None => Vec::new(),
    };
    let is_offered = offers.iter().any(|offer| Some(offer.person) == asked.asker);
    let page = visit.page(Message::of("timebank-help-title").with("number", &help.number));
    let page = page.at(Some(crate::tell::link(help.id)));
    Page::show(&SoughtPage {
        id: help.id.to_string(),
        number: help.number.clone(),
        kind: kind(visit, help).await?,
        area: area(visit, help).await?,
        when: when(&page, help.starts_at),
        length: span(&page, help.minutes),
        needs_coordinator: help.needs_coordinator,
        may_offer: asked.asker.is_some() && visit.covers(policy::OFFER, &asked.facts()),
        is_offered,
        again,
        page,
    })
}

async fn full(visit: &Visit, asked: Asked, again: Option<Again>) -> Result<Response, Refusal> {
    let (help, side) = (&asked.help, asked.side());
    let reader = visit.reader();
    let is_coordinator =
        side == Side::Coordinator && visit.covers(policy::COORDINATE, &asked.facts());
    let offers = if help.state.is_sought() {
        store::offers_of(&reader, help.community, help.id).await?
    } else {
        Vec::new()
    };
    let proposals = if is_coordinator && help.state.is_open() {
        store::proposals_of(&reader, help.community, help.id).await?
    } else {
        Vec::new()
    };
    let mut people: Vec<PersonId> = offers.iter().map(|offer| offer.person).collect();
    people.extend(
        [help.receiver, help.relative, help.giver]
            .into_iter()
            .flatten(),
    );
    let residents = people::residents(&reader, help.community, &people).await?;
    let vault = visit.house().vault();
    let words: Words = locked::open(vault, help.locked.as_deref()).unwrap_or_default();
    let page = visit.page(Message::of("timebank-help-title").with("number", &help.number));
    let page = page.at(Some(crate::tell::link(help.id)));
    let area = area(visit, help).await?;
    let known = Known {
        help,
        words: &words,
        residents: &residents,
        side,
        area: &area,
    };
    let may = possible(visit, &asked, is_coordinator, &residents);
    let raw = again.as_ref().map(|again| again.raw.clone());
    Page::show(&HelpPage {
        id: help.id.to_string(),
        number: help.number.clone(),
        kind: kind(visit, help).await?,
        state: help.state,
        state_label: words::state(help.state),
        steps: steps(&page, help.state),
        next: words::next(help.state),
        side_label: words::side(side),
        facts: facts(&page, &known),
        is_erased: help.erased_at.is_some(),
        offers: offer_views(&offers, &residents, asked.asker),
        code: help.code.clone().filter(|_| {
            side.is_receiving() || (is_coordinator && is_without_account(help, &residents))
        }),
        may_propose: is_coordinator && can_propose(help, &proposals),
        is_proposed: !proposals.is_empty(),
        may,
        is_coordinator,
        needs_coordinator: help.needs_coordinator,
        signed: span(&page, help.signed_minutes.unwrap_or_default()),
        counted: counted(help, again.as_ref()),
        today: super::today(visit).to_string(),
        words_max: WORDS_MAX,
        version: help.version,
        raw: raw.unwrap_or_default(),
        again,
        page,
    })
}

fn counted(help: &Help, again: Option<&Again>) -> (String, String) {
    let tried = again.filter(|again| again.word == Verb::Settle.word());
    let signed = help.signed_minutes.unwrap_or_default();
    tried.map_or_else(
        || ((signed / 60).to_string(), (signed % 60).to_string()),
        |again| (again.raw.hours.clone(), again.raw.minutes.clone()),
    )
}

fn offer_views(
    offers: &[Offer],
    residents: &HashMap<PersonId, Resident>,
    asker: Option<PersonId>,
) -> Vec<OfferView> {
    offers
        .iter()
        .filter_map(|offer| {
            let resident = residents.get(&offer.person)?;
            Some(OfferView {
                person: offer.person,
                name: resident.name.clone(),
                is_own: asker == Some(offer.person),
            })
        })
        .collect()
}

fn steps(page: &Page, state: State) -> Vec<Step> {
    words::STEPS
        .iter()
        .enumerate()
        .map(|(place, id)| Step {
            name: page.t(id),
            is_done: place < state.stage() || (!state.is_open() && place == state.stage()),
            is_now: state.is_open() && place == state.stage(),
        })
        .collect()
}
