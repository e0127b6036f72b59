//! Invitation and reset links.

use crate::people::{PASSWORD, administrator, link_on, sign_in, with_password};

const FIELDS: [(&str, &str); 2] = [
    ("password", "一个全新的好密码"),
    ("again", "一个全新的好密码"),
];

testkit::on_both! {
    async fn a_reset_link_opens_once_and_ends_all_sessions(app: TestApp) {
        let account = with_password(&app, "wang").await;
        let wang = app.visitor();
        sign_in(&wang, "wang", PASSWORD).await;
        let issued = administrator(&app).await.post(&format!("{account}/link"), &[]).await;
        let link = link_on(&issued);

        let shown = app.visitor().get(&link).await;
        let first = app.visitor().post(&link, &FIELDS).await;
        let second = app.visitor().post(&link, &FIELDS).await;

        assert!(shown.has_text("wang，请设置密码") && shown.statements() <= 6);
        assert_eq!(first.location(), "/account");
        assert_eq!(second.status(), 410);
        assert!(second.has_text("链接已失效"));
        assert_eq!(wang.get("/account").await.status(), 303);
        assert_eq!(sign_in(&app.visitor(), "wang", FIELDS[0].1).await.status(), 303);
    }

    async fn a_new_link_ends_the_old_one(app: TestApp) {
        let account = with_password(&app, "wang").await;
        let administrator = administrator(&app).await;
        let old = link_on(&administrator.post(&format!("{account}/link"), &[]).await);
        let new = link_on(&administrator.post(&format!("{account}/link"), &[]).await);

        assert_eq!(app.visitor().get(&old).await.status(), 410);
        assert_eq!(app.visitor().get(&new).await.status(), 200);
    }

    async fn an_invitation_opens_for_seven_days_and_a_reset_for_one(app: TestApp) {
        let account = with_password(&app, "wang").await;
        let administrator = administrator(&app).await;
        let reset = link_on(&administrator.post(&format!("{account}/link"), &[]).await);
        let fields = [("sign_in_name", "li"), ("display_name", "李敏")];
        let invitation = link_on(&administrator.post("/admin/accounts", &fields).await);
        let day = 24 * 60;

        app.wait(day - 1);
        assert_eq!(app.visitor().get(&reset).await.status(), 200);
        app.wait(1);
        assert_eq!(app.visitor().get(&reset).await.status(), 410);
        app.wait(6 * day - 1);
        assert_eq!(app.visitor().get(&invitation).await.status(), 200);
        app.wait(1);
        assert_eq!(app.visitor().get(&invitation).await.status(), 410);
    }

    async fn a_weak_password_leaves_the_link_open(app: TestApp) {
        let administrator = administrator(&app).await;
        let fields = [("sign_in_name", "lixiaomin"), ("display_name", "李敏")];
        let link = link_on(&administrator.post("/admin/accounts", &fields).await);

        for (password, said) in [
            ("短密码", "密码太短，至少要 8 个字符。"),
            ("LiXiaoMin", "密码不能和登录名一样"),
            ("88888888", "这个密码用的人太多"),
        ] {
            let refused =
                app.visitor().post(&link, &[("password", password), ("again", password)]).await;
            assert_eq!(refused.status(), 422);
            assert!(refused.has_text(said), "{}", refused.text());
        }

        assert_eq!(app.visitor().post(&link, &FIELDS).await.status(), 303);
    }

    async fn a_closed_account_has_no_link_and_no_session(app: TestApp) {
        let account = with_password(&app, "wang").await;
        let wang = app.visitor();
        sign_in(&wang, "wang", PASSWORD).await;
        let administrator = administrator(&app).await;
        let link = link_on(&administrator.post(&format!("{account}/link"), &[]).await);

        administrator.post(&format!("{account}/close"), &[]).await;

        assert_eq!(app.visitor().get(&link).await.status(), 410);
        assert_eq!(wang.get("/account").await.status(), 303);
        assert!(sign_in(&app.visitor(), "wang", PASSWORD).await.has_text("登录名或密码不对"));
        administrator.post(&format!("{account}/reopen"), &[]).await;
        assert_eq!(sign_in(&app.visitor(), "wang", PASSWORD).await.status(), 303);
    }

    async fn the_first_administrator_comes_by_the_operators_link(app: TestApp) {
        let link = platform::door::first_administrator(
            app.house(), app.community(), "li", "李敏",
        ).await.unwrap();
        let path = link.url.strip_prefix("http://localhost").unwrap();
        let li = app.visitor();

        li.post(path, &FIELDS).await;

        assert_eq!(li.get("/admin").await.status(), 200);
        let again = platform::door::first_administrator(
            app.house(), app.community(), "LI", "李敏",
        ).await;
        assert!(again.unwrap_err().is_duplicate());
    }

    async fn what_is_no_link_is_not_one(app: TestApp) {
        for token in ["zz", "00", &"00".repeat(48)] {
            assert_eq!(app.visitor().get(&format!("/door/{token}")).await.status(), 410);
        }
    }
}
