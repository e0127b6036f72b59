//! Who may not.

use kernel::DutyKind;

use crate::town::{dispatched_to, number_of, report, without_rules};

testkit::on_both! {
    async fn a_grid_worker_of_another_grid_does_not_find_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let other = setting.town.grids[1];
        let worker = app.on_duty("zhou", DutyKind::GridWorker, Some(other)).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);

        assert_eq!(worker.get(&format!("/requests/{number}")).await.status(), 404);
        assert!(!worker.get("/requests").await.has_text("楼道灯不亮"));
        assert!(!worker.get("/today").await.has_text("楼道灯不亮"));
        let pins = worker.get("/map/pins.geojson?scope=desk").await;
        assert_eq!(pins.json()["features"].as_array().unwrap().len(), 0);
        let taken = worker.post(&format!("/requests/{number}/take-up"), &[]).await;
        assert_eq!(taken.status(), 404);
    }

    async fn a_resident_has_no_workbench(app: TestApp) {
        let setting = without_rules(&app).await;
        let resident = app.resident("wang").await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);

        assert_eq!(resident.get("/requests").await.status(), 403);
        assert_eq!(resident.get(&format!("/requests/{number}")).await.status(), 403);
        assert_eq!(app.visitor().get("/requests").await.status(), 303);
        assert_eq!(resident.get("/requests/settings").await.status(), 403);
    }

    async fn another_party_does_not_find_it_and_the_grid_worker_may_not_handle_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let [ours, theirs] = [setting.basics.handlers[1], setting.basics.handlers[2]];
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let party = app.handler("party", theirs).await;
        let grid = setting.town.grids[0];
        let worker = app.on_duty("zhou", DutyKind::GridWorker, Some(grid)).await;

        let number = dispatched_to(&setting, &desk, &ours.to_string(), &[]).await;

        assert_eq!(party.get(&format!("/requests/{number}")).await.status(), 404);
        assert!(worker.get(&format!("/requests/{number}")).await.has_text("锦江苑物业"));
        let taken = worker.post(&format!("/requests/{number}/take-up"), &[]).await;
        assert_eq!(taken.status(), 403);
    }

    async fn the_handler_sees_the_requester_only_while_the_matter_is_open(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let handler = setting.basics.handlers[1];
        let party = app.handler("party", handler).await;
        let grid = setting.town.grids[0];
        let head = app.on_duty("head", DutyKind::MicroGridHead, Some(grid)).await;
        let contact = [("contact_name", "王秀英"), ("contact_phone", "138 1234 5678")];
        let number = dispatched_to(&setting, &desk, &handler.to_string(), &contact).await;
        let page = format!("/requests/{number}");

        assert!(desk.get(&page).await.has_text("13812345678"));
        assert!(party.get(&page).await.has_text("13812345678"));
        let seen_by_head = head.get(&page).await;
        assert!(!seen_by_head.has_text("13812345678"));
        assert!(!seen_by_head.has_text("王秀英"));
        assert!(seen_by_head.has_text("不承办这件事，不显示"));
        for (act, fields) in [
            ("take-up", vec![]),
            ("answer", vec![("words", "已修好")]),
        ] {
            assert_eq!(party.post(&format!("{page}/{act}"), &fields).await.status(), 303);
        }
        let answers = [("reached", "yes"), ("resolved", "yes"), ("satisfied", "yes")];
        assert_eq!(desk.post(&format!("{page}/call-back"), &answers).await.status(), 303);
        assert_eq!(desk.post(&format!("{page}/close"), &[]).await.status(), 303);

        assert!(!party.get(&page).await.has_text("13812345678"));
        assert!(desk.get(&page).await.has_text("13812345678"));
    }

    async fn a_forged_form_is_refused(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);

        let path = format!("/requests/{number}/dispatch");
        let forged =
            desk.post_forged(&path, &[("handler", "grid_worker"), ("csrf", "0000")]).await;

        assert_eq!(forged.status(), 403);
        assert!(desk.get("/requests").await.has_text("待派 1 件"));
    }

    async fn the_code_opens_the_page_and_a_wrong_one_does_not(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();
        let number = number_of(&report(&setting, &visitor, &[("body", "三楼四楼都黑")]).await);
        let thanks = visitor.get(&format!("/report/thanks/{number}")).await;
        let copied = thanks.attribute("button[data-copy]", "data-copy").unwrap();
        let code = copied.rsplit(' ').next().unwrap();
        let stranger = app.visitor();
        let page = format!("/track/{number}");

        assert!(!stranger.get(&page).await.has_text("三楼四楼都黑"));
        let wrong = stranger.post("/track", &[("number", &number), ("code", "AAAAAA")]).await;
        assert_eq!(wrong.status(), 422);
        assert!(wrong.has_text("编号和查询码对不上"));
        let right =
            stranger.post("/track", &[("number", &number), ("code", &code.to_lowercase())]).await;
        assert_eq!(right.location(), page);
        assert!(stranger.get(&page).await.has_text("三楼四楼都黑"));
    }
}
