//! Places at a post: where they are, who has them, and how many are left.

use jiff::civil::Date;
use kernel::PersonId;
use matching::Slot;

/// A place that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// By whom.
    pub person: PersonId,
    /// When in the week; `None` on call.
    pub slot: Option<Slot>,
    /// On which day only; `None` for every week.
    pub day: Option<Date>,
}

/// Where a place is wanted: a time of the week, on one day or every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// When in the week; `None` on call.
    pub slot: Option<Slot>,
    /// On which day only; `None` for every week.
    pub day: Option<Date>,
}

/// How many of the places of a turn are taken: those of every week, and those of its day; for every
/// week, those of the fullest day to come.
pub fn taken(claims: &[Claim], turn: Turn) -> usize {
    let at = |day: Option<Date>| {
        let is_there = |claim: &&Claim| claim.slot == turn.slot && claim.day == day;
        claims.iter().filter(is_there).count()
    };
    let weekly = at(None);
    let of_days = if let Some(day) = turn.day {
        at(Some(day))
    } else {
        let days = claims.iter().filter_map(|claim| claim.day);
        days.map(|day| at(Some(day))).max().unwrap_or(0)
    };
    weekly + of_days
}

/// Whether two turns of one person would be at the same time.
pub fn collide(one: Turn, other: Turn) -> bool {
    let is_same_day = one.day.is_none() || other.day.is_none() || one.day == other.day;
    one.slot.is_some() && one.slot == other.slot && is_same_day
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn claim(number: u128, slot: Option<u8>, day: Option<Date>) -> Claim {
        Claim {
            person: PersonId(Uuid::from_u128(number)),
            slot: slot.and_then(Slot::at),
            day,
        }
    }

    fn turn(slot: u8, day: Option<Date>) -> Turn {
        Turn {
            slot: Slot::at(slot),
            day,
        }
    }

    #[test]
    fn places_are_counted_for_each_time_and_day() {
        let (saturday, next) = (date(2026, 11, 21), date(2026, 11, 28));
        let claims = [
            claim(1, Some(15), None),
            claim(2, Some(15), Some(saturday)),
            claim(3, Some(15), Some(next)),
            claim(4, Some(15), Some(next)),
            claim(5, Some(16), None),
        ];

        assert_eq!(taken(&claims, turn(15, Some(saturday))), 2);
        assert_eq!(taken(&claims, turn(15, Some(next))), 3);
        assert_eq!(
            taken(&claims, turn(15, None)),
            3,
            "every week includes the fullest day"
        );
        assert_eq!(taken(&claims, turn(16, None)), 1);
        assert_eq!(
            taken(
                &claims,
                Turn {
                    slot: None,
                    day: None
                }
            ),
            0
        );
    }

    #[test]
    fn nobody_is_at_two_posts_at_once_but_may_be_on_call_for_several() {
        let (saturday, next) = (date(2026, 11, 21), date(2026, 11, 28));

        assert!(collide(turn(15, None), turn(15, Some(saturday))));
        assert!(!collide(turn(15, Some(next)), turn(15, Some(saturday))));
        assert!(!collide(turn(15, None), turn(16, None)));
        let on_call = Turn {
            slot: None,
            day: None,
        };
        assert!(!collide(on_call, on_call));
    }
}
