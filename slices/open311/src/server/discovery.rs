//! GET discovery: where we are and how to get a key.

use axum::extract::RawQuery;
use axum::response::Response;
use georeport::{Discovery, Endpoint, EndpointKind, Format, SPECIFICATION};
use platform::community::SERVICE_PHONE;
use platform::{Message, Visit};

use super::BASE;
use crate::answer::{Trouble, tell};
use crate::ask::{Call, pairs_of};

/// When this description last changed.
const CHANGESET: &str = "2026-11-25T00:00:00Z";

pub async fn show(visit: Visit, RawQuery(query): RawQuery) -> Response {
    tell(&visit, discovery(&visit, query.as_deref()).await)
}

async fn discovery(visit: &Visit, query: Option<&str>) -> Result<Discovery, Trouble> {
    let call = Call::of(visit, &pairs_of(query)?).await?;
    let house = visit.house();
    let say = |message: &Message| house.locales().say(visit.locale(), message);
    let phone = call.community.setting(SERVICE_PHONE, "");
    let contact = Message::of("open311-discovery-contact")
        .with("community", &call.community.name)
        .with("phone", phone);
    let kind = if house.config().is_demo {
        EndpointKind::Test
    } else {
        EndpointKind::Production
    };
    Ok(Discovery {
        changeset: Some(CHANGESET.to_owned()),
        contact: Some(say(&contact)),
        key_service: Some(say(&Message::of("open311-discovery-key"))),
        endpoints: vec![Endpoint {
            specification: SPECIFICATION.to_owned(),
            url: format!("{}{BASE}", house.config().base_url.trim_end_matches('/')),
            changeset: Some(CHANGESET.to_owned()),
            kind,
            formats: Format::ALL
                .iter()
                .map(|format| bare(format.content_type()).to_owned())
                .collect(),
        }],
    })
}

/// `text/xml` of `text/xml; charset=utf-8`.
fn bare(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default()
}
