//! Tokens for one's own programs.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Act;
use serde::Deserialize;

use super::account::signed_in;
use super::codes::unkept;
use crate::door::api_token::{self, Made, NewToken};
use crate::locale::Message;
use crate::web::FieldErrors;
use crate::{Page, Posted, Refusal, Visit};

#[derive(Template)]
#[template(path = "door/tokens.html")]
struct TokensPage {
    page: Page,
    errors: FieldErrors,
    /// The secret just made, shown this once.
    fresh: Option<String>,
    tokens: Vec<Made>,
    /// Acts one may choose from: the word, what it means, whether it was chosen.
    acts: Vec<(&'static str, String, bool)>,
    raw: RawToken,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawToken {
    #[serde(default)]
    label: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    act: Vec<String>,
}

impl TokensPage {
    async fn of(visit: &Visit, mine: &[Act], raw: RawToken) -> Result<Self, Refusal> {
        let page = visit.page(Message::of("door-tokens-title"));
        let acts = mine
            .iter()
            .map(|act| {
                (
                    act.0,
                    page.act(act.0),
                    raw.act.iter().any(|word| word == act.0),
                )
            })
            .collect();
        Ok(Self {
            acts,
            errors: FieldErrors::default(),
            fresh: None,
            tokens: api_token::of(&visit.reader(), signed_in(visit)?, visit.now()).await?,
            raw,
            page,
        })
    }

    /// What a token may do, in words.
    fn words(&self, acts: &str) -> String {
        acts.split(' ')
            .map(|act| self.page.act(act))
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

pub(super) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let mine = api_token::acts_of(visit.house().policy(), signed_in(&visit)?);
    let raw = RawToken {
        days: "90".to_owned(),
        ..RawToken::default()
    };
    Page::show(&TokensPage::of(&visit, &mine, raw).await?)
}

pub(super) async fn make(visit: Visit, Posted(raw): Posted<RawToken>) -> Result<Response, Refusal> {
    let signed_in = signed_in(&visit)?;
    let mine = api_token::acts_of(visit.house().policy(), signed_in);
    match NewToken::parse(&raw.label, &raw.days, &raw.act, &mine) {
        Ok(new) => {
            let mut tx = visit.begin().await?;
            let secret = api_token::make(&mut tx, signed_in, &new).await?;
            tx.commit().await?;
            let raw = RawToken {
                days: "90".to_owned(),
                ..RawToken::default()
            };
            let view = TokensPage {
                fresh: Some(secret),
                ..TokensPage::of(&visit, &mine, raw).await?
            };
            Ok(unkept(Page::show(&view)?))
        }
        Err(errors) => {
            let view = TokensPage {
                errors,
                ..TokensPage::of(&visit, &mine, raw).await?
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&view)?).into_response())
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RawRevoked {
    #[serde(default)]
    token: String,
}

pub(super) async fn revoke(
    visit: Visit,
    Posted(raw): Posted<RawRevoked>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    if api_token::revoke(&mut tx, signed_in(&visit)?, &raw.token).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on("/account/tokens", "door-token-revoked"))
}
