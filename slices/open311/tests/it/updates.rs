//! Updates: what happened here is told, what happened elsewhere is done, once.

use georeport::{RequestUpdate, UpdateStatus};
use kernel::{DutyKind, Instant};
use requests::Entries;
use sea_orm::Condition;
use testkit::{Answer, TestApp};

use crate::town::{acts, get, give_key, number_of, send, system, with_rules, without_rules};

async fn update(app: &TestApp, key: &str, number: &str, id: &str, status: &str) -> Answer {
    let fields = [
        ("api_key", key),
        ("service_request_id", number),
        ("update_id", id),
        ("status", status),
        ("updated_datetime", "2026-11-21T10:00:00+08:00"),
        ("description", "灯泡已经买好"),
    ];
    app.visitor()
        .post_forged("/open311/v2/servicerequestupdates.json", &fields)
        .await
}

testkit::on_both! {
    async fn everybody_is_told_what_happened_and_the_sender_in_which_words(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);
        app.wait(10);
        acts(&setting, &number, &[
            ("take-up", &[]),
            ("note", &[("words", "王女士，下午来修"), ("told", "yes")]),
            ("note", &[("words", "内部：缺灯泡")]),
            ("answer", &[("words", "修好了")]),
        ]).await;

        let public: Vec<RequestUpdate> = get(&app, "servicerequestupdates.xml").await;
        let own: Vec<RequestUpdate> = get(&app, "servicerequestupdates.json?api_key=secret-1").await;

        let statuses: Vec<UpdateStatus> = public.iter().map(|one| one.status).collect();
        assert_eq!(statuses, [
            UpdateStatus::Open, UpdateStatus::ActionScheduled, UpdateStatus::InProgress, UpdateStatus::Fixed,
        ]);
        assert_eq!(public[3].description.as_deref(), Some("已答复诉求人，等待确认。"));
        assert!(public.iter().all(|one| one.service_request_id == number));
        assert_eq!(own.len(), 5);
        assert_eq!(own[3].description.as_deref(), Some("王女士，下午来修"));
        assert_eq!(own[4].description.as_deref(), Some("修好了"));
        let early: Vec<RequestUpdate> = get(&app,
            "servicerequestupdates.json?start_date=2026-11-21T00:00:00Z&end_date=2026-11-21T01:15:00Z").await;
        assert_eq!(early.len(), 2);
    }

    async fn the_sender_adds_words_once_however_often_it_sends_them(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);

        let first = update(&app, "secret-1", &number, "u-7", "open").await;
        let again = update(&app, "secret-1", &number, "u-7", "open").await;

        assert_eq!((first.status(), again.status()), (200, 200), "{}", first.body());
        assert_eq!(first.body(), again.body());
        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert_eq!(detail.body().matches("灯泡已经买好").count(), 1, "{}", detail.text());
        let alerts = setting.desk.get("/alerts").await;
        assert!(alerts.has_text("补充了情况"), "{}", alerts.text());
    }

    async fn a_handlers_own_system_moves_its_matters_on(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let property = app.handler("property", setting.basics.handlers[1]).await;
        give_key(&app, property.actor().account.unwrap(), "property-key").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);

        let begun = update(&app, "property-key", &number, "1", "in_progress").await;
        let done = update(&app, "property-key", &number, "2", "fixed").await;
        let too_late = update(&app, "property-key", &number, "3", "in_progress").await;

        assert_eq!((begun.status(), done.status()), (200, 200), "{} {}", begun.body(), done.body());
        assert!(setting.desk.get(&format!("/requests/{number}")).await.has_text("已答复"));
        assert_eq!(too_late.status(), 200, "{}", too_late.body());
        let after_the_end = update(&app, "property-key", &number, "4", "fixed").await;
        assert_eq!(after_the_end.status(), 400);
    }

    async fn who_neither_sent_nor_handles_a_matter_cannot_touch_it(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let other = app.account("other", None).await;
        give_key(&app, other, "secret-2").await;
        let administrator = app.on_duty("chief", DutyKind::Administrator, None).await;
        give_key(&app, administrator.actor().account.unwrap(), "secret-3").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);

        for key in ["secret-2", "secret-3"] {
            assert_eq!(update(&app, key, &number, "1", "fixed").await.status(), 404);
        }
        assert_eq!(update(&app, "nobody", &number, "1", "fixed").await.status(), 403);
    }

    async fn a_failed_update_can_be_sent_again(app: TestApp) {
        let setting = without_rules(&app).await;
        system(&app, "secret-1").await;
        let property = app.handler("property", setting.basics.handlers[1]).await;
        give_key(&app, property.actor().account.unwrap(), "property-key").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);

        let not_yet = update(&app, "property-key", &number, "1", "fixed").await;
        let handler = setting.basics.handlers[1].to_string();
        acts(&setting, &number, &[("dispatch", &[("handler", handler.as_str())])]).await;
        let now = update(&app, "property-key", &number, "1", "fixed").await;

        assert_eq!(not_yet.status(), 404);
        assert_eq!(now.status(), 200, "{}", now.body());
    }

    async fn what_is_not_told_takes_no_place_among_what_is(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);
        let note: (&str, &[(&str, &str)]) = ("note", &[("words", "内部说明")]);
        acts(&setting, &number, &[note, note, note, ("take-up", &[])]).await;
        let span = Entries::Between(Instant(0), app.house().now());

        let reader = app.house().db().reader();
        let told = requests::happenings(&reader, app.community(), &Condition::all(), span, 3).await.unwrap();

        let names: Vec<&str> = told.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["requests.received", "requests.dispatched", "requests.taken_up"]);
    }

    async fn pictures_of_an_update_are_not_lost_in_silence(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);
        let fields = [
            ("api_key", "secret-1"),
            ("service_request_id", number.as_str()),
            ("update_id", "u-8"),
            ("status", "open"),
            ("updated_datetime", "2026-11-21T10:00:00+08:00"),
            ("description", "看照片"),
            ("media_url", "https://pictures.example/8.jpg"),
        ];
        let path = "/open311/v2/servicerequestupdates.json";

        let picture = crate::reporting::png();
        let with_file = app.visitor().post_files(path, &fields, &[("media", "a.png", picture.as_slice())]).await;
        let with_address = app.visitor().post_forged(path, &fields).await;

        assert_eq!(with_file.status(), 400, "{}", with_file.body());
        assert_eq!(with_address.status(), 200, "{}", with_address.body());
        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("https://pictures.example/8.jpg"), "{}", detail.text());
    }
}
