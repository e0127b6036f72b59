//! Whoever is erased is unlinked; what remains is that so many were there.

use platform::db::statement;
use sea_orm::ConnectionTrait;

use crate::attending::at_the_door;
use crate::village::{
    announced, by_door_code, count, dates, done, join, plan, sign_up_of, village,
};

testkit::on_both! {
    async fn who_is_erased_leaves_their_place_to_the_next_and_no_name(app: TestApp) {
        let v = village(&app).await;
        done(&v.wang.post("/activities/propose", &plan(&[("title", "合唱")])).await);
        let id = announced(&v.li, &[("capacity", "1")]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        done(&join(&v.zhao, &id, &date, &v.people[2..3]).await);

        let erased = v.wang.post("/me/data/erase", &[("sure", "yes")]).await;
        assert_eq!(erased.status(), 303, "{}", erased.text());
        app.work().await;

        assert_eq!(sign_up_of(&app, &date, v.people[2]).await.1, "offered");
        let linked = "SELECT (SELECT count(*) FROM activity_sign_up WHERE community_id = $1 AND person_id IS NULL) \
                      - 10 * (SELECT count(*) FROM activity WHERE community_id = $1 AND proposer_id IS NOT NULL) AS n";
        assert_eq!(count(&app, linked).await, 1);
        assert!(v.li.get("/desk/activities").await.has_text("合唱"), "the idea stays");
    }

    async fn a_presence_stays_without_its_person(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        done(&by_door_code(&v.li, &v.wang, &date, "in").await);
        app.wait(60);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);

        done(&v.wang.post("/me/data/erase", &[("sure", "yes")]).await);

        let reader = app.house().db().reader();
        let sql = "SELECT person_id, minutes FROM attendance WHERE community_id = $1";
        let row = reader.query_one_raw(statement(&reader, sql, [app.community().0.into()])).await.unwrap().unwrap();
        assert_eq!(row.try_get::<Option<uuid::Uuid>>("", "person_id").unwrap(), None);
        assert_eq!(row.try_get::<i64>("", "minutes").unwrap(), 60);
        let door = v.li.get(&format!("/activities/occurrences/{date}/door")).await;
        assert_eq!(door.status(), 200);
        assert!(!door.has_text("王秀英"), "{}", door.text());
    }

    async fn what_a_closed_account_led_is_led_by_the_desk(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("organiser", "孙海")]).await;
        done(&v.sun.post("/me/activities/calendar", &[]).await);
        let shown = v.sun.get("/me/activities/calendar").await;
        let link = shown.attribute("a[href*='/feed/']", "href").unwrap();

        let mut tx = app.begin().await;
        platform::door::close(&mut tx, v.sun.actor().account.unwrap()).await.unwrap();
        tx.commit().await.unwrap();

        assert!(v.li.get(&format!("/desk/activities/{id}")).await.has_text("组织者 社区"));
        let path = link.strip_prefix("http://localhost").unwrap();
        assert_eq!(app.visitor().get(path).await.status(), 404);
    }
}
