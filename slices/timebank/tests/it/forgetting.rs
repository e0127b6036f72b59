//! Words are erased when their time is over, a resident when their entry is; and a room that breaks
//! off what others are told, as a process that dies does.

use kernel::Minutes;
use kernel::events::{HelpPosted, PersonErased};
use platform::db::{StoreError, statement};
use platform::record::Recorded;
use platform::{Hearing, Slice, Tx};
use sea_orm::ConnectionTrait;
use testkit::{NOW, TestApp};

use crate::town::{
    LENGTH, Neighbour, Town, act, ask, balance, choose, done, events, offer, one, state,
};

testkit::on_both! {
    async fn half_a_year_after_the_end_the_words_are_gone(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;
        done(&act(&town.wang.client, &page, "confirm", &[]).await);
        let account = town.wang.client.actor().account.unwrap();
        app.wait(179 * 24 * 60);
        app.work().await;
        let before = app.signed_in(account).await.get(&page).await;
        app.wait(2 * 24 * 60);
        app.work().await;
        let after = app.signed_in(account).await.get(&page).await;

        assert!(before.has_text("取药"), "{}", before.text());
        assert!(after.has_text("保存期满，写下的内容已删除"), "{}", after.text());
        assert!(!after.has_text("取药") && !after.has_text("5678"), "{}", after.text());
        assert!(after.has_text("入账 2 小时"), "the minutes stay");
        assert_eq!(events(&app, "timebank.help_forgotten").await.len(), 1);
    }

    async fn what_is_still_open_keeps_its_words(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;

        app.wait(400 * 24 * 60);
        app.work().await;

        let wang = app.signed_in(town.wang.client.actor().account.unwrap()).await;
        assert!(wang.get(&page).await.has_text("取药"));
    }

    async fn who_is_erased_leaves_minutes_and_no_name(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let past = town.signed_out(&app, LENGTH).await;
        done(&act(&town.wang.client, &past, "confirm", &[]).await);
        let answer = town.wang.client.post("/timebank/ask", &ask(&[("day", "2026-12-05")])).await;
        let open = answer.location().to_owned();
        done(&offer(&town.zhao, &open).await);
        done(&choose(&town.wang.client, &open, &town.zhao).await);

        erase(&app, &town.wang).await;

        assert_eq!(state(&app, &open).await, "cancelled");
        assert_eq!(state(&app, &past).await, "posted");
        for page in [&past, &open] {
            for column in ["CAST(receiver_id AS TEXT)", "code"] {
                assert_eq!(one(&app, page, column).await, None, "{column}");
            }
            assert!(!town.li.get(page).await.has_text("王秀英"));
            assert!(!town.li.get(page).await.has_text("5678"));
        }
        assert_eq!(balance(&app, town.liu.id).await, (120, 0), "who helped keeps their time");
        assert_eq!(balance(&app, town.zhao.id).await, (0, 0));
        let reader = app.house().db().reader();
        let found = ledger::totals(&reader, app.community(), ledger::Book::Time).await.unwrap();
        assert_eq!(found.outstanding, 600, "nothing is lost, and nothing is reserved for ever");
        assert_eq!(events(&app, "timebank.help_cancelled").await.len(), 1);
        assert!(town.liu.client.get(&past).await.has_text("您是帮忙的人"));
    }

    async fn with_who_helps_erased_the_help_ends_and_the_credit_returns(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;

        erase(&app, &town.liu).await;

        assert_eq!(state(&app, &page).await, "cancelled");
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert!(!town.wang.client.get(&page).await.has_text("刘洋"));
    }
}

/// Erases somebody's entry, by their own wish, as the rights desk does.
async fn erase(app: &TestApp, who: &Neighbour) {
    let page = who.client.get("/me/data/erase").await;
    assert_eq!(page.status(), 200, "{}", page.text());
    done(&who.client.post("/me/data/erase", &[("sure", "yes")]).await);
    assert_eq!(
        events(app, <PersonErased as kernel::events::Event>::NAME)
            .await
            .len(),
        1
    );
}

/// Helps of a giver that took place today, an hour apart, each so long.
pub async fn took_place(
    app: &TestApp,
    giver: &Neighbour,
    receiver: &Neighbour,
    count: i64,
    minutes: i64,
) {
    let mut tx = app.begin().await;
    let helps: Vec<timebank::PastHelp> = (0..count)
        .map(|place| timebank::PastHelp {
            kind: "outing".to_owned(),
            begun: NOW.plus(Minutes(-8 * 60 + place * 60)),
            minutes,
            giver: giver.id,
            receiver: receiver.id,
            grid: None,
            micro_grid: None,
            place: "3栋".to_owned(),
        })
        .collect();
    timebank::enter_many(&mut tx, &helps).await.unwrap();
    tx.commit().await.unwrap();
}

/// How many reasons lie in the vault.
pub async fn reasons(app: &TestApp) -> usize {
    let reader = app.house().db().reader();
    let sql = "SELECT id FROM timebank_proposal WHERE community_id = $1 \
               AND reason_locked IS NOT NULL";
    let rows = reader
        .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
        .await
        .unwrap();
    rows.len()
}

/// A room that breaks off every act that books a help of 61 minutes.
pub fn breaking_off() -> Slice {
    Slice::named("breaking_off").hears::<HelpPosted>(break_off)
}

fn break_off<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read::<HelpPosted>() {
            Some(posted) if posted.minutes == 61 => {
                Err(StoreError::Unreadable("broken off".to_owned()))
            }
            Some(_) | None => Ok(()),
        }
    })
}
