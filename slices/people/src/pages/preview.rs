//! What a file would do, before it does it: faults by row, those who look alike side by side, and
//! the question that only a person can answer.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use platform::{Message, Page, Posted, Refusal, Visit};

use super::imports::{draft, known};
use crate::history::field_label;
use crate::import::{
    self, Decision, Draft, Fate, Fault, Other, Pair, Payload, Piece, Plan, Planned, TAKE_IN,
    differing,
};
use crate::store::imports::{self as store, Import, State};

/// Faults, corrections and warnings shown of each kind; all unclear rows are.
const SHOWN: usize = 100;

/// Two entries side by side.
#[derive(Clone, Debug)]
pub struct SideBySide {
    /// The row of the sheet.
    pub number: u32,
    /// The earlier row that it looks like, when it is not somebody in the register.
    pub other_row: Option<u32>,
    /// Message of the field, the file's words, the register's words.
    pub fields: Vec<(&'static str, Vec<Piece>, Vec<Piece>)>,
    /// Messages of the fields that are corrected.
    pub corrected: Vec<&'static str>,
    /// What was decided.
    pub decision: Option<Decision>,
}

impl SideBySide {
    fn is_decided(&self, decision: Decision) -> bool {
        self.decision == Some(decision)
    }

    fn is_same(&self) -> bool {
        self.is_decided(Decision::Same)
    }

    fn is_another(&self) -> bool {
        self.is_decided(Decision::Another)
    }
}

/// How many rows have which fate.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    new: usize,
    corrected: usize,
    same: usize,
    repeats: usize,
    unclear: usize,
    faults: usize,
    unplaced: usize,
}

#[derive(Template)]
#[template(path = "people/import_preview.html")]
struct PreviewPage {
    page: Page,
    import: Import,
    is_stale: bool,
    is_undecided: bool,
    is_ready: bool,
    to_write: usize,
    counts: Counts,
    faults: Vec<Fault>,
    /// Unclear rows, and those that were decided.
    asked: Vec<SideBySide>,
    corrections: Vec<SideBySide>,
    repeats: Vec<SideBySide>,
    unplaced: Vec<(u32, String)>,
    shown: usize,
}

/// `GET /people/import/{id}/preview`.
pub async fn preview(visit: Visit, Path(word): Path<String>) -> Result<Response, Refusal> {
    let import = known(&visit, &word).await?;
    if import.state != State::Draft {
        return Ok(Redirect::to(&format!("/people/import/{}", import.id)).into_response());
    }
    let draft = draft(&visit, import.id).await?;
    let (draft, plan) = import::preview(visit.house(), visit.community().id, draft).await?;
    show(&visit, import, &draft, &plan, false)
}

