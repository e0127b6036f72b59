//! `cargo xtask tidy`: what no compiler sees, and what a reader would stumble over.
//!
//! Each check reads the [`Sources`] and gives [`Fault`]s. The file `tidy/exceptions` lists, with a reason, what may stay
//! as it is; an exception that nothing needs any more is a fault itself. The same checks run as tests of this crate.

mod arrows;
mod dependencies;
mod exceptions;
mod fluent;
mod licences;
mod literals;
mod messages;
mod migrations;
mod modules;
mod paths;
mod sources;
mod templates;
mod translations;

use std::fmt;

use anyhow::{Result, bail};

use crate::checkout::Checkout;
use exceptions::Exceptions;
use sources::Sources;

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    check: &'static str,
    /// A file of the checkout, or the name of a crate.
    place: String,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.what, self.check)
    }
}

/// A check under the name that its faults and exceptions carry.
struct Check {
    name: &'static str,
    find: fn(&Sources, &Checkout) -> Result<Vec<Fault>>,
}

const CHECKS: [Check; 12] = [
    Check {
        name: "module-doc",
        find: |sources, _| Ok(modules::without_opening_words(sources)),
    },
    Check {
        name: "module-name",
        find: |sources, _| Ok(modules::with_empty_names(sources)),
    },
    Check {
        name: "file-length",
        find: |sources, _| Ok(modules::too_long(sources)),
    },
    Check {
        name: "arrow",
        find: arrows::against_the_map,
    },
    Check {
        name: "message",
        find: |sources, _| Ok(messages::missing_or_unused(sources)),
    },
    Check {
        name: "translation",
        find: |sources, _| Ok(translations::unlike_between_locales(sources)),
    },
    Check {
        name: "template",
        find: |sources, _| Ok(templates::against_the_policy(sources)),
    },
    Check {
        name: "third-party",
        find: |sources, _| Ok(templates::third_parties(sources)),
    },
    Check {
        name: "dependency",
        find: |sources, _| dependencies::undocumented(sources),
    },
    Check {
        name: "licence",
        find: |_, checkout| licences::refused(checkout),
    },
    Check {
        name: "machine-path",
        find: |sources, _| Ok(paths::of_one_machine(sources)),
    },
    Check {
        name: "migration",
        find: |sources, _| Ok(migrations::out_of_order(sources)),
    },
];

/// Runs every check and prints the faults. An error if there are any.
pub fn run(checkout: &Checkout) -> Result<()> {
    let sources = Sources::of(checkout)?;
    let mut exceptions = Exceptions::read()?;
    let mut faults = Vec::new();
    for check in &CHECKS {
        // One check that cannot be made must not hide what the others find.
        let mut found = (check.find)(&sources, checkout).unwrap_or_else(|error| {
            let what = format!("could not be checked: {error:#}");
            vec![Fault {
                check: check.name,
                place: "the whole".to_owned(),
                what,
            }]
        });
        found.retain(|fault| !exceptions.excuse(fault));
        faults.extend(found);
    }
    faults.extend(exceptions.needless());
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => Ok(()),
        1 => bail!("tidy found 1 fault"),
        count => bail!("tidy found {count} faults"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(name: &str) {
        let checkout = Checkout::here().unwrap();
        let sources = Sources::of(&checkout).unwrap();
        let mut exceptions = Exceptions::read().unwrap();
        let check = CHECKS.iter().find(|check| check.name == name).unwrap();

        let mut faults = (check.find)(&sources, &checkout).unwrap();
        faults.retain(|fault| !exceptions.excuse(fault));

        let told: Vec<_> = faults.iter().map(Fault::to_string).collect();
        assert!(told.is_empty(), "\n{}", told.join("\n"));
    }

    #[test]
    fn every_module_opens_with_what_it_is() {
        holds("module-doc");
    }

    #[test]
    fn no_module_has_an_empty_name() {
        holds("module-name");
    }

    #[test]
    fn no_file_is_too_long_to_read() {
        holds("file-length");
    }

    #[test]
    fn crates_depend_on_each_other_as_the_map_says() {
        holds("arrow");
    }

    #[test]
    fn every_message_is_there_and_used() {
        holds("message");
    }

    #[test]
    fn every_locale_says_the_same_things() {
        holds("translation");
    }

    #[test]
    fn templates_keep_to_the_content_security_policy() {
        holds("template");
    }

    #[test]
    fn no_page_asks_a_third_party() {
        holds("third-party");
    }

    #[test]
    fn every_dependency_has_its_line() {
        holds("dependency");
    }

    #[test]
    fn every_licence_is_on_the_list() {
        holds("licence");
    }

    #[test]
    fn no_path_of_one_machine_is_committed() {
        holds("machine-path");
    }

    #[test]
    fn migrations_have_one_order_over_all_rooms() {
        holds("migration");
    }
}
