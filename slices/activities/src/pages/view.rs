//! What several pages show: when something is, how full it is, choices of a form.

use areas::Atlas;
use kernel::{AreaId, Instant};
use platform::{Message, Page};

use crate::model::{DateState, Taken};

/// One of several that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

const WEEKDAYS: [&str; 7] = [
    "activities-monday",
    "activities-tuesday",
    "activities-wednesday",
    "activities-thursday",
    "activities-friday",
    "activities-saturday",
    "activities-sunday",
];

/// `09:00`, where people live.
pub fn time(page: &Page, at: Instant) -> String {
    let at = at.in_zone(page.zone());
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `11月28日 周六`.
pub fn day(page: &Page, at: Instant) -> String {
    let weekday = at.in_zone(page.zone()).date().weekday();
    let place = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0);
    let weekday = page.t(WEEKDAYS.get(place).copied().unwrap_or(WEEKDAYS[0]));
    page.t2("activities-day", "day", page.day(&at), "weekday", weekday)
}

/// `11月28日 周六 09:00–10:30`.
pub fn when(page: &Page, from: Instant, until: Instant) -> String {
    let hours = format!("{}–{}", time(page, from), time(page, until));
    page.t2("activities-when", "day", day(page, from), "hours", hours)
}

/// How full a date is, in a few words, and the tone of its tag.
pub fn fullness(
    page: &Page,
    taken: Taken,
    state: DateState,
    is_over: bool,
) -> (String, &'static str) {
    if state == DateState::Cancelled {
        return (page.t("activities-date-cancelled"), "hot");
    }
    if is_over {
        return (page.t("activities-date-over"), "plain");
    }
    match taken.capacity {
        None => (page.t("activities-places-open"), "ok"),
        Some(_) if taken.free() > taken.waiting => {
            let free = taken.free() - taken.waiting;
            (page.t1("activities-places-free", "n", free), "ok")
        }
        Some(_) if taken.waiting > 0 => (
            page.t1("activities-places-waiting", "n", taken.waiting),
            "wait",
        ),
        Some(_) => (page.t("activities-places-full"), "wait"),
    }
}

/// The grids of the community as choices.
pub fn grids(atlas: &Atlas, chosen: &str) -> Vec<Choice> {
    atlas
        .grids()
        .map(|grid| {
            let value = grid.id.to_string();
            Choice {
                is_chosen: value == chosen,
                name: grid.name.clone(),
                value,
            }
        })
        .collect()
}

/// The name of a grid; empty for all of the community.
pub fn area_name(atlas: &Atlas, area: Option<AreaId>) -> String {
    area.and_then(|area| atlas.name(area))
        .unwrap_or_default()
        .to_owned()
}

/// Words of a closed list as choices.
pub fn choices<T: Copy>(
    page: &Page,
    all: &[T],
    chosen: &str,
    word: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> Vec<Choice> {
    all.iter()
        .map(|one| Choice {
            value: word(*one).to_owned(),
            name: page.t(label(*one)),
            is_chosen: word(*one) == chosen,
        })
        .collect()
}

/// `1 小时 30 分钟`, or as long as it is.
pub fn minutes(page: &Page, minutes: i64) -> String {
    let message = match (minutes / 60, minutes % 60) {
        (0, minutes) => Message::of("activities-minutes").with("n", minutes),
        (hours, 0) => Message::of("activities-hours").with("n", hours),
        (hours, minutes) => Message::of("activities-hours-minutes")
            .with("hours", hours)
            .with("minutes", minutes),
    };
    page.msg(&message)
}

/// What is done and what it gives: “志愿服务（每小时 2 分）”.
pub fn item(page: &Page, item: &points::ItemInForce) -> String {
    let message = match item.unit {
        points::Unit::Time => "activities-item-time",
        points::Unit::Hour => "activities-item-hour",
    };
    page.t2(message, "name", &item.name, "points", item.points)
}
