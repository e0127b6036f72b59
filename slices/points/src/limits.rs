//! How long things may take, as the community has set it, and by when they are due. Working days
//! are those of the community's own calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use kernel::{Instant, Minutes};
use platform::db::StoreError;
use platform::{Community, Tx, working_time};

/// A limit that a community can set, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The key of the setting, and the end of its message id.
    pub key: &'static str,
    /// What counts where nothing is set.
    pub usual: i64,
    /// At least.
    pub least: i64,
    /// At most.
    pub most: i64,
}

/// Days after an act within which it can be claimed.
pub const CLAIM: Limit = Limit::new("points-claim-days", 30, 1, 366);
/// Working days within which a claim is to be checked.
pub const CHECK: Limit = Limit::new("points-check-days", 5, 1, 30);
/// Working days of a notice, in which it can be objected to. Five at least.
pub const NOTICE: Limit = Limit::new("points-notice-days", 5, 5, 30);
/// Working days within which an objection is to be decided.
pub const REPLY: Limit = Limit::new("points-reply-days", 5, 1, 30);
/// Days within which one can appeal.
pub const APPEAL: Limit = Limit::new("points-appeal-days", 15, 15, 90);
/// Days within which an appeal is to be decided.
pub const DECIDE: Limit = Limit::new("points-decide-days", 15, 1, 60);
/// Days for which a reservation is kept.
pub const HOLD: Limit = Limit::new("points-hold-days", 14, 1, 60);

/// All of them, in the order of their page.
pub const ALL: [Limit; 7] = [CLAIM, CHECK, NOTICE, REPLY, APPEAL, DECIDE, HOLD];

impl Limit {
    const fn new(key: &'static str, usual: i64, least: i64, most: i64) -> Self {
        Self {
            key,
            usual,
            least,
            most,
        }
    }

    /// The days that count here. What cannot be read counts as not set.
    pub fn days(&self, community: &Community) -> i64 {
        let set = community.setting(self.key, "").parse().ok();
        set.filter(|days| self.holds(*days)).unwrap_or(self.usual)
    }

    /// Whether so many days can be set.
    pub const fn holds(&self, days: i64) -> bool {
        self.least <= days && days <= self.most
    }
}

/// By when things are due that happen at one moment in one community.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The earliest day that can still be claimed.
    pub earliest_day: Date,
    /// By when a claim is to be checked.
    pub check_by: Instant,
    /// Until when a notice stays up.
    pub notice_until: Instant,
    /// By when an objection is to be decided.
    pub reply_by: Instant,
    /// Until when one can appeal.
    pub appeal_until: Instant,
    /// By when an appeal is to be decided.
    pub decide_by: Instant,
    /// Until when a reservation is kept.
    pub keep_until: Instant,
}

impl Limits {
    /// Of the community and the moment of an act.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(tx: &Tx) -> Result<Self, StoreError> {
        let house = tx.house();
        let all = house.communities().all(house).await?;
        let found = all.iter().find(|one| one.id == tx.community());
        let unknown = || StoreError::Unreadable(format!("no community {}", tx.community()));
        let community = found.ok_or_else(unknown)?;
        let calendar = working_time::calendar(house, community);
        let zone = &house.config().zone;
        let now = tx.now;
        let today = now.in_zone(zone).date();
        let is_worked = |day: Date| calendar.day(day).is_worked;
        let worked = |limit: Limit| {
            let last = last_of(today, limit.days(community), is_worked);
            end_of(last, zone).unwrap_or(now)
        };
        let days = |limit: Limit| now.plus(Minutes::days(limit.days(community)));
        Ok(Self {
            earliest_day: earliest(today, CLAIM.days(community)),
            check_by: worked(CHECK),
            notice_until: worked(NOTICE),
            reply_by: worked(REPLY),
            appeal_until: days(APPEAL),
            decide_by: days(DECIDE),
            keep_until: days(HOLD),
        })
    }
}

/// The first day that can be claimed, when so many days back count.
pub fn earliest(today: Date, days: i64) -> Date {
    let back = Span::new().try_days(days).unwrap_or_default();
    today.saturating_sub(back)
}

/// The last of so many working days after today.
fn last_of(today: Date, days: i64, is_worked: impl Fn(Date) -> bool) -> Date {
    let (mut day, mut left) = (today, days);
    while left > 0 && day < Date::MAX {
        day = day.saturating_add(1.day());
        left -= i64::from(is_worked(day));
    }
    day
}

/// The midnight with which a day ends where people live.
fn end_of(day: Date, zone: &TimeZone) -> Option<Instant> {
    let end = day.saturating_add(1.day()).to_zoned(zone.clone()).ok()?;
    Some(Instant(end.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    fn on_weekdays(day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    #[test]
    fn five_working_days_from_a_saturday_end_with_the_next_friday() {
        let saturday = date(2026, 11, 21);

        assert_eq!(last_of(saturday, 5, on_weekdays), date(2026, 11, 27));
        assert_eq!(last_of(saturday, 0, on_weekdays), saturday);
    }

    #[test]
    fn a_day_ends_at_midnight_where_people_live() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));

        let end = end_of(date(2026, 11, 27), &zone).unwrap();

        assert_eq!(end.rfc3339(), "2026-11-27T16:00:00Z");
    }

    #[test]
    fn thirty_days_back_one_can_claim_and_no_further() {
        assert_eq!(earliest(date(2026, 11, 21), 30), date(2026, 10, 22));
        assert_eq!(earliest(Date::MIN, 30), Date::MIN);
    }

    #[test]
    fn the_end_of_time_does_not_overflow() {
        assert_eq!(last_of(Date::MAX, 5, on_weekdays), Date::MAX);
    }
}
