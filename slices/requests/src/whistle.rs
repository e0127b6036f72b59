//! A whistle: somebody sees that a matter needs several parties at once, one or two others say yes,
//! and the parties are called together (吹哨报到). Pure; what each party then does is in
//! [`crate::dispatch`].

use calendar::{Calendar, Measure};
use kernel::{AccountId, CommunityId, HandlerId, Instant, Minutes, RequestId, WhistleId, words};

use crate::clock::{Clock, Marks};
use crate::dispatch::{Call, WORKING_DAY};
use crate::error::Error;

/// Parties that one whistle calls at most.
pub const PARTIES_MAX: usize = 50;

/// Working time since the answer after which somebody else may look at the result, so that nobody
/// waits for a caller who is away (practice.md 2.2).
pub const LOOK_WITHIN: Minutes = Minutes(5 * WORKING_DAY.0);

/// The kinds, in the order in which the form offers them.
pub const KINDS: [Call; 4] = [
    Call::WorkPush,
    Call::HardProblem,
    Call::Emergency,
    Call::Community,
];

/// Where a whistle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhistleState {
    /// It waits for those who are to say yes.
    Drafted,
    /// They said no.
    Refused,
    /// The parties are called.
    Blown,
    /// Caller and parties agreed who does what.
    Planned,
    /// The caller looked at the result, and it is resolved.
    Verified,
    /// The matter is over.
    Closed,
}

words!(WhistleState {
    Drafted = "drafted",
    Refused = "refused",
    Blown = "blown",
    Planned = "planned",
    Verified = "verified",
    Closed = "closed",
});

/// A whistle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whistle {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: WhistleId,
    /// Over which matter.
    pub request: RequestId,
    /// Of what kind.
    pub kind: Call,
    /// Where it stands.
    pub state: WhistleState,
    /// Who calls.
    pub caller: AccountId,
    /// Who said yes, in this order.
    pub authorisers: Vec<AccountId>,
    /// Whom it calls, the one that is to lead first; none calls neighbours.
    pub parties: Vec<HandlerId>,
    /// What it asks.
    pub words: String,
    /// When it was drafted.
    pub drafted_at: Instant,
    /// When the parties were called.
    pub blown_at: Option<Instant>,
    /// When the plan was agreed.
    pub planned_at: Option<Instant>,
    /// When the caller found it resolved.
    pub verified_at: Option<Instant>,
    /// When it was over.
    pub closed_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
}

/// How many others are to say yes before a whistle of this kind is blown: a member of the leadership
/// for a push, both heads for a hard problem, so that nobody whistles carelessly; nobody in an
/// emergency, and nobody before neighbours are asked.
pub const fn wanted(kind: Call) -> usize {
    match kind {
        Call::WorkPush => 1,
        Call::HardProblem => 2,
        Call::Emergency | Call::Community | Call::Dispatch => 0,
    }
}

impl Whistle {
    /// Whether it is blown without asking anyone.
    pub const fn is_free(&self) -> bool {
        wanted(self.kind) == 0
    }

