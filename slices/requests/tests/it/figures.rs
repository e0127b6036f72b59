//! How the community does: figures and no row.

use kernel::DutyKind;

use crate::town::{number_of, report, without_rules};

testkit::on_both! {
    async fn small_numbers_are_hidden_and_larger_ones_told_by_month_and_kind(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let district = app.on_duty("zheng", DutyKind::DistrictViewer, None).await;
        let handler = setting.basics.handlers[1].to_string();
        let reported = async |times: usize| {
            for _ in 0..times {
                let number = number_of(&report(&setting, &app.visitor(), &[]).await);
                let path = format!("/requests/{number}/dispatch");
                assert_eq!(desk.post(&path, &[("handler", &handler)]).await.status(), 303);
            }
        };

        reported(9).await;
        let few = district.get("/requests/counts").await;
        reported(3).await;
        // Figures may be a few seconds old.
        app.wait(1);
        let more = district.get("/requests/counts").await;

        assert!(few.has_text("办理情况"));
        assert!(few.has_text("不足 10"), "{}", few.text());
        assert_eq!(few.count("tbody tr"), 6);
        assert!(more.has_text("12"), "{}", more.text());
        assert!(more.statements() <= 6, "{} statements", more.statements());
        assert_eq!(app.resident("wang").await.get("/requests/counts").await.status(), 403);
    }
}
