//! Who opened a time account, whether somebody is taken at a time, and groups.

use kernel::{AccountId, CommunityId, HelpId, Instant, PersonId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{id, moment, the_id};

/// Who opened a time account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// When they opened it, the last time.
    pub opened_at: Instant,
    /// Who noted the consent of a guardian, for somebody under age.
    pub guardian_noted_by: Option<AccountId>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Whether it was closed for good, by two people at the desk.
    pub is_closed_for_good: bool,
}

impl Member {
    /// Whether the account is open.
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

const COLUMNS: &str = "person_id, opened_at, guardian_noted_by, closed_at, closed_how";

fn read(row: &QueryResult) -> Result<Member, StoreError> {
    Ok(Member {
        person: the_id(row, "person_id")?,
        opened_at: Instant(row.try_get("", "opened_at")?),
        guardian_noted_by: id(row, "guardian_noted_by")?,
        closed_at: moment(row, "closed_at")?,
        is_closed_for_good: row.try_get::<Option<String>>("", "closed_how")?.as_deref()
            == Some("desk"),
    })
}

/// The time account of a resident, open or closed.
pub async fn member<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Option<Member>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM timebank_member WHERE community_id = $1 AND person_id = $2");
    let values = [community.0.into(), person.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// The time accounts of residents, for an act that has them to itself: what it decides by a balance
/// holds until it is over.
pub async fn to_self(tx: &Tx, people: &[PersonId]) -> Result<Vec<Member>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (2..people.len() + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM timebank_member WHERE community_id = $1 AND person_id IN ({}) \
         ORDER BY person_id {}",
        marks.join(","),
        for_update(tx)
    );
    let values =
        std::iter::once(tx.community().0.into()).chain(people.iter().map(|id| id.0.into()));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(read).collect()
}

/// Opens accounts, or opens them again; many in one statement.
pub async fn open_account(
    tx: &Tx,
    people: &[PersonId],
    guardian_noted_by: Option<AccountId>,
) -> Result<(), StoreError> {
    for some in people.chunks(100) {
        let sql = format!(
            "INSERT INTO timebank_member (community_id, person_id, opened_at, \
             guardian_noted_by) VALUES {} ON CONFLICT (community_id, person_id) DO UPDATE SET \
             opened_at = excluded.opened_at, guardian_noted_by = excluded.guardian_noted_by, \
             closed_at = NULL, closed_how = NULL",
            platform::record::places(some.len(), 4)
        );
        let values = some.iter().flat_map(|person| -> [Value; 4] {
            [
                tx.community().0.into(),
                person.0.into(),
                tx.now.0.into(),
                guardian_noted_by.map(|id| id.0).into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Closes an account, by its `holder` or at the `desk`. Returns whether it was open.
pub async fn set_closed(tx: &Tx, person: PersonId, how: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE timebank_member SET closed_at = $3, closed_how = $4 \
               WHERE community_id = $1 AND person_id = $2 AND closed_at IS NULL";
    let values: [Value; 4] = [
        tx.community().0.into(),
        person.0.into(),
        tx.now.0.into(),
        how.into(),
    ];
    let closed = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(closed.rows_affected() == 1)
}

/// Whether somebody is to help elsewhere between two moments, or is helping and has not signed out.
pub async fn is_busy(
    tx: &Tx,
    giver: PersonId,
    but: HelpId,
    (from, until): (Instant, Instant),
) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM timebank_help WHERE community_id = $1 AND giver_id = $2 \
               AND id <> $3 AND ended_at IS NULL AND state IN ('matched', 'reserved', 'signed_in') \
               AND starts_at < $4 AND starts_at + minutes * 60000000 > $5 LIMIT 1";
    let values: [Value; 5] = [
        tx.community().0.into(),
        giver.0.into(),
        but.0.into(),
        until.0.into(),
        from.0.into(),
    ];
    Ok(tx
        .query_one_raw(statement(tx, sql, values))
        .await?
        .is_some())
}

/// Whether somebody is helping elsewhere and has not signed out.
pub async fn is_signed_in_elsewhere(
    tx: &Tx,
    giver: PersonId,
    but: HelpId,
) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM timebank_help WHERE community_id = $1 AND giver_id = $2 \
               AND id <> $3 AND state = 'signed_in' LIMIT 1";
    let values = [tx.community().0.into(), giver.0.into(), but.0.into()];
    Ok(tx
        .query_one_raw(statement(tx, sql, values))
        .await?
        .is_some())
}

/// Whether a resident has a help or a gift that has not come to its end.
pub async fn has_open(tx: &Tx, person: PersonId) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM timebank_help WHERE community_id = $1 AND ended_at IS NULL \
               AND (receiver_id = $2 OR relative_id = $2 OR giver_id = $2) \
               UNION ALL SELECT id FROM timebank_gift WHERE community_id = $1 \
               AND (from_id = $2 OR to_id = $2) LIMIT 1";
    let values = [tx.community().0.into(), person.0.into()];
    Ok(tx
        .query_one_raw(statement(tx, sql, values))
        .await?
        .is_some())
}

/// Enters a group of volunteers.
pub async fn insert_group(tx: &Tx, group: Uuid, name: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO timebank_group (community_id, id, name, entered_at) \
               VALUES ($1, $2, $3, $4)";
    let values: [Value; 4] = [
        tx.community().0.into(),
        group.into(),
        name.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The groups of volunteers, by name.
pub async fn groups<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let sql = "SELECT id, name FROM timebank_group WHERE community_id = $1 ORDER BY name";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "id")?, row.try_get("", "name")?)))
        .collect()
}
