//! A year of the time bank: helps booked month by month, and those that are asked for now.

use kernel::{AreaId, Minutes};
use platform::Tx;
use timebank::{OpenHelp, PastHelp, enter_many, enter_open};

use super::requests::Known;
use crate::demo::helps::{Drawn, MONTH, MONTHS, of_a_year};
use crate::demo::neighbourhood::Neighbourhood;

/// Enters it as it stands at the moment of the transaction.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    known: &Known,
    seed: u64,
) -> anyhow::Result<()> {
    let now = tx.now;
    let helps = of_a_year(hood, seed, now);
    // The books say when: a month is booked at its end.
    for (month, drawn) in helps.past.iter().enumerate() {
        let ago = i64::try_from(MONTHS - 1 - month).unwrap_or_default() * MONTH;
        tx.now = now.plus(Minutes::days(-ago));
        let past: Vec<PastHelp> = drawn
            .iter()
            .filter_map(|one| past(hood, known, one))
            .collect();
        enter_many(tx, &past).await?;
    }
    tx.now = now;
    let open: Vec<OpenHelp> = helps
        .open
        .iter()
        .map(|one| open(hood, known, one))
        .collect();
    enter_open(tx, &open).await?;
    Ok(())
}

/// The grid and micro-grid where a household lives.
fn areas(hood: &Neighbourhood, known: &Known, household: usize) -> [Option<AreaId>; 2] {
    let building = hood.households[household].building;
    let micro_grid = hood.ground.buildings[building].micro_grid;
    let grid = hood.ground.micro_grids[micro_grid].grid;
    [
        known.areas.grids.get(grid).copied(),
        known.areas.micro_grids.get(micro_grid).copied(),
    ]
}

fn past(hood: &Neighbourhood, known: &Known, one: &Drawn) -> Option<PastHelp> {
    let giver = one.giver?;
    let [grid, micro_grid] = areas(hood, known, one.receiver.0);
    Some(PastHelp {
        kind: one.kind.to_owned(),
        begun: one.begins,
        minutes: one.minutes,
        giver: known.ids[giver.0][giver.1],
        receiver: known.ids[one.receiver.0][one.receiver.1],
        grid,
        micro_grid,
        place: format!("{}，{}", one.place, one.wish),
    })
}

fn open(hood: &Neighbourhood, known: &Known, one: &Drawn) -> OpenHelp {
    let [grid, micro_grid] = areas(hood, known, one.receiver.0);
    OpenHelp {
        kind: one.kind.to_owned(),
        begins: one.begins,
        minutes: one.minutes,
        receiver: known.ids[one.receiver.0][one.receiver.1],
        giver: one
            .giver
            .map(|(household, place)| known.ids[household][place]),
        grid,
        micro_grid,
        place: one.place.to_owned(),
        wish: one.wish.to_owned(),
    }
}
