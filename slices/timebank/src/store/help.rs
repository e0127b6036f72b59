//! A help, whole: read and kept.

use kernel::{AccountId, AreaId, CommunityId, HelpId, Instant, PersonId, TransferId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::{choice, id, moment, the_choice, the_id};
use crate::model::{CLEAR_DAYS, Cover, Origin, Side, State};

/// A help of the time bank. Its words stay locked.
#[derive(Clone, Debug)]
pub struct Help {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: HelpId,
    /// `HB-2026-0007`.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// How it was asked for.
    pub origin: Origin,
    /// The word of its kind.
    pub kind: String,
    /// The grid of the receiver.
    pub grid: Option<AreaId>,
    /// Their micro-grid.
    pub micro_grid: Option<AreaId>,
    /// When it is to begin.
    pub starts_at: Instant,
    /// How long it is to take, in minutes.
    pub minutes: i64,
    /// Whether a coordinator is to choose who helps. It says nothing of the receiver.
    pub needs_coordinator: bool,
    /// Whether who is chosen may have the receiver's address and telephone.
    pub is_contact_shared: bool,
    /// Who receives it; `None` once their entry was erased.
    pub receiver: Option<PersonId>,
    /// The direct relative who asked for them.
    pub relative: Option<PersonId>,
    /// Who helps.
    pub giver: Option<PersonId>,
    /// Whose credit pays.
    pub cover: Cover,
    /// The words, in the vault; `None` once they were erased.
    pub locked: Option<Vec<u8>>,
    /// What is reserved in the ledger.
    pub hold: Option<TransferId>,
    /// What the receiver tells the giver, for signing in and out.
    pub code: Option<String>,
    /// How often another code was typed.
    pub code_tries: i64,
    /// When it began.
    pub signed_in_at: Option<Instant>,
    /// Which account noted that.
    pub signed_in_by: Option<AccountId>,
    /// When it ended.
    pub signed_out_at: Option<Instant>,
    /// Which account noted that.
    pub signed_out_by: Option<AccountId>,
    /// From sign-in to sign-out, in whole minutes.
    pub signed_minutes: Option<i64>,
    /// By when the receiver is to confirm.
    pub answer_by: Option<Instant>,
    /// The minutes that count.
    pub confirmed_minutes: Option<i64>,
    /// Who did not agree with the minutes.
    pub disputed_by: Option<Side>,
    /// When.
    pub disputed_at: Option<Instant>,
    /// Booked to the giver, in minutes.
    pub posted_minutes: Option<i64>,
    /// Booked to the pool, as the giver's account was full.
    pub pooled_minutes: Option<i64>,
    /// When it was asked for.
    pub asked_at: Instant,
    /// By which account.
    pub asked_by: Option<AccountId>,
    /// When it ended, in whichever way.
    pub ended_at: Option<Instant>,
    /// When its words were erased.
    pub erased_at: Option<Instant>,
    /// Grows with every change; a stale form is refused by it.
    pub version: i64,
}

/// The columns, in the order of [`Help::values`].
const COLUMNS: [&str; 36] = [
    "community_id",
    "id",
    "number",
    "state",
    "origin",
    "kind",
    "grid_id",
    "micro_grid_id",
    "starts_at",
    "minutes",
    "needs_coordinator",
    "is_contact_shared",
    "receiver_id",
    "relative_id",
    "giver_id",
    "cover",
    "words_locked",
    "hold_id",
    "code",
    "code_tries",
    "signed_in_at",
    "signed_in_by",
    "signed_out_at",
    "signed_out_by",
    "signed_minutes",
    "answer_by",
    "confirmed_minutes",
    "disputed_by",
    "disputed_at",
    "posted_minutes",
    "pooled_minutes",
    "asked_at",
    "asked_by",
    "ended_at",
    "erased_at",
    "version",
];

const COUNT: usize = COLUMNS.len();

impl Help {
    /// Who somebody is to it.
    pub fn side_of(&self, person: PersonId) -> Option<Side> {
        let person = Some(person);
        if self.giver == person {
            Some(Side::Giver)
        } else if self.receiver == person {
            Some(Side::Receiver)
        } else if self.relative == person {
            Some(Side::Relative)
        } else {
            None
        }
    }

    /// When it is to end.
    pub fn ends_at(&self) -> Instant {
        self.starts_at.plus(kernel::Minutes(self.minutes))
    }

    /// Until when its credit stays reserved.
    pub fn reserved_until(&self) -> Instant {
        self.ends_at().plus(kernel::Minutes::days(CLEAR_DAYS))
    }

    /// Whose credit pays, when it is a resident's.
    pub const fn payer(&self) -> Option<PersonId> {
        match self.cover {
            Cover::Own => self.receiver,
            Cover::Relative => self.relative,
            Cover::Fund | Cover::Pool | Cover::Open => None,
        }
    }

    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let is = |column| Ok::<bool, StoreError>(row.try_get::<i64>("", column)? == 1);
        Ok(Self {
            community: the_id(row, "community_id")?,
            id: the_id(row, "id")?,
            number: row.try_get("", "number")?,
            state: the_choice(row, "state", State::from_word)?,
            origin: the_choice(row, "origin", Origin::from_word)?,
            kind: row.try_get("", "kind")?,
            grid: id(row, "grid_id")?,
            micro_grid: id(row, "micro_grid_id")?,
            starts_at: Instant(row.try_get("", "starts_at")?),
            minutes: row.try_get("", "minutes")?,
            needs_coordinator: is("needs_coordinator")?,
            is_contact_shared: is("is_contact_shared")?,
            receiver: id(row, "receiver_id")?,
            relative: id(row, "relative_id")?,
            giver: id(row, "giver_id")?,
            cover: the_choice(row, "cover", Cover::from_word)?,
            locked: row.try_get("", "words_locked")?,
            hold: id(row, "hold_id")?,
            code: row.try_get("", "code")?,
            code_tries: row.try_get("", "code_tries")?,
            signed_in_at: moment(row, "signed_in_at")?,
            signed_in_by: id(row, "signed_in_by")?,
            signed_out_at: moment(row, "signed_out_at")?,
            signed_out_by: id(row, "signed_out_by")?,
            signed_minutes: row.try_get("", "signed_minutes")?,
            answer_by: moment(row, "answer_by")?,
            confirmed_minutes: row.try_get("", "confirmed_minutes")?,
            disputed_by: choice(row, "disputed_by", Side::from_word)?,
            disputed_at: moment(row, "disputed_at")?,
            posted_minutes: row.try_get("", "posted_minutes")?,
            pooled_minutes: row.try_get("", "pooled_minutes")?,
            asked_at: Instant(row.try_get("", "asked_at")?),
            asked_by: id(row, "asked_by")?,
            ended_at: moment(row, "ended_at")?,
            erased_at: moment(row, "erased_at")?,
            version: row.try_get("", "version")?,
        })
    }

    fn values(&self) -> [Value; COUNT] {
        let person = |person: Option<PersonId>| -> Value { person.map(|id| id.0).into() };
        let account = |account: Option<AccountId>| -> Value { account.map(|id| id.0).into() };
        let area = |area: Option<AreaId>| -> Value { area.map(|id| id.0).into() };
        let at = |at: Option<Instant>| -> Value { at.map(|at| at.0).into() };
        [
            self.community.0.into(),
            self.id.0.into(),
            self.number.clone().into(),
            self.state.word().into(),
            self.origin.word().into(),
            self.kind.clone().into(),
            area(self.grid),
            area(self.micro_grid),
            self.starts_at.0.into(),
            self.minutes.into(),
            i64::from(self.needs_coordinator).into(),
            i64::from(self.is_contact_shared).into(),
            person(self.receiver),
            person(self.relative),
            person(self.giver),
            self.cover.word().into(),
            self.locked.clone().into(),
            self.hold.map(|id| id.0).into(),
            self.code.clone().into(),
            self.code_tries.into(),
            at(self.signed_in_at),
            account(self.signed_in_by),
            at(self.signed_out_at),
            account(self.signed_out_by),
            self.signed_minutes.into(),
            at(self.answer_by),
            self.confirmed_minutes.into(),
            self.disputed_by.map(Side::word).into(),
            at(self.disputed_at),
            self.posted_minutes.into(),
            self.pooled_minutes.into(),
            self.asked_at.0.into(),
            account(self.asked_by),
            at(self.ended_at),
            at(self.erased_at),
            self.version.into(),
        ]
    }
}

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 40;

