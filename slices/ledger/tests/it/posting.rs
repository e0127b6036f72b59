//! Chains in the transaction of an act.

use kernel::Instant;
use ledger::{Book, HoldState, Movement, PostError, Refusal, Step};

use crate::town::{done, group, holds, is_whole, town};

fn refusal<T: std::fmt::Debug>(answer: Result<T, PostError>) -> Refusal {
    match answer {
        Err(PostError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

testkit::on_both! {
    async fn what_is_reserved_is_collected_and_the_rest_returns(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };

        let mut tx = app.begin().await;
        let until = tx.now.plus_seconds(3600);
        let held = ledger::post(&mut tx, group(2), &[Step::hold(spend, 30, until)]).await.unwrap();
        done(tx, town.zhao).await;
        assert_eq!(holds(&app, town.zhao_account).await, (70, 30));

        let mut tx = app.begin().await;
        let settled = ledger::post(&mut tx, group(2), &[Step::settle(held[0].id, Some(20))]).await.unwrap();
        done(tx, town.zhao).await;

        assert_eq!(settled[0].amount, 20);
        assert_eq!(holds(&app, town.zhao_account).await, (80, 0));
        let reader = app.house().db().reader();
        let states = ledger::hold_states(&reader, town.community, &[held[0].id]).await.unwrap();
        assert_eq!(states[&held[0].id], HoldState::Settled(20));
        let mut tx = app.begin().await;
        let again = ledger::post(&mut tx, group(2), &[Step::void(held[0].id)]).await;
        assert_eq!(refusal(again), Refusal::AlreadySettled);
        assert!(is_whole(&app).await);
    }

    async fn a_chain_over_two_books_is_whole_or_nothing(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let reward = group(77);
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let mut tx = app.begin().await;
        let room = ledger::stockroom(&mut tx).await.unwrap();
        let shelf = ledger::shelf(&mut tx, reward).await.unwrap();
        let restock = Movement::Restock { from: room.supply, to: shelf };
        ledger::post(&mut tx, group(3), &[Step::post(restock, 1)]).await.unwrap();
        let hand_out = Movement::HandOut { from: shelf, to: room.handed_out };
        let both = [Step::post(spend, 10), Step::post(hand_out, 1)];
        ledger::post(&mut tx, group(4), &both).await.unwrap();

        let out_of_stock = ledger::post(&mut tx, group(5), &both).await;

        assert_eq!(refusal(out_of_stock), Refusal::ExceedsBalance);
        done(tx, town.zhao).await;
        assert_eq!(holds(&app, town.zhao_account).await, (90, 0));
        let reader = app.house().db().reader();
        assert_eq!(ledger::shelves(&reader, town.community).await.unwrap()[&reward].available, 0);
        assert!(is_whole(&app).await);
    }

    async fn two_who_spend_the_same_points_at_once_do_not_both_succeed(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let one = async |number: u128| {
            let mut tx = app.begin().await;
            match ledger::post(&mut tx, group(number), &[Step::post(spend, 70)]).await {
                Ok(_) => { done(tx, town.zhao).await; true }
                Err(PostError::Refused(_)) => false,
                Err(PostError::Store(error)) => panic!("{error}"),
            }
        };

        let (first, second) = tokio::join!(one(10), one(11));

        assert!(first ^ second);
        assert_eq!(holds(&app, town.zhao_account).await, (30, 0));
        assert!(is_whole(&app).await);
    }

    async fn two_who_open_the_same_account_at_once_get_the_same(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let open = async || {
            let mut tx = app.begin().await;
            let account = ledger::resident(&mut tx, Book::Time, town.qian).await.unwrap();
            done(tx, town.qian).await;
            account
        };

        let (first, second) = tokio::join!(open(), open());

        assert_eq!(first, second);
    }

    async fn an_act_that_fails_half_way_leaves_the_book_as_it_was(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let mut tx = app.begin().await;
        ledger::post(&mut tx, group(2), &[Step::post(spend, 70)]).await.unwrap();
        drop(tx);

        assert_eq!(holds(&app, town.zhao_account).await, (100, 0));
        assert!(is_whole(&app).await);
    }

    async fn many_grants_take_few_statements(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let grant = Movement::Grant { from: town.book.issue, to: town.qian_account };
        let chains: Vec<_> = (0..300).map(|n| (group(100 + n), vec![Step::post(grant, 1)])).collect();
        let mut tx = app.begin().await;
        let before = tx.statements();

        let answers = ledger::post_many(&mut tx, &chains).await.unwrap();

        assert!(answers.iter().all(Result::is_ok));
        assert!(tx.statements() - before <= 5);
        done(tx, town.qian).await;
        assert_eq!(holds(&app, town.qian_account).await, (300, 0));
    }

    async fn what_of_a_grant_is_spent_cannot_be_taken_back(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let grant = Movement::Grant { from: town.book.issue, to: town.qian_account };
        let spend = Movement::Redeem { from: town.qian_account, to: town.book.shop };
        let back = Movement::ReverseGrant { from: town.qian_account, to: town.book.issue };
        let mut tx = app.begin().await;
        let granted = ledger::post(&mut tx, group(9), &[Step::post(grant, 50)]).await.unwrap();
        ledger::post(&mut tx, group(10), &[Step::post(spend, 40)]).await.unwrap();
        assert_eq!(ledger::granted_left(&tx, town.community, granted[0].id).await.unwrap(), 50);

        let reversed = ledger::post(&mut tx, group(9), &[Step::at_most(back, 50)]).await.unwrap();

        assert_eq!(reversed[0].amount, 10);
        assert_eq!(ledger::granted_left(&tx, town.community, granted[0].id).await.unwrap(), 40);
        done(tx, town.qian).await;
        assert_eq!(holds(&app, town.qian_account).await, (0, 0));
    }

    async fn a_resident_reads_each_line_of_the_own_account(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let mut tx = app.begin().await;
        ledger::post(&mut tx, group(2), &[Step::post(spend, 7)]).await.unwrap();
        done(tx, town.zhao).await;
        let reader = app.house().db().reader();

        let lines = ledger::entries_of(&reader, town.community, Book::Points, town.zhao, 10, None).await.unwrap();

        assert_eq!(lines.iter().map(|line| line.amount).collect::<Vec<_>>(), [-7, 100]);
        let older = ledger::entries_of(&reader, town.community, Book::Points, town.zhao, 10, Some(lines[0].number)).await.unwrap();
        assert_eq!(older.len(), 1);
        let others = ledger::entries_of(&reader, town.community, Book::Points, town.qian, 10, None).await.unwrap();
        assert_eq!(others, []);
        let all = ledger::balances_of(&reader, town.community, Book::Points, &[town.zhao, town.qian]).await.unwrap();
        assert_eq!((all[&town.zhao].available, all[&town.qian].available), (93, 0));
        let then = Instant(lines[1].at.0);
        assert_eq!(ledger::balance_at(&reader, town.community, town.zhao_account.0, then).await.unwrap(), 100);
        assert_eq!(reader.statements(), 5);
    }

    async fn nothing_to_write_is_no_reason_to_fail(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let mut tx = app.begin().await;

        assert!(ledger::post_many(&mut tx, &[]).await.unwrap().is_empty());
        assert_eq!(refusal(ledger::post(&mut tx, group(2), &[]).await), Refusal::Empty);

        done(tx, town.zhao).await;
        assert!(is_whole(&app).await);
    }
}
