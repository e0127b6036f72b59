//! Each reason for which an order is not written.

use book::{
    Account, AccountId, AccountKind, Applied, Book, Chain, Desk, Issue, Ledger, LedgerId, Movement,
    Order, Pool, Refusal, Resident, Shelf, Shop, Step, Supply, TransferId,
};

const ISSUE: Issue = Issue(AccountId(1));
const POOL: Pool = Pool(AccountId(2));
const SHOP: Shop = Shop(AccountId(3));
const ZHAO: Resident = Resident(AccountId(4));
const QIAN: Resident = Resident(AccountId(5));
const ELSEWHERE: Resident = Resident(AccountId(6));

fn desk() -> Desk {
    let mut desk = Desk::default();
    let (points, time) = (LedgerId(1), LedgerId(2));
    desk.add_ledger(Ledger::new(points, Book::Points));
    desk.add_ledger(Ledger::new(time, Book::Time));
    for (account, ledger, kind) in [
        (ISSUE.0, points, AccountKind::Issue),
        (POOL.0, points, AccountKind::Pool),
        (SHOP.0, points, AccountKind::Shop),
        (ZHAO.0, points, AccountKind::Resident),
        (QIAN.0, points, AccountKind::Resident),
        (ELSEWHERE.0, time, AccountKind::Resident),
    ] {
        desk.add_account(Account::new(account, ledger, kind));
    }
    desk
}

fn one(id: u128, step: Step) -> Chain {
    Chain {
        group: 1,
        orders: vec![Order {
            id: TransferId(id),
            step,
        }],
    }
}

fn grant(amount: u64) -> Step {
    Step::post(
        Movement::Grant {
            from: ISSUE,
            to: ZHAO,
        },
        amount,
    )
}

const SPEND: Movement = Movement::Redeem {
    from: ZHAO,
    to: SHOP,
};

#[track_caller]
fn refused(desk: &mut Desk, id: u128, step: Step, now: i64) -> Refusal {
    desk.apply(&one(id, step), now).expect_err("written").why
}

#[test]
fn what_is_not_there_cannot_be_taken_and_the_id_stays_refused() {
    let mut desk = desk();

    assert_eq!(
        refused(&mut desk, 1, Step::post(SPEND, 5), 1),
        Refusal::ExceedsBalance
    );
    desk.apply(&one(2, grant(5)), 2).unwrap();
    assert_eq!(
        refused(&mut desk, 1, Step::post(SPEND, 5), 3),
        Refusal::AlreadyRefused
    );
    assert!(desk.apply(&one(3, Step::post(SPEND, 5)), 4).is_ok());
}

#[test]
fn what_is_set_aside_cannot_be_spent_twice() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    desk.apply(&one(2, Step::hold(SPEND, 7, 100)), 2).unwrap();

    assert_eq!(
        refused(&mut desk, 3, Step::post(SPEND, 4), 3),
        Refusal::ExceedsBalance
    );
}

#[test]
fn a_hold_is_settled_in_part_once_and_the_rest_returns() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    desk.apply(&one(2, Step::hold(SPEND, 7, 100)), 2).unwrap();

    assert_eq!(
        refused(&mut desk, 3, Step::settle(TransferId(2), Some(8)), 3),
        Refusal::ExceedsHold
    );
    desk.apply(&one(4, Step::settle(TransferId(2), Some(3))), 4)
        .unwrap();
    assert_eq!(desk.account(ZHAO.0).unwrap().available(), 7);
    assert_eq!(
        refused(&mut desk, 5, Step::settle(TransferId(2), None), 5),
        Refusal::AlreadySettled
    );
    assert_eq!(
        refused(&mut desk, 6, Step::void(TransferId(2)), 6),
        Refusal::AlreadySettled
    );
}

#[test]
fn a_hold_is_over_at_its_moment_even_before_anybody_has_cleared_it() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    desk.apply(&one(2, Step::hold(SPEND, 7, 100)), 2).unwrap();

    let expire = Step::Expire {
        hold: TransferId(2),
    };
    assert_eq!(refused(&mut desk, 3, expire, 99), Refusal::NotYetExpired);
    assert_eq!(
        refused(&mut desk, 4, Step::settle(TransferId(2), None), 100),
        Refusal::HoldExpired
    );
    desk.apply(&one(5, expire), 100).unwrap();
    assert_eq!(desk.account(ZHAO.0).unwrap().available(), 10);
    assert_eq!(refused(&mut desk, 6, expire, 101), Refusal::HoldExpired);
}

#[test]
fn a_voided_hold_returns_and_stays_void() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    desk.apply(&one(2, Step::hold(SPEND, 7, 100)), 2).unwrap();
    desk.apply(&one(3, Step::void(TransferId(2))), 3).unwrap();

    assert_eq!(desk.account(ZHAO.0).unwrap().available(), 10);
    assert_eq!(
        refused(&mut desk, 4, Step::settle(TransferId(2), None), 4),
        Refusal::AlreadyVoided
    );
}

#[test]
fn only_a_hold_can_be_settled() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();

    assert_eq!(
        refused(&mut desk, 2, Step::settle(TransferId(1), None), 2),
        Refusal::NotAHold
    );
    assert_eq!(
        refused(&mut desk, 3, Step::settle(TransferId(9), None), 3),
        Refusal::HoldNotFound
    );
}

#[test]
fn an_account_passed_off_as_another_kind_is_refused() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    let in_disguise = Movement::Grant {
        from: Issue(ZHAO.0),
        to: QIAN,
    };

    assert_eq!(
        refused(&mut desk, 2, Step::post(in_disguise, 5), 2),
        Refusal::WrongKind
    );
}

