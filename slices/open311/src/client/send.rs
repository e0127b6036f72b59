//! A matter that is given to a party with a system of its own goes out to it.

use georeport::{DESCRIPTION_MAX, LatLong, NewRequest, Receipt, Ticket};
use kernel::events::{RequestDispatched, RequestSentAgain, RequestSentOut};
use kernel::{Actor, CommunityId, Facts, PeerId, RequestId};
use platform::access::Allowed;
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use platform::kept::kept;
use platform::photos;
use platform::record::Recorded;
use platform::{Hearing, House, Tx};
use requests::policy::{READ, columns};
use requests::{Shown, Sought};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, ConnectionTrait};
use serde::{Deserialize, Serialize};

use super::call::{Failed, Line};
use super::http::Silence;
use super::multipart::Picture;
use crate::store::{self, Destinations, OnItsWay, Peer};

/// The job that sends.
pub const SEND: &str = "open311.send";

/// Which matter goes where.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Sending {
    /// To which server.
    pub peer: PeerId,
    /// Which.
    pub request: RequestId,
}

/// Hears that a matter was given to a party: if that has a server, the matter goes there, once.
pub fn hear_dispatched<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(dispatched) = event.read::<RequestDispatched>() else {
            return Ok(());
        };
        let Some(handler) = dispatched.handler else {
            return Ok(());
        };
        let destinations = kept::<Destinations>(tx.house(), tx.community()).await?;
        let Some(peer) = destinations.of(handler) else {
            return Ok(());
        };
        let Some(peer) = store::peer(tx, tx.community(), peer).await? else {
            return Ok(());
        };
        let request = dispatched.request;
        // Whether the account of the platform may read it is asked, and told, when it is sent.
        let Some(shown) = any(tx, request).await? else {
            return Ok(());
        };
        if is_from_there(tx, &peer, &shown).await? {
            return Ok(());
        }
        if store::put_on_its_way(tx, peer.id, request, &shown.number).await? {
            let peer = peer.id;
            tx.later(SEND, &Sending { peer, request });
        } else {
            store::note_given_again(tx, peer.id, request).await?;
        }
        Ok(())
    })
}

/// Whether the matter came from this very server, read from it or sent by a system of its name: it
/// would come back for ever.
async fn is_from_there(tx: &Tx, peer: &Peer, shown: &Shown) -> Result<bool, StoreError> {
    let number = shown.source_number.as_deref().unwrap_or_default();
    let rest = number.strip_prefix(peer.name.as_str());
    let is_read_in = rest.is_some_and(|rest| rest.starts_with('/'));
    let sender = store::came_from(tx, peer.community, shown.id).await?;
    Ok(is_read_in || sender.as_deref() == Some(peer.name.as_str()))
}

/// The request, whoever may read it.
async fn any(tx: &Tx, request: RequestId) -> Result<Option<Shown>, StoreError> {
    let here = columns().community.eq(tx.community().0);
    let sought = Sought {
        ids: Some(vec![request]),
        ..Sought::default()
    };
    let reach = Condition::all().add(here);
    Ok(requests::shown(tx, &reach, &sought, 1, 0).await?.pop())
}

/// The request, if the actor may read it.
async fn readable<C: ConnectionTrait>(
    on: &C,
    house: &House,
    actor: &Actor,
    request: RequestId,
) -> Result<Option<Shown>, StoreError> {
    let reach = house.policy().condition(actor, READ, &columns());
    let sought = Sought {
        ids: Some(vec![request]),
        ..Sought::default()
    };
    Ok(requests::shown(on, &reach, &sought, 1, 0).await?.pop())
}

/// Puts a matter that stood still on its way again, as somebody has decided. Returns whether it
/// stood still.
pub async fn again(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    sending: Sending,
) -> Result<bool, StoreError> {
    let stuck = [OnItsWay::Unclear, OnItsWay::Refused, OnItsWay::Waiting];
    let Sending { peer, request } = sending;
    let is_again = store::move_on(tx, peer, request, &stuck, OnItsWay::Waiting, "").await?;
    if is_again {
        tx.later(SEND, &sending);
        tx.emit(&RequestSentAgain { request, peer });
    }
    Ok(is_again)
}

/// Sends a matter out.
pub fn send<'a>(house: &'a House, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let sending: Sending = job.read()?;
        let reader = house.db().reader();
        let Some(peer) = store::peer(&reader, job.community, sending.peer).await? else {
            return Ok(());
        };
        let actor = peer.acting(&reader, house.now()).await?;
        let shown = readable(&reader, house, &actor, sending.request).await?;
        let Some(shown) = shown else {
            return set_aside(
                house,
                &peer,
                sending.request,
                OnItsWay::Waiting,
                "open311-trouble-not-readable",
            )
            .await;
        };
        let Some(code) = peer.service_of(shown.category) else {
            let why = "open311-trouble-no-service";
            return set_aside(house, &peer, sending.request, OnItsWay::Waiting, why).await;
        };
        let new = report_of(&shown, code);
        let pictures = pictures_of(&reader, job.community, &shown).await?;
        if !begin(house, job.community, sending).await? {
            return Ok(());
        }
        let sent = send_with(house, &peer, new, &shown, &pictures).await;
        match sent {
            Ok(receipt) => arrived(house, &actor, sending, &receipt.ticket).await,
            Err(failed) => fail(house, &peer, sending, failed).await,
        }
    })
}

