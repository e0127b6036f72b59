//! Every locale says the same things: the same messages, each with the same variables and attributes.

use std::collections::BTreeMap;

use super::Fault;
use super::fluent::{Message, messages_in};
use super::sources::{Sources, fault_in_line};

/// The locales that are complete.
const LOCALES: [&str; 2] = ["zh-CN", "en"];

/// The messages of one room in one locale.
#[derive(Clone, Copy)]
pub struct LocaleFile<'a> {
    /// From the root of the checkout.
    pub path: &'a str,
    /// The folder `locales` of the room, or one in it for a part of its words.
    pub folder: &'a str,
    /// As in the file's name: `zh-CN`.
    pub locale: &'a str,
    /// What the file says.
    pub text: &'a str,
}

/// All locale files of all rooms.
pub fn locale_files(sources: &Sources) -> impl Iterator<Item = LocaleFile<'_>> {
    sources.with_ending(&["ftl"]).filter_map(|(path, text)| {
        let (folder, name) = path.rsplit_once('/')?;
        let locale = name.strip_suffix(".ftl")?;
        let is_of_a_room = folder.split('/').any(|part| part == "locales");
        is_of_a_room.then_some(LocaleFile {
            path,
            folder,
            locale,
            text,
        })
    })
}

/// Messages that one locale has and another has not, or that take different variables there.
pub fn unlike_between_locales(sources: &Sources) -> Vec<Fault> {
    let mut rooms: BTreeMap<&str, BTreeMap<&str, LocaleFile>> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut homes: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for file in locale_files(sources) {
        for message in messages_in(file.text) {
            let home = homes.insert((file.locale, message.id.clone()), file.path);
            if let Some(home) = home {
                let what = format!("`{}` is already in {home}", message.id);
                faults.push(fault_in_line("translation", file.path, message.line, what));
            }
        }
        rooms
            .entry(file.folder)
            .or_default()
            .insert(file.locale, file);
    }
    for (folder, files) in &rooms {
        let missing = LOCALES.iter().filter(|locale| !files.contains_key(*locale));
        faults.extend(missing.map(|locale| Fault {
            check: "translation",
            place: format!("{folder}/{locale}.ftl"),
            what: "is missing".to_owned(),
        }));
        for one in files.values() {
            faults.extend(
                files
                    .values()
                    .filter(|other| other.locale != one.locale)
                    .flat_map(|other| compare(one, other)),
            );
        }
    }
    faults
}

/// What is in one file and not so in the other.
fn compare(one: &LocaleFile, other: &LocaleFile) -> Vec<Fault> {
    let there: BTreeMap<String, Message> = messages_in(other.text)
        .into_iter()
        .map(|message| (message.id.clone(), message))
        .collect();
    let mut faults = Vec::new();
    for message in messages_in(one.text) {
        let fault = |what| fault_in_line("translation", one.path, message.line, what);
        let id = &message.id;
        match there.get(id) {
            None => faults.push(fault(format!("`{id}` is not in {}", other.path))),
            // Told once, from the file whose locale comes first.
            Some(_) if one.locale > other.locale => {}
            Some(twin) if twin.variables != message.variables => {
                faults.push(fault(format!(
                    "`{id}` takes other variables in {}",
                    other.path
                )));
            }
            Some(twin) if twin.attributes != message.attributes => {
                faults.push(fault(format!(
                    "`{id}` has other attributes in {}",
                    other.path
                )));
            }
            Some(_) => {}
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(Fault::to_string).collect()
    }

    #[test]
    fn locales_must_say_the_same_with_the_same_variables() {
        let sources = Sources::from([
            ("a/locales/en.ftl", "hello = Hello { $name }\nonly = Only\n"),
            ("a/locales/zh-CN.ftl", "hello = 你好\n"),
            ("b/locales/en.ftl", "hello = Again\n"),
        ]);

        assert_eq!(
            told(&unlike_between_locales(&sources)),
            [
                "b/locales/en.ftl: line 1: `hello` is already in a/locales/en.ftl [translation]",
                "a/locales/en.ftl: line 1: `hello` takes other variables in a/locales/zh-CN.ftl [translation]",
                "a/locales/en.ftl: line 2: `only` is not in a/locales/zh-CN.ftl [translation]",
                "b/locales/zh-CN.ftl: is missing [translation]",
            ]
        );
    }
}
