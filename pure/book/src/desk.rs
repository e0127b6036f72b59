//! Where chains are judged and written: on what was fetched of the books beforehand.

use std::collections::{HashMap, HashSet};

use crate::transfer::{AMOUNT_MAX, Chain, Order, Shape, Step, Transfer, TransferId};
use crate::{Account, AccountId, Ledger, LedgerId, Movement, Refusal, Refused};

/// What came of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was written now; a transfer for each order.
    Written(Vec<Transfer>),
    /// It was written before, word for word; a transfer for each order.
    Exists(Vec<Transfer>),
}

impl Applied {
    /// The transfers, whenever they were written.
    pub fn transfers(&self) -> &[Transfer] {
        match self {
            Self::Written(transfers) | Self::Exists(transfers) => transfers,
        }
    }
}

/// The part of the books that some chains need: their ledgers and accounts, the transfers that their
/// orders name or that already bear their ids, how the named holds ended, and the ids refused before.
/// What is not on the desk does not exist for it.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    ledgers: HashMap<LedgerId, Ledger>,
    accounts: HashMap<AccountId, Account>,
    transfers: HashMap<TransferId, Transfer>,
    ends: HashMap<TransferId, Shape>,
    refused: HashSet<TransferId>,
}

/// What a chain changed, as it was before, so that a chain that fails leaves nothing.
#[derive(Default)]
struct Before {
    ledgers: Vec<Ledger>,
    accounts: Vec<Account>,
    written: Vec<Transfer>,
}

impl Desk {
    /// Lays a ledger on the desk.
    pub fn add_ledger(&mut self, ledger: Ledger) {
        self.ledgers.insert(ledger.id, ledger);
    }

    /// Lays an account on the desk.
    pub fn add_account(&mut self, account: Account) {
        self.accounts.insert(account.id, account);
    }

    /// Lays a transfer on the desk; one that ends a hold also says how it ended.
    pub fn add_transfer(&mut self, transfer: Transfer) {
        if let Some(hold) = transfer.hold {
            self.ends.insert(hold, transfer.shape);
        }
        self.transfers.insert(transfer.id, transfer);
    }

    /// Says that an id was refused before.
    pub fn add_refused(&mut self, id: TransferId) {
        self.refused.insert(id);
    }

    /// An account as it stands now.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// All accounts as they stand now, in no order.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// All ledgers as they stand now, in no order.
    pub fn ledgers(&self) -> impl Iterator<Item = &Ledger> {
        self.ledgers.values()
    }

    /// Writes a chain whole, at a moment in microseconds, or leaves everything as it was.
    ///
    /// # Errors
    /// The first order that cannot be written, and why. If [`Refusal::uses_up_ids`], the ids of the
    /// chain stay refused; whoever keeps the books must keep them.
    pub fn apply(&mut self, chain: &Chain, now: i64) -> Result<Applied, Refused> {
        if let Some(transfers) = self.recognise(chain)? {
            return Ok(Applied::Exists(transfers));
        }
        let mut before = Before::default();
        for order in &chain.orders {
            if let Err(why) = self.write(order, chain.group, now, &mut before) {
                self.restore(before);
                if why.uses_up_ids() {
                    self.refused
                        .extend(chain.orders.iter().map(|order| order.id));
                }
                return Err(Refused {
                    at: Some(order.id),
                    why,
                });
            }
        }
        Ok(Applied::Written(before.written))
    }

    /// The transfers of a chain that was written before, none if it is new.
    fn recognise(&self, chain: &Chain) -> Result<Option<Vec<Transfer>>, Refused> {
        let whole = |why| Refused { at: None, why };
        if chain.orders.is_empty() {
            return Err(whole(Refusal::Empty));
        }
        let mut ids = HashSet::with_capacity(chain.orders.len());
        let mut found = Vec::new();
        for order in &chain.orders {
            let at = |why| Refused {
                at: Some(order.id),
                why,
            };
            if !ids.insert(order.id) {
                return Err(at(Refusal::RepeatedId));
            }
            if self.refused.contains(&order.id) {
                return Err(at(Refusal::AlreadyRefused));
            }
            if let Some(transfer) = self.transfers.get(&order.id) {
                if !is_same(order, chain.group, transfer) {
                    return Err(at(Refusal::ExistsDifferently));
                }
                found.push(transfer.clone());
            }
        }
        match found.len() {
            0 => Ok(None),
            all if all == chain.orders.len() => Ok(Some(found)),
            _ => Err(whole(Refusal::ExistsInPart)),
        }
    }