/// The pictures of a matter, when everybody may see them. What is not published may show somebody's
/// home or face: none of that goes out.
async fn pictures_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    shown: &Shown,
) -> Result<Vec<Picture>, StoreError> {
    if !shown.is_published {
        return Ok(Vec::new());
    }
    let prints = photos::prints(on, community, shown.id.0, &shown.photos).await?;
    let pictures = (1..).zip(prints).map(|(number, jpeg)| Picture {
        name: format!("{number}.jpg"),
        jpeg,
    });
    Ok(pictures.collect())
}

/// Sends it with its pictures as files. A server that knows the bare contract takes forms without
/// files only: what it refused is not there, and goes once more with the address of a picture.
async fn send_with(
    house: &House,
    peer: &Peer,
    mut new: NewRequest,
    shown: &Shown,
    pictures: &[Picture],
) -> Result<Receipt, Failed> {
    let line = Line::to(peer, house.vault());
    let by_chance: [u8; 16] = house.chance().bytes();
    let boundary = format!("linli-{:032x}", u128::from_be_bytes(by_chance));
    let sent = line.send(&new, pictures, &boundary).await;
    let is_about_files = matches!(sent, Err(Failed::Refused(400 | 415, _)));
    if pictures.is_empty() || !is_about_files {
        return sent;
    }
    let base = house.config().base_url.trim_end_matches('/');
    let first = shown.photos.first();
    new.media_url = first.map(|photo| format!("{base}/requests/{}/photos/{photo}", shown.number));
    line.send(&new, &[], &boundary).await
}

/// Marks that sending begins. A matter that is found so already was being sent when the program
/// stopped: nobody knows whether it is there.
async fn begin(house: &House, community: CommunityId, sending: Sending) -> anyhow::Result<bool> {
    let Sending { peer, request } = sending;
    let tx = house.housekeeping(community).await?;
    let waiting = [OnItsWay::Waiting];
    let is_begun = store::move_on(&tx, peer, request, &waiting, OnItsWay::Sending, "").await?;
    if !is_begun {
        let sending = [OnItsWay::Sending];
        let why = "open311-trouble-stopped";
        store::move_on(&tx, peer, request, &sending, OnItsWay::Unclear, why).await?;
    }
    tx.commit().await?;
    Ok(is_begun)
}

async fn arrived(
    house: &House,
    actor: &Actor,
    sending: Sending,
    ticket: &Ticket,
) -> anyhow::Result<()> {
    let Sending { peer, request } = sending;
    let mut tx = house.begin(actor).await?;
    let (token, id) = match ticket {
        Ticket::Id(id) => (None, Some(id.as_str())),
        Ticket::Token(token) => (Some(token.as_str()), None),
    };
    store::keep_ticket(&tx, peer, request, token, id).await?;
    tx.emit(&RequestSentOut { request, peer });
    Ok(tx.commit().await?)
}

/// What was surely not heard is tried again; what was refused, or may have been heard, waits for a
/// person.
async fn fail(house: &House, peer: &Peer, sending: Sending, failed: Failed) -> anyhow::Result<()> {
    let words = failed.kept();
    let is_to_try_again = match &failed {
        Failed::Silence(Silence::Unreachable(_)) => true,
        Failed::Refused(status, _) => *status == 429 || *status == 503,
        Failed::Silence(Silence::Address | Silence::Untrusted(_) | Silence::Unclear(_))
        | Failed::Unreadable(_) => false,
    };
    let to = match &failed {
        _ if is_to_try_again => OnItsWay::Waiting,
        Failed::Silence(Silence::Address | Silence::Untrusted(_))
        | Failed::Refused(400..=499, _) => OnItsWay::Refused,
        Failed::Silence(_) | Failed::Refused(..) | Failed::Unreadable(_) => OnItsWay::Unclear,
    };
    let tx = house.housekeeping(peer.community).await?;
    let from = [OnItsWay::Sending];
    store::move_on(&tx, peer.id, sending.request, &from, to, &words).await?;
    tx.commit().await?;
    if is_to_try_again {
        return Err(failed.into());
    }
    Ok(())
}

async fn set_aside(
    house: &House,
    peer: &Peer,
    request: RequestId,
    from: OnItsWay,
    why: &str,
) -> anyhow::Result<()> {
    let tx = house.housekeeping(peer.community).await?;
    store::move_on(&tx, peer.id, request, &[from], OnItsWay::Refused, why).await?;
    Ok(tx.commit().await?)
}

/// What goes out: what and where, never who. Numbers of somebody in the words are masked.
fn report_of(shown: &Shown, code: &str) -> NewRequest {
    let words = if shown.body.is_empty() {
        shown.title.clone()
    } else {
        format!("{}\n{}", shown.title, shown.body)
    };
    let masked: String = masked(&words).chars().take(DESCRIPTION_MAX).collect();
    let place = masked_place(shown);
    NewRequest {
        service_code: code.to_owned(),
        at: shown.point.and_then(|(lon, lat)| LatLong::new(lat, lon)),
        address: Some(place),
        description: Some(masked),
        ..NewRequest::default()
    }
}

/// The contract wants a place: where there is none, the number of the matter stands for it.
fn masked_place(shown: &Shown) -> String {
    if shown.place.trim().is_empty() {
        shown.number.clone()
    } else {
        masked(&shown.place)
    }
}

fn masked(words: &str) -> String {
    let mut masked = String::with_capacity(words.len());
    let mut at = 0;
    for found in text::find_sensitive(words) {
        masked.push_str(&words[at..found.range.start]);
        masked.push_str(&text::mask_phone(&words[found.range.clone()]));
        at = found.range.end;
    }
    masked.push_str(&words[at..]);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_number_goes_out() {
        assert_eq!(masked("打13812345678找我"), "打138****5678找我");
        assert_eq!(masked("灯坏了"), "灯坏了");
    }
}
