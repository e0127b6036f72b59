//! How many real duplicates the program would have shown to who typed them, and how often it would have shown something to
//! who typed no duplicate.
//!
//! Rows closed as duplicates should get a suggestion when they come in, the others should not. Each row's score is that of
//! its best candidate. Many of the originals came in before the file begins, so that 100 % cannot be reached: of 744 rows
//! about one in five has no earlier row of its kind within 250 m.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use duplicates::{Habit, Kinship, SUGGEST_FROM, judge};

use super::figures::{Figure, Table, Target, Unit};
use super::latencies::Latencies;
use super::replay::{Closures, Grid, Habits, Row, read};
use crate::checkout::Checkout;

/// Beside the checkout; no part of it.
const FILE: &str = "../shared/data/requests311/boston_2015_05-06.csv";
/// Shares of other rows that get a suggestion, in percent.
const SHARES: [f64; 3] = [5.0, 10.0, 20.0];
/// "Same type, earlier, within 50 m and 60 days."
const BASELINE_M: f64 = 50.0;
const BASELINE_S: i64 = 60 * 86_400;
const SUGGESTION_MS_MAX: f64 = 1.0;

/// Whether a row belongs to a period.
type Period = fn(&Row) -> bool;

/// The best score of each row, each way of knowing the kinds' habits in turn.
struct Scored {
    none: Vec<f64>,
    learning: Vec<f64>,
    of_may: Vec<f64>,
    baseline: Vec<bool>,
    times: Latencies,
}

/// Replays the file; a table with only a sentence where it is missing.
pub fn measure(checkout: &Checkout, data: Option<&Path>) -> Result<Table> {
    let file = data.map_or_else(|| checkout.root().join(FILE), PathBuf::from);
    let columns = ["at 5 %", "at 10 %", "at 20 %", "at the baseline's"];
    let mut table = Table::new("Duplicates found while they are typed", &columns);
    if !file.exists() {
        let missing = format!("SKIPPED, NOT MEASURED: {} is missing", file.display());
        eprintln!("{missing}");
        table.note(missing);
        return Ok(table);
    }
    let rows = read(&file)?;
    let scored = replay(&rows);
    let periods: [(&str, Period); 3] = [
        ("June", |row| !row.is_may),
        ("May", |row| row.is_may),
        ("both months", |_| true),
    ];
    let ways = [
        ("no habit known", &scored.none),
        ("learning from each closure", &scored.learning),
        ("habits of May", &scored.of_may),
    ];
    for (way, scores) in ways {
        for (period, is_in) in periods {
            let found = found(&rows, scores, &scored.baseline, is_in);
            table.row(format!("{way}, {period}"), found.map(Some));
        }
    }
    for (period, is_in) in periods {
        let baseline = Shares::of(&rows, is_in, |place| scored.baseline[place]);
        table.note(format!(
            "Baseline, {period} (same type, earlier, within 50 m and 60 days): {baseline}"
        ));
    }
    for (way, scores) in ways {
        let shown = Shares::of(&rows, |row| !row.is_may, |at| scores[at] >= SUGGEST_FROM);
        table.note(format!(
            "Shown by the program (log-odds from {SUGGEST_FROM}), {way}, June: {shown}"
        ));
    }
    let duplicates = rows.iter().filter(|row| row.is_duplicate).count();
    table.note(format!(
        "{} rows, {duplicates} of them closed as duplicates. \"No habit known\" never sees why anything was closed; \
         \"learning\" knows it of what was closed before a row came in; \"habits of May\" counts May, in May without the \
         row itself.",
        rows.len()
    ));
    if let Some(p50) = Figure::of_percentile(&scored.times, 50) {
        table.note(format!(
            "A suggestion takes {} (p50).",
            p50.wanted(Target::AtMost(SUGGESTION_MS_MAX))
        ));
    }
    Ok(table)
}

