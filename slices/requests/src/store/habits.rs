//! How often matters of each kind turned out to be the same as earlier ones: what the desk found, counted.

use std::collections::HashMap;

use duplicates::{Counted, Habit};
use kernel::CategoryId;
use platform::db::{StoreError, statement};
use platform::{Visit, kept};
use sea_orm::{ConnectionTrait, QueryResult};

use super::catalogue::Catalogue;
use super::request::{id, required};

/// The matters closed last by which habits are counted.
const HABIT_MAX: u64 = 5_000;

/// How the matters closed last ended, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits(HashMap<CategoryId, Counted>);

impl Habits {
    /// What the community knows of a kind.
    pub fn of(&self, kind: CategoryId, catalogue: &Catalogue) -> Habit {
        let parent_of = |id: CategoryId| catalogue.category(id).and_then(|one| one.parent);
        let parent = parent_of(kind).unwrap_or(kind);
        let is_below = |id: CategoryId| id == parent || parent_of(id) == Some(parent);
        Habit {
            kind: self.sum(|id| id == kind),
            parent: self.sum(is_below),
            all: self.sum(|_| true),
        }
    }

    fn sum(&self, is_meant: impl Fn(CategoryId) -> bool) -> Counted {
        let meant = self.0.iter().filter(|(id, _)| is_meant(**id));
        meant.fold(Counted::default(), |sum, (_, one)| Counted {
            ended: sum.ended.saturating_add(one.ended),
            same: sum.same.saturating_add(one.same),
        })
    }
}

/// How often matters of each kind were the same as earlier ones, at most a few seconds old, in one statement if any.
pub async fn habits(visit: &Visit) -> Result<Habits, StoreError> {
    let community = visit.community().id;
    kept::lately(visit.house(), community, async {
        let sql = format!(
            "SELECT l.category_id, CAST(count(*) AS bigint) AS ended, \
             CAST(sum(CASE WHEN l.exit = 'duplicate' THEN 1 ELSE 0 END) AS bigint) AS same \
             FROM (SELECT category_id, exit FROM request WHERE community_id = $1 \
             AND closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT {HABIT_MAX}) l \
             GROUP BY l.category_id"
        );
        let reader = visit.reader();
        let rows = reader
            .query_all_raw(statement(&reader, sql, [community.0.into()]))
            .await?;
        let counted = |row: &QueryResult| {
            let number = |name: &str| -> Result<u32, StoreError> {
                Ok(u32::try_from(row.try_get::<i64>("", name)?).unwrap_or(u32::MAX))
            };
            let category: CategoryId = required(id(row, "category_id")?, "category")?;
            let ended = Counted {
                ended: number("ended")?,
                same: number("same")?,
            };
            Ok::<_, StoreError>((category, ended))
        };
        Ok(Habits(rows.iter().map(counted).collect::<Result<_, _>>()?))
    })
    .await
}
