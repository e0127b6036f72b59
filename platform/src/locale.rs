//! Words: Fluent messages of all rooms, merged at start. A message that is missing from a
//! language, or that two rooms define, does not let the program start.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::slice::Slice;

mod dates;

/// A language in which the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locale {
    /// 简体中文.
    ZhCn,
    /// English.
    En,
    /// A right-to-left test language: English words in brackets. Offered only under test.
    Mirror,
}

impl Locale {
    /// Those that people can choose.
    pub const OFFERED: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
            Self::Mirror => "ar-XB",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "中文",
            Self::En => "English",
            Self::Mirror => "Mirror",
        }
    }

    /// `ltr` or `rtl`.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::ZhCn | Self::En => "ltr",
            Self::Mirror => "rtl",
        }
    }

    /// The language of a tag that somebody chose.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::ZhCn, Self::En, Self::Mirror]
            .into_iter()
            .find(|locale| locale.tag() == tag)
    }

    /// The best of `Accept-Language`; Chinese when nothing fits.
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .map(|range| {
                range
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_ascii_lowercase()
            })
            .find_map(|tag| match tag.split('-').next() {
                Some("zh") => Some(Self::ZhCn),
                Some("en") => Some(Self::En),
                _ => None,
            })
            .unwrap_or(Self::ZhCn)
    }
}

/// Something to be put into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Words as they are.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Another message.
    Message(&'static str),
}

/// What can be put into a message: words, numbers, and references to them, as templates pass them.
pub trait Sayable {
    /// As the message takes it.
    fn argument(&self) -> Argument;
}

impl<T: Sayable + ?Sized> Sayable for &T {
    fn argument(&self) -> Argument {
        (**self).argument()
    }
}

impl Sayable for str {
    fn argument(&self) -> Argument {
        Argument::Text(self.to_owned())
    }
}

impl Sayable for String {
    fn argument(&self) -> Argument {
        Argument::Text(self.clone())
    }
}

impl Sayable for Argument {
    fn argument(&self) -> Argument {
        self.clone()
    }
}

macro_rules! sayable_numbers {
    ($($type:ty),+) => {$(
        impl Sayable for $type {
            fn argument(&self) -> Argument {
                Argument::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )+};
}
sayable_numbers!(i64, u64, i32, u32, usize);

/// Something to be said to a person, in whichever language they read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    id: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// The message of this id.
    pub const fn of(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
        }
    }

    /// … with something put in.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: impl Sayable) -> Self {
        self.arguments.push((name, argument.argument()));
        self
    }

    /// Its id.
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

/// All messages in all languages.
pub struct Locales {
    known: BTreeSet<&'static str>,
    /// Those into which nothing is put, ready to be said: most of a page.
    plain: [HashMap<&'static str, String>; 2],
    zh_cn: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl fmt::Debug for Locales {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Locales")
    }
}

impl Locales {
    pub(crate) fn of(slices: &[Slice]) -> anyhow::Result<Self> {
        let own = [
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ];
        let texts = |locale: Locale| {
            own.into_iter()
                .chain(
                    slices
                        .iter()
                        .flat_map(|slice| slice.locales.iter().copied()),
                )
                .filter(move |(of, _)| *of == locale)
                .map(|(_, text)| text)
        };
        let known: BTreeSet<&'static str> = texts(Locale::ZhCn).flat_map(ids).collect();
        let zh_cn = bundle(Locale::ZhCn, texts(Locale::ZhCn))?;
        let en = bundle(Locale::En, texts(Locale::En))?;
        Ok(Self {
            plain: [&zh_cn, &en].map(|bundle| plain(bundle, &known)),
            known,
            zh_cn,
            en,
        })
    }

    /// A message in a language. A missing one shows its id, which a test finds.
    pub fn say(&self, locale: Locale, message: &Message) -> String {
        let mut arguments = FluentArgs::new();
        for (name, argument) in &message.arguments {
            let value: FluentValue<'_> = match argument {
                Argument::Text(text) => text.as_str().into(),
                Argument::Number(number) => FluentValue::from(*number),
                Argument::Message(id) => self.say(locale, &Message::of(id)).into(),
            };
            arguments.set(*name, value);
        }
        self.format(locale, message.id, Some(&arguments))
    }

    /// A message without anything put in.
    pub fn word(&self, locale: Locale, id: &str) -> String {
        self.format(locale, id, None)
    }

    /// The id itself, if there is such a message: for ids that come from outside.
    pub fn known_id(&self, id: &str) -> Option<&'static str> {
        self.known.get(id).copied()
    }

    fn format(&self, locale: Locale, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let (bundle, plain) = match locale {
            Locale::ZhCn => (&self.zh_cn, &self.plain[0]),
            Locale::En | Locale::Mirror => (&self.en, &self.plain[1]),
        };
        if let Some(words) = plain.get(id) {
            return match locale {
                Locale::ZhCn | Locale::En => words.clone(),
                Locale::Mirror => format!("⟦{words}⟧"),
            };
        }
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, "message missing");
            return id.to_owned();
        };
        let mut errors = Vec::new();
        let words = bundle
            .format_pattern(pattern, arguments, &mut errors)
            .into_owned();
        match locale {
            Locale::ZhCn | Locale::En => words,
            Locale::Mirror => format!("⟦{words}⟧"),
        }
    }
}

fn plain(
    bundle: &FluentBundle<FluentResource>,
    known: &BTreeSet<&'static str>,
) -> HashMap<&'static str, String> {
    let word = |id: &&'static str| {
        let pattern = bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let words = bundle.format_pattern(pattern, None, &mut errors);
        errors.is_empty().then(|| (*id, words.into_owned()))
    };
    known.iter().filter_map(word).collect()
}

fn bundle<'a>(
    locale: Locale,
    texts: impl Iterator<Item = &'a str>,
) -> anyhow::Result<FluentBundle<FluentResource>> {
    let tag: LanguageIdentifier = locale.tag().parse()?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    for text in texts {
        let resource = FluentResource::try_new(text.to_owned())
            .map_err(|(_, errors)| anyhow::anyhow!("{}: {errors:?}", locale.tag()))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| anyhow::anyhow!("{}: {errors:?}", locale.tag()))?;
    }
    Ok(bundle)
}

/// The ids that a Fluent text defines.
pub fn ids(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_its_language_and_otherwise_chinese() {
        assert_eq!(Locale::accepted("en-GB,en;q=0.9"), Locale::En);
        assert_eq!(Locale::accepted("fr, zh-TW;q=0.5"), Locale::ZhCn);
        assert_eq!(Locale::accepted(""), Locale::ZhCn);
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let zh_cn = ids(include_str!("../locales/zh-CN.ftl"));
        let en = ids(include_str!("../locales/en.ftl"));

        assert_eq!(zh_cn, en);
    }
}
