//! The application: what somebody asks for, and whom it concerns.

use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;
use text::normalise_phone;

use super::{NAME_MAX, WORDS_MAX, words};
use crate::locked::{Matter, Party};
use crate::model::{How, Subject};

/// An application as it was sent, by a party or by the head for somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawApplication {
    /// A subject's word.
    pub subject: String,
    /// What happened, and what is wished for.
    pub about: String,
    /// Who asks.
    pub own_name: String,
    /// Their telephone.
    pub own_phone: String,
    /// The other party.
    pub other_name: String,
    /// Their telephone.
    pub other_phone: String,
    /// At the desk: how it came, by the word of [`How`], or `offered`.
    pub origin: String,
    /// At the desk: the sign-in name of who asks, if they have one.
    pub own_account: String,
    /// At the desk: the sign-in name of the other party, if they have one.
    pub other_account: String,
}

/// Whose application it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicant {
    /// Somebody with an account: their telephone may stay away.
    SignedIn,
    /// Somebody without: the committee must be able to call them.
    Visitor,
    /// Somebody for whom the head writes.
    AtDesk,
}

/// An application, understood.
#[derive(Clone, Debug)]
pub struct ParsedApplication {
    /// What it is about, from a short list.
    pub subject: Subject,
    /// In words.
    pub matter: Matter,
    /// How who asks agreed; `None` when the committee offers it.
    pub how: Option<How>,
}

impl RawApplication {
    /// Understands the form.
    ///
    /// # Errors
    /// What is wrong, field by field, in the order of the form.
    pub fn parse(&self, applicant: Applicant) -> Result<ParsedApplication, FieldErrors> {
        let mut errors = FieldErrors::default();
        let how = match (applicant, self.origin.as_str()) {
            (Applicant::SignedIn | Applicant::Visitor, _) => Some(How::Web),
            (Applicant::AtDesk, "offered") => None,
            (Applicant::AtDesk, word) => {
                let how = How::from_word(word).filter(|how| How::NOTED.contains(how));
                if how.is_none() {
                    errors.add("origin", Message::of("mediation-error-choose-origin"));
                }
                how
            }
        };
        let subject = Subject::from_word(&self.subject);
        if subject.is_none() {
            errors.add("subject", Message::of("mediation-error-choose-subject"));
        }
        let about = field(&mut errors, "about", &self.about, WORDS_MAX);
        let own_name = field(&mut errors, "own_name", &self.own_name, NAME_MAX);
        let own_phone = phone(&mut errors, "own_phone", &self.own_phone);
        if applicant == Applicant::Visitor && self.own_phone.trim().is_empty() {
            errors.add("own_phone", Message::of("mediation-error-own-phone"));
        }
        let other_name = field(&mut errors, "other_name", &self.other_name, NAME_MAX);
        let other_phone = phone(&mut errors, "other_phone", &self.other_phone);
        let matter = Matter {
            about,
            a: Party {
                name: own_name,
                phone: own_phone,
            },
            b: Party {
                name: other_name,
                phone: other_phone,
            },
            ..Matter::default()
        };
        let Some(subject) = subject else {
            return Err(errors);
        };
        errors.or(ParsedApplication {
            subject,
            matter,
            how,
        })
    }
}

fn field(errors: &mut FieldErrors, name: &'static str, raw: &str, most: usize) -> String {
    match words(raw, most) {
        Ok(words) => words,
        Err(message) => {
            errors.add(name, message);
            String::new()
        }
    }
}

fn phone(errors: &mut FieldErrors, name: &'static str, raw: &str) -> String {
    let digits = normalise_phone(raw.trim());
    if digits.is_none() && !raw.trim().is_empty() {
        errors.add(name, Message::of("mediation-error-phone"));
    }
    digits.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> RawApplication {
        RawApplication {
            subject: "neighbours".to_owned(),
            about: "楼上漏水，墙皮掉了".to_owned(),
            own_name: "王秀英".to_owned(),
            own_phone: "138 1234 5678".to_owned(),
            other_name: "楼上住户".to_owned(),
            ..RawApplication::default()
        }
    }

    #[test]
    fn who_has_no_account_leaves_a_number_to_call() {
        let without = RawApplication {
            own_phone: " ".to_owned(),
            ..raw()
        };

        assert_eq!(
            raw().parse(Applicant::Visitor).unwrap().matter.a.phone,
            "13812345678"
        );
        assert!(without.parse(Applicant::SignedIn).is_ok());
        let errors = without.parse(Applicant::Visitor).unwrap_err();
        assert_eq!(
            errors.of("own_phone").unwrap().id(),
            "mediation-error-own-phone"
        );
    }

    #[test]
    fn an_identity_number_is_never_taken_in() {
        let with_number = RawApplication {
            about: "对方身份证号 11010519491231002X".to_owned(),
            ..raw()
        };

        let errors = with_number.parse(Applicant::Visitor).unwrap_err();

        assert_eq!(
            errors.of("about").unwrap().id(),
            "mediation-error-national-id"
        );
    }

    #[test]
    fn the_head_says_how_it_came() {
        let offered = RawApplication {
            origin: "offered".to_owned(),
            ..raw()
        };
        let by_telephone = RawApplication {
            origin: "telephone".to_owned(),
            ..raw()
        };

        assert_eq!(offered.parse(Applicant::AtDesk).unwrap().how, None);
        let how = by_telephone.parse(Applicant::AtDesk).unwrap().how;
        assert_eq!(how, Some(How::Telephone));
        assert!(
            raw()
                .parse(Applicant::AtDesk)
                .unwrap_err()
                .of("origin")
                .is_some()
        );
    }
}
