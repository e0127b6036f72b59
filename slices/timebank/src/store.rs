//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model, with all words still locked.

mod forgetting;
mod help;
mod kinds;
mod list;
mod members;
mod offers;
mod proposals;
mod stints;
mod ties;

pub use forgetting::{end_of_erased, forget, forget_person};
pub use help::{Help, by_hold, by_id, by_id_to_change, insert, open_of, save, take_number};
pub use kinds::{Kind, add_usual, insert_kind, kinds, set_retired};
pub use list::{Line, at_desk, of_person, sought};
pub use members::{
    Member, groups, has_open, insert_group, is_busy, is_signed_in_elsewhere, member, open_account,
    set_closed, to_self,
};
pub use offers::{
    Offer, add as add_offer, drop_of_person as drop_offers_of, drop_others, of_help as offers_of,
    remove as remove_offer,
};
pub use proposals::{
    NewProposal, Proposal, decide, drop_pending, insert as insert_proposal,
    of_help as proposals_of, pending as pending_proposals, to_decide,
};
pub use stints::{redeemed_since, since as stints_since};
pub use ties::{
    Gift, TieRow, agree as agree_to_tie, are_relatives, gift_by_hold, gift_to_answer, gifts_of,
    insert_gift, remove as remove_tie, remove_gifts, remove_unanswered, save_named as name_tie,
    tie, ties_of,
};

use kernel::Instant;
use platform::db::StoreError;
use sea_orm::QueryResult;
use uuid::Uuid;

/// An id of a row that may be missing.
fn id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", column)?.map(Into::into))
}

/// An id that a row must have.
fn the_id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<T, StoreError> {
    Ok(row.try_get::<Uuid>("", column)?.into())
}

/// A moment of a row that may be missing.
fn moment(row: &QueryResult, column: &str) -> Result<Option<Instant>, StoreError> {
    Ok(row.try_get::<Option<i64>>("", column)?.map(Instant))
}

/// A choice of a row that may be missing; a word that is none of ours is told by its column.
fn choice<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    row.try_get::<Option<String>>("", column)?
        .map(|word| {
            from_word(&word).ok_or_else(|| StoreError::Unreadable(format!("timebank {column}")))
        })
        .transpose()
}

/// A choice that a row must have.
fn the_choice<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    choice(row, column, from_word)?
        .ok_or_else(|| StoreError::Unreadable(format!("timebank without {column}")))
}
