//! One type for each kind of id, so that a grid can never be passed where a person is meant.
//!
//! All are UUID version 7 (RFC 9562, section 5.7): they sort by the time they were made. They are
//! made by the platform from the clock and the random source that it was handed, never here.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A sign-in: a name and a password, perhaps of a person in the register.
    AccountId,
    /// A node of the area tree, from city to building.
    AreaId,
    /// A kind of matter that can be reported.
    CategoryId,
    /// A tenant: one community, or the district that looks after several.
    CommunityId,
    /// A matter in the hands of one party, with its own task and clock.
    DispatchId,
    /// Somebody's charge over an area or for a party, with its dates.
    DutyId,
    /// One entry of the append-only record.
    EventId,
    /// Somebody who follows a matter that another raised.
    FollowerId,
    /// A party that handles requests: a desk, a property company, a department.
    HandlerId,
    /// The people at one dwelling.
    HouseholdId,
    /// One file that was loaded, and can be taken back for a day.
    ImportId,
    /// A piece of work to be done soon, by whichever instance is free.
    JobId,
    /// A dispute in people's mediation.
    MediationId,
    /// Words written about a request.
    NoteId,
    /// A server of other people that we send to and read from.
    PeerId,
    /// A resident in the register.
    PersonId,
    /// A picture, already re-encoded.
    PhotoId,
    /// A matter that somebody raised.
    RequestId,
    /// A line of the dispatch table.
    RuleId,
    /// Matters that come again and again, taken on together.
    ThemeId,
    /// A call that brings parties together over a matter.
    WhistleId,
    /// Something that people can lend a hand with.
    SkillId,
    /// The key with which another system comes in.
    SystemKeyId,
    /// Something that is held: a class, a meeting, a volunteer shift, once or as a series.
    ActivityId,
    /// One date of an activity.
    OccurrenceId,
    /// That somebody takes part in one date of an activity.
    SignUpId,
    /// That somebody was there, from when to when.
    AttendanceId,
    /// An entry of somebody's volunteer service record.
    ServiceId,
    /// Proof of a service record, made at its owner's wish.
    CertificateId,
    /// A standing role for which somebody is looked for.
    PostId,
    /// That somebody was asked whether they would take a place at a post.
    AskingId,
    /// One time that somebody was at a post.
    ShiftId,
    /// A version of a points scheme.
    SchemeId,
    /// An act for which a scheme gives points.
    ItemId,
    /// Points that somebody asks for, or that were raised from a confirmed service.
    ClaimId,
    /// Something in the points shop.
    RewardId,
    /// Points spent on a reward.
    RedemptionId,
    /// Help that is asked of the time bank.
    HelpId,
    /// A book in which every transfer is between two of its accounts.
    LedgerId,
    /// One side of transfers.
    BookAccountId,
    /// An entry of a ledger, which nobody changes.
    TransferId,
}
