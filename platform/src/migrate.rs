//! The schema: one list of steps, sorted over all slices, never edited after release.
//!
//! A step is SQL for both databases, with four words of our own for types that are called
//! differently: `{id}`, `{bytes}`, `{int}`, `{real}`; and `{clustered}` behind a table of short rows
//! that are read in the order of their key, which SQLite then keeps in that order.

use std::collections::BTreeSet;

use kernel::Instant;
use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};

use crate::db::{Db, StoreError, statement};

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `m20261121_2100_events`: the date sorts it.
    pub name: &'static str,
    /// The statements, divided by semicolons.
    pub sql: &'static str,
}

/// Brings the schema up to date. Returns the names of the steps that were taken. Several
/// instances may call it at once.
pub async fn migrate(
    db: &Db,
    migrations: &[Migration],
    now: Instant,
) -> Result<Vec<&'static str>, StoreError> {
    db.run(&in_dialect(
        db.backend(),
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at {int} NOT NULL)",
    ))
    .await?;
    let mut taken = Vec::new();
    let mut sorted: Vec<&Migration> = migrations.iter().collect();
    sorted.sort_by_key(|migration| migration.name);

    let transaction = db.begin().await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction
            .execute_unprepared("LOCK TABLE migration IN EXCLUSIVE MODE")
            .await?;
    }
    let rows = transaction
        .query_all_raw(statement(&transaction, "SELECT name FROM migration", []))
        .await?;
    let known: BTreeSet<String> = rows
        .iter()
        .filter_map(|row| row.try_get("", "name").ok())
        .collect();
    for migration in sorted {
        if known.contains(migration.name) {
            continue;
        }
        let step = transaction.begin().await?;
        step.execute_unprepared(&in_dialect(db.backend(), migration.sql))
            .await?;
        let values = [migration.name.into(), now.0.into()];
        let sql = "INSERT INTO migration (name, at) VALUES ($1, $2)";
        step.execute_raw(statement(&step, sql, values)).await?;
        step.commit().await?;
        taken.push(migration.name);
    }
    transaction.commit().await?;
    Ok(taken)
}

fn in_dialect(backend: DbBackend, sql: &str) -> String {
    let words = match backend {
        DbBackend::Postgres => ["uuid", "bytea", "bigint", "double precision", ""],
        _ => ["BLOB", "BLOB", "INTEGER", "REAL", "WITHOUT ROWID"],
    };
    ["{id}", "{bytes}", "{int}", "{real}", "{clustered}"]
        .iter()
        .zip(words)
        .fold(sql.to_owned(), |sql, (ours, theirs)| {
            sql.replace(ours, theirs)
        })
}

/// The platform's own tables.
pub(crate) const OWN: &[Migration] = &[
    Migration {
        name: "m20261121_0000_ground",
        sql: include_str!("migrations/m20261121_0000_ground.sql"),
    },
    Migration {
        name: "m20261122_0000_revisions",
        sql: include_str!("migrations/m20261122_0000_revisions.sql"),
    },
    Migration {
        name: "m20261125_0000_duty_kinds",
        sql: include_str!("migrations/m20261125_0000_duty_kinds.sql"),
    },
];
