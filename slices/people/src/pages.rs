//! The pages: the desk's register, files on their way in, wishes, and everybody's own data.

mod imports;
pub mod list;
mod own;
mod preview;
mod record;
mod skills;
mod wishes;

use jiff::civil::Date;
use kernel::PersonId;
use platform::access::Allowed;
use platform::{Gate, Refusal, Routes, Visit};

use crate::policy::{CORRECT, IMPORT, OFFER, READ, RIGHTS};
use crate::store::{self, Record};

/// All doors of this room but the API's.
pub fn routes() -> Routes {
    Routes::new()
        .get("/people", Gate::May(READ), list::list)
        .get("/people/rights", Gate::May(CORRECT), wishes::open)
        .post("/people/rights/{id}", Gate::May(CORRECT), wishes::answer)
        .get("/people/import", Gate::May(IMPORT), imports::files)
        .post("/people/import", Gate::May(IMPORT), imports::upload)
        .get("/people/import/{id}", Gate::May(IMPORT), imports::file)
        .post(
            "/people/import/{id}/columns",
            Gate::May(IMPORT),
            imports::columns,
        )
        .get(
            "/people/import/{id}/preview",
            Gate::May(IMPORT),
            preview::preview,
        )
        .post(
            "/people/import/{id}/confirm",
            Gate::May(IMPORT),
            preview::confirm,
        )
        .get(
            "/people/import/{id}/progress.json",
            Gate::May(IMPORT),
            imports::progress,
        )
        .post(
            "/people/import/{id}/undo",
            Gate::May(IMPORT),
            imports::take_back,
        )
        .get("/people/{id}", Gate::May(READ), record::open)
        .post("/people/{id}/correct", Gate::May(CORRECT), record::correct)
        .post("/people/{id}/consents", Gate::May(CORRECT), record::consent)
        .get("/me/data", Gate::May(RIGHTS), own::data)
        .post("/me/data/correct", Gate::May(RIGHTS), own::correct)
        .post("/me/data/wishes", Gate::May(RIGHTS), own::wish)
        .post("/me/data/consents", Gate::May(RIGHTS), own::consent)
        .get("/me/data/export", Gate::May(RIGHTS), own::export)
        .get("/me/data/erase", Gate::May(RIGHTS), own::ask_erase)
        .post("/me/data/erase", Gate::May(RIGHTS), own::erase)
        .get("/me/data/skills", Gate::May(OFFER), skills::open)
        .post("/me/data/skills", Gate::May(OFFER), skills::save)
}

/// Today, where people here live.
pub fn today(visit: &Visit) -> Date {
    visit.now().in_zone(visit.zone()).date()
}

/// A record that this visitor may read; to all others it is not there.
pub async fn readable(visit: &Visit, person: PersonId) -> Result<Allowed<Record>, Refusal> {
    let record = store::record(&visit.reader(), visit.community().id, person).await?;
    let record = record.ok_or(Refusal::NotFound)?;
    visit.check(READ, record).map_err(|_| Refusal::NotFound)
}

/// A record that this visitor may correct; one that they may not read is not there.
pub async fn correctable(visit: &Visit, person: PersonId) -> Result<Allowed<Record>, Refusal> {
    let record = readable(visit, person).await?;
    visit.check(CORRECT, record.into_inner())
}

/// The id in an address; anything else is not there.
pub fn id<T: std::str::FromStr>(word: &str) -> Result<T, Refusal> {
    word.parse().map_err(|_| Refusal::NotFound)
}
