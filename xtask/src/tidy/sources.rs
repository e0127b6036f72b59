//! The files that are or will be committed: what git lists, without what it is told to ignore.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::Fault;
use crate::checkout::Checkout;
use crate::commands::output_of;

/// The text files of a checkout by their path from its root, with `/` between folders.
#[derive(Default)]
pub struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// Reads the checkout's text files; pictures and other binary files are left out.
    pub fn of(checkout: &Checkout) -> Result<Self> {
        let list = output_of(checkout.command("git").args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))
        .context("tidy reads the list of files from git")?;
        let mut files = BTreeMap::new();
        for path in list.split_terminator('\0') {
            let place = checkout.root().join(path);
            // A file may be deleted and the deletion not yet committed.
            let Ok(bytes) = fs::read(&place) else {
                continue;
            };
            if let Ok(text) = String::from_utf8(bytes) {
                files.insert(path.to_owned(), text);
            }
        }
        Ok(Self { files })
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Path and text of every file with one of these endings (without the dot).
    pub fn with_ending(&self, endings: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(move |(path, _)| {
            Path::new(path)
                .extension()
                .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
        })
    }

    /// Path and text of every file.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Sources {
    fn from(files: [(&str, &str); N]) -> Self {
        Self {
            files: files
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .into(),
        }
    }
}

/// The fault of one line of a file; lines are counted from 0 here and told from 1.
pub fn fault_in_line(check: &'static str, path: &str, line: usize, what: impl AsRef<str>) -> Fault {
    Fault {
        check,
        place: path.to_owned(),
        what: format!("line {}: {}", line + 1, what.as_ref()),
    }
}
