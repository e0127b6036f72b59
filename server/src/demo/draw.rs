//! Chance for the demo: ChaCha20 from a seed, one stream for each topic, so that another draw among
//! the residents does not change the requests. The mapping from random words to choices is written
//! out here, so that the same seed gives the same community with every release of the generator.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// What is drawn. Each topic has its own stream; the numbers are never reused.
#[derive(Clone, Copy, Debug)]
pub enum Topic {
    /// Streets, grids, buildings.
    Ground = 1,
    /// Households and residents.
    Residents = 2,
    /// Who works here.
    Staff = 3,
    /// Requests of the past and of today.
    Matters = 4,
    /// Disputes in people's mediation.
    Mediation = 5,
    /// Activities and who was there.
    Activities = 6,
    /// Volunteer hours of earlier years.
    Hours = 7,
    /// Helps between neighbours.
    Helps = 8,
}

/// A source of choices.
#[derive(Debug)]
pub struct Draw(ChaCha20Rng);

impl Draw {
    /// The stream of a topic.
    pub fn of(seed: u64, topic: Topic) -> Self {
        let mut generator = ChaCha20Rng::seed_from_u64(seed);
        generator.set_stream(topic as u64);
        Self(generator)
    }

    /// One of `0..n`; 0 when `n` is 0. The bias is below n / 2⁶⁴.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * (n as u128);
        usize::try_from(wide >> 64).expect("less than n")
    }

    /// A whole number from `low` to `high`, both included; `low` when there is none.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// A number from 0 up to, but not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from `low` to `high`.
    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// True in so many of a thousand.
    pub fn per_mille(&mut self, chances: usize) -> bool {
        self.below(1_000) < chances
    }

    /// One of some things.
    ///
    /// # Panics
    /// When there is none: the tables of the demo are never empty, a test reads them all.
    pub fn one<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// One of some things, each as likely as its weight says.
    pub fn weighted<'a, T>(&mut self, things: &'a [T], weight: impl Fn(&T) -> usize) -> &'a T {
        let mut left = self.below(things.iter().map(&weight).sum());
        things
            .iter()
            .find(|thing| match left.checked_sub(weight(thing)) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            })
            .expect("the draw is below the sum of the weights")
    }

    /// Puts things in a random order (Fisher and Yates, after Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_has_the_same_draws_for_the_same_seed_and_others_for_another() {
        let draws = |seed, topic| {
            let mut draw = Draw::of(seed, topic);
            [draw.below(1_000_000), draw.below(1_000_000)]
        };

        assert_eq!(draws(1, Topic::Ground), draws(1, Topic::Ground));
        assert_ne!(draws(1, Topic::Ground), draws(2, Topic::Ground));
        assert_ne!(draws(1, Topic::Ground), draws(1, Topic::Residents));
    }

    #[test]
    fn weights_are_kept() {
        let mut draw = Draw::of(1, Topic::Staff);

        let heavy = (0..1_000)
            .filter(|_| *draw.weighted(&[9, 1, 0], |weight| *weight) == 9)
            .count();

        assert!((850..950).contains(&heavy), "{heavy}");
    }

    #[test]
    fn bounds_are_kept() {
        let mut draw = Draw::of(3, Topic::Staff);

        assert!((0..1_000).all(|_| (-3..=4).contains(&draw.between(-3, 4))));
        assert!((0..1_000).all(|_| (2.0..3.0).contains(&draw.within(2.0, 3.0))));
        assert_eq!(draw.below(0), 0);
    }
}
