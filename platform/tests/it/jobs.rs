//! No job is lost, and none is done twice.

use platform::db::statement;
use platform::{House, jobs, workers};
use sea_orm::ConnectionTrait;
use testkit::TestApp;

use crate::probe;

async fn enqueue(house: &House, app: &TestApp, kind: &'static str) {
    let mut tx = house.housekeeping(app.community()).await.unwrap();
    tx.later(kind, &"noted");
    tx.commit().await.unwrap();
}

async fn waiting(app: &TestApp) -> Vec<jobs::Waiting> {
    jobs::waiting(&app.house().db().reader(), app.community(), 9)
        .await
        .unwrap()
}

testkit::on_both! {
    async fn a_job_is_done_exactly_once(app: TestApp) {
        enqueue(app.house(), &app, "probe.note").await;

        app.work().await;
        app.work().await;

        assert_eq!(probe::done(app.house(), "noted").await, 1);
        assert!(waiting(&app).await.is_empty());
    }

    async fn two_instances_share_the_work(app: TestApp) {
        let (second, _) = app.second_instance(crate::slices()).await;
        for _ in 0..40 {
            enqueue(app.house(), &app, "probe.note").await;
        }

        let (one, two) = tokio::join!(
            workers::do_everything_due(app.house()),
            workers::do_everything_due(&second),
        );
        assert!(one.is_ok() && two.is_ok());
        app.work().await;

        assert_eq!(probe::done(app.house(), "noted").await, 40);
    }

    async fn a_job_of_a_dead_worker_is_taken_over_after_its_lease(app: TestApp) {
        enqueue(app.house(), &app, "probe.note").await;
        // A worker took it and was killed.
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        let sql = "UPDATE job SET leased_until = $1, attempts = 1";
        let until = tx.now.plus_seconds(60);
        tx.execute_raw(statement(&tx, sql, [until.0.into()])).await.unwrap();
        tx.commit().await.unwrap();

        app.work().await;
        assert_eq!(probe::done(app.house(), "noted").await, 0, "the lease still runs");
        app.wait(2);
        app.work().await;

        assert_eq!(probe::done(app.house(), "noted").await, 1);
    }

    async fn a_failed_job_waits_longer_each_time_and_is_given_up_after_eight(app: TestApp) {
        enqueue(app.house(), &app, "probe.fail").await;
        let mut waits = Vec::new();
        for _ in 0..8 {
            app.work().await;
            let job = &waiting(&app).await[0];
            waits.push((job.run_at - app.house().now().0) / 60_000_000);
            assert_eq!(job.last_error.as_deref(), Some("the post office is closed"));
            app.wait(*waits.last().unwrap());
        }

        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256]);
        let job = &waiting(&app).await[0];
        assert_eq!(job.attempts, 8);
        assert!(job.failed_at.is_some());
        app.wait(24 * 60);
        app.work().await;
        assert_eq!(waiting(&app).await[0].attempts, 8, "it waits for an administrator");
    }

    async fn a_job_that_nobody_knows_is_kept(app: TestApp) {
        enqueue(app.house(), &app, "probe.unknown").await;

        app.work().await;

        let error = waiting(&app).await[0].last_error.clone().unwrap();
        assert!(error.contains("probe.unknown"), "{error}");
    }
}
