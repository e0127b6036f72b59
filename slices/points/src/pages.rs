//! Pages: handlers, and what each template shows.

mod claim;
mod claim_view;
mod desk;
mod front;
mod glance;
mod limits;
mod mine;
mod notices;
mod proposals;
mod record;
mod reviews;
mod rewards;
mod scheme_view;
mod schemes;
mod shop;
mod till;

use jiff::civil::Date;
use kernel::{Instant, PersonId};
use platform::access::Allowed;
use platform::{Gate, Page, Refusal, Routes, Visit};

use crate::policy::{self, Common, Own};

/// What everybody may read, and residents do.
pub fn front() -> Routes {
    let own = Gate::SignedIn;
    Routes::new()
        .get("/points", Gate::Open, front::show)
        .get("/points/figures", Gate::Open, front::figures)
        .get("/points/schemes/{id}", Gate::Open, schemes::public)
        .post("/points/schemes/{id}/object", own, schemes::object)
        .get("/points/notices", Gate::Open, notices::list)
        .get("/points/notices/{id}", own, notices::one)
        .post("/points/notices/{id}", own, notices::object)
        .get("/points/reviews", own, reviews::list)
        .get("/points/reviews/{id}", own, reviews::one)
        .post("/points/reviews/{id}", own, reviews::speak)
        .get("/shop", Gate::Open, shop::show)
        .post("/shop/rewards/{id}", own, shop::reserve)
        .post("/shop/purposes/{id}", own, shop::give)
        .get("/me/points", own, mine::show)
        .get("/me/points/claim", own, claim::form)
        .post("/me/points/claim", own, claim::submit)
        .get("/me/points/claims/{id}", own, claim::one)
        .post("/me/points/claims/{id}/withdraw", own, claim::withdraw)
        .post("/me/points/claims/{id}/appeal", own, claim::appeal)
        .post("/me/points/codes/{id}/cancel", own, mine::cancel)
        .post("/me/points/glance", own, glance::offer)
}

/// What the desk works with.
pub fn desk() -> Routes {
    let desk = Gate::May(policy::DESK);
    let keeps = Gate::May(policy::KEEP_SHOP);
    let schemes = Gate::May(policy::SCHEME);
    let proposes = Gate::May(policy::PROPOSE);
    let till = Gate::May(policy::TILL);
    Routes::new()
        .get("/points/desk", desk, desk::list)
        .post(
            "/points/desk/check",
            Gate::May(policy::CHECK),
            desk::check_many,
        )
        .get(
            "/points/desk/record",
            Gate::May(policy::RECORD),
            record::form,
        )
        .post(
            "/points/desk/record",
            Gate::May(policy::RECORD),
            record::submit,
        )
        .get("/points/desk/claims/{id}", desk, desk::one)
        .post(
            "/points/desk/claims/{id}",
            Gate::May(policy::CHECK),
            desk::check,
        )
        .post(
            "/points/desk/claims/{id}/reverse",
            proposes,
            proposals::reverse,
        )
        .post(
            "/points/desk/reviews/{id}",
            Gate::May(policy::SET_PANEL),
            reviews::set_panel,
        )
        .get("/points/desk/schemes", schemes, schemes::list)
        .post("/points/desk/schemes", schemes, schemes::draft)
        .get("/points/desk/schemes/{id}", schemes, schemes::one)
        .post("/points/desk/schemes/{id}/item", schemes, schemes::add_item)
        .post("/points/desk/schemes/{id}/{act}", schemes, schemes::act)
        .get("/points/desk/funds", proposes, proposals::list)
        .post("/points/desk/funds", proposes, proposals::fund)
        .post(
            "/points/desk/proposals/{id}/{act}",
            proposes,
            proposals::end,
        )
        .get("/points/desk/rewards", keeps, rewards::list)
        .post("/points/desk/rewards", keeps, rewards::submit)
        .get("/points/desk/rewards/{id}", keeps, rewards::one)
        .post("/points/desk/rewards/{id}", keeps, rewards::change)
        .post("/points/desk/rewards/{id}/restock", keeps, rewards::restock)
        .post(
            "/points/desk/rewards/{id}/write-off",
            keeps,
            rewards::write_off,
        )
        .post("/points/desk/purposes", keeps, rewards::open_purpose)
        .post(
            "/points/desk/purposes/{id}/close",
            keeps,
            rewards::close_purpose,
        )
        .get("/points/desk/limits", schemes, limits::show)
        .post("/points/desk/limits", schemes, limits::change)
        .get(
            "/points/desk/glance",
            Gate::May(policy::GLANCE),
            glance::form,
        )
        .post(
            "/points/desk/glance",
            Gate::May(policy::GLANCE),
            glance::look,
        )
        .get("/shop/till", till, till::show)
        .post("/shop/till", till, till::look)
        .post("/shop/till/hand-out", till, till::hand_out)
}

/// Who asks, as a resident of the register; who has no entry there is told what to do.
fn own(visit: &Visit) -> Result<Allowed<Own>, Refusal> {
    let person = resident(visit)?;
    let community = visit.community().id;
    visit.check(policy::OWN, Own { community, person })
}

/// The entry of who asks.
fn resident(visit: &Visit) -> Result<PersonId, Refusal> {
    visit
        .actor()
        .person
        .ok_or_else(|| Refusal::Conflict(platform::Message::of("points-error-not-in-register")))
}

/// Something of the community, judged for an act.
fn common(visit: &Visit, act: kernel::Act) -> Result<Allowed<Common>, Refusal> {
    let community = visit.community().id;
    visit.check(act, Common { community })
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

/// The last day of something that ends at a midnight.
fn last_day(page: &Page, end: Instant) -> String {
    page.day(&end.plus_seconds(-1))
}

/// The id in an address; what is none leads nowhere.
fn id<T: std::str::FromStr>(raw: &str) -> Result<T, Refusal> {
    raw.parse().map_err(|_| Refusal::NotFound)
}

/// The version in a form; what is none was not sent by a form of ours.
fn version(raw: &str) -> Result<i64, Refusal> {
    raw.parse().map_err(|_| Refusal::NotFound)
}

/// A choice of a form: its word, its message, whether it is the one.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// What is sent.
    pub word: &'static str,
    /// What is said.
    pub label: &'static str,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// All choices of a kind.
fn choices<T: Copy>(
    all: &[T],
    word: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
    chosen: &str,
) -> Vec<Choice> {
    all.iter()
        .map(|one| Choice {
            word: word(*one),
            label: label(*one),
            is_chosen: word(*one) == chosen,
        })
        .collect()
}
