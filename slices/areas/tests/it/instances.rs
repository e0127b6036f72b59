//! Two instances of the program over one database see each other’s edits.

use areas::{atlas, fixture};

use crate::{map, slices, town};

testkit::on_both! {
    async fn an_edit_of_another_instance_is_seen_within_a_second(app: TestApp) {
        let (other, _) = app.second_instance(slices()).await;
        let before = atlas(&other, app.community()).await.unwrap();
        assert_eq!(before.current().count(), 0);
        let town = town(&app).await;

        let still_trusted = atlas(&other, app.community()).await.unwrap();
        app.clock().set(app.house().now().plus_seconds(1));
        let after = atlas(&other, app.community()).await.unwrap();

        assert_eq!(still_trusted.revision(), before.revision());
        let place = after.locate(town.inside(1, 0, 0)).unwrap();
        assert_eq!(place.micro_grid, town.micro_grids[1][0]);
    }

    async fn an_own_edit_is_seen_at_once(app: TestApp) {
        assert!(map(&app).await.locate(fixture::point(0.5, 0.5)).is_none());

        let town = town(&app).await;

        let place = map(&app).await.locate(town.street_of(0, 0)).unwrap();
        assert_eq!(place.micro_grid, town.micro_grids[0][0]);
    }

    async fn an_act_that_is_undone_leaves_the_map_as_it_was(app: TestApp) {
        let town = town(&app).await;
        let before = map(&app).await;
        let mut tx = app.begin().await;
        areas::draw_many(&mut tx, Vec::new()).await.unwrap();

        drop(tx);

        let after = map(&app).await;
        assert_eq!(after.revision(), before.revision());
        assert!(after.locate(town.street_of(0, 0)).is_some());
    }
}
