//! The posts that one looks after, and how many of their places are taken.

use askama::Template;
use axum::response::Response;
use platform::{Message, Page, Refusal, Visit};

use super::say;
use crate::model::{State, filled};
use crate::store::claims;
use crate::store::posts::{self, Post};
use crate::{policy, words};

struct Line {
    href: String,
    name: String,
    state: &'static str,
    tone: &'static str,
    times: String,
    taken: Option<u32>,
    places: u32,
}

#[derive(Template)]
#[template(path = "volunteering/desk.html")]
struct DeskPage {
    page: Page,
    lines: Vec<Line>,
    filled: Option<(u64, u64)>,
    may_write: bool,
    may_ask: bool,
}

/// `GET /posts/desk`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), policy::CONFIRM, &policy::columns());
    let posts = posts::list(&reader, reach).await?;
    let counts = claims::counts(&reader, visit.community().id).await?;
    let taken = |post: &Post| counts.get(&post.id).copied().unwrap_or(0);
    let open = || posts.iter().filter(|post| post.state == State::Open);
    let sum = |of: &dyn Fn(&Post) -> u32| open().map(|post| u64::from(of(post))).sum();
    let rate = filled(sum(&taken), sum(&|post| post.what.all_places()));
    let page = visit.page(Message::of("volunteering-desk-title"));
    Page::show(&DeskPage {
        lines: posts
            .iter()
            .map(|post| line(&page, post, taken(post)))
            .collect(),
        filled: rate,
        may_write: visit.may(policy::WRITE),
        may_ask: visit.may(policy::ASK),
        page,
    })
}

fn line(page: &Page, post: &Post, taken: u32) -> Line {
    Line {
        href: format!("/posts/desk/{}", post.id),
        name: post.what.name.clone(),
        state: words::state(post.state),
        tone: words::tone(post.state),
        times: say::times(page, &post.what),
        taken: (post.state == State::Open).then_some(taken),
        places: post.what.all_places(),
    }
}
