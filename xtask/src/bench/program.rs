//! The program under measurement: filled with the demo, started on a port of its own choice, watched, stopped.
//!
//! The contract with it: as soon as it serves, it prints `listening on http://ADDRESS`, `/health/ready` answers 200 when
//! pages can be asked for, and SIGTERM stops it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::visitor::{Transfer, Visitor};
use crate::commands::run_quietly;
use crate::prerequisites::postgresql_programs;

/// How long the program may take to serve before something must be wrong.
const START_LIMIT: Duration = Duration::from_mins(1);
/// How long it may take to stop before it is made to.
const STOP_LIMIT: Duration = Duration::from_secs(15);
/// What Linux counts processor time in (USER_HZ).
const TICK: Duration = Duration::from_millis(10);
const PAUSE: Duration = Duration::from_millis(2);

/// Where a system keeps what it knows.
#[derive(Clone, Debug)]
pub struct Home {
    /// The data folder.
    pub data: PathBuf,
    /// The PostgreSQL to use; without it, SQLite in the folder.
    pub database_url: Option<String>,
}

impl Home {
    /// A system on SQLite.
    pub fn on_sqlite(data: PathBuf) -> Self {
        Self {
            data,
            database_url: None,
        }
    }

    /// `linli` with these arguments, at home here and nowhere else.
    pub fn linli(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        // What the person at this machine has set for their own Linli is not meant here.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("LINLI_") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        command.args(arguments).arg("--data").arg(&self.data);
        if let Some(url) = &self.database_url {
            command.env("DATABASE_URL", url);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Lets PostgreSQL count what its tables hold, as its own upkeep does within a minute of a filling: who measures at
    /// once would measure that minute.
    pub fn settle(&self) -> Result<()> {
        let Some(url) = &self.database_url else {
            return Ok(());
        };
        let bin = postgresql_programs().context("PostgreSQL's programs are missing")?;
        let dbname = format!("--dbname={url}");
        run_quietly(Command::new(bin.join("vacuumdb")).args(["--analyze-only", "--quiet", &dbname]))
    }

    /// What the last command that ran to its end here said.
    pub fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// Where the program's log goes: beside the folder.
    fn log(&self) -> PathBuf {
        self.data.with_extension("log")
    }
}

/// A program that serves. Dropping it stops it.
#[derive(Debug)]
pub struct Running {
    process: Child,
    address: SocketAddr,
    ready_after: Duration,
}

impl Running {
    /// Starts a filled demo and waits until pages can be asked for.
    pub fn start(program: &Path, home: &Home) -> Result<Self> {
        let log = home.log();
        let began = Instant::now();
        // Behind a proxy that is not there: the clients tell themselves from which network addresses they come.
        let mut process = home
            .linli(
                program,
                &["demo", "--listen", "127.0.0.1:0", "--behind-proxy"],
            )
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?)
            .spawn()
            .with_context(|| format!("{} could not be started", program.display()))?;
        let said = lines_of(&mut process);
        let mut running = Self {
            process,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            ready_after: Duration::ZERO,
        };
        running.address = address(&said).with_context(|| complaint(&log))?;
        while !running.is_ready() {
            if began.elapsed() > START_LIMIT {
                bail!("the program does not get ready: {}", complaint(&log));
            }
            sleep(PAUSE);
        }
        running.ready_after = began.elapsed();
        Ok(running)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From the start of the process to the first "ready".
    pub fn ready_after(&self) -> Duration {
        self.ready_after
    }

    /// The most memory that it has used so far, in bytes; `None` where the system does not tell.
    pub fn memory_bytes_max(&self) -> Option<u64> {
        memory_bytes_max(self.process.id())
    }

    /// The processor time that it has used so far; `None` where the system does not tell.
    pub fn processor_time(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        processor_time(&stat)
    }

    fn is_ready(&self) -> bool {
        Visitor::at(self.address)
            .open("/health/ready", Transfer::Plain)
            .is_ok_and(|answer| answer.status == 200)
    }

    fn stop(&mut self) -> Result<()> {
        let id = self.process.id().to_string();
        run_quietly(Command::new("kill").args(["-TERM", &id]))?;
        let began = Instant::now();
        while began.elapsed() < STOP_LIMIT {
            if self.process.try_wait()?.is_some() {
                return Ok(());
            }
            sleep(PAUSE);
        }
        self.process.kill()?;
        self.process.wait()?;
        bail!("it had to be killed");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let is_over = self.process.try_wait().is_ok_and(|status| status.is_some());
        if !is_over && let Err(error) = self.stop() {
            eprintln!("the program did not stop by itself: {error:#}");
        }
    }
}

/// What became of a command that ran to its end.
#[derive(Debug)]
pub struct Finished {
    /// From start to end.
    pub took: Duration,
    /// The most memory that it used, in bytes; `None` where the system does not tell.
    pub memory_bytes_max: Option<u64>,
}

/// Runs a command of the program to its end; its output goes to the home's log. An error holds the end of the log.
pub fn run_to_end(mut command: Command, home: &Home) -> Result<Finished> {
    let log = home.log();
    let output = File::create(&log)?;
    let began = Instant::now();
    let mut process = command
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .context("the program could not be started")?;
    let mut memory = None;
    let status: ExitStatus = loop {
        // The high-water mark only grows, so the last look before the end is nearly the truth.
        memory = memory_bytes_max(process.id()).or(memory);
        match process.try_wait()? {
            Some(status) => break status,
            None => sleep(PAUSE),
        }
    };
    let took = began.elapsed();
    if !status.success() {
        bail!("{} ({status})", complaint(&log));
    }
    Ok(Finished {
        took,
        memory_bytes_max: memory,
    })
}

/// The lines that a process says, read to the end so that it never waits for a reader.
fn lines_of(process: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(output) = process.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens any more once the address is known.
                let _ = sender.send(line);
            }
        });
    }
    receiver
}

