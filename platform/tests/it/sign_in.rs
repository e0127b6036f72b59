//! Signing in with name and password.

use axum::body::Body;
use axum::http::{Method, Request, header};
use kernel::DutyKind;
use tower::ServiceExt;

use crate::people::{PASSWORD, instance_with, sign_in, with_password};

testkit::on_both! {
    async fn the_right_password_opens_and_leads_where_one_was_going(app: TestApp) {
        with_password(&app, "wang").await;
        let wang = app.visitor();

        let answer = wang.post(
            "/sign-in",
            &[("name", " Wang "), ("password", PASSWORD), ("next", "/alerts?a=1")],
        ).await;

        assert_eq!(answer.status(), 303);
        assert_eq!(answer.location(), "/alerts?a=1");
        assert!(wang.get("/account").await.has_text("wang"));
    }

    async fn a_wrong_password_and_an_unknown_name_get_the_same_sentence(app: TestApp) {
        with_password(&app, "wang").await;

        let wrong = sign_in(&app.visitor(), "wang", "not the password").await;
        let unknown = sign_in(&app.visitor(), "nobody", "not the password").await;

        assert_eq!((wrong.status(), unknown.status()), (422, 422));
        assert!(wrong.has_text("登录名或密码不对，请核对后再试。"));
        assert_eq!(
            wrong.text().replace("wang", ""),
            unknown.text().replace("nobody", ""),
        );
    }

    async fn nobody_is_sent_to_another_site(app: TestApp) {
        with_password(&app, "wang").await;
        let fields = [("name", "wang"), ("password", PASSWORD), ("next", "//evil.example/")];

        let wang = app.visitor();
        let signed_in = wang.post("/sign-in", &fields).await;
        let again = wang.get("/sign-in?next=https://evil.example/").await;

        assert_eq!(signed_in.location(), "/begin");
        assert_eq!(wang.get("/begin").await.location(), "/");
        assert_eq!((again.status(), again.location()), (303, "/"));
    }

    async fn the_cookie_is_strict_and_new_at_every_sign_in(app: TestApp) {
        with_password(&app, "wang").await;
        let wang = app.visitor();
        let page = wang.get("/sign-in").await;
        let csrf = page.value_of("input[name=csrf]").unwrap();
        let planted = "ab".repeat(48);
        let fields = [("csrf", csrf.as_str()), ("name", "wang"), ("password", PASSWORD)];
        let body = serde_html_form::to_string(fields).unwrap();
        let visitor = wang.cookie("linli_visitor").unwrap();
        let request = Request::builder()
            .method(Method::POST)
            .uri("/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, format!("linli_visitor={visitor}; linli_session={planted}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();

        let answer = wang.send(request).await;

        let cookies = answer.headers("set-cookie");
        let session = cookies.iter().find(|line| line.starts_with("linli_session=")).unwrap();
        assert!(!session.contains(&planted));
        assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax"), "{session}");
        assert!(session.contains("Path=/") && !session.contains("Secure"), "{session}");
    }

    async fn over_https_the_cookie_is_kept_to_https(app: TestApp) {
        let (_house, router) =
            instance_with(&app, |config| config.base_url = "https://linli.example".into()).await;

        let answer = router
            .oneshot(Request::get("/sign-in").body(Body::empty()).unwrap())
            .await
            .unwrap();

        let cookie = answer.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap();
        assert!(cookie.ends_with("; Secure"), "{cookie}");
        assert!(answer.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    async fn after_five_failures_even_the_right_password_waits(app: TestApp) {
        with_password(&app, "wang").await;
        let wang = app.visitor();
        for _ in 0..5 {
            assert_eq!(sign_in(&wang, "wang", "not the password").await.status(), 422);
        }

        let early = sign_in(&wang, "wang", PASSWORD).await;
        app.wait(1);
        let later = sign_in(&wang, "wang", PASSWORD).await;

        assert_eq!(early.status(), 429);
        assert_eq!(early.header("retry-after"), Some("60"));
        assert!(early.has_text("试错次数太多，请 1 分钟后再试。"), "{}", early.text());
        assert_eq!(later.status(), 303);
    }

    async fn the_wait_grows_and_ends_with_a_right_password(app: TestApp) {
        with_password(&app, "wang").await;
        let wang = app.visitor();
        for _ in 0..5 {
            sign_in(&wang, "wang", "not the password").await;
        }
        app.wait(1);
        sign_in(&wang, "wang", "not the password").await;

        assert!(sign_in(&wang, "wang", PASSWORD).await.has_text("请 2 分钟后再试"));
        app.wait(2);
        assert_eq!(sign_in(&wang, "wang", PASSWORD).await.status(), 303);
        let other = app.visitor();
        assert_eq!(sign_in(&other, "wang", "not the password").await.status(), 422);
        assert_eq!(sign_in(&other, "wang", PASSWORD).await.status(), 303);
    }

    async fn a_name_that_nobody_has_waits_too(app: TestApp) {
        let visitor = app.visitor();
        for _ in 0..5 {
            sign_in(&visitor, "nobody", "not the password").await;
        }

        let sixth = sign_in(&visitor, "nobody", "not the password").await;

        assert_eq!(sixth.status(), 429);
        assert!(sixth.has_text("试错次数太多，请 1 分钟后再试。"));
    }

    async fn one_address_may_not_try_for_ever(app: TestApp) {
        let visitor = app.visitor();
        for n in 0..30 {
            let name = format!("nobody-{n}");
            assert_eq!(sign_in(&visitor, &name, "not the password").await.status(), 422);
        }

        let refused = sign_in(&visitor, "nobody", "not the password").await;

        assert_eq!(refused.status(), 429);
        assert_eq!(refused.header("retry-after"), Some("20"));
    }

    async fn signing_out_ends_the_session_for_good(app: TestApp) {
        with_password(&app, "wang").await;
        let wang = app.visitor();
        sign_in(&wang, "wang", PASSWORD).await;
        let stolen = wang.cookie("linli_session").unwrap();

        let out = wang.post("/sign-out", &[]).await;

        assert_eq!((out.status(), out.location()), (303, "/"));
        assert_eq!(wang.cookie("linli_session"), None);
        let request = wang
            .request(Method::GET, "/account")
            .header(header::COOKIE, format!("linli_session={stolen}"))
            .body(Body::empty())
            .unwrap();
        assert_eq!(wang.send(request).await.status(), 303);
    }

    async fn outside_the_demo_nobody_signs_in_with_one_click(app: TestApp) {
        app.account("demo-wang", None).await;
        let visitor = app.visitor();

        let page = visitor.get("/sign-in").await;
        let posted = visitor.post("/sign-in/demo", &[("account", "demo-wang-0")]).await;
        let forged = visitor.post_forged("/sign-in/demo", &[("account", "demo-wang-0")]).await;

        assert_eq!(page.count("[data-demo-person]"), 0);
        assert_eq!((posted.status(), forged.status()), (404, 404));
    }

    async fn in_the_demo_one_click_signs_in_as_a_demo_person_only(app: TestApp) {
        app.on_duty("demo-li", DutyKind::GridWorker, None).await;
        app.account("real", None).await;
        let (_house, router) = instance_with(&app, |config| config.is_demo = true).await;
        let visitor = app.visitor();
        let cookie = visitor.get("/").await.headers("set-cookie")[0].to_owned();
        let csrf = visitor.csrf().await;
        let post = |account: &str| {
            Request::post("/sign-in/demo")
                .header(header::COOKIE, cookie.split(';').next().unwrap())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(format!("csrf={csrf}&account={account}&next=/map")))
                .unwrap()
        };

        let page = router.clone().oneshot(Request::get("/sign-in").body(Body::empty()).unwrap());
        let page = axum::body::to_bytes(page.await.unwrap().into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        let demo = router.clone().oneshot(post("demo-li-0")).await.unwrap();
        let real = router.oneshot(post("real-1")).await.unwrap();

        assert!(page.contains("data-demo-person=\"demo-li-0\"") && page.contains("网格员"));
        assert!(!page.contains("real-1"));
        assert_eq!(demo.status(), 303);
        assert_eq!(demo.headers()[header::LOCATION], "/map");
        assert_eq!(real.status(), 404);
    }
}
