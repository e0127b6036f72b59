//! The only writers of the map: one function for each act. Whoever acts has looked at a map (the
//! [`Atlas`]); when it is no longer the newest, nothing is written, so that what was checked
//! against it (no overlaps, nothing outside its parent) still holds when it is stored.

use kernel::events::{AreaCorrected, AreaDrawn, AreaRetired, AreasImported};
use kernel::{AccountId, AreaId, DutyId, DutyKind, Facts};
use platform::access::Allowed;
use platform::db::StoreError;
use platform::door::{self, NewDuty};
use platform::kept;
use platform::{Message, Refusal, Tx};
use spatial::Shape;

use crate::atlas::Atlas;
use crate::import::ImportPlan;
use crate::model::{Area, Level, NewArea};
use crate::store;

/// Why an act on the map is not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody has changed the map since it was looked at.
    #[error("the map has changed")]
    MapChanged,
    /// Somebody has corrected the area since the form was opened.
    #[error("the area has changed")]
    AreaChanged,
    /// The area has ended.
    #[error("the area has ended")]
    Ended,
    /// Grids or micro-grids still lie in it.
    #[error("other areas lie in it")]
    StillHolds,
    /// An area of this level cannot lie there.
    #[error("an area of this level cannot lie there")]
    WrongParent,
    /// Another area of this level has this code.
    #[error("the code is taken")]
    CodeTaken,
    /// The file has faults.
    #[error("the file has faults")]
    Faulty,
    /// There is no such duty over an area of the level, or it has ended.
    #[error("no such duty here")]
    NoSuchDuty,
    /// They hold this duty here already.
    #[error("on duty already")]
    OnDutyAlready,
    /// The actor may not edit the map.
    #[error("not allowed to edit the map")]
    NotAllowed,
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        // The only unique key that an act can hit is that of the codes.
        if error.is_duplicate() {
            Self::CodeTaken
        } else {
            Self::Store(error)
        }
    }
}

impl Error {
    /// What to say, unless it is the database's fault.
    pub fn message(&self) -> Option<Message> {
        let id = match self {
            Self::MapChanged => "areas-map-changed",
            Self::AreaChanged => "areas-area-changed",
            Self::Ended => "areas-ended",
            Self::StillHolds => "areas-still-holds",
            Self::WrongParent => "areas-wrong-parent",
            Self::CodeTaken => "areas-code-taken",
            Self::Faulty => "areas-faulty",
            Self::NoSuchDuty => "areas-no-such-duty",
            Self::OnDutyAlready => "areas-on-duty-already",
            Self::NotAllowed => "refusal-forbidden",
            Self::Store(_) => return None,
        };
        Some(Message::of(id))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match (error.message(), error) {
            (_, Error::Store(error)) => error.into(),
            (_, Error::NotAllowed) => Self::Forbidden,
            (Some(message), _) => Self::Conflict(message),
            (None, error) => Self::Fault(error.into()),
        }
    }
}

/// Draws a new area, valid from now on.
pub async fn draw(
    tx: &mut Tx,
    _allowed: &Allowed<Facts>,
    map: &Atlas,
    area: NewArea,
) -> Result<(), Error> {
    let parent = area.parent.map(|id| current(map, id)).transpose()?;
    if !area.level.may_lie_in(parent.map(|parent| parent.level)) {
        return Err(Error::WrongParent);
    }
    turn_page(tx, map.revision()).await?;
    store::insert(tx, std::slice::from_ref(&area)).await?;
    tx.emit(&AreaDrawn { area: area.id });
    Ok(())
}

/// What becomes of an area.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The version that was looked at.
    pub version: i64,
    /// What people call it.
    pub name: String,
    /// Its number.
    pub code: String,
    /// Its outline, sound.
    pub shape: Option<Shape>,
}

/// Corrects name, number and outline of an area. Cutting grids anew is another act: there the old
/// areas end and new ones begin ([`carry_out`]).
pub async fn correct(
    tx: &mut Tx,
    area: Allowed<Area>,
    map: &Atlas,
    correction: &Correction,
) -> Result<(), Error> {
    let area = area.into_inner();
    current(map, area.id)?;
    turn_page(tx, map.revision()).await?;
    let Correction {
        version,
        name,
        code,
        shape,
    } = correction;
    if !store::correct(tx, area.id, *version, name, code, shape.as_ref()).await? {
        return Err(Error::AreaChanged);
    }
    tx.emit(&AreaCorrected { area: area.id });
    Ok(())
}

