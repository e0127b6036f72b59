//! The parts of a matter as a page shows them: who has which, where it stands, how long there is,
//! and what the reader may do with it.

use std::collections::HashMap;

use kernel::{AccountId, Actor, DispatchId, Instant};
use platform::db::StoreError;
use platform::{Visit, door};

use super::clocks::{self, Told};
use super::detail::Again;
use super::perform::may;
use super::view::Around;
use crate::dispatch::{Call, PartState, PartVerb, Role};
use crate::matter::Matter;
use crate::model::State;
use crate::store::{Dispatch, Party};
use crate::{link, policy, watch, words};

/// A part, ready to be shown.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
pub struct PartView {
    pub id: DispatchId,
    pub version: i64,
    /// `锦江苑物业`, `网格员`.
    pub party: String,
    pub role: &'static str,
    pub is_lead: bool,
    /// Whether somebody came of their own will.
    pub is_neighbour: bool,
    pub state: &'static str,
    pub tone: &'static str,
    pub task: String,
    /// Pictures of its work: ids.
    pub photos: Vec<String>,
    /// How its clock stands; empty when there is none.
    pub clock: String,
    /// Until when its objection is to be ruled on.
    pub rule_by: Option<Instant>,
    /// Hours of its own clock that it asks for.
    pub asked: Option<i64>,
    /// Whether hours are counted as working time.
    pub is_working: bool,
    /// What the caller said of the response, and the party of the call: message ids.
    pub grades: Vec<(&'static str, &'static str)>,
    pub is_thanked: bool,
    /// The link by which it is answered, for the desk.
    pub link: Option<String>,
    pub may_link: bool,
    pub is_over: bool,
    may: Vec<PartVerb>,
    /// What makes the ids of its fields its own; empty for the lead's.
    pub suffix: String,
}

impl PartView {
    /// Whether this act was just tried on it in vain.
    pub fn is_again(&self, again: Option<&Again>, word: &str) -> bool {
        again.is_some_and(|again| self.is_meant(again, word))
    }

    /// What was written for an act that was tried in vain.
    pub fn kept<'a>(&self, again: Option<&'a Again>, word: &str) -> &'a str {
        let again = again.filter(|again| self.is_meant(again, word));
        again.map_or("", |again| &again.words)
    }

    /// Answer and explanation share their field, and so do the two rulings and the two decisions.
    fn is_meant(&self, again: &Again, word: &str) -> bool {
        let field = match again.word.as_str() {
            "explain" => "answer",
            "release" => "insist",
            "refuse-time" => "give-time",
            own => own,
        };
        field == word && (again.part == self.id.to_string() || again.part.is_empty())
    }

    /// Whether the reader may do this to it now.
    pub fn may(&self, word: &str) -> bool {
        self.may.iter().any(|verb| verb.word() == word)
    }

    /// Whether there is anything that the reader may do.
    pub fn is_idle(&self) -> bool {
        self.may.is_empty()
    }
}

/// The parts of this round, in the order in which they were given.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    around: &Around<'_>,
    matter: &Matter,
    visit: &Visit,
) -> Result<Vec<PartView>, StoreError> {
    let names = neighbours(matter, visit).await?;
    let lead = matter.lead().map(|lead| matter.dispatches[lead].id);
    let parts = (1..).zip(matter.of_this_round());
    let views = parts.map(|(number, part)| PartView {
        party: match part.assignee.and_then(|account| names.get(&account)) {
            Some(name) => around
                .page
                .t1("requests-neighbour-named", "name", name.clone()),
            None => party(around, part),
        },
        // The lead's fields keep their plain names.
        suffix: if lead == Some(part.id) {
            String::new()
        } else {
            format!("-{number}")
        },
        ..one(around, matter, part, visit, visit.actor())
    });
    Ok(views.collect())
}

/// What neighbours who lend a hand are called, for the desk, which asked them.
async fn neighbours(
    matter: &Matter,
    visit: &Visit,
) -> Result<HashMap<AccountId, String>, StoreError> {
    let asked = matter.of_this_round();
    let asked: Vec<AccountId> = asked
        .filter(|part| part.party == Party::Person && is_desk(visit, visit.actor(), matter))
        .filter_map(|part| part.assignee)
        .collect();
    door::names(&visit.reader(), matter.request.community, &asked).await
}

