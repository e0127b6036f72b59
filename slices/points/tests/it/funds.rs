//! What is granted is covered; what needs two people is done by two; a wrong grant goes back as far
//! as it is unspent.

use crate::middle::{DAY, People, done, proposal, refused, rows};

testkit::on_both! {
    async fn a_grant_beyond_the_fund_waits_for_cover_and_the_desk_sees_it(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        people.funded("12").await;
        people.checked(items[0], "2", "2026-12-01").await;
        people.checked(items[1], "1", "2026-12-01").await;

        app.wait(9 * DAY);
        app.work().await;
        let people = people.again(&app).await;
        let posted = rows(&app, "points_claim", "state = 'posted'").await;
        let desk = people.li.get("/points/desk").await;
        let notices = app.visitor().get("/points/notices").await;
        people.funded("100").await;
        app.work().await;

        assert_eq!(posted, 1, "the first is covered, the second is not");
        assert!(desk.has_text("有 1 条申报公示期满，共 10 分，兑换资金不够"), "{}", desk.text());
        assert!(notices.has_text("等兑换资金"), "{}", notices.text());
        assert_eq!(rows(&app, "points_claim", "state = 'posted'").await, 2);
        let front = app.visitor().get("/points").await;
        assert!(front.has_text("还没用掉的积分 20"), "{}", front.text());
        assert!(front.has_text("兑换资金还担得起 112"), "{}", front.text());
        assert!(front.has_text("还可以发放 92"), "{}", front.text());
    }

    async fn a_fund_needs_two_people_and_is_entered_once(app: TestApp) {
        let people = People::of(&app).await;
        let fields = [("amount", "500"), ("reason", "演示单位赞助")];
        done(&people.li.post("/points/desk/funds", &fields).await);
        let confirm = proposal(&people.zhou).await;

        let own = people.li.post(&confirm, &[]).await;
        let by_resident = people.wang.post(&confirm, &[]).await;
        let (one, other) = tokio::join!(people.zhou.post(&confirm, &[]), people.head.post(&confirm, &[]));
        let withdrawn = people.li.post(&confirm.replace("confirm", "withdraw"), &[]).await;

        refused(&own, 409, "要另一个人来办");
        assert_eq!(by_resident.status(), 403);
        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        refused(&withdrawn, 409, "现在不能办了");
        let page = people.li.get("/points/desk/funds").await;
        assert!(page.has_text("还可以发放 500"), "{}", page.text());
        assert!(page.statements() <= 6, "{} statements", page.statements());
    }

    async fn a_fund_without_a_source_or_an_amount_is_not_taken(app: TestApp) {
        let people = People::of(&app).await;

        for (amount, reason, said) in [
            ("0", "赞助", "请填 1 到 10000000 之间的整数"),
            ("-5", "赞助", "请填 1 到 10000000 之间的整数"),
            ("100", " ", "请填写"),
        ] {
            let fields = [("amount", amount), ("reason", reason)];
            refused(&people.li.post("/points/desk/funds", &fields).await, 422, said);
        }
        assert_eq!(rows(&app, "points_proposal", "1 = 1").await, 0);
    }

    async fn a_wrong_grant_goes_back_by_two_people_and_opens_an_appeal(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "2").await;
        let list = people.li.get("/points/desk?show=done").await;
        let page = list.attribute("td.title a", "href").unwrap();
        let reverse = format!("{page}/reverse");

        let too_much = people.li.post(&reverse, &[("amount", "21"), ("reason", "记错了人")]).await;
        done(&people.li.post(&reverse, &[("amount", "20"), ("reason", "记错了人")]).await);
        let confirm = proposal(&people.head).await;
        let own = people.li.post(&confirm, &[]).await;
        done(&people.head.post(&confirm, &[]).await);
        let mine = people.wang.get("/me/points").await;
        let claim = page.replace("/points/desk", "/me/points");
        let told = people.wang.get(&claim).await;

        refused(&too_much, 409, "没有可以退回的了");
        refused(&own, 409, "要另一个人来办");
        assert!(mine.has_text("可以用的积分 0"), "{}", mine.text());
        assert!(mine.has_text("退回：志愿服务") && mine.has_text("-20"), "{}", mine.text());
        assert!(told.has_text("记错了人") && told.has_text("提出申诉"), "{}", told.text());
        done(&people.wang.post(&format!("{claim}/appeal"), &[("said", "就是我")]).await);
        assert!(people.wang.get("/alerts").await.has_text("入账有误"));
        let front = app.visitor().get("/points").await;
        assert!(front.has_text("还可以发放 1,000"), "what came back can be granted again: {}", front.text());
    }

    async fn a_reversal_takes_what_is_unspent_and_never_leaves_a_debt(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "2").await;
        let fields = [("title", "花园种子"), ("said", "给公共花园买种子")];
        done(&people.li.post("/points/desk/purposes", &fields).await);
        let shop = people.wang.get("/shop").await;
        let give = shop.attribute("form[action^='/shop/purposes/']", "action").unwrap();
        done(&people.wang.post(&give, &[("amount", "15")]).await);
        let list = people.li.get("/points/desk?show=done").await;
        let page = list.attribute("td.title a", "href").unwrap();

        done(&people.li.post(&format!("{page}/reverse"), &[("amount", "20"), ("reason", "记错了")]).await);
        done(&people.head.post(&proposal(&people.head).await, &[]).await);
        let again = people.li.post(&format!("{page}/reverse"), &[("amount", "1"), ("reason", "再退")]).await;
        let mine = people.wang.get("/me/points").await;

        assert!(mine.has_text("可以用的积分 0"), "{}", mine.text());
        assert!(mine.has_text("-5") && !mine.has_text("-20"), "{}", mine.text());
        refused(&again, 409, "没有可以退回的了");
        assert_eq!(rows(&app, "points_claim", "state = 'reversed' AND due_points = 5").await, 1);
    }

    async fn an_appeal_against_a_reversal_gives_back_what_it_took(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "1").await;
        let list = people.li.get("/points/desk?show=done").await;
        let page = list.attribute("td.title a", "href").unwrap();
        done(&people.li.post(&format!("{page}/reverse"), &[("amount", "10"), ("reason", "记错了")]).await);
        done(&people.head.post(&proposal(&people.head).await, &[]).await);
        let claim = page.replace("/points/desk", "/me/points");
        done(&people.wang.post(&format!("{claim}/appeal"), &[("said", "就是我")]).await);
        let mut panel = Vec::new();
        for name in ["sun", "qian", "wu"] {
            panel.push(app.resident(name).await);
        }
        let mut fields = Vec::new();
        for member in &panel {
            fields.push(("members", crate::middle::sign_in_name(&app, member).await));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let shown = people.zhou.get(&page).await;
        let action = shown.attribute("form[action*='/points/desk/reviews/']", "action").unwrap();
        done(&people.zhou.post(&action, &fields).await);
        for member in &panel {
            done(&member.post(&action.replace("/desk", ""), &[("right", "yes"), ("said", "是她")]).await);
        }
        app.work().await;

        let mine = people.wang.get("/me/points").await;
        assert!(mine.has_text("可以用的积分 10"), "{}", mine.text());
    }
}
