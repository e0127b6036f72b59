//! Asking: who may spend, what is said before, what is public, and bad input.

use jiff::civil::date;

use crate::town::{Town, act, ask, credit, done, events, forced, neighbour, refused, state};

testkit::on_both! {
    async fn what_is_sought_shows_neither_name_nor_address_nor_words(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.asked().await;

        let front = app.visitor().get("/timebank").await;
        let brief = app.visitor().get(&page).await;
        let helper = town.liu.client.get(&page).await;

        for shown in [&front, &brief, &helper] {
            assert_eq!(shown.status(), 200);
            assert!(shown.has_text("陪同出行") && shown.has_text("2 小时"), "{}", shown.text());
            for secret in ["王秀英", "5678", "取药", "13812345678"] {
                assert!(!shown.has_text(secret), "{secret} in {}", shown.text());
            }
        }
        assert!(town.wang.client.get(&page).await.has_text("陪我去医院取药"));
        assert_eq!(events(&app, "timebank.help_asked").await.len(), 1);
    }

    async fn one_spends_on_oneself_from_sixty_and_with_an_account(app: TestApp) {
        let town = Town::with_credit(&app).await;
        credit(&app, town.liu.id, 600).await;
        let young = town.liu.client.post("/timebank/ask", &ask(&[])).await;
        let old = neighbour(&app, "孙桂芳", date(1955, 1, 1), "13612345678").await;
        let without = old.client.post("/timebank/ask", &ask(&[])).await;
        done(&old.client.post("/me/time/open", &[]).await);
        let poor = old.client.post("/timebank/ask", &ask(&[])).await;

        refused(&young, 422, "还没有到给自己用的年龄");
        refused(&without, 422, "还没有开户");
        refused(&poor, 422, "时间币不够");
        assert!(events(&app, "timebank.help_asked").await.is_empty());
    }

    async fn who_has_no_credit_is_told_before_asking_and_can_leave_it_to_the_desk(app: TestApp) {
        let town = Town::of(&app).await;
        let form = town.wang.client.get("/timebank/ask").await;
        assert!(form.has_text("还没有开户"), "{}", form.text());
        assert!(form.has_text("先去帮邻居") && form.has_text("请直系亲属转赠"));

        let answer = town.wang.client.post("/timebank/ask", &ask(&[("payer", "desk")])).await;

        done(&answer);
        let page = answer.location();
        assert!(town.li.get("/alerts").await.has_text("需要协调员安排"));
        let shown = town.wang.client.get(page).await;
        assert!(shown.has_text("由社区协调员定谁去"), "{}", shown.text());
    }

    async fn bad_input_is_said_field_by_field(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let sent = |others: Vec<(&'static str, &'static str)>| {
            let client = &town.wang.client;
            async move { client.post("/timebank/ask", &ask(&others)).await }
        };

        refused(&sent(vec![("hours", "25")]).await, 422, "15 分钟到 8 小时之间");
        refused(&sent(vec![("hours", "两")]).await, 422, "请填数字");
        refused(&sent(vec![("day", "2026-11-20")]).await, 422, "这个时间已经过了");
        refused(&sent(vec![("day", "2027-11-20")]).await, 422, "最多提前 60 天");
        refused(&sent(vec![("time", "25:00")]).await, 422, "请填日期和时间");
        refused(&sent(vec![("place", "")]).await, 422, "这里要写几个字");
        refused(&sent(vec![("wish", "身份证 11010519491231002X")]).await, 422, "不要写身份证号");
        refused(&sent(vec![("phone", "12")]).await, 422, "电话号码不对");
        refused(&sent(vec![("kind", "nursing")]).await, 422, "没有这个事项");
        refused(&sent(vec![("payer", "")]).await, 422, "请选时间币从哪里出");
        let stranger = town.liu.id.to_string();
        let fields = ask(&[("receiver", stranger.as_str())]);
        let answer = town.wang.client.post("/timebank/ask", &fields).await;
        refused(&answer, 422, "还没有登记为直系亲属");
        assert!(events(&app, "timebank.help_asked").await.is_empty());
    }

    async fn who_is_not_in_the_register_is_asked_to_come_to_the_desk_once(app: TestApp) {
        let stranger = app.resident("游客").await;

        let ask = stranger.get("/timebank/ask").await;
        let own = stranger.get("/me/time").await;

        refused(&ask, 409, "请到社区服务台办一次");
        refused(&own, 409, "请到社区服务台办一次");
    }

    async fn the_desk_writes_down_for_who_came_but_not_for_itself(app: TestApp) {
        let town = Town::of(&app).await;
        let form = format!("/timebank/record?for={}", town.wang.id);
        let receiver = town.wang.id.to_string();
        let fields = ask(&[("receiver", &receiver), ("payer", "desk"), ("coordinator", "yes")]);

        let shown = town.li.get(&form).await;
        let by_desk = town.li.post("/timebank/record", &fields).await;
        let by_resident = town.liu.client.post("/timebank/record", &fields).await;

        assert!(shown.has_text("替王秀英登记求助"), "{}", shown.text());
        done(&by_desk);
        assert_eq!(by_resident.status(), 403);
        assert!(town.wang.client.get("/alerts").await.has_text("已替您登记"));
        assert!(town.wang.client.get(by_desk.location()).await.has_text("您是接受帮助的人"));
    }

    async fn calling_off_is_for_the_receiving_side_and_the_desk(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;

        let by_giver = forced(&app, &town.liu.client, &page, "cancel", &[]).await;
        done(&act(&town.wang.client, &page, "cancel", &[]).await);
        let twice = forced(&app, &town.li, &page, "cancel", &[]).await;

        refused(&by_giver, 409, "自己的事");
        refused(&twice, 409, "现在不能这样办");
        assert_eq!(state(&app, &page).await, "cancelled");
        assert_eq!(crate::town::balance(&app, town.wang.id).await, (600, 0));
        assert!(town.liu.client.get("/alerts").await.has_text("已取消"));
    }
}
