//! The rules that the community sets, the kinds of help, and what somebody should look at.

use kernel::DutyKind;

use crate::town::{Town, ask, credit, done, events, refused};

const RULES: [(&str, &str); 5] = [
    ("timebank-open-age", "18"),
    ("timebank-spend-age", "30"),
    ("timebank-cap-hours", "1500"),
    ("timebank-starting-minutes", "0"),
    ("timebank-confirm-hours", "72"),
];

testkit::on_both! {
    async fn a_rule_that_is_set_holds_from_then_on(app: TestApp) {
        let town = Town::with_credit(&app).await;
        credit(&app, town.liu.id, 600).await;
        let admin = app.on_duty("周敏", DutyKind::Administrator, None).await;
        let young = town.liu.client.post("/timebank/ask", &ask(&[])).await;

        let by_desk = town.li.post("/timebank/settings", &RULES).await;
        done(&admin.post("/timebank/settings", &RULES).await);

        refused(&young, 422, "还没有到给自己用的年龄");
        assert_eq!(by_desk.status(), 403);
        done(&town.liu.client.post("/timebank/ask", &ask(&[])).await);
        assert!(app.visitor().get("/timebank").await.has_text("年满 30 岁可以给自己用"));
        assert_eq!(events(&app, "settings.changed").await.len(), 1, "only what differs");
    }

    async fn a_rule_out_of_range_is_refused_with_its_range(app: TestApp) {
        let admin = app.on_duty("周敏", DutyKind::Administrator, None).await;
        let mut fields = RULES;
        fields[2].1 = "0";
        fields[4].1 = "很快";

        let answer = admin.post("/timebank/settings", &fields).await;

        refused(&answer, 422, "请填 10 到 10000 之间的整数");
        assert!(answer.has_text("请填 24 到 144 之间的整数"), "{}", answer.text());
        assert!(events(&app, "settings.changed").await.is_empty());
    }

    async fn a_new_account_gets_what_the_fund_has_and_no_more(app: TestApp) {
        let admin = app.on_duty("周敏", DutyKind::Administrator, None).await;
        let mut fields = RULES;
        fields[3].1 = "300";
        done(&admin.post("/timebank/settings", &fields).await);
        let town = Town::of(&app).await;
        done(&town.wang.client.post("/me/time/open", &[]).await);

        assert_eq!(crate::town::balance(&app, town.wang.id).await, (0, 0), "the fund is empty");
    }

    async fn kinds_are_added_and_taken_off_the_list(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let admin = app.on_duty("周敏", DutyKind::Administrator, None).await;
        let new = [("name_zh", "代买菜"), ("name_en", "Shopping")];
        done(&admin.post("/timebank/settings/kinds", &new).await);
        let twice = admin.post("/timebank/settings/kinds", &new).await;
        let nameless = admin.post("/timebank/settings/kinds", &[("name_zh", " ")]).await;
        let unknown = admin
            .post("/timebank/settings/kinds", &[("code", "nursing"), ("offered", "no")])
            .await;
        let off = [("code", "outing"), ("offered", "no")];
        done(&admin.post("/timebank/settings/kinds", &off).await);

        refused(&twice, 422, "已经有了");
        refused(&nameless, 422, "这里要写几个字");
        refused(&unknown, 422, "没有这个事项");
        let form = town.wang.client.get("/timebank/ask").await;
        assert!(form.has_text("代买菜") && !form.has_text("陪同出行"), "{}", form.text());
        assert_eq!(form.count("select[name=kind] option"), 9);
        refused(&town.wang.client.post("/timebank/ask", &ask(&[])).await, 422, "没有这个事项");
        let by_desk = town.li.post("/timebank/settings/kinds", &off).await;
        assert_eq!(by_desk.status(), 403);
    }

    async fn a_circle_and_a_long_day_are_for_a_person_to_look_at_and_block_nothing(app: TestApp) {
        let town = Town::with_credit(&app).await;
        crate::forgetting::took_place(&app, &town.liu, &town.zhao, 3, 300).await;
        let before = town.li.get("/timebank/desk").await;
        crate::forgetting::took_place(&app, &town.zhao, &town.liu, 3, 60).await;

        let desk = town.li.get("/timebank/desk").await;

        assert!(!before.has_text("互相帮了"), "{}", before.text());
        assert!(desk.has_text("互相帮了 6 次"), "{}", desk.text());
        assert!(desk.has_text("刘洋在 2026-11-21 一天帮了 15 小时"), "{}", desk.text());
        assert!(desk.has_text("刘洋有两单时间重叠"), "{}", desk.text());
        for who in [&town.liu, &town.zhao] {
            assert!(!who.client.get("/me/time").await.has_text("互相帮了"));
        }
        town.offered().await;
    }
}
