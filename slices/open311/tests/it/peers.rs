//! Matters go out to another server and what becomes of them comes back: between two Linli over
//! HTTP, and with servers that give tokens, know no updates, refuse, or fall silent.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::{get, post};
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, acts, number_of, send, system, with_rules, without_rules};

/// Connects a platform that gets what is given to the property company.
pub async fn connect(setting: &Setting, address: &str, more: &[(&str, &str)]) -> Answer {
    let handler = setting.basics.handlers[1].to_string();
    let mut fields = vec![
        ("name", "物业平台"),
        ("address", address),
        ("handler", handler.as_str()),
        ("services", "stair-lamp"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    setting.desk.post("/open311/peers", &fields).await
}

/// A resident reports a lamp, the desk gives it to the property company. Returns its number.
pub async fn dispatched(setting: &Setting, who: &Client) -> String {
    let category = setting.basics.category("stair-lamp").to_string();
    let fields = [
        ("title", "楼道灯不亮"),
        ("body", "打13812345678找我"),
        ("place", "1栋2单元"),
        ("category", category.as_str()),
        ("contact_name", "王芳"),
        ("contact_phone", "13812345678"),
    ];
    let sent = who.post_files("/report", &fields, &[]).await;
    let number = sent.location().rsplit('/').next().unwrap().to_owned();
    let handler = setting.basics.handlers[1].to_string();
    acts(
        setting,
        &number,
        &[("dispatch", &[("handler", handler.as_str())])],
    )
    .await;
    number
}

/// A server of our own making, at its address.
pub async fn stub(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

/// A quarter of an hour passes, and what was planned is done.
pub async fn later(app: &TestApp) {
    app.wait(16);
    app.work().await;
}

testkit::on_both! {
    async fn two_linli_exchange_a_matter_and_its_answer(app: TestApp) {
        let there = TestApp::on_sqlite(crate::slices()).await;
        let their_setting = with_rules(&there).await;
        system(&there, "here-key").await;
        let address = format!("{}/open311/v2/", there.serve().await);
        let setting = without_rules(&app).await;
        let kept = connect(&setting, &address, &[("key", "here-key"), ("jurisdiction", "jinjiangyuan")]).await;
        assert_eq!(kept.status(), 303, "{}", kept.text());
        app.wait(1);
        let resident = app.resident("wang").await;

        let number = dispatched(&setting, &resident).await;
        app.work().await;

        let their_detail = their_setting.desk.get("/requests/QS-2026-000001").await;
        assert!(their_detail.has_text("楼道灯不亮"), "{}", their_detail.text());
        assert!(their_detail.has_text("138****5678"));
        for secret in ["王芳", "13812345678"] {
            assert!(!their_detail.body().contains(secret), "{secret} went out");
        }
        there.wait(5);
        acts(&their_setting, "QS-2026-000001", &[
            ("take-up", &[]),
            ("answer", &[("words", "灯泡换好了")]),
        ]).await;
        later(&app).await;
        later(&app).await;

        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("已答复"), "{}", detail.text());
        assert_eq!(detail.body().matches("灯泡换好了").count(), 1, "{}", detail.text());
        assert!(setting.desk.get("/open311/peers").await.statements() <= 6);
        let their_list = their_setting.desk.get("/requests").await;
        assert!(!their_list.body().contains("QS-2026-000002"), "it was sent twice");
        assert!(app.house().db().integrity().await.unwrap().is_none());
    }

    async fn open_requests_of_another_linli_come_in_once_and_ours_do_not_come_back(app: TestApp) {
        let there = TestApp::on_sqlite(crate::slices()).await;
        without_rules(&there).await;
        system(&there, "here-key").await;
        let theirs = number_of(&send(&there, "here-key", &[]).await);
        let address = format!("{}/open311/v2", there.serve().await);
        let setting = without_rules(&app).await;
        connect(&setting, &address, &[("key", "here-key"), ("is_imported", "yes")]).await;

        app.work().await;
        let resident = app.resident("wang").await;
        app.wait(1);
        let ours = dispatched(&setting, &resident).await;
        there.wait(2);
        app.work().await;
        later(&app).await;
        later(&app).await;

        assert_eq!(theirs, "QS-2026-000001");
        let came = setting.desk.get("/requests/QS-2026-000001").await;
        assert!(came.has_text("系统导入"), "{}", came.text());
        assert!(came.has_text("楼道灯不亮，三天了"));
        assert_eq!(ours, "QS-2026-000002");
        assert_eq!(setting.desk.get("/requests/QS-2026-000003").await.status(), 404);
        assert_eq!(app.visitor().get("/open311/v2/requests.json").await.body(), "[]");
        // What came from there is not sent back there, whoever it is given to.
        let handler = setting.basics.handlers[1].to_string();
        acts(&setting, "QS-2026-000001", &[("dispatch", &[("handler", handler.as_str())])]).await;
        app.work().await;
        let all = there.visitor().get("/open311/v2/requests.json?api_key=here-key").await;
        assert_eq!(all.json().as_array().unwrap().len(), 2, "{}", all.body());
    }

    async fn a_token_is_asked_again_until_there_is_a_number_and_states_are_read_where_there_are_no_updates(app: TestApp) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let router = Router::new()
            .route("/requests.json", post(async || r#"[{"token":"t 1"}]"#).get(async || {
                r#"[{"service_request_id":"77","status":"closed","status_notes":"已换灯泡","service_code":"stair-lamp",
                    "requested_datetime":"2026-11-21T01:00:00Z","updated_datetime":"2026-11-21T01:20:00Z"}]"#
            }))
            .route("/tokens/{file}", get(async move || {
                let is_first = count.fetch_add(1, Ordering::Relaxed) == 0;
                if is_first { r#"[{"token":"t 1"}]"# } else { r#"[{"token":"t 1","service_request_id":77}]"# }
            }));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.work().await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;

        later(&app).await;
        assert!(!setting.desk.get(&format!("/requests/{number}")).await.has_text("已换灯泡"));
        later(&app).await;
        later(&app).await;

        assert_eq!(asked.load(Ordering::Relaxed), 2);
        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert_eq!(detail.body().matches("已换灯泡").count(), 1, "{}", detail.text());
        assert!(detail.has_text("已答复"));
    }

    async fn what_the_other_side_refuses_or_may_have_heard_waits_for_a_person(app: TestApp) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let router = Router::new().route("/requests.json", post(async move || {
            let (status, words) = match count.fetch_add(1, Ordering::Relaxed) {
                0 => (403, r#"[{"code":403,"description":"key is not known"}]"#),
                1 => (200, "<html>it went wrong</html>"),
                _ => (200, r#"[{"service_request_id":"1"}]"#),
            };
            (axum::http::StatusCode::from_u16(status).unwrap(), words)
        }));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.work().await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;

        let refused = setting.desk.get("/open311/peers").await;
        assert!(refused.has_text("对方没有接收"), "{}", refused.text());
        assert!(refused.has_text("key is not known") && refused.has_text(&number));
        for expected in ["可能已经送到", "已接通的平台"] {
            let page = setting.desk.get("/open311/peers").await;
            let peer = page.value_of("form[action='/open311/peers/again'] input[name=peer]").unwrap();
            let request = page.value_of("form[action='/open311/peers/again'] input[name=request]").unwrap();
            let fields = [("peer", peer.as_str()), ("request", request.as_str())];
            assert_eq!(setting.desk.post("/open311/peers/again", &fields).await.status(), 303);
            app.work().await;
            assert!(setting.desk.get("/open311/peers").await.has_text(expected));
        }
        let last = setting.desk.get("/open311/peers").await;
        assert_eq!(last.count("form[action='/open311/peers/again']"), 0, "{}", last.text());
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    }

    async fn a_server_that_cannot_be_reached_is_tried_again_and_said_so(app: TestApp) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let setting = without_rules(&app).await;
        connect(&setting, &format!("http://127.0.0.1:{port}"), &[("is_imported", "yes")]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        dispatched(&setting, &resident).await;
        app.work().await;

        let page = setting.desk.get("/open311/peers").await;
        assert!(page.has_text("上次没取成"), "{}", page.text());
        assert_eq!(page.count("form[action='/open311/peers/again']"), 0);
        let chief = app.on_duty("chief", kernel::DutyKind::Administrator, None).await;
        assert!(chief.get("/admin/jobs").await.has_text("把诉求送到外部平台"));
    }

    async fn a_category_without_a_service_there_is_said_so(app: TestApp) {
        let setting = without_rules(&app).await;
        connect(&setting, "http://127.0.0.1:9", &[("services", "")]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        dispatched(&setting, &resident).await;
        app.work().await;

        let page = setting.desk.get("/open311/peers").await;

        assert!(page.has_text("这个类别没有填对照的服务代码"), "{}", page.text());
    }

    async fn a_platform_is_entered_changed_and_retired(app: TestApp) {
        let setting = without_rules(&app).await;

        let wrong = connect(&setting, "ftp://x", &[("services", "nothing = 1"), ("key", "k-secret")]).await;
        assert_eq!(wrong.status(), 422);
        assert!(wrong.has_text("请填以 http:// 或 https:// 开头的接口地址"));
        assert!(wrong.has_text("没有这个类别：nothing = 1"), "{}", wrong.text());
        assert!(!wrong.body().contains("k-secret"));

        connect(&setting, "http://127.0.0.1:9", &[("key", "k-secret")]).await;
        connect(&setting, "http://127.0.0.1:10", &[("services", "stair-lamp = 001")]).await;
        let page = setting.desk.get("/open311/peers").await;
        assert!(page.has_text("http://127.0.0.1:10") && !page.has_text("http://127.0.0.1:9 "));
        assert!(!page.body().contains("k-secret"));
        let peer = page.value_of("form[action='/open311/peers/retire'] input[name=peer]").unwrap();
        let retired = setting.desk.post("/open311/peers/retire", &[("peer", &peer)]).await;

        assert_eq!(retired.status(), 303);
        assert!(setting.desk.get("/open311/peers").await.has_text("还没有接通外部平台"));
        app.work().await;
        let resident = app.resident("wang").await;
        assert_eq!(resident.get("/open311/peers").await.status(), 403);
    }
}
