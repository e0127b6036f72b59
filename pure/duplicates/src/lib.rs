//! Not the same thing twice: how likely a matter that somebody is typing is one that is already known, and why.
//!
//! The caller brings the matters around ([`Earlier`]): whatever is open or was closed lately within [`REACH_M`] metres. They
//! are candidates and yardstick at once: how often does a matter of this kind come in here at all, by chance? A burst pipe
//! near a burst pipe says much, a parcel of rubbish near thirty others little, and a point that very many unlike matters
//! share (the default of a form, the middle of a town) says nothing of a place. So no such point needs to be listed.
//!
//! What speaks for "the same" is added up as log-odds ([`judge`]): the same place, the kind, whether the other is still open,
//! how new it is, the words in common, and the [`Habit`] of the kind: how often this community itself found matters of that
//! kind to be the same. [`suggest`] gives the few best with their [`Reasons`], in numbers that a page can say in words.
//!
//! It judges matters, never people: nothing here knows who raised what. No clock, no files, no panic on any input.
//!
//! Start with [`suggest`]; the weights and where they come from stand in `evidence.rs`.

#![warn(missing_docs)]

mod evidence;
mod habit;
mod matter;
mod suggest;
mod surroundings;
mod words;

pub use evidence::{Judged, judge};
pub use habit::{Counted, Habit};
pub use matter::{Earlier, Kind, Kinship, Matter, Place};
pub use suggest::{Reasons, SUGGEST_FROM, Suggestion, suggest};
pub use surroundings::REACH_M;
