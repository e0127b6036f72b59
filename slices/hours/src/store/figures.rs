//! Sums over many records, and no record: nothing of it names anybody.

use jiff::civil::Date;
use kernel::CommunityId;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

/// What counts in a time: how much, by how many people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Minutes.
    pub minutes: i64,
    /// Different people.
    pub people: i64,
}

/// Figures as they are, small numbers and all: for [`crate::figures`] to hide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Minutes of each person who served in the last 90 days.
    pub recent: Vec<i64>,
    /// The months that have any, `2026-11`, the oldest first.
    pub months: Vec<(String, Sum)>,
    /// All that counts in these months.
    pub all: Sum,
    /// Of that, what its receiver confirmed.
    pub received: Sum,
    /// Of that, what was entered late, in bulk or by its owner.
    pub labelled: Sum,
}

/// The figures of the months from a day on, and of the 90 days before another, in three statements.
pub async fn figures<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    months_from: Date,
    (recent_from, today): (Date, Date),
) -> Result<Figures, StoreError> {
    const COUNTS: &str = "community_id = $1 AND day BETWEEN $2 AND $3 \
                          AND state IN ('confirmed', 'withdrawn')";
    let between = |from: Date| -> [sea_orm::Value; 3] {
        [
            community.0.into(),
            from.to_string().into(),
            today.to_string().into(),
        ]
    };
    let sql = format!(
        "SELECT CAST(sum(minutes) AS bigint) AS minutes FROM service WHERE {COUNTS} \
         AND person_id IS NOT NULL GROUP BY person_id"
    );
    let rows = on
        .query_all_raw(statement(on, sql, between(recent_from)))
        .await?;
    let recent: Vec<i64> = rows
        .iter()
        .map(|row| row.try_get("", "minutes"))
        .collect::<Result<_, _>>()?;
    let sql = format!(
        "SELECT substr(day, 1, 7) AS month, CAST(sum(minutes) AS bigint) AS minutes, \
         count(DISTINCT person_id) AS people FROM service WHERE {COUNTS} \
         GROUP BY substr(day, 1, 7) ORDER BY substr(day, 1, 7)"
    );
    let rows = on
        .query_all_raw(statement(on, sql, between(months_from)))
        .await?;
    let months = rows
        .iter()
        .map(|row| {
            let sum = Sum {
                minutes: row.try_get("", "minutes")?,
                people: row.try_get("", "people")?,
            };
            Ok((row.try_get("", "month")?, sum))
        })
        .collect::<Result<_, StoreError>>()?;
    let part = |condition: &str, name: &str| {
        format!(
            "CAST(COALESCE(sum(CASE WHEN {condition} THEN minutes ELSE 0 END), 0) AS bigint) \
             AS {name}_minutes, count(DISTINCT CASE WHEN {condition} THEN person_id END) \
             AS {name}_people"
        )
    };
    let parts = [
        part("1 = 1", "all"),
        part("origin = 'time_bank'", "received"),
        part("is_late + is_bulk + is_own > 0", "labelled"),
    ];
    let sql = format!("SELECT {} FROM service WHERE {COUNTS}", parts.join(", "));
    let row = on
        .query_one_raw(statement(on, sql, between(months_from)))
        .await?;
    let sum = |name: &str| -> Result<Sum, StoreError> {
        let Some(row) = &row else {
            return Ok(Sum::default());
        };
        Ok(Sum {
            minutes: row.try_get("", &format!("{name}_minutes"))?,
            people: row.try_get("", &format!("{name}_people"))?,
        })
    };
    Ok(Figures {
        recent,
        months,
        all: sum("all")?,
        received: sum("received")?,
        labelled: sum("labelled")?,
    })
}
