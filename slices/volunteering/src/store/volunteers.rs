//! Those who said that they might be asked, and when they were.

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, Instant, PersonId};
use matching::Times;
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{ROWS_AT_ONCE, marks, small};

/// What somebody says of how they might be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Who.
    pub person: PersonId,
    /// When they are free.
    pub times: Times,
    /// How far they like to go, in metres; `None` is anywhere.
    pub reach_m: Option<u32>,
    /// How often a month they may be asked, from 1 to 8.
    pub askings_max: u32,
    /// Since when.
    pub since: Instant,
    /// Grows with every change.
    pub version: i64,
}

/// A volunteer with what fairness asks for: numbers that are read anew each time and shown nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    /// What they said.
    pub profile: Profile,
    /// How often they were asked in the last 90 days.
    pub askings_90: u32,
    /// How often in the last 30.
    pub askings_30: u32,
    /// When they were last asked.
    pub asked_at: Option<Instant>,
    /// Confirmed minutes of the last 90 days.
    pub minutes_90: i64,
}

const COLUMNS: &str = "v.person_id, v.times, v.reach_m, v.askings_max, v.since, v.version";

/// Volunteers of one community that are looked at, at most.
const MOST: u64 = 5_000;

fn profile(row: &QueryResult) -> Result<Profile, StoreError> {
    let reach: Option<i64> = row.try_get("", "reach_m")?;
    Ok(Profile {
        person: PersonId(row.try_get("", "person_id")?),
        times: Times::from_bits(small(row, "times")?),
        reach_m: reach.and_then(|metres| u32::try_from(metres).ok()),
        askings_max: small(row, "askings_max")?,
        since: Instant(row.try_get("", "since")?),
        version: row.try_get("", "version")?,
    })
}

/// What somebody said, if they are a volunteer.
pub async fn by_person<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Option<Profile>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM volunteer v WHERE v.community_id = $1 AND v.person_id = $2");
    let values = [community.0.into(), person.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(profile).transpose()
}

/// All volunteers with their shares, in one statement; those who were first come first.
pub async fn shares<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    now: Instant,
    since: Date,
) -> Result<Vec<Shares>, StoreError> {
    let asked = "FROM volunteer_asked a WHERE a.community_id = v.community_id \
                 AND a.person_id = v.person_id";
    let sql = format!(
        "SELECT {COLUMNS}, (SELECT count(*) {asked} AND a.at >= $2) AS askings_90, \
         (SELECT count(*) {asked} AND a.at >= $3) AS askings_30, \
         (SELECT max(a.at) {asked}) AS asked_at, \
         (SELECT CAST(COALESCE(sum(s.minutes), 0) AS bigint) FROM post_shift s \
          WHERE s.community_id = v.community_id AND s.person_id = v.person_id \
          AND s.state = 'confirmed' AND s.day >= $4) AS minutes_90 \
         FROM volunteer v WHERE v.community_id = $1 ORDER BY v.person_id LIMIT {MOST}"
    );
    let ago = |days: i64| now.plus(kernel::Minutes::days(-days));
    let values = [
        community.0.into(),
        ago(90).0.into(),
        ago(30).0.into(),
        since.to_string().into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Shares {
                profile: profile(row)?,
                askings_90: small(row, "askings_90")?,
                askings_30: small(row, "askings_30")?,
                asked_at: row.try_get::<Option<i64>>("", "asked_at")?.map(Instant),
                minutes_90: row.try_get("", "minutes_90")?,
            })
        })
        .collect()
}

/// Keeps new volunteers, many in a statement. Returns how many; the others were volunteers already.
pub async fn insert(tx: &Tx, profiles: &[Profile]) -> Result<u64, StoreError> {
    let mut kept = 0;
    for some in profiles.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO volunteer (community_id, person_id, times, reach_m, askings_max, since, \
             version) VALUES {} ON CONFLICT DO NOTHING",
            places(some.len(), 7)
        );
        let values = some.iter().flat_map(|one| -> [Value; 7] {
            [
                tx.community().0.into(),
                one.person.0.into(),
                i64::from(one.times.bits()).into(),
                one.reach_m.map(i64::from).into(),
                i64::from(one.askings_max).into(),
                one.since.0.into(),
                one.version.into(),
            ]
        });
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        kept += done.rows_affected();
    }
    Ok(kept)
}

/// Keeps what somebody says anew, if they did not say something else meanwhile.
pub async fn save(tx: &Tx, profile: &Profile) -> Result<bool, StoreError> {
    let sql = "UPDATE volunteer SET times = $1, reach_m = $2, askings_max = $3, \
               version = version + 1 WHERE community_id = $4 AND person_id = $5 AND version = $6";
    let values: [Value; 6] = [
        i64::from(profile.times.bits()).into(),
        profile.reach_m.map(i64::from).into(),
        i64::from(profile.askings_max).into(),
        tx.community().0.into(),
        profile.person.0.into(),
        profile.version.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets a volunteer, and when they were asked. Returns whether they were one.
pub async fn delete(tx: &Tx, person: PersonId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM volunteer WHERE community_id = $1 AND person_id = $2";
    let values = || [tx.community().0.into(), person.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values())).await?;
    let sql = "DELETE FROM volunteer_asked WHERE community_id = $1 AND person_id = $2";
    tx.execute_raw(statement(tx, sql, values())).await?;
    Ok(done.rows_affected() > 0)
}

/// Has these volunteers to itself until the act is over, so that two who ask at once count each
/// other's askings.
pub async fn hold(tx: &Tx, people: &[PersonId]) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT person_id FROM volunteer WHERE community_id = $1 AND person_id IN ({}) \
         ORDER BY person_id {}",
        marks(people.len(), 2),
        for_update(tx)
    );
    let values =
        std::iter::once(tx.community().0.into()).chain(people.iter().map(|id| id.0.into()));
    tx.query_all_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Notes that these people were asked, at these moments.
pub async fn note_asked(tx: &Tx, asked: &[(PersonId, Instant)]) -> Result<(), StoreError> {
    for some in asked.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO volunteer_asked (community_id, person_id, id, at) VALUES {}",
            places(some.len(), 4)
        );
        let values = some.iter().flat_map(|(person, at)| -> [Value; 4] {
            let id: Uuid = tx.new_id();
            [
                tx.community().0.into(),
                person.0.into(),
                id.into(),
                at.0.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// The open accounts of these people, to tell them something.
pub async fn accounts(tx: &Tx, people: &[PersonId]) -> Result<Vec<AccountId>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id FROM account WHERE community_id = $1 AND disabled_at IS NULL \
         AND person_id IN ({}) ORDER BY id",
        marks(people.len(), 2)
    );
    let values =
        std::iter::once(tx.community().0.into()).chain(people.iter().map(|id| id.0.into()));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(AccountId(row.try_get("", "id")?)))
        .collect()
}
