//! What needs two people at the desk: credit for the fund, a help that the fund or the pool pays,
//! the hours of a group, closing an account for somebody. One proposes, another decides; nobody
//! decides about themselves. And the list of kinds, which one person may change.

use kernel::events::{
    GroupTimeDonated, HelpKindsChanged, TimeFundRaised, TimeGroupEntered, TimeProposalDecided,
    TimeProposalMade,
};
use kernel::{Facts, HelpId, PersonId};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use super::account::close_as;
use super::confirming::book_minutes;
use super::keep;
use super::matching::reserve;
use crate::book;
use crate::error::Error;
use crate::locked;
use crate::model::{ProposalKind, Rules, Source, State};
use crate::policy::Asked;
use crate::store::{self, Help, Kind, NewProposal, Proposal};

/// What is proposed.
#[derive(Clone, Debug)]
pub enum Proposing {
    /// So many minutes for the fund.
    Fund(i64),
    /// That a help be paid from here.
    Cover(Source, Box<Asked>),
    /// So many minutes that a group gave, for the pool.
    Group(Uuid, i64),
    /// That an account be closed, for its holder or an heir.
    Close(PersonId),
}

/// Proposes it, with a reason that lies in the vault.
pub async fn propose(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    proposing: Proposing,
    reason: &str,
) -> Result<Uuid, Error> {
    let proposed_by = tx.actor.account.ok_or(Error::SecondPerson)?;
    let blank = NewProposal {
        kind: ProposalKind::Fund,
        help: None,
        person: None,
        group: None,
        source: None,
        minutes: 0,
        reason_locked: locked::lock(tx, &reason),
        proposed_by,
    };
    let new = match proposing {
        Proposing::Fund(minutes) => NewProposal { minutes, ..blank },
        Proposing::Cover(source, asked) => {
            super::check_coordinator(&asked)?;
            let help = asked.help;
            check_can_be_covered(&help)?;
            let others = store::proposals_of(tx, help.community, help.id).await?;
            if !others.is_empty() {
                return Err(Error::ProposedAlready);
            }
            NewProposal {
                kind: ProposalKind::Cover,
                help: Some(help.id),
                person: help.receiver,
                source: Some(source),
                minutes: help.confirmed_minutes.unwrap_or(help.minutes),
                ..blank
            }
        }
        Proposing::Group(group, minutes) => {
            let groups = store::groups(tx, tx.community()).await?;
            if !groups.iter().any(|(id, _)| *id == group) {
                return Err(Error::NotNow);
            }
            NewProposal {
                kind: ProposalKind::Group,
                group: Some(group),
                minutes,
                ..blank
            }
        }
        Proposing::Close(person) => {
            check_not_about(tx, Some(person))?;
            NewProposal {
                kind: ProposalKind::Close,
                person: Some(person),
                ..blank
            }
        }
    };
    let proposal = store::insert_proposal(tx, &new).await?;
    tx.emit(&TimeProposalMade {
        proposal,
        kind: new.kind.word().to_owned(),
        help: new.help,
        person: new.person,
        minutes: new.minutes,
    });
    Ok(proposal)
}

/// A help can be paid from the fund or the pool while nothing is reserved for it.
const fn can_be_covered(state: State) -> bool {
    matches!(
        state,
        State::Requested | State::Offered | State::Matched | State::Confirmed
    )
}

fn check_can_be_covered(help: &Help) -> Result<(), Error> {
    if can_be_covered(help.state) {
        Ok(())
    } else {
        Err(Error::NotNow)
    }
}

/// Nobody at the desk acts in a matter of their own.
fn check_not_about(tx: &Tx, person: Option<PersonId>) -> Result<(), Error> {
    if person.is_some() && tx.actor.person == person {
        Err(Error::OwnHelp)
    } else {
        Ok(())
    }
}

/// Decides about a proposal, as the second of two people.
pub async fn decide(
    tx: &mut Tx,
    allowed: Allowed<Proposal>,
    rules: &Rules,
    is_granted: bool,
) -> Result<Option<Help>, Error> {
    let proposal = allowed.into_inner();
    let by = tx.actor.account.ok_or(Error::SecondPerson)?;
    if proposal.decided_at.is_some() {
        return Err(Error::Faster);
    }
    // Whoever proposed it may take it back, and never grant it.
    if is_granted && proposal.proposed_by == by {
        return Err(Error::SecondPerson);
    }
    check_not_about(tx, proposal.person)?;
    let mut changed = None;
    if is_granted {
        changed = carry_out(tx, &proposal, rules).await?;
    }
    store::decide(tx, proposal.id, by, is_granted).await?;
    let decision = if is_granted { "granted" } else { "refused" };
    tx.emit(&TimeProposalDecided {
        proposal: proposal.id,
        person: proposal.person,
        decision: decision.to_owned(),
    });
    Ok(changed)
}

