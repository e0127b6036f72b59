//! Blowing an emergency whistle to fifty parties over a matter, through the form on its page; each time over a new matter.
//!
//! It counts when the program sends its caller on: then fifty parts, their clocks and all events are on the disk.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::figures::{Figure, Table, Target};
use super::filled;
use super::form::Form;
use super::load::{Watch, put};
use super::program::{Home, Running};
use super::reports::Reporter;
use super::visitor::Visitor;

/// As many as one whistle calls at most.
const PARTIES: usize = 50;
const P50_MS_MAX: f64 = 50.0;
const SETTINGS: &str = "/requests/settings";
const NAME: &str = "联动单位";
const WORDS: &str = "燃气泄漏，请马上到现场：先断电、疏散，再会商。";
const WARM_UP: Duration = Duration::from_secs(1);

/// Fills a home with the demo and fifty parties more, and blows.
pub fn measure(program: &Path, home: &Home, database: &str, measured: Duration) -> Result<Table> {
    filled::fill(program, home, 1)?;
    let running = Running::start(program, home)?;
    set_up(&running)?;
    let mut staff = Visitor::at(running.address());
    staff.sign_in("demo-staff")?;
    let mut reporter = Reporter::at(running.address(), 0)?;
    let mut last = String::new();
    let caller = || {
        let number = reporter.report()?;
        // As the network address of another desk, so that no one desk does too much at once.
        staff.come_from(reporter.network_address());
        let form = drafted(&staff.page(&format!("/requests/{number}"))?, &number)?;
        let request = staff.request_of(&form);
        last = number;
        staff.time(&request, |answer| {
            ensure!(
                answer.status == 303,
                "a whistle was answered with {}: {}",
                answer.status,
                answer.text()
            );
            Ok(())
        })
    };
    let watch = Watch {
        warm_up: WARM_UP,
        measured,
    };
    let seen = put(watch, vec![caller]).context("the whistle")?;
    let page = staff.page(&format!("/requests/{last}"))?;
    ensure!(
        called(&page) == PARTIES && !page.contains(&format!("/requests/{last}/whistle")),
        "the whistle over {last} is lost"
    );

    let title = format!("A whistle to {PARTIES} parties, {database}");
    let mut table = Table::new(title, &["server p50", "server p99", "seen p50"]);
    let p50 = Figure::of_percentile(&seen.by_server, 50);
    table.row(
        "an emergency, blown at once",
        [
            p50.map(|p50| p50.wanted(Target::AtMost(P50_MS_MAX))),
            Figure::of_percentile(&seen.by_server, 99),
            Figure::of_percentile(&seen.by_client, 50),
        ],
    );
    table.note(format!("{} whistles.", seen.answers_in_all));
    Ok(table)
}

/// How many of the fifty have a part in the matter of this page. Their names alone tell nothing: the
/// forms of the page list every party.
fn called(page: &str) -> usize {
    let rows: Vec<&str> = page
        .split("<li class=\"part ")
        .skip(1)
        .filter_map(|rest| rest.split("</p>").next())
        .collect();
    let is_called = |n: &usize| {
        let name = format!("<b>{}</b>", name(*n));
        rows.iter().any(|row| row.contains(&name))
    };
    (1..=PARTIES).filter(is_called).count()
}

fn name(n: usize) -> String {
    format!("{NAME}{n:02}号")
}

/// Fifty parties that are nobody's yet.
fn set_up(running: &Running) -> Result<()> {
    let mut administrator = Visitor::at(running.address());
    administrator.sign_in("demo-administrator")?;
    let mut form = Form::on_page(
        &administrator.page(SETTINGS)?,
        &format!("{SETTINGS}/handler"),
    )?;
    for n in 1..=PARTIES {
        form.fill("name", &name(n))?;
        let answer = administrator.send(&form)?;
        ensure!(
            answer.status == 303,
            "a party was answered with {}",
            answer.status
        );
    }
    Ok(())
}

/// The form on a matter's page, filled for the fifty.
fn drafted(page: &str, number: &str) -> Result<Form> {
    let mut form = Form::on_page(page, &format!("/requests/{number}/whistle"))?;
    form.fill("kind", "emergency")?;
    form.fill("words", WORDS)?;
    let parties: Vec<&str> = page
        .split("name=\"parties\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once("\">"))
        .filter(|(_, label)| label.trim_start().starts_with(NAME))
        .map(|(id, _)| id)
        .collect();
    ensure!(
        parties.len() == PARTIES,
        "the form offers {} of the parties",
        parties.len()
    );
    for party in parties {
        form.add("parties", party);
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_called_has_a_part_and_does_not_only_stand_in_a_form() {
        let (one, other) = (name(1), name(2));
        let page = format!(
            "<ul class=\"parts\">\n<li class=\"part stack gap-3\"><p><b>{one}</b></p></li>\n</ul>\
             <select><option>{one}</option><option>{other}</option></select>"
        );

        assert_eq!(called(&page), 1);
    }
}
