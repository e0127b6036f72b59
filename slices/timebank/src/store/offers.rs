//! Who offers to help.

use kernel::{CommunityId, HelpId, Instant, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, Value};

use super::the_id;

/// An offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Who.
    pub person: PersonId,
    /// Whether the receiver may have their telephone number once they are chosen.
    pub is_phone_shared: bool,
    /// When.
    pub offered_at: Instant,
}

/// Adds an offer. Returns whether it is new.
pub async fn add(
    tx: &Tx,
    help: HelpId,
    person: PersonId,
    is_phone_shared: bool,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO timebank_offer (community_id, help_id, person_id, is_phone_shared, \
               offered_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let values: [Value; 5] = [
        tx.community().0.into(),
        help.0.into(),
        person.0.into(),
        i64::from(is_phone_shared).into(),
        tx.now.0.into(),
    ];
    let added = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(added.rows_affected() == 1)
}

/// Takes an offer back. Returns whether there was one.
pub async fn remove(tx: &Tx, help: HelpId, person: PersonId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM timebank_offer WHERE community_id = $1 AND help_id = $2 \
               AND person_id = $3";
    let values = [tx.community().0.into(), help.0.into(), person.0.into()];
    let removed = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(removed.rows_affected() == 1)
}

/// Drops all offers for a help that is over: who offered and was not chosen is nobody's matter.
pub async fn drop_others(tx: &Tx, help: HelpId) -> Result<(), StoreError> {
    let sql = "DELETE FROM timebank_offer WHERE community_id = $1 AND help_id = $2";
    let values = [tx.community().0.into(), help.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Drops all offers of somebody who leaves; a help that nobody else offers is sought as before.
pub async fn drop_of_person(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE timebank_help SET state = 'requested', version = version + 1 \
         WHERE community_id = $1 AND state = 'offered' AND id IN (SELECT o.help_id \
         FROM timebank_offer o WHERE o.community_id = $1 AND o.person_id = $2) \
         AND NOT EXISTS (SELECT 1 FROM timebank_offer o WHERE o.community_id = $1 \
         AND o.help_id = timebank_help.id AND o.person_id <> $2)",
        "DELETE FROM timebank_offer WHERE community_id = $1 AND person_id = $2",
    ] {
        let values = [tx.community().0.into(), person.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// The offers for a help, in the order in which they came.
pub async fn of_help<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    help: HelpId,
) -> Result<Vec<Offer>, StoreError> {
    let sql = "SELECT person_id, is_phone_shared, offered_at FROM timebank_offer \
               WHERE community_id = $1 AND help_id = $2 ORDER BY offered_at, person_id";
    let values = [community.0.into(), help.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Offer {
                person: the_id(row, "person_id")?,
                is_phone_shared: row.try_get::<i64>("", "is_phone_shared")? == 1,
                offered_at: Instant(row.try_get("", "offered_at")?),
            })
        })
        .collect()
}
