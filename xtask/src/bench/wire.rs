//! HTTP/1.1 as far as a load generator needs it: one connection that is kept, one request after the other.
//!
//! Blocking, and with few copies: client and server share the machine, and what the client spends the server lacks.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// An answer that takes longer than this does not come.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most that the lines before a body may hold.
const HEAD_BYTES_MAX: usize = 64 * 1024;
/// The most that a body may hold.
const BODY_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A connection that is opened at the first request and kept as long as the server keeps it.
#[derive(Debug)]
pub struct Connection {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

impl Connection {
    /// A connection to a server, not opened yet.
    pub fn to(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
        }
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends a request as it is and waits for its answer.
    pub fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        // Taken, and put back only after a whole answer: what a broken one leaves behind belongs to no later one.
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => open(self.address)?,
        };
        stream.get_mut().write_all(request)?;
        let answer = read_answer(&mut stream)?;
        let is_last = answer
            .header("connection")
            .is_some_and(|word| word.eq_ignore_ascii_case("close"));
        if !is_last {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn open(address: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)
        .with_context(|| format!("nobody answers on {address}"))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(BufReader::with_capacity(64 * 1024, stream))
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, without the marks of its transfer, compressed if the server compressed it.
    pub body: Vec<u8>,
    /// All that came over the wire: head, body, and the marks between its pieces.
    pub wire_bytes: usize,
    head: String,
}

impl Answer {
    /// A header's first value.
    pub fn header<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.headers(name).next()
    }

    /// All values of a header.
    pub fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.lines().filter_map(move |line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The body as words.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The longest time that the server tells in `Server-Timing`: the whole of its work, of which others are parts.
    pub fn server_time(&self) -> Option<Duration> {
        self.headers("server-timing")
            .flat_map(|line| line.split([',', ';']))
            .filter_map(|part| part.trim().strip_prefix("dur=")?.parse().ok())
            .filter(|ms: &f64| ms.is_finite() && *ms >= 0.0)
            .map(|ms| Duration::from_secs_f64(ms / 1000.0))
            .max()
    }
}

fn read_answer(source: &mut impl BufRead) -> Result<Answer> {
    loop {
        let head = read_head(source)?;
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|word| word.get(..3)?.parse().ok())
            .filter(|_| head.starts_with("HTTP/1."))
            .with_context(|| format!("not an answer of HTTP/1.1: {:?}", first_line(&head)))?;
        let mut answer = Answer {
            status,
            body: Vec::new(),
            wire_bytes: head.len(),
            head,
        };
        match status {
            // "Go on", "early hints": the answer itself follows.
            100..200 => {}
            204 | 304 => return Ok(answer),
            _ => {
                read_body(source, &mut answer)?;
                return Ok(answer);
            }
        }
    }
}

fn read_head(source: &mut impl BufRead) -> Result<String> {
    let mut head = String::new();
    loop {
        let before = head.len();
        let room = u64::try_from(HEAD_BYTES_MAX - before)?;
        source
            .by_ref()
            .take(room)
            .read_line(&mut head)
            .context("no answer came")?;
        ensure!(
            head.ends_with('\n'),
            "the connection ended, or the head of the answer does not: {:?}",
            first_line(&head)
        );
        if head[before..].trim_end().is_empty() {
            return Ok(head);
        }
    }
}

fn read_body(source: &mut impl BufRead, answer: &mut Answer) -> Result<()> {
    let is_chunked = answer
        .header("transfer-encoding")
        .is_some_and(|word| word.eq_ignore_ascii_case("chunked"));
    let length = answer.header("content-length").map(str::parse::<u64>);
    match (is_chunked, length) {
        (true, _) => return read_chunks(source, answer),
        (false, Some(length)) => {
            let length = length.context("the answer's length is no number")?;
            read_exactly(source, length, &mut answer.body)?;
        }
        // Without either, the body ends with the connection.
        (false, None) => {
            source.take(BODY_BYTES_MAX).read_to_end(&mut answer.body)?;
        }
    }
    answer.wire_bytes += answer.body.len();
    Ok(())
}

fn read_chunks(source: &mut impl BufRead, answer: &mut Answer) -> Result<()> {
    loop {
        let mut line = String::new();
        answer.wire_bytes += source.read_line(&mut line)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16)
            .with_context(|| format!("not the size of a piece: {line:?}"))?;
        if size == 0 {
            break;
        }
        let before = answer.body.len();
        read_exactly(source, size, &mut answer.body)?;
        answer.wire_bytes += answer.body.len() - before;
        answer.wire_bytes += read_line_end(source)?;
    }
    // Trailers, up to an empty line.
    answer.wire_bytes += read_head(source)?.len();
    Ok(())
}

fn read_exactly(source: &mut impl BufRead, length: u64, into: &mut Vec<u8>) -> Result<()> {
    ensure!(
        length <= BODY_BYTES_MAX,
        "an answer of {length} bytes is too much"
    );
    let read = source.take(length).read_to_end(into)?;
    ensure!(
        u64::try_from(read)? == length,
        "the connection ended within a body"
    );
    Ok(())
}

fn read_line_end(source: &mut impl BufRead) -> Result<usize> {
    let mut line = String::new();
    let read = source.take(2).read_line(&mut line)?;
    if line != "\r\n" {
        bail!("a piece of the body is longer than it said");
    }
    Ok(read)
}

fn first_line(head: &str) -> &str {
    head.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &str) -> Result<Answer> {
        read_answer(&mut bytes.as_bytes())
    }

    #[test]
    fn a_body_of_told_length_is_read_and_the_next_answer_left_alone() {
        let mut wire =
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 404 Not Found\r\n\
                        content-length: 0\r\n\r\n"
                .as_bytes();

        let first = read_answer(&mut wire).unwrap();
        let second = read_answer(&mut wire).unwrap();

        assert_eq!((first.status, first.text().as_ref()), (200, "hello"));
        assert_eq!(first.wire_bytes, 43);
        assert_eq!((second.status, second.body.len()), (404, 0));
    }

    #[test]
    fn a_body_in_pieces_is_put_together() {
        let answer = read(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
             5\r\nhello\r\nA;note=1\r\n, 邻里.\r\r\n0\r\nTrailer: yes\r\n\r\n",
        );

        let text = answer.unwrap().text().into_owned();
        assert!(text.starts_with("hello, 邻里"), "{text}");
    }

    #[test]
    fn an_answer_without_a_body_has_none_whatever_it_says() {
        let answer = read("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n").unwrap();

        assert_eq!((answer.status, answer.body.len()), (304, 0));
    }

    #[test]
    fn what_is_said_before_the_answer_is_passed_over() {
        let answer = read(
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        )
        .unwrap();

        assert_eq!((answer.status, answer.text().as_ref()), (200, "ok"));
    }

    #[test]
    fn a_broken_answer_is_an_error() {
        for broken in [
            "",
            "HTTP/1.1 200 OK\r\nContent-Le",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nlonger\r\n0\r\n\r\n",
            "SSH-2.0-OpenSSH\r\n\r\n",
        ] {
            assert!(read(broken).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn headers_are_found_in_whatever_case_and_the_whole_server_time_is_the_longest() {
        let answer = read(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\
             Server-Timing: db;dur=1.5;desc=\"x\", total;dur=4.25, cache\r\n\r\n",
        )
        .unwrap();

        assert_eq!(
            answer.headers("SET-COOKIE").collect::<Vec<_>>(),
            ["a=1", "b=2"]
        );
        assert_eq!(answer.server_time(), Some(Duration::from_micros(4250)));
    }
}
