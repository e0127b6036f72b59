//! A mediation, whole: read and kept.

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, Instant, MediationId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use crate::model::{Decision, Ending, Form, How, Origin, Side, State, Subject};

/// What the record calls a mediation.
pub const KIND: &str = "mediation";

/// A party's word that they agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// On which day.
    pub on: Date,
    /// How.
    pub how: How,
}

/// A dispute in people's mediation. Its words stay locked.
#[derive(Clone, Debug)]
pub struct Mediation {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: MediationId,
    /// `TJ-2026-0007`.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// How it began.
    pub origin: Origin,
    /// What it is about, from a short list.
    pub subject: Subject,
    /// The words, in the vault; `None` once they were erased.
    pub locked: Option<Vec<u8>>,
    /// The accounts of the parties, where they have one.
    pub accounts: [Option<AccountId>; 2],
    /// Their consents.
    pub consents: [Option<Consent>; 2],
    /// The mediators who are set, at most two.
    pub mediators: [Option<AccountId>; 2],
    /// Whether the parties chose them; otherwise the committee did.
    pub is_chosen_by_parties: bool,
    /// How the parties agreed.
    pub form: Option<Form>,
    /// When they agreed.
    pub agreed_on: Option<Date>,
    /// Since when the agreement is in effect.
    pub in_effect_on: Option<Date>,
    /// When the court was asked to confirm it.
    pub sought_on: Option<Date>,
    /// When that was decided.
    pub decided_on: Option<Date>,
    /// How.
    pub decision: Option<Decision>,
    /// Why it ended without its purpose.
    pub ending: Option<Ending>,
    /// When it was asked for or offered.
    pub applied_on: Date,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// When its words were erased.
    pub erased_at: Option<Instant>,
    /// Grows with every change; two stale forms cannot both win.
    pub version: i64,
}

/// A mediation with the names of its mediators.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// The mediation.
    pub mediation: Mediation,
    /// What its mediators are called.
    pub mediators: Vec<String>,
}

const COLUMNS: [&str; 27] = [
    "community_id",
    "id",
    "number",
    "state",
    "origin",
    "subject",
    "words_locked",
    "a_account_id",
    "a_consented_on",
    "a_consented_how",
    "b_account_id",
    "b_consented_on",
    "b_consented_how",
    "mediator_id",
    "second_mediator_id",
    "is_chosen_by_parties",
    "agreed_form",
    "agreed_on",
    "in_effect_on",
    "sought_on",
    "decided_on",
    "decision",
    "ending",
    "applied_on",
    "ended_on",
    "erased_at",
    "version",
];

fn id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", column)?.map(Into::into))
}

/// A day of a row; one that cannot be read is told by its column.
pub(super) fn day(row: &QueryResult, column: &str) -> Result<Option<Date>, StoreError> {
    row.try_get::<Option<String>>("", column)?
        .map(|text| text.parse())
        .transpose()
        .map_err(|_| StoreError::Unreadable(format!("mediation.{column}")))
}

/// A choice of a row; a word that is none of ours is told by its column.
pub(super) fn choice<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    row.try_get::<Option<String>>("", column)?
        .map(|word| {
            from_word(&word).ok_or_else(|| StoreError::Unreadable(format!("mediation.{column}")))
        })
        .transpose()
}

/// What a row must have.
pub(super) fn required<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Unreadable(format!("mediation without {what}")))
}

impl Mediation {
    /// Which of the parties an account is.
    pub fn side_of(&self, account: AccountId) -> Option<Side> {
        let place = self.accounts.iter().position(|one| *one == Some(account))?;
        Side::ALL.get(place).copied()
    }

    /// Whether an account is set as mediator.
    pub fn is_mediator(&self, account: AccountId) -> bool {
        self.mediators.contains(&Some(account))
    }

    /// The consent of a party.
    pub const fn consent_of(&self, side: Side) -> Option<Consent> {
        self.consents[side as usize]
    }

