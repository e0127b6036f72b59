//! What still lies with people who laid a duty down. The page of the duty does not know the rooms;
//! each room that gives work to people says what it has of theirs, and where it is handed over.

use std::future::Future;
use std::pin::Pin;

use kernel::{AccountId, AreaId, CommunityId};

use crate::House;
use crate::db::{Reader, StoreError};
use crate::locale::Message;

/// What lies with somebody, in one room.
#[derive(Clone, Debug)]
pub struct Held {
    /// With whom.
    pub account: AccountId,
    /// How much: a whole sentence without the name.
    pub said: Message,
    /// Where it is handed over.
    pub href: String,
    /// What the link to it says: a message id.
    pub label: &'static str,
}

/// A room's answer on its way.
pub type Telling<'a> = Pin<Box<dyn Future<Output = Result<Vec<Held>, StoreError>> + Send + 'a>>;

/// Tells what of a room's work in an area lies with these accounts, in one statement.
pub type Holding = for<'a> fn(&'a Reader, CommunityId, AreaId, &'a [AccountId]) -> Telling<'a>;

/// What lies with these accounts in an area, in all rooms.
///
/// # Errors
/// When the database does not answer.
pub async fn held(
    house: &House,
    reader: &Reader,
    community: CommunityId,
    area: AreaId,
    accounts: &[AccountId],
) -> Result<Vec<Held>, StoreError> {
    let mut all = Vec::new();
    if accounts.is_empty() {
        return Ok(all);
    }
    for room in house.holdings() {
        all.extend(room(reader, community, area, accounts).await?);
    }
    Ok(all)
}
