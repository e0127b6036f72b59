//! How often one may knock. A bucket for each network address, in memory: it need not survive a
//! restart. Wrong passwords are also counted with the account, which does survive.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::{Instant, Minutes};

use super::credentials::{minutes_until, wait_after};
use crate::Visit;
use crate::vault::token_hash;

/// Acts that an address may do at once, and how fast they come back: one in two seconds. A
/// community office with ten desks behind one address stays well below.
const ACTS_MAX: f64 = 240.0;
const ACTS_PER_SECOND: f64 = 2.0;
/// Sign-ins at once, and how fast they come back: one in twenty seconds.
const SIGN_INS_MAX: f64 = 30.0;
const SIGN_INS_PER_SECOND: f64 = 0.05;
/// Buckets kept; full ones are forgotten first.
const BUCKETS_MAX: usize = 50_000;

/// The buckets, and the failures of names that nobody has.
#[derive(Debug, Default)]
pub struct Throttle {
    buckets: Mutex<HashMap<(Kind, String), Bucket>>,
    strangers: Mutex<HashMap<Vec<u8>, Stranger>>,
}

/// Somebody who tries a name that nobody has. They wait as for a name that somebody has, or the
/// wait would tell which names there are.
#[derive(Clone, Copy, Debug)]
struct Stranger {
    failures: i64,
    locked_until: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Act,
    SignIn,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Throttle {
    /// Whether this visitor may act once more now. Programs on our own machine may.
    pub(crate) fn lets_act(&self, visit: &Visit) -> bool {
        if visit.house().config().is_under_test || visit.address().is_empty() {
            return true;
        }
        self.take(
            Kind::Act,
            visit.address(),
            visit.now(),
            ACTS_MAX,
            ACTS_PER_SECOND,
        )
    }

    /// Whether a sign-in may be tried from this address.
    pub fn lets_sign_in(&self, address: &str, now: Instant) -> bool {
        self.take(
            Kind::SignIn,
            address,
            now,
            SIGN_INS_MAX,
            SIGN_INS_PER_SECOND,
        )
    }

    /// How long a name that nobody has must still wait.
    pub(super) fn stranger_waits(&self, name: &str, now: Instant) -> Option<Minutes> {
        let strangers = self
            .strangers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let stranger = strangers.get(&token_hash(name.as_bytes()))?;
        minutes_until(stranger.locked_until, now)
    }

    /// Notes a failure of a name that nobody has.
    pub(super) fn note_stranger(&self, name: &str, now: Instant) {
        let mut strangers = self
            .strangers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if strangers.len() >= BUCKETS_MAX {
            strangers.retain(|_, stranger| stranger.locked_until > now);
        }
        let stranger = strangers
            .entry(token_hash(name.as_bytes()))
            .or_insert(Stranger {
                failures: 0,
                locked_until: now,
            });
        stranger.failures += 1;
        stranger.locked_until = now.plus(wait_after(stranger.failures));
    }

    fn take(&self, kind: Kind, address: &str, now: Instant, most: f64, per_second: f64) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX {
            buckets.retain(|_, bucket| now.minutes_since(bucket.at).0 < 10);
        }
        let bucket = buckets.entry((kind, address.to_owned())).or_insert(Bucket {
            left: most,
            at: now,
        });
        let seconds = (now.0.saturating_sub(bucket.at.0)).max(0) as f64 / 1_000_000.0;
        bucket.left = (bucket.left + seconds * per_second).min(most);
        bucket.at = now;
        let is_let = bucket.left >= 1.0;
        if is_let {
            bucket.left -= 1.0;
        }
        is_let
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_thirty_tries_one_waits_and_may_then_try_again() {
        let throttle = Throttle::default();
        let start = Instant(0);

        let let_in = (0..40)
            .filter(|_| throttle.lets_sign_in("192.0.2.7", start))
            .count();

        assert_eq!(let_in, 30);
        assert!(throttle.lets_sign_in("192.0.2.8", start));
        assert!(throttle.lets_sign_in("192.0.2.7", start.plus_seconds(20)));
    }

    #[test]
    fn a_name_that_nobody_has_waits_like_one_that_somebody_has() {
        let throttle = Throttle::default();
        let start = Instant(0);

        for _ in 0..4 {
            throttle.note_stranger("nobody", start);
        }
        assert_eq!(throttle.stranger_waits("nobody", start), None);
        throttle.note_stranger("nobody", start);

        assert_eq!(throttle.stranger_waits("nobody", start), Some(Minutes(1)));
        assert_eq!(
            throttle.stranger_waits("nobody", start.plus(Minutes(1))),
            None
        );
        assert_eq!(throttle.stranger_waits("somebody", start), None);
    }
}
