//! Orders, and the transfers that they become.

use sha2::{Digest, Sha256};

use crate::{AccountId, Code, LedgerId, Movement};

/// The largest amount of one order: sums of a billion of them still fit.
pub const AMOUNT_MAX: u64 = 1_000_000_000;

/// SHA-256.
pub type Hash = [u8; 32];

/// Which transfer. Made by who orders it, and kept before it is sent, so that it can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransferId(pub u128);

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Moves an amount at once.
    Post {
        /// What moves.
        movement: Movement,
        /// How much; at most so much when `is_at_most`.
        amount: u64,
        /// Whether less will do when there is not so much.
        is_at_most: bool,
    },
    /// Sets an amount aside.
    Hold {
        /// What is to move.
        movement: Movement,
        /// How much.
        amount: u64,
        /// Until when, microseconds; from this moment on it is expired.
        until: i64,
    },
    /// Moves what was set aside, or a part of it; the rest returns.
    Settle {
        /// The hold.
        hold: TransferId,
        /// How much; all of it when there is no number.
        amount: Option<u64>,
    },
    /// Returns what was set aside.
    Void {
        /// The hold.
        hold: TransferId,
    },
    /// Returns what was set aside, because its time is over.
    Expire {
        /// The hold.
        hold: TransferId,
    },
}

impl Step {
    /// Moves an amount at once.
    pub const fn post(movement: Movement, amount: u64) -> Self {
        Self::Post {
            movement,
            amount,
            is_at_most: false,
        }
    }

    /// Moves an amount, or what there is of it.
    pub const fn at_most(movement: Movement, amount: u64) -> Self {
        Self::Post {
            movement,
            amount,
            is_at_most: true,
        }
    }

    /// Sets an amount aside until a moment, microseconds.
    pub const fn hold(movement: Movement, amount: u64, until: i64) -> Self {
        Self::Hold {
            movement,
            amount,
            until,
        }
    }

    /// Moves what was set aside, or a part of it.
    pub const fn settle(hold: TransferId, amount: Option<u64>) -> Self {
        Self::Settle { hold, amount }
    }

    /// Returns what was set aside.
    pub const fn void(hold: TransferId) -> Self {
        Self::Void { hold }
    }
}

/// A step under an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Under which the transfer will be kept.
    pub id: TransferId,
    /// What is to be done.
    pub step: Step,
}

/// Orders that are written together or not at all; later ones see what earlier ones did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What they belong to: a claim, a redemption, a help. Kept with each transfer.
    pub group: u128,
    /// In their order.
    pub orders: Vec<Order>,
}

/// What a transfer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Moved at once.
    Posted,
    /// Set aside.
    Held,
    /// Moved what was set aside.
    Settled,
    /// Returned what was set aside.
    Voided,
    /// Returned what was set aside because its time was over.
    Expired,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 5] = [
        Self::Posted,
        Self::Held,
        Self::Settled,
        Self::Voided,
        Self::Expired,
    ];

    /// The word by which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Posted => "posted",
            Self::Held => "held",
            Self::Settled => "settled",
            Self::Voided => "voided",
            Self::Expired => "expired",
        }
    }

    /// The shape behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.word() == word)
    }
}

/// An entry of a ledger, which nobody changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Which.
    pub id: TransferId,
    /// In which ledger.
    pub ledger: LedgerId,
    /// The how-manieth of its ledger, from one.
    pub number: u64,
    /// Taken from.
    pub debit: AccountId,
    /// Given to.
    pub credit: AccountId,
    /// How much really moved, was set aside or returned.
    pub amount: u64,
    /// How much was asked for; none is all of a hold.
    pub asked: Option<u64>,
    /// Why.
    pub code: Code,
    /// What it did.
    pub shape: Shape,
    /// The hold that it settles, voids or expires.
    pub hold: Option<TransferId>,
    /// Until when it sets aside, microseconds.
    pub until: Option<i64>,
    /// What it belongs to.
    pub group: u128,
    /// When, microseconds; grows strictly in a ledger.
    pub moment: i64,
    /// Binds it to all transfers of its ledger before it.
    pub hash: Hash,
}

impl Transfer {
    /// Whether it moved anything for good.
    pub const fn is_final(&self) -> bool {
        matches!(self.shape, Shape::Posted | Shape::Settled)
    }

    /// Whether it ended the account from which it took.
    pub const fn closes(&self) -> bool {
        matches!(self.code, Code::Close)
    }

    /// The hash that it should have after `before`: SHA-256 over the hash before it and its fields in
    /// the order of the struct, numbers in big-endian, absent ones as a zero byte, present ones after a
    /// one byte.
    pub fn hash_after(&self, before: &Hash) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(before);
        hasher.update(self.id.0.to_be_bytes());
        hasher.update(self.ledger.0.to_be_bytes());
        hasher.update(self.number.to_be_bytes());
        hasher.update(self.debit.0.to_be_bytes());
        hasher.update(self.credit.0.to_be_bytes());
        hasher.update(self.amount.to_be_bytes());
        optional(&mut hasher, self.asked.map(u64::to_be_bytes));
        hasher.update(self.code.number().to_be_bytes());
        hasher.update(self.shape.word().as_bytes());
        optional(&mut hasher, self.hold.map(|hold| hold.0.to_be_bytes()));
        optional(&mut hasher, self.until.map(i64::to_be_bytes));
        hasher.update(self.group.to_be_bytes());
        hasher.update(self.moment.to_be_bytes());
        hasher.finalize().into()
    }
}

fn optional<const N: usize>(hasher: &mut Sha256, bytes: Option<[u8; N]>) {
    match bytes {
        None => hasher.update([0]),
        Some(bytes) => {
            hasher.update([1]);
            hasher.update(bytes);
        }
    }
}
