//! A room that exists in these tests only: a table, doors with an act each, jobs that end well or
//! badly, and a listener that can refuse.

use kernel::events::{AccountOpened, ApiTokenMade};
use kernel::{Act, Rule, Scope, Who};
use platform::db::{StoreError, statement};
use platform::jobs::{Doing, Job, Work};
use platform::migrate::Migration;
use platform::record::Recorded;
use platform::{Gate, Hearing, House, Routes, Slice, Tx, Visit};
use sea_orm::ConnectionTrait;

pub const READ: Act = Act("probe.read");
pub const WRITE: Act = Act("probe.write");

const RULES: &[Rule] = &[
    Rule::new(READ, Who::SignedIn, Scope::Community),
    Rule::new(WRITE, Who::SignedIn, Scope::Community),
];

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261121_2359_probe",
    sql: "CREATE TABLE probe (community_id {id} NOT NULL, id {id} NOT NULL, grid {id}, \
          micro_grid {id}, account {id}, person {id}, handler {id}, \
          assignee {id}, is_public {int} NOT NULL, \
          PRIMARY KEY (community_id, id)); \
          CREATE TABLE probe_done (community_id {id} NOT NULL, id {id} NOT NULL, \
          what TEXT NOT NULL, PRIMARY KEY (community_id, id));",
}];

/// The days of a token that makes the listener refuse.
pub const REFUSED_DAYS: i64 = -1;

pub fn slice() -> Slice {
    Slice::named("probe")
        .rules(RULES)
        .migrations(MIGRATIONS)
        .routes(
            Routes::new()
                .get("/api/v1/probe", Gate::May(READ), who)
                .get("/api/v1/probe/write", Gate::May(WRITE), who)
                .get("/api/v1/probe/open", Gate::Open, who),
        )
        .hears::<AccountOpened>(note_opened)
        .hears::<ApiTokenMade>(refuse_some)
        .job("probe.note", Work::InTransaction(note))
        .job("probe.fail", Work::Outside(fail))
}

async fn who(visit: Visit) -> String {
    visit
        .signed_in()
        .map_or_else(String::new, |signed_in| signed_in.display_name.clone())
}

fn note_opened<'a>(tx: &'a mut Tx, _event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move { write_down(tx, "opened").await })
}

fn refuse_some<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read::<ApiTokenMade>() {
            Some(made) if made.days == REFUSED_DAYS => {
                Err(StoreError::Unreadable("the listener refuses".into()))
            }
            _ => Ok(()),
        }
    })
}

fn note<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let what: String = job.read()?;
        Ok(write_down(tx, &what).await?)
    })
}

fn fail<'a>(_house: &'a House, _job: &'a Job) -> Doing<'a> {
    Box::pin(async move { anyhow::bail!("the post office is closed") })
}

async fn write_down(tx: &Tx, what: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO probe_done (community_id, id, what) VALUES ($1, $2, $3)";
    let id: uuid::Uuid = tx.new_id();
    let values = [tx.community().0.into(), id.into(), what.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// How often something was written down.
pub async fn done(house: &House, what: &str) -> i64 {
    let reader = house.db().reader();
    let sql = "SELECT count(*) AS n FROM probe_done WHERE what = $1";
    let row = reader
        .query_one_raw(statement(&reader, sql, [what.into()]))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "n").unwrap()
}

/// Writes past every rule, as somebody with access to the database could.
pub async fn tamper(house: &House, sql: &str) {
    let community = house.communities().all(house).await.unwrap()[0].id;
    let tx = house.housekeeping(community).await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}
