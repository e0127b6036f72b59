//! Categories, handlers and the dispatch table with its dry run.

use kernel::DutyKind;

use crate::town::{with_rules, without_rules};

testkit::on_both! {
    async fn the_desk_sets_up_a_category_a_handler_and_a_rule(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;

        let category = desk
            .post(
                "/requests/settings/category",
                &[
                    ("code", "well-cover"),
                    ("name_zh", "井盖"),
                    ("due_hours", "16"),
                    ("measure", "working"),
                ],
            )
            .await;
        let handler =
            desk.post("/requests/settings/handler", &[("name", "市政养护"), ("kind", "department")]).await;
        let rule = desk
            .post("/requests/settings/rule", &[("hours", "off"), ("to", "grid_worker")])
            .await;
        let wrong = desk.post("/requests/settings/category", &[("code", "井盖")]).await;

        for answer in [category, handler, rule] {
            assert_eq!(answer.status(), 303, "{}", answer.text());
        }
        assert_eq!(wrong.status(), 422);
        assert!(wrong.has_text("代码只能用小写字母"));
        let page = desk.get("/requests/settings").await;
        for words in ["井盖", "16 小时工作时间", "市政养护", "所有类别，全社区，非工作时间：派给网格员"] {
            assert!(page.has_text(words), "{words}");
        }
        assert!(app.visitor().get("/report").await.has_text("井盖"));
    }

    async fn a_line_that_cannot_be_read_is_refused_and_never_fits_everything(app: TestApp) {
        with_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let before = desk.get("/requests/settings").await.text();
        let gone = uuid::Uuid::from_u128(7).to_string();
        let unread = [
            ("category", "楼道灯", "没有这个类别"),
            ("category", gone.as_str(), "没有这个类别"),
            ("area", "第9网格", "没有这个片区"),
            ("area", gone.as_str(), "没有这个片区"),
            ("hours", "sometimes", "什么时间适用"),
            ("to", "everybody", "请选承办单位"),
            ("to", gone.as_str(), "请选承办单位"),
            ("to", "micro_grid_head", "请选承办单位"),
        ];

        for (field, value, sentence) in unread {
            let mut fields = vec![("to", "grid_worker")];
            fields.retain(|(name, _)| *name != field);
            fields.push((field, value));
            let answer = desk.post("/requests/settings/rule", &fields).await;
            assert_eq!(answer.status(), 422, "{field}={value}");
            assert!(answer.has_text(sentence), "{field}={value}: {}", answer.text());
        }
        assert_eq!(desk.get("/requests/settings").await.text(), before);
    }

    async fn the_dry_run_says_who_would_get_it_and_why(app: TestApp) {
        let setting = with_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let parking = setting.basics.category("parking");
        let ask = |at: &str| format!("/requests/settings?category={parking}&area=&at={at}");

        let working = desk.get(&ask("2026-11-20T10:00")).await;
        let evening = desk.get(&ask("2026-11-20T20:00")).await;

        assert!(working.has_text("秩序与邻里 / 停车，全社区，工作时间：派给锦江苑物业"));
        assert!(evening.has_text("派单表里没有适用的一条"), "{}", evening.text());
        assert!(evening.has_text("时间不符"));
    }

    async fn a_rule_that_is_retired_no_longer_decides(app: TestApp) {
        with_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let count = |answer: &testkit::Answer| answer.count("input[value=dispatch_rule]");
        let before = desk.get("/requests/settings").await;
        let rule = before.attribute("#rules input[name=rule]", "value").unwrap();

        let moved =
            desk.post("/requests/settings/move", &[("rule", &rule), ("way", "down")]).await;
        let retired =
            desk.post("/requests/settings/retire", &[("part", "dispatch_rule"), ("id", &rule)]).await;

        assert_eq!((moved.status(), retired.status()), (303, 303));
        let after = desk.get("/requests/settings").await;
        assert_eq!(count(&after) + 1, count(&before));
    }

    async fn a_holiday_is_no_working_time_and_the_day_that_makes_up_for_it_is(app: TestApp) {
        let setting = with_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let parking = setting.basics.category("parking");
        let ask = |at: &str| format!("/requests/settings?category={parking}&area=&at={at}");

        // The Thursday of the National Day holiday, and a Saturday that is worked for it.
        let holiday = desk.get(&ask("2026-10-01T10:00")).await;
        let saturday = desk.get(&ask("2026-10-10T10:00")).await;
        let usual = desk.get(&ask("2026-10-17T10:00")).await;

        for off in [holiday, usual] {
            assert!(off.has_text("派单表里没有适用的一条"), "{}", off.text());
        }
        assert!(saturday.has_text("工作时间：派给锦江苑物业"), "{}", saturday.text());
        assert!(!saturday.has_text("派单表里没有适用的一条"), "{}", saturday.text());
    }

    async fn a_community_without_kinds_begins_with_the_usual_ones_once(app: TestApp) {
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let before = app.visitor().get("/report").await;

        let offered = desk.get("/requests/settings").await;
        let (one, other) = tokio::join!(
            desk.post("/requests/settings/begin", &[]),
            desk.post("/requests/settings/begin", &[])
        );
        let after = desk.get("/requests/settings").await;
        let refused = app.resident("wang").await.post("/requests/settings/begin", &[]).await;

        assert!(before.has_text("社区还没有设好类别"), "{}", before.text());
        assert!(offered.has_text("从一套常用类别开始"));
        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert!(!after.has_text("从一套常用类别开始"), "{}", after.text());
        assert!(app.visitor().get("/report").await.has_text("楼道灯"));
        assert_eq!(refused.status(), 403);
    }
}
