//! What happened around one person's record, in words: who looked, why, and what was changed. The
//! same sentences at the desk and on the person's own page.

use kernel::events::{
    ConsentGiven, ConsentWithdrawn, CorrectionDecided, CorrectionWished, Event, PersonCorrected,
    PersonEntered, PersonErased, PersonSeen,
};
use kernel::{AccountId, Instant, PersonId};
use platform::db::StoreError;
use platform::record::{self, Recorded};
use platform::{Message, Visit, door};

use crate::model::Purpose;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Happened {
    /// When.
    pub at: Instant,
    /// Who did it.
    pub who: String,
    /// What it was.
    pub what: String,
}

/// What happened around a person, newest first, in two statements.
pub async fn around(
    visit: &Visit,
    person: PersonId,
    limit: u32,
) -> Result<Vec<Happened>, StoreError> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let events = record::around_person(&reader, community, person, limit).await?;
    let mut accounts: Vec<AccountId> = events.iter().filter_map(|event| event.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = door::names(&reader, community, &accounts).await?;
    let say = |id: &'static str| visit.house().locales().word(visit.locale(), id);
    Ok(events
        .iter()
        .map(|event| Happened {
            at: event.at,
            who: match event.account {
                Some(account) if visit.actor().account == Some(account) => {
                    say("people-history-you")
                }
                Some(account) => names
                    .get(&account)
                    .cloned()
                    .unwrap_or_else(|| say("people-history-former")),
                None => say("people-history-program"),
            },
            what: what(visit, event),
        })
        .collect())
}

fn what(visit: &Visit, event: &Recorded) -> String {
    let locales = visit.house().locales();
    let word = |id: &'static str| locales.word(visit.locale(), id);
    let purpose = |stored: &str| {
        Purpose::from_word(stored).map_or_else(String::new, |purpose| word(purpose.label()))
    };
    let message = match event.name.as_str() {
        PersonSeen::NAME => Message::of(match event.read::<PersonSeen>().as_ref() {
            Some(seen) if seen.purpose == "export" => "people-history-exported",
            _ => "people-history-seen",
        }),
        PersonEntered::NAME => Message::of("people-history-entered"),
        PersonErased::NAME => Message::of("people-history-erased"),
        PersonCorrected::NAME => {
            let fields = event.read::<PersonCorrected>().map(|event| event.fields);
            let labels: Vec<String> = fields
                .iter()
                .flatten()
                .map(|field| word(field_label(field)))
                .collect();
            Message::of("people-history-corrected")
                .with("fields", labels.join(&word("people-list-comma")))
        }
        ConsentGiven::NAME => {
            let given = event
                .read::<ConsentGiven>()
                .map(|event| purpose(&event.purpose));
            Message::of("people-history-consent-given").with("purpose", given.unwrap_or_default())
        }
        ConsentWithdrawn::NAME => {
            let gone = event
                .read::<ConsentWithdrawn>()
                .map(|event| purpose(&event.purpose));
            Message::of("people-history-consent-withdrawn")
                .with("purpose", gone.unwrap_or_default())
        }
        CorrectionWished::NAME => Message::of("people-history-wished"),
        CorrectionDecided::NAME => {
            let is_granted = event
                .read::<CorrectionDecided>()
                .is_some_and(|event| event.is_granted);
            Message::of(if is_granted {
                "people-history-granted"
            } else {
                "people-history-refused"
            })
        }
        _ => Message::of("people-history-other"),
    };
    locales.say(visit.locale(), &message)
}

/// What a field of an event is called.
pub fn field_label(field: &str) -> &'static str {
    match field {
        "name" => "people-field-name",
        "sex" => "people-field-sex",
        "birth_date" => "people-field-birth-date",
        "phone" => "people-field-phone",
        "relation" => "people-field-relation",
        "residence" => "people-field-residence",
        "address" => "people-field-address",
        _ => "people-field-as-before",
    }
}
