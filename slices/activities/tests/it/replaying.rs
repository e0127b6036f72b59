//! A phone without signal: what it noted is taken once, and each entry is answered with why not.

use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Value, json};
use testkit::{Answer, Client, NOW};

use crate::attending::at_the_door;
use crate::village::{TO_NEXT, by_door_code, count, done, roll_of, sign_up_of};

/// Milliseconds at so many minutes after the beginning of the date.
fn at(minutes: i64) -> i64 {
    NOW.0 / 1_000 + (TO_NEXT + minutes) * 60_000
}

fn id(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}

async fn send(who: &Client, date: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/activities/occurrences/{date}/scans");
    let request = who
        .request(Method::POST, &path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()));
    who.send(request.unwrap()).await
}

fn answers(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status(), 200, "{}", answer.body());
    let json = answer.json();
    let all = json["answers"].as_array().unwrap();
    all.iter()
        .map(|one| one["answer"].as_str().unwrap().to_owned())
        .collect()
}

fn own_code(page: &Answer) -> String {
    let text = page.text();
    text.split_whitespace()
        .find(|word| word.len() == 52)
        .unwrap()
        .to_owned()
}

testkit::on_both! {
    async fn each_entry_is_answered_and_sent_again_it_is_answered_alike(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let code = own_code(&v.wang.get("/me/code").await);
        let stranger = own_code(&v.zhao.get("/me/code").await);
        let (jian, _) = sign_up_of(&app, &date, v.people[1]).await;
        app.wait(100);
        let scan = |number, shown: (&str, &str), direction, minutes| {
            json!({"id": id(number), shown.0: shown.1, "direction": direction, "at": at(minutes)})
        };
        // The queue is not in the order of its clock.
        let batch = json!({"scans": [
            scan(1, ("code", &code), "out", 90),
            scan(2, ("code", &code), "in", 0),
            scan(3, ("code", &code), "in", 5),
            scan(4, ("code", &stranger), "in", 1),
            scan(5, ("code", "0000"), "in", 1),
            scan(6, ("sign_up", &jian), "in", 2),
            scan(7, ("sign_up", &id(99)), "in", 2),
            scan(8, ("code", &code), "in", 200),
            scan(9, ("code", &code), "in", -24 * 60),
            scan(10, ("code", &stranger), "out", 3),
        ]});

        let first = send(&v.li, &date, &batch).await;
        let again = send(&v.li, &date, &batch).await;

        let expected = ["out", "in", "already_in", "not_signed_up", "unknown_code", "in", "not_signed_up", "clock", "clock", "not_in"];
        assert_eq!(answers(&first), expected);
        assert_eq!(answers(&again), expected);
        assert!(first.body().contains("签到码认不出来"), "a sentence in the reader's language");
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 90, String::new())));
        assert_eq!(roll_of(&app, &date, v.people[1]).await, Some(("in".into(), 0, "hand".into())));
        assert_eq!(count(&app, "SELECT count(*) AS n FROM attendance WHERE community_id = $1").await, 2);
    }

    async fn a_clock_that_jumps_is_taken_now_only_when_the_organiser_says_so(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let code = own_code(&v.wang.get("/me/code").await);
        app.wait(15);
        let scan = |number, minutes: i64, now: bool| {
            json!({"scans": [{"id": id(number), "code": code, "direction": "in", "at": at(minutes), "now": now}]})
        };

        let ahead = send(&v.li, &date, &scan(1, 16, false)).await;
        let yesterday = send(&v.li, &date, &scan(2, -24 * 60, false)).await;
        let mut beyond = scan(3, 0, false);
        beyond["scans"][0]["at"] = json!(i64::MAX);
        let endless = send(&v.li, &date, &beyond).await;
        let said = send(&v.li, &date, &scan(4, -24 * 60, true)).await;

        assert_eq!(answers(&ahead), ["clock"]);
        assert_eq!(answers(&yesterday), ["clock"]);
        assert_eq!(answers(&endless), ["clock"]);
        assert_eq!(answers(&said), ["in"]);
        app.wait(30);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 30, String::new())));
    }

    async fn what_is_sent_days_later_is_still_taken_and_after_a_week_labelled(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let code = own_code(&v.wang.get("/me/code").await);
        app.wait(8 * 24 * 60);
        let li = crate::village::again(&app, &v.li).await;
        let scan = |number, direction: &str, minutes: i64| {
            json!({"id": id(number), "code": code, "direction": direction, "at": at(minutes)})
        };

        let sent = send(&li, &date, &json!({"scans": [scan(1, "in", 0), scan(2, "out", 60), scan(3, "in", 24 * 60)]})).await;

        assert_eq!(answers(&sent), ["in", "out", "wrong_day"]);
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("waiting".into(), 60, "late".into())));
    }

    async fn the_same_batch_from_two_phones_at_once_is_taken_once(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let code = own_code(&v.wang.get("/me/code").await);
        app.wait(10);
        let batch = json!({"scans": [{"id": id(1), "code": code, "direction": "in", "at": at(0)}]});

        let (one, other) = tokio::join!(send(&v.li, &date, &batch), send(&v.chen, &date, &batch));

        assert_eq!((answers(&one), answers(&other)), (vec!["in".to_owned()], vec!["in".to_owned()]));
        assert_eq!(count(&app, "SELECT count(*) AS n FROM attendance WHERE community_id = $1").await, 1);
    }

    async fn who_does_not_lead_it_and_what_cannot_be_read_is_refused(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let good = json!({"id": id(1), "code": "00", "direction": "in", "at": at(0)});
        let with = |field: &str, value: Value| {
            let mut one = good.clone();
            one[field] = value;
            json!({"scans": [one]})
        };

        assert_eq!(send(&v.wang, &date, &json!({"scans": [good]})).await.status(), 404);
        assert_eq!(send(&app.visitor(), &date, &json!({"scans": [good]})).await.status(), 401);
        for wrong in [
            json!({}),
            json!({"scans": []}),
            json!({"scans": vec![good.clone(); 201]}),
            with("id", json!("1")),
            with("direction", json!("up")),
            with("at", json!("noon")),
            with("sign_up", json!(id(3))),
            with("code", Value::Null),
        ] {
            let refused = send(&v.li, &date, &wrong).await;
            assert_eq!(refused.status(), 422, "{wrong}");
            assert!(refused.body().contains("看不懂"), "{}", refused.body());
        }
    }
}
