//! Finding residents: what was typed, turned into conditions that both databases answer from an
//! index, under the condition of the policy.

use kernel::{Actor, AreaId, CommunityId, HouseholdId, PersonId};
use platform::access::{Columns, Policy};
use platform::db::StoreError;
use platform::vault::Vault;
use sea_orm::sea_query::{
    Expr, ExprTrait, JoinType, LikeExpr, Order, Query, SelectStatement, SubQueryStatement,
};
use sea_orm::{Condition, ConnectionTrait, FromQueryResult};
use text::AddressKey;
use uuid::Uuid;

use super::PHONE;
use crate::policy::READ;

/// Entries on a page.
pub const PAGE: u64 = 50;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Everybody.
    Everyone,
    /// The whole telephone number, in canonical digits.
    Phone(String),
    /// The beginning of a name as it sounds, or of its initials.
    Sound(String),
    /// An address: building, unit, room, as far as told.
    Address(AddressKey, String),
    /// A part of a name, or of an address as written.
    Words(String),
}

impl Seek {
    /// Understands what was typed: a whole number is a telephone, Latin letters are a sound, what
    /// names a door is an address, all else is a part of a name.
    pub fn parse(typed: &str) -> Self {
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Everyone;
        }
        if let Some(phone) = text::normalise_phone(typed) {
            return Self::Phone(phone);
        }
        let sound = text::pinyin_query(typed);
        if !sound.is_empty() && sound.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Self::Sound(sound);
        }
        match AddressKey::parse(typed) {
            Some(key) => Self::Address(key, typed.to_owned()),
            None => Self::Words(typed.to_owned()),
        }
    }
}

/// What the address bar asks for.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What was typed.
    pub seek: Seek,
    /// Only in this grid.
    pub grid: Option<AreaId>,
    /// Only in this micro-grid.
    pub micro_grid: Option<AreaId>,
    /// Only those whose address is not on the map.
    pub is_unplaced: bool,
    /// After this entry.
    pub after: Option<PersonId>,
}

/// A resident as lists show them: never with a telephone number.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    /// Who.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// For the age group.
    pub birth_date: Option<String>,
    /// Their address as written.
    pub address_text: Option<String>,
    /// The grid.
    pub grid_id: Option<Uuid>,
    /// The micro-grid.
    pub micro_grid_id: Option<Uuid>,
    /// To the head of the household.
    pub relation: String,
}

/// A page of residents and whether there are more, in one statement.
pub async fn page<C: ConnectionTrait>(
    on: &C,
    policy: &Policy,
    vault: &Vault,
    actor: &Actor,
    filter: &Filter,
    building: Option<AreaId>,
) -> Result<(Vec<Listed>, bool), StoreError> {
    let mut select = readable(policy, actor);
    select.cond_where(sought(&filter.seek, vault, building));
    for (column, area) in [
        ("grid_id", filter.grid),
        ("micro_grid_id", filter.micro_grid),
    ] {
        if let Some(area) = area {
            select.and_where(Expr::col(("h", column)).eq(area.0));
        }
    }
    if filter.is_unplaced {
        select.and_where(Expr::col(("h", "building_id")).is_null());
    }
    if let Some(after) = filter.after {
        select.and_where(is_after(actor.community, after));
    }
    let mut found = all(on, select.limit(PAGE + 1)).await?;
    let has_more = found.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok((found, has_more))
}

/// The people of a household, as far as one may read them, the head first.
pub async fn members<C: ConnectionTrait>(
    on: &C,
    policy: &Policy,
    actor: &Actor,
    household: HouseholdId,
) -> Result<Vec<Listed>, StoreError> {
    let mut select = readable(policy, actor);
    select
        .and_where(Expr::col(("p", "household_id")).eq(household.0))
        .limit(PAGE);
    let mut members = all(on, &select).await?;
    members.sort_by_key(|member| member.relation != "head");
    Ok(members)
}

async fn all<C: ConnectionTrait>(
    on: &C,
    select: &SelectStatement,
) -> Result<Vec<Listed>, StoreError> {
    let statement = on.get_database_backend().build(select);
    Ok(Listed::find_by_statement(statement).all(on).await?)
}

