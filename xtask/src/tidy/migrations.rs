//! Migrations run in one order over all rooms, the order of their names: so names have a date and a time, no two have
//! the same, and each is listed where its room lists them.

use std::collections::BTreeMap;

use super::Fault;
use super::sources::Sources;

/// Migrations whose name or place breaks the one order.
pub fn out_of_order(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut moments: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, _) in sources.with_ending(&["rs"]) {
        let Some((folder, name)) = path
            .strip_suffix(".rs")
            .and_then(|path| path.split_once("/migrations/"))
        else {
            continue;
        };
        if name == "mod" {
            continue;
        }
        let Some(moment) = moment_of(name) else {
            faults.push(fault(
                path,
                "is not named like m20261201_0900_what_it_makes",
            ));
            continue;
        };
        if let Some(twin) = moments.insert(moment, path) {
            faults.push(fault(path, format!("has the same moment as {twin}")));
        }
        let lists = [
            format!("{folder}/migrations.rs"),
            format!("{folder}/migrations/mod.rs"),
        ];
        let list = lists.iter().find_map(|list| sources.text(list));
        if !list.is_some_and(|list| list.contains(&format!("mod {name};"))) {
            faults.push(fault(path, "is not listed in its room's migrations"));
        }
    }
    faults.extend(
        sources
            .with_ending(&["rs"])
            .filter(|(path, text)| is_list(path) && !is_sorted(text))
            .map(|(path, _)| {
                fault(
                    path,
                    "lists its migrations in another order than that of their names",
                )
            }),
    );
    faults
}

/// `20261201_0900` of `m20261201_0900_requests`.
fn moment_of(name: &str) -> Option<&str> {
    let (date, rest) = name.strip_prefix('m')?.split_once('_')?;
    let (time, what) = rest.split_once('_')?;
    let is_number =
        |text: &str, digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(date, 8) && is_number(time, 4) && !what.is_empty()).then(|| &name[1..14])
}

fn is_list(path: &str) -> bool {
    // Not this file, whose examples are out of order on purpose.
    !path.starts_with("xtask/")
        && (path.ends_with("/migrations.rs") || path.ends_with("/migrations/mod.rs"))
}

/// Whether the names of migrations stand in order wherever the list names each of them: as modules, and as entries.
fn is_sorted(list: &str) -> bool {
    let modules = list.lines().filter(|line| line.contains("mod m"));
    let entries = list
        .lines()
        .filter(|line| line.contains("::") && !line.contains("mod m"));
    in_order(modules) && in_order(entries)
}

fn in_order<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let words = |line: &'a str| {
        line.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
    };
    lines
        .flat_map(words)
        .filter(|word| moment_of(word).is_some())
        .is_sorted()
}

fn fault(path: &str, what: impl Into<String>) -> Fault {
    Fault {
        check: "migration",
        place: path.to_owned(),
        what: what.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "//! M.\nmod m20261201_0900_areas;\nmod m20261202_0900_duties;\n\
                        fn all() { [m20261201_0900_areas::up(),\n m20261202_0900_duties::up()] }\n";

    #[test]
    fn migrations_in_order_are_in_order() {
        let sources = Sources::from([
            ("slices/areas/src/migrations.rs", LIST),
            ("slices/areas/src/migrations/m20261201_0900_areas.rs", ""),
            ("slices/areas/src/migrations/m20261202_0900_duties.rs", ""),
        ]);

        assert_eq!(out_of_order(&sources), []);
    }

    #[test]
    fn two_rooms_cannot_have_the_same_moment() {
        let sources = Sources::from([
            ("slices/areas/src/migrations/mod.rs", LIST),
            ("slices/areas/src/migrations/m20261201_0900_areas.rs", ""),
            (
                "slices/people/src/migrations/mod.rs",
                "//! M.\nmod m20261201_0900_people;\n",
            ),
            ("slices/people/src/migrations/m20261201_0900_people.rs", ""),
        ]);

        let faults = out_of_order(&sources);

        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(
            faults[0].what.contains("same moment as slices/areas"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_name_without_a_moment_a_forgotten_one_and_a_wrong_order_are_told() {
        let sources = Sources::from([
            (
                "platform/src/migrations/mod.rs",
                "//! M.\nmod m20261202_0900_b;\nmod m20261201_0900_a;\n",
            ),
            ("platform/src/migrations/first.rs", ""),
            ("platform/src/migrations/m20261203_0900_forgotten.rs", ""),
        ]);

        assert_eq!(out_of_order(&sources).len(), 3);
    }
}
