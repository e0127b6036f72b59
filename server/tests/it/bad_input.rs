//! What no form should have to bear: a photograph of 200 MB, and a disk that is full.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use testkit::TestApp;

const MEGABYTE: usize = 1024 * 1024;

/// A running program that is stopped with the test.
struct Program {
    child: std::process::Child,
    address: String,
    _data: tempfile::TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        crate::program::found_a_community(data.path());
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap().to_string();
        drop(free);
        let child = Command::new(env!("CARGO_BIN_EXE_linli"))
            .args(["serve", "--listen", &address, "--data"])
            .arg(data.path())
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let program = Self {
            child,
            address,
            _data: data,
        };
        let patience = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(&program.address).is_err() {
            assert!(Instant::now() < patience, "the program does not open");
            std::thread::sleep(Duration::from_millis(50));
        }
        program
    }

    fn exchange(&self, head: &str, body: impl FnOnce(&mut TcpStream)) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(2)))
            .unwrap();
        let head = format!(
            "{head}\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(head.as_bytes()).unwrap();
        body(&mut stream);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The resident memory of the program in bytes, at its highest.
    fn memory_at_most(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        let kilobytes: usize = line.trim().trim_end_matches(" kB").trim().parse().unwrap();
        kilobytes * 1024
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

#[test]
fn a_photograph_of_200_megabytes_gets_a_sentence_and_costs_little_memory() {
    let program = Program::start();
    let form = program.exchange("GET /report HTTP/1.1\r\nAccept-Language: zh-CN", |_| {});
    let csrf = between(&form, "name=\"csrf\" value=\"", "\"");
    let visitor = between(&form, "linli_visitor=", ";");
    let begin = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n楼道灯不亮\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"灯.jpg\"\r\n\r\n"
    );
    let end = "\r\n--edge--\r\n";
    let length = begin.len() + 200 * MEGABYTE + end.len();

    // The program itself, whose rooms are many, is not what is measured.
    let before = program.memory_at_most();
    let answer = program.exchange(
        &format!(
            "POST /report HTTP/1.1\r\nAccept-Language: zh-CN\r\nCookie: linli_visitor={visitor}\r\n\
             Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {length}"
        ),
        |stream| {
            stream.write_all(begin.as_bytes()).unwrap();
            let piece = vec![0_u8; MEGABYTE];
            for _ in 0..200 {
                stream.write_all(&piece).unwrap();
            }
            stream.write_all(end.as_bytes()).unwrap();
        },
    );

    assert!(answer.starts_with("HTTP/1.1 422"), "{}", &answer[..200]);
    assert!(answer.contains("照片“灯.jpg”太大了"));
    assert!(answer.contains("楼道灯不亮"), "what was written stays");
    let more = program.memory_at_most() - before;
    assert!(more < 80 * MEGABYTE, "{before} and {more} more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_nothing_is_half_written() {
    let app = TestApp::on_sqlite(crate::slices()).await;
    let mut tx = app.begin().await;
    let basics = requests::fixture::basics(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let category = basics.category("stair-lamp").to_string();
    let visitor = app.visitor();
    let report = async || {
        let fields = [
            ("title", "楼道灯不亮"),
            ("category", category.as_str()),
            ("publish", "yes"),
            ("no_place", "yes"),
        ];
        visitor.post_files("/report", &fields, &[]).await
    };
    let limit_pages = async |pages: i64| {
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        let sql = format!("PRAGMA max_page_count = {pages}");
        tx.execute_unprepared(&sql).await.unwrap();
        tx.commit().await.unwrap();
    };
    let published = async || app.visitor().get("/matters").await.count("li[data-pin]");

    // No page more than there are: soon no report finds room.
    limit_pages(1).await;
    let mut taken = 0;
    let full = loop {
        let answer = report().await;
        if answer.status() != 303 {
            break answer;
        }
        taken += 1;
        assert!(taken < 500, "the disk is never full");
    };
    let while_full = published().await;
    limit_pages(1_000_000).await;
    let after = report().await;

    assert_eq!(full.status(), 507);
    assert!(full.has_text("存储空间已满"), "{}", full.text());
    assert_eq!(while_full, Ord::min(taken, 50), "reading goes on");
    assert_eq!(after.status(), 303, "{}", after.text());
    let finding = platform::seal::verify(&app.house().db().reader(), app.community())
        .await
        .unwrap();
    assert!(matches!(finding, platform::seal::Finding::Whole { .. }));
}
