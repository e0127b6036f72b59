//! How it went, asked of who raised a matter: one question at a time, on the requester's own page or
//! by the link that the desk sent them.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Instant, RequestId};
use platform::{Message, Page, Posted, Refusal, Visit, door};
use serde::Deserialize;

use super::view::Around;
use crate::actions::{self, Reopening};
use crate::forms::{WORDS_MAX, yes_or_no};
use crate::link::Link;
use crate::matter::Matter;
use crate::model::{Answers, State};
use crate::receipt::{self, Proven};
use crate::store;
use crate::whistle::{Whistle, WhistleState};

/// A question with its two answers; all but the name are message ids.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Its field.
    pub name: &'static str,
    pub words: &'static str,
    /// What it is for.
    pub hint: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    /// Whether "no" opens the matter again, and is asked what is still wrong.
    pub is_no_explained: bool,
}

const RESOLVED: Question = Question {
    name: "resolved",
    words: "requests-ask-resolved",
    hint: "requests-ask-resolved-hint",
    yes: "requests-resolved-yes",
    no: "requests-resolved-no",
    is_no_explained: true,
};

const UNDERSTOOD: Question = Question {
    name: "understood",
    words: "requests-ask-understood",
    hint: "requests-ask-understood-hint",
    yes: "requests-understood-yes",
    no: "requests-understood-no",
    is_no_explained: false,
};

const SATISFIED: Question = Question {
    name: "satisfied",
    words: "requests-ask-satisfied",
    hint: "requests-ask-satisfied-hint",
    yes: "requests-satisfied-yes",
    no: "requests-satisfied-no",
    is_no_explained: false,
};

/// What a follower is asked.
pub const RESOLVED_TOO: Question = Question {
    name: "resolved",
    words: "requests-ask-follower",
    hint: "requests-ask-follower-hint",
    yes: "requests-resolved-yes",
    no: "requests-resolved-no",
    is_no_explained: false,
};

/// Whether the caller of a whistle is to look at the result before anybody is asked.
pub fn is_being_looked_at(matter: &Matter, open: Option<&Whistle>) -> bool {
    let is_called = matter.of_this_round().any(|part| part.call.is_official());
    is_called && open.is_some_and(|whistle| whistle.state != WhistleState::Verified)
}

/// The next question to the requester: whether it is solved, or of what could not be done whether
/// the reasons were understood; then whether they are satisfied.
pub fn question(matter: &Matter, open: Option<&Whistle>) -> Option<Question> {
    let request = &matter.request;
    let is_asked = matches!(
        request.state,
        State::Answered | State::Explained | State::CalledBack
    );
    if !is_asked || is_being_looked_at(matter, open) {
        return None;
    }
    let first = request
        .answers_now()
        .and_then(|answers| answers.is_resolved.or(answers.is_understood));
    let satisfied = request
        .answers_now()
        .and_then(|answers| answers.is_satisfied);
    match (first, satisfied) {
        (None, _) if matter.is_explained() => Some(UNDERSTOOD),
        (None, _) => Some(RESOLVED),
        (Some(_), None) => Some(SATISFIED),
        (Some(_), Some(_)) => None,
    }
}

/// One answer of the requester.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawConfirm {
    resolved: String,
    understood: String,
    satisfied: String,
    words: String,
}

impl RawConfirm {
    /// What is still wrong.
    pub fn said(&self) -> String {
        self.words.trim().chars().take(WORDS_MAX).collect()
    }

    /// Whether it is resolved.
    ///
    /// # Errors
    /// When neither answer was chosen.
    pub fn resolved(&self) -> Result<bool, Refusal> {
        yes_or_no(&self.resolved).ok_or_else(no_answer)
    }
}

fn no_answer() -> Refusal {
    Refusal::Invalid(Message::of("requests-error-choose-answer"))
}

