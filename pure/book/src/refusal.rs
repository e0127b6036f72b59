//! Why an order is not written.

use crate::TransferId;

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// A chain without orders.
    #[error("there is nothing in the chain")]
    Empty,
    /// One id twice in a chain.
    #[error("an id comes twice in the chain")]
    RepeatedId,
    /// An account that nobody opened.
    #[error("the account is not known")]
    UnknownAccount,
    /// An account of another kind than the movement says.
    #[error("the account is of another kind")]
    WrongKind,
    /// Both sides are one account.
    #[error("both sides are the same account")]
    SameAccount,
    /// The sides lie in different ledgers.
    #[error("the accounts lie in different ledgers")]
    DifferentLedgers,
    /// The book knows no such transfer.
    #[error("such a transfer does not belong into this book")]
    NotOfThisBook,
    /// Zero, or more than [`crate::AMOUNT_MAX`].
    #[error("the amount is out of range")]
    Amount,
    /// More than there is.
    #[error("there is not enough")]
    ExceedsBalance,
    /// An account that has ended.
    #[error("the account is closed")]
    Closed,
    /// An account that cannot end while something is set aside.
    #[error("something is still set aside")]
    HoldsOpen,
    /// A hold that ends before it begins.
    #[error("the hold would be over at once")]
    EndsInThePast,
    /// No hold of this id.
    #[error("the hold is not known")]
    HoldNotFound,
    /// The transfer of this id sets nothing aside.
    #[error("that transfer is no hold")]
    NotAHold,
    /// Settled before.
    #[error("the hold is settled already")]
    AlreadySettled,
    /// Voided before.
    #[error("the hold is voided already")]
    AlreadyVoided,
    /// Its time is over.
    #[error("the hold has expired")]
    HoldExpired,
    /// Its time is not over.
    #[error("the hold has not expired yet")]
    NotYetExpired,
    /// More than was set aside.
    #[error("more than was set aside")]
    ExceedsHold,
    /// The id was used for something else.
    #[error("the id was used for something else")]
    ExistsDifferently,
    /// A part of the chain was written before, in another chain.
    #[error("a part of the chain was written before")]
    ExistsInPart,
    /// The id was refused before, and stays refused.
    #[error("the id was refused before")]
    AlreadyRefused,
}

impl Refusal {
    /// Every reason, in no order that means anything.
    pub const ALL: [Self; 22] = [
        Self::Empty,
        Self::RepeatedId,
        Self::UnknownAccount,
        Self::WrongKind,
        Self::SameAccount,
        Self::DifferentLedgers,
        Self::NotOfThisBook,
        Self::Amount,
        Self::ExceedsBalance,
        Self::Closed,
        Self::HoldsOpen,
        Self::EndsInThePast,
        Self::HoldNotFound,
        Self::NotAHold,
        Self::AlreadySettled,
        Self::AlreadyVoided,
        Self::HoldExpired,
        Self::NotYetExpired,
        Self::ExceedsHold,
        Self::ExistsDifferently,
        Self::ExistsInPart,
        Self::AlreadyRefused,
    ];

    /// The word by which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::RepeatedId => "repeated_id",
            Self::UnknownAccount => "unknown_account",
            Self::WrongKind => "wrong_kind",
            Self::SameAccount => "same_account",
            Self::DifferentLedgers => "different_ledgers",
            Self::NotOfThisBook => "not_of_this_book",
            Self::Amount => "amount",
            Self::ExceedsBalance => "exceeds_balance",
            Self::Closed => "closed",
            Self::HoldsOpen => "holds_open",
            Self::EndsInThePast => "ends_in_the_past",
            Self::HoldNotFound => "hold_not_found",
            Self::NotAHold => "not_a_hold",
            Self::AlreadySettled => "already_settled",
            Self::AlreadyVoided => "already_voided",
            Self::HoldExpired => "hold_expired",
            Self::NotYetExpired => "not_yet_expired",
            Self::ExceedsHold => "exceeds_hold",
            Self::ExistsDifferently => "exists_differently",
            Self::ExistsInPart => "exists_in_part",
            Self::AlreadyRefused => "already_refused",
        }
    }

    /// Whether ids of a chain refused for it are used up: whoever tries again needs new ones. An id
    /// that stands for something already written, or that was refused before, is as it was.
    pub const fn uses_up_ids(self) -> bool {
        !matches!(
            self,
            Self::Empty
                | Self::RepeatedId
                | Self::ExistsDifferently
                | Self::ExistsInPart
                | Self::AlreadyRefused
        )
    }
}

/// A chain that is not written, and the order at which it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("order {at:?}: {why}")]
pub struct Refused {
    /// The order; none when the chain as such is wrong.
    pub at: Option<TransferId>,
    /// Why.
    pub why: Refusal,
}
