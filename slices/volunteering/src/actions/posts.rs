//! What the desk does with a post.

use kernel::events::{PostClosed, PostCorrected, PostDrafted, PostOpened};
use kernel::{AccountId, PostId};
use platform::Tx;
use platform::access::Allowed;

use super::today;
use crate::error::Error;
use crate::model::{State, Verb, What};
use crate::policy::Asking;
use crate::store::posts::Post;
use crate::store::{askings, claims, posts, volunteers};

/// Writes a post down; nobody but the desk sees it yet.
pub async fn draft(tx: &mut Tx, allowed: Allowed<Asking>, what: What) -> Result<PostId, Error> {
    let post = Post {
        community: allowed.into_inner().community,
        id: tx.new_id(),
        what,
        state: State::Draft,
        written_at: tx.now,
        version: 1,
    };
    posts::insert(tx, std::slice::from_ref(&post)).await?;
    tx.emit(&PostDrafted { post: post.id });
    Ok(post.id)
}

/// Says anew what a post is. A time in which somebody has a place stays.
pub async fn correct(tx: &mut Tx, post: Allowed<Post>, what: What) -> Result<(), Error> {
    let mut post = post.into_inner();
    turn(&mut post, Verb::Correct)?;
    let today = today(tx);
    claims::forget_past(tx, post.id, today).await?;
    let claims = claims::of_post(tx, post.community, post.id, today).await?;
    if !claims.iter().all(|claim| what.is_at(claim.slot)) {
        return Err(Error::TimeIsTaken);
    }
    post.what = what;
    keep(tx, &post).await?;
    tx.emit(&PostCorrected { post: post.id });
    Ok(())
}

/// Lets everybody see a post and take a place.
pub async fn open(tx: &mut Tx, post: Allowed<Post>) -> Result<(), Error> {
    let mut post = post.into_inner();
    turn(&mut post, Verb::Open)?;
    keep(tx, &post).await?;
    tx.emit(&PostOpened { post: post.id });
    Ok(())
}

/// Ends a post, with its places and askings. Returns the accounts of those who had a place, to be
/// told.
pub async fn close(tx: &mut Tx, post: Allowed<Post>) -> Result<Vec<AccountId>, Error> {
    let mut post = post.into_inner();
    turn(&mut post, Verb::Close)?;
    keep(tx, &post).await?;
    let mut people = claims::end_of_post(tx, post.id).await?;
    people.sort_unstable();
    people.dedup();
    askings::forget_post(tx, post.id).await?;
    tx.emit(&PostClosed { post: post.id });
    Ok(volunteers::accounts(tx, &people).await?)
}

fn turn(post: &mut Post, verb: Verb) -> Result<(), Error> {
    post.state = post.state.after(verb).ok_or(Error::NotNow)?;
    Ok(())
}

async fn keep(tx: &Tx, post: &Post) -> Result<(), Error> {
    if posts::save(tx, post).await? {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}
