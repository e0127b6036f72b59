//! The pages that are asked for most, each under load, and the search.
//!
//! A page is first looked at, then asked for by one client alone, then by eight at once. Each answer is judged: a quick
//! page of errors would be a fine figure.

use std::time::Duration;

use anyhow::{Context, Result};

use super::figures::{Figure, Table, Target, Unit};
use super::kinds::{Targets, Wanted, kinds};
use super::latencies::Latencies;
use super::load::{Watch, put};
use super::program::Running;

/// Clients at once.
pub const CLIENTS: usize = 8;
/// How long one client asks alone; its figures are steady soon.
const ALONE: Watch = Watch {
    warm_up: Duration::from_millis(300),
    measured: Duration::from_secs(2),
};

const COLUMNS: [&str; 9] = [
    "answers",
    "server p50",
    "server p99",
    "seen p50",
    "seen p99",
    "alone p50",
    "processor",
    "plain",
    "brotli",
];

/// The page's name, and the p50 under load, in milliseconds, by which scales are compared.
pub type Pace = (&'static str, f64);

/// Measures the pages and perhaps the search, into a table of this title.
pub fn measure(
    running: &Running,
    title: &str,
    watch: Watch,
    wanted: Wanted,
) -> Result<(Table, Vec<Pace>)> {
    let mut table = Table::new(title, &COLUMNS);
    let mut paces = Vec::new();
    let mut does_server_tell = true;
    for mut kind in kinds(running.address(), wanted)? {
        eprintln!("  {} …", kind.name);
        let size = kind.look().with_context(|| format!("the {}", kind.name))?;
        let alone = put(ALONE, vec![kind.client(0)])?;
        let clients = (0..CLIENTS).map(|number| kind.client(number)).collect();
        let before = running.processor_time();
        let seen = put(watch, clients).with_context(|| format!("the {}", kind.name))?;
        let work = running.processor_time().zip(before);
        let work = work.map(|(after, before)| after.saturating_sub(before));

        // A target is for the server's own time; what clients see is judged only where the server does not tell.
        let does_tell = seen.by_server.count() > 0;
        does_server_tell &= does_tell;
        let (judged, of_server, of_client) = if does_tell {
            (&seen.by_server, kind.targets, Targets::default())
        } else {
            (&seen.by_client, Targets::default(), kind.targets)
        };
        paces.extend(Figure::of_percentile(judged, 50).map(|figure| (kind.name, figure.value())));
        let answers = Figure::of(seen.answers_per_second, Unit::PerSecond);
        let least = kind.targets.per_second_min;
        table.row(
            kind.name,
            [
                Some(least.map_or(answers, |least| answers.wanted(Target::AtLeast(least)))),
                at_most(&seen.by_server, 50, of_server.p50_ms_max),
                at_most(&seen.by_server, 99, of_server.p99_ms_max),
                at_most(&seen.by_client, 50, of_client.p50_ms_max),
                at_most(&seen.by_client, 99, of_client.p99_ms_max),
                at_most(&alone.by_client, 50, kind.targets.alone_p50_ms_max),
                work.map(|work| each(work, seen.answers_in_all)),
                Some(Figure::of_bytes(size.plain)),
                Some(Figure::of_bytes(size.brotli)),
            ],
        );
    }
    if !does_server_tell {
        table.note(
            "The program tells no Server-Timing, so the time that clients see is judged: it holds the waiting and their own work too.",
        );
    }
    Ok((table, paces))
}

/// A percentile, beside the milliseconds that are wanted of it.
fn at_most(latencies: &Latencies, p: usize, ms_max: Option<f64>) -> Option<Figure> {
    let figure = Figure::of_percentile(latencies, p)?;
    Some(ms_max.map_or(figure, |most| figure.wanted(Target::AtMost(most))))
}

/// The part of a time that one answer has.
fn each(all: Duration, answers: usize) -> Figure {
    Figure::of(
        all.as_secs_f64() * 1000.0 / answers.max(1) as f64,
        Unit::Milliseconds,
    )
}
