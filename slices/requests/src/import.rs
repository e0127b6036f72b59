//! Requests from another system: a file with columns and a mapping that says what they mean.
//!
//! What the columns mean is guessed ([`Proposal`]) and corrected on a page, or told in a file.
//! The table is understood first ([`plan`]), with every row that cannot be read named by its number;
//! then loaded whole, in one transaction with one event ([`load`]), or not at all. A request that
//! is already here, by its number in the other system, is passed over: loading twice does no harm.

mod load;
mod mapping;
mod plan;
pub mod proposal;
mod same;

pub use load::{Loaded, load};
pub use mapping::Mapping;
pub use plan::{Plan, RowFault, plan, read};
pub use proposal::Proposal;

use kernel::{Actor, Facts};
use platform::working_time::calendar_of;
use platform::{House, Message, Refusal};

use crate::policy;

/// Loads a file by command, as this actor.
///
/// # Errors
/// [`Refusal::Invalid`] with a sentence when file or mapping cannot be read or a row is faulty
/// (nothing is loaded then), [`Refusal::Forbidden`] when the actor may not import.
pub async fn import(
    house: &House,
    actor: &Actor,
    file_name: &str,
    bytes: &[u8],
    mapping: &str,
) -> Result<Loaded, Refusal> {
    let mapping = Mapping::parse(mapping).map_err(Refusal::Invalid)?;
    let table = read(file_name, bytes).map_err(Refusal::Invalid)?;
    let plan = plan(&table, &mapping, house.now()).map_err(Refusal::Invalid)?;
    if let Some(fault) = plan.faults.first() {
        let message = Message::of("requests-import-faults")
            .with("n", plan.faults.len())
            .with("row", fault.row)
            .with("value", &fault.value);
        return Err(Refusal::Invalid(message));
    }
    let allowed = house
        .policy()
        .check(actor, policy::IMPORT, Facts::of(actor.community))?;
    let atlas = areas::atlas(house, actor.community).await?;
    let mut tx = house.begin(actor).await?;
    let calendar = calendar_of(house, actor.community).await?;
    let loaded = load(&mut tx, allowed, &plan, &atlas, &calendar).await?;
    if loaded.loaded > 0 {
        tx.commit().await?;
    }
    Ok(loaded)
}
