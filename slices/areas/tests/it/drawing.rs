//! Drawing, correcting and ending areas, by one and by two at once.

use areas::fixture::{block, out_of_town, point};
use areas::{Level, Place};
use kernel::AreaId;
use platform::record;
use spatial::Shape;

use crate::{desk, map, town};

/// The outline as the form's textarea holds it.
fn outline(shape: &Shape) -> String {
    let corners: Vec<String> = shape.polygons()[0]
        .shell
        .iter()
        .map(|point| format!("[{},{}]", point.lon(), point.lat()))
        .collect();
    format!(
        r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
        corners.join(",")
    )
}

fn id_in(location: &str) -> AreaId {
    location.rsplit('/').next().unwrap().parse().unwrap()
}

testkit::on_both! {
    async fn a_building_that_is_drawn_lies_where_it_was_drawn(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let shape = outline(&block(1.42, 1.1, 0.1, 0.1));

        let answer = desk
            .post("/areas/new", &[("level", "building"), ("name", "9栋"), ("geometry", &shape)])
            .await;

        assert_eq!(answer.status(), 303);
        let building = id_in(answer.location());
        let expected = Place {
            micro_grid: town.micro_grids[1][1],
            grid: town.grids[1],
            building: Some(building),
        };
        let map = map(&app).await;
        assert_eq!(map.place_of_building(building), Some(expected));
        assert_eq!(map.building_named("九号楼"), Some(building));
        let reader = app.house().db().reader();
        let events = record::timeline(&reader, app.community(), "area", building.0, 9).await;
        assert_eq!(events.unwrap()[0].name, "areas.drawn");
    }

    async fn an_outline_that_crosses_itself_is_refused_with_the_place(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;
        let bow_tie = format!(
            r#"{{"type":"Polygon","coordinates":[[[{w},{s}],[{e},{n}],[{e},{s}],[{w},{n}],[{w},{s}]]]}}"#,
            w = 104.0601, e = 104.0603, s = 30.6601, n = 30.6603,
        );

        let answer = desk
            .post("/areas/new", &[("level", "building"), ("name", "9栋"), ("geometry", &bow_tie)])
            .await;

        assert_eq!(answer.status(), 422);
        assert!(answer.has_text("“9栋”的边界在 30.66020, 104.06020 附近自己交叉了"), "{}", answer.text());
    }

    async fn a_micro_grid_may_neither_overlap_nor_stick_out(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;
        let over_both = outline(&block(1.5, 1.5, 1.0, 0.2));

        let answer = desk
            .post("/areas/new", &[("level", "micro_grid"), ("name", "2-03微网格"), ("geometry", &over_both)])
            .await;

        assert_eq!(answer.status(), 422);
        assert!(answer.has_text("“2-03微网格”在") && answer.has_text("伸到了“第2网格”外面"));
        assert!(answer.has_text("“2-03微网格”和“2-02微网格”在"), "{}", answer.text());
    }

    async fn what_is_wrong_with_the_form_is_said_field_by_field(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let building = town.buildings[0][0][0].to_string();
        let fields = [
            ("level", "micro_grid"),
            ("parent", building.as_str()),
            ("name", " "),
            ("code", "1-01"),
            ("geometry", "{not json"),
        ];

        let answer = desk.post("/areas/new", &fields).await;

        assert_eq!(answer.status(), 422);
        for words in ["这一级的区域不能放在这里", "请填写名称", "这个编号已经有别的区域在用了", "文件在第 1 行"] {
            assert!(answer.has_text(words), "{words}");
        }
        let in_english = desk.in_english().post("/areas/new", &fields).await;
        assert!(in_english.has_text("Please give a name."));
    }

    async fn a_correction_is_seen_on_page_and_map(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let path = format!("/areas/{}/edit", town.micro_grids[0][0]);
        let form = desk.get(&path).await;
        let version = form.value_of("input[name=version]").unwrap();
        let smaller = outline(&block(0.0, 0.0, 1.0, 0.4));

        let answer = desk
            .post(&path, &[("version", &version), ("name", "锦绣微网格"), ("code", "1-01"), ("geometry", &smaller)])
            .await;

        assert_eq!(answer.status(), 303);
        assert!(desk.get(answer.location()).await.has_text("锦绣微网格"));
        let map = map(&app).await;
        assert_eq!(map.locate(point(0.5, 0.2)).unwrap().micro_grid, town.micro_grids[0][0]);
        assert_eq!(map.locate(point(0.5, 0.6)), None);
    }

    async fn of_two_stale_forms_the_second_is_told_so(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let path = format!("/areas/{}/edit", town.buildings[0][0][0]);
        let version = desk.get(&path).await.value_of("input[name=version]").unwrap();
        let first = desk.post(&path, &[("version", &version), ("name", "一栋")]).await;

        let second = desk.post(&path, &[("version", &version), ("name", "甲栋")]).await;

        assert_eq!(first.status(), 303);
        assert_eq!(second.status(), 409);
        assert!(second.has_text("刚刚有人改了这个区域"));
        assert_eq!(map(&app).await.name(town.buildings[0][0][0]), Some("一栋"));
    }

    async fn two_who_draw_on_the_same_ground_at_once_do_not_both_succeed(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let corner = format!("/areas/{}/edit", town.micro_grids[0][0]);
        let smaller = outline(&block(0.0, 0.0, 1.0, 0.4));
        let fields = [("version", "1"), ("name", "1-01微网格"), ("geometry", &smaller)];
        assert_eq!(desk.post(&corner, &fields).await.status(), 303);
        let shape = outline(&block(0.0, 0.5, 1.0, 0.5));
        let draw = |name: &'static str| {
            let fields = [("level", "micro_grid"), ("name", name), ("geometry", shape.as_str())];
            let desk = &desk;
            async move { desk.post("/areas/new", &fields).await.status() }
        };

        let (one, other) = tokio::join!(draw("1-03微网格"), draw("1-04微网格"));

        let mut both = [one, other];
        both.sort_unstable();
        assert_eq!(both[0], 303);
        assert!(both[1] == 409 || both[1] == 422, "{both:?}");
        let map = map(&app).await;
        assert_eq!(map.micro_grids_of(town.grids[0]).count(), 3);
    }

    async fn an_area_that_ends_leaves_its_name_behind(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let micro_grid = town.micro_grids[0][0];

        let answer = desk.post(&format!("/areas/{micro_grid}/retire"), &[]).await;

        assert_eq!(answer.status(), 303);
        let map = map(&app).await;
        assert_eq!(map.locate(town.street_of(0, 0)), None);
        assert_eq!(map.name(micro_grid), Some("1-01微网格"));
        assert_eq!(map.grid_of(micro_grid), Some(town.grids[0]));
        let page = app.visitor().get(&format!("/areas/{micro_grid}")).await;
        assert!(page.has_text("这个区域已于11月21日撤销"), "{}", page.text());
        let again = desk.post(&format!("/areas/{micro_grid}/retire"), &[]).await;
        assert_eq!(again.status(), 409);
        assert!(desk.get("/areas").await.has_text("有 2 栋楼不在任何微网格里"));
    }

    async fn a_grid_that_still_holds_micro_grids_cannot_end(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;

        let answer = desk.post(&format!("/areas/{}/retire", town.grids[0]), &[]).await;

        assert_eq!(answer.status(), 409);
        assert!(answer.has_text("里面还有网格或微网格"));
        assert_eq!(map(&app).await.grids().count(), 2);
    }

    async fn the_list_shows_grid_by_grid_and_finds_names(app: TestApp) {
        town(&app).await;
        let desk = desk(&app).await;

        let list = desk.get("/areas").await;
        let found = desk.get("/areas?q=2-0").await;
        let nothing = desk.get("/areas?q=海棠").await;

        assert_eq!(list.count("table"), 2);
        assert!(list.has_text("有 6 个网格或微网格还没有网格员"));
        assert!(found.has_text("第2网格 · 2-01微网格") && !found.has_text("1-01微网格"));
        assert!(nothing.has_text("没有找到。换个写法试试"));
        assert!(list.statements() <= 6, "{}", list.statements());
        assert_eq!(map(&app).await.of_level(Level::Building).count(), 8);
        assert!(map(&app).await.locate(out_of_town()).is_none());
    }
}
