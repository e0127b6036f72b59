//! The two databases behind one door. Reads go through [`Reader`], writes through
//! [`crate::Tx`]; both count their statements, so that a test can hold a page to its number.
//!
//! SQLite: one connection that writes and always begins IMMEDIATE, a few that only read; WAL and
//! synchronous=FULL, so that a confirmed act survives a power cut. PostgreSQL: one pool.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, ExecResult, QueryResult, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};

/// A connection to PostgreSQL that rested longer is tried before it is used.
const IDLE_UNTESTED: Duration = Duration::from_secs(5);

/// Threads that read a SQLite file. With as many as there are cores, pages wait for each other.
const READERS: u32 = 4;

/// Where the data lies.
#[derive(Clone, Debug)]
pub enum Address {
    /// A file; it is made when it is not there.
    Sqlite(std::path::PathBuf),
    /// A PostgreSQL URL.
    Postgres(String),
}

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full: nothing was written, and nothing was lost.
    #[error("the disk is full")]
    DiskFull,
    /// An act wrote rows and recorded no event.
    #[error("a write without its event")]
    WriteWithoutEvent,
    /// A row holds what this version cannot read.
    #[error("unreadable row: {0}")]
    Unreadable(String),
    /// Anything else.
    #[error(transparent)]
    Database(DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let words = error.to_string();
        let is_full = [
            "database or disk is full",
            "No space left on device",
            "disk full",
        ]
        .iter()
        .any(|sign| words.contains(sign));
        if is_full {
            Self::DiskFull
        } else {
            Self::Database(error)
        }
    }
}

impl StoreError {
    /// Whether the row was refused because one like it exists.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Self::Database(error) => matches!(
                error.sql_err(),
                Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
            ),
            Self::DiskFull | Self::WriteWithoutEvent | Self::Unreadable(_) => false,
        }
    }
}

/// The database of this program.
#[derive(Clone, Debug)]
pub struct Db {
    write: DatabaseConnection,
    read: DatabaseConnection,
}

impl Db {
    /// Opens the database, making the file when there is none.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        match address {
            Address::Sqlite(path) => Self::open_sqlite(path).await,
            Address::Postgres(url) => {
                let mut options = ConnectOptions::new(url.clone());
                options
                    .max_connections(16)
                    .min_connections(1)
                    .acquire_timeout(Duration::from_secs(10))
                    // Not before each statement: that would be a question more for each answer.
                    .test_before_acquire_if_idle_for(IDLE_UNTESTED)
                    .sqlx_logging(false)
                    // Our statements are short and come again and again: neither compiling them
                    // nor planning each anew ever pays.
                    .map_sqlx_postgres_opts(|postgres| {
                        postgres
                            .options([("jit", "off"), ("plan_cache_mode", "force_generic_plan")])
                    });
                let pool = Database::connect(options).await?;
                Ok(Self {
                    write: pool.clone(),
                    read: pool,
                })
            }
        }
    }

    async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let connect = |connections: u32, is_reader: bool| {
            let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display()));
            options
                .max_connections(connections)
                .min_connections(connections)
                .acquire_timeout(Duration::from_secs(30))
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(move |sqlite| {
                    let sqlite = sqlite
                        .foreign_keys(true)
                        .busy_timeout(Duration::from_secs(20))
                        .statement_cache_capacity(256)
                        .row_buffer_size(1024)
                        .pragma("journal_mode", "WAL")
                        .pragma("synchronous", "FULL")
                        .pragma("wal_autocheckpoint", "4000")
                        .pragma("cache_size", "-65536")
                        .pragma("mmap_size", "268435456")
                        .pragma("temp_store", "MEMORY");
                    if is_reader {
                        sqlite.pragma("query_only", "1")
                    } else {
                        sqlite
                    }
                });
            Database::connect(options)
        };
        let write = connect(1, false).await?;
        let read = connect(READERS, true).await?;
        // Lets SQLite look at the data before it plans; cheap when nothing has changed much.
        write.execute_unprepared("PRAGMA optimize=0x10002").await?;
        Ok(Self { write, read })
    }

    /// Which of the two it is.
    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// A reading hand with a fresh count of statements.
    pub fn reader(&self) -> Reader {
        self.counting_reader(Arc::default())
    }

    /// A reading hand that adds to a count.
    pub fn counting_reader(&self, statements: Arc<AtomicU32>) -> Reader {
        Reader {
            connection: self.read.clone(),
            statements,
        }
    }

    /// Begins a transaction that may write.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: match self.backend() {
                DbBackend::Sqlite => Some(SqliteTransactionMode::Immediate),
                _ => None,
            },
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Runs statements outside any act: migrations, vacuum, pragmas.
    pub(crate) async fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.write.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Writes a consistent copy of a running SQLite database to `target`, which must not exist.
    /// PostgreSQL has its own tools for that; there it returns an error that says so.
    pub async fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        if self.backend() != DbBackend::Sqlite {
            return Err(StoreError::Unreadable(
                "PostgreSQL is backed up with pg_dump or pg_basebackup".into(),
            ));
        }
        let quoted = target.display().to_string().replace('\'', "''");
        self.run(&format!("VACUUM INTO '{quoted}'")).await
    }

    /// What is wrong with the file, if anything; PostgreSQL looks after its own.
    pub async fn integrity(&self) -> Result<Option<String>, StoreError> {
        if self.backend() != DbBackend::Sqlite {
            return Ok(None);
        }
        let sql = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
        let row = self.read.query_one_raw(sql).await?;
        let words: Option<String> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(words.filter(|words| words != "ok"))
    }

    /// Closes all connections; on SQLite this also folds the log into the file.
    pub async fn close(self) -> Result<(), StoreError> {
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}

