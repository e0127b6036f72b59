//! Every message that is asked for exists, and none is left over.
//!
//! A message counts as used where a string literal outside the tests is exactly its id. Where ids are put together, a
//! literal that ends in `-` (`"state-"`) or has a placeholder (`"state-{name}"`, `"state-{}-label"`) uses all that fit.

use std::collections::BTreeSet;

use super::Fault;
use super::fluent::{Message, messages_in};
use super::literals::{Literal, in_rust, in_template};
use super::sources::{Sources, fault_in_line};
use super::translations::locale_files;

/// Calls whose first input must be the id of a message.
const ASKING: [&str; 7] = ["t", "t1", "t2", "t!", "msg", "Message::of", "#[message"];

/// Messages that are asked for and missing, or there and never asked for.
pub fn missing_or_unused(sources: &Sources) -> Vec<Fault> {
    let catalogue: Vec<(&str, Message)> = locale_files(sources)
        .flat_map(|file| {
            messages_in(file.text)
                .into_iter()
                .map(move |message| (file.path, message))
        })
        .collect();
    let known: BTreeSet<&str> = catalogue
        .iter()
        .map(|(_, message)| message.id.as_str())
        .collect();
    let literals = literals_of_the_program(sources);

    let mut faults: Vec<Fault> = literals
        .iter()
        .filter(|(_, literal)| asks_for_a_message(literal) && !known.contains(literal.text))
        .filter(|(_, literal)| !is_pattern(literal.text))
        .map(|(path, literal)| {
            fault_in_line(
                "message",
                path,
                literal.line,
                format!("no locale has the message `{}`", literal.text),
            )
        })
        .collect();

    let exact: BTreeSet<&str> = literals.iter().map(|(_, literal)| literal.text).collect();
    let referred: BTreeSet<&str> = catalogue
        .iter()
        .flat_map(|(_, message)| &message.references)
        .map(String::as_str)
        .collect();
    let patterns: Vec<&str> = exact
        .iter()
        .copied()
        .filter(|text| is_pattern(text))
        .collect();
    let is_used = |id: &str| {
        exact.contains(id)
            || referred.contains(id)
            || patterns.iter().any(|pattern| fits(pattern, id))
    };
    faults.extend(
        catalogue
            .iter()
            .filter(|(_, message)| !is_used(&message.id))
            .map(|(path, message)| {
                fault_in_line(
                    "message",
                    path,
                    message.line,
                    format!("nothing asks for the message `{}`", message.id),
                )
            }),
    );
    faults
}

fn literals_of_the_program(sources: &Sources) -> Vec<(&str, Literal<'_>)> {
    let rust = sources
        .with_ending(&["rs"])
        .filter(|(path, _)| {
            !path.contains("/tests/")
                && !path.starts_with("testkit/")
                && !path.starts_with("xtask/")
        })
        .flat_map(|(path, text)| {
            in_rust(without_tests(text))
                .into_iter()
                .map(move |literal| (path, literal))
        });
    let script = sources.with_ending(&["ts"]).flat_map(|(path, text)| {
        in_rust(text)
            .into_iter()
            .map(move |literal| (path, literal))
    });
    let templates = sources
        .with_ending(&["html", "txt"])
        .filter(|(path, _)| path.contains("/templates/"))
        .flat_map(|(path, text)| {
            in_template(text)
                .into_iter()
                .map(move |literal| (path, literal))
        });
    rust.chain(script).chain(templates).collect()
}

/// A source up to its `mod tests`, which by our custom is its end.
fn without_tests(source: &str) -> &str {
    let tests = source.match_indices("\n#[cfg(test)]\n").find(|(at, _)| {
        source[*at..]
            .lines()
            .skip(2)
            .find(|line| !line.starts_with("#["))
            == Some("mod tests {")
    });
    tests.map_or(source, |(at, _)| &source[..at])
}

fn asks_for_a_message(literal: &Literal) -> bool {
    ASKING.contains(&literal.callee) || literal.callee.ends_with("::Message::of")
}

/// Whether a literal stands for more than one id: the part before its end or first placeholder ends in `-`.
fn is_pattern(literal: &str) -> bool {
    let (start, _) = ends_of(literal);
    start.len() < literal.len() && start.ends_with('-')
        || literal.ends_with('-') && literal.len() > 1
}

fn fits(pattern: &str, id: &str) -> bool {
    let (start, end) = ends_of(pattern);
    id.len() > start.len() + end.len() && id.starts_with(start) && id.ends_with(end)
}

/// What stands before the first and after the last placeholder.
fn ends_of(literal: &str) -> (&str, &str) {
    let start = literal.split('{').next().unwrap_or(literal);
    let end = literal.rsplit_once('}').map_or("", |(_, end)| end);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(Fault::to_string).collect()
    }

    #[test]
    fn messages_that_are_there_and_used_are_in_order() {
        let sources = Sources::from([
            (
                "a/locales/en.ftl",
                "-brand = Linli\nhome = Home of { -brand }\nstate-open = Open\nstate-shut = Shut\nrefused = No\n",
            ),
            ("a/templates/home.html", "<h1>{{ page.t(\"home\") }}</h1>"),
            (
                "a/src/lib.rs",
                "//! A.\nfn id() { format!(\"state-{name}\"); }\n#[message(\"refused\")]\nstruct R;\n",
            ),
        ]);

        assert_eq!(told(&missing_or_unused(&sources)), Vec::<String>::new());
    }

    #[test]
    fn a_missing_and_an_unused_message_are_told_with_their_line() {
        let sources = Sources::from([
            ("a/locales/en.ftl", "home = Home\nleft-over = Old\n"),
            (
                "a/src/lib.rs",
                "//! A.\nfn f() { page.t(\"home\"); Message::of(\"gone\"); }\n",
            ),
        ]);

        assert_eq!(
            told(&missing_or_unused(&sources)),
            [
                "a/src/lib.rs: line 2: no locale has the message `gone` [message]",
                "a/locales/en.ftl: line 2: nothing asks for the message `left-over` [message]",
            ]
        );
    }

    #[test]
    fn a_test_uses_no_message() {
        let sources = Sources::from([
            ("a/locales/en.ftl", "home = Home\n"),
            (
                "a/src/lib.rs",
                "//! A.\n\n#[cfg(test)]\nmod tests {\n    fn f() { page.t(\"home\"); page.t(\"made-up\"); }\n}\n",
            ),
        ]);

        assert_eq!(missing_or_unused(&sources).len(), 1);
    }

    #[test]
    fn a_pattern_uses_what_fits_it() {
        assert!(is_pattern("state-") && fits("state-", "state-open"));
        assert!(is_pattern("state-{}-label") && fits("state-{}-label", "state-open-label"));
        assert!(!fits("state-{}-label", "state-open"));
        assert!(!is_pattern("state") && !is_pattern("{name} is here") && !is_pattern("-"));
    }
}
