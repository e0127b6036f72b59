//! Who follows a matter, and which matters were joined to which.

use kernel::{AccountId, CommunityId, FollowerId, Instant, RequestId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::request::{Request, flag, id, moment, required};

/// Somebody who is told what the requester of a matter is told.
#[derive(Clone, Debug)]
pub struct Follower {
    /// Which.
    pub id: FollowerId,
    /// The matter.
    pub request: RequestId,
    /// The follower's account, when they are signed in.
    pub account: Option<AccountId>,
    /// Fingerprint of the follower's own code; empty for one that has none.
    pub code_hash: Vec<u8>,
    /// What they are called.
    pub contact_name: Option<String>,
    /// Their number, in the vault.
    pub contact_locked: Option<Vec<u8>>,
    /// Their own matter, when the desk joined it.
    pub joined: Option<RequestId>,
    /// Whether it is resolved for them too; `None` until they say.
    pub is_resolved: Option<bool>,
    /// Since when.
    pub at: Instant,
}

const COLUMNS: &str = "f.id, f.request_id, f.account_id, f.code_hash, f.contact_name, \
                       f.contact_locked, f.joined_id, f.is_resolved, f.at";

const INSERTED: &str = "community_id, id, request_id, account_id, code_hash, contact_name, \
                        contact_locked, joined_id, at";

impl Follower {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            id: required(id(row, "id")?, "follower")?,
            request: required(id(row, "request_id")?, "id")?,
            account: id(row, "account_id")?,
            code_hash: row.try_get("", "code_hash")?,
            contact_name: row.try_get("", "contact_name")?,
            contact_locked: row.try_get("", "contact_locked")?,
            joined: id(row, "joined_id")?,
            is_resolved: flag(row, "is_resolved")?,
            at: required(moment(row, "at")?, "the time of a follower")?,
        })
    }
}

/// Keeps a follower. Returns `false` when the account follows the matter already. A matter that is joined once more follows the
/// new one.
pub async fn insert_follower(tx: &Tx, follower: &Follower) -> Result<bool, StoreError> {
    let once_more = if follower.joined.is_some() {
        "ON CONFLICT (community_id, joined_id) DO UPDATE SET request_id = excluded.request_id, \
         at = excluded.at"
    } else {
        "ON CONFLICT DO NOTHING"
    };
    let sql = format!(
        "INSERT INTO request_follower ({INSERTED}) VALUES {} {once_more}",
        places(1, 9)
    );
    let values = values(tx, follower);
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 100;

/// Keeps new followers that stand for joined matters, many in a statement.
pub async fn insert_followers(tx: &Tx, followers: &[Follower]) -> Result<(), StoreError> {
    for some in followers.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO request_follower ({INSERTED}) VALUES {}",
            places(some.len(), 9)
        );
        let values = some.iter().flat_map(|follower| values(tx, follower));
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

fn values(tx: &Tx, follower: &Follower) -> [Value; 9] {
    [
        tx.community().0.into(),
        follower.id.0.into(),
        follower.request.0.into(),
        follower.account.map(|id| id.0).into(),
        follower.code_hash.clone().into(),
        follower.contact_name.clone().into(),
        follower.contact_locked.clone().into(),
        follower.joined.map(|id| id.0).into(),
        follower.at.0.into(),
    ]
}

/// As which matter those with these numbers of another system go on: each as itself, or as the one it was joined to.
pub async fn goes_on_as<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    numbers: &[&str],
) -> Result<Vec<(String, RequestId)>, StoreError> {
    let mut found = Vec::new();
    for some in numbers.chunks(ROWS_AT_ONCE) {
        let marks: Vec<String> = (0..some.len()).map(|n| format!("${}", n + 2)).collect();
        let sql = format!(
            "SELECT r.source_number, coalesce(f.request_id, r.id) AS id FROM request r \
             LEFT JOIN request_follower f ON f.community_id = r.community_id \
             AND f.joined_id = r.id AND r.exit = 'duplicate' \
             WHERE r.community_id = $1 AND r.source_number IN ({})",
            marks.join(",")
        );
        let numbers = some.iter().map(|number| Value::from(*number));
        let values = std::iter::once(community.0.into()).chain(numbers);
        for row in on.query_all_raw(statement(on, sql, values)).await? {
            found.push((
                row.try_get("", "source_number")?,
                required(id(&row, "id")?, "id")?,
            ));
        }
    }
    Ok(found)
}

