//! Writes chains: in the transaction of the act that wants them.

use std::collections::HashMap;

use book::{Account, AccountId, Applied, Chain, Desk, Ledger, Movement, Refusal, Shape, Transfer};
use kernel::events::{BookWritten, OrderRefused};
use kernel::{Instant, TransferId};
use platform::Tx;
use platform::db::StoreError;
use uuid::Uuid;

use crate::expiry;
use crate::store::{self, Ids, Remembered, signed, uuid};

/// What is to be done with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step(pub(crate) book::Step);

impl Step {
    /// Moves an amount at once.
    pub const fn post(movement: Movement, amount: u64) -> Self {
        Self(book::Step::post(movement, amount))
    }

    /// Moves an amount, or what there is of it: never a debt.
    pub const fn at_most(movement: Movement, amount: u64) -> Self {
        Self(book::Step::at_most(movement, amount))
    }

    /// Sets an amount aside until a moment; from then on it has returned.
    pub const fn hold(movement: Movement, amount: u64, until: Instant) -> Self {
        Self(book::Step::hold(movement, amount, until.0))
    }

    /// Moves what was set aside: all of it when there is no number, else a part; the rest returns.
    pub const fn settle(hold: TransferId, amount: Option<u64>) -> Self {
        Self(book::Step::settle(transfer_id(hold), amount))
    }

    /// Returns what was set aside.
    pub const fn void(hold: TransferId) -> Self {
        Self(book::Step::void(transfer_id(hold)))
    }
}

/// A step under an id that was made, and kept, before it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// Under which the transfer is kept.
    pub id: TransferId,
    /// What is to be done.
    pub step: Step,
}

/// A transfer that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Which.
    pub id: TransferId,
    /// How much really moved, was set aside or returned.
    pub amount: u64,
}

/// Why a chain was not written.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The book does not allow it. Nothing was written.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(crate) const fn transfer_id(id: TransferId) -> book::TransferId {
    book::TransferId(id.0.as_u128())
}

/// Writes one chain, whole or not at all, as part of an act. `group` is what it belongs to.
///
/// # Errors
/// What the book does not allow; then the act may still go on and write something else.
pub async fn post(tx: &mut Tx, group: Uuid, steps: &[Step]) -> Result<Vec<Written>, PostError> {
    let mut answers = post_many(tx, &[(group, steps.to_vec())]).await?;
    let answer = answers.pop().unwrap_or(Err(Refusal::Empty));
    Ok(answer?)
}

/// Writes many chains in a few statements; each is whole or not at all, and later ones see what
/// earlier ones did. The answers are in the order of the chains.
///
/// # Errors
/// When the database does not answer.
pub async fn post_many(
    tx: &mut Tx,
    chains: &[(Uuid, Vec<Step>)],
) -> Result<Vec<Result<Vec<Written>, Refusal>>, StoreError> {
    let chains: Vec<Chain> = chains
        .iter()
        .map(|(group, steps)| Chain {
            group: group.as_u128(),
            orders: steps
                .iter()
                .map(|step| book::Order {
                    id: transfer_id(tx.new_id()),
                    step: step.0,
                })
                .collect(),
        })
        .collect();
    let (answers, _) = write(tx, &chains, Ids::New, &mut Remembered::default()).await?;
    Ok(answers
        .into_iter()
        .map(|answer| match answer {
            Ok(applied) => Ok(written(applied.transfers())),
            Err(refused) => Err(refused.why),
        })
        .collect())
}

pub(crate) fn written(transfers: &[Transfer]) -> Vec<Written> {
    transfers
        .iter()
        .map(|transfer| Written {
            id: TransferId(uuid(transfer.id.0)),
            amount: transfer.amount,
        })
        .collect()
}

/// What came of a chain.
pub(crate) type Outcome = Result<Applied, book::Refused>;

/// Judges chains one after the other on what lies in the books, and writes what came of it.
pub(crate) async fn write(
    tx: &mut Tx,
    chains: &[Chain],
    ids: Ids,
    memory: &mut Remembered,
) -> Result<(Vec<Outcome>, Desk), StoreError> {
    let mut desk = store::fetch(tx, chains, ids, memory).await?;
    let accounts: HashMap<AccountId, Account> =
        desk.accounts().map(|one| (one.id, one.clone())).collect();
    let ledgers: Vec<Ledger> = desk.ledgers().cloned().collect();
    let now = tx.now.0;
    let answers: Vec<_> = chains.iter().map(|chain| desk.apply(chain, now)).collect();

    let mut fresh: Vec<Transfer> = Vec::new();
    let mut refused = HashMap::new();
    for (chain, answer) in chains.iter().zip(&answers) {
        match answer {
            Ok(Applied::Written(transfers)) => fresh.extend(transfers.iter().cloned()),
            Err(why) if ids == Ids::Known && why.why.uses_up_ids() => {
                refused.extend(chain.orders.iter().map(|order| (order.id, why.why.word())));
                if let Some(first) = chain.orders.first() {
                    tx.emit(&OrderRefused {
                        transfer: TransferId(uuid(first.id.0)),
                        why: why.why.word().to_owned(),
                    });
                }
            }
            Ok(Applied::Exists(_)) | Err(_) => {}
        }
    }
    if !refused.is_empty() {
        store::refuse(tx, &refused).await?;
    }
    if fresh.is_empty() {
        return Ok((answers, desk));
    }
    store::append(tx, &fresh).await?;
    let changed: Vec<&Account> = desk
        .accounts()
        .filter(|one| accounts.get(&one.id) != Some(one))
        .collect();
    store::count(tx, &changed).await?;
    tell(tx, &desk, &ledgers).await?;
    for transfer in &fresh {
        if let (Shape::Held, Some(until)) = (transfer.shape, transfer.until) {
            expiry::look_at(tx, TransferId(uuid(transfer.id.0)), Instant(until));
        }
    }
    Ok((answers, desk))
}

/// Writes the heads of the ledgers that grew, and tells them to the record.
async fn tell(tx: &mut Tx, desk: &Desk, before: &[Ledger]) -> Result<(), StoreError> {
    let grown: Vec<(&Ledger, u64)> = desk
        .ledgers()
        .filter_map(|now| {
            let height = before.iter().find(|one| one.id == now.id)?.height;
            (now.height > height).then_some((now, height + 1))
        })
        .collect();
    let heads: Vec<&Ledger> = grown.iter().map(|(ledger, _)| *ledger).collect();
    store::head(tx, &heads).await?;
    for (ledger, from) in grown {
        tx.emit(&BookWritten {
            ledger: kernel::LedgerId(uuid(ledger.id.0)),
            from: signed(from),
            to: signed(ledger.height),
            head: hexadecimal(&ledger.head),
        });
    }
    Ok(())
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