fn address(said: &Receiver<String>) -> Result<SocketAddr> {
    let began = Instant::now();
    loop {
        let left = START_LIMIT.saturating_sub(began.elapsed());
        match said.recv_timeout(left) {
            Ok(line) => {
                if let Some(address) = line.strip_prefix("listening on http://") {
                    return address.trim().parse().context("where does it listen?");
                }
            }
            Err(RecvTimeoutError::Timeout) => bail!("the program does not listen"),
            Err(RecvTimeoutError::Disconnected) => bail!("the program ended at once"),
        }
    }
}

/// The end of a log, for the one who looks for the reason.
fn complaint(log: &Path) -> String {
    let said = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = said.lines().collect();
    let last = &lines[lines.len().saturating_sub(20)..];
    format!("{} ends:\n{}", log.display(), last.join("\n"))
}

fn memory_bytes_max(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    high_water_mark(&status)
}

/// `VmHWM` of Linux's `/proc/PID/status`, in bytes.
fn high_water_mark(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// User and system time of Linux's `/proc/PID/stat` (proc(5), fields 14 and 15).
fn processor_time(stat: &str) -> Option<Duration> {
    // The second field is a name in brackets, which may hold blanks.
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(TICK * (user + system))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read_from_what_linux_tells() {
        let status =
            "Name:\tlinli\nVmPeak:\t  999999 kB\nVmHWM:\t   51236 kB\nVmRSS:\t   40000 kB\n";

        assert_eq!(high_water_mark(status), Some(51_236 * 1024));
        assert_eq!(high_water_mark("Name:\tkthreadd\n"), None);
    }

    #[test]
    fn the_processor_time_is_read_whatever_the_program_is_called() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 900 0 0 0 250 50 0 0 20 0 6 0 100 0";

        assert_eq!(processor_time(stat), Some(Duration::from_secs(3)));
    }

    #[test]
    fn a_command_that_fails_says_what_it_said_last() {
        let home = Home::on_sqlite(
            std::env::temp_dir().join(format!("linli-bench-{}", std::process::id())),
        );
        let mut command = Command::new("sh");
        command.args(["-c", "echo no such file >&2; exit 3"]);

        let error = run_to_end(command, &home).unwrap_err().to_string();
        fs::remove_file(home.log()).unwrap();

        assert!(error.contains("no such file"), "{error}");
    }
}
