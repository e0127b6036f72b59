//! The waiting list: offers that are kept for a while, in their order.

use kernel::events::{OfferExpired, PlaceOffered};
use testkit::TestApp;

use crate::village::{Village, again, announced, dates, done, events, join, sign_up_of, village};

/// A date with one place, taken by Wang; Zhao waits, then Sun. Returns the activity and the date.
async fn full(app: &TestApp, v: &Village) -> (String, String) {
    let id = announced(&v.li, &[("capacity", "1")]).await;
    let date = dates(app, &id).await[0].clone();
    done(&join(&v.wang, &id, &date, &v.people[..1]).await);
    done(&join(&v.zhao, &id, &date, &v.people[2..3]).await);
    app.wait(1);
    done(&join(&v.sun, &id, &date, &v.people[3..]).await);
    (id, date)
}

async fn states(app: &TestApp, v: &Village, date: &str) -> [String; 3] {
    let mut all = Vec::new();
    for place in [0, 2, 3] {
        all.push(sign_up_of(app, date, v.people[place]).await.1);
    }
    all.try_into().unwrap()
}

async fn leaves(app: &TestApp, v: &Village, date: &str) {
    let (own, _) = sign_up_of(app, date, v.people[0]).await;
    done(
        &v.wang
            .post(&format!("/activities/sign-ups/{own}/withdraw"), &[])
            .await,
    );
    app.work().await;
}

testkit::on_both! {
    async fn a_place_that_becomes_free_is_kept_for_the_first_who_waits(app: TestApp) {
        let v = village(&app).await;
        let (id, date) = full(&app, &v).await;

        leaves(&app, &v, &date).await;

        assert_eq!(states(&app, &v, &date).await, ["withdrawn", "offered", "waiting"]);
        let mine = v.zhao.get("/me/activities").await;
        assert!(mine.has_text("候补到了，等您确认") && mine.has_text("保留到 11月22日 09:13"), "{}", mine.text());
        assert!(v.zhao.get("/alerts").await.has_text("有名额了"));
        assert!(!v.sun.get("/alerts").await.has_text("有名额了"));
        // The kept place goes to nobody new.
        app.wait(1);
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        assert_eq!(states(&app, &v, &date).await, ["waiting", "offered", "waiting"]);
        let (own, _) = sign_up_of(&app, &date, v.people[2]).await;
        let strange = v.sun.post(&format!("/activities/sign-ups/{own}/accept"), &[]).await;
        done(&v.zhao.post(&format!("/activities/sign-ups/{own}/accept"), &[]).await);
        assert_eq!(strange.status(), 404);
        app.wait(25 * 60);
        app.work().await;
        assert_eq!(states(&app, &v, &date).await, ["waiting", "signed_up", "waiting"]);
    }

    async fn an_offer_that_nobody_answers_goes_to_the_next(app: TestApp) {
        let v = village(&app).await;
        let (_, date) = full(&app, &v).await;
        leaves(&app, &v, &date).await;
        let (own, _) = sign_up_of(&app, &date, v.people[2]).await;

        app.wait(24 * 60 - 1);
        app.work().await;
        assert_eq!(states(&app, &v, &date).await[1], "offered");
        app.wait(1);
        let late = again(&app, &v.zhao).await;
        let late = late.post(&format!("/activities/sign-ups/{own}/accept"), &[]).await;
        app.work().await;

        assert_eq!(late.status(), 409);
        assert!(late.has_text("这个名额已经过了期限"), "{}", late.text());
        assert_eq!(states(&app, &v, &date).await, ["withdrawn", "offer_expired", "offered"]);
        assert_eq!(events::<OfferExpired>(&app).await.len(), 1);
        assert_eq!(events::<PlaceOffered>(&app).await.len(), 2);
    }

    async fn an_offer_that_is_let_go_goes_to_the_next_at_once(app: TestApp) {
        let v = village(&app).await;
        let (_, date) = full(&app, &v).await;
        leaves(&app, &v, &date).await;
        let (own, _) = sign_up_of(&app, &date, v.people[2]).await;

        done(&v.zhao.post(&format!("/activities/sign-ups/{own}/decline"), &[]).await);
        app.work().await;

        assert_eq!(states(&app, &v, &date).await, ["withdrawn", "declined", "offered"]);
    }

    async fn of_accepting_and_stepping_back_at_once_one_is_told(app: TestApp) {
        let v = village(&app).await;
        let (_, date) = full(&app, &v).await;
        leaves(&app, &v, &date).await;
        let (own, _) = sign_up_of(&app, &date, v.people[2]).await;
        let (accept, decline) = (format!("/activities/sign-ups/{own}/accept"), format!("/activities/sign-ups/{own}/decline"));

        let (one, other) = tokio::join!(v.zhao.post(&accept, &[]), v.zhao.post(&decline, &[]));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
    }

    async fn the_community_says_for_how_long_a_place_is_kept(app: TestApp) {
        let v = village(&app).await;
        for wrong in ["0", "169", "eternity", ""] {
            let refused = v.li.post("/desk/activities/hours", &[("hours", wrong)]).await;
            assert_eq!(refused.status(), 422);
            assert!(refused.has_text("请填 1 到 168 小时"), "{}", refused.text());
        }
        assert_eq!(v.wang.post("/desk/activities/hours", &[("hours", "2")]).await.status(), 403);
        done(&v.li.post("/desk/activities/hours", &[("hours", "2")]).await);
        let (_, date) = full(&app, &v).await;
        leaves(&app, &v, &date).await;

        assert!(v.zhao.get("/me/activities").await.has_text("保留到 11月21日 11:13"));
    }

    async fn a_place_is_kept_until_it_begins_at_most(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("capacity", "1"), ("first_day", "2026-11-21"), ("start", "10:00"), ("end", "11:00")]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        done(&join(&v.zhao, &id, &date, &v.people[2..3]).await);

        leaves(&app, &v, &date).await;

        assert!(v.zhao.get("/me/activities").await.has_text("保留到 11月21日 10:00"));
    }

    async fn more_places_are_offered_when_the_hall_is_larger(app: TestApp) {
        let v = village(&app).await;
        let (id, date) = full(&app, &v).await;
        let form = crate::village::plan(&[("version", "2"), ("capacity", "3")]);

        done(&v.li.post(&format!("/desk/activities/{id}/edit"), &form).await);
        app.work().await;

        assert_eq!(states(&app, &v, &date).await, ["signed_up", "offered", "offered"]);
    }
}
