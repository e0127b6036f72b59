//! Paths that exist on one machine only, and that somebody wrote down by mistake.

use super::Fault;
use super::sources::{Sources, fault_in_line};

/// Folders whose contents differ from machine to machine.
const PLACES: [&str; 5] = ["/work/", "/farm/", "/root/", "/home/", "/tmp/"];

/// Lines that name a file of one machine.
pub fn of_one_machine(sources: &Sources) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in sources.all() {
        for (line, text) in text.lines().enumerate() {
            let found = PLACES.iter().find(|place| names_a_file_below(text, place));
            faults.extend(found.map(|place| {
                fault_in_line(
                    "machine-path",
                    path,
                    line,
                    format!("names a file below {place}, which others do not have"),
                )
            }));
        }
    }
    faults
}

fn names_a_file_below(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let is_absolute = !line[..at]
            .ends_with(|before: char| before.is_alphanumeric() || "._-)}*~$>".contains(before));
        let names_something =
            line[at + place.len()..].starts_with(|first: char| first.is_ascii_lowercase());
        is_absolute && names_something
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_path_is_told_and_a_relative_one_is_not() {
        let told = format!("let place = \"{}linli\";", PLACES[0]);

        assert!(names_a_file_below(&told, PLACES[0]));
        assert!(!names_a_file_below(
            "../tmp/linli and src/home/page.rs",
            "/tmp/"
        ));
        assert!(!names_a_file_below("PLACES = [\"/home/\"]", "/home/"));
    }
}
