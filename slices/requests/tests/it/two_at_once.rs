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
}
