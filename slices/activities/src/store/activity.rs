//! An activity, whole: read and kept.

use jiff::civil::Date;
use kernel::{AccountId, ActivityId, AreaId, CommunityId, Instant, ItemId, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::reading::{choice, day, id, id_if_any, unreadable};
use crate::model::{Cadence, Ending, Kind, Origin, Series, State};

/// Something that is held, once or as a series.
#[derive(Clone, Debug)]
pub struct Activity {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where, in words.
    pub place: String,
    /// For which grid it is meant; `None` is all of the community.
    pub area: Option<AreaId>,
    /// Of what kind.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Whose idea it was.
    pub origin: Origin,
    /// For whom it is, in words; empty is everybody.
    pub eligibility: String,
    /// The account that leads it; without one everybody at the desk does.
    pub organiser: Option<AccountId>,
    /// The account that proposed it.
    pub proposer: Option<AccountId>,
    /// Who proposed it, when the register knows them.
    pub proposer_person: Option<PersonId>,
    /// Places at each date; `None` is as many as come.
    pub capacity: Option<i64>,
    /// When it takes place.
    pub series: Series,
    /// Whether those who come are volunteers, so that it counts as service.
    pub is_service: bool,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
    /// Why it was called off, or cannot be done.
    pub reason: String,
    /// When it was written down.
    pub made_at: Instant,
    /// When it was announced.
    pub published_at: Option<Instant>,
    /// Grows with every change; two stale forms cannot both win.
    pub version: i64,
}

const COLUMNS: [&str; 26] = [
    "community_id",
    "id",
    "title",
    "about",
    "place",
    "area_id",
    "kind",
    "state",
    "origin",
    "eligibility",
    "organiser_id",
    "proposer_account_id",
    "proposer_id",
    "capacity",
    "first_day",
    "start_time",
    "minutes",
    "cadence",
    "times",
    "last_day",
    "exceptions",
    "is_service",
    "gives_item",
    "reason",
    "made_at",
    "published_at",
];

impl Activity {
    fn values(&self) -> [Value; 26] {
        let series = &self.series;
        let (times, last) = match series.ending {
            Ending::After(times) => (i64::try_from(times).ok(), None),
            Ending::Until(day) => (None, Some(day.to_string())),
        };
        let (hour, minute) = (series.start.hour(), series.start.minute());
        [
            self.community.0.into(),
            self.id.0.into(),
            self.title.clone().into(),
            self.about.clone().into(),
            self.place.clone().into(),
            self.area.map(|area| area.0).into(),
            self.kind.word().into(),
            self.state.word().into(),
            self.origin.word().into(),
            self.eligibility.clone().into(),
            self.organiser.map(|account| account.0).into(),
            self.proposer.map(|account| account.0).into(),
            self.proposer_person.map(|person| person.0).into(),
            self.capacity.into(),
            series.first.to_string().into(),
            format!("{hour:02}:{minute:02}").into(),
            series.minutes.into(),
            series.cadence.word().into(),
            times.into(),
            last.into(),
            series.exceptions.to_string().into(),
            i64::from(self.is_service).into(),
            self.item.map(|item| item.0).into(),
            self.reason.clone().into(),
            self.made_at.0.into(),
            self.published_at.map(|at| at.0).into(),
        ]
    }

    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            community: id(row, "community_id")?,
            id: id(row, "id")?,
            title: row.try_get("", "title")?,
            about: row.try_get("", "about")?,
            place: row.try_get("", "place")?,
            area: id_if_any(row, "area_id")?,
            kind: choice(row, "kind", Kind::from_word)?,
            state: choice(row, "state", State::from_word)?,
            origin: choice(row, "origin", Origin::from_word)?,
            eligibility: row.try_get("", "eligibility")?,
            organiser: id_if_any(row, "organiser_id")?,
            proposer: id_if_any(row, "proposer_account_id")?,
            proposer_person: id_if_any(row, "proposer_id")?,
            capacity: row.try_get("", "capacity")?,
            series: series(row)?,
            is_service: row.try_get::<i64>("", "is_service")? == 1,
            item: id_if_any(row, "gives_item")?,
            reason: row.try_get("", "reason")?,
            made_at: Instant(row.try_get("", "made_at")?),
            published_at: row.try_get::<Option<i64>>("", "published_at")?.map(Instant),
            version: row.try_get("", "version")?,
        })
    }
}

fn series(row: &QueryResult) -> Result<Series, StoreError> {
    let start: String = row.try_get("", "start_time")?;
    let exceptions: String = row.try_get("", "exceptions")?;
    let last: Option<String> = row.try_get("", "last_day")?;
    let last: Option<Date> = last
        .map(|text| text.parse().map_err(|_| unreadable("last_day", &text)))
        .transpose()?;
    let times: Option<i64> = row.try_get("", "times")?;
    let times = times.and_then(|times| usize::try_from(times).ok());
    Ok(Series {
        first: day(row, "first_day")?,
        start: crate::model::read_time(&start).ok_or_else(|| unreadable("start_time", &start))?,
        minutes: row.try_get("", "minutes")?,
        cadence: choice(row, "cadence", Cadence::from_word)?,
        ending: last.map_or(Ending::After(times.unwrap_or(1)), Ending::Until),
        exceptions: exceptions
            .parse()
            .map_err(|_| unreadable("exceptions", &exceptions))?,
    })
}

/// Activities at once: each has 27 values.
const AT_ONCE: usize = 200;

/// Keeps new activities.
pub async fn insert_many(tx: &Tx, activities: &[Activity]) -> Result<(), StoreError> {
    for some in activities.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO activity ({}, version) VALUES {}",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len() + 1)
        );
        let values = some.iter().flat_map(|activity| {
            let version: Value = activity.version.into();
            activity.values().into_iter().chain([version])
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub async fn save(tx: &Tx, activity: &Activity) -> Result<bool, StoreError> {
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .skip(2)
        .map(|(place, column)| format!("{column} = ${}", place + 1))
        .collect();
    let sql = format!(
        "UPDATE activity SET {}, version = version + 1 \
         WHERE community_id = $1 AND id = $2 AND version = ${}",
        sets.join(", "),
        COLUMNS.len() + 1
    );
    let version: Value = activity.version.into();
    let values = activity.values().into_iter().chain([version]);
    let kept = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(kept.rows_affected() == 1)
}

/// Who leads an activity, as pages show them.
#[derive(Clone, Debug)]
pub struct Leader {
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub sign_in_name: String,
}

/// The activity of this id with its organiser, in one statement.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    activity: ActivityId,
) -> Result<Option<(Activity, Option<Leader>)>, StoreError> {
    let sql = format!(
        "SELECT {}, a.version, o.display_name, o.sign_in_name FROM activity a \
         LEFT JOIN account o ON o.community_id = a.community_id AND o.id = a.organiser_id \
         WHERE a.community_id = $1 AND a.id = $2",
        COLUMNS.map(|column| format!("a.{column}")).join(", ")
    );
    let values = [community.0.into(), activity.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let name: Option<String> = row.try_get("", "display_name")?;
    let sign_in_name: Option<String> = row.try_get("", "sign_in_name")?;
    let leader = name.zip(sign_in_name);
    let leader = leader.map(|(name, sign_in_name)| Leader { name, sign_in_name });
    Ok(Some((Activity::read(&row)?, leader)))
}
