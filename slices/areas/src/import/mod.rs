//! A file of areas, looked through before anything is written: read, given parents, compared with
//! the map and with itself. The outcome is a plan; [`crate::carry_out`] makes it true, all of it
//! or nothing.

mod planning;
mod reading;

pub(crate) use planning::Parents;

use kernel::{Actor, AreaId, Facts};
use platform::House;
use platform::db::StoreError;
use spatial::{Datum, Shape};

use crate::actions::{self, Error};
use crate::atlas::{self, Atlas};
use crate::model::{Level, NewArea};
use crate::policy;
use crate::survey::Finding;

/// What the one who loads a file says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// What its areas are.
    pub level: Level,
    /// Against what its degrees are measured.
    pub datum: Datum,
    /// Whether they take the place of the areas of this level that lie in the same parents: a grid
    /// is cut anew.
    pub replaces: bool,
}

/// An area that would be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedArea {
    /// What it would be called.
    pub name: String,
    /// Its number; empty when it has none.
    pub code: String,
    /// In which area it would lie.
    pub parent: Option<AreaId>,
    /// Its outline in WGS-84.
    pub shape: Shape,
    level: Level,
}

impl PlannedArea {
    pub(crate) fn with_id(&self, id: AreaId) -> NewArea {
        NewArea {
            id,
            level: self.level,
            parent: self.parent,
            name: self.name.clone(),
            code: self.code.clone(),
            shape: Some(self.shape.clone()),
        }
    }
}

/// What loading a file would do, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// What was said about the file.
    pub options: ImportOptions,
    /// The map that it was compared with.
    pub revision: i64,
    /// What would be drawn.
    pub areas: Vec<PlannedArea>,
    /// What would end.
    pub ends: Vec<AreaId>,
    /// Micro-grids that would move under a new grid, by its place in `areas`.
    pub(crate) moves: Vec<(AreaId, usize)>,
    /// What must be mended first; while there is any, nothing can be loaded.
    pub faults: Vec<Finding>,
    /// What can be lived with.
    pub warnings: Vec<Finding>,
}

impl ImportPlan {
    /// Whether it can be carried out.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && !self.areas.is_empty()
    }
}

/// Looks through a file. Takes as long as the file is large: tenths of a second for thousands of
/// buildings.
pub fn plan_import(text: &str, options: &ImportOptions, map: &Atlas) -> ImportPlan {
    planning::plan(text, *options, map)
}

/// Looks through a file on a thread for long work.
pub(crate) async fn plan_aside(
    text: String,
    options: ImportOptions,
    map: std::sync::Arc<Atlas>,
) -> Result<ImportPlan, StoreError> {
    tokio::task::spawn_blocking(move || plan_import(&text, &options, &map))
        .await
        .map_err(|error| StoreError::Unreadable(format!("a file was not looked through: {error}")))
}

/// Loads a file for somebody who may edit the map: looks through it, and carries it out when it is
/// sound. When the returned plan is not sound, nothing was written, and its faults say why.
///
/// # Errors
/// [`Error::MapChanged`] when somebody else changed the map at the same moment, and whatever the
/// database refuses.
pub async fn import_areas(
    house: &House,
    actor: &Actor,
    text: String,
    options: &ImportOptions,
) -> Result<ImportPlan, Error> {
    let facts = Facts::of(actor.community);
    let allowed = house
        .policy()
        .check(actor, policy::EDIT, facts)
        .map_err(|_| Error::NotAllowed)?;
    let map = atlas::atlas(house, actor.community).await?;
    let plan = plan_aside(text, *options, map).await?;
    if plan.is_sound() {
        let mut tx = house.begin(actor).await?;
        actions::carry_out(&mut tx, &allowed, &plan).await?;
        tx.commit().await?;
    }
    Ok(plan)
}
