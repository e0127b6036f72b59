//! Load: some clients, each in a thread of its own, each asking again as soon as it has its answer.
//!
//! A closed loop: it finds how much the program can do, and what people wait for when it does that much.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use super::latencies::Latencies;

/// For how long to ask.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// Not measured: caches fill, the program finds its pace.
    pub warm_up: Duration,
    /// Measured.
    pub measured: Duration,
}

/// What the clients saw.
#[derive(Debug)]
pub struct Seen {
    /// Answers in each second, over all clients.
    pub answers_per_second: f64,
    /// Answers in all, those of the warming up too.
    pub answers_in_all: usize,
    /// From sending to having the last byte.
    pub by_client: Latencies,
    /// What the server says that it took; empty when it does not say.
    pub by_server: Latencies,
}

/// One answer of which a client is content.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    /// From sending to having the last byte.
    pub took: Duration,
    /// What the server says that it took.
    pub server_took: Option<Duration>,
}

/// Lets each client ask until the time is over. The first wrong answer ends all, and is the error.
pub fn put<C>(watch: Watch, clients: Vec<C>) -> Result<Seen>
where
    C: FnMut() -> Result<Answered> + Send,
{
    let begin = Instant::now() + watch.warm_up;
    let end = begin + watch.measured;
    let is_over = AtomicBool::new(false);
    let asked: Vec<Asked> = thread::scope(|scope| {
        let threads: Vec<_> = clients
            .into_iter()
            .map(|client| scope.spawn(|| ask(client, begin, end, &is_over)))
            .collect();
        let outcomes: Vec<Result<Asked>> = threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(anyhow!("a client panicked")))
            })
            .collect();
        outcomes.into_iter().collect::<Result<_>>()
    })?;
    let answers: Vec<Answered> = asked
        .iter()
        .flat_map(|asked| asked.measured.clone())
        .collect();
    Ok(Seen {
        answers_in_all: asked.iter().map(|asked| asked.in_all).sum(),
        answers_per_second: answers.len() as f64 / watch.measured.as_secs_f64(),
        by_client: answers.iter().map(|answer| answer.took).collect(),
        by_server: answers
            .iter()
            .filter_map(|answer| answer.server_took)
            .collect(),
    })
}

/// What one client got.
struct Asked {
    /// The answers that came between begin and end.
    measured: Vec<Answered>,
    in_all: usize,
}

fn ask(
    mut client: impl FnMut() -> Result<Answered>,
    begin: Instant,
    end: Instant,
    is_over: &AtomicBool,
) -> Result<Asked> {
    let mut asked = Asked {
        measured: Vec::new(),
        in_all: 0,
    };
    while !is_over.load(Ordering::Relaxed) {
        let answered = client().inspect_err(|_| is_over.store(true, Ordering::Relaxed))?;
        asked.in_all += 1;
        let now = Instant::now();
        if now >= end {
            break;
        }
        if now >= begin {
            asked.measured.push(answered);
        }
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use anyhow::bail;

    use super::*;

    const BRIEF: Watch = Watch {
        warm_up: Duration::ZERO,
        measured: Duration::from_millis(20),
    };

    #[test]
    fn every_client_asks_until_the_time_is_over() {
        let asked: Vec<AtomicUsize> = (0..3).map(|_| AtomicUsize::new(0)).collect();
        let clients: Vec<_> = asked
            .iter()
            .map(|count| {
                || {
                    count.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                    Ok(Answered {
                        took: Duration::from_millis(2),
                        server_took: None,
                    })
                }
            })
            .collect();

        let seen = put(BRIEF, clients).unwrap();

        let counts: Vec<usize> = asked
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .collect();
        assert!(counts.iter().all(|&count| count > 0));
        assert_eq!(seen.answers_in_all, counts.iter().sum::<usize>());
        assert_eq!(
            seen.by_client.percentile(50),
            Some(Duration::from_millis(2))
        );
        assert_eq!(seen.by_server.count(), 0);
        let measured = seen.by_client.count() as f64;
        assert!((seen.answers_per_second - measured / 0.02).abs() < 1e-6);
    }

    #[test]
    fn a_wrong_answer_ends_the_load_and_is_told() {
        let forever = Watch {
            warm_up: Duration::ZERO,
            measured: Duration::from_hours(1),
        };
        let answered = || {
            Ok(Answered {
                took: Duration::ZERO,
                server_took: None,
            })
        };
        let clients: Vec<Box<dyn FnMut() -> Result<Answered> + Send>> =
            vec![Box::new(|| bail!("a wrong page")), Box::new(answered)];

        assert_eq!(
            put(forever, clients).unwrap_err().to_string(),
            "a wrong page"
        );
    }
}
