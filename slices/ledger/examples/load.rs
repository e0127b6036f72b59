//! How many transfers a second the book takes, durable, from so many clients at once; beside the same
//! transfer written by hand on the bare driver, one commit each. For `cargo xtask bench --only ledger`.
//!
//! `load ADDRESS WAY CLIENTS SECONDS`, where the address is `sqlite:FILE` or a PostgreSQL URL and the way
//! is `book`, `bare`, `fill` (then the last number is how many transfers the book shall hold) or `balance`.
//! Answers with one line: transfers (or readings) a second, and the middle and the 99th of a hundred
//! waits in milliseconds.

use std::sync::Arc;
use std::time::{Duration, Instant as Stopwatch};

use anyhow::{Context, bail};
use kernel::{Actor, CommunityId, PersonId, TransferId};
use ledger::{Accounts, Book, Bookkeeper, Movement, Order, Resident, Step};
use people::fixture::{a_household, a_person};
use platform::House;
use platform::community::Found;
use platform::db::Address;
use sea_orm::sqlx;
use sqlx::pool::PoolOptions;
use sqlx::{Connection, Executor, PgPool, SqlitePool};
use uuid::Uuid;

/// Neighbours who give each other time.
const NEIGHBOURS: usize = 1_000;
/// Grants written in one transaction while the book is filled.
const FILLED_AT_ONCE: usize = 2_000;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [address, way, clients, seconds] = words.as_slice() else {
        bail!("load ADDRESS WAY CLIENTS SECONDS");
    };
    let clients: usize = clients.parse()?;
    let amount: u64 = seconds.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let lasting = Duration::from_secs(amount);
        match way.as_str() {
            "book" => book(address, clients, lasting).await,
            "bare" => bare(address, clients, lasting).await,
            "fill" => fill(address, amount).await,
            "balance" => balance(address, clients, lasting).await,
            other => bail!("{other} is no way"),
        }
    })
}

/// Prints what was measured.
fn tell(waits: Vec<Vec<Duration>>, lasted: Duration) -> anyhow::Result<()> {
    let mut all: Vec<Duration> = waits.into_iter().flatten().collect();
    all.sort_unstable();
    let at = |percent: usize| all.get((all.len() * percent / 100).min(all.len().saturating_sub(1)));
    let (Some(middle), Some(late)) = (at(50), at(99)) else {
        bail!("nothing was written");
    };
    println!(
        "{:.0} {:.3} {:.3}",
        all.len() as f64 / lasted.as_secs_f64(),
        middle.as_secs_f64() * 1_000.0,
        late.as_secs_f64() * 1_000.0
    );
    Ok(())
}

/// A generator good enough to spread clients over accounts, the same in each run.
struct Spread(u64);

impl Spread {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below
    }

    /// Two different accounts.
    fn pair(&mut self) -> (usize, usize) {
        let from = self.next(NEIGHBOURS);
        let to = (from + 1 + self.next(NEIGHBOURS - 1)) % NEIGHBOURS;
        (from, to)
    }
}

fn at(address: &str) -> Address {
    match address.strip_prefix("sqlite:") {
        Some(path) => Address::Sqlite(path.into()),
        None => Address::Postgres(address.to_owned()),
    }
}

/// A community, its accounts, and neighbours with plenty of time.
struct Town {
    house: House,
    community: CommunityId,
    accounts: Accounts,
    neighbours: Vec<Resident>,
}

async fn town(address: &str) -> anyhow::Result<Town> {
    let slices = vec![areas::slice(), people::slice(), ledger::slice()];
    let house = testkit::open_again(slices, at(address)).await;
    let known = house.communities().all(&house).await?;
    let community = match known.first() {
        Some(one) => one.id,
        None => platform::community::found(
            &house,
            &Found {
                is_district: false,
                slug: "bench".into(),
                name: "样板社区".into(),
                district: None,
            },
        )
        .await
        .context("a community")?,
    };
    let mut tx = house.begin(&Actor::visitor(community)).await?;
    let accounts = ledger::accounts(&mut tx, Book::Time).await?;
    let sql = "SELECT person_id FROM book_holder ORDER BY person_id";
    let rows =
        sea_orm::ConnectionTrait::query_all_raw(&tx, platform::db::statement(&tx, sql, [])).await?;
    let mut people: Vec<PersonId> = rows
        .iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "person_id")?.into()))
        .collect::<Result<_, sea_orm::DbErr>>()?;
    if people.is_empty() {
        let home = a_household("1栋1单元101").insert(&mut tx).await?;
        for number in 0..NEIGHBOURS {
            let name = format!("邻居{number}");
            people.push(a_person(&name).living_at(home).insert(&mut tx).await?);
        }
        let of = ledger::residents(&mut tx, Book::Time, &people).await?;
        let grants: Vec<_> = people
            .iter()
            .map(|person| {
                let to = of[person];
                let grant = Movement::Grant {
                    from: accounts.issue,
                    to,
                };
                (Uuid::nil(), vec![Step::post(grant, 900_000_000)])
            })
            .collect();
        ledger::post_many(&mut tx, &grants).await?;
    }
    let of = ledger::residents(&mut tx, Book::Time, &people).await?;
    let neighbours = people.iter().map(|person| of[person]).collect();
    // Of what is known already nothing is written; an act must say something.
    tx.emit(&kernel::events::PersonEntered { person: people[0] });
    tx.commit().await?;
    Ok(Town {
        house,
        community,
        accounts,
        neighbours,
    })
}

