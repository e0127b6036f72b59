//! The figures of a community in which a million matters came in within a year: the page that shows its rates by area,
//! by month and by all else.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::figures::{Figure, Table, Target};
use super::load::{Watch, put};
use super::program::{Home, Running, run_to_end};
use super::visitor::{Transfer, Visitor};

/// Matters of the year.
const MATTERS: usize = 1_000_000;
const P50_MS_MAX: f64 = 300.0;
/// One reader alone: who looks at a year's figures waits for no others.
const WARM_UP: Duration = Duration::from_secs(1);

/// The year before the running one, as the page itself offers it: a year's word is four figures.
fn last_year(page: &str) -> Result<String> {
    let years = page
        .split("<option value=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    let last = years.map(str::to_owned).nth(1);
    last.context("the page of figures offers no year")
}

/// Fills a home with such a community and measures its page of figures.
pub fn measure(program: &Path, home: &Home, name: &str, measured: Duration) -> Result<Table> {
    eprintln!("filling {} with {MATTERS} matters …", home.data.display());
    let matters = MATTERS.to_string();
    let arguments = ["demo", "--fill-only", "--fresh", "--matters", &matters];
    let filled = run_to_end(home.linli(program, &arguments), home)
        .context("the matters were not filled in")?;
    home.settle()?;
    let running = Running::start(program, home)?;
    let mut staff = Visitor::at(running.address());
    staff.sign_in("demo-staff")?;
    let year = last_year(&staff.page("/requests/counts")?)?;
    let title = format!("Figures of {MATTERS} matters in a year, {name}");
    let mut table = Table::new(title, &["server p50", "server p99", "seen p50"]);
    for (row, path, target) in [
        (
            "a year, by area and month",
            format!("/requests/counts?period={year}"),
            Some(P50_MS_MAX),
        ),
        (
            "a quarter",
            format!("/requests/counts?period={year}-q1"),
            Some(P50_MS_MAX),
        ),
        ("the running month", "/requests/counts".to_owned(), None),
    ] {
        let request = staff.request(&path, Transfer::Plain);
        let mut reader = staff.again();
        let client = || {
            reader.time(&request, |answer| {
                let text = answer.text();
                ensure!(answer.status == 200, "{path} answered {}", answer.status);
                ensure!(text.contains("data-table=\"grids\""), "{path} has no table");
                ensure!(
                    target.is_none() || text.contains("data-figure=\"came_in\""),
                    "{path} has no figures"
                );
                Ok(())
            })
        };
        let watch = Watch {
            warm_up: WARM_UP,
            measured,
        };
        let seen = put(watch, vec![client]).context("the page of figures")?;
        let figure = |latencies, p| Figure::of_percentile(latencies, p);
        let p50 = figure(&seen.by_server, 50);
        table.row(
            row,
            [
                p50.map(|p50| target.map_or(p50, |most| p50.wanted(Target::AtMost(most)))),
                figure(&seen.by_server, 99),
                figure(&seen.by_client, 50),
            ],
        );
    }
    let seconds = filled.took.as_secs_f64();
    table.note(format!("Filled in {seconds:.0} s, its months counted."));
    Ok(table)
}
