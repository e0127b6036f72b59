//! Helps of the past, booked many at once.

use std::collections::HashMap;

use kernel::{HelpId, PersonId};
use ledger::{Book, Movement, Step};
use platform::Tx;

use super::unsigned;
use crate::error::Error;

/// A help of the past, as it is booked.
#[derive(Clone, Copy, Debug)]
pub struct PastPayment {
    /// Which.
    pub help: HelpId,
    /// Who paid; the fund when nobody did.
    pub payer: Option<PersonId>,
    /// Who helped.
    pub giver: PersonId,
    /// How long, in minutes.
    pub minutes: i64,
}

/// Books helps of the past in a few statements; so much is put into the fund before.
pub async fn enter_many(tx: &mut Tx, past: &[PastPayment], funded: i64) -> Result<(), Error> {
    let people: Vec<PersonId> = past
        .iter()
        .flat_map(|one| [Some(one.giver), one.payer])
        .flatten()
        .collect();
    let known: HashMap<_, _> = ledger::residents(tx, Book::Time, &people).await?;
    let accounts = ledger::accounts(tx, Book::Time).await?;
    let mut chains = Vec::new();
    if funded > 0 {
        let movement = Movement::PutAside {
            from: accounts.issue,
            to: accounts.fund,
        };
        chains.push((tx.new_id(), vec![Step::post(movement, unsigned(funded))]));
    }
    for one in past {
        let of = |person| known.get(&person).copied().ok_or(Error::NotNow);
        let to = of(one.giver)?;
        let movement = match one.payer {
            Some(payer) => Movement::ServicePaid {
                from: of(payer)?,
                to,
            },
            None => Movement::ServiceFromFund {
                from: accounts.fund,
                to,
            },
        };
        let step = Step::post(movement, unsigned(one.minutes));
        chains.push((one.help.0, vec![step]));
    }
    for answer in ledger::post_many(tx, &chains).await? {
        answer.map_err(|_| Error::Short)?;
    }
    Ok(())
}
