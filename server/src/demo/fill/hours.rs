//! What volunteers did in earlier years, entered at once.

use anyhow::Context;
use hours::{Labels, Origin, PastService, When, enter_many};
use kernel::{AccountId, PersonId};
use platform::Tx;

use super::requests::Known;
use crate::demo::hours::{Served, of_years};
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::volunteering::volunteers;

/// Enters it as it stands at the moment of the transaction.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    known: &Known,
    seed: u64,
) -> anyhow::Result<()> {
    let year = tx.now.in_zone(&tx.house().config().zone).year();
    let all = volunteers(hood, year);
    let [first, second] = hood.staff.desk.first_chunk().context("a desk of two")?;
    let by = (known.accounts[*first], known.accounts[*second]);
    let past: Vec<PastService> = of_years(hood, seed, tx.now)
        .iter()
        .map(|one| {
            let (household, place) = all[one.volunteer].resident;
            entry(one, known.ids[household][place], by)
        })
        .collect();
    enter_many(tx, &past).await?;
    Ok(())
}

fn entry(one: &Served, person: PersonId, (settler, typist): (AccountId, AccountId)) -> PastService {
    PastService {
        person,
        origin: Origin::Entry,
        source: None,
        when: When {
            day: one.day,
            begun_minute: None,
            minutes: one.minutes,
        },
        done: one.done.to_owned(),
        labels: Labels {
            is_late: one.is_late,
            is_bulk: one.is_bulk,
            is_own: false,
        },
        entered_at: one.entered,
        entered_by: Some(typist),
        settled: one.settled.map(|at| (at, settler)),
    }
}
