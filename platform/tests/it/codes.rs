//! One-time codes.

use testkit::{Answer, Client, TestApp};
use totp_rs::{Builder, Secret};

use crate::people::{PASSWORD, administrator, sign_in, with_password};

fn code_of(secret: &Secret, app: &TestApp) -> String {
    let seconds = u64::try_from(app.house().now().0 / 1_000_000).unwrap();
    Builder::new()
        .with_secret(secret.clone())
        .build_noncompliant()
        .generate(seconds)
        .to_string()
}

/// Signs in, switches codes on, and returns the secret.
async fn switched_on(app: &TestApp, client: &Client) -> Secret {
    sign_in(client, "wang", PASSWORD).await;
    let page = client.get("/account/codes").await;
    let words = page.html();
    let chip = scraper::Selector::parse(".chip").unwrap();
    let groups: String = words.select(&chip).next().unwrap().text().collect();
    let secret = Secret::try_from_base32(groups.replace(' ', "")).unwrap();
    let sealed = page.value_of("input[name=sealed]").unwrap();
    assert_eq!(page.count("svg.qr path"), 1);
    assert_eq!(page.header("cache-control"), Some("no-store"));

    let wrong = client
        .post(
            "/account/codes/on",
            &[("sealed", &sealed), ("code", "000000")],
        )
        .await;
    assert_eq!(wrong.status(), 422);
    let code = code_of(&secret, app);
    let on = client
        .post("/account/codes/on", &[("sealed", &sealed), ("code", &code)])
        .await;
    assert_eq!(on.status(), 303, "{}", on.text());
    secret
}

/// The second step, as the page of the first one offers it.
async fn second_step(client: &Client, page: &Answer, code: &str) -> Answer {
    let step = page
        .value_of("input[name=step]")
        .expect("the page asks for the code");
    let fields = [
        ("step", step.as_str()),
        ("code", code),
        ("next", "/account"),
    ];
    client.post("/sign-in/code", &fields).await
}

testkit::on_both! {
    async fn a_code_is_asked_for_and_opens_once(app: TestApp) {
        with_password(&app, "wang").await;
        let secret = switched_on(&app, &app.visitor()).await;
        let wang = app.visitor();
        app.wait(1);
        let code = code_of(&secret, &app);

        let asked = sign_in(&wang, "wang", PASSWORD).await;
        assert_eq!(asked.status(), 200);
        assert_eq!(wang.cookie("linli_session"), None);
        assert!(!asked.body().contains(PASSWORD));
        let opened = second_step(&wang, &asked, &code).await;
        let other = app.visitor();
        let asked = sign_in(&other, "wang", PASSWORD).await;
        let replayed = second_step(&other, &asked, &code).await;

        assert_eq!((opened.status(), opened.location()), (303, "/account"));
        assert_eq!(replayed.status(), 422);
        assert!(replayed.has_text("验证码不对或已经用过"), "{}", replayed.text());
    }

    async fn the_second_step_needs_the_first_in_the_same_browser_within_five_minutes(app: TestApp) {
        with_password(&app, "wang").await;
        let secret = switched_on(&app, &app.visitor()).await;
        let wang = app.visitor();
        let asked = sign_in(&wang, "wang", PASSWORD).await;

        let elsewhere = second_step(&app.visitor(), &asked, &code_of(&secret, &app)).await;
        let made_up = wang.post("/sign-in/code", &[("step", "00ff"), ("code", "123456")]).await;
        app.wait(5);
        let late = second_step(&wang, &asked, &code_of(&secret, &app)).await;

        for refused in [elsewhere, made_up, late] {
            assert_eq!(refused.status(), 422);
            assert!(refused.has_text("请重新登录"), "{}", refused.text());
        }
    }

    async fn wrong_codes_make_the_account_wait(app: TestApp) {
        with_password(&app, "wang").await;
        let secret = switched_on(&app, &app.visitor()).await;
        let wang = app.visitor();
        let asked = sign_in(&wang, "wang", PASSWORD).await;
        for _ in 0..5 {
            assert_eq!(second_step(&wang, &asked, "000000").await.status(), 422);
        }

        let refused = second_step(&wang, &asked, &code_of(&secret, &app)).await;

        assert_eq!(refused.status(), 429);
        assert_eq!(sign_in(&app.visitor(), "wang", PASSWORD).await.status(), 429);
    }

    async fn a_fresh_code_switches_them_off(app: TestApp) {
        with_password(&app, "wang").await;
        let wang = app.visitor();
        let secret = switched_on(&app, &wang).await;
        let used = code_of(&secret, &app);

        let replayed = wang.post("/account/codes/off", &[("code", &used)]).await;
        app.wait(1);
        let off = wang.post("/account/codes/off", &[("code", &code_of(&secret, &app))]).await;

        assert_eq!(replayed.status(), 422);
        assert_eq!(off.status(), 303);
        assert_eq!(sign_in(&app.visitor(), "wang", PASSWORD).await.status(), 303);
    }

    async fn an_administrator_helps_whose_telephone_is_lost(app: TestApp) {
        let account = with_password(&app, "wang").await;
        switched_on(&app, &app.visitor()).await;
        let administrator = administrator(&app).await;

        let reset = administrator.post(&format!("{account}/link"), &[]).await;
        let fields = [("password", PASSWORD), ("again", PASSWORD)];
        let set = app.visitor().post(&crate::people::link_on(&reset), &fields).await;
        administrator.post(&format!("{account}/codes-off"), &[]).await;

        // The link alone does not pass the code.
        assert_eq!(set.location(), "/sign-in");
        assert_eq!(sign_in(&app.visitor(), "wang", PASSWORD).await.status(), 303);
    }
}
