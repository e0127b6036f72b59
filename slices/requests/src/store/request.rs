//! A request, whole: read, kept, found again.

use calendar::Measure;
use kernel::{
    AccountId, AreaId, CategoryId, CommunityId, HandlerId, Instant, Minutes, PersonId, PhotoId,
    RequestId, RuleId,
};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use platform::search::Entry;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use text::Counted;
use uuid::Uuid;

use crate::clock;
use crate::model::{Answers, Channel, Exit, State};

/// What the search calls a request.
pub const KIND: &str = "request";

/// A matter that somebody raised.
#[derive(Clone, Debug)]
pub struct Request {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: RequestId,
    /// `QS-2026-001187`.
    pub number: String,
    /// Its number in the system it was loaded from.
    pub source_number: Option<String>,
    /// Fingerprint of the tracking code; empty for one that has none.
    pub code_hash: Vec<u8>,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// Of what kind.
    pub category: CategoryId,
    /// How it came in.
    pub channel: Channel,
    /// Where, in words.
    pub place: String,
    /// Where, in the register.
    pub building: Option<AreaId>,
    /// The grid it lay in when it came in.
    pub grid: Option<AreaId>,
    /// The micro-grid it lay in when it came in.
    pub micro_grid: Option<AreaId>,
    /// Longitude and latitude in degrees (WGS-84).
    pub point: Option<(f64, f64)>,
    /// The account that raised it.
    pub account: Option<AccountId>,
    /// The resident who raised it.
    pub person: Option<PersonId>,
    /// What the requester is called.
    pub contact_name: Option<String>,
    /// The requester's number, in the vault.
    pub contact_locked: Option<Vec<u8>>,
    /// Whether everyone may read title, words, place and progress.
    pub is_published: bool,
    /// Its pictures, in order.
    pub photos: Vec<PhotoId>,
    /// Where it stands.
    pub state: State,
    /// By which door it left, if it did.
    pub exit: Option<Exit>,
    /// With which party it lies.
    pub handler: Option<HandlerId>,
    /// With which person of it, or which grid worker.
    pub assignee: Option<AccountId>,
    /// By which line of the dispatch table.
    pub rule: Option<RuleId>,
    /// When it came in.
    pub received_at: Instant,
    /// When it is to be done.
    pub due_at: Instant,
    /// When it was first given to a handler.
    pub dispatched_at: Option<Instant>,
    /// When the handler first heard the requester.
    pub taken_up_at: Option<Instant>,
    /// When it was answered or explained.
    pub answered_at: Option<Instant>,
    /// When the requester was last asked.
    pub called_back_at: Option<Instant>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// Whether the requester has used the one reopening.
    pub is_reopened: bool,
    /// When the requester said that it is not solved.
    pub reopened_at: Option<Instant>,
    /// How the promised time is counted.
    pub measure: Measure,
    /// How long was promised when it came in, or when the desk said what kind it is.
    pub allowed: Minutes,
    /// Whether its lead waits for the requester.
    pub is_waiting: bool,
    /// What the requester said when asked.
    pub answers: Option<Answers>,
    /// Who wrote it down for the requester (rule R29).
    pub entered_by: Option<AccountId>,
    /// Grows with every change; two stale forms cannot both win.
    pub version: i64,
}

const COLUMNS: [&str; 44] = [
    "community_id",
    "id",
    "number",
    "source_number",
    "code_hash",
    "title",
    "body",
    "category_id",
    "channel",
    "place_text",
    "building_id",
    "grid_id",
    "micro_grid_id",
    "lon",
    "lat",
    "account_id",
    "person_id",
    "contact_name",
    "contact_locked",
    "is_published",
    "photos",
    "state",
    "exit",
    "handler_id",
    "assignee_account_id",
    "rule_id",
    "received_at",
    "due_at",
    "dispatched_at",
    "taken_up_at",
    "answered_at",
    "called_back_at",
    "closed_at",
    "reopened",
    "reopened_at",
    "measure",
    "allowed_minutes",
    "is_waiting",
    "reached",
    "resolved",
    "understood",
    "satisfied",
    "entered_by_account",
    "version",
];

/// Rows in one statement: 44 values each, enough to save round trips, few enough that the prepared
/// text is reused.
const ROWS_AT_ONCE: usize = 30;

