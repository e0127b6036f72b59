//! Signing in and out: codes, clocks that jump, and not meeting.

use testkit::NOW;

use crate::town::{
    Town, UNTIL_HELP, act, ask, balance, choose, code, done, events, offer, one, refused, state,
};

testkit::on_both! {
    async fn minutes_are_counted_from_the_receivers_code_to_the_receivers_code(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, 95).await;

        assert_eq!(state(&app, &page).await, "signed_out");
        let shown = town.wang.client.get(&page).await;
        assert!(shown.has_text("1 小时 35 分钟"), "{}", shown.text());
        assert!(town.wang.client.get("/alerts").await.has_text("请确认时长"));
        let told = events(&app, "timebank.help_signed_out").await;
        assert!(told[0].body.contains("\"minutes\":95"), "{}", told[0].body);
    }

    async fn a_wrong_code_is_noted_and_too_many_of_them_close_that_way(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;
        app.wait(UNTIL_HELP);
        let right = code(&app, &page).await;
        let wrong = if right == "000000" { "000001" } else { "000000" };

        for _ in 0..5 {
            let answer = act(&town.liu.client, &page, "sign-in", &[("code", wrong)]).await;
            refused(&answer, 409, "六位数不对");
        }
        let blocked = act(&town.liu.client, &page, "sign-in", &[("code", &right)]).await;
        let told = [("day", "2026-11-28"), ("time", "09:00")];
        done(&act(&town.li, &page, "sign-in", &told).await);

        refused(&blocked, 409, "输错次数太多");
        assert_eq!(events(&app, "timebank.help_code_refused").await.len(), 5);
        assert_eq!(state(&app, &page).await, "signed_in");
    }

    async fn only_the_helper_or_a_coordinator_signs_in_and_not_long_before(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;
        let right = code(&app, &page).await;

        let early = act(&town.liu.client, &page, "sign-in", &[("code", &right)]).await;
        app.wait(UNTIL_HELP);
        let by_receiver = act(&town.wang.client, &page, "sign-in", &[("code", &right)]).await;
        let by_other = act(&town.zhao.client, &page, "sign-in", &[("code", &right)]).await;

        refused(&early, 409, "还没有到时间");
        refused(&by_receiver, 409, "自己的事");
        assert_eq!(by_other.status(), 404);
        assert_eq!(state(&app, &page).await, "reserved");
    }

    async fn a_clock_that_jumps_is_asked_back(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_in(&app).await;
        let right = code(&app, &page).await;
        let sign_out = [("code", right.as_str())];

        let at_once = act(&town.liu.client, &page, "sign-out", &sign_out).await;
        app.clock().set(NOW.plus(kernel::Minutes(UNTIL_HELP - 30)));
        let backwards = act(&town.liu.client, &page, "sign-out", &sign_out).await;
        app.clock().set(NOW.plus(kernel::Minutes(UNTIL_HELP + 25 * 60)));
        let forgotten = act(&town.liu.client, &page, "sign-out", &sign_out).await;
        let before = [("day", "2026-11-28"), ("time", "08:30")];
        let noted_before = act(&town.li, &page, "sign-out", &before).await;
        let ahead = [("day", "2026-11-29"), ("time", "23:00")];
        let noted_ahead = act(&town.li, &page, "sign-out", &ahead).await;
        let nonsense = [("day", "2026-11-31"), ("time", "11:00")];
        let unreadable = act(&town.li, &page, "sign-out", &nonsense).await;

        refused(&at_once, 409, "还不到 1 分钟");
        refused(&backwards, 409, "签退比签到还早");
        refused(&forgotten, 409, "超过 12 小时");
        refused(&noted_before, 409, "签退比签到还早");
        refused(&noted_ahead, 409, "这个时间还没有到");
        refused(&unreadable, 422, "请填日期和时间");
        assert_eq!(state(&app, &page).await, "signed_in");
        let right_time = [("day", "2026-11-28"), ("time", "11:00")];
        done(&act(&town.li, &page, "sign-out", &right_time).await);
        assert!(town.wang.client.get(&page).await.has_text("2 小时"));
    }

    async fn who_has_not_signed_out_does_not_sign_in_elsewhere(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let first = town.reserved().await;
        let later = town.wang.client.post("/timebank/ask", &ask(&[("time", "11:00")])).await;
        let second = later.location().to_owned();
        done(&offer(&town.liu, &second).await);
        done(&choose(&town.wang.client, &second, &town.liu).await);
        app.wait(UNTIL_HELP);
        let right = code(&app, &first).await;
        done(&act(&town.liu.client, &first, "sign-in", &[("code", &right)]).await);
        app.wait(121);

        let right = code(&app, &second).await;
        let answer = act(&town.liu.client, &second, "sign-in", &[("code", &right)]).await;

        refused(&answer, 409, "还有一单没有签退");
    }

    async fn not_to_meet_releases_the_credit_and_has_no_consequence(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;
        let early = act(&town.liu.client, &page, "miss", &[]).await;
        app.wait(UNTIL_HELP + 30);

        done(&act(&town.wang.client, &page, "miss", &[]).await);

        refused(&early, 409, "还没有到时间");
        assert_eq!(state(&app, &page).await, "no_show");
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert_eq!(one(&app, &page, "code").await, None);
        let asked = town.wang.client.post("/timebank/ask", &ask(&[("day", "2026-12-05")])).await;
        done(&asked);
        done(&offer(&town.liu, asked.location()).await);
    }

    async fn a_help_that_nobody_began_lapses_and_the_credit_returns(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;

        app.wait(UNTIL_HELP + 8 * 24 * 60);
        app.work().await;

        assert_eq!(state(&app, &page).await, "cancelled");
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert!(town.wang.client.get("/alerts").await.has_text("过期没有签到"));
    }
}
