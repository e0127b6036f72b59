//! Consent, given and withdrawn: by oneself, or on paper through a helper.

use kernel::DutyKind;

use crate::town::{neighbours, record};

testkit::on_both! {
    async fn consent_on_paper_is_noted_with_its_helper(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("周敏", DutyKind::Staff, None).await;
        let wang = app.resident_in_register("wang", here.wang).await;
        let path = format!("{}/consents", record(here.wang));

        let answer = desk.post(&path, &[("purpose", "contact"), ("choice", "give")]).await;

        assert_eq!(answer.status(), 303);
        let mine = wang.get("/me/data").await;
        assert!(mine.has_text("由工作人员代记"));
        assert!(mine.has_text("同意“电话联系”") && mine.has_text("周敏"));
    }
}

testkit::on_both! {
    async fn giving_twice_and_withdrawing_twice_does_no_harm(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;

        for choice in ["give", "give", "withdraw", "withdraw", "give"] {
            let answer = wang.post("/me/data/consents", &[("purpose", "photos"), ("choice", choice)]).await;
            assert_eq!(answer.status(), 303, "{choice}");
        }

        assert!(wang.get("/me/data").await.has_text("起同意"));
        let unknown = wang.post("/me/data/consents", &[("purpose", "everything"), ("choice", "give")]).await;
        assert_eq!(unknown.status(), 422);
    }
}

testkit::on_both! {
    async fn a_grid_worker_does_not_consent_for_people(app: TestApp) {
        let here = neighbours(&app).await;
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(here.town.grids[0])).await;

        let answer = worker.post(&format!("{}/consents", record(here.wang)), &[("purpose", "contact"), ("choice", "give")]).await;

        assert_eq!(answer.status(), 403);
    }
}
