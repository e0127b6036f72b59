//! Random chains, sent twice and out of order, by clients who know nothing of each other.

use std::collections::HashMap;

use book::{
    Account, AccountId, AccountKind, Applied, Book, Chain, Desk, Fund, Group, Issue, Ledger,
    LedgerId, Movement, Order, Pool, Replay, Resident, Shape, Step, Transfer, TransferId,
};
use proptest::prelude::*;

const LEDGER: LedgerId = LedgerId(1);
const RESIDENTS: u128 = 4;

fn resident(which: u128) -> Resident {
    Resident(AccountId(100 + which % RESIDENTS))
}

fn accounts() -> Vec<Account> {
    let mut all = vec![
        Account::new(AccountId(1), LEDGER, AccountKind::Issue),
        Account::new(AccountId(2), LEDGER, AccountKind::Fund),
        Account::new(AccountId(3), LEDGER, AccountKind::Pool),
        Account::new(AccountId(4), LEDGER, AccountKind::Group),
    ];
    all.extend(
        (0..RESIDENTS).map(|which| Account::new(resident(which).0, LEDGER, AccountKind::Resident)),
    );
    all
}

fn desk() -> Desk {
    let mut desk = Desk::default();
    desk.add_ledger(Ledger::new(LEDGER, Book::Time));
    for account in accounts() {
        desk.add_account(account);
    }
    desk
}

fn movement(which: u8, a: u128, b: u128) -> Movement {
    let (issue, fund, pool) = (Issue(AccountId(1)), Fund(AccountId(2)), Pool(AccountId(3)));
    let (from, to) = (resident(a), resident(b));
    match which % 11 {
        0 | 1 => Movement::Grant { from: issue, to },
        2 => Movement::PutAside {
            from: issue,
            to: fund,
        },
        3 => Movement::GrantFromFund { from: fund, to },
        4 => Movement::Gift { from, to },
        5 => Movement::Donate { from, to: pool },
        6 | 7 => Movement::ServicePaid { from, to },
        8 => Movement::ReverseGrant { from, to: issue },
        9 => Movement::DonateOfGroup {
            from: Group(AccountId(4)),
            to: pool,
        },
        _ => Movement::Close { from, to: pool },
    }
}

/// Orders refer to earlier ids, so that holds are settled, voided and settled again.
fn step() -> impl Strategy<Value = Step> {
    let moved = (any::<u8>(), 0..RESIDENTS, 0..RESIDENTS, 0..200_u64);
    prop_oneof![
        4 => moved.clone().prop_map(|(which, a, b, amount)| Step::post(movement(which, a, b), amount)),
        2 => moved.clone().prop_map(|(which, a, b, amount)| Step::at_most(movement(which, a, b), amount)),
        4 => (moved, 1..60_i64).prop_map(|((which, a, b, amount), until)| Step::hold(movement(which, a, b), amount, until)),
        3 => (0..60_u128, proptest::option::of(0..200_u64)).prop_map(|(hold, amount)| Step::settle(TransferId(hold), amount)),
        2 => (0..60_u128).prop_map(|hold| Step::void(TransferId(hold))),
        2 => (0..60_u128).prop_map(|hold| Step::Expire { hold: TransferId(hold) }),
    ]
}

fn chains() -> impl Strategy<Value = Vec<Chain>> {
    let order = (0..60_u128, step()).prop_map(|(id, step)| Order {
        id: TransferId(id),
        step,
    });
    let chain = (0..3_u128, proptest::collection::vec(order, 0..4))
        .prop_map(|(group, orders)| Chain { group, orders });
    proptest::collection::vec(chain, 0..60)
}

/// What a chain may not leave behind when it fails.
fn picture(desk: &Desk) -> (Vec<Account>, Vec<Ledger>) {
    let mut accounts: Vec<Account> = desk.accounts().cloned().collect();
    accounts.sort_by_key(|one| one.id);
    (accounts, desk.ledgers().cloned().collect())
}

proptest! {
    #[test]
    fn sums_stay_equal_nothing_falls_below_zero_and_every_prefix_replays(chains in chains()) {
        let mut desk = desk();
        let mut replay = Replay::new(LEDGER, Book::Time, accounts());
        for (now, chain) in (0_i64..).zip(&chains) {
            let before = picture(&desk);
            match desk.apply(chain, now) {
                Ok(Applied::Written(transfers)) => {
                    prop_assert_eq!(transfers.len(), chain.orders.len());
                    for transfer in &transfers {
                        prop_assert_eq!(replay.add(transfer), Ok(()));
                    }
                }
                Ok(Applied::Exists(_)) | Err(_) => prop_assert_eq!(picture(&desk), before),
            }
            let (accounts, ledgers) = picture(&desk);
            prop_assert!(accounts.iter().all(Account::is_sound));
            prop_assert_eq!(replay.matches(ledgers[0].height, &ledgers[0].head, &accounts), Ok(()));
        }
    }

    #[test]
    fn the_same_chain_again_changes_nothing_and_is_answered_alike(chains in chains()) {
        let mut once = desk();
        let mut twice = desk();
        for (now, chain) in (0_i64..).zip(&chains) {
            let first = once.apply(chain, now);
            let _ = twice.apply(chain, now);
            let again = twice.apply(chain, now + 1);
            match (&first, &again) {
                (Ok(first), Ok(Applied::Exists(again))) => prop_assert_eq!(first.transfers(), &again[..]),
                (Err(_), Err(_)) => {}
                _ => prop_assert!(false, "{:?} then {:?}", first, again),
            }
            prop_assert_eq!(picture(&once), picture(&twice));
        }
    }

    #[test]
    fn a_hold_ends_at_most_once(chains in chains()) {
        let mut desk = desk();
        let mut ends: HashMap<TransferId, Transfer> = HashMap::new();
        for (now, chain) in (0_i64..).zip(&chains) {
            if let Ok(Applied::Written(transfers)) = desk.apply(chain, now) {
                for transfer in transfers {
                    if let Some(hold) = transfer.hold {
                        prop_assert!(ends.insert(hold, transfer).is_none());
                    }
                }
            }
        }
    }

    #[test]
    fn one_changed_bit_is_found(chains in chains(), at in any::<prop::sample::Index>(), bit in 0..6_u8) {
        let mut desk = desk();
        let mut all = Vec::new();
        for (now, chain) in (0_i64..).zip(&chains) {
            if let Ok(Applied::Written(transfers)) = desk.apply(chain, now) {
                all.extend(transfers);
            }
        }
        prop_assume!(!all.is_empty());
        let changed = at.get_mut(&mut all[..]);
        match bit {
            0 => changed.amount ^= 1,
            1 => changed.group ^= 1,
            2 => changed.debit = AccountId(changed.debit.0 ^ 1),
            3 => changed.moment += 1,
            4 => changed.id = TransferId(changed.id.0 ^ 64),
            _ => changed.shape = if changed.shape == Shape::Voided { Shape::Expired } else { Shape::Voided },
        }
        let mut replay = Replay::new(LEDGER, Book::Time, accounts());
        let is_found = all.iter().any(|transfer| replay.add(transfer).is_err());
        prop_assert!(is_found);
    }
}
