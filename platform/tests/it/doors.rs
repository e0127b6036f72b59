//! What holds at every door: forms are ours, reading is as one likes it, and who may not is told.

use axum::body::Body;
use axum::http::{Method, header};
use kernel::DutyKind;
use platform::Gate;
use testkit::{Answer, Client};

const FORGED: &str = "安全验证已失效";

async fn post_with(client: &Client, name: &str, value: &str) -> Answer {
    let csrf = client.csrf().await;
    let cookie = client.cookie("linli_visitor").unwrap();
    let request = axum::http::Request::builder()
        .method(Method::POST)
        .uri("/settings/display")
        .header(header::HOST, "localhost")
        .header(header::COOKIE, format!("linli_visitor={cookie}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(name, value)
        .body(Body::from(format!("csrf={csrf}&lang=en&next=/map")))
        .unwrap();
    client.send(request).await
}

testkit::on_both! {
    async fn a_form_without_our_word_is_refused_with_the_sentence(app: TestApp) {
        let visitor = app.visitor();
        let other = app.visitor().csrf().await;

        let missing = visitor.post_forged("/settings/display", &[("lang", "en")]).await;
        let strange =
            visitor.post_forged("/settings/display", &[("lang", "en"), ("csrf", &other)]).await;

        for refused in [missing, strange] {
            assert_eq!(refused.status(), 403);
            assert!(refused.has_text(FORGED), "{}", refused.text());
        }
    }

    async fn a_form_from_another_site_is_refused(app: TestApp) {
        let visitor = app.visitor();

        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let refused = post_with(&visitor, name, value).await;
            assert_eq!(refused.status(), 403, "{name}: {value}");
            assert!(refused.has_text(FORGED));
        }
        for (name, value) in
            [("sec-fetch-site", "same-origin"), ("origin", "http://localhost"), ("x-no", "browser")]
        {
            assert_eq!(post_with(&visitor, name, value).await.status(), 303, "{name}: {value}");
        }
    }

    async fn one_reads_as_one_likes(app: TestApp) {
        let visitor = app.visitor();

        let english =
            visitor.post("/settings/display", &[("lang", "en"), ("next", "/sign-in")]).await;
        visitor.post("/settings/display", &[("size", "large"), ("next", "/sign-in")]).await;
        let away = visitor.post("/settings/display", &[("theme", "dark"), ("next", "//evil.example")]).await;
        let page = visitor.get("/sign-in").await;

        assert_eq!((english.status(), english.location()), (303, "/sign-in"));
        let cookie = english.headers("set-cookie").join("\n");
        assert!(cookie.contains("linli_display=en~auto~normal") && cookie.contains("Max-Age=31536000"));
        assert_eq!(away.location(), "/");
        assert!(page.has_text("Sign-in name") && !page.has_text("登录名"));
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("en"));
        assert_eq!(page.attribute("html", "data-size").as_deref(), Some("large"));
        assert_eq!(page.attribute("html", "data-theme").as_deref(), Some("dark"));
    }

    async fn every_page_of_the_door_reads_in_every_language(app: TestApp) {
        let administrator = app.on_duty("li", DutyKind::Administrator, None).await;
        let pages: Vec<&str> = platform::door::routes()
            .doors()
            .iter()
            .filter(|door| door.method == "GET" && !door.path.contains('{'))
            .map(|door| door.path)
            .collect();
        app.work().await;

        for (lang, direction) in [("zh-CN", "ltr"), ("en", "ltr"), ("ar-XB", "rtl")] {
            administrator.post("/settings/display", &[("lang", lang)]).await;
            for path in pages.iter().filter(|path| !["/sign-in", "/begin"].contains(path)) {
                let page = administrator.get(path).await;

                assert_eq!(page.status(), 200, "{path}");
                assert!(page.statements() <= 6, "{path}: {} statements", page.statements());
                assert_eq!(page.attribute("html", "dir").as_deref(), Some(direction), "{path}");
                assert_eq!(page.count("h1"), 1, "{path}");
                assert_eq!(page.count("[style], script:not([src]):not([type='application/json'])"), 0);
                if lang == "zh-CN" {
                    assert!(!page.text().contains("door-"), "{path}: {}", page.text());
                }
            }
        }
    }

    async fn a_door_lets_in_whom_its_gate_names(app: TestApp) {
        let people = [
            (app.visitor(), false, false),
            (app.resident("wang").await, true, false),
            (app.on_duty("staff", DutyKind::Staff, None).await, true, false),
            (app.on_duty("worker", DutyKind::GridWorker, None).await, true, false),
            (app.on_duty("viewer", DutyKind::DistrictViewer, None).await, true, false),
            (app.on_duty("li", DutyKind::Administrator, None).await, true, true),
        ];
        for door in platform::door::routes().doors() {
            let path = door.path.replace("{id}", "00000000-0000-0000-0000-000000000000");
            if path == "/sign-out" {
                continue;
            }
            for (client, is_signed_in, is_administrator) in &people {
                let answer = match door.method {
                    "GET" => client.get(&path).await,
                    _ => client.post(&path, &[]).await,
                };

                let is_let_in = match door.gate {
                    Gate::Open => true,
                    Gate::SignedIn => *is_signed_in,
                    Gate::May(_) => *is_administrator,
                };
                let is_refused = matches!(answer.status(), 401 | 403)
                    || answer.location().starts_with("/sign-in?next=");
                assert_eq!(!is_refused, is_let_in, "{} {path}: {}", door.method, answer.status());
                assert!(answer.status() < 500, "{} {path}", door.method);
            }
        }
    }
}
