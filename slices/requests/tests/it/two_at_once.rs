//! Two people at the same matter, and many matters at once.

use kernel::DutyKind;

use crate::town::{number_of, report, without_rules};

testkit::on_both! {
    async fn of_two_who_dispatch_at_once_one_is_told_that_the_other_was_faster(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let [one, other] = [setting.basics.handlers[1], setting.basics.handlers[2]];
        let [one, other] = [one.to_string(), other.to_string()];
        let path = format!("/requests/{number}/dispatch");
        let form = |handler| [("handler", handler), ("version", "1")];

        let (one, other) = (form(one.as_str()), form(other.as_str()));
        let (first, second) = tokio::join!(li.post(&path, &one), chen.post(&path, &other));

        let mut statuses = [first.status(), second.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let refused = if first.status() == 409 { first } else { second };
        assert!(refused.has_text("刚刚有人先办了这件诉求"), "{}", refused.text());
    }

    async fn several_are_dispatched_together_and_each_that_is_not_says_why(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(number_of(&report(&setting, &app.visitor(), &[]).await));
        }
        let handler = setting.basics.handlers[1].to_string();
        let fields = [("exit", "duplicate"), ("words", "已有一件")];
        desk.post(&format!("/requests/{}/exit", numbers[2]), &fields).await;
        let picks: Vec<String> = [1, 1, 2]
            .into_iter()
            .zip(&numbers)
            .map(|(version, number)| format!("{number}:{version}"))
            .collect();

        let sent = desk
            .post(
                "/requests/dispatch",
                &[
                    ("pick", &picks[0]),
                    ("pick", &picks[1]),
                    ("pick", &picks[2]),
                    ("handler", &handler),
                ],
            )
            .await;

        assert_eq!(sent.status(), 303, "{}", sent.text());
        let list = desk.get(sent.location()).await;
        assert!(list.has_text("已派出 2 件。"), "{}", list.text());
        assert!(list.has_text(&format!("{} 没有派出：这一步现在不能做", numbers[2])));
    }

    async fn the_words_of_the_slower_one_are_not_lost(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let exit = format!("/requests/{number}/exit");
        let fields = |words| [("exit", "duplicate"), ("words", words), ("version", "1")];

        li.post(&exit, &fields("已有一件")).await;
        let late = li.post(&exit, &fields("昨天就答复过了")).await;

        assert_eq!(late.status(), 409);
        assert_eq!(late.count("#detail [role=alert]"), 1);
        assert!(late.has_text("您刚才写的内容没有提交"), "{}", late.text());
        assert!(late.has_text("昨天就答复过了"));
    }

    async fn an_act_without_its_words_stands_in_the_open_form_again(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);

        let fields = [("exit", "nothing of ours"), ("words", "昨天就答复过了")];
        let again = li.post(&format!("/requests/{number}/exit"), &fields).await;

        assert_eq!(again.status(), 422);
        assert!(again.has_text("请选是哪种情况。"), "{}", again.text());
        assert_eq!(again.count("details[open] textarea#exit-words"), 1);
        assert!(again.has_text("昨天就答复过了"));
        assert_eq!(again.count(&format!("input[name=next][value='/requests/{number}']")), 6);
    }
}
