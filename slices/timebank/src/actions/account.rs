//! Opening and closing a time account, and giving of it to the pool.

use jiff::civil::Date;
use kernel::PersonId;
use kernel::events::{PersonSeen, TimeAccountClosed, TimeAccountOpened, TimeDonated};
use platform::Tx;
use platform::access::Allowed;

use crate::book;
use crate::error::Error;
use crate::model::Rules;
use crate::policy::Holder;
use crate::store;

/// Who opens an account, and how.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Their age in years, if the day of birth is known.
    pub age: Option<i16>,
    /// Whether it is opened at the desk.
    pub is_at_desk: bool,
    /// Whether the desk has the written consent of a guardian.
    pub has_guardian: bool,
}

/// Opens an account: by oneself when of age, at the desk with a guardian's consent when not.
pub async fn open(
    tx: &mut Tx,
    allowed: Allowed<Holder>,
    rules: &Rules,
    opening: Opening,
) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    let is_of_age = opening
        .age
        .is_some_and(|age| i64::from(age) >= rules.open_age);
    let has_guardian = opening.is_at_desk && opening.has_guardian;
    // Whoever is known to the desk as grown up needs no day of birth in the register.
    let is_known_there = opening.is_at_desk && opening.age.is_none();
    if !(is_of_age || has_guardian || is_known_there) {
        return Err(Error::GuardianFirst);
    }
    let before = store::to_self(tx, &[person]).await?;
    if before.iter().any(store::Member::is_open) {
        return Err(Error::OpenAlready);
    }
    if before.iter().any(|member| member.is_closed_for_good) {
        return Err(Error::ClosedForGood);
    }
    let noted_by = tx.actor.account.filter(|_| has_guardian);
    store::open_account(tx, &[person], noted_by).await?;
    book::open(tx, person).await?;
    if before.is_empty() && rules.starting_minutes > 0 {
        book::start(tx, person, rules.starting_minutes).await?;
    }
    tx.emit(&TimeAccountOpened {
        person,
        has_guardian,
    });
    Ok(())
}

/// Closes one's own account; what is left goes to the pool. Nothing of it may be reserved.
pub async fn close(tx: &mut Tx, allowed: Allowed<Holder>) -> Result<i64, Error> {
    close_as(tx, allowed.into_inner().person, "holder").await
}

/// Closes an account, by its holder or by two people at the desk.
pub(super) async fn close_as(tx: &mut Tx, person: PersonId, how: &str) -> Result<i64, Error> {
    let members = store::to_self(tx, &[person]).await?;
    if !members.iter().any(store::Member::is_open) {
        return Err(Error::NoAccount);
    }
    if store::has_open(tx, person).await? {
        return Err(Error::StillOpen);
    }
    let minutes = if how == "holder" {
        book::empty(tx, person).await?
    } else {
        book::close(tx, person).await?
    };
    store::drop_offers_of(tx, person).await?;
    store::set_closed(tx, person, how).await?;
    tx.emit(&TimeAccountClosed {
        person,
        minutes,
        how: how.to_owned(),
    });
    Ok(minutes)
}

/// Gives of one's time to the pool, for helps of neighbours who have none.
pub async fn donate(tx: &mut Tx, allowed: Allowed<Holder>, minutes: i64) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    check_open(tx, person).await?;
    let donation = tx.new_id();
    book::donate(tx, donation, person, minutes).await?;
    tx.emit(&TimeDonated {
        donation,
        person,
        minutes,
    });
    Ok(())
}

/// The account must be open; the act has it to itself.
pub(super) async fn check_open(tx: &Tx, person: PersonId) -> Result<(), Error> {
    let members = store::to_self(tx, &[person]).await?;
    if members.iter().any(store::Member::is_open) {
        Ok(())
    } else {
        Err(Error::NoAccount)
    }
}

/// Today, where people here live.
pub fn today(tx: &Tx) -> Date {
    tx.now.in_zone(&tx.house().config().zone).date()
}

/// Notes that the desk looked at somebody's account; they can read of it.
pub fn see(tx: &mut Tx, allowed: &Allowed<Holder>) {
    tx.emit(&PersonSeen {
        person: allowed.as_inner().person,
        purpose: "service".to_owned(),
    });
}
