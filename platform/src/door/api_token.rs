//! Tokens for programs: each acts for an account, for some of the acts that its owner may do, for
//! some days. It is shown once.

use kernel::events::{ApiTokenMade, ApiTokenRevoked};
use kernel::{Act, Instant, Minutes};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::SignedIn;
use super::session::new_token;
use crate::Tx;
use crate::access::Policy;
use crate::db::{StoreError, statement};
use crate::locale::Message;
use crate::vault::token_hash;
use crate::web::{FieldErrors, hex, unhex};

/// The longest life of a token, in days.
const DAYS_MAX: i64 = 365;
/// Letters of a label.
const LABEL_MAX: usize = 60;

/// A token to be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NewToken {
    label: String,
    days: i64,
    acts: Vec<&'static str>,
}

impl NewToken {
    /// What was sent, parsed; `mine` are the acts that its owner may do.
    pub(super) fn parse(
        label: &str,
        days: &str,
        acts: &[String],
        mine: &[Act],
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let label = label.trim();
        if label.is_empty() || label.chars().count() > LABEL_MAX {
            errors.add(
                "label",
                Message::of("door-token-label-wrong").with("n", LABEL_MAX),
            );
        }
        let days = days.trim().parse().unwrap_or(0);
        if !(1..=DAYS_MAX).contains(&days) {
            errors.add(
                "days",
                Message::of("door-token-days-wrong").with("n", DAYS_MAX),
            );
        }
        let acts: Vec<&'static str> = mine
            .iter()
            .map(|act| act.0)
            .filter(|act| acts.iter().any(|word| word == act))
            .collect();
        if acts.is_empty() {
            errors.add("act", Message::of("door-token-acts-wrong"));
        }
        errors.or(Self {
            label: label.to_owned(),
            days,
            acts,
        })
    }
}

/// The acts that somebody may do somewhere, in order.
pub(super) fn acts_of(policy: &Policy, signed_in: &SignedIn) -> Vec<Act> {
    let mut acts: Vec<Act> = policy
        .rules()
        .iter()
        .map(|rule| rule.act)
        .filter(|act| policy.may(&signed_in.actor, *act))
        .collect();
    acts.sort_unstable();
    acts.dedup();
    acts
}

/// Makes a token. Returns the secret in hexadecimal digits.
pub(super) async fn make(
    tx: &mut Tx,
    signed_in: &SignedIn,
    new: &NewToken,
) -> Result<String, StoreError> {
    let token = new_token(tx.community(), tx.house().chance().bytes());
    let sql = "INSERT INTO api_token (community_id, token_hash, account_id, label, acts, made_at, \
               ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        tx.community().0.into(),
        token_hash(&token).into(),
        signed_in.account.0.into(),
        new.label.clone().into(),
        new.acts.join(" ").into(),
        tx.now.0.into(),
        tx.now.plus(Minutes::days(new.days)).0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&ApiTokenMade {
        account: signed_in.account,
        days: new.days,
    });
    Ok(hex(&token))
}

/// Takes a token of somebody back. Returns whether it was there.
pub(super) async fn revoke(
    tx: &mut Tx,
    signed_in: &SignedIn,
    id: &str,
) -> Result<bool, StoreError> {
    let account = signed_in.account;
    let sql =
        "DELETE FROM api_token WHERE community_id = $1 AND account_id = $2 AND token_hash = $3";
    let hash = unhex(id).unwrap_or_default();
    let values = [tx.community().0.into(), account.0.into(), hash.into()];
    let is_gone = tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0;
    if is_gone {
        tx.emit(&ApiTokenRevoked { account });
    }
    Ok(is_gone)
}

/// A token as its owner sees it.
#[derive(Debug)]
pub(super) struct Made {
    /// The hash by which the table knows it: no secret.
    pub(super) id: String,
    /// What its owner calls it.
    pub(super) label: String,
    /// What it may do.
    pub(super) acts: String,
    /// Since when.
    pub(super) since: Instant,
    /// Until when.
    pub(super) ends: Instant,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    token_hash: Vec<u8>,
    label: String,
    acts: String,
    made_at: i64,
    ends_at: i64,
}

/// The tokens of somebody that still open, the newest first.
pub(super) async fn of<C: ConnectionTrait>(
    on: &C,
    signed_in: &SignedIn,
    now: Instant,
) -> Result<Vec<Made>, StoreError> {
    let sql = "SELECT token_hash, label, acts, made_at, ends_at FROM api_token \
               WHERE community_id = $1 AND account_id = $2 AND ends_at > $3 \
               ORDER BY made_at DESC, label LIMIT 100";
    let values = [
        signed_in.actor.community.0.into(),
        signed_in.account.0.into(),
        now.0.into(),
    ];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Made {
            id: hex(&row.token_hash),
            label: row.label,
            acts: row.acts,
            since: Instant(row.made_at),
            ends: Instant(row.ends_at),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_only_what_its_owner_may_do() {
        let mine = [Act("requests.read"), Act("requests.report")];
        let wished = ["requests.read".to_owned(), "door.administer".to_owned()];

        let new = NewToken::parse(" 大屏 ", "30", &wished, &mine).unwrap();

        assert_eq!(
            new,
            NewToken {
                label: "大屏".into(),
                days: 30,
                acts: vec!["requests.read"]
            }
        );
    }

    #[test]
    fn each_wrong_field_is_told() {
        let wrong = NewToken::parse("", "366", &[], &[Act("requests.read")]).unwrap_err();

        let fields: Vec<_> = wrong.all().iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["label", "days", "act"]);
    }
}
