//! Fluent files, read as far as tidy needs: which messages there are, which variables they take, what they refer to.
//!
//! Whether a file is right in every detail is found at the program's start, which parses it in full.

use std::collections::BTreeSet;

/// A message or term of one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// As it is written: `request-closed`, or `-brand` for a term.
    pub id: String,
    /// The line it begins in, counted from 0.
    pub line: usize,
    /// `$name` of all its placeables.
    pub variables: BTreeSet<String>,
    /// `.label` of all its attributes.
    pub attributes: BTreeSet<String>,
    /// Other messages and terms within its placeables.
    pub references: BTreeSet<String>,
}

/// The messages of a file in their order.
pub fn messages_in(file: &str) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    for (line, text) in file.lines().enumerate() {
        if text.starts_with('#') {
            continue;
        }
        let is_inside = text.starts_with([' ', '}', '\t', '[', '*']);
        if let Some((id, pattern)) = (!is_inside).then(|| text.split_once('=')).flatten() {
            messages.push(Message {
                id: id.trim().to_owned(),
                line,
                ..Message::default()
            });
            if let Some(message) = messages.last_mut() {
                message.read(pattern);
            }
        } else if let Some(message) = messages.last_mut() {
            message.read(text);
        }
    }
    messages
}

impl Message {
    fn read(&mut self, text: &str) {
        if let Some((name, _)) = text
            .trim_start()
            .strip_prefix('.')
            .and_then(|rest| rest.split_once('='))
        {
            self.attributes.insert(name.trim().to_owned());
        }
        for (at, _) in text.match_indices('$') {
            self.variables.insert(word(&text[at + 1..]).to_owned());
        }
        for (at, _) in text.match_indices('{') {
            let inside = text[at + 1..].trim_start();
            let (dash, name) = inside
                .strip_prefix('-')
                .map_or(("", inside), |name| ("-", name));
            let name = word(name);
            // Functions are written in capitals, as in `{ NUMBER($count) }`.
            if name.starts_with(|first: char| first.is_ascii_lowercase()) {
                self.references.insert(format!("{dash}{name}"));
            }
        }
    }
}

fn word(text: &str) -> &str {
    let end = text.find(|character: char| {
        !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
    });
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_with_its_variables_attributes_and_references() {
        let file = "\
# A comment = no message
## A section
-brand = Linli
request-closed = Closed by { $worker } at { -brand }, { NUMBER($count) } days
    .label = Closed
waiting =
    { $count ->
        [one] one matter
       *[other] { $count } matters, see { request-closed }
    }
";

        let messages = messages_in(file);

        let ids: Vec<_> = messages.iter().map(|message| message.id.as_str()).collect();
        assert_eq!(ids, ["-brand", "request-closed", "waiting"]);
        assert_eq!(
            messages[1].variables,
            BTreeSet::from(["count".to_owned(), "worker".to_owned()])
        );
        assert_eq!(messages[1].attributes, BTreeSet::from(["label".to_owned()]));
        assert_eq!(
            messages[1].references,
            BTreeSet::from(["-brand".to_owned()])
        );
        assert_eq!(messages[2].variables, BTreeSet::from(["count".to_owned()]));
        assert_eq!(
            messages[2].references,
            BTreeSet::from(["request-closed".to_owned()])
        );
        assert_eq!(messages[2].line, 5);
    }
}