    fn write(
        &mut self,
        order: &Order,
        group: u128,
        now: i64,
        before: &mut Before,
    ) -> Result<(), Refusal> {
        match order.step {
            Step::Post {
                movement,
                amount,
                is_at_most,
            } => self.post(
                order.id,
                movement,
                (amount, is_at_most),
                (group, now),
                before,
            ),
            Step::Hold {
                movement,
                amount,
                until,
            } => self.hold(order.id, movement, (amount, until), (group, now), before),
            Step::Settle { hold, amount } => {
                self.end(order.id, hold, Shape::Settled, amount, (group, now), before)
            }
            Step::Void { hold } => {
                self.end(order.id, hold, Shape::Voided, None, (group, now), before)
            }
            Step::Expire { hold } => {
                self.end(order.id, hold, Shape::Expired, None, (group, now), before)
            }
        }
    }

    /// The two accounts of a movement and their ledger, if it may be written there at all.
    fn sides(&self, movement: Movement) -> Result<(Account, Account, LedgerId), Refusal> {
        let kinds = movement.kinds();
        let account = |id, kind| {
            let account: &Account = self.accounts.get(&id).ok_or(Refusal::UnknownAccount)?;
            if account.kind == kind {
                Ok(account.clone())
            } else {
                Err(Refusal::WrongKind)
            }
        };
        let debit = account(movement.debit(), kinds.debit)?;
        let credit = account(movement.credit(), kinds.credit)?;
        if debit.id == credit.id {
            return Err(Refusal::SameAccount);
        }
        if debit.ledger != credit.ledger {
            return Err(Refusal::DifferentLedgers);
        }
        let ledger = self
            .ledgers
            .get(&debit.ledger)
            .ok_or(Refusal::UnknownAccount)?;
        if !kinds.is_of(ledger.book) {
            return Err(Refusal::NotOfThisBook);
        }
        if debit.is_closed || credit.is_closed {
            return Err(Refusal::Closed);
        }
        let id = debit.ledger;
        Ok((debit, credit, id))
    }

    fn post(
        &mut self,
        id: TransferId,
        movement: Movement,
        (asked, is_at_most): (u64, bool),
        (group, now): (u128, i64),
        before: &mut Before,
    ) -> Result<(), Refusal> {
        let (mut debit, mut credit, ledger) = self.sides(movement)?;
        let is_bounded = !debit.kind.may_go_below_zero();
        if asked == 0 || asked > AMOUNT_MAX {
            return Err(Refusal::Amount);
        }
        let amount = match (is_bounded, is_at_most) {
            (true, true) => asked.min(debit.available()),
            (true, false) if asked > debit.available() => return Err(Refusal::ExceedsBalance),
            _ => asked,
        };
        debit.debits_posted = sum(debit.debits_posted, amount)?;
        credit.credits_posted = sum(credit.credits_posted, amount)?;
        if movement.closes() {
            if debit.debits_pending > 0 || debit.credits_pending > 0 {
                return Err(Refusal::HoldsOpen);
            }
            if debit.available() > 0 {
                return Err(Refusal::Amount);
            }
            debit.is_closed = true;
        }
        let transfer = Transfer {
            amount,
            ..entry(id, ledger, movement, (asked, Shape::Posted), group)
        };
        self.enter(transfer, [debit, credit], now, before)
    }

    fn hold(
        &mut self,
        id: TransferId,
        movement: Movement,
        (amount, until): (u64, i64),
        (group, now): (u128, i64),
        before: &mut Before,
    ) -> Result<(), Refusal> {
        let (mut debit, mut credit, ledger) = self.sides(movement)?;
        if amount == 0 || amount > AMOUNT_MAX || movement.closes() {
            return Err(Refusal::Amount);
        }
        if until <= now {
            return Err(Refusal::EndsInThePast);
        }
        if !debit.kind.may_go_below_zero() && amount > debit.available() {
            return Err(Refusal::ExceedsBalance);
        }
        debit.debits_pending = sum(debit.debits_pending, amount)?;
        credit.credits_pending = sum(credit.credits_pending, amount)?;
        let transfer = Transfer {
            until: Some(until),
            ..entry(id, ledger, movement, (amount, Shape::Held), group)
        };
        self.enter(transfer, [debit, credit], now, before)
    }

