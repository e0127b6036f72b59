//! A resident lets the desk look at their points, once and for some minutes, with a code of their
//! own. Each look is told to them.

use kernel::events::{PointsGlanceOffered, PointsSeen};
use kernel::{Minutes, PersonId};
use platform::Tx;
use platform::access::Allowed;

use crate::error::Error;
use crate::model::plain_code;
use crate::policy::{Common, Own};
use crate::store::glances;

/// For so long a code is good.
pub const GOOD_FOR: Minutes = Minutes(15);
/// The vault's purpose for these codes' fingerprints; those of the shop lead nowhere here.
const GLANCE: &str = "points-glance";
/// Letters of a code that lives a quarter of an hour.
const LENGTH: usize = 8;

/// Makes a code. It is shown once, and kept only as a fingerprint.
pub async fn offer(tx: &mut Tx, own: Allowed<Own>) -> Result<String, Error> {
    let person = own.as_inner().person;
    let house = tx.house();
    let code = house.chance().code(LENGTH);
    let print = house.vault().fingerprint(GLANCE, code.as_bytes());
    let until = tx.now.plus(GOOD_FOR);
    glances::keep(tx, person, print, until).await?;
    tx.emit(&PointsGlanceOffered { person });
    Ok(code)
}

/// Uses a code up. Returns whose points may be looked at now.
pub async fn look(tx: &mut Tx, _allowed: Allowed<Common>, typed: &str) -> Result<PersonId, Error> {
    let vault = tx.house().vault();
    let print = vault.fingerprint(GLANCE, plain_code(typed).as_bytes());
    let person = glances::take(tx, print).await?.ok_or(Error::NoSuchCode)?;
    tx.emit(&PointsSeen { person });
    Ok(person)
}