async fn book(address: &str, clients: usize, lasting: Duration) -> anyhow::Result<()> {
    let town = Arc::new(town(address).await?);
    let keeper = Bookkeeper::of(&town.house);
    let began = Stopwatch::now();
    let all: Vec<_> = (0..clients)
        .map(|client| {
            let (town, keeper) = (Arc::clone(&town), keeper.clone());
            tokio::spawn(async move {
                let mut spread = Spread(client as u64 + 1);
                let mut waits = Vec::new();
                while began.elapsed() < lasting {
                    let (from, to) = spread.pair();
                    let gift = Movement::Gift {
                        from: town.neighbours[from],
                        to: town.neighbours[to],
                    };
                    let id: TransferId = town.house.chance().id(town.house.now());
                    let orders = [Order {
                        id,
                        step: Step::post(gift, 1),
                    }];
                    let begun = Stopwatch::now();
                    keeper.submit(town.community, id.0, &orders).await?;
                    waits.push(begun.elapsed());
                }
                anyhow::Ok(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for one in all {
        waits.push(one.await??);
    }
    tell(waits, began.elapsed())?;
    for finding in ledger::verify(&town.house.db().reader(), town.community).await? {
        if let Some(wrong) = finding.wrong {
            bail!("the book is broken: {wrong}");
        }
    }
    Ok(())
}

/// Grants until the book holds so many transfers.
async fn fill(address: &str, wanted: u64) -> anyhow::Result<()> {
    let town = town(address).await?;
    let began = Stopwatch::now();
    let mut spread = Spread(7);
    let mut written = NEIGHBOURS as u64;
    while written < wanted {
        let mut tx = town.house.begin(&Actor::visitor(town.community)).await?;
        let grants: Vec<_> = (0..FILLED_AT_ONCE)
            .map(|_| {
                let to = town.neighbours[spread.next(NEIGHBOURS)];
                let grant = Movement::Grant {
                    from: town.accounts.issue,
                    to,
                };
                (Uuid::nil(), vec![Step::post(grant, 1)])
            })
            .collect();
        ledger::post_many(&mut tx, &grants).await?;
        tx.commit().await?;
        written += FILLED_AT_ONCE as u64;
    }
    let rate = written as f64 / began.elapsed().as_secs_f64();
    println!("{rate:.0} 0 0");
    Ok(())
}

async fn balance(address: &str, clients: usize, lasting: Duration) -> anyhow::Result<()> {
    let town = Arc::new(town(address).await?);
    let began = Stopwatch::now();
    let all: Vec<_> = (0..clients)
        .map(|client| {
            let town = Arc::clone(&town);
            tokio::spawn(async move {
                let mut spread = Spread(client as u64 + 1);
                let mut waits = Vec::new();
                let reader = town.house.db().reader();
                while began.elapsed() < lasting {
                    let account = town.neighbours[spread.next(NEIGHBOURS)].0;
                    let begun = Stopwatch::now();
                    let balance = ledger::balance_of(&reader, town.community, account).await?;
                    waits.push(begun.elapsed());
                    if balance.available == 0 {
                        bail!("a neighbour has nothing");
                    }
                }
                Ok(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for one in all {
        waits.push(one.await??);
    }
    tell(waits, began.elapsed())
}

const BARE_ACCOUNT: &str = "CREATE TABLE IF NOT EXISTS bare_account (id BIGINT PRIMARY KEY, \
     debits BIGINT NOT NULL, credits BIGINT NOT NULL)";
const BARE_TRANSFER: &str = "CREATE TABLE IF NOT EXISTS bare_transfer (id BIGINT PRIMARY KEY, \
     debit BIGINT NOT NULL, credit BIGINT NOT NULL, amount BIGINT NOT NULL)";
const READ: &str = "SELECT credits - debits FROM bare_account WHERE id = $1";
const TAKE: &str = "UPDATE bare_account SET debits = debits + $2 WHERE id = $1";
const GIVE: &str = "UPDATE bare_account SET credits = credits + $2 WHERE id = $1";
const WRITE: &str = "INSERT INTO bare_transfer (id, debit, credit, amount) VALUES ($1, $2, $3, $4)";

/// The four statements in one transaction, for either driver.
macro_rules! bare_transfer {
    ($tx:expr, $read:expr, $id:expr, $from:expr, $to:expr) => {{
        let (left,): (i64,) = sqlx::query_as($read)
            .bind($from)
            .fetch_one(&mut *$tx)
            .await?;
        if left < 1 {
            bail!("a neighbour has nothing");
        }
        sqlx::query(TAKE)
            .bind($from)
            .bind(1_i64)
            .execute(&mut *$tx)
            .await?;
        sqlx::query(GIVE)
            .bind($to)
            .bind(1_i64)
            .execute(&mut *$tx)
            .await?;
        sqlx::query(WRITE)
            .bind($id)
            .bind($from)
            .bind($to)
            .bind(1_i64)
            .execute(&mut *$tx)
            .await?;
        $tx.commit().await?;
    }};
}

/// The accounts of the bare way, each with plenty.
macro_rules! bare_accounts {
    ($pool:expr) => {{
        for table in ["bare_account", "bare_transfer"] {
            let sql = format!("DROP TABLE IF EXISTS {table}");
            $pool.execute(sqlx::AssertSqlSafe(sql)).await?;
        }
        $pool.execute(BARE_ACCOUNT).await?;
        $pool.execute(BARE_TRANSFER).await?;
        let rows: Vec<String> = (0..NEIGHBOURS)
            .map(|one| format!("({one}, 0, 900000000)"))
            .collect();
        let sql = format!("INSERT INTO bare_account VALUES {}", rows.join(","));
        $pool.execute(sqlx::AssertSqlSafe(sql)).await?;
    }};
}

fn numbers(spread: &mut Spread) -> (i64, i64) {
    let (from, to) = spread.pair();
    (
        i64::try_from(from).unwrap_or(0),
        i64::try_from(to).unwrap_or(0),
    )
}

/// The same transfer by hand: is there enough, take, give, write it down, commit.
async fn bare(address: &str, clients: usize, lasting: Duration) -> anyhow::Result<()> {
    match at(address) {
        Address::Sqlite(path) => {
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(true)
                .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
                .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
            // One connection: SQLite has one writer, and those who wait for it here wait best.
            let pool: SqlitePool = PoolOptions::new()
                .max_connections(1)
                .acquire_timeout(Duration::from_mins(1))
                .connect_with(options)
                .await?;
            bare_accounts!(pool);
            bare_sqlite(pool, clients, lasting).await
        }
        Address::Postgres(url) => {
            let connections = u32::try_from(clients)?;
            let pool: PgPool = PoolOptions::new()
                .max_connections(connections)
                .min_connections(connections)
                .acquire_timeout(Duration::from_mins(1))
                .connect(&url)
                .await?;
            bare_accounts!(pool);
            bare_postgres(pool, clients, lasting).await
        }
    }
}

async fn bare_sqlite(pool: SqlitePool, clients: usize, lasting: Duration) -> anyhow::Result<()> {
    let began = Stopwatch::now();
    let all: Vec<_> = (0..clients)
        .map(|client| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let (mut spread, mut waits) = (Spread(client as u64 + 1), Vec::new());
                let mut id = i64::try_from(client)? << 40;
                while began.elapsed() < lasting {
                    let (from, to) = numbers(&mut spread);
                    id += 1;
                    let begun = Stopwatch::now();
                    let mut connection = pool.acquire().await?;
                    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
                    bare_transfer!(tx, READ, id, from, to);
                    waits.push(begun.elapsed());
                }
                anyhow::Ok(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for one in all {
        waits.push(one.await??);
    }
    tell(waits, began.elapsed())
}

async fn bare_postgres(pool: PgPool, clients: usize, lasting: Duration) -> anyhow::Result<()> {
    let began = Stopwatch::now();
    let all: Vec<_> = (0..clients)
        .map(|client| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let (mut spread, mut waits) = (Spread(client as u64 + 1), Vec::new());
                let mut id = i64::try_from(client)? << 40;
                while began.elapsed() < lasting {
                    // Locked in the order of their ids, so that no two wait for each other.
                    let (one, other) = numbers(&mut spread);
                    let (from, to) = (one.min(other), one.max(other));
                    id += 1;
                    let begun = Stopwatch::now();
                    let mut tx = pool.begin().await?;
                    let locking = sqlx::AssertSqlSafe(format!("{READ} FOR UPDATE"));
                    bare_transfer!(tx, locking, id, from, to);
                    waits.push(begun.elapsed());
                }
                anyhow::Ok(waits)
            })
        })
        .collect();
    let mut waits = Vec::new();
    for one in all {
        waits.push(one.await??);
    }
    tell(waits, began.elapsed())
}
