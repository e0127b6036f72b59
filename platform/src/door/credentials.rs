//! What proves who somebody is, as the table keeps it: failures in a row and the wait they cost,
//! the password's hash, the secret of one-time codes and the last step that was used.

use kernel::events::{OneTimeCodesSwitched, PasswordSet, SignInFailed};
use kernel::{AccountId, Instant, Minutes};
use sea_orm::ConnectionTrait;

use super::Account;
use crate::Tx;
use crate::db::{StoreError, statement};

/// Failures in a row that cost nothing.
const FREE_FAILURES: i64 = 4;
/// The longest wait.
const WAIT_MAX: i64 = 30;

/// How long one waits after so many failures in a row: the fifth costs a minute, each further one
/// twice as much, up to half an hour.
pub(super) fn wait_after(failures: i64) -> Minutes {
    if failures <= FREE_FAILURES {
        Minutes(0)
    } else {
        Minutes((1_i64 << (failures - FREE_FAILURES - 1).min(5)).min(WAIT_MAX))
    }
}

/// The whole minutes until a moment, rounded up; `None` when it has passed.
pub(super) fn minutes_until(moment: Instant, now: Instant) -> Option<Minutes> {
    (moment > now).then(|| Minutes((moment.0 - now.0 + 59_999_999) / 60_000_000))
}

impl Account {
    /// How long a sign-in must still wait.
    pub(super) fn wait(&self, now: Instant) -> Option<Minutes> {
        minutes_until(Instant(self.locked_until), now)
    }

    /// Whether a one-time code is asked for at sign-in.
    pub fn has_codes(&self) -> bool {
        self.totp_secret.is_some()
    }

    /// Whether a password has been set.
    pub fn has_password(&self) -> bool {
        self.password_hash.is_some()
    }
}

/// Notes a wrong password or code.
pub(super) async fn note_failure(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    let sql = "UPDATE account SET failures = failures + 1 WHERE community_id = $1 AND id = $2 \
               RETURNING failures";
    let values = [tx.community().0.into(), account.0.into()];
    let Some(row) = tx.query_one_raw(statement(tx, sql, values)).await? else {
        return Ok(());
    };
    let failures: i64 = row.try_get("", "failures")?;
    let wait = wait_after(failures);
    if wait > Minutes(0) {
        let sql = "UPDATE account SET locked_until = $1 WHERE community_id = $2 AND id = $3";
        let values = [
            tx.now.plus(wait).0.into(),
            tx.community().0.into(),
            account.0.into(),
        ];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    tx.emit(&SignInFailed { account, failures });
    Ok(())
}

/// Forgets the failures, unless others made the account wait meanwhile. Returns whether one may
/// go on.
pub(super) async fn forget_failures(tx: &Tx, account: AccountId) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET failures = 0, locked_until = 0 WHERE community_id = $1 \
               AND id = $2 AND locked_until <= $3 AND disabled_at IS NULL";
    let values = [tx.community().0.into(), account.0.into(), tx.now.0.into()];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// Sets a password, of which only the hash comes here.
pub(super) async fn set_password(
    tx: &mut Tx,
    account: AccountId,
    hash: String,
) -> Result<(), StoreError> {
    let sql = "UPDATE account SET password_hash = $1, failures = 0, locked_until = 0 \
               WHERE community_id = $2 AND id = $3";
    let values = [hash.into(), tx.community().0.into(), account.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&PasswordSet { account });
    Ok(())
}

/// Switches one-time codes on with a locked secret and the step of the code that confirmed it,
/// or off.
pub(super) async fn switch_codes(
    tx: &mut Tx,
    account: AccountId,
    secret: Option<(Vec<u8>, i64)>,
) -> Result<(), StoreError> {
    let is_on = secret.is_some();
    let (secret, step) = secret.map_or((None, 0), |(secret, step)| (Some(secret), step));
    let sql = "UPDATE account SET totp_secret = $1, totp_last_step = $2 \
               WHERE community_id = $3 AND id = $4";
    let values = [
        secret.into(),
        step.into(),
        tx.community().0.into(),
        account.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&OneTimeCodesSwitched { account, is_on });
    Ok(())
}

/// Uses a code's step up. Returns whether it was unused: each code opens once (RFC 6238, 5.2).
pub(super) async fn use_step(tx: &Tx, account: AccountId, step: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET totp_last_step = $1 WHERE community_id = $2 AND id = $3 \
               AND totp_last_step < $1";
    let values = [step.into(), tx.community().0.into(), account.0.into()];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_from_the_fifth_failure_up_to_half_an_hour() {
        let waits: Vec<i64> = (0..12).map(|failures| wait_after(failures).0).collect();

        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(wait_after(i64::MAX), Minutes(30));
    }

    #[test]
    fn a_started_minute_counts_as_a_whole_one() {
        let now = Instant(0);

        assert_eq!(minutes_until(now.plus_seconds(61), now), Some(Minutes(2)));
        assert_eq!(minutes_until(now.plus_seconds(1), now), Some(Minutes(1)));
        assert_eq!(minutes_until(now, now), None);
    }
}
