//! How it went: never asked by who handled it, and reopened once.

use kernel::DutyKind;

use crate::town::{answered_by_desk, number_of, report, without_rules};

testkit::on_both! {
    async fn who_handled_it_cannot_call_back(app: TestApp) {
        let setting = without_rules(&app).await;
        let handling = app.on_duty("li", DutyKind::Staff, None).await;
        let other = app.on_duty("chen", DutyKind::Staff, None).await;
        let number = answered_by_desk(&setting, &handling, &app.visitor()).await;
        let path = format!("/requests/{number}/call-back");
        let answers = [("reached", "yes"), ("resolved", "yes"), ("satisfied", "no")];

        let own = handling.post(&path, &answers).await;
        let others = other.post(&path, &answers).await;

        assert_eq!(own.status(), 409);
        assert!(own.has_text("您参与了办理，不能自己回访"));
        assert_eq!(others.status(), 303, "{}", others.text());
        let page = handling.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("已回访"), "{}", page.text());
    }

    async fn who_was_not_reached_is_asked_again(app: TestApp) {
        let setting = without_rules(&app).await;
        let handling = app.on_duty("li", DutyKind::Staff, None).await;
        let other = app.on_duty("chen", DutyKind::Staff, None).await;
        let number = answered_by_desk(&setting, &handling, &app.visitor()).await;
        let path = format!("/requests/{number}/call-back");

        let torn = other.post(&path, &[("reached", "no"), ("resolved", "yes")]).await;
        assert_eq!(other.post(&path, &[("reached", "no")]).await.status(), 303);
        let waiting = other.get("/requests?state=to-call-back").await;
        let again = other.post(&path, &[("reached", "yes"), ("resolved", "yes")]).await;

        assert_eq!(torn.status(), 422);
        assert!(torn.has_text("没联系上，就先不填"), "{}", torn.text());
        assert!(waiting.has_text("楼道灯不亮"), "{}", waiting.text());
        assert_eq!(again.status(), 303);
        let done = other.get("/requests?state=to-call-back").await;
        assert!(!done.has_text("楼道灯不亮"), "{}", done.text());
    }

    async fn not_solved_opens_it_again_once_with_the_last_handler_proposed(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let other = app.on_duty("chen", DutyKind::Staff, None).await;
        let visitor = app.visitor();
        let number = answered_by_desk(&setting, &desk, &visitor).await;
        let page = format!("/track/{number}");

        let still = [("resolved", "no"), ("words", "晚上还是闪")];
        visitor.post(&format!("{page}/confirm"), &still).await;

        let detail = desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("反映人说没有解决"), "{}", detail.text());
        assert!(detail.has_text("晚上还是闪"), "{}", detail.text());
        assert!(detail.has_text("（上次承办）"));
        let handler = setting.basics.handlers[1].to_string();
        for (act, fields) in [
            ("dispatch", vec![("handler", handler.as_str())]),
            ("take-up", vec![]),
            ("answer", vec![("words", "又换了一次")]),
        ] {
            let done = desk.post(&format!("/requests/{number}/{act}"), &fields).await;
            assert_eq!(done.status(), 303, "{}", done.text());
        }
        let answers = [("reached", "yes"), ("resolved", "no"), ("satisfied", "no")];
        other.post(&format!("/requests/{number}/call-back"), &answers).await;
        other.post(&format!("/requests/{number}/close"), &[]).await;
        let again = visitor.post(&format!("{page}/reopen"), &[("words", "还是不亮")]).await;
        assert_eq!(again.status(), 409);
        assert!(again.has_text("已经重开过一次"));
    }

    async fn a_closed_matter_reopens_within_seven_days_and_not_later(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        // Resident accounts, since the tracking cookie lasts an hour.
        let [early, late] = [app.resident("wang").await, app.resident("zhao").await];
        let mut numbers = Vec::new();
        for who in [&early, &late] {
            let number = number_of(&report(&setting, who, &[]).await);
            let fields = [("exit", "answered_now"), ("words", "物业今晚来换")];
            let exit = desk.post(&format!("/requests/{number}/exit"), &fields).await;
            assert_eq!(exit.status(), 303, "{}", exit.text());
            numbers.push(number);
        }

        app.wait(6 * 24 * 60);
        let within = early.post(&format!("/track/{}/reopen", numbers[0]), &[("words", "")]).await;
        app.wait(2 * 24 * 60);
        let after = late.post(&format!("/track/{}/reopen", numbers[1]), &[("words", "")]).await;

        assert_eq!(within.status(), 303, "{}", within.text());
        assert_eq!(after.status(), 409);
    }

    async fn a_stranger_cannot_confirm(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = answered_by_desk(&setting, &desk, &app.visitor()).await;

        let confirmed =
            app.visitor().post(&format!("/track/{number}/confirm"), &[("resolved", "yes")]).await;

        assert_eq!(confirmed.status(), 404);
    }

    async fn what_is_not_ours_goes_back_to_the_desk_with_its_reason(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let handler = setting.basics.handlers[1];
        let party = app.handler("party", handler).await;
        let number =
            crate::town::dispatched_to(&setting, &desk, &handler.to_string(), &[]).await;

        let path = format!("/requests/{number}/return");
        let empty = party.post(&path, &[("words", " ")]).await;
        let back = party.post(&path, &[("words", "公共路灯归市政")]).await;

        assert_eq!(empty.status(), 422);
        assert_eq!(back.status(), 303, "{}", back.text());
        assert!(desk.get("/requests?state=unassigned").await.has_text("楼道灯不亮"));
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("公共路灯归市政"));
        let alerts = platform::alerts::of(
            &app.house().db().reader(),
            app.community(),
            desk.actor().account.unwrap(),
            10,
        )
        .await
        .unwrap();
        assert!(alerts.iter().any(|alert| alert.message == "requests-alert-returned"));
    }

    async fn what_could_not_be_done_is_asked_about_differently(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let zhang = app.resident("zhang").await;
        let explained = async |who: &testkit::Client| {
            let number = number_of(&report(&setting, who, &[]).await);
            let handler = setting.basics.handlers[1].to_string();
            for (act, fields) in [
                ("dispatch", vec![("handler", handler.as_str())]),
                ("take-up", vec![]),
                ("explain", vec![("words", "配件停产，要等改造")]),
            ] {
                let done = desk.post(&format!("/requests/{number}/{act}"), &fields).await;
                assert_eq!(done.status(), 303, "{}", done.text());
            }
            number
        };

        let own = explained(&zhang).await;
        let page = zhang.get(&format!("/track/{own}")).await;
        assert!(page.has_text("跟您说清楚了吗") && !page.has_text("解决了吗"), "{}", page.text());
        let confirm = format!("/track/{own}/confirm");
        assert_eq!(zhang.post(&confirm, &[("understood", "yes")]).await.status(), 303);
        assert_eq!(zhang.post(&confirm, &[("satisfied", "no")]).await.status(), 303);
        assert!(zhang.get(&format!("/track/{own}")).await.has_text("已办结"));

        let called = explained(&app.visitor()).await;
        let path = format!("/requests/{called}");
        let form = chen.get(&path).await;
        assert!(form.count("input[name=understood]") == 2 && form.count("input[name=resolved]") == 0);
        let said = [("reached", "yes"), ("understood", "no"), ("satisfied", "yes")];
        assert_eq!(chen.post(&format!("{path}/call-back"), &said).await.status(), 303);
        let after = chen.get(&path).await;
        assert!(after.has_text("原因说清楚了吗") && after.has_text("已回访"), "{}", after.text());
    }
}
