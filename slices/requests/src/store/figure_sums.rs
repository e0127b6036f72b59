//! The figures of a period by area, kind, party and month, in two statements whatever their number of
//! matters: months that are past from what is kept of them, the rest from the matters themselves.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{AreaId, CategoryId, CommunityId, HandlerId, Instant};
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::figure_months::right_ones;
use super::figure_rows::{columns, sums};
use crate::figure::{FIGURES, STEPS, Sums};
use crate::period::{Period, Stretch, begin, later};

/// Of which matters figures are wanted.
#[derive(Clone, Debug)]
pub struct Asked {
    /// That came in within this time.
    pub period: Period,
    /// And for comparison in these months, by their first days, the oldest first.
    pub months: Vec<Date>,
    /// In this grid only.
    pub grid: Option<AreaId>,
    /// Of these kinds only; empty is all.
    pub categories: Vec<CategoryId>,
    /// With this leading party only.
    pub handler: Option<HandlerId>,
}

/// Figures, and the same by what they are of. What nothing came in of is not there.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Of the whole period.
    pub all: Sums,
    /// By month.
    pub months: BTreeMap<Date, Sums>,
    /// By grid; `None` lies in none.
    pub grids: BTreeMap<Option<AreaId>, Sums>,
    /// By kind.
    pub categories: BTreeMap<CategoryId, Sums>,
    /// By leading party; `None` has no named one.
    pub handlers: BTreeMap<Option<HandlerId>, Sums>,
}

/// A stretch of time that is counted on its own.
struct Piece {
    within: Stretch,
    month: Option<Date>,
    is_in_period: bool,
    is_kept: bool,
}

/// Counts, in two statements.
pub async fn figures<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    asked: &Asked,
    (now, zone): (Instant, &TimeZone),
) -> Result<Found, StoreError> {
    let mut pieces = pieces(asked, now, zone);
    let first = pieces.iter().map(|piece| piece.within[0]).min();
    let last = pieces.iter().map(|piece| piece.within[1]).max();
    let Some((first, last)) = first.zip(last) else {
        return Ok(Found::default());
    };
    let right = right_ones(on, community, [first, last], now).await?;
    for piece in &mut pieces {
        piece.is_kept = piece.month.is_some() && right.contains(&piece.within[0]);
    }
    let (sql, values) = query(community, asked, &pieces, now);
    let mut found = Found::default();
    for row in on.query_all_raw(statement(on, sql, values)).await? {
        take(&mut found, &row, &pieces)?;
    }
    Ok(found)
}

/// The months, those of the period and those for comparison, each once; and the period itself when
/// it does not consist of months.
fn pieces(asked: &Asked, now: Instant, zone: &TimeZone) -> Vec<Piece> {
    let of_period = asked.period.months();
    let mut months: Vec<Date> = of_period.iter().chain(&asked.months).copied().collect();
    months.sort_unstable();
    months.dedup();
    let mut pieces: Vec<Piece> = months
        .into_iter()
        .map(|month| Piece {
            within: [begin(month, zone), begin(later(month, 1), zone)],
            month: Some(month),
            is_in_period: of_period.contains(&month),
            is_kept: false,
        })
        .filter(|piece| piece.within[0] <= now)
        .collect();
    if of_period.is_empty() {
        pieces.push(Piece {
            within: asked.period.stretch(now, zone),
            month: None,
            is_in_period: true,
            is_kept: false,
        });
    }
    pieces
}

