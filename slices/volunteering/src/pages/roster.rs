//! A suggested roster (排班建议): who might take which empty place on a day, or in a week. Each line is a
//! proposal with its reasons; one tap asks the person, who must say yes.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use platform::{Message, Page, Refusal, Visit};
use sea_orm::sea_query::{Expr, ExprTrait};
use serde::Deserialize;

use super::ask::{self, PersonView};
use super::say::{self, Choice};
use super::today;
use crate::model::{State, weekday};
use crate::proposal::Line;
use crate::store::posts;
use crate::{policy, words};

/// Days that can be chosen, from tomorrow.
const DAYS: i32 = 7;
/// All of them.
const WEEK: &str = "week";
/// Saturday, counted from Monday.
const SATURDAY: u8 = 5;

/// For when.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawDay {
    day: String,
}

struct LineView {
    post: String,
    href: String,
    name: String,
    when: String,
    slot: String,
    day: String,
    person: PersonView,
}

#[derive(Template)]
#[template(path = "volunteering/roster.html")]
struct RosterPage {
    page: Page,
    days: Vec<Choice>,
    lines: Vec<LineView>,
}

/// `GET /posts/desk/roster`.
pub async fn open(visit: Visit, Query(raw): Query<RawDay>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::ASK, &policy::columns());
    let is_open = Expr::col(("p", "state")).eq(State::Open.word());
    let posts = posts::list(&reader, reach.add(is_open)).await?;
    let ground = ask::ground(&visit, &reader).await?;
    let coming: Vec<Date> = (1..=DAYS)
        .map(|days| today(&visit).saturating_add(days.days()))
        .collect();
    let chosen = chosen(&raw.day, &coming);
    let page = visit.page(Message::of("volunteering-roster-title"));
    let lines = ground.for_days(&posts, &chosen);
    Page::show(&RosterPage {
        days: choices(&page, &coming, &chosen),
        lines: lines.iter().map(|one| line(&page, one)).collect(),
        page,
    })
}

/// The day that was chosen, or all of them; Saturday when it is none of these.
fn chosen(raw: &str, coming: &[Date]) -> Vec<Date> {
    if raw == WEEK {
        return coming.to_vec();
    }
    let asked = raw.parse::<Date>().ok().filter(|day| coming.contains(day));
    let saturday = || coming.iter().copied().find(|day| weekday(*day) == SATURDAY);
    asked.or_else(saturday).into_iter().collect()
}

fn choices(page: &Page, coming: &[Date], chosen: &[Date]) -> Vec<Choice> {
    let is_week = chosen.len() > 1;
    let days = coming.iter().map(|day| {
        let weekday = words::WEEKDAYS[usize::from(weekday(*day)) % 7];
        Choice {
            value: day.to_string(),
            name: format!("{} {}", say::day(page, *day), page.t(weekday)),
            is_chosen: !is_week && chosen.contains(day),
        }
    });
    let week = Choice {
        value: WEEK.to_owned(),
        name: page.t("volunteering-roster-week"),
        is_chosen: is_week,
    };
    days.chain(std::iter::once(week)).collect()
}

fn line(page: &Page, line: &Line<'_>) -> LineView {
    LineView {
        post: line.post.id.to_string(),
        href: format!("/posts/desk/{}", line.post.id),
        name: line.post.what.name.clone(),
        when: say::turn(page, line.turn),
        slot: say::slot_value(line.turn.slot),
        day: say::day_value(line.turn),
        person: ask::person(page, &line.proposed),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_is_for_saturday_until_another_day_is_chosen() {
        let coming: Vec<Date> = (22..=28).map(|day| date(2026, 11, day)).collect();

        assert_eq!(chosen("", &coming), [date(2026, 11, 28)]);
        assert_eq!(chosen("2026-11-24", &coming), [date(2026, 11, 24)]);
        assert_eq!(chosen("2027-01-01", &coming), [date(2026, 11, 28)]);
        assert_eq!(chosen("week", &coming), coming);
        assert_eq!(chosen("", &[]), []);
    }
}
