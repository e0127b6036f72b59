//! Signing in and out: with the receiver's code, or by a coordinator who was told the time. No
//! place is kept. And that somebody did not come, from which nothing follows.

use kernel::events::{HelpCodeRefused, HelpMissed, HelpSignedIn, HelpSignedOut};
use kernel::{Instant, Minutes};
use platform::Tx;
use platform::access::Allowed;

use super::{About, REMIND, check_coordinator, ended, giver, keep, receiver, turn};
use crate::book;
use crate::error::Error;
use crate::model::{CLEAR_DAYS, Rules, Side, Verb, minutes_between};
use crate::policy::Asked;
use crate::store::{self, Help};

/// So many wrong codes, and only the desk can sign somebody in.
const CODE_TRIES: i64 = 5;
/// One can be signed in so long before the help is to begin.
const EARLY: Minutes = Minutes::hours(2);

/// How it is known that somebody came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// The giver typed what the receiver told them, now.
    Code(String),
    /// A coordinator was told at what time.
    Told(Instant),
}

impl Signing {
    const fn word(&self) -> &'static str {
        match self {
            Self::Code(_) => "code",
            Self::Told(_) => "coordinator",
        }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Signed {
    /// It is noted.
    Noted(Box<Help>),
    /// The code was another; that is noted too.
    Refused,
}

/// Begins a help.
pub async fn sign_in(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    signing: Signing,
) -> Result<Signed, Error> {
    let asked = asked.into_inner();
    let Some(at) = moment(tx, &asked, &signing)? else {
        return refuse_code(tx, asked.help).await;
    };
    let mut help = asked.help;
    turn(&mut help, Verb::SignIn)?;
    if at < help.starts_at.plus(Minutes(-EARLY.0)) {
        return Err(Error::TooEarly);
    }
    if at > help.ends_at().plus(Minutes::days(CLEAR_DAYS)) {
        return Err(Error::TooLate);
    }
    let person = giver(&help)?;
    if store::is_signed_in_elsewhere(tx, person, help.id).await? {
        return Err(Error::SignedInElsewhere);
    }
    help.signed_in_at = Some(at);
    help.signed_in_by = tx.actor.account;
    keep(tx, &mut help).await?;
    tx.emit(&HelpSignedIn {
        help: help.id,
        person,
        how: signing.word().to_owned(),
    });
    Ok(Signed::Noted(Box::new(help)))
}

/// Ends a help; from now the receiver has time to confirm.
pub async fn sign_out(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    rules: &Rules,
    signing: Signing,
) -> Result<Signed, Error> {
    let asked = asked.into_inner();
    let Some(at) = moment(tx, &asked, &signing)? else {
        return refuse_code(tx, asked.help).await;
    };
    let mut help = asked.help;
    turn(&mut help, Verb::SignOut)?;
    let begun = help.signed_in_at.ok_or(Error::NotNow)?;
    let minutes = minutes_between(begun, at).map_err(Error::Jump)?;
    let answer_by = rules.answer_by(tx.now);
    help.signed_out_at = Some(at);
    help.signed_out_by = tx.actor.account;
    help.signed_minutes = Some(minutes);
    help.answer_by = Some(answer_by);
    keep(tx, &mut help).await?;
    tx.emit(&HelpSignedOut {
        help: help.id,
        person: giver(&help)?,
        how: signing.word().to_owned(),
        minutes,
    });
    tx.later_at(REMIND, &About { help: help.id }, answer_by);
    Ok(Signed::Noted(Box::new(help)))
}

/// The moment that is noted; `None` when the code is another.
fn moment(tx: &Tx, asked: &Asked, signing: &Signing) -> Result<Option<Instant>, Error> {
    match signing {
        Signing::Code(typed) => {
            if asked.side() != Side::Giver {
                return Err(Error::OwnHelp);
            }
            if asked.help.code_tries >= CODE_TRIES {
                return Err(Error::CodeBlocked);
            }
            let code = asked.help.code.as_deref().ok_or(Error::NotNow)?;
            Ok((code == typed).then_some(tx.now))
        }
        Signing::Told(at) => {
            check_coordinator(asked)?;
            if *at > tx.now {
                return Err(Error::Ahead);
            }
            Ok(Some(*at))
        }
    }
}

async fn refuse_code(tx: &mut Tx, mut help: Help) -> Result<Signed, Error> {
    help.code_tries += 1;
    keep(tx, &mut help).await?;
    tx.emit(&HelpCodeRefused {
        help: help.id,
        person: giver(&help)?,
        tries: help.code_tries,
    });
    Ok(Signed::Refused)
}

/// Notes that somebody did not come or was not in. What was reserved is released.
pub async fn miss(tx: &mut Tx, asked: Allowed<Asked>) -> Result<Help, Error> {
    let asked = asked.into_inner();
    let side = asked.side();
    let mut help = asked.help;
    turn(&mut help, Verb::Miss)?;
    if tx.now < help.starts_at {
        return Err(Error::TooEarly);
    }
    book::release(tx, &mut help).await?;
    ended(tx, &mut help).await?;
    keep(tx, &mut help).await?;
    tx.emit(&HelpMissed {
        help: help.id,
        person: receiver(&help)?,
        side: side.in_dispute().word().to_owned(),
    });
    Ok(help)
}
