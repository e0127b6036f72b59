//! Updates: what happened to a request after it was made (the extension of FixMyStreet's open311-adapter).

use jiff::Timestamp;

use crate::request::Status;
use crate::tree::{Document, Entry, Node, ReadError, Tree};

/// Where a request stands, finer than open and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateStatus {
    /// Nothing more is known.
    Open,
    /// It is being looked into.
    Investigating,
    /// Somebody is at work.
    InProgress,
    /// It is to be done.
    Planned,
    /// Somebody was told to do it.
    ActionScheduled,
    /// Nothing more will be done.
    NoFurtherAction,
    /// It is somebody else's duty.
    NotCouncilsResponsibility,
    /// It was reported before.
    Duplicate,
    /// It went to another office.
    InternalReferral,
    /// It was withdrawn.
    Cancelled,
    /// It is done.
    Fixed,
    /// It is over.
    Closed,
    /// The desk has to look at it.
    ForTriage,
}

impl UpdateStatus {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Investigating,
        Self::InProgress,
        Self::Planned,
        Self::ActionScheduled,
        Self::NoFurtherAction,
        Self::NotCouncilsResponsibility,
        Self::Duplicate,
        Self::InternalReferral,
        Self::Cancelled,
        Self::Fixed,
        Self::Closed,
        Self::ForTriage,
    ];

    /// The word of the extension.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Investigating => "investigating",
            Self::InProgress => "in_progress",
            Self::Planned => "planned",
            Self::ActionScheduled => "action_scheduled",
            Self::NoFurtherAction => "no_further_action",
            Self::NotCouncilsResponsibility => "not_councils_responsibility",
            Self::Duplicate => "duplicate",
            Self::InternalReferral => "internal_referral",
            Self::Cancelled => "cancelled",
            Self::Fixed => "fixed",
            Self::Closed => "closed",
            Self::ForTriage => "for_triage",
        }
    }

    /// The one behind a word; capitals are forgiven.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// Open or closed.
    pub const fn status(self) -> Status {
        match self {
            Self::Open
            | Self::Investigating
            | Self::InProgress
            | Self::Planned
            | Self::ActionScheduled
            | Self::InternalReferral
            | Self::ForTriage => Status::Open,
            Self::NoFurtherAction
            | Self::NotCouncilsResponsibility
            | Self::Duplicate
            | Self::Cancelled
            | Self::Fixed
            | Self::Closed => Status::Closed,
        }
    }
}

/// Something that happened to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestUpdate {
    /// Its mark on the server that tells it.
    pub update_id: String,
    /// To which request.
    pub service_request_id: String,
    /// Where the request stands since.
    pub status: UpdateStatus,
    /// What was said.
    pub description: Option<String>,
    /// Where a picture is.
    pub media_url: Option<String>,
    /// When.
    pub updated_datetime: Timestamp,
    /// A finer code of the server.
    pub external_status_code: Option<String>,
    /// What the requester calls it.
    pub customer_reference: Option<String>,
}

impl Document for Vec<RequestUpdate> {
    const ROOT: &'static str = "service_request_updates";

    fn tree(&self) -> Tree {
        let maybe = |words: &Option<String>| Tree::maybe(words.as_deref());
        let update = |update: &RequestUpdate| {
            Tree::entries([
                ("update_id", Tree::words(&update.update_id)),
                (
                    "service_request_id",
                    Tree::words(&update.service_request_id),
                ),
                ("status", Tree::words(update.status.word())),
                ("description", maybe(&update.description)),
                ("media_url", maybe(&update.media_url)),
                (
                    "updated_datetime",
                    Tree::moment(Some(update.updated_datetime)),
                ),
                ("external_status_code", maybe(&update.external_status_code)),
                ("customer_reference", maybe(&update.customer_reference)),
            ])
        };
        Tree::list("request_update", self.iter().map(update))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        node.items(Self::ROOT)?
            .into_iter()
            .map(Entry::from_node)
            .collect()
    }
}

impl Entry for RequestUpdate {
    const LIST: &'static str = <Vec<Self> as Document>::ROOT;

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            update_id: node.required_text("update_id")?,
            service_request_id: node.required_text("service_request_id")?,
            status: node
                .text("status")
                .and_then(|word| UpdateStatus::from_word(&word))
                .ok_or(ReadError::Missing("status"))?,
            description: node.text("description"),
            media_url: node.text("media_url"),
            updated_datetime: node
                .moment("updated_datetime")?
                .ok_or(ReadError::Missing("updated_datetime"))?,
            external_status_code: node.text("external_status_code"),
            customer_reference: node.text("customer_reference"),
        })
    }
}
