//! What PostgreSQL itself holds, once an operator has set it up as the handbook says.

use ledger::{Book, Movement, Step};
use platform::Tx;
use sea_orm::ConnectionTrait;
use testkit::TestApp;

use crate::town::{done, group, holds, is_whole, town};

/// The statements of the handbook that take rights away and give them, for a role of this test.
fn handbook(role: &str) -> Vec<String> {
    let document = include_str!("../../../../docs/operators.md");
    document
        .lines()
        .filter(|line| line.starts_with("REVOKE ") || line.starts_with("GRANT "))
        .map(|line| line.replace(" linli;", &format!(" {role}")))
        .collect()
}

/// An act with no more rights than the role has.
async fn begin_as(app: &TestApp, role: &str) -> Tx {
    let tx = app.begin().await;
    tx.execute_unprepared(&format!("SET LOCAL ROLE {role}"))
        .await
        .unwrap();
    tx
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_the_handbook_says_postgresql_lets_nobody_change_a_transfer() {
    let Some(app) = TestApp::on_postgres(crate::slices()).await else {
        return;
    };
    let town = town(&app, Book::Points).await;
    let role = format!("linli_{}", app.community().0.simple());
    let tx = app.house().housekeeping(app.community()).await.unwrap();
    for sql in [
        format!("CREATE ROLE {role}"),
        format!("GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}"),
    ] {
        tx.execute_unprepared(&sql).await.unwrap();
    }
    let statements = handbook(&role);
    assert_eq!(statements.len(), 5);
    for sql in statements {
        tx.execute_unprepared(&sql).await.unwrap();
    }
    tx.commit().await.unwrap();

    let mut tx = begin_as(&app, &role).await;
    let spend = Movement::Redeem {
        from: town.zhao_account,
        to: town.book.shop,
    };
    ledger::post(&mut tx, group(2), &[Step::post(spend, 30)])
        .await
        .unwrap();
    done(tx, town.zhao).await;
    assert_eq!(holds(&app, town.zhao_account).await, (70, 0));
    for forbidden in [
        "UPDATE book_transfer SET amount = 1",
        "DELETE FROM book_transfer",
        "DELETE FROM book_account",
        "UPDATE book_account SET kind = 100",
        "UPDATE book_ledger SET book = 'time'",
        "DELETE FROM book_refusal",
        "UPDATE book_disclosure SET issued = 0",
    ] {
        let tx = begin_as(&app, &role).await;
        let error = tx.execute_unprepared(forbidden).await.expect_err(forbidden);
        assert!(error.to_string().contains("permission denied"), "{error}");
    }
    assert!(is_whole(&app).await);
}
