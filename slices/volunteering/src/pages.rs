//! Pages: handlers, and what each template shows.

mod ask;
mod desk;
mod edit;
mod own;
mod own_acts;
mod post;
mod public;
mod roster;
mod say;
mod shift;

use jiff::civil::Date;
use kernel::Act;
use platform::access::{Allowed, HasFacts};
use platform::{Gate, Refusal, Routes, Visit};
use sea_orm::ConnectionTrait;

use crate::error::Error;
use crate::policy::{self, Own};
use crate::store::posts::{self, Post};

/// The doors that everyone may knock at: which posts are open, and how to take a place.
pub fn front() -> Routes {
    let claims = Gate::May(policy::CLAIM);
    Routes::new()
        .get("/posts", Gate::Open, public::list)
        .get("/posts/{id}", Gate::Open, public::open)
        .post("/posts/{id}/claim", claims, public::claim)
        .post("/posts/{id}/give-back", claims, public::give_back)
}

/// The doors to one's own part.
pub fn own() -> Routes {
    let mine = Gate::May(policy::OWN);
    Routes::new()
        .get("/me/volunteering", mine, own::open)
        .post("/me/volunteering", mine, own_acts::save)
        .post("/me/volunteering/leave", mine, own_acts::leave)
        .post("/me/volunteering/askings/{id}", mine, own_acts::answer)
        .post("/me/volunteering/again/{id}", mine, own_acts::may_ask_again)
        .post("/me/volunteering/sign-in/{id}", mine, own_acts::sign_in)
        .post("/me/volunteering/sign-out/{id}", mine, own_acts::sign_out)
        .post("/me/volunteering/drop/{id}", mine, own_acts::drop)
}

/// The doors of those who look after posts.
pub fn desk() -> Routes {
    let writes = Gate::May(policy::WRITE);
    let asks = Gate::May(policy::ASK);
    let confirms = Gate::May(policy::CONFIRM);
    Routes::new()
        .get("/posts/desk", confirms, desk::list)
        .get("/posts/desk/new", writes, edit::new)
        .post("/posts/desk/new", writes, edit::draft)
        .get("/posts/desk/roster", asks, roster::open)
        .get("/posts/desk/{id}", confirms, post::open)
        .get("/posts/desk/{id}/edit", writes, edit::open)
        .post("/posts/desk/{id}/edit", writes, edit::correct)
        .post("/posts/desk/{id}/state", writes, edit::state)
        .get("/posts/desk/{id}/ask", asks, ask::open)
        .post("/posts/desk/{id}/ask", asks, ask::ask)
        .post("/posts/desk/{id}/shifts", confirms, shift::note)
        .post("/posts/desk/{id}/confirm/{shift}", confirms, shift::confirm)
        .post("/posts/desk/{id}/drop/{shift}", confirms, shift::drop)
}

/// Today, where people here live.
fn today(visit: &Visit) -> Date {
    visit.now().in_zone(visit.zone()).date()
}

/// What is one's own, for who is in the register; all others are told to come by once.
fn mine(visit: &Visit) -> Result<Allowed<Own>, Refusal> {
    let person = visit.actor().person.ok_or(Error::NotInRegister)?;
    let community = visit.community().id;
    visit.check(policy::OWN, Own { community, person })
}

/// The post of this id for who may do this to it; to all others it is not there.
async fn within<C: ConnectionTrait>(
    visit: &Visit,
    on: &C,
    id: &str,
    act: Act,
) -> Result<Post, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let post = posts::by_id(on, visit.community().id, id).await?;
    post.filter(|post| visit.covers(act, &post.facts()))
        .ok_or(Refusal::NotFound)
}

/// The same post, to itself until the act is over.
async fn held(
    visit: &Visit,
    tx: &platform::Tx,
    id: &str,
    act: Act,
) -> Result<Allowed<Post>, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let post = posts::to_change(tx, id).await?;
    let may_read = |post: &Post| {
        let facts = post.facts();
        visit.covers(policy::READ, &facts) || visit.covers(act, &facts)
    };
    let post = post.filter(may_read).ok_or(Refusal::NotFound)?;
    visit.check(act, post)
}
