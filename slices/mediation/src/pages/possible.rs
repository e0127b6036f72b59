//! What a reader can do with one mediation now: which acts, for whom, and whom the head can set.

use platform::Visit;
use platform::access::HasFacts;
use platform::door::OnDuty;

use super::view::side_label;
use crate::actions::can_be_set;
use crate::forms::RawAct;
use crate::model::{Decision, Side, Verb};
use crate::policy::{self, Asked};
use crate::store::Mediation;

/// A side for which this reader can answer.
pub struct Answering(Side);

impl Answering {
    /// Its word.
    pub const fn word(&self) -> &'static str {
        self.0.word()
    }

    /// What it is called.
    pub const fn label(&self) -> &'static str {
        side_label(Some(self.0))
    }

    /// The id of its field for the day.
    pub const fn field(&self) -> &'static str {
        match self.0 {
            Side::A => "consent-a-on",
            Side::B => "consent-b-on",
        }
    }
}

/// Somebody who can be set as mediator.
pub struct Colleague {
    pub account: String,
    pub name: String,
    pub is_first: bool,
    pub is_second: bool,
}

/// The acts that the state and the policy allow this reader. Whoever is a party does nothing for
/// the committee.
pub fn possible(visit: &Visit, asked: &Asked) -> Vec<Verb> {
    let facts = asked.facts();
    let is_party = facts.account.is_some();
    let is_allowed = |verb: Verb| match verb {
        Verb::Consent | Verb::Decline => {
            visit.covers(policy::ANSWER, &facts) || visit.covers(policy::ASSIGN, &facts)
        }
        Verb::SetMediators => !is_party && visit.covers(policy::ASSIGN, &facts),
        Verb::HoldSession
        | Verb::AgreeInWriting
        | Verb::AgreeOrally
        | Verb::Sign
        | Verb::Visit
        | Verb::SeekConfirmation
        | Verb::Decide
        | Verb::Fulfil => visit.covers(policy::MEDIATE, &facts),
        Verb::Terminate => visit.covers(policy::END, &facts),
        Verb::ReportRisk => !is_party && visit.covers(policy::REPORT_RISK, &facts),
    };
    let mediation = &asked.mediation;
    Verb::ALL
        .iter()
        .copied()
        .filter(|verb| mediation.state.after(*verb).is_some() && is_allowed(*verb))
        .filter(|verb| *verb != Verb::SeekConfirmation || !is_confirmed(mediation))
        .collect()
}

/// What was asked of the court in time can be noted later; only what is confirmed is not asked again.
fn is_confirmed(mediation: &Mediation) -> bool {
    mediation.decision == Some(Decision::Confirmed)
}

/// For whom this reader can note an answer: a party for themselves, the head for who has not
/// agreed.
pub fn to_consent(mediation: &Mediation, own: Option<Side>, may: &[Verb]) -> Vec<Answering> {
    let sides = Side::ALL.iter().copied();
    sides
        .filter(|_| may.contains(&Verb::Consent))
        .filter(|side| mediation.consent_of(*side).is_none())
        .filter(|side| own.is_none_or(|own| own == *side))
        .map(Answering)
        .collect()
}

/// Who can be set, with those who are.
pub fn colleagues(
    on_duty: &[OnDuty],
    mediation: &Mediation,
    raw: &RawAct,
    is_again: bool,
) -> Vec<Colleague> {
    let mut found: Vec<Colleague> = Vec::new();
    for duty in on_duty.iter().filter(|duty| can_be_set(duty)) {
        let account = duty.account.to_string();
        let is_known = found.iter().any(|known| known.account == account);
        if is_known || mediation.side_of(duty.account).is_some() {
            continue;
        }
        let [one, other] = mediation.mediators;
        let (is_first, is_second) = if is_again {
            (raw.first == account, raw.second == account)
        } else {
            (one == Some(duty.account), other == Some(duty.account))
        };
        found.push(Colleague {
            account,
            name: duty.name.clone(),
            is_first,
            is_second,
        });
    }
    found
}
