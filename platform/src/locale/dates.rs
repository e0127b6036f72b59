//! Dates and spans as a reader of the language expects them.

use jiff::Zoned;
use jiff::tz::TimeZone;
use kernel::{Instant, Minutes};

use super::{Locale, Message};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Locale {
    /// `11月21日 09:12`, `21 Nov 09:12`; with the year when it is not this year.
    pub fn moment(self, at: Instant, now: Instant, zone: &TimeZone) -> String {
        let at = at.in_zone(zone);
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        format!("{} {time}", self.date_of(&at, now.in_zone(zone).year()))
    }

    /// `11月21日`, `21 Nov`; with the year when it is not this year.
    pub fn day(self, at: Instant, now: Instant, zone: &TimeZone) -> String {
        self.date_of(&at.in_zone(zone), now.in_zone(zone).year())
    }

    /// `2026年11月`, `Nov 2026`.
    pub fn month(self, at: Instant, zone: &TimeZone) -> String {
        let at = at.in_zone(zone);
        match self {
            Self::ZhCn => format!("{}年{}月", at.year(), at.month()),
            Self::En | Self::Mirror => format!("{} {}", name_of(at.month()), at.year()),
        }
    }

    fn date_of(self, at: &Zoned, this_year: i16) -> String {
        let (year, month, day) = (at.year(), at.month(), at.day());
        let is_this_year = year == this_year;
        match self {
            Self::ZhCn if is_this_year => format!("{month}月{day}日"),
            Self::ZhCn => format!("{year}年{month}月{day}日"),
            Self::En | Self::Mirror => {
                let name = name_of(month);
                if is_this_year {
                    format!("{day} {name}")
                } else {
                    format!("{day} {name} {year}")
                }
            }
        }
    }

    /// `1,234` as both readers expect it.
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if number < 0 {
            format!("-{grouped}")
        } else {
            grouped
        }
    }
}

fn name_of(month: i8) -> &'static str {
    let place = usize::try_from(month - 1).ok();
    place.and_then(|place| MONTHS.get(place)).unwrap_or(&"")
}

impl Message {
    /// A span in the unit that suits it: minutes below two hours, hours below three days, days.
    pub fn span(minutes: Minutes) -> Self {
        let minutes = minutes.0.abs();
        if minutes < 120 {
            Self::of("span-minutes").with("n", minutes)
        } else if minutes < 72 * 60 {
            Self::of("span-hours").with("n", minutes / 60)
        } else {
            Self::of("span-days").with("n", minutes / (24 * 60))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21T01:12:00Z, 09:12 in Shanghai.
    const MORNING: Instant = Instant(1_795_223_520_000_000);

    #[test]
    fn a_moment_is_written_as_its_reader_expects() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let next_year = MORNING.plus(Minutes::days(365));

        assert_eq!(
            Locale::ZhCn.moment(MORNING, MORNING, &zone),
            "11月21日 09:12"
        );
        assert_eq!(Locale::En.moment(MORNING, MORNING, &zone), "21 Nov 09:12");
        assert_eq!(
            Locale::ZhCn.day(MORNING, next_year, &zone),
            "2026年11月21日"
        );
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(Locale::En.number(1_234_567), "1,234,567");
        assert_eq!(Locale::En.number(-999), "-999");
    }
}
