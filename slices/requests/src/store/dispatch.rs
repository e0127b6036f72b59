//! One party's part of a matter: read, kept, found.

use calendar::{Mark, Measure};
use kernel::{
    AccountId, CommunityId, DispatchId, DutyKind, HandlerId, Instant, Minutes, PhotoId, RequestId,
    RuleId, WhistleId,
};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::request::{id, moment, photos_from_text, photos_to_text, required};
use crate::clock::{self, Clock, Marks};
use crate::dispatch::{Call, Grade, PartState, Role};

/// To whom a part was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// A party that has a name of its own.
    Handler(HandlerId),
    /// Who is on duty where the matter lies, by one of [`DUTIES`].
    OnDuty(DutyKind),
    /// A neighbour, asked in person.
    Person,
}

impl Party {
    const fn word(self) -> &'static str {
        match self {
            Self::Handler(_) => "handler",
            Self::OnDuty(kind) => kind.word(),
            Self::Person => "person",
        }
    }

    /// From the columns `party` and `handler_id`.
    pub(super) fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let word: String = row.try_get("", "party")?;
        let handler: Option<HandlerId> = id(row, "handler_id")?;
        match (word.as_str(), handler) {
            ("handler", Some(handler)) => Ok(Self::Handler(handler)),
            ("person", _) => Ok(Self::Person),
            (word, _) => duty_from_word(word)
                .map(Self::OnDuty)
                .ok_or_else(|| StoreError::Unreadable("the party of a part".to_owned())),
        }
    }

    /// The named party.
    pub const fn handler(self) -> Option<HandlerId> {
        match self {
            Self::Handler(id) => Some(id),
            Self::OnDuty(_) | Self::Person => None,
        }
    }
}

/// The duties in an area to which a part can be given.
pub const DUTIES: [DutyKind; 2] = [DutyKind::GridWorker, DutyKind::MicroGridHead];

/// The one of them behind a word.
pub fn duty_from_word(word: &str) -> Option<DutyKind> {
    DUTIES.into_iter().find(|kind| kind.word() == word)
}

/// A part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// Which.
    pub id: DispatchId,
    /// Of which matter.
    pub request: RequestId,
    /// By which whistle.
    pub whistle: Option<WhistleId>,
    /// How it came to the party.
    pub call: Call,
    /// What the party has to do with it.
    pub role: Role,
    /// To whom.
    pub party: Party,
    /// With which person of the party.
    pub assignee: Option<AccountId>,
    /// By which line of the dispatch table.
    pub rule: Option<RuleId>,
    /// Who gave it; `None` when the table did.
    pub sent_by: Option<AccountId>,
    /// What is asked of the party; empty is the matter itself.
    pub task: String,
    /// The pictures with which the party shows what it found and did, in order.
    pub photos: Vec<PhotoId>,
    /// Where it stands.
    pub state: PartState,
    /// Whether it was given after the matter was reopened.
    pub is_again: bool,
    /// How its time is counted.
    pub measure: Measure,
    /// How long the party has; 0 when it need do nothing.
    pub allowed: Minutes,
    /// What its clock heard.
    pub marks: Marks,
    /// How much more time it asks for.
    pub asked: Option<Minutes>,
    /// When it was given.
    pub sent_at: Instant,
    /// When its time runs out, as far as was known at the last change; `None` without one.
    pub due_at: Option<Instant>,
    /// When the party signed for it.
    pub signed_for_at: Option<Instant>,
    /// When the party spoke with the caller.
    pub contacted_at: Option<Instant>,
    /// When the party was there.
    pub reported_in_at: Option<Instant>,
    /// When the party began.
    pub taken_up_at: Option<Instant>,
    /// When it ended, one way or the other.
    pub ended_at: Option<Instant>,
    /// When a neighbour was thanked for it.
    pub thanked_at: Option<Instant>,
    /// How far its delay was told: see [`crate::watch`].
    pub escalated: i64,
    /// When the worker looks at it next.
    pub watch_at: Option<Instant>,
    /// Until when its link holds; `None` when none was made.
    pub link_until: Option<Instant>,
    /// What the caller says of the response.
    pub grade_by_caller: Option<Grade>,
    /// What the party says of the call.
    pub grade_by_party: Option<Grade>,
    /// Grows with every change.
    pub version: i64,
}

impl Dispatch {
    /// Its clock; `None` for one that need do nothing.
    pub fn clock(&self) -> Option<Clock> {
        (self.allowed.0 > 0).then(|| Clock {
            began: self.sent_at,
            measure: self.measure,
            allowed: self.allowed,
            marks: self.marks.clone(),
        })
    }

    /// Tells the clock.
    pub fn hear(&mut self, at: Instant, mark: Mark) {
        self.marks.hear(at, mark);
    }
}

pub(super) const COLUMNS: [&str; 33] = [
    "community_id",
    "id",
    "request_id",
    "whistle_id",
    "call",
    "role",
    "party",
    "handler_id",
    "assignee_account_id",
    "rule_id",
    "sent_by",
    "task",
    "photos",
    "state",
    "is_again",
    "measure",
    "allowed_minutes",
    "marks",
    "asked_minutes",
    "sent_at",
    "due_at",
    "signed_for_at",
    "contacted_at",
    "reported_in_at",
    "taken_up_at",
    "ended_at",
    "thanked_at",
    "escalated",
    "watch_at",
    "link_until",
    "grade_by_caller",
    "grade_by_party",
    "version",
];

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 40;

