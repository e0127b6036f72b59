//! Offers, the choice, and the credit that is reserved with it.

use crate::town::{
    Town, act, act_on, ask, balance, choose, done, events, forced, offer, refused, state, version,
};

testkit::on_both! {
    async fn whoever_asked_chooses_and_the_credit_is_reserved(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;

        assert_eq!(state(&app, &page).await, "reserved");
        assert_eq!(balance(&app, town.wang.id).await, (480, 120));
        assert_eq!(balance(&app, town.liu.id).await, (0, 0));
        let helper = town.liu.client.get(&page).await;
        assert!(helper.has_text("3栋2单元5678") && helper.has_text("13812345678"), "{}", helper.text());
        let receiver = town.wang.client.get(&page).await;
        assert!(receiver.has_text("13912345678"), "{}", receiver.text());
        assert!(receiver.has_text("签到签退的六位数"));
        assert!(!helper.has_text("签到签退的六位数"));
        assert_eq!(events(&app, "timebank.help_reserved").await.len(), 1);
        assert_eq!(town.zhao.client.get(&page).await.status(), 404);
    }

    async fn a_contact_that_was_not_shared_stays_closed(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let answer = town.wang.client.post("/timebank/ask", &ask(&[("shared", "no")])).await;
        let page = answer.location().to_owned();
        done(&town.liu.client.post(&format!("{page}/offer"), &[]).await);
        done(&choose(&town.wang.client, &page, &town.liu).await);

        let helper = town.liu.client.get(&page).await;
        let receiver = town.wang.client.get(&page).await;

        assert!(!helper.has_text("5678"), "{}", helper.text());
        assert!(!receiver.has_text("13912345678"), "{}", receiver.text());
    }

    async fn nobody_helps_themselves_and_only_who_has_an_account_offers(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.asked().await;
        done(&town.zhao.client.post("/me/time/close", &[]).await);

        let oneself = offer(&town.wang, &page).await;
        let closed = offer(&town.zhao, &page).await;
        done(&offer(&town.liu, &page).await);
        let twice = offer(&town.liu, &page).await;

        refused(&oneself, 409, "自己的事");
        refused(&closed, 409, "还没有开户");
        refused(&twice, 409, "现在不能这样办");
        assert_eq!(app.visitor().post(&format!("{page}/offer"), &[]).await.status(), 401);
    }

    async fn where_a_coordinator_is_needed_only_a_coordinator_chooses(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let answer = town.wang.client.post("/timebank/ask", &ask(&[("coordinator", "yes")])).await;
        let page = answer.location().to_owned();
        done(&offer(&town.liu, &page).await);

        let giver = town.liu.id.to_string();
        let chosen = [("giver", giver.as_str())];
        let by_receiver = forced(&app, &town.wang.client, &page, "match", &chosen).await;
        let by_helper = forced(&app, &town.liu.client, &page, "match", &chosen).await;
        done(&choose(&town.li, &page, &town.liu).await);

        refused(&by_receiver, 409, "由社区协调员定谁去");
        assert_eq!(by_helper.status(), 403);
        assert_eq!(state(&app, &page).await, "reserved");
    }

    async fn an_offer_can_be_taken_back_and_then_is_none(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.offered().await;
        done(&town.liu.client.post(&format!("{page}/take-back"), &[]).await);

        assert_eq!(state(&app, &page).await, "requested");
        done(&offer(&town.zhao, &page).await);
        let choice = choose(&town.wang.client, &page, &town.liu).await;

        refused(&choice, 409, "没有报名");
    }

    async fn who_cannot_come_after_all_says_so_and_the_help_is_sought_again(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.offered().await;
        done(&offer(&town.zhao, &page).await);
        done(&choose(&town.wang.client, &page, &town.liu).await);

        let by_receiver = act(&town.wang.client, &page, "step-back", &[]).await;
        done(&act(&town.liu.client, &page, "step-back", &[]).await);

        refused(&by_receiver, 409, "自己的事");
        assert_eq!(state(&app, &page).await, "offered", "the other still offers");
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert!(town.wang.client.get("/alerts").await.has_text("帮忙的人来不了"));
        assert!(!town.wang.client.get(&page).await.has_text("13912345678"));
        done(&choose(&town.wang.client, &page, &town.zhao).await);
    }

    async fn nobody_is_promised_to_two_helps_at_once(app: TestApp) {
        let town = Town::with_credit(&app).await;
        town.reserved().await;
        let second = town.wang.client.post("/timebank/ask", &ask(&[("time", "10:30")])).await;
        let page = second.location().to_owned();
        done(&offer(&town.liu, &page).await);
        done(&offer(&town.zhao, &page).await);

        let busy = choose(&town.wang.client, &page, &town.liu).await;
        done(&choose(&town.wang.client, &page, &town.zhao).await);

        refused(&busy, 409, "已经约了别的事");
    }

    async fn what_is_reserved_elsewhere_cannot_be_reserved_again(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let mut pages = Vec::new();
        for day in ["2026-11-23", "2026-11-24"] {
            let fields = ask(&[("day", day), ("hours", "6")]);
            let answer = town.wang.client.post("/timebank/ask", &fields).await;
            let page = answer.location().to_owned();
            done(&offer(&town.liu, &page).await);
            pages.push(page);
        }
        done(&choose(&town.wang.client, &pages[0], &town.liu).await);

        let second = choose(&town.wang.client, &pages[1], &town.liu).await;

        refused(&second, 409, "时间币不够");
        assert_eq!(state(&app, &pages[1]).await, "offered");
        assert_eq!(balance(&app, town.wang.id).await, (240, 360));
    }

    async fn of_two_who_choose_at_once_one_is_told(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.offered().await;
        let version = version(&town.li, &page).await;
        let giver = town.liu.id.to_string();
        let fields = [("giver", giver.as_str())];

        let (one, other) = tokio::join!(
            act_on(&town.li, &page, "match", &version, &fields),
            act_on(&town.wang.client, &page, "match", &version, &fields),
        );

        let mut answers = [one.status(), other.status()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
        assert_eq!(events(&app, "timebank.help_matched").await.len(), 1);
        assert_eq!(balance(&app, town.wang.id).await, (480, 120));
    }

    async fn two_who_offer_at_once_are_both_there(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.asked().await;

        let (one, other) = tokio::join!(offer(&town.liu, &page), offer(&town.zhao, &page));

        done(&one);
        done(&other);
        let shown = town.wang.client.get(&page).await;
        assert!(shown.has_text("刘洋") && shown.has_text("赵敏"), "{}", shown.text());
    }
}
