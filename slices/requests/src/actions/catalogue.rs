//! Changing categories, handlers and the dispatch table. Nothing is deleted: past matters keep
//! what they had.

use kernel::events::CatalogueChanged;
use kernel::{AccountId, CategoryId, DutyKind, Facts, HandlerId, RuleId};
use platform::Tx;
use platform::access::Allowed;
use platform::db::StoreError;
use platform::door::{self, NewDuty};
use platform::kept;
use uuid::Uuid;

use crate::error::Error;
use crate::starter::usual_categories;
use crate::store::{self, Catalogue, NewCategory, NewHandler, NewRule, Part};

fn changed(tx: &mut Tx, part: Part) {
    let community = tx.community();
    tx.emit(&CatalogueChanged {
        community,
        part: part.word().to_owned(),
    });
}

/// Takes over the usual kinds, where there are none yet.
pub async fn begin_catalogue(tx: &mut Tx, _: &Allowed<Facts>) -> Result<(), Error> {
    // Whoever comes second waits here for the first, and finds their kinds.
    kept::renew::<Catalogue>(tx).await?;
    let catalogue = Catalogue::read(tx, tx.community()).await?;
    if !catalogue.categories.is_empty() {
        return Err(Error::NotNow);
    }
    usual_categories(tx).await?;
    Ok(())
}

/// Adds a kind of matter, or changes the one of the same code.
pub async fn add_category(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    new: &NewCategory,
) -> Result<CategoryId, StoreError> {
    changed(tx, Part::Category);
    store::insert_category(tx, new).await
}

/// Adds a party, or changes the one of the same name.
pub async fn add_handler(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    new: &NewHandler,
) -> Result<HandlerId, StoreError> {
    changed(tx, Part::Handler);
    store::insert_handler(tx, new).await
}

/// Adds a line at the end of the dispatch table.
pub async fn add_rule(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    new: &NewRule,
) -> Result<RuleId, StoreError> {
    changed(tx, Part::Rule);
    store::insert_rule(tx, new).await
}

/// Takes an entry out of use. Returns whether it was in use.
pub async fn retire_entry(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    part: Part,
    id: Uuid,
) -> Result<bool, StoreError> {
    changed(tx, part);
    store::retire(tx, part, id).await
}

/// Puts the lines of the dispatch table into this order.
pub async fn move_rule(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    order: &[RuleId],
) -> Result<(), StoreError> {
    changed(tx, Part::Rule);
    store::set_positions(tx, order).await
}

/// Puts somebody on duty for a party.
pub async fn start_duty(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    handler: HandlerId,
    account: AccountId,
) -> Result<(), StoreError> {
    let duty = NewDuty {
        account,
        kind: DutyKind::Handler,
        area: None,
        handler: Some(handler),
    };
    door::take_up(tx, &duty).await.map(|_| ())
}
