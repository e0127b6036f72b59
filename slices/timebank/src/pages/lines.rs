//! Helps in lists.

use std::collections::HashMap;

use areas::Atlas;
use kernel::{Minutes, PersonId};
use people::Resident;
use platform::Page;

use super::span;
use crate::model::Side;
use crate::store::Line;
use crate::words;

/// A dispute is to be settled within so many days.
const SETTLED_DAYS: i64 = 7;

/// A help in a list, ready to be shown.
#[derive(Clone, Debug)]
pub struct LineView {
    /// Where it is read.
    pub href: String,
    /// `HB-2026-0007`.
    pub number: String,
    /// Its kind.
    pub kind: String,
    /// Where it stands.
    pub state: &'static str,
    /// The tone of its tag.
    pub tone: &'static str,
    /// In which micro-grid or grid; empty when that is not known.
    pub area: String,
    /// When.
    pub when: String,
    /// For how long.
    pub length: String,
    /// Whose credit pays.
    pub cover: &'static str,
    /// Who receives it; empty where names are not shown.
    pub receiver: String,
    /// Who helps.
    pub giver: String,
    /// Who the reader is to it.
    pub side: Option<&'static str>,
    /// What the receiver tells the giver, for the receiving side.
    pub code: Option<String>,
    /// Whether it has waited too long for somebody to settle it.
    pub is_late: bool,
}

/// When it begins, with its weekday: `11月28日 周六 09:00`.
pub fn when(page: &Page, at: kernel::Instant) -> String {
    let weekday = at.in_zone(page.zone()).weekday();
    let id = match weekday {
        jiff::civil::Weekday::Monday => "timebank-monday",
        jiff::civil::Weekday::Tuesday => "timebank-tuesday",
        jiff::civil::Weekday::Wednesday => "timebank-wednesday",
        jiff::civil::Weekday::Thursday => "timebank-thursday",
        jiff::civil::Weekday::Friday => "timebank-friday",
        jiff::civil::Weekday::Saturday => "timebank-saturday",
        jiff::civil::Weekday::Sunday => "timebank-sunday",
    };
    page.t2(
        "timebank-when",
        "moment",
        page.moment(&at),
        "weekday",
        page.t(id),
    )
}

/// In which micro-grid, or else in which grid.
pub fn area(atlas: &Atlas, line: &Line) -> String {
    [line.micro_grid, line.grid]
        .into_iter()
        .flatten()
        .find_map(|area| atlas.name(area))
        .unwrap_or_default()
        .to_owned()
}

/// A line for everybody: no name, no word, no address.
pub fn public(page: &Page, atlas: &Atlas, line: &Line) -> LineView {
    LineView {
        href: format!("/timebank/helps/{}", line.id),
        number: line.number.clone(),
        kind: line.kind(page.visit().locale()).to_owned(),
        state: words::state(line.state),
        tone: line.state.tone(),
        area: area(atlas, line),
        when: when(page, line.starts_at),
        length: span(page, line.minutes),
        cover: words::cover(line.cover),
        receiver: String::new(),
        giver: String::new(),
        side: None,
        code: None,
        is_late: line
            .disputed_at
            .is_some_and(|at| at.plus(Minutes::days(SETTLED_DAYS)) < page.visit().now()),
    }
}

/// A line with names, for its sides and the desk; the code for the receiving side only.
pub fn named(
    page: &Page,
    atlas: &Atlas,
    line: &Line,
    names: &HashMap<PersonId, Resident>,
    reader: Option<PersonId>,
) -> LineView {
    let name = |person: Option<PersonId>| {
        person
            .and_then(|person| names.get(&person))
            .map(|one| one.name.clone())
            .unwrap_or_default()
    };
    let side = reader.and_then(|reader| line.side_of(reader));
    LineView {
        receiver: name(line.receiver),
        giver: name(line.giver),
        side: side.map(words::side),
        code: line
            .code
            .clone()
            .filter(|_| side.is_some_and(Side::is_receiving)),
        ..public(page, atlas, line)
    }
}

/// Everybody who is named in lines.
pub fn people(lines: &[Line]) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = lines
        .iter()
        .flat_map(|line| [line.receiver, line.giver])
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    people
}
