//! What both sides say of working together, in sum: responses by who called, calls by who came.
//! Never of one matter or one party's people; a sum that is too small is not shown.

use kernel::CommunityId;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, Value};

use super::figure_sums::Asked;
use crate::dispatch::Grade;
use crate::figure::Share;
use crate::period::Stretch;

/// How often each grade was given, in the order of [`Grade::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grades([i64; 3]);

impl Grades {
    /// How many were given.
    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Each grade with how often it was given; `None` when there are too few to show.
    pub fn shown(&self) -> Option<impl Iterator<Item = (Grade, i64)>> {
        let is_enough = self.total() >= Share::SMALL;
        is_enough.then(|| Grade::ALL.iter().copied().zip(self.0))
    }
}

/// The grades of parts that ended in a stretch of time: of responses, and of calls. In one statement.
pub async fn grades<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    asked: &Asked,
    [from, until]: Stretch,
) -> Result<[Grades; 2], StoreError> {
    let mut values: Vec<Value> = vec![community.0.into(), from.0.into(), until.0.into()];
    let mut only = Vec::new();
    let mut add = |column: &str, ids: Vec<Value>| {
        if ids.is_empty() {
            return;
        }
        let first = values.len() + 1;
        values.extend(ids);
        let marks: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
        only.push(format!(" AND {column} IN ({})", marks.join(",")));
    };
    add(
        "r.grid_id",
        asked.grid.iter().map(|id| id.0.into()).collect(),
    );
    add(
        "r.category_id",
        asked.categories.iter().map(|id| id.0.into()).collect(),
    );
    add(
        "d.handler_id",
        asked.handler.iter().map(|id| id.0.into()).collect(),
    );
    let sql = format!(
        "SELECT d.grade_by_caller, d.grade_by_party, CAST(count(*) AS bigint) AS amount \
         FROM dispatch d JOIN request r ON r.community_id = d.community_id AND r.id = d.request_id \
         WHERE d.community_id = $1 AND d.ended_at >= $2 AND d.ended_at < $3 \
         AND (d.grade_by_caller IS NOT NULL OR d.grade_by_party IS NOT NULL){} GROUP BY 1, 2",
        only.concat()
    );
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let mut both = [Grades::default(); 2];
    for row in &rows {
        let amount: i64 = row.try_get("", "amount")?;
        for (sums, column) in both.iter_mut().zip(["grade_by_caller", "grade_by_party"]) {
            let word: Option<String> = row.try_get("", column)?;
            let place = Grade::ALL
                .iter()
                .position(|one| Some(one.word()) == word.as_deref());
            if let Some(place) = place {
                sums.0[place] += amount;
            }
        }
    }
    Ok(both)
}
