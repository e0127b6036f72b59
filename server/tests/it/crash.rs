//! The program is killed in the middle of its work. Nothing that was confirmed is lost.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use platform::mail::{self, Mail};
use platform::{Chance, MachineClock};
use server::config::Choices;
use server::open::Opening;
use testkit::PostOffice;

const LETTERS: usize = 30;

fn start(data: &Path, mail_url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_linli"))
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--mail-from",
            "linli@example.cn",
        ])
        .args(["--mail-url", mail_url, "--data"])
        .arg(data)
        .env_remove("DATABASE_URL")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_letter_is_lost_when_the_program_is_killed_while_it_sends() {
    let folder = tempfile::tempdir().unwrap();
    let office = PostOffice::open();
    let mail_url = office.url();
    let choices = Choices {
        data: Some(folder.path().to_owned()),
        mail_url: Some(mail_url.clone()),
        mail_from: Some("linli@example.cn".into()),
        ..Choices::default()
    };
    let opening = Opening {
        choices: &choices,
        is_demo: false,
        clock: Arc::new(MachineClock),
        chance: Chance::from_machine().unwrap(),
    };
    let house = opening.house(&server::slices()).await.unwrap();
    let found = platform::community::Found {
        is_district: false,
        slug: "jjy".into(),
        name: "锦江苑社区".into(),
        district: None,
    };
    let community = platform::community::found(&house, &found).await.unwrap();
    let mut tx = house.housekeeping(community).await.unwrap();
    for number in 0..LETTERS {
        let letter = Mail {
            to: format!("resident-{number}@example.cn"),
            subject: "办结".into(),
            body: "您反映的事已经办结。".into(),
        };
        mail::post(&mut tx, &letter);
    }
    tx.commit().await.unwrap();
    house.db().clone().close().await.unwrap();

    let mut first = start(folder.path(), &mail_url);
    let mut arrived = BTreeSet::new();
    while arrived.len() < 3 {
        arrived.insert(office.next(Duration::from_mins(1)).unwrap().id);
    }
    first.kill().unwrap();
    first.wait().unwrap();
    let mut second = start(folder.path(), &mail_url);
    // What the killed program had leased is taken over when its lease of a minute has run out.
    while arrived.len() < LETTERS {
        arrived.insert(office.next(Duration::from_secs(150)).unwrap().id);
    }
    second.kill().unwrap();
    second.wait().unwrap();

    assert_eq!(arrived.len(), LETTERS);
}

fn import_people(data: &Path, list: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
    command
        .args(["import", "people"])
        .arg(list)
        .arg("--data")
        .arg(data)
        .env_remove("DATABASE_URL")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn residents(data: &Path) -> usize {
    let exported = data.join("exported");
    let status = Command::new(env!("CARGO_BIN_EXE_linli"))
        .args(["export", "--to"])
        .arg(&exported)
        .arg("--data")
        .arg(data)
        .env_remove("DATABASE_URL")
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    let rows = std::fs::read_to_string(exported.join("person.jsonl")).unwrap();
    std::fs::remove_dir_all(exported).unwrap();
    rows.lines().count()
}

fn letter(n: usize) -> char {
    "王李张刘陈杨赵黄周吴春秀建国志明芳丽军平"
        .chars()
        .nth(n)
        .unwrap()
}

#[test]
fn an_import_that_is_killed_leaves_nothing_or_all_and_can_be_done_again() {
    const ROWS: usize = 2_000;
    let list: String = std::iter::once("姓名,住址\n".to_owned())
        .chain((0..ROWS).map(|n| {
            let [one, two, three] = [n % 10, n / 10 % 20, n / 200].map(letter);
            format!("{one}{two}{three},{}栋1单元{}\n", n % 90 + 1, n / 90 + 101)
        }))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.csv");
    std::fs::write(&file, list).unwrap();
    let whole = folder.path().join("whole");
    crate::program::found_a_community(&whole);
    let begun = std::time::Instant::now();
    assert!(import_people(&whole, &file).status().unwrap().success());
    let takes = begun.elapsed();
    assert_eq!(residents(&whole), ROWS);

    // At the beginning, in the middle, and while it is being written.
    for tenths in [3, 6, 9] {
        let data = folder.path().join(format!("killed-{tenths}"));
        crate::program::found_a_community(&data);
        let mut child = import_people(&data, &file).spawn().unwrap();
        std::thread::sleep(takes * tenths / 10);
        child.kill().unwrap();
        child.wait().unwrap();

        let left = residents(&data);
        let again = import_people(&data, &file).status().unwrap();

        assert!(
            left == 0 || left == ROWS,
            "{left} of {ROWS} after {tenths} tenths"
        );
        assert!(again.success());
        assert_eq!(residents(&data), ROWS);
    }
}
