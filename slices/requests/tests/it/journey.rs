//! A matter from first word to closure.

use kernel::DutyKind;

use crate::town::{number_of, report, with_rules, without_rules};

testkit::on_both! {
    async fn a_matter_goes_from_first_word_to_closure(app: TestApp) {
        let setting = without_rules(&app).await;
        let wang = app.resident("wang").await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let micro_grid = setting.town.micro_grids[0][0];
        let worker = app.on_duty("zhou", DutyKind::GridWorker, Some(micro_grid)).await;

        let number = number_of(&report(&setting, &wang, &[("publish", "yes")]).await);
        let thanks = wang.get(&format!("/report/thanks/{number}")).await;
        assert!(thanks.has_text(&number), "{}", thanks.text());
        assert!(thanks.has_text("承办人会先联系您了解情况"));

        let list = desk.get("/requests").await;
        assert!(list.has_text("楼道灯不亮"), "{}", list.text());
        assert!(list.has_text("1-01"));
        assert!(list.has_text("待派 1 件"));
        let at = |act: &str| format!("/requests/{number}/{act}");
        let dispatched = desk.post(&at("dispatch"), &[("handler", "grid_worker")]).await;
        assert_eq!(dispatched.status(), 303, "{}", dispatched.text());
        let taken = worker.post(&at("take-up"), &[("words", "王阿姨说三楼也不亮")]).await;
        assert_eq!(taken.status(), 303, "{}", taken.text());
        let answered = worker.post(&at("answer"), &[("words", "已换灯泡")]).await;
        assert_eq!(answered.status(), 303, "{}", answered.text());
        let progress = wang.get(&format!("/track/{number}")).await;
        assert!(progress.has_text("已换灯泡"), "{}", progress.text());
        assert!(!progress.has_text("三楼也不亮"));
        let called = desk
            .post(&at("call-back"), &[("reached", "yes"), ("resolved", "yes"), ("satisfied", "yes")])
            .await;
        assert_eq!(called.status(), 303, "{}", called.text());
        let closed = desk.post(&at("close"), &[]).await;
        assert_eq!(closed.status(), 303, "{}", closed.text());

        let detail = desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("已办结"), "{}", detail.text());
        assert!(detail.has_text("已换灯泡"));
        assert!(detail.has_text("王阿姨说三楼也不亮"));
        assert_eq!(detail.count("ol.steps li.done"), 5);
    }

    async fn the_dispatch_table_gives_it_on_and_says_why(app: TestApp) {
        let setting = with_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let property = app.handler("property", setting.basics.handlers[1]).await;

        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let detail = desk.get(&format!("/requests/{number}")).await;

        assert!(detail.has_text("锦江苑物业"), "{}", detail.text());
        assert!(detail.has_text("按派单表：照明，全社区，任何时间：派给锦江苑物业"));
        assert!(detail.has_text("前 5 条不符合的原因"));
        assert!(property.get("/requests").await.has_text("楼道灯不亮"));
        assert!(property.get("/account/alerts").await.status() != 500);
    }

    async fn the_requester_confirms_on_the_own_page_one_question_at_a_time(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &visitor, &[]).await);
        let handler = setting.basics.handlers[1].to_string();
        for (act, fields) in [
            ("dispatch", vec![("handler", handler.as_str())]),
            ("take-up", vec![]),
            ("answer", vec![("words", "已修好")]),
        ] {
            let done = desk.post(&format!("/requests/{number}/{act}"), &fields).await;
            assert_eq!(done.status(), 303, "{}", done.text());
        }

        let page = format!("/track/{number}");
        assert!(visitor.get(&page).await.has_text("这件事解决了吗？"));
        visitor.post(&format!("{page}/confirm"), &[("resolved", "yes")]).await;
        assert!(visitor.get(&page).await.has_text("对这次办理满意吗？"));
        visitor.post(&format!("{page}/confirm"), &[("satisfied", "yes")]).await;

        assert!(visitor.get(&page).await.has_text("已办结"));
    }
}
