//! Requests for programs.

use axum::http::Method;
use kernel::DutyKind;
use serde_json::json;

use crate::town::{dispatched_to, report, without_rules};

testkit::on_both! {
    async fn a_program_reports_and_reads_what_is_published(app: TestApp) {
        without_rules(&app).await;
        let program = app.visitor();
        let new = json!({
            "title": "楼道灯不亮", "category": "stair-lamp", "place": "1栋", "publish": true,
            "contact_phone": "13812345678"
        });

        let sent = program.api(Method::POST, "/api/v1/requests", &[], &new).await;
        let list = program.get("/api/v1/requests").await;
        let number = sent.json()["number"].as_str().unwrap().to_owned();
        let one = program.get(&format!("/api/v1/requests/{number}")).await;

        assert_eq!(sent.status(), 201, "{}", sent.body());
        assert_eq!(sent.json()["code"].as_str().unwrap().len(), 6);
        assert_eq!(list.json()["items"].as_array().unwrap().len(), 1);
        assert_eq!(one.json()["category"], "stair-lamp");
        assert!(!one.body().contains("13812345678"));
    }

    async fn a_fault_is_a_problem_document(app: TestApp) {
        let setting = without_rules(&app).await;
        let program = app.visitor();
        report(&setting, &program, &[]).await;

        let wrong = program.api(Method::POST, "/api/v1/requests", &[], &json!({"title": ""})).await;
        let hidden = program.get("/api/v1/requests/QS-2026-000001").await;

        assert_eq!(wrong.status(), 422);
        assert_eq!(wrong.json()["detail"], "请用一句话写写是什么事。");
        assert_eq!(hidden.status(), 404);
        assert_eq!(hidden.header("content-type"), Some("application/problem+json"));
    }

    async fn a_token_that_reads_does_nothing_to_a_part(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let lead = setting.basics.handlers[1].to_string();
        let number = dispatched_to(&setting, &desk, &lead, &[]).await;
        let token = async |acts: &[&str]| {
            let mut fields = vec![("label", "大屏"), ("days", "30")];
            fields.extend(acts.iter().map(|act| ("act", *act)));
            let made = desk.post("/account/tokens", &fields).await;
            made.value_of("#token").unwrap_or_else(|| panic!("{}", made.text()))
        };
        let reads = token(&["requests.desk", "requests.read"]).await;
        let handles = token(&["requests.desk", "requests.read", "requests.handle"]).await;
        let program = app.visitor();
        let act = async |token: &str, act: &str| {
            let bearer = format!("Bearer {token}");
            let path = format!("/api/v1/requests/{number}/{act}");
            let words = json!({ "words": "修好了" });
            program.api(Method::POST, &path, &[("authorization", &bearer)], &words).await.status()
        };

        for word in ["take-up", "withdraw", "return", "sign-for"] {
            assert_eq!(act(&reads, word).await, 403, "{word}");
        }
        assert_eq!(act(&handles, "take-up").await, 200);
    }

    async fn a_nul_in_words_or_addresses_is_left_out_on_both_databases(app: TestApp) {
        without_rules(&app).await;
        let program = app.visitor();
        let new = json!({
            "title": "楼道\u{0}灯不亮", "category": "stair-lamp", "place": "1栋", "publish": true
        });

        let sent = program.api(Method::POST, "/api/v1/requests", &[], &new).await;

        assert_eq!(sent.status(), 201, "{}", sent.body());
        let number = sent.json()["number"].as_str().unwrap().to_owned();
        let one = program.get(&format!("/api/v1/requests/{number}")).await;
        assert_eq!(one.json()["title"], "楼道灯不亮");
        assert!(program.get("/matters?q=%00").await.status() < 500);
        assert!(program.get("/track/%00").await.status() < 500);
    }
}
