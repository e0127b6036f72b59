//! Making a proof of one's own record: the holder chooses what it shows, gets it at once and for
//! nothing, and can take it back.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::{Date, date};
use kernel::{Facts, PersonId};
use platform::access::HasFacts;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::{today, written_day};
use crate::actions;
use crate::forms::RawProof;
use crate::model::{Content, Detail, Line, State, parse_day};
use crate::policy::{self, CERTIFY};
use crate::store::{self, Certificate, Entry};
use crate::words;

/// What the name on a proof is: all of it, or its first character.
const SURNAME: &str = "surname";

struct ProofView {
    number: String,
    from: String,
    until: String,
    issued_at: kernel::Instant,
    is_withdrawn: bool,
}

#[derive(Template)]
#[template(path = "hours/certificate.html")]
struct CertificatePage {
    page: Page,
    /// Whether the account leads to an entry of the register.
    is_known: bool,
    form: RawProof,
    errors: FieldErrors,
    wrong: Option<Message>,
    name: String,
    masked: String,
    is_surname: bool,
    details: Vec<(&'static str, &'static str, bool)>,
    proofs: Vec<ProofView>,
}

/// `GET /me/certificate`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let today = today(&visit);
    let form = RawProof {
        from: date(today.year(), 1, 1).to_string(),
        until: today.to_string(),
        ..RawProof::default()
    };
    show(&visit, form, FieldErrors::default(), None).await
}

async fn show(
    visit: &Visit,
    form: RawProof,
    errors: FieldErrors,
    wrong: Option<Message>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let policy = visit.house().policy();
    let columns = policy::certificate_columns();
    let reach = policy.condition(visit.actor(), CERTIFY, &columns);
    let (name, proofs) = match visit.actor().person {
        Some(person) => (
            name(visit, person).await?,
            store::certificates_of(&reader, reach, person).await?,
        ),
        None => (String::new(), Vec::new()),
    };
    let page = visit.page(Message::of("hours-certificate-title"));
    let page = page.at(Some("/me/certificate".to_owned()));
    let chosen = Detail::from_word(&form.detail).unwrap_or_default();
    let view = |proof: &Certificate| ProofView {
        number: proof.number.clone(),
        from: written_day(&page, &proof.from),
        until: written_day(&page, &proof.until),
        issued_at: proof.issued_at,
        is_withdrawn: proof.withdrawn_at.is_some(),
    };
    Page::show(&CertificatePage {
        is_known: visit.actor().person.is_some(),
        errors,
        wrong,
        masked: text::mask_name(&name),
        name,
        is_surname: form.name == SURNAME,
        form,
        details: Detail::ALL
            .iter()
            .map(|one| (one.word(), words::detail(*one), *one == chosen))
            .collect(),
        proofs: proofs.iter().map(view).collect(),
        page,
    })
}

async fn name(visit: &Visit, person: PersonId) -> Result<String, Refusal> {
    let mut names = people::names(&visit.reader(), visit.community().id, &[person]).await?;
    names.remove(&person).ok_or(Refusal::NotFound)
}

/// `POST /me/certificate`.
pub async fn issue(visit: Visit, Posted(form): Posted<RawProof>) -> Result<Response, Refusal> {
    let Some(person) = visit.actor().person else {
        return Err(Refusal::Conflict(Message::of("hours-own-not-known")));
    };
    let (period, detail) = match parse(&form) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let page = show(&visit, form, errors, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let facts = Facts {
        person: Some(person),
        ..Facts::of(visit.community().id)
    };
    let allowed = visit.check(CERTIFY, facts)?;
    let full = name(&visit, person).await?;
    let shown = if form.name == SURNAME {
        text::mask_name(&full)
    } else {
        full
    };
    let mut tx = visit.begin().await?;
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), CERTIFY, &policy::columns());
    let entries = store::entries_of(&tx, reach, person, period).await?;
    let lines = entries.iter().filter(|entry| counts(entry)).map(line);
    let content = Content::of(shown, period, detail, lines.collect());
    match actions::issue(&mut tx, allowed, person, &content).await {
        Ok(number) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/certificates/{number}")).into_response())
        }
        Err(error) => {
            drop(tx);
            let message = error.message().ok_or(error)?;
            let page = show(&visit, form, FieldErrors::default(), Some(message)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

fn counts(entry: &Entry) -> bool {
    matches!(entry.state, State::Confirmed | State::Withdrawn)
}

fn line(entry: &Entry) -> Line {
    Line {
        day: entry.day.to_string(),
        origin: entry.origin.word().to_owned(),
        minutes: entry.minutes,
        words: entry.done.clone(),
        is_labelled: entry.labels.are_any(),
    }
}

fn parse(form: &RawProof) -> Result<((Date, Date), Detail), FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut day = |field, raw: &str| {
        let day = parse_day(raw);
        if day.is_none() {
            errors.add(field, Message::of("hours-error-day"));
        }
        day
    };
    let period = day("from", &form.from).zip(day("until", &form.until));
    let detail = Detail::from_word(&form.detail);
    if period.is_some_and(|(from, until)| until < from) {
        errors.add("until", Message::of("hours-error-ends-before"));
    }
    if detail.is_none() {
        errors.add("detail", Message::of("hours-error-choose-detail"));
    }
    match period.zip(detail) {
        Some(parsed) if errors.is_empty() => Ok(parsed),
        Some(_) | None => Err(errors),
    }
}

/// A form without fields.
#[derive(Debug, serde::Deserialize)]
pub struct RawNothing {}

/// `POST /me/certificate/{number}/withdraw`.
pub async fn withdraw(
    visit: Visit,
    Path(number): Path<String>,
    Posted(_): Posted<RawNothing>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let proof = store::by_number(&tx, visit.community().id, &number).await?;
    let proof = proof.ok_or(Refusal::NotFound)?;
    if !visit.covers(CERTIFY, &proof.facts()) {
        return Err(Refusal::NotFound);
    }
    let allowed = visit.check(CERTIFY, proof)?;
    actions::withdraw(&mut tx, allowed).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/certificate", "hours-done-withdrawn"))
}