/// Forgets a follower, with name and number. Returns whether there was one.
pub async fn remove_follower(tx: &Tx, follower: FollowerId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM request_follower WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), follower.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps what a follower says of the end.
pub async fn keep_voice(
    tx: &Tx,
    follower: FollowerId,
    is_resolved: bool,
) -> Result<bool, StoreError> {
    let sql = "UPDATE request_follower SET is_resolved = $1 WHERE community_id = $2 AND id = $3";
    let values = [
        i64::from(is_resolved).into(),
        tx.community().0.into(),
        follower.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets what followers said: the matter goes on, and they are asked again.
pub async fn drop_voices(tx: &Tx, request: RequestId) -> Result<(), StoreError> {
    let sql = "UPDATE request_follower SET is_resolved = NULL WHERE community_id = $1 \
               AND request_id = $2 AND is_resolved IS NOT NULL";
    let values = [tx.community().0.into(), request.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// By what a follower is known.
#[derive(Clone, Debug, Default)]
pub struct Whose {
    /// Their account.
    pub account: Option<AccountId>,
    /// The follower whose code was shown.
    pub shown: Option<FollowerId>,
}

/// The follower of a matter who is known by one of these.
pub async fn follower<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
    whose: &Whose,
) -> Result<Option<Follower>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM request_follower f WHERE f.community_id = $1 \
         AND f.request_id = $2 AND (f.id = $3 OR f.account_id = $4) ORDER BY f.id LIMIT 1"
    );
    // Nobody's id is the nil id.
    let shown = whose.shown.map_or(Uuid::nil(), |id| id.0);
    let account = whose.account.map_or(Uuid::nil(), |id| id.0);
    let values = [
        community.0.into(),
        request.0.into(),
        shown.into(),
        account.into(),
    ];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(Follower::read).transpose()
}

/// The follower of the matter of this number with the code of this fingerprint.
pub async fn follower_by_code<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    number: &str,
    print: &[u8],
) -> Result<Option<Follower>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM request_follower f JOIN request r \
         ON r.community_id = f.community_id AND r.id = f.request_id \
         WHERE f.community_id = $1 AND r.number = $2 AND f.code_hash = $3 ORDER BY f.id LIMIT 1"
    );
    let values = [community.0.into(), number.into(), print.to_vec().into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(Follower::read).transpose()
}

/// The accounts that are told of a matter besides its requester's: those who follow it, and those who follow one that was
/// joined to it.
pub async fn accounts_told<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
) -> Result<Vec<AccountId>, StoreError> {
    let sql = "SELECT DISTINCT f.account_id FROM request_follower f WHERE f.community_id = $1 \
               AND f.account_id IS NOT NULL AND (f.request_id = $2 OR f.request_id IN \
               (SELECT j.joined_id FROM request_follower j JOIN request q \
               ON q.community_id = j.community_id AND q.id = j.joined_id \
               AND q.exit = 'duplicate' WHERE j.community_id = $1 AND j.request_id = $2))";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into(), request.0.into()]))
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "account_id")?.into()))
        .collect()
}

/// How a follower can be reached.
#[derive(Clone, Debug)]
pub struct FollowerContact {
    /// What they are called.
    pub name: Option<String>,
    /// Their number, in the vault.
    pub locked: Option<Vec<u8>>,
}

/// Whether names and numbers of followers are read along: for who may see the requester's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contacts {
    /// They are.
    Read,
    /// They stay where they are.
    Left,
}

