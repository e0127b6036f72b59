//! Copies of a running system, and putting them back. A copy that was never put back is a hope;
//! so `restore` checks what it restores.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use clap::Args;
use platform::db::{Address, Db};
use platform::seal::{Finding, verify};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Choices;
use crate::open::KEY_FILE;

/// Writes a consistent copy of a running system.
#[derive(Args, Debug)]
pub struct Backup {
    /// A folder that does not exist yet.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Leaves the key out; keep it elsewhere: without it, telephone numbers stay locked.
    #[arg(long)]
    without_key: bool,
}

/// Puts a copy back into an empty data folder and checks it.
#[derive(Args, Debug)]
pub struct Restore {
    /// The folder of the copy.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
}

/// What a copy says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    version: String,
    database: String,
    sha256: String,
    has_key: bool,
}

const MANIFEST: &str = "backup.json";
const SQLITE_COPY: &str = "linli.db";
const POSTGRES_COPY: &str = "linli.dump";

impl Backup {
    pub(super) async fn run(self, choices: &Choices) -> anyhow::Result<()> {
        ensure!(!self.to.exists(), "{} exists already", self.to.display());
        // Written beside the target and renamed at the end: a copy is there whole or not at all.
        let unfinished = self.to.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir_all(&unfinished)
            .with_context(|| format!("{} cannot be made", unfinished.display()))?;
        let address = choices.address();
        let name = match &address {
            Address::Sqlite(file) => {
                ensure!(file.exists(), "there is no database {}", file.display());
                let db = Db::open(&address).await?;
                db.copy_to(&unfinished.join(SQLITE_COPY)).await?;
                db.close().await?;
                SQLITE_COPY
            }
            Address::Postgres(url) => {
                let target = unfinished.join(POSTGRES_COPY);
                let mut dump = Command::new("pg_dump");
                dump.args(["--format=custom", "--file"])
                    .arg(target)
                    .arg(url);
                run(&mut dump, "pg_dump")?;
                POSTGRES_COPY
            }
        };
        if !self.without_key {
            let key = choices.data_folder().join(KEY_FILE);
            fs::copy(&key, unfinished.join(KEY_FILE))
                .with_context(|| format!("the key {}", key.display()))?;
        }
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION").into(),
            database: name.into(),
            sha256: sha256(&unfinished.join(name))?,
            has_key: !self.without_key,
        };
        fs::write(
            unfinished.join(MANIFEST),
            serde_json::to_vec_pretty(&manifest)?,
        )?;
        fs::rename(&unfinished, &self.to)?;
        println!(
            "The copy lies in {}. Keep it on another machine.",
            self.to.display()
        );
        if self.without_key {
            println!("It does not hold the key: keep {KEY_FILE} as well, apart from it.");
        }
        Ok(())
    }
}

impl Restore {
    pub(super) async fn run(self, choices: &Choices) -> anyhow::Result<()> {
        let manifest = fs::read(self.from.join(MANIFEST))
            .with_context(|| format!("{} is not a copy", self.from.display()))?;
        let manifest: Manifest = serde_json::from_slice(&manifest)?;
        ensure!(
            manifest.database == SQLITE_COPY || manifest.database == POSTGRES_COPY,
            "the copy names a database that we do not know"
        );
        let copy = self.from.join(&manifest.database);
        ensure!(
            sha256(&copy)? == manifest.sha256,
            "the copy was changed or is damaged"
        );
        let folder = choices.data_folder();
        fs::create_dir_all(&folder)?;
        if manifest.has_key {
            let key = folder.join(KEY_FILE);
            ensure!(
                !key.exists(),
                "{} exists already: restore into an empty folder",
                key.display()
            );
            fs::copy(self.from.join(KEY_FILE), &key)?;
        } else {
            ensure!(
                folder.join(KEY_FILE).exists(),
                "the copy does not hold the key: put {KEY_FILE} into {} first",
                folder.display()
            );
        }
        match choices.address() {
            Address::Sqlite(file) => {
                ensure!(!file.exists(), "{} exists already", file.display());
                fs::copy(&copy, &file)?;
            }
            Address::Postgres(url) => {
                let mut restore = Command::new("pg_restore");
                restore
                    .args(["--no-owner", "--exit-on-error", "--dbname"])
                    .arg(url)
                    .arg(&copy);
                run(&mut restore, "pg_restore")?;
            }
        }
        check(choices).await
    }
}

/// Opens what was restored and recomputes its chain.
async fn check(choices: &Choices) -> anyhow::Result<()> {
    let house = super::open(choices, false).await?;
    let reader = house.db().reader();
    for community in house.communities().all(&house).await?.iter() {
        match verify(&reader, community.id).await? {
            Finding::Whole { events, .. } => {
                println!("{}: restored, {events} sealed events hold.", community.slug);
            }
            Finding::Broken { seal } => anyhow::bail!("{}: broken at seal {seal}", community.slug),
        }
    }
    house.db().clone().close().await?;
    Ok(())
}

fn run(command: &mut Command, name: &str) -> anyhow::Result<()> {
    let status = command.status().with_context(|| {
        format!("{name} is needed for PostgreSQL; install Debian's postgresql-client")
    })?;
    ensure!(status.success(), "{name} failed");
    Ok(())
}

fn sha256(file: &Path) -> anyhow::Result<String> {
    let mut file =
        fs::File::open(file).with_context(|| format!("{} is missing", file.display()))?;
    let mut sha = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        sha.update(buffer.get(..read).unwrap_or_default());
    }
    Ok(platform::web::hex(&sha.finalize()))
}
