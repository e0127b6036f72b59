//! Saying that one might be asked, saying it anew, and leaving.

use kernel::events::{VolunteerChanged, VolunteerJoined, VolunteerLeft};
use matching::Times;
use platform::Tx;
use platform::access::Allowed;

use crate::error::Error;
use crate::policy::Own;
use crate::store::askings;
use crate::store::volunteers::{self, Profile};

/// What somebody says of how they might be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// When they are free.
    pub times: Times,
    /// How far they like to go, in metres; `None` is anywhere.
    pub reach_m: Option<u32>,
    /// How often a month they may be asked.
    pub askings_max: u32,
    /// The version that the form was made for; `None` when they were no volunteer then.
    pub version: Option<i64>,
}

/// Joins, or says anew how one might be asked.
pub async fn join(tx: &mut Tx, own: Allowed<Own>, saying: Saying) -> Result<(), Error> {
    let person = own.into_inner().person;
    let profile = Profile {
        person,
        times: saying.times,
        reach_m: saying.reach_m,
        askings_max: saying.askings_max,
        since: tx.now,
        version: saying.version.unwrap_or(1),
    };
    if saying.version.is_some() {
        if !volunteers::save(tx, &profile).await? {
            return Err(Error::Faster);
        }
        tx.emit_unsigned(&VolunteerChanged { person });
    } else {
        if volunteers::insert(tx, &[profile]).await? == 0 {
            return Err(Error::Faster);
        }
        tx.emit_unsigned(&VolunteerJoined { person });
    }
    Ok(())
}

/// Leaves: from now on nobody asks. Places that one has stay until one gives them back. Returns
/// whether one was a volunteer.
pub async fn leave(tx: &mut Tx, own: Allowed<Own>) -> Result<bool, Error> {
    let person = own.into_inner().person;
    if !volunteers::delete(tx, person).await? {
        return Ok(false);
    }
    askings::forget_person(tx, person).await?;
    tx.emit_unsigned(&VolunteerLeft { person });
    Ok(true)
}
