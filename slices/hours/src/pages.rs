//! Pages: handlers, and what each template shows.

mod calls;
mod certificate;
mod desk;
mod enter;
mod entry;
mod figures;
mod flags;
mod import;
mod own;
mod proof;
mod settings;
mod view;

use jiff::civil::Date;
use kernel::Instant;
use platform::{Gate, Page, Refusal, Routes, Visit};

use crate::policy::{CALL_BACK, CERTIFY, CONFIRM, COUNT, DESK, ENTER, LOOK, OBJECT, READ, SET};
use crate::store::{self, Entry};

/// The doors that everybody may knock at.
pub fn everyone() -> Routes {
    Routes::new()
        .get("/hours/figures", Gate::May(COUNT), figures::page)
        .get("/certificates", Gate::Open, proof::ask)
        .get("/certificates/{number}", Gate::Open, proof::open)
}

/// The doors of those who serve.
pub fn own() -> Routes {
    let certifies = Gate::May(CERTIFY);
    Routes::new()
        .get("/me/hours", Gate::May(READ), own::page)
        .get("/me/hours/export", Gate::May(READ), own::export)
        .post("/me/hours/{id}/object", Gate::May(OBJECT), own::object)
        .get("/me/certificate", certifies, certificate::page)
        .post("/me/certificate", certifies, certificate::issue)
        .post(
            "/me/certificate/{number}/withdraw",
            certifies,
            certificate::withdraw,
        )
}

/// The doors of the desk.
pub fn desk() -> Routes {
    let (enters, confirms) = (Gate::May(ENTER), Gate::May(CONFIRM));
    Routes::new()
        .get("/hours", Gate::May(DESK), desk::page)
        .post("/hours/confirm", confirms, desk::confirm)
        .get("/hours/enter", enters, enter::form)
        .post("/hours/enter", enters, enter::submit)
        .get("/hours/entries/{id}", confirms, entry::open)
        .post("/hours/entries/{id}/{act}", confirms, entry::act)
        .get("/hours/calls", Gate::May(CALL_BACK), calls::page)
        .post("/hours/calls/{id}", Gate::May(CALL_BACK), calls::answer)
        .get("/hours/flags", Gate::May(LOOK), flags::page)
        .post("/hours/flags/{id}", Gate::May(LOOK), flags::act)
        .get("/hours/import", enters, import::bring)
        .post("/hours/import", enters, import::upload)
        .get("/hours/import/{id}", enters, import::file)
        .post("/hours/import/{id}/columns", enters, import::columns)
        .post("/hours/import/{id}/confirm", enters, import::confirm)
        .get("/hours/settings", Gate::May(SET), settings::page)
        .post("/hours/settings", Gate::May(SET), settings::save)
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

/// A day of a proof, `YYYY-MM-DD`, as its reader expects it.
fn written_day(page: &Page, written: &str) -> String {
    let parsed: Result<Date, _> = written.parse();
    parsed.map_or_else(|_| written.to_owned(), |parsed| day(page, parsed))
}

/// The entry of this id for who may read it; to all others it is not there.
async fn readable<C: sea_orm::ConnectionTrait>(
    visit: &Visit,
    on: &C,
    id: &str,
) -> Result<Entry, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = store::by_ids(on, visit.community().id, &[id]).await?;
    let entry = found.into_iter().next().ok_or(Refusal::NotFound)?;
    let facts = platform::access::HasFacts::facts(&entry);
    if visit.covers(READ, &facts) {
        Ok(entry)
    } else {
        Err(Refusal::NotFound)
    }
}