async fn carry_out(tx: &mut Tx, proposal: &Proposal, rules: &Rules) -> Result<Option<Help>, Error> {
    match proposal.kind {
        ProposalKind::Fund => {
            book::raise_fund(tx, proposal.id, proposal.minutes).await?;
            let community = tx.community();
            tx.emit(&TimeFundRaised {
                community,
                minutes: proposal.minutes,
            });
            Ok(None)
        }
        ProposalKind::Group => {
            let group = proposal.group.ok_or(Error::NotNow)?;
            book::group_hours(tx, proposal.id, group, proposal.minutes).await?;
            tx.emit(&GroupTimeDonated {
                group,
                minutes: proposal.minutes,
            });
            Ok(None)
        }
        ProposalKind::Close => {
            let person = proposal.person.ok_or(Error::NotNow)?;
            close_as(tx, person, "desk").await?;
            Ok(None)
        }
        ProposalKind::Cover => {
            let help = proposal.help.ok_or(Error::NotNow)?;
            let source = proposal.source.ok_or(Error::NotNow)?;
            cover(tx, help, (source, proposal.minutes), rules)
                .await
                .map(Some)
        }
    }
}

/// The fund or the pool pays for a help: at once when somebody is chosen or the minutes are
/// confirmed, otherwise when somebody is.
async fn cover(
    tx: &mut Tx,
    help: HelpId,
    (source, granted): (Source, i64),
    rules: &Rules,
) -> Result<Help, Error> {
    let found = store::by_id_to_change(tx, help).await?;
    let mut help = found.ok_or(Error::NotNow)?;
    // Whoever is one of the sides does not grant it.
    let asked = Asked {
        help: help.clone(),
        asker: tx.actor.person,
    };
    super::check_coordinator(&asked)?;
    check_can_be_covered(&help)?;
    help.cover = source.cover();
    match help.state {
        State::Matched => reserve(tx, &mut help).await?,
        State::Confirmed => {
            book_minutes(tx, &mut help, rules, granted).await?;
            if help.state.is_open() {
                return Err(Error::SourceShort);
            }
        }
        State::Requested
        | State::Offered
        | State::Reserved
        | State::SignedIn
        | State::SignedOut
        | State::Disputed
        | State::Posted
        | State::PostedInPart
        | State::Cancelled
        | State::NoShow => {}
    }
    keep(tx, &mut help).await?;
    Ok(help)
}

/// Enters a group of volunteers.
pub async fn enter_group(tx: &mut Tx, _allowed: Allowed<Facts>, name: &str) -> Result<Uuid, Error> {
    let groups = store::groups(tx, tx.community()).await?;
    if groups.iter().any(|(_, known)| known == name) {
        return Err(Error::ThereAlready);
    }
    let group: Uuid = tx.new_id();
    store::insert_group(tx, group, name).await?;
    tx.emit(&TimeGroupEntered { group });
    Ok(group)
}

/// Adds a kind of help to the list.
pub async fn add_kind(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    name_zh: String,
    name_en: String,
) -> Result<(), Error> {
    let kinds = store::kinds(tx, tx.community()).await?;
    if kinds.iter().any(|kind| kind.name_zh == name_zh) {
        return Err(Error::ThereAlready);
    }
    let kind = Kind {
        code: tx.new_id::<Uuid>().simple().to_string(),
        name_zh,
        name_en,
        is_retired: false,
    };
    let sort = i64::try_from(kinds.len()).unwrap_or(i64::MAX);
    store::insert_kind(tx, &kind, sort.saturating_add(1)).await?;
    tell_kinds(tx, kind.code, true);
    Ok(())
}

/// Takes a kind off the list, or puts it back; helps of that kind stay as they are.
pub async fn turn_kind(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    code: &str,
    is_offered: bool,
) -> Result<(), Error> {
    if !store::set_retired(tx, code, !is_offered).await? {
        return Err(Error::NoSuchKind);
    }
    tell_kinds(tx, code.to_owned(), is_offered);
    Ok(())
}

fn tell_kinds(tx: &mut Tx, code: String, is_offered: bool) {
    let community = tx.community();
    tx.emit(&HelpKindsChanged {
        community,
        code,
        is_offered,
    });
}
