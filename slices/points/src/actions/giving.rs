//! Common purposes: opened and closed by the shop's keepers, filled by neighbours.

use kernel::events::{PointsGiven, PointsPurposeMoved};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use crate::book;
use crate::error::Error;
use crate::policy::{Common, Own};
use crate::store::gifts::{self, Gift, Purpose};

/// Opens a purpose.
pub async fn open(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    name: String,
    about: String,
) -> Result<(), Error> {
    let purpose = Purpose {
        id: tx.new_id(),
        name,
        about,
        is_open: true,
        opened_at: tx.now,
    };
    gifts::open(tx, &purpose).await?;
    tx.emit(&PointsPurposeMoved {
        purpose: purpose.id,
        is_open: true,
    });
    Ok(())
}

/// Closes a purpose: nothing more is given to it.
pub async fn close(tx: &mut Tx, _allowed: Allowed<Common>, purpose: Uuid) -> Result<(), Error> {
    if !gifts::close(tx, purpose).await? {
        return Err(Error::PurposeClosed);
    }
    tx.emit(&PointsPurposeMoved {
        purpose,
        is_open: false,
    });
    Ok(())
}

/// A resident gives points to a purpose that is open.
pub async fn give(tx: &mut Tx, own: Allowed<Own>, purpose: Uuid, points: i64) -> Result<(), Error> {
    let person = own.as_inner().person;
    let found = gifts::lock(tx, purpose).await?;
    if !found.is_some_and(|purpose| purpose.is_open) {
        return Err(Error::PurposeClosed);
    }
    let id: Uuid = tx.new_id();
    book::give(tx, id, person, purpose, points).await?;
    let gift = Gift {
        id,
        purpose,
        person,
        points,
        given_at: tx.now,
    };
    gifts::give(tx, &[gift]).await?;
    tx.emit(&PointsGiven {
        gift: id,
        person,
        purpose,
        points,
    });
    Ok(())
}
