//! Several matters to one handler at once, each judged by itself.

use axum::response::{IntoResponse, Redirect, Response};
use platform::{Message, Page, Posted, Refusal, Visit, door};
use serde::Deserialize;

use crate::actions::{self, To};
use crate::error::Error;
use crate::forms::{RawFilter, encoded};
use crate::policy;
use crate::store::{self, Catalogue, PAGE};

/// Several matters to one handler.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawBulk {
    /// `QS-2026-000001:3`, number and version.
    pick: Vec<String>,
    handler: String,
    /// The filter to come back to.
    query: String,
}

/// Gives several matters to one handler, each judged by itself.
pub async fn dispatch_many(
    visit: Visit,
    Posted(form): Posted<RawBulk>,
) -> Result<Response, Refusal> {
    let community = visit.community().id;
    let to = parse_to(&form.handler)
        .ok_or_else(|| Refusal::Invalid(Message::of("requests-error-choose-handler")))?;
    let picked: Vec<(String, i64)> = form
        .pick
        .iter()
        .take(usize::try_from(PAGE).unwrap_or(50))
        .filter_map(|pick| {
            let (number, version) = pick.split_once(':')?;
            Some((number.to_owned(), version.parse().ok()?))
        })
        .collect();
    if picked.is_empty() {
        return Err(Refusal::Invalid(Message::of(
            "requests-error-choose-requests",
        )));
    }
    let mut tx = visit.begin().await?;
    let catalogue = Catalogue::read(&tx, community).await?;
    let on_duty = door::on_duty(&tx, community, tx.now).await?;
    let calendar = visit.calendar();
    let numbers: Vec<String> = picked.iter().map(|(number, _)| number.clone()).collect();
    let mut sent = 0;
    let mut kept = Vec::new();
    for matter in store::to_change(&tx, &numbers).await? {
        let number = matter.request.number.clone();
        let version = picked
            .iter()
            .find(|(one, _)| *one == number)
            .map_or(0, |(_, version)| *version);
        let done = match actions::check_version(&matter.request, version) {
            Ok(()) => {
                let allowed = visit.check(policy::DISPATCH, matter)?;
                actions::dispatch(&mut tx, allowed, to, &catalogue, &calendar, &on_duty)
                    .await
                    .map(|_| ())
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => sent += 1,
            Err(Error::Store(error)) => return Err(error.into()),
            Err(error) => kept.push(format!("{number}.{}", error.word())),
        }
    }
    // Nothing was written for those that stay; with none given on there is nothing to confirm.
    if sent > 0 {
        tx.commit().await?;
    }
    let query = if form.query.starts_with('?') {
        form.query.clone()
    } else {
        String::new()
    };
    let joint = if query.is_empty() { "?" } else { "&" };
    let to = format!(
        "/requests{query}{joint}sent={sent}&kept={}",
        encoded(&kept.join(","))
    );
    Ok(Redirect::to(&to).into_response())
}

/// To whom: a party's id, or the word of a duty in the area.
pub fn parse_to(raw: &str) -> Option<To> {
    match store::duty_from_word(raw) {
        Some(kind) => Some(To::OnDuty(kind)),
        None => raw.parse().ok().map(To::Handler),
    }
}

/// What the last bulk act did: how many were given on, and which not and why.
pub fn outcome(page: &Page, filter: &RawFilter) -> Vec<String> {
    let Ok(sent) = filter.sent.parse::<i64>() else {
        return Vec::new();
    };
    let kept = filter.kept.split(',').filter_map(|one| {
        let (number, word) = one.split_once('.')?;
        let why = page.msg(&Error::message_of(word)?);
        Some(page.t2("requests-bulk-kept", "number", number, "why", why))
    });
    std::iter::once(page.t1("requests-bulk-sent", "n", sent))
        .chain(kept)
        .collect()
}
