//! Who is on duty where, since when. A duty is also what opens doors: the policy asks for it.

use kernel::events::{DutyLaidDown, DutyTakenUp};
use kernel::{AccountId, AreaId, CommunityId, DutyId, DutyKind, HandlerId, Instant};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::Tx;
use crate::db::{StoreError, statement};

/// A duty to be taken up.
#[derive(Clone, Copy, Debug)]
pub struct NewDuty {
    /// By whom.
    pub account: AccountId,
    /// Of what kind.
    pub kind: DutyKind,
    /// Where; `None` is the whole community.
    pub area: Option<AreaId>,
    /// For which party, when the kind is a handler's.
    pub handler: Option<HandlerId>,
}

/// Puts somebody on duty from now on.
pub async fn take_up(tx: &mut Tx, new: &NewDuty) -> Result<DutyId, StoreError> {
    let id: DutyId = tx.new_id();
    let sql = "INSERT INTO duty (community_id, id, account_id, kind, area_id, handler_id, since) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values: [Value; 7] = [
        tx.community().0.into(),
        id.0.into(),
        new.account.0.into(),
        new.kind.word().into(),
        new.area.map(|area| area.0).into(),
        new.handler.map(|handler| handler.0).into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&DutyTakenUp {
        duty: id,
        account: new.account,
        kind: new.kind,
        area: new.area,
    });
    Ok(id)
}

/// Ends a duty now. Returns whether it was still held.
pub async fn lay_down(tx: &mut Tx, duty: DutyId) -> Result<bool, StoreError> {
    let sql = "UPDATE duty SET until = $1 WHERE community_id = $2 AND id = $3 AND until IS NULL \
               RETURNING account_id";
    let values = [tx.now.0.into(), tx.community().0.into(), duty.0.into()];
    let Some(row) = tx.query_one_raw(statement(tx, sql, values)).await? else {
        return Ok(false);
    };
    let account: Uuid = row.try_get("", "account_id")?;
    tx.emit(&DutyLaidDown {
        duty,
        account: account.into(),
    });
    Ok(true)
}

/// Somebody on duty, as pages show it.
#[derive(Clone, Debug)]
pub struct OnDuty {
    /// Which duty.
    pub id: DutyId,
    /// Who.
    pub account: AccountId,
    /// What they are called.
    pub name: String,
    /// Of what kind.
    pub kind: DutyKind,
    /// Where.
    pub area: Option<AreaId>,
    /// For which party.
    pub handler: Option<HandlerId>,
    /// Since when.
    pub since: Instant,
    /// Until when, if it has ended.
    pub until: Option<Instant>,
}

impl OnDuty {
    /// What the duty is called: a message id.
    pub const fn label(&self) -> &'static str {
        duty_label(self.kind)
    }
}

/// What a duty is called: a message id.
pub const fn duty_label(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::Administrator => "door-duty-administrator",
        DutyKind::Staff => "door-duty-staff",
        DutyKind::GridWorker => "door-duty-grid-worker",
        DutyKind::MicroGridHead => "door-duty-micro-grid-head",
        DutyKind::Handler => "door-duty-handler",
        DutyKind::DistrictViewer => "door-duty-district-viewer",
        DutyKind::Leader => "door-duty-leader",
        DutyKind::Mediator => "door-duty-mediator",
        DutyKind::MediationHead => "door-duty-mediation-head",
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    display_name: String,
    kind: String,
    area_id: Option<Uuid>,
    handler_id: Option<Uuid>,
    since: i64,
    until: Option<i64>,
}

/// Everybody who is on duty at a moment, in one statement.
pub async fn on_duty<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    at: Instant,
) -> Result<Vec<OnDuty>, StoreError> {
    let sql = "SELECT d.id, d.account_id, a.display_name, d.kind, d.area_id, d.handler_id, \
               d.since, d.until FROM duty d JOIN account a ON a.community_id = d.community_id \
               AND a.id = d.account_id WHERE d.community_id = $1 AND d.since <= $2 \
               AND (d.until IS NULL OR d.until > $2) ORDER BY d.kind, a.display_name, d.id";
    select(on, sql, [community.0.into(), at.0.into()]).await
}

/// Those on duty at a moment who may have to do with a matter: over one of these areas, or over no
/// area (the desk, the parties), in one statement.
pub async fn on_duty_near<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    at: Instant,
    areas: [Option<AreaId>; 2],
) -> Result<Vec<OnDuty>, StoreError> {
    let sql = "SELECT d.id, d.account_id, a.display_name, d.kind, d.area_id, d.handler_id, \
               d.since, d.until FROM duty d JOIN account a ON a.community_id = d.community_id \
               AND a.id = d.account_id WHERE d.community_id = $1 AND d.since <= $2 \
               AND (d.until IS NULL OR d.until > $2) \
               AND (d.area_id IS NULL OR d.area_id = $3 OR d.area_id = $4) \
               ORDER BY d.kind, a.display_name, d.id";
    let [one, other] = areas.map(|area| area.map(|id| id.0));
    let values = [community.0.into(), at.0.into(), one.into(), other.into()];
    select(on, sql, values).await
}

/// Everybody who is or was ever on duty over an area, the latest first, at most `limit`.
pub async fn duties_over<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    area: AreaId,
    limit: u32,
) -> Result<Vec<OnDuty>, StoreError> {
    let sql = format!(
        "SELECT d.id, d.account_id, a.display_name, d.kind, d.area_id, d.handler_id, \
         d.since, d.until FROM duty d JOIN account a ON a.community_id = d.community_id \
         AND a.id = d.account_id WHERE d.community_id = $1 AND d.area_id = $2 \
         ORDER BY d.since DESC, d.id DESC LIMIT {limit}"
    );
    select(on, sql, [community.0.into(), area.0.into()]).await
}

/// What one account is charged with at a moment.
pub async fn duties_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
    at: Instant,
) -> Result<Vec<OnDuty>, StoreError> {
    let sql = "SELECT d.id, d.account_id, a.display_name, d.kind, d.area_id, d.handler_id, \
               d.since, d.until FROM duty d JOIN account a ON a.community_id = d.community_id \
               AND a.id = d.account_id WHERE d.community_id = $1 AND d.since <= $2 \
               AND (d.until IS NULL OR d.until > $2) AND d.account_id = $3 ORDER BY d.kind, d.id";
    select(on, sql, [community.0.into(), at.0.into(), account.0.into()]).await
}

async fn select<C: ConnectionTrait>(
    on: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<OnDuty>, StoreError> {
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OnDuty {
                id: row.id.into(),
                account: row.account_id.into(),
                name: row.display_name,
                kind: DutyKind::from_word(&row.kind)
                    .ok_or_else(|| StoreError::Unreadable(format!("duty {}", row.kind)))?,
                area: row.area_id.map(Into::into),
                handler: row.handler_id.map(Into::into),
                since: Instant(row.since),
                until: row.until.map(Instant),
            })
        })
        .collect()
}
