//! What a community has chosen: the hours of each star, and how many labelled entries are called back.

use kernel::CommunityId;
use platform::db::StoreError;
use platform::{Community, House};

use crate::model::Stars;

/// The setting that holds the hours of each star: `100,300,600,1000,1500`.
pub const STARS: &str = "hours-stars";
/// The setting that holds of how many labelled entries in a hundred the desk asks.
pub const CALL_BACK_PERCENT: &str = "hours-call-back-percent";
/// Five in a hundred (rule R10).
pub const USUAL_PERCENT: i64 = 5;

/// The stars of a community.
pub fn stars(community: &Community) -> Stars {
    Stars::of(community.setting(STARS, Stars::USUAL))
}

/// Of how many labelled entries in a hundred the desk asks: from 5 to 100.
pub fn percent(community: &Community) -> i64 {
    parse_percent(community.setting(CALL_BACK_PERCENT, "")).unwrap_or(USUAL_PERCENT)
}

/// Reads it; never less than the rule asks for.
pub fn parse_percent(written: &str) -> Option<i64> {
    let percent: i64 = text::fold(written.trim()).parse().ok()?;
    (USUAL_PERCENT..=100).contains(&percent).then_some(percent)
}

/// The same by the community's id, for work without a visit.
pub async fn percent_of(house: &House, id: CommunityId) -> Result<i64, StoreError> {
    let all = house.communities().all(house).await?;
    let community = all.iter().find(|community| community.id == id);
    Ok(community.map_or(USUAL_PERCENT, |community| percent(community)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_fewer_are_called_back_than_the_rule_asks_for() {
        assert_eq!(parse_percent(" ５ "), Some(5));
        assert_eq!(parse_percent("100"), Some(100));
        for wrong in ["4", "0", "101", "-5", "", "five"] {
            assert_eq!(parse_percent(wrong), None, "{wrong}");
        }
    }
}
