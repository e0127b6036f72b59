//! One's own account: sessions, password, alerts.

use platform::alerts::Alert;

use crate::people::{PASSWORD, sign_in, with_password};

const NEW: &str = "明天也要好好睡觉";

testkit::on_both! {
    async fn my_sessions_are_listed_and_another_can_be_ended(app: TestApp) {
        with_password(&app, "wang").await;
        let (here, there) = (app.visitor(), app.visitor());
        sign_in(&there, "wang", PASSWORD).await;
        app.wait(5);
        sign_in(&here, "wang", PASSWORD).await;

        let page = here.get("/account").await;
        // Two, and the one by which the password was set.
        assert_eq!(page.count("button[name=session]"), 2);
        assert!(page.has_text("本机") && page.has_text("未知设备"), "{}", page.text());
        assert!(page.statements() <= 6);
        let other = page.value_of("button[name=session]").unwrap();
        here.post("/account/sessions/end", &[("session", &other)]).await;

        assert_eq!(here.get("/account").await.count("button[name=session]"), 1);
    }

    async fn all_others_can_be_ended_at_once(app: TestApp) {
        with_password(&app, "wang").await;
        let (here, there) = (app.visitor(), app.visitor());
        sign_in(&there, "wang", PASSWORD).await;
        sign_in(&here, "wang", PASSWORD).await;

        here.post("/account/sessions/end-others", &[]).await;

        assert_eq!(there.get("/account").await.status(), 303);
        assert_eq!(here.get("/account").await.status(), 200);
        // Once more, when there are none, is no fault.
        assert_eq!(here.post("/account/sessions/end-others", &[]).await.status(), 303);
    }

    async fn nobody_ends_a_session_of_somebody_else(app: TestApp) {
        let wang = app.resident("wang").await;
        let li = app.resident("li").await;
        let li_again = app.signed_in(li.actor().account.unwrap()).await;
        let of_li = li_again.get("/account").await.value_of("button[name=session]").unwrap();

        wang.post("/account/sessions/end", &[("session", &of_li)]).await;

        assert_eq!(li.get("/account").await.status(), 200);
    }

    async fn a_session_lives_on_while_it_is_used_but_not_for_ever(app: TestApp) {
        let day = 24 * 60;
        let used = app.resident("wang").await;
        let idle = app.resident("li").await;
        for _ in 0..2 {
            app.wait(16 * day);
            assert_eq!(used.get("/account").await.status(), 200);
        }

        assert_eq!(idle.get("/account").await.status(), 303);
        for _ in 0..9 {
            app.wait(16 * day);
            used.get("/account").await;
        }
        app.wait(5 * day);
        assert_eq!(used.get("/account").await.status(), 303);
    }

    async fn a_visit_is_noted_at_most_every_ten_minutes(app: TestApp) {
        let wang = app.resident("wang").await;
        app.wait(9);
        wang.get("/account").await;
        assert!(wang.get("/account").await.has_text("11月21日 09:12 登录，最近使用 11月21日 09:12"));

        app.wait(1);
        wang.get("/account").await;

        assert!(wang.get("/account").await.has_text("最近使用 11月21日 09:22"));
    }

    async fn a_password_is_changed_by_who_knows_the_current_one(app: TestApp) {
        with_password(&app, "wang").await;
        let (here, there) = (app.visitor(), app.visitor());
        sign_in(&there, "wang", PASSWORD).await;
        sign_in(&here, "wang", PASSWORD).await;
        let change = async |current, password, again| {
            let fields = [("current", current), ("password", password), ("again", again)];
            here.post("/account/password", &fields).await
        };

        let wrong = change("not the password", NEW, NEW).await;
        let common = change(PASSWORD, "password123", "password123").await;
        let differs = change(PASSWORD, NEW, PASSWORD).await;
        let right = change(PASSWORD, NEW, NEW).await;

        assert_eq!([wrong.status(), common.status(), differs.status()], [422; 3]);
        assert!(wrong.has_text("现在的密码不对"));
        assert!(common.has_text("这个密码用的人太多"));
        assert!(differs.has_text("两遍输入的不一样"));
        assert_eq!(right.status(), 303);
        assert_eq!(there.get("/account").await.status(), 303, "others are signed out");
        assert_eq!(sign_in(&app.visitor(), "wang", NEW).await.status(), 303);
        assert_eq!(sign_in(&app.visitor(), "wang", PASSWORD).await.status(), 422);
    }

    async fn alerts_are_shown_newest_first_and_marked_as_read(app: TestApp) {
        let wang = app.resident("wang").await;
        let li = app.resident("li").await;
        let account = wang.actor().account.unwrap();
        let mut tx = app.begin().await;
        for number in ["一", "二"] {
            let alert = Alert {
                account,
                message: "foot-complaint",
                argument: number.into(),
                link: format!("/track/{number}"),
            };
            platform::alerts::raise(&mut tx, &[alert]).await.unwrap();
        }
        tx.emit(&kernel::events::PasswordSet { account });
        tx.commit().await.unwrap();

        let before = wang.get("/alerts").await;
        wang.post("/alerts/read", &[]).await;
        let after = wang.get("/alerts").await;

        assert_eq!(before.count("main .list li"), 2);
        assert_eq!(before.count("main .tag.info"), 2);
        assert_eq!(before.attribute("main .list a", "href").as_deref(), Some("/track/二"));
        assert_eq!(after.count("main .tag.info"), 0);
        assert!(li.get("/alerts").await.has_text("还没有消息"));
    }
}
