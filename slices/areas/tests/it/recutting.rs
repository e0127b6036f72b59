//! Grids are cut anew, and the past keeps its places.

use areas::fixture::block;
use areas::{ImportOptions, Level};
use platform::record;
use spatial::Datum;

use crate::loading::{feature, file, send};
use crate::{desk, map, town};

testkit::on_both! {
    async fn cutting_a_grid_anew_keeps_what_was(app: TestApp) {
        let town = town(&app).await;
        let desk = desk(&app).await;
        let old = map(&app).await.locate(town.inside(0, 0, 0)).unwrap();
        let text = file(&[
            feature(r#"{"code":"1-01"}"#, &block(0.0, 0.0, 0.5, 2.0)),
            feature(r#"{"code":"1-02"}"#, &block(0.5, 0.0, 0.5, 2.0)),
        ]);
        let fields = [("level", "micro_grid"), ("datum", "wgs84"), ("replaces", "1")];

        let path = send(&desk, &fields, &text).await;
        let preview = desk.get(&path).await;
        app.wait(1);
        let loaded = desk.post(&path, &[]).await;

        assert!(preview.has_text("将要撤销的（2 个）") && preview.has_text("1-01微网格、1-02微网格"), "{}", preview.text());
        assert_eq!(loaded.location(), "/areas", "{}", desk.get(&path).await.text());
        let map = map(&app).await;
        let new = map.locate(town.inside(0, 0, 0)).unwrap();
        assert_ne!(new.micro_grid, old.micro_grid);
        assert_eq!(new.grid, old.grid);
        // A matter of the past still knows its place.
        assert_eq!(map.label(old.micro_grid), Some("第1网格 · 1-01微网格"));
        assert_eq!(map.grid_of(old.micro_grid), Some(old.grid));
        let ended = map.area(old.micro_grid).unwrap();
        assert_eq!(ended.valid_until, Some(map.area(new.micro_grid).unwrap().valid_from));
        // Its buildings are where they always were, in the new micro-grid.
        assert_eq!(map.place_of_building(town.buildings[0][0][0]), Some(new));
        assert_eq!(map.micro_grids_of(town.grids[1]).count(), 2);
        let reader = app.house().db().reader();
        let community = app.community();
        let events = record::timeline(&reader, community, "area", old.micro_grid.0, 9).await;
        assert_eq!(events.unwrap().last().unwrap().name, "areas.retired");
    }

    async fn new_grids_take_their_micro_grids_over(app: TestApp) {
        let town = town(&app).await;
        let actor = desk(&app).await.actor().clone();
        let options = ImportOptions { level: Level::Grid, datum: Datum::Wgs84, replaces: true };
        let text = file(&[
            feature(r#"{"name":"南网格"}"#, &block(0.0, 0.0, 2.0, 1.0)),
            feature(r#"{"name":"北网格"}"#, &block(0.0, 1.0, 2.0, 1.0)),
        ]);

        let plan = areas::import_areas(app.house(), &actor, text, &options).await.unwrap();

        assert!(plan.is_sound(), "{:?}", plan.faults);
        let map = map(&app).await;
        assert_eq!(map.label(town.micro_grids[1][0]), Some("南网格 · 2-01微网格"));
        assert_eq!(map.label(town.micro_grids[0][1]), Some("北网格 · 1-02微网格"));
        assert_eq!(map.grids().count(), 2);
        assert!(!map.area(town.grids[0]).unwrap().is_current());
    }

    async fn new_grids_that_leave_a_micro_grid_behind_are_refused(app: TestApp) {
        let town = town(&app).await;
        let actor = desk(&app).await.actor().clone();
        let options = ImportOptions { level: Level::Grid, datum: Datum::Wgs84, replaces: true };
        let text = file(&[feature(r#"{"name":"南网格"}"#, &block(0.0, 0.0, 2.0, 1.0))]);

        let plan = areas::import_areas(app.house(), &actor, text, &options).await.unwrap();

        assert_eq!(plan.faults.len(), 2, "{:?}", plan.faults);
        assert!(map(&app).await.area(town.grids[0]).unwrap().is_current());
    }
}
