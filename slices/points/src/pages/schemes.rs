//! Versions of the scheme: at the desk on their way, and for everybody from their notice on.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::scheme_view::{ItemView, decision, item_views, name, steps};
use super::{Choice, choices, common, id, last_day, version};
use crate::actions::schemes as acts;
use crate::error::Error;
use crate::forms::{self, NAME_MAX, RawItem, RawSchemeAct, WORDS_MAX};
use crate::model::{Assembly, Confirmer, SchemeState, Unit};
use crate::store::items;
use crate::store::remarks::{self, Remark};
use crate::store::schemes::{self, Scheme};
use crate::{policy, words};

struct Line {
    href: String,
    name: String,
    state: &'static str,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "points/schemes.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    name_max: usize,
    words_max: usize,
}

/// `GET /points/desk/schemes`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::SCHEME)?;
    let all = schemes::all(&visit.reader(), visit.community().id).await?;
    let page = visit.page(Message::of("points-schemes-title"));
    Page::show(&ListPage {
        lines: all
            .iter()
            .map(|scheme| Line {
                href: format!("/points/desk/schemes/{}", scheme.id),
                name: name(&page, scheme),
                state: words::scheme(scheme.state),
                tone: scheme.state.tone(),
            })
            .collect(),
        name_max: NAME_MAX,
        words_max: WORDS_MAX,
        page,
    })
}

/// `POST /points/desk/schemes`.
pub async fn draft(visit: Visit, Posted(raw): Posted<RawSchemeAct>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::SCHEME)?;
    let title = forms::words(&raw.title, NAME_MAX).map_err(Refusal::Invalid)?;
    let about = forms::words(&raw.said, WORDS_MAX).map_err(Refusal::Invalid)?;
    let mut tx = visit.begin().await?;
    let scheme = acts::draft(&mut tx, allowed, title, about).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/points/desk/schemes/{scheme}"), "points-done"))
}

#[derive(Template)]
#[template(path = "points/scheme.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
struct OnePage {
    page: Page,
    name: String,
    scheme: Scheme,
    state: &'static str,
    is_desk: bool,
    is_own_draft: bool,
    is_draft: bool,
    may_object: bool,
    is_notice_over: bool,
    notice_until: String,
    decision: String,
    items: Vec<ItemView>,
    said: Vec<Remark>,
    steps: Vec<(String, bool, bool)>,
    errors: FieldErrors,
    raw: RawItem,
    units: Vec<Choice>,
    confirmers: Vec<Choice>,
    assemblies: Vec<Choice>,
    today: String,
    name_max: usize,
    words_max: usize,
}

impl OnePage {
    fn is_at(&self, word: &str) -> bool {
        self.scheme.state.word() == word
    }
}

async fn show(
    visit: &Visit,
    scheme: Scheme,
    is_desk: bool,
    raw: RawItem,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let items = items::of_scheme(&reader, community, scheme.id).await?;
    let said = remarks::of_scheme(&reader, community, scheme.id).await?;
    let here = if is_desk {
        "/points/desk/schemes"
    } else {
        "/points/schemes"
    };
    let page = visit
        .page(Message::of("points-scheme-title"))
        .at(Some(format!("{here}/{}", scheme.id)));
    let is_up = scheme.notice_ends_at.is_some_and(|end| visit.now() < end);
    Page::show(&OnePage {
        name: name(&page, &scheme),
        state: words::scheme(scheme.state),
        is_own_draft: visit.actor().account == Some(scheme.drafted_by),
        is_draft: is_desk && scheme.state == SchemeState::Drafted,
        may_object: scheme.state == SchemeState::Noticed && is_up,
        is_notice_over: !is_up,
        notice_until: scheme
            .notice_ends_at
            .map_or_else(String::new, |end| last_day(&page, end)),
        decision: decision(&page, &scheme),
        items: item_views(&page, &items),
        steps: steps(&page, scheme.state),
        units: choices(Unit::ALL, Unit::word, unit_label, &raw.unit),
        confirmers: choices(
            Confirmer::ALL,
            Confirmer::word,
            words::confirmer,
            &raw.confirmer,
        ),
        assemblies: choices(Assembly::ALL, Assembly::word, words::assembly, ""),
        today: super::today(visit).to_string(),
        name_max: NAME_MAX,
        words_max: WORDS_MAX,
        is_desk,
        said,
        errors,
        raw,
        scheme,
        page,
    })
}

