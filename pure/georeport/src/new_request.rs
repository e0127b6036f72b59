//! The form by which a request is made.

use std::collections::BTreeMap;

use crate::asked::{Asked, Pairs};
use crate::definition::{Attribute, Datatype, ServiceDefinition};
use crate::fault::Fault;
use crate::moment::moment;
use crate::request::LatLong;

/// Characters of a description.
pub const DESCRIPTION_MAX: usize = 4_000;
/// Characters of any other words.
const WORDS_MAX: usize = 1_000;

/// A request to be made. One of `at`, `address` and `address_id` is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewRequest {
    /// Of which service.
    pub service_code: String,
    /// Where, on the earth.
    pub at: Option<LatLong>,
    /// Where, in words.
    pub address: Option<String>,
    /// Where, in the jurisdiction's register.
    pub address_id: Option<String>,
    /// Answers to the questions of the service, by code; none of them empty.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// What is asked for, at most [`DESCRIPTION_MAX`] characters.
    pub description: Option<String>,
    /// Where a picture is.
    pub media_url: Option<String>,
    /// The requester's given name.
    pub first_name: Option<String>,
    /// The requester's family name.
    pub last_name: Option<String>,
    /// The requester's telephone.
    pub phone: Option<String>,
    /// The requester's address for mail.
    pub email: Option<String>,
    /// The device it was sent from.
    pub device_id: Option<String>,
    /// The requester's account on the sending system.
    pub account_id: Option<String>,
}

impl NewRequest {
    /// Reads the pairs of the form. Whether there is such a service, and what it asks for, is not known here: see
    /// [`NewRequest::check`].
    ///
    /// # Errors
    /// Every argument that is missing, unreadable or too long.
    pub fn parse(pairs: &Pairs) -> Result<Self, Vec<Fault>> {
        let mut asked = Asked::of(pairs);
        let service_code = asked.required("service_code");
        let at = at(&mut asked);
        let new = Self {
            service_code,
            at,
            address: asked.text("address_string"),
            address_id: asked.text("address_id"),
            attributes: pairs.attributes(),
            description: asked.text("description"),
            media_url: asked.text("media_url"),
            first_name: asked.text("first_name"),
            last_name: asked.text("last_name"),
            phone: asked.text("phone"),
            email: asked.text("email"),
            device_id: asked.text("device_id"),
            account_id: asked.text("account_id"),
        };
        let is_somewhere = pairs.one("lat").is_some()
            || pairs.one("long").is_some()
            || new.address.is_some()
            || new.address_id.is_some();
        if !is_somewhere {
            asked.wrong("a place is missing: lat and long, address_string or address_id");
        }
        for (name, words, most) in new.lengths() {
            if words.is_some_and(|words| words.chars().count() > most) {
                asked.wrong(format!("{name} is longer than {most} characters"));
            }
        }
        asked.or(new)
    }