    /// The day on which the second of the parties agreed.
    pub fn consented_on(&self) -> Option<Date> {
        let [a, b] = self.consents;
        Some(a?.on.max(b?.on))
    }

    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let consent = |on: &str, how: &str| -> Result<Option<Consent>, StoreError> {
            let given = day(row, on)?.zip(choice(row, how, How::from_word)?);
            Ok(given.map(|(on, how)| Consent { on, how }))
        };
        Ok(Self {
            community: required(id(row, "community_id")?, "community")?,
            id: required(id(row, "id")?, "id")?,
            number: row.try_get("", "number")?,
            state: required(choice(row, "state", State::from_word)?, "state")?,
            origin: required(choice(row, "origin", Origin::from_word)?, "origin")?,
            subject: required(choice(row, "subject", Subject::from_word)?, "subject")?,
            locked: row.try_get("", "words_locked")?,
            accounts: [id(row, "a_account_id")?, id(row, "b_account_id")?],
            consents: [
                consent("a_consented_on", "a_consented_how")?,
                consent("b_consented_on", "b_consented_how")?,
            ],
            mediators: [id(row, "mediator_id")?, id(row, "second_mediator_id")?],
            is_chosen_by_parties: row.try_get::<i64>("", "is_chosen_by_parties")? == 1,
            form: choice(row, "agreed_form", Form::from_word)?,
            agreed_on: day(row, "agreed_on")?,
            in_effect_on: day(row, "in_effect_on")?,
            sought_on: day(row, "sought_on")?,
            decided_on: day(row, "decided_on")?,
            decision: choice(row, "decision", Decision::from_word)?,
            ending: choice(row, "ending", Ending::from_word)?,
            applied_on: required(day(row, "applied_on")?, "applied_on")?,
            ended_on: day(row, "ended_on")?,
            erased_at: row.try_get::<Option<i64>>("", "erased_at")?.map(Instant),
            version: row.try_get("", "version")?,
        })
    }

    fn values(&self) -> [Value; 27] {
        let day = |day: Option<Date>| -> Value { day.map(|day| day.to_string()).into() };
        let account = |account: Option<AccountId>| -> Value { account.map(|id| id.0).into() };
        let how = |consent: Option<Consent>| -> Value {
            consent.map(|consent| consent.how.word()).into()
        };
        let on = |consent: Option<Consent>| day(consent.map(|consent| consent.on));
        let ([a, b], [one, other]) = (self.consents, self.mediators);
        [
            self.community.0.into(),
            self.id.0.into(),
            self.number.clone().into(),
            self.state.word().into(),
            self.origin.word().into(),
            self.subject.word().into(),
            self.locked.clone().into(),
            account(self.accounts[0]),
            on(a),
            how(a),
            account(self.accounts[1]),
            on(b),
            how(b),
            account(one),
            account(other),
            i64::from(self.is_chosen_by_parties).into(),
            self.form.map(Form::word).into(),
            day(self.agreed_on),
            day(self.in_effect_on),
            day(self.sought_on),
            day(self.decided_on),
            self.decision.map(Decision::word).into(),
            self.ending.map(Ending::word).into(),
            self.applied_on.to_string().into(),
            day(self.ended_on),
            self.erased_at.map(|at| at.0).into(),
            self.version.into(),
        ]
    }
}

/// Keeps a new mediation.
pub async fn insert(tx: &Tx, mediation: &Mediation) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO mediation ({}) VALUES {}",
        COLUMNS.join(", "),
        places(1, COLUMNS.len())
    );
    tx.execute_raw(statement(tx, sql, mediation.values()))
        .await?;
    Ok(())
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub async fn save(tx: &Tx, mediation: &Mediation) -> Result<bool, StoreError> {
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| !["community_id", "id", "version"].contains(column))
        .map(|(place, column)| format!("{column} = ${}", place + 1))
        .collect();
    let sql = format!(
        "UPDATE mediation SET {}, version = version + 1 \
         WHERE community_id = $1 AND id = $2 AND version = $27",
        sets.join(", ")
    );
    let kept = tx
        .execute_raw(statement(tx, sql, mediation.values()))
        .await?;
    Ok(kept.rows_affected() == 1)
}

/// The mediation of this id with the names of its mediators, in one statement.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    mediation: MediationId,
) -> Result<Option<Numbered>, StoreError> {
    let sql = format!(
        "SELECT {}, one.display_name AS one_name, other.display_name AS other_name \
         FROM mediation m \
         LEFT JOIN account one ON one.community_id = m.community_id AND one.id = m.mediator_id \
         LEFT JOIN account other ON other.community_id = m.community_id \
         AND other.id = m.second_mediator_id WHERE m.community_id = $1 AND m.id = $2",
        COLUMNS.map(|column| format!("m.{column}")).join(", ")
    );
    let values = [community.0.into(), mediation.0.into()];
    let Some(row) = on.query_one_raw(statement(on, sql, values)).await? else {
        return Ok(None);
    };
    let name = |column| row.try_get::<Option<String>>("", column);
    Ok(Some(Numbered {
        mediation: Mediation::read(&row)?,
        mediators: [name("one_name")?, name("other_name")?]
            .into_iter()
            .flatten()
            .collect(),
    }))
}

/// Takes the next number of a year: `TJ-2026-0007`.
pub async fn take_number(tx: &Tx, year: i16) -> Result<String, StoreError> {
    let sql = "INSERT INTO mediation_counter (community_id, year, last) VALUES ($1, $2, 1) \
               ON CONFLICT (community_id, year) DO UPDATE SET \
               last = mediation_counter.last + 1 RETURNING last";
    let values = [tx.community().0.into(), i64::from(year).into()];
    let row = required(
        tx.query_one_raw(statement(tx, sql, values)).await?,
        "counter",
    )?;
    let place: i64 = row.try_get("", "last")?;
    Ok(format!("TJ-{year}-{place:04}"))
}