pub(super) fn id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", column)?.map(Into::into))
}

pub(super) fn flag(row: &QueryResult, column: &str) -> Result<Option<bool>, StoreError> {
    Ok(row
        .try_get::<Option<i64>>("", column)?
        .map(|value| value == 1))
}

pub(super) fn moment(row: &QueryResult, column: &str) -> Result<Option<Instant>, StoreError> {
    Ok(row.try_get::<Option<i64>>("", column)?.map(Instant))
}

/// Pictures in order, as a column keeps them: ids divided by blanks.
pub(super) fn photos_to_text(photos: &[PhotoId]) -> String {
    let ids: Vec<String> = photos.iter().map(ToString::to_string).collect();
    ids.join(" ")
}

/// What [`photos_to_text`] wrote.
pub(super) fn photos_from_text(text: &str) -> Vec<PhotoId> {
    text.split(' ').filter_map(|id| id.parse().ok()).collect()
}

pub(super) fn required<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Unreadable(format!("request without {what}")))
}

impl Request {
    /// What the requester said of the last answer. What they said before it was reopened or sent back
    /// counts in the figures until they are asked anew, and nowhere else.
    pub fn answers_now(&self) -> Option<Answers> {
        self.answers.filter(|_| self.called_back_at.is_some())
    }

    pub(super) fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let text = |column: &str| row.try_get::<String>("", column);
        let point = (
            row.try_get::<Option<f64>>("", "lon")?,
            row.try_get::<Option<f64>>("", "lat")?,
        );
        let exit: Option<String> = row.try_get("", "exit")?;
        Ok(Self {
            community: required(id(row, "community_id")?, "community")?,
            id: required(id(row, "id")?, "id")?,
            number: text("number")?,
            source_number: row.try_get("", "source_number")?,
            code_hash: row.try_get("", "code_hash")?,
            title: text("title")?,
            body: text("body")?,
            category: required(id(row, "category_id")?, "category")?,
            channel: required(Channel::from_word(&text("channel")?), "channel")?,
            place: text("place_text")?,
            building: id(row, "building_id")?,
            grid: id(row, "grid_id")?,
            micro_grid: id(row, "micro_grid_id")?,
            point: point.0.zip(point.1),
            account: id(row, "account_id")?,
            person: id(row, "person_id")?,
            contact_name: row.try_get("", "contact_name")?,
            contact_locked: row.try_get("", "contact_locked")?,
            is_published: flag(row, "is_published")? == Some(true),
            photos: photos_from_text(&text("photos")?),
            state: required(State::from_word(&text("state")?), "state")?,
            exit: exit.as_deref().and_then(Exit::from_word),
            handler: id(row, "handler_id")?,
            assignee: id(row, "assignee_account_id")?,
            rule: id(row, "rule_id")?,
            received_at: required(moment(row, "received_at")?, "received_at")?,
            due_at: required(moment(row, "due_at")?, "due_at")?,
            dispatched_at: moment(row, "dispatched_at")?,
            taken_up_at: moment(row, "taken_up_at")?,
            answered_at: moment(row, "answered_at")?,
            called_back_at: moment(row, "called_back_at")?,
            closed_at: moment(row, "closed_at")?,
            is_reopened: flag(row, "reopened")? == Some(true),
            reopened_at: moment(row, "reopened_at")?,
            measure: required(clock::measure_from_word(&text("measure")?), "measure")?,
            allowed: Minutes(row.try_get("", "allowed_minutes")?),
            is_waiting: flag(row, "is_waiting")? == Some(true),
            answers: flag(row, "reached")?
                .map(|reached| {
                    Ok::<_, StoreError>(Answers {
                        is_understood: flag(row, "understood")?,
                        ..Answers::new(reached, flag(row, "resolved")?, flag(row, "satisfied")?)
                    })
                })
                .transpose()?,
            entered_by: id(row, "entered_by_account")?,
            version: row.try_get("", "version")?,
        })
    }

    fn values(&self) -> [Value; 44] {
        let flag = |value: Option<bool>| -> Value { value.map(i64::from).into() };
        let moment = |value: Option<Instant>| -> Value { value.map(|at| at.0).into() };
        [
            self.community.0.into(),
            self.id.0.into(),
            self.number.clone().into(),
            self.source_number.clone().into(),
            self.code_hash.clone().into(),
            self.title.clone().into(),
            self.body.clone().into(),
            self.category.0.into(),
            self.channel.word().into(),
            self.place.clone().into(),
            self.building.map(|id| id.0).into(),
            self.grid.map(|id| id.0).into(),
            self.micro_grid.map(|id| id.0).into(),
            self.point.map(|point| point.0).into(),
            self.point.map(|point| point.1).into(),
            self.account.map(|id| id.0).into(),
            self.person.map(|id| id.0).into(),
            self.contact_name.clone().into(),
            self.contact_locked.clone().into(),
            i64::from(self.is_published).into(),
            photos_to_text(&self.photos).into(),
            self.state.word().into(),
            self.exit.map(Exit::word).into(),
            self.handler.map(|id| id.0).into(),
            self.assignee.map(|id| id.0).into(),
            self.rule.map(|id| id.0).into(),
            self.received_at.0.into(),
            self.due_at.0.into(),
            moment(self.dispatched_at),
            moment(self.taken_up_at),
            moment(self.answered_at),
            moment(self.called_back_at),
            moment(self.closed_at),
            i64::from(self.is_reopened).into(),
            moment(self.reopened_at),
            clock::measure_word(self.measure).into(),
            self.allowed.0.into(),
            i64::from(self.is_waiting).into(),
            flag(self.answers.map(|answers| answers.is_reached)),
            flag(self.answers.and_then(|answers| answers.is_resolved)),
            flag(self.answers.and_then(|answers| answers.is_understood)),
            flag(self.answers.and_then(|answers| answers.is_satisfied)),
            self.entered_by.map(|id| id.0).into(),
            self.version.into(),
        ]
    }

    /// What the search keeps of it.
    pub fn words(&self) -> Entry {
        let words = Counted::of([self.title.as_str(), &self.body, &self.place]);
        Entry {
            subject: self.id.0,
            words,
        }
    }
}

