//! Outside parties answer by a signed link, without an account.

use axum::http::Method;
use kernel::DutyKind;
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, dispatched_to, without_rules};

async fn ok(who: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = who.post(path, fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text());
    answer
}

/// A matter with the property company, the desk that gave it, and the path of its link.
async fn with_link(app: &TestApp, setting: &Setting) -> (Client, String, String) {
    let desk = app.on_duty("li", DutyKind::Staff, None).await;
    let lead = setting.basics.handlers[1].to_string();
    let fields = [
        ("channel", "telephone"),
        ("contact_name", "张阿姨"),
        ("contact_phone", "13800138000"),
    ];
    let number = dispatched_to(setting, &desk, &lead, &fields).await;
    let path = link(&desk, &number).await;
    (desk, number, path)
}

async fn link(desk: &Client, number: &str) -> String {
    ok(desk, &format!("/requests/{number}/link"), &[]).await;
    let page = desk.get(&format!("/requests/{number}")).await;
    let link = page.attribute("input[data-copy]", "value").unwrap();
    let place = link.find("/answer/").unwrap();
    link[place..].to_owned()
}

testkit::on_both! {
    async fn a_party_hears_works_and_answers_by_its_link(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number, path) = with_link(&app, &setting).await;
        let outside = app.visitor();

        let page = outside.get(&path).await;
        assert!(page.has_text("楼道灯不亮") && page.has_text("锦江苑物业"), "{}", page.text());
        assert!(!page.has_text("张阿姨") && !page.has_text("138"), "the requester is not told");
        ok(&outside, &format!("{path}/take-up"), &[("words", "电话里问过了")]).await;
        let empty = outside.post(&format!("{path}/answer"), &[]).await;
        assert!(empty.status() == 422 && empty.has_text("请写明情况"), "{}", empty.text());
        ok(&outside, &format!("{path}/answer"), &[("words", "换了灯泡")]).await;

        let seen = desk.get(&format!("/requests/{number}")).await;
        assert!(seen.has_text("换了灯泡") && seen.has_text("已答复"), "{}", seen.text());
        assert!(outside.get(&path).await.has_text("换了灯泡"));
        let late = outside.post(&format!("{path}/answer"), &[("words", "再说一遍")]).await;
        assert_eq!(late.status(), 409);
    }

    async fn a_link_gives_its_part_and_no_right_of_the_desk(app: TestApp) {
        let setting = without_rules(&app).await;
        let (_, number, path) = with_link(&app, &setting).await;
        let outside = app.visitor();

        for act in ["withdraw", "give-time", "release", "redo", "link", "close", "dispatch"] {
            let answer = outside.post(&format!("{path}/{act}"), &[("words", "x"), ("hours", "8")]).await;
            assert!([403, 404].contains(&answer.status()), "{act} {}", answer.status());
        }
        assert!(outside.get(&format!("/requests/{number}")).await.location().starts_with("/sign-in"));
    }

    async fn an_expired_a_forged_and_a_replaced_link_are_told_apart_from_nothing(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number, path) = with_link(&app, &setting).await;
        let outside = app.visitor();
        let gone = async |path: &str| {
            let answer = outside.get(path).await;
            assert_eq!(answer.status(), 422, "{path}");
            assert!(answer.has_text("这个链接打不开"), "{}", answer.text());
        };

        let (rest, signature) = path.rsplit_once('-').unwrap();
        let (part, until) = rest.rsplit_once('-').unwrap();
        let later = until.parse::<i64>().unwrap() + 1;
        for forged in [
            format!("{rest}-{}", "0".repeat(signature.len())),
            format!("{part}-{later}-{signature}"),
            format!("{path}0"),
            "/answer/x".to_owned(),
            "/answer/a-b-c".to_owned(),
            "/answer/%E4%BD%A0%E5%A5%BD".to_owned(),
        ] {
            gone(&forged).await;
        }
        app.wait(1);
        let newer = link(&desk, &number).await;
        gone(&path).await;
        assert_eq!(outside.get(&newer).await.status(), 200);
        app.wait(31 * 24 * 60);
        gone(&newer).await;
    }

    async fn a_part_that_was_taken_back_has_no_link(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number, path) = with_link(&app, &setting).await;
        let lead = setting.basics.handlers[2].to_string();
        ok(&desk, &format!("/requests/{number}/dispatch"), &[("handler", &lead)]).await;

        let answer = app.visitor().get(&path).await;

        assert_eq!(answer.status(), 422);
    }

    async fn a_program_of_a_party_lists_its_parts_and_answers(app: TestApp) {
        let setting = without_rules(&app).await;
        let (_, number, _) = with_link(&app, &setting).await;
        let worker = app.handler("wang", setting.basics.handlers[1]).await;

        let made = worker
            .post("/account/tokens", &[("label", "物业工单系统"), ("act", "requests.handle"), ("act", "requests.read"), ("act", "requests.desk"), ("days", "30")])
            .await;
        let bearer = format!("Bearer {}", made.value_of("#token").unwrap());
        let program = app.visitor();
        let ask = async |method: Method, path: &str, body: serde_json::Value| {
            program.api(method, path, &[("authorization", &bearer)], &body).await
        };
        let none = serde_json::json!({});

        let tasks = ask(Method::GET, "/api/v1/tasks", none.clone()).await.json();
        let part = tasks[0]["dispatch_id"].as_str().unwrap().to_owned();
        assert_eq!(tasks[0]["request"], number.as_str());
        let path = |act: &str| format!("/api/v1/requests/{number}/{act}");
        let taken = serde_json::json!({"dispatch_id": part, "version": tasks[0]["version"]});
        let answered = serde_json::json!({"dispatch_id": part, "words": "好了"});
        assert_eq!(ask(Method::POST, &path("take-up"), taken.clone()).await.status(), 200);
        assert_eq!(ask(Method::POST, &path("take-up"), taken).await.status(), 409);
        assert_eq!(ask(Method::POST, &path("answer"), answered).await.status(), 200);

        let left = ask(Method::GET, "/api/v1/tasks", none).await.json();
        assert_eq!(left.as_array().unwrap().len(), 0);
    }
}
