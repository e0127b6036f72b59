//! The arrows between our crates: what ARCHITECTURE.md draws, what the manifests do, and what no drawing may allow.
//!
//! The map is the fenced block ` ```arrows ` of ARCHITECTURE.md, a line for each crate: `people -> areas platform kernel`.
//! A crate that needs no other stands there with nothing after its arrow.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Fault;
use super::sources::Sources;
use crate::checkout::{Breadth, Checkout};

const MAP: &str = "ARCHITECTURE.md";

/// Slices that every other slice may build on.
const BASE_SLICES: [&str; 3] = ["areas", "people", "organisations"];

/// What the pure crates and the kernel never see.
const HEAVY: [&str; 4] = ["axum", "sea-orm", "sqlx", "tokio"];

/// What knows of points and time credits: requests, casework, relief, mediation and voting must not
/// depend on them (rule R3).
const OF_POINTS: [&str; 4] = ["book", "ledger", "points", "timebank"];

/// Who may know of them, besides the rooms of points themselves and the program.
const MAY_KNOW_POINTS: [&str; 4] = ["activities", "registration", "server", "xtask"];

/// The height of a crate in the house. Arrows never point up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Pure,
    Kernel,
    Platform,
    Testkit,
    BaseSlice,
    Slice,
    Server,
    /// xtask, which is no part of the house.
    Outside,
}

#[derive(Deserialize)]
struct Workspace {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    path: Option<String>,
    /// `dev` or `build`; nothing for an ordinary one.
    kind: Option<String>,
}

type Map = BTreeMap<String, BTreeSet<String>>;

/// Arrows that are not as the map says, or that no map may allow.
pub fn against_the_map(sources: &Sources, checkout: &Checkout) -> Result<Vec<Fault>> {
    let Some(map) = sources.text(MAP).and_then(drawn_in) else {
        return Ok(vec![fault(
            MAP,
            "has no fenced block ```arrows with a line `crate -> crate crate` for each crate",
        )]);
    };
    let workspace = Workspace::deserialize(checkout.metadata(Breadth::OwnCrates)?)?;
    let root = checkout.root().to_string_lossy();
    compare(&workspace.packages, &map, &root)
}

fn compare(packages: &[Package], map: &Map, root: &str) -> Result<Vec<Fault>> {
    let mut tiers = BTreeMap::new();
    for package in packages {
        let folder = package
            .manifest_path
            .strip_prefix(root)
            .unwrap_or(&package.manifest_path);
        let tier =
            Tier::of(folder).with_context(|| format!("{folder} lies in no tier of the house"))?;
        tiers.insert(package.name.as_str(), tier);
    }

    let mut faults = Vec::new();
    for package in packages {
        let none = BTreeSet::new();
        let drawn = map.get(&package.name).unwrap_or(&none);
        if !map.contains_key(&package.name) && tiers[package.name.as_str()] != Tier::Outside {
            faults.push(fault(
                &package.name,
                "has no line in the arrows of ARCHITECTURE.md",
            ));
        }
        faults.extend(faults_of(package, drawn, &tiers));
    }
    let unknown = map.keys().filter(|name| !tiers.contains_key(name.as_str()));
    faults.extend(unknown.map(|name| fault(name, "is drawn in ARCHITECTURE.md and is no crate")));
    Ok(faults)
}

fn faults_of(
    package: &Package,
    drawn: &BTreeSet<String>,
    tiers: &BTreeMap<&str, Tier>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let tier = tiers[package.name.as_str()];
    let mut real = BTreeSet::new();
    for dependency in &package.dependencies {
        let to = dependency.name.as_str();
        let is_for_tests = dependency.kind.as_deref() == Some("dev");
        if dependency.path.is_none() {
            if tier <= Tier::Kernel && !is_for_tests && HEAVY.contains(&to) {
                faults.push(fault(
                    &package.name,
                    format!("knows neither database nor server, and depends on {to}"),
                ));
            }
            continue;
        }
        if to == "testkit" {
            if !is_for_tests {
                faults.push(fault(
                    &package.name,
                    "uses testkit outside its tests: make it a dev-dependency",
                ));
            }
            continue;
        }
        if tiers.get(to).is_some_and(|below| *below > tier) {
            faults.push(fault(&package.name, format!("its arrow to {to} points up")));
        }
        let is_of_points = OF_POINTS.contains(&package.name.as_str());
        if OF_POINTS.contains(&to)
            && !is_of_points
            && !MAY_KNOW_POINTS.contains(&package.name.as_str())
        {
            faults.push(fault(
                &package.name,
                format!("must not depend on points, and knows {to} (rule R3)"),
            ));
        }
        if to == "book" && package.name != "ledger" {
            faults.push(fault(
                &package.name,
                "writes into the book past the ledger: only `ledger` knows `book`",
            ));
        }
        if !drawn.contains(to) {
            faults.push(fault(
                &package.name,
                format!("depends on {to}, which ARCHITECTURE.md does not draw"),
            ));
        }
        real.insert(to);
    }
    let gone = drawn.iter().filter(|to| !real.contains(to.as_str()));
    faults.extend(gone.map(|to| {
        fault(
            &package.name,
            format!("does not depend on {to}, as ARCHITECTURE.md draws"),
        )
    }));
    faults
}

