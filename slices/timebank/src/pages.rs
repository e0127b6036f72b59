//! Pages: handlers, and what each template shows.

mod acts;
mod ask;
mod choices;
mod decisions;
mod desk;
mod facts;
mod front;
mod help;
mod lines;
mod own;
mod person;
mod possible;
mod relatives;
mod settings;

use jiff::civil::Date;
use kernel::PersonId;
use platform::{Gate, Message, Page, Refusal, Routes, Visit};

use crate::error::Error;
use crate::model::Rules;
use crate::policy::{self, Holder};

/// The doors of everybody who takes part.
pub fn front() -> Routes {
    let takes_part = Gate::May(policy::TAKE_PART);
    Routes::new()
        .get("/timebank", Gate::Open, front::page)
        .get("/timebank/ask", takes_part, ask::form)
        .post("/timebank/ask", takes_part, ask::submit)
        .get("/timebank/helps/{id}", Gate::Open, help::open)
        .post("/timebank/helps/{id}/{act}", Gate::SignedIn, acts::act)
        .get("/me/time", takes_part, own::page)
        .get("/me/time/export", takes_part, own::export)
        .post("/me/time/{act}", takes_part, own::act)
        .get("/me/time/relatives", takes_part, relatives::page)
        .post("/me/time/relatives/{act}", takes_part, relatives::act)
}

/// The doors of the desk.
pub fn desk() -> Routes {
    let coordinates = Gate::May(policy::COORDINATE);
    let decides = Gate::May(policy::SECOND);
    let sets_rules = Gate::May(policy::SET_RULES);
    Routes::new()
        .get("/timebank/desk", coordinates, desk::page)
        .get("/timebank/record", coordinates, ask::form)
        .post("/timebank/record", coordinates, ask::submit)
        .get("/timebank/people", coordinates, person::search)
        .post("/timebank/people", coordinates, person::find)
        .get("/timebank/people/{id}", coordinates, person::page)
        .post("/timebank/people/{id}/{act}", coordinates, person::act)
        .get("/timebank/decisions", decides, decisions::page)
        .post("/timebank/decisions", coordinates, decisions::propose)
        .post("/timebank/decisions/{id}", decides, decisions::decide)
        .get("/timebank/settings", sets_rules, settings::page)
        .post("/timebank/settings", sets_rules, settings::change)
        .post("/timebank/settings/kinds", sets_rules, settings::kinds)
}

/// The resident who visits, for acts of their own.
fn holder(visit: &Visit) -> Result<Holder, Error> {
    let person = visit.actor().person.ok_or(Error::NotInRegister)?;
    Ok(holder_of(visit, person))
}

/// A resident, for acts on their account.
fn holder_of(visit: &Visit, person: PersonId) -> Holder {
    Holder {
        community: visit.community().id,
        person,
    }
}

/// The rules in force here.
fn rules(visit: &Visit) -> Rules {
    Rules::of(visit.community())
}

/// Today, where people here live.
fn today(visit: &Visit) -> Date {
    visit.now().in_zone(visit.zone()).date()
}

/// `3 小时 20 分钟`.
fn span(page: &Page, minutes: i64) -> String {
    let minutes = minutes.abs();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => page.t1("timebank-span-minutes", "minutes", minutes),
        (hours, 0) => page.t1("timebank-span-hours", "hours", hours),
        (hours, minutes) => page.t2("timebank-span-both", "hours", hours, "minutes", minutes),
    }
}

fn invalid(id: &'static str) -> Refusal {
    Refusal::Invalid(Message::of(id))
}
