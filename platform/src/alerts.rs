//! "Something happened to a matter of yours": in the program, and by mail to those who gave an
//! address. The sentence is a message id and one word, so that each reads it in their language.

use kernel::{AccountId, CommunityId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::Tx;
use crate::db::{StoreError, statement};
use crate::locale::{Locale, Message};
use crate::mail::{self, Mail};

/// An alert to be raised.
#[derive(Clone, Debug)]
pub struct Alert {
    /// For whom.
    pub account: AccountId,
    /// The message; it may use `{ $subject }`.
    pub message: &'static str,
    /// What the matter is called: a number, never a name.
    pub argument: String,
    /// Where to look.
    pub link: String,
}

/// Raises alerts in the transaction of the act.
pub async fn raise(tx: &mut Tx, alerts: &[Alert]) -> Result<(), StoreError> {
    if alerts.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO alert (community_id, id, account_id, message, argument, link, at) VALUES {}",
        crate::record::places(alerts.len(), 7)
    );
    let values: Vec<Value> = alerts
        .iter()
        .flat_map(|alert| -> [Value; 7] {
            [
                tx.community().0.into(),
                tx.new_id::<Uuid>().into(),
                alert.account.0.into(),
                alert.message.into(),
                alert.argument.clone().into(),
                alert.link.clone().into(),
                tx.now.0.into(),
            ]
        })
        .collect();
    tx.execute_raw(statement(tx, sql, values)).await?;
    post_letters(tx, alerts).await
}

async fn post_letters(tx: &mut Tx, alerts: &[Alert]) -> Result<(), StoreError> {
    if tx.house().config().mail.is_none() {
        return Ok(());
    }
    let places: Vec<String> = (0..alerts.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT id, email FROM account WHERE community_id = $1 AND email IS NOT NULL AND id IN ({})",
        places.join(",")
    );
    let values = std::iter::once(tx.community().0.into())
        .chain(alerts.iter().map(|alert| alert.account.0.into()));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    for row in rows {
        let account: Uuid = row.try_get("", "id")?;
        let to: String = row.try_get("", "email")?;
        for alert in alerts.iter().filter(|alert| alert.account.0 == account) {
            let said = Message::of(alert.message).with("subject", &alert.argument);
            let house = tx.house();
            // One letter in both languages: an account has no language of its own.
            let words = [Locale::ZhCn, Locale::En].map(|locale| house.locales().say(locale, &said));
            let letter = Mail {
                to: to.clone(),
                subject: words[0].clone(),
                body: format!(
                    "{}\n{}\n\n{}{}\n",
                    words[0],
                    words[1],
                    house.config().base_url,
                    alert.link
                ),
            };
            mail::post(tx, &letter);
        }
    }
    Ok(())
}

/// An alert as its reader finds it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Raised {
    /// Which.
    pub id: Uuid,
    /// The message id.
    pub message: String,
    /// What the matter is called.
    pub argument: String,
    /// Where to look.
    pub link: String,
    /// When, in microseconds.
    pub at: i64,
    /// When it was read.
    pub read_at: Option<i64>,
}

/// The alerts of an account, newest first.
pub async fn of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
    limit: u32,
) -> Result<Vec<Raised>, StoreError> {
    let sql = format!(
        "SELECT id, message, argument, link, at, read_at FROM alert WHERE community_id = $1 \
         AND account_id = $2 ORDER BY id DESC LIMIT {limit}"
    );
    let values = [community.0.into(), account.0.into()];
    Ok(Raised::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?)
}

/// Removes all alerts that lead to a place of which nothing may tell any more.
pub async fn forget(tx: &Tx, link: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM alert WHERE community_id = $1 AND link = $2";
    tx.execute_raw(statement(tx, sql, [tx.community().0.into(), link.into()]))
        .await?;
    Ok(())
}

/// Marks all alerts of an account as read. Upkeep of the reader's own list: no event.
pub async fn mark_read(tx: &Tx, account: AccountId) -> Result<(), StoreError> {
    let sql = "UPDATE alert SET read_at = $1 WHERE community_id = $2 AND account_id = $3 \
               AND read_at IS NULL";
    let values = [tx.now.0.into(), tx.community().0.into(), account.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
