//! What things are called: message ids of choices.

use platform::{Message, Page};

use crate::model::{Answer, Detail, FlagKind, FlagState, Labels, Origin, State, TimeError, Verb};
use crate::store::WordsKind;

/// Where an entry comes from.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Activity => "hours-origin-activity",
        Origin::Post => "hours-origin-post",
        Origin::TimeBank => "hours-origin-time-bank",
        Origin::Entry => "hours-origin-entry",
    }
}

/// Where an entry comes from, by its word.
pub fn origin_of(word: &str) -> &'static str {
    origin(Origin::from_word(word).unwrap_or(Origin::Entry))
}

/// Who confirms entries of an origin, by role.
pub const fn confirmer(origin: Origin) -> &'static str {
    match origin {
        Origin::Activity => "hours-confirmer-activity",
        Origin::Post => "hours-confirmer-post",
        Origin::TimeBank => "hours-confirmer-time-bank",
        Origin::Entry => "hours-confirmer-entry",
    }
}

/// Where an entry stands.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Waiting => "hours-state-waiting",
        State::Confirmed => "hours-state-confirmed",
        State::Refused => "hours-state-refused",
        State::Objected => "hours-state-objected",
        State::Upheld => "hours-state-upheld",
        State::Withdrawn => "hours-state-withdrawn",
    }
}

/// The labels of an entry.
pub fn labels(labels: Labels) -> Vec<&'static str> {
    [
        (labels.is_late, "hours-label-late"),
        (labels.is_bulk, "hours-label-bulk"),
        (labels.is_own, "hours-label-own"),
    ]
    .into_iter()
    .filter_map(|(is_there, label)| is_there.then_some(label))
    .collect()
}

/// What words about an entry are.
pub const fn words_kind(kind: WordsKind) -> &'static str {
    match kind {
        WordsKind::Done => "hours-field-done",
        WordsKind::Refused => "hours-words-refused",
        WordsKind::Objection => "hours-words-objection",
        WordsKind::Decision => "hours-words-decision",
        WordsKind::Withdrawn => "hours-words-withdrawn",
    }
}

/// Why a person should look at an entry.
pub const fn flag(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Overlap => "hours-flag-overlap",
        FlagKind::LongDay => "hours-flag-long-day",
        FlagKind::ManyShort => "hours-flag-many-short",
        FlagKind::Ahead => "hours-flag-ahead",
        FlagKind::Circle => "hours-flag-circle",
        FlagKind::NotSo => "hours-flag-not-so",
        FlagKind::Doubt => "hours-flag-doubt",
    }
}

/// How far it was looked at.
pub const fn flag_state(state: FlagState) -> &'static str {
    match state {
        FlagState::Open => "hours-flag-state-open",
        FlagState::ToLeader => "hours-flag-state-to-leader",
        FlagState::Right => "hours-flag-state-right",
        FlagState::Withdrawn => "hours-flag-state-withdrawn",
    }
}

/// What was said on the telephone.
pub const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::So => "hours-answer-so",
        Answer::NotSo => "hours-answer-not-so",
        Answer::NotReached => "hours-answer-not-reached",
    }
}

/// How much a proof shows.
pub const fn detail(detail: Detail) -> &'static str {
    match detail {
        Detail::Total => "hours-detail-total",
        Detail::Kinds => "hours-detail-kinds",
        Detail::Entries => "hours-detail-entries",
    }
}

/// What is said after an act on an entry.
pub const fn done(verb: Verb) -> &'static str {
    match verb {
        Verb::Confirm => "hours-done-confirmed",
        Verb::Refuse => "hours-done-refused",
        Verb::Object => "hours-done-objected",
        Verb::Grant | Verb::Uphold => "hours-done-decided",
    }
}

/// What is wrong with times.
pub const fn time_error(error: TimeError) -> Message {
    Message::of(match error {
        TimeError::Missing => "hours-time-missing",
        TimeError::Unreadable => "hours-time-unreadable",
        TimeError::EndsBefore => "hours-time-ends-before",
        TimeError::Nothing => "hours-time-nothing",
        TimeError::MoreThanADay => "hours-time-more-than-a-day",
        TimeError::Contradicts => "hours-time-contradicts",
    })
}

/// `2 小时 30 分钟`; `-1 小时` below zero.
pub fn span(page: &Page, minutes: i64) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let number = page.number(&hours);
    let words = match (hours, rest) {
        (_, 0) => page.t1("hours-span-hours", "hours", number),
        (0, _) => page.t1("hours-span-minutes", "minutes", rest),
        _ => page.t2("hours-span-both", "hours", number, "minutes", rest),
    };
    format!("{sign}{words}")
}

/// `14:00` of minutes after midnight.
pub fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
