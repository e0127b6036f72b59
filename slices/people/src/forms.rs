//! Forms of this room, from raw words to what an act takes.

use jiff::civil::Date;
use platform::Message;
use platform::vault::Vault;
use platform::web::FieldErrors;
use serde::Deserialize;

use crate::actions::{Correct, particulars_of};
use crate::model::{Address, Purpose, Relation, Residence, Sex, parse_birth_date, parse_name};
use crate::store::Record;
use crate::store::corrections::Field;

/// The longest reason for a refusal, in characters.
pub const REASON_MAX: usize = 300;

/// The form of a record at the desk.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawRecord {
    /// The version that the form was made from.
    pub version: String,
    /// The name.
    pub name: String,
    /// A word of [`Sex`].
    pub sex: String,
    /// The day of birth.
    pub birth_date: String,
    /// A new telephone number; empty leaves the one that is kept.
    pub phone: String,
    /// Ticked to remove the telephone number.
    pub no_phone: String,
    /// A word of [`Relation`].
    pub relation: String,
    /// A word of [`Residence`].
    pub residence: String,
    /// The address as written.
    pub address: String,
}

impl RawRecord {
    /// The form of a record as it is now. The telephone number stays out of it: who corrects a
    /// name need not read it.
    pub fn of(record: &Record) -> Self {
        Self {
            version: record.version.to_string(),
            name: record.name.clone(),
            sex: record.sex.word().to_owned(),
            birth_date: record
                .birth_date
                .map(|date| date.to_string())
                .unwrap_or_default(),
            phone: String::new(),
            no_phone: String::new(),
            relation: record.relation.word().to_owned(),
            residence: record.residence.word().to_owned(),
            address: record.address.clone(),
        }
    }

    /// Reads the form, over what the record says.
    ///
    /// # Errors
    /// Field by field, what is wrong.
    pub fn parse(
        &self,
        record: &Record,
        vault: &Vault,
        today: Date,
    ) -> Result<Correct, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut particulars = particulars_of(record, record.phone(vault));
        match parse_name(&self.name) {
            Ok(name) => particulars.name = name,
            Err(_) => errors.add("name", Message::of("people-form-name")),
        }
        particulars.sex = Sex::from_word(&self.sex).unwrap_or(record.sex);
        particulars.relation = Relation::from_word(&self.relation).unwrap_or(record.relation);
        particulars.residence = Residence::from_word(&self.residence).unwrap_or(record.residence);
        particulars.birth_date = birth_date(&self.birth_date, today, &mut errors);
        if !self.no_phone.is_empty() {
            particulars.phone = None;
        } else if !self.phone.trim().is_empty() {
            particulars.phone = phone(&self.phone, &mut errors);
        }
        let written = self.address.trim();
        let address = (written != record.address).then(|| Address::parse(written));
        if matches!(address, Some(Err(_))) {
            errors.add("address", Message::of("people-form-address"));
        }
        errors.or(Correct {
            version: version(&self.version),
            particulars,
            address: address.and_then(Result::ok),
        })
    }
}

/// The form with which one corrects one's own data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawOwn {
    /// The version that the form was made from.
    pub version: String,
    /// The telephone number; empty removes it.
    pub phone: String,
    /// The day of birth.
    pub birth_date: String,
}

impl RawOwn {
    /// The form of one's record as it is now.
    pub fn of(record: &Record, vault: &Vault) -> Self {
        Self {
            version: record.version.to_string(),
            phone: record.phone(vault).unwrap_or_default(),
            birth_date: record
                .birth_date
                .map(|date| date.to_string())
                .unwrap_or_default(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Field by field, what is wrong.
    pub fn parse(&self, record: &Record, today: Date) -> Result<Correct, FieldErrors> {
        let mut errors = FieldErrors::default();
        let number = match self.phone.trim() {
            "" => None,
            written => phone(written, &mut errors),
        };
        let mut particulars = particulars_of(record, number);
        particulars.birth_date = birth_date(&self.birth_date, today, &mut errors);
        errors.or(Correct {
            version: version(&self.version),
            particulars,
            address: None,
        })
    }
}

/// The form with which one asks the desk for a correction.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawWish {
    /// A word of [`Field`].
    pub field: String,
    /// What it should say.
    pub wish: String,
}

impl RawWish {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(&self) -> Result<(Field, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let field = Field::from_word(&self.field).unwrap_or(Field::Name);
        let is_good = match field {
            Field::Name => parse_name(&self.wish).is_ok(),
            Field::Address => Address::parse(&self.wish).is_ok(),
        };
        if self.wish.trim().is_empty() {
            errors.add("wish", Message::of("people-wish-empty"));
        } else if !is_good {
            errors.add(
                "wish",
                Message::of(match field {
                    Field::Name => "people-form-name",
                    Field::Address => "people-form-address",
                }),
            );
        }
        errors.or((field, self.wish.trim().to_owned()))
    }
}

/// Giving or withdrawing consent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawConsent {
    /// A word of [`Purpose`].
    pub purpose: String,
    /// `give` or `withdraw`.
    pub choice: String,
}

/// What one does about consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Gives it.
    Give(Purpose),
    /// Withdraws it.
    Withdraw(Purpose),
}

impl RawConsent {
    /// Reads the form; `None` when it is not one of ours.
    pub fn parse(&self) -> Option<Choice> {
        let purpose = Purpose::from_word(&self.purpose)?;
        match self.choice.as_str() {
            "give" => Some(Choice::Give(purpose)),
            "withdraw" => Some(Choice::Withdraw(purpose)),
            _ => None,
        }
    }
}

/// The desk's answer to a wish.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAnswer {
    /// `granted` or `refused`.
    pub decision: String,
    /// Why not.
    pub reason: String,
}

fn birth_date(written: &str, today: Date, errors: &mut FieldErrors) -> Option<Date> {
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    let date = parse_birth_date(written, today);
    if date.is_err() {
        errors.add("birth_date", Message::of("people-form-birth-date"));
    }
    date.ok()
}

fn phone(written: &str, errors: &mut FieldErrors) -> Option<String> {
    let digits = text::normalise_phone(written);
    if digits.is_none() {
        errors.add("phone", Message::of("people-form-phone"));
    }
    digits
}

/// A form without a version is an old one: no entry has version 0.
fn version(written: &str) -> i64 {
    written.parse().unwrap_or(0)
}
