//! Many helps: those that are sought, those of one resident, those that the desk has before it. No
//! word of a help stands in a list.

use kernel::{AreaId, HelpId, Instant, PersonId};
use platform::db::StoreError;
use platform::locale::Locale;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, JoinType, QueryResult};

use super::{id, moment, the_choice, the_id};
use crate::model::{Cover, Side, State};

/// Helps in one list.
const SHOWN: u64 = 100;
/// Helps that the desk has before it at once.
const AT_DESK: u64 = 300;

/// A help in a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: HelpId,
    /// `HB-2026-0007`.
    pub number: String,
    /// Its kind in Chinese, and in English if it was translated.
    pub kind: (String, String),
    /// Where it stands.
    pub state: State,
    /// The grid of the receiver.
    pub grid: Option<AreaId>,
    /// Their micro-grid.
    pub micro_grid: Option<AreaId>,
    /// When it begins.
    pub starts_at: Instant,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// Whose credit pays.
    pub cover: Cover,
    /// Who receives it.
    pub receiver: Option<PersonId>,
    /// The relative who asked for them.
    pub relative: Option<PersonId>,
    /// Who helps.
    pub giver: Option<PersonId>,
    /// What the receiver tells the giver.
    pub code: Option<String>,
    /// By when the receiver is to confirm.
    pub answer_by: Option<Instant>,
    /// When it was disputed.
    pub disputed_at: Option<Instant>,
}

impl Line {
    /// What its kind is called; in Chinese when there is no other name.
    pub fn kind(&self, locale: Locale) -> &str {
        let (zh, en) = &self.kind;
        match locale {
            Locale::En | Locale::Mirror if !en.is_empty() => en,
            Locale::ZhCn | Locale::En | Locale::Mirror => zh,
        }
    }

    /// Who somebody is to it.
    pub fn side_of(&self, person: PersonId) -> Option<Side> {
        let sides = [
            (self.giver, Side::Giver),
            (self.receiver, Side::Receiver),
            (self.relative, Side::Relative),
        ];
        sides
            .into_iter()
            .find_map(|(one, side)| (one == Some(person)).then_some(side))
    }
}

/// A help that is sought, with whether the reader offers already.
#[derive(Clone, Debug)]
pub struct Sought {
    /// The help.
    pub line: Line,
    /// Whether the reader offers.
    pub is_offered: bool,
}

const COLUMNS: [&str; 14] = [
    "id",
    "number",
    "state",
    "grid_id",
    "micro_grid_id",
    "starts_at",
    "minutes",
    "cover",
    "receiver_id",
    "relative_id",
    "giver_id",
    "code",
    "answer_by",
    "disputed_at",
];

fn column(name: &'static str) -> Expr {
    Expr::col(("h", name))
}

fn lines(reach: Condition, limit: u64) -> SelectStatement {
    let mut query = Query::select();
    for name in COLUMNS {
        query.column(("h", name));
    }
    let is_kind = Condition::all()
        .add(Expr::col(("k", "community_id")).equals(("h", "community_id")))
        .add(Expr::col(("k", "code")).equals(("h", "kind")));
    query
        .expr_as(Expr::col(("k", "name_zh")), "kind_zh")
        .expr_as(Expr::col(("k", "name_en")), "kind_en")
        .from_as("timebank_help", "h")
        .join_as(JoinType::Join, "timebank_kind", "k", is_kind)
        .cond_where(reach)
        .limit(limit)
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Line, StoreError> {
    Ok(Line {
        id: the_id(row, "id")?,
        number: row.try_get("", "number")?,
        kind: (row.try_get("", "kind_zh")?, row.try_get("", "kind_en")?),
        state: the_choice(row, "state", State::from_word)?,
        grid: id(row, "grid_id")?,
        micro_grid: id(row, "micro_grid_id")?,
        starts_at: Instant(row.try_get("", "starts_at")?),
        minutes: row.try_get("", "minutes")?,
        cover: the_choice(row, "cover", Cover::from_word)?,
        receiver: id(row, "receiver_id")?,
        relative: id(row, "relative_id")?,
        giver: id(row, "giver_id")?,
        code: row.try_get("", "code")?,
        answer_by: moment(row, "answer_by")?,
        disputed_at: moment(row, "disputed_at")?,
    })
}

/// What is sought and has not begun, the soonest first, within reach of the policy.
pub async fn sought<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    asker: Option<PersonId>,
    now: Instant,
) -> Result<Vec<Sought>, StoreError> {
    let sought = State::ALL.iter().filter(|state| state.is_sought());
    let mut query = lines(reach, SHOWN);
    query
        .and_where(column("ended_at").is_null())
        .and_where(column("state").is_in(sought.map(|state| state.word())))
        .and_where(column("starts_at").gt(now.0))
        .order_by(("h", "starts_at"), Order::Asc)
        .order_by(("h", "id"), Order::Asc);
    if let Some(asker) = asker {
        let is_own = Condition::all()
            .add(Expr::col(("o", "community_id")).equals(("h", "community_id")))
            .add(Expr::col(("o", "help_id")).equals(("h", "id")))
            .add(Expr::col(("o", "person_id")).eq(asker.0));
        query
            .expr_as(Expr::col(("o", "person_id")), "offered_by")
            .join_as(JoinType::LeftJoin, "timebank_offer", "o", is_own);
    }
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            let is_offered = match asker {
                Some(_) => id::<PersonId>(row, "offered_by")?.is_some(),
                None => false,
            };
            let line = read(row)?;
            Ok(Sought { line, is_offered })
        })
        .collect()
}

/// The helps to which a resident is one of the sides, the latest first, within reach of the policy.
pub async fn of_person<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    person: PersonId,
) -> Result<Vec<Line>, StoreError> {
    let is_side = ["receiver_id", "relative_id", "giver_id"]
        .into_iter()
        .fold(Condition::any(), |any, side| {
            any.add(column(side).eq(person.0))
        });
    let query = lines(reach, SHOWN)
        .cond_where(is_side)
        .order_by(("h", "starts_at"), Order::Desc)
        .order_by(("h", "id"), Order::Desc)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(read).collect()
}

/// What is open, the soonest first, within reach of the policy.
pub async fn at_desk<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
) -> Result<Vec<Line>, StoreError> {
    let query = lines(reach, AT_DESK)
        .and_where(column("ended_at").is_null())
        .order_by(("h", "starts_at"), Order::Asc)
        .order_by(("h", "id"), Order::Asc)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(read).collect()
}
