//! Every door, as every kind of person. The outcome is a reviewed table: a door that opens to
//! somebody new shows up as a changed line.

use std::fmt::Write;

use kernel::DutyKind;
use platform::Gate;
use testkit::{Client, TestApp};

use crate::reviewed::is_as_reviewed;

/// What an answer means to the one who knocked.
fn outcome(status: u16, location: &str) -> &'static str {
    match status {
        303 if location.starts_with("/sign-in") => "sign in",
        401 => "sign in",
        403 => "closed",
        404 | 410 => "nothing",
        // Also when what was sent through it (nothing) was not understood.
        200..=399 | 400 | 409 | 413 | 415 | 422 => "open",
        other => panic!("{other} is no answer to a person"),
    }
}

/// Nobody's id, nobody's number: what is behind the door is judged in the slices' own tests.
fn with_nobody_in(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{number}" => "QS-2026-999999",
            "{token}" => "00",
            part if part.starts_with('{') => "00000000-0000-7000-8000-000000000000",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn knock(client: &Client, method: &str, path: &str) -> &'static str {
    let answer = match method {
        "GET" => client.get(path).await,
        _ => client.post(path, &[]).await,
    };
    outcome(answer.status(), answer.location())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_door_opens_to_whom_it_should() {
    let app = TestApp::on_sqlite(crate::slices()).await;
    let grid = app.house().chance().id(app.house().now());
    let other_grid = app.house().chance().id(app.house().now());
    let people = [
        ("nobody", app.visitor()),
        ("resident", app.resident("wang").await),
        (
            "grid worker",
            app.on_duty("li", DutyKind::GridWorker, Some(grid)).await,
        ),
        (
            "another's",
            app.on_duty("zhao", DutyKind::GridWorker, Some(other_grid))
                .await,
        ),
        (
            "head",
            app.on_duty("sun", DutyKind::MicroGridHead, Some(grid))
                .await,
        ),
        ("staff", app.on_duty("qian", DutyKind::Staff, None).await),
        (
            "district",
            app.on_duty("zhou", DutyKind::DistrictViewer, None).await,
        ),
        (
            "administrator",
            app.on_duty("wu", DutyKind::Administrator, None).await,
        ),
        (
            "mediator",
            app.on_duty("zheng", DutyKind::Mediator, None).await,
        ),
        (
            "mediation head",
            app.on_duty("feng", DutyKind::MediationHead, None).await,
        ),
    ];
    let routes = server::routes(&server::slices());
    let mut doors = routes.doors().to_vec();
    doors.sort_by_key(|door| (door.path, door.method));

    let mut table = format!("{:<58}", "door");
    for (name, _) in &people {
        write!(table, "{name:<14}").unwrap();
    }
    table.push('\n');
    for door in &doors {
        let path = with_nobody_in(door.path);
        let gate = match door.gate {
            Gate::Open => String::new(),
            Gate::SignedIn => " (signed in)".to_owned(),
            Gate::May(act) => format!(" ({})", act.0),
        };
        let mut line = format!("{:<58}", format!("{} {}{gate}", door.method, door.path));
        // Leaving ends the session of whoever knocks; it is tested with the door.
        if door.path == "/sign-out" {
            continue;
        }
        for (_, client) in &people {
            write!(line, "{:<14}", knock(client, door.method, &path).await).unwrap();
        }
        writeln!(table, "{}", line.trim_end()).unwrap();
    }

    is_as_reviewed("doors.txt", &table);
}
