//! Tokens of the API.

use axum::body::Body;
use axum::http::{Method, Request, header};
use testkit::{Answer, Client};

async fn ask(client: &Client, path: &str, authorization: &str) -> Answer {
    let request = Request::builder()
        .method(Method::GET)
        .uri(path)
        .header(header::AUTHORIZATION, authorization)
        .body(Body::empty())
        .unwrap();
    client.send(request).await
}

const READING: [(&str, &str); 3] = [("label", "大屏"), ("days", "30"), ("act", "probe.read")];

testkit::on_both! {
    async fn a_token_is_shown_once_and_does_only_what_it_was_made_for(app: TestApp) {
        let wang = app.resident("wang").await;

        let made = wang.post("/account/tokens", &READING).await;
        let token = made.value_of("#token").unwrap();
        let bearer = format!("Bearer {token}");
        let visitor = app.visitor();
        let read = ask(&visitor, "/api/v1/probe", &bearer).await;
        let write = ask(&visitor, "/api/v1/probe/write", &bearer).await;

        assert_eq!((read.status(), read.body().as_str()), (200, "wang"));
        assert_eq!(write.status(), 403);
        assert_eq!(write.header("content-type"), Some("application/problem+json"));
        let list = wang.get("/account/tokens").await;
        assert!(list.has_text("大屏") && !list.body().contains(&token));
    }

    async fn an_unknown_token_is_refused_even_where_everyone_may_go(app: TestApp) {
        let visitor = app.visitor();
        let unknown = format!("Bearer {}", "ab".repeat(48));
        for authorization in [unknown.as_str(), "Bearer what", "Basic d2FuZzp3YW5n", ""] {
            for path in ["/api/v1/probe", "/api/v1/probe/open"] {
                let refused = ask(&visitor, path, authorization).await;

                assert_eq!(refused.status(), 401, "{authorization}");
                assert_eq!(refused.header("content-type"), Some("application/problem+json"));
                assert_eq!(refused.json()["status"], 401);
            }
        }
        assert_eq!(visitor.get("/api/v1/probe/open").await.status(), 200);
    }

    async fn a_token_ends_when_it_is_revoked_or_its_days_are_over(app: TestApp) {
        let wang = app.resident("wang").await;
        let first = wang.post("/account/tokens", &READING).await.value_of("#token").unwrap();
        let second = wang.post("/account/tokens", &READING).await.value_of("#token").unwrap();
        let bearer = |token: &str| format!("Bearer {token}");
        let visitor = app.visitor();

        let page = wang.get("/account/tokens").await;
        assert_eq!(page.count("button[name=token]"), 2);
        let id = page.value_of("button[name=token]").unwrap();
        wang.post("/account/tokens/revoke", &[("token", &id)]).await;

        let mut open = Vec::new();
        for token in [first, second] {
            if ask(&visitor, "/api/v1/probe", &bearer(&token)).await.status() == 200 {
                open.push(token);
            }
        }
        assert_eq!(open.len(), 1);
        app.wait(30 * 24 * 60);
        assert_eq!(ask(&visitor, "/api/v1/probe", &bearer(&open[0])).await.status(), 401);
    }

    async fn a_token_may_not_do_what_its_owner_may_not(app: TestApp) {
        let wang = app.resident("wang").await;
        let wished = [("label", "大屏"), ("days", "0"), ("act", "door.administer")];

        let refused = wang.post("/account/tokens", &wished).await;

        assert_eq!(refused.status(), 422);
        assert!(refused.has_text("请至少勾选一件事。"), "{}", refused.text());
        assert!(refused.has_text("天数请填 1 到 365 之间的整数。"));
    }

    async fn a_token_opens_no_pages(app: TestApp) {
        let wang = app.resident("wang").await;
        let token = wang.post("/account/tokens", &READING).await.value_of("#token").unwrap();

        let page = ask(&app.visitor(), "/account", &format!("Bearer {token}")).await;

        assert_eq!(page.status(), 303);
    }
}
