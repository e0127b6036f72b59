//! Writing a file: a job, so that nobody waits with an open page, and nothing is lost when the
//! program is killed. It writes in a transaction of its own, in which the file also ceases to be
//! queued: done twice, it finds nothing to do the second time. So it needs no part in the
//! transaction that removes the job, and the file is unpacked and compared before the database is
//! held.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kernel::events::{PeopleImported, PersonCorrected};
use kernel::{AccountId, Actor, CommunityId, HouseholdId, ImportId, Minutes};
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use platform::{House, Tx};
use serde::{Deserialize, Serialize};

use super::compare::Door;
use super::plan::{Fate, Plan, Planned, Snapshot};
use crate::actions::enter_many;
use crate::model::{Household, Particulars};
use crate::places::Doors;
use crate::store::PHONE;
use crate::store::imports::{self, Before, State};
use crate::store::register::{self, Entry, Known};

/// The job that writes a file.
pub const TAKE_IN: &str = "people.take_in";
/// The job that forgets what is no longer needed of a file.
pub const FORGET: &str = "people.forget_import";

/// For how long a file can be taken back.
pub const UNDO_WITHIN: Minutes = Minutes::days(1);
/// People written between two steps of the progress bar.
const STEP: usize = 1_000;

/// What the jobs need to know.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Payload {
    /// Which file.
    pub import: ImportId,
    /// Who said yes to it.
    pub account: Option<AccountId>,
}

/// How far the writing of a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows written.
    pub done: usize,
    /// Rows to be written.
    pub total: usize,
}

/// How far the files of this instance are. Outside the database: the transaction that writes them
/// shows nothing until it is done.
#[derive(Debug, Default)]
pub struct Progresses(Mutex<HashMap<ImportId, Progress>>);

impl Progresses {
    /// How far a file is, if this instance writes it.
    pub fn of(&self, import: ImportId) -> Option<Progress> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&import)
            .copied()
    }

    fn set(&self, import: ImportId, progress: Option<Progress>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match progress {
            Some(progress) => all.insert(import, progress),
            None => all.remove(&import),
        };
    }
}

/// The job [`TAKE_IN`].
pub fn take_in<'a>(house: &'a House, job: &'a Job) -> Doing<'a> {
    Box::pin(async move { take_in_now(house, job.community, &job.read()?).await })
}

/// Writes a queued file; does nothing when it is not queued any more.
pub(super) async fn take_in_now(
    house: &House,
    community: CommunityId,
    payload: &Payload,
) -> anyhow::Result<()> {
    let Payload { import, account } = *payload;
    let reader = house.db().reader();
    let is_queued = imports::one(&reader, community, import)
        .await?
        .is_some_and(|import| import.state == State::Queued);
    let Some(draft) = imports::draft(&reader, house.vault(), community, import).await? else {
        return Ok(());
    };
    if !is_queued {
        return Ok(());
    }
    let actor = Actor {
        account,
        ..Actor::visitor(community)
    };
    let mut tx = house.begin(&actor).await?;
    let snapshot = Snapshot::read(&tx, community).await?;
    let atlas = areas::atlas(house, community).await?;
    let plan = Plan::of(
        house,
        &draft.table,
        &draft.tuning,
        &snapshot,
        &mut Doors::of(atlas),
    );
    if !plan.is_ready() {
        drop(tx);
        let tx = house.housekeeping(community).await?;
        imports::back_to_draft(&tx, import, &draft.tuning).await?;
        return Ok(tx.commit().await?);
    }
    let written = write(&mut tx, import, &plan, &snapshot).await;
    let progresses = house.keep::<Progresses>();
    let outcome = match written {
        Ok(true) => tx.commit().await.map_err(Into::into),
        // Another instance was faster.
        Ok(false) => Ok(()),
        Err(error) => Err(error),
    };
    progresses.set(import, None);
    outcome
}

