//! Rows and queries of this room.

mod keys;
mod peers;
mod received;
mod sent;

pub use keys::{Key, KeyRow, NewKey, key_of, keys, make_key, retire_key};
pub use peers::{
    Destinations, NewPeer, PEER_KEY, Peer, keep_peer, note_read, peer, peers, retire_peer,
};
pub use received::{came_from, came_with, is_from, keep_received, keep_update, sent_by};
pub use sent::{
    OnItsWay, Sent, Stuck, heard_among, keep_heard, keep_ticket, move_on, note_given_again,
    numbered, put_on_its_way, sent_under, stuck, under_a_token,
};
