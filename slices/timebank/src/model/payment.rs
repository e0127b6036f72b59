//! How confirmed minutes are booked: from what was reserved, then from what the payer has beside
//! it; what the giver's account cannot hold goes to the pool.

use super::Cover;

/// What there is to pay from and to, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purse {
    /// Still reserved for this help; 0 when the reservation has lapsed.
    pub reserved: u64,
    /// What the payer has beside it.
    pub beside: u64,
    /// What the giver has, reserved by them or not.
    pub giver_has: u64,
    /// What an account holds at most.
    pub cap: u64,
}

/// What is booked, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// From what was reserved, to the giver.
    pub from_reserved: u64,
    /// From what the payer has beside it, to the giver.
    pub from_beside: u64,
    /// From the payer to the pool, as the giver's account is full.
    pub to_pool: u64,
}

impl Payment {
    /// How these minutes are booked; `None` when nothing is reserved any more and the payer has not
    /// enough for all of them, so that somebody has to look for credit first. What the fund or the
    /// pool pays and a full account cannot hold stays with them.
    pub fn of(minutes: u64, cover: Cover, purse: Purse) -> Option<Self> {
        let is_common = match cover {
            Cover::Open => return None,
            Cover::Fund | Cover::Pool => true,
            Cover::Own | Cover::Relative => false,
        };
        if purse.reserved == 0 && purse.beside < minutes {
            return None;
        }
        let to_giver = minutes.min(purse.cap.saturating_sub(purse.giver_has));
        let from_reserved = to_giver.min(purse.reserved);
        let returned = purse.reserved - from_reserved;
        let beside = purse.beside.saturating_add(returned);
        let from_beside = (to_giver - from_reserved).min(beside);
        let over = (minutes - to_giver).min(beside - from_beside);
        Some(Self {
            from_reserved,
            from_beside,
            to_pool: if is_common { 0 } else { over },
        })
    }

    /// All that is booked to the giver.
    pub const fn to_giver(self) -> u64 {
        self.from_reserved + self.from_beside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURSE: Purse = Purse {
        reserved: 120,
        beside: 500,
        giver_has: 0,
        cap: 90_000,
    };

    fn booked(minutes: u64, cover: Cover, purse: Purse) -> Option<[u64; 3]> {
        let payment = Payment::of(minutes, cover, purse)?;
        Some([payment.from_reserved, payment.from_beside, payment.to_pool])
    }

    #[test]
    fn a_shorter_help_leaves_the_rest_and_a_longer_one_takes_what_there_is_beside() {
        assert_eq!(booked(90, Cover::Own, PURSE), Some([90, 0, 0]));
        assert_eq!(booked(150, Cover::Own, PURSE), Some([120, 30, 0]));
        let poor = Purse {
            beside: 10,
            ..PURSE
        };
        assert_eq!(booked(150, Cover::Relative, poor), Some([120, 10, 0]));
        let granted = Purse { beside: 0, ..PURSE };
        assert_eq!(booked(150, Cover::Fund, granted), Some([120, 0, 0]));
        assert_eq!(booked(0, Cover::Own, PURSE), Some([0, 0, 0]));
    }

    #[test]
    fn what_a_full_account_cannot_hold_goes_to_the_pool() {
        let full = Purse {
            giver_has: 89_970,
            ..PURSE
        };

        assert_eq!(booked(120, Cover::Own, full), Some([30, 0, 90]));
        assert_eq!(booked(120, Cover::Pool, full), Some([30, 0, 0]));
        let over = Purse {
            giver_has: 95_000,
            ..PURSE
        };
        assert_eq!(booked(120, Cover::Own, over), Some([0, 0, 120]));
        assert_eq!(booked(120, Cover::Fund, over), Some([0, 0, 0]));
    }

    #[test]
    fn when_the_reservation_has_lapsed_all_of_it_must_be_there() {
        let lapsed = Purse {
            reserved: 0,
            beside: 60,
            ..PURSE
        };

        assert_eq!(booked(60, Cover::Own, lapsed), Some([0, 60, 0]));
        assert_eq!(booked(61, Cover::Own, lapsed), None);
        assert_eq!(booked(60, Cover::Fund, lapsed), Some([0, 60, 0]));
        assert_eq!(booked(61, Cover::Pool, lapsed), None);
        assert_eq!(booked(60, Cover::Open, PURSE), None);
    }

    #[test]
    fn nothing_is_booked_that_was_not_confirmed_or_is_not_there() {
        for minutes in [0, 1, 59, 120, 480] {
            for reserved in [0, 60, 120] {
                for beside in [0, 30, 500] {
                    for giver_has in [0, 89_950, 90_000, 91_000] {
                        for cover in Cover::ALL {
                            let purse = Purse {
                                reserved,
                                beside,
                                giver_has,
                                cap: 90_000,
                            };
                            let Some(payment) = Payment::of(minutes, *cover, purse) else {
                                continue;
                            };
                            let all = payment.to_giver() + payment.to_pool;

                            assert!(all <= minutes && all <= reserved + beside);
                            assert!(payment.from_reserved <= reserved);
                            assert!(payment.to_giver() <= 90_000_u64.saturating_sub(giver_has));
                        }
                    }
                }
            }
        }
    }
}
