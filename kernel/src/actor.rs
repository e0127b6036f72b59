//! Who acts: an account with the duties it holds today, or a visitor with none.

use serde::{Deserialize, Serialize};

use crate::{AccountId, AreaId, CommunityId, HandlerId, PersonId};

/// A charge that one can hold. The public page of an area shows who is on it (rule R23).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Keeps the community's settings, accounts and map. Sees no resident by that alone.
    Administrator,
    /// Works at the community office: receives, triages, dispatches, calls back.
    Staff,
    /// The named worker of a grid or micro-grid.
    GridWorker,
    /// A neighbour who looks after a micro-grid or building; sees matters there, not people.
    MicroGridHead,
    /// Works for a party that requests are dispatched to.
    Handler,
    /// Sees how communities do, without personal data.
    DistrictViewer,
    /// Heads the community: authorises whistles, and is told of what stays undone.
    Leader,
    /// Mediates disputes between neighbours (人民调解员); sees the matters they are set on, no other.
    Mediator,
    /// Heads the mediation committee (调解委员会主任): sets the mediators.
    MediationHead,
}

impl DutyKind {
    /// Every kind, in the order in which pages show them.
    pub const ALL: [Self; 9] = [
        Self::Administrator,
        Self::Staff,
        Self::GridWorker,
        Self::MicroGridHead,
        Self::Handler,
        Self::DistrictViewer,
        Self::Leader,
        Self::Mediator,
        Self::MediationHead,
    ];

    /// The word in the database, the policy matrix and message ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Staff => "staff",
            Self::GridWorker => "grid_worker",
            Self::MicroGridHead => "micro_grid_head",
            Self::Handler => "handler",
            Self::DistrictViewer => "district_viewer",
            Self::Leader => "leader",
            Self::Mediator => "mediator",
            Self::MediationHead => "mediation_head",
        }
    }

    /// The kind behind a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A duty that is held now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What one is charged with.
    pub kind: DutyKind,
    /// Where; `None` is the whole community.
    pub area: Option<AreaId>,
    /// For which party, when the kind is [`DutyKind::Handler`].
    pub handler: Option<HandlerId>,
}

/// The one who acts or reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The tenant in which they act.
    pub community: CommunityId,
    /// The account, when signed in.
    pub account: Option<AccountId>,
    /// Their own entry in the register, when it is known.
    pub person: Option<PersonId>,
    /// What they are charged with today.
    pub duties: Vec<Duty>,
}

impl Actor {
    /// Somebody who has not signed in.
    pub const fn visitor(community: CommunityId) -> Self {
        Self {
            community,
            account: None,
            person: None,
            duties: Vec::new(),
        }
    }

    /// Whether they hold a duty of this kind, anywhere.
    pub fn is_on(&self, kind: DutyKind) -> bool {
        self.duties.iter().any(|duty| duty.kind == kind)
    }

    /// The duties of one kind.
    pub fn on(&self, kind: DutyKind) -> impl Iterator<Item = &Duty> {
        self.duties.iter().filter(move |duty| duty.kind == kind)
    }

    /// Whether they work here in any way, and so get the desk's navigation.
    pub fn works_here(&self) -> bool {
        !self.duties.is_empty()
    }
}