/// Everybody the actor may read, in the order of names as they sound.
fn readable(policy: &Policy, actor: &Actor) -> SelectStatement {
    let columns = Columns {
        grid: Some(Expr::col(("h", "grid_id"))),
        micro_grid: Some(Expr::col(("h", "micro_grid_id"))),
        person: Some(Expr::col(("p", "id"))),
        ..Columns::of(Expr::col(("p", "community_id")))
    };
    Query::select()
        .columns([
            ("p", "id"),
            ("p", "name"),
            ("p", "birth_date"),
            ("p", "relation"),
        ])
        .columns([
            ("h", "address_text"),
            ("h", "grid_id"),
            ("h", "micro_grid_id"),
        ])
        .from_as("person", "p")
        .join_as(
            JoinType::LeftJoin,
            "household",
            "h",
            Condition::all()
                .add(Expr::col(("h", "community_id")).equals(("p", "community_id")))
                .add(Expr::col(("h", "id")).equals(("p", "household_id"))),
        )
        .cond_where(policy.condition(actor, READ, &columns))
        .and_where(Expr::col(("p", "erased_at")).is_null())
        .order_by(("p", "name_pinyin"), Order::Asc)
        .order_by(("p", "id"), Order::Asc)
        .to_owned()
}

fn sought(seek: &Seek, vault: &Vault, building: Option<AreaId>) -> Condition {
    match seek {
        Seek::Everyone => Condition::all(),
        Seek::Phone(digits) => {
            let index = vault.fingerprint(PHONE, digits.as_bytes());
            Condition::all().add(Expr::col(("p", "phone_index")).eq(index))
        }
        Seek::Sound(sound) => Condition::any()
            .add(begins_with("name_pinyin", sound))
            .add(begins_with("name_initials", sound)),
        Seek::Address(key, written) => match building {
            Some(building) => [("unit", &key.unit), ("room", &key.room)]
                .into_iter()
                .filter_map(|(column, label)| Some((column, label.as_deref()?)))
                .fold(
                    Condition::all().add(Expr::col(("h", "building_id")).eq(building.0)),
                    |all, (column, label)| all.add(Expr::col(("h", column)).eq(label)),
                ),
            None => Condition::any()
                .add(holds(("h", "address_text"), written))
                .add(Expr::col(("h", "address_key")).eq(key.to_string())),
        },
        Seek::Words(words) => Condition::any()
            .add(holds(("p", "name"), words))
            .add(holds(("h", "address_text"), words)),
    }
}

/// `>= 'wang' AND < 'wanh'`: both databases answer it from an index, whatever the collation.
fn begins_with(column: &'static str, beginning: &str) -> Condition {
    let from = Condition::all().add(Expr::col(("p", column)).gte(beginning));
    match end_of_range(beginning) {
        Some(end) => from.add(Expr::col(("p", column)).lt(end)),
        None => from,
    }
}

/// The first word of lower-case letters after all that begin with these; `None` after `zz…`.
fn end_of_range(beginning: &str) -> Option<String> {
    let kept = beginning.trim_end_matches('z');
    let last = kept.chars().last()?;
    let next = char::from_u32(u32::from(last) + 1)?;
    let mut end = kept[..kept.len() - last.len_utf8()].to_owned();
    end.push(next);
    Some(end)
}

fn holds(column: (&'static str, &'static str), words: &str) -> Expr {
    let escaped = words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    Expr::col(column).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

/// `(name_pinyin, id) > (SELECT name_pinyin, id …)`: the address bar carries only the id of the
/// last entry, never a name.
fn is_after(community: CommunityId, after: PersonId) -> Expr {
    let last = Query::select()
        .columns(["name_pinyin", "id"])
        .from("person")
        .and_where(Expr::col("community_id").eq(community.0))
        .and_where(Expr::col("id").eq(after.0))
        .to_owned();
    Expr::tuple([Expr::col(("p", "name_pinyin")), Expr::col(("p", "id"))]).gt(Expr::SubQuery(
        None,
        Box::new(SubQueryStatement::SelectStatement(last)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_understood() {
        assert_eq!(Seek::parse(" "), Seek::Everyone);
        assert_eq!(
            Seek::parse("138 0000 1234"),
            Seek::Phone("13800001234".into())
        );
        assert_eq!(
            Seek::parse("Wang Xiu'ying"),
            Seek::Sound("wangxiuying".into())
        );
        assert_eq!(Seek::parse("WXY"), Seek::Sound("wxy".into()));
        assert_eq!(Seek::parse("秀英"), Seek::Words("秀英".into()));
        assert!(matches!(Seek::parse("3栋2单元"), Seek::Address(..)));
    }

    #[test]
    fn the_end_of_a_range_comes_after_all_beginnings() {
        assert_eq!(end_of_range("wang").as_deref(), Some("wanh"));
        assert_eq!(end_of_range("wz").as_deref(), Some("x"));
        assert_eq!(end_of_range("zz"), None);
    }
}
