//! docs/dependencies.md has a line for every dependency that we chose, and for no other: what for, who keeps it, under
//! which licence, and what we would do without it.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Fault;
use super::sources::Sources;

const DOCUMENT: &str = "docs/dependencies.md";
const PACKAGES: [&str; 2] = ["web/package.json", "e2e/package.json"];

/// Dependencies without a line, and lines without a dependency.
pub fn undocumented(sources: &Sources) -> Result<Vec<Fault>> {
    let manifest = sources
        .text("Cargo.toml")
        .context("Cargo.toml is missing")?;
    let document = sources.text(DOCUMENT).unwrap_or_default();
    let mut faults = compare("## Crates", document, &crates_of(manifest)?);

    let mut packages = BTreeSet::new();
    for path in PACKAGES {
        if let Some(text) = sources.text(path) {
            packages.extend(packages_of(text).with_context(|| format!("cannot read {path}"))?);
        }
    }
    faults.extend(compare("## npm packages", document, &packages));
    Ok(faults)
}

fn compare(heading: &str, document: &str, chosen: &BTreeSet<String>) -> Vec<Fault> {
    let told = table_under(heading, document);
    let fault = |what| Fault {
        check: "dependency",
        place: DOCUMENT.to_owned(),
        what,
    };
    let untold = chosen
        .difference(&told)
        .map(|name| fault(format!("no line for `{name}` under “{heading}”")));
    let gone = told.difference(chosen).map(|name| {
        fault(format!(
            "`{name}` under “{heading}” is no dependency of ours"
        ))
    });
    untold.chain(gone).collect()
}

/// The names in the first column of the table under a heading.
fn table_under(heading: &str, document: &str) -> BTreeSet<String> {
    document
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The crates of others that the workspace names; our own have a path.
fn crates_of(manifest: &str) -> Result<BTreeSet<String>> {
    let manifest: toml::Table = manifest.parse()?;
    let dependencies = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies")?.as_table())
        .context("Cargo.toml has no [workspace.dependencies]")?;
    let others = dependencies
        .iter()
        .filter(|(_, wanted)| wanted.get("path").is_none());
    Ok(others.map(|(name, _)| name.clone()).collect())
}

fn packages_of(manifest: &str) -> Result<BTreeSet<String>> {
    let manifest: Value = serde_json::from_str(manifest)?;
    let lists = ["dependencies", "devDependencies"]
        .into_iter()
        .filter_map(|list| manifest.get(list)?.as_object());
    Ok(lists.flat_map(|list| list.keys().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str =
        "[workspace.dependencies]\nkernel = { path = \"kernel\" }\nserde = \"1\"\ntoml = \"1\"\n";

    #[test]
    fn each_dependency_wants_its_line_and_each_line_its_dependency() {
        let sources = Sources::from([
            ("Cargo.toml", MANIFEST),
            (
                "web/package.json",
                r#"{ "devDependencies": { "esbuild": "1.0.0" } }"#,
            ),
            (
                DOCUMENT,
                "## Crates\n\n| crate | for |\n| --- | --- |\n| `serde` | x |\n| `gone` | x |\n\n## npm packages\n\n| `esbuild` | x |\n",
            ),
        ]);

        let faults: Vec<_> = undocumented(&sources)
            .unwrap()
            .into_iter()
            .map(|fault| fault.what)
            .collect();

        assert_eq!(
            faults,
            [
                "no line for `toml` under “## Crates”",
                "`gone` under “## Crates” is no dependency of ours"
            ]
        );
    }
}
