//! What comes again and again in a demo community: lamps on the same stairs, taken on together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kernel::{Instant, Minutes};

use super::neighbourhood::Neighbourhood;

/// What it is called.
pub const NAME: &str = "楼道灯反复坏，集中整治";
/// What is to be done.
pub const PLAN: &str = "同一个单元一年里报了三次以上的，不再只换灯泡。
第一步，物业维修组逐个单元查线路和接头，老化的换掉，两周内查完。
第二步，换成感应灯，先换老人多、没有窗的楼道。
第三步，网格员每月晚上走一遍，发现不亮当天报修。
换了多少盏、花了多少钱，都贴在单元门口。";

/// Matters of lamps reach back so far.
const LOOKED_BACK: Minutes = Minutes::days(-365);
/// So many on the same stairs are a repetition.
const TIMES: usize = 3;
/// The stairs that are taken on first, those with the most matters.
const STAIRS: usize = 5;

/// The matters of the theme, by position: lamps that failed on the same stairs three times within
/// a year, on the worst stairs first, up to the moment at which the theme is made.
pub fn matters(hood: &Neighbourhood, made_at: Instant) -> Vec<usize> {
    let since = made_at.plus(LOOKED_BACK);
    let lamp = hood.catalogue.category("lamp");
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, matter) in hood.matters.iter().enumerate() {
        let is_within = (since..made_at).contains(&matter.received_at);
        let is_here = matter.category == lamp && matter.place.building.is_some();
        if is_here && is_within {
            places.entry(&matter.place.words).or_default().push(number);
        }
    }
    let again = places.into_values().filter(|found| found.len() >= TIMES);
    let mut again: Vec<Vec<usize>> = again.collect();
    again.sort_by_key(|found| Reverse(found.len()));
    let mut found: Vec<usize> = again.into_iter().take(STAIRS).flatten().collect();
    found.sort_unstable();
    found
}