    fn lengths(&self) -> [(&'static str, Option<&str>, usize); 10] {
        [
            ("description", self.description.as_deref(), DESCRIPTION_MAX),
            ("address_string", self.address.as_deref(), WORDS_MAX),
            ("address_id", self.address_id.as_deref(), WORDS_MAX),
            ("media_url", self.media_url.as_deref(), WORDS_MAX),
            ("first_name", self.first_name.as_deref(), WORDS_MAX),
            ("last_name", self.last_name.as_deref(), WORDS_MAX),
            ("phone", self.phone.as_deref(), WORDS_MAX),
            ("email", self.email.as_deref(), WORDS_MAX),
            ("device_id", self.device_id.as_deref(), WORDS_MAX),
            ("account_id", self.account_id.as_deref(), WORDS_MAX),
        ]
    }

    /// What is wrong with its answers to the questions of its service. Answers to questions that were not asked are
    /// passed over.
    pub fn check(&self, definition: &ServiceDefinition) -> Vec<Fault> {
        let asks = definition
            .attributes
            .iter()
            .filter(|attribute| attribute.variable);
        asks.flat_map(|attribute| self.check_one(attribute))
            .collect()
    }

    fn check_one(&self, attribute: &Attribute) -> Vec<Fault> {
        let code = &attribute.code;
        let Some(given) = self.attributes.get(code).filter(|given| !given.is_empty()) else {
            let missing = Fault::wrong(format!("attribute[{code}] is missing"));
            return if attribute.required {
                vec![missing]
            } else {
                Vec::new()
            };
        };
        if given.len() > 1 && attribute.datatype != Datatype::MultiValueList {
            return vec![Fault::wrong(format!("attribute[{code}] takes one value"))];
        }
        let is_known = |value: &String| attribute.values.iter().any(|choice| choice.key == *value);
        let is_right = |value: &String| match attribute.datatype {
            Datatype::String | Datatype::Text => true,
            Datatype::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
            Datatype::Datetime => moment(value).is_ok(),
            Datatype::SingleValueList | Datatype::MultiValueList => is_known(value),
        };
        if given.iter().all(is_right) {
            Vec::new()
        } else {
            vec![Fault::wrong(format!(
                "attribute[{code}] is not a {}",
                attribute.datatype.word()
            ))]
        }
    }

    /// The pairs of the form.
    pub fn pairs(&self) -> Pairs {
        let mut pairs = vec![("service_code".to_owned(), self.service_code.clone())];
        if let Some(at) = self.at {
            pairs.push(("lat".into(), at.lat().to_string()));
            pairs.push(("long".into(), at.long().to_string()));
        }
        let words = self
            .lengths()
            .into_iter()
            .filter_map(|(name, words, _)| Some((name.to_owned(), words?.to_owned())));
        pairs.extend(words);
        for (code, values) in &self.attributes {
            let mark = if values.len() > 1 { "[]" } else { "" };
            pairs.extend(
                values
                    .iter()
                    .map(|value| (format!("attribute[{code}]{mark}"), value.clone())),
            );
        }
        pairs.into_iter().collect()
    }
}

fn at(asked: &mut Asked<'_>) -> Option<LatLong> {
    let (lat, long): (Option<f64>, Option<f64>) = (asked.number("lat"), asked.number("long"));
    if lat.is_some() != long.is_some() {
        asked.wrong("lat and long go together");
    }
    let (lat, long) = lat.zip(long)?;
    let at = LatLong::new(lat, long);
    if at.is_none() {
        asked.wrong("lat and long are no place on the earth");
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Choice;

    fn parse(pairs: &[(&str, &str)]) -> Result<NewRequest, Vec<Fault>> {
        NewRequest::parse(&pairs.iter().copied().collect())
    }

    fn told(result: Result<NewRequest, Vec<Fault>>) -> Vec<String> {
        result
            .unwrap_err()
            .into_iter()
            .map(|fault| fault.description)
            .collect()
    }

    #[test]
    fn a_service_and_a_place_are_enough() {
        let new = parse(&[
            ("service_code", "lamp"),
            ("address_string", "3 幢"),
            ("email", ""),
        ])
        .unwrap();

        assert_eq!(new.address.as_deref(), Some("3 幢"));
        assert_eq!(new.email, None);
    }

    #[test]
    fn what_is_missing_is_told_at_once() {
        assert_eq!(
            told(parse(&[("service_code", " ")])),
            [
                "service_code is missing",
                "a place is missing: lat and long, address_string or address_id"
            ]
        );
        assert_eq!(
            told(parse(&[("service_code", "a"), ("lat", "31")])),
            ["lat and long go together"]
        );
        assert_eq!(
            told(parse(&[
                ("service_code", "a"),
                ("lat", "inf"),
                ("long", "1")
            ])),
            ["lat and long are no place on the earth"]
        );
    }

    #[test]
    fn a_description_has_at_most_4000_characters() {
        let whole = "字".repeat(DESCRIPTION_MAX);
        let longer = "字".repeat(DESCRIPTION_MAX + 1);
        let with = |words: &str| {
            parse(&[
                ("service_code", "a"),
                ("address_id", "1"),
                ("description", words),
            ])
        };

        assert!(with(&whole).is_ok());
        assert_eq!(
            told(with(&longer)),
            ["description is longer than 4000 characters"]
        );
    }

    #[test]
    fn answers_are_checked_against_the_definition() {
        let attribute = |code: &str, datatype, required| Attribute {
            variable: true,
            code: code.into(),
            datatype,
            required,
            datatype_description: None,
            order: None,
            description: None,
            values: vec![Choice {
                key: "red".into(),
                name: "红".into(),
            }],
        };
        let definition = ServiceDefinition {
            service_code: "a".into(),
            attributes: vec![
                attribute("WHEN", Datatype::Datetime, true),
                attribute("MANY", Datatype::Number, false),
                attribute("COLOUR", Datatype::MultiValueList, false),
                attribute("ONE", Datatype::SingleValueList, false),
            ],
        };
        let faults = |pairs: &[(&str, &str)]| {
            let mut all = vec![("service_code", "a"), ("address_id", "1")];
            all.extend_from_slice(pairs);
            let faults = parse(&all).unwrap().check(&definition);
            faults
                .into_iter()
                .map(|fault| fault.description)
                .collect::<Vec<_>>()
        };

        assert_eq!(faults(&[]), ["attribute[WHEN] is missing"]);
        assert_eq!(
            faults(&[
                ("attribute[WHEN]", "2010-01-01T00:00:00Z"),
                ("attribute[OTHER]", "x")
            ]),
            [""; 0]
        );
        assert_eq!(
            faults(&[
                ("attribute[WHEN]", "now"),
                ("attribute[MANY]", "many"),
                ("attribute[COLOUR][]", "red"),
                ("attribute[COLOUR][]", "blue"),
                ("attribute[ONE]", "red"),
                ("attribute[ONE]", "red"),
            ]),
            [
                "attribute[WHEN] is not a datetime",
                "attribute[MANY] is not a number",
                "attribute[COLOUR] is not a multivaluelist",
                "attribute[ONE] takes one value",
            ]
        );
    }
}
