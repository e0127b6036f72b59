//! One act, one transaction, at least one event.

use kernel::Actor;
use kernel::events::ApiTokenMade;
use platform::alerts::Alert;
use platform::db::StoreError;
use platform::door::{NewAccount, by_sign_in_name, open_account};
use platform::record;

use crate::probe;

fn wang() -> NewAccount {
    NewAccount {
        sign_in_name: "wang".into(),
        display_name: "王芳".into(),
        email: None,
        person: None,
    }
}

testkit::on_both! {
    async fn an_act_without_an_event_is_refused_and_leaves_nothing(app: TestApp) {
        let account = app.account("wang", None).await;
        let mut tx = app.begin().await;
        let alert =
            Alert { account, message: "tab-home", argument: String::new(), link: "/".into() };
        platform::alerts::raise(&mut tx, &[alert]).await.unwrap();

        let refused = tx.commit().await;

        assert!(matches!(refused, Err(StoreError::WriteWithoutEvent)));
        let reader = app.house().db().reader();
        let left = platform::alerts::of(&reader, app.community(), account, 9).await.unwrap();
        assert!(left.is_empty());
    }

    async fn a_listener_that_refuses_takes_the_act_back_with_it(app: TestApp) {
        let mut tx = app.begin().await;
        let account = open_account(&mut tx, &wang()).await.unwrap();
        tx.emit(&ApiTokenMade { account, days: probe::REFUSED_DAYS });

        assert!(tx.commit().await.is_err());

        let reader = app.house().db().reader();
        let account = by_sign_in_name(&reader, app.community(), "wang").await.unwrap();
        assert!(account.is_none());
        assert_eq!(probe::done(app.house(), "opened").await, 0);
        let events = record::page_before(&reader, app.community(), None, 9).await.unwrap();
        assert_eq!(events.len(), 1, "only the founding is recorded");
    }

    async fn what_a_listener_wrote_goes_with_an_act_that_is_given_up(app: TestApp) {
        let mut tx = app.begin().await;
        open_account(&mut tx, &wang()).await.unwrap();
        drop(tx);

        let mut tx = app.house().begin(&Actor::visitor(app.community())).await.unwrap();
        open_account(&mut tx, &wang()).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(probe::done(app.house(), "opened").await, 1);
    }

    async fn an_unsigned_event_does_not_say_who_acted(app: TestApp) {
        let account = app.account("wang", None).await;
        let actor = Actor { account: Some(account), ..Actor::visitor(app.community()) };
        let mut tx = app.house().begin(&actor).await.unwrap();
        tx.emit(&ApiTokenMade { account, days: 1 });
        tx.emit_unsigned(&ApiTokenMade { account, days: 2 });
        tx.commit().await.unwrap();

        let reader = app.house().db().reader();
        let events = record::page_before(&reader, app.community(), None, 2).await.unwrap();

        let who: Vec<_> = events.iter().map(|event| event.account).collect();
        assert_eq!(who, [None, Some(account)], "the newest first");
    }
}
