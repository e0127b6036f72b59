//! An address that several buildings have: who reports is asked which one, and never has to know.

use areas::fixture::block;
use areas::{Level, NewArea, draw_many};
use kernel::{AreaId, DutyKind};
use testkit::TestApp;

use crate::town::{Setting, number_of, report, with_rules};

/// A second 1栋, in micro-grid 2-02, besides the one in 1-01.
async fn two_of_them(app: &TestApp) -> (Setting, AreaId) {
    let setting = with_rules(app).await;
    let mut tx = app.begin().await;
    let other: AreaId = tx.new_id();
    let second = NewArea {
        id: other,
        level: Level::Building,
        parent: Some(setting.town.micro_grids[1][1]),
        name: "1栋".to_owned(),
        code: String::new(),
        shape: Some(block(1.45, 1.2, 0.1, 0.6)),
    };
    draw_many(&mut tx, vec![second]).await.unwrap();
    tx.commit().await.unwrap();
    app.wait(1);
    (setting, other)
}

testkit::on_both! {
    async fn who_reports_is_asked_and_the_right_worker_gets_it(app: TestApp) {
        let (setting, other) = two_of_them(&app).await;
        let grid = setting.town.micro_grids[1][1];
        let worker = app.on_duty("周敏", DutyKind::GridWorker, Some(grid)).await;

        let asked = report(&setting, &app.visitor(), &[]).await;
        let chosen = other.to_string();
        let taken = report(&setting, &app.visitor(), &[("building", &chosen)]).await;

        assert_eq!(asked.status(), 422);
        assert!(asked.has_text("是哪一处？"), "{}", asked.text());
        assert!(asked.has_text("1栋（1-01微网格）"), "{}", asked.text());
        assert!(asked.has_text("1栋（2-02微网格，网格员周敏）"), "{}", asked.text());
        assert!(asked.body().contains("楼道灯不亮"), "what was written stays");
        let number = number_of(&taken);
        let detail = worker.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("2-02微网格"), "{}", detail.text());
    }

    async fn who_cannot_tell_is_heard_all_the_same(app: TestApp) {
        let (setting, _) = two_of_them(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;

        let taken = report(&setting, &app.visitor(), &[("building", "none")]).await;

        let number = number_of(&taken);
        let detail = desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("1栋2单元"), "{}", detail.text());
        assert!(!detail.has_text("1-01微网格"), "nothing is guessed");
    }

    async fn an_address_that_is_plain_is_not_asked_about(app: TestApp) {
        let (setting, _) = two_of_them(&app).await;

        let taken = report(&setting, &app.visitor(), &[("place", "2栋")]).await;

        number_of(&taken);
    }
}
