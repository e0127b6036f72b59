//! Migrations run in one order over all rooms, the order of their names: so names have a date and a time, no two have
//! the same moment, and each file is taken up by its room.

use std::collections::BTreeMap;

use super::Fault;
use super::sources::Sources;

/// Steps whose name or place breaks the one order.
pub fn out_of_order(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut moments: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, _) in sources.with_ending(&["sql"]) {
        let Some((room, file)) = path.split_once("/src/migrations/") else {
            faults.push(fault(path, "lies outside its room's src/migrations"));
            continue;
        };
        let Some(moment) = moment_of(file) else {
            faults.push(fault(
                path,
                "is not named like m20261201_0900_what_it_makes.sql",
            ));
            continue;
        };
        if let Some(twin) = moments.insert(moment, path) {
            faults.push(fault(path, format!("has the same moment as {twin}")));
        }
        let is_taken_up = sources.with_ending(&["rs"]).any(|(source, text)| {
            source.starts_with(room)
                && text.contains(&format!("migrations/{file}\""))
                && text.contains(&format!("\"{}\"", file.trim_end_matches(".sql")))
        });
        if !is_taken_up {
            faults.push(fault(
                path,
                "is not taken up by its room under its own name",
            ));
        }
    }
    faults
}

/// `20261201_0900` of `m20261201_0900_requests.sql`.
fn moment_of(file: &str) -> Option<&str> {
    let (date, rest) = file
        .strip_suffix(".sql")?
        .strip_prefix('m')?
        .split_once('_')?;
    let (time, what) = rest.split_once('_')?;
    let is_number =
        |text: &str, digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(date, 8) && is_number(time, 4) && !what.is_empty()).then(|| &file[1..14])
}

fn fault(place: &str, problem: impl Into<String>) -> Fault {
    Fault {
        check: "migration",
        place: place.to_owned(),
        what: problem.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Migration { name: \"m20261201_0900_requests\", sql: include_str!(\"migrations/m20261201_0900_requests.sql\") }";

    #[test]
    fn a_step_with_a_moment_of_its_own_that_is_taken_up_is_in_order() {
        let sources = Sources::from([
            (
                "slices/requests/src/migrations/m20261201_0900_requests.sql",
                "",
            ),
            ("slices/requests/src/lib.rs", LIST),
        ]);

        assert_eq!(out_of_order(&sources), []);
    }

    #[test]
    fn two_steps_of_one_moment_and_a_forgotten_step_are_found() {
        let sources = Sources::from([
            (
                "slices/requests/src/migrations/m20261201_0900_requests.sql",
                "",
            ),
            ("slices/people/src/migrations/m20261201_0900_people.sql", ""),
            ("slices/requests/src/lib.rs", LIST),
        ]);

        let problems: Vec<String> = out_of_order(&sources)
            .iter()
            .map(ToString::to_string)
            .collect();

        assert_eq!(problems.len(), 2, "{problems:?}");
    }
}
