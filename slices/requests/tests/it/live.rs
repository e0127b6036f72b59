//! What changes is told to who looks on and may read it, once, also after the line was cut.

use std::time::Duration;

use kernel::DutyKind;
use kernel::events::RequestReceived;
use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::{Client, Letter, Listening, TestApp};
use uuid::Uuid;

use crate::town::{Setting, number_of, report, without_rules};

/// The record is looked at each second.
const SOON: Duration = Duration::from_secs(10);
/// Long enough that what is to come would have come.
const A_WHILE: Duration = Duration::from_millis(2_500);
const PATH: &str = "/requests/live";

/// Listens, and waits until the stream has begun.
async fn listening(who: &Client, last: Option<&str>) -> (Listening, Letter) {
    let mut stream = who.listen(PATH, last).await;
    assert_eq!(stream.status(), 200);
    let first = stream.next(SOON).await.expect("a stream begins");
    (stream, first)
}

/// The numbers of the matters in a letter, in order.
fn numbers(letter: &Letter) -> Vec<String> {
    assert_eq!(letter.event, "changed", "{letter:?}");
    let told: serde_json::Value = serde_json::from_str(&letter.data).unwrap();
    let number = |one: &serde_json::Value| one["number"].as_str().unwrap().to_owned();
    let mut numbers: Vec<String> = told.as_array().unwrap().iter().map(number).collect();
    numbers.sort();
    numbers
}

async fn reported(app: &TestApp, setting: &Setting) -> String {
    let building = setting.town.buildings[0][0][0].to_string();
    number_of(&report(setting, &app.visitor(), &[("building", &building)]).await)
}

