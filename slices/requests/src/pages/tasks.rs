//! A party's own page of its part: for a neighbour and for who is on duty by their account, for an
//! outside party by a signed link. It shows what is asked and where, and nothing of the requester.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::{Actor, DispatchId, Instant, PhotoId};
use platform::access::HasFacts;
use platform::photos::{self, Print};
use platform::web::{Upload, Uploaded};
use platform::{Message, Page, Refusal, Visit};

use super::acts::send;
use super::detail::Again;
use super::parts::{self, PartView};
use super::perform::{act_on_part, check_part, done};
use super::view::Around;
use crate::dispatch::{Grade, PartVerb};
use crate::forms::RawAct;
use crate::link::{self, Link};
use crate::matter::Matter;
use crate::policy::Part;
use crate::store::{self, Note, Party};
use crate::{policy, words};

struct TaskLine {
    id: DispatchId,
    number: String,
    title: String,
    place: String,
    role: &'static str,
    state: &'static str,
    tone: &'static str,
    left: String,
}

#[derive(Template)]
#[template(path = "requests/tasks.html")]
struct TasksPage {
    page: Page,
    tasks: Vec<TaskLine>,
}

/// What lies with the reader.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let tasks = store::tasks_of(&visit.reader(), visit.actor()).await?;
    let page = visit.page(Message::of("requests-tasks-title"));
    let tasks = tasks
        .into_iter()
        .map(|task| {
            let part = &task.dispatch;
            TaskLine {
                id: part.id,
                title: task.told_title().to_owned(),
                number: task.number.clone(),
                place: task.told_place().to_owned(),
                role: words::role(part.role),
                state: words::part_state(part.state),
                tone: part.state.tone(),
                left: part
                    .due_at
                    .filter(|_| part.state.runs())
                    .map(|due_at| super::view::left(&page, due_at))
                    .unwrap_or_default(),
            }
        })
        .collect();
    Page::show(&TasksPage { page, tasks })
}

#[derive(Template)]
#[template(path = "requests/task.html")]
struct TaskPage {
    page: Page,
    number: String,
    title: String,
    body: String,
    place: String,
    category: String,
    received_at: Instant,
    photos: Vec<String>,
    part: PartView,
    notes: Vec<Note>,
    grades: Vec<(&'static str, &'static str)>,
    base: String,
    again: Option<Again>,
    /// Until when the link holds, when one reads by it.
    until: Option<Instant>,
    /// Whether the reader works here and has the whole matter.
    has_matter: bool,
}

impl TaskPage {
    fn photo_base(&self) -> String {
        format!("{}/photos", self.base)
    }
}

/// Whether the requester's own words and pictures are for this party: a neighbour who lends a hand
/// has what is asked of them, and a party from which it was taken has its own part, unless everyone may
/// read the matter anyway.
fn tells_all(part: &Part) -> bool {
    let own = part.dispatch();
    let is_whole = own.party != Party::Person && own.state.counts();
    is_whole || part.matter.request.is_published
}

/// How somebody came to a part.
enum By<'a> {
    Account,
    Link(&'a str, Instant),
}

async fn show(
    visit: &Visit,
    part: &Part,
    actor: &Actor,
    by: By<'_>,
    again: Option<Again>,
) -> Result<TaskPage, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let matter = &part.matter;
    let own = part.dispatch();
    let notes = store::notes_of_part(&reader, community, own.id).await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-task-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let view = parts::one(&around, matter, own, visit, actor);
    let request = &matter.request;
    let is_told = tells_all(part);
    let (base, until) = match by {
        By::Account => (format!("/tasks/{}", own.id), None),
        By::Link(token, until) => (format!("/answer/{token}"), Some(until)),
    };
    Ok(TaskPage {
        number: request.number.clone(),
        title: if is_told {
            request.title.clone()
        } else {
            page.t(match own.party {
                Party::Person => "requests-task-lend",
                Party::Handler(_) | Party::OnDuty(_) => "requests-task-taken",
            })
        },
        body: if is_told {
            request.body.clone()
        } else {
            String::new()
        },
        place: if is_told {
            request.place.clone()
        } else {
            around.area(request.micro_grid.or(request.grid))
        },
        category: around.category(request.category),
        received_at: request.received_at,
        photos: request
            .photos
            .iter()
            .filter(|_| is_told)
            .map(ToString::to_string)
            .collect(),
        part: view,
        notes,
        grades: Grade::ALL
            .iter()
            .map(|grade| (grade.word(), words::grade(*grade)))
            .collect(),
        base,
        until,
        has_matter: visit.covers(policy::READ, &matter.facts()),
        again,
        page,
    })
}

async fn own_part(visit: &Visit, id: &str) -> Result<Part, Refusal> {
    let id: DispatchId = id.parse().map_err(|_| Refusal::NotFound)?;
    let reader = visit.reader();
    let community = visit.community().id;
    let request = store::matter_of_part(&reader, community, id).await?;
    let request = request.ok_or(Refusal::NotFound)?;
    let matter = store::by_id(&reader, community, request).await?;
    let matter = matter.ok_or(Refusal::NotFound)?;
    let place = matter.place_of(id).ok_or(Refusal::NotFound)?;
    Ok(Part { matter, place })
}

