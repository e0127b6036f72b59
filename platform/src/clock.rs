//! Time, chance and new ids, handed in at the top of the program and nowhere read.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use kernel::Instant;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The moment it is.
    fn now(&self) -> Instant;
}

/// The clock of the machine.
#[derive(Debug, Default)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn now(&self) -> Instant {
        Instant(jiff::Timestamp::now().as_microsecond())
    }
}

/// A clock that stands still until it is moved: for tests and for filling the demo.
#[derive(Debug)]
pub struct StandingClock(AtomicI64);

impl StandingClock {
    /// A clock that shows `at`.
    pub const fn at(at: Instant) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Sets it.
    pub fn set(&self, at: Instant) {
        self.0.store(at.0, Ordering::Relaxed);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::Relaxed))
    }
}

/// The random source: ChaCha20, seeded by the machine, or by a number for a repeatable demo.
#[derive(Debug)]
pub struct Chance {
    generator: Mutex<ChaCha20Rng>,
    last_id: Mutex<LastId>,
}

/// The id made last: its millisecond, and the 74 bits after it.
#[derive(Debug, Default)]
struct LastId {
    millis: u64,
    tail: u128,
}

impl Chance {
    /// Seeded by the operating system.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn from_machine() -> anyhow::Result<Self> {
        let generator = ChaCha20Rng::try_from_rng(&mut rand::rngs::SysRng)
            .map_err(|error| anyhow::anyhow!("no randomness from the system: {error}"))?;
        Ok(Self::of(generator))
    }

    /// Repeatable: never for secrets of a real community.
    pub fn from_seed(seed: u64) -> Self {
        Self::of(ChaCha20Rng::seed_from_u64(seed))
    }

    fn of(generator: ChaCha20Rng) -> Self {
        Self {
            generator: Mutex::new(generator),
            last_id: Mutex::default(),
        }
    }

    /// So many random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.generator
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(&mut bytes);
        bytes
    }

    /// A UUID version 7 (RFC 9562, 5.7) for the moment: 48 bits of milliseconds, then 74 random
    /// ones, which within a millisecond grow by a random step (6.2, method 2): what one act makes
    /// sorts in the order in which it was made.
    pub fn id<T: From<Uuid>>(&self, now: Instant) -> T {
        /// The first of a millisecond leaves the top bit free, so that the others do not overflow.
        const FIRST: u128 = (1 << 73) - 1;
        const LOW: u128 = (1 << 62) - 1;
        let millis = now.millis();
        let tail = {
            let mut last = self.last_id.lock().unwrap_or_else(PoisonError::into_inner);
            let tail = if last.millis == millis {
                last.tail + 1 + u128::from(u32::from_be_bytes(self.bytes()))
            } else {
                u128::from_be_bytes(self.bytes()) & FIRST
            };
            *last = LastId { millis, tail };
            tail
        };
        // Twelve bits stand between version and variant, sixty-two after them.
        let mut random = [0; 10];
        random[..2].copy_from_slice(&(tail >> 62).to_be_bytes()[14..]);
        random[2..].copy_from_slice(&(tail & LOW).to_be_bytes()[8..]);
        uuid::Builder::from_unix_timestamp_millis(millis, &random)
            .into_uuid()
            .into()
    }

    /// A code that can be read out on the telephone: no 0/O, 1/I/L.
    pub fn code(&self, length: usize) -> String {
        const LETTERS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
        let mut generator = self
            .generator
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::iter::repeat_with(|| generator.next_u32() & 31)
            .filter_map(|draw| LETTERS.get(draw as usize))
            .take(length)
            .map(|letter| char::from(*letter))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_they_were_made() {
        let chance = Chance::from_seed(1);

        let early: Uuid = chance.id(Instant(1_000_000_000));
        let late: Uuid = chance.id(Instant(1_000_002_000));

        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
        assert_eq!(early.get_variant(), uuid::Variant::RFC4122);
    }

    #[test]
    fn ids_of_one_moment_sort_in_the_order_they_were_made() {
        let chance = Chance::from_seed(1);

        let ids: Vec<Uuid> = (0..1_000)
            .map(|_| chance.id(Instant(1_000_000_000)))
            .collect();

        assert!(ids.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn codes_have_no_letters_that_are_mixed_up_on_the_telephone() {
        let code = Chance::from_seed(2).code(200);

        assert_eq!(code.len(), 200);
        assert!(!code.contains(['0', 'O', '1', 'I', 'L']));
    }
}
