//! What must be on the machine: looks for it, installs Debian's packages where that is allowed, else says what to do.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::commands::{find, output_of, run_quietly};

/// The oldest Node.js that playwright-core and our own scripts run on.
const OLDEST_NODE: u32 = 20;

/// Node.js with npm, which builds the front end and drives the browser tests.
pub const NODE: Prerequisite = Prerequisite {
    what: "Node.js 20 or newer, with npm",
    packages: &["nodejs", "npm"],
    is_there: || has_node(OLDEST_NODE) && find("npm").is_some(),
    elsewhere: "install Node.js 20 or newer (https://nodejs.org)",
};

/// The browser of the browser tests, and a font that has Chinese.
pub const CHROMIUM: Prerequisite = Prerequisite {
    what: "Chromium and a font with Chinese characters",
    packages: &["chromium", "fonts-noto-cjk"],
    is_there: || chromium().is_some() && has_chinese_font(),
    elsewhere: "install Chromium and a Noto CJK font",
};

/// The database that communities with many machines use.
pub const POSTGRESQL: Prerequisite = Prerequisite {
    what: "PostgreSQL's server programs",
    packages: &["postgresql"],
    is_there: || postgresql_programs().is_some(),
    elsewhere: "install PostgreSQL 15 or newer, its server programs on the PATH",
};

/// Python with which the tests of Open311 run clients that other people wrote.
pub const PYTHON: Prerequisite = Prerequisite {
    what: "Python 3 that makes virtual environments",
    packages: &["python3", "python3-venv"],
    is_there: has_python_with_pip,
    elsewhere: "install Python 3.9 or newer with venv and pip",
};

/// Something that must be on the machine.
pub struct Prerequisite {
    what: &'static str,
    packages: &'static [&'static str],
    is_there: fn() -> bool,
    elsewhere: &'static str,
}

impl Prerequisite {
    /// An error that says what to install, if this is missing.
    pub fn demand(&self) -> Result<()> {
        if (self.is_there)() {
            return Ok(());
        }
        let packages = self.packages.join(" ");
        bail!(
            "{} is missing. On Debian: `apt-get install {packages}`. Elsewhere: {}.",
            self.what,
            self.elsewhere
        );
    }

    /// Installs Debian's packages if this is missing and we may. An error that says what to install if that did not help.
    pub fn provide(&self) -> Result<()> {
        if !(self.is_there)() && find("apt-get").is_some() && may_install() {
            println!(
                "installing {} (Debian: {})",
                self.what,
                self.packages.join(" ")
            );
            run_quietly(&mut apt_get(&["update"]))?;
            let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
            arguments.extend(self.packages);
            run_quietly(&mut apt_get(&arguments))?;
        }
        self.demand()
    }
}

/// The Chromium to drive.
pub fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(find)
}

/// The folder of the newest PostgreSQL's own programs.
///
/// Debian keeps them off the `PATH`, and what is there may be a link or a wrapper without its neighbours `initdb` and
/// `pg_isready`; so Debian's folder is asked first.
pub fn postgresql_programs() -> Option<PathBuf> {
    let is_complete = |bin: &PathBuf| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|name| bin.join(name).is_file())
    };
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, bin)| is_complete(bin))
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).or_else(|| {
        let postgres = find("initdb")?.canonicalize().ok()?;
        postgres.parent().map(Path::to_path_buf).filter(is_complete)
    })
}

/// Whether this process runs as root.
pub fn is_root() -> bool {
    output_of(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Debian keeps the part of `venv` that puts pip into an environment in a package of its own.
fn has_python_with_pip() -> bool {
    let has = |module: &str| run_quietly(Command::new("python3").args(["-c", module])).is_ok();
    has("import venv, ensurepip")
}

fn has_node(oldest: u32) -> bool {
    output_of(Command::new("node").arg("--version"))
        .is_ok_and(|version| major(&version) >= Some(oldest))
}

fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

fn has_chinese_font() -> bool {
    output_of(Command::new("fc-list").arg(":lang=zh-cn"))
        .is_ok_and(|fonts| !fonts.trim().is_empty())
}

fn may_install() -> bool {
    is_root() || run_quietly(Command::new("sudo").args(["--non-interactive", "true"])).is_ok()
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new(if is_root() { "env" } else { "sudo" });
    // Another package manager may be at work on a fresh machine: wait for it.
    command
        .args([
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "--quiet",
            "-o",
            "DPkg::Lock::Timeout=300",
        ])
        .args(arguments);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_says() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("nonsense"), None);
    }

    #[test]
    fn what_is_missing_is_named_with_the_way_to_get_it() {
        let missing = Prerequisite {
            is_there: || false,
            ..NODE
        };

        let sentence = missing.demand().unwrap_err().to_string();

        assert!(
            sentence.contains("apt-get install nodejs npm"),
            "{sentence}"
        );
    }
}
