//! How it ends, who read of it, and how its words are erased when their time is over.

use jiff::civil::Date;
use kernel::events::{MediationForgotten, MediationSeen, MediationTerminated};
use kernel::{Instant, MediationId};
use platform::Tx;
use platform::access::Allowed;
use platform::alerts;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};

use super::{keep, record, today, turn};
use crate::error::Error;
use crate::model::{Ending, Verb, kept_until};
use crate::policy::Asked;
use crate::store::{self, Mediation};
use crate::tell::link;

/// The job that erases the words of one mediation.
pub const FORGET: &str = "mediation.forget";

/// What that job is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forgetting {
    /// Which.
    pub mediation: MediationId,
}

/// Ends it without its purpose. The caller has told the parties of arbitration, administrative and
/// court routes, or has read of them; that is recorded with it (article 26).
pub async fn terminate(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    ending: Ending,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::Terminate)?;
    mediation.ending = Some(ending);
    let on = today(tx);
    ended(tx, &mut mediation, on);
    keep(tx, &mut mediation).await?;
    let event = MediationTerminated {
        mediation: mediation.id,
        ending: ending.word().to_owned(),
        is_told: true,
    };
    record(tx, &mediation, &event);
    Ok(mediation)
}

/// Notes that a mediator or the head read it. Both parties can read this.
pub fn see(tx: &mut Tx, asked: &Allowed<Asked>) {
    tx.emit(&MediationSeen {
        mediation: asked.as_inner().mediation.id,
    });
}

/// Notes the end, and has the words erased when they have been kept long enough.
pub(super) fn ended(tx: &mut Tx, mediation: &mut Mediation, on: Date) {
    mediation.ended_on = Some(on);
    let zone = tx.house().config().zone.clone();
    // A day beyond the calendar's end is never reached, and neither is its job.
    let at = kept_until(on)
        .to_zoned(zone)
        .map_or(Instant(i64::MAX), |day| {
            Instant(day.timestamp().as_microsecond())
        });
    let payload = Forgetting {
        mediation: mediation.id,
    };
    tx.later_at(FORGET, &payload, at);
}

/// Erases the words of one mediation; done twice it does nothing more.
pub fn forget<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Forgetting { mediation } = job.read()?;
        if store::forget(tx, mediation).await? {
            // They would still tell whose dispute it was.
            alerts::forget(tx, &link(mediation)).await?;
            tx.emit(&MediationForgotten { mediation });
        }
        Ok(())
    })
}
