//! Times, reasons and choices, as a reader expects them.

use jiff::civil::Date;
use kernel::Instant;
use matching::{Part, Slot};
use people::skills::Skill;
use platform::Page;

use crate::forms::ON_CALL;
use crate::model::{Turn, What, Why};
use crate::words;

/// A choice of a list.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// A part of the week: `周六上午`; or that one is called.
pub fn slot(page: &Page, slot: Option<Slot>) -> String {
    let Some(slot) = slot else {
        return page.t("volunteering-on-call");
    };
    let weekday = words::WEEKDAYS[usize::from(slot.weekday()) % 7];
    let part = page.t(words::part(slot.part()));
    page.t2("volunteering-slot", "day", page.t(weekday), "part", part)
}

/// A part of the week on its day, when it is one: `11月28日 周六上午`.
pub fn turn(page: &Page, turn: Turn) -> String {
    let slot = slot(page, turn.slot);
    match turn.day {
        Some(on) => format!("{} {slot}", day(page, on)),
        None => slot,
    }
}

/// What a form sends for a part of the week.
pub fn slot_value(slot: Option<Slot>) -> String {
    slot.map_or_else(|| ON_CALL.to_owned(), |slot| slot.number().to_string())
}

/// What a form sends for a day.
pub fn day_value(turn: Turn) -> String {
    turn.day.map(|day| day.to_string()).unwrap_or_default()
}

/// When a post is: all its parts of the week.
pub fn times(page: &Page, what: &What) -> String {
    let all: Vec<String> = what
        .times()
        .into_iter()
        .map(|one| slot(page, one))
        .collect();
    all.join(&page.t("volunteering-comma"))
}

/// A day as its reader expects it.
pub fn day(page: &Page, day: Date) -> String {
    let noon = day.at(12, 0, 0, 0).to_zoned(page.zone().clone());
    noon.map_or_else(
        |_| day.to_string(),
        |noon| page.day(&Instant(noon.timestamp().as_microsecond())),
    )
}

/// Why somebody is proposed, or was asked, in words; a skill that is no longer on the list is left out.
pub fn why(page: &Page, all: &[Why], skills: &[Skill]) -> String {
    let locale = page.visit().locale();
    let say = |why: &Why| {
        Some(match why {
            Why::Skill(id) => {
                let skill = skills.iter().find(|skill| skill.id == *id)?;
                page.t1("volunteering-why-skill", "skill", skill.name(locale))
            }
            Why::Free => page.t("volunteering-why-free"),
            Why::Near(metres) => page.t1("volunteering-why-near", "n", *metres),
            Why::NotAskedFor(days) => page.t1("volunteering-why-rested", "n", *days),
            Why::NeverAsked => page.t("volunteering-why-never"),
            Why::HelpedBefore => page.t("volunteering-why-before"),
        })
    };
    let said: Vec<String> = all.iter().filter_map(say).collect();
    said.join(&page.t("volunteering-comma"))
}

/// What skills are called, of those that are wanted.
pub fn skills(page: &Page, what: &What, all: &[Skill]) -> String {
    let locale = page.visit().locale();
    let names: Vec<&str> = all
        .iter()
        .filter(|skill| what.skills.contains(&skill.id))
        .map(|skill| skill.name(locale))
        .collect();
    names.join(&page.t("volunteering-comma"))
}

/// A box for one part of the week.
pub struct SlotBox {
    /// What is sent.
    pub value: String,
    /// What is read beside it: the part of the day.
    pub part: &'static str,
    /// Whether it is ticked.
    pub is_ticked: bool,
}

/// The boxes of one weekday.
pub struct DayBoxes {
    /// The weekday.
    pub name: &'static str,
    /// Its three parts.
    pub boxes: Vec<SlotBox>,
}

/// A week of boxes, those of these numbers ticked.
pub fn week(ticked: &[String]) -> Vec<DayBoxes> {
    let slot_box = |day: u8, part: Part| {
        let value = Slot::new(day, part).map(|slot| slot.number().to_string())?;
        Some(SlotBox {
            part: words::part(part),
            is_ticked: ticked.contains(&value),
            value,
        })
    };
    (0_u8..)
        .zip(words::WEEKDAYS)
        .map(|(day, name)| DayBoxes {
            name,
            boxes: Part::ALL
                .into_iter()
                .filter_map(|part| slot_box(day, part))
                .collect(),
        })
        .collect()
}

/// Minutes as one says them.
pub fn minutes(page: &Page, minutes: i64) -> String {
    page.t1("volunteering-minutes", "n", minutes)
}
