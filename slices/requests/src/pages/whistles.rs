//! Whistles: those that wait or run, for who works here; the acts on them, from the matter's page;
//! and the calls on which neighbours come forward.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use calendar::Measure;
use kernel::{HandlerId, Instant, Minutes};
use platform::{Message, Page, Posted, Refusal, Tx, Visit, door};

use super::import::RawNothing;
use super::perform::{invalid, optional, required};
use super::view::Around;
use crate::actions::{self, Draft, Surroundings};
use crate::clock;
use crate::dispatch::Call;
use crate::forms::{RawAct, yes_or_no};
use crate::matter::Matter;
use crate::store::{self, Catalogue, WhistleLine};
use crate::whistle::{KINDS, PARTIES_MAX, Whistle, WhistleState, wanted};
use crate::{policy, words};

/// A whistle on its matter's page.
pub struct WhistleView {
    pub kind: &'static str,
    pub state: &'static str,
    pub words: String,
    /// How many have said yes, of how many that are needed.
    pub voices: Option<(usize, usize)>,
    /// Whether the reader may say yes or no.
    pub may_authorise: bool,
    pub may_plan: bool,
    pub may_verify: bool,
    /// The word of the button that calls it off.
    pub call_off: Option<&'static str>,
    /// Once the caller found it resolved: what who raised it says, as a message id.
    pub residents: Option<&'static str>,
}

/// The open whistle over a matter, and whether one may be drafted.
pub fn shown(
    visit: &Visit,
    matter: &Matter,
    open: Option<&Whistle>,
) -> (Option<WhistleView>, bool) {
    let facts = platform::access::HasFacts::facts(matter);
    let may_call = visit.covers(policy::WHISTLE, &facts);
    let who = visit.actor().account;
    let answered_at = matter.request.answered_at;
    let is_answered = answered_at.is_some() && !matter.request.state.is_due();
    let view = open.map(|whistle| WhistleView {
        kind: words::call(whistle.kind),
        state: words::whistle_state(whistle.state),
        words: whistle.words.clone(),
        voices: (whistle.state == WhistleState::Drafted)
            .then(|| (whistle.authorisers.len(), wanted(whistle.kind))),
        may_authorise: visit.covers(policy::AUTHORISE, &facts)
            && who.is_some_and(|who| whistle.waits_for(who)),
        may_plan: may_call
            && whistle.kind.is_official()
            && matches!(whistle.state, WhistleState::Blown | WhistleState::Planned)
            && matter.request.state.is_due(),
        residents: (whistle.state == WhistleState::Verified).then(|| {
            let answers = matter.request.answers_now();
            match answers.and_then(|answers| answers.is_resolved) {
                Some(true) => "requests-whistle-residents-yes",
                Some(false) => "requests-whistle-residents-no",
                None => "requests-whistle-residents-wait",
            }
        }),
        call_off: call_off(whistle).filter(|_| may_call),
        may_verify: may_call
            && whistle.is_looked_at_by(who, answered_at, visit.now(), &visit.calendar())
            && is_answered
            && matches!(whistle.state, WhistleState::Blown | WhistleState::Planned),
    });
    let is_in_hand = matter.request.state.is_due();
    let may_draft = view.is_none() && may_call && is_in_hand;
    (view, may_draft)
}

/// What calling it off is called, where it is offered.
const fn call_off(whistle: &Whistle) -> Option<&'static str> {
    match (whistle.kind, whistle.state) {
        (_, WhistleState::Drafted) => Some("requests-act-call-off-draft"),
        (Call::Community, _) => Some("requests-act-call-off-call"),
        _ => None,
    }
}

/// The kinds for the form: word and message.
pub fn kinds() -> Vec<(&'static str, &'static str)> {
    KINDS.map(|kind| (kind.word(), words::call(kind))).to_vec()
}

/// Does an act on the whistle over a matter; `None` when the word is no such act.
pub async fn perform(
    visit: &Visit,
    tx: &mut Tx,
    matter: Matter,
    word: &str,
    form: &RawAct,
) -> Result<Matter, Refusal> {
    let catalogue = Catalogue::read(tx, tx.community()).await?;
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let calendar = visit.calendar();
    let around = Surroundings {
        catalogue: &catalogue,
        calendar: &calendar,
        on_duty: &on_duty,
    };
    Ok(match word {
        "whistle" => {
            let matter = visit.check(policy::WHISTLE, matter)?;
            actions::draft(tx, matter, parse(form)?, around).await?
        }
        "authorise" => {
            let matter = visit.check(policy::AUTHORISE, matter)?;
            actions::authorise(tx, matter, around).await?
        }
        "refuse" => {
            let matter = visit.check(policy::AUTHORISE, matter)?;
            actions::refuse(tx, matter, &required(form)?).await?
        }
        "plan" => {
            let matter = visit.check(policy::WHISTLE, matter)?;
            let words = required(form)?;
            actions::plan(tx, matter, &words, within(form)?, around).await?
        }
        "verify" => {
            let matter = visit.check(policy::WHISTLE, matter)?;
            let is_resolved =
                yes_or_no(&form.resolved).ok_or_else(|| invalid("requests-error-choose-answer"))?;
            let words = if is_resolved {
                optional(form)?
            } else {
                required(form)?
            };
            actions::verify(tx, matter, is_resolved, &words, around).await?
        }
        "call-off" => {
            let matter = visit.check(policy::WHISTLE, matter)?;
            actions::call_off(tx, matter).await?
        }
        _ => return Err(Refusal::NotFound),
    })
}

