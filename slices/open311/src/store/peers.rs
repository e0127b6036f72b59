//! Servers of other people, and which category is which service there.

use kernel::events::{PeerKept, PeerRetired};
use kernel::{
    AccountId, Actor, CategoryId, CommunityId, Facts, HandlerId, Instant, Minutes, PeerId,
};
use platform::access::Allowed;
use platform::db::{Reader, StoreError, statement};
use platform::kept::{self, Kept};
use platform::record::places;
use platform::{Tx, door};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::keys::acting;

/// The purpose under which our keys at other servers are locked.
pub const PEER_KEY: &str = "open311.peer";
/// How far back the first reading goes.
const LOOK_BACK: Minutes = Minutes::days(89);

/// A server.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Of which community.
    pub community: CommunityId,
    /// Which.
    pub id: PeerId,
    /// What it is called.
    pub name: String,
    /// The address before `/services.json`.
    pub address: String,
    /// Its `jurisdiction_id`; empty when it has none.
    pub jurisdiction: String,
    /// Our key there, in the vault.
    pub key_locked: Option<Vec<u8>>,
    /// For whom is done what comes from there.
    pub account: AccountId,
    /// Matters of this party go there.
    pub handler: Option<HandlerId>,
    /// Whether open requests from there come in.
    pub is_imported: bool,
    /// Until when it was read.
    pub read_until: Instant,
    /// When it is read next.
    pub next_read_at: Instant,
    /// What stood in the way of the last reading.
    pub trouble: String,
    /// Each category with its service code there.
    pub services: Vec<(CategoryId, String)>,
}

impl Peer {
    /// The service code of a category.
    pub fn service_of(&self, category: CategoryId) -> Option<&str> {
        let found = self.services.iter().find(|(one, _)| *one == category);
        found.map(|(_, code)| code.as_str())
    }

    /// The category of a service code.
    pub fn category_of(&self, code: &str) -> Option<CategoryId> {
        let found = self.services.iter().find(|(_, one)| one == code);
        found.map(|(category, _)| *category)
    }

    /// The account with what it is charged with at a moment; nobody when it was closed.
    pub async fn acting<C: ConnectionTrait>(
        &self,
        on: &C,
        at: Instant,
    ) -> Result<Actor, StoreError> {
        let actor = acting(on, self.community, self.account, at).await?;
        let account = door::by_id(on, self.community, self.account).await?;
        let is_open = account.is_some_and(|account| !account.is_disabled);
        Ok(if is_open {
            actor
        } else {
            Actor::visitor(self.community)
        })
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    address: String,
    jurisdiction: String,
    key_locked: Option<Vec<u8>>,
    account_id: Uuid,
    handler_id: Option<Uuid>,
    is_imported: i64,
    read_until: i64,
    next_read_at: i64,
    trouble: String,
    category_id: Option<Uuid>,
    service_code: Option<String>,
}

/// The servers in use, by name, in one statement.
pub async fn peers<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Peer>, StoreError> {
    let sql = "SELECT p.id, p.name, p.address, p.jurisdiction, p.key_locked, p.account_id, \
               p.handler_id, p.is_imported, p.read_until, p.next_read_at, p.trouble, \
               s.category_id, s.service_code FROM open311_peer p LEFT JOIN open311_service s \
               ON s.community_id = p.community_id AND s.peer_id = p.id \
               WHERE p.community_id = $1 AND p.retired_at IS NULL \
               ORDER BY p.name, p.id, s.service_code, s.category_id";
    let rows = Row::find_by_statement(statement(on, sql, [community.0.into()]))
        .all(on)
        .await?;
    let mut peers: Vec<Peer> = Vec::new();
    for row in rows {
        let service = row
            .category_id
            .map(CategoryId)
            .zip(row.service_code.clone());
        if peers.last().is_none_or(|last| last.id.0 != row.id) {
            peers.push(of_row(community, row));
        }
        if let (Some(peer), Some(service)) = (peers.last_mut(), service) {
            peer.services.push(service);
        }
    }
    Ok(peers)
}

fn of_row(community: CommunityId, row: Row) -> Peer {
    Peer {
        community,
        id: row.id.into(),
        name: row.name,
        address: row.address,
        jurisdiction: row.jurisdiction,
        key_locked: row.key_locked,
        account: row.account_id.into(),
        handler: row.handler_id.map(Into::into),
        is_imported: row.is_imported == 1,
        read_until: Instant(row.read_until),
        next_read_at: Instant(row.next_read_at),
        trouble: row.trouble,
        services: Vec::new(),
    }
}

/// A server in use.
pub async fn peer<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    id: PeerId,
) -> Result<Option<Peer>, StoreError> {
    let all = peers(on, community).await?;
    Ok(all.into_iter().find(|peer| peer.id == id))
}

/// Which party's matters go to which server: asked at each dispatch, and kept in memory.
#[derive(Debug)]
pub struct Destinations(Vec<(HandlerId, PeerId)>);

