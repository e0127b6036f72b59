//! Calendars for other programs (iCalendar, RFC 5545): what is announced, for everyone or for a grid;
//! and one's own, at a secret address that can be made anew.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::events::CalendarLinkRenewed;
use kernel::{AreaId, Minutes};
use platform::vault::is_same;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::list::reach;
use crate::codes;
use crate::forms::RawCall;
use crate::ics::{Calendar, Entry};
use crate::policy;
use crate::store::{self, FEED_MOST, FeedLine, Line, Wanted};

/// How far back a calendar reaches.
const BACK: Minutes = Minutes::days(31);

/// `GET /activities.ics`.
pub async fn public(visit: Visit) -> Result<Response, Refusal> {
    announced(&visit, None, visit.community().name.clone()).await
}

/// `GET /activities/grids/{area}.ics`: what is for this grid, or for all.
pub async fn grid(visit: Visit, Path(file): Path<String>) -> Result<Response, Refusal> {
    let id = file.strip_suffix(".ics").unwrap_or(&file);
    let area: AreaId = id.parse().map_err(|_| Refusal::NotFound)?;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let name = atlas.name(area).ok_or(Refusal::NotFound)?;
    let name = format!("{} {name}", visit.community().name);
    announced(&visit, Some(area), name).await
}

async fn announced(visit: &Visit, area: Option<AreaId>, name: String) -> Result<Response, Refusal> {
    let wanted = Wanted {
        reach: reach(visit, policy::SEE),
        kind: None,
        area,
        from: visit.now().plus(Minutes(-BACK.0)),
        until: None,
        limit: FEED_MOST,
    };
    let lines = store::public_list(&visit.reader(), &wanted).await?;
    let entries = lines.into_iter().map(of_line).collect();
    Ok(answer(visit, name, entries))
}

fn of_line(line: Line) -> FeedLine {
    FeedLine {
        occurrence: line.occurrence,
        activity: line.activity,
        title: line.title,
        about: line.about,
        place: line.place,
        starts_at: line.starts_at,
        ends_at: line.ends_at,
        state: line.state,
        version: line.version,
    }
}

fn answer(visit: &Visit, name: String, lines: Vec<FeedLine>) -> Response {
    let base = &visit.house().config().base_url;
    let calendar = Calendar {
        name,
        made_at: visit.now(),
        entries: lines
            .into_iter()
            .map(|line| Entry {
                link: format!("{base}/activities/{}", line.activity),
                line,
            })
            .collect(),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "inline; filename=\"activities.ics\"",
        ),
    ];
    (headers, calendar.to_string()).into_response()
}

/// `GET /me/activities/feed/{token}`: one's own, for whoever holds the address. What was made anew
/// opens nothing under the old address.
pub async fn own(visit: Visit, Path(file): Path<String>) -> Result<Response, Refusal> {
    let token = file.strip_suffix(".ics").unwrap_or(&file);
    let account = codes::account_in(token).ok_or(Refusal::NotFound)?;
    let community = visit.community().id;
    let reader = visit.reader();
    let number = store::link_number(&reader, community, account).await?;
    let vault = visit.house().vault();
    let right = number.map(|number| codes::calendar_token(vault, community, account, number));
    let is_right = right.is_some_and(|right| is_same(right.as_bytes(), token.as_bytes()));
    if !is_right {
        return Err(Refusal::NotFound);
    }
    let from = visit.now().plus(Minutes(-BACK.0));
    let lines = store::taken_by(&reader, community, account, from).await?;
    let said = Message::of("activities-mine-title");
    let name = visit.house().locales().say(visit.locale(), &said);
    Ok(answer(&visit, name, lines))
}

#[derive(Template)]
#[template(path = "activities/calendar.html")]
struct CalendarPage {
    page: Page,
    own: Option<String>,
    public: String,
}

/// `GET /me/activities/calendar`.
pub async fn link(visit: Visit) -> Result<Response, Refusal> {
    let account = visit.actor().account.ok_or(Refusal::SignInFirst)?;
    let community = visit.community().id;
    let number = store::link_number(&visit.reader(), community, account).await?;
    let base = &visit.house().config().base_url;
    let vault = visit.house().vault();
    let own = number.map(|number| {
        let token = codes::calendar_token(vault, community, account, number);
        format!("{base}/me/activities/feed/{token}.ics")
    });
    Page::show(&CalendarPage {
        own,
        public: format!("{base}/activities.ics"),
        page: visit.page(Message::of("activities-calendar-title")),
    })
}

/// `POST /me/activities/calendar`: makes the address, or makes it anew.
pub async fn renew(visit: Visit, Posted(_): Posted<RawCall>) -> Result<Response, Refusal> {
    let own = policy::own_account(visit.community().id, visit.actor().account);
    visit.check(policy::TAKE_PART, own)?;
    let account = visit.actor().account.ok_or(Refusal::SignInFirst)?;
    let mut tx = visit.begin().await?;
    store::renew_link(&tx, account).await?;
    tx.emit(&CalendarLinkRenewed { account });
    tx.commit().await?;
    Ok(visit.go_on("/me/activities/calendar", "activities-done-calendar"))
}
