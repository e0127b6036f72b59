//! Asking for help, for oneself, for a direct relative, or at the desk for somebody who came; and
//! calling it off.

use kernel::events::{HelpAsked, HelpCancelled};
use kernel::{Facts, Instant, PersonId};
use people::Resident;
use platform::Tx;
use platform::access::Allowed;

use super::account::{check_open, today};
use super::{check_coordinator, ended, keep, receiver, turn};
use crate::book;
use crate::error::Error;
use crate::locked::{self, Words};
use crate::model::{Cover, Origin, Rules, Side, State, Verb, may_spend};
use crate::policy::Asked;
use crate::store::{self, Help};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asking {
    /// How it was asked for.
    pub origin: Origin,
    /// Who receives it.
    pub receiver: Resident,
    /// The direct relative who asks for them, or may confirm for them.
    pub relative: Option<PersonId>,
    /// Whose credit pays; nobody's yet when the desk is to look for it.
    pub cover: Cover,
    /// The word of a kind.
    pub kind: String,
    /// When it is to begin.
    pub starts_at: Instant,
    /// How long it is to take, in minutes.
    pub minutes: i64,
    /// Whether a coordinator is to choose who helps.
    pub needs_coordinator: bool,
    /// Whether who is chosen may have the address and the telephone.
    pub is_contact_shared: bool,
    /// Where, what exactly, and a telephone.
    pub words: Words,
}

/// Asks for help. The allowance is for having an account, or for writing down at the desk. Whoever
/// pays with their own credit must be allowed to, and must have enough of it now.
pub async fn ask(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    rules: &Rules,
    asking: Asking,
) -> Result<Help, Error> {
    let person = asking.receiver.person;
    if asking.relative == Some(person) {
        return Err(Error::OwnHelp);
    }
    let is_offered = store::kinds(tx, tx.community())
        .await?
        .iter()
        .any(|kind| kind.code == asking.kind && !kind.is_retired);
    if !is_offered {
        return Err(Error::NoSuchKind);
    }
    check_relative(tx, &asking).await?;
    check_spending(tx, rules, &asking).await?;
    let year = today(tx).year();
    let number = store::take_number(tx, year, 1).await?;
    let mut help = new_help(tx, asking);
    help.number = format!("HB-{year}-{number:04}");
    store::insert(tx, std::slice::from_ref(&help)).await?;
    tx.emit(&HelpAsked {
        help: help.id,
        person,
        minutes: help.minutes,
        origin: help.origin.word().to_owned(),
    });
    Ok(help)
}

/// Whoever is named as a relative must be one, by the word of both.
async fn check_relative(tx: &Tx, asking: &Asking) -> Result<(), Error> {
    let Some(relative) = asking.relative else {
        return Ok(());
    };
    let community = tx.community();
    if store::are_relatives(tx, community, relative, asking.receiver.person).await? {
        Ok(())
    } else {
        Err(Error::NoRelatives)
    }
}

async fn check_spending(tx: &Tx, rules: &Rules, asking: &Asking) -> Result<(), Error> {
    let (payer, relative) = match asking.cover {
        Cover::Fund | Cover::Pool | Cover::Open => return Ok(()),
        Cover::Own => (asking.receiver.person, None),
        Cover::Relative => {
            let relative = asking.relative.ok_or(Error::NoRelatives)?;
            (relative, Some(true))
        }
    };
    let age = asking.receiver.age(today(tx));
    may_spend(rules, age, relative).map_err(Error::NoSpending)?;
    check_open(tx, payer).await?;
    if book::available(tx, tx.community(), payer).await? < asking.minutes {
        return Err(Error::Short);
    }
    Ok(())
}

fn new_help(tx: &Tx, asking: Asking) -> Help {
    Help {
        community: tx.community(),
        id: tx.new_id(),
        number: String::new(),
        state: State::Requested,
        origin: asking.origin,
        kind: asking.kind,
        grid: asking.receiver.place.grid,
        micro_grid: asking.receiver.place.micro_grid,
        starts_at: asking.starts_at,
        minutes: asking.minutes,
        needs_coordinator: asking.needs_coordinator,
        is_contact_shared: asking.is_contact_shared,
        receiver: Some(asking.receiver.person),
        relative: asking.relative,
        giver: None,
        cover: asking.cover,
        locked: Some(locked::lock(tx, &asking.words)),
        hold: None,
        code: None,
        code_tries: 0,
        signed_in_at: None,
        signed_in_by: None,
        signed_out_at: None,
        signed_out_by: None,
        signed_minutes: None,
        answer_by: None,
        confirmed_minutes: None,
        disputed_by: None,
        disputed_at: None,
        posted_minutes: None,
        pooled_minutes: None,
        asked_at: tx.now,
        asked_by: tx.actor.account,
        ended_at: None,
        erased_at: None,
        version: 1,
    }
}

/// Calls it off, by the receiving side or at the desk for them. What was reserved is released, and
/// nothing follows from it for anybody.
pub async fn cancel(tx: &mut Tx, asked: Allowed<Asked>) -> Result<Help, Error> {
    let asked = asked.into_inner();
    let side = asked.side();
    if side == Side::Giver {
        return Err(Error::OwnHelp);
    }
    if !side.is_receiving() {
        check_coordinator(&asked)?;
    }
    let mut help = asked.help;
    turn(&mut help, Verb::Cancel)?;
    book::release(tx, &mut help).await?;
    ended(tx, &mut help).await?;
    keep(tx, &mut help).await?;
    tx.emit(&HelpCancelled {
        help: help.id,
        person: receiver(&help)?,
        how: side.in_dispute().word().to_owned(),
    });
    Ok(help)
}