/// A hand that only reads, and counts what it asks.
#[derive(Clone, Debug)]
pub struct Reader {
    connection: DatabaseConnection,
    statements: Arc<AtomicU32>,
}

impl Reader {
    /// How many statements have been sent so far.
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }
}

/// A connection of which every statement is counted.
pub(crate) trait Counted: Sync {
    type Inner: ConnectionTrait + Send;

    fn inner(&self) -> &Self::Inner;

    fn counter(&self) -> &AtomicU32;

    /// The connection for one more statement, which a test may listen for: never with its values.
    fn one_more(&self, sql: &str) -> &Self::Inner {
        self.counter().fetch_add(1, Ordering::Relaxed);
        tracing::trace!(target: "statements", sql);
        self.inner()
    }
}

macro_rules! counted_connection {
    ($type:ty) => {
        #[async_trait::async_trait]
        impl ConnectionTrait for $type {
            fn get_database_backend(&self) -> DbBackend {
                self.inner().get_database_backend()
            }

            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                let statement = without_nul(statement);
                self.one_more(&statement.sql).execute_raw(statement).await
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.one_more(sql).execute_unprepared(sql).await
            }

            async fn query_one_raw(
                &self,
                statement: Statement,
            ) -> Result<Option<QueryResult>, DbErr> {
                let statement = without_nul(statement);
                self.one_more(&statement.sql).query_one_raw(statement).await
            }

            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                let statement = without_nul(statement);
                self.one_more(&statement.sql).query_all_raw(statement).await
            }
        }
    };
}

impl Counted for Reader {
    type Inner = DatabaseConnection;

    fn inner(&self) -> &DatabaseConnection {
        &self.connection
    }

    fn counter(&self) -> &AtomicU32 {
        &self.statements
    }
}

impl Counted for crate::Tx {
    type Inner = DatabaseTransaction;

    fn inner(&self) -> &DatabaseTransaction {
        self.transaction()
    }

    fn counter(&self) -> &AtomicU32 {
        crate::Tx::counter(self)
    }
}

counted_connection!(Reader);
counted_connection!(crate::Tx);

/// PostgreSQL takes no NUL in a text, and nobody writes one: both databases are given the text without
/// it, so that a program that sends one is answered, and alike.
fn without_nul(mut statement: Statement) -> Statement {
    let values = statement.values.iter_mut().flat_map(|values| &mut values.0);
    for value in values {
        if let sea_orm::Value::String(Some(text)) = value
            && text.contains('\0')
        {
            text.retain(|character| character != '\0');
        }
    }
    statement
}

/// A statement with `$1`, `$2` … for both databases.
pub fn statement<C: ConnectionTrait>(
    on: &C,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = sea_orm::Value>,
) -> Statement {
    written(
        on.get_database_backend(),
        sql.into(),
        values.into_iter().collect(),
    )
}

/// What does not depend on how the statement came, so that the program holds it once.
#[inline(never)]
fn written(backend: DbBackend, sql: String, values: Vec<sea_orm::Value>) -> Statement {
    let sql = match backend {
        DbBackend::Sqlite => without_names(&sql),
        _ => sql,
    };
    Statement::from_sql_and_values(backend, sql, values)
}

/// To SQLite `$1` is a name, looked for among all others at each place, so that the time for many
/// values grows with their square. Places in order become `?`, others `?1`.
fn without_names(sql: &str) -> String {
    let number_of = |piece: &str| -> Option<usize> {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        piece.get(..digits)?.parse().ok()
    };
    let is_in_order = sql
        .split('$')
        .skip(1)
        .zip(1..)
        .all(|(piece, place)| number_of(piece) == Some(place));
    if !is_in_order {
        return sql.replace('$', "?");
    }
    let mut pieces = sql.split('$');
    let mut plain = String::with_capacity(sql.len());
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        plain.push('?');
        plain.push_str(piece.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    plain
}

/// The clause by which an act has the rows it reads to itself until it is over. SQLite's one writer
/// has everything to itself.
pub fn for_update<C: ConnectionTrait>(on: &C) -> &'static str {
    match on.get_database_backend() {
        DbBackend::Postgres => "FOR UPDATE",
        _ => "",
    }
}

/// The clause that lets several instances claim rows without waiting for each other. SQLite has
/// one writer and needs none.
pub(crate) fn skip_locked<C: ConnectionTrait>(on: &C) -> &'static str {
    match on.get_database_backend() {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lose_their_names_and_keep_their_order() {
        assert_eq!(
            without_names("INSERT INTO t VALUES ($1,$2),($3,$4)"),
            "INSERT INTO t VALUES (?,?),(?,?)"
        );
        assert_eq!(
            without_names("SELECT $2 WHERE a = $1 AND b = $2"),
            "SELECT ?2 WHERE a = ?1 AND b = ?2"
        );
        assert_eq!(without_names("SELECT 1"), "SELECT 1");
    }
}
