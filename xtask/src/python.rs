//! Python packages for tests, in a virtual environment of their own below the build folder: nothing is installed on the
//! machine itself.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::checkout::Checkout;
use crate::commands::run_quietly;

/// Where the tests and their list of packages lie.
pub const FOLDER: &str = "e2e/open311";

/// The Python of the environment.
pub fn program(checkout: &Checkout) -> String {
    let python = environment(checkout).join("bin/python");
    python.to_string_lossy().into_owned()
}

/// Makes the environment with the listed packages, unless the list is the one that was installed.
pub fn install(checkout: &Checkout) -> Result<()> {
    let list = checkout.root().join(FOLDER).join("requirements.txt");
    let wanted = fs::read_to_string(&list).with_context(|| format!("{}", list.display()))?;
    let installed = environment(checkout).join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let environment = environment(checkout);
    let mut venv = checkout.command("python3");
    run_quietly(venv.args(["-m", "venv", "--clear"]).arg(&environment))?;
    let mut pip = checkout.command(&program(checkout));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ]);
    run_quietly(pip.arg(&list))?;
    fs::write(&installed, wanted).with_context(|| format!("{}", installed.display()))
}

fn environment(checkout: &Checkout) -> PathBuf {
    checkout.target().join("python")
}
