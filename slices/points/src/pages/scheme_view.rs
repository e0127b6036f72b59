//! How a version of the scheme is shown: its items, its decision, its steps.

use platform::{Message, Page};

use super::day;
use crate::model::SchemeState;
use crate::store::items::Item;
use crate::store::schemes::Scheme;
use crate::words;

/// An item, as pages show it.
pub struct ItemView {
    /// Its id.
    pub id: String,
    /// What is done.
    pub name: String,
    /// `每次 5 分`.
    pub worth: String,
    /// `每天最多 10 分，每月最多 60 分`.
    pub caps: String,
    /// How it is shown.
    pub evidence: String,
    /// Who checks it.
    pub confirmer: &'static str,
}

/// Items, as pages show them.
pub fn item_views(page: &Page, items: &[Item]) -> Vec<ItemView> {
    items
        .iter()
        .map(|item| ItemView {
            id: item.id.to_string(),
            name: item.name.clone(),
            worth: page.t1(words::unit(item.unit), "n", item.points),
            caps: page.t2("points-caps", "day", item.day_cap, "month", item.month_cap),
            evidence: item.evidence.clone(),
            confirmer: words::confirmer(item.confirmer),
        })
        .collect()
}

/// The decision behind a version, in a sentence; empty before there is one.
pub fn decision(page: &Page, scheme: &Scheme) -> String {
    scheme.adoption.as_ref().map_or_else(String::new, |one| {
        page.msg(
            &Message::of("points-decision")
                .with("day", day(page, one.on))
                .with("assembly", page.t(words::assembly(one.assembly)))
                .with("for", one.votes_for)
                .with("against", one.votes_against)
                .with("document", &one.document),
        )
    })
}

/// What a version is called.
pub fn name(page: &Page, scheme: &Scheme) -> String {
    page.t2(
        "points-scheme-name",
        "n",
        scheme.number,
        "title",
        &scheme.title,
    )
}

/// The steps of a version: what each is called, whether it is done, whether it is the present one.
pub fn steps(page: &Page, state: SchemeState) -> Vec<(String, bool, bool)> {
    let way = [
        SchemeState::Drafted,
        SchemeState::Deliberated,
        SchemeState::Adopted,
        SchemeState::Noticed,
        SchemeState::InForce,
    ];
    let now = way.iter().position(|one| *one == state);
    let is_past = state == SchemeState::Superseded;
    way.iter()
        .enumerate()
        .map(|(place, one)| {
            let is_done = is_past || now.is_some_and(|now| place < now);
            (page.t(words::scheme(*one)), is_done, now == Some(place))
        })
        .collect()
}
