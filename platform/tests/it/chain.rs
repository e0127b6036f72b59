//! What the record said yesterday cannot be changed unnoticed.

use kernel::events::PasswordSet;
use platform::seal::{self, Finding};
use testkit::TestApp;

use crate::probe::tamper;

/// Three seals with a few events each.
async fn with_seals(app: &TestApp) {
    let account = app.account("wang", None).await;
    for _ in 0..3 {
        let mut tx = app.begin().await;
        tx.emit(&PasswordSet { account });
        tx.emit(&PasswordSet { account });
        tx.commit().await.unwrap();
        app.work().await;
    }
}

async fn found(app: &TestApp) -> Finding {
    seal::verify(&app.house().db().reader(), app.community())
        .await
        .unwrap()
}

testkit::on_both! {
    async fn an_untouched_chain_is_whole(app: TestApp) {
        with_seals(&app).await;
        let mut tx = app.begin().await;
        tx.emit(&PasswordSet { account: tx.new_id() });
        tx.commit().await.unwrap();

        // The founding, the account, and three times two.
        assert_eq!(found(&app).await, Finding::Whole { seals: 3, events: 8, unsealed: 1 });
    }

    async fn a_changed_event_is_found(app: TestApp) {
        with_seals(&app).await;

        tamper(app.house(), "UPDATE event SET at = at + 1 WHERE seal = 2").await;

        assert_eq!(found(&app).await, Finding::Broken { seal: 2 });
    }

    async fn a_removed_event_is_found(app: TestApp) {
        with_seals(&app).await;

        tamper(
            app.house(),
            "DELETE FROM event WHERE id IN (SELECT id FROM event WHERE seal = 3 LIMIT 1)",
        ).await;

        assert_eq!(found(&app).await, Finding::Broken { seal: 3 });
    }

    async fn an_inserted_event_is_found(app: TestApp) {
        with_seals(&app).await;

        // The founding, once more and elsewhere in the chain.
        tamper(
            app.house(),
            "INSERT INTO event (community_id, id, at, name, subject_kind, subject_id, body, seal) \
             SELECT community_id, community_id, at, name, subject_kind, subject_id, body, 2 \
             FROM event WHERE name = 'sign_in.community_founded'",
        ).await;

        assert_eq!(found(&app).await, Finding::Broken { seal: 2 });
    }

    async fn a_removed_seal_is_found(app: TestApp) {
        with_seals(&app).await;

        tamper(app.house(), "DELETE FROM seal WHERE number = 2").await;

        assert_eq!(found(&app).await, Finding::Broken { seal: 2 });
    }
}
