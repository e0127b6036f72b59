//! Servers that are not as we would like them: moved, wordless, with entries that nobody can read.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::{get, post};
use requests::fixture::multiply;
use sea_orm::ConnectionTrait;
use testkit::TestApp;

use crate::peers::{connect, dispatched, later, stub};
use crate::town::{acts, number_of, send, system, without_rules};

/// The questions that a server was asked.
type Asked = Arc<Mutex<Vec<String>>>;

/// A server that has nothing to tell and remembers what it was asked.
async fn silent() -> (String, Asked) {
    let asked = Asked::default();
    let notes = Arc::clone(&asked);
    let answer = async move |RawQuery(query): RawQuery| {
        notes.lock().unwrap().push(query.unwrap_or_default());
        "[]"
    };
    let address = stub(Router::new().route("/requests.json", get(answer))).await;
    (address, asked)
}

/// A server that takes whatever comes, under one number.
fn takes_as(number: &str) -> Router {
    let receipt = format!(r#"[{{"service_request_id":"{number}"}}]"#);
    Router::new().route("/requests.json", post(async move || receipt))
}

testkit::on_both! {
    async fn a_key_does_not_go_to_another_address_than_it_was_entered_for(app: TestApp) {
        let (first, first_asked) = silent().await;
        let (second, second_asked) = silent().await;
        let setting = without_rules(&app).await;
        let imported = ("is_imported", "yes");

        connect(&setting, &first, &[("key", "k-secret"), imported]).await;
        connect(&setting, &first, &[imported]).await;
        app.work().await;
        connect(&setting, &second, &[imported]).await;
        app.work().await;

        let told = |asked: &Asked| asked.lock().unwrap().join(" ");
        assert!(told(&first_asked).contains("api_key=k-secret"), "{}", told(&first_asked));
        assert!(!second_asked.lock().unwrap().is_empty());
        assert!(!told(&second_asked).contains("k-secret"), "{}", told(&second_asked));
        assert!(setting.desk.get("/open311/peers").await.has_text("接口地址变了，密钥要重新填"));
    }

    async fn what_is_closed_there_without_a_word_ends_here_with_a_sentence_of_ours(app: TestApp) {
        let router = takes_as("1").route("/servicerequestupdates.json", get(async || {
            r#"[{"update_id":"u1","service_request_id":"1","status":"closed","description":"",
                "updated_datetime":"2026-11-21T01:20:00Z"}]"#
        }));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;

        later(&app).await;
        later(&app).await;

        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("已答复"), "{}", detail.text());
        assert_eq!(detail.body().matches("对方平台显示已办结").count(), 1, "{}", detail.text());
    }

    async fn one_bad_entry_does_not_stop_the_reading_of_the_others(app: TestApp) {
        let router = Router::new()
            .route("/requests.json", get(async || {
                r#"[{"service_request_id":"1","status":"nonsense","service_code":"stair-lamp"},
                    {"service_request_id":"2","status":"open","service_code":"stair-lamp","description":"灯\u0000坏了",
                     "requested_datetime":"2026-11-21T01:00:00Z"},
                    {"service_request_id":"3","status":"open","service_code":"stair-lamp","description":"灯又坏了",
                     "requested_datetime":"2026-11-21T01:01:00Z"}]"#
            }).post(async || r#"[{"token":"gone"}]"#))
            .route("/tokens/{file}", get(async || (axum::http::StatusCode::GONE, "[]")));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[("is_imported", "yes")]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;

        app.work().await;
        later(&app).await;

        let list = setting.desk.get("/requests").await;
        assert!(list.has_text("灯坏了") && list.has_text("灯又坏了"), "{}", list.text());
        let page = setting.desk.get("/open311/peers").await;
        assert!(page.has_text("其他的都取了：1 · status is missing or unreadable"), "{}", page.text());
        assert!(page.has_text("对方查不到这件诉求的受理回执") && page.has_text(&number), "{}", page.text());
    }

    async fn what_has_been_open_there_for_weeks_comes_in_with_the_first_reading(app: TestApp) {
        let there = TestApp::on_sqlite(crate::slices()).await;
        without_rules(&there).await;
        system(&there, "here-key").await;
        let theirs = number_of(&send(&there, "here-key", &[]).await);
        let address = format!("{}/open311/v2", there.serve().await);
        app.wait(20 * 24 * 60);
        there.wait(20 * 24 * 60);
        let setting = without_rules(&app).await;

        connect(&setting, &address, &[("key", "here-key")]).await;
        app.work().await;
        let before = setting.desk.get(&format!("/requests/{theirs}")).await;
        connect(&setting, &address, &[("is_imported", "yes")]).await;
        app.work().await;

        assert_eq!(before.status(), 404);
        let came = setting.desk.get(&format!("/requests/{theirs}")).await;
        assert!(came.has_text("楼道灯不亮，三天了"), "{}", came.text());
    }

    async fn a_matter_that_is_given_there_once_more_is_not_sent_twice_but_shown(app: TestApp) {
        let router = takes_as("1").route("/servicerequestupdates.json", get(async || {
            r#"[{"update_id":"u1","service_request_id":"1","status":"for_triage","description":"请另派",
                "updated_datetime":"2026-11-21T01:20:00Z"},
                {"update_id":"u2","service_request_id":"1","status":"internal_referral","description":"不归我们管",
                "updated_datetime":"2026-11-21T01:21:00Z"}]"#
        }));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;
        later(&app).await;
        let before = setting.desk.get("/open311/peers").await;

        let handler = setting.basics.handlers[1].to_string();
        acts(&setting, &number, &[("dispatch", &[("handler", handler.as_str())])]).await;
        app.work().await;

        assert!(!before.has_text("对方已有这件"), "{}", before.text());
        let page = setting.desk.get("/open311/peers").await;
        assert!(page.has_text("对方已有这件，没有再送，请直接联系对方") && page.has_text(&number), "{}", page.text());
        assert_eq!(page.count("form[action='/open311/peers/again']"), 0);
    }

    async fn what_waits_and_is_tried_no_more_can_be_sent_again(app: TestApp) {
        let router = takes_as("1");
        let setting = without_rules(&app).await;
        let address = stub(router).await;
        connect(&setting, &address, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        dispatched(&setting, &resident).await;
        let page = setting.desk.get("/open311/peers").await;
        let peer = page.value_of("form[action='/open311/peers/retire'] input[name=peer]").unwrap();
        setting.desk.post("/open311/peers/retire", &[("peer", &peer)]).await;
        // The platform is out of use when the matter would go, and in use again the day after.
        app.work().await;
        app.wait(25 * 60);
        connect(&setting, &address, &[]).await;
        app.work().await;

        let left = setting.desk.get("/open311/peers").await;
        assert!(left.has_text("一天多没有送出去"), "{}", left.text());
        let request = left.value_of("form[action='/open311/peers/again'] input[name=request]").unwrap();
        let fields = [("peer", peer.as_str()), ("request", request.as_str())];
        assert_eq!(setting.desk.post("/open311/peers/again", &fields).await.status(), 303);
        app.work().await;

        let sent = setting.desk.get("/open311/peers").await;
        assert_eq!(sent.count("form[action='/open311/peers/again']"), 0, "{}", sent.text());
    }

    async fn a_platform_whose_account_may_not_read_a_matter_says_so(app: TestApp) {
        let setting = without_rules(&app).await;
        app.account("hotline", None).await;
        let chief = app.on_duty("chief", kernel::DutyKind::Administrator, None).await;
        let address = stub(takes_as("1")).await;
        let handler = setting.basics.handlers[1].to_string();
        let fields = [
            ("name", "物业平台"),
            ("address", address.as_str()),
            ("handler", handler.as_str()),
            ("services", "stair-lamp"),
            ("account", "hotline"),
        ];
        let kept = chief.post("/open311/peers", &fields).await;
        assert_eq!(kept.status(), 303, "{}", kept.text());
        app.wait(1);
        let resident = app.resident("wang").await;

        dispatched(&setting, &resident).await;
        app.work().await;

        let page = setting.desk.get("/open311/peers").await;
        assert!(page.has_text("平台所用的账号看不到这件诉求"), "{}", page.text());
    }

    async fn a_server_that_refuses_its_updates_is_not_taken_for_one_that_has_none(app: TestApp) {
        let router = takes_as("1");
        let states = get(async || {
            r#"[{"service_request_id":"1","status":"closed","status_notes":"已换灯泡","service_code":"stair-lamp",
                "requested_datetime":"2026-11-21T01:00:00Z","updated_datetime":"2026-11-21T01:20:00Z"}]"#
        });
        let refused = get(async || (axum::http::StatusCode::TOO_MANY_REQUESTS, r#"[{"code":429,"description":"too many questions"}]"#));
        let router = router.route("/servicerequestupdates.json", refused).route("/requests.json", states);
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;

        later(&app).await;

        assert!(!setting.desk.get(&format!("/requests/{number}")).await.has_text("已换灯泡"));
        assert!(setting.desk.get("/open311/peers").await.has_text("too many questions"));
    }

    async fn news_of_an_old_matter_is_heard_however_many_went_there_since(app: TestApp) {
        let router = takes_as("old 1").route("/servicerequestupdates.json", get(async || {
            r#"[{"update_id":"u1","service_request_id":"old 1","status":"fixed","description":"灯泡换好了",
                "updated_datetime":"2026-11-21T01:20:00Z"}]"#
        }));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;
        let january = jiff::civil::date(2026, 1, 1);
        multiply(app.house(), app.community(), january, 520).await.unwrap();
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        tx.execute_unprepared(
            "INSERT INTO open311_sent (community_id, peer_id, request_id, number, state, remote_id, trouble, changed_at) \
             SELECT r.community_id, s.peer_id, r.id, r.number, 'sent', r.number, '', s.changed_at + 1 \
             FROM request r JOIN open311_sent s ON s.community_id = r.community_id WHERE r.id <> s.request_id",
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();

        later(&app).await;

        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("灯泡换好了"), "{}", detail.text());
    }

    async fn words_and_numbers_without_end_are_cut_or_passed_over(app: TestApp) {
        let router = takes_as("1").route("/servicerequestupdates.json", get(async || {
            let update = |id: &str, number: &str, words: &str| format!(
                r#"{{"update_id":"{id}","service_request_id":"{number}","status":"investigating","description":"{words}",
                    "updated_datetime":"2026-11-21T01:20:00Z"}}"#
            );
            let updates = [
                update(&"u".repeat(201), "1", "标记太长"),
                update("u2", &"9".repeat(201), "编号太长"),
                update("u3", "1", &format!("很长{}末尾", "话".repeat(4_000))),
            ];
            format!("[{}]", updates.join(","))
        }));
        let setting = without_rules(&app).await;
        connect(&setting, &stub(router).await, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        let number = dispatched(&setting, &resident).await;
        app.work().await;

        later(&app).await;

        let detail = setting.desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("很长话话"), "{}", detail.text());
        assert!(!detail.has_text("末尾") && !detail.has_text("标记太长"));
        let page = setting.desk.get("/open311/peers").await;
        assert!(page.has_text("其他的都取了：2 · 201 characters"), "{}", page.text());
    }

    async fn a_receipt_whose_number_has_no_end_waits_for_a_person(app: TestApp) {
        let setting = without_rules(&app).await;
        connect(&setting, &stub(takes_as(&"7".repeat(201))).await, &[]).await;
        app.wait(1);
        let resident = app.resident("wang").await;
        dispatched(&setting, &resident).await;

        app.work().await;

        assert!(setting.desk.get("/open311/peers").await.has_text("可能已经送到"));
    }
}
