//! How a mediation is shown: its steps, its papers, what happened and who read of it. Words are
//! put together here, in the reader's language, so that templates only place them.

use kernel::Instant;
use kernel::events::{
    Event, MediationApplied, MediationConsented, MediationDeclined, MediationSeen,
    MediationTerminated, MediatorsSet,
};
use platform::Page;
use platform::record::{Recorded, Told};
use platform::vault::Vault;

use super::day;
use crate::locked::{self, Script};
use crate::model::{Ending, Side, State};
use crate::store::{Paper, PaperKind};
use crate::words;

/// A step of the way.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: String,
    pub is_done: bool,
    pub is_now: bool,
}

/// The five steps of a mediation in this state.
pub fn steps(page: &Page, state: State) -> Vec<Step> {
    let stage = state.stage();
    let is_kept = state == State::Fulfilled;
    words::STEPS
        .iter()
        .enumerate()
        .map(|(place, name)| Step {
            name: page.t(name),
            is_done: place < stage || is_kept,
            is_now: place == stage && state.is_open(),
        })
        .collect()
}

/// A paper, opened.
#[derive(Clone, Debug)]
pub struct PaperView {
    pub title: String,
    pub day: String,
    /// What each part is called, and its words.
    pub parts: Vec<(&'static str, String)>,
    pub is_erased: bool,
}

/// The papers, opened.
pub fn papers(page: &Page, vault: &Vault, papers: &[Paper]) -> Vec<PaperView> {
    papers
        .iter()
        .map(|paper| opened(page, vault, paper))
        .collect()
}

fn opened(page: &Page, vault: &Vault, paper: &Paper) -> PaperView {
    let title = match paper.kind {
        PaperKind::Session { is_open: true } => page.t("mediation-paper-session-open"),
        PaperKind::Session { is_open: false } => page.t("mediation-paper-session-closed"),
        PaperKind::Agreement => page.t("mediation-paper-agreement"),
        PaperKind::Visit => page.t("mediation-paper-visit"),
        PaperKind::Risk(body) => page.t1("mediation-paper-risk", "body", page.t(words::body(body))),
    };
    let script = locked::open(vault, paper.locked.as_deref());
    let parts = match script.clone() {
        Some(Script::Session { present, notes }) => vec![
            ("mediation-field-present", present),
            ("mediation-field-notes", notes),
        ],
        Some(Script::Agreement {
            facts,
            terms,
            limits,
        }) => vec![
            ("mediation-field-facts", facts),
            ("mediation-field-terms", terms),
            ("mediation-field-limits", limits),
        ],
        Some(Script::Visit { notes }) => vec![("mediation-field-found", notes)],
        None => Vec::new(),
    };
    PaperView {
        title,
        day: day(page, paper.on),
        parts,
        is_erased: script.is_none() && !matches!(paper.kind, PaperKind::Risk(_)),
    }
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    pub title: String,
    pub who: String,
    pub at: Instant,
}

/// The looks of one of the committee on one day.
#[derive(Clone, Debug)]
pub struct Look {
    pub who: String,
    /// How often, in words; empty for once.
    pub times: String,
    pub last_at: Instant,
}

/// What happened, and who looked on which day, each oldest first.
pub fn timeline(page: &Page, told: Vec<Told>) -> (Vec<Entry>, Vec<Look>) {
    let (looks, turns): (Vec<Told>, Vec<Told>) = told
        .into_iter()
        .partition(|told| told.event.name == MediationSeen::NAME);
    let turn = |told: Told| {
        Some(Entry {
            title: title(page, &told.event)?,
            who: told.who.unwrap_or_default(),
            at: told.event.at,
        })
    };
    let look = |told: Told| Look {
        who: told.who.unwrap_or_default(),
        times: if told.times > 1 {
            page.t1("mediation-looks-times", "n", told.times)
        } else {
            String::new()
        },
        last_at: told.event.at,
    };
    (
        turns.into_iter().filter_map(turn).collect(),
        looks.into_iter().map(look).collect(),
    )
}

fn title(page: &Page, event: &Recorded) -> Option<String> {
    if let Some(applied) = event.read::<MediationApplied>() {
        return Some(page.t(if applied.origin == "offered" {
            "mediation-event-offered"
        } else {
            "mediation-event-applied"
        }));
    }
    if let Some(consented) = event.read::<MediationConsented>() {
        return Some(of_side(page, "mediation-event-consented", &consented.side));
    }
    if let Some(declined) = event.read::<MediationDeclined>() {
        return Some(of_side(page, "mediation-event-declined", &declined.side));
    }
    if let Some(set) = event.read::<MediatorsSet>() {
        return Some(page.t(if set.is_chosen_by_parties {
            "mediation-event-mediators-chosen"
        } else {
            "mediation-event-mediators-set"
        }));
    }
    if let Some(terminated) = event.read::<MediationTerminated>() {
        let ending = Ending::from_word(&terminated.ending)?;
        return Some(page.t1(
            "mediation-event-terminated",
            "why",
            page.t(words::ending(ending)),
        ));
    }
    // All others are said as the record says them.
    Some(page.event(&event.name))
}

fn of_side(page: &Page, id: &'static str, side: &str) -> String {
    page.t1(id, "side", page.t(side_label(Side::from_word(side))))
}

/// What a party is called where no name may stand.
pub const fn side_label(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::B) => "mediation-side-b",
        Some(Side::A) | None => "mediation-side-a",
    }
}
