//! Where listeners of one instance sit together: one look at the record each second for all of them,
//! and each changed thing is read once.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kernel::{AccountId, CommunityId, EventId, Instant};
use sea_orm::{ConnectionTrait, Value};
use tokio::sync::broadcast;
use uuid::Uuid;

use super::cursor::{Cursor, LOOKBACK_SECONDS, floor};
use super::{Change, Heard, Live};
use crate::House;
use crate::db::{Reader, StoreError, statement};

/// How often the record is looked at.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// Batches that a listener may be behind.
const BEHIND_MAX: usize = 32;
/// Events that are read in one look.
const READ_MAX: usize = 5_000;
/// Things that are told one by one; of more is only said that there are many.
const TOLD_MAX: usize = 100;
/// Who was away longer is only told that there was much.
const AWAY_SECONDS: i64 = 3_600;
/// Streams of one account: as many as a browser keeps open.
const OF_ONE_MAX: usize = 6;
/// Streams of an instance.
const OF_ALL_MAX: usize = 1_000;

/// What has changed since the last look.
#[derive(Debug)]
pub(super) struct Batch<T> {
    /// How far whoever hears of it has been told.
    pub cursor: Cursor,
    /// The changes, each thing once.
    pub changes: Vec<Change<T>>,
    /// Whether there were too many to tell them one by one.
    pub is_many: bool,
}

#[derive(Debug)]
struct Room<T> {
    sender: broadcast::Sender<Arc<Batch<T>>>,
    /// The events of the last while, and when they were looked for; `None` until the first listener
    /// has looked.
    seen: Option<(BTreeSet<EventId>, Instant)>,
}

#[derive(Debug)]
struct Hall<T> {
    rooms: HashMap<CommunityId, Room<T>>,
    seats: HashMap<AccountId, usize>,
    is_looking: bool,
}

/// The listeners to one kind of thing.
#[derive(Debug)]
pub(super) struct Hub<T>(Mutex<Hall<T>>);

impl<T> Default for Hub<T> {
    fn default() -> Self {
        Self(Mutex::new(Hall {
            rooms: HashMap::new(),
            seats: HashMap::new(),
            is_looking: false,
        }))
    }
}

impl<T> Hub<T> {
    fn hall(&self) -> MutexGuard<'_, Hall<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A listener's place, which is free again when it is dropped.
#[derive(Debug)]
struct Seat<T> {
    hub: Arc<Hub<T>>,
    account: AccountId,
}

impl<T> Drop for Seat<T> {
    fn drop(&mut self) {
        let mut hall = self.hub.hall();
        if let Some(taken) = hall.seats.get_mut(&self.account) {
            *taken -= 1;
            if *taken == 0 {
                hall.seats.remove(&self.account);
            }
        }
    }
}

/// Somebody who listens.
#[derive(Debug)]
pub(super) struct Listener<T> {
    receiver: broadcast::Receiver<Arc<Batch<T>>>,
    /// Events that were there when the listener came: told then, or known to them before.
    known: HashSet<EventId>,
    _seat: Seat<T>,
}

impl<T> Listener<T> {
    /// The next batch; `None` for who is too far behind.
    pub async fn next(&mut self) -> Option<Arc<Batch<T>>> {
        self.receiver.recv().await.ok()
    }

    /// What of a batch is news to this listener.
    pub fn news<'a>(&self, batch: &'a Batch<T>) -> Vec<&'a Change<T>> {
        let is_news = |heard: &Heard| !self.known.contains(&heard.id);
        let changes = batch.changes.iter();
        changes
            .filter(|change| change.heard.iter().any(is_news))
            .collect()
    }

    /// What was there at the beginning is so long ago that it will not be told again.
    pub fn forget(&mut self) {
        self.known.clear();
    }
}

