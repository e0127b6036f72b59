//! What waits for a second person, and proposing for the fund or a group. Why is shown to those who
//! decide, and to nobody else.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::{Facts, PersonId};
use platform::{Message, Page, Posted, Refusal, Visit};
use uuid::Uuid;

use super::{invalid, rules, span};
use crate::actions::{self, Proposing};
use crate::forms::{MINUTES_MAX, NAME_MAX, RawDesk, WORDS_MAX, minutes, words as required};
use crate::locked;
use crate::model::Source;
use crate::store;
use crate::{policy, tell, words};

struct ProposalView {
    id: Uuid,
    what: &'static str,
    /// From where, and for whom or which group.
    source: Option<&'static str>,
    about: String,
    amount: String,
    reason: String,
    proposer: String,
    when: String,
    href: Option<String>,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "timebank/decisions.html")]
struct DecisionsPage {
    page: Page,
    proposals: Vec<ProposalView>,
    groups: Vec<(Uuid, String)>,
    may_propose: bool,
    words_max: usize,
    name_max: usize,
    form: RawDesk,
    again: Option<Message>,
}

/// `GET /timebank/decisions`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, RawDesk::default(), None).await
}

async fn show(visit: &Visit, form: RawDesk, again: Option<Message>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    visit.check(policy::SECOND, Facts::of(community))?;
    let proposals = store::pending_proposals(&reader, community).await?;
    let groups = store::groups(&reader, community).await?;
    let about: Vec<PersonId> = proposals.iter().filter_map(|one| one.person).collect();
    let residents = people::residents(&reader, community, &about).await?;
    let page = visit.page(Message::of("timebank-decisions-title"));
    let page = page.at(Some("/timebank/decisions".to_owned()));
    let vault = visit.house().vault();
    let views = proposals
        .iter()
        .map(|one| {
            let resident = one.person.and_then(|person| residents.get(&person));
            let group = groups.iter().find(|(id, _)| Some(*id) == one.group);
            let name = resident
                .map(|resident| resident.name.clone())
                .or_else(|| group.map(|(_, name)| name.clone()));
            let reason: Option<String> = locked::open(vault, one.reason_locked.as_deref());
            ProposalView {
                id: one.id,
                what: words::proposal(one.kind),
                source: one.source.map(Source::cover).map(words::cover),
                about: name.unwrap_or_default(),
                amount: span(&page, one.minutes),
                reason: reason.unwrap_or_default(),
                proposer: one.proposer.clone(),
                when: page.moment(&one.proposed_at),
                href: one.help.map(tell::link),
                is_own: Some(one.proposed_by) == visit.actor().account,
            }
        })
        .collect();
    Page::show(&DecisionsPage {
        proposals: views,
        groups,
        may_propose: visit.may(policy::COORDINATE),
        words_max: WORDS_MAX,
        name_max: NAME_MAX,
        form,
        again,
        page,
    })
}

/// `POST /timebank/decisions`.
pub async fn propose(visit: Visit, Posted(form): Posted<RawDesk>) -> Result<Response, Refusal> {
    match proposed(&visit, &form).await {
        Ok(said) => Ok(visit.go_on("/timebank/decisions", said)),
        Err(refusal) => again(&visit, form, refusal).await,
    }
}

/// What cannot be done is said on the page, beside what was written.
async fn again(visit: &Visit, form: RawDesk, refusal: Refusal) -> Result<Response, Refusal> {
    match refusal {
        Refusal::Invalid(_) | Refusal::Conflict(_) => {
            let page = show(visit, form, Some(refusal.message())).await?;
            Ok((refusal.status(), page).into_response())
        }
        other => Err(other),
    }
}

async fn proposed(visit: &Visit, form: &RawDesk) -> Result<&'static str, Refusal> {
    let allowed = visit.check(policy::COORDINATE, Facts::of(visit.community().id))?;
    let mut tx = visit.begin().await?;
    if form.what == "name" {
        let name = required(&form.name, NAME_MAX).map_err(Refusal::Invalid)?;
        actions::enter_group(&mut tx, allowed, &name).await?;
        tx.commit().await?;
        return Ok("timebank-done-group");
    }
    let amount = minutes(&form.hours, &form.minutes, 1, MINUTES_MAX);
    let amount = amount.map_err(Refusal::Invalid)?;
    let reason = required(&form.reason, WORDS_MAX).map_err(Refusal::Invalid)?;
    let proposing = match form.what.as_str() {
        "fund" => Proposing::Fund(amount),
        "group" => {
            let group = form.group.parse();
            let group = group.map_err(|_| invalid("timebank-error-choose-group"))?;
            Proposing::Group(group, amount)
        }
        _ => return Err(Refusal::NotFound),
    };
    actions::propose(&mut tx, allowed, proposing, &reason).await?;
    tx.commit().await?;
    Ok("timebank-done-propose")
}

/// `POST /timebank/decisions/{id}`.
pub async fn decide(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawDesk>,
) -> Result<Response, Refusal> {
    match decided(&visit, &id, &form).await {
        Ok(said) => Ok(visit.go_on("/timebank/decisions", said)),
        Err(refusal) => again(&visit, form, refusal).await,
    }
}

async fn decided(visit: &Visit, id: &str, form: &RawDesk) -> Result<&'static str, Refusal> {
    let id: Uuid = id.parse().map_err(|_| Refusal::NotFound)?;
    let is_granted = match form.decision.as_str() {
        "grant" => true,
        "refuse" => false,
        _ => return Err(invalid("timebank-error-choose-decision")),
    };
    let mut tx = visit.begin().await?;
    let found = store::to_decide(&tx, id).await?;
    let proposal = found.ok_or(Refusal::NotFound)?;
    let allowed = visit.check(policy::SECOND, proposal)?;
    let changed = actions::decide(&mut tx, allowed, &rules(visit), is_granted).await?;
    if let Some(help) = changed {
        tell::sides(&mut tx, &help, "timebank-alert-covered").await?;
    }
    tx.commit().await?;
    Ok(if is_granted {
        "timebank-done-grant"
    } else {
        "timebank-done-refuse"
    })
}
