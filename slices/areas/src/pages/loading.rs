//! Loading a file of areas: choose, look at what would come and what is wrong, confirm.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::ImportId;
use platform::web::{FieldErrors, Upload, Uploaded};
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;
use serde_json::json;
use spatial::{Datum, Point};

use super::drafts::{self, DATUMS, Draft, datum_from_word, datum_word};
use super::duties::Nothing;
use super::{again, map_of, whole_map};
use crate::actions;
use crate::atlas::collection;
use crate::geometry;
use crate::import::{ImportOptions, ImportPlan, plan_aside};
use crate::model::Level;
use crate::survey::Finding;

/// Findings of one kind that are written out: a thousand buildings without a name are one thing
/// to know, and must not hide the one that lies across another.
const TOLD_OF_A_KIND: usize = 20;
/// Areas that are written out; the map shows all.
const AREAS_TOLD: usize = 100;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawFile {
    #[serde(default)]
    level: String,
    #[serde(default)]
    datum: String,
    #[serde(default)]
    replaces: String,
}

struct Choice {
    word: &'static str,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "areas/import.html")]
struct ChoosePage {
    page: Page,
    errors: FieldErrors,
    levels: Vec<Choice>,
    datums: Vec<Choice>,
    replaces: bool,
}

impl ChoosePage {
    fn of(visit: &Visit, raw: &RawFile, errors: FieldErrors) -> Self {
        let page = visit.page(Message::of("areas-import-title"));
        let chosen = if raw.datum.is_empty() {
            datum_word(Datum::Wgs84)
        } else {
            &raw.datum
        };
        let levels = Level::ALL.into_iter().map(|level| Choice {
            word: level.word(),
            label: page.t(level.message()),
            is_chosen: raw.level == level.word(),
        });
        let datums = DATUMS.into_iter().map(|datum| Choice {
            word: datum_word(datum),
            label: page.t(datum_label(datum)),
            is_chosen: chosen == datum_word(datum),
        });
        Self {
            levels: levels.collect(),
            datums: datums.collect(),
            replaces: !raw.replaces.is_empty(),
            errors,
            page,
        }
    }
}

const fn datum_label(datum: Datum) -> &'static str {
    match datum {
        Datum::Wgs84 => "areas-datum-wgs84",
        Datum::Gcj02 => "areas-datum-gcj02",
        Datum::Bd09 => "areas-datum-bd09",
        Datum::Cgcs2000 => "areas-datum-cgcs2000",
    }
}

pub(super) async fn choose(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&ChoosePage::of(
        &visit,
        &RawFile::default(),
        FieldErrors::default(),
    ))
}

pub(super) async fn upload(
    visit: Visit,
    Uploaded { form, files }: Uploaded<RawFile>,
) -> Result<Response, Refusal> {
    whole_map(&visit)?;
    let account = visit.actor().account.ok_or(Refusal::SignInFirst)?;
    let mut errors = FieldErrors::default();
    let body = text_of(files.first(), &mut errors);
    let level = Level::from_word(&form.level);
    if level.is_none() {
        errors.add("level", Message::of("areas-level-missing"));
    }
    let datum = datum_from_word(&form.datum);
    if datum.is_none() {
        errors.add("datum", Message::of("areas-datum-missing"));
    }
    let (Some((file_name, body)), Some(level), Some(datum)) = (body, level, datum) else {
        return again(&ChoosePage::of(&visit, &form, errors));
    };
    let options = ImportOptions {
        level,
        datum,
        replaces: !form.replaces.is_empty(),
    };
    let id = drafts::keep(&visit, account, options, file_name, body).await?;
    Ok(axum::response::Redirect::to(&format!("/areas/import/{id}")).into_response())
}

fn text_of<'a>(file: Option<&'a Upload>, errors: &mut FieldErrors) -> Option<(&'a str, &'a str)> {
    let wrong = match file {
        None => "areas-file-missing",
        Some(file) if file.is_too_large => "areas-file-too-large",
        Some(file) => match std::str::from_utf8(&file.bytes) {
            // PostgreSQL keeps no NUL in a text, and JSON has none.
            Ok(text) if !text.contains('\0') => return Some((&file.file_name, text)),
            _ => "areas-file-not-utf8",
        },
    };
    errors.add("file", Message::of(wrong));
    None
}

/// The visitor's own file, looked through against today's map.
async fn look(visit: &Visit, id: &str) -> Result<(Draft, ImportPlan), Refusal> {
    let id: ImportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut draft = drafts::find(visit, id).await?.ok_or(Refusal::NotFound)?;
    let map = map_of(visit).await?;
    let text = std::mem::take(&mut draft.body);
    let plan = plan_aside(text, draft.options, Arc::clone(&map)).await?;
    Ok((draft, plan))
}

/// The first findings of each kind, with their numbers.
fn worth_telling(findings: &[Finding]) -> impl Iterator<Item = (usize, &Finding)> {
    let mut times = HashMap::new();
    findings.iter().enumerate().filter(move |(_, finding)| {
        let told = times
            .entry(std::mem::discriminant(&finding.trouble))
            .or_insert(0);
        *told += 1;
        *told <= TOLD_OF_A_KIND
    })
}

