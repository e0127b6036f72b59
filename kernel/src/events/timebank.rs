//! What happens in the time bank. That a help counts as service is told by `HelpConfirmed`, beside
//! the other ways of taking part. Why something was asked or granted is never in an event.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Event, Subject, event};
use crate::{CommunityId, HelpId, PersonId};

/// Somebody opened a time account, by themselves or at the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeAccountOpened {
    /// Who.
    pub person: PersonId,
    /// Whether a guardian's consent was noted, because they are under age.
    pub has_guardian: bool,
}
event!(TimeAccountOpened, "timebank.account_opened", "person", person, person person);

/// A time account was closed; what was left went to the pool.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeAccountClosed {
    /// Whose.
    pub person: PersonId,
    /// What went to the pool, in minutes.
    pub minutes: i64,
    /// `holder` by themselves, `desk` by two people there, for the holder or an heir.
    pub how: String,
}
event!(TimeAccountClosed, "timebank.account_closed", "person", person, person person);

/// Help was asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpAsked {
    /// Which.
    pub help: HelpId,
    /// For whom.
    pub person: PersonId,
    /// For how long, in minutes.
    pub minutes: i64,
    /// `web` or `desk`.
    pub origin: String,
}
event!(HelpAsked, "timebank.help_asked", "help", help, person person);

/// Somebody offered to help.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpOffered {
    /// With which.
    pub help: HelpId,
    /// Who.
    pub person: PersonId,
}
event!(HelpOffered, "timebank.help_offered", "help", help, person person);

/// Somebody took their offer back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpOfferTakenBack {
    /// With which.
    pub help: HelpId,
    /// Who.
    pub person: PersonId,
}
event!(HelpOfferTakenBack, "timebank.help_offer_taken_back", "help", help, person person);

/// One of those who offered was chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpMatched {
    /// Which.
    pub help: HelpId,
    /// Who is to help.
    pub person: PersonId,
    /// Whether a coordinator chose; otherwise the one who asked did.
    pub by_coordinator: bool,
}
event!(HelpMatched, "timebank.help_matched", "help", help, person person);

/// Credit was reserved for a help.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpReserved {
    /// Which.
    pub help: HelpId,
    /// Who receives it.
    pub person: PersonId,
    /// Whose credit: `own`, `relative`, `fund` or `pool`.
    pub cover: String,
    /// How much, in minutes.
    pub minutes: i64,
}
event!(HelpReserved, "timebank.help_reserved", "help", help, person person);

/// Who was chosen cannot come after all. It has no consequence for them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpSteppedBack {
    /// From which.
    pub help: HelpId,
    /// Who.
    pub person: PersonId,
}
event!(HelpSteppedBack, "timebank.help_stepped_back", "help", help, person person);

/// Help began. No place is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpSignedIn {
    /// Which.
    pub help: HelpId,
    /// Who helps.
    pub person: PersonId,
    /// `code` of the receiver, or `coordinator`.
    pub how: String,
}
event!(HelpSignedIn, "timebank.help_signed_in", "help", help, person person);

/// Help ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpSignedOut {
    /// Which.
    pub help: HelpId,
    /// Who helped.
    pub person: PersonId,
    /// `code` of the receiver, or `coordinator`.
    pub how: String,
    /// From sign-in to sign-out, in whole minutes.
    pub minutes: i64,
}
event!(HelpSignedOut, "timebank.help_signed_out", "help", help, person person);

/// A code was typed that is not the help's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpCodeRefused {
    /// Of which help.
    pub help: HelpId,
    /// Who typed it.
    pub person: PersonId,
    /// How many times by now.
    pub tries: i64,
}
event!(HelpCodeRefused, "timebank.help_code_refused", "help", help, person person);

/// Who received help said how long it took, or a coordinator who asked them did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpAcknowledged {
    /// Which.
    pub help: HelpId,
    /// Who received it.
    pub person: PersonId,
    /// `receiver`, `relative` or `coordinator`.
    pub how: String,
    /// How long, in minutes; never longer than from sign-in to sign-out.
    pub minutes: i64,
}
event!(HelpAcknowledged, "timebank.help_acknowledged", "help", help, person person);

/// One side does not agree with the minutes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpDisputed {
    /// Which.
    pub help: HelpId,
    /// Who received it.
    pub person: PersonId,
    /// `receiver`, `giver` or `coordinator`.
    pub side: String,
}
event!(HelpDisputed, "timebank.help_disputed", "help", help, person person);

/// A dispute about minutes was settled.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpDisputeSettled {
    /// Which.
    pub help: HelpId,
    /// Who received it.
    pub person: PersonId,
    /// The minutes that count.
    pub minutes: i64,
}
event!(HelpDisputeSettled, "timebank.help_dispute_settled", "help", help, person person);

/// The minutes of a help were booked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpPosted {
    /// Which.
    pub help: HelpId,
    /// Who received it.
    pub person: PersonId,
    /// Whose credit: `own`, `relative`, `fund` or `pool`.
    pub cover: String,
    /// To the giver, in minutes.
    pub minutes: i64,
    /// To the pool, because the giver's account is full.
    pub overflow: i64,
}
event!(HelpPosted, "timebank.help_posted", "help", help, person person);

