//! The facts that everyone may hear: one plain struct for each thing that happened.
//!
//! Append-only: a struct is never changed after release, a new name takes its place. An event
//! holds ids, choices and numbers, no names and no free text: it is kept for ever, so what a
//! person may ask to erase must lie elsewhere and be referred to.

mod activities;
mod areas;
mod dispatches;
mod hours;
mod ledger;
mod mediation;
mod open311;
mod participation;
mod people;
mod points;
mod requests;
mod sign_in;
mod themes;
mod timebank;
mod volunteering;
mod whistles;

pub use activities::*;
pub use areas::*;
pub use dispatches::*;
pub use hours::*;
pub use ledger::*;
pub use mediation::*;
pub use open311::*;
pub use participation::*;
pub use people::*;
pub use points::*;
pub use requests::*;
pub use sign_in::*;
pub use themes::*;
pub use timebank::*;
pub use volunteering::*;
pub use whistles::*;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::PersonId;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The kind of thing, a table's name: `request`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

/// A fact that is recorded in the transaction in which it became true.
pub trait Event: Serialize + Send + Sync + 'static {
    /// `room.what_happened`, never changed.
    const NAME: &'static str;

    /// What the event is about; its page shows it in the timeline.
    fn subject(&self) -> Subject;

    /// The resident who has a right to read of this event at the rights desk, if there is one.
    fn person(&self) -> Option<PersonId> {
        None
    }
}

/// Says what an event is called and what it is about.
macro_rules! event {
    ($type:ident, $name:literal, $kind:literal, $($id:ident).+ $(, person $person:ident)?) => {
        impl $crate::events::Event for $type {
            const NAME: &'static str = $name;

            fn subject(&self) -> $crate::events::Subject {
                $crate::events::Subject { kind: $kind, id: self.$($id).+.into() }
            }

            $(fn person(&self) -> Option<$crate::PersonId> {
                Some(self.$person)
            })?
        }
    };
}
pub(crate) use event;