impl Tier {
    /// The tier of a crate by the place of its manifest, from the root.
    fn of(manifest: &str) -> Option<Self> {
        let mut folders = manifest.trim_start_matches('/').split('/');
        match (folders.next()?, folders.next()?) {
            ("pure", _) => Some(Self::Pure),
            ("kernel", _) => Some(Self::Kernel),
            ("platform", _) => Some(Self::Platform),
            ("testkit", _) => Some(Self::Testkit),
            ("slices", name) if BASE_SLICES.contains(&name) => Some(Self::BaseSlice),
            ("slices", _) => Some(Self::Slice),
            ("server", _) => Some(Self::Server),
            ("xtask", _) => Some(Self::Outside),
            _ => None,
        }
    }
}

fn drawn_in(document: &str) -> Option<Map> {
    let (_, after) = document.split_once("\n```arrows\n")?;
    let (block, _) = after.split_once("\n```")?;
    block
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (from, to) = line.split_once("->")?;
            Some((
                from.trim().to_owned(),
                to.split_whitespace().map(str::to_owned).collect(),
            ))
        })
        .collect()
}

fn fault(place: &str, what: impl Into<String>) -> Fault {
    Fault {
        check: "arrow",
        place: place.to_owned(),
        what: what.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(folder: &str, dependencies: &[(&str, Option<&str>)]) -> Package {
        let name = folder.rsplit('/').next().unwrap();
        Package {
            name: name.to_owned(),
            manifest_path: format!("/house/{folder}/Cargo.toml"),
            dependencies: dependencies
                .iter()
                .map(|(to, kind)| Dependency {
                    name: (*to).to_owned(),
                    path: (!HEAVY.contains(to)).then(|| format!("/house/{to}")),
                    kind: kind.map(str::to_owned),
                })
                .collect(),
        }
    }

    fn faults(packages: &[Package], arrows: &str) -> Vec<String> {
        let map = drawn_in(&format!("# Map\n\n```arrows\n{arrows}\n```\n")).unwrap();
        compare(packages, &map, "/house")
            .unwrap()
            .iter()
            .map(Fault::to_string)
            .collect()
    }

    #[test]
    fn what_is_drawn_and_built_alike_is_in_order() {
        let packages = [
            package("kernel", &[]),
            package("platform", &[("kernel", None), ("tokio", None)]),
            package("testkit", &[("platform", None)]),
            package(
                "slices/people",
                &[("platform", None), ("testkit", Some("dev"))],
            ),
            package("xtask", &[]),
        ];

        let found = faults(
            &packages,
            "kernel ->\nplatform -> kernel\ntestkit -> platform\npeople -> platform",
        );

        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn an_arrow_that_is_not_drawn_or_no_longer_real_is_told() {
        let packages = [
            package("kernel", &[]),
            package("slices/areas", &[("kernel", None)]),
            package("pure/text", &[]),
        ];

        let found = faults(&packages, "kernel ->\nareas -> text\ntext ->");

        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("depends on kernel, which"), "{found:?}");
        assert!(found[1].contains("does not depend on text"), "{found:?}");
    }

    #[test]
    fn no_drawing_makes_an_arrow_point_up() {
        let packages = [
            package("kernel", &[]),
            package("pure/text", &[("kernel", None)]),
        ];

        let found = faults(&packages, "kernel ->\ntext -> kernel");

        assert_eq!(found, ["text: its arrow to kernel points up [arrow]"]);
    }

    #[test]
    fn no_drawing_lets_a_room_of_rights_know_points_or_anybody_write_past_the_ledger() {
        let packages = [
            package("pure/book", &[]),
            package("slices/ledger", &[("book", None)]),
            package("slices/points", &[("ledger", None), ("book", None)]),
            package("slices/requests", &[("points", None)]),
            package("slices/activities", &[("points", None)]),
        ];

        let found = faults(
            &packages,
            "book ->\nledger -> book\npoints -> book ledger\nrequests -> points\nactivities -> points",
        );

        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("past the ledger"), "{found:?}");
        assert!(
            found[1].contains("requests: must not depend on points"),
            "{found:?}"
        );
    }

    #[test]
    fn the_kernel_never_sees_the_server_and_nobody_ships_the_testkit() {
        let packages = [
            package("kernel", &[("axum", None)]),
            package("testkit", &[]),
            package("slices/requests", &[("testkit", None)]),
        ];

        let found = faults(&packages, "kernel ->\ntestkit ->\nrequests ->");

        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("depends on axum"), "{found:?}");
        assert!(found[1].contains("outside its tests"), "{found:?}");
    }
}
