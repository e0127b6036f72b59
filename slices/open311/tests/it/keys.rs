//! Keys are made, shown once, and retired.

use kernel::DutyKind;

use crate::town::{number_of, send, without_rules};

testkit::on_both! {
    async fn a_key_is_shown_once_and_opens_until_it_is_retired(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = &setting.desk;

        let made = desk.post("/open311/keys", &[("name", "锦江区12345平台"), ("may_publish", "yes")]).await;
        let key = made.value_of("input#key").unwrap();
        let number = number_of(&send(&app, &key, &[]).await);
        let page = desk.get("/open311").await;

        assert_eq!(made.header("cache-control"), Some("no-store"));
        assert!(!page.body().contains(&key));
        assert!(page.has_text("锦江区12345平台"));
        assert!(page.has_text("已送来 1 件"), "{}", page.text());
        assert!(page.statements() <= 6);

        let id = page.value_of("input[name=key]").unwrap();
        let retired = desk.post("/open311/keys/retire", &[("key", &id)]).await;
        assert_eq!(retired.status(), 303);
        assert_eq!(send(&app, &key, &[]).await.status(), 403);
        assert_eq!(desk.post("/open311/keys/retire", &[("key", &id)]).await.status(), 404);
        let still_there = desk.get(&format!("/requests/{number}")).await;
        assert_eq!(still_there.status(), 200);
    }

    async fn only_who_administers_lets_a_key_act_for_somebody_else(app: TestApp) {
        let setting = without_rules(&app).await;
        let administrator = app.on_duty("chief", DutyKind::Administrator, None).await;
        app.on_duty("zhao", DutyKind::GridWorker, None).await;

        let by_desk = setting.desk.post("/open311/keys", &[("name", "平台"), ("account", "chief")]).await;
        assert!(by_desk.has_text("以qian的身份"), "{}", by_desk.text());

        let nobody = administrator.post("/open311/keys", &[("name", "平台"), ("account", "nobody")]).await;
        assert_eq!(nobody.status(), 422);
        assert!(nobody.has_text("没有找到这个账号"));
        let by_chief = administrator.post("/open311/keys", &[("name", "平台二"), ("account", "zhao")]).await;
        assert!(by_chief.has_text("以zhao的身份"), "{}", by_chief.text());
    }

    async fn a_key_without_a_name_is_refused_and_a_resident_makes_none(app: TestApp) {
        let setting = without_rules(&app).await;
        let resident = app.resident("wang").await;

        let unnamed = setting.desk.post("/open311/keys", &[("name", " ")]).await;

        assert_eq!(unnamed.status(), 422);
        assert!(unnamed.has_text("请写上对方系统的名称"));
        assert_eq!(resident.get("/open311").await.status(), 403);
        assert_eq!(resident.post("/open311/keys", &[("name", "x")]).await.status(), 403);
    }

    async fn a_key_of_a_closed_account_opens_nothing(app: TestApp) {
        without_rules(&app).await;
        let account = crate::town::system(&app, "secret-1").await;
        let mut tx = app.begin().await;
        platform::door::by_id(&tx, app.community(), account).await.unwrap().unwrap();
        platform::door::close(&mut tx, account).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(send(&app, "secret-1", &[]).await.status(), 403);
    }
}
