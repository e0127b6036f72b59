//! The hands behind the pages: they do jobs and seal the record, until they are told to stop.

use std::time::Duration;

use tokio::sync::watch;

use crate::db::StoreError;
use crate::jobs::Where;
use crate::{House, jobs, seal};

/// How long they rest when nothing wakes them.
const REST: Duration = Duration::from_secs(1);
/// How long they let work gather before they go on: sealing each event by itself would take the
/// database from those who act.
const BREATH: Duration = Duration::from_millis(50);

/// Works until `stop` turns true, finishing what is in hand. Nothing here waits for what is done in the
/// outside world: a mail server or another platform may be slow.
pub async fn work(house: House, stop: watch::Receiver<bool>) {
    tokio::join!(
        keep_at_it(&house, Where::Inside, stop.clone()),
        keep_at_it(&house, Where::Outside, stop),
    );
}

async fn keep_at_it(house: &House, place: Where, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match do_what_is_due(house, place).await {
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
            () = house.something_to_do(place) => {}
            () = tokio::time::sleep(REST) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Does what is due now, once. Returns how much there was. Tests call it instead of waiting.
pub async fn do_everything_due(house: &House) -> Result<usize, StoreError> {
    let inside = do_what_is_due(house, Where::Inside).await?;
    Ok(inside + do_what_is_due(house, Where::Outside).await?)
}

async fn do_what_is_due(house: &House, place: Where) -> Result<usize, StoreError> {
    let Some(any) = house
        .communities()
        .all(house)
        .await?
        .first()
        .map(|community| community.id)
    else {
        return Ok(0);
    };
    let mut done = jobs::do_some(house, any, place).await?;
    if place == Where::Outside {
        return Ok(done);
    }
    for community in seal::unsealed_communities(house).await? {
        done += seal::seal_some(house, community).await?;
    }
    Ok(done)
}
