//! All clocks of a community read anew, as `linli reckon` does: once when nothing has changed, and once after the office
//! began to work half an hour earlier, so that what is counted in working time runs out at other moments.
//!
//! Reading them is what the target is for; writing every moment anew, and every plan of the worker, is shown beside it.
//! The program itself tells how many clocks it read and how long that took.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::figures::{Figure, Table, Target, Unit};
use super::form::Form;
use super::program::{Home, Running, run_to_end};
use super::visitor::Visitor;

/// Clocks that run.
const CLOCKS: usize = 100_000;
const SECONDS_MAX: f64 = 1.0;
const SETTINGS: &str = "/admin/settings";
/// Other hours than those of the demo.
const HOURS: &str = "08:30-12:00,13:30-17:30";

/// Fills a home with so many clocks and has them read.
pub fn measure(program: &Path, home: &Home, database: &str) -> Result<Table> {
    eprintln!("filling {} with {CLOCKS} clocks …", home.data.display());
    let clocks = CLOCKS.to_string();
    let arguments = ["demo", "--fill-only", "--fresh", "--clocks", &clocks];
    run_to_end(home.linli(program, &arguments), home).context("the clocks were not filled in")?;
    let title = format!("Clocks of one community read anew, {database}");
    let mut table = Table::new(title, &["time", "the whole command"]);
    let mut row = |name: &str, (reckoned, whole): (Reckoned, Figure), target: Option<Target>| {
        let time = Figure::of(reckoned.seconds, Unit::Seconds);
        let time = target.map_or(time, |target| time.wanted(target));
        let name = format!("{name}: {} read, {} moved", reckoned.read, reckoned.moved);
        table.row(name, [Some(time), Some(whole)]);
    };
    home.settle()?;
    // What was filled in was never reckoned.
    reckon(program, home)?;
    let target = Some(Target::AtMost(SECONDS_MAX));
    row("nothing has changed", reckon(program, home)?, target);
    begin_earlier(program, home)?;
    let (moved, whole) = reckon(program, home)?;
    ensure!(moved.moved > 0, "other hours moved no clock");
    row("the office begins earlier", (moved, whole), None);
    Ok(table)
}

/// Changes the working hours through the page, and stops the program before its worker reads the clocks by itself.
fn begin_earlier(program: &Path, home: &Home) -> Result<()> {
    let running = Running::start(program, home)?;
    let mut administrator = Visitor::at(running.address());
    administrator.sign_in("demo-administrator")?;
    let mut form = Form::on_page(&administrator.page(SETTINGS)?, SETTINGS)?;
    form.fill("working_hours", HOURS)?;
    let answer = administrator.send(&form)?;
    ensure!(
        answer.status == 303,
        "other working hours were answered with {}",
        answer.status
    );
    Ok(())
}

/// What the program tells of the clocks it read.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reckoned {
    read: usize,
    moved: usize,
    seconds: f64,
}

impl Reckoned {
    /// Of the line with the most clocks: a system has a district, too.
    fn of(said: &str) -> Option<Self> {
        let lines = said.lines().filter_map(Self::of_line);
        lines.max_by_key(|one| one.read)
    }

    /// `锦江苑社区: 100000 clocks read, 21000 moved, in 800 ms`
    fn of_line(line: &str) -> Option<Self> {
        let mut parts = line.rsplit_once(": ")?.1.split(", ");
        let read = parts.next()?.strip_suffix(" clocks read")?;
        let moved = parts.next()?.strip_suffix(" moved")?;
        let took = parts.next()?.strip_prefix("in ")?.strip_suffix(" ms")?;
        Some(Self {
            read: read.parse().ok()?,
            moved: moved.parse().ok()?,
            seconds: took.parse::<f64>().ok()? / 1000.0,
        })
    }
}

fn reckon(program: &Path, home: &Home) -> Result<(Reckoned, Figure)> {
    let finished = run_to_end(home.linli(program, &["reckon"]), home)?;
    let said = home.said();
    let reckoned = Reckoned::of(&said).with_context(|| format!("no clocks in: {said}"))?;
    ensure!(
        reckoned.read >= CLOCKS,
        "{} clocks were read, not {CLOCKS}",
        reckoned.read
    );
    let whole = Figure::of(finished.took.as_secs_f64(), Unit::Seconds);
    Ok((reckoned, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_tells_of_its_clocks_is_understood() {
        let said = "锦江区: 0 clocks read, 0 moved, in 1 ms\n锦江苑: 100012 clocks read, 7 moved, in 850 ms\n";

        let expected = Reckoned {
            read: 100_012,
            moved: 7,
            seconds: 0.85,
        };
        assert_eq!(Reckoned::of(said), Some(expected));
        assert_eq!(Reckoned::of("nothing"), None);
    }
}
