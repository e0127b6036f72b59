//! What an activity gives: points of the scheme that is in force, never for a Party day.

use jiff::civil::date;
use kernel::Instant;
use points::{
    Adoption, Assembly, Confirmer, NewItem, Past, PastScheme, Unit, enter_many, items_in_force,
};
use testkit::TestApp;

use crate::village::{
    TO_NEXT, Village, announced, by_door_code, count, dates, done, join, plan, village,
};

/// A scheme in force with one item, five points each time; its id.
async fn scheme(app: &TestApp, v: &Village) -> String {
    let by = [&v.li, &v.chen].map(|one| one.actor().account.unwrap());
    let past = Past {
        scheme: PastScheme {
            at: Instant(testkit::NOW.0 - 30 * 86_400_000_000),
            title: "积分办法".to_owned(),
            about: String::new(),
            deliberation: "商量过".to_owned(),
            adoption: Adoption {
                assembly: Assembly::Residents,
                on: date(2026, 10, 1),
                votes_for: 30,
                votes_against: 2,
                document: "一号".to_owned(),
            },
            items: vec![NewItem {
                name: "楼道清洁".to_owned(),
                unit: Unit::Time,
                points: 5,
                day_cap: 10,
                month_cap: 60,
                evidence: "签到".to_owned(),
                confirmer: Confirmer::Staff,
            }],
            by,
        },
        fund: (1_000, "演示单位赞助".to_owned()),
        grants: Vec::new(),
        rewards: Vec::new(),
        redemptions: Vec::new(),
        purpose: ("公共".to_owned(), String::new()),
        gifts: Vec::new(),
        open: Vec::new(),
    };
    let mut tx = app.begin().await;
    enter_many(&mut tx, &past).await.unwrap();
    tx.commit().await.unwrap();
    let items = items_in_force(&app.house().db().reader(), app.community())
        .await
        .unwrap();
    items[0].id.to_string()
}

testkit::on_both! {
    async fn who_was_there_can_be_granted_what_the_activity_gives(app: TestApp) {
        let v = village(&app).await;
        let item = scheme(&app, &v).await;
        let id = announced(&v.li, &[("item", item.as_str())]).await;
        let page = app.visitor().get(&format!("/activities/{id}")).await;
        assert!(page.has_text("楼道清洁（每次 5 分）"), "{}", page.text());
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        app.wait(TO_NEXT);

        done(&by_door_code(&v.li, &v.wang, &date, "in").await);
        app.wait(60);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);

        assert_eq!(count(&app, "SELECT count(*) AS n FROM points_claim WHERE community_id = $1").await, 1);
        assert_eq!(count(&app, "SELECT CAST(sum(points) AS bigint) AS n FROM points_claim WHERE community_id = $1").await, 5);
    }

    async fn a_party_day_gives_no_points_and_an_unknown_item_none(app: TestApp) {
        let v = village(&app).await;
        let item = scheme(&app, &v).await;
        let form = v.li.get("/desk/activities/new").await;
        assert!(form.has_text("楼道清洁（每次 5 分）"));

        for (kind, item, told) in [
            ("party_day", item.as_str(), "党日活动不能给积分"),
            ("class", "00000000-0000-7000-8000-000000000000", "现在不在积分办法里"),
        ] {
            let refused = v.li.post("/desk/activities/new", &plan(&[("kind", kind), ("item", item)])).await;
            assert_eq!(refused.status(), 422);
            assert!(refused.has_text(told), "{}", refused.text());
        }
        assert_eq!(count(&app, "SELECT count(*) AS n FROM activity WHERE community_id = $1").await, 0);
    }

    async fn no_item_is_asked_for_while_no_scheme_is_in_force(app: TestApp) {
        let v = village(&app).await;

        let form = v.li.get("/desk/activities/new").await;

        assert_eq!(form.status(), 200);
        assert!(!form.has_text("不给积分"), "{}", form.text());
    }
}
