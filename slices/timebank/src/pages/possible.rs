//! What a reader of a help can do with it now. It only says which forms are shown.

use std::collections::HashMap;

use kernel::PersonId;
use people::Resident;
use platform::Visit;

use crate::model::{Side, State, Verb};
use crate::policy::Asked;
use crate::store::{Help, Proposal};

/// What this reader can do now; each act judges again.
pub fn possible(
    visit: &Visit,
    asked: &Asked,
    is_coordinator: bool,
    residents: &HashMap<PersonId, Resident>,
) -> Vec<Verb> {
    let (help, side) = (&asked.help, asked.side());
    let now = visit.now();
    let had_time = help.answer_by.is_none_or(|by| by <= now);
    let may_call_back = had_time || is_without_account(help, residents);
    Verb::ALL
        .iter()
        .copied()
        .filter(|verb| help.state.after(*verb).is_some())
        .filter(|verb| match verb {
            Verb::Match => (side.is_receiving() && !help.needs_coordinator) || is_coordinator,
            Verb::StepBack | Verb::SignIn | Verb::SignOut => side == Side::Giver || is_coordinator,
            Verb::Confirm => side.is_receiving() || (is_coordinator && may_call_back),
            Verb::Dispute => side != Side::Coordinator || (is_coordinator && may_call_back),
            Verb::Settle | Verb::Post => is_coordinator,
            Verb::Cancel => side.is_receiving() || is_coordinator,
            Verb::Miss => now >= help.starts_at && (side != Side::Coordinator || is_coordinator),
            Verb::Offer | Verb::TakeBack | Verb::Reserve | Verb::PostInPart => false,
        })
        .collect()
}

/// Whether somebody at the desk can propose that the fund or the pool pays.
pub fn can_propose(help: &Help, proposals: &[Proposal]) -> bool {
    let is_early = matches!(
        help.state,
        State::Requested | State::Offered | State::Matched | State::Confirmed
    );
    is_early && proposals.is_empty()
}

/// Whether nobody of the receiving side can act here themselves.
pub fn is_without_account(help: &Help, residents: &HashMap<PersonId, Resident>) -> bool {
    [help.receiver, help.relative]
        .into_iter()
        .flatten()
        .filter_map(|person| residents.get(&person))
        .all(|resident| resident.account.is_none())
}
