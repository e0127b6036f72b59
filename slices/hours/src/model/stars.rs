//! Star levels (星级志愿者): how many hours each takes, and how far it is to the next. There is no
//! order of people in it: everybody sees their own.

/// Hours of each star, the first one first: ascending, above 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stars(Vec<i64>);

/// Stars at most.
const STARS_MAX: usize = 10;
/// Hours of a star at most: more than a life has.
const HOURS_MAX: i64 = 500_000;

impl Stars {
    /// The usual ones (practice.md 1.5, 83).
    pub const USUAL: &'static str = "100,300,600,1000,1500";

    /// Reads `100,300,600`; Chinese commas and blanks do not matter. `None` when they do not
    /// ascend, are more than ten, or are no hours.
    pub fn parse(written: &str) -> Option<Self> {
        let hours: Vec<i64> = text::fold(written)
            .split([',', '，', '、', ';'])
            .map(|part| part.trim().parse().ok())
            .collect::<Option<_>>()?;
        let is_in_order = hours.is_sorted_by(|one, next| one < next);
        let are_hours = hours.iter().all(|hours| (1..=HOURS_MAX).contains(hours));
        let is_right = (1..=STARS_MAX).contains(&hours.len()) && is_in_order && are_hours;
        is_right.then_some(Self(hours))
    }

    /// As a community has set them; the usual ones where that cannot be read.
    pub fn of(setting: &str) -> Self {
        let usual = || Self(vec![100, 300, 600, 1_000, 1_500]);
        Self::parse(setting).unwrap_or_else(usual)
    }

    /// As it is written: `100,300`.
    pub fn written(&self) -> String {
        let hours: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        hours.join(",")
    }

    /// How many stars so many minutes are.
    pub fn level(&self, minutes: i64) -> usize {
        self.0
            .iter()
            .filter(|hours| minutes >= **hours * 60)
            .count()
    }

    /// How many minutes are missing to the next star, if there is one.
    pub fn missing(&self, minutes: i64) -> Option<i64> {
        let next = self.0.get(self.level(minutes))?;
        Some(next * 60 - minutes)
    }

    /// How far it is from the last star to the next, from 0 to 100; 100 when there is no next.
    pub fn percent(&self, minutes: i64) -> i64 {
        let level = self.level(minutes);
        let Some(next) = self.0.get(level) else {
            return 100;
        };
        let last = level.checked_sub(1).map_or(0, |place| self.0[place]);
        ((minutes - last * 60).max(0) * 100 / ((next - last) * 60)).clamp(0, 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_stars_are_those_of_practice() {
        let stars = Stars::parse(Stars::USUAL).expect("they can be read");

        for (hours, level, missing) in [
            (0, 0, Some(100)),
            (99, 0, Some(1)),
            (100, 1, Some(200)),
            (300, 2, Some(300)),
            (1_499, 4, Some(1)),
            (1_500, 5, None),
            (9_000, 5, None),
        ] {
            let minutes = hours * 60;
            assert_eq!(stars.level(minutes), level, "{hours} h");
            assert_eq!(stars.missing(minutes), missing.map(|hours| hours * 60));
        }
        assert_eq!(stars, Stars::of("nonsense"));
        assert_eq!(stars.written(), Stars::USUAL);
    }

    #[test]
    fn stars_ascend_and_are_hours() {
        assert_eq!(
            Stars::parse("50，100 、200"),
            Some(Stars(vec![50, 100, 200]))
        );
        for wrong in [
            "",
            "100,100",
            "300,100",
            "0,100",
            "a",
            "1,2,3,4,5,6,7,8,9,10,11",
            "-5",
            "999999999999",
        ] {
            assert_eq!(Stars::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_way_to_the_next_star_is_from_the_last_one() {
        let stars = Stars::of(Stars::USUAL);

        assert_eq!(stars.percent(50 * 60), 50);
        assert_eq!(stars.percent(200 * 60), 50);
        assert_eq!(stars.percent(2_000 * 60), 100);
        assert_eq!(stars.percent(-60), 0);
    }
}
