//! What happens around standing posts and those who take a place at one. What somebody does for
//! themselves is recorded without their account, and a "no" is never recorded as such: an asking ends.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AskingId, PersonId, PostId, ShiftId};

/// Somebody said that they might be asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VolunteerJoined {
    /// Who.
    pub person: PersonId,
}
event!(VolunteerJoined, "volunteering.joined", "person", person, person person);

/// A volunteer said anew when they are free, how far they go, or how often they may be asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VolunteerChanged {
    /// Who.
    pub person: PersonId,
}
event!(VolunteerChanged, "volunteering.changed", "person", person, person person);

/// A volunteer is one no longer, by their own wish or with their entry or account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VolunteerLeft {
    /// Who.
    pub person: PersonId,
}
event!(VolunteerLeft, "volunteering.left", "person", person, person person);

/// A post was written down; nobody but the desk sees it yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostDrafted {
    /// Which.
    pub post: PostId,
}
event!(PostDrafted, "volunteering.post_drafted", "post", post);

/// What a post is was corrected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostCorrected {
    /// Which.
    pub post: PostId,
}
event!(PostCorrected, "volunteering.post_corrected", "post", post);

/// A post is open: everybody sees it, and can take a place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostOpened {
    /// Which.
    pub post: PostId,
}
event!(PostOpened, "volunteering.post_opened", "post", post);

/// A post is no longer; its places and open askings ended with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostClosed {
    /// Which.
    pub post: PostId,
}
event!(PostClosed, "volunteering.post_closed", "post", post);

/// Somebody took a place at a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostClaimed {
    /// Which.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
    /// The part of the week, from 0 (Monday morning) to 20 (Sunday evening); `None` on call.
    pub slot: Option<u8>,
    /// The only day, `YYYY-MM-DD`; `None` for every week.
    pub day: Option<String>,
    /// Whether they were asked before.
    pub is_asked: bool,
}
event!(PostClaimed, "volunteering.post_claimed", "post", post, person person);

/// Somebody gave a place at a post back. No reason is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostLeft {
    /// Which.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
}
event!(PostLeft, "volunteering.post_left", "post", post, person person);

/// Somebody was asked whether they would take a place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostAsked {
    /// Which asking.
    pub asking: AskingId,
    /// For which post.
    pub post: PostId,
    /// Who was asked.
    pub person: PersonId,
}
event!(PostAsked, "volunteering.asked", "post", post, person person);

/// An asking ended without a place being taken; why is not kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskingEnded {
    /// Which.
    pub asking: AskingId,
    /// For which post.
    pub post: PostId,
    /// Who had been asked.
    pub person: PersonId,
}
event!(AskingEnded, "volunteering.asking_ended", "post", post, person person);

/// Somebody wishes not to be asked for a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NotToBeAsked {
    /// For which.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
}
event!(NotToBeAsked, "volunteering.not_to_be_asked", "post", post, person person);

/// Somebody may be asked for a post again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MayBeAskedAgain {
    /// For which.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
}
event!(MayBeAskedAgain, "volunteering.may_be_asked_again", "post", post, person person);

/// Somebody signed in at a post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostShiftBegun {
    /// Which shift.
    pub shift: ShiftId,
    /// At which post.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
}
event!(PostShiftBegun, "volunteering.shift_begun", "shift", shift, person person);

/// Somebody signed out, or an organiser noted a shift; it waits for a second person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostShiftEnded {
    /// Which shift.
    pub shift: ShiftId,
    /// At which post.
    pub post: PostId,
    /// Who did it.
    pub person: PersonId,
    /// For how long; travel is not counted.
    pub minutes: i64,
    /// Whether an organiser noted it.
    pub is_noted: bool,
}
event!(PostShiftEnded, "volunteering.shift_ended", "shift", shift, person person);

/// A second person confirmed a shift. Told once for each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostShiftDone {
    /// Which shift.
    pub shift: ShiftId,
    /// At which post.
    pub post: PostId,
    /// Who did it.
    pub person: PersonId,
    /// For how long; travel is not counted.
    pub minutes: i64,
    /// The day in the community's own time, `YYYY-MM-DD`.
    pub day: String,
    /// Whether it was confirmed more than seven days after, or noted by an organiser.
    pub is_late: bool,
}
event!(PostShiftDone, "volunteering.shift_done", "shift", shift, person person);

/// A shift that was not confirmed was taken off the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostShiftDropped {
    /// Which shift.
    pub shift: ShiftId,
    /// At which post.
    pub post: PostId,
    /// Whose.
    pub person: PersonId,
}
event!(PostShiftDropped, "volunteering.shift_dropped", "shift", shift, person person);
