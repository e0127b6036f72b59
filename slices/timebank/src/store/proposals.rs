//! What one person at the desk proposes and another decides.

use kernel::{AccountId, CommunityId, HelpId, Instant, PersonId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{choice, id, moment, the_choice, the_id};
use crate::model::{ProposalKind, Source};

/// A proposal to be kept.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// What is to be decided.
    pub kind: ProposalKind,
    /// For which help.
    pub help: Option<HelpId>,
    /// About whom.
    pub person: Option<PersonId>,
    /// For which group.
    pub group: Option<Uuid>,
    /// From where a help is to be paid.
    pub source: Option<Source>,
    /// How much, in minutes.
    pub minutes: i64,
    /// Why, in the vault.
    pub reason_locked: Vec<u8>,
    /// Who proposes it.
    pub proposed_by: AccountId,
}

/// A proposal as it lies there.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: Uuid,
    /// What is to be decided.
    pub kind: ProposalKind,
    /// For which help.
    pub help: Option<HelpId>,
    /// About whom.
    pub person: Option<PersonId>,
    /// For which group.
    pub group: Option<Uuid>,
    /// From where a help is to be paid.
    pub source: Option<Source>,
    /// How much, in minutes.
    pub minutes: i64,
    /// Why, in the vault; `None` once it was erased.
    pub reason_locked: Option<Vec<u8>>,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// What they are called.
    pub proposer: String,
    /// When.
    pub proposed_at: Instant,
    /// When it was decided.
    pub decided_at: Option<Instant>,
}

impl platform::access::HasFacts for Proposal {
    fn facts(&self) -> kernel::Facts {
        kernel::Facts::of(self.community)
    }
}

const COLUMNS: &str = "p.community_id, p.id, p.kind, p.help_id, p.person_id, p.group_id, \
                       p.source, p.minutes, p.reason_locked, p.proposed_by, p.proposed_at, \
                       p.decided_at, a.display_name FROM timebank_proposal p JOIN account a \
                       ON a.community_id = p.community_id AND a.id = p.proposed_by";

fn read(row: &QueryResult) -> Result<Proposal, StoreError> {
    Ok(Proposal {
        community: the_id(row, "community_id")?,
        id: the_id(row, "id")?,
        kind: the_choice(row, "kind", ProposalKind::from_word)?,
        help: id(row, "help_id")?,
        person: id(row, "person_id")?,
        group: id(row, "group_id")?,
        source: choice(row, "source", Source::from_word)?,
        minutes: row.try_get("", "minutes")?,
        reason_locked: row.try_get("", "reason_locked")?,
        proposed_by: the_id(row, "proposed_by")?,
        proposer: row.try_get("", "display_name")?,
        proposed_at: Instant(row.try_get("", "proposed_at")?),
        decided_at: moment(row, "decided_at")?,
    })
}

/// Keeps a proposal.
pub async fn insert(tx: &Tx, new: &NewProposal) -> Result<Uuid, StoreError> {
    let sql = "INSERT INTO timebank_proposal (community_id, id, kind, help_id, person_id, \
               group_id, source, minutes, reason_locked, proposed_by, proposed_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let id: Uuid = tx.new_id();
    let values: [Value; 11] = [
        tx.community().0.into(),
        id.into(),
        new.kind.word().into(),
        new.help.map(|id| id.0).into(),
        new.person.map(|id| id.0).into(),
        new.group.into(),
        new.source.map(Source::word).into(),
        new.minutes.into(),
        new.reason_locked.clone().into(),
        new.proposed_by.0.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(id)
}

/// The proposal of this id, for an act that has it to itself.
pub async fn to_decide(tx: &Tx, proposal: Uuid) -> Result<Option<Proposal>, StoreError> {
    let lock = match for_update(tx) {
        "" => "",
        _ => "FOR UPDATE OF p",
    };
    let sql = format!("SELECT {COLUMNS} WHERE p.community_id = $1 AND p.id = $2 {lock}");
    let values = [tx.community().0.into(), proposal.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// Notes a decision; a reason that is refused is erased at once.
pub async fn decide(
    tx: &Tx,
    proposal: Uuid,
    by: AccountId,
    is_granted: bool,
) -> Result<(), StoreError> {
    let sql = "UPDATE timebank_proposal SET decided_by = $3, decided_at = $4, decision = $5, \
               reason_locked = CASE WHEN $6 = 1 THEN reason_locked ELSE NULL END \
               WHERE community_id = $1 AND id = $2";
    let decision = if is_granted { "granted" } else { "refused" };
    let values: [Value; 6] = [
        tx.community().0.into(),
        proposal.into(),
        by.0.into(),
        tx.now.0.into(),
        decision.into(),
        i64::from(is_granted).into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Turns down what still waits for a help that is over, and erases why; nobody has to decide it.
pub async fn drop_pending(tx: &Tx, help: HelpId) -> Result<(), StoreError> {
    let sql = "UPDATE timebank_proposal SET decided_at = $3, decision = 'refused', \
               reason_locked = NULL WHERE community_id = $1 AND help_id = $2 \
               AND decided_at IS NULL";
    let values = [tx.community().0.into(), help.0.into(), tx.now.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

async fn many<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<Proposal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE p.community_id = $1 AND p.decided_at IS NULL {condition} \
         ORDER BY p.proposed_at, p.id LIMIT 100"
    );
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(read).collect()
}

/// What waits for a second person, the oldest first.
pub async fn pending<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Proposal>, StoreError> {
    many(on, "", vec![community.0.into()]).await
}

/// What waits for a second person about one help.
pub async fn of_help<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    help: HelpId,
) -> Result<Vec<Proposal>, StoreError> {
    let values = vec![community.0.into(), help.0.into()];
    many(on, "AND p.help_id = $2", values).await
}