/// Whether the word is an act on a whistle.
pub fn is_act(word: &str) -> bool {
    [
        "whistle",
        "authorise",
        "refuse",
        "plan",
        "verify",
        "call-off",
    ]
    .contains(&word)
}

/// What is said after an act on a whistle.
pub fn done(word: &str) -> Option<&'static str> {
    Some(match word {
        "whistle" => "requests-done-whistle",
        "authorise" => "requests-done-authorise",
        "refuse" => "requests-done-refuse",
        "plan" => "requests-done-plan",
        "verify" => "requests-done-verify",
        "call-off" => "requests-done-call-off",
        _ => return None,
    })
}

fn within(form: &RawAct) -> Result<(Measure, Minutes), Refusal> {
    let measure = clock::measure_from_word(&form.measure)
        .ok_or_else(|| invalid("requests-error-choose-measure"))?;
    let hours = form.hours().map_err(Refusal::Invalid)?;
    Ok((
        measure,
        hours.ok_or_else(|| invalid("requests-error-say-hours"))?,
    ))
}

fn parse(form: &RawAct) -> Result<Draft, Refusal> {
    let kind = Call::from_word(&form.kind)
        .filter(|kind| KINDS.contains(kind))
        .ok_or_else(|| invalid("requests-error-choose-kind"))?;
    let mut parties: Vec<HandlerId> = Vec::new();
    for raw in std::iter::once(&form.handler).chain(&form.parties) {
        if raw.is_empty() {
            continue;
        }
        let party = raw
            .parse()
            .map_err(|_| invalid("requests-error-no-such-handler"))?;
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    if kind == Call::Community {
        parties.clear();
    } else if parties.is_empty() {
        return Err(invalid("requests-error-choose-parties"));
    } else if parties.len() > PARTIES_MAX {
        let message = Message::of("requests-error-too-many-parties").with("most", PARTIES_MAX);
        return Err(Refusal::Invalid(message));
    }
    Ok(Draft {
        kind,
        parties,
        words: required(form)?,
    })
}

struct WhistleRow {
    line: WhistleLine,
    kind: &'static str,
    state: &'static str,
    tone: &'static str,
    voices: Option<(usize, usize)>,
    waits_for_reader: bool,
}

#[derive(Template)]
#[template(path = "requests/whistles.html")]
struct WhistlesPage {
    page: Page,
    rows: Vec<WhistleRow>,
}

/// The whistles that are not over, those that wait for the reader first.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), policy::READ, &policy::columns());
    let lines = store::open_whistles(&reader, reach, visit.now()).await?;
    let may_authorise = visit.may(policy::AUTHORISE);
    let who = visit.actor().account;
    let mut rows: Vec<WhistleRow> = lines
        .into_iter()
        .map(|line| {
            let whistle = &line.whistle;
            WhistleRow {
                kind: words::call(whistle.kind),
                state: words::whistle_state(whistle.state),
                tone: if line.late > 0 || line.declined > 0 {
                    "hot"
                } else {
                    words::whistle_tone(whistle.state)
                },
                voices: (whistle.state == WhistleState::Drafted)
                    .then(|| (whistle.authorisers.len(), wanted(whistle.kind))),
                waits_for_reader: may_authorise && who.is_some_and(|who| whistle.waits_for(who)),
                line,
            }
        })
        .collect();
    rows.sort_by_key(|row| !row.waits_for_reader);
    let page = visit.page(Message::of("requests-whistles-title"));
    Page::show(&WhistlesPage { page, rows })
}

struct CallView {
    id: String,
    words: String,
    area: String,
    since: Instant,
    coming: i64,
    is_mine: bool,
}

#[derive(Template)]
#[template(path = "requests/calls.html")]
struct CallsPage {
    page: Page,
    calls: Vec<CallView>,
}

/// The calls for neighbours that are open.
pub async fn calls(visit: Visit) -> Result<Response, Refusal> {
    let open = store::open_calls(&visit.reader(), visit.actor()).await?;
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let page = visit.page(Message::of("requests-calls-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let calls = open
        .into_iter()
        .map(|call| CallView {
            id: call.id.to_string(),
            area: around.area(call.area),
            words: call.words,
            since: call.since,
            coming: call.coming,
            is_mine: call.is_mine,
        })
        .collect();
    Page::show(&CallsPage { page, calls })
}

/// A neighbour comes forward.
pub async fn come(
    visit: Visit,
    Path(id): Path<String>,
    Posted(RawNothing {}): Posted<RawNothing>,
) -> Result<Response, Refusal> {
    let id: kernel::WhistleId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let request = store::matter_of_whistle(&tx, tx.community(), id)
        .await?
        .ok_or(Refusal::NotFound)?;
    let matter = store::to_change_by_id(&tx, request)
        .await?
        .ok_or(Refusal::NotFound)?;
    let whistles = store::whistles_of(&tx, tx.community(), request).await?;
    // Only of a call for neighbours everybody may know that there is one.
    let whistle = whistles
        .iter()
        .find(|whistle| whistle.id == id && whistle.kind == Call::Community)
        .ok_or(Refusal::NotFound)?;
    let matter = visit.check(policy::COME, matter)?;
    let after = actions::come(&mut tx, matter, whistle, &visit.calendar()).await?;
    tx.commit().await?;
    let part = after.dispatches.last().ok_or(Refusal::NotFound)?;
    Ok(visit.go_on(&format!("/tasks/{}", part.id), "requests-done-come"))
}
