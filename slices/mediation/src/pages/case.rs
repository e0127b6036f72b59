//! One mediation, for its parties, its mediators and the head: what is known, what was written, who
//! read of it, and the acts that are possible now for this reader.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::events::{Event, MediationRiskReported, MediationSeen};
use platform::access::HasFacts;
use platform::door;
use platform::{Message, Page, Refusal, Visit, record};

use super::choices::{Choice, bodies, decisions, endings, hows, subjects};
use super::facts::{Fact, PartyView, facts_of, party};
use super::possible::{Answering, Colleague, colleagues, possible, to_consent};
use super::view::{self, Entry, Look, PaperView, Step};
use super::{readable, today};
use crate::actions;
use crate::forms::{NAME_MAX, RawAct, WORDS_MAX, earliest};
use crate::locked::{self, Matter};
use crate::model::{Side, State, Verb};
use crate::policy::{self, Asked};
use crate::store::{KIND, PaperKind, papers_of};
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

#[derive(Template)]
#[template(path = "mediation/case.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
struct CasePage {
    page: Page,
    id: String,
    number: String,
    state: State,
    state_label: &'static str,
    subject: &'static str,
    steps: Vec<Step>,
    next: Option<&'static str>,
    facts: Vec<Fact>,
    matter: Matter,
    is_erased: bool,
    parties: Vec<PartyView>,
    papers: Vec<PaperView>,
    turns: Vec<Entry>,
    looks: Vec<Look>,
    is_committee: bool,
    is_own_dispute: bool,
    may: Vec<Verb>,
    may_join: bool,
    /// Whether no mediators have been set yet.
    is_new_setting: bool,
    own_side: &'static str,
    to_consent: Vec<Answering>,
    colleagues: Vec<Colleague>,
    choices: Choices,
    today: String,
    /// The earliest day of each act that has one, by its word.
    earliest: Vec<(&'static str, String)>,
    words_max: usize,
    name_max: usize,
    version: i64,
    again: Option<Again>,
    raw: RawAct,
}

struct Choices {
    hows: Vec<Choice>,
    subjects: Vec<Choice>,
    endings: Vec<Choice>,
    decisions: Vec<Choice>,
    bodies: Vec<Choice>,
}

impl CasePage {
    fn may(&self, word: &str) -> bool {
        self.may.iter().any(|verb| verb.word() == word)
    }

    /// Whether this act was just tried in vain.
    fn is_again(&self, word: &str) -> bool {
        self.again.as_ref().is_some_and(|again| again.word == word)
    }

    /// What was written for an act that was tried in vain.
    fn kept<'a>(&self, word: &str, written: &'a str) -> &'a str {
        if self.is_again(word) { written } else { "" }
    }

    /// The day in the form of an act: as it was sent, or today.
    fn day_of<'a>(&'a self, word: &str) -> &'a str {
        if self.is_again(word) && !self.raw.on.is_empty() {
            &self.raw.on
        } else {
            &self.today
        }
    }

    /// What was written of an agreement, in whichever form it was tried in vain.
    fn agreement<'a>(&self, written: &'a str) -> &'a str {
        let is_tried = self.is_again("agree") || self.is_again("agree-orally");
        if is_tried { written } else { "" }
    }

    fn agreement_day(&self) -> &str {
        if self.is_again("agree-orally") {
            self.day_of("agree-orally")
        } else {
            self.day_of("agree")
        }
    }

    fn earliest_of(&self, word: &str) -> &str {
        let found = self.earliest.iter().find(|(act, _)| *act == word);
        found.map_or("", |(_, day)| day)
    }

    /// The other ways are told when it ended without its purpose, and before somebody ends it.
    fn tells_other_ways(&self) -> bool {
        matches!(self.state, State::Terminated | State::Declined)
    }
}

/// `GET /mediation/cases/{id}`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    show(&visit, &id, None).await
}

/// The page, with what was tried in vain. When a mediator or the head reads it, the look is noted
/// first; without that it is not shown.
pub async fn show(visit: &Visit, id: &str, again: Option<Again>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (asked, mediators) = readable(visit, &reader, id).await?;
    let mediation = &asked.mediation;
    let own_side = asked.asker.and_then(|asker| mediation.side_of(asker));
    if own_side.is_none() {
        note_look(visit, asked.clone()).await?;
    }
    let may = possible(visit, &asked);
    let mut papers = papers_of(&reader, mediation.community, mediation.id).await?;
    let thing = (KIND, mediation.id.0);
    let ahead = visit.now().in_zone(visit.zone()).offset();
    let seen = MediationSeen::NAME;
    let mut told = record::whole_timeline(&reader, mediation.community, thing, seen, ahead).await?;
    if own_side.is_some() {
        // Whoever is a danger does not read that it was reported.
        papers.retain(|paper| !matches!(paper.kind, PaperKind::Risk(_)));
        told.retain(|told| told.event.name != MediationRiskReported::NAME);
    }
    let on_duty = if may.contains(&Verb::SetMediators) {
        door::on_duty(&reader, mediation.community, visit.now()).await?
    } else {
        Vec::new()
    };
    let page = visit.page(Message::of("mediation-case-title").with("number", &mediation.number));
    let page = page.at(Some(format!("/mediation/cases/{id}")));
    let vault = visit.house().vault();
    let matter: Matter = locked::open(vault, mediation.locked.as_deref()).unwrap_or_default();
    let (turns, looks) = view::timeline(&page, told);
    let raw = again.as_ref().map(|again| again.raw.clone());
    let raw = raw.unwrap_or_default();
    let facts = asked.facts();
    let view = CasePage {
        id: mediation.id.to_string(),
        number: mediation.number.clone(),
        state: mediation.state,
        state_label: words::state(mediation.state),
        subject: words::subject(mediation.subject),
        steps: view::steps(&page, mediation.state),
        next: words::next(mediation.state),
        facts: facts_of(&page, mediation, &mediators, &matter),
        is_erased: mediation.erased_at.is_some(),
        parties: Side::ALL
            .iter()
            .map(|side| party(&page, mediation, &matter, *side, own_side))
            .collect(),
        papers: view::papers(&page, vault, &papers),
        turns,
        looks,
        is_committee: own_side.is_none(),
        is_own_dispute: own_side.is_some(),
        may_join: own_side.is_none()
            && mediation.state.is_open()
            && mediation.accounts.contains(&None)
            && visit.covers(policy::ASSIGN, &facts),
        is_new_setting: mediation.state == State::Consented,
        own_side: own_side.map_or("", Side::word),
        to_consent: to_consent(mediation, own_side, &may),
        colleagues: colleagues(&on_duty, mediation, &raw, again.is_some()),
        choices: Choices {
            hows: hows(&raw.how),
            subjects: subjects(if raw.subject.is_empty() {
                mediation.subject.word()
            } else {
                &raw.subject
            }),
            endings: endings(&raw.ending),
            decisions: decisions(&raw.decision),
            bodies: bodies(&raw.body),
        },
        today: today(visit).to_string(),
        earliest: Verb::ALL
            .iter()
            .map(|verb| (verb.word(), earliest(mediation, *verb).to_string()))
            .collect(),
        words_max: WORDS_MAX,
        name_max: NAME_MAX,
        version: mediation.version,
        may,
        matter,
        raw,
        again,
        page,
    };
    Page::show(&view)
}

/// Nobody of the committee looks unnoticed.
async fn note_look(visit: &Visit, asked: Asked) -> Result<(), Refusal> {
    let asked = visit.check(policy::READ, asked)?;
    let mut tx = visit.begin().await?;
    actions::see(&mut tx, &asked);
    Ok(tx.commit().await?)
}
