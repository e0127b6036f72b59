//! The kinds of help that can be asked for.

use kernel::CommunityId;
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::locale::Locale;
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};

/// A kind of help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its word.
    pub code: String,
    /// What it is called in Chinese.
    pub name_zh: String,
    /// What it is called in English; empty when nobody has translated it.
    pub name_en: String,
    /// Whether it cannot be asked for any more.
    pub is_retired: bool,
}

impl Kind {
    /// What it is called; in Chinese when there is no other name.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En | Locale::Mirror if !self.name_en.is_empty() => &self.name_en,
            Locale::ZhCn | Locale::En | Locale::Mirror => &self.name_zh,
        }
    }
}

/// The kinds that a community begins with (Beijing 2022): none needs a profession.
const USUAL: [(&str, &str, &str); 8] = [
    ("comfort", "精神慰藉", "Company and comfort"),
    ("errand", "生活帮扶", "Help in daily life"),
    ("outing", "陪同出行", "Going out together"),
    ("culture", "文体活动", "Culture and sport"),
    ("health", "健康科普", "Talks on health"),
    ("law", "法律援助", "Help with the law"),
    ("training", "培训讲座", "Training"),
    ("fraud", "防诈指导", "Guarding against fraud"),
];

/// All kinds, in the order of the list.
pub async fn kinds<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Kind>, StoreError> {
    let sql = "SELECT code, name_zh, name_en, retired_at FROM timebank_kind \
               WHERE community_id = $1 ORDER BY sort, code";
    let values = [community.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Kind {
                code: row.try_get("", "code")?,
                name_zh: row.try_get("", "name_zh")?,
                name_en: row.try_get("", "name_en")?,
                is_retired: row.try_get::<Option<i64>>("", "retired_at")?.is_some(),
            })
        })
        .collect()
}

/// Gives a community the usual kinds to begin with; those that it has stay.
pub async fn add_usual(tx: &Tx) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO timebank_kind (community_id, code, name_zh, name_en, sort) VALUES {} \
         ON CONFLICT (community_id, code) DO NOTHING",
        places(USUAL.len(), 5)
    );
    let community = tx.community().0;
    let values =
        USUAL
            .iter()
            .zip(1_i64..)
            .flat_map(|((code, name_zh, name_en), sort)| -> [Value; 5] {
                [
                    community.into(),
                    (*code).into(),
                    (*name_zh).into(),
                    (*name_en).into(),
                    sort.into(),
                ]
            });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Adds a kind after those that are there.
pub async fn insert_kind(tx: &Tx, kind: &Kind, sort: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO timebank_kind (community_id, code, name_zh, name_en, sort) \
               VALUES ($1, $2, $3, $4, $5)";
    let values: [Value; 5] = [
        tx.community().0.into(),
        kind.code.clone().into(),
        kind.name_zh.clone().into(),
        kind.name_en.clone().into(),
        sort.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Takes a kind off the list, or puts it back. Returns whether there is such a kind.
pub async fn set_retired(tx: &Tx, code: &str, is_retired: bool) -> Result<bool, StoreError> {
    let sql = "UPDATE timebank_kind SET retired_at = $3 WHERE community_id = $1 AND code = $2";
    let retired_at = is_retired.then_some(tx.now.0);
    let values = [tx.community().0.into(), code.into(), retired_at.into()];
    let changed = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(changed.rows_affected() == 1)
}
