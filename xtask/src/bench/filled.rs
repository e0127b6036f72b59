//! Data to measure with: the demo at a scale, filled once and kept until what it is made of changes.
//!
//! What is kept is only read. Who wants to write takes a [`Copy`], or the next run would measure more than this one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::program::{Home, run_to_end};
use crate::checkout::Checkout;
use crate::front_end::fingerprint_of;

/// A filled system.
#[derive(Debug)]
pub struct Filled {
    /// Where it lies.
    pub home: Home,
    /// How many communities it holds.
    pub scale: u32,
    /// How long the filling took, in seconds, whenever that was.
    pub fill_seconds: f64,
}

/// What was filled, and from what.
#[derive(Serialize, Deserialize)]
struct Stamp {
    made_of: String,
    fill_seconds: f64,
}

/// The demo on SQLite at a scale: kept from an earlier run, or filled now.
pub fn on_sqlite(checkout: &Checkout, program: &Path, folder: &Path, scale: u32) -> Result<Filled> {
    let home = Home::on_sqlite(folder.join(format!("scale-{scale}")));
    let stamp = folder.join(format!("scale-{scale}.stamp"));
    let made_of = fingerprint_of(&ingredients(checkout)?)?;
    let known: Option<Stamp> = fs::read_to_string(&stamp)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok());
    if let Some(known) = known
        && known.made_of == made_of
        && home.data.exists()
    {
        return Ok(Filled {
            home,
            scale,
            fill_seconds: known.fill_seconds,
        });
    }
    // A filling that is interrupted must not pass for the one before.
    if stamp.exists() {
        fs::remove_file(&stamp)?;
    }
    let fill_seconds = fill(program, &home, scale)?;
    let text = serde_json::to_string(&Stamp {
        made_of,
        fill_seconds,
    })?;
    fs::write(&stamp, text)?;
    Ok(Filled {
        home,
        scale,
        fill_seconds,
    })
}

/// Fills a home with the demo at a scale; what was there is gone. Gives the seconds that it took.
pub fn fill(program: &Path, home: &Home, scale: u32) -> Result<f64> {
    eprintln!(
        "filling {} with the demo at scale {scale} …",
        home.data.display()
    );
    let scale = scale.to_string();
    let command = home.linli(
        program,
        &["demo", "--fill-only", "--fresh", "--scale", &scale],
    );
    let finished = run_to_end(command, home).context("the demo could not be filled")?;
    Ok(finished.took.as_secs_f64())
}

/// What decides how the filled data look: the demo's own sources, the builders it calls, and the schema.
fn ingredients(checkout: &Checkout) -> Result<Vec<PathBuf>> {
    let root = checkout.root();
    let mut rooms = vec![root.join("platform/src")];
    for slice in fs::read_dir(root.join("slices"))? {
        rooms.push(slice?.path().join("src"));
    }
    rooms.sort();
    let parts =
        |room: &PathBuf| ["migrations", "fixture", "fixture.rs"].map(|part| room.join(part));
    let mut ingredients: Vec<PathBuf> = rooms.iter().flat_map(parts).collect();
    ingredients.push(root.join("server/src/demo"));
    ingredients.push(root.join("server/src/demo.rs"));
    ingredients.retain(|part| part.exists());
    Ok(ingredients)
}

/// A copy of a filled system on SQLite, to write in. Dropping it removes it.
#[derive(Debug)]
pub struct Copy {
    /// Where it lies.
    pub home: Home,
}

impl Copy {
    /// Copies a system that nobody runs to a new place.
    pub fn of(original: &Home, name: &str) -> Result<Self> {
        let data = original.data.with_file_name(name);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        copy_folder(&original.data, &data)
            .with_context(|| format!("cannot copy {}", original.data.display()))?;
        Ok(Self {
            home: Home::on_sqlite(data),
        })
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.home.data).ok();
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_everything_and_is_gone_when_it_is_no_longer_needed() {
        let place = std::env::temp_dir().join(format!("linli-bench-copy-{}", std::process::id()));
        let original = Home::on_sqlite(place.join("scale-1"));
        fs::create_dir_all(original.data.join("photos")).unwrap();
        fs::write(original.data.join("photos/one.jpg"), "picture").unwrap();

        let copy = Copy::of(&original, "written").unwrap();
        let copied = fs::read_to_string(copy.home.data.join("photos/one.jpg")).unwrap();
        drop(copy);

        let is_gone = !place.join("written").exists();
        fs::remove_dir_all(&place).unwrap();
        assert_eq!(copied, "picture");
        assert!(is_gone);
    }
}