impl Destinations {
    /// Where the matters of a party go.
    pub fn of(&self, handler: HandlerId) -> Option<PeerId> {
        let found = self.0.iter().find(|(one, _)| *one == handler);
        found.map(|(_, peer)| *peer)
    }
}

impl Kept for Destinations {
    const TOPIC: &'static str = "open311.destinations";

    async fn load(
        reader: &Reader,
        community: CommunityId,
        _revision: i64,
    ) -> Result<Self, StoreError> {
        let peers = peers(reader, community).await?;
        let destinations = peers
            .iter()
            .filter_map(|peer| Some((peer.handler?, peer.id)));
        Ok(Self(destinations.collect()))
    }
}

/// A server to be entered; the one of the same name is changed instead.
#[derive(Clone, Debug)]
pub struct NewPeer {
    /// What it is called.
    pub name: String,
    /// The address before `/services.json`.
    pub address: String,
    /// Its `jurisdiction_id`; empty when it has none.
    pub jurisdiction: String,
    /// Our key there; without one that of the same name and address is kept: a key is made for one
    /// server, and no other one is shown it.
    pub key: Option<String>,
    /// For whom is done what comes from there.
    pub account: AccountId,
    /// Matters of this party go there.
    pub handler: Option<HandlerId>,
    /// Whether open requests from there come in.
    pub is_imported: bool,
    /// Each category with its service code there.
    pub services: Vec<(CategoryId, String)>,
}

/// Enters a server, to be read from now on: at first all that is still open there, as far back as
/// one question goes. What is here already is known by its mark.
pub async fn keep_peer(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    new: &NewPeer,
) -> Result<PeerId, StoreError> {
    kept::renew::<Destinations>(tx).await?;
    let house = tx.house();
    let lock = |key: &String| house.vault().lock(PEER_KEY, key, house.chance());
    let sql = "INSERT INTO open311_peer (community_id, id, name, address, jurisdiction, \
               key_locked, account_id, handler_id, is_imported, read_until, next_read_at, \
               trouble) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '') \
               ON CONFLICT (community_id, name) DO UPDATE SET address = excluded.address, \
               jurisdiction = excluded.jurisdiction, \
               key_locked = COALESCE(excluded.key_locked, CASE WHEN open311_peer.address = \
               excluded.address THEN open311_peer.key_locked END), \
               account_id = excluded.account_id, handler_id = excluded.handler_id, \
               is_imported = excluded.is_imported, read_until = excluded.read_until, next_read_at = excluded.next_read_at, \
               trouble = '', retired_at = NULL RETURNING id";
    let values: [Value; 11] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        new.name.clone().into(),
        new.address.clone().into(),
        new.jurisdiction.clone().into(),
        new.key.as_ref().map(lock).into(),
        new.account.0.into(),
        new.handler.map(|id| id.0).into(),
        i64::from(new.is_imported).into(),
        tx.now.plus(Minutes(-LOOK_BACK.0)).0.into(),
        tx.now.0.into(),
    ];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::Unreadable("no peer came back".into()))?;
    let peer: PeerId = row.try_get::<Uuid>("", "id")?.into();
    keep_services(tx, peer, &new.services).await?;
    let community = tx.community();
    tx.emit(&PeerKept { community, peer });
    Ok(peer)
}

async fn keep_services(
    tx: &Tx,
    peer: PeerId,
    services: &[(CategoryId, String)],
) -> Result<(), StoreError> {
    let sql = "DELETE FROM open311_service WHERE community_id = $1 AND peer_id = $2";
    tx.execute_raw(statement(tx, sql, [tx.community().0.into(), peer.0.into()]))
        .await?;
    if services.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO open311_service (community_id, peer_id, category_id, service_code) VALUES {}",
        places(services.len(), 4)
    );
    let values = services.iter().flat_map(|(category, code)| -> [Value; 4] {
        [
            tx.community().0.into(),
            peer.0.into(),
            category.0.into(),
            code.clone().into(),
        ]
    });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Takes a server out of use. Returns whether it was in use.
pub async fn retire_peer(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    peer: PeerId,
) -> Result<bool, StoreError> {
    kept::renew::<Destinations>(tx).await?;
    let sql = "UPDATE open311_peer SET retired_at = $1 WHERE community_id = $2 AND id = $3 \
               AND retired_at IS NULL";
    let values = [tx.now.0.into(), tx.community().0.into(), peer.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    let is_retired = done.rows_affected() == 1;
    if is_retired {
        let community = tx.community();
        tx.emit(&PeerRetired { community, peer });
    }
    Ok(is_retired)
}

/// Notes that a server was read until a moment, what stood in the way, and when it is read next.
pub async fn note_read(
    tx: &Tx,
    peer: PeerId,
    read_until: Instant,
    next_read_at: Instant,
    trouble: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE open311_peer SET read_until = $1, next_read_at = $2, trouble = $3 \
               WHERE community_id = $4 AND id = $5";
    let values = [
        read_until.0.into(),
        next_read_at.0.into(),
        trouble.into(),
        tx.community().0.into(),
        peer.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
