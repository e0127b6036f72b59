//! The hands behind the pages: they do jobs and seal the record, until they are told to stop.

use std::time::Duration;

use tokio::sync::watch;

use crate::db::StoreError;
use crate::{House, jobs, seal};

/// How long they rest when nothing wakes them.
const REST: Duration = Duration::from_secs(1);
/// How long they let work gather before they go on: sealing each event by itself would take the
/// database from those who act.
const BREATH: Duration = Duration::from_millis(50);

/// Works until `stop` turns true, finishing what is in hand.
pub async fn work(house: House, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match do_everything_due(&house).await {
            Ok(0) => {}
            Ok(_) => {
                tokio::select! {
                    () = tokio::time::sleep(BREATH) => {}
                    _ = stop.changed() => {}
                }
                continue;
            }
            Err(error) => tracing::error!(%error, "the workers could not reach the database"),
        }
        tokio::select! {
            () = house.something_to_do() => {}
            () = tokio::time::sleep(REST) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Does what is due now, once. Returns how much there was. Tests call it instead of waiting.
pub async fn do_everything_due(house: &House) -> Result<usize, StoreError> {
    let Some(any) = house
        .communities()
        .all(house)
        .await?
        .first()
        .map(|community| community.id)
    else {
        return Ok(0);
    };
    let mut done = jobs::do_some(house, any).await?;
    for community in seal::unsealed_communities(house).await? {
        done += seal::seal_some(house, community).await?;
    }
    Ok(done)
}
