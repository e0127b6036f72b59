//! Holds whose time is over.

use ledger::{Book, HoldState, Movement, PostError, Refusal, Step};

use crate::town::{done, group, holds, is_whole, town};

testkit::on_both! {
    async fn what_nobody_collects_returns_when_its_time_is_over(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let mut tx = app.begin().await;
        let until = tx.now.plus_seconds(3600);
        let held = ledger::post(&mut tx, group(2), &[Step::hold(spend, 30, until)]).await.unwrap();
        done(tx, town.zhao).await;
        app.wait(59);
        app.work().await;
        assert_eq!(holds(&app, town.zhao_account).await, (70, 30));

        app.wait(1);
        let mut tx = app.begin().await;
        let late = ledger::post(&mut tx, group(2), &[Step::settle(held[0].id, None)]).await;
        assert!(matches!(late, Err(PostError::Refused(Refusal::HoldExpired))));
        drop(tx);
        app.work().await;

        assert_eq!(holds(&app, town.zhao_account).await, (100, 0));
        let reader = app.house().db().reader();
        let states = ledger::hold_states(&reader, town.community, &[held[0].id]).await.unwrap();
        assert_eq!(states[&held[0].id], HoldState::Expired);
        assert!(is_whole(&app).await);
    }

    async fn what_was_collected_in_time_does_not_expire(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let mut tx = app.begin().await;
        let until = tx.now.plus_seconds(3600);
        let held = ledger::post(&mut tx, group(2), &[Step::hold(spend, 30, until)]).await.unwrap();
        ledger::post(&mut tx, group(2), &[Step::settle(held[0].id, None)]).await.unwrap();
        done(tx, town.zhao).await;

        app.wait(120);
        app.work().await;

        assert_eq!(holds(&app, town.zhao_account).await, (70, 0));
        assert!(is_whole(&app).await);
    }
}
