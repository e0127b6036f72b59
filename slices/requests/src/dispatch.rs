//! One party's part of a matter: its states, what can be done in each, and what the parts together
//! say of the matter. Pure; the states follow the swift-response regulation, and for those who
//! were called by a whistle the calling practice (signed for, contacted, reported in).

use calendar::Measure;
use kernel::{Minutes, words};

use crate::model::State;

/// What a party has to do with the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers to the requester for the whole of it. One at a time.
    Lead,
    /// Has a part without which the matter is not done.
    Responsible,
    /// Helps; the matter does not wait for it.
    Assisting,
    /// Is to know, and need do nothing.
    Informed,
}

words!(Role {
    Lead = "lead",
    Responsible = "responsible",
    Assisting = "assisting",
    Informed = "informed",
});

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartState {
    /// It was sent; the party has not said a word.
    Sent,
    /// The party has seen it.
    SignedFor,
    /// The party has spoken with the caller.
    Contacted,
    /// The party is there: on site, or at the meeting.
    ReportedIn,
    /// The party is at work.
    InProgress,
    /// The party waits for the requester: its clock stands.
    Waiting,
    /// Done, and how.
    Answered,
    /// Cannot be done now, and why.
    Explained,
    /// "Not our duty": somebody else is to rule.
    Declined,
    /// It was ruled that it is not theirs.
    Released,
    /// It was taken back.
    Withdrawn,
}

words!(PartState {
    Sent = "sent",
    SignedFor = "signed_for",
    Contacted = "contacted",
    ReportedIn = "reported_in",
    InProgress = "in_progress",
    Waiting = "waiting",
    Answered = "answered",
    Explained = "explained",
    Declined = "declined",
    Released = "released",
    Withdrawn = "withdrawn",
});

/// What can be done to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartVerb {
    /// Say that it was seen.
    SignFor,
    /// Say that the caller was spoken with.
    Contact,
    /// Say that one is there.
    ReportIn,
    /// Begin, having heard the requester.
    TakeUp,
    /// Wait for the requester.
    Pause,
    /// Go on.
    Resume,
    /// Ask for more time.
    AskTime,
    /// Give more time.
    GiveTime,
    /// Give none.
    RefuseTime,
    /// Say that it is done, and how.
    Answer,
    /// Say that it cannot be done now, and why.
    Explain,
    /// Say that it is not theirs, and by what rule.
    Decline,
    /// Rule that it is not theirs.
    Release,
    /// Rule that it is theirs.
    Insist,
    /// Take it back.
    Withdraw,
    /// Give a neighbour who came forward something to do.
    Assign,
    /// Look at what was done, and find that it is not done.
    Redo,
    /// Look at what a neighbour did, and say thank you.
    Thank,
    /// Say how the other side did.
    Grade,
}

words!(PartVerb {
    SignFor = "sign-for",
    Contact = "contact",
    ReportIn = "report-in",
    TakeUp = "take-up",
    Pause = "pause",
    Resume = "resume",
    AskTime = "ask-time",
    GiveTime = "give-time",
    RefuseTime = "refuse-time",
    Answer = "answer",
    Explain = "explain",
    Decline = "return",
    Release = "release",
    Insist = "insist",
    Withdraw = "withdraw",
    Assign = "assign",
    Redo = "redo",
    Thank = "thank",
    Grade = "grade",
});

/// How the party came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Given on by the desk or the dispatch table.
    Dispatch,
    /// Called by a whistle, because work must be pushed on.
    WorkPush,
    /// Called by a whistle over a hard problem.
    HardProblem,
    /// Called by a whistle in an emergency.
    Emergency,
    /// Neighbours and units, called to lend a hand.
    Community,
}

words!(Call {
    Dispatch = "dispatch",
    WorkPush = "work_push",
    HardProblem = "hard_problem",
    Emergency = "emergency",
    Community = "community",
});

/// A working day, in the minutes by which limits of several days are counted.
pub const WORKING_DAY: Minutes = Minutes::hours(8);

