//! A theme said anew: its name, its plan, its day, and who answers for it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kernel::{Instant, ThemeId};
use platform::door::{self, OnDuty};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::super::acts;
use super::super::model::{Outline, Owner, Theme};
use super::super::store;
use super::{Choice, RawTheme, owner_name, owners, said, until};
use crate::error::Error;
use crate::forms::{TITLE_MAX, WORDS_MAX};
use crate::policy;
use crate::store::Catalogue;

#[derive(Template)]
#[template(path = "requests/theme_edit.html")]
struct EditPage {
    page: Page,
    errors: FieldErrors,
    form: RawTheme,
    /// What it is called now.
    name: String,
    href: String,
    owners: Vec<Choice>,
    is_published: bool,
}

fn day_of(visit: &Visit, at: Instant) -> Date {
    at.in_zone(visit.zone()).date()
}

/// The owner first when they would be missing: who is no longer on duty still answers for it.
fn choices(theme: &Theme, catalogue: &Catalogue, on_duty: &[OnDuty], page: &Page) -> Vec<Choice> {
    let mut choices = owners(catalogue, on_duty);
    let value = theme.owner.word();
    if choices.iter().all(|choice| choice.value != value) {
        let name = owner_name(theme.owner, catalogue, on_duty);
        let name = if name.is_empty() {
            page.t("requests-theme-owner-as-before")
        } else {
            name
        };
        choices.insert(0, Choice { value, name });
    }
    choices
}

/// The form, with what it says now.
pub(super) async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let id: ThemeId = id.parse().map_err(|_| Refusal::NotFound)?;
    let theme = store::by_id(&reader, community, id).await?;
    let theme = visit.check(policy::THEME, theme.ok_or(Refusal::NotFound)?)?;
    let theme = theme.into_inner();
    theme.check_open()?;
    let catalogue = crate::store::catalogue(visit.house(), community).await?;
    let on_duty = door::on_duty(&reader, community, visit.now()).await?;
    let form = RawTheme {
        name: theme.name.clone(),
        plan: theme.plan.clone(),
        owner: theme.owner.word(),
        until: day_of(&visit, theme.until).to_string(),
        version: theme.version.to_string(),
        ..RawTheme::default()
    };
    let errors = FieldErrors::default();
    show(&visit, &theme, (&catalogue, &on_duty), form, errors)
}

fn show(
    visit: &Visit,
    theme: &Theme,
    (catalogue, on_duty): (&Catalogue, &[OnDuty]),
    form: RawTheme,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("requests-theme-edit"));
    Page::show(&EditPage {
        owners: choices(theme, catalogue, on_duty, &page),
        name: theme.name.clone(),
        href: format!("/themes/{}", theme.id),
        is_published: theme.published_at.is_some(),
        page,
        errors,
        form,
    })
}

/// What the form says, or what is wrong with it.
fn read(
    visit: &Visit,
    theme: &Theme,
    (catalogue, on_duty): (&Catalogue, &[OnDuty]),
    form: &RawTheme,
) -> Result<Outline, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut words = |field, raw: &str, most, missing| {
        let words = said(raw, most, missing).and_then(|words| {
            let is_private = !text::find_sensitive(&words).is_empty();
            if theme.published_at.is_some() && is_private {
                Err(Message::of("requests-error-theme-private"))
            } else {
                Ok(words)
            }
        });
        words.unwrap_or_else(|message| {
            errors.add(field, message);
            String::new()
        })
    };
    let name = words("name", &form.name, TITLE_MAX, "requests-error-theme-name");
    let plan = words("plan", &form.plan, WORDS_MAX, "requests-error-theme-plan");
    let is_known =
        |owner: &Owner| *owner == theme.owner || !owner_name(*owner, catalogue, on_duty).is_empty();
    let owner = Owner::from_word(&form.owner).filter(is_known);
    if owner.is_none() {
        errors.add("owner", Message::of("requests-error-theme-owner"));
    }
    // A day that is left as it was may lie behind us.
    let is_as_before = form.until.trim() == day_of(visit, theme.until).to_string();
    let day = if is_as_before {
        Ok(theme.until)
    } else {
        until(visit, &form.until)
    };
    let day = day.unwrap_or_else(|message| {
        errors.add("until", message);
        theme.until
    });
    errors.or(Outline {
        name,
        plan,
        owner: owner.unwrap_or(theme.owner),
        until: day,
    })
}

/// Keeps what the form says.
pub(super) async fn save(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawTheme>,
) -> Result<Response, Refusal> {
    let id: ThemeId = id.parse().map_err(|_| Refusal::NotFound)?;
    let href = format!("/themes/{id}");
    let mut tx = visit.begin().await?;
    let theme = store::to_change(&tx, id).await?.ok_or(Refusal::NotFound)?;
    let theme = visit.check(policy::THEME, theme)?;
    theme.as_inner().check_open()?;
    if form.version != theme.as_inner().version.to_string() {
        return Err(Error::Faster.into());
    }
    let catalogue = Catalogue::read(&tx, tx.community()).await?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    let known = (&catalogue, on_duty.as_slice());
    match read(&visit, theme.as_inner(), known, &form) {
        Ok(outline) => {
            let is_changed = acts::change(&mut tx, theme, outline).await?;
            if !is_changed {
                return Ok(visit.go_on(&href, "requests-theme-done-nothing"));
            }
            tx.commit().await?;
            Ok(visit.go_on(&href, "requests-theme-done-edit"))
        }
        Err(errors) => {
            let page = show(&visit, theme.as_inner(), known, form, errors)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
