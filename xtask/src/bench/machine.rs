//! Where and on what the figures were taken; without that, a figure says nothing.

use std::fmt;
use std::fs;

use anyhow::Result;
use serde::Serialize;

use crate::checkout::Checkout;
use crate::commands::output_of;

/// A machine, a day and a state of the sources.
#[derive(Debug, Serialize)]
pub struct Machine {
    date: String,
    commit: String,
    processor: String,
    cores: usize,
    memory_bytes: u64,
}

impl Machine {
    /// This machine, today.
    pub fn here(checkout: &Checkout) -> Result<Self> {
        let git = |arguments: &[&str]| output_of(checkout.command("git").args(arguments));
        let mut commit = git(&["rev-parse", "--short", "HEAD"])?.trim().to_owned();
        if !git(&["status", "--porcelain"])?.trim().is_empty() {
            commit.push_str(" with changes");
        }
        let date = output_of(checkout.command("date").arg("+%Y-%m-%d"))?;
        let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Ok(Self {
            date: date.trim().to_owned(),
            commit,
            processor: value(&processors, "model name")
                .unwrap_or("unknown processor")
                .to_owned(),
            cores: std::thread::available_parallelism()?.get(),
            memory_bytes: value(&memory, "MemTotal").and_then(bytes).unwrap_or(0),
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, commit {}, {} ({} cores), {:.1} GB of memory",
            self.date,
            self.commit,
            self.processor,
            self.cores,
            self.memory_bytes as f64 / 1e9
        )
    }
}

/// The first value of a key in a file of Linux's `/proc`.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == key).then(|| value.trim())
    })
}

fn bytes(kibibytes: &str) -> Option<u64> {
    let number: u64 = kibibytes.strip_suffix("kB")?.trim().parse().ok()?;
    Some(number * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_tells_of_the_machine_in_lines() {
        let memory = "MemTotal:       24689764 kB\nMemFree:        20000000 kB\n";

        assert_eq!(
            value(memory, "MemTotal").and_then(bytes),
            Some(24_689_764 * 1024)
        );
        assert_eq!(
            value("processor\t: 0\nmodel name\t: A CPU\n", "model name"),
            Some("A CPU")
        );
        assert_eq!(value(memory, "SwapTotal"), None);
    }
}