testkit::on_both! {
    async fn an_act_is_told_to_who_may_read_it_and_to_nobody_else(app: TestApp) {
        let setting = without_rules(&app).await;
        let [own, other] = setting.town.grids;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let near = app.on_duty("wang", DutyKind::GridWorker, Some(own)).await;
        let far = app.on_duty("wu", DutyKind::GridWorker, Some(other)).await;
        let party = app.handler("qian", setting.basics.handlers[1]).await;
        let (mut at_desk, ready) = listening(&desk, None).await;
        assert_eq!(ready.event, "ready");
        let (mut at_near, _) = listening(&near, None).await;
        let (mut at_far, _) = listening(&far, None).await;
        let (mut at_party, _) = listening(&party, None).await;

        let number = reported(&app, &setting).await;

        for stream in [&mut at_desk, &mut at_near] {
            let told = stream.next(SOON).await.unwrap();
            assert_eq!(numbers(&told), [number.as_str()]);
            assert!(told.data.contains("\"is_new\":true"), "{told:?}");
            assert!(!told.data.contains("楼道灯不亮") && !told.data.contains("2单元"), "{told:?}");
        }
        let handler = setting.basics.handlers[1].to_string();
        let path = format!("/requests/{number}/dispatch");
        desk.post(&path, &[("handler", &handler)]).await;
        let told = at_party.next(SOON).await.unwrap();
        assert_eq!(numbers(&told), [number.as_str()]);
        assert!(told.data.contains("锦江苑物业") && told.data.contains("\"is_own\":false"), "{told:?}");
        let own = at_desk.next(SOON).await.unwrap();
        assert!(own.data.contains("\"is_own\":true") && own.data.contains("\"is_new\":false"), "{own:?}");
        assert_eq!(at_far.next(A_WHILE).await, None);
    }

    async fn whoever_comes_back_is_told_exactly_what_was_missed(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (mut stream, _) = listening(&desk, None).await;
        let first = reported(&app, &setting).await;
        let told = stream.next(SOON).await.unwrap();
        assert_eq!(numbers(&told), [first]);
        drop(stream);
        let mut missed = vec![reported(&app, &setting).await, reported(&app, &setting).await];
        missed.sort();

        let (mut again, letter) = listening(&desk, Some(&told.id)).await;

        assert_eq!(numbers(&letter), missed);
        assert_eq!(again.next(SOON).await.unwrap().event, "ready");
        assert_eq!(again.next(A_WHILE).await, None);
        let (_, nothing) = listening(&desk, Some(&letter.id)).await;
        assert_eq!(nothing.event, "ready");
    }

    async fn what_comes_to_light_late_is_told_once(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let old = reported(&app, &setting).await;
        app.wait(2);
        let (mut stream, _) = listening(&desk, None).await;
        let young = reported(&app, &setting).await;
        let told = stream.next(SOON).await.unwrap();
        assert_eq!(numbers(&told), [young]);
        let reader = app.house().db().reader();
        let sql = "SELECT id FROM request WHERE number = $1";
        let row = reader.query_one_raw(statement(&reader, sql, [old.as_str().into()])).await;
        let request: Uuid = row.unwrap().unwrap().try_get("", "id").unwrap();

        // An act that began ten seconds ago ends only now.
        let now = app.house().now();
        app.clock().set(now.plus_seconds(-10));
        let mut tx = app.begin().await;
        tx.emit(&RequestReceived {
            request: request.into(),
            category: setting.basics.category("stair-lamp"),
            micro_grid: None,
            channel: "web".to_owned(),
        });
        tx.commit().await.unwrap();
        app.clock().set(now);

        let late = stream.next(SOON).await.unwrap();
        assert_eq!(numbers(&late), [old.as_str()]);
        assert_eq!(stream.next(A_WHILE).await, None);
        let (_, nothing) = listening(&desk, Some(&late.id)).await;
        assert_eq!(nothing.event, "ready");
        let (_, between) = listening(&desk, Some(&told.id)).await;
        assert_eq!(numbers(&between), [old]);
    }

    async fn another_instance_hears_of_it_and_goes_on_from_the_same_place(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (_, router) = app.second_instance(crate::slices()).await;
        let elsewhere = desk.through(router);
        let (mut here, _) = listening(&desk, None).await;
        let (mut there, _) = listening(&elsewhere, None).await;

        let number = reported(&app, &setting).await;

        let told = here.next(SOON).await.unwrap();
        assert_eq!(numbers(&told), [number.as_str()]);
        assert_eq!(numbers(&there.next(SOON).await.unwrap()), [number.as_str()]);
        drop(here);
        let (mut moved, first) = listening(&elsewhere, Some(&told.id)).await;
        assert_eq!(first.event, "ready");
        assert_eq!(moved.next(A_WHILE).await, None);
    }

    async fn a_stream_ends_with_the_duty_and_with_the_session(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let (mut of_duty, _) = listening(&desk, None).await;
        let (mut of_session, _) = listening(&chen, None).await;
        let reader = app.house().db().reader();
        let held = platform::door::on_duty(&reader, app.community(), app.house().now()).await;
        let duty = held.unwrap().into_iter().find(|duty| duty.name == "li").unwrap();
        let mut tx = app.begin().await;
        platform::door::lay_down(&mut tx, duty.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(chen.post("/sign-out", &[]).await.status(), 303);
        app.wait(1);

        reported(&app, &setting).await;

        assert!(of_duty.ends(SOON).await);
        assert!(of_session.ends(SOON).await);
    }

    async fn one_account_has_so_many_streams_and_no_more(app: TestApp) {
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let mut open = Vec::new();
        for _ in 0..6 {
            open.push(listening(&desk, None).await);
        }

        assert_eq!(desk.get(PATH).await.status(), 429);

        open.pop();
        let mut status = 429;
        for _ in 0..50 {
            tokio::time::sleep(Duration::from_millis(20)).await;
            status = desk.listen(PATH, None).await.status();
            if status == 200 {
                break;
            }
        }
        assert_eq!(status, 200, "a seat is free again");
        assert_eq!(app.resident("zhang").await.get(PATH).await.status(), 403);
    }

    async fn a_stream_is_neither_packed_nor_kept_and_a_broken_cursor_does_no_harm(app: TestApp) {
        let desk = app.on_duty("li", DutyKind::Staff, None).await;

        let stream = desk.listen("/requests/live?after=nonsense", Some("早.x")).await;

        assert_eq!(stream.status(), 200);
        assert_eq!(stream.header("content-type"), Some("text/event-stream"));
        assert_eq!(stream.header("content-encoding"), None);
        assert_eq!(stream.header("cache-control"), Some("no-cache"));
        assert_eq!(stream.header("x-accel-buffering"), Some("no"));
        let (_, long_away) = listening(&desk, Some("0.")).await;
        assert_eq!(long_away.event, "many");
    }

    async fn the_program_ends_streams_when_it_stops(app: TestApp) {
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (mut stream, _) = listening(&desk, None).await;

        app.house().end_streams();

        assert!(stream.ends(SOON).await);
    }

    async fn a_row_that_leaves_ones_reach_is_gone_and_nothing_else_is_said_of_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = reported(&app, &setting).await;
        let other = reported(&app, &setting).await;
        let [ours, theirs] = [1, 2].map(|place| setting.basics.handlers[place].to_string());
        let path = format!("/requests/{number}/dispatch");
        desk.post(&path, &[("handler", &ours)]).await;
        let party = app.handler("qian", setting.basics.handlers[1]).await;
        let rows = format!("{PATH}?rows={number},{other},QS-2026-999999");
        let mut stream = party.listen(&rows, None).await;

        // Of a matter of others as of none: the same word, and at once.
        let first = stream.next(SOON).await.unwrap();
        assert_eq!(first.data, format!(r#"[{{"number":"{other}","is_gone":true}},{{"number":"QS-2026-999999","is_gone":true}}]"#));
        assert_eq!(stream.next(SOON).await.unwrap().event, "ready");
        desk.post(&format!("/requests/{other}/dispatch"), &[("handler", &theirs)]).await;
        assert_eq!(stream.next(A_WHILE).await, None, "what was never theirs is not told when it moves");

        desk.post(&format!("/requests/{number}/dispatch"), &[("handler", &theirs)]).await;
        let told = stream.next(SOON).await.unwrap();

        assert_eq!(told.event, "changed");
        assert_eq!(told.data, format!(r#"[{{"number":"{number}","is_gone":true}}]"#));
        assert!(!told.data.contains("供水公司"));
        desk.post(&format!("/requests/{number}/dispatch"), &[("handler", "grid_worker")]).await;
        assert_eq!(stream.next(A_WHILE).await, None, "it is said once");
    }

    async fn a_row_that_leaves_the_filter_is_said_to_be_out_of_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = reported(&app, &setting).await;
        let elsewhere = reported(&app, &setting).await;
        let mut of_filter = desk.listen(&format!("{PATH}?state=unassigned&rows={number}"), None).await;
        let mut of_all = desk.listen(&format!("{PATH}?rows={number},{elsewhere}"), None).await;
        for stream in [&mut of_filter, &mut of_all] {
            assert_eq!(stream.next(SOON).await.unwrap().event, "ready");
        }
        let handler = setting.basics.handlers[1].to_string();

        desk.post(&format!("/requests/{number}/dispatch"), &[("handler", &handler)]).await;

        let out = of_filter.next(SOON).await.unwrap();
        assert_eq!(numbers(&out), [number.as_str()]);
        assert!(out.data.contains(r#""is_out":true"#), "{out:?}");
        let still = of_all.next(SOON).await.unwrap();
        assert!(still.data.contains(r#""is_out":false"#), "{still:?}");
        desk.post(&format!("/requests/{elsewhere}/dispatch"), &[("handler", &handler)]).await;
        let no_row = of_filter.next(SOON).await.unwrap();
        assert!(no_row.data.contains(r#""is_out":false"#), "no row of this list: {no_row:?}");
    }
}
