//! Pages: handlers, and what each template shows.

mod acts;
mod apply;
mod case;
mod choices;
mod counts;
mod facts;
mod front;
mod list;
mod possible;
mod view;

use jiff::civil::Date;
use kernel::Instant;
use platform::{Gate, Page, Refusal, Routes, Visit};

use crate::policy::{self, Asked};
use crate::store::{self, Numbered};

/// The doors that everyone may knock at: what mediation is, and how to ask for it.
pub fn front() -> Routes {
    let applies = Gate::May(policy::APPLY);
    Routes::new()
        .get("/mediation", Gate::Open, front::mediation)
        .get("/mediation/petition", Gate::Open, front::petition)
        .get("/mediation/apply", applies, apply::form)
        .post("/mediation/apply", applies, apply::submit)
        .get("/mediation/thanks", Gate::Open, apply::thanks)
        .get("/mediation/counts", Gate::May(policy::COUNT), counts::page)
}

/// The doors of the parties, the mediators and the head.
pub fn cases() -> Routes {
    let records = Gate::May(policy::RECORD);
    Routes::new()
        .get("/mediation/record", records, apply::form)
        .post("/mediation/record", records, apply::submit)
        .get("/mediation/cases", Gate::SignedIn, list::list)
        .get("/mediation/cases/{id}", Gate::SignedIn, case::open)
        .post("/mediation/cases/{id}/{act}", Gate::SignedIn, acts::act)
}

/// The mediation of this id for who may read it; to all others it is not there.
async fn readable<C: sea_orm::ConnectionTrait>(
    visit: &Visit,
    on: &C,
    id: &str,
) -> Result<(Asked, Vec<String>), Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = store::by_id(on, visit.community().id, id).await?;
    let Numbered {
        mediation,
        mediators,
    } = found.ok_or(Refusal::NotFound)?;
    let asked = Asked {
        mediation,
        asker: visit.actor().account,
    };
    let facts = platform::access::HasFacts::facts(&asked);
    if visit.covers(policy::READ, &facts) {
        Ok((asked, mediators))
    } else {
        Err(Refusal::NotFound)
    }
}

/// Today, where people here live.
fn today(visit: &Visit) -> Date {
    visit.now().in_zone(visit.zone()).date()
}

/// A day as its reader expects it.
fn day(page: &Page, day: Date) -> String {
    let noon = day.at(12, 0, 0, 0).to_zoned(page.zone().clone());
    noon.map_or_else(
        |_| day.to_string(),
        |noon| page.day(&Instant(noon.timestamp().as_microsecond())),
    )
}