/// Ends an area now. Matters of the past stay in it, and so do the duties over it until they are
/// laid down; its buildings are found by the map in whatever lies there next.
pub async fn retire(tx: &mut Tx, area: Allowed<Area>, map: &Atlas) -> Result<(), Error> {
    let area = area.into_inner();
    current(map, area.id)?;
    if map
        .children_of(Some(area.id))
        .any(|child| child.level != Level::Building)
    {
        return Err(Error::StillHolds);
    }
    turn_page(tx, map.revision()).await?;
    store::retire(tx, &[area.id]).await?;
    tx.emit(&AreaRetired { area: area.id });
    Ok(())
}

/// Loads a file that was looked through, all of it: what it replaces ends, what it brings begins,
/// and micro-grids move under their new grids. Returns the new ids, in the order of the plan.
pub async fn carry_out(
    tx: &mut Tx,
    _allowed: &Allowed<Facts>,
    plan: &ImportPlan,
) -> Result<Vec<AreaId>, Error> {
    if !plan.is_sound() {
        return Err(Error::Faulty);
    }
    turn_page(tx, plan.revision).await?;
    store::retire(tx, &plan.ends).await?;
    let areas: Vec<NewArea> = plan
        .areas
        .iter()
        .map(|planned| planned.with_id(tx.new_id()))
        .collect();
    store::insert(tx, &areas).await?;
    let moves: Vec<(AreaId, AreaId)> = plan
        .moves
        .iter()
        .map(|(area, planned)| (*area, areas[*planned].id))
        .collect();
    store::rehome(tx, &moves).await?;
    for area in &plan.ends {
        tx.emit(&AreaRetired { area: *area });
    }
    emit_import(tx, areas.len());
    Ok(areas.into_iter().map(|area| area.id).collect())
}

/// Draws many areas at once, unasked: for a demo and for tests, which begin with an empty map.
/// Parents must stand before their children.
///
/// # Errors
/// When the database refuses.
pub async fn draw_many(tx: &mut Tx, areas: Vec<NewArea>) -> Result<(), StoreError> {
    kept::renew::<Atlas>(tx).await?;
    store::insert(tx, &areas).await?;
    emit_import(tx, areas.len());
    Ok(())
}

/// Puts somebody on duty over a grid or micro-grid, from now on.
pub async fn put_on_duty(
    tx: &mut Tx,
    area: Allowed<Area>,
    account: AccountId,
    kind: DutyKind,
) -> Result<DutyId, Error> {
    let area = area.into_inner();
    if !area.is_current() {
        return Err(Error::Ended);
    }
    if !area.level.duties().contains(&kind) {
        return Err(Error::WrongParent);
    }
    let held = door::on_duty(tx, tx.community(), tx.now).await?;
    if held
        .iter()
        .any(|duty| duty.account == account && duty.kind == kind && duty.area == Some(area.id))
    {
        return Err(Error::OnDutyAlready);
    }
    let duty = NewDuty {
        account,
        kind,
        area: Some(area.id),
        handler: None,
    };
    Ok(door::take_up(tx, &duty).await?)
}

/// Ends a duty over a grid or micro-grid now. Returns over which. No other duty can be ended
/// here: an administrator's would be as good as a lock on the door.
pub async fn end_duty(
    tx: &mut Tx,
    _allowed: &Allowed<Facts>,
    duty: DutyId,
) -> Result<AreaId, Error> {
    let held = door::on_duty(tx, tx.community(), tx.now).await?;
    let area = held
        .iter()
        .filter(|one| matches!(one.kind, DutyKind::GridWorker | DutyKind::MicroGridHead))
        .find(|one| one.id == duty)
        .and_then(|one| one.area)
        .ok_or(Error::NoSuchDuty)?;
    if !door::lay_down(tx, duty).await? {
        return Err(Error::NoSuchDuty);
    }
    Ok(area)
}

fn current(map: &Atlas, id: AreaId) -> Result<&Area, Error> {
    map.area(id)
        .filter(|area| area.is_current())
        .ok_or(Error::Ended)
}

/// One more change of the map, if nobody else has made one since.
async fn turn_page(tx: &Tx, seen: i64) -> Result<(), Error> {
    let revision = kept::renew::<Atlas>(tx).await?;
    if revision == seen + 1 {
        Ok(())
    } else {
        Err(Error::MapChanged)
    }
}

fn emit_import(tx: &mut Tx, areas: usize) {
    let event = AreasImported {
        community: tx.community(),
        import: tx.new_id(),
        areas: i64::try_from(areas).unwrap_or(i64::MAX),
    };
    tx.emit(&event);
}
