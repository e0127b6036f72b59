//! How long answers took, and what half of the askers, or all but one in a hundred, had to bear.

use std::time::Duration;

/// Durations in order, the shortest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    /// The p-th percentile by nearest rank: the smallest duration that at least `p` percent do not exceed. `None` when
    /// nothing was measured. Of 1, 2, 3 and 4 ms the 50th is 2 ms, the 99th 4 ms.
    pub fn percentile(&self, p: usize) -> Option<Duration> {
        let rank = (self.0.len() * p.min(100)).div_ceil(100).max(1);
        self.0.get(rank - 1).copied()
    }

    /// How many were measured.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl FromIterator<Duration> for Latencies {
    fn from_iter<I: IntoIterator<Item = Duration>>(durations: I) -> Self {
        let mut durations: Vec<Duration> = durations.into_iter().collect();
        durations.sort_unstable();
        Self(durations)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_ms(ms: impl IntoIterator<Item = u64>) -> Latencies {
        ms.into_iter().map(Duration::from_millis).collect()
    }

    #[test]
    fn a_percentile_is_a_duration_that_somebody_had_to_bear() {
        let four = of_ms([4, 1, 3, 2]);
        let hundred = of_ms(1..=100);

        assert_eq!(four.percentile(50), Some(Duration::from_millis(2)));
        assert_eq!(four.percentile(99), Some(Duration::from_millis(4)));
        assert_eq!(hundred.percentile(50), Some(Duration::from_millis(50)));
        assert_eq!(hundred.percentile(99), Some(Duration::from_millis(99)));
        assert_eq!(hundred.percentile(100), Some(Duration::from_millis(100)));
        assert_eq!(of_ms([7]).percentile(0), Some(Duration::from_millis(7)));
    }

    #[test]
    fn of_nothing_there_is_no_percentile() {
        assert_eq!(Latencies::default().percentile(50), None);
    }
}
