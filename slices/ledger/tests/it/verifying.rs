//! A book that somebody changed behind the program's back.

use ledger::{Book, Movement, Step};
use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::TestApp;

use crate::town::{done, group, is_whole, town};

/// Changes a row as somebody with the database's password could, and says whether it is found.
async fn is_found_after(app: &TestApp, sql: &str) -> bool {
    let tx = app.house().housekeeping(app.community()).await.unwrap();
    let changed = tx.execute_raw(statement(&tx, sql, [])).await.unwrap();
    assert!(changed.rows_affected() > 0, "{sql}");
    tx.commit().await.unwrap();
    !is_whole(app).await
}

testkit::on_both! {
    async fn a_changed_amount_is_found(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let mut tx = app.begin().await;
        ledger::post(&mut tx, group(2), &[Step::post(spend, 10)]).await.unwrap();
        done(tx, town.zhao).await;
        assert!(is_whole(&app).await);

        assert!(is_found_after(&app, "UPDATE book_transfer SET amount = 9 WHERE number = 2").await);
    }

    async fn a_removed_transfer_is_found(app: TestApp) {
        town(&app, Book::Points).await;

        assert!(is_found_after(&app, "DELETE FROM book_transfer WHERE number = 1").await);
    }

    async fn a_changed_counter_is_found(app: TestApp) {
        town(&app, Book::Points).await;

        assert!(is_found_after(&app, "UPDATE book_account SET credits_posted = credits_posted + 1 WHERE kind = 200 AND credits_posted > 0").await);
    }

    async fn a_ledger_cut_short_is_found(app: TestApp) {
        town(&app, Book::Points).await;

        assert!(is_found_after(&app, "UPDATE book_ledger SET height = 0").await);
    }
}
