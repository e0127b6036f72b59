//! Figures with their targets, as tables to read and as JSON to compare.
//!
//! A figure that misses its target says `over` or `under`, and that is all: a benchmark informs, it does not judge a change.

use std::fmt;

use serde::Serialize;

use super::latencies::Latencies;

/// A measured value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    value: f64,
    unit: Unit,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target>,
}

/// What a value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Events in a second.
    PerSecond,
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Bytes; read as kB and MB, by thousands.
    Bytes,
    /// A quotient.
    Times,
    /// A share, from 0 to 100.
    Percent,
}

/// What a value should be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Figure {
    /// A value in its unit.
    pub fn of(value: f64, unit: Unit) -> Self {
        Self {
            value,
            unit,
            target: None,
        }
    }

    /// A size.
    pub fn of_bytes(bytes: u64) -> Self {
        Self::of(bytes as f64, Unit::Bytes)
    }

    /// A percentile; `None` when nothing was measured.
    pub fn of_percentile(latencies: &Latencies, p: usize) -> Option<Self> {
        let duration = latencies.percentile(p)?;
        Some(Self::of(
            duration.as_secs_f64() * 1000.0,
            Unit::Milliseconds,
        ))
    }

    /// The figure with what it should be.
    #[must_use]
    pub fn wanted(self, target: Target) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }

    /// The value.
    pub fn value(self) -> f64 {
        self.value
    }

    /// Whether it is as it should be; `None` when nobody said how it should be.
    pub fn is_met(self) -> Option<bool> {
        self.target.map(|target| match target {
            Target::AtLeast(least) => self.value >= least,
            Target::AtMost(most) => self.value <= most,
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.unit.say(self.value))?;
        let (sign, bound) = match self.target {
            None => return Ok(()),
            Some(Target::AtLeast(least)) => ('≥', least),
            Some(Target::AtMost(most)) => ('≤', most),
        };
        let bound = self.unit.say(bound);
        let verdict = match (self.is_met(), sign) {
            (Some(true), _) => "PASS",
            (_, '≥') => "under",
            _ => "over",
        };
        write!(f, " {sign}{bound} {verdict}")
    }
}

impl Unit {
    /// With three digits that mean something, and the shortest name.
    fn say(self, value: f64) -> String {
        match self {
            Self::PerSecond => format!("{}/s", rounded(value)),
            Self::Milliseconds => format!("{} ms", rounded(value)),
            Self::Seconds => format!("{} s", rounded(value)),
            Self::Times => format!("{}×", rounded(value)),
            Self::Percent => format!("{value:.1} %"),
            Self::Bytes if value >= 1e6 => format!("{} MB", rounded(value / 1e6)),
            Self::Bytes if value >= 1e3 => format!("{} kB", rounded(value / 1e3)),
            Self::Bytes => format!("{value} B"),
        }
    }
}

fn rounded(value: f64) -> String {
    let digits = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Figures of one kind: a row for each thing measured, a column for each measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    title: String,
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    /// What a reader must know to read it right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Row {
    name: String,
    figures: Vec<Option<Figure>>,
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, columns: &[&'static str]) -> Self {
        Self {
            title: title.into(),
            columns: columns.to_vec(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a row; a figure that could not be had is `None`.
    pub fn row(
        &mut self,
        name: impl Into<String>,
        figures: impl IntoIterator<Item = Option<Figure>>,
    ) {
        self.rows.push(Row {
            name: name.into(),
            figures: figures.into_iter().collect(),
        });
    }

    /// Adds a sentence below.
    pub fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.notes.is_empty()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let headline = std::iter::once(self.title.clone());
        lines.push(
            headline
                .chain(self.columns.iter().map(|name| (*name).to_owned()))
                .collect(),
        );
        for row in &self.rows {
            let figures = row
                .figures
                .iter()
                .map(|figure| figure.map_or_else(|| "–".to_owned(), |figure| figure.to_string()));
            lines.push(
                std::iter::once(format!("  {}", row.name))
                    .chain(figures)
                    .collect(),
            );
        }
        let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|at| {
                let cells = lines.iter().filter_map(|line| line.get(at));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        for line in &lines {
            let padded: Vec<String> = line
                .iter()
                .zip(&widths)
                .map(|(cell, &width)| format!("{cell:<width$}"))
                .collect();
            writeln!(f, "{}", padded.join("  ").trim_end())?;
        }
        self.notes
            .iter()
            .try_for_each(|sentence| writeln!(f, "  {sentence}"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_figure_stands_beside_its_target() {
        let pages = Figure::of(811.6, Unit::PerSecond);
        let p50 = Figure::of(9.127, Unit::Milliseconds);
        let size = Figure::of_bytes(41_300_000);

        assert_eq!(pages.to_string(), "812/s");
        assert_eq!(
            pages.wanted(Target::AtLeast(500.0)).to_string(),
            "812/s ≥500/s PASS"
        );
        assert_eq!(
            pages.wanted(Target::AtLeast(900.0)).to_string(),
            "812/s ≥900/s under"
        );
        assert_eq!(
            p50.wanted(Target::AtMost(5.0)).to_string(),
            "9.13 ms ≤5 ms over"
        );
        assert_eq!(
            size.wanted(Target::AtMost(40e6)).to_string(),
            "41.3 MB ≤40 MB over"
        );
        assert_eq!(Figure::of_bytes(900).to_string(), "900 B");
    }

    #[test]
    fn a_target_that_is_just_met_is_met() {
        let ratio = Figure::of(1.5, Unit::Times);

        assert_eq!(ratio.wanted(Target::AtMost(1.5)).is_met(), Some(true));
        assert_eq!(ratio.wanted(Target::AtLeast(1.5)).is_met(), Some(true));
        assert_eq!(ratio.is_met(), None);
    }

    #[test]
    fn columns_stand_below_each_other_and_what_is_missing_is_a_dash() {
        let latencies: Latencies = [Duration::from_micros(1500)].into_iter().collect();
        let mut table = Table::new("SQLite", &["pages", "p50"]);
        table.row(
            "request list",
            [
                Some(Figure::of(812.0, Unit::PerSecond)),
                Figure::of_percentile(&latencies, 50),
            ],
        );
        table.row("home", [None, Some(Figure::of(0.4, Unit::Milliseconds))]);
        table.note("not measured: the map");

        assert_eq!(
            table.to_string(),
            "SQLite          pages  p50\n\
             \x20 request list  812/s  1.5 ms\n\
             \x20 home          –      0.4 ms\n\
             \x20 not measured: the map\n"
        );
    }

    #[test]
    fn json_says_value_unit_and_target() {
        let figure = Figure::of(2.0, Unit::Seconds).wanted(Target::AtMost(10.0));

        assert_eq!(
            serde_json::to_string(&figure).unwrap(),
            r#"{"value":2.0,"unit":"seconds","target":{"at_most":10.0}}"#
        );
    }
}
