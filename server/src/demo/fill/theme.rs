//! The theme that the community has taken on.

use anyhow::Context;
use kernel::Minutes;
use platform::Tx;
use requests::fixture::ATheme;

use super::requests::Known;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::theme::{NAME, PLAN, matters};

/// Made so long before the last matter came in, published some days later, to be done in time to come.
const MADE: Minutes = Minutes::days(-24);
const PUBLISHED: Minutes = Minutes::days(-20);
const UNTIL: Minutes = Minutes::days(45);

/// Enters it. `numbers` are those of the matters, in their order.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    known: &Known,
    numbers: &[String],
) -> anyhow::Result<()> {
    let last = hood.matters.last().context("a matter")?.received_at;
    let made_at = last.plus(MADE);
    let found = matters(hood, made_at);
    let theme = ATheme {
        name: NAME.to_owned(),
        plan: PLAN.to_owned(),
        owner: known.entries.handlers[hood.catalogue.party("first")],
        by: known.accounts[hood.staff.desk[0]],
        opened_at: made_at,
        published_at: last.plus(PUBLISHED),
        until: last.plus(UNTIL),
        numbers: found.iter().map(|place| numbers[*place].clone()).collect(),
    };
    Ok(theme.insert(tx).await?)
}
