//! What is really sent to the database: nothing that changes or removes a transfer. A process of its own,
//! because every statement of the process is listened for.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

#[path = "it/town.rs"]
mod town;

use std::fmt;
use std::sync::{Arc, Mutex};

use ledger::{Book, Bookkeeper, Movement, Order, Step};
use testkit::TestApp;
use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

use crate::town::{done, group, holds, is_whole, town};

fn slices() -> Vec<platform::Slice> {
    vec![areas::slice(), people::slice(), ledger::slice()]
}

/// Writes down every statement of this process.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "statements" {
            event.record(&mut Sql(&self.0));
        }
    }
}

struct Sql<'a>(&'a Mutex<Vec<String>>);

impl Visit for Sql<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.lock().unwrap().push(value.to_uppercase());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

async fn a_day_of(app: &TestApp) {
    let town = town(app, Book::Points).await;
    let spend = Movement::Redeem {
        from: town.zhao_account,
        to: town.book.shop,
    };
    let back = Movement::ReverseGrant {
        from: town.zhao_account,
        to: town.book.issue,
    };
    let close = Movement::Close {
        from: town.zhao_account,
        to: town.book.pool,
    };
    let grant = Movement::Grant {
        from: town.book.issue,
        to: town.qian_account,
    };
    let mut tx = app.begin().await;
    ledger::post(&mut tx, group(4), &[Step::post(grant, 8)])
        .await
        .unwrap();
    done(tx, town.qian).await;
    let mut tx = app.begin().await;
    let until = tx.now.plus_seconds(60);
    let steps = [
        Step::hold(spend, 5, until),
        Step::hold(spend, 6, until),
        Step::hold(spend, 7, until),
    ];
    let held = ledger::post(&mut tx, group(2), &steps).await.unwrap();
    let steps = [
        Step::settle(held[0].id, Some(1)),
        Step::void(held[1].id),
        Step::at_most(back, 10),
    ];
    ledger::post(&mut tx, group(2), &steps).await.unwrap();
    done(tx, town.zhao).await;
    app.wait(5);
    app.work().await;
    let order = Order {
        id: kernel::TransferId(group(9)),
        step: Step::at_most(close, 1_000),
    };
    Bookkeeper::of(app.house())
        .submit(town.community, group(3), &[order])
        .await
        .unwrap();
    app.wait(60 * 24 * 31);
    app.work().await;
    assert_eq!(holds(app, town.qian_account).await, (8, 0));
    assert!(is_whole(app).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_statement_changes_or_removes_a_transfer() {
    let listener = Listener::default();
    let subscriber = tracing_subscriber::registry().with(listener.clone());
    tracing::subscriber::set_global_default(subscriber).expect("nobody listens yet");
    a_day_of(&TestApp::on_sqlite(crate::slices()).await).await;
    if let Some(app) = TestApp::on_postgres(crate::slices()).await {
        a_day_of(&app).await;
    }

    let sent = listener.0.lock().unwrap();
    let appended = sent
        .iter()
        .filter(|sql| sql.starts_with("INSERT INTO BOOK_TRANSFER"));
    assert!(appended.count() >= 5);
    for sql in sent.iter().filter(|sql| sql.contains("BOOK_TRANSFER")) {
        let is_appending =
            sql.starts_with("INSERT INTO BOOK_TRANSFER") && !sql.contains("ON CONFLICT");
        let is_reading = sql.starts_with("SELECT");
        assert!(is_appending || is_reading, "{sql}");
    }
}
