//! When the community works at other hours, clocks run out at other moments.

use kernel::DutyKind;
use testkit::Client;

use crate::town::{number_of, report, with_rules};

async fn reminders(who: &Client) -> usize {
    who.get("/alerts").await.text().matches("快到期了").count()
}

testkit::on_both! {
    async fn shorter_days_move_the_clock_and_its_reminder(app: TestApp) {
        let setting = with_rules(&app).await;
        let worker = app.handler("wang", setting.basics.handlers[1]).await;
        let administrator = app.on_duty("zhao", DutyKind::Administrator, None).await;
        number_of(&report(&setting, &app.visitor(), &[]).await);

        // Sixteen working hours are two days of work, or sixteen of one hour each.
        let hours = [("working_hours", "09:00-10:00")];
        assert_eq!(administrator.post("/admin/settings", &hours).await.status(), 303);
        app.wait(1);
        app.work().await;

        for _ in 0..(10 * 24) {
            app.wait(60);
            app.work().await;
        }
        assert_eq!(reminders(&worker).await, 0);
        for _ in 0..(10 * 24) {
            app.wait(60);
            app.work().await;
        }
        assert_eq!(reminders(&worker).await, 1);
    }
}
