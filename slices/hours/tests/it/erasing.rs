//! Somebody is erased: what counted stays as a number that belongs to nobody.

use platform::db::statement;
use sea_orm::ConnectionTrait;

use crate::middle::{LATE, People, done, rows};

testkit::on_both! {
    async fn who_is_erased_leaves_numbers_that_belong_to_nobody(app: TestApp) {
        let people = People::of(&app).await;
        people.drawn(&app).await;
        let doubted = people.confirmed(&app).await;
        done(&people.he.post(&format!("{doubted}/doubt"), &[("words", "王秀英那天不在")]).await);
        let refused = people.entered_on(&app, "2026-11-12").await;
        done(&people.zhou.post(&format!("{refused}/refuse"), &[("words", "没有签到")]).await);
        people.entered_on(&app, "2026-11-13").await;
        let proof = people.wang.post("/me/certificate", &[
            ("name", "full"), ("from", "2026-11-01"), ("until", "2026-11-30"), ("detail", "entries"),
        ]).await;

        done(&people.wang.post("/me/data/erase", &[]).await);

        let reader = app.house().db().reader();
        let sql = "SELECT id FROM service WHERE community_id = $1 AND person_id IS NOT NULL";
        let owned = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert!(owned.is_empty());
        assert_eq!(rows(&app, "service").await, 2, "what counted, {LATE} and yesterday");
        for table in ["service_words", "service_call", "service_flag"] {
            assert_eq!(rows(&app, table).await, 0, "{table}");
        }
        let gone = app.visitor().get(proof.location()).await;
        assert_eq!(gone.status(), 410);
        let sql = "SELECT id FROM certificate WHERE community_id = $1 AND (content <> '' OR person_id IS NOT NULL)";
        let told = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert!(told.is_empty());
        assert!(people.zhou.get("/hours").await.has_text("现在没有等确认的记录"));
        assert_eq!(people.zhou.get("/hours/calls").await.status(), 200);
        assert_eq!(people.leader.get("/hours/flags").await.status(), 200);
        assert_eq!(people.zhou.get(&doubted).await.status(), 200, "the desk still finds a number");
    }
}
