//! What one person proposes and a second confirms.

use kernel::{AccountId, CommunityId, Instant};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::must;
use crate::model::{ProposalKind, ProposalState};

/// A proposal.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: Uuid,
    /// To do what.
    pub kind: ProposalKind,
    /// The claim that is reversed, or the reward that is written off.
    pub subject: Option<Uuid>,
    /// Points, or pieces.
    pub amount: i64,
    /// Where it comes from, or why, in words.
    pub reason: String,
    /// Where it stands.
    pub state: ProposalState,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: Instant,
}

const COLUMNS: &str =
    "community_id, id, kind, subject_id, amount, reason, state, proposed_by, proposed_at";

fn read(row: &QueryResult) -> Result<Proposal, StoreError> {
    Ok(Proposal {
        community: CommunityId(row.try_get("", "community_id")?),
        id: row.try_get("", "id")?,
        kind: must(row, "kind", ProposalKind::from_word)?,
        subject: row.try_get("", "subject_id")?,
        amount: row.try_get("", "amount")?,
        reason: row.try_get("", "reason")?,
        state: must(row, "state", ProposalState::from_word)?,
        proposed_by: AccountId(row.try_get("", "proposed_by")?),
        proposed_at: Instant(row.try_get("", "proposed_at")?),
    })
}

/// Enters a proposal.
pub async fn insert(tx: &Tx, proposal: &Proposal) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO points_proposal ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let values: [Value; 9] = [
        proposal.community.0.into(),
        proposal.id.into(),
        proposal.kind.word().into(),
        proposal.subject.into(),
        proposal.amount.into(),
        proposal.reason.clone().into(),
        proposal.state.word().into(),
        proposal.proposed_by.0.into(),
        proposal.proposed_at.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The proposal of this id, for an act that needs it to itself.
pub async fn lock(tx: &Tx, proposal: Uuid) -> Result<Option<Proposal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_proposal WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), proposal.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// Ends it.
pub async fn end(
    tx: &Tx,
    proposal: Uuid,
    state: ProposalState,
    by: Option<AccountId>,
) -> Result<(), StoreError> {
    let sql = "UPDATE points_proposal SET state = $3, ended_by = $4, ended_at = $5 \
               WHERE community_id = $1 AND id = $2";
    let values: [Value; 5] = [
        tx.community().0.into(),
        proposal.into(),
        state.word().into(),
        by.map(|id| id.0).into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The open proposals, oldest first, and after them the last that ended.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Proposal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_proposal WHERE community_id = $1 \
         ORDER BY CASE WHEN state = 'proposed' THEN 0 ELSE 1 END, id DESC LIMIT 100"
    );
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter().map(read).collect()
}

/// The open proposals about one claim or reward.
pub async fn open_about<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    subject: Uuid,
) -> Result<Vec<Proposal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_proposal WHERE community_id = $1 AND subject_id = $2 \
         AND state = 'proposed' ORDER BY id"
    );
    let values = [community.0.into(), subject.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(read).collect()
}
