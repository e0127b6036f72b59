//! What a reading passed over: one bad entry of another server must not stop all the others.

use georeport::ReadError;

/// Characters of a number or mark of another server, as of one that comes in with an update.
const MARK_MAX: usize = 200;
/// Reasons that are told; the others are counted.
const TOLD_MAX: usize = 3;
/// Characters of a reason.
const REASON_MAX: usize = 80;
/// What is kept of it for people begins with this message of ours.
pub const SKIPPED: &str = "open311-trouble-skipped";

/// Whether a number or mark is one that we keep: what is longer is none of any server we know, and
/// no index takes it.
pub fn is_mark(words: &str) -> bool {
    words.chars().count() <= MARK_MAX
}

/// Entries that could not be read or taken, and why.
#[derive(Debug, Default)]
pub struct Skipped(Vec<String>);

impl Skipped {
    /// Notes that an entry could not be taken.
    pub fn add(&mut self, which: &str, error: &anyhow::Error) {
        tracing::warn!(which, %error, "an entry of another server is passed over");
        self.0.push(format!("{which}: {error}"));
    }

    /// Those of these entries whose numbers and marks can be kept; the others are noted.
    pub fn without_long<E>(&mut self, entries: Vec<E>, marks: impl Fn(&E) -> [&str; 2]) -> Vec<E> {
        let is_kept = |entry: &E| {
            let long = marks(entry).into_iter().find(|mark| !is_mark(mark));
            self.0
                .extend(long.map(|mark| format!("{} characters: {mark}", mark.chars().count())));
            long.is_none()
        };
        entries.into_iter().filter(is_kept).collect()
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
