//! Minutes are confirmed by the receiver, or by a coordinator who asked them; disputed, settled,
//! booked whole or in part; and two people make an hour.

use kernel::events::{Event, HelpConfirmed};

use crate::town::{
    LENGTH, Town, act, act_on, ask, balance, choose, credit, done, events, forced, offer, refused,
    state, version,
};

const SAID: (&str, &str) = ("call_back", "她说小刘陪了两个钟头，很好");

testkit::on_both! {
    async fn the_receiver_confirms_and_the_minutes_are_booked_once(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;

        done(&act(&town.wang.client, &page, "confirm", &[]).await);
        let twice = forced(&app, &town.wang.client, &page, "confirm", &[]).await;

        refused(&twice, 409, "现在不能这样办");
        assert_eq!(state(&app, &page).await, "posted");
        assert_eq!(balance(&app, town.wang.id).await, (480, 0));
        assert_eq!(balance(&app, town.liu.id).await, (120, 0));
        let told = events(&app, HelpConfirmed::NAME).await;
        assert_eq!(told.len(), 1);
        let confirmed: HelpConfirmed = told[0].read().unwrap();
        assert_eq!(confirmed.person, town.liu.id);
        assert_eq!((confirmed.minutes, confirmed.day.as_str()), (120, "2026-11-28"));
        assert_eq!(told[0].person, Some(town.liu.id), "the rights desk shows it to them");
    }

    async fn a_shorter_help_returns_the_rest_and_a_longer_one_takes_what_there_is(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, 90).await;
        done(&act(&town.wang.client, &page, "confirm", &[]).await);
        assert_eq!(balance(&app, town.wang.id).await, (510, 0));
        assert_eq!(balance(&app, town.liu.id).await, (90, 0));

        let answer = town.wang.client.post("/timebank/ask", &ask(&[("day", "2026-12-05")])).await;
        let page = answer.location().to_owned();
        done(&offer(&town.zhao, &page).await);
        done(&choose(&town.wang.client, &page, &town.zhao).await);
        app.wait(7 * 24 * 60);
        let code = crate::town::code(&app, &page).await;
        done(&act(&town.zhao.client, &page, "sign-in", &[("code", &code)]).await);
        app.wait(150);
        done(&act(&town.zhao.client, &page, "sign-out", &[("code", &code)]).await);
        done(&act(&town.wang.client, &page, "confirm", &[]).await);

        assert_eq!(balance(&app, town.zhao.id).await, (150, 0));
        assert_eq!(balance(&app, town.wang.id).await, (360, 0));
        assert_eq!(state(&app, &page).await, "posted");
    }

    async fn who_helped_never_confirms(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;

        let answer = forced(&app, &town.liu.client, &page, "confirm", &[]).await;

        refused(&answer, 409, "自己的事");
        assert!(!town.liu.client.get(&page).await.has_text("对，2 小时"));
        assert_eq!(state(&app, &page).await, "signed_out");
        assert_eq!(town.zhao.client.post(&format!("{page}/confirm"), &[]).await.status(), 404);
    }

    async fn silence_confirms_nothing_and_brings_it_to_the_coordinator(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;

        let early = forced(&app, &town.li, &page, "confirm", &[SAID]).await;
        let desk_before = town.li.get("/timebank/desk").await;
        app.wait(72 * 60);
        app.work().await;
        let silent = state(&app, &page).await;
        let desk = town.li.get("/timebank/desk").await;
        let wordless = act(&town.li, &page, "confirm", &[("call_back", " ")]).await;
        done(&act(&town.li, &page, "confirm", &[SAID]).await);

        refused(&early, 409, "还在确认时限内");
        assert_eq!(silent, "signed_out");
        assert!(!desk_before.has_text("请打电话问 1"), "{}", desk_before.text());
        assert!(desk.has_text("过了时限没有确认，请打电话问 1"), "{}", desk.text());
        assert!(town.li.get("/alerts").await.has_text("请打电话问接受帮助的人"));
        refused(&wordless, 422, "这里要写几个字");
        assert_eq!(state(&app, &page).await, "posted");
        assert_eq!(balance(&app, town.liu.id).await, (120, 0));
        assert!(town.chen.get(&page).await.has_text("陪了两个钟头"));
        assert!(!town.liu.client.get(&page).await.has_text("陪了两个钟头"));
    }

    async fn who_noted_the_times_does_not_confirm_them(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;
        app.wait(crate::town::UNTIL_HELP + 180);
        let times = [("09:00", "sign-in"), ("11:00", "sign-out")];
        for (time, word) in times {
            let told = [("day", "2026-11-28"), ("time", time)];
            done(&act(&town.li, &page, word, &told).await);
        }
        app.wait(72 * 60);

        let by_same = act(&town.li, &page, "confirm", &[SAID]).await;
        done(&act(&town.chen, &page, "confirm", &[SAID]).await);

        refused(&by_same, 409, "要另一位来办");
        assert_eq!(balance(&app, town.liu.id).await, (120, 0));
    }

    async fn a_dispute_is_settled_with_fewer_minutes_never_more(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;
        let complaint = [("complaint", "中间他走开了半个小时")];
        let wordless = act(&town.wang.client, &page, "dispute", &[]).await;
        done(&act(&town.wang.client, &page, "dispute", &complaint).await);
        assert!(town.li.get("/alerts").await.has_text("时长有异议"));

        let settle = |hours, minutes| [
            ("hours", hours), ("minutes", minutes), ("settlement", "双方都认一个半小时"),
        ];
        let more = act(&town.li, &page, "settle", &settle("2", "1")).await;
        let by_receiver =
            forced(&app, &town.wang.client, &page, "settle", &settle("1", "0")).await;
        done(&act(&town.li, &page, "settle", &settle("1", "30")).await);

        refused(&wordless, 422, "这里要写几个字");
        refused(&more, 422, "只能少算");
        assert_eq!(by_receiver.status(), 403);
        assert_eq!(state(&app, &page).await, "posted_in_part");
        assert_eq!(balance(&app, town.liu.id).await, (90, 0));
        assert_eq!(balance(&app, town.wang.id).await, (510, 0));
        let told: HelpConfirmed = events(&app, HelpConfirmed::NAME).await[0].read().unwrap();
        assert_eq!(told.minutes, 90);
        assert!(town.liu.client.get(&page).await.has_text("双方都认一个半小时"));
    }

    async fn a_dispute_over_nothing_books_nothing_and_counts_for_nothing(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;
        done(&act(&town.liu.client, &page, "dispute", &[("complaint", "其实没有去成")]).await);

        let settled = [("hours", "0"), ("minutes", "0"), ("settlement", "没有去成")];
        done(&act(&town.li, &page, "settle", &settled).await);

        assert_eq!(state(&app, &page).await, "posted_in_part");
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert!(events(&app, HelpConfirmed::NAME).await.is_empty());
    }

    async fn what_a_full_account_cannot_hold_goes_to_the_pool(app: TestApp) {
        let town = Town::with_credit(&app).await;
        credit(&app, town.liu.id, 89_970).await;
        let page = town.signed_out(&app, LENGTH).await;

        done(&act(&town.wang.client, &page, "confirm", &[]).await);

        assert_eq!(balance(&app, town.liu.id).await, (90_000, 0));
        assert_eq!(balance(&app, town.wang.id).await, (480, 0));
        assert_eq!(state(&app, &page).await, "posted");
        let front = app.visitor().get("/timebank").await;
        assert!(front.has_text("公益时间池 1 小时 30 分钟"), "{}", front.text());
        assert!(town.liu.client.get(&page).await.has_text("进公益时间池 1 小时 30 分钟"));
    }

    async fn minutes_confirmed_after_the_reservation_lapsed_are_booked_anew_or_wait(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;
        done(&act(&town.wang.client, &page, "dispute", &[("complaint", "记错了")]).await);
        app.wait(8 * 24 * 60);
        app.work().await;
        assert_eq!(state(&app, &page).await, "disputed");
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        let away = [("hours", "9"), ("minutes", "0")];
        done(&town.wang.client.post("/me/time/donate", &away).await);

        let settled = [("hours", "2"), ("minutes", "0"), ("settlement", "没有错")];
        done(&act(&town.li, &page, "settle", &settled).await);
        let waits = state(&app, &page).await;
        let too_early = act(&town.li, &page, "post", &[]).await;
        credit(&app, town.wang.id, 60).await;
        done(&act(&town.li, &page, "post", &[]).await);

        assert_eq!(waits, "confirmed");
        refused(&too_early, 409, "时间币不够");
        assert_eq!(state(&app, &page).await, "posted");
        assert_eq!(balance(&app, town.liu.id).await, (120, 0));
        assert_eq!(events(&app, HelpConfirmed::NAME).await.len(), 1);
    }

    async fn of_two_who_confirm_at_once_one_is_told_and_it_is_booked_once(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;
        app.wait(72 * 60);
        let version = version(&town.li, &page).await;

        let (one_answer, other) = tokio::join!(
            act_on(&town.li, &page, "confirm", &version, &[SAID]),
            act_on(&town.wang.client, &page, "confirm", &version, &[]),
        );

        let mut answers = [one_answer.status(), other.status()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
        assert_eq!(balance(&app, town.liu.id).await, (120, 0));
        assert_eq!(events(&app, HelpConfirmed::NAME).await.len(), 1);
    }

    async fn a_confirmation_that_breaks_off_halfway_leaves_nothing(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, 61).await;

        // The room below breaks off helps of 61 minutes when all rows are written.
        let broken = act(&town.wang.client, &page, "confirm", &[]).await;

        assert_eq!(broken.status(), 500);
        assert_eq!(state(&app, &page).await, "signed_out");
        assert_eq!(balance(&app, town.wang.id).await, (480, 120));
        assert_eq!(balance(&app, town.liu.id).await, (0, 0));
        assert!(events(&app, HelpConfirmed::NAME).await.is_empty());
    }
}
