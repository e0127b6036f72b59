//! What a step of the schema does to the rows that are there.

use kernel::DutyKind;
use platform::db::statement;
use platform::door::duties_of;
use platform::migrate::migrate;
use sea_orm::ConnectionTrait;

testkit::on_both! {
    async fn duties_outlive_the_step_that_makes_their_table_anew(app: TestApp) {
        let grid = app.house().chance().id(app.house().now());
        let worker = app.on_duty("zhou", DutyKind::GridWorker, Some(grid)).await;
        let account = worker.actor().account.unwrap();
        let house = app.house();
        let tx = house.housekeeping(app.community()).await.unwrap();
        let sql = "DELETE FROM migration WHERE name = 'm20261125_0000_duty_kinds'";
        tx.execute_raw(statement(&tx, sql, [])).await.unwrap();
        tx.commit().await.unwrap();

        let steps = platform::all_migrations(&crate::slices());
        let taken = migrate(house.db(), &steps, house.now()).await.unwrap();

        assert_eq!(taken, ["m20261125_0000_duty_kinds"]);
        let reader = house.db().reader();
        let held = duties_of(&reader, app.community(), account, house.now()).await.unwrap();
        let held: Vec<_> = held.iter().map(|duty| (duty.kind, duty.area)).collect();
        assert_eq!(held, [(DutyKind::GridWorker, Some(grid))]);
    }
}
