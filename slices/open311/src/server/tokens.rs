//! GET tokens: the number behind a token. We give the number at once, so that nobody is handed a
//! token by us; a sender that keeps what it was given as its token is answered all the same.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use georeport::TokenAnswer;
use platform::Visit;

use super::{list, named};
use crate::answer::{Trouble, tell};
use crate::ask::{Call, pairs_of};

pub async fn show(visit: Visit, Path(file): Path<String>, RawQuery(query): RawQuery) -> Response {
    tell(&visit, answer(&visit, &file, query.as_deref()).await)
}

async fn answer(
    visit: &Visit,
    file: &str,
    query: Option<&str>,
) -> Result<Vec<TokenAnswer>, Trouble> {
    let token = named(file)?;
    let call = Call::of(visit, &pairs_of(query)?).await?;
    let shown = list::of_number(&call, token).await?;
    Ok(vec![TokenAnswer {
        service_request_id: Some(shown.number),
        token: token.to_owned(),
    }])
}
