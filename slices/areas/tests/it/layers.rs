//! The layers of the map and the search for addresses.

use areas::fixture::out_of_town;
use kernel::AreaId;
use spatial::Point;

use crate::{map, town};

fn query(point: Point) -> String {
    format!("lat={}&lon={}", point.lat(), point.lon())
}

testkit::on_both! {
    async fn a_point_belongs_to_its_micro_grid_its_grid_and_its_building(app: TestApp) {
        let town = town(&app).await;
        let map = map(&app).await;

        for (grid, micro) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let street = map.locate(town.street_of(grid, micro)).unwrap();
            let inside = map.locate(town.inside(grid, micro, 1)).unwrap();

            assert_eq!(street.micro_grid, town.micro_grids[grid][micro]);
            assert_eq!(street.grid, town.grids[grid]);
            assert_eq!(street.building, None);
            assert_eq!(inside.building, Some(town.buildings[grid][micro][1]));
            assert_eq!(map.place_of_building(town.buildings[grid][micro][1]), Some(inside));
        }
        assert_eq!(map.locate(out_of_town()), None);
    }

    async fn the_way_between_two_areas_is_told_in_metres(app: TestApp) {
        let town = town(&app).await;
        let map = map(&app).await;
        let metres = |one, other| map.metres_between(one, other);
        let [south, north] = town.micro_grids[0];

        // 0.002 degrees of latitude: 111,195 m · 0.002 = 222.4 m.
        assert_eq!(metres(south, north), Some(222));
        assert_eq!(metres(north, south), Some(222));
        assert_eq!(metres(south, south), Some(0));
        assert_eq!(metres(south, AreaId(uuid::Uuid::nil())), None);
    }

    async fn names_come_with_what_is_above_them(app: TestApp) {
        let town = town(&app).await;
        let map = map(&app).await;

        assert_eq!(map.name(town.micro_grids[1][0]), Some("2-01微网格"));
        assert_eq!(map.label(town.micro_grids[1][0]), Some("第2网格 · 2-01微网格"));
        assert_eq!(map.label(town.buildings[1][0][0]), Some("2-01微网格 · 5栋"));
        let path: Vec<&str> =
            map.path(town.buildings[1][0][0]).iter().map(|area| area.name.as_str()).collect();
        assert_eq!(path, ["锦江苑社区", "第2网格", "2-01微网格", "5栋"]);
        assert_eq!(map.name(AreaId(uuid::Uuid::nil())), None);
    }

    async fn the_map_asks_whose_matter_a_point_is(app: TestApp) {
        let town = town(&app).await;
        let visitor = app.visitor();

        let inside = visitor.get(&format!("/areas/locate?{}", query(town.street_of(1, 1)))).await;
        let outside = visitor.get(&format!("/areas/locate?{}", query(out_of_town()))).await;
        let nowhere = visitor.get("/areas/locate?lat=up&lon=104").await;

        assert_eq!(inside.json()["id"], town.micro_grids[1][1].to_string());
        assert_eq!(inside.json()["name"], "第2网格 · 2-02微网格");
        assert_eq!(outside.json()["name"], serde_json::Value::Null);
        assert_eq!(nowhere.status(), 422);
        assert!(nowhere.has_text("没能读懂这个位置"));
    }

    async fn an_address_that_is_typed_finds_its_building(app: TestApp) {
        let town = town(&app).await;

        let answer = app.visitor().get("/areas/suggest?q=三号楼二单元").await;
        let nothing = app.visitor().get("/areas/suggest?q=").await;

        let found = answer.json();
        assert_eq!(found[0]["id"], town.buildings[0][1][0].to_string());
        assert_eq!(found[0]["label"], "3栋2单元");
        assert!(found[0]["lat"].is_number() && found[0]["lon"].is_number());
        assert_eq!(nothing.json(), serde_json::json!([]));
        assert_eq!(answer.statements(), 0);
    }

    async fn the_layers_hold_names_and_are_not_sent_twice(app: TestApp) {
        let town = town(&app).await;
        let visitor = app.visitor();

        let micro = visitor.get("/map/micro.geojson").await;
        let grids = visitor.get("/map/grids.geojson").await;
        let buildings = visitor.get("/map/buildings.geojson").await;
        let outline = visitor.get("/map/outline.geojson").await;

        let features = micro.json()["features"].clone();
        assert_eq!(features.as_array().unwrap().len(), 4);
        assert_eq!(features[0]["properties"]["name"], "1-01微网格");
        assert_eq!(features[0]["properties"]["label"], "1-01");
        let href = format!("/areas/{}", town.micro_grids[0][0]);
        assert_eq!(features[0]["properties"]["href"], href);
        assert_eq!(grids.json()["features"].as_array().unwrap().len(), 2);
        assert_eq!(buildings.json()["features"].as_array().unwrap().len(), 8);
        assert_eq!(outline.json()["features"][0]["properties"]["name"], "锦江苑社区");
        assert_eq!(micro.header("cache-control"), Some("private, max-age=60"));

        let tag = micro.header("etag").unwrap().to_owned();
        let request = visitor.request(axum::http::Method::GET, "/map/micro.geojson");
        let request = request.header("if-none-match", tag).body(axum::body::Body::empty()).unwrap();
        assert_eq!(visitor.send(request).await.status(), 304);
    }
}
