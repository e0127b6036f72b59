//! Reporting a request, as many visitors at once do: each with a cookie of their own, through the form of the page.
//!
//! A report counts when the program has told its sender a number that no other report has: then it is on the disk.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};

use super::figures::{Figure, Table, Target, Unit};
use super::form::Form;
use super::load::{Answered, Watch, put};
use super::pages::CLIENTS;
use super::visitor::Visitor;

/// Wanted.
const PER_SECOND_MIN: f64 = 200.0;
/// Reports from one network address before another comes. The program lets an address do 240 acts at once.
const REPORTS_PER_ADDRESS: usize = 100;
const FORM: &str = "/report";
/// The page that says the number of a new report; the number is its last word.
const THANKS: &str = "/report/thanks/";
const WORDS: [(&str, &str); 4] = [
    // Whoever reports has seen what may be the same; else the same lamp would be asked about each time.
    ("similar", "seen"),
    ("title", "楼道灯不亮"),
    (
        "body",
        "二楼到三楼的灯坏了好几天，晚上回家看不清台阶，老人容易摔跤，麻烦派人来看看。",
    ),
    ("place", "锦江苑3栋2单元"),
];

/// Measures the reports, into a table of this title.
pub fn measure(server: SocketAddr, title: &str, watch: Watch) -> Result<Table> {
    let numbers = Mutex::new(HashSet::new());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| reporter(server, number, &numbers))
        .collect::<Result<_>>()?;
    let seen = put(watch, clients)?;

    let numbers = numbers.into_inner().unwrap_or_else(PoisonError::into_inner);
    let last = numbers.iter().max().context("nothing was reported")?;
    let mut staff = Visitor::at(server);
    staff.sign_in("demo-staff")?;
    staff
        .page(&format!("/requests/{last}"))
        .with_context(|| format!("the report {last} is lost"))?;

    let mut table = Table::new(title, &["answers", "seen p50", "seen p99"]);
    let reports = Figure::of(seen.answers_per_second, Unit::PerSecond);
    table.row(
        "reports on the disk",
        [
            Some(reports.wanted(Target::AtLeast(PER_SECOND_MIN))),
            Figure::of_percentile(&seen.by_client, 50),
            Figure::of_percentile(&seen.by_client, 99),
        ],
    );
    Ok(table)
}

/// A visitor who reports again and again.
pub struct Reporter {
    visitor: Visitor,
    form: Form,
    number: usize,
    sent: usize,
}

impl Reporter {
    /// The n-th visitor, with the form before them filled in.
    pub fn at(server: SocketAddr, number: usize) -> Result<Self> {
        let mut visitor = Visitor::at(server);
        let mut form = Form::on_page(&visitor.page(FORM)?, FORM)?;
        for (field, words) in WORDS {
            form.fill(field, words)?;
        }
        Ok(Self {
            visitor,
            form,
            number,
            sent: 0,
        })
    }

    /// Reports once, and gives the number that was told.
    pub fn report(&mut self) -> Result<String> {
        Ok(self.timed_report()?.0)
    }

    /// Where the next report comes from.
    pub fn network_address(&self) -> String {
        network_address(self.number, self.sent / REPORTS_PER_ADDRESS)
    }

    fn timed_report(&mut self) -> Result<(String, Answered)> {
        self.visitor.come_from(self.network_address());
        self.sent += 1;
        let request = self.visitor.request_of(&self.form);
        let mut number = String::new();
        let answered = self.visitor.time(&request, |answer| {
            let told = answer
                .header("location")
                .and_then(|page| page.strip_prefix(THANKS))
                .filter(|_| answer.status == 303)
                .with_context(|| {
                    format!(
                        "a report was answered with {}: {}",
                        answer.status,
                        answer.text()
                    )
                })?;
            told.clone_into(&mut number);
            Ok(())
        })?;
        Ok((number, answered))
    }
}

fn reporter(
    server: SocketAddr,
    number: usize,
    numbers: &Mutex<HashSet<String>>,
) -> Result<impl FnMut() -> Result<Answered> + Send> {
    let mut reporter = Reporter::at(server, number)?;
    Ok(move || {
        let (number, answered) = reporter.timed_report()?;
        let mut numbers = numbers.lock().unwrap_or_else(PoisonError::into_inner);
        ensure!(
            numbers.insert(number.clone()),
            "two reports have the number {number}"
        );
        Ok(answered)
    })
}

/// The n-th address of a client, in the networks that RFC 2544 keeps for benchmarks (198.18.0.0/15).
fn network_address(client: usize, n: usize) -> String {
    format!("198.18.{}.{}", client * 32 + n / 254 % 32, n % 254 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_clients_come_from_the_same_address() {
        let all: Vec<String> = (0..CLIENTS)
            .flat_map(|client| (0..1000).map(move |n| network_address(client, n)))
            .collect();
        let different: HashSet<&String> = all.iter().collect();

        assert_eq!(different.len(), all.len());
        assert!(
            all.iter()
                .all(|address| address.parse::<std::net::Ipv4Addr>().is_ok())
        );
    }
}
