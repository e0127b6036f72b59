//! What can be done to the register: one function for each act, each telling the record what
//! happened. Nothing else writes people, households and consents but the import beside it.

use kernel::events::{
    ConsentGiven, ConsentWithdrawn, CorrectionDecided, CorrectionWished, PersonCorrected,
    PersonEntered, PersonErased, PersonSeen,
};
use kernel::{AccountId, ImportId, PersonId};
use platform::access::Allowed;
use platform::db::StoreError;
use platform::{Message, Refusal, Tx, door};

use crate::model::{Address, Household, Particulars, Purpose};
use crate::places::Doors;
use crate::skills;
use crate::store::corrections::{self, Field, Wish};
use crate::store::register::{self, Entry};
use crate::store::{self, Consent, Record};

/// Why an act on the register is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else corrected the entry in between.
    #[error("the entry was corrected by somebody else")]
    Changed,
    /// The wish was answered already.
    #[error("the wish was answered already")]
    Decided,
    /// What was wished is no name or no address any more.
    #[error("the wish cannot be understood")]
    UnreadableWish,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Changed => Self::Conflict(Message::of("people-changed-meanwhile")),
            Error::Decided => Self::Conflict(Message::of("people-wish-decided-already")),
            Error::UnreadableWish => Self::Invalid(Message::of("people-wish-unreadable")),
            Error::Store(error) => error.into(),
        }
    }
}

/// Why a record is opened; the word that the resident's own page turns into a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// On duty.
    Service,
    /// To take the data along.
    Export,
}

impl Look {
    const fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Export => "export",
        }
    }
}

/// Notes that a record was opened. The resident can read it.
pub fn see(tx: &mut Tx, record: &Allowed<Record>, look: Look) {
    let person = record.as_inner().standing.person;
    tx.emit(&PersonSeen {
        person,
        purpose: look.word().to_owned(),
    });
}

/// Enters many dwellings and people at once, in a few statements.
///
/// # Errors
/// When the database refuses; then the transaction must be dropped.
pub async fn enter_many(
    tx: &mut Tx,
    households: &[Household],
    people: &[Entry],
    import: Option<ImportId>,
) -> Result<(), StoreError> {
    register::insert_households(tx, households, import).await?;
    register::put(tx, people).await?;
    for entry in people {
        tx.emit(&PersonEntered { person: entry.id });
    }
    Ok(())
}

/// Notes many consents at once, given on paper by people whom nobody has asked before.
///
/// # Errors
/// When the database refuses; then the transaction must be dropped.
pub async fn enter_consents(
    tx: &mut Tx,
    given: &[(PersonId, Purpose)],
    helper: Option<AccountId>,
) -> Result<(), StoreError> {
    register::insert_consents(tx, given, helper).await?;
    for (person, purpose) in given {
        let purpose = purpose.word().to_owned();
        tx.emit(&ConsentGiven {
            person: *person,
            purpose,
            version: Purpose::VERSION,
        });
    }
    Ok(())
}

/// What an entry shall say.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The version that the form was made from.
    pub version: i64,
    /// What the register shall say.
    pub particulars: Particulars,
    /// Where they live, when that changes.
    pub address: Option<Address>,
}

/// Corrects an entry. Returns whether there was anything to correct.
///
/// # Errors
/// [`Error::Changed`] when somebody else was faster.
pub async fn correct(
    tx: &mut Tx,
    record: Allowed<Record>,
    doors: &mut Doors,
    correct: Correct,
) -> Result<bool, Error> {
    let record = record.into_inner();
    let fields = changed_fields(tx, &record, &correct)?;
    if fields.is_empty() {
        return Ok(false);
    }
    let household = match &correct.address {
        Some(address) if fields.contains(&"address".to_owned()) => {
            Some(household_of(tx, doors, address).await?)
        }
        _ => record.household,
    };
    let person = record.standing.person;
    let entry = Entry {
        id: person,
        household,
        particulars: correct.particulars,
        import: None,
        version: correct.version + 1,
    };
    if !register::correct(tx, &entry, correct.version).await? {
        return Err(Error::Changed);
    }
    tx.emit(&PersonCorrected { person, fields });
    Ok(true)
}

/// Which fields a correction changes, by name.
fn changed_fields(tx: &Tx, record: &Record, correct: &Correct) -> Result<Vec<String>, StoreError> {
    let Particulars {
        name,
        sex,
        birth_date,
        phone,
        relation,
        residence,
    } = &correct.particulars;
    let old_phone = record.phone(tx.house().vault());
    if old_phone.is_none() && record.has_phone() {
        return Err(StoreError::Unreadable(
            "a telephone number does not open".into(),
        ));
    }
    let address = correct
        .address
        .as_ref()
        .is_some_and(|address| address.text != record.address);
    Ok([
        ("name", *name != record.name),
        ("sex", *sex != record.sex),
        ("birth_date", *birth_date != record.birth_date),
        ("phone", *phone != old_phone),
        ("relation", *relation != record.relation),
        ("residence", *residence != record.residence),
        ("address", address),
    ]
    .into_iter()
    .filter(|(_, is_changed)| *is_changed)
    .map(|(field, _)| field.to_owned())
    .collect())
}