/// Keeps new requests, many in a statement.
pub async fn insert(tx: &Tx, requests: &[&Request]) -> Result<(), StoreError> {
    for some in requests.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO request ({}) VALUES {}",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len())
        );
        let values = some.iter().flat_map(|request| request.values());
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub(super) async fn save_request(tx: &Tx, request: &Request) -> Result<bool, StoreError> {
    // Community, id and version are the condition; what never changes (number, channel, who raised
    // it) is written back as it was read.
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| !["community_id", "id", "version"].contains(column))
        .map(|(place, column)| format!("{column} = ${}", place + 1))
        .collect();
    let sql = format!(
        "UPDATE request SET {}, version = version + 1 \
         WHERE community_id = $1 AND id = $2 AND version = ${}",
        sets.join(", "),
        COLUMNS.len()
    );
    Ok(tx
        .execute_raw(statement(tx, sql, request.values()))
        .await?
        .rows_affected()
        == 1)
}

pub(super) fn columns_of_r() -> String {
    COLUMNS.map(|column| format!("r.{column}")).join(", ")
}

/// Takes so many numbers of a year; returns the first.
pub async fn take_numbers(tx: &Tx, year: i16, amount: usize) -> Result<i64, StoreError> {
    let sql = "INSERT INTO request_counter (community_id, year, last) VALUES ($1, $2, $3) \
               ON CONFLICT (community_id, year) DO UPDATE SET \
               last = request_counter.last + excluded.last RETURNING last";
    let amount = i64::try_from(amount).unwrap_or(i64::MAX);
    let values = [
        tx.community().0.into(),
        i64::from(year).into(),
        amount.into(),
    ];
    let row = required(
        tx.query_one_raw(statement(tx, sql, values)).await?,
        "counter",
    )?;
    Ok(row.try_get::<i64>("", "last")? - amount + 1)
}

/// `QS-2026-001187`.
pub fn number_of(year: i16, place: i64) -> String {
    format!("QS-{year}-{place:06}")
}

/// Those of these numbers of another system that are already here.
pub async fn known_source_numbers<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<std::collections::HashSet<String>, StoreError> {
    let sql = "SELECT source_number FROM request WHERE community_id = $1 \
               AND source_number IS NOT NULL";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "source_number")?))
        .collect()
}
