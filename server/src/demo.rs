//! The demo community: a neighbourhood that nobody lives in, drawn from a seed. Its figures are
//! those that a study published of J community in Sichuan (20,000 residents, some 7,700 households,
//! 20 grids); map, names, telephone numbers and requests are invented.
//!
//! What is drawn is plain structs in memory, a [`Neighbourhood`]: the same for the same seed and
//! moment, byte for byte. [`fill`] enters it in an empty house by the rooms' own acts. Nothing
//! here is used by a real community.
//!
//! Start with `neighbourhood`, then `ground`, `residents` and `matters`, then `fill`. The words are
//! lists in `words/`, to be read and mended by people who do not program.

mod activities;
mod author;
mod buildings;
mod catalogue;
mod course;
mod draw;
mod families;
mod fill;
mod footprint;
mod ground;
mod helps;
mod hours;
mod joint;
mod kinds;
mod many;
mod matters;
mod mediation;
mod mesh;
mod moments;
mod names;
mod neighbourhood;
mod phrases;
mod places;
mod residents;
mod runs;
mod skills;
mod staff;
mod steps;
mod theme;
mod today;
mod volunteering;
mod words;

pub use fill::{Options, fill};
pub use many::{multiply, multiply_clocks};
pub use staff::Role;

/// The seed of the demo that everybody sees.
pub const SEED: u64 = 20_261_121;

/// Those whom a visitor of the demo can be, with one click on the sign-in page.
pub fn people_to_be() -> &'static [Role] {
    &staff::ROLES
}
