//! The map for programs: lists, one area, a point to its micro-grid.

use std::collections::BTreeSet;

use crate::town;

testkit::on_both! {
    async fn the_list_comes_in_pages_and_misses_nothing(app: TestApp) {
        town(&app).await;
        let visitor = app.visitor();
        let mut ids = BTreeSet::new();
        let mut path = "/api/v1/areas?limit=4".to_owned();

        loop {
            let page = visitor.get(&path).await.json();
            for item in page["items"].as_array().unwrap() {
                assert!(ids.insert(item["id"].as_str().unwrap().to_owned()), "twice: {item}");
            }
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/areas?limit=4&cursor={next}"),
                None => break,
            }
        }

        assert_eq!(ids.len(), 15);
        let grids = visitor.get("/api/v1/areas?level=grid").await.json();
        assert_eq!(grids["items"].as_array().unwrap().len(), 2);
    }

    async fn one_area_and_one_place_can_be_asked_for(app: TestApp) {
        let town = town(&app).await;
        let visitor = app.visitor();
        let point = town.inside(1, 0, 1);

        let area = visitor.get(&format!("/api/v1/areas/{}", town.micro_grids[1][0])).await.json();
        let path = format!("/api/v1/areas/locate?lat={}&lon={}", point.lat(), point.lon());
        let place = visitor.get(&path).await.json();

        assert_eq!(area["level"], "micro_grid");
        assert_eq!(area["name"], "2-01微网格");
        assert_eq!(area["valid_from"], "2026-11-21T01:12:00Z");
        assert_eq!(place["grid"]["name"], "第2网格");
        assert_eq!(place["building"]["id"], town.buildings[1][0][1].to_string());
    }

    async fn wrong_questions_get_a_problem_document(app: TestApp) {
        town(&app).await;
        let visitor = app.visitor();

        for path in ["/api/v1/areas?cursor=x", "/api/v1/areas?level=village", "/api/v1/areas/locate?lat=91&lon=1"] {
            let answer = visitor.get(path).await;
            assert_eq!(answer.status(), 422, "{path}");
            assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        }
        assert_eq!(visitor.get("/api/v1/areas/nonsense").await.status(), 404);
    }
}