/// The dwelling behind an address, entered if the register does not have it.
async fn household_of(
    tx: &Tx,
    doors: &mut Doors,
    address: &Address,
) -> Result<kernel::HouseholdId, StoreError> {
    let place = doors.place(&address.key);
    let key = address.key.to_string();
    let (unit, room) = (address.unit(), address.room());
    let known =
        register::household_at(tx, tx.community(), &key, place.building, unit, room).await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let household = Household {
        id: tx.new_id(),
        address: address.clone(),
        place,
    };
    register::insert_households(tx, std::slice::from_ref(&household), None).await?;
    Ok(household.id)
}

/// Gives consent: by the person, or noted by a helper from paper (rule R29). Returns whether it
/// was new.
pub async fn give_consent(
    tx: &mut Tx,
    record: &Allowed<Record>,
    purpose: Purpose,
    helper: Option<AccountId>,
) -> Result<bool, StoreError> {
    let person = record.as_inner().standing.person;
    let given = Consent {
        purpose,
        version: Purpose::VERSION,
        given_at: tx.now,
        withdrawn_at: None,
        helper,
    };
    let is_new = store::give_consent(tx, tx.community(), tx.new_id(), person, &given).await?;
    if is_new {
        let purpose = purpose.word().to_owned();
        tx.emit(&ConsentGiven {
            person,
            purpose,
            version: Purpose::VERSION,
        });
    }
    Ok(is_new)
}

/// Withdraws consent, as easily as it was given. Returns whether it was in force.
pub async fn withdraw_consent(
    tx: &mut Tx,
    record: &Allowed<Record>,
    purpose: Purpose,
) -> Result<bool, StoreError> {
    let person = record.as_inner().standing.person;
    let was_given = store::withdraw_consent(tx, tx.community(), person, purpose, tx.now).await?;
    if was_given {
        tx.emit(&ConsentWithdrawn {
            person,
            purpose: purpose.word().to_owned(),
        });
    }
    Ok(was_given)
}

/// Asks the desk to correct what one cannot correct oneself.
pub async fn wish(
    tx: &mut Tx,
    record: &Allowed<Record>,
    field: Field,
    words: &str,
) -> Result<(), StoreError> {
    let person = record.as_inner().standing.person;
    corrections::enter(tx, person, field, words).await?;
    tx.emit(&CorrectionWished {
        person,
        field: field.word().to_owned(),
    });
    Ok(())
}

/// The desk's answer to a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The entry is corrected as wished.
    Granted,
    /// It is not, and why.
    Refused(String),
}

/// Answers a wish; if it is granted, the entry says at once what was wished.
///
/// # Errors
/// [`Error::Decided`] when a colleague was faster.
pub async fn decide(
    tx: &mut Tx,
    record: Allowed<Record>,
    doors: &mut Doors,
    wish: &Wish,
    answer: &Answer,
) -> Result<(), Error> {
    if !corrections::decide(tx, wish.id, answer).await? {
        return Err(Error::Decided);
    }
    let person = record.as_inner().standing.person;
    if *answer == Answer::Granted {
        let as_wished = as_wished(tx, record.as_inner(), wish)?;
        correct(tx, record, doors, as_wished).await?;
    }
    tx.emit(&CorrectionDecided {
        person,
        field: wish.field.word().to_owned(),
        is_granted: *answer == Answer::Granted,
    });
    Ok(())
}

fn as_wished(tx: &Tx, record: &Record, wish: &Wish) -> Result<Correct, Error> {
    let mut correct = Correct {
        version: record.version,
        particulars: particulars_of(record, record.phone(tx.house().vault())),
        address: None,
    };
    match wish.field {
        Field::Name => {
            correct.particulars.name =
                crate::model::parse_name(&wish.words).map_err(|_| Error::UnreadableWish)?;
        }
        Field::Address => {
            let address = Address::parse(&wish.words).map_err(|_| Error::UnreadableWish)?;
            correct.address = Some(address);
        }
    }
    Ok(correct)
}

/// What an entry says, with this telephone number.
pub(crate) fn particulars_of(record: &Record, phone: Option<String>) -> Particulars {
    Particulars {
        name: record.name.clone(),
        sex: record.sex,
        birth_date: record.birth_date,
        phone,
        relation: record.relation,
        residence: record.residence,
    }
}

/// Erases an entry: what is personal goes, the account no longer leads to it, the record of
/// events stays and names nobody.
pub async fn erase(tx: &mut Tx, record: Allowed<Record>) -> Result<PersonId, Error> {
    let record = record.into_inner();
    let person = record.standing.person;
    for purpose in Purpose::ALL {
        store::withdraw_consent(tx, tx.community(), person, *purpose, tx.now).await?;
    }
    if !register::erase(tx, person).await? {
        return Err(Error::Changed);
    }
    skills::forget(tx, person).await?;
    door::unlink_person(tx, person).await?;
    tx.emit(&PersonErased { person });
    Ok(person)
}
