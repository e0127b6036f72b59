//! Where a dwelling lies: its address is asked of the map, building by building. When the map
//! changes, dwellings follow it, since who may read whom depends on where they live today; the
//! matters of the past stay where they were.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use areas::Atlas;
use kernel::{AreaId, CommunityId, HouseholdId, JobId};
use platform::Hearing;
use platform::Tx;
use platform::jobs::{Doing, Job};
use platform::record::Recorded;
use text::AddressKey;

use crate::model::Place;
use crate::store::register;

/// The job that moves dwellings after the map.
pub const FOLLOW_MAP: &str = "people.follow_map";

/// The map as a register of doors. Asks for each building once: a file of 20,000 rows names a few
/// hundred.
#[derive(Debug)]
pub struct Doors {
    atlas: Arc<Atlas>,
    known: HashMap<(Option<String>, String), Place>,
}

impl Doors {
    /// The doors of a map.
    pub fn of(atlas: Arc<Atlas>) -> Self {
        Self {
            atlas,
            known: HashMap::new(),
        }
    }

    /// The map behind them.
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// Where an address lies; nowhere when it names no building, or none that is on the map.
    pub fn place(&mut self, address: &AddressKey) -> Place {
        let Some(building) = address.building.clone() else {
            return Place::default();
        };
        let Self { atlas, known } = self;
        *known
            .entry((address.compound.clone(), building.clone()))
            .or_insert_with(|| {
                let compound = address.compound.clone();
                let building = AddressKey {
                    compound,
                    building: Some(building),
                    unit: None,
                    room: None,
                };
                place_in(atlas, atlas.building_named(&building.to_string()))
            })
    }
}

fn place_in(atlas: &Atlas, building: Option<AreaId>) -> Place {
    let place = building.and_then(|building| atlas.place_of_building(building));
    Place {
        building,
        grid: place.map(|place| place.grid),
        micro_grid: place.map(|place| place.micro_grid),
    }
}

/// Hears that the map changed.
pub fn hear_of_map<'a>(tx: &'a mut Tx, _event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        tx.later(FOLLOW_MAP, &());
        Ok(())
    })
}

/// Which revision of each community's map was followed last, and by which job. A file of areas
/// brings an event for each: all jobs but the first find their work done. The job itself is
/// remembered because it may not have been confirmed, and then comes again.
#[derive(Debug, Default)]
struct Followed(Mutex<HashMap<CommunityId, (i64, JobId)>>);

impl Followed {
    fn is_done(&self, community: CommunityId, revision: i64, job: JobId) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&community) {
            Some((followed, by)) if *followed == revision && *by != job => true,
            _ => {
                all.insert(community, (revision, job));
                false
            }
        }
    }
}

/// Moves the dwellings whose building lies elsewhere than they say, and those that were on no map.
pub fn follow_map<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let community = tx.community();
        let atlas = Arc::new(Atlas::read(tx, community).await?);
        let followed = tx.house().keep::<Followed>();
        if followed.is_done(community, atlas.revision(), job.id) {
            return Ok(());
        }
        let mut doors = Doors::of(atlas);
        let mut moves: HashMap<Place, Vec<HouseholdId>> = HashMap::new();
        for household in register::households(tx, community).await? {
            let key = AddressKey::parse(&household.address_key).unwrap_or_default();
            let here = Place {
                building: household.building_id.map(Into::into),
                grid: household.grid_id.map(Into::into),
                micro_grid: household.micro_grid_id.map(Into::into),
            };
            let is_building_there = |area: &AreaId| {
                doors
                    .atlas()
                    .area(*area)
                    .is_some_and(areas::Area::is_current)
            };
            let there = match here.building.filter(is_building_there) {
                Some(building) => place_in(doors.atlas(), Some(building)),
                None => doors.place(&key),
            };
            if there != here {
                moves
                    .entry(there)
                    .or_default()
                    .push(HouseholdId(household.id));
            }
        }
        for (place, households) in &moves {
            register::move_households(tx, *place, households).await?;
        }
        Ok(())
    })
}