fn replay(rows: &[Row]) -> Scored {
    let mut of_may = Habits::default();
    rows.iter()
        .filter(|row| row.is_may)
        .for_each(|row| of_may.count(row));
    let mut learning = Habits::default();
    let mut closures = Closures::of(rows);
    let mut grid = Grid::default();
    let mut scored = Scored {
        none: Vec::new(),
        learning: Vec::new(),
        of_may: Vec::new(),
        baseline: Vec::new(),
        times: Latencies::default(),
    };
    let mut times: Vec<Duration> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        while let Some(closed) = closures.next_before(row.opened_s) {
            learning.count(&rows[closed]);
        }
        let begun = Instant::now();
        let around = grid.around(row, rows);
        let judged = judge(&row.matter, &around, Habit::default());
        times.push(begun.elapsed());
        let best = judged.iter().map(|one| one.log_odds);
        let best = best.fold(f64::NEG_INFINITY, f64::max);
        // The habit is the same for all candidates of a row.
        scored.none.push(best);
        scored
            .learning
            .push(best + learning.of(row, false).evidence());
        scored
            .of_may
            .push(best + of_may.of(row, row.is_may).evidence());
        scored.baseline.push(grid.earlier(row, rows).any(|earlier| {
            let is_same = row.kind.kinship(earlier.kind) == Kinship::Same;
            let apart_m = row.matter.distance_m(&earlier.matter);
            is_same
                && apart_m.is_some_and(|apart_m| apart_m <= BASELINE_M)
                && row.opened_s - earlier.opened_s < BASELINE_S
        }));
        grid.add(place, row);
    }
    scored.times = times.into_iter().collect();
    scored
}

/// Percents of duplicates and of other rows.
struct Shares {
    duplicates: f64,
    others: f64,
}

impl Shares {
    /// Of the rows of a period, those that something holds for, by their place.
    fn of(rows: &[Row], is_in: Period, holds: impl Fn(usize) -> bool) -> Self {
        let share = |is_duplicate: bool| {
            let places = rows.iter().enumerate();
            let these: Vec<usize> = places
                .filter(|(_, row)| is_in(row) && row.is_duplicate == is_duplicate)
                .map(|(place, _)| place)
                .collect();
            let holding = these.iter().filter(|&&place| holds(place)).count();
            100.0 * holding as f64 / these.len().max(1) as f64
        };
        Self {
            duplicates: share(true),
            others: share(false),
        }
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.1} % of the duplicates, {:.1} % of the others",
            self.duplicates, self.others
        )
    }
}

/// The shares of duplicates found where 5, 10 and 20 % of the other rows get a suggestion, and where as many do as by the
/// baseline, which is to be beaten there.
fn found(rows: &[Row], scores: &[f64], baseline: &[bool], is_in: Period) -> [Figure; 4] {
    let scores_of = |is_duplicate: bool| {
        let mut scores: Vec<f64> = rows
            .iter()
            .zip(scores)
            .filter(|(row, _)| is_in(row) && row.is_duplicate == is_duplicate)
            .map(|(_, score)| *score)
            .collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        scores
    };
    let (duplicates, others) = (scores_of(true), scores_of(false));
    let of_baseline = Shares::of(rows, is_in, |place| baseline[place]);
    let at = |share: f64| Figure::of(found_at(&duplicates, &others, share), Unit::Percent);
    let [five, ten, twenty] = SHARES.map(at);
    let as_many = at(of_baseline.others).wanted(Target::AtLeast(of_baseline.duplicates));
    [five, ten, twenty, as_many]
}

/// The percent of duplicates above the score that `share` percent of the others exceed; both best first.
fn found_at(duplicates: &[f64], others: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a number of rows"
    )]
    let exceeding = (others.len() as f64 * share / 100.0) as usize;
    let Some(&threshold) = others.get(exceeding) else {
        return 100.0;
    };
    let found = duplicates.iter().filter(|&&score| score > threshold);
    100.0 * found.count() as f64 / duplicates.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_told_at_the_score_that_so_many_others_exceed() {
        let others: Vec<f64> = (0..100).rev().map(f64::from).collect();
        let duplicates = [99.5, 94.5, 94.0, 10.0];

        assert!((found_at(&duplicates, &others, 5.0) - 50.0).abs() < 1e-9);
        assert!((found_at(&duplicates, &others, 100.0) - 100.0).abs() < 1e-9);
        assert!(found_at(&[], &others, 5.0).abs() < 1e-9);
    }
}
