//! The program is killed in the middle of its work. Nothing that was confirmed is lost.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use platform::mail::{self, Mail};
use platform::{Chance, MachineClock};
use server::config::Choices;
use server::open::Opening;

const LETTERS: usize = 30;

/// A post office that tells of every letter it takes, by the letter's own id.
fn post_office() -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, letters) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let taken = taken.clone();
            std::thread::spawn(move || serve(&stream, &taken));
        }
    });
    (port, letters)
}

/// As much of RFC 5321 as a sender needs. A sender that dies in the middle just goes silent.
fn serve(stream: &TcpStream, taken: &Sender<String>) {
    let mut writer = stream;
    let mut say = move |line: &str| writer.write_all(format!("{line}\r\n").as_bytes());
    let mut is_letter = false;
    let mut id = String::new();
    let _ = say("220 post office");
    for line in BufReader::new(stream).lines() {
        let Ok(line) = line else { return };
        let answer = if is_letter {
            if let Some(found) = line.strip_prefix("Message-ID: ") {
                found.clone_into(&mut id);
            }
            if line != "." {
                continue;
            }
            is_letter = false;
            let _ = taken.send(std::mem::take(&mut id));
            "250 taken"
        } else if line == "DATA" {
            is_letter = true;
            "354 go on"
        } else if line == "QUIT" {
            "221 bye"
        } else {
            "250 yes"
        };
        if say(answer).is_err() {
            return;
        }
    }
}

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
    let (port, letters) = post_office();
    let mail_url = format!("smtp://127.0.0.1:{port}");
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
        arrived.insert(letters.recv_timeout(Duration::from_mins(1)).unwrap());
    }
    first.kill().unwrap();
    first.wait().unwrap();
    let mut second = start(folder.path(), &mail_url);
    // What the killed program had leased is taken over when its lease of a minute has run out.
    while arrived.len() < LETTERS {
        arrived.insert(letters.recv_timeout(Duration::from_secs(150)).unwrap());
    }
    second.kill().unwrap();
    second.wait().unwrap();

    assert_eq!(arrived.len(), LETTERS);
}