/// How a matter hangs together with others, for its page.
#[derive(Clone, Debug, Default)]
pub struct Joins {
    /// The one it was joined to.
    pub into: Option<String>,
    /// Those that were joined to it, by number.
    pub joined: Vec<String>,
    /// How many follow it, those of joined matters among them.
    pub followers: usize,
    /// How many of them say that it is resolved, and how many that it is not.
    pub voices: (usize, usize),
    /// Those of them who left a name or a number.
    pub contacts: Vec<FollowerContact>,
}

/// How a matter hangs together with others, in one statement.
pub async fn joins<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
    contacts: Contacts,
) -> Result<Joins, StoreError> {
    // A matter that its requester opened again is its own, whatever was joined before.
    let sql = "SELECT f.request_id, f.is_resolved, j.number AS joined_number, i.number AS into_number, \
               CASE WHEN $3 = 1 THEN f.contact_name END AS contact_name, \
               CASE WHEN $3 = 1 THEN f.contact_locked END AS contact_locked FROM request_follower f \
               JOIN request i ON i.community_id = f.community_id AND i.id = f.request_id \
               LEFT JOIN request j ON j.community_id = f.community_id AND j.id = f.joined_id \
               AND j.exit = 'duplicate' \
               WHERE f.community_id = $1 AND (f.request_id = $2 OR f.joined_id = $2) ORDER BY f.id";
    let values = [
        community.0.into(),
        request.0.into(),
        i64::from(contacts == Contacts::Read).into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let mut joins = Joins::default();
    for row in &rows {
        let of: RequestId = required(id(row, "request_id")?, "id")?;
        let joined: Option<String> = row.try_get("", "joined_number")?;
        if of == request {
            joins.followers += 1;
            match flag(row, "is_resolved")? {
                Some(true) => joins.voices.0 += 1,
                Some(false) => joins.voices.1 += 1,
                None => {}
            }
            joins.joined.extend(joined);
            let contact = FollowerContact {
                name: row.try_get("", "contact_name")?,
                locked: row.try_get("", "contact_locked")?,
            };
            if contact.name.is_some() || contact.locked.is_some() {
                joins.contacts.push(contact);
            }
        } else if joined.is_some() {
            joins.into = row.try_get("", "into_number")?;
        }
    }
    Ok(joins)
}

/// A matter that was joined to another, as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Join {
    /// The one that left.
    pub joined: RequestId,
    /// The one that goes on.
    pub into: RequestId,
    /// The follower that stands for it.
    pub follower: FollowerId,
}

/// The joins in which one of these two takes part.
pub async fn joins_of_both(
    tx: &Tx,
    one: RequestId,
    other: RequestId,
) -> Result<Vec<Join>, StoreError> {
    let sql = "SELECT f.joined_id, f.request_id, f.id FROM request_follower f \
               JOIN request j ON j.community_id = f.community_id AND j.id = f.joined_id \
               WHERE f.community_id = $1 AND j.exit = 'duplicate' \
               AND (f.joined_id IN ($2, $3) OR f.request_id IN ($2, $3))";
    let values = [tx.community().0.into(), one.0.into(), other.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Join {
                joined: required(id(row, "joined_id")?, "joined matter")?,
                into: required(id(row, "request_id")?, "id")?,
                follower: required(id(row, "id")?, "follower")?,
            })
        })
        .collect()
}

/// Holds both matters until the end of the transaction, if nobody was faster with either: of two who join at once, also
/// crosswise, the second looks when the first is done. Returns whether both are held.
pub async fn hold_both(tx: &Tx, one: &Request, other: &Request) -> Result<bool, StoreError> {
    let sql = "UPDATE request SET version = version WHERE community_id = $1 \
               AND ((id = $2 AND version = $3) OR (id = $4 AND version = $5))";
    // Always in the same order, so that two who hold one each do not wait for each other.
    let (first, second) = if one.id < other.id {
        (one, other)
    } else {
        (other, one)
    };
    let values = [
        tx.community().0.into(),
        first.id.0.into(),
        first.version.into(),
        second.id.0.into(),
        second.version.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 2)
}
