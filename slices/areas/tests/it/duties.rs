//! Who is on duty where: taken up, laid down, shown to everyone.

use areas::policy::EDIT;
use kernel::{AccountId, DutyKind};
use platform::door;
use testkit::TestApp;

use crate::{desk, town};

async fn sign_in_name(app: &TestApp, account: AccountId) -> String {
    let account = door::by_id(&app.house().db().reader(), app.community(), account).await;
    account.unwrap().unwrap().sign_in_name
}

testkit::on_both! {
    async fn who_is_put_on_duty_is_named_on_the_public_page(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let wang = app.account("王芳", None).await;
        let name = sign_in_name(&app, wang).await;
        let grid = format!("/areas/{}", town.grids[0]);
        let before = app.visitor().get(&grid).await;

        let answer = desk
            .post(&format!("{grid}/duties"), &[("sign_in_name", &name), ("kind", "grid_worker")])
            .await;

        assert!(before.has_text("目前没有专人负责"));
        assert_eq!(answer.status(), 303);
        let page = app.visitor().get(&grid).await;
        assert!(page.has_text("王芳") && page.has_text("11月21日起"), "{}", page.text());
        assert!(page.statements() <= 3, "{}", page.statements());
        assert!(page.has_text("能办的当场办"));
        let list = desk.get("/areas").await;
        assert!(list.has_text("由网格的网格员负责"));
        assert!(list.has_text("有 3 个网格或微网格还没有网格员"), "{}", list.text());
    }

    async fn the_same_duty_is_not_given_twice_and_only_to_accounts(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let wang = app.account("王芳", None).await;
        let name = sign_in_name(&app, wang).await;
        let path = format!("/areas/{}/duties", town.micro_grids[0][0]);
        let fields = [("sign_in_name", name.as_str()), ("kind", "micro_grid_head")];
        assert_eq!(desk.post(&path, &fields).await.status(), 303);

        let twice = desk.post(&path, &fields).await;
        let nobody = desk.post(&path, &[("sign_in_name", "zhao"), ("kind", "grid_worker")]).await;
        let more = desk.post(&path, &[("sign_in_name", &name), ("kind", "administrator")]).await;

        assert_eq!(twice.status(), 422);
        assert!(twice.has_text("已经在这里担任同样的工作了"));
        assert_eq!(nobody.status(), 422);
        assert!(nobody.has_text("没有这个姓名或登录名的在用账号"));
        assert_eq!(more.status(), 422);
        assert!(more.has_text("请选择担任什么"));
    }

    async fn a_duty_that_ends_is_past_for_the_desk_and_gone_for_the_public(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        app.on_duty("王芳", DutyKind::GridWorker, Some(town.grids[0])).await;
        let grid = format!("/areas/{}", town.grids[0]);
        let end = desk.get(&grid).await.attribute("form[action$='/end']", "action").unwrap();
        app.wait(60);

        let answer = desk.post(&end, &[]).await;

        assert_eq!(answer.status(), 303);
        assert_eq!(answer.location(), grid);
        assert!(!app.visitor().get(&grid).await.has_text("王芳"));
        let page = desk.get(&grid).await;
        assert!(page.has_text("以往在岗") && page.has_text("王芳"), "{}", page.text());
        let again = desk.post(&end, &[]).await;
        assert_eq!(again.status(), 409);
        assert!(again.has_text("这个岗位已经卸任"));
    }

    async fn no_other_duty_can_be_ended_here(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;
        let boss = app.on_duty("周敏", DutyKind::Administrator, None).await;
        let reader = app.house().db().reader();
        let held = door::on_duty(&reader, app.community(), app.house().now()).await.unwrap();
        let duty = held.iter().find(|duty| duty.kind == DutyKind::Administrator).unwrap();

        let answer = desk.post(&format!("/areas/duties/{}/end", duty.id), &[]).await;

        assert_eq!(answer.status(), 409);
        assert!(app.house().policy().may(boss.actor(), EDIT));
        assert_eq!(boss.get("/areas").await.status(), 200);
    }

    async fn duties_over_an_area_that_ended_are_shown_until_they_end(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        app.on_duty("王芳", DutyKind::GridWorker, Some(town.micro_grids[0][0])).await;

        desk.post(&format!("/areas/{}/retire", town.micro_grids[0][0]), &[]).await;

        let list = desk.get("/areas").await;
        assert!(list.has_text("撤销的区域上还有人在岗") && list.has_text("王芳"));
    }
}