const fn unit_label(unit: Unit) -> &'static str {
    match unit {
        Unit::Time => "points-unit-per-time",
        Unit::Hour => "points-unit-per-hour",
    }
}

async fn found(visit: &Visit, raw: &str) -> Result<Scheme, Refusal> {
    let scheme = schemes::by_id(&visit.reader(), visit.community().id, id(raw)?).await?;
    scheme.ok_or(Refusal::NotFound)
}

/// `GET /points/desk/schemes/{id}`.
pub async fn one(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    common(&visit, policy::SCHEME)?;
    let scheme = found(&visit, &raw).await?;
    show(
        &visit,
        scheme,
        true,
        RawItem::default(),
        FieldErrors::default(),
    )
    .await
}

/// `GET /points/schemes/{id}`: from its notice on.
pub async fn public(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    let scheme = found(&visit, &raw).await?;
    if !scheme.state.is_public() {
        return Err(Refusal::NotFound);
    }
    show(
        &visit,
        scheme,
        false,
        RawItem::default(),
        FieldErrors::default(),
    )
    .await
}

/// `POST /points/desk/schemes/{id}/item`.
pub async fn add_item(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawItem>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::SCHEME)?;
    let scheme = found(&visit, &raw).await?;
    let item = match forms::item(&form) {
        Ok(item) => item,
        Err(errors) => {
            let page = show(&visit, scheme, true, form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    check_version(&scheme, &form.version)?;
    let mut tx = visit.begin().await?;
    acts::add_item(&mut tx, allowed, scheme, item).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/points/desk/schemes/{raw}"), "points-done"))
}

fn check_version(scheme: &Scheme, raw: &str) -> Result<(), Refusal> {
    if version(raw)? == scheme.version {
        Ok(())
    } else {
        Err(Error::Faster.into())
    }
}

/// `POST /points/desk/schemes/{id}/{act}`.
pub async fn act(
    visit: Visit,
    Path((raw, act)): Path<(String, String)>,
    Posted(form): Posted<RawSchemeAct>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::SCHEME)?;
    let scheme = found(&visit, &raw).await?;
    let said = || forms::words(&form.said, WORDS_MAX).map_err(Refusal::Invalid);
    if act != "answer" {
        check_version(&scheme, &form.version)?;
    }
    let mut tx = visit.begin().await?;
    match act.as_str() {
        "deliberate" => acts::deliberate(&mut tx, allowed, scheme, said()?).await?,
        "adopt" => {
            let adoption = forms::adoption(&form)?;
            acts::adopt(&mut tx, allowed, scheme, adoption).await?;
        }
        "notice" => acts::notice(&mut tx, allowed, scheme).await?,
        "enforce" => acts::enforce(&mut tx, allowed, scheme).await?,
        "withdraw" => acts::withdraw(&mut tx, allowed, scheme).await?,
        "remove" => {
            let item = id(&form.which)?;
            acts::remove_item(&mut tx, allowed, scheme, item).await?;
        }
        "answer" => {
            let which = id(&form.which)?;
            acts::answer(&mut tx, allowed, scheme, which, said()?).await?;
        }
        _ => return Err(Refusal::NotFound),
    }
    tx.commit().await?;
    Ok(visit.go_on(&format!("/points/desk/schemes/{raw}"), "points-done"))
}

/// `POST /points/schemes/{id}/object`.
pub async fn object(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawSchemeAct>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::OBJECT)?;
    let scheme = found(&visit, &raw).await?;
    if !scheme.state.is_public() {
        return Err(Refusal::NotFound);
    }
    let said = forms::words(&form.said, WORDS_MAX).map_err(Refusal::Invalid)?;
    let mut tx = visit.begin().await?;
    acts::object(&mut tx, allowed, scheme, said).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/points/schemes/{raw}"), "points-objected"))
}
