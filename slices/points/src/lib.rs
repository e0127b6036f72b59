//! Points (积分制): a scheme that residents have adopted gives points for listed acts; a claim is
//! checked by another, noticed under a drawn name and granted; points are spent in a shop or given
//! to a common purpose.
//!
//! Words: a *scheme* (积分办法) has *versions* with *items* (积分项目); a *claim* (申报) is *checked*
//! (核对), *noticed* (公示) under an *alias*, and *posted* (入账); an *objection* (异议) or an *appeal*
//! (申诉) is looked at by a *panel* (复核小组). A *reward* (兑换品) is *reserved* (预约) and *collected*
//! (领取) with a *code* (领取码). A *fund* (兑换资金) is what stands behind the points. A *purpose*
//! (公益用途) is filled by gifts.
//!
//! Invariants: nothing is granted but under a version that an assembly adopted and whose notice is
//! over (rule R5), for no excluded subject (R6), by two people (R10), and within the fund (R8);
//! nobody is sent into debt: a reversal takes what is left of one grant and can be appealed against
//! (R2); nobody but the holder reads a balance; points and pieces are held and settled together, or
//! not at all.
//!
//! Deliberately absent: negative points, deductions, rankings, levels, purchase with money, gifts
//! between neighbours, expiry of points; any room that could ask how many points somebody has (R3).
//!
//! Start with [`model`], then `actions`, then `pages::mine`.

mod actions;
mod book;
mod error;
mod figures;
mod forms;
mod limits;
mod model;
mod pages;
mod past;
pub mod policy;
mod store;
mod tell;
mod words;

pub use model::{Adoption, Assembly, Confirmer, NewItem, Unit, Wrong};
pub use past::{
    Entered, Past, PastGift, PastGrant, PastRedemption, PastReward, PastScheme, enter_many,
};

use kernel::events::{
    AccountClosed, AttendanceConfirmed, HoldExpired, PersonErased, ServiceConfirmed,
};
use kernel::{CommunityId, ItemId};
use platform::db::StoreError;
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Offered, Slice};
use sea_orm::ConnectionTrait;

use actions::{hearing, posting};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261126_0350_points",
    sql: include_str!("migrations/m20261126_0350_points.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("points")
        .offers(Offered::ToAll, 30, "/points", "points-title")
        .offers(Offered::ToAll, 35, "/shop", "points-shop-title")
        .offers(Offered::ToOneself, 40, "/me/points", "points-mine-title")
        .routes(pages::front())
        .routes(pages::desk())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<AttendanceConfirmed>(hearing::attendance)
        .hears::<ServiceConfirmed>(hearing::service)
        .hears::<HoldExpired>(hearing::hold_expired)
        .hears::<PersonErased>(hearing::erased)
        .hears::<AccountClosed>(hearing::account_closed)
        .job(posting::POST, Work::InTransaction(posting::post))
        .nav(NavItem {
            position: 48,
            href: "/points/desk",
            label: "points-nav",
            act: policy::DESK,
        })
        .nav(NavItem {
            position: 49,
            href: "/shop/till",
            label: "points-nav-till",
            act: policy::TILL,
        })
}

/// An item for which points can be claimed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemInForce {
    /// Which. It stays good in later versions that take the item over.
    pub id: ItemId,
    /// What is done.
    pub name: String,
    /// What is counted.
    pub unit: Unit,
    /// Points for each unit, 1 to 1,000.
    pub points: i64,
}

/// The items of the version in force, in its order; none when no version is. Everybody may read it.
///
/// # Errors
/// When the database does not answer.
pub async fn items_in_force<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<ItemInForce>, StoreError> {
    let items = store::items::in_force(on, community).await?;
    Ok(items
        .into_iter()
        .map(|item| ItemInForce {
            id: item.id,
            name: item.name,
            unit: item.unit,
            points: item.points,
        })
        .collect())
}
