//! What a reading passed over: one bad entry of another server must not stop all the others.

use georeport::ReadError;

/// Reasons that are told; the others are counted.
const TOLD_MAX: usize = 3;
/// Characters of a reason.
const REASON_MAX: usize = 80;
/// What is kept of it for people begins with this message of ours.
pub const SKIPPED: &str = "open311-trouble-skipped";

/// Entries that could not be read or taken, and why.
#[derive(Debug, Default)]
pub struct Skipped(Vec<String>);

impl Skipped {
    /// Notes that an entry could not be taken.
    pub fn add(&mut self, which: &str, error: &anyhow::Error) {
        tracing::warn!(which, %error, "an entry of another server is passed over");
        self.0.push(format!("{which}: {error}"));
    }

    /// Notes entries that cannot be read.
    pub fn add_unreadable(&mut self, errors: &[ReadError]) {
        self.0.extend(errors.iter().map(ToString::to_string));
    }

    /// What is kept of it for people: the message, how many, and the first reasons. Empty when
    /// nothing was passed over.
    pub fn kept(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let reasons = self.0.iter().take(TOLD_MAX);
        let reasons: Vec<String> = reasons
            .map(|reason| reason.chars().take(REASON_MAX).collect())
            .collect();
        format!("{SKIPPED} {} · {}", self.0.len(), reasons.join(" · "))
    }
}