impl Dispatch {
    pub(super) fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let text = |column: &str| row.try_get::<String>("", column);
        let whole = |column: &str| row.try_get::<i64>("", column);
        let unreadable =
            |column: &str| StoreError::Unreadable(format!("{column} of a part of a matter"));
        let grade = |column: &str| -> Result<Option<Grade>, StoreError> {
            let word: Option<String> = row.try_get("", column)?;
            Ok(word.as_deref().and_then(Grade::from_word))
        };
        let asked: Option<i64> = row.try_get("", "asked_minutes")?;
        Ok(Self {
            id: required(id(row, "id")?, "the id of a part")?,
            request: required(id(row, "request_id")?, "the matter of a part")?,
            whistle: id(row, "whistle_id")?,
            call: Call::from_word(&text("call")?).ok_or_else(|| unreadable("call"))?,
            role: Role::from_word(&text("role")?).ok_or_else(|| unreadable("role"))?,
            party: Party::read(row)?,
            assignee: id(row, "assignee_account_id")?,
            rule: id(row, "rule_id")?,
            sent_by: id(row, "sent_by")?,
            task: text("task")?,
            photos: photos_from_text(&text("photos")?),
            state: PartState::from_word(&text("state")?).ok_or_else(|| unreadable("state"))?,
            is_again: whole("is_again")? == 1,
            measure: clock::measure_from_word(&text("measure")?)
                .ok_or_else(|| unreadable("measure"))?,
            allowed: Minutes(whole("allowed_minutes")?),
            marks: Marks::from_text(&text("marks")?).ok_or_else(|| unreadable("marks"))?,
            asked: asked.map(Minutes),
            sent_at: required(moment(row, "sent_at")?, "the time of a part")?,
            due_at: moment(row, "due_at")?,
            signed_for_at: moment(row, "signed_for_at")?,
            contacted_at: moment(row, "contacted_at")?,
            reported_in_at: moment(row, "reported_in_at")?,
            taken_up_at: moment(row, "taken_up_at")?,
            ended_at: moment(row, "ended_at")?,
            thanked_at: moment(row, "thanked_at")?,
            escalated: whole("escalated")?,
            watch_at: moment(row, "watch_at")?,
            link_until: moment(row, "link_until")?,
            grade_by_caller: grade("grade_by_caller")?,
            grade_by_party: grade("grade_by_party")?,
            version: whole("version")?,
        })
    }

    fn values(&self, community: CommunityId) -> [Value; 33] {
        let moment = |value: Option<Instant>| -> Value { value.map(|at| at.0).into() };
        [
            community.0.into(),
            self.id.0.into(),
            self.request.0.into(),
            self.whistle.map(|id| id.0).into(),
            self.call.word().into(),
            self.role.word().into(),
            self.party.word().into(),
            self.party.handler().map(|id| id.0).into(),
            self.assignee.map(|id| id.0).into(),
            self.rule.map(|id| id.0).into(),
            self.sent_by.map(|id| id.0).into(),
            self.task.clone().into(),
            photos_to_text(&self.photos).into(),
            self.state.word().into(),
            i64::from(self.is_again).into(),
            clock::measure_word(self.measure).into(),
            self.allowed.0.into(),
            self.marks.to_text().into(),
            self.asked.map(|minutes| minutes.0).into(),
            self.sent_at.0.into(),
            moment(self.due_at),
            moment(self.signed_for_at),
            moment(self.contacted_at),
            moment(self.reported_in_at),
            moment(self.taken_up_at),
            moment(self.ended_at),
            moment(self.thanked_at),
            self.escalated.into(),
            moment(self.watch_at),
            moment(self.link_until),
            self.grade_by_caller.map(Grade::word).into(),
            self.grade_by_party.map(Grade::word).into(),
            self.version.into(),
        ]
    }
}

/// Keeps parts, new ones and changed ones, many in a statement. What never changes (whose, since
/// when) is written once. The matter they belong to is what two people race for.
pub async fn keep_dispatches(tx: &Tx, dispatches: &[&Dispatch]) -> Result<(), StoreError> {
    let fixed = ["community_id", "id", "request_id"];
    let sets: Vec<String> = COLUMNS
        .iter()
        .filter(|column| !fixed.contains(column))
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    for some in dispatches.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO dispatch ({}) VALUES {} ON CONFLICT (community_id, id) DO UPDATE SET {}",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len()),
            sets.join(", ")
        );
        let values = some
            .iter()
            .flat_map(|dispatch| dispatch.values(tx.community()));
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// The parts of these matters, in the order in which they were given.
pub async fn dispatches_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    requests: &[RequestId],
) -> Result<Vec<Dispatch>, StoreError> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..requests.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT {} FROM dispatch WHERE community_id = $1 AND request_id IN ({}) ORDER BY id",
        COLUMNS.join(", "),
        marks.join(",")
    );
    let values = std::iter::once(community.0.into()).chain(requests.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(Dispatch::read).collect()
}

/// Keeps how far a part's delay was told, and when the worker looks at it next. Upkeep: who has a
/// form of it open is not in the way, and it is not in theirs.
pub async fn note_watch(tx: &Tx, part: &Dispatch) -> Result<(), StoreError> {
    let sql =
        "UPDATE dispatch SET escalated = $1, watch_at = $2 WHERE community_id = $3 AND id = $4";
    let values: [Value; 4] = [
        part.escalated.into(),
        part.watch_at.map(|at| at.0).into(),
        tx.community().0.into(),
        part.id.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
