//! A post office on this machine: as much of SMTP (RFC 5321) as a sender needs, and it tells of
//! every letter that it takes.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// A letter that was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenLetter {
    /// The letter's own id: the same for a letter that is sent twice.
    pub id: String,
    /// To which address.
    pub to: String,
    /// Head and body as they were sent.
    pub text: String,
}

/// The post office. It closes with the test.
#[derive(Debug)]
pub struct PostOffice {
    port: u16,
    letters: Receiver<TakenLetter>,
}

impl PostOffice {
    /// Opens it.
    ///
    /// # Panics
    /// When this machine has no free port.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (taken, letters) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let taken = taken.clone();
                std::thread::spawn(move || serve(&stream, &taken));
            }
        });
        Self { port, letters }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The next letter, `None` when none came within this time.
    pub fn next(&self, within: Duration) -> Option<TakenLetter> {
        self.letters.recv_timeout(within).ok()
    }
}

/// A sender that dies in the middle just goes silent.
fn serve(stream: &TcpStream, taken: &Sender<TakenLetter>) {
    let mut writer = stream;
    let mut say = move |line: &str| writer.write_all(format!("{line}\r\n").as_bytes());
    let mut is_letter = false;
    let mut letter = TakenLetter::default();
    let _ = say("220 post office");
    for line in BufReader::new(stream).lines() {
        let Ok(line) = line else { return };
        let answer = if is_letter {
            if line != "." {
                if let Some(id) = line.strip_prefix("Message-ID: ") {
                    id.clone_into(&mut letter.id);
                }
                letter.text.push_str(&line);
                letter.text.push('\n');
                continue;
            }
            is_letter = false;
            let _ = taken.send(std::mem::take(&mut letter));
            "250 taken"
        } else if let Some(to) = line.strip_prefix("RCPT TO:") {
            to.trim_matches(['<', '>']).clone_into(&mut letter.to);
            "250 yes"
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