    /// Settles, voids or expires a hold: once.
    fn end(
        &mut self,
        id: TransferId,
        hold: TransferId,
        shape: Shape,
        asked: Option<u64>,
        (group, now): (u128, i64),
        before: &mut Before,
    ) -> Result<(), Refusal> {
        let held = self.transfers.get(&hold).ok_or(Refusal::HoldNotFound)?;
        let (Shape::Held, Some(until)) = (held.shape, held.until) else {
            return Err(Refusal::NotAHold);
        };
        match self.ends.get(&hold) {
            Some(Shape::Settled) => return Err(Refusal::AlreadySettled),
            Some(Shape::Voided) => return Err(Refusal::AlreadyVoided),
            Some(_) => return Err(Refusal::HoldExpired),
            None => {}
        }
        match shape {
            Shape::Expired if now < until => return Err(Refusal::NotYetExpired),
            Shape::Settled | Shape::Voided if now >= until => return Err(Refusal::HoldExpired),
            _ => {}
        }
        let all = held.amount;
        let amount = asked.unwrap_or(all);
        if amount == 0 {
            return Err(Refusal::Amount);
        }
        if amount > all {
            return Err(Refusal::ExceedsHold);
        }
        let account = |id| {
            self.accounts
                .get(&id)
                .cloned()
                .ok_or(Refusal::UnknownAccount)
        };
        let (mut debit, mut credit) = (account(held.debit)?, account(held.credit)?);
        debit.debits_pending = debit.debits_pending.saturating_sub(all);
        credit.credits_pending = credit.credits_pending.saturating_sub(all);
        if shape == Shape::Settled {
            if debit.is_closed || credit.is_closed {
                return Err(Refusal::Closed);
            }
            debit.debits_posted = sum(debit.debits_posted, amount)?;
            credit.credits_posted = sum(credit.credits_posted, amount)?;
        }
        let transfer = Transfer {
            id,
            amount,
            asked,
            shape,
            hold: Some(hold),
            until: None,
            group,
            ..held.clone()
        };
        self.enter(transfer, [debit, credit], now, before)
    }

    /// Gives a transfer its number, moment and hash, and puts everything in its place.
    fn enter(
        &mut self,
        mut transfer: Transfer,
        accounts: [Account; 2],
        now: i64,
        before: &mut Before,
    ) -> Result<(), Refusal> {
        let ledger = self
            .ledgers
            .get_mut(&transfer.ledger)
            .ok_or(Refusal::UnknownAccount)?;
        before.ledgers.push(ledger.clone());
        ledger.height += 1;
        ledger.last = now.max(ledger.last.saturating_add(1));
        transfer.number = ledger.height;
        transfer.moment = ledger.last;
        transfer.hash = transfer.hash_after(&ledger.head);
        ledger.head = transfer.hash;
        for account in accounts {
            if let Some(old) = self.accounts.insert(account.id, account) {
                before.accounts.push(old);
            }
        }
        before.written.push(transfer.clone());
        self.add_transfer(transfer);
        Ok(())
    }

    fn restore(&mut self, before: Before) {
        for account in before.accounts.into_iter().rev() {
            self.add_account(account);
        }
        for ledger in before.ledgers.into_iter().rev() {
            self.add_ledger(ledger);
        }
        for transfer in before.written {
            self.transfers.remove(&transfer.id);
            if let Some(hold) = transfer.hold {
                self.ends.remove(&hold);
            }
        }
    }
}

/// A transfer but for what its place in the ledger says.
fn entry(
    id: TransferId,
    ledger: LedgerId,
    movement: Movement,
    (amount, shape): (u64, Shape),
    group: u128,
) -> Transfer {
    Transfer {
        id,
        ledger,
        number: 0,
        debit: movement.debit(),
        credit: movement.credit(),
        amount,
        asked: Some(amount),
        code: movement.kinds().code,
        shape,
        hold: None,
        until: None,
        group,
        moment: 0,
        hash: [0; 32],
    }
}

fn sum(counter: u64, amount: u64) -> Result<u64, Refusal> {
    counter
        .checked_add(amount)
        .filter(|sum| i64::try_from(*sum).is_ok())
        .ok_or(Refusal::Amount)
}

/// Whether a transfer is what an order asks for.
fn is_same(order: &Order, group: u128, transfer: &Transfer) -> bool {
    let says = |shape, movement: Movement, asked, until| {
        transfer.shape == shape
            && transfer.debit == movement.debit()
            && transfer.credit == movement.credit()
            && transfer.code == movement.kinds().code
            && transfer.asked == Some(asked)
            && transfer.until == until
    };
    let ends = |shape, hold, asked| {
        transfer.shape == shape && transfer.hold == Some(hold) && transfer.asked == asked
    };
    transfer.group == group
        && match order.step {
            Step::Post {
                movement, amount, ..
            } => says(Shape::Posted, movement, amount, None),
            Step::Hold {
                movement,
                amount,
                until,
            } => says(Shape::Held, movement, amount, Some(until)),
            Step::Settle { hold, amount } => ends(Shape::Settled, hold, amount),
            Step::Void { hold } => ends(Shape::Voided, hold, None),
            Step::Expire { hold } => ends(Shape::Expired, hold, None),
        }
}
