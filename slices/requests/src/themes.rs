//! Themes: matters that come again and again become one thing that somebody takes on, with a plan
//! and a day (proactive governance, articles 24 to 26 of the swift-response regulation; practice.md
//! 2.3). The program suggests which matters belong together; a person decides, and everyone who
//! reported one of them is told.
//!
//! What everyone may read of a theme is its name, plan and result and how many matters it has taken
//! in; never a matter of somebody. Start with `model` and `cluster`.

mod acts;
mod cluster;
mod model;
mod pages;
mod store;

pub use acts::{Opening, open, publish};
pub use model::{Outline, Owner};
pub use pages::{desk, front};
pub use store::to_change;