impl Call {
    /// Whether the party first signs, speaks with the caller and reports in.
    pub const fn is_official(self) -> bool {
        matches!(self, Self::WorkPush | Self::HardProblem | Self::Emergency)
    }

    /// Within what time from the call a party in this state is to take the next step (practice.md
    /// 2.2: an hour to sign, a day to speak with the caller, three or five working days to report
    /// in; half an hour for all of it in an emergency). `None` where the plan, the kind of matter or
    /// nobody sets a limit.
    pub const fn limit(self, state: PartState) -> Option<(Measure, Minutes)> {
        match (self, state) {
            (Self::Emergency, PartState::Sent | PartState::SignedFor | PartState::Contacted) => {
                Some((Measure::Elapsed, Minutes(30)))
            }
            (Self::WorkPush | Self::HardProblem, PartState::Sent) => {
                Some((Measure::Elapsed, Minutes::hours(1)))
            }
            (Self::WorkPush | Self::HardProblem, PartState::SignedFor) => {
                Some((Measure::Elapsed, Minutes::hours(24)))
            }
            (Self::WorkPush, PartState::Contacted) => {
                Some((Measure::Working, Minutes(3 * WORKING_DAY.0)))
            }
            (Self::HardProblem, PartState::Contacted) => {
                Some((Measure::Working, Minutes(5 * WORKING_DAY.0)))
            }
            _ => None,
        }
    }
}

impl PartState {
    /// The state after an act, if the act is possible in this one. The whole of the table.
    pub const fn after(self, verb: PartVerb, call: Call) -> Option<Self> {
        use PartState::{
            Answered, Contacted, Declined, Explained, InProgress, Released, ReportedIn, Sent,
            SignedFor, Waiting, Withdrawn,
        };
        match (self, verb) {
            (Sent, PartVerb::SignFor) => Some(SignedFor),
            // Who is on the spot within minutes has signed and spoken by that.
            (Sent | SignedFor, PartVerb::Contact) if call.is_official() => Some(Contacted),
            (Sent | SignedFor | Contacted, PartVerb::ReportIn) if call.is_official() => {
                Some(ReportedIn)
            }
            (Sent | SignedFor, PartVerb::TakeUp) if matches!(call, Call::Dispatch) => {
                Some(InProgress)
            }
            (SignedFor, PartVerb::Assign) if matches!(call, Call::Community) => Some(InProgress),
            (Answered | Explained, PartVerb::Redo) if !matches!(call, Call::Community) => {
                Some(InProgress)
            }
            (Answered, PartVerb::Thank) if matches!(call, Call::Community) => Some(Answered),
            (ReportedIn, PartVerb::TakeUp) | (Waiting, PartVerb::Resume) => Some(InProgress),
            (InProgress, PartVerb::Pause) => Some(Waiting),
            (InProgress | Waiting | Explained, PartVerb::Answer) => Some(Answered),
            (InProgress | Waiting, PartVerb::Explain) => Some(Explained),
            // Who came of their own will goes when they will, and gives no reason.
            (Sent | SignedFor | InProgress, PartVerb::Decline)
                if matches!(call, Call::Community) =>
            {
                Some(Withdrawn)
            }
            (Sent | SignedFor | Contacted, PartVerb::Decline) => Some(Declined),
            (Declined, PartVerb::Release) => Some(Released),
            (Declined, PartVerb::Insist) => Some(Sent),
            (
                Sent | SignedFor | Contacted | ReportedIn | InProgress | Waiting | Declined,
                PartVerb::Withdraw,
            ) => Some(Withdrawn),
            (
                Sent | SignedFor | Contacted | ReportedIn | InProgress,
                PartVerb::AskTime | PartVerb::GiveTime | PartVerb::RefuseTime,
            )
            | (Answered | Explained, PartVerb::Grade)
                if !(matches!(verb, PartVerb::Grade) && matches!(call, Call::Community)) =>
            {
                Some(self)
            }
            (
                Sent | SignedFor | Contacted | ReportedIn | InProgress | Waiting | Answered
                | Explained | Declined | Released | Withdrawn,
                _,
            ) => None,
        }
    }

