//! The report of a run: which step is on, what came of each, how long it took.

use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// What came of each step so far.
pub struct Report {
    began: Instant,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

#[derive(PartialEq)]
enum Outcome {
    Passed,
    Failed,
    NotRun,
}

impl Report {
    /// An empty report; the clock runs from here.
    pub fn begin() -> Self {
        Self {
            began: Instant::now(),
            rows: Vec::new(),
        }
    }

    /// Runs one step under a headline, shows what failed, and tells whether it passed.
    pub fn step(
        &mut self,
        name: &'static str,
        what: &str,
        work: impl FnOnce() -> Result<()>,
    ) -> bool {
        let began = Instant::now();
        self.headline(name, what);
        let outcome = match work() {
            Ok(()) => Outcome::Passed,
            Err(error) => {
                println!("FAILED {name}: {error:#}");
                Outcome::Failed
            }
        };
        let passed = outcome == Outcome::Passed;
        self.rows.push(Row {
            name,
            outcome,
            took: began.elapsed(),
        });
        passed
    }

    /// Notes a step that could not be run, which counts as a failure.
    pub fn not_run(&mut self, name: &'static str, why: &str) {
        self.headline(name, why);
        self.rows.push(Row {
            name,
            outcome: Outcome::NotRun,
            took: Duration::ZERO,
        });
    }

    /// Prints the summary table. An error if any step did not pass.
    pub fn close(&self) -> Result<()> {
        println!("\n== summary");
        for row in &self.rows {
            let outcome = match row.outcome {
                Outcome::Passed => "passed",
                Outcome::Failed => "FAILED",
                Outcome::NotRun => "NOT RUN",
            };
            println!("{:<10} {outcome:<8} {:>9}", row.name, in_words(row.took));
        }
        println!(
            "{:<10} {:<8} {:>9}",
            "all",
            "",
            in_words(self.began.elapsed())
        );
        let faulty: Vec<_> = self
            .rows
            .iter()
            .filter(|row| row.outcome != Outcome::Passed)
            .map(|row| row.name)
            .collect();
        if !faulty.is_empty() {
            bail!("not all is well: {}", faulty.join(", "));
        }
        Ok(())
    }

    fn headline(&self, name: &str, what: &str) {
        println!(
            "\n== {name}: {what} (after {})",
            in_words(self.began.elapsed())
        );
        // The programs that follow write to the same place; the headline must be there first.
        stdout().flush().ok();
    }
}

/// A duration as one would say it: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn in_words(duration: Duration) -> String {
    match duration.as_secs() {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_one_would_say_them() {
        assert_eq!(in_words(Duration::from_millis(420)), "0.4 s");
        assert_eq!(in_words(Duration::from_secs(12)), "12 s");
        assert_eq!(in_words(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn one_failed_step_fails_the_run_and_the_next_still_runs() {
        let mut report = Report::begin();

        assert!(!report.step("first", "fails", || bail!("no")));
        assert!(report.step("second", "passes", || Ok(())));

        assert_eq!(
            report.close().unwrap_err().to_string(),
            "not all is well: first"
        );
    }

    #[test]
    fn a_step_that_could_not_be_run_fails_the_run() {
        let mut report = Report::begin();

        report.not_run("e2e", "needs Chromium");

        assert!(report.close().is_err());
    }
}
