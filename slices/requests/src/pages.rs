//! Pages: handlers, and what each template shows.

pub(crate) mod acts;
mod bulk;
mod choices;
mod detail;
mod figures;
mod home;
mod import;
mod import_columns;
pub(crate) mod matters;
pub(crate) mod report;
mod setting_up;
mod settings;
mod today;
mod track;
pub(crate) mod view;
pub(crate) mod workbench;

use platform::{Gate, Routes};

use crate::policy;

/// The doors of this room, without the API.
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Gate::Open, home::home)
        .get("/report", Gate::May(policy::REPORT), report::form)
        .post("/report", Gate::May(policy::REPORT), report::submit)
        .get("/report/thanks/{number}", Gate::Open, report::thanks)
        .get("/track", Gate::Open, track::form)
        .post("/track", Gate::Open, track::show_code)
        .get("/track/{number}", Gate::Open, track::progress)
        .post("/track/{number}/confirm", Gate::Open, track::confirm)
        .post("/track/{number}/reopen", Gate::Open, track::reopen)
        .get("/matters", Gate::Open, matters::list)
        .get("/map", Gate::Open, matters::map)
        .get("/map/pins.geojson", Gate::Open, matters::pins)
        .get("/today", Gate::May(policy::DESK), today::today)
        .get("/requests/counts", Gate::May(policy::COUNT), figures::page)
        .get(
            "/requests/settings",
            Gate::May(policy::CATALOGUE),
            settings::page,
        )
        .post(
            "/requests/settings/begin",
            Gate::May(policy::CATALOGUE),
            setting_up::begin_catalogue,
        )
        .post(
            "/requests/settings/category",
            Gate::May(policy::CATALOGUE),
            setting_up::add_category,
        )
        .post(
            "/requests/settings/handler",
            Gate::May(policy::CATALOGUE),
            setting_up::add_handler,
        )
        .post(
            "/requests/settings/duty",
            Gate::May(policy::CATALOGUE),
            setting_up::start_duty,
        )
        .post(
            "/requests/settings/rule",
            Gate::May(policy::CATALOGUE),
            setting_up::add_rule,
        )
        .post(
            "/requests/settings/move",
            Gate::May(policy::CATALOGUE),
            setting_up::move_rule,
        )
        .post(
            "/requests/settings/retire",
            Gate::May(policy::CATALOGUE),
            setting_up::retire,
        )
        .get("/requests/import", Gate::May(policy::IMPORT), import::form)
        .post("/requests/import", Gate::May(policy::IMPORT), import::send)
        .get(
            "/requests/import/{id}",
            Gate::May(policy::IMPORT),
            import::preview,
        )
        .get(
            "/requests/import/{id}/columns",
            Gate::May(policy::IMPORT),
            import_columns::form,
        )
        .post(
            "/requests/import/{id}/columns",
            Gate::May(policy::IMPORT),
            import_columns::choose,
        )
        .post(
            "/requests/import/{id}",
            Gate::May(policy::IMPORT),
            import::load,
        )
        .get("/requests", Gate::May(policy::DESK), workbench::list)
        .get("/requests/new", Gate::May(policy::RECORD), report::form)
        .post("/requests/new", Gate::May(policy::RECORD), report::submit)
        .get(
            "/requests/new/{number}",
            Gate::May(policy::RECORD),
            report::thanks,
        )
        .get(
            "/requests/{number}",
            Gate::May(policy::DESK),
            workbench::open,
        )
        .get("/requests/{number}/photos/{photo}", Gate::Open, acts::photo)
        .post(
            "/requests/dispatch",
            Gate::May(policy::DISPATCH),
            bulk::dispatch_many,
        )
        .post(
            "/requests/{number}/{act}",
            Gate::May(policy::DESK),
            acts::act,
        )
}