/// One part, with what this actor may do with it.
pub fn one(
    around: &Around<'_>,
    matter: &Matter,
    part: &Dispatch,
    visit: &Visit,
    actor: &Actor,
) -> PartView {
    let clock = part.clock().filter(|_| part.state != PartState::Withdrawn);
    let calendar = visit.calendar();
    let is_desk = is_desk(visit, actor, matter);
    PartView {
        id: part.id,
        version: part.version,
        party: party(around, part),
        role: words::role(part.role),
        is_lead: part.role == Role::Lead,
        is_neighbour: part.party == Party::Person,
        state: match (part.party, part.state) {
            (Party::Person, PartState::Sent) => "requests-part-sent-neighbour",
            (_, state) => words::part_state(state),
        },
        tone: part.state.tone(),
        task: part.task.clone(),
        photos: part.photos.iter().map(ToString::to_string).collect(),
        clock: clock
            .map(|clock| clocks::sentence(around.page, &clock, &calendar, Told::Others))
            .unwrap_or_default(),
        rule_by: watch::rule_by((part.state, &part.marks), &calendar, visit.now()),
        asked: part.asked.map(|minutes| minutes.0 / 60),
        is_working: part.measure == calendar::Measure::Working,
        grades: grades(part),
        is_thanked: part.thanked_at.is_some(),
        link: link::token(visit.house(), part, visit.now())
            .filter(|_| is_desk)
            .map(|token| format!("{}/answer/{token}", visit.house().config().base_url)),
        may_link: is_desk && part.party.handler().is_some() && !part.state.is_over(),
        is_over: part.state.is_over(),
        may: possible(matter, part, visit, actor),
        suffix: String::new(),
    }
}

fn is_desk(visit: &Visit, actor: &Actor, matter: &Matter) -> bool {
    let facts = platform::access::HasFacts::facts(matter);
    may(visit, actor, policy::DISPATCH, &facts)
}

/// What the party of a part is called.
pub fn party(around: &Around<'_>, part: &Dispatch) -> String {
    match part.party {
        Party::Handler(handler) => around.lead(Some(handler), None),
        Party::OnDuty(kind) => around.page.t(door::duty_label(kind)),
        Party::Person => around.page.t("requests-neighbour"),
    }
}

fn grades(part: &Dispatch) -> Vec<(&'static str, &'static str)> {
    let both = [
        ("requests-graded-response", part.grade_by_caller),
        ("requests-graded-call", part.grade_by_party),
    ];
    both.into_iter()
        .filter_map(|(what, grade)| Some((what, words::grade(grade?))))
        .collect()
}

/// What the table and the policy let this reader do with a part.
fn possible(matter: &Matter, part: &Dispatch, visit: &Visit, actor: &Actor) -> Vec<PartVerb> {
    let is_of_this_round = part.is_again == matter.request.is_reopened;
    if !is_of_this_round || !may(visit, actor, policy::HANDLE, &matter.handling(part)) {
        return Vec::new();
    }
    let is_desk = is_desk(visit, actor, matter);
    let is_closed = matter.request.state == State::Closed;
    let is_allowed = |verb: PartVerb| match verb {
        // Who has no time to keep needs none.
        PartVerb::AskTime | PartVerb::GiveTime if part.allowed.0 == 0 => false,
        PartVerb::RefuseTime => is_desk && part.asked.is_some(),
        // One asks once at a time.
        PartVerb::AskTime => part.asked.is_none() && !is_desk,
        PartVerb::Grade => {
            let given = if is_desk {
                part.grade_by_caller
            } else {
                part.grade_by_party
            };
            part.party != Party::Person && given.is_none() && part.role != Role::Informed
        }
        PartVerb::SignFor => part.role == Role::Informed || part.call != Call::Dispatch,
        PartVerb::GiveTime
        | PartVerb::Release
        | PartVerb::Insist
        | PartVerb::Withdraw
        | PartVerb::Assign
        | PartVerb::Redo
        | PartVerb::Thank => is_desk,
        _ => true,
    };
    let verbs = PartVerb::ALL.iter().copied();
    verbs
        .filter(|verb| part.state.after(*verb, part.call).is_some())
        .filter(|verb| !is_closed || *verb == PartVerb::Grade)
        .filter(|verb| {
            is_allowed(*verb)
                && (part.role != Role::Informed
                    || *verb == PartVerb::SignFor
                    || *verb == PartVerb::Withdraw)
        })
        .collect()
}