/// Keeps new helps, many in one statement.
pub async fn insert(tx: &Tx, helps: &[Help]) -> Result<(), StoreError> {
    for some in helps.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO timebank_help ({}) VALUES {}",
            COLUMNS.join(", "),
            places(some.len(), COUNT)
        );
        let values = some.iter().flat_map(Help::values);
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub async fn save(tx: &Tx, help: &Help) -> Result<bool, StoreError> {
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| !["community_id", "id", "version"].contains(column))
        .map(|(place, column)| format!("{column} = ${}", place + 1))
        .collect();
    let sql = format!(
        "UPDATE timebank_help SET {}, version = version + 1 \
         WHERE community_id = $1 AND id = $2 AND version = ${COUNT}",
        sets.join(", ")
    );
    let kept = tx.execute_raw(statement(tx, sql, help.values())).await?;
    Ok(kept.rows_affected() == 1)
}

async fn one<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: [Value; 2],
) -> Result<Option<Help>, StoreError> {
    let sql = format!(
        "SELECT {} FROM timebank_help WHERE community_id = $1 AND {condition}",
        COLUMNS.join(", ")
    );
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(Help::read).transpose()
}

/// The help of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    help: HelpId,
) -> Result<Option<Help>, StoreError> {
    one(on, "id = $2", [community.0.into(), help.0.into()]).await
}

