//! One's own data to take along: for programs as JSON, for people as a table.

use platform::{Refusal, Visit};
use serde_json::{Value, json};
use sheets::Cell;

use crate::history::{self, Happened};
use crate::pages::skills::offered;
use crate::store::Record;

/// Events that are taken along.
const HISTORY: u32 = 1_000;

/// Everything about one person, in their language.
pub struct Taken {
    title: String,
    headers: [String; 2],
    rows: Vec<(String, String)>,
    document: Value,
}

impl Taken {
    /// Gathers it, in three statements.
    pub async fn of(visit: &Visit, record: &Record) -> Result<Self, Refusal> {
        let history = history::around(visit, record.standing.person, HISTORY).await?;
        let offered = offered(visit).await?;
        let phone = record.phone(visit.house().vault());
        let say = |id: &'static str| visit.house().locales().word(visit.locale(), id);
        let day = record.birth_date.map(|date| date.to_string());
        let mut rows = vec![
            (say("people-field-name"), record.name.clone()),
            (say("people-field-sex"), say(record.sex.label())),
            (
                say("people-field-birth-date"),
                day.clone().unwrap_or_default(),
            ),
            (say("people-field-phone"), phone.clone().unwrap_or_default()),
            (say("people-field-address"), record.address.clone()),
            (say("people-field-relation"), say(record.relation.label())),
            (say("people-field-residence"), say(record.residence.label())),
        ];
        for consent in &record.consents {
            let until = consent
                .withdrawn_at
                .map_or_else(String::new, kernel::Instant::rfc3339);
            let words = format!("{} – {until}", consent.given_at.rfc3339());
            rows.push((say(consent.purpose.label()), words));
        }
        for one in &offered {
            let name = one.skill.name(visit.locale());
            let since = one.since.map_or_else(String::new, kernel::Instant::rfc3339);
            rows.push((say("people-skills-title"), format!("{name} {since}")));
        }
        let line = |happened: &Happened| {
            (
                happened.at.rfc3339(),
                format!("{} · {}", happened.who, happened.what),
            )
        };
        rows.extend(history.iter().map(line));
        let document = json!({
            "person": {
                "id": record.standing.person,
                "name": record.name,
                "sex": record.sex,
                "birth_date": day,
                "phone": phone,
                "address": record.address,
                "relation": record.relation,
                "residence": record.residence,
            },
            "consents": record.consents.iter().map(|consent| json!({
                "purpose": consent.purpose,
                "wording_version": consent.version,
                "given_at": consent.given_at.rfc3339(),
                "withdrawn_at": consent.withdrawn_at.map(kernel::Instant::rfc3339),
                "noted_by_helper": consent.helper.is_some(),
            })).collect::<Vec<_>>(),
            "skills": offered.iter().map(|one| json!({
                "skill": one.code,
                "name": one.skill.name(visit.locale()),
                "since": one.since.map(kernel::Instant::rfc3339),
            })).collect::<Vec<_>>(),
            "history": history.iter().map(|happened| json!({
                "at": happened.at.rfc3339(),
                "who": happened.who,
                "what": happened.what,
            })).collect::<Vec<_>>(),
        });
        Ok(Self {
            title: say("people-own-title"),
            headers: [say("people-export-field"), say("people-export-value")],
            rows,
            document,
        })
    }

    /// For programs.
    pub fn json(&self) -> String {
        format!("{:#}\n", self.document)
    }

    /// For people, as a table in text.
    pub fn csv(&self) -> Vec<u8> {
        sheets::write_csv(&self.headers, self.cells())
    }

    /// For people, as a workbook.
    pub fn xlsx(&self) -> Result<Vec<u8>, Refusal> {
        sheets::write_xlsx(&self.title, &self.headers, self.cells())
            .map_err(|error| Refusal::Fault(error.into()))
    }

    fn cells(&self) -> impl Iterator<Item = Vec<Cell>> {
        let cell = |text: &String| Cell::Text(text.clone());
        self.rows
            .iter()
            .map(move |(field, value)| vec![cell(field), cell(value)])
    }
}
