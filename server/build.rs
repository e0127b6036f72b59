//! Lists the built front end, so that the program carries it inside.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/dist");
    println!("cargo:rerun-if-changed={}", dist.display());
    if !dist.join("manifest.json").exists() {
        bail!(
            "the front end is not built: run `cargo xtask demo` or `cargo xtask test`, or \
             `npm ci && npm run build` in web/"
        );
    }
    let manifest = fs::read_to_string(dist.join("manifest.json"))?;
    let mut files: Vec<PathBuf> = fs::read_dir(&dist)?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<_>>()?;
    files.sort();

    let mut table = String::from("&[\n");
    for file in &files {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .context("a plain file name")?;
        let is_packed = file
            .extension()
            .is_some_and(|ending| ending == "br" || ending == "gz");
        if name == "manifest.json" || is_packed {
            continue;
        }
        let path = file.display();
        let packed = |ending: &str| {
            let packed = dist.join(format!("{name}.{ending}"));
            if packed.exists() {
                format!("Some(include_bytes!({:?}))", packed.display().to_string())
            } else {
                "None".to_owned()
            }
        };
        writeln!(
            table,
            "  platform::web::Asset {{ name: {name:?}, hash: {:?}, plain: include_bytes!({:?}), \
             brotli: {}, gzip: {} }},",
            hash_of(&manifest, name).with_context(|| format!("{name} in the manifest"))?,
            path.to_string(),
            packed("br"),
            packed("gz"),
        )?;
    }
    table.push(']');
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells build scripts their folder so"
    )]
    let out = std::env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("assets.rs"), table)?;
    Ok(())
}

/// The hash of a file in `{"app.css": {"hash": "0f3a…", "bytes": 1}}`.
fn hash_of<'a>(manifest: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = manifest.split_once(&format!("{name:?}"))?;
    let (_, after) = after.split_once("\"hash\"")?;
    after.split('"').nth(1)
}