/// The help of this id, for an act that has it to itself.
pub async fn by_id_to_change(tx: &Tx, help: HelpId) -> Result<Option<Help>, StoreError> {
    let condition = format!("id = $2 {}", for_update(tx));
    one(tx, &condition, [tx.community().0.into(), help.0.into()]).await
}

/// The help for which this was reserved, for an act that has it to itself.
pub async fn by_hold(tx: &Tx, hold: TransferId) -> Result<Option<Help>, StoreError> {
    let condition = format!("hold_id = $2 {}", for_update(tx));
    one(tx, &condition, [tx.community().0.into(), hold.0.into()]).await
}

/// The helps of a resident that have not come to their end.
pub async fn open_of(tx: &Tx, person: PersonId) -> Result<Vec<Help>, StoreError> {
    let sql = format!(
        "SELECT {} FROM timebank_help WHERE community_id = $1 AND ended_at IS NULL \
         AND (receiver_id = $2 OR relative_id = $2 OR giver_id = $2) ORDER BY id",
        COLUMNS.join(", ")
    );
    let values = [tx.community().0.into(), person.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(Help::read).collect()
}

/// Takes the next numbers of a year: the first of them, for `HB-2026-0007`.
pub async fn take_number(tx: &Tx, year: i16, count: i64) -> Result<i64, StoreError> {
    let sql = "INSERT INTO timebank_counter (community_id, year, last) VALUES ($1, $2, $3) \
               ON CONFLICT (community_id, year) DO UPDATE SET \
               last = timebank_counter.last + excluded.last RETURNING last";
    let values = [
        tx.community().0.into(),
        i64::from(year).into(),
        count.into(),
    ];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::Unreadable("timebank_counter".to_owned()))?;
    let last: i64 = row.try_get("", "last")?;
    Ok(last - count + 1)
}
