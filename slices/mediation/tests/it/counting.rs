//! Figures, and never a mediation.

use kernel::DutyKind;

use crate::middle::{People, application};

testkit::on_both! {
    async fn below_ten_nothing_is_shown_and_the_district_sees_no_mediation(app: TestApp) {
        let people = People::of(&app).await;
        let district = app.on_duty("zheng", DutyKind::DistrictViewer, None).await;
        let apply = async |times: usize| {
            for _ in 0..times {
                let sent = people.wang.post("/mediation/apply", &application(&[])).await;
                assert_eq!(sent.status(), 303);
            }
        };

        apply(9).await;
        let few = district.get("/mediation/counts").await;
        apply(3).await;
        let more = district.get("/mediation/counts").await;

        assert_eq!(few.count("tbody tr"), 3, "three years, and no quarter that would tell");
        assert!(!few.has_text("9 "), "{}", few.text());
        assert!(few.has_text("2026年 到今天 不满 10"), "{}", few.text());
        assert!(more.has_text("2026年 到今天 12 不满 10"), "{}", more.text());
        assert!(!more.has_text("TJ-2026"));
        assert!(more.statements() <= 6, "{} statements", more.statements());
        assert_eq!(people.wang.get("/mediation/counts").await.status(), 403);
        assert_eq!(app.visitor().get("/mediation/counts").await.status(), 303);
    }
}