/// A help will not take place. It has no consequence for anybody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpCancelled {
    /// Which.
    pub help: HelpId,
    /// Who was to receive it.
    pub person: PersonId,
    /// `receiver`, `coordinator`, `lapsed` when its time went by, or `erased` with an entry.
    pub how: String,
}
event!(HelpCancelled, "timebank.help_cancelled", "help", help, person person);

/// Somebody did not come, or was not in. It has no consequence for anybody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpMissed {
    /// Which.
    pub help: HelpId,
    /// Who was to receive it.
    pub person: PersonId,
    /// Who said so: `receiver`, `giver` or `coordinator`.
    pub side: String,
}
event!(HelpMissed, "timebank.help_missed", "help", help, person person);

/// The words of a help were erased, their time being over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpForgotten {
    /// Which.
    pub help: HelpId,
}
event!(HelpForgotten, "timebank.help_forgotten", "help", help);

/// Something was proposed at the desk that a second person has to decide.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeProposalMade {
    /// Which.
    pub proposal: Uuid,
    /// `fund` to put credit into the fund, `cover` for a help, `group` for hours of a group,
    /// `close` for closing an account.
    pub kind: String,
    /// For which help.
    pub help: Option<HelpId>,
    /// About whom.
    pub person: Option<PersonId>,
    /// How much, in minutes.
    pub minutes: i64,
}

impl Event for TimeProposalMade {
    const NAME: &'static str = "timebank.proposal_made";

    fn subject(&self) -> Subject {
        subject_of(self.proposal)
    }

    fn person(&self) -> Option<PersonId> {
        self.person
    }
}

/// A second person decided about it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeProposalDecided {
    /// Which.
    pub proposal: Uuid,
    /// About whom.
    pub person: Option<PersonId>,
    /// `granted` or `refused`.
    pub decision: String,
}

impl Event for TimeProposalDecided {
    const NAME: &'static str = "timebank.proposal_decided";

    fn subject(&self) -> Subject {
        subject_of(self.proposal)
    }

    fn person(&self) -> Option<PersonId> {
        self.person
    }
}

const fn subject_of(proposal: Uuid) -> Subject {
    Subject {
        kind: "time_proposal",
        id: proposal,
    }
}

/// Somebody said whose direct relative they are. It counts when the other says so too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RelativeNamed {
    /// The tie between the two.
    pub tie: Uuid,
    /// Who said so.
    pub person: PersonId,
    /// Whose relative.
    pub relative: PersonId,
}
event!(RelativeNamed, "timebank.relative_named", "relative", tie, person person);

/// The other of the two agreed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RelativeAgreed {
    /// The tie between the two.
    pub tie: Uuid,
    /// Who agreed.
    pub person: PersonId,
}
event!(RelativeAgreed, "timebank.relative_agreed", "relative", tie, person person);

/// One of the two ended it, or did not agree.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RelativeEnded {
    /// The tie between the two.
    pub tie: Uuid,
    /// Who ended it.
    pub person: PersonId,
}
event!(RelativeEnded, "timebank.relative_ended", "relative", tie, person person);

/// Time was offered to a direct relative as a gift.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeGiftOffered {
    /// Which.
    pub gift: Uuid,
    /// From whom.
    pub person: PersonId,
    /// To whom.
    pub to: PersonId,
    /// How much, in minutes.
    pub minutes: i64,
}
event!(TimeGiftOffered, "timebank.gift_offered", "time_gift", gift, person person);

/// A gift of time was accepted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeGiftAccepted {
    /// Which.
    pub gift: Uuid,
    /// By whom.
    pub person: PersonId,
    /// How much, in minutes.
    pub minutes: i64,
}
event!(TimeGiftAccepted, "timebank.gift_accepted", "time_gift", gift, person person);

/// A gift of time did not come about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeGiftEnded {
    /// Which.
    pub gift: Uuid,
    /// From whom it was.
    pub person: PersonId,
    /// `declined`, `withdrawn` or `lapsed`.
    pub how: String,
}
event!(TimeGiftEnded, "timebank.gift_ended", "time_gift", gift, person person);

/// Time was given to the community's pool.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeDonated {
    /// Which donation.
    pub donation: Uuid,
    /// By whom.
    pub person: PersonId,
    /// How much, in minutes.
    pub minutes: i64,
}
event!(TimeDonated, "timebank.donated", "time_donation", donation, person person);

/// The hours of a group were given to the pool; a group does nothing else with them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupTimeDonated {
    /// Which group.
    pub group: Uuid,
    /// How much, in minutes.
    pub minutes: i64,
}
event!(
    GroupTimeDonated,
    "timebank.group_donated",
    "time_group",
    group
);

/// A group was entered, whose hours go to the pool.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeGroupEntered {
    /// Which.
    pub group: Uuid,
}
event!(
    TimeGroupEntered,
    "timebank.group_entered",
    "time_group",
    group
);

/// Credit was put into the community's fund.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeFundRaised {
    /// Where.
    pub community: CommunityId,
    /// How much, in minutes.
    pub minutes: i64,
}
event!(
    TimeFundRaised,
    "timebank.fund_raised",
    "community",
    community
);

/// The list of kinds of help was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpKindsChanged {
    /// Where.
    pub community: CommunityId,
    /// The word of the kind.
    pub code: String,
    /// Whether it can be asked for from now on.
    pub is_offered: bool,
}
event!(
    HelpKindsChanged,
    "timebank.kinds_changed",
    "community",
    community
);