/// `POST /people/import/{id}/confirm`: writes the file, if everything is clear.
pub async fn confirm(
    visit: Visit,
    Path(word): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let import = known(&visit, &word).await?;
    let href = format!("/people/import/{}", import.id);
    if import.state != State::Draft {
        return Ok(Redirect::to(&href).into_response());
    }
    let mut draft = draft(&visit, import.id).await?;
    draft.tuning.decisions = decisions(&pairs);
    draft.tuning.unclear = pairs
        .iter()
        .any(|(name, value)| name == "rest" && value == "another")
        .then_some(Decision::Another);
    draft.tuning.is_stale = false;
    let community = visit.community().id;
    let (draft, plan) = import::preview(visit.house(), community, draft).await?;
    let mut tx = visit.house().housekeeping(community).await?;
    if !plan.is_ready() {
        store::tune(&tx, import.id, &draft.tuning).await?;
        tx.commit().await?;
        let page = show(&visit, import, &draft, &plan, true)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if store::queue(&tx, import.id, &draft.tuning).await? {
        tx.later(
            TAKE_IN,
            &Payload {
                import: import.id,
                account: visit.actor().account,
            },
        );
        tx.commit().await?;
    }
    Ok(Redirect::to(&href).into_response())
}

/// `row-12=same`, `row-15=another`.
fn decisions(pairs: &[(String, String)]) -> BTreeMap<u32, Decision> {
    pairs
        .iter()
        .filter_map(|(name, value)| {
            let row = name.strip_prefix("row-")?.parse().ok()?;
            let decision = match value.as_str() {
                "same" => Decision::Same,
                "another" => Decision::Another,
                _ => return None,
            };
            Some((row, decision))
        })
        .collect()
}

fn show(
    visit: &Visit,
    import: Import,
    draft: &Draft,
    plan: &Plan,
    is_undecided: bool,
) -> Result<Response, Refusal> {
    let is_asked = |row: &&Planned| {
        row.fate == Fate::Unclear || draft.tuning.decisions.contains_key(&row.line.number)
    };
    let beside = |row: &Planned| {
        row.pair.as_ref().map(|pair| {
            side_by_side(
                visit,
                row,
                pair,
                draft.tuning.decisions.get(&row.line.number).copied(),
            )
        })
    };
    let of_fate = |wanted: fn(&Fate) -> bool| {
        plan.rows
            .iter()
            .filter(move |row| wanted(&row.fate))
            .filter(|row| !is_asked(row))
            .take(SHOWN)
            .filter_map(beside)
            .collect::<Vec<_>>()
    };
    Page::show(&PreviewPage {
        page: visit.page(Message::of("people-import-preview")),
        import,
        is_stale: draft.tuning.is_stale,
        is_undecided: is_undecided && plan.faults.is_empty() && plan.unclear().next().is_some(),
        // Rows that only wait for a decision can be confirmed together with it.
        is_ready: plan.faults.is_empty()
            && (plan.to_write() > 0 || plan.unclear().next().is_some()),
        to_write: plan.to_write(),
        counts: counts(plan),
        faults: plan.faults.iter().take(SHOWN).cloned().collect(),
        asked: plan
            .rows
            .iter()
            .filter(is_asked)
            .filter_map(beside)
            .collect(),
        corrections: of_fate(|fate| matches!(fate, Fate::Correct(..))),
        repeats: of_fate(|fate| matches!(fate, Fate::Repeats(_))),
        unplaced: plan
            .unplaced()
            .take(SHOWN)
            .map(|row| (row.line.number, row.line.address.text.clone()))
            .collect(),
        shown: SHOWN,
    })
}

fn counts(plan: &Plan) -> Counts {
    Counts {
        new: plan.count(|fate| *fate == Fate::Enter),
        corrected: plan.count(|fate| matches!(fate, Fate::Correct(..))),
        same: plan.count(|fate| *fate == Fate::Nothing),
        repeats: plan.count(|fate| matches!(fate, Fate::Repeats(_))),
        unclear: plan.count(|fate| *fate == Fate::Unclear),
        faults: plan.faults.len(),
        unplaced: plan.unplaced().count(),
    }
}

fn side_by_side(
    visit: &Visit,
    row: &Planned,
    pair: &Pair,
    decision: Option<Decision>,
) -> SideBySide {
    let line = &row.line;
    let say = |id: &'static str| visit.house().locales().word(visit.locale(), id);
    let written =
        |birth: Option<jiff::civil::Date>| birth.map_or_else(String::new, |date| date.to_string());
    let texts = [
        ("people-field-name", line.name.clone(), pair.name.clone()),
        (
            "people-field-birth-date",
            written(line.birth_date),
            written(pair.birth_date),
        ),
        (
            "people-field-address",
            line.address.text.clone(),
            pair.address.clone(),
        ),
    ];
    let mut fields: Vec<_> = texts
        .into_iter()
        .map(|(label, ours, theirs)| {
            let (ours, theirs) = differing(&ours, &theirs);
            (label, ours, theirs)
        })
        .collect();
    // The number itself stays locked: for deciding it is enough whether it is the same.
    let phone = pair.is_same_phone.map(|is_same| {
        let id = if is_same {
            "people-phone-same"
        } else {
            "people-phone-differs"
        };
        vec![Piece {
            text: say(id),
            is_marked: !is_same,
        }]
    });
    if let Some(phone) = phone {
        fields.push(("people-field-phone", phone.clone(), phone));
    }
    SideBySide {
        number: line.number,
        other_row: match pair.other {
            Other::Row(number) => Some(number),
            Other::Known(_) => None,
        },
        fields,
        corrected: match &row.fate {
            Fate::Correct(_, fields) => fields.iter().map(|field| field_label(field)).collect(),
            Fate::Enter | Fate::Nothing | Fate::Repeats(_) | Fate::Unclear => Vec::new(),
        },
        decision,
    }
}
