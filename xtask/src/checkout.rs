//! The checkout that the commands work on: where its root and its build folder are, and how to call cargo in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::commands::output_of;

/// A checkout of Linli and the folder that cargo builds it into.
pub struct Checkout {
    root: PathBuf,
    target: PathBuf,
}

/// How much of the dependency tree to ask cargo about.
#[derive(Clone, Copy)]
pub enum Breadth {
    /// Our own crates only; needs neither lock file nor registry.
    OwnCrates,
    /// Every crate that the lock file names.
    EveryCrate,
}

impl Checkout {
    /// The checkout that this program was built from.
    pub fn here() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask lies in a folder of the checkout")?
            .to_path_buf();
        let target = PathBuf::new();
        let mut checkout = Self { root, target };
        checkout.target =
            Target::deserialize(checkout.metadata(Breadth::OwnCrates)?)?.target_directory;
        Ok(checkout)
    }

    /// The folder that holds the workspace's Cargo.toml.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that cargo builds into.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A command that starts in the checkout's root.
    ///
    /// What cargo tells a program about the package it was started from is taken away: some build scripts (ring's) watch
    /// those variables, and would build again each time one goes back and forth between `cargo build` and `cargo xtask`.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        for (name, _) in std::env::vars_os() {
            if let Some(name) = name.to_str()
                && (name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
            {
                command.env_remove(name);
            }
        }
        command
    }

    /// `cargo` with these arguments.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// What `cargo metadata` says, as JSON.
    pub fn metadata(&self, breadth: Breadth) -> Result<Value> {
        let breadth = match breadth {
            Breadth::OwnCrates => "--no-deps",
            Breadth::EveryCrate => "--locked",
        };
        let json = output_of(&mut self.cargo(&["metadata", "--format-version", "1", breadth]))?;
        serde_json::from_str(&json).context("`cargo metadata` did not answer in JSON")
    }
}

#[derive(Deserialize)]
struct Target {
    target_directory: PathBuf,
}
