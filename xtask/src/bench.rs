//! `cargo xtask bench`: how quick the program is, on the demo's data, each figure beside what it should be.
//!
//! It says what it finds and never fails because something is slow; it fails on a wrong answer, because the time of a
//! wrong answer is no figure. Client and server share the machine, so compare runs of one machine only.

mod archive;
mod book;
mod clocks;
mod databases;
mod figures;
mod filled;
mod first_page;
mod form;
mod html;
mod kinds;
mod latencies;
mod load;
mod machine;
mod pages;
mod program;
mod rates;
mod register;
mod replay;
mod reports;
mod suggested;
mod visitor;
mod whistle;
mod wire;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::Serialize;

use crate::checkout::Checkout;
use crate::postgres::{Cluster, Durability};
use crate::prerequisites::POSTGRESQL;
use crate::release;
use databases::on_both;
use figures::{Figure, Table, Target, Unit};
use filled::{Copy, Filled};
use kinds::Wanted;
use load::Watch;
use machine::Machine;
use pages::{CLIENTS, Pace};
use program::{Home, Running};

const WARM_UP: Duration = Duration::from_secs(2);
/// For each community.
const FILL_SECONDS_MAX: f64 = 60.0;
const START_SECONDS_MAX: f64 = 1.0;
const BINARY_BYTES_MAX: f64 = 40e6;
/// How much slower a page may be when there are more communities in the same system.
const SLOWER_MAX: f64 = 1.5;
/// Starts, of which the middle one is told.
const STARTS: usize = 3;

/// What the columns mean.
const LEGEND: &str = "answers: of all clients · server: its own time · seen: by one of the clients \
    · alone: by a single client without the others\nprocessor: the server's work for an answer, \
    which tells the truth on a busy machine too · plain, brotli: the body";

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    /// How many communities the measured systems hold; one system for each number.
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1, 50], value_parser = clap::value_parser!(u32).range(1..))]
    scale: Vec<u32>,
    /// One community only, which takes minutes where fifty take an hour to fill.
    #[arg(long, conflicts_with = "scale")]
    quick: bool,
    /// Measure these only.
    #[arg(long, value_name = "NAME", num_args = 1.., value_enum)]
    only: Vec<Subject>,
    /// For how long each page is asked for, after two seconds to warm up.
    #[arg(long, value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// How many transfers the book holds from which balances are read.
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    thickness: u64,
    /// Measure this program, built before, instead of building one: to compare with another state of the sources.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Real requests for `duplicates`, as the City of Boston publishes them; else those of the shared data beside the checkout.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Also write the figures to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Something to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The pages asked for most, at each scale.
    Pages,
    /// The search, at each scale.
    Search,
    /// The search in one community of 100,000 requests.
    Archive,
    /// What may be the same, asked while somebody types, in one community of 100,000 open requests, on both databases.
    Similar,
    /// The figures of a community of a million requests in a year, on both databases.
    Rates,
    /// Reading 100,000 clocks of one community anew, on both databases.
    Clocks,
    /// Calling fifty parties together over a request, on both databases.
    Whistle,
    /// The book of points and time: transfers a second beside the bare driver and pgbench, on both databases.
    Ledger,
    /// Reporting a request.
    Reports,
    /// Pages, search and reports once more on PostgreSQL, at the smallest scale.
    Postgres,
    /// A register from a spreadsheet.
    Import,
    /// The program itself: its size, its start, the filling of the demo.
    Program,
    /// What a resident's telephone fetches first.
    FirstPage,
    /// How many real duplicates are found while they are typed; needs no program.
    Duplicates,
}

impl Subject {
    /// Those that fill a system of their own on each database, or need none.
    const ON_THEIR_OWN: [Self; 6] = [
        Self::Duplicates,
        Self::Ledger,
        Self::Rates,
        Self::Clocks,
        Self::Whistle,
        Self::Similar,
    ];
}

/// All that was found.
#[derive(Serialize)]
struct Findings {
    machine: Machine,
    clients: usize,
    seconds: u64,
    tables: Vec<Table>,
}