struct Told {
    anchor: String,
    words: String,
    place: Option<String>,
}

struct Line {
    name: String,
    code: String,
    parent: String,
    square_metres: i64,
}

#[derive(Template)]
#[template(path = "areas/preview.html")]
struct PreviewPage {
    page: Page,
    id: ImportId,
    revision: i64,
    file_name: String,
    level: String,
    datum: String,
    is_of_buildings: bool,
    is_sound: bool,
    areas_count: usize,
    areas: Vec<Line>,
    ends: Vec<String>,
    faults_count: usize,
    faults: Vec<Told>,
    warnings_count: usize,
    warnings: Vec<Told>,
    has_places: bool,
}

pub(super) async fn preview(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (draft, plan) = look(&visit, &id).await?;
    let map = map_of(&visit).await?;
    let page = visit.page(Message::of("areas-preview-title"));
    let told = |findings: &[Finding], sort: &str| -> Vec<Told> {
        worth_telling(findings)
            .map(|(number, finding)| {
                let words = page.msg(&finding.message());
                let place = finding.at.map(geometry::place);
                let place = place.filter(|place| !words.contains(place));
                Told {
                    anchor: format!("{sort}-{number}"),
                    words,
                    place,
                }
            })
            .collect()
    };
    let name = |id| map.name(id).unwrap_or_default().to_owned();
    let areas = plan.areas.iter().take(AREAS_TOLD).map(|area| Line {
        name: area.name.clone(),
        code: area.code.clone(),
        parent: area.parent.map(name).unwrap_or_default(),
        square_metres: whole_metres(area.shape.area_m2()),
    });
    Page::show(&PreviewPage {
        id: draft.id,
        revision: plan.revision,
        file_name: draft.file_name,
        level: page.t(plan.options.level.message()),
        datum: page.t(datum_label(plan.options.datum)),
        is_of_buildings: plan.options.level == Level::Building,
        is_sound: plan.is_sound(),
        areas_count: plan.areas.len(),
        areas: areas.collect(),
        ends: plan.ends.iter().copied().map(name).collect(),
        faults_count: plan.faults.len(),
        faults: told(&plan.faults, "fault"),
        warnings_count: plan.warnings.len(),
        warnings: told(&plan.warnings, "warning"),
        has_places: plan
            .faults
            .iter()
            .chain(&plan.warnings)
            .any(|finding| finding.at.is_some()),
        page,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float becomes the nearest i64"
)]
fn whole_metres(area_m2: f64) -> i64 {
    area_m2.round() as i64
}

pub(super) async fn load(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let allowed = whole_map(&visit)?;
    let (draft, plan) = look(&visit, &id).await?;
    if !plan.is_sound() {
        // What was sound when it was shown is not any more: the preview says why.
        return Ok(visit.go_on(&format!("/areas/import/{}", draft.id), "areas-faulty"));
    }
    let mut tx = visit.begin().await?;
    if !drafts::take_away(&tx, draft.id).await? {
        return Err(Refusal::NotFound);
    }
    actions::carry_out(&mut tx, &allowed, &plan).await?;
    tx.commit().await?;
    Ok(visit.go_on("/areas", "areas-imported"))
}

/// What would come, for the map beside the findings.
pub(super) async fn areas(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (_, plan) = look(&visit, &id).await?;
    let features: Vec<String> = plan
        .areas
        .iter()
        .map(|area| {
            let label = if area.code.is_empty() {
                &area.name
            } else {
                &area.code
            };
            let properties = json!({ "name": area.name, "label": label });
            let geometry = geometry::write(&area.shape);
            format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
        })
        .collect();
    Ok(geojson(collection(&features)))
}

/// What was found, as pins; each leads to its sentence.
pub(super) async fn findings(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (draft, plan) = look(&visit, &id).await?;
    let page = visit.page(Message::of("areas-preview-title"));
    let pins = |findings: &[Finding], sort: &str, tone: &str, state: String| -> Vec<String> {
        worth_telling(findings)
            .filter_map(|(number, finding)| {
                let at: Point = finding.at?;
                let properties = json!({
                    "id": format!("{sort}-{number}"),
                    "title": page.msg(&finding.message()),
                    "tone": tone,
                    "state": state,
                    "href": format!("/areas/import/{}#{sort}-{number}", draft.id),
                });
                let geometry = json!({ "type": "Point", "coordinates": [at.lon(), at.lat()] });
                let pin =
                    json!({ "type": "Feature", "properties": properties, "geometry": geometry });
                Some(pin.to_string())
            })
            .collect()
    };
    let mut all = pins(&plan.faults, "fault", "hot", page.t("areas-preview-fault"));
    all.extend(pins(
        &plan.warnings,
        "warning",
        "wait",
        page.t("areas-preview-warning"),
    ));
    Ok(geojson(collection(&all)))
}

fn geojson(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/geo+json")], body).into_response()
}