#[test]
fn books_do_not_cross_and_know_their_own_movements_only() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    let across = Movement::Gift {
        from: ZHAO,
        to: ELSEWHERE,
    };
    let neighbours = Movement::Gift {
        from: ZHAO,
        to: QIAN,
    };
    let unknown = Movement::Restock {
        from: Supply(AccountId(77)),
        to: Shelf(AccountId(78)),
    };

    assert_eq!(
        refused(&mut desk, 2, Step::post(across, 1), 2),
        Refusal::DifferentLedgers
    );
    assert_eq!(
        refused(&mut desk, 3, Step::post(neighbours, 1), 3),
        Refusal::NotOfThisBook
    );
    assert_eq!(
        refused(&mut desk, 4, Step::post(unknown, 1), 4),
        Refusal::UnknownAccount
    );
    let oneself = Movement::Gift {
        from: ELSEWHERE,
        to: ELSEWHERE,
    };
    assert_eq!(
        refused(&mut desk, 5, Step::post(oneself, 1), 5),
        Refusal::SameAccount
    );
}

#[test]
fn an_amount_is_neither_nothing_nor_beyond_all_measure() {
    let mut desk = desk();

    assert_eq!(refused(&mut desk, 1, grant(0), 1), Refusal::Amount);
    assert_eq!(
        refused(&mut desk, 2, grant(book::AMOUNT_MAX + 1), 2),
        Refusal::Amount
    );
    assert_eq!(
        refused(&mut desk, 3, Step::hold(SPEND, 1, 3), 3),
        Refusal::EndsInThePast
    );
}

#[test]
fn at_most_takes_what_there_is_and_never_makes_a_debt() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    desk.apply(&one(2, Step::post(SPEND, 8)), 2).unwrap();
    let back = Movement::ReverseGrant {
        from: ZHAO,
        to: ISSUE,
    };

    let done = desk.apply(&one(3, Step::at_most(back, 10)), 3).unwrap();

    assert_eq!(done.transfers()[0].amount, 2);
    assert_eq!(desk.account(ZHAO.0).unwrap().available(), 0);
}

#[test]
fn who_leaves_gives_what_is_left_and_the_account_takes_part_in_nothing_more() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();
    desk.apply(&one(2, Step::hold(SPEND, 7, 100)), 2).unwrap();
    let close = Movement::Close {
        from: ZHAO,
        to: POOL,
    };

    assert_eq!(
        refused(&mut desk, 3, Step::at_most(close, 10), 3),
        Refusal::HoldsOpen
    );
    desk.apply(&one(4, Step::void(TransferId(2))), 4).unwrap();
    assert_eq!(
        refused(&mut desk, 5, Step::post(close, 3), 5),
        Refusal::Amount
    );
    desk.apply(&one(6, Step::at_most(close, book::AMOUNT_MAX)), 6)
        .unwrap();
    assert_eq!(desk.account(POOL.0).unwrap().available(), 10);
    assert_eq!(refused(&mut desk, 7, grant(1), 7), Refusal::Closed);
}

#[test]
fn a_chain_that_fails_at_its_last_order_leaves_nothing() {
    let mut desk = desk();
    let chain = Chain {
        group: 1,
        orders: vec![
            Order {
                id: TransferId(1),
                step: grant(10),
            },
            Order {
                id: TransferId(2),
                step: Step::post(SPEND, 11),
            },
        ],
    };

    let refused = desk.apply(&chain, 1).expect_err("written");

    assert_eq!(
        (refused.at, refused.why),
        (Some(TransferId(2)), Refusal::ExceedsBalance)
    );
    assert_eq!(desk.account(ZHAO.0).unwrap().available(), 0);
    assert_eq!(desk.ledgers().map(|ledger| ledger.height).sum::<u64>(), 0);
}

#[test]
fn later_orders_of_a_chain_see_what_earlier_ones_did() {
    let mut desk = desk();
    let chain = Chain {
        group: 1,
        orders: vec![
            Order {
                id: TransferId(1),
                step: grant(10),
            },
            Order {
                id: TransferId(2),
                step: Step::post(SPEND, 10),
            },
        ],
    };

    assert!(matches!(desk.apply(&chain, 1), Ok(Applied::Written(_))));
}

#[test]
fn the_same_id_for_something_else_is_told_so_and_stays_what_it_was() {
    let mut desk = desk();
    desk.apply(&one(1, grant(10)), 1).unwrap();

    assert_eq!(
        refused(&mut desk, 1, grant(11), 2),
        Refusal::ExistsDifferently
    );
    assert!(matches!(
        desk.apply(&one(1, grant(10)), 3),
        Ok(Applied::Exists(_))
    ));
    let mut more = one(1, grant(10));
    more.orders.push(Order {
        id: TransferId(2),
        step: grant(1),
    });
    assert_eq!(
        desk.apply(&more, 4).expect_err("written").why,
        Refusal::ExistsInPart
    );
    more.orders[1].id = TransferId(1);
    assert_eq!(
        desk.apply(&more, 5).expect_err("written").why,
        Refusal::RepeatedId
    );
    more.orders.clear();
    assert_eq!(
        desk.apply(&more, 6).expect_err("written").why,
        Refusal::Empty
    );
}

#[test]
fn words_of_refusals_differ() {
    let mut words: Vec<&str> = Refusal::ALL.iter().map(|one| one.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Refusal::ALL.len());
}
