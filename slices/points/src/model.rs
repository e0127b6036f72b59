//! Points, without a database or a clock: the states of schemes, claims and reservations, what an
//! item must say, and what no scheme may pay for.

mod alias;
mod claim;
pub mod excluded;
mod item;
mod scheme;
mod shop;

pub use alias::draw;
pub use claim::{CLAIM_MAX, ClaimState, Origin, PANEL_SIZES, Verdict, verdict};
pub use item::{CAP_MAX, Confirmer, NewItem, POINTS_MAX, Unit, Wrong, within_caps, worth};
pub use scheme::{Adoption, Assembly, SchemeState};
pub use shop::{
    Ending, PIECES_MAX, PRICE_MAX, ProposalKind, ProposalState, RedemptionState, RewardKind,
    grouped, plain_code,
};
