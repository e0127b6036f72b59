//! Words are erased when their time is over; an act that breaks off halfway leaves nothing.

use kernel::events::{Event, MediationSessionHeld};
use platform::db::{StoreError, statement};
use platform::record::{self, Recorded};
use platform::{Hearing, Slice, Tx};
use sea_orm::ConnectionTrait;
use testkit::TestApp;

use crate::middle::{People, SESSION, TODAY, act, act_on, done, id_of, version};

testkit::on_both! {
    async fn five_years_after_the_end_the_words_are_gone_and_the_events_stay(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;
        let report = [("body", "police"), ("on", TODAY)];
        done(&act(&people.mediator, &page, "risk", &report).await);
        done(&act(&people.wang, &page, "terminate", &[("told", "yes")]).await);
        let head = people.head.actor().account.unwrap();
        let days = |days: i64| days * 24 * 60;

        app.wait(days(5 * 365 - 1));
        app.work().await;
        let head_before = app.signed_in(head).await;
        let before = head_before.get(&page).await;
        app.wait(days(3));
        app.work().await;
        let after = app.signed_in(head).await.get(&page).await;

        assert!(before.has_text("楼上漏水"), "{}", before.text());
        assert!(after.has_text("保存期满，内容已删除"), "{}", after.text());
        for secret in ["漏水", "王秀英", "李强", "13812345678"] {
            assert!(!after.text().contains(secret), "{secret} in {}", after.text());
        }
        assert!(after.has_text("调解内容保存期满，已删除"), "{}", after.text());
        assert!(after.has_text("申请调解"));
        let wang = app.signed_in(people.wang.actor().account.unwrap()).await;
        assert_eq!(wang.get(&page).await.status(), 404, "the parties are no longer joined to it");
        assert!(!wang.get("/alerts").await.has_text("TJ-2026"), "nothing leads to it");
        let reader = app.house().db().reader();
        let sql = "SELECT id FROM mediation WHERE community_id = $1 AND (mediator_id IS NOT NULL \
                   OR ending IS NOT NULL OR subject <> 'other')";
        let told = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert!(told.is_empty(), "neither who mediated, nor how it ended, nor what it was about");
        let sql = "SELECT id FROM mediation_paper WHERE community_id = $1";
        let left = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert!(left.is_empty());
    }

    async fn words_that_do_not_open_are_never_written_over(app: TestApp) {
        let people = People::of(&app).await;
        let new = people.consented(&app).await;
        let agreed = people.performing(&app).await;
        let first = id_of(&people.mediator);
        let set = [("first", first.as_str()), ("has_tie", "no")];
        let seek = [("on", TODAY), ("court", "锦江区人民法院"), ("both", "yes")];
        let locked_with_another_key = vec![7_u8; 64];
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        let sql = "UPDATE mediation SET words_locked = $2 WHERE community_id = $1";
        let values = [app.community().0.into(), locked_with_another_key.clone().into()];
        tx.execute_raw(statement(&tx, sql, values)).await.unwrap();
        tx.commit().await.unwrap();

        let by_head = act(&people.head, &new, "mediators", &set).await;
        let by_mediator = act(&people.mediator, &agreed, "confirmation", &seek).await;

        assert_eq!((by_head.status(), by_mediator.status()), (500, 500));
        let reader = app.house().db().reader();
        let sql = "SELECT words_locked, sought_on FROM mediation WHERE community_id = $1";
        let rows = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert_eq!(rows.len(), 2);
        for row in rows {
            let words: Vec<u8> = row.try_get("", "words_locked").unwrap();
            assert_eq!(words, locked_with_another_key);
            assert_eq!(row.try_get::<Option<String>>("", "sought_on").unwrap(), None);
        }
    }

    async fn what_is_still_open_is_never_erased(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;

        app.wait(6 * 365 * 24 * 60);
        app.work().await;

        let wang = app.signed_in(people.wang.actor().account.unwrap()).await;
        assert!(wang.get(&page).await.has_text("楼上漏水"));
    }

    async fn an_act_that_breaks_off_halfway_leaves_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.set(&app).await;
        let version = version(&people.mediator, &page).await;
        let mut open = SESSION;
        open[1].1 = "yes";
        let mut wordless = SESSION;
        wordless[3].1 = "";

        // The room below breaks off open sessions when all rows are written.
        let broken = act_on(&people.mediator, &page, "session", &version, &open).await;
        let unreadable = act_on(&people.mediator, &page, "session", &version, &wordless).await;
        let nothing = (papers(&app).await, sessions(&app).await);
        done(&act_on(&people.mediator, &page, "session", &version, &SESSION).await);
        let stale = act_on(&people.mediator, &page, "session", &version, &SESSION).await;

        assert_eq!((broken.status(), unreadable.status()), (500, 422));
        assert_eq!(nothing, (0, 0));
        assert_eq!(stale.status(), 409);
        assert_eq!((papers(&app).await, sessions(&app).await), (1, 1));
    }
}

async fn papers(app: &TestApp) -> usize {
    let reader = app.house().db().reader();
    let sql = "SELECT id FROM mediation_paper WHERE community_id = $1";
    let values = [app.community().0.into()];
    let rows = reader.query_all_raw(statement(&reader, sql, values)).await;
    rows.unwrap().len()
}

async fn sessions(app: &TestApp) -> usize {
    let reader = app.house().db().reader();
    let events = record::page_before(&reader, app.community(), None, 200).await;
    let is_session = |event: &&Recorded| event.name == MediationSessionHeld::NAME;
    events.unwrap().iter().filter(is_session).count()
}

/// A room that breaks off every act that notes an open session, as a process that dies does.
pub fn breaking_off() -> Slice {
    Slice::named("breaking_off").hears::<MediationSessionHeld>(break_off)
}

fn break_off<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read::<MediationSessionHeld>() {
            Some(held) if held.is_open => Err(StoreError::Unreadable("broken off".to_owned())),
            Some(_) | None => Ok(()),
        }
    })
}