/// One's own part.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let part = own_part(&visit, &id).await?;
    if !visit.covers(policy::HANDLE, &part.facts()) {
        return Err(Refusal::NotFound);
    }
    Page::show(&show(&visit, &part, visit.actor(), By::Account, None).await?)
}

/// An act on one's own part.
pub async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Uploaded { form, files }: Uploaded<RawAct>,
) -> Result<Response, Refusal> {
    let part = own_part(&visit, &id).await?;
    let actor = visit.actor().clone();
    if !visit.covers(policy::HANDLE, &part.facts()) {
        return Err(Refusal::NotFound);
    }
    let to = format!("/tasks/{id}");
    match try_act(&visit, &actor, &part, &word, (&form, &files)).await {
        Ok(()) => Ok(visit.go_on(&to, done(&word))),
        Err(refusal) => refused(&visit, &part, &actor, By::Account, (word, form), refusal).await,
    }
}

/// The part behind a link that holds.
async fn linked(visit: &Visit, token: &str) -> Result<(Part, Actor, Instant), Refusal> {
    let gone = || Refusal::Invalid(Message::of("requests-error-link"));
    let link = Link::parse(token).ok_or_else(gone)?;
    let part = own_part(visit, &link.id.to_string())
        .await
        .map_err(|_| gone())?;
    if !link.holds(visit.house(), part.dispatch(), visit.now()) {
        return Err(gone());
    }
    let actor = link::bearer(&part.matter, part.dispatch()).ok_or_else(gone)?;
    Ok((part, actor, link.until))
}

/// A part, by its link.
pub async fn open_link(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    let (part, actor, until) = linked(&visit, &token).await?;
    Page::show(&show(&visit, &part, &actor, By::Link(&token, until), None).await?)
}

/// An act on a part, by its link.
pub async fn act_by_link(
    visit: Visit,
    Path((token, word)): Path<(String, String)>,
    Uploaded { form, files }: Uploaded<RawAct>,
) -> Result<Response, Refusal> {
    let (part, actor, until) = linked(&visit, &token).await?;
    match try_act(&visit, &actor, &part, &word, (&form, &files)).await {
        Ok(()) => Ok(visit.go_on(&format!("/answer/{token}"), done(&word))),
        Err(refusal) => {
            let by = By::Link(&token, until);
            refused(&visit, &part, &actor, by, (word, form), refusal).await
        }
    }
}

/// What could not be done is said on the page itself, beside the words that were sent.
async fn refused(
    visit: &Visit,
    part: &Part,
    actor: &Actor,
    by: By<'_>,
    (word, form): (String, RawAct),
    refusal: Refusal,
) -> Result<Response, Refusal> {
    if !matches!(refusal, Refusal::Invalid(_) | Refusal::Conflict(_)) {
        return Err(refusal);
    }
    let again = Again {
        word,
        part: part.dispatch().id.to_string(),
        words: form.words,
        message: refusal.message(),
    };
    let page = show(visit, part, actor, by, Some(again)).await?;
    Ok((refusal.status(), Page::show(&page)?).into_response())
}

async fn try_act(
    visit: &Visit,
    actor: &Actor,
    part: &Part,
    word: &str,
    (form, files): (&RawAct, &[Upload]),
) -> Result<(), Refusal> {
    let verb = PartVerb::from_word(word).ok_or(Refusal::NotFound)?;
    let photos = photos::develop(files).await.map_err(Refusal::Invalid)?;
    let mut tx = if actor == visit.actor() {
        visit.begin().await?
    } else {
        visit.house().begin(actor).await?
    };
    let id = part.dispatch().id;
    let matter = store::to_change_by_id(&tx, part.matter.request.id).await?;
    let matter: Matter = matter.ok_or(Refusal::NotFound)?;
    let place = matter.place_of(id).ok_or(Refusal::NotFound)?;
    check_part(&matter, place, form)?;
    let part = Part { matter, place };
    act_on_part(visit, actor, &mut tx, part, (verb, form, &photos)).await?;
    tx.commit().await?;
    Ok(())
}

/// A picture of the matter, by the link of a part.
pub async fn photo_by_link(
    visit: Visit,
    Path((token, photo)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (part, _, _) = linked(&visit, &token).await?;
    photo_of(&visit, &part, &photo).await
}

/// A picture of the matter of one's own part.
pub async fn photo(
    visit: Visit,
    Path((id, photo)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let part = own_part(&visit, &id).await?;
    if !visit.covers(policy::HANDLE, &part.facts()) {
        return Err(Refusal::NotFound);
    }
    photo_of(&visit, &part, &photo).await
}

/// A picture of the matter as far as it is for this party, or of the party's own work.
async fn photo_of(visit: &Visit, part: &Part, photo: &str) -> Result<Response, Refusal> {
    let photo: PhotoId = photo.parse().map_err(|_| Refusal::NotFound)?;
    let own = part.dispatch();
    let subject = match own.photos.contains(&photo) {
        true => own.id.0,
        false if tells_all(part) => part.matter.request.id.0,
        false => return Err(Refusal::NotFound),
    };
    send(visit, subject, photo, Print::Full).await
}
