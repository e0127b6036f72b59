//! Somebody who visits the program: keeps cookies as a browser does, signs in, sends forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::form::Form;
use super::load::Answered;
use super::wire::{Answer, Connection};

/// A visitor with a connection, cookies, and perhaps a network address to come from.
#[derive(Debug)]
pub struct Visitor {
    connection: Connection,
    cookies: BTreeMap<String, String>,
    comes_from: Option<String>,
}

/// How an answer's body may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// As it is.
    Plain,
    /// Compressed with Brotli, as browsers ask for it.
    Brotli,
}

impl Visitor {
    /// Somebody new at the door.
    pub fn at(server: SocketAddr) -> Self {
        Self {
            connection: Connection::to(server),
            cookies: BTreeMap::new(),
            comes_from: None,
        }
    }

    /// Somebody with the same cookies and a connection of their own: another tab.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            connection: Connection::to(self.connection.address()),
            cookies: self.cookies.clone(),
            comes_from: self.comes_from.clone(),
        }
    }

    /// Comes from this network address, as the proxy of a real installation would tell. The program counts what each
    /// address does, and stops a single one that does as much as a whole community.
    pub fn come_from(&mut self, network_address: String) {
        self.comes_from = Some(network_address);
    }

    /// Opens an address.
    pub fn open(&mut self, path: &str, transfer: Transfer) -> Result<Answer> {
        let request = self.request(path, transfer);
        self.exchange(&request)
    }

    /// Opens a page that must be there.
    pub fn page(&mut self, path: &str) -> Result<String> {
        let answer = self.open(path, Transfer::Plain)?;
        ensure!(
            answer.status == 200,
            "{path} answered {} instead of a page",
            answer.status
        );
        Ok(answer.text().into_owned())
    }

    /// Sends a form.
    pub fn send(&mut self, form: &Form) -> Result<Answer> {
        let request = self.request_of(form);
        self.exchange(&request)
    }

    /// Signs in as one of the demo's people, with the one click that the demo offers.
    pub fn sign_in(&mut self, name: &str) -> Result<()> {
        let forms = Form::all_on(&self.page("/sign-in")?);
        let form = forms
            .iter()
            .find(|form| form.action.starts_with("/sign-in/demo") && form.holds(name))
            .with_context(|| format!("the sign-in page does not offer to be {name}"))?;
        let answer = self.send(form)?;
        ensure!(
            answer.status == 303 && self.cookies.contains_key("linli_session"),
            "signing in as {name} was answered with {}",
            answer.status
        );
        Ok(())
    }

    /// The request for an address, ready to be sent any number of times.
    pub fn request(&self, path: &str, transfer: Transfer) -> Vec<u8> {
        let encoding = match transfer {
            Transfer::Plain => None,
            Transfer::Brotli => Some(("Accept-Encoding", "br".to_owned())),
        };
        self.head("GET", path, encoding).into_bytes()
    }

    /// The request that sends a form.
    pub fn request_of(&self, form: &Form) -> Vec<u8> {
        let (media_type, body) = form.contents();
        let length = body.len().to_string();
        let more = [("Content-Type", media_type), ("Content-Length", length)];
        let mut request = self.head("POST", &form.action, more).into_bytes();
        request.extend_from_slice(&body);
        request
    }

    /// Sends a ready request, keeps none of the cookies that come back, judges the answer, and tells how long it took.
    pub fn time(
        &mut self,
        request: &[u8],
        judge: impl FnOnce(&Answer) -> Result<()>,
    ) -> Result<Answered> {
        let began = Instant::now();
        let answer = self.connection.exchange(request)?;
        let took = began.elapsed();
        judge(&answer)?;
        Ok(Answered {
            took,
            server_took: answer.server_time(),
        })
    }

    fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        let answer = self.connection.exchange(request)?;
        for line in answer.headers("set-cookie") {
            let Some((name, rest)) = line.split_once('=') else {
                continue;
            };
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                let value = rest.split(';').next().unwrap_or_default();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }

    /// The lines before the body, with the empty one.
    fn head(
        &self,
        method: &str,
        path: &str,
        more: impl IntoIterator<Item = (&'static str, String)>,
    ) -> String {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut headers = vec![
            ("Host", self.connection.address().to_string()),
            ("Accept-Language", "zh-CN".to_owned()),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
        ];
        headers.extend(
            self.comes_from
                .clone()
                .map(|from| ("X-Forwarded-For", from)),
        );
        if !cookies.is_empty() {
            headers.push(("Cookie", cookies.join("; ")));
        }
        headers.extend(more);
        let lines: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        format!("{method} {path} HTTP/1.1\r\n{}\r\n", lines.concat())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpListener;
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// Answers one connection with these answers, one to each request; gives what was asked.
    fn server(answers: Vec<&'static str>) -> (SocketAddr, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let serving = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut stream = BufReader::new(stream);
            answers
                .into_iter()
                .map(|answer| {
                    let asked = read_request(&mut stream);
                    stream.get_mut().write_all(answer.as_bytes()).unwrap();
                    asked
                })
                .collect()
        });
        (address, serving)
    }

    fn read_request(stream: &mut BufReader<std::net::TcpStream>) -> String {
        let mut asked = String::new();
        while !asked.ends_with("\r\n\r\n") {
            stream.read_line(&mut asked).unwrap();
        }
        let length = asked
            .lines()
            .find_map(|line| line.strip_prefix("Content-Length: "))
            .map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        asked + &String::from_utf8(body).unwrap()
    }

    #[test]
    fn one_signs_in_on_one_connection_with_the_word_of_the_form_and_stays_signed_in() {
        let (address, serving) = server(vec![
            "HTTP/1.1 200 OK\r\nSet-Cookie: linli_visitor=v1; Path=/\r\nTransfer-Encoding: chunked\r\n\r\n\
             37\r\n<form action=/sign-in/demo?in=a><input name=csrf value=\r\n\
             32\r\nw><button name=account value=demo-staff>李</form>\r\n0\r\n\r\n",
            "HTTP/1.1 303 See Other\r\nSet-Cookie: linli_session=s1; Path=/\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nServer-Timing: total;dur=2.5\r\nContent-Length: 2\r\n\r\nok",
        ]);
        let mut visitor = Visitor::at(address);
        visitor.come_from("192.0.2.7".to_owned());

        visitor.sign_in("demo-staff").unwrap();
        let request = visitor.request("/requests", Transfer::Brotli);
        let answered = visitor
            .time(&request, |answer| {
                ensure!(answer.text() == "ok");
                Ok(())
            })
            .unwrap();

        let asked = serving.join().unwrap();
        assert!(asked[1].starts_with("POST /sign-in/demo?in=a HTTP/1.1\r\n"));
        assert!(asked[1].contains("Cookie: linli_visitor=v1\r\n"));
        assert!(asked[1].ends_with("\r\n\r\ncsrf=w&account=demo-staff"));
        assert!(asked[2].contains("Cookie: linli_session=s1; linli_visitor=v1\r\n"));
        assert!(asked[2].contains("X-Forwarded-For: 192.0.2.7\r\n"));
        assert!(asked[2].contains("Accept-Encoding: br\r\n"));
        assert_eq!(answered.server_took, Some(Duration::from_micros(2500)));
    }

    #[test]
    fn a_page_that_is_not_there_is_a_wrong_answer() {
        let (address, serving) =
            server(vec!["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"]);

        let error = Visitor::at(address)
            .page("/requests")
            .unwrap_err()
            .to_string();

        serving.join().unwrap();
        assert_eq!(error, "/requests answered 404 instead of a page");
    }
}