/// Writes all of a plan. Returns whether the file was still queued; if not, the transaction must
/// be dropped.
async fn write(
    tx: &mut Tx,
    import: ImportId,
    plan: &Plan,
    snapshot: &Snapshot,
) -> anyhow::Result<bool> {
    let progresses = tx.house().keep::<Progresses>();
    let mut progress = Progress {
        done: 0,
        total: plan.to_write(),
    };
    progresses.set(import, Some(progress));

    let (households, at_door) = households(tx, plan, snapshot);
    enter_many(tx, &households, &[], Some(import)).await?;
    let household = |row: &Planned| at_door.get(&row.door).copied();

    let new: Vec<&Planned> = plan
        .rows
        .iter()
        .filter(|row| row.fate == Fate::Enter)
        .collect();
    for some in new.chunks(STEP) {
        let entries: Vec<Entry> = some
            .iter()
            .map(|row| Entry {
                id: tx.new_id(),
                household: household(row),
                particulars: row.line.particulars(),
                import: Some(import),
                version: 1,
            })
            .collect();
        enter_many(tx, &[], &entries, Some(import)).await?;
        progress.done += some.len();
        progresses.set(import, Some(progress));
    }

    let corrected: Vec<(&Planned, usize, &Vec<&'static str>)> = plan
        .rows
        .iter()
        .filter_map(|row| match &row.fate {
            Fate::Correct(place, fields) => Some((row, *place, fields)),
            Fate::Enter | Fate::Nothing | Fate::Repeats(_) | Fate::Unclear => None,
        })
        .collect();
    for some in corrected.chunks(STEP) {
        let mut entries = Vec::with_capacity(some.len());
        let mut befores = Vec::with_capacity(some.len());
        for (row, place, fields) in some {
            let known = &snapshot.people[*place];
            let was = particulars_of(tx, known)?;
            let moved = fields
                .contains(&"address")
                .then(|| household(row))
                .flatten();
            entries.push(Entry {
                id: known.id,
                household: moved.or(known.household),
                particulars: overlaid(row, &was),
                import: None,
                version: known.version + 1,
            });
            befores.push(Before::of(known, was));
            let fields = fields.iter().map(|field| (*field).to_owned()).collect();
            tx.emit(&PersonCorrected {
                person: known.id,
                fields,
            });
        }
        register::put(tx, &entries).await?;
        imports::keep_befores(tx, import, &befores).await?;
        progress.done += some.len();
        progresses.set(import, Some(progress));
    }

    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    let (entered, corrected) = (count(new.len()), count(corrected.len()));
    let undo_until = tx.now.plus(UNDO_WITHIN);
    if !imports::finish(tx, import, entered, corrected, undo_until).await? {
        return Ok(false);
    }
    let community = tx.community();
    tx.emit(&PeopleImported {
        community,
        import,
        entered,
        corrected,
    });
    let payload = Payload {
        import,
        account: tx.actor.account,
    };
    tx.later_at(FORGET, &payload, undo_until.plus(Minutes(1)));
    Ok(true)
}

/// The dwellings that have to be entered, and which dwelling is behind each door.
fn households(
    tx: &Tx,
    plan: &Plan,
    snapshot: &Snapshot,
) -> (Vec<Household>, HashMap<Door, HouseholdId>) {
    let mut at_door: HashMap<Door, HouseholdId> = HashMap::new();
    for known in &snapshot.households {
        let id = HouseholdId(known.id);
        at_door
            .entry(Door::Written(known.address_key.clone()))
            .or_insert(id);
        if let Some(building) = known.building_id {
            let door = Door::Placed(building.into(), known.unit.clone(), known.room.clone());
            at_door.entry(door).or_insert(id);
        }
    }
    let mut households = Vec::new();
    for row in &plan.rows {
        let is_needed = match &row.fate {
            Fate::Enter => true,
            Fate::Correct(_, fields) => fields.contains(&"address"),
            Fate::Nothing | Fate::Repeats(_) | Fate::Unclear => false,
        };
        if is_needed && !at_door.contains_key(&row.door) {
            let household = Household {
                id: tx.new_id(),
                address: row.line.address.clone(),
                place: row.place,
            };
            at_door.insert(row.door.clone(), household.id);
            households.push(household);
        }
    }
    (households, at_door)
}

fn particulars_of(tx: &Tx, known: &Known) -> anyhow::Result<Particulars> {
    let open = |locked: &Vec<u8>| tx.house().vault().open(PHONE, locked);
    Ok(Particulars {
        name: known.name.clone(),
        sex: known.sex,
        birth_date: known.birth_date,
        phone: known.phone_locked.as_ref().map(open).transpose()?,
        relation: known.relation,
        residence: known.residence,
    })
}

/// What a row tells, over what the register knew.
fn overlaid(row: &Planned, was: &Particulars) -> Particulars {
    let line = &row.line;
    Particulars {
        name: line.name.clone(),
        sex: line.sex.unwrap_or(was.sex),
        birth_date: line.birth_date.or(was.birth_date),
        phone: line.phone.clone().or_else(|| was.phone.clone()),
        relation: line.relation.unwrap_or(was.relation),
        residence: line.residence.unwrap_or(was.residence),
    }
}

/// The job [`FORGET`]: a day later the file, or what it overwrote, is gone.
pub fn forget<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Payload { import, .. } = job.read()?;
        let result: Result<(), StoreError> = imports::forget(tx, import).await;
        Ok(result?)
    })
}
