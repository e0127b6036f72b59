//! Matters of the past that were the same as another: each ended as a duplicate, and stands with the other as one that the
//! desk joined.

use std::collections::HashMap;

use kernel::events::RequestJoined;
use kernel::{Instant, RequestId};
use platform::Tx;

use crate::error::Error;
use crate::matter::Matter;
use crate::store::{self, Follower};

/// A matter that was joined to another.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// The one that left.
    pub request: RequestId,
    /// The other, by its number in the system from which it comes.
    pub into: String,
    /// When.
    pub at: Instant,
}

/// Joins them, once all matters are written: to those that came along, or were entered before. What cannot be found, or is
/// the same matter, is left as it is. Moves the clock and the actor of the transaction, as playing a history does.
pub(super) async fn join(tx: &mut Tx, matters: &[Matter], joined: &[Joined]) -> Result<(), Error> {
    if joined.is_empty() {
        return Ok(());
    }
    let mut ids: HashMap<String, RequestId> = matters
        .iter()
        .filter_map(|matter| Some((matter.request.source_number.clone()?, matter.request.id)))
        .collect();
    let mut elsewhere: Vec<&str> = joined
        .iter()
        .map(|one| one.into.as_str())
        .filter(|number| !ids.contains_key(*number))
        .collect();
    elsewhere.sort_unstable();
    elsewhere.dedup();
    ids.extend(store::goes_on_as(tx, tx.community(), &elsewhere).await?);
    let mut followers = Vec::new();
    tx.actor.account = None;
    for one in joined {
        let Some(&into) = ids.get(&one.into).filter(|into| **into != one.request) else {
            continue;
        };
        tx.now = one.at;
        followers.push(Follower {
            id: tx.new_id(),
            request: into,
            account: None,
            code_hash: Vec::new(),
            contact_name: None,
            contact_locked: None,
            joined: Some(one.request),
            is_resolved: None,
            at: one.at,
        });
        tx.emit(&RequestJoined {
            request: one.request,
            into,
            note: None,
        });
    }
    store::insert_followers(tx, &followers).await?;
    Ok(())
}
