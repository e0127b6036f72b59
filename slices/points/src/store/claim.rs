//! One claim, whole.

use jiff::civil::Date;
use kernel::{AccountId, ClaimId, CommunityId, Facts, Instant, ItemId, PersonId, TransferId};
use platform::access::HasFacts;
use uuid::Uuid;

use crate::model::{ClaimState, Confirmer, Origin, Unit};

/// A claim, with what its item says.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: ClaimId,
    /// Whose; nobody's once they were erased.
    pub person: Option<PersonId>,
    /// Under which item.
    pub item: ItemId,
    /// Times, or minutes where hours count.
    pub quantity: i64,
    /// What it is worth, within the caps.
    pub points: i64,
    /// What the next posting grants.
    pub due_points: i64,
    /// On which day it was done.
    pub day: Date,
    /// How it is shown, in words.
    pub evidence: String,
    /// How it came.
    pub origin: Origin,
    /// The attendance or the service that it was raised from.
    pub source: Option<Uuid>,
    /// Whether what it was raised from was entered late, in bulk or by the organiser.
    pub is_late: bool,
    /// Who raised it.
    pub raised_by: Option<AccountId>,
    /// When.
    pub raised_at: Instant,
    /// By when it is to be checked.
    pub check_due_at: Instant,
    /// Where it stands.
    pub state: ClaimState,
    /// The first of two who check what came late.
    pub first_checked_by: Option<AccountId>,
    /// Who checked it.
    pub checked_by: Option<AccountId>,
    /// Why it was refused or reversed.
    pub reason: Option<String>,
    /// Under which name it is noticed.
    pub alias: Option<String>,
    /// Until when.
    pub notice_ends_at: Option<Instant>,
    /// Until when an appeal can be raised.
    pub appeal_until: Option<Instant>,
    /// When it was granted.
    pub posted_at: Option<Instant>,
    /// The grant in the ledger.
    pub transfer: Option<TransferId>,
    /// Grows with every change.
    pub version: i64,
    /// What the item is called.
    pub item_name: String,
    /// What is counted.
    pub unit: Unit,
    /// Who checks it.
    pub confirmer: Confirmer,
    /// The number of the version that it cites.
    pub scheme_number: i64,
}

impl HasFacts for Claim {
    fn facts(&self) -> Facts {
        Facts {
            person: self.person,
            is_public: matches!(self.state, ClaimState::Noticed | ClaimState::Objected),
            ..Facts::of(self.community)
        }
    }
}