/// Measures and prints. An error only if something could not be measured.
pub fn run(checkout: &Checkout, arguments: &Arguments) -> Result<()> {
    let needs_none = [Subject::Duplicates, Subject::Ledger];
    let needs_program = arguments.only.iter().any(|one| !needs_none.contains(one));
    let program = match &arguments.program {
        Some(file) => std::path::absolute(file)?,
        None if needs_program || arguments.only.is_empty() => release::build(checkout)?,
        None => PathBuf::new(),
    };
    let bench = Bench {
        checkout,
        program,
        folder: checkout.target().join("bench"),
        only: &arguments.only,
        data: arguments.data.as_deref(),
        thickness: arguments.thickness,
        watch: Watch {
            warm_up: WARM_UP,
            measured: Duration::from_secs(arguments.seconds),
        },
    };
    fs::create_dir_all(&bench.folder)?;
    let mut scales = if arguments.quick {
        vec![1]
    } else {
        arguments.scale.clone()
    };
    scales.sort_unstable();
    scales.dedup();

    let mut tables = Vec::new();
    let outcome = bench.measure(&scales, &mut tables);
    tables.retain(|table: &Table| !table.is_empty());
    let findings = Findings {
        machine: Machine::here(checkout)?,
        clients: CLIENTS,
        seconds: arguments.seconds,
        tables,
    };
    println!("\n{}", findings.machine);
    println!(
        "{CLIENTS} clients at once, {} s each. {LEGEND}\n",
        findings.seconds
    );
    for table in &findings.tables {
        println!("{table}");
    }
    // What was found before something went wrong is worth reading, but no file to compare with.
    outcome?;
    if let Some(file) = &arguments.json {
        fs::write(file, serde_json::to_string_pretty(&findings)? + "\n")
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

struct Bench<'a> {
    checkout: &'a Checkout,
    program: PathBuf,
    folder: PathBuf,
    only: &'a [Subject],
    data: Option<&'a Path>,
    thickness: u64,
    watch: Watch,
}

impl Bench<'_> {
    fn wants(&self, subject: Subject) -> bool {
        self.only.is_empty() || self.only.contains(&subject)
    }

    /// Everything that is wanted, the pages of each system first. All else is measured in the smallest.
    fn measure(&self, scales: &[u32], tables: &mut Vec<Table>) -> Result<()> {
        if self.wants(Subject::Duplicates) {
            eprintln!("duplicates …");
            tables.push(suggested::measure(self.checkout, self.data)?);
        }
        let wants_each = self.wants(Subject::Pages) || self.wants(Subject::Search);
        self.on_both(tables)?;
        let is_on_its_own = |one: &Subject| Subject::ON_THEIR_OWN.contains(one);
        if !self.only.is_empty() && self.only.iter().all(is_on_its_own) {
            return Ok(());
        }
        let systems = scales
            .iter()
            .take(if wants_each { scales.len() } else { 1 })
            .map(|&scale| filled::on_sqlite(self.checkout, &self.program, &self.folder, scale))
            .collect::<Result<Vec<Filled>>>()?;
        let mut paces = Vec::new();
        for system in &systems {
            let scale = system.scale;
            let (table, pace) = self.pages(&format!("SQLite, scale {scale}"), &system.home)?;
            tables.push(table);
            paces.push((scale, pace));
        }
        if let [smallest, .., largest] = paces.as_slice() {
            tables.push(slower(smallest, largest));
        }
        let smallest = systems.first().context("no scale to measure")?;
        if self.wants(Subject::Archive) {
            let copy = archive::fill(&self.program, &smallest.home)?;
            let search_only = Bench {
                program: self.program.clone(),
                folder: self.folder.clone(),
                only: &[Subject::Search],
                ..*self
            };
            let title = "SQLite, 100,000 requests in one community";
            tables.push(search_only.pages(title, &copy.home)?.0);
        }
        if self.wants(Subject::Reports) {
            let copy = Copy::of(&smallest.home, "reports")?;
            tables.push(self.reports("SQLite, synchronous=FULL", &copy.home)?);
        }
        if self.wants(Subject::Postgres) {
            self.on_postgres(smallest.scale, tables)?;
        }
        if self.wants(Subject::FirstPage) {
            eprintln!("first page …");
            let running = Running::start(&self.program, &smallest.home)?;
            tables.push(first_page::measure(running.address())?);
        }
        if self.wants(Subject::Import) {
            eprintln!("import …");
            tables.push(register::measure(&self.program, &smallest.home)?);
        }
        if self.wants(Subject::Program) {
            eprintln!("the program itself …");
            tables.push(self.program_itself(smallest)?);
        }
        Ok(())
    }

    /// The pages of a system, as far as they are wanted.
    fn pages(&self, title: &str, home: &Home) -> Result<(Table, Vec<Pace>)> {
        let wanted = Wanted {
            pages: self.wants(Subject::Pages),
            search: self.wants(Subject::Search),
            // Where nothing is open there is nothing to find.
            similar: false,
        };
        if !wanted.pages && !wanted.search {
            return Ok((Table::new(title, &[]), Vec::new()));
        }
        self.those(title, home, wanted)
    }

    /// These pages of a system.
    fn those(&self, title: &str, home: &Home, wanted: Wanted) -> Result<(Table, Vec<Pace>)> {
        eprintln!("pages, {title} …");
        let running = Running::start(&self.program, home)?;
        let (mut table, paces) = pages::measure(&running, title, self.watch, wanted)?;
        if let Some(bytes) = running.memory_bytes_max() {
            let memory = Figure::of_bytes(bytes);
            table.note(format!("The program used {memory} of memory at most."));
        }
        Ok((table, paces))
    }

    /// What needs a system of its own, on each database.
    fn on_both(&self, tables: &mut Vec<Table>) -> Result<()> {
        let (program, measured) = (self.program.as_path(), self.watch.measured);
        if self.wants(Subject::Rates) {
            on_both(&self.folder, "rates", tables, |home, database| {
                rates::measure(program, home, database, measured)
            })?;
        }
        if self.wants(Subject::Ledger) {
            let load = book::build(self.checkout)?;
            on_both(&self.folder, "ledger", tables, |home, database| {
                book::measure(&load, home, database, measured, self.thickness)
            })?;
        }
        if self.wants(Subject::Clocks) {
            on_both(&self.folder, "clocks", tables, |home, database| {
                clocks::measure(program, home, database)
            })?;
        }
        if self.wants(Subject::Whistle) {
            on_both(&self.folder, "whistle", tables, |home, database| {
                whistle::measure(program, home, database, measured)
            })?;
        }
        if self.wants(Subject::Similar) {
            on_both(&self.folder, "open", tables, |home, database| {
                filled::fill(program, home, 1)?;
                archive::fill_with_open(program, home)?;
                home.settle()?;
                let title = format!("{database}, 100,000 open requests in one square kilometre");
                let wanted = Wanted {
                    pages: false,
                    search: false,
                    similar: true,
                };
                Ok(self.those(&title, home, wanted)?.0)
            })?;
        }
        Ok(())
    }

    /// Reports into a system, which holds them afterwards.
    fn reports(&self, title: &str, home: &Home) -> Result<Table> {
        eprintln!("reports, {title} …");
        let running = Running::start(&self.program, home)?;
        reports::measure(running.address(), &format!("Reports, {title}"), self.watch)
    }

    /// Pages and reports on PostgreSQL; `--only postgres` means all of it.
    fn on_postgres(&self, scale: u32, tables: &mut Vec<Table>) -> Result<()> {
        if let Err(error) = POSTGRESQL.demand() {
            let mut table = Table::new("PostgreSQL", &[]);
            table.note(format!("not measured: {error}"));
            tables.push(table);
            return Ok(());
        }
        let cluster = Cluster::start(Durability::Full)?;
        let home = Home {
            data: self.folder.join("postgres"),
            database_url: Some(cluster.url()),
        };
        let fill_seconds = filled::fill(&self.program, &home, scale)?;
        let all = Bench {
            program: self.program.clone(),
            folder: self.folder.clone(),
            only: &[],
            ..*self
        };
        let (mut table, _) = all.pages(&format!("PostgreSQL, scale {scale}"), &home)?;
        table.note("Processor counts Linli's work only, not PostgreSQL's.");
        table.note(format!("The demo was filled in {fill_seconds:.1} s."));
        tables.push(table);
        tables.push(all.reports("PostgreSQL, fsync=on", &home)?);
        Ok(())
    }

    fn program_itself(&self, filled: &Filled) -> Result<Table> {
        let mut table = Table::new("The program", &["measured"]);
        let mut row = |name: &str, value, unit, most| {
            let figure = Figure::of(value, unit).wanted(Target::AtMost(most));
            table.row(name, [Some(figure)]);
        };
        row(
            &format!("fill the demo, scale {}", filled.scale),
            filled.fill_seconds,
            Unit::Seconds,
            FILL_SECONDS_MAX * f64::from(filled.scale),
        );
        row(
            "start until ready",
            self.start_seconds(&filled.home)?,
            Unit::Seconds,
            START_SECONDS_MAX,
        );
        let size = fs::metadata(&self.program)?.len();
        row(
            "size of the program",
            size as f64,
            Unit::Bytes,
            BINARY_BYTES_MAX,
        );
        Ok(table)
    }

    fn start_seconds(&self, home: &Home) -> Result<f64> {
        let mut starts = (0..STARTS)
            .map(|_| Ok(Running::start(&self.program, home)?.ready_after()))
            .collect::<Result<Vec<Duration>>>()?;
        starts.sort_unstable();
        Ok(starts[STARTS / 2].as_secs_f64())
    }
}

/// How many times slower each page is in the largest system than in the smallest.
fn slower(smallest: &(u32, Vec<Pace>), largest: &(u32, Vec<Pace>)) -> Table {
    let title = format!("p50 at scale {} to scale {}", largest.0, smallest.0);
    let mut table = Table::new(title, &["slower"]);
    for ((name, before), (_, after)) in smallest.1.iter().zip(&largest.1) {
        let times = Figure::of(after / before, Unit::Times).wanted(Target::AtMost(SLOWER_MAX));
        table.row(*name, [Some(times)]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_grew_slower_is_told_by_how_much() {
        let smallest = (1, vec![("request list of 50", 4.0), ("search", 2.0)]);
        let largest = (50, vec![("request list of 50", 5.0), ("search", 8.0)]);

        let table = slower(&smallest, &largest).to_string();

        assert!(table.contains("p50 at scale 50 to scale 1"), "{table}");
        assert!(table.contains("1.25× ≤1.5× PASS"), "{table}");
        assert!(table.contains("4× ≤1.5× over"), "{table}");
    }
}
