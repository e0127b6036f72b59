//! The requester's own page: progress for everyone when published, all that was told for who has
//! the code, and their word on how it went.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use platform::{Message, Page, Posted, Refusal, Visit, door, record};
use serde::Deserialize;

use super::asked::{self, Question, RawConfirm};
use super::clocks::{self, Told};
use super::view::{self, Around, Entry, LineView, Reader, Step};
use crate::actions::{self, Reopening};
use crate::dispatch::Role;
use crate::forms::encoded;
use crate::model::{self, State};
use crate::receipt;
use crate::store::{self, Contacts, Dossier, Follower, Joins, KIND};
use crate::{error::Error, policy, words};

/// Number and code as they were typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawTrack {
    number: String,
    code: String,
}

#[derive(Template)]
#[template(path = "requests/track.html")]
struct TrackPage {
    page: Page,
    number: String,
    /// What is wrong with number or code.
    wrong: Option<Message>,
    /// Whether the number is known and only the code is missing.
    asks_code: bool,
}

/// The form for number and code.
pub async fn form(visit: Visit, Query(typed): Query<RawTrack>) -> Result<Response, Refusal> {
    let number = tidy(&visit, &typed.number);
    if !number.is_empty() {
        return Ok(Redirect::to(&format!("/track/{}", encoded(&number))).into_response());
    }
    let page = visit.page(Message::of("requests-track-title"));
    Page::show(&TrackPage {
        page,
        number,
        wrong: None,
        asks_code: false,
    })
}

/// `qs 2026 1187` is what people type for `QS-2026-001187`.
fn tidy(visit: &Visit, number: &str) -> String {
    let joined = number
        .trim()
        .to_ascii_uppercase()
        .replace([' ', '—', '–', '－'], "-");
    let filter = store::Filter {
        words: joined.clone(),
        ..store::Filter::default()
    };
    let known = filter.numbers(visit.now()).into_iter().next();
    known.unwrap_or(joined)
}

/// Opens the requester's page with the code.
pub async fn show_code(visit: Visit, Posted(typed): Posted<RawTrack>) -> Result<Response, Refusal> {
    // Six letters are guessed by trying; so one may not try often.
    if !visit
        .house()
        .throttle()
        .lets_sign_in(visit.address(), visit.now())
    {
        return Err(Refusal::TooMany(20));
    }
    let number = tidy(&visit, &typed.number);
    let request = store::by_number(&visit.reader(), visit.community().id, &number).await?;
    let is_right =
        request.is_some_and(|matter| receipt::is_code(&visit, &matter.request, &typed.code));
    if is_right {
        let cookie = AppendHeaders([(header::SET_COOKIE, receipt::track_cookie(&visit, &number))]);
        return Ok((
            cookie,
            Redirect::to(&format!("/track/{}", encoded(&number))),
        )
            .into_response());
    }
    let print = receipt::print_of(&visit, &typed.code);
    let follower =
        store::follower_by_code(&visit.reader(), visit.community().id, &number, &print).await?;
    if let Some(follower) = follower {
        let cookie = receipt::follow_cookie(&visit, follower.id);
        let to = Redirect::to(&format!("/track/{}", encoded(&number)));
        return Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), to).into_response());
    }
    let page = visit.page(Message::of("requests-track-title"));
    let wrong = Some(Message::of("requests-track-wrong"));
    let mut response = Page::show(&TrackPage {
        page,
        number,
        wrong,
        asks_code: true,
    })?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

#[derive(Template)]
#[template(path = "requests/progress.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
struct ProgressPage {
    page: Page,
    line: LineView,
    body: String,
    steps: Vec<Step>,
    entries: Vec<Entry>,
    awaited: Option<&'static str>,
    /// How its clock stands.
    clock: String,
    is_due: bool,
    /// Whether the requester is reading.
    is_own: bool,
    /// What the reader is asked now.
    question: Option<Question>,
    /// Whether somebody looks at the result before they are asked.
    is_being_looked_at: bool,
    may_reopen: bool,
    photos: Vec<String>,
    /// Pictures of the lead's work, by part: for the requester.
    work: Vec<(String, Vec<String>)>,
    /// Whether a follower is reading.
    is_follower: bool,
    /// Whether that follower has the matter only because their own was joined to it.
    is_joined: bool,
    joins: Joins,
}

impl ProgressPage {
    /// Where the answer goes.
    fn action(&self) -> String {
        let act = if self.is_own { "confirm" } else { "answer" };
        format!("/track/{}/{act}", self.line.number)
    }
}

