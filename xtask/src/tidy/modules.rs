//! Modules as a reader meets them: they open with what they are, their name says something, they end in time.

use super::Fault;
use super::sources::Sources;

/// Names that say where something was put and not what it is.
const EMPTY_NAMES: [&str; 12] = [
    "utils", "util", "helpers", "helper", "common", "types", "prelude", "misc", "manager",
    "managers", "info", "data",
];

/// Past this length, in lines, there is a second noun inside.
const LONGEST: usize = 500;

/// Rust files that do not begin with `//!`.
pub fn without_opening_words(sources: &Sources) -> Vec<Fault> {
    sources
        .with_ending(&["rs"])
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| Fault {
            check: "module-doc",
            place: path.to_owned(),
            what: "does not open with a `//!` line that says what the module is".to_owned(),
        })
        .collect()
}

/// Modules, as files, folders or inline, with a name that says nothing.
pub fn with_empty_names(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in sources.with_ending(&["rs", "ts"]) {
        let by_path = path
            .split('/')
            .map(|part| part.split('.').next().unwrap_or(part));
        let inline = text.lines().filter_map(inline_module);
        faults.extend(by_path.chain(inline).filter(|name| EMPTY_NAMES.contains(name)).map(|name| Fault {
            check: "module-name",
            place: path.to_owned(),
            what: format!("`{name}` says where it was put and not what it is: name it after its one job"),
        }));
    }
    faults
}

/// Files that have grown too long.
pub fn too_long(sources: &Sources) -> Vec<Fault> {
    sources
        .with_ending(&["rs", "ts"])
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| Fault {
            check: "file-length",
            place: path.to_owned(),
            what: format!(
                "has {lines} lines, more than {LONGEST}: look for the second noun inside"
            ),
        })
        .collect()
}

fn inline_module(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("mod ")?;
    let name = after.strip_suffix('{')?.trim_end();
    matches!(before.trim(), "" | "pub" | "pub(crate)" | "pub(super)").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(faults: &[Fault]) -> Vec<&str> {
        faults.iter().map(|fault| fault.place.as_str()).collect()
    }

    #[test]
    fn a_module_without_opening_words_is_told() {
        let sources = Sources::from([("a.rs", "//! A.\n"), ("b.rs", "use a;\n"), ("c.txt", "")]);

        assert_eq!(places(&without_opening_words(&sources)), ["b.rs"]);
    }

    #[test]
    fn an_empty_name_is_told_wherever_it_stands() {
        let sources = Sources::from([
            ("platform/src/utils.rs", "//! U.\n"),
            ("server/src/common/mod.rs", "//! C.\n"),
            ("kernel/src/lib.rs", "//! K.\npub mod types {\n}\n"),
            ("kernel/src/database.rs", "//! Fine.\nlet data = 1;\n"),
        ]);

        let mut found = with_empty_names(&sources);
        found.sort_by(|one, other| one.place.cmp(&other.place));

        assert_eq!(
            places(&found),
            [
                "kernel/src/lib.rs",
                "platform/src/utils.rs",
                "server/src/common/mod.rs"
            ]
        );
    }

    #[test]
    fn five_hundred_lines_are_the_limit() {
        let (longest, longer) = ("\n".repeat(LONGEST), "\n".repeat(LONGEST + 1));
        let sources = Sources::from([("a.rs", longest.as_str()), ("b.ts", longer.as_str())]);

        assert_eq!(places(&too_long(&sources)), ["b.ts"]);
    }
}
