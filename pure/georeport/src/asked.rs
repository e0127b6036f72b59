//! What was asked, as pairs of a name and words. What is empty is absent.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;

use crate::fault::Fault;
use crate::moment::moment;

/// The pairs of a query or a form, decoded, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

/// The `jurisdiction_id` that was given.
pub fn asks_jurisdiction(pairs: &Pairs) -> Option<&str> {
    pairs.one("jurisdiction_id")
}

/// The `api_key` that was given.
pub fn asks_api_key(pairs: &Pairs) -> Option<&str> {
    pairs.one("api_key")
}

impl Pairs {
    /// The first words under a name that are not empty, without blanks around them.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All words under a name that are not empty.
    pub(crate) fn all<'a, 'n>(
        &'a self,
        name: &'n str,
    ) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let of_name = move |pair: &'a (String, String)| (pair.0 == name).then(|| pair.1.trim());
        self.0
            .iter()
            .filter_map(of_name)
            .filter(|value| !value.is_empty())
    }

    /// The entries of a comma list, which may also be repeated.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let entries = self
            .all(name)
            .flat_map(|value| value.split(','))
            .map(str::trim);
        entries
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The words of `attribute[CODE]` and `attribute[CODE][]`, by code.
    pub(crate) fn attributes(&self) -> BTreeMap<String, Vec<String>> {
        let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in &self.0 {
            let code = name
                .strip_prefix("attribute[")
                .map(|rest| rest.strip_suffix("[]").unwrap_or(rest));
            let code = code
                .and_then(|rest| rest.strip_suffix(']'))
                .filter(|code| !code.is_empty());
            if let Some(code) = code.filter(|_| !value.trim().is_empty()) {
                attributes
                    .entry(code.to_owned())
                    .or_default()
                    .push(value.trim().to_owned());
            }
        }
        attributes
    }

    /// The pairs as they are.
    pub fn into_inner(self) -> Vec<(String, String)> {
        self.0
    }
}

/// Reads one argument after the other and gathers what is wrong.
pub(crate) struct Asked<'a> {
    pairs: &'a Pairs,
    faults: Vec<Fault>,
}

impl<'a> Asked<'a> {
    pub(crate) const fn of(pairs: &'a Pairs) -> Self {
        Self {
            pairs,
            faults: Vec::new(),
        }
    }

    pub(crate) fn wrong(&mut self, description: impl Into<String>) {
        self.faults.push(Fault::wrong(description));
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.pairs.one(name).map(str::to_owned)
    }

    /// Words that must be there; empty, with a fault, when they are not.
    pub(crate) fn required(&mut self, name: &str) -> String {
        self.text(name).unwrap_or_else(|| {
            self.wrong(format!("{name} is missing"));
            String::new()
        })
    }

    pub(crate) fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let words = self.pairs.one(name)?;
        moment(words)
            .map_err(|error| self.wrong(format!("{name} is {error}")))
            .ok()
    }

    pub(crate) fn number<T: FromStr>(&mut self, name: &str) -> Option<T> {
        let words = self.pairs.one(name)?;
        let number = words.parse().ok();
        if number.is_none() {
            self.wrong(format!("{name} is not a number in its range"));
        }
        number
    }

    /// The value, if nothing is wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(self.faults)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_absent() {
        let pairs: Pairs = [
            ("status", ""),
            ("status", " open , closed,"),
            ("api_key", " "),
        ]
        .into_iter()
        .collect();

        assert_eq!(pairs.list("status"), ["open", "closed"]);
        assert_eq!(asks_api_key(&pairs), None);
    }

    #[test]
    fn attributes_are_read_with_and_without_the_mark_of_a_list() {
        let pairs: Pairs = [
            ("attribute[WHICH]", "left"),
            ("attribute[COLOUR][]", "red"),
            ("attribute[COLOUR][]", "green"),
            ("attribute[NONE]", ""),
            ("attribute[]", "nothing"),
            ("attribute", "nothing"),
        ]
        .into_iter()
        .collect();

        let attributes = pairs.attributes();

        assert_eq!(attributes.len(), 2);
        assert_eq!(attributes["WHICH"], ["left"]);
        assert_eq!(attributes["COLOUR"], ["red", "green"]);
    }
}
