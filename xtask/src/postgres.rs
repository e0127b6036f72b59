//! A PostgreSQL of our own for one run of the tests or the benchmark: a new cluster on a free port, gone when the run is over.
//!
//! The tests' one keeps nothing on disk that anyone would miss, so it never waits for the disk; the benchmark's one waits
//! as a real one does. Either listens on this machine only and trusts whoever asks.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::commands::{output_of, run_quietly};
use crate::prerequisites::{is_root, postgresql_programs};

/// How long the server may take to start before something must be wrong.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How long it may take to stop before it is made to.
const STOP_LIMIT: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);
/// Settings for either durability.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=400",
    "shared_buffers=256MB",
    "max_wal_size=4GB",
];
const FOLDER_PREFIX: &str = "linli-test-postgres-";

/// A running PostgreSQL. Dropping it stops the server and deletes its files.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    server: Child,
}

/// What a commit waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: a power cut may take everything.
    None,
    /// The disk, as PostgreSQL does if nobody says otherwise.
    Full,
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::None => &[
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
            ],
            Self::Full => &["fsync=on", "synchronous_commit=on", "full_page_writes=on"],
        }
    }
}

/// The user to run the server as, because PostgreSQL refuses to be root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Account {
    uid: u32,
    gid: u32,
}

impl Cluster {
    /// Makes and starts a cluster, and waits until it answers.
    pub fn start(durability: Durability) -> Result<Self> {
        let bin = postgresql_programs().context("PostgreSQL's server programs are missing")?;
        let account = if is_root() {
            Some(unprivileged_account()?)
        } else {
            None
        };

        // Not in the build folder: another user must be able to walk there, and a clone may lie in a private folder.
        let place = std::env::temp_dir();
        remove_leftovers(&place);
        let folder = place.join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Self::start_in(&bin, account, folder.clone(), durability).inspect_err(|_| {
            fs::remove_dir_all(&folder).ok();
        })
    }

    fn start_in(
        bin: &Path,
        account: Option<Account>,
        folder: PathBuf,
        durability: Durability,
    ) -> Result<Self> {
        if let Some(Account { uid, gid }) = account {
            chown(&folder, Some(uid), Some(gid))?;
        }
        let cluster = folder.join("cluster");
        run_quietly(
            as_account(&bin.join("initdb"), account, &folder)
                .args(["--username=postgres", "--auth=trust", "--no-sync"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8"])
                .arg("--pgdata")
                .arg(&cluster),
        )?;

        let port = free_port()?;
        let log = fs::File::create(folder.join("log"))?;
        let server = as_account(&bin.join("postgres"), account, &folder)
            .arg("-D")
            .arg(&cluster)
            .args(["-p", &port.to_string()])
            .args(
                SETTINGS
                    .iter()
                    .chain(durability.settings())
                    .flat_map(|setting| ["-c", setting]),
            )
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("postgres could not be started")?;
        let mut cluster = Self {
            folder,
            port,
            server,
        };
        cluster.wait_until_ready(&bin.join("pg_isready"))?;
        Ok(cluster)
    }

    /// Where tests reach it: the superuser's connection, from which each test makes a database of its own.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, pg_isready: &Path) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < START_LIMIT {
            if let Some(status) = self.server.try_wait()? {
                bail!("PostgreSQL ended at once ({status}):\n{}", self.log());
            }
            let port = self.port.to_string();
            if run_quietly(Command::new(pg_isready).args(["-q", "-h", "127.0.0.1", "-p", &port]))
                .is_ok()
            {
                return Ok(());
            }
            sleep(PAUSE);
        }
        bail!(
            "PostgreSQL did not answer within {} s:\n{}",
            START_LIMIT.as_secs(),
            self.log()
        );
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// SIGQUIT is PostgreSQL's immediate stop: its helpers end with it, nothing is written. Killing only the first
    /// process would leave the helpers behind.
    fn stop(&mut self) -> Result<()> {
        run_quietly(Command::new("kill").args(["-QUIT", &self.server.id().to_string()]))?;
        let began = Instant::now();
        while began.elapsed() < STOP_LIMIT {
            if self.server.try_wait()?.is_some() {
                return Ok(());
            }
            sleep(PAUSE);
        }
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("our PostgreSQL could not be stopped: {error:#}");
        }
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn as_account(program: &Path, account: Option<Account>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("LC_ALL", "C.UTF-8");
    if let Some(Account { uid, gid }) = account {
        command.uid(uid).gid(gid);
    }
    command
}

fn unprivileged_account() -> Result<Account> {
    let users = fs::read_to_string("/etc/passwd").context("cannot read the list of users")?;
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| account_in(&users, name))
        .context("PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody`")
}

fn account_in(users: &str, name: &str) -> Option<Account> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(Account { uid, gid })
    })
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// A run that was killed could not clean up: its folder carries the number of a process that is no more.
fn remove_leftovers(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(FOLDER_PREFIX));
        if let Some(process) = process
            && output_of(Command::new("ps").args(["-p", process])).is_err()
        {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_numbers_are_read_from_the_list_of_users() {
        let users =
            "root:x:0:0:root:/:/bin/sh\npostgres:x:101:104:PostgreSQL administrator,,,:/:/bin/sh\n";

        assert_eq!(
            account_in(users, "postgres"),
            Some(Account { uid: 101, gid: 104 })
        );
        assert_eq!(account_in(users, "nobody"), None);
    }
}