/// Takes a seat; gives what was missed since a cursor. `None` when all seats are taken.
pub(super) async fn sit_down<T: Live>(
    house: &House,
    reader: &Reader,
    (community, account): (CommunityId, AccountId),
    after: Option<&Cursor>,
) -> Result<Option<(Listener<T>, Batch<T>)>, StoreError> {
    let hub = house.keep::<Hub<T>>();
    let Some((receiver, seat)) = take_seat(&hub, community, account) else {
        return Ok(None);
    };
    let now = house.now();
    let recent = floor(now.plus_seconds(-LOOKBACK_SECONDS));
    let oldest = now.plus_seconds(-AWAY_SECONDS);
    let was_away = after.is_some_and(|cursor| cursor.at() < oldest);
    let from = after
        .filter(|_| !was_away)
        .map_or(recent, |cursor| cursor.floor().min(recent));
    let heard = since::<T>(reader, &[community], from).await?;
    let ids: BTreeSet<EventId> = heard.iter().map(|(_, _, heard)| heard.id).collect();
    let is_first = {
        let mut hall = hub.hall();
        if let Some(room) = hall.rooms.get_mut(&community) {
            room.seen.get_or_insert_with(|| (ids.clone(), now));
        }
        !std::mem::replace(&mut hall.is_looking, true)
    };
    if is_first {
        tokio::spawn(look_on::<T>(house.clone(), Arc::clone(&hub)));
    }
    let is_full = heard.len() >= READ_MAX;
    let missed = heard
        .into_iter()
        .filter(|(_, _, heard)| after.is_some_and(|cursor| cursor.misses(heard.id)))
        .map(|(_, subject, heard)| (subject, heard))
        .collect();
    let (changes, is_many) = read::<T>(reader, community, missed).await?;
    let batch = Batch {
        cursor: Cursor::after(now, ids.iter()),
        changes,
        is_many: is_many || was_away || is_full,
    };
    let listener = Listener {
        receiver,
        known: ids.into_iter().collect(),
        _seat: seat,
    };
    Ok(Some((listener, batch)))
}

type Taken<T> = (broadcast::Receiver<Arc<Batch<T>>>, Seat<T>);

fn take_seat<T>(hub: &Arc<Hub<T>>, community: CommunityId, account: AccountId) -> Option<Taken<T>> {
    let mut hall = hub.hall();
    let all: usize = hall.seats.values().sum();
    let own = hall.seats.get(&account).copied().unwrap_or(0);
    if own >= OF_ONE_MAX || all >= OF_ALL_MAX {
        return None;
    }
    hall.seats.insert(account, own + 1);
    let room = hall.rooms.entry(community).or_insert_with(|| Room {
        sender: broadcast::channel(BEHIND_MAX).0,
        seen: None,
    });
    let seat = Seat {
        hub: Arc::clone(hub),
        account,
    };
    Some((room.sender.subscribe(), seat))
}

/// Looks on for as long as somebody listens.
async fn look_on<T: Live>(house: House, hub: Arc<Hub<T>>) {
    loop {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        let wanted = {
            let mut hall = hub.hall();
            hall.rooms
                .retain(|_, room| room.sender.receiver_count() > 0);
            hall.is_looking = !hall.rooms.is_empty();
            if !hall.is_looking {
                return;
            }
            let looked_at =
                |(id, room): (&CommunityId, &Room<T>)| Some((*id, room.seen.as_ref()?.1));
            hall.rooms.iter().filter_map(looked_at).collect::<Vec<_>>()
        };
        if let Err(error) = look(&house, &hub, &wanted).await {
            tracing::warn!(%error, "the record could not be looked at for those who listen");
        }
    }
}

