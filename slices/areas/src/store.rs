//! The rows of the area tree. Nothing but this module knows how they are stored.

use kernel::{AreaId, CommunityId, Instant};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use spatial::{Point, Shape};
use uuid::Uuid;

use crate::geometry;
use crate::model::{Area, Level, NewArea};

/// Rows in one statement: twelve values each. More would be slower on SQLite, which looks the name
/// of each `$n` up among all before it.
const ROWS_AT_ONCE: usize = 100;

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    level: String,
    parent_id: Option<Uuid>,
    name: String,
    code: String,
    geometry: Option<String>,
    label_lon: Option<f64>,
    label_lat: Option<f64>,
    area_m2: Option<f64>,
    valid_from: i64,
    valid_until: Option<i64>,
    version: i64,
}

/// Every area that is or was, with the outline and its text for those that are.
pub async fn all<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, level, parent_id, name, code, \
               CASE WHEN valid_until IS NULL THEN geometry END AS geometry, \
               label_lon, label_lat, area_m2, valid_from, valid_until, version \
               FROM area WHERE community_id = $1";
    let rows = Row::find_by_statement(statement(on, sql, [community.0.into()]))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| Stored::of(community, row))
        .collect()
}

/// An area as it was stored.
#[derive(Debug)]
pub struct Stored {
    /// The area.
    pub area: Area,
    /// The text of its outline.
    pub geometry: Option<String>,
}

impl Stored {
    fn of(community: CommunityId, row: Row) -> Result<Self, StoreError> {
        let level = Level::from_word(&row.level)
            .ok_or_else(|| StoreError::Unreadable(format!("area level {}", row.level)))?;
        let at = row
            .label_lon
            .zip(row.label_lat)
            .and_then(|(lon, lat)| Point::new(lon, lat));
        Ok(Self {
            area: Area {
                community,
                id: row.id.into(),
                level,
                parent: row.parent_id.map(Into::into),
                name: row.name,
                code: row.code,
                at,
                area_m2: row.area_m2,
                valid_from: Instant(row.valid_from),
                valid_until: row.valid_until.map(Instant),
                version: row.version,
            },
            geometry: row.geometry,
        })
    }

    /// The outline, read from its text.
    pub fn shape(&self) -> Result<Option<Shape>, StoreError> {
        self.geometry
            .as_deref()
            .map(|text| {
                geometry::read(text).map_err(|error| {
                    StoreError::Unreadable(format!("geometry of area {}: {error}", self.area.id))
                })
            })
            .transpose()
    }
}

/// Enters areas that are valid from now on; parents must stand before their children.
pub async fn insert(tx: &Tx, areas: &[NewArea]) -> Result<(), StoreError> {
    for some in areas.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO area (community_id, id, level, parent_id, name, code, geometry, \
             label_lon, label_lat, area_m2, valid_from, version) VALUES {}",
            places(some.len(), 12)
        );
        let values = some.iter().flat_map(|area| -> [Value; 12] {
            let [geometry, lon, lat, area_m2] = outline_values(area.shape.as_ref());
            [
                tx.community().0.into(),
                area.id.0.into(),
                area.level.word().into(),
                area.parent.map(|parent| parent.0).into(),
                area.name.as_str().into(),
                area.code.as_str().into(),
                geometry,
                lon,
                lat,
                area_m2,
                tx.now.0.into(),
                1_i64.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Gives a current area a new name, code and outline, if it still has this version.
pub async fn correct(
    tx: &Tx,
    id: AreaId,
    version: i64,
    name: &str,
    code: &str,
    shape: Option<&Shape>,
) -> Result<bool, StoreError> {
    let sql = "UPDATE area SET name = $1, code = $2, geometry = $3, label_lon = $4, \
               label_lat = $5, area_m2 = $6, version = version + 1 \
               WHERE community_id = $7 AND id = $8 AND version = $9 AND valid_until IS NULL";
    let [geometry, lon, lat, area_m2] = outline_values(shape);
    let values: [Value; 9] = [
        name.into(),
        code.into(),
        geometry,
        lon,
        lat,
        area_m2,
        tx.community().0.into(),
        id.0.into(),
        version.into(),
    ];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        == 1)
}

/// The text, the label's place and the ground of an outline.
fn outline_values(shape: Option<&Shape>) -> [Value; 4] {
    let label = shape.map(Shape::label_point).map(geometry::rounded);
    [
        shape.map(geometry::write).into(),
        label.map(Point::lon).into(),
        label.map(Point::lat).into(),
        shape.map(Shape::area_m2).into(),
    ]
}

/// Ends current areas now; returns how many there were.
pub async fn retire(tx: &Tx, ids: &[AreaId]) -> Result<u64, StoreError> {
    let mut ended = 0;
    for some in ids.chunks(ROWS_AT_ONCE) {
        let marks: Vec<String> = (0..some.len()).map(|n| format!("${}", n + 3)).collect();
        let sql = format!(
            "UPDATE area SET valid_until = $1, version = version + 1 \
             WHERE community_id = $2 AND valid_until IS NULL AND id IN ({})",
            marks.join(",")
        );
        let head = [tx.now.0.into(), tx.community().0.into()];
        let values = head
            .into_iter()
            .chain(some.iter().map(|id| Value::from(id.0)));
        ended += tx
            .execute_raw(statement(tx, sql, values))
            .await?
            .rows_affected();
    }
    Ok(ended)
}

/// Puts areas under other parents.
pub async fn rehome(tx: &Tx, moves: &[(AreaId, AreaId)]) -> Result<(), StoreError> {
    for some in moves.chunks(ROWS_AT_ONCE) {
        let whens: Vec<String> = (0..some.len())
            .map(|n| format!("WHEN ${} THEN ${}", n * 2 + 2, n * 2 + 3))
            .collect();
        let ids: Vec<String> = (0..some.len()).map(|n| format!("${}", n * 2 + 2)).collect();
        let sql = format!(
            "UPDATE area SET parent_id = CASE id {} END, version = version + 1 \
             WHERE community_id = $1 AND id IN ({})",
            whens.join(" "),
            ids.join(",")
        );
        let values = std::iter::once(Value::from(tx.community().0)).chain(
            some.iter()
                .flat_map(|(area, parent)| [area.0.into(), parent.0.into()]),
        );
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}
