//! The front end of the program (`web/`): npm's packages and the built files that the program embeds.
//!
//! Both take seconds that nobody wants to wait for twice, so each leaves a stamp: a hash of what went in and what came
//! out. What matches its stamp is left alone.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::commands::run_quietly;

/// What a call found to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// It was done anew.
    Done,
    /// Everything was there already.
    UpToDate,
}

/// Installs the packages that `folder/package-lock.json` names, unless they are there.
pub fn install(checkout: &Checkout, folder: &str) -> Result<Work> {
    let place = checkout.root().join(folder);
    let lock = place.join("package-lock.json");
    if !lock.is_file() {
        bail!(
            "{folder}/package-lock.json is missing: run `npm install` in {folder}/ once and commit it"
        );
    }
    // npm writes this file last, so it tells that an installation was finished.
    let finished = place.join("node_modules/.package-lock.json");
    stamped(
        checkout,
        &format!("{folder}-packages"),
        &[&place.join("package.json"), &lock],
        &finished,
        || {
            let mut npm = checkout.command("npm");
            npm.args(["ci", "--no-audit", "--no-fund"])
                .current_dir(&place);
            run_quietly(&mut npm)
        },
    )
}

/// Builds `web/dist` from the sources in `web/`, unless it is there. Wants [`install`] first.
pub fn build(checkout: &Checkout) -> Result<Work> {
    let place = checkout.root().join("web");
    stamped(checkout, "web-dist", &[&place], &place.join("dist"), || {
        let mut npm = checkout.command("npm");
        npm.args(["run", "build"]).current_dir(&place);
        run_quietly(&mut npm)
    })
}

/// Does the work unless the stamp says that these inputs have already become this output.
fn stamped(
    checkout: &Checkout,
    name: &str,
    inputs: &[&Path],
    output: &Path,
    work: impl FnOnce() -> Result<()>,
) -> Result<Work> {
    let stamps = checkout.target().join("xtask");
    let stamp = stamps.join(format!("{name}.stamp"));
    let so_far = fingerprint(inputs, output)?;
    if output.exists() && fs::read_to_string(&stamp).is_ok_and(|known| known == so_far) {
        return Ok(Work::UpToDate);
    }
    work()?;
    if !output.exists() {
        bail!("{} should be there now, and is not", output.display());
    }
    fs::create_dir_all(&stamps)?;
    fs::write(&stamp, fingerprint(inputs, output)?)?;
    Ok(Work::Done)
}

/// A hash of the names and contents of files and folders.
pub fn fingerprint_of(inputs: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        hash_into(&mut hasher, input)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn fingerprint(inputs: &[&Path], output: &Path) -> Result<String> {
    let mut before = DefaultHasher::new();
    for input in inputs {
        hash_into(&mut before, input)?;
    }
    let mut after = DefaultHasher::new();
    if output.exists() {
        hash_into(&mut after, output)?;
    }
    Ok(format!("{:016x} {:016x}", before.finish(), after.finish()))
}

/// Names and contents of all files below a folder, in a fixed order, without what npm and the build put there.
fn hash_into(hasher: &mut DefaultHasher, path: &Path) -> Result<()> {
    if !path.is_dir() {
        hasher.write(path.as_os_str().as_encoded_bytes());
        hasher.write(&fs::read(path).with_context(|| format!("cannot read {}", path.display()))?);
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.retain(|entry| !(entry.ends_with("node_modules") || entry.ends_with("dist")));
    entries.sort();
    entries
        .iter()
        .try_for_each(|entry| hash_into(hasher, entry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_follows_the_sources_and_the_built_files_but_not_the_packages() {
        let place = std::env::temp_dir().join(format!("linli-front-end-{}", std::process::id()));
        let dist = place.join("dist");
        for folder in ["src", "dist", "node_modules"] {
            fs::create_dir_all(place.join(folder)).unwrap();
        }
        let taken = || fingerprint(&[&place], &dist).unwrap();
        let at_first = taken();

        fs::write(place.join("node_modules/package.js"), "1").unwrap();
        let after_packages = taken();
        fs::write(place.join("src/map.ts"), "1").unwrap();
        let after_source = taken();
        fs::write(dist.join("map.js"), "1").unwrap();
        let after_build = taken();
        fs::remove_dir_all(&place).unwrap();

        assert_eq!(at_first, after_packages);
        assert_ne!(after_packages, after_source);
        assert_ne!(after_source, after_build);
    }
}