    /// Whether the party has come to an end of it, or was let go.
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Answered | Self::Explained | Self::Released | Self::Withdrawn
        )
    }

    /// Whether the party has, or had, a part in the matter.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Released | Self::Withdrawn)
    }

    /// Whether its clock runs.
    pub const fn runs(self) -> bool {
        matches!(
            self,
            Self::Sent | Self::SignedFor | Self::Contacted | Self::ReportedIn | Self::InProgress
        )
    }

    /// Whether somebody of the party is at work on it.
    pub const fn is_at_work(self) -> bool {
        matches!(self, Self::ReportedIn | Self::InProgress | Self::Waiting)
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Sent | Self::SignedFor | Self::Contacted => "info",
            Self::ReportedIn | Self::InProgress | Self::Waiting => "wait",
            Self::Answered | Self::Explained => "ok",
            Self::Declined => "hot",
            Self::Released | Self::Withdrawn => "plain",
        }
    }
}

/// What the parts of one round say of the matter, from the first sent to the last: the one place
/// where a public state comes from its parties. `None` when nobody has it in hand, so that it lies
/// with the desk.
///
/// The lead's word decides, but the matter is not done before every responsible party is: it stays
/// in progress until then. Who helps or is only to know changes nothing.
pub fn standing(parts: &[(Role, PartState)]) -> Option<State> {
    let with_role = |role| {
        let of_role = move |part: &&(Role, PartState)| part.0 == role && part.1.counts();
        parts.iter().filter(of_role).map(|part| part.1)
    };
    let lead = with_role(Role::Lead).next_back()?;
    let is_somebody_at_work = [Role::Lead, Role::Responsible, Role::Assisting]
        .into_iter()
        .any(|role| with_role(role).any(PartState::is_at_work));
    let is_part_missing = with_role(Role::Responsible).any(|state| !state.is_over());
    match lead {
        PartState::Declined | PartState::Released | PartState::Withdrawn => None,
        PartState::Sent | PartState::SignedFor | PartState::Contacted if !is_somebody_at_work => {
            Some(State::Dispatched)
        }
        PartState::Answered if !is_part_missing => Some(State::Answered),
        PartState::Explained if !is_part_missing => Some(State::Explained),
        PartState::Sent
        | PartState::SignedFor
        | PartState::Contacted
        | PartState::ReportedIn
        | PartState::InProgress
        | PartState::Waiting
        | PartState::Answered
        | PartState::Explained => Some(State::InProgress),
    }
}

/// How one side finds the other's part. Words and not points: a response is graded, never a
/// person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grade {
    /// Prompt, and it helped.
    Good,
    /// It will do.
    Fair,
    /// Late, or it did not help.
    Poor,
}

words!(Grade {
    Good = "good",
    Fair = "fair",
    Poor = "poor",
});

#[cfg(test)]
mod tests {
    use super::*;

    type Parts<'a> = &'a [(Role, PartState)];

    /// A line for each state, a column for each verb in the order of [`PartVerb::ALL`], for a
    /// dispatch, a whistle that calls units, and one that calls neighbours; `.` is "not possible", a
    /// letter the place of the state after.
    const TABLE: [&str; 11] = [
        // sign contact report take pause resume ask give refuse answer explain decline release insist
        // withdraw assign redo thank grade
        "1..4..000..8..a.... 123...000..8..a.... 1.....000..a..a....", // sent
        "...4..111..8..a.... .23...111..8..a.... ......111..a..a4...", // signed_for
        "......222..8..a.... ..3...222..8..a.... ......222..8..a....", // contacted
        "...4..333.....a.... ...4..333.....a.... ...4..333.....a....", // reported_in
        "....5.44467...a.... ....5.44467...a.... ....5.44467a..a....", // in_progress
        ".....4...67...a.... .....4...67...a.... .....4...67...a....", // waiting
        "................4.6 ................4.6 .................6.", // answered
        ".........6......4.7 .........6......4.7 .........6.........", // explained
        "............90a.... ............90a.... ............90a....", // declined
        "................... ................... ...................", // released
        "................... ................... ...................", // withdrawn
    ];

