//! Who is whose direct relative, by the word of both, and gifts between them.

use kernel::{AccountId, CommunityId, Instant, PersonId, TransferId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{moment, the_choice, the_id};
use crate::model::Tie;

/// A tie as one of the two sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TieRow {
    /// Which.
    pub id: Uuid,
    /// The other.
    pub other: PersonId,
    /// What the other is to this one.
    pub kind: Tie,
    /// Whether this one agreed.
    pub is_agreed: bool,
    /// Whether the other agreed.
    pub is_agreed_by_other: bool,
}

impl TieRow {
    /// Whether it counts: both agreed.
    pub const fn counts(&self) -> bool {
        self.is_agreed && self.is_agreed_by_other
    }
}

const COLUMNS: &str = "id, first_id, second_id, kind, first_agreed_at, second_agreed_at";

fn read(row: &QueryResult, person: PersonId) -> Result<TieRow, StoreError> {
    let (first, second): (PersonId, PersonId) =
        (the_id(row, "first_id")?, the_id(row, "second_id")?);
    let kind = the_choice(row, "kind", Tie::from_word)?;
    let first_agreed = moment(row, "first_agreed_at")?.is_some();
    let second_agreed = moment(row, "second_agreed_at")?.is_some();
    let id = row.try_get("", "id")?;
    Ok(if first == person {
        TieRow {
            id,
            other: second,
            kind,
            is_agreed: first_agreed,
            is_agreed_by_other: second_agreed,
        }
    } else {
        TieRow {
            id,
            other: first,
            kind: kind.seen_from_other(),
            is_agreed: second_agreed,
            is_agreed_by_other: first_agreed,
        }
    })
}

/// The ties of a resident.
pub async fn ties_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Vec<TieRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM timebank_tie WHERE community_id = $1 \
         AND (first_id = $2 OR second_id = $2) ORDER BY id"
    );
    let values = [community.0.into(), person.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(|row| read(row, person)).collect()
}

/// A tie as one of the two sees it, for an act that has it to itself; `None` when they are not one
/// of the two.
pub async fn tie(tx: &Tx, tie: Uuid, person: PersonId) -> Result<Option<TieRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM timebank_tie WHERE community_id = $1 AND id = $2 \
         AND (first_id = $3 OR second_id = $3) {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), tie.into(), person.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(|row| read(row, person)).transpose()
}

/// Whether two residents both agreed that they are direct relatives.
pub async fn are_relatives<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    one: PersonId,
    other: PersonId,
) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM timebank_tie WHERE community_id = $1 AND first_id = $2 \
               AND second_id = $3 AND first_agreed_at IS NOT NULL \
               AND second_agreed_at IS NOT NULL";
    let values = [
        community.0.into(),
        one.min(other).0.into(),
        one.max(other).0.into(),
    ];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    Ok(row.is_some())
}

/// Notes what the other is to a resident, who agrees by it; `helper` took it down on paper. A tie
/// that stands already stays. Returns the tie if it is new.
pub async fn save_named(
    tx: &Tx,
    person: PersonId,
    other: PersonId,
    kind: Tie,
    helper: Option<AccountId>,
) -> Result<Option<Uuid>, StoreError> {
    let is_first = person < other;
    let (side, seen) = if is_first {
        ("first", kind)
    } else {
        ("second", kind.seen_from_other())
    };
    let sql = format!(
        "INSERT INTO timebank_tie (community_id, id, first_id, second_id, kind, \
         {side}_agreed_at, {side}_helper) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (community_id, first_id, second_id) DO NOTHING"
    );
    let id: Uuid = tx.new_id();
    let values: [Value; 7] = [
        tx.community().0.into(),
        id.into(),
        person.min(other).0.into(),
        person.max(other).0.into(),
        seen.word().into(),
        tx.now.0.into(),
        helper.map(|id| id.0).into(),
    ];
    let added = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok((added.rows_affected() == 1).then_some(id))
}