/// How it goes.
pub async fn progress(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let asker = visit.actor().account;
    let Some(dossier) = store::with_notes(&reader, community, &number, asker).await? else {
        return ask_code(&visit, number);
    };
    let request = &dossier.matter.request;
    let is_own = receipt::is_requester(&visit, &headers, request);
    let follower = if is_own {
        None
    } else {
        receipt::recognise_follower(&visit, &headers, request).await?
    };
    let is_public = visit.covers(policy::SEE, &request.public_facts());
    if !is_own && follower.is_none() && !is_public {
        return ask_code(&visit, number);
    }
    let joins = if dossier.is_followed {
        store::joins(&reader, community, request.id, Contacts::Left).await?
    } else {
        Joins::default()
    };
    let events =
        record::timeline_with_names(&reader, community, KIND, dossier.matter.request.id.0, 100)
            .await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-progress-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let who = if is_own {
        Reader::Requester
    } else if follower.is_some() {
        Reader::Follower
    } else {
        Reader::Public
    };
    let request = &dossier.matter.request;
    let is_handled = dossier.is_handled_by_asker || (asker.is_some() && request.assignee == asker);
    // Who follows a matter that is not public hears how it goes, not what another wrote.
    let is_veiled = !is_own && !is_public;
    let template = ProgressPage {
        line: if is_veiled {
            veiled(line_of(&around, &dossier))
        } else {
            line_of(&around, &dossier)
        },
        body: if is_veiled {
            String::new()
        } else {
            request.body.clone()
        },
        steps: view::steps(&page, request.state.stage()),
        entries: view::timeline(&around, &dossier, &events, who),
        awaited: view::awaited(request.state),
        clock: clocks::sentence(
            &page,
            &clocks::of_matter(&dossier.matter),
            &visit.calendar(),
            if is_own {
                Told::Requester
            } else {
                Told::Others
            },
        ),
        is_due: request.state.is_due(),
        is_own,
        question: if is_own && !is_handled {
            asked::question(&dossier.matter, dossier.whistle.as_ref())
        } else {
            follower
                .as_ref()
                .and_then(|follower| asked_too(&dossier, follower))
        },
        is_being_looked_at: (is_own || follower.is_some())
            && matches!(request.state, State::Answered | State::Explained)
            && asked::is_being_looked_at(&dossier.matter, dossier.whistle.as_ref()),
        may_reopen: is_own
            && request.state == State::Closed
            && model::may_reopen(request.is_reopened, request.closed_at, visit.now()),
        photos: if is_veiled {
            Vec::new()
        } else {
            request.photos.iter().map(ToString::to_string).collect()
        },
        work: if is_own { work(&dossier) } else { Vec::new() },
        is_follower: follower.is_some(),
        is_joined: follower.is_some_and(|follower| follower.joined.is_some()),
        joins,
        page,
    };
    Page::show(&template)
}

/// What somebody who follows it is asked: once, when it was answered and looked at.
fn asked_too(dossier: &Dossier, follower: &Follower) -> Option<Question> {
    let is_looked_at = asked::is_being_looked_at(&dossier.matter, dossier.whistle.as_ref());
    let is_asked = dossier.matter.asks_whether_resolved() && !is_looked_at;
    (is_asked && follower.is_resolved != Some(true)).then_some(asked::RESOLVED_TOO)
}

/// A follower says whether it is resolved for them too.
pub async fn answer_too(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
    Posted(form): Posted<RawConfirm>,
) -> Result<Response, Refusal> {
    let is_resolved = form.resolved()?;
    let mut tx = visit.begin().await?;
    let matter = store::by_number(&tx, tx.community(), &number)
        .await?
        .ok_or(Refusal::NotFound)?;
    let follower = receipt::recognise_follower(&visit, &headers, &matter.request)
        .await?
        .ok_or(Refusal::NotFound)?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    actions::answer_too(&mut tx, follower, &matter, is_resolved, &on_duty).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/track/{number}"), "requests-said-follower"))
}

/// The pictures of the leads' work with the address below which they lie.
fn work(dossier: &Dossier) -> Vec<(String, Vec<String>)> {
    let matter = &dossier.matter;
    let leads = matter
        .dispatches
        .iter()
        .filter(|part| part.role == Role::Lead && part.state.is_over() && !part.photos.is_empty());
    leads
        .map(|part| {
            let base = format!(
                "/requests/{}/parts/{}/photos",
                matter.request.number, part.id
            );
            (base, part.photos.iter().map(ToString::to_string).collect())
        })
        .collect()
}

/// The line without what its requester wrote: its kind stands for the title.
fn veiled(line: LineView) -> LineView {
    LineView {
        title: line.category.clone(),
        place: String::new(),
        ..line
    }
}

/// The same page whether there is no such number or it is not for everyone.
fn ask_code(visit: &Visit, number: String) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("requests-track-title"));
    Page::show(&TrackPage {
        page,
        number,
        wrong: None,
        asks_code: true,
    })
}

fn line_of(around: &Around<'_>, dossier: &Dossier) -> LineView {
    let request = &dossier.matter.request;
    let page = around.page;
    LineView {
        number: request.number.clone(),
        title: request.title.clone(),
        place: request.place.clone(),
        channel: page.t(words::channel(request.channel)),
        category: around.category(request.category),
        area: around.area(request.micro_grid.or(request.grid)),
        area_code: String::new(),
        handler: around.lead(
            request.handler.filter(|_| !request.state.is_unassigned()),
            // The worker of a grid is known to everyone (rule R23), who repairs for a party is not.
            dossier
                .assignee
                .as_deref()
                .filter(|_| request.handler.is_none()),
        ),
        state: page.t(request
            .exit
            .map_or_else(|| words::state(request.state), words::exit)),
        tone: request.state.tone(),
        left: String::new(),
        received_at: request.received_at,
        pin: String::new(),
        stage: request.state.stage(),
    }
}

/// The requester says that it is not solved.
pub async fn reopen(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
    Posted(form): Posted<RawConfirm>,
) -> Result<Response, Refusal> {
    let request = asked::proven(&visit, &headers, &number).await?;
    let still_wrong = form.said();
    if request.as_inner().state != State::Closed {
        return Err(Error::NotNow.into());
    }
    let mut tx = visit.begin().await?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    actions::reopen(&mut tx, request, &Reopening(still_wrong), &on_duty).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/track/{number}"), "requests-said-reopened"))
}
