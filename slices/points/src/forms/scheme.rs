//! The forms of a scheme: its items, and the steps on its way.

use platform::web::FieldErrors;
use platform::{Message, Refusal};
use serde::Deserialize;

use super::{NAME_MAX, day, number, words};
use crate::model::{Adoption, Assembly, CAP_MAX, Confirmer, NewItem, POINTS_MAX, Unit, Wrong};
use crate::words::excluded;

/// An item, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawItem {
    /// The version that the form was made for.
    pub version: String,
    /// What is done.
    pub name: String,
    /// A unit's word.
    pub unit: String,
    /// For each unit.
    pub points: String,
    /// For one person in a day.
    pub day_cap: String,
    /// For one person in a month.
    pub month_cap: String,
    /// How it is shown.
    pub evidence: String,
    /// A confirmer's word.
    pub confirmer: String,
}

/// Reads an item, and says what no scheme may pay for.
///
/// # Errors
/// What is wrong, field by field.
pub fn item(raw: &RawItem) -> Result<NewItem, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut said = |field: &'static str, wrong: Message| errors.add(field, wrong);
    let name = words(&raw.name, NAME_MAX).map_err(|wrong| said("name", wrong));
    let evidence = words(&raw.evidence, NAME_MAX).map_err(|wrong| said("evidence", wrong));
    let points = number(&raw.points, 1, POINTS_MAX).map_err(|wrong| said("points", wrong));
    let day_cap = number(&raw.day_cap, 1, CAP_MAX).map_err(|wrong| said("day_cap", wrong));
    let month_cap = number(&raw.month_cap, 1, CAP_MAX).map_err(|wrong| said("month_cap", wrong));
    let unit = Unit::from_word(&raw.unit);
    if unit.is_none() {
        said("unit", Message::of("points-error-choose"));
    }
    let confirmer = Confirmer::from_word(&raw.confirmer);
    if confirmer.is_none() {
        said("confirmer", Message::of("points-error-choose"));
    }
    let (
        Ok(name),
        Ok(evidence),
        Ok(points),
        Ok(day_cap),
        Ok(month_cap),
        Some(unit),
        Some(confirmer),
    ) = (name, evidence, points, day_cap, month_cap, unit, confirmer)
    else {
        return Err(errors);
    };
    let item = NewItem {
        name,
        unit,
        points,
        day_cap,
        month_cap,
        evidence,
        confirmer,
    };
    for wrong in item.wrongs() {
        match wrong {
            Wrong::Points => {
                let bounds = Message::of("points-error-number").with("least", 1_i64);
                errors.add("points", bounds.with("most", POINTS_MAX));
            }
            Wrong::DayCap => errors.add("day_cap", Message::of("points-error-day-cap")),
            Wrong::MonthCap => errors.add("month_cap", Message::of("points-error-month-cap")),
            Wrong::Excluded(subject) => errors.add("name", excluded(subject)),
        }
    }
    errors.or(item)
}

/// A step of a scheme on its way, as it was sent: each step reads the fields that it has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawSchemeAct {
    /// The version that the form was made for.
    pub version: String,
    /// What it is called, of a new draft.
    pub title: String,
    /// In words: what it is for, how it was deliberated, an objection, an answer.
    pub said: String,
    /// The id of an item, or of what was said.
    pub which: String,
    /// An assembly's word.
    pub assembly: String,
    /// The day of the decision.
    pub on: String,
    /// Votes for it.
    pub votes_for: String,
    /// Votes against it.
    pub votes_against: String,
    /// The number of the written decision.
    pub document: String,
}

/// Reads the decision of an assembly.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn adoption(raw: &RawSchemeAct) -> Result<Adoption, Refusal> {
    const VOTES_MAX: i64 = 100_000;
    let assembly = Assembly::from_word(&raw.assembly)
        .ok_or_else(|| Refusal::Invalid(Message::of("points-error-choose")))?;
    Ok(Adoption {
        assembly,
        on: day(&raw.on).map_err(Refusal::Invalid)?,
        votes_for: number(&raw.votes_for, 0, VOTES_MAX).map_err(Refusal::Invalid)?,
        votes_against: number(&raw.votes_against, 0, VOTES_MAX).map_err(Refusal::Invalid)?,
        document: words(&raw.document, NAME_MAX).map_err(Refusal::Invalid)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> RawItem {
        RawItem {
            version: "1".into(),
            name: "楼道清洁".into(),
            unit: "time".into(),
            points: "5".into(),
            day_cap: "10".into(),
            month_cap: "60".into(),
            evidence: "楼长签字".into(),
            confirmer: "staff".into(),
        }
    }

    #[test]
    fn what_is_wrong_with_an_item_is_said_beside_its_field() {
        let wrong = |raw: &RawItem, field: &str| item(raw).unwrap_err().of(field).map(Message::id);

        assert!(item(&raw()).is_ok());
        for points in ["0", "-5", "1001", "many"] {
            let raw = RawItem {
                points: points.into(),
                ..raw()
            };
            assert_eq!(
                wrong(&raw, "points"),
                Some("points-error-number"),
                "{points}"
            );
        }
        let narrow = RawItem {
            day_cap: "4".into(),
            ..raw()
        };
        assert_eq!(wrong(&narrow, "day_cap"), Some("points-error-day-cap"));
        let informing = RawItem {
            name: "举报邻居".into(),
            ..raw()
        };
        assert_eq!(wrong(&informing, "name"), Some("points-excluded-informing"));
        assert_eq!(item(&RawItem::default()).unwrap_err().all().len(), 7);
    }
}
