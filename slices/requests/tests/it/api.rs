//! Requests for programs.

use axum::http::Method;
use serde_json::json;

use crate::town::{report, without_rules};

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
}
