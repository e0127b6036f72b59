//! Coming and going at the door.

use testkit::TestApp;

use crate::village::{
    TO_NEXT, Village, again, announced, by_door_code, by_hand, confirmed, dates, done, join,
    roll_of, village,
};

/// A date at which Wang and Jian have a place, and the village a moment before it begins.
pub async fn at_the_door(app: &TestApp, others: &[(&str, &str)]) -> (Village, String) {
    let mut v = village(app).await;
    let id = announced(&v.li, others).await;
    let date = dates(app, &id).await[0].clone();
    done(&join(&v.wang, &id, &date, &v.people[..2]).await);
    app.wait(TO_NEXT - 5);
    v.li = again(app, &v.li).await;
    v.chen = again(app, &v.chen).await;
    v.wang = again(app, &v.wang).await;
    v.zhao = again(app, &v.zhao).await;
    v.sun = again(app, &v.sun).await;
    (v, date)
}

testkit::on_both! {
    async fn by_the_code_at_the_door_it_is_certain_when_one_leaves(app: TestApp) {
        let (v, date) = at_the_door(&app, &[("kind", "shift")]).await;

        done(&by_door_code(&v.li, &v.wang, &date, "in").await);
        let there = v.li.get(&format!("/activities/occurrences/{date}/door")).await;
        assert!(there.has_text("在场 1 人"), "{}", there.text());
        app.wait(95);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);
        let twice = by_door_code(&v.li, &v.wang, &date, "out").await;

        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 95, String::new())));
        let told = confirmed(&app).await;
        assert_eq!(told.len(), 1, "once");
        assert_eq!((told[0].minutes, told[0].day.as_str(), told[0].is_service, told[0].is_late), (95, "2026-11-28", true, false));
        assert_eq!(told[0].person, v.people[0]);
        assert_eq!(twice.status(), 409, "out is out");
        assert!(v.wang.get("/me/activities").await.has_text("1 小时 35 分钟 · 算志愿服务"));
    }

    async fn a_double_check_in_is_told_and_changes_nothing(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        done(&by_door_code(&v.li, &v.wang, &date, "in").await);

        let again = by_hand(&app, &v.li, &date, v.people[0], "in").await;

        assert_eq!(again.status(), 409);
        assert!(again.has_text("已经签到了，不用再签"), "{}", again.text());
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("in".into(), 0, String::new())));
    }

    async fn of_two_check_ins_at_once_one_is_told(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;

        let (one, other) = tokio::join!(
            by_door_code(&v.li, &v.wang, &date, "in"),
            by_hand(&app, &v.chen, &date, v.people[0], "in"),
        );

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
    }

    async fn a_code_that_was_forwarded_is_too_old(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let shown = v.li.get(&format!("/activities/occurrences/{date}/door/code")).await;
        let link = shown.attribute("details a", "href").unwrap();
        let path = link.strip_prefix("http://localhost").unwrap().to_owned();
        assert!(shown.attribute("meta[http-equiv=refresh]", "content").is_some(), "without scripts too");
        let pass = v.wang.get(&path).await.value_of("input[name=code]").unwrap();

        app.wait(2);
        let late = v.zhao.get(&path).await;
        let borrowed = v.zhao.post(&format!("/activities/occurrences/{date}/here"), &[("code", &pass), ("direction", "in")]).await;
        let none = v.wang.post(&format!("/activities/occurrences/{date}/here"), &[("code", ""), ("direction", "in")]).await;
        app.wait(4);
        let slow = v.wang.post(&format!("/activities/occurrences/{date}/here"), &[("code", &pass), ("direction", "in")]).await;

        assert!(late.has_text("签到码已经换了"), "{}", late.text());
        for refused in [borrowed, none, slow] {
            assert_eq!(refused.status(), 409);
            assert!(refused.has_text("签到码已经换了"), "{}", refused.text());
        }
        assert_eq!(v.wang.get(&format!("/activities/occurrences/{date}/door")).await.status(), 404, "only who leads it");
    }

    async fn the_own_code_names_its_person_on_its_day_only(app: TestApp) {
        let mut v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        let code_of = |page: testkit::Answer| {
            let text = page.text();
            text.split_whitespace().find(|word| word.len() == 52).unwrap().to_owned()
        };
        let old = code_of(v.wang.get("/me/code").await);
        app.wait(TO_NEXT - 5);
        v.li = again(&app, &v.li).await;
        v.wang = again(&app, &v.wang).await;
        v.zhao = again(&app, &v.zhao).await;
        let code = code_of(v.wang.get("/me/code").await);
        let others = code_of(v.zhao.get("/me/code").await);
        let scan = format!("/activities/occurrences/{date}/scan");

        let stale = v.li.post(&scan, &[("code", &old), ("direction", "in")]).await;
        let stranger = v.li.post(&scan, &[("code", &others), ("direction", "in")]).await;
        let early = v.li.post(&scan, &[("code", &code), ("direction", "out")]).await;
        let shown = v.li.get(&format!("/activities/code/{code}")).await;
        done(&v.li.post(&scan, &[("code", &code), ("direction", "in")]).await);
        app.wait(60);
        done(&v.li.post(&scan, &[("code", &code), ("direction", "out")]).await);

        assert!(stale.has_text("签到码认不出来"), "{}", stale.text());
        assert!(stranger.has_text("这一场没有报名"), "{}", stranger.text());
        assert!(early.has_text("还没有签到，不能签退"), "{}", early.text());
        assert!(shown.has_text("王秀英") && shown.has_text("花园浇水日"), "{}", shown.text());
        assert_eq!(v.zhao.get(&format!("/activities/code/{code}")).await.status(), 404, "it names nobody to others");
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 60, String::new())));
    }

    async fn the_door_is_open_around_the_time_of_the_date_only(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);

        let early = by_hand(&app, &v.li, &date, v.people[0], "in").await;
        app.wait(TO_NEXT + 120 + 181);
        let li = again(&app, &v.li).await;
        let late = by_hand(&app, &li, &date, v.people[0], "in").await;

        for refused in [early, late] {
            assert_eq!(refused.status(), 409);
            assert!(refused.has_text("现在不是这一场的签到时间"), "{}", refused.text());
        }
        assert!(li.get(&format!("/activities/occurrences/{date}/door")).await.has_text("签到时间过了"));
    }

    async fn time_counts_as_long_as_planned_unless_the_organiser_says_why(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        done(&by_door_code(&v.li, &v.wang, &date, "in").await);
        let jian = crate::village::sign_up_of(&app, &date, v.people[1]).await.0;
        let scan = format!("/activities/occurrences/{date}/scan");
        done(&v.li.post(&scan, &[("sign_up", &jian), ("direction", "in")]).await);

        app.wait(200);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);
        let too_long = "收".repeat(201);
        let wordy = v.li.post(&scan, &[("sign_up", &jian), ("direction", "out"), ("why", &too_long)]).await;
        done(&v.li.post(&scan, &[("sign_up", &jian), ("direction", "out"), ("why", "一起收拾工具")]).await);

        assert_eq!(wordy.status(), 422);
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 120, String::new())));
        assert_eq!(roll_of(&app, &date, v.people[1]).await, Some(("waiting".into(), 200, "hand long".into())));
        assert_eq!(confirmed(&app).await.len(), 1);
    }

    async fn the_organiser_lets_all_go_at_once_and_two_peoples_word_stays_certain(app: TestApp) {
        let (v, date) = at_the_door(&app, &[("organiser", "孙海")]).await;
        done(&by_door_code(&v.sun, &v.wang, &date, "in").await);
        done(&by_hand(&app, &v.sun, &date, v.people[1], "in").await);
        app.wait(120);
        let path = format!("/activities/occurrences/{date}/leave-all");

        let stranger = v.zhao.post(&path, &[]).await;
        done(&v.sun.post(&path, &[]).await);
        let empty = v.sun.post(&path, &[]).await;

        assert_eq!((stranger.status(), empty.status()), (404, 409));
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 120, String::new())));
        assert_eq!(roll_of(&app, &date, v.people[1]).await, Some(("waiting".into(), 120, "hand".into())));
    }

    async fn presence_elsewhere_at_the_same_time_waits_for_a_second_look(app: TestApp) {
        let mut v = village(&app).await;
        let first = announced(&v.li, &[]).await;
        // Moved onto the same hours after Wang had signed up for both.
        let second = announced(&v.li, &[("title", "楼道值守"), ("first_day", "2026-11-29")]).await;
        let (one, other) = (dates(&app, &first).await[0].clone(), dates(&app, &second).await[0].clone());
        done(&join(&v.wang, &first, &one, &v.people[..1]).await);
        done(&join(&v.wang, &second, &other, &v.people[..1]).await);
        let moved = format!("/desk/activities/{second}/dates/{other}/move");
        done(&v.li.post(&moved, &[("day", "2026-11-28"), ("time", "10:00")]).await);
        app.wait(TO_NEXT);
        v.li = again(&app, &v.li).await;
        v.wang = again(&app, &v.wang).await;

        done(&by_door_code(&v.li, &v.wang, &one, "in").await);
        app.wait(60);
        done(&by_door_code(&v.li, &v.wang, &other, "in").await);
        app.wait(30);
        done(&by_door_code(&v.li, &v.wang, &other, "out").await);
        done(&by_door_code(&v.li, &v.wang, &one, "out").await);

        assert_eq!(roll_of(&app, &other, v.people[0]).await, Some(("waiting".into(), 30, "overlap".into())));
        assert_eq!(roll_of(&app, &one, v.people[0]).await, Some(("waiting".into(), 90, "overlap".into())));
        assert!(confirmed(&app).await.is_empty());
    }

    async fn more_than_twelve_hours_a_day_wait_for_a_second_look(app: TestApp) {
        let mut v = village(&app).await;
        let day = announced(&v.li, &[("start", "07:00"), ("end", "18:00")]).await;
        let evening = announced(&v.li, &[("title", "夜巡"), ("start", "18:00"), ("end", "20:00")]).await;
        let (one, other) = (dates(&app, &day).await[0].clone(), dates(&app, &evening).await[0].clone());
        done(&join(&v.wang, &day, &one, &v.people[..1]).await);
        done(&join(&v.wang, &evening, &other, &v.people[..1]).await);
        app.wait(TO_NEXT - 120);
        v.li = again(&app, &v.li).await;
        v.wang = again(&app, &v.wang).await;

        done(&by_door_code(&v.li, &v.wang, &one, "in").await);
        app.wait(11 * 60);
        done(&by_door_code(&v.li, &v.wang, &one, "out").await);
        done(&by_door_code(&v.li, &v.wang, &other, "in").await);
        app.wait(61);
        done(&by_door_code(&v.li, &v.wang, &other, "out").await);

        assert_eq!(roll_of(&app, &one, v.people[0]).await, Some(("confirmed".into(), 660, String::new())));
        assert_eq!(roll_of(&app, &other, v.people[0]).await, Some(("waiting".into(), 61, "long_day".into())));
    }

    async fn who_leads_and_takes_part_has_nobody_beside_them(app: TestApp) {
        let (v, date) = at_the_door(&app, &[("organiser", "王秀英")]).await;

        done(&by_door_code(&v.wang, &v.wang, &date, "in").await);
        app.wait(60);
        done(&by_door_code(&v.wang, &v.wang, &date, "out").await);

        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("waiting".into(), 60, "own".into())));
        assert!(confirmed(&app).await.is_empty());
    }
}
