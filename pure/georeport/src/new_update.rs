//! The form by which another system tells what happened to a request (the extension of FixMyStreet's open311-adapter).

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::asked::{Asked, Pairs};
use crate::fault::Fault;
use crate::moment::told;
use crate::new_request::DESCRIPTION_MAX;
use crate::update::UpdateStatus;

/// Characters of a mark.
const MARK_MAX: usize = 200;

/// An update to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpdate {
    /// Its mark on the sending system: sent again, it is refused or answered as before.
    pub update_id: String,
    /// To which request, by the receiver's number.
    pub service_request_id: String,
    /// Where the request stands since.
    pub status: UpdateStatus,
    /// When.
    pub updated_datetime: Timestamp,
    /// What was said, at most [`DESCRIPTION_MAX`] characters.
    pub description: String,
    /// Where pictures are.
    pub media_urls: Vec<String>,
    /// Who says so: the given name.
    pub first_name: Option<String>,
    /// Who says so: the family name.
    pub last_name: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their address for mail.
    pub email: Option<String>,
    /// How they are addressed.
    pub title: Option<String>,
    /// Their account on the sending system.
    pub account_id: Option<String>,
    /// Of which service the request is now.
    pub service_code: Option<String>,
    /// Whether they asked not to be named in public.
    pub is_anonymous: bool,
    /// Further answers, by code.
    pub attributes: BTreeMap<String, Vec<String>>,
}

impl NewUpdate {
    /// Reads the pairs of the form.
    ///
    /// # Errors
    /// Every argument that is missing, unreadable or too long.
    pub fn parse(pairs: &Pairs) -> Result<Self, Vec<Fault>> {
        let mut asked = Asked::of(pairs);
        let update_id = asked.required("update_id");
        if update_id.chars().count() > MARK_MAX {
            asked.wrong(format!("update_id is longer than {MARK_MAX} characters"));
        }
        let service_request_id = asked.required("service_request_id");
        let word = asked.required("status");
        let status = UpdateStatus::from_word(&word);
        if status.is_none() && !word.is_empty() {
            asked.wrong("status is none of the extended statuses");
        }
        asked.required("updated_datetime");
        let updated_datetime = asked.moment("updated_datetime");
        let description = asked.required("description");
        if description.chars().count() > DESCRIPTION_MAX {
            asked.wrong(format!(
                "description is longer than {DESCRIPTION_MAX} characters"
            ));
        }
        let media = pairs.all("media_url").chain(pairs.all("media_url[]"));
        asked.or(Self {
            update_id,
            service_request_id,
            // A status or moment that could not be read is among the faults, and this is not handed out.
            status: status.unwrap_or(UpdateStatus::Open),
            updated_datetime: updated_datetime.unwrap_or_default(),
            description,
            media_urls: media.map(str::to_owned).collect(),
            first_name: pairs.one("first_name").map(str::to_owned),
            last_name: pairs.one("last_name").map(str::to_owned),
            phone: pairs.one("phone").map(str::to_owned),
            email: pairs.one("email").map(str::to_owned),
            title: pairs.one("title").map(str::to_owned),
            account_id: pairs.one("account_id").map(str::to_owned),
            service_code: pairs.one("service_code").map(str::to_owned),
            is_anonymous: pairs
                .one("public_anonymity_required")
                .is_some_and(|word| word.eq_ignore_ascii_case("true") || word == "1"),
            attributes: pairs.attributes(),
        })
    }

    /// The pairs of the form.
    pub fn pairs(&self) -> Pairs {
        let must = [
            ("update_id", self.update_id.clone()),
            ("service_request_id", self.service_request_id.clone()),
            ("status", self.status.word().to_owned()),
            ("updated_datetime", told(self.updated_datetime)),
            ("description", self.description.clone()),
            ("public_anonymity_required", self.is_anonymous.to_string()),
        ];
        let may = [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("phone", &self.phone),
            ("email", &self.email),
            ("title", &self.title),
            ("account_id", &self.account_id),
            ("service_code", &self.service_code),
        ];
        let must = must
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        let may = may
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        let media = self
            .media_urls
            .iter()
            .map(|url| ("media_url[]".to_owned(), url.clone()));
        let attributes = self.attributes.iter().flat_map(|(code, values)| {
            values
                .iter()
                .map(move |value| (format!("attribute[{code}][]"), value.clone()))
        });
        must.chain(may).chain(media).chain(attributes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_missing_is_told_at_once() {
        let faults = NewUpdate::parse(&Pairs::default()).unwrap_err();

        let told: Vec<&str> = faults
            .iter()
            .map(|fault| fault.description.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "update_id is missing",
                "service_request_id is missing",
                "status is missing",
                "updated_datetime is missing",
                "description is missing",
            ]
        );
    }

    #[test]
    fn a_status_and_a_moment_must_be_readable() {
        let pairs: Pairs = [
            ("update_id", "7"),
            ("service_request_id", "QS-2026-000001"),
            ("status", "confused"),
            ("updated_datetime", "today"),
            ("description", "在修了"),
        ]
        .into_iter()
        .collect();

        let faults = NewUpdate::parse(&pairs).unwrap_err();

        assert!(faults[0].description.contains("status"));
        assert!(faults[1].description.contains("updated_datetime"));
    }
}
