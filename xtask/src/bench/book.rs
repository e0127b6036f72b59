//! The book of points and time: transfers a second, durable, from one, eight and sixty-four clients; beside the same
//! transfer written by hand on the bare driver with a commit of its own, and on PostgreSQL beside pgbench's TPC-B. Then how
//! long it takes to read a balance when the book is thick.
//!
//! The program that does it is `slices/ledger/examples/load.rs`; it checks the book when it has written.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::figures::{Figure, Table, Target, Unit};
use super::program::Home;
use crate::checkout::Checkout;
use crate::commands::{output_of, run_quietly, show};
use crate::prerequisites::postgresql_programs;

/// How many write at once.
const CLIENTS: [u32; 3] = [1, 8, 64];
/// How many times as many transfers as by hand, with the most clients.
const TIMES_MIN: f64 = 5.0;
const BALANCE_P99_MS_MAX: f64 = 1.0;
/// pgbench's own measure of size; a hundred thousand accounts each.
const PGBENCH_SCALE: &str = "10";

/// Builds the program that writes.
pub fn build(checkout: &Checkout) -> Result<PathBuf> {
    let arguments = [
        "build",
        "--release",
        "--package",
        "ledger",
        "--example",
        "load",
    ];
    show(&mut checkout.cargo(&arguments))?;
    Ok(checkout.target().join("release/examples/load"))
}

/// What one run told.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Told {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

impl Told {
    fn of(words: &str) -> Option<Self> {
        let mut numbers = words.split_whitespace().map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self {
            per_second: next()?,
            p50_ms: next()?,
            p99_ms: next()?,
        })
    }
}

/// Runs the program that writes; `amount` is in seconds, or in transfers when it fills.
fn run(load: &Path, home: &Home, way: &str, clients: u32, amount: u64) -> Result<Told> {
    // By hand in a file of its own, so that the two do not share a cache.
    let file = if way == "bare" { "bare.db" } else { "book.db" };
    let address = home
        .database_url
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", home.data.join(file).display()));
    let mut command = Command::new(load);
    command.args([&address, way, &clients.to_string(), &amount.to_string()]);
    let said = output_of(&mut command)?;
    Told::of(&said).with_context(|| format!("{way} said {said}"))
}

/// Measures on one database.
pub fn measure(
    load: &Path,
    home: &Home,
    database: &str,
    measured: Duration,
    thickness: u64,
) -> Result<Table> {
    std::fs::create_dir_all(&home.data)?;
    let seconds = measured.as_secs();
    let columns = ["1 client", "8 clients", "64 clients"];
    let title = format!("Transfers a second, durable, {database}");
    let mut table = Table::new(title, &columns);
    let mut pairs = Vec::new();
    // PostgreSQL plans for what its tables hold, which it learns within a minute of a beginning.
    run(load, home, "book", 64, 1)?;
    home.settle()?;
    for clients in CLIENTS {
        eprintln!("the book, {database}, {clients} clients …");
        // By hand, by the book, by hand again: what the machine does meanwhile falls on both.
        let before = run(load, home, "bare", clients, seconds)?;
        let book = run(load, home, "book", clients, seconds)?;
        let after = run(load, home, "bare", clients, seconds)?;
        let by_hand = f64::midpoint(before.per_second, after.per_second);
        pairs.push((book, by_hand));
    }
    let per_second = |value: f64| Some(Figure::of(value, Unit::PerSecond));
    table.row(
        "the book",
        pairs.iter().map(|(book, _)| per_second(book.per_second)),
    );
    table.row(
        "by hand on the driver",
        pairs.iter().map(|(_, by_hand)| per_second(*by_hand)),
    );
    if home.database_url.is_some() {
        table.row(
            "pgbench, TPC-B",
            tpc_b(home, seconds)?.into_iter().map(per_second),
        );
    }
    let times = pairs.iter().zip(CLIENTS).map(|((book, by_hand), clients)| {
        let times = Figure::of(book.per_second / by_hand, Unit::Times);
        let is_most = Some(&clients) == CLIENTS.last();
        Some(if is_most {
            times.wanted(Target::AtLeast(TIMES_MIN))
        } else {
            times
        })
    });
    table.row("the book to by hand", times);
    let wait = |of: fn(&Told) -> f64| {
        let waits: Vec<_> = pairs.iter().map(|(book, _)| of(book)).collect();
        waits
            .into_iter()
            .map(|ms| Some(Figure::of(ms, Unit::Milliseconds)))
    };
    table.row("the book, p50", wait(|told| told.p50_ms));
    table.row("the book, p99", wait(|told| told.p99_ms));
    table.note("A transfer by hand: read the balance, take, give, write it down, commit. The book also binds each to all before it.");
    balances(load, home, measured, thickness, &mut table)?;
    Ok(table)
}

/// Readings of a balance from a thick book, as rows of its own.
fn balances(
    load: &Path,
    home: &Home,
    measured: Duration,
    thickness: u64,
    table: &mut Table,
) -> Result<()> {
    eprintln!("filling the book with {thickness} transfers …");
    let filled = run(load, home, "fill", 1, thickness)?;
    home.settle()?;
    let told = CLIENTS
        .iter()
        .map(|clients| run(load, home, "balance", *clients, measured.as_secs()))
        .collect::<Result<Vec<Told>>>()?;
    let title = format!("a balance out of {thickness}, p99");
    table.row(
        title,
        told.iter().zip(CLIENTS).map(|(told, clients)| {
            let p99 = Figure::of(told.p99_ms, Unit::Milliseconds);
            let is_alone = Some(&clients) == CLIENTS.first();
            Some(if is_alone {
                p99.wanted(Target::AtMost(BALANCE_P99_MS_MAX))
            } else {
                p99
            })
        }),
    );
    let readings = told
        .iter()
        .map(|told| Some(Figure::of(told.per_second, Unit::PerSecond)));
    table.row("the same, readings", readings);
    table.note(format!(
        "Filled at {:.0} transfers a second, 2,000 in a commit.",
        filled.per_second
    ));
    Ok(())
}

/// pgbench's TPC-B on the same PostgreSQL, for each number of clients.
fn tpc_b(home: &Home, seconds: u64) -> Result<Vec<f64>> {
    let url = home.database_url.as_deref().context("no PostgreSQL")?;
    let pgbench = postgresql_programs()
        .context("PostgreSQL's programs are missing")?
        .join("pgbench");
    run_quietly(Command::new(&pgbench).args(["-i", "-q", "-s", PGBENCH_SCALE, url]))?;
    CLIENTS
        .iter()
        .map(|clients| {
            let (clients, seconds) = (clients.to_string(), seconds.to_string());
            let arguments = [
                "-n", "-M", "prepared", "-j", "2", "-c", &clients, "-T", &seconds, url,
            ];
            let said = output_of(Command::new(&pgbench).args(arguments))?;
            let tps = said.lines().find_map(|line| {
                line.strip_prefix("tps = ")?
                    .split_whitespace()
                    .next()?
                    .parse()
                    .ok()
            });
            let tps: f64 = tps.with_context(|| format!("pgbench said {said}"))?;
            ensure!(tps > 0.0, "pgbench did nothing");
            Ok(tps)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_tells_is_read() {
        let told = Told {
            per_second: 1200.0,
            p50_ms: 0.5,
            p99_ms: 2.25,
        };

        assert_eq!(Told::of("1200 0.500 2.250\n"), Some(told));
        assert_eq!(Told::of("nothing was written"), None);
    }
}
