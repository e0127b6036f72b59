//! Who gets a place. Whoever waits already comes first; a free place never goes past them.

/// How full a date is, as it stands inside the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Places there are; `None` is as many as come.
    pub capacity: Option<i64>,
    /// Places held by sign-ups and by offers that still run.
    pub held: i64,
    /// How many wait.
    pub waiting: i64,
}

/// What somebody who asks is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A place.
    Given,
    /// A turn in the waiting list.
    Waits,
}

impl Taken {
    /// Places that nobody holds; as many as there can be when there is no limit.
    pub fn free(self) -> i64 {
        self.capacity
            .map_or(i64::MAX, |capacity| (capacity - self.held).max(0))
    }

    /// Places that can be offered now to those who wait.
    pub fn to_offer(self) -> i64 {
        self.free().min(self.waiting)
    }
}

/// What each of those who ask is given, in their order.
pub fn assign(taken: Taken, asking: usize) -> Vec<Place> {
    // Free places belong to those who wait before they belong to anybody new.
    let free = taken.free().saturating_sub(taken.waiting).max(0);
    let free = usize::try_from(free).unwrap_or(usize::MAX);
    (0..asking)
        .map(|place| {
            if place < free {
                Place::Given
            } else {
                Place::Waits
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(capacity: Option<i64>, held: i64, waiting: i64, asking: usize) -> usize {
        let taken = Taken {
            capacity,
            held,
            waiting,
        };
        let places = assign(taken, asking);
        assert_eq!(places.len(), asking);
        assert!(places.is_sorted_by_key(|place| *place == Place::Waits));
        places
            .iter()
            .filter(|place| **place == Place::Given)
            .count()
    }

    #[test]
    fn places_are_given_until_there_are_none() {
        assert_eq!(given(Some(5), 3, 0, 3), 2);
        assert_eq!(given(Some(5), 5, 0, 1), 0);
        assert_eq!(given(None, 10_000, 0, 40), 40);
        // A hall that was made smaller: nobody loses a place, nobody gets one.
        assert_eq!(given(Some(5), 8, 0, 1), 0);
    }

    #[test]
    fn whoever_waits_comes_first() {
        assert_eq!(given(Some(5), 4, 1, 1), 0);
        assert_eq!(given(Some(5), 2, 1, 3), 2);
        let taken = Taken {
            capacity: Some(5),
            held: 3,
            waiting: 7,
        };
        assert_eq!(taken.to_offer(), 2);
    }
}
