//! A community with more matters than it has in years, to measure figures with.

use anyhow::Context;
use jiff::ToSpan;
use kernel::Instant;
use platform::House;

/// Repeats last year's matters of the first community until there are so many. Returns how many
/// there are.
///
/// # Errors
/// When the database refuses; then there are some of them.
pub async fn multiply(house: &House, now: Instant, amount: usize) -> anyhow::Result<usize> {
    let all = house.communities().all(house).await?;
    let first = all.iter().find(|one| !one.is_district);
    let community = first.context("the demo has no community")?.id;
    let today = now.in_zone(&house.config().zone).date();
    let january = today.first_of_year().checked_sub(1.year())?;
    Ok(requests::fixture::multiply(house, community, january, amount).await?)
}
