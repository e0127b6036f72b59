//! What is known of a help, as far as its reader may know it.

use std::collections::HashMap;

use kernel::PersonId;
use people::Resident;
use platform::Page;

use super::lines::when;
use super::span;
use crate::locked::Words;
use crate::model::Side;
use crate::store::Help;
use crate::words;

/// A fact with its label.
pub type Fact = (&'static str, String);

/// A help with what stands around it.
pub struct Known<'a> {
    /// The help.
    pub help: &'a Help,
    /// Its words, opened.
    pub words: &'a Words,
    /// Who is named in it.
    pub residents: &'a HashMap<PersonId, Resident>,
    /// What the reader is to it.
    pub side: Side,
    /// In which area.
    pub area: &'a str,
}

impl Known<'_> {
    fn name(&self, person: Option<PersonId>) -> Option<String> {
        let person = person.and_then(|person| self.residents.get(&person))?;
        Some(person.name.clone())
    }

    /// Whether the reader may know where to come to: the giver while they are to come, and only as
    /// the receiving side said.
    fn may_see_contact(&self) -> bool {
        match self.side {
            Side::Receiver | Side::Relative | Side::Coordinator => true,
            Side::Giver => self.help.is_contact_shared && self.help.state.is_agreed(),
        }
    }

    /// Whether the reader may have the giver's number, if the giver lets them.
    fn may_see_giver(&self) -> bool {
        self.side == Side::Giver || self.help.state.is_agreed()
    }
}

/// When, for how long, where, who, whose credit: what each side may know.
pub fn facts(page: &Page, known: &Known<'_>) -> Vec<Fact> {
    let (help, words) = (known.help, known.words);
    let mut facts: Vec<(&'static str, Option<String>)> = vec![
        ("timebank-fact-when", Some(when(page, help.starts_at))),
        ("timebank-fact-length", Some(span(page, help.minutes))),
        ("timebank-fact-area", Some(known.area.to_owned())),
        ("timebank-fact-receiver", known.name(help.receiver)),
        ("timebank-fact-relative", known.name(help.relative)),
        ("timebank-fact-giver", known.name(help.giver)),
        (
            "timebank-fact-cover",
            Some(page.t(words::cover(help.cover))),
        ),
    ];
    if known.may_see_contact() {
        facts.push(("timebank-fact-place", Some(words.place.clone())));
        facts.push(("timebank-fact-phone", Some(words.phone.clone())));
    }
    if known.may_see_giver() {
        facts.push(("timebank-fact-giver-phone", Some(words.giver_phone.clone())));
    }
    facts.push(("timebank-fact-wish", Some(words.wish.clone())));
    facts.extend(times(page, known));
    facts
        .into_iter()
        .filter_map(|(label, words)| Some((label, words?)))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// What was signed, confirmed, disputed and booked.
fn times(page: &Page, known: &Known<'_>) -> Vec<(&'static str, Option<String>)> {
    let (help, words) = (known.help, known.words);
    let moment = |at: Option<kernel::Instant>| at.map(|at| page.moment(&at));
    let length = |minutes: Option<i64>| minutes.map(|minutes| span(page, minutes));
    let open = help.answer_by.filter(|_| help.confirmed_minutes.is_none());
    let is_desk = known.side == Side::Coordinator;
    let pooled = help.pooled_minutes.filter(|minutes| *minutes > 0);
    let dispute = help.disputed_by.map(|side| page.t(words::side(side)));
    vec![
        ("timebank-fact-signed-in", moment(help.signed_in_at)),
        ("timebank-fact-signed-out", moment(help.signed_out_at)),
        ("timebank-fact-signed", length(help.signed_minutes)),
        ("timebank-fact-answer-by", moment(open)),
        ("timebank-fact-disputed-by", dispute),
        ("timebank-fact-complaint", Some(words.complaint.clone())),
        (
            "timebank-fact-call-back",
            is_desk.then(|| words.call_back.clone()),
        ),
        ("timebank-fact-settlement", Some(words.settlement.clone())),
        ("timebank-fact-confirmed", length(help.confirmed_minutes)),
        ("timebank-fact-posted", length(help.posted_minutes)),
        ("timebank-fact-pooled", length(pooled)),
        ("timebank-fact-ended", moment(help.ended_at)),
    ]
}
