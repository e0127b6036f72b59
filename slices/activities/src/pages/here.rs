//! Whoever comes: by the code that the organiser shows, or by showing their own.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::Minutes;
use platform::door::Qr;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::door::done;
use super::list::reach;
use super::{readable_date, view};
use crate::actions;
use crate::codes;
use crate::error::Error;
use crate::forms::RawScan;
use crate::model::{DateState, Direction, Entry, SignUpState};
use crate::policy::{self, ForPeople};
use crate::store::{self, Wanted};

/// What the code of the door says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawCode {
    code: String,
}

#[derive(Template)]
#[template(path = "activities/here.html")]
struct HerePage {
    page: Page,
    title: String,
    place: String,
    when: String,
    id: String,
    activity: String,
    pass: String,
    step: Step,
}

/// What is said to whoever opened the code of the door.
enum Step {
    /// Scan again.
    OldCode,
    /// Come to the desk once.
    NotInRegister,
    /// Sign up first.
    NotSignedUp,
    /// Come in.
    Come,
    /// They are in, and may go.
    Go,
    /// They have left.
    Left,
}

/// `GET /activities/occurrences/{id}/here?code=`: what the code of the door opens.
pub async fn here(
    visit: Visit,
    Path(id): Path<String>,
    Query(raw): Query<RawCode>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (date, activity) =
        readable_date(&visit, &reader, &id, &[policy::SEE, policy::LEAD]).await?;
    let vault = visit.house().vault();
    let is_good = codes::is_at_door(vault, date.id, &raw.code, visit.now());
    let community = visit.community().id;
    let person = visit.actor().person;
    let people: Vec<kernel::PersonId> = person.into_iter().collect();
    let sign_ups = store::live_of(&reader, community, &[date.id], &people).await?;
    let present = store::present_at(&reader, community, date.id).await?;
    let entry = present
        .iter()
        .find(|one| person.is_some() && one.person == person);
    let has_place = sign_ups
        .iter()
        .any(|one| one.state == SignUpState::SignedUp);
    let pass = visit
        .actor()
        .account
        .map(|account| codes::pass(vault, date.id, account, visit.now()))
        .filter(|_| is_good);
    let page = visit.page(Message::of("activities-here-title"));
    Page::show(&HerePage {
        when: view::when(&page, date.starts_at, date.ends_at),
        id: date.id.to_string(),
        activity: activity.id.to_string(),
        title: activity.title,
        place: activity.place,
        pass: pass.unwrap_or_default(),
        step: match (is_good, person, entry.map(|one| one.state)) {
            (false, _, _) => Step::OldCode,
            (true, None, _) => Step::NotInRegister,
            (true, Some(_), Some(Entry::In)) => Step::Go,
            (true, Some(_), Some(_)) => Step::Left,
            (true, Some(_), None) if has_place => Step::Come,
            (true, Some(_), None) => Step::NotSignedUp,
        },
        page,
    })
}

/// `POST /activities/occurrences/{id}/here`.
pub async fn come_or_go(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawScan>,
) -> Result<Response, Refusal> {
    let direction = Direction::from_word(&form.direction).ok_or(Refusal::NotFound)?;
    let person = visit.actor().person.ok_or(Error::NotInRegister)?;
    let mut tx = visit.begin().await?;
    let (date, activity) = readable_date(&visit, &tx, &id, &[policy::SEE, policy::LEAD]).await?;
    let for_oneself = ForPeople {
        community: visit.community().id,
        asker: Some(person),
        people: vec![person],
        family: Vec::new(),
    };
    let allowed = visit.check(policy::ATTEND, for_oneself)?;
    let way = (form.code.as_str(), direction);
    actions::come_or_go(&mut tx, allowed, activity, date.id, way).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/activities", done(direction)))
}

#[derive(Template)]
#[template(path = "activities/code.html")]
struct OwnCodePage {
    page: Page,
    qr: Option<Qr>,
    code: String,
    day: String,
}

/// `GET /me/code`: one's own code of today.
pub async fn own_code(visit: Visit) -> Result<Response, Refusal> {
    let today = visit.now().in_zone(visit.zone()).date();
    let vault = visit.house().vault();
    let code = visit
        .actor()
        .person
        .map(|person| codes::own_code(vault, visit.community().id, person, today));
    let base = &visit.house().config().base_url;
    let link = code
        .as_ref()
        .map(|code| format!("{base}/activities/code/{code}"));
    let qr = link.map(|link| Qr::of(&link)).transpose();
    let page = visit.page(Message::of("activities-code-title"));
    Page::show(&OwnCodePage {
        qr: qr.map_err(Refusal::Fault)?,
        code: code.unwrap_or_default(),
        day: view::day(&page, visit.now()),
        page,
    })
}

struct OpenDate {
    id: String,
    title: String,
    when: String,
}

#[derive(Template)]
#[template(path = "activities/shown.html")]
struct ShownPage {
    page: Page,
    name: String,
    code: String,
    dates: Vec<OpenDate>,
}

/// `GET /activities/code/{token}`: an organiser has read somebody's own code.
pub async fn shown(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    let today = visit.now().in_zone(visit.zone()).date();
    let community = visit.community().id;
    let reader = visit.reader();
    let wanted = Wanted {
        reach: reach(&visit, policy::LEAD),
        kind: None,
        area: None,
        from: visit.now().plus(Minutes::hours(-3)),
        until: Some(visit.now().plus(Minutes::hours(2))),
        limit: 20,
    };
    let dates = store::public_list(&reader, &wanted).await?;
    let vault = visit.house().vault();
    let person = codes::named_by(vault, community, &token, today).ok_or(Refusal::NotFound)?;
    let page = visit.page(Message::of("activities-shown-title"));
    let is_on = |line: &&store::Line| line.state == DateState::Planned;
    let dates: Vec<OpenDate> = dates
        .iter()
        .filter(is_on)
        .map(|line| OpenDate {
            id: line.occurrence.to_string(),
            title: line.title.clone(),
            when: view::when(&page, line.starts_at, line.ends_at),
        })
        .collect();
    // Whom a code names is told to those only who are at a door now, and to the person.
    if dates.is_empty() && visit.actor().person != Some(person) {
        return Err(Refusal::NotFound);
    }
    let names = people::names(&reader, community, &[person]).await?;
    Page::show(&ShownPage {
        name: names.get(&person).cloned().ok_or(Refusal::NotFound)?,
        code: token,
        dates,
        page,
    })
}