    #[test]
    fn every_state_and_act_of_a_part_is_as_the_table_says() {
        for (state, line) in PartState::ALL.iter().zip(TABLE) {
            let calls = [Call::Dispatch, Call::HardProblem, Call::Community];
            for (call, line) in calls.into_iter().zip(line.split(' ')) {
                assert_eq!(line.len(), PartVerb::ALL.len());
                for (verb, cell) in PartVerb::ALL.iter().zip(line.chars()) {
                    let place = cell.to_digit(16).map(|place| place as usize);

                    assert_eq!(
                        state.after(*verb, call),
                        place.map(|place| PartState::ALL[place]),
                        "{} {} {call:?}",
                        state.word(),
                        verb.word()
                    );
                }
            }
        }
    }

    #[test]
    fn an_emergency_has_half_an_hour_and_a_hard_problem_five_working_days() {
        let limit = |call: Call, state| call.limit(state);

        assert_eq!(
            limit(Call::Emergency, PartState::SignedFor),
            Some((Measure::Elapsed, Minutes(30)))
        );
        assert_eq!(
            limit(Call::WorkPush, PartState::Sent),
            Some((Measure::Elapsed, Minutes(60)))
        );
        assert_eq!(
            limit(Call::HardProblem, PartState::Contacted),
            Some((Measure::Working, Minutes(5 * 8 * 60)))
        );
        assert_eq!(limit(Call::Community, PartState::Sent), None);
        assert_eq!(limit(Call::Dispatch, PartState::Sent), None);
    }

    #[test]
    fn the_public_state_follows_the_parts() {
        use PartState::{
            Answered, Declined, Explained, InProgress, Released, Sent, SignedFor, Waiting,
            Withdrawn,
        };
        use Role::{Assisting, Informed, Lead, Responsible};
        let table: [(Parts<'_>, Option<State>); 16] = [
            (&[], None),
            (&[(Lead, Sent)], Some(State::Dispatched)),
            (&[(Lead, SignedFor)], Some(State::Dispatched)),
            (&[(Lead, InProgress)], Some(State::InProgress)),
            (&[(Lead, Waiting)], Some(State::InProgress)),
            (&[(Lead, Answered)], Some(State::Answered)),
            (&[(Lead, Explained)], Some(State::Explained)),
            // Nobody has it in hand: it is the desk's again.
            (&[(Lead, Declined)], None),
            (&[(Lead, Released), (Assisting, InProgress)], None),
            (&[(Lead, Declined), (Responsible, InProgress)], None),
            // Another lead took over.
            (&[(Lead, Withdrawn), (Lead, Sent)], Some(State::Dispatched)),
            // Somebody is at work, though the lead has not said a word.
            (
                &[(Lead, Sent), (Assisting, InProgress)],
                Some(State::InProgress),
            ),
            // It is not done before every responsible party is.
            (
                &[(Lead, Answered), (Responsible, Sent)],
                Some(State::InProgress),
            ),
            (
                &[(Lead, Answered), (Responsible, Explained)],
                Some(State::Answered),
            ),
            (
                &[(Lead, Explained), (Responsible, Declined)],
                Some(State::InProgress),
            ),
            // Who helps or is to know holds nothing up.
            (
                &[(Lead, Answered), (Assisting, Sent), (Informed, Sent)],
                Some(State::Answered),
            ),
        ];
        for (parts, expected) in table {
            assert_eq!(standing(parts), expected, "{parts:?}");
        }
    }

    #[test]
    fn a_part_that_was_let_go_says_nothing_of_the_matter() {
        for over in [PartState::Released, PartState::Withdrawn] {
            for role in Role::ALL {
                let with = [(Role::Lead, PartState::Answered), (*role, over)];

                assert_eq!(standing(&with), Some(State::Answered));
            }
        }
    }
}
