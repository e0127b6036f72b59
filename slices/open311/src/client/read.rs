//! Each server is read every quarter of an hour: numbers behind tokens, what became of the matters
//! that are there, and open requests that come in.

use kernel::{Instant, Minutes, PeerId};
use platform::jobs::{Doing, Job};
use platform::{House, Tx};
use serde::{Deserialize, Serialize};

use super::call::{Failed, Line};
use super::skipped::Skipped;
use super::{incoming, news};
use crate::store::{self, OnItsWay, Peer, Sent};

/// The job that reads.
pub const READ: &str = "open311.read";
/// How often.
const EVERY: Minutes = Minutes(15);
/// Tokens that are asked about in one reading.
const TOKENS_MAX: u32 = 500;

/// A reading that was planned. One that was planned anew meanwhile is not done: so there is never
/// more than one chain of readings for a server.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Reading {
    peer: PeerId,
    planned_at: Instant,
}

/// Plans the first reading of a server, now; its row says the same moment.
pub fn schedule(tx: &mut Tx, peer: PeerId) {
    let planned_at = tx.now;
    tx.later(READ, &Reading { peer, planned_at });
}

/// Reads a server, and plans the next reading whatever comes of this one.
pub fn read<'a>(house: &'a House, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let reading: Reading = job.read()?;
        let reader = house.db().reader();
        let peer = store::peer(&reader, job.community, reading.peer).await?;
        let Some(peer) = peer.filter(|peer| peer.next_read_at == reading.planned_at) else {
            return Ok(());
        };
        let now = house.now();
        let outcome = read_all(house, &peer, now).await;
        let (read_until, trouble) = match &outcome {
            Ok(skipped) => (now, skipped.kept()),
            Err(error) => {
                let failed = error.downcast_ref::<Failed>();
                let words = failed.map_or_else(|| error.to_string(), Failed::kept);
                (peer.read_until, words.chars().take(300).collect())
            }
        };
        let mut tx = house.housekeeping(job.community).await?;
        let planned_at = tx.now.plus(EVERY);
        store::note_read(&tx, peer.id, read_until, planned_at, &trouble).await?;
        let peer = peer.id;
        tx.later_at(READ, &Reading { peer, planned_at }, planned_at);
        Ok(tx.commit().await?)
    })
}

async fn read_all(house: &House, peer: &Peer, now: Instant) -> anyhow::Result<Skipped> {
    let mut skipped = Skipped::default();
    let reader = house.db().reader();
    let line = Line::to(peer, house.vault());
    let waiting = store::under_a_token(&reader, peer.community, peer.id, TOKENS_MAX).await?;
    for one in &waiting {
        match look_behind(house, peer, &line, one).await {
            // Whoever does not answer at all is not asked about the next one.
            Err(error) if is_silence(&error) => return Err(error),
            Err(error) => skipped.add(&one.number, &error),
            Ok(()) => {}
        }
    }
    news::read(house, peer, &line, now, &mut skipped).await?;
    if peer.is_imported {
        incoming::read(house, peer, &line, now, &mut skipped).await?;
    }
    Ok(skipped)
}

fn is_silence(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Failed::Silence(_)))
}

/// Asks for the number behind a token. One that is not known there any more leads nowhere: a person
/// decides whether the matter is sent again.
async fn look_behind(
    house: &House,
    peer: &Peer,
    line: &Line<'_>,
    sent: &Sent,
) -> anyhow::Result<()> {
    let Some(token) = &sent.token else {
        return Ok(());
    };
    let id = match line.token(token).await {
        Ok(None) => return Ok(()),
        Ok(Some(id)) => Some(id),
        Err(Failed::Refused(404 | 410, _)) => None,
        Err(failed) => return Err(failed.into()),
    };
    let tx = house.housekeeping(peer.community).await?;
    if let Some(id) = id {
        store::keep_ticket(&tx, peer.id, sent.request, None, Some(&id)).await?;
    } else {
        let from = [OnItsWay::Token];
        let why = "open311-trouble-token-gone";
        store::move_on(&tx, peer.id, sent.request, &from, OnItsWay::Refused, why).await?;
    }
    Ok(tx.commit().await?)
}
