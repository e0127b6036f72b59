//! Asking for mediation: a party for themselves, or the head for somebody who came, called, or is
//! to be offered it (rule R29).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{AccountId, Facts};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit, door};

use super::choices::{Choice, origins, subjects};
use super::today;
use crate::actions::{self, Application};
use crate::forms::{Applicant, ParsedApplication, RawApplication, WORDS_MAX};
use crate::model::Origin;
use crate::store::{Consent, Mediation};
use crate::{policy, tell};

/// Where the head writes for somebody.
const DESK_FORM: &str = "/mediation/record";

#[derive(Template)]
#[template(path = "mediation/apply.html")]
struct ApplyPage {
    page: Page,
    errors: FieldErrors,
    form: RawApplication,
    subjects: Vec<Choice>,
    origins: Vec<Choice>,
    is_desk: bool,
    is_signed_in: bool,
    words_max: usize,
}

fn applicant(visit: &Visit) -> Applicant {
    // Which door it came through says whose matter it is, not a field of the form.
    if visit.path() == DESK_FORM {
        Applicant::AtDesk
    } else if visit.actor().account.is_some() {
        Applicant::SignedIn
    } else {
        Applicant::Visitor
    }
}

fn show(visit: &Visit, form: RawApplication, errors: FieldErrors) -> Result<Response, Refusal> {
    let applicant = applicant(visit);
    let title = if applicant == Applicant::AtDesk {
        "mediation-record-title"
    } else {
        "mediation-apply-title"
    };
    let is_wrong = !errors.is_empty();
    let response = Page::show(&ApplyPage {
        page: visit.page(Message::of(title)),
        subjects: subjects(&form.subject),
        origins: origins(&form.origin),
        is_desk: applicant == Applicant::AtDesk,
        is_signed_in: applicant == Applicant::SignedIn,
        words_max: WORDS_MAX,
        errors,
        form,
    })?;
    Ok(if is_wrong {
        (StatusCode::UNPROCESSABLE_ENTITY, response).into_response()
    } else {
        response
    })
}

/// The form.
pub async fn form(visit: Visit) -> Result<Response, Refusal> {
    let own_name = match applicant(&visit) {
        Applicant::SignedIn => visit.signed_in().map(|one| one.display_name.clone()),
        Applicant::Visitor | Applicant::AtDesk => None,
    };
    let form = RawApplication {
        own_name: own_name.unwrap_or_default(),
        ..RawApplication::default()
    };
    show(&visit, form, FieldErrors::default())
}

/// Takes the form.
pub async fn submit(
    visit: Visit,
    Posted(form): Posted<RawApplication>,
) -> Result<Response, Refusal> {
    let applicant = applicant(&visit);
    let parsed = match form.parse(applicant) {
        Ok(parsed) => parsed,
        Err(errors) => return show(&visit, form, errors),
    };
    let accounts = match accounts(&visit, applicant, &form).await? {
        Ok(accounts) => accounts,
        Err(errors) => return show(&visit, form, errors),
    };
    let mediation = match take_in(&visit, applicant, parsed, accounts).await {
        Ok(mediation) => mediation,
        Err(Refusal::Conflict(message)) => {
            let mut errors = FieldErrors::default();
            errors.add("other_name", message);
            return show(&visit, form, errors);
        }
        Err(refusal) => return Err(refusal),
    };
    Ok(match applicant {
        Applicant::Visitor => Redirect::to("/mediation/thanks").into_response(),
        Applicant::SignedIn | Applicant::AtDesk => visit.go_on(
            &format!("/mediation/cases/{}", mediation.id),
            "mediation-done-apply",
        ),
    })
}

/// The accounts of the parties: one's own, or at the desk those of the sign-in names.
async fn accounts(
    visit: &Visit,
    applicant: Applicant,
    form: &RawApplication,
) -> Result<Result<[Option<AccountId>; 2], FieldErrors>, Refusal> {
    if applicant != Applicant::AtDesk {
        return Ok(Ok([visit.actor().account, None]));
    }
    let reader = visit.reader();
    let mut errors = FieldErrors::default();
    let mut accounts = [None, None];
    for (place, (field, typed)) in [
        ("own_account", form.own_account.trim()),
        ("other_account", form.other_account.trim()),
    ]
    .into_iter()
    .enumerate()
    {
        if typed.is_empty() {
            continue;
        }
        let found = door::by_sign_in_name(&reader, visit.community().id, typed).await?;
        match found.filter(|account| !account.is_disabled) {
            Some(account) => accounts[place] = Some(account.id),
            None => errors.add(field, Message::of("mediation-error-no-such-account")),
        }
    }
    Ok(errors.or(accounts))
}

async fn take_in(
    visit: &Visit,
    applicant: Applicant,
    parsed: ParsedApplication,
    accounts: [Option<AccountId>; 2],
) -> Result<Mediation, Refusal> {
    let act = if applicant == Applicant::AtDesk {
        policy::RECORD
    } else {
        policy::APPLY
    };
    let allowed = visit.check(act, Facts::of(visit.community().id))?;
    let on = today(visit);
    let application = Application {
        origin: match (applicant, parsed.how) {
            (Applicant::AtDesk, None) => Origin::Offered,
            (Applicant::AtDesk, Some(_)) => Origin::Desk,
            (Applicant::SignedIn | Applicant::Visitor, _) => Origin::Web,
        },
        subject: parsed.subject,
        matter: parsed.matter,
        accounts,
        consent: parsed.how.map(|how| Consent { on, how }),
        on,
    };
    let mut tx = visit.begin().await?;
    let mediation = actions::apply(&mut tx, allowed, application).await?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    tell::heads(&mut tx, &mediation, &on_duty, "mediation-alert-applied").await?;
    tell::parties(&mut tx, &mediation, "mediation-alert-recorded").await?;
    tx.commit().await?;
    Ok(mediation)
}

#[derive(Template)]
#[template(path = "mediation/thanks.html")]
struct ThanksPage {
    page: Page,
}

/// What happens next, for somebody without an account.
pub async fn thanks(visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("mediation-thanks-title"));
    Page::show(&ThanksPage { page })
}
