//! Reads a ledger from its first transfer on and says whether it is what it claims to be.

use std::collections::{HashMap, HashSet};

use crate::{Account, AccountId, Book, Hash, Kinds, Ledger, LedgerId, Shape, Transfer, TransferId};

/// What is wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A number is missing or comes twice.
    #[error("transfer {0} is missing, or another stands in its place")]
    Number(u64),
    /// A moment that does not come after the one before.
    #[error("transfer {0} does not come after the one before it")]
    Moment(u64),
    /// A transfer is not what was written, or one before it is not.
    #[error("transfer {0} is not what was written")]
    Hash(u64),
    /// A transfer that the list of movements does not know.
    #[error("transfer {0} cannot have been written")]
    Movement(u64),
    /// A transfer of an account that was not opened.
    #[error("transfer {0} is of an account that is not there")]
    Account(u64),
    /// An account that took more than it had.
    #[error("transfer {0} took more than there was")]
    BelowZero(u64),
    /// A hold ended twice, or something ended that is no hold, or more of it than there was.
    #[error("transfer {0} ends a hold that it cannot end")]
    Hold(u64),
    /// An account whose counters are not those of its transfers.
    #[error("the counters of account {:032x} are not those of its transfers", .0.0)]
    Counters(AccountId),
    /// The ledger's head is not that of its last transfer.
    #[error("the ledger does not end where it says")]
    Head,
    /// What was taken is not what was given.
    #[error("the two sides of the ledger differ")]
    Sides,
}

/// A hold that is not over.
#[derive(Clone, Copy, Debug)]
struct Open {
    amount: u64,
    debit: AccountId,
    credit: AccountId,
}

/// A ledger as its transfers tell it, so far.
#[derive(Clone, Debug)]
pub struct Replay {
    ledger: Ledger,
    accounts: HashMap<AccountId, Account>,
    holds: HashMap<TransferId, Open>,
    ended: HashSet<TransferId>,
}

impl Replay {
    /// Begins with the accounts of a ledger, whose counters are not looked at.
    pub fn new(id: LedgerId, book: Book, accounts: impl IntoIterator<Item = Account>) -> Self {
        Self {
            ledger: Ledger::new(id, book),
            accounts: accounts
                .into_iter()
                .map(|one| (one.id, Account::new(one.id, one.ledger, one.kind)))
                .collect(),
            holds: HashMap::new(),
            ended: HashSet::new(),
        }
    }

    /// An account that was opened since; its counters are not looked at.
    pub fn open(&mut self, one: &Account) {
        let empty = || Account::new(one.id, one.ledger, one.kind);
        self.accounts.entry(one.id).or_insert_with(empty);
    }

    /// The next transfer of the ledger.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, transfer: &Transfer) -> Result<(), Wrong> {
        let number = self.ledger.height + 1;
        if transfer.number != number || transfer.ledger != self.ledger.id {
            return Err(Wrong::Number(number));
        }
        if transfer.moment <= self.ledger.last {
            return Err(Wrong::Moment(number));
        }
        if transfer.hash != transfer.hash_after(&self.ledger.head) {
            return Err(Wrong::Hash(number));
        }
        let account = |id| {
            let one: Option<&Account> = self.accounts.get(&id);
            one.cloned().ok_or(Wrong::Account(number))
        };
        let (mut debit, mut credit) = (account(transfer.debit)?, account(transfer.credit)?);
        let kinds = Kinds {
            code: transfer.code,
            debit: debit.kind,
            credit: credit.kind,
        };
        if !kinds.is_of(self.ledger.book) {
            return Err(Wrong::Movement(number));
        }
        self.count(transfer, &mut debit, &mut credit)?;
        if !debit.is_sound() {
            return Err(Wrong::BelowZero(number));
        }
        self.accounts.insert(debit.id, debit);
        self.accounts.insert(credit.id, credit);
        self.ledger.height = number;
        self.ledger.last = transfer.moment;
        self.ledger.head = transfer.hash;
        Ok(())
    }

    fn count(
        &mut self,
        transfer: &Transfer,
        debit: &mut Account,
        credit: &mut Account,
    ) -> Result<(), Wrong> {
        let wrong = || Wrong::Hold(transfer.number);
        let more = |counter: u64, amount: u64| {
            counter
                .checked_add(amount)
                .ok_or(Wrong::BelowZero(transfer.number))
        };
        if (debit.is_closed || credit.is_closed)
            && !matches!(transfer.shape, Shape::Voided | Shape::Expired)
        {
            return Err(Wrong::Movement(transfer.number));
        }
        match transfer.shape {
            Shape::Posted => {}
            Shape::Held => {
                debit.debits_pending = more(debit.debits_pending, transfer.amount)?;
                credit.credits_pending = more(credit.credits_pending, transfer.amount)?;
                let open = Open {
                    amount: transfer.amount,
                    debit: transfer.debit,
                    credit: transfer.credit,
                };
                self.holds.insert(transfer.id, open);
            }
            Shape::Settled | Shape::Voided | Shape::Expired => {
                let hold = transfer.hold.ok_or_else(wrong)?;
                let open = self.holds.get(&hold).copied().ok_or_else(wrong)?;
                let is_its = open.debit == transfer.debit && open.credit == transfer.credit;
                if !is_its || transfer.amount > open.amount || !self.ended.insert(hold) {
                    return Err(wrong());
                }
                debit.debits_pending -= open.amount.min(debit.debits_pending);
                credit.credits_pending -= open.amount.min(credit.credits_pending);
            }
        }
        if transfer.is_final() {
            debit.debits_posted = more(debit.debits_posted, transfer.amount)?;
            credit.credits_posted = more(credit.credits_posted, transfer.amount)?;
            debit.is_closed |= transfer.closes();
        }
        Ok(())
    }

    /// The ledger as it stands after what was read.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// An account as it stands after what was read.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// Compares what was read with what the books keep.
    ///
    /// # Errors
    /// The first thing that differs.
    pub fn matches<'a>(
        &self,
        height: u64,
        head: &Hash,
        accounts: impl IntoIterator<Item = &'a Account>,
    ) -> Result<(), Wrong> {
        if self.ledger.height != height || self.ledger.head != *head {
            return Err(Wrong::Head);
        }
        for kept in accounts {
            let is_new = *kept == Account::new(kept.id, kept.ledger, kept.kind);
            match self.accounts.get(&kept.id) {
                Some(read) if read == kept => {}
                // Opened after the accounts were read, and not used yet.
                None if is_new => {}
                _ => return Err(Wrong::Counters(kept.id)),
            }
        }
        self.balances()
    }

    /// That what was taken was given: for what is posted and for what is set aside.
    ///
    /// # Errors
    /// [`Wrong::Sides`].
    pub fn balances(&self) -> Result<(), Wrong> {
        let sum = |of: fn(&Account) -> u64| -> u128 {
            self.accounts.values().map(|one| u128::from(of(one))).sum()
        };
        let is_even = sum(|one| one.debits_posted) == sum(|one| one.credits_posted)
            && sum(|one| one.debits_pending) == sum(|one| one.credits_pending);
        if is_even { Ok(()) } else { Err(Wrong::Sides) }
    }
}
