//! Not the same thing twice: somebody follows a matter instead of raising it again; the desk joins a matter to another, and
//! splits it again. Nobody loses what they would have been told.

use calendar::Calendar;
use kernel::FollowerId;
use kernel::events::{
    FollowerAnswered, RequestFollowed, RequestJoined, RequestSplit, RequestUnfollowed,
};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::{CODE, CODE_LETTERS, PHONE, desk, keep, turn};
use crate::error::Error;
use crate::matter::Matter;
use crate::model::{Exit, Verb};
use crate::store::{self, Follower};
use crate::tell;

/// Who wants to follow.
#[derive(Clone, Debug, Default)]
pub struct Follow {
    /// Whether they follow with the account they are signed in with; the desk follows for another.
    pub is_for_another: bool,
    /// What they are called.
    pub contact_name: Option<String>,
    /// Their telephone.
    pub contact_phone: Option<String>,
}

/// What the follower takes along.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Who.
    pub follower: FollowerId,
    /// The code that opens the matter's page; stored only as a fingerprint.
    pub code: String,
}

/// Follows a matter that is still open: told whatever its requester is told, and one more who raised it.
pub async fn follow(tx: &mut Tx, matter: Allowed<Matter>, new: Follow) -> Result<Followed, Error> {
    let request = matter.into_inner().request;
    if !request.state.is_open() {
        return Err(Error::NotNow);
    }
    let account = tx.actor.account.filter(|_| !new.is_for_another);
    if account.is_some() && account == request.account {
        return Err(Error::FollowsAlready);
    }
    let vault = tx.house().vault();
    let code = tx.house().chance().code(CODE_LETTERS);
    let follower = Follower {
        id: tx.new_id(),
        request: request.id,
        account,
        code_hash: vault.fingerprint(CODE, code.as_bytes()),
        contact_name: new.contact_name,
        contact_locked: new
            .contact_phone
            .map(|phone| vault.lock(PHONE, &phone, tx.house().chance())),
        joined: None,
        is_resolved: None,
        at: tx.now,
    };
    if !store::insert_follower(tx, &follower).await? {
        return Err(Error::FollowsAlready);
    }
    tx.emit(&RequestFollowed {
        follower: follower.id,
        request: request.id,
    });
    Ok(Followed {
        follower: follower.id,
        code,
    })
}

/// A follower says whether it is resolved for them too, once it was answered. What they say opens
/// nothing again by itself: the desk is told when it is not.
pub async fn answer_too(
    tx: &mut Tx,
    follower: Follower,
    matter: &Matter,
    is_resolved: bool,
    on_duty: &[OnDuty],
) -> Result<(), Error> {
    let request = &matter.request;
    if !matter.asks_whether_resolved() {
        return Err(Error::NotNow);
    }
    if !store::keep_voice(tx, follower.id, is_resolved).await? {
        return Err(Error::NotNow);
    }
    tx.emit(&FollowerAnswered {
        follower: follower.id,
        request: request.id,
        is_resolved,
    });
    if !is_resolved {
        tell::staff(tx, request, on_duty, "requests-alert-not-for-follower").await?;
    }
    Ok(())
}

/// Follows no longer; name and number are forgotten.
pub async fn leave(tx: &mut Tx, follower: Follower) -> Result<(), Error> {
    if !store::remove_follower(tx, follower.id).await? {
        return Err(Error::NotNow);
    }
    tx.emit(&RequestUnfollowed {
        follower: follower.id,
        request: follower.request,
    });
    Ok(())
}

/// What the desk says to both sides when it joins two matters.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// To the requester of the one that leaves.
    pub here: String,
    /// To those of the one that goes on; may be empty.
    pub there: String,
}

/// Joins a matter to another: it leaves as a duplicate, and its requester follows the other. No chains: what others were joined
/// to is joined to nothing, and nothing is joined to what was joined.
pub async fn join(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    into: Allowed<Matter>,
    words: &Words,
) -> Result<Matter, Error> {
    let into = into.into_inner().request;
    let this = &matter.as_inner().request;
    if this.id == into.id {
        return Err(Error::JoinsItself);
    }
    // Before anything is looked at: so nothing is joined to either in the meantime.
    if !store::hold_both(tx, this, &into).await? {
        return Err(Error::Faster);
    }
    let joins = store::joins_of_both(tx, this.id, into.id).await?;
    if joins.iter().any(|join| join.joined == into.id) {
        return Err(Error::JoinsJoined);
    }
    if joins.iter().any(|join| join.into == this.id) {
        return Err(Error::HasJoined);
    }
    if !into.state.is_open() {
        return Err(Error::JoinsOver);
    }
    let matter = desk::leave(tx, matter, Verb::Join, Exit::Duplicate, &words.here).await?;
    let request = &matter.request;
    let follower = Follower {
        id: tx.new_id(),
        request: into.id,
        account: request.account,
        code_hash: request.code_hash.clone(),
        // The desk has them with the requester's own matter.
        contact_name: None,
        contact_locked: None,
        joined: Some(request.id),
        is_resolved: None,
        at: tx.now,
    };
    store::insert_follower(tx, &follower).await?;
    let note = if words.there.is_empty() {
        None
    } else {
        Some(store::add_note(tx, into.id, None, &words.there, true).await?)
    };
    tx.emit(&RequestJoined {
        request: request.id,
        into: into.id,
        note,
    });
    tell::requester(tx, &into, "requests-alert-joined").await?;
    Ok(matter)
}

/// Splits a joined matter off again: it is open, on its own, and its requester is told so. Its clock
/// begins anew: the time it lay joined does not count against anybody.
pub async fn split(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    words: &str,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let id = matter.request.id;
    let joins = store::joins_of_both(tx, id, id).await?;
    let join = joins.iter().find(|join| join.joined == id);
    let join = join.ok_or(Error::NotJoined)?;
    turn(&mut matter.request, Verb::Reopen)?;
    let request = &mut matter.request;
    request.reopened_at = Some(tx.now);
    request.exit = None;
    request.closed_at = None;
    matter.follow(tx.now, calendar);
    let note = store::add_note(tx, id, None, words, true).await?;
    keep(tx, &mut matter).await?;
    store::remove_follower(tx, join.follower).await?;
    tx.emit(&RequestSplit {
        request: id,
        from: join.into,
        note: Some(note),
    });
    tell::requester(tx, &matter.request, "requests-alert-split").await?;
    Ok(matter)
}