/// One statement: the cells of each piece, from what is kept or from the matters, added up in four
/// ways.
fn query(
    community: CommunityId,
    asked: &Asked,
    pieces: &[Piece],
    now: Instant,
) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![community.0.into(), now.0.into()];
    let mut bind = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let mut only = Vec::new();
    if let Some(grid) = asked.grid {
        only.push(format!(" AND r.grid_id = {}", bind(grid.0.into())));
    }
    if let Some(handler) = asked.handler {
        only.push(format!(" AND r.handler_id = {}", bind(handler.0.into())));
    }
    if !asked.categories.is_empty() {
        let marks: Vec<String> = asked
            .categories
            .iter()
            .map(|category| bind(category.0.into()))
            .collect();
        only.push(format!(" AND r.category_id IN ({})", marks.join(", ")));
    }
    let only = only.concat();
    let named = |expressions: Vec<String>| {
        let both = expressions.into_iter().zip(columns());
        let all: Vec<String> = both.map(|(one, name)| format!("{one} AS {name}")).collect();
        all.join(", ")
    };
    let (kept, live) = (columns().join(", "), named(sums("$2")));
    let mut cells = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        let [from, until] = piece.within.map(|moment| bind(moment.0.into()));
        cells.push(if piece.is_kept {
            format!(
                "SELECT {place} AS piece, r.grid_id, r.category_id, r.handler_id, {kept} \
                 FROM figure_cell r WHERE r.community_id = $1 AND r.month >= {from} \
                 AND r.month < {until}{only}"
            )
        } else {
            format!(
                "SELECT {place} AS piece, r.grid_id, r.category_id, r.handler_id, {live} \
                 FROM request r WHERE r.community_id = $1 AND r.received_at >= {from} \
                 AND r.received_at < {until}{only} GROUP BY r.grid_id, r.category_id, r.handler_id"
            )
        });
    }
    let added: Vec<String> = columns()
        .iter()
        .map(|name| format!("CAST(coalesce(sum({name}), 0) AS bigint) AS {name}"))
        .collect();
    let added = added.join(", ");
    // Something stands in the list even when the period is yet to come.
    let of_period: Vec<String> = std::iter::once("-1".to_owned())
        .chain(
            (0..pieces.len())
                .filter(|place| pieces[*place].is_in_period)
                .map(|place| place.to_string()),
        )
        .collect();
    let in_period = format!("piece IN ({})", of_period.join(", "));
    let by = |kind: &str, column: &str| {
        format!(
            "SELECT '{kind}' AS kind, CAST(0 AS bigint) AS piece, {column} AS subject, {added} \
             FROM cell WHERE {in_period} GROUP BY {column}"
        )
    };
    let sql = format!(
        "WITH cell AS ({}) SELECT 'month' AS kind, CAST(piece AS bigint) AS piece, \
         CAST(NULL AS uuid) AS subject, {added} FROM cell GROUP BY piece UNION ALL {} UNION ALL {} \
         UNION ALL {}",
        cells.join(" UNION ALL "),
        by("grid", "grid_id"),
        by("category", "category_id"),
        by("handler", "handler_id"),
    );
    (sql, values)
}

fn take(found: &mut Found, row: &QueryResult, pieces: &[Piece]) -> Result<(), StoreError> {
    // The first three columns say of what; then come the sums, in the order of their columns.
    const BEFORE: usize = 3;
    let kind: String = row.try_get_by_index(0)?;
    let mut figures = [0; FIGURES];
    for (place, figure) in figures.iter_mut().enumerate() {
        *figure = row.try_get_by_index(BEFORE + place)?;
    }
    let mut within = [0; STEPS.len()];
    for (place, amount) in within.iter_mut().enumerate() {
        *amount = row.try_get_by_index(BEFORE + FIGURES + place)?;
    }
    let sums = Sums::new(figures, within);
    if kind == "month" {
        let place: i64 = row.try_get_by_index(1)?;
        let piece = usize::try_from(place).ok().and_then(|at| pieces.get(at));
        let Some(piece) = piece else {
            return Ok(());
        };
        if piece.is_in_period {
            found.all.add(&sums);
        }
        if let Some(month) = piece.month {
            found.months.insert(month, sums);
        }
        return Ok(());
    }
    let subject: Option<Uuid> = row.try_get_by_index(2)?;
    match (kind.as_str(), subject) {
        ("grid", grid) => {
            found.grids.insert(grid.map(AreaId::from), sums);
        }
        ("category", Some(category)) => {
            found.categories.insert(category.into(), sums);
        }
        ("handler", handler) => {
            found.handlers.insert(handler.map(HandlerId::from), sums);
        }
        _ => {
            let what = format!("figures of {kind} {subject:?}");
            return Err(StoreError::Unreadable(what));
        }
    }
    Ok(())
}
