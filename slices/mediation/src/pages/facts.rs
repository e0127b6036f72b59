//! What is known of one mediation: its parties, its mediators, its days and deadlines. Words are
//! put together here, in the reader's language.

use jiff::civil::Date;
use platform::{Message, Page};

use super::view::side_label;
use super::{day, today};
use crate::locked::Matter;
use crate::model::{self, Side};
use crate::store::Mediation;
use crate::words;

/// A fact: what it is called, and its words.
pub type Fact = (&'static str, String);

/// A party, opened.
pub struct PartyView {
    pub word: &'static str,
    pub label: &'static str,
    pub name: String,
    pub phone: String,
    pub consent: Option<(String, &'static str)>,
    pub has_account: bool,
    pub is_reader: bool,
}

/// A party, as this reader may see them.
pub fn party(
    page: &Page,
    mediation: &Mediation,
    matter: &Matter,
    side: Side,
    own: Option<Side>,
) -> PartyView {
    let party = matter.party(side);
    PartyView {
        word: side.word(),
        label: side_label(Some(side)),
        name: party.name.clone(),
        // The other party's number stays with the committee.
        phone: if own.is_none_or(|own| own == side) {
            party.phone.clone()
        } else {
            String::new()
        },
        consent: mediation
            .consent_of(side)
            .map(|consent| (day(page, consent.on), words::how(consent.how))),
        has_account: mediation.accounts[side as usize].is_some(),
        is_reader: own == Some(side),
    }
}

/// What is known: who mediates, until when, what was agreed and what a court has to do.
pub fn facts_of(
    page: &Page,
    mediation: &Mediation,
    mediators: &[String],
    matter: &Matter,
) -> Vec<Fact> {
    let mut facts: Vec<Fact> = vec![(
        "mediation-fact-applied",
        format!(
            "{} · {}",
            day(page, mediation.applied_on),
            page.t(words::origin(mediation.origin))
        ),
    )];
    if !mediators.is_empty() {
        let chosen = page.t(if mediation.is_chosen_by_parties {
            "mediation-chosen-by-parties"
        } else {
            "mediation-chosen-by-committee"
        });
        let names = mediators.join(&page.t("mediation-comma"));
        facts.push(("mediation-fact-mediators", format!("{names} · {chosen}")));
    }
    for (label, words) in [
        ("mediation-fact-tie", &matter.tie),
        ("mediation-fact-outsider", &matter.outsider),
        ("mediation-fact-court", &matter.court),
    ] {
        if !words.is_empty() {
            facts.push((label, words.clone()));
        }
    }
    if let Some(consented_on) = mediation
        .consented_on()
        .filter(|_| mediation.state.is_before_agreement())
    {
        let by = day(page, model::norm(consented_on));
        facts.push(("mediation-fact-norm", page.t1("mediation-norm", "day", by)));
    }
    if let Some((form, on)) = mediation.form.zip(mediation.agreed_on) {
        let words = format!("{} · {}", day(page, on), page.t(words::form(form)));
        facts.push(("mediation-fact-agreed", words));
    }
    if let Some(on) = mediation.in_effect_on {
        facts.push(("mediation-fact-in-effect", day(page, on)));
        facts.extend(court_facts(page, mediation, on));
    }
    if let Some(on) = mediation.ended_on {
        facts.push(("mediation-fact-ended", day(page, on)));
        let kept = day(page, model::kept_until(on));
        facts.push((
            "mediation-fact-kept",
            page.t2("mediation-kept", "n", model::KEPT_YEARS, "day", kept),
        ));
    }
    facts
}

/// Until when the court can be asked, or by when it acts.
fn court_facts(page: &Page, mediation: &Mediation, in_effect_on: Date) -> Vec<Fact> {
    if let Some((decision, on)) = mediation.decision.zip(mediation.decided_on) {
        let words = format!("{} · {}", day(page, on), page.t(words::decision(decision)));
        return vec![("mediation-fact-decided", words)];
    }
    if let Some(on) = mediation.sought_on {
        let days = model::court_days(on);
        let by = Message::of("mediation-court-days")
            .with("accepts", day(page, days.accepts_by))
            .with("decides", day(page, days.decides_by))
            .with("latest", day(page, days.at_latest));
        return vec![
            ("mediation-fact-sought", day(page, on)),
            ("mediation-fact-court-days", page.msg(&by)),
        ];
    }
    if !mediation.state.is_open() {
        return Vec::new();
    }
    let calendar = page.visit().calendar();
    let is_worked = |day| calendar.day(day).is_worked;
    let last_day = model::last_day_to_seek(in_effect_on, is_worked);
    let words = if !mediation.subject.can_be_confirmed() {
        page.t("mediation-error-status-matter")
    } else if today(page.visit()) > last_day {
        page.t("mediation-error-too-late-for-court")
    } else {
        page.t1("mediation-seek-until", "day", day(page, last_day))
    };
    vec![("mediation-fact-confirmation", words)]
}
