//! One's own page: what comes, what waits for an answer, what one leads, when one was there.

use askama::Template;
use axum::response::Response;
use kernel::{Minutes, PersonId};
use platform::access::Columns;
use platform::{Message, Page, Refusal, Visit};
use sea_orm::Condition;

use super::view;
use crate::model::{DateState, SignUpState};
use crate::store::{self, Own, OwnActivity, Was};
use crate::{policy, words};

struct OwnView {
    id: String,
    href: String,
    title: String,
    when: String,
    place: String,
    who: String,
    label: &'static str,
    tone: &'static str,
    until: String,
}

struct LedView {
    href: String,
    title: String,
    next: String,
    door: String,
    label: &'static str,
    tone: &'static str,
    reason: String,
}

struct WasView {
    href: String,
    title: String,
    day: String,
    minutes: String,
    label: &'static str,
    tone: &'static str,
    reason: String,
    is_service: bool,
}

#[derive(Template)]
#[template(path = "activities/mine.html")]
struct MinePage {
    page: Page,
    is_known: bool,
    offers: Vec<OwnView>,
    coming: Vec<OwnView>,
    led: Vec<LedView>,
    proposed: Vec<LedView>,
    was: Vec<WasView>,
    may_propose: bool,
}

/// `GET /me/activities`.
pub async fn mine(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let reach = |act, columns: &Columns| {
        let policy = visit.house().policy();
        policy.condition(visit.actor(), act, columns)
    };
    let own_reach = reach(policy::TAKE_PART, &policy::sign_up_columns());
    let own = store::mine(&reader, own_reach, visit.now()).await?;
    let others: Vec<PersonId> = own
        .iter()
        .filter_map(|one| one.person)
        .filter(|person| Some(*person) != visit.actor().person)
        .collect();
    let names = people::names(&reader, community, &others).await?;
    let was_reach = reach(policy::ATTEND, &policy::attendance_columns());
    let was = store::was_there(&reader, was_reach).await?;
    let activities = match visit.actor().account {
        Some(account) => {
            let either = Condition::any()
                .add(reach(policy::LEAD, &policy::columns()))
                .add(reach(policy::FOLLOW, &policy::proposal_columns()));
            store::own_activities(&reader, either, account, visit.now()).await?
        }
        None => Vec::new(),
    };
    let page = visit.page(Message::of("activities-mine-title"));
    let name_of = |one: &Own| {
        let person = one
            .person
            .filter(|person| Some(*person) != visit.actor().person);
        person
            .and_then(|person| names.get(&person).cloned())
            .unwrap_or_default()
    };
    let (offers, coming): (Vec<&Own>, Vec<&Own>) = own
        .iter()
        .partition(|one| one.state == SignUpState::Offered);
    let views = |some: Vec<&Own>| -> Vec<OwnView> {
        some.into_iter()
            .map(|one| own_view(&page, one, name_of(one)))
            .collect()
    };
    let (led, proposed): (Vec<&OwnActivity>, Vec<&OwnActivity>) =
        activities.iter().partition(|one| one.is_led);
    Page::show(&MinePage {
        is_known: visit.actor().person.is_some(),
        offers: views(offers),
        coming: views(coming),
        led: led.into_iter().map(|one| led_view(&page, one)).collect(),
        proposed: proposed
            .into_iter()
            .map(|one| led_view(&page, one))
            .collect(),
        was: was.iter().map(|one| was_view(&page, one)).collect(),
        may_propose: visit.may(policy::PROPOSE),
        page,
    })
}

fn own_view(page: &Page, own: &Own, who: String) -> OwnView {
    let is_cancelled = own.date == DateState::Cancelled;
    OwnView {
        id: own.id.to_string(),
        href: format!("/activities/{}", own.activity),
        title: own.title.clone(),
        when: view::when(page, own.starts_at, own.ends_at),
        place: own.place.clone(),
        who,
        label: if is_cancelled {
            "activities-date-cancelled"
        } else {
            words::sign_up(own.state)
        },
        tone: if is_cancelled {
            "hot"
        } else {
            own.state.tone()
        },
        until: own
            .offered_until
            .map(|until| page.moment(&until))
            .unwrap_or_default(),
    }
}

fn led_view(page: &Page, own: &OwnActivity) -> LedView {
    let next = own.next.filter(|_| own.is_led);
    LedView {
        href: if own.is_led {
            format!("/desk/activities/{}", own.id)
        } else if own.state.is_public() {
            format!("/activities/{}", own.id)
        } else {
            String::new()
        },
        title: own.title.clone(),
        next: own.next.map(|(_, at)| page.moment(&at)).unwrap_or_default(),
        // The door opens some hours before; until then the list of names is of no use to anybody.
        door: next
            .filter(|(_, at)| at.plus(Minutes::hours(-24)) <= page.visit().now())
            .map(|(id, _)| format!("/activities/occurrences/{id}/door"))
            .unwrap_or_default(),
        label: words::state(own.state),
        tone: own.state.tone(),
        reason: own.reason.clone(),
    }
}

fn was_view(page: &Page, was: &Was) -> WasView {
    WasView {
        href: format!("/activities/{}", was.activity),
        title: was.title.clone(),
        day: view::day(page, was.starts_at),
        minutes: if was.minutes > 0 {
            view::minutes(page, was.minutes)
        } else {
            String::new()
        },
        label: words::entry(was.state),
        tone: words::entry_tone(was.state),
        reason: was.reason.clone(),
        is_service: was.is_service,
    }
}