async fn answer(
    visit: &Visit,
    matter: Proven,
    form: &RawConfirm,
    back: &str,
) -> Result<Response, Refusal> {
    let answers = Answers {
        is_understood: yes_or_no(&form.understood),
        ..Answers::new(true, yes_or_no(&form.resolved), yes_or_no(&form.satisfied))
    };
    if answers == Answers::new(true, None, None) {
        return Err(no_answer());
    }
    let mut tx = visit.begin().await?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    let still_wrong = Reopening(form.said());
    let after = actions::confirm(&mut tx, matter, answers, &still_wrong, &on_duty).await?;
    tx.commit().await?;
    let said = match after.request.state {
        State::Triaged => "requests-said-reopened",
        State::Closed => "requests-said-thanks",
        _ => "requests-said-one-more",
    };
    Ok(visit.go_on(back, said))
}

/// The matter of a number, when its requester is asking.
pub async fn proven(visit: &Visit, headers: &HeaderMap, number: &str) -> Result<Proven, Refusal> {
    let matter = store::by_number(&visit.reader(), visit.community().id, number)
        .await?
        .ok_or(Refusal::NotFound)?;
    receipt::recognise(visit, headers, matter).ok_or(Refusal::NotFound)
}

/// The requester says how it went, on their own page.
pub async fn confirm(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
    Posted(form): Posted<RawConfirm>,
) -> Result<Response, Refusal> {
    let matter = proven(&visit, &headers, &number).await?;
    answer(&visit, matter, &form, &format!("/track/{number}")).await
}

#[derive(Template)]
#[template(path = "requests/asked.html")]
struct AskedPage {
    page: Page,
    token: String,
    number: String,
    title: String,
    category: String,
    received_at: Instant,
    /// What the requester was last told.
    told: String,
    question: Option<Question>,
    is_being_looked_at: bool,
}

impl AskedPage {
    fn action(&self) -> String {
        format!("/asked/{}", self.token)
    }
}

#[derive(Template)]
#[template(path = "requests/asked_gone.html")]
struct GonePage {
    page: Page,
}

/// The matter behind a link that holds.
async fn linked(visit: &Visit, token: &str) -> Result<Option<Proven>, Refusal> {
    let Some(link) = Link::parse(token) else {
        return Ok(None);
    };
    let community = visit.community().id;
    let matter = store::by_id(&visit.reader(), community, RequestId(link.id)).await?;
    Ok(matter.and_then(|matter| receipt::recognise_link(visit, &link, matter)))
}

fn gone(visit: &Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("requests-asked-title"));
    let mut response = Page::show(&GonePage { page })?;
    *response.status_mut() = StatusCode::GONE;
    Ok(response.into_response())
}

/// The next question, by the link.
pub async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    let Some(proven) = linked(&visit, &token).await? else {
        return gone(&visit);
    };
    let community = visit.community().id;
    let number = &proven.as_inner().number;
    let dossier = store::with_notes(&visit.reader(), community, number, None)
        .await?
        .ok_or(Refusal::NotFound)?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-asked-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let open = dossier.whistle.as_ref();
    let request = &dossier.matter.request;
    let told = dossier.notes.iter().filter(|note| note.is_told);
    Page::show(&AskedPage {
        number: request.number.clone(),
        title: request.title.clone(),
        category: around.category(request.category),
        received_at: request.received_at,
        told: told
            .max_by_key(|note| note.at)
            .map_or_else(String::new, |note| note.words.clone()),
        question: question(&dossier.matter, open),
        is_being_looked_at: is_being_looked_at(&dossier.matter, open),
        token,
        page,
    })
}

/// One answer, by the link.
pub async fn say(
    visit: Visit,
    Path(token): Path<String>,
    Posted(form): Posted<RawConfirm>,
) -> Result<Response, Refusal> {
    let Some(proven) = linked(&visit, &token).await? else {
        return gone(&visit);
    };
    answer(&visit, proven, &form, &format!("/asked/{token}")).await
}
