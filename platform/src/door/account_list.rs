//! The accounts of a community, for its administrator: names and states, nothing of the register.

use kernel::{AccountId, CommunityId, DutyKind, Instant};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::duty::duty_label;
use crate::db::{StoreError, statement};

/// Accounts on one page.
pub(super) const PER_PAGE: u32 = 50;

/// An account in the list.
#[derive(Debug)]
pub(super) struct Listed {
    /// Which.
    pub(super) id: AccountId,
    /// What one types.
    pub(super) sign_in_name: String,
    /// What others read.
    pub(super) display_name: String,
    /// Whether a password has been set.
    pub(super) has_password: bool,
    /// Whether a one-time code is asked for.
    pub(super) has_codes: bool,
    /// Whether it is closed.
    pub(super) is_closed: bool,
    /// The duties, as message ids.
    pub(super) duties: Vec<&'static str>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    sign_in_name: String,
    display_name: String,
    has_password: i64,
    has_codes: i64,
    is_closed: i64,
    kind: Option<String>,
}

/// Somebody who works here, to be proposed when a duty is given.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Colleague {
    /// What they type to sign in.
    pub sign_in_name: String,
    /// What others read.
    pub display_name: String,
}

/// The open accounts that belong to no resident of the register, by name, in one statement: those
/// of the office, of grid workers and of parties. At most 300.
pub async fn colleagues<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Colleague>, StoreError> {
    let sql = "SELECT sign_in_name, display_name FROM account WHERE community_id = $1 \
               AND person_id IS NULL AND disabled_at IS NULL ORDER BY display_name, id LIMIT 300";
    Ok(
        Colleague::find_by_statement(statement(on, sql, [community.0.into()]))
            .all(on)
            .await?,
    )
}

/// A page of the list.
#[derive(Debug)]
pub(super) struct AccountPage {
    /// The accounts.
    pub(super) accounts: Vec<Listed>,
    /// How many match in all.
    pub(super) total: i64,
}

/// A page, counted from 1, of the accounts whose names hold the words; in two statements.
pub(super) async fn page<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    words: &str,
    number: u32,
    now: Instant,
) -> Result<AccountPage, StoreError> {
    let matching = "community_id = $1 AND (sign_in_name LIKE $2 ESCAPE '\\' \
                    OR lower(display_name) LIKE $2 ESCAPE '\\')";
    let pattern = format!("%{}%", escaped(&words.trim().to_lowercase()));
    let sql = format!("SELECT count(*) AS n FROM account WHERE {matching}");
    let values = [community.0.into(), pattern.clone().into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    let total = row.map_or(Ok(0), |row| row.try_get("", "n"))?;

    let offset = u64::from(number.max(1) - 1) * u64::from(PER_PAGE);
    let sql = format!(
        "SELECT a.id, a.sign_in_name, a.display_name, \
         CAST(CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END AS bigint) AS has_password, \
         CAST(CASE WHEN a.totp_secret IS NULL THEN 0 ELSE 1 END AS bigint) AS has_codes, \
         CAST(CASE WHEN a.disabled_at IS NULL THEN 0 ELSE 1 END AS bigint) AS is_closed, d.kind \
         FROM (SELECT * FROM account WHERE {matching} ORDER BY display_name, id \
               LIMIT {PER_PAGE} OFFSET {offset}) a \
         LEFT JOIN duty d ON d.community_id = a.community_id AND d.account_id = a.id \
         AND d.since <= $3 AND (d.until IS NULL OR d.until > $3) \
         ORDER BY a.display_name, a.id, d.kind"
    );
    let values = [community.0.into(), pattern.into(), now.0.into()];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    Ok(AccountPage {
        accounts: gathered(rows),
        total,
    })
}

/// The people of the demo, with what they are.
pub(super) async fn demo_people<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    now: Instant,
) -> Result<Vec<Listed>, StoreError> {
    let sql = "SELECT a.id, a.sign_in_name, a.display_name, CAST(1 AS bigint) AS has_password, \
               CAST(0 AS bigint) AS has_codes, CAST(0 AS bigint) AS is_closed, d.kind \
               FROM account a LEFT JOIN duty d ON d.community_id = a.community_id \
               AND d.account_id = a.id AND d.since <= $2 AND (d.until IS NULL OR d.until > $2) \
               WHERE a.community_id = $1 AND a.sign_in_name LIKE 'demo-%' \
               AND a.disabled_at IS NULL ORDER BY a.opened_at, a.id, d.kind LIMIT 60";
    let values = [community.0.into(), now.0.into()];
    Ok(gathered(
        Row::find_by_statement(statement(on, sql, values))
            .all(on)
            .await?,
    ))
}

/// One entry for each account, with all its duties; rows of one account stand together.
fn gathered(rows: Vec<Row>) -> Vec<Listed> {
    let mut all: Vec<Listed> = Vec::new();
    for row in rows {
        let id = AccountId(row.id);
        if all.last().is_none_or(|last| last.id != id) {
            all.push(Listed {
                id,
                sign_in_name: row.sign_in_name,
                display_name: row.display_name,
                has_password: row.has_password != 0,
                has_codes: row.has_codes != 0,
                is_closed: row.is_closed != 0,
                duties: Vec::new(),
            });
        }
        let duty = row
            .kind
            .as_deref()
            .and_then(DutyKind::from_word)
            .map(duty_label);
        if let (Some(account), Some(duty)) = (all.last_mut(), duty)
            && !account.duties.contains(&duty)
        {
            account.duties.push(duty);
        }
    }
    all
}

/// The words with LIKE's own letters taken literally.
fn escaped(words: &str) -> String {
    words.chars().fold(String::new(), |mut escaped, letter| {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
        escaped
    })
}
