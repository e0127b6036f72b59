//! Who may see and change the map: each kind of person at each door.

use kernel::DutyKind;

use crate::{desk, map, town};

testkit::on_both! {
    async fn only_the_desk_draws_and_staffs(app: TestApp) {
        let town = town(&app).await;
        let grid = town.grids[0];
        let nobody = app.visitor();
        let resident = app.resident("wang").await;
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(grid)).await;
        let head = app.on_duty("qian", DutyKind::MicroGridHead, Some(town.micro_grids[0][0])).await;
        let viewer = app.on_duty("sun", DutyKind::DistrictViewer, None).await;
        let acts = [
            "/areas/new".to_owned(),
            format!("/areas/{grid}/edit"),
            format!("/areas/{grid}/retire"),
            format!("/areas/{grid}/duties"),
            format!("/areas/duties/{}/end", grid.0),
        ];

        for path in &acts {
            assert_eq!(nobody.post(path, &[]).await.status(), 401, "{path}");
            for client in [&resident, &worker, &head, &viewer] {
                assert_eq!(client.post(path, &[]).await.status(), 403, "{path}");
            }
        }
        for client in [&resident, &worker, &head, &viewer] {
            assert_eq!(client.get("/areas").await.status(), 403);
            assert_eq!(client.get("/areas/import").await.status(), 403);
        }
        assert_eq!(map(&app).await.current().count(), 15);
    }

    async fn everyone_reads_the_page_of_a_grid_and_nobody_but_the_desk_sees_its_forms(app: TestApp) {
        let town = town(&app).await;
        let path = format!("/areas/{}", town.grids[0]);

        let public = app.visitor().get(&path).await;
        let staff = desk(&app).await.get(&path).await;

        assert_eq!(public.status(), 200);
        assert!(public.has_text("第1网格") && public.has_text("1-02微网格"));
        assert_eq!(public.count("form[action*='duties']"), 0);
        assert_eq!(public.count("a[href$='/edit']"), 0);
        assert_eq!(staff.count("form[action*='duties']"), 1);
        assert_eq!(staff.count("a[href$='/edit']"), 1);
    }

    async fn the_public_page_tells_where_to_complain(app: TestApp) {
        let town = town(&app).await;
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        for (key, value) in [("complaint-phone", "028-12345"), ("service-phone", "028-8888")] {
            let sql = "INSERT INTO setting (community_id, key, value) VALUES ($1, $2, $3)";
            let values = [app.community().0.into(), key.into(), value.into()];
            let statement = platform::db::statement(&tx, sql, values);
            sea_orm::ConnectionTrait::execute_raw(&tx, statement).await.unwrap();
        }
        tx.commit().await.unwrap();
        app.house().communities().look_again();

        let page = app.visitor().get(&format!("/areas/{}", town.micro_grids[1][0])).await;

        assert!(page.has_text("监督电话") && page.has_text("028-12345"));
        assert!(page.has_text("服务电话") && page.has_text("028-8888"));
    }

    async fn an_area_that_is_not_there_is_not_found(app: TestApp) {
        town(&app).await;
        let unknown = uuid::Uuid::from_u128(7);

        assert_eq!(app.visitor().get(&format!("/areas/{unknown}")).await.status(), 404);
        assert_eq!(app.visitor().get("/areas/nonsense").await.status(), 404);
        assert_eq!(app.visitor().get("/areas/nonsense/outline.geojson").await.status(), 404);
    }

    async fn a_forged_form_changes_nothing(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;

        let answer = desk.post_forged(&format!("/areas/{}/retire", town.micro_grids[0][0]), &[]).await;

        assert_eq!(answer.status(), 403);
        assert_eq!(map(&app).await.current().count(), 15);
    }
}
