//! All clocks read anew, as the program does by itself when working hours or holidays change.

use std::time::Instant as Stopwatch;

use platform::working_time::calendar_of;

use crate::config::Choices;

pub(super) async fn run(choices: &Choices) -> anyhow::Result<()> {
    let house = super::open(choices, false).await?;
    for community in house.communities().all(&house).await?.iter() {
        let begun = Stopwatch::now();
        let mut tx = house.housekeeping(community.id).await?;
        let calendar = calendar_of(&house, community.id).await?;
        let reckoned = requests::reckon(&mut tx, &calendar).await?;
        tx.commit().await?;
        println!(
            "{}: {} clocks read, {} moved, in {} ms",
            community.name,
            reckoned.read,
            reckoned.moved,
            begun.elapsed().as_millis()
        );
    }
    house.db().clone().close().await?;
    Ok(())
}
