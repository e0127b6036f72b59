//! The minutes of a help: the receiver confirms them, or a coordinator who asked them; one side
//! disagrees, and somebody at the desk settles it. Then they are booked. Nothing is ever confirmed
//! by silence.

use kernel::events::{
    HelpAcknowledged, HelpConfirmed, HelpDisputeSettled, HelpDisputed, HelpPosted,
};
use platform::Tx;
use platform::access::Allowed;

use super::{check_coordinator, ended, giver, keep, receiver, turn};
use crate::book;
use crate::error::Error;
use crate::locked::{self, Words};
use crate::model::{Cover, Rules, Side, Verb};
use crate::policy::Asked;
use crate::store::{self, Help};

/// What somebody says about the minutes.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// What the receiver said when they were called back; empty when they speak themselves.
    pub call_back: String,
    /// What is not right; empty when nothing is.
    pub complaint: String,
    /// Whether neither the receiver nor a relative can say it here, having no account.
    pub is_without_account: bool,
}

/// Confirms all minutes that were signed, and books them.
pub async fn confirm(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    rules: &Rules,
    word: Word,
) -> Result<Help, Error> {
    let asked = asked.into_inner();
    let side = asked.side();
    check_speaks(tx, &asked, &word)?;
    if side == Side::Giver {
        return Err(Error::OwnHelp);
    }
    let mut help = asked.help;
    turn(&mut help, Verb::Confirm)?;
    let minutes = help.signed_minutes.ok_or(Error::NotNow)?;
    note(tx, &mut help, word)?;
    tx.emit(&HelpAcknowledged {
        help: help.id,
        person: receiver(&help)?,
        how: side.word().to_owned(),
        minutes,
    });
    help.confirmed_minutes = Some(minutes);
    let granted = help.minutes;
    book_minutes(tx, &mut help, rules, granted).await?;
    keep(tx, &mut help).await?;
    Ok(help)
}

/// The sides speak for themselves; a coordinator only when the receiver had their time or has no
/// account, with what they said, and not who signed somebody in or out: no one person makes an hour.
fn check_speaks(tx: &Tx, asked: &Asked, word: &Word) -> Result<(), Error> {
    if asked.side() != Side::Coordinator {
        return Ok(());
    }
    let help = &asked.help;
    let had_time = help.answer_by.is_none_or(|by| by <= tx.now);
    if !had_time && !word.is_without_account {
        return Err(Error::ReceiverFirst);
    }
    check_second(tx, help)
}

fn check_second(tx: &Tx, help: &Help) -> Result<(), Error> {
    let signers = [help.signed_in_by, help.signed_out_by];
    if tx.actor.account.is_none() || signers.contains(&tx.actor.account) {
        Err(Error::SecondPerson)
    } else {
        Ok(())
    }
}

fn note(tx: &Tx, help: &mut Help, word: Word) -> Result<(), Error> {
    if word.call_back.is_empty() && word.complaint.is_empty() {
        return Ok(());
    }
    let before = locked::open_to_change(tx.house().vault(), help.locked.as_deref())?;
    let words = Words {
        call_back: word.call_back,
        complaint: word.complaint,
        ..before
    };
    help.locked = Some(locked::lock(tx, &words));
    Ok(())
}

/// Says that the minutes are not right; somebody at the desk settles it.
pub async fn dispute(tx: &mut Tx, asked: Allowed<Asked>, word: Word) -> Result<Help, Error> {
    let asked = asked.into_inner();
    check_speaks(tx, &asked, &word)?;
    let side = asked.side().in_dispute();
    let mut help = asked.help;
    turn(&mut help, Verb::Dispute)?;
    help.disputed_by = Some(side);
    help.disputed_at = Some(tx.now);
    note(tx, &mut help, word)?;
    keep(tx, &mut help).await?;
    tx.emit(&HelpDisputed {
        help: help.id,
        person: receiver(&help)?,
        side: side.word().to_owned(),
    });
    Ok(help)
}

/// Settles a dispute with the minutes that count, never more than were signed, and books them.
pub async fn settle(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    rules: &Rules,
    minutes: i64,
    settlement: String,
) -> Result<Help, Error> {
    let asked = asked.into_inner();
    check_coordinator(&asked)?;
    check_second(tx, &asked.help)?;
    let mut help = asked.help;
    turn(&mut help, Verb::Settle)?;
    let signed = help.signed_minutes.ok_or(Error::NotNow)?;
    if !(0..=signed).contains(&minutes) {
        return Err(Error::MoreThanSigned);
    }
    let before = locked::open_to_change(tx.house().vault(), help.locked.as_deref())?;
    let words = Words {
        settlement,
        ..before
    };
    help.locked = Some(locked::lock(tx, &words));
    help.confirmed_minutes = Some(minutes);
    tx.emit(&HelpDisputeSettled {
        help: help.id,
        person: receiver(&help)?,
        minutes,
    });
    let granted = help.minutes;
    book_minutes(tx, &mut help, rules, granted).await?;
    keep(tx, &mut help).await?;
    Ok(help)
}

/// Books confirmed minutes for which the credit was missing and is there now.
pub async fn post_again(tx: &mut Tx, asked: Allowed<Asked>, rules: &Rules) -> Result<Help, Error> {
    let asked = asked.into_inner();
    check_coordinator(&asked)?;
    let mut help = asked.help;
    help.state.after(Verb::Post).ok_or(Error::NotNow)?;
    let granted = help.minutes;
    book_minutes(tx, &mut help, rules, granted).await?;
    if help.state.is_open() {
        return Err(Error::Short);
    }
    keep(tx, &mut help).await?;
    Ok(help)
}

/// Books the minutes of a help that are confirmed, as far as the credit goes; when none is there,
/// it waits. `granted` is how much two people granted, when the fund or the pool pays. The giver's
/// account is the act's own until it is over, so that two helps cannot both find the same room below
/// the cap.
pub(super) async fn book_minutes(
    tx: &mut Tx,
    help: &mut Help,
    rules: &Rules,
    granted: i64,
) -> Result<(), Error> {
    let minutes = help.confirmed_minutes.ok_or(Error::NotNow)?;
    let person = giver(help)?;
    let members: Vec<_> = [Some(person), help.payer()].into_iter().flatten().collect();
    store::to_self(tx, &members).await?;
    let minutes_paid = match help.cover {
        Cover::Fund | Cover::Pool => minutes.min(granted),
        Cover::Own | Cover::Relative | Cover::Open => minutes,
    };
    let Some(paid) = book::pay(tx, help, person, minutes_paid, rules.cap_minutes).await? else {
        return Ok(());
    };
    let is_all = Some(paid.to_giver + paid.to_pool) == help.signed_minutes;
    turn(help, if is_all { Verb::Post } else { Verb::PostInPart })?;
    help.posted_minutes = Some(paid.to_giver);
    help.pooled_minutes = Some(paid.to_pool);
    ended(tx, help).await?;
    tx.emit(&HelpPosted {
        help: help.id,
        person: receiver(help)?,
        cover: help.cover.word().to_owned(),
        minutes: paid.to_giver,
        overflow: paid.to_pool,
    });
    if minutes > 0 {
        let begun = help.signed_in_at.ok_or(Error::NotNow)?;
        let day = begun.in_zone(&tx.house().config().zone).date();
        tx.emit(&HelpConfirmed {
            help: help.id,
            person,
            minutes,
            day: day.to_string(),
        });
    }
    Ok(())
}
