//! Direct relatives by the word of both, each given by themselves or on paper at the desk, and
//! gifts of time between them, which both agree to as well. Time goes to nobody else (rule R7).

use kernel::events::{
    RelativeAgreed, RelativeEnded, RelativeNamed, TimeGiftAccepted, TimeGiftEnded, TimeGiftOffered,
};
use kernel::{AccountId, PersonId};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use super::account::check_open;
use crate::book;
use crate::error::Error;
use crate::model::{Rules, Tie};
use crate::policy::Holder;
use crate::store::{self, Gift};

/// Says what another is to oneself; it counts when the other agrees. `helper` took it down on
/// paper. A tie that stands, or that the other named, is agreed to by it.
pub async fn name(
    tx: &mut Tx,
    allowed: Allowed<Holder>,
    other: PersonId,
    kind: Tie,
    helper: Option<AccountId>,
) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    if person == other {
        return Err(Error::OwnHelp);
    }
    let new = store::name_tie(tx, person, other, kind, helper).await?;
    if let Some(tie) = new {
        tx.emit(&RelativeNamed {
            tie,
            person,
            relative: other,
        });
        return Ok(());
    }
    let ties = store::ties_of(tx, tx.community(), person).await?;
    let tie = ties.iter().find(|tie| tie.other == other);
    let tie = tie.ok_or(Error::NotNow)?;
    if tie.kind != kind || !store::agree_to_tie(tx, tie.id, person, helper).await? {
        return Err(Error::ThereAlready);
    }
    tx.emit(&RelativeAgreed {
        tie: tie.id,
        person,
    });
    Ok(())
}

/// Agrees to what the other said.
pub async fn agree(
    tx: &mut Tx,
    allowed: Allowed<Holder>,
    tie: Uuid,
    helper: Option<AccountId>,
) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    if !store::agree_to_tie(tx, tie, person, helper).await? {
        return Err(Error::NotNow);
    }
    tx.emit(&RelativeAgreed { tie, person });
    Ok(())
}

/// Ends a tie, or does not agree to one; either of the two can. A gift between them that is still
/// open goes back.
pub async fn end_tie(tx: &mut Tx, allowed: Allowed<Holder>, tie: Uuid) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    let found = store::tie(tx, tie, person).await?.ok_or(Error::NotNow)?;
    let gifts = store::gifts_of(tx, tx.community(), person).await?;
    let between: Vec<&Gift> = gifts
        .iter()
        .filter(|gift| gift.from == found.other || gift.to == found.other)
        .collect();
    let holds: Vec<_> = between.iter().map(|gift| gift.hold).collect();
    book::release_all(tx, tie, &holds).await?;
    let ids: Vec<Uuid> = between.iter().map(|gift| gift.id).collect();
    store::remove_gifts(tx, &ids).await?;
    for gift in between {
        tell_ended(tx, gift, "withdrawn");
    }
    store::remove_tie(tx, tie).await?;
    tx.emit(&RelativeEnded { tie, person });
    Ok(())
}

/// Offers time to a direct relative; it is reserved until they answer.
pub async fn offer_gift(
    tx: &mut Tx,
    allowed: Allowed<Holder>,
    to: PersonId,
    minutes: i64,
) -> Result<Uuid, Error> {
    let Holder { community, person } = allowed.into_inner();
    if !store::are_relatives(tx, community, person, to).await? {
        return Err(Error::NoRelatives);
    }
    check_open(tx, person).await?;
    check_open(tx, to).await?;
    let id = tx.new_id();
    let gift = Gift {
        id,
        from: person,
        to,
        minutes,
        hold: book::offer_gift(tx, id, (person, to), minutes).await?,
        offered_at: tx.now,
    };
    store::insert_gift(tx, &gift).await?;
    tx.emit(&TimeGiftOffered {
        gift: id,
        person,
        to,
        minutes,
    });
    Ok(id)
}

/// Accepts a gift, if the account can hold it.
pub async fn accept_gift(
    tx: &mut Tx,
    allowed: Allowed<Holder>,
    rules: &Rules,
    gift: Uuid,
) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    let gift = store::gift_to_answer(tx, gift).await?;
    let gift = gift.filter(|gift| gift.to == person).ok_or(Error::NotNow)?;
    check_open(tx, person).await?;
    if book::held_by(tx, person).await? + gift.minutes > rules.cap_minutes {
        return Err(Error::Full);
    }
    book::accept_gift(tx, gift.id, gift.hold).await?;
    store::remove_gifts(tx, &[gift.id]).await?;
    tx.emit(&TimeGiftAccepted {
        gift: gift.id,
        person,
        minutes: gift.minutes,
    });
    Ok(())
}

/// Declines a gift, or takes back one's own.
pub async fn end_gift(tx: &mut Tx, allowed: Allowed<Holder>, gift: Uuid) -> Result<(), Error> {
    let person = allowed.into_inner().person;
    let gift = store::gift_to_answer(tx, gift).await?;
    let gift = gift
        .filter(|gift| gift.to == person || gift.from == person)
        .ok_or(Error::NotNow)?;
    book::release_all(tx, gift.id, &[gift.hold]).await?;
    store::remove_gifts(tx, &[gift.id]).await?;
    let how = if gift.to == person {
        "declined"
    } else {
        "withdrawn"
    };
    tell_ended(tx, &gift, how);
    Ok(())
}

/// Records that a gift did not come about.
pub(super) fn tell_ended(tx: &mut Tx, gift: &Gift, how: &str) {
    tx.emit(&TimeGiftEnded {
        gift: gift.id,
        person: gift.from,
        how: how.to_owned(),
    });
}

/// Takes back all that one said of others who have not answered. Returns how many they were.
pub async fn withdraw_named(tx: &mut Tx, allowed: Allowed<Holder>) -> Result<usize, Error> {
    let person = allowed.into_inner().person;
    let gone = store::remove_unanswered(tx, person).await?;
    for tie in &gone {
        tx.emit(&RelativeEnded { tie: *tie, person });
    }
    Ok(gone.len())
}
