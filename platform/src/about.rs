//! What this site is, who runs it, and what happens with what one tells it.

use askama::Template;
use axum::response::Response;

use crate::locale::Message;
use crate::{Gate, Page, Refusal, Routes, Visit};

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    page: Page,
}

pub(crate) fn routes() -> Routes {
    Routes::new().get("/about", Gate::Open, about)
}

async fn about(visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("about-title"));
    Page::show(&AboutPage { page })
}
