//! What needs two people: funds, reversals, write-offs; and what stands behind the points.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::ClaimId;
use platform::{Message, Page, Posted, Refusal, Visit, door};
use uuid::Uuid;

use super::{common, id};
use crate::actions::proposing::{self, Reservations};
use crate::forms::{self, RawProposal, WORDS_MAX};
use crate::model::{ProposalKind, ProposalState};
use crate::store::proposals::{self, Proposal};
use crate::{book, policy, words};

struct Line {
    id: String,
    kind: &'static str,
    amount: String,
    reason: String,
    state: &'static str,
    by: String,
    at: kernel::Instant,
    about: String,
    is_open: bool,
    is_own: bool,
    is_write_off: bool,
}

#[derive(Template)]
#[template(path = "points/funds.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    outstanding: String,
    backing: String,
    fund: String,
    words_max: usize,
}

/// `GET /points/desk/funds`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::PROPOSE)?;
    let (reader, community) = (visit.reader(), visit.community().id);
    let all = proposals::list(&reader, community).await?;
    let mut accounts: Vec<_> = all.iter().map(|one| one.proposed_by).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = door::names(&reader, community, &accounts).await?;
    let totals = book::totals(&reader, community).await?;
    let page = visit.page(Message::of("points-funds-title"));
    let number = |number: u64| page.number(&i64::try_from(number).unwrap_or(i64::MAX));
    Page::show(&ListPage {
        lines: all
            .iter()
            .map(|one| {
                let by = names.get(&one.proposed_by).cloned().unwrap_or_default();
                line(&page, one, by)
            })
            .collect(),
        outstanding: number(totals.outstanding),
        backing: number(totals.backing()),
        fund: number(totals.fund),
        words_max: WORDS_MAX,
        page,
    })
}

fn line(page: &Page, one: &Proposal, by: String) -> Line {
    let about = match (one.kind, one.subject) {
        (ProposalKind::Reversal, Some(claim)) => format!("/points/desk/claims/{claim}"),
        (ProposalKind::WriteOff, Some(reward)) => format!("/points/desk/rewards/{reward}"),
        (ProposalKind::Fund | ProposalKind::Reversal | ProposalKind::WriteOff, _) => String::new(),
    };
    let amount = match one.kind {
        ProposalKind::Fund | ProposalKind::Reversal => "points-amount-points",
        ProposalKind::WriteOff => "points-amount-pieces",
    };
    Line {
        id: one.id.to_string(),
        kind: words::proposal(one.kind),
        amount: page.t1(amount, "n", page.number(&one.amount)),
        reason: one.reason.clone(),
        state: words::proposal_state(one.state),
        by,
        at: one.proposed_at,
        about,
        is_open: one.state == ProposalState::Proposed,
        is_own: page.visit().actor().account == Some(one.proposed_by),
        is_write_off: one.kind == ProposalKind::WriteOff,
    }
}

/// Proposes, and comes back.
pub async fn propose(
    visit: &Visit,
    raw: &RawProposal,
    kind: ProposalKind,
    subject: Option<Uuid>,
) -> Result<Response, Refusal> {
    let allowed = common(visit, policy::PROPOSE)?;
    let proposing = forms::proposal(raw, kind, subject)?;
    let mut tx = visit.begin().await?;
    proposing::propose(&mut tx, allowed, proposing).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/desk/funds", "points-proposed"))
}

/// `POST /points/desk/funds`.
pub async fn fund(visit: Visit, Posted(raw): Posted<RawProposal>) -> Result<Response, Refusal> {
    propose(&visit, &raw, ProposalKind::Fund, None).await
}

/// `POST /points/desk/claims/{id}/reverse`.
pub async fn reverse(
    visit: Visit,
    Path(claim): Path<String>,
    Posted(raw): Posted<RawProposal>,
) -> Result<Response, Refusal> {
    let claim: ClaimId = id(&claim)?;
    propose(&visit, &raw, ProposalKind::Reversal, Some(claim.0)).await
}

/// `POST /points/desk/proposals/{id}/{act}`.
pub async fn end(
    visit: Visit,
    Path((raw, act)): Path<(String, String)>,
    Posted(form): Posted<RawProposal>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::PROPOSE)?;
    let mut tx = visit.begin().await?;
    let proposal = proposals::lock(&tx, id(&raw)?).await?;
    let proposal = proposal.ok_or(Refusal::NotFound)?;
    match act.as_str() {
        "confirm" => {
            let reservations = if form.call_off == "yes" {
                Reservations::CallOff
            } else {
                Reservations::Keep
            };
            proposing::confirm(&mut tx, allowed, proposal, reservations).await?;
        }
        "withdraw" => proposing::withdraw(&mut tx, allowed, proposal).await?,
        _ => return Err(Refusal::NotFound),
    }
    tx.commit().await?;
    Ok(visit.go_on("/points/desk/funds", "points-done"))
}
