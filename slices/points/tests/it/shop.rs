//! The shop: points and pieces are held and settled together; a code is used once; stock that is
//! missing is written off by two; gifts fill common purposes.

use testkit::Client;

use crate::middle::{DAY, People, done, proposal, refused, rows};

/// Li puts detergent into the shop, for so many points, so many pieces.
async fn listed(people: &People, price: &str, pieces: &str) {
    let fields = [
        ("name", "洗衣液"),
        ("about", "两升装"),
        ("kind", "goods"),
        ("price", price),
        ("source", "演示单位"),
        ("from", "2026-11-01"),
        ("pieces", pieces),
    ];
    done(&people.li.post("/points/desk/rewards", &fields).await);
}

/// Where a reward is reserved.
async fn reward(who: &Client) -> String {
    let shop = who.get("/shop").await;
    let found = shop.attribute("form[action^='/shop/rewards/']", "action");
    found.unwrap_or_else(|| panic!("nothing to reserve in {}", shop.text()))
}

/// The first code on somebody's own page.
async fn code(who: &Client) -> String {
    let mine = who.get("/me/points").await;
    let html = mine.body();
    let at = html.find("chip big\">").unwrap() + "chip big\">".len();
    html[at..at + 9].to_owned()
}

testkit::on_both! {
    async fn a_reward_is_reserved_and_collected_with_its_code_once(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "20", "3").await;

        done(&people.wang.post(&reward(&people.wang).await, &[("amount", "1")]).await);
        let mine = people.wang.get("/me/points").await;
        let code = code(&people.wang).await;
        let typed = code.to_lowercase().replace('-', " ");
        let found = people.li.post("/shop/till", &[("code", &typed)]).await;
        done(&people.li.post("/shop/till/hand-out", &[("code", &code)]).await);
        let twice = people.zhou.post("/shop/till/hand-out", &[("code", &code)]).await;
        let after = people.wang.get("/me/points").await;

        assert!(mine.has_text("可以用的积分 10") && mine.has_text("另有 20 分在预约里"), "{}", mine.text());
        assert_eq!(mine.count("svg.qr"), 1);
        assert!(mine.statements() <= 6, "{} statements", mine.statements());
        assert!(found.has_text("洗衣液 × 1"), "{}", found.text());
        assert!(!found.text().contains("王秀英") && !found.text().contains("10 分"), "{}", found.text());
        refused(&twice, 409, "已经领过了");
        assert!(after.has_text("兑换：洗衣液") && after.has_text("-20"), "{}", after.text());
        assert!(after.has_text("可以用的积分 10") && !after.has_text("在预约里"), "{}", after.text());
        let shop = app.visitor().get("/shop").await;
        assert!(shop.has_text("还有 2 件"), "{}", shop.text());
        assert!(shop.statements() <= 6);
        let front = app.visitor().get("/points").await;
        assert!(front.has_text("还没用掉的积分 10") && front.has_text("还担得起 980"), "{}", front.text());
    }

    async fn of_two_tills_at_once_one_hands_out_and_the_other_is_told(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "20", "3").await;
        done(&people.wang.post(&reward(&people.wang).await, &[("amount", "1")]).await);
        let code = code(&people.wang).await;
        let fields = [("code", code.as_str())];

        let (one, other) = tokio::join!(
            people.li.post("/shop/till/hand-out", &fields),
            people.zhou.post("/shop/till/hand-out", &fields)
        );

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let told = if one.status() == 409 { &one } else { &other };
        refused(told, 409, "已经领过了");
        let mine = people.wang.get("/me/points").await;
        assert!(mine.has_text("可以用的积分 10"), "spent once: {}", mine.text());
    }

    async fn a_forged_code_finds_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "20", "3").await;
        done(&people.wang.post(&reward(&people.wang).await, &[("amount", "1")]).await);

        for forged in ["AAAA-AAAA", "", "' OR 1=1 --", "00000000", "王秀英"] {
            let look = people.li.post("/shop/till", &[("code", forged)]).await;
            refused(&look, 409, "没有这个领取码");
            let hand_out = people.li.post("/shop/till/hand-out", &[("code", forged)]).await;
            refused(&hand_out, 409, "没有这个领取码");
        }
        let code = code(&people.wang).await;
        assert_eq!(people.wang.post("/shop/till/hand-out", &[("code", &code)]).await.status(), 403);
        assert_eq!(rows(&app, "redemption", "state = 'reserved'").await, 1);
    }

    async fn two_who_want_the_last_piece_do_not_both_get_it(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.rich(&app, "3").await;
        let answer = crate::middle::claim(&people.zhao, items[1], "3", "2026-12-09").await;
        done(&answer);
        done(&crate::middle::check(&people.li, &crate::middle::last(answer.location()), "yes", "").await);
        app.wait(8 * DAY);
        app.work().await;
        let people = people.again(&app).await;
        listed(&people, "20", "1").await;
        let page = reward(&people.wang).await;

        let (one, other) = tokio::join!(
            people.wang.post(&page, &[("amount", "1")]),
            people.zhao.post(&page, &[("amount", "1")])
        );

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{} {}", one.text(), other.text());
        let told = if one.status() == 409 { &one } else { &other };
        refused(told, 409, "没有这么多件了");
        assert_eq!(rows(&app, "redemption", "1 = 1").await, 1);
    }

    async fn what_one_cannot_pay_is_not_reserved(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "20", "30").await;
        let page = reward(&people.wang).await;

        let two = people.wang.post(&page, &[("amount", "2")]).await;
        let none = people.wang.post(&page, &[("amount", "0")]).await;
        let many = people.wang.post(&page, &[("amount", "21")]).await;
        let stranger = app.resident("sun").await.post(&page, &[("amount", "1")]).await;
        let poor = people.zhao.post(&page, &[("amount", "1")]).await;

        refused(&two, 409, "积分不够");
        refused(&none, 422, "请填 1 到 20 之间的整数");
        refused(&many, 422, "请填 1 到 20 之间的整数");
        refused(&stranger, 409, "到社区服务台来一次");
        refused(&poor, 409, "积分不够");
        assert_eq!(rows(&app, "redemption", "1 = 1").await, 0);
        assert!(people.wang.get("/me/points").await.has_text("可以用的积分 30"));
    }

    async fn a_reservation_is_cancelled_by_its_owner_alone_and_everything_goes_back(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "20", "1").await;
        done(&people.wang.post(&reward(&people.wang).await, &[("amount", "1")]).await);
        let mine = people.wang.get("/me/points").await;
        let cancel = mine.attribute("form[action$='/cancel']", "action").unwrap();
        let code = code(&people.wang).await;

        let by_other = people.zhao.post(&cancel, &[]).await;
        let by_desk = people.li.post(&cancel, &[]).await;
        done(&people.wang.post(&cancel, &[]).await);
        let twice = people.wang.post(&cancel, &[]).await;
        let at_till = people.li.post("/shop/till/hand-out", &[("code", &code)]).await;

        assert_eq!((by_other.status(), by_desk.status()), (404, 404));
        refused(&twice, 409, "已经取消或者过期");
        refused(&at_till, 409, "已经取消或者过期");
        assert!(people.wang.get("/me/points").await.has_text("可以用的积分 30"));
        assert!(app.visitor().get("/shop").await.has_text("还有 1 件"));
    }

    async fn what_is_not_collected_in_fourteen_days_goes_back_by_itself(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "20", "1").await;
        done(&people.wang.post(&reward(&people.wang).await, &[("amount", "1")]).await);
        let code = code(&people.wang).await;

        app.wait(13 * DAY);
        app.work().await;
        let kept = rows(&app, "redemption", "state = 'reserved'").await;
        app.wait(2 * DAY);
        app.work().await;
        let people = people.again(&app).await;
        let late = people.li.post("/shop/till/hand-out", &[("code", &code)]).await;

        assert_eq!(kept, 1);
        assert_eq!(rows(&app, "redemption", "state = 'expired'").await, 1);
        refused(&late, 409, "已经取消或者过期");
        assert!(people.wang.get("/me/points").await.has_text("可以用的积分 30"));
        assert!(app.visitor().get("/shop").await.has_text("还有 1 件"));
        assert!(people.wang.get("/alerts").await.has_text("过期没有领，积分已退回"));
    }

    async fn stock_that_a_count_did_not_find_is_written_off_by_two_and_reservations_are_called_off(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "10", "2").await;
        done(&people.wang.post(&reward(&people.wang).await, &[("amount", "1")]).await);
        let code = code(&people.wang).await;
        let list = people.li.get("/points/desk/rewards").await;
        let page = list.attribute("td.title a", "href").unwrap();

        done(&people.li.post(&format!("{page}/write-off"), &[("amount", "2"), ("reason", "受潮报废")]).await);
        let confirm = proposal(&people.zhou).await;
        let own = people.li.post(&confirm, &[]).await;
        let kept = people.zhou.post(&confirm, &[]).await;
        done(&people.zhou.post(&confirm, &[("call_off", "yes")]).await);
        let at_till = people.li.post("/shop/till/hand-out", &[("code", &code)]).await;

        refused(&own, 409, "要另一个人来办");
        refused(&kept, 409, "剩下的已经被预约了");
        assert_eq!(rows(&app, "redemption", "state = 'called_off'").await, 1);
        refused(&at_till, 409, "已经取消或者过期");
        assert!(people.wang.get("/me/points").await.has_text("可以用的积分 30"));
        assert!(people.wang.get("/alerts").await.has_text("对不起，您预约的“洗衣液”数量不够"));
        assert!(app.visitor().get("/shop").await.has_text("暂时没有了"));
    }

    async fn a_price_that_rises_does_not_touch_what_is_reserved(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        listed(&people, "10", "5").await;
        let shop = reward(&people.wang).await;
        done(&people.wang.post(&shop, &[("amount", "1")]).await);
        let list = people.li.get("/points/desk/rewards").await;
        let page = list.attribute("td.title a", "href").unwrap();
        let change = |version: &'static str, price: &'static str, until: &'static str| {
            [("version", version), ("name", "洗衣液"), ("kind", "goods"), ("price", price), ("source", "演示单位"), ("from", "2026-11-01"), ("until", until)]
        };

        done(&people.li.post(&page, &change("1", "15", "")).await);
        let stale = people.zhou.post(&page, &change("1", "12", "")).await;
        let backwards = people.zhou.post(&page, &change("2", "12", "2026-10-01")).await;
        let dear = people.zhou.post(&page, &change("2", "0", "")).await;
        done(&people.zhou.post(&page, &change("2", "15", "2026-12-01")).await);
        let gone = people.wang.post(&shop, &[("amount", "1")]).await;

        assert!(people.wang.get("/me/points").await.has_text("另有 10 分在预约里"));
        refused(&stale, 409, "有人刚刚办过了");
        refused(&backwards, 422, "截止日期不能早于开始日期");
        refused(&dear, 422, "请填 1 到 100000 之间的整数");
        refused(&gone, 409, "现在没有上架");
        assert!(people.li.get(&page).await.statements() <= 6);
    }

    async fn pieces_come_in_and_are_counted(app: TestApp) {
        let people = People::of(&app).await;
        listed(&people, "10", "").await;
        let list = people.li.get("/points/desk/rewards").await;
        let page = list.attribute("td.title a", "href").unwrap();

        let nothing = people.li.post(&format!("{page}/restock"), &[("amount", "0")]).await;
        done(&people.li.post(&format!("{page}/restock"), &[("amount", "12")]).await);
        let by_resident = people.wang.post(&format!("{page}/restock"), &[("amount", "12")]).await;

        refused(&nothing, 422, "请填 1 到 100000 之间的整数");
        assert_eq!(by_resident.status(), 403);
        assert!(people.li.get(&page).await.has_text("可预约 12 件"));
        let wrong = people.li.post("/points/desk/rewards", &[("name", "")]).await;
        for said in ["请填写", "请选一项", "请填 1 到 100000 之间的整数", "请填日期"] {
            refused(&wrong, 422, said);
        }
    }

    async fn neighbours_give_to_a_common_purpose_and_only_the_sum_is_told(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        let fields = [("title", "花园种子"), ("said", "给公共花园买种子")];
        done(&people.li.post("/points/desk/purposes", &fields).await);
        let shop = people.wang.get("/shop").await;
        let give = shop.attribute("form[action^='/shop/purposes/']", "action").unwrap();

        done(&people.wang.post(&give, &[("amount", "12")]).await);
        let broken = people.wang.post(&give, &[("amount", "13")]).await;
        let too_much = people.wang.post(&give, &[("amount", "19")]).await;
        let nothing = people.wang.post(&give, &[("amount", "-1")]).await;
        let public = app.visitor().get("/shop").await;
        let mine = people.wang.get("/me/points").await;
        let close = format!("/points/desk/purposes/{}/close", crate::middle::last(&give));
        done(&people.li.post(&close, &[]).await);
        let closed = people.wang.post(&give, &[("amount", "1")]).await;

        assert_eq!(broken.status(), 500, "broken off half-way");
        refused(&too_much, 409, "积分不够");
        refused(&nothing, 422, "请填 1 到 10000 之间的整数");
        assert!(public.has_text("花园种子 12 分"), "{}", public.text());
        assert!(!public.text().contains("王秀英"));
        assert!(mine.has_text("捐给：花园种子") && mine.has_text("可以用的积分 18"), "{}", mine.text());
        assert_eq!(rows(&app, "points_gift", "1 = 1").await, 1, "the broken one left nothing");
        refused(&closed, 409, "已经结束了");
        assert_eq!(people.wang.post(&close, &[]).await.status(), 403);
    }
}
