//! Reads every ledger of a community from its first transfer on, and says whether it is what it claims
//! to be. A running book may be verified: what is written meanwhile is read along.

use book::{Ledger, Replay, Wrong};
use kernel::CommunityId;
use platform::db::StoreError;
use sea_orm::ConnectionTrait;

use crate::store;

/// Transfers read at once.
const AT_ONCE: u32 = 5_000;

/// What was found of one ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Of what.
    pub book: book::Book,
    /// How many transfers were read.
    pub transfers: u64,
    /// What is wrong, if anything.
    pub wrong: Option<Wrong>,
}

/// Reads all ledgers of a community.
///
/// # Errors
/// When the database does not answer, or a row holds what no version ever wrote.
pub async fn verify<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    for ledger in store::ledgers(on, community).await? {
        findings.push(verify_one(on, community, &ledger).await?);
    }
    Ok(findings)
}

async fn verify_one<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ledger: &Ledger,
) -> Result<Finding, StoreError> {
    let accounts = store::accounts_of(on, community, ledger.id).await?;
    let mut replay = Replay::new(ledger.id, ledger.book, accounts);
    let mut wrong = read_on(on, community, &mut replay).await?;
    while wrong.is_none() {
        // Head and counters are one statement, so that they belong to one moment.
        let (head, accounts) = store::standing(on, community, ledger.id).await?;
        if head.height <= replay.ledger().height {
            wrong = replay.matches(head.height, &head.head, &accounts).err();
            break;
        }
        // More was written meanwhile; what the head counts must be there to be read.
        wrong = read_on(on, community, &mut replay).await?;
        let next = replay.ledger().height + 1;
        if wrong.is_none() && next <= head.height {
            wrong = Some(Wrong::Number(next));
        }
    }
    Ok(Finding {
        book: ledger.book,
        transfers: replay.ledger().height,
        wrong,
    })
}

/// Reads to the end of what is there now.
async fn read_on<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    replay: &mut Replay,
) -> Result<Option<Wrong>, StoreError> {
    loop {
        let (ledger, next) = (replay.ledger().id, replay.ledger().height + 1);
        let transfers = store::transfers_from(on, community, ledger, next, AT_ONCE).await?;
        if transfers.is_empty() {
            return Ok(None);
        }
        let new: Vec<uuid::Uuid> = transfers
            .iter()
            .flat_map(|one| [one.debit, one.credit])
            .filter(|id| replay.account(*id).is_none())
            .map(|id| store::uuid(id.0))
            .collect();
        for account in store::accounts(on, community, &new).await? {
            replay.open(&account);
        }
        for transfer in &transfers {
            if let Err(wrong) = replay.add(transfer) {
                return Ok(Some(wrong));
            }
        }
    }
}
