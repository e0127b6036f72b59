//! The process is killed in the middle of writing, again and again.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use kernel::{PersonId, TransferId};
use ledger::{Book, Bookkeeper, Movement, Order, Step};
use platform::db::{Address, statement};
use sea_orm::ConnectionTrait;
use testkit::TestApp;
use uuid::Uuid;

use crate::town::{is_whole, town};

const AT: &str = "LEDGER_CRASH_AT";
const KILLS: u64 = 20;
const CLIENTS: u128 = 8;

/// Not a test of its own: the process that is killed. It writes chains of a grant and a gift of it, and
/// says the group of each when it is durable.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by the test below"]
async fn writer() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test hands the address over so"
    )]
    let Ok(at) = std::env::var(AT) else {
        return;
    };
    let address = match at.strip_prefix("sqlite:") {
        Some(path) => Address::Sqlite(path.into()),
        None => Address::Postgres(at),
    };
    let house = testkit::open_again(crate::slices(), address).await;
    let community = house.communities().all(&house).await.unwrap()[0].id;
    let mut tx = house
        .begin(&kernel::Actor::visitor(community))
        .await
        .unwrap();
    let book = ledger::accounts(&mut tx, Book::Time).await.unwrap();
    let rows = tx
        .query_all_raw(statement(&tx, "SELECT id FROM person ORDER BY id", []))
        .await
        .unwrap();
    let people: Vec<PersonId> = rows
        .iter()
        .map(|row| row.try_get::<Uuid>("", "id").unwrap().into())
        .collect();
    let of = ledger::residents(&mut tx, Book::Time, &people)
        .await
        .unwrap();
    drop(tx);
    let (from, to) = (of[&people[0]], of[&people[1]]);
    let keeper = Bookkeeper::of(&house);
    let run = house.chance().id::<Uuid>(house.now());
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let keeper = keeper.clone();
            tokio::spawn(async move {
                let mut number = run.as_u128().wrapping_add(client << 32);
                loop {
                    number = number.wrapping_add(4);
                    let ids = [1, 2].map(|one| TransferId(Uuid::from_u128(number + one)));
                    let orders = [
                        Order {
                            id: ids[0],
                            step: Step::post(
                                Movement::Grant {
                                    from: book.issue,
                                    to: from,
                                },
                                3,
                            ),
                        },
                        Order {
                            id: ids[1],
                            step: Step::post(Movement::Gift { from, to }, 2),
                        },
                    ];
                    let group = Uuid::from_u128(number);
                    keeper.submit(community, group, &orders).await.unwrap();
                    println!("confirmed {group}");
                }
            })
        })
        .collect();
    // Each writes until the process is killed, or something goes wrong.
    if let Some(client) = clients.into_iter().next() {
        client.await.unwrap();
    }
}

/// How many transfers each group has.
async fn groups(app: &TestApp) -> HashMap<Uuid, i64> {
    let reader = app.house().db().reader();
    let sql = "SELECT group_id, count(*) AS n FROM book_transfer GROUP BY group_id";
    let rows = reader
        .query_all_raw(statement(&reader, sql, []))
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "group_id").unwrap(),
                row.try_get("", "n").unwrap(),
            )
        })
        .collect()
}

testkit::on_both! {
    async fn killed_twenty_times_it_loses_nothing_confirmed_and_leaves_no_half_chain(app: TestApp) {
        town(&app, Book::Time).await;
        let at = match app.address() {
            Address::Sqlite(path) => format!("sqlite:{}", path.display()),
            Address::Postgres(url) => url.clone(),
        };
        let mut confirmed: Vec<Uuid> = Vec::new();
        for kill in 0..KILLS {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "crash::writer", "--ignored", "--nocapture"])
                .env(AT, &at)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            // Not before it has begun to write, and each time a little later.
            let first = lines.by_ref().map_while(Result::ok).find(|line| line.starts_with("confirmed"));
            confirmed.extend(first.as_deref().and_then(group_of));
            tokio::time::sleep(Duration::from_millis(3 + 7 * kill)).await;
            child.kill().unwrap();
            child.wait().unwrap();
            confirmed.extend(lines.map_while(Result::ok).filter_map(|line| group_of(&line)));
        }

        assert!(confirmed.len() >= usize::try_from(KILLS).unwrap());
        let groups = groups(&app).await;
        for group in &confirmed {
            assert_eq!(groups.get(group), Some(&2), "{group} was confirmed");
        }
        let halves = groups.iter().filter(|(group, count)| **group != crate::town::group(1) && **count != 2);
        assert_eq!(halves.count(), 0);
        assert!(is_whole(&app).await);
    }
}

fn group_of(line: &str) -> Option<Uuid> {
    line.strip_prefix("confirmed ")?.parse().ok()
}
