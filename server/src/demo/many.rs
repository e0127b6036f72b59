//! A community with more matters than it has in years, to measure figures with.

use anyhow::Context;
use jiff::ToSpan;
use kernel::{CommunityId, Instant};
use platform::House;

/// Repeats last year's matters of the first community until there are so many. Returns how many
/// there are.
///
/// # Errors
/// When the database refuses; then there are some of them.
pub async fn multiply(house: &House, now: Instant, amount: usize) -> anyhow::Result<usize> {
    let community = first(house).await?;
    let today = now.in_zone(&house.config().zone).date();
    let january = today.first_of_year().checked_sub(1.year())?;
    Ok(requests::fixture::multiply(house, community, january, amount).await?)
}

/// Repeats the open matters of the first community until so many clocks run. Returns how many do.
///
/// # Errors
/// When the database refuses; then some of them run.
pub async fn multiply_clocks(house: &House, amount: usize) -> anyhow::Result<usize> {
    let community = first(house).await?;
    Ok(requests::fixture::multiply_clocks(house, community, amount).await?)
}

async fn first(house: &House) -> anyhow::Result<CommunityId> {
    let all = house.communities().all(house).await?;
    let first = all.iter().find(|one| !one.is_district);
    Ok(first.context("the demo has no community")?.id)
}
