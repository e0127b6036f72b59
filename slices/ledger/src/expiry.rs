//! Holds whose time is over return what they set aside. That a hold is over is exact to the
//! microsecond wherever it is judged; this only clears it away.

use book::{Chain, Refusal};
use kernel::events::HoldExpired;
use kernel::{Instant, TransferId};
use platform::Tx;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};

use crate::post::{transfer_id, write};
use crate::store::{Ids, Remembered, uuid};

pub(crate) const EXPIRE: &str = "ledger.expire";

#[derive(Debug, Serialize, Deserialize)]
struct Look {
    hold: TransferId,
}

/// Plans to look at a hold when its time is over.
pub(crate) fn look_at(tx: &mut Tx, hold: TransferId, until: Instant) {
    tx.later_at(EXPIRE, &Look { hold }, until);
}

pub(crate) fn expire<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Look { hold } = job.read()?;
        let Some(group) = crate::read::group_of(tx, hold).await? else {
            return Ok(());
        };
        let chain = Chain {
            group: group.as_u128(),
            orders: vec![book::Order {
                id: transfer_id(tx.new_id()),
                step: book::Step::Expire {
                    hold: transfer_id(hold),
                },
            }],
        };
        let memory = &mut Remembered::default();
        let (answers, _) = write(tx, &[chain], Ids::New, memory).await?;
        match answers.into_iter().next() {
            Some(Ok(applied)) => {
                for transfer in applied.transfers() {
                    tx.emit(&HoldExpired {
                        hold,
                        group: uuid(transfer.group),
                    });
                }
                Ok(())
            }
            // It was settled or voided in time.
            Some(Err(refused))
                if matches!(
                    refused.why,
                    Refusal::AlreadySettled | Refusal::AlreadyVoided | Refusal::HoldExpired
                ) =>
            {
                Ok(())
            }
            Some(Err(refused)) => Err(refused.into()),
            None => Ok(()),
        }
    })
}