/// One look for all communities in which somebody listens.
async fn look<T: Live>(
    house: &House,
    hub: &Hub<T>,
    wanted: &[(CommunityId, Instant)],
) -> Result<(), StoreError> {
    let Some(oldest) = wanted.iter().map(|(_, looked_at)| *looked_at).min() else {
        return Ok(());
    };
    let now = house.now();
    let reader = house.db().reader();
    let from = floor(oldest.plus_seconds(-LOOKBACK_SECONDS));
    let communities: Vec<CommunityId> = wanted.iter().map(|(id, _)| *id).collect();
    let heard = since::<T>(&reader, &communities, from).await?;
    let is_full = heard.len() >= READ_MAX;
    for community in communities {
        let own = heard.iter().filter(|(of, ..)| *of == community);
        let news: Vec<(Uuid, Heard)> = {
            let hall = hub.hall();
            let seen = hall
                .rooms
                .get(&community)
                .and_then(|room| room.seen.as_ref());
            let is_news = |id: &EventId| seen.is_some_and(|(seen, _)| !seen.contains(id));
            own.filter(|(_, _, heard)| is_news(&heard.id))
                .map(|(_, subject, heard)| (*subject, heard.clone()))
                .collect()
        };
        let ids: Vec<EventId> = news.iter().map(|(_, heard)| heard.id).collect();
        let (changes, is_many) = read::<T>(&reader, community, news).await?;
        let mut hall = hub.hall();
        let Some(room) = hall.rooms.get_mut(&community) else {
            continue;
        };
        let Some((seen, looked_at)) = room.seen.as_mut() else {
            continue;
        };
        let has_news = !ids.is_empty();
        seen.extend(ids);
        // What is older than the next look goes back is never met again.
        let next = floor(now.plus_seconds(-LOOKBACK_SECONDS));
        *seen = seen.split_off(&next);
        *looked_at = now;
        if has_news {
            // Nobody may be left to hear it.
            let _ = room.sender.send(Arc::new(Batch {
                cursor: Cursor::after(now, seen.iter()),
                changes,
                is_many: is_many || is_full,
            }));
        }
    }
    Ok(())
}

/// The things that events are about, as they are now, each once.
async fn read<T: Live>(
    reader: &Reader,
    community: CommunityId,
    news: Vec<(Uuid, Heard)>,
) -> Result<(Vec<Change<T>>, bool), StoreError> {
    let mut by_subject: HashMap<Uuid, Vec<Heard>> = HashMap::new();
    for (subject, heard) in news {
        by_subject.entry(subject).or_default().push(heard);
    }
    if by_subject.len() > TOLD_MAX {
        return Ok((Vec::new(), true));
    }
    if by_subject.is_empty() {
        return Ok((Vec::new(), false));
    }
    let mut subjects: Vec<Uuid> = by_subject.keys().copied().collect();
    subjects.sort();
    let things = T::load(reader, community, &subjects).await?;
    let changes = things.into_iter().filter_map(|(subject, thing)| {
        let heard = by_subject.remove(&subject)?;
        Some(Change { heard, thing })
    });
    Ok((changes.collect(), false))
}

/// The events about such things after an id, in order; of more than a look can take, the youngest.
async fn since<T: Live>(
    reader: &Reader,
    communities: &[CommunityId],
    from: EventId,
) -> Result<Vec<(CommunityId, Uuid, Heard)>, StoreError> {
    let marks: Vec<String> = (0..communities.len())
        .map(|n| format!("${}", n + 3))
        .collect();
    let sql = format!(
        "SELECT community_id, id, name, account_id, subject_id FROM event WHERE id > $1 \
         AND subject_kind = $2 AND community_id IN ({}) ORDER BY id DESC LIMIT {READ_MAX}",
        marks.join(",")
    );
    let values = [Value::from(from.0), T::SUBJECT.into()]
        .into_iter()
        .chain(communities.iter().map(|id| id.0.into()));
    let rows = reader.query_all_raw(statement(reader, sql, values)).await?;
    rows.iter()
        .rev()
        .map(|row| {
            let account: Option<Uuid> = row.try_get("", "account_id")?;
            let heard = Heard {
                id: row.try_get::<Uuid>("", "id")?.into(),
                name: row.try_get("", "name")?,
                account: account.map(Into::into),
            };
            let community: Uuid = row.try_get("", "community_id")?;
            Ok((community.into(), row.try_get("", "subject_id")?, heard))
        })
        .collect()
}
