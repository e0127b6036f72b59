//! The calls of GeoReport v2. Each door exists for XML and for JSON; which one is asked for says the
//! end of the path.

mod discovery;
mod list;
mod report;
mod services;
mod shape;
mod tokens;
mod updates;

pub use report::{TITLE_MAX, title_of};
pub use shape::timestamp;
pub use updates::progress;

use platform::{Gate, Routes};

/// Where the contract's paths begin.
pub const BASE: &str = "/open311/v2";

/// The doors.
pub fn routes() -> Routes {
    let open = Gate::Open;
    Routes::new()
        .get("/open311/v2/discovery.xml", open, discovery::show)
        .get("/open311/v2/discovery.json", open, discovery::show)
        .get("/open311/v2/services.xml", open, services::list)
        .get("/open311/v2/services.json", open, services::list)
        .get("/open311/v2/services/{file}", open, services::definition)
        .get("/open311/v2/requests.xml", open, list::list)
        .get("/open311/v2/requests.json", open, list::list)
        .get("/open311/v2/requests.csv", open, list::bulk)
        .post("/open311/v2/requests.xml", open, report::report)
        .post("/open311/v2/requests.json", open, report::report)
        .get("/open311/v2/requests/{file}", open, list::show)
        .get("/open311/v2/tokens/{file}", open, tokens::show)
        .get("/open311/v2/servicerequestupdates.xml", open, updates::list)
        .get(
            "/open311/v2/servicerequestupdates.json",
            open,
            updates::list,
        )
        .post("/open311/v2/servicerequestupdates.xml", open, updates::take)
        .post(
            "/open311/v2/servicerequestupdates.json",
            open,
            updates::take,
        )
}

/// The part of a path that is a name and a format, or that there is nothing there.
fn named(file: &str) -> Result<&str, crate::answer::Trouble> {
    let named = georeport::Format::split(file).map(|(name, _)| name);
    named.ok_or_else(|| platform::Refusal::NotFound.into())
}
