//! The map of a community: the tree from the city down to a building, its outlines, and who is on
//! duty where.
//!
//! Words: a *grid* (网格) holds *micro-grids* (微网格), a micro-grid holds *buildings*. An area *ends*
//! when grids are cut anew; it is never deleted, so that past matters keep the place they had.
//! The [`Atlas`] is the whole map of a community in memory; other rooms ask it and send no
//! statement.
//!
//! Invariants: an area lies in an area of a higher level; current micro-grids, grids and
//! communities do not overlap and do not reach outside their parent; every change counts up the
//! community's revision in its own transaction, and whoever checked against an older map is
//! refused. A file is loaded whole or not at all.
//!
//! Deliberately absent: residents and households (rule R23: an area's page shows who works there,
//! never who lives there), and any figure about an area that would rank it.
//!
//! Start with [`model`], then `actions`, then `atlas`.

mod actions;
mod api;
mod atlas;
pub mod fixture;
mod forms;
mod geometry;
mod import;
pub mod model;
mod pages;
pub mod policy;
mod store;
mod survey;

pub use actions::{Correction, Error, carry_out, draw_many};
pub use atlas::{Atlas, Place, Suggestion, atlas};
pub use import::{ImportOptions, ImportPlan, PlannedArea, import_areas, plan_import};
pub use model::{Area, Level, NewArea};
pub use survey::{Finding, Trouble};

use platform::migrate::Migration;
use platform::{NavItem, Slice};

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "m20261121_0100_areas",
        sql: include_str!("migrations/m20261121_0100_areas.sql"),
    },
    Migration {
        name: "m20261122_0100_revisions",
        sql: include_str!("migrations/m20261122_0100_revisions.sql"),
    },
];

/// The room.
pub fn slice() -> Slice {
    Slice::named("areas")
        .routes(pages::routes())
        .routes(api::routes())
        .api(api::document)
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .nav(NavItem {
            position: 30,
            href: "/areas",
            label: "areas-nav",
            act: policy::EDIT,
        })
}
