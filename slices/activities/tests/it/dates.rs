//! Dates: moved, called off, reminded of, over.

use std::time::Duration;

use kernel::events::OccurrenceReminded;
use testkit::{PostOffice, TestApp};

use crate::village::{act, again, announced, count, dates, done, events, join, village};

testkit::on_both! {
    async fn who_signed_up_is_told_when_a_date_moves_or_is_called_off(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("cadence", "weekly"), ("times", "3")]).await;
        let all = dates(&app, &id).await;
        done(&join(&v.wang, &id, &all[0], &v.people[..2]).await);
        done(&join(&v.zhao, &id, &all[1], &v.people[2..3]).await);
        let path = |date: &str, act: &str| format!("/desk/activities/{id}/dates/{date}/{act}");

        let silent = v.li.post(&path(&all[1], "cancel"), &[("reason", "")]).await;
        done(&v.li.post(&path(&all[0], "move"), &[("day", "2026-11-29"), ("time", "15:00")]).await);
        done(&v.li.post(&path(&all[1], "cancel"), &[("reason", "停电")]).await);
        let twice = v.li.post(&path(&all[1], "cancel"), &[("reason", "停电")]).await;
        let onto = v.li.post(&path(&all[2], "move"), &[("day", "2026-11-29"), ("time", "15:00")]).await;
        let back = v.li.post(&path(&all[2], "move"), &[("day", "2026-11-20"), ("time", "15:00")]).await;
        let wrong = v.li.post(&path(&all[2], "move"), &[("day", "2026-11-29"), ("time", "3pm")]).await;
        let resident = v.wang.post(&path(&all[2], "cancel"), &[("reason", "不想办")]).await;

        assert_eq!((silent.status(), twice.status(), onto.status(), back.status()), (422, 409, 409, 409));
        assert_eq!((wrong.status(), resident.status()), (422, 403));
        assert!(onto.has_text("有两场在同一时间开始"), "{}", onto.text());
        let shown = app.visitor().get(&format!("/activities/{id}")).await;
        assert!(shown.has_text("11月29日 周日 15:00–17:00"), "{}", shown.text());
        assert!(shown.has_text("停电"));
        assert!(v.wang.get("/alerts").await.has_text("改期了"));
        assert_eq!(v.wang.get("/alerts").await.text().matches("改期了").count(), 1, "told once for a family");
        assert!(v.zhao.get("/alerts").await.has_text("有一场取消了"));
        assert!(!v.zhao.get("/alerts").await.has_text("改期了"));
    }

    async fn an_activity_that_is_called_off_says_why_and_tells_everybody(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("cadence", "weekly"), ("times", "2")]).await;
        let all = dates(&app, &id).await;
        done(&join(&v.wang, &id, &all[1], &v.people[..1]).await);

        done(&act(&v.li, &id, "cancel", &[("reason", "花园翻修")]).await);
        let twice = act(&v.li, &id, "cancel", &[("reason", "花园翻修")]).await;

        assert_eq!(twice.status(), 409);
        assert!(v.wang.get("/alerts").await.has_text("活动“花园浇水日”取消了"));
        let shown = app.visitor().get(&format!("/activities/{id}")).await;
        assert!(shown.has_text("已取消 花园翻修"), "{}", shown.text());
        assert!(v.wang.get("/me/activities").await.has_text("这一场取消"));
        assert_eq!(join(&v.zhao, &id, &all[0], &v.people[2..3]).await.status(), 409);
    }

    async fn who_takes_part_is_reminded_a_day_before_and_once(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..2]).await);

        app.wait(6 * 24 * 60 - 13);
        app.work().await;
        assert!(events::<OccurrenceReminded>(&app).await.is_empty());
        app.wait(1);
        app.work().await;
        app.work().await;

        let wang = again(&app, &v.wang).await;
        let alerts = wang.get("/alerts").await;
        assert_eq!(alerts.text().matches("明天开始").count(), 1, "{}", alerts.text());
        assert_eq!(events::<OccurrenceReminded>(&app).await.len(), 1);
    }

    async fn a_date_that_was_moved_is_reminded_of_before_its_new_time(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        let path = format!("/desk/activities/{id}/dates/{date}/move");
        done(&v.li.post(&path, &[("day", "2026-12-05"), ("time", "09:00")]).await);

        app.wait(7 * 24 * 60 - 12);
        app.work().await;
        let early = events::<OccurrenceReminded>(&app).await.len();
        app.wait(6 * 24 * 60);
        app.work().await;

        assert_eq!((early, events::<OccurrenceReminded>(&app).await.len()), (0, 1));
    }

    async fn when_the_last_date_has_passed_the_activity_is_over(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("cadence", "weekly"), ("times", "2")]).await;
        let over = "SELECT count(*) AS n FROM activity WHERE community_id = $1 AND state = 'over'";

        app.wait(8 * 24 * 60);
        app.work().await;
        assert_eq!(count(&app, over).await, 0);
        app.wait(7 * 24 * 60);
        app.work().await;

        assert_eq!(count(&app, over).await, 1);
        assert_eq!(app.visitor().get(&format!("/activities/{id}")).await.status(), 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reminder_goes_by_mail_to_who_gave_an_address() {
    let office = PostOffice::open();
    let app = TestApp::on_sqlite(crate::slices()).await;
    let app = app.with_mail(crate::slices(), office.url()).await;
    let v = village(&app).await;
    let id = announced(&v.li, &[]).await;
    let date = dates(&app, &id).await[0].clone();
    done(&join(&v.wang, &id, &date, &v.people[..1]).await);
    let tx = app.house().housekeeping(app.community()).await.unwrap();
    let sql =
        "UPDATE account SET email = 'wang@example.cn' WHERE community_id = $1 AND person_id = $2";
    let values = [app.community().0.into(), v.people[0].0.into()];
    sea_orm::ConnectionTrait::execute_raw(&tx, platform::db::statement(&tx, sql, values))
        .await
        .unwrap();
    tx.commit().await.unwrap();

    app.wait(6 * 24 * 60 - 12);
    app.work().await;
    app.work().await;

    let letter = office.next(Duration::from_secs(10)).expect("a letter came");
    assert_eq!(letter.to, "wang@example.cn");
}
