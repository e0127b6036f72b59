//! Whatever goes wrong is told as a list, in the format of the path, never as a page.

use axum::body::Body;
use axum::http::{Method, Request};
use georeport::{Fault, Format, read};
use testkit::Answer;

use crate::town::{send, system, without_rules};

fn faults(answer: &Answer, format: Format) -> Vec<Fault> {
    assert_eq!(
        answer.header("content-type"),
        Some(format.content_type()),
        "{}",
        answer.body()
    );
    let faults: Vec<Fault> = read(&answer.body(), format).unwrap();
    assert!(!faults.is_empty());
    assert!(faults.iter().all(|fault| !fault.description.is_empty()));
    faults
}

testkit::on_both! {
    async fn an_unknown_path_is_told_as_a_list(app: TestApp) {
        for path in ["nothing.json", "requests.html.json", "", "/services"] {
            let answer = app.visitor().get(&format!("/open311/v2/{path}")).await;

            assert_eq!(answer.status(), 404, "{path}");
            let format = Format::of_path(path);
            assert_eq!(faults(&answer, format)[0].code, 404);
        }
        let no_format = app.visitor().get("/open311/v2/requests/QS-2026-000001").await;
        assert_eq!(faults(&no_format, Format::Xml)[0].code, 404);
        let elsewhere = app.visitor().get("/open311/v3").await;
        assert!(elsewhere.body().contains("<html"));
    }

    async fn a_wrong_method_is_told_as_a_list(app: TestApp) {
        let request = Request::builder().method(Method::DELETE).uri("/open311/v2/services.json");

        let answer = app.visitor().send(request.body(Body::empty()).unwrap()).await;

        assert_eq!(answer.status(), 400);
        assert_eq!(faults(&answer, Format::Json)[0].code, 405);
    }

    async fn a_body_that_is_too_large_is_told_as_a_list(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;

        let answer = send(&app, "secret-1", &[("description", &"长".repeat(200_000))]).await;
        let only_too_long = send(&app, "secret-1", &[("description", &"长".repeat(4_001))]).await;

        assert_eq!(answer.status(), 400);
        assert_eq!(faults(&answer, Format::Json)[0].code, 413);
        assert_eq!(only_too_long.status(), 400);
        assert!(faults(&only_too_long, Format::Json)[0].description.contains("4000"));
    }

    async fn a_key_that_is_missing_or_wrong_is_told(app: TestApp) {
        without_rules(&app).await;

        let missing = send(&app, "", &[]).await;
        let wrong = send(&app, "nobody", &[]).await;
        let wrong_for_reading = app.visitor().get("/open311/v2/requests.xml?api_key=nobody").await;

        assert_eq!((missing.status(), wrong.status()), (403, 403));
        assert!(faults(&missing, Format::Json)[0].description.contains("missing"));
        assert_eq!(wrong_for_reading.status(), 403);
        assert_eq!(faults(&wrong_for_reading, Format::Xml)[0].code, 403);
    }

    async fn a_jurisdiction_that_is_not_ours_is_not_found(app: TestApp) {
        for path in ["services.json", "requests.json", "discovery.json"] {
            let answer = app.visitor().get(&format!("/open311/v2/{path}?jurisdiction_id=boston")).await;

            assert_eq!(answer.status(), 404);
            assert!(faults(&answer, Format::Json)[0].description.contains("jurisdiction"));
        }
    }

    async fn each_wrong_argument_of_a_question_is_told(app: TestApp) {
        let asked = "start_date=yesterday&status=new&page=0";

        let answer = app.visitor().get(&format!("/open311/v2/requests.json?{asked}")).await;

        assert_eq!(answer.status(), 400);
        assert_eq!(faults(&answer, Format::Json).len(), 3);
        let unreadable = app.visitor().get("/open311/v2/requests.json?a=%FF").await;
        assert!(matches!(unreadable.status(), 200 | 400), "{}", unreadable.body());
    }

    async fn all_that_a_report_lacks_is_told(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;

        let nothing = send(&app, "secret-1", &[("service_code", ""), ("address_string", "")]).await;
        let unknown = send(&app, "secret-1", &[("service_code", "nothing")]).await;

        assert_eq!(nothing.status(), 400);
        assert_eq!(faults(&nothing, Format::Json).len(), 2);
        assert_eq!(unknown.status(), 404);
        assert_eq!(faults(&unknown, Format::Json)[0].code, 404);
    }
}
