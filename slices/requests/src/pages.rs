//! Pages: handlers, and what each template shows.

mod acts;
mod asked;
mod bulk;
mod choices;
mod clocks;
mod detail;
mod figure_rows;
mod figures;
mod following;
mod hand_over;
mod home;
mod import;
mod import_columns;
mod live;
pub(crate) mod matters;
mod neighbours;
mod parts;
pub(crate) mod perform;
pub(crate) mod report;
mod setting_up;
mod settings;
pub(crate) mod similar;
mod tasks;
mod today;
mod track;
pub(crate) mod view;
mod whistles;
pub(crate) mod workbench;

use platform::{Gate, Routes};

use crate::policy;

/// The doors that everyone may knock at: reporting, following, the public list and map.
pub fn front() -> Routes {
    let reports = Gate::May(policy::REPORT);
    Routes::new()
        .get("/", Gate::Open, home::home)
        .get("/report", reports, report::form)
        .post("/report", reports, report::submit)
        .get("/report/thanks/{number}", Gate::Open, report::thanks)
        .get("/report/similar", reports, similar::part)
        .post(
            "/report/follow",
            Gate::May(policy::FOLLOW),
            following::follow,
        )
        .get("/report/following/{number}", Gate::Open, following::thanks)
        .get("/track", Gate::Open, track::form)
        .post("/track", Gate::Open, track::show_code)
        .get("/track/{number}", Gate::Open, track::progress)
        .post("/track/{number}/confirm", Gate::Open, asked::confirm)
        .post("/track/{number}/answer", Gate::Open, track::answer_too)
        .get("/asked/{token}", Gate::Open, asked::open)
        .post("/asked/{token}", Gate::Open, asked::say)
        .post("/track/{number}/reopen", Gate::Open, track::reopen)
        .get("/calls", Gate::May(policy::SEE_CALL), whistles::calls)
        .post("/calls/{id}/come", Gate::May(policy::COME), whistles::come)
        .get("/tasks", Gate::SignedIn, tasks::list)
        .get("/tasks/{id}", Gate::SignedIn, tasks::open)
        .get("/tasks/{id}/photos/{photo}", Gate::SignedIn, tasks::photo)
        .post("/tasks/{id}/{act}", Gate::SignedIn, tasks::act)
        .get("/answer/{token}", Gate::Open, tasks::open_link)
        .get(
            "/answer/{token}/photos/{photo}",
            Gate::Open,
            tasks::photo_by_link,
        )
        .post("/answer/{token}/{act}", Gate::Open, tasks::act_by_link)
        .post("/track/{number}/leave", Gate::Open, following::leave)
        .get("/matters", Gate::Open, matters::list)
        .get("/map", Gate::Open, matters::map)
        .get("/map/pins.geojson", Gate::Open, matters::pins)
        .get("/requests/{number}/photos/{photo}", Gate::Open, acts::photo)
        .get(
            "/requests/{number}/parts/{part}/photos/{photo}",
            Gate::Open,
            acts::photo_of_part,
        )
}

/// The doors of those who work on requests.
pub fn desk() -> Routes {
    let works = Gate::May(policy::DESK);
    let records = Gate::May(policy::RECORD);
    let hands_over = Gate::May(policy::HAND_OVER);
    Routes::new()
        .get("/today", works, today::today)
        .get("/whistles", works, whistles::list)
        .get("/handover", hands_over, hand_over::page)
        .post("/handover", hands_over, hand_over::hand_over)
        .get("/requests/counts", Gate::May(policy::COUNT), figures::page)
        .get("/requests", works, workbench::list)
        .get("/requests/live", works, live::live)
        .get("/requests/new", records, report::form)
        .post("/requests/new", records, report::submit)
        .get("/requests/new/{number}", records, report::thanks)
        .get("/requests/new/similar", records, similar::part)
        .post("/requests/new/follow", records, following::follow)
        .get(
            "/requests/new/following/{number}",
            records,
            following::thanks,
        )
        .get("/requests/{number}", works, workbench::open)
        .post(
            "/requests/dispatch",
            Gate::May(policy::DISPATCH),
            bulk::dispatch_many,
        )
        .post(
            "/requests/{number}/join",
            Gate::May(policy::TRIAGE),
            following::join,
        )
        .post(
            "/requests/{number}/split",
            Gate::May(policy::TRIAGE),
            following::split,
        )
        .get(
            "/requests/{number}/neighbours",
            Gate::May(policy::DISPATCH),
            neighbours::page,
        )
        .post(
            "/requests/{number}/neighbours",
            Gate::May(policy::DISPATCH),
            neighbours::ask,
        )
        .post("/requests/{number}/{act}", works, acts::act)
}

/// The doors of those who set up kinds, parties and the dispatch table, or bring old requests.
pub fn setting_up() -> Routes {
    let sets_up = Gate::May(policy::CATALOGUE);
    let imports = Gate::May(policy::IMPORT);
    Routes::new()
        .get("/requests/settings", sets_up, settings::page)
        .post(
            "/requests/settings/begin",
            sets_up,
            setting_up::begin_catalogue,
        )
        .post(
            "/requests/settings/category",
            sets_up,
            setting_up::add_category,
        )
        .post(
            "/requests/settings/handler",
            sets_up,
            setting_up::add_handler,
        )
        .post("/requests/settings/duty", sets_up, setting_up::start_duty)
        .post("/requests/settings/rule", sets_up, setting_up::add_rule)
        .post("/requests/settings/move", sets_up, setting_up::move_rule)
        .post("/requests/settings/retire", sets_up, setting_up::retire)
        .get("/requests/import", imports, import::form)
        .post("/requests/import", imports, import::send)
        .get("/requests/import/{id}", imports, import::preview)
        .post("/requests/import/{id}", imports, import::load)
        .get(
            "/requests/import/{id}/columns",
            imports,
            import_columns::form,
        )
        .post(
            "/requests/import/{id}/columns",
            imports,
            import_columns::choose,
        )
}
