//! Everything a community has, as files that other programs can read: one file of JSON lines for
//! each table. What is locked stays locked; the key is not exported.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::Args;
use kernel::CommunityId;
use platform::db::{Reader, statement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::config::Choices;

/// Writes everything a community has as JSON lines, a file for each table.
#[derive(Args, Debug)]
pub struct Export {
    /// A folder that does not exist yet.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// The community's word in addresses, when there are several.
    #[arg(long, value_name = "WORD")]
    community: Option<String>,
}

/// Secrets of the moment, what can be computed from the rest, and disputes: whose they are is known
/// to those who may read them, and to no file.
const LEFT_OUT: [&str; 11] = [
    "api_token",
    "door_link",
    "idempotent_answer",
    "job",
    "mediation",
    "mediation_counter",
    "mediation_paper",
    "revision",
    "search_posting",
    "search_total",
    "session",
];

/// Rows fetched at once.
const ROWS_AT_ONCE: usize = 5_000;

impl Export {
    pub(super) async fn run(self, choices: &Choices) -> anyhow::Result<()> {
        ensure!(!self.to.exists(), "{} exists already", self.to.display());
        let house = super::open(choices, false).await?;
        let community = super::community(&house, self.community.as_deref()).await?;
        fs::create_dir_all(&self.to)
            .with_context(|| format!("{} cannot be made", self.to.display()))?;
        let reader = house.db().reader();
        for table in tables() {
            let rows = write_table(&reader, &table, community.id, &self.to).await?;
            println!("  {table}: {rows}");
        }
        house.db().clone().close().await?;
        println!("{} was written to {}.", community.name, self.to.display());
        Ok(())
    }
}

/// The tables that migrations make and do not drop, without those that are left out.
fn tables() -> BTreeSet<String> {
    let named_after = |words: &'static str| {
        platform::all_migrations(&crate::slices())
            .into_iter()
            .flat_map(move |migration| migration.sql.split(words).skip(1))
            .filter_map(|rest| rest.split([' ', '\n', '(', ';']).next())
    };
    let dropped: BTreeSet<&str> = named_after("DROP TABLE ").collect();
    named_after("CREATE TABLE ")
        .filter(|table| !LEFT_OUT.contains(table) && !dropped.contains(table))
        .map(str::to_owned)
        .collect()
}

async fn write_table(
    reader: &Reader,
    table: &str,
    community: CommunityId,
    folder: &std::path::Path,
) -> anyhow::Result<usize> {
    let mut file = BufWriter::new(fs::File::create(folder.join(format!("{table}.jsonl")))?);
    let mut written = 0;
    loop {
        let sql = format!(
            "SELECT * FROM {table} WHERE community_id = $1 ORDER BY 1, 2, 3 LIMIT {ROWS_AT_ONCE} \
             OFFSET {written}"
        );
        let rows = reader
            .query_all_raw(statement(reader, sql, [community.0.into()]))
            .await?;
        for row in &rows {
            serde_json::to_writer(&mut file, &as_json(row)?)?;
            file.write_all(b"\n")?;
        }
        written += rows.len();
        if rows.len() < ROWS_AT_ONCE {
            break;
        }
    }
    file.flush()?;
    Ok(written)
}

fn as_json(row: &QueryResult) -> anyhow::Result<Map<String, Value>> {
    row.column_names()
        .into_iter()
        .map(|name| {
            let value = cell(row, &name).with_context(|| format!("the column {name}"))?;
            Ok((name, value))
        })
        .collect()
}

/// A cell as JSON: ids in their usual form, bytes as hexadecimal digits.
fn cell(row: &QueryResult, name: &str) -> anyhow::Result<Value> {
    if let Ok(id) = row.try_get::<Option<Uuid>>("", name) {
        return Ok(id.map_or(Value::Null, |id| id.to_string().into()));
    }
    if let Ok(number) = row.try_get::<Option<i64>>("", name) {
        return Ok(number.into());
    }
    if let Ok(number) = row.try_get::<Option<f64>>("", name) {
        return Ok(number.into());
    }
    if let Ok(words) = row.try_get::<Option<String>>("", name) {
        return Ok(words.into());
    }
    let bytes: Option<Vec<u8>> = row.try_get("", name)?;
    Ok(bytes.map_or(Value::Null, |bytes| platform::web::hex(&bytes).into()))
}