/// Notes that one of the two agrees. Returns whether that was new.
pub async fn agree(
    tx: &Tx,
    tie: Uuid,
    person: PersonId,
    helper: Option<AccountId>,
) -> Result<bool, StoreError> {
    let mut was_new = false;
    for side in ["first", "second"] {
        let sql = format!(
            "UPDATE timebank_tie SET {side}_agreed_at = $4, {side}_helper = $5 \
             WHERE community_id = $1 AND id = $2 AND {side}_id = $3 AND {side}_agreed_at IS NULL"
        );
        let values: [Value; 5] = [
            tx.community().0.into(),
            tie.into(),
            person.0.into(),
            tx.now.0.into(),
            helper.map(|id| id.0).into(),
        ];
        let changed = tx.execute_raw(statement(tx, sql, values)).await?;
        was_new |= changed.rows_affected() == 1;
    }
    Ok(was_new)
}

/// Removes what a resident said of others who have not answered. Returns the ties.
pub async fn remove_unanswered(tx: &Tx, person: PersonId) -> Result<Vec<Uuid>, StoreError> {
    let sql = "DELETE FROM timebank_tie WHERE community_id = $1 \
               AND ((first_id = $2 AND second_agreed_at IS NULL) \
               OR (second_id = $2 AND first_agreed_at IS NULL)) RETURNING id";
    let values = [tx.community().0.into(), person.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

/// Removes a tie.
pub async fn remove(tx: &Tx, tie: Uuid) -> Result<(), StoreError> {
    let sql = "DELETE FROM timebank_tie WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), tie.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// A gift of time that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gift {
    /// Which.
    pub id: Uuid,
    /// From whom.
    pub from: PersonId,
    /// To whom.
    pub to: PersonId,
    /// How much, in minutes.
    pub minutes: i64,
    /// What is reserved in the ledger.
    pub hold: TransferId,
    /// When it was offered.
    pub offered_at: Instant,
}

const GIFT: &str = "id, from_id, to_id, minutes, hold_id, offered_at FROM timebank_gift";

fn gift(row: &QueryResult) -> Result<Gift, StoreError> {
    Ok(Gift {
        id: row.try_get("", "id")?,
        from: the_id(row, "from_id")?,
        to: the_id(row, "to_id")?,
        minutes: row.try_get("", "minutes")?,
        hold: the_id(row, "hold_id")?,
        offered_at: Instant(row.try_get("", "offered_at")?),
    })
}

/// Keeps a gift that is offered.
pub async fn insert_gift(tx: &Tx, gift: &Gift) -> Result<(), StoreError> {
    let sql = "INSERT INTO timebank_gift (community_id, id, from_id, to_id, minutes, hold_id, \
               offered_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values: [Value; 7] = [
        tx.community().0.into(),
        gift.id.into(),
        gift.from.0.into(),
        gift.to.0.into(),
        gift.minutes.into(),
        gift.hold.0.into(),
        gift.offered_at.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The gifts that a resident offers or is offered.
pub async fn gifts_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Vec<Gift>, StoreError> {
    let sql = format!(
        "SELECT {GIFT} WHERE community_id = $1 AND (from_id = $2 OR to_id = $2) ORDER BY id"
    );
    let values = [community.0.into(), person.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(gift).collect()
}

async fn one_gift(tx: &Tx, column: &str, value: Uuid) -> Result<Option<Gift>, StoreError> {
    let sql = format!(
        "SELECT {GIFT} WHERE community_id = $1 AND {column} = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), value.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(gift).transpose()
}

/// The gift of this id, for an act that has it to itself.
pub async fn gift_to_answer(tx: &Tx, gift: Uuid) -> Result<Option<Gift>, StoreError> {
    one_gift(tx, "id", gift).await
}

/// The gift for which this was reserved, for an act that has it to itself.
pub async fn gift_by_hold(tx: &Tx, hold: TransferId) -> Result<Option<Gift>, StoreError> {
    one_gift(tx, "hold_id", hold.0).await
}

/// Removes gifts that were answered.
pub async fn remove_gifts(tx: &Tx, gifts: &[Uuid]) -> Result<(), StoreError> {
    if gifts.is_empty() {
        return Ok(());
    }
    let marks: Vec<String> = (2..gifts.len() + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "DELETE FROM timebank_gift WHERE community_id = $1 AND id IN ({})",
        marks.join(",")
    );
    let values =
        std::iter::once(tx.community().0.into()).chain(gifts.iter().map(|id| (*id).into()));
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
