//! Pages: handlers, and what each template shows.

mod calls;
mod desk;
mod door;
mod feeds;
mod here;
mod list;
mod looks;
mod mine;
mod neighbour;
mod paper;
mod plan;
mod public;
mod view;

use kernel::Facts;
use platform::access::{Allowed, HasFacts};
use platform::{Gate, Refusal, Routes, Visit};
use sea_orm::ConnectionTrait;

use crate::policy;
use crate::store::{self, Activity, Leader, Occurrence};

/// The doors of everyone: what is announced, and one's own part in it.
pub fn front() -> Routes {
    Routes::new()
        .get("/activities", Gate::Open, list::list)
        .get("/activities.ics", Gate::Open, feeds::public)
        .get("/activities/grids/{area}", Gate::Open, feeds::grid)
        .get(
            "/activities/propose",
            Gate::May(policy::PROPOSE),
            plan::propose_form,
        )
        .post(
            "/activities/propose",
            Gate::May(policy::PROPOSE),
            plan::propose,
        )
        .get("/activities/{id}", Gate::Open, public::open)
        .post("/activities/{id}/sign-up", Gate::SignedIn, public::sign_up)
        .post(
            "/activities/sign-ups/{id}/{act}",
            Gate::SignedIn,
            public::answer,
        )
        .get("/me/activities", Gate::SignedIn, mine::mine)
        .get("/me/activities/calendar", Gate::SignedIn, feeds::link)
        .post("/me/activities/calendar", Gate::SignedIn, feeds::renew)
        .get("/me/activities/feed/{token}", Gate::Open, feeds::own)
        .get("/me/code", Gate::SignedIn, here::own_code)
}

/// The doors at the door: of organisers, and of those who come and go.
pub fn doors() -> Routes {
    Routes::new()
        .get("/activities/code/{token}", Gate::SignedIn, here::shown)
        .get(
            "/activities/occurrences/{id}/here",
            Gate::SignedIn,
            here::here,
        )
        .post(
            "/activities/occurrences/{id}/here",
            Gate::SignedIn,
            here::come_or_go,
        )
        .get(
            "/activities/occurrences/{id}/door",
            Gate::SignedIn,
            door::open,
        )
        .get(
            "/activities/occurrences/{id}/door/code",
            Gate::SignedIn,
            door::code,
        )
        .post(
            "/activities/occurrences/{id}/scan",
            Gate::SignedIn,
            door::scan,
        )
        .post(
            "/activities/occurrences/{id}/leave-all",
            Gate::SignedIn,
            door::leave_all,
        )
        .get(
            "/activities/occurrences/{id}/paper",
            Gate::SignedIn,
            paper::form,
        )
        .post(
            "/activities/occurrences/{id}/paper",
            Gate::SignedIn,
            paper::enter,
        )
}

/// The doors of the desk.
pub fn desk() -> Routes {
    let manages = Gate::May(policy::MANAGE);
    Routes::new()
        .get("/desk/activities", manages, desk::list)
        .post("/desk/activities/hours", manages, desk::set_hours)
        .get("/desk/activities/new", manages, plan::new_form)
        .post("/desk/activities/new", manages, plan::new)
        .get(
            "/desk/activities/looks",
            Gate::May(policy::CONFIRM),
            looks::list,
        )
        .post(
            "/desk/activities/looks",
            Gate::May(policy::CONFIRM),
            looks::decide,
        )
        .get(
            "/desk/activities/calls",
            Gate::May(policy::CALL),
            calls::list,
        )
        .post(
            "/desk/activities/calls/{id}",
            Gate::May(policy::CALL),
            calls::note,
        )
        .get("/desk/activities/{id}", Gate::SignedIn, desk::open)
        .get("/desk/activities/{id}/edit", manages, plan::edit_form)
        .post("/desk/activities/{id}/edit", manages, plan::edit)
        .get("/desk/activities/{id}/neighbours", manages, neighbour::form)
        .post(
            "/desk/activities/{id}/neighbours",
            manages,
            neighbour::sign_up,
        )
        .post("/desk/activities/{id}/acts/{act}", manages, desk::act)
        .post(
            "/desk/activities/{id}/dates/{date}/{act}",
            manages,
            desk::date_act,
        )
}

/// The activity of this id for whom one of these acts reaches; to all others it is not there.
async fn readable<C: ConnectionTrait>(
    visit: &Visit,
    on: &C,
    id: &str,
    acts: &[kernel::Act],
) -> Result<(Activity, Option<Leader>), Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = store::by_id(on, visit.community().id, id).await?;
    let (activity, leader) = found.ok_or(Refusal::NotFound)?;
    let facts = activity.facts();
    if acts.iter().any(|act| visit.covers(*act, &facts)) {
        Ok((activity, leader))
    } else {
        Err(Refusal::NotFound)
    }
}

/// The date of this id and its activity, for whom one of these acts reaches.
pub(crate) async fn readable_date<C: ConnectionTrait>(
    visit: &Visit,
    on: &C,
    id: &str,
    acts: &[kernel::Act],
) -> Result<(Occurrence, Activity), Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let date = store::occurrence(on, visit.community().id, id).await?;
    let date = date.ok_or(Refusal::NotFound)?;
    let (activity, _) = readable(visit, on, &date.activity.to_string(), acts).await?;
    Ok((date, activity))
}

/// Leave to do something that is about no activity in particular.
fn allowed(visit: &Visit, act: kernel::Act) -> Result<Allowed<Facts>, Refusal> {
    visit.check(act, Facts::of(visit.community().id))
}

/// The sign-up of this id for whom it is their own; to all others it is not there.
async fn readable_sign_up<C: ConnectionTrait>(
    visit: &Visit,
    on: &C,
    id: &str,
) -> Result<store::SignUp, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = store::sign_up_by_id(on, visit.community().id, id).await?;
    found
        .filter(|one| visit.covers(policy::TAKE_PART, &one.facts()))
        .ok_or(Refusal::NotFound)
}