    /// Whether it is not over.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, WhistleState::Refused | WhistleState::Closed)
    }

    /// Whether this person may still say yes or no.
    pub fn waits_for(&self, who: AccountId) -> bool {
        self.state == WhistleState::Drafted
            && who != self.caller
            && !self.authorisers.contains(&who)
    }

    /// Somebody says yes. Returns whether that is enough.
    ///
    /// # Errors
    /// [`Error::NotNow`] when it no longer waits; [`Error::OwnWhistle`] for who called, or has said
    /// so before.
    pub fn authorise(&mut self, by: AccountId) -> Result<bool, Error> {
        self.check_voice(by)?;
        self.authorisers.push(by);
        Ok(self.authorisers.len() >= wanted(self.kind))
    }

    /// Somebody says no.
    ///
    /// # Errors
    /// As for [`Whistle::authorise`].
    pub fn refuse(&mut self, by: AccountId, now: Instant) -> Result<(), Error> {
        self.check_voice(by)?;
        self.state = WhistleState::Refused;
        self.closed_at = Some(now);
        Ok(())
    }

    fn check_voice(&self, by: AccountId) -> Result<(), Error> {
        if self.state != WhistleState::Drafted {
            Err(Error::NotNow)
        } else if self.waits_for(by) {
            Ok(())
        } else {
            Err(Error::OwnWhistle)
        }
    }

    /// The parties are called.
    ///
    /// # Errors
    /// [`Error::NotNow`] unless it was drafted and has as many voices as it needs.
    pub fn blow(&mut self, now: Instant) -> Result<(), Error> {
        let has_voices = self.authorisers.len() >= wanted(self.kind);
        if self.state != WhistleState::Drafted || !has_voices {
            return Err(Error::NotNow);
        }
        self.state = WhistleState::Blown;
        self.blown_at = Some(now);
        Ok(())
    }

    /// The plan is agreed, or agreed anew.
    ///
    /// # Errors
    /// [`Error::NotNow`] unless the parties are called.
    pub fn plan(&mut self, now: Instant) -> Result<(), Error> {
        if !matches!(self.state, WhistleState::Blown | WhistleState::Planned) {
            return Err(Error::NotNow);
        }
        self.state = WhistleState::Planned;
        self.planned_at = Some(now);
        Ok(())
    }

    /// The caller looks at the result. Who found it unresolved looks again later.
    ///
    /// # Errors
    /// [`Error::NotNow`] unless the parties are called.
    pub fn verify(&mut self, is_resolved: bool, now: Instant) -> Result<(), Error> {
        if !matches!(self.state, WhistleState::Blown | WhistleState::Planned) {
            return Err(Error::NotNow);
        }
        if is_resolved {
            self.state = WhistleState::Verified;
            self.verified_at = Some(now);
        }
        Ok(())
    }

    /// Whether this person is to look at the result: the caller, and others when the caller has had
    /// time enough since it was answered.
    pub fn is_looked_at_by(
        &self,
        who: Option<AccountId>,
        answered_at: Option<Instant>,
        now: Instant,
        calendar: &Calendar,
    ) -> bool {
        let is_overdue = answered_at.is_some_and(|at| {
            let clock = Clock {
                began: at,
                measure: Measure::Working,
                allowed: LOOK_WITHIN,
                marks: Marks::default(),
            };
            clock.due_at(calendar, now) < now
        });
        who.is_some() && (who == Some(self.caller) || is_overdue)
    }

    /// The matter is over.
    pub fn close(&mut self, now: Instant) {
        if self.is_open() {
            self.state = WhistleState::Closed;
            self.closed_at = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn who(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn drafted(kind: Call) -> Whistle {
        Whistle {
            community: Uuid::from_u128(1).into(),
            id: Uuid::from_u128(2).into(),
            request: Uuid::from_u128(3).into(),
            kind,
            state: WhistleState::Drafted,
            caller: who(10),
            authorisers: Vec::new(),
            parties: Vec::new(),
            words: String::new(),
            drafted_at: Instant(0),
            blown_at: None,
            planned_at: None,
            verified_at: None,
            closed_at: None,
            version: 1,
        }
    }

    #[test]
    fn a_push_needs_one_other_and_a_hard_problem_two() {
        let mut push = drafted(Call::WorkPush);
        assert!(push.blow(Instant(1)).is_err());
        assert!(matches!(push.authorise(who(10)), Err(Error::OwnWhistle)));
        assert!(push.authorise(who(11)).unwrap());
        push.blow(Instant(1)).unwrap();

        let mut hard = drafted(Call::HardProblem);
        assert!(!hard.authorise(who(11)).unwrap());
        assert!(matches!(hard.authorise(who(11)), Err(Error::OwnWhistle)));
        assert!(hard.blow(Instant(1)).is_err());
        assert!(hard.authorise(who(12)).unwrap());
        hard.blow(Instant(1)).unwrap();
    }

    #[test]
    fn an_emergency_waits_for_nobody_and_a_refused_whistle_is_over() {
        drafted(Call::Emergency).blow(Instant(1)).unwrap();
        drafted(Call::Community).blow(Instant(1)).unwrap();

        let mut refused = drafted(Call::WorkPush);
        refused.refuse(who(11), Instant(1)).unwrap();
        assert!(!refused.is_open());
        assert!(refused.authorise(who(12)).is_err());
        assert!(refused.blow(Instant(1)).is_err());
    }

    #[test]
    fn the_caller_looks_until_it_is_resolved() {
        let mut whistle = drafted(Call::Emergency);
        assert!(whistle.verify(true, Instant(1)).is_err());
        whistle.blow(Instant(1)).unwrap();
        whistle.plan(Instant(2)).unwrap();

        whistle.verify(false, Instant(3)).unwrap();
        assert_eq!(whistle.state, WhistleState::Planned);
        whistle.verify(true, Instant(4)).unwrap();

        assert_eq!(whistle.state, WhistleState::Verified);
        assert!(whistle.plan(Instant(5)).is_err());
        whistle.close(Instant(6));
        whistle.close(Instant(7));
        assert_eq!(whistle.closed_at, Some(Instant(6)));
    }
}
