//! Links by which one sets a password: an invitation for seven days, a reset for one. The link
//! carries a random token, the table its hash; it opens once, and a new one ends the old ones.

use kernel::events::LinkIssued;
use kernel::{AccountId, Actor, CommunityId, DutyKind, Instant, Minutes};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::account::{NewAccount, open_account};
use super::duty::{NewDuty, take_up};
use super::session::new_token;
use super::{Account, by_id};
use crate::db::{StoreError, statement};
use crate::locale::{Locale, Message};
use crate::mail::{self, Mail};
use crate::vault::token_hash;
use crate::web::hex;
use crate::{House, Tx};

/// Why a link is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// The first password of a new account.
    Invitation,
    /// A new password for a forgotten one.
    Reset,
}

impl LinkPurpose {
    /// For an account that has a password, a reset; otherwise an invitation.
    pub fn suiting(account: &Account) -> Self {
        if account.has_password() {
            Self::Reset
        } else {
            Self::Invitation
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// For how long the link opens.
    pub const fn days(self) -> i64 {
        match self {
            Self::Invitation => 7,
            Self::Reset => 1,
        }
    }
}

/// A link that was handed out. It is shown once.
#[derive(Clone, Debug)]
pub struct Link {
    /// `https://linli.example.cn/door/…`.
    pub url: String,
    /// Until when it opens.
    pub ends: Instant,
}

/// Hands out a link, and sends it by mail to whoever has an address.
pub(super) async fn issue(
    tx: &mut Tx,
    account: AccountId,
    email: Option<&str>,
    purpose: LinkPurpose,
) -> Result<Link, StoreError> {
    let sql = "DELETE FROM door_link WHERE community_id = $1 AND account_id = $2";
    let values = [tx.community().0.into(), account.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;

    let token = new_token(tx.community(), tx.house().chance().bytes());
    let ends = tx.now.plus(Minutes::days(purpose.days()));
    let sql = "INSERT INTO door_link (community_id, token_hash, account_id, purpose, ends_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let values = [
        tx.community().0.into(),
        token_hash(&token).into(),
        account.0.into(),
        purpose.word().into(),
        ends.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&LinkIssued {
        account,
        purpose: purpose.word().to_owned(),
    });

    let url = format!("{}/door/{}", tx.house().config().base_url, hex(&token));
    if let Some(to) = email {
        let letter = letter(tx.house(), to, &url, purpose);
        mail::post(tx, &letter);
    }
    Ok(Link { url, ends })
}

/// One letter in both languages: an account has no language of its own.
fn letter(house: &House, to: &str, url: &str, purpose: LinkPurpose) -> Mail {
    let say = |message: Message| {
        [Locale::ZhCn, Locale::En].map(|locale| house.locales().say(locale, &message))
    };
    let subject = say(Message::of("door-mail-subject"));
    let body = say(Message::of("door-mail-body").with("days", purpose.days()));
    Mail {
        to: to.to_owned(),
        subject: subject.join(" · "),
        body: format!("{}\n{}\n\n{url}\n", body[0], body[1]),
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    account_id: Uuid,
}

/// The account for which a link opens now.
pub(super) async fn account_behind<C: ConnectionTrait>(
    on: &C,
    token: &[u8],
    now: Instant,
) -> Result<Option<Account>, StoreError> {
    let Some(community) = community_of(token) else {
        return Ok(None);
    };
    let sql = "SELECT account_id FROM door_link WHERE community_id = $1 AND token_hash = $2 \
               AND ends_at > $3";
    let values = [community.0.into(), token_hash(token).into(), now.0.into()];
    let Some(row) = Row::find_by_statement(statement(on, sql, values))
        .one(on)
        .await?
    else {
        return Ok(None);
    };
    let account = by_id(on, community, row.account_id.into()).await?;
    Ok(account.filter(|account| !account.is_disabled))
}

/// Uses a link up. Returns whether it still opened.
pub(super) async fn use_up(tx: &Tx, token: &[u8]) -> Result<bool, StoreError> {
    let sql = "DELETE FROM door_link WHERE community_id = $1 AND token_hash = $2 AND ends_at > $3";
    let values = [
        tx.community().0.into(),
        token_hash(token).into(),
        tx.now.0.into(),
    ];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

fn community_of(token: &[u8]) -> Option<CommunityId> {
    token
        .get(..16)
        .and_then(|id| Uuid::from_slice(id).ok())
        .map(Into::into)
}

/// Opens the first administrator's account and hands out its link; the operator's command calls
/// it, because there is nobody yet who could. Also helps where the last administrator has gone.
///
/// # Errors
/// A duplicate (see [`StoreError::is_duplicate`]) when the name is taken.
pub async fn first_administrator(
    house: &House,
    community: CommunityId,
    sign_in_name: &str,
    display_name: &str,
) -> Result<Link, StoreError> {
    let mut tx = house.begin(&Actor::visitor(community)).await?;
    let new = NewAccount {
        sign_in_name: sign_in_name.to_owned(),
        display_name: display_name.to_owned(),
        email: None,
        person: None,
    };
    let account = open_account(&mut tx, &new).await?;
    let duty = NewDuty {
        account,
        kind: DutyKind::Administrator,
        area: None,
        handler: None,
    };
    take_up(&mut tx, &duty).await?;
    let link = issue(&mut tx, account, None, LinkPurpose::Invitation).await?;
    tx.commit().await?;
    Ok(link)
}
