//! What may stay although a check minds it. The list is the file `exceptions` beside this one, a line for each:
//! `check place: reason`.

use anyhow::{Context, Result};

use super::Fault;

const LIST: &str = include_str!("exceptions");

/// The listed exceptions, and which of them were needed.
pub struct Exceptions {
    entries: Vec<Entry>,
}

struct Entry {
    check: &'static str,
    place: &'static str,
    is_needed: bool,
}

impl Exceptions {
    /// The list as it was when xtask was built.
    pub fn read() -> Result<Self> {
        Self::parse(LIST)
    }

    fn parse(list: &'static str) -> Result<Self> {
        let entries = list
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| {
                let entry = line.split_once(": ").and_then(|(subject, reason)| {
                    let (check, place) = subject.split_once(' ')?;
                    (!reason.trim().is_empty()).then_some(Entry {
                        check,
                        place,
                        is_needed: false,
                    })
                });
                entry.with_context(|| format!("tidy/exceptions: not `check place: reason`: {line}"))
            })
            .collect::<Result<_>>()?;
        Ok(Self { entries })
    }

    /// Whether the fault is listed.
    pub fn excuse(&mut self, fault: &Fault) -> bool {
        let entry = self
            .entries
            .iter_mut()
            .find(|entry| entry.check == fault.check && entry.place == fault.place);
        entry.map(|entry| entry.is_needed = true).is_some()
    }

    /// A fault for each exception that excused nothing.
    pub fn needless(&self) -> impl Iterator<Item = Fault> {
        self.entries
            .iter()
            .filter(|entry| !entry.is_needed)
            .map(|entry| Fault {
                check: "exception",
                place: entry.place.to_owned(),
                what: format!(
                    "xtask/src/tidy/exceptions excuses `{}` here, and nothing needs it any more",
                    entry.check
                ),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(check: &'static str, place: &str) -> Fault {
        Fault {
            check,
            place: place.to_owned(),
            what: String::new(),
        }
    }

    #[test]
    fn a_listed_fault_is_excused_and_a_needless_exception_is_told() {
        let mut exceptions =
            Exceptions::parse("# list\nfile-length a.rs: one table\nfile-length b.rs: another\n")
                .unwrap();

        assert!(exceptions.excuse(&fault("file-length", "a.rs")));
        assert!(!exceptions.excuse(&fault("module-doc", "a.rs")));

        let needless: Vec<_> = exceptions.needless().map(|fault| fault.place).collect();
        assert_eq!(needless, ["b.rs"]);
    }

    #[test]
    fn an_exception_without_a_reason_is_refused() {
        assert!(Exceptions::parse("file-length a.rs: ").is_err());
        assert!(Exceptions::parse("file-length a.rs").is_err());
    }
}
