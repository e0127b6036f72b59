//! Objections and appeals, and the panels that look at them.

use kernel::{AccountId, ClaimId, CommunityId, Instant};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{choice, id, unreadable};
use crate::model::Verdict;

/// An objection to a notice, or an appeal.
#[derive(Clone, Debug)]
pub struct Review {
    /// Which.
    pub id: Uuid,
    /// Of which claim.
    pub claim: ClaimId,
    /// Whether it is an appeal of the claimant.
    pub is_appeal: bool,
    /// What was said.
    pub said: String,
    /// Who said it; told to nobody.
    pub raised_by: AccountId,
    /// When.
    pub raised_at: Instant,
    /// By when it is to be decided.
    pub due_at: Instant,
    /// What was found.
    pub verdict: Option<Verdict>,
    /// Who looks at it.
    pub panel: Vec<Member>,
}

/// One of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub account: AccountId,
    /// Whether they find that it is right, once they have spoken.
    pub is_upheld: Option<bool>,
    /// Why.
    pub reason: Option<String>,
}

impl Review {
    /// What each of the panel said.
    pub fn voices(&self) -> Vec<Option<bool>> {
        self.panel.iter().map(|member| member.is_upheld).collect()
    }

    /// The place of an account in the panel.
    pub fn member(&self, account: AccountId) -> Option<&Member> {
        self.panel.iter().find(|member| member.account == account)
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    match word {
        "upheld" => Some(Verdict::Upheld),
        "not_upheld" => Some(Verdict::NotUpheld),
        _ => None,
    }
}

const COLUMNS: &str = "r.id, r.claim_id, r.kind, r.said, r.raised_by, r.raised_at, r.due_at, \
    r.verdict, p.account_id, p.is_upheld, p.reason";

/// Rows of a review, one for each of its panel, to reviews.
fn read(rows: &[QueryResult]) -> Result<Vec<Review>, StoreError> {
    let mut reviews: Vec<Review> = Vec::new();
    for row in rows {
        let this: Uuid = row.try_get("", "id")?;
        if reviews.last().is_none_or(|last| last.id != this) {
            reviews.push(Review {
                id: this,
                claim: ClaimId(row.try_get("", "claim_id")?),
                is_appeal: row.try_get::<String>("", "kind")? == "appeal",
                said: row.try_get("", "said")?,
                raised_by: AccountId(row.try_get("", "raised_by")?),
                raised_at: Instant(row.try_get("", "raised_at")?),
                due_at: Instant(row.try_get("", "due_at")?),
                verdict: choice(row, "verdict", verdict)?,
                panel: Vec::new(),
            });
        }
        if let (Some(review), Some(account)) = (reviews.last_mut(), id(row, "account_id")?) {
            let is_upheld: Option<i64> = row.try_get("", "is_upheld")?;
            review.panel.push(Member {
                account,
                is_upheld: is_upheld.map(|voice| voice == 1),
                reason: row.try_get("", "reason")?,
            });
        }
    }
    Ok(reviews)
}

async fn select<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: Vec<Value>,
) -> Result<Vec<Review>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_review r LEFT JOIN points_panel p \
         ON p.community_id = r.community_id AND p.review_id = r.id \
         WHERE r.community_id = $1 AND {condition} ORDER BY r.id, p.account_id"
    );
    read(&on.query_all_raw(statement(on, sql, values)).await?)
}

/// The reviews of a claim, oldest first.
pub async fn of_claim<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    claim: ClaimId,
) -> Result<Vec<Review>, StoreError> {
    select(
        on,
        "r.claim_id = $2",
        vec![community.0.into(), claim.0.into()],
    )
    .await
}

/// Those that an account was set to look at, oldest first.
pub async fn of_member<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
) -> Result<Vec<Review>, StoreError> {
    let own = "r.id IN (SELECT review_id FROM points_panel WHERE community_id = $1 \
               AND account_id = $2)";
    select(on, own, vec![community.0.into(), account.0.into()]).await
}

/// The review of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    review: Uuid,
) -> Result<Option<Review>, StoreError> {
    let mut found = select(on, "r.id = $2", vec![community.0.into(), review.into()]).await?;
    Ok(found.pop())
}

/// The review of this id, for an act that needs it to itself.
pub async fn lock(tx: &Tx, review: Uuid) -> Result<Option<Review>, StoreError> {
    let sql = format!(
        "SELECT id FROM points_review WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), review.into()];
    tx.query_one_raw(statement(tx, sql, values)).await?;
    by_id(tx, tx.community(), review).await
}

/// Enters a review.
pub async fn insert(tx: &Tx, review: &Review) -> Result<(), StoreError> {
    let sql = "INSERT INTO points_review (community_id, id, claim_id, kind, said, raised_by, \
               raised_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let kind = if review.is_appeal {
        "appeal"
    } else {
        "objection"
    };
    let values: [Value; 8] = [
        tx.community().0.into(),
        review.id.into(),
        review.claim.0.into(),
        kind.into(),
        review.said.clone().into(),
        review.raised_by.0.into(),
        review.raised_at.0.into(),
        review.due_at.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Sets its panel.
pub async fn set_panel(tx: &Tx, review: Uuid, members: &[AccountId]) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO points_panel (community_id, review_id, account_id) VALUES {}",
        places(members.len(), 3)
    );
    let values = members.iter().flat_map(|account| -> [Value; 3] {
        [tx.community().0.into(), review.into(), account.0.into()]
    });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Writes down what one of the panel says; `false` when they have spoken already.
pub async fn speak(
    tx: &Tx,
    review: Uuid,
    account: AccountId,
    is_upheld: bool,
    reason: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE points_panel SET is_upheld = $4, reason = $5, said_at = $6 \
               WHERE community_id = $1 AND review_id = $2 AND account_id = $3 \
               AND is_upheld IS NULL";
    let values: [Value; 6] = [
        tx.community().0.into(),
        review.into(),
        account.0.into(),
        i64::from(is_upheld).into(),
        reason.into(),
        tx.now.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Writes down what was found.
pub async fn decide(tx: &Tx, review: Uuid, verdict: Verdict) -> Result<(), StoreError> {
    let sql = "UPDATE points_review SET verdict = $3, decided_at = $4 \
               WHERE community_id = $1 AND id = $2";
    let word = match verdict {
        Verdict::Upheld => "upheld",
        Verdict::NotUpheld => "not_upheld",
    };
    let values: [Value; 4] = [
        tx.community().0.into(),
        review.into(),
        word.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// How many objections there were in all, how many are decided, how many were right.
pub async fn counts<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<(i64, i64, i64), StoreError> {
    let sql = "SELECT COUNT(*) AS raised, COUNT(verdict) AS decided, \
               COUNT(CASE WHEN verdict = 'upheld' THEN 1 END) AS upheld \
               FROM points_review WHERE community_id = $1 AND kind = 'objection'";
    let row = on
        .query_one_raw(statement(on, sql, [community.0.into()]))
        .await?;
    let row = row.ok_or_else(|| unreadable("counts"))?;
    Ok((
        row.try_get("", "raised")?,
        row.try_get("", "decided")?,
        row.try_get("", "upheld")?,
    ))
}

/// Takes an account out of panels in which it has not spoken.
pub async fn leave(tx: &Tx, account: AccountId) -> Result<(), StoreError> {
    let sql = "DELETE FROM points_panel WHERE community_id = $1 AND account_id = $2 \
               AND is_upheld IS NULL";
    let values = [tx.community().0.into(), account.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
