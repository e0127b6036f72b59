//! One measurement on each database: on SQLite in a folder, and on a PostgreSQL of its own that waits for the disk.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::figures::Table;
use super::program::Home;
use crate::postgres::{Cluster, Durability};
use crate::prerequisites::POSTGRESQL;

/// Measures in an empty home on SQLite, then in one on PostgreSQL, and removes both. The measurement fills its home.
///
/// Where PostgreSQL is missing, a table says so.
pub fn on_both(
    folder: &Path,
    name: &str,
    tables: &mut Vec<Table>,
    mut measure: impl FnMut(&Home, &str) -> Result<Table>,
) -> Result<()> {
    let home = Home::on_sqlite(folder.join(name));
    tables.push(measure(&home, "SQLite")?);
    fs::remove_dir_all(&home.data)?;
    if let Err(error) = POSTGRESQL.demand() {
        let mut table = Table::new(format!("{name}, PostgreSQL"), &[]);
        table.note(format!("not measured: {error}"));
        tables.push(table);
        return Ok(());
    }
    let cluster = Cluster::start(Durability::Full)?;
    let home = Home {
        data: folder.join(format!("{name}-postgres")),
        database_url: Some(cluster.url()),
    };
    tables.push(measure(&home, "PostgreSQL")?);
    fs::remove_dir_all(&home.data)?;
    Ok(())
}
