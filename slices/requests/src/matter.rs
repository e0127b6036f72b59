//! A matter whole: the request, and the parts that parties have in it. What is done to a part is
//! done here, by the table of [`crate::dispatch`]; the request then follows from its parts. Pure:
//! acts of today and histories of the past go the same way.

use calendar::{Calendar, Mark, Measure};
use kernel::events::RequestDispatched;
use kernel::{AccountId, DispatchId, HandlerId, Instant, Minutes, RequestId, RuleId, WhistleId};

use crate::clock::{Clock, Marks};
use crate::dispatch::{Call, PartState, PartVerb, Role, standing};
use crate::error::Error;
use crate::model::{State, Verb};
use crate::store::{Dispatch, Party, Request};

/// A request with its parts, in the order in which they were given.
#[derive(Clone, Debug)]
pub struct Matter {
    /// The request.
    pub request: Request,
    /// Its parts.
    pub dispatches: Vec<Dispatch>,
    /// Which parts an act has changed, by their place.
    changed: Vec<usize>,
}

/// A part that is given to a party.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Which it will be.
    pub id: DispatchId,
    /// By which whistle.
    pub whistle: Option<WhistleId>,
    /// How it comes to the party.
    pub call: Call,
    /// What the party has to do with the matter.
    pub role: Role,
    /// To whom.
    pub party: Party,
    /// To which person of it.
    pub assignee: Option<AccountId>,
    /// By which line of the dispatch table.
    pub rule: Option<RuleId>,
    /// By whom; `None` when the table gave it.
    pub by: Option<AccountId>,
    /// What is asked; empty is the matter itself.
    pub task: String,
    /// How its time is counted.
    pub measure: Measure,
    /// How long the party has; 0 for who need do nothing.
    pub allowed: Minutes,
}

impl Sending {
    /// The part as it is sent, before its clock is read.
    pub fn into_part(self, request: RequestId, is_again: bool, now: Instant) -> Dispatch {
        Dispatch {
            id: self.id,
            request,
            whistle: self.whistle,
            call: self.call,
            role: self.role,
            party: self.party,
            assignee: self.assignee,
            rule: self.rule,
            sent_by: self.by,
            task: self.task,
            photos: Vec::new(),
            state: PartState::Sent,
            is_again,
            measure: self.measure,
            allowed: self.allowed,
            marks: Marks::default(),
            asked: None,
            sent_at: now,
            due_at: None,
            signed_for_at: None,
            contacted_at: None,
            reported_in_at: None,
            taken_up_at: None,
            ended_at: None,
            thanked_at: None,
            escalated: 0,
            watch_at: None,
            link_until: None,
            grade_by_caller: None,
            grade_by_party: None,
            version: 1,
        }
    }
}

impl Matter {
    /// A request with these parts.
    pub const fn of(request: Request, dispatches: Vec<Dispatch>) -> Self {
        Self {
            request,
            dispatches,
            changed: Vec::new(),
        }
    }

    /// The parts that an act has changed.
    pub fn changed(&self) -> Vec<&Dispatch> {
        self.changed
            .iter()
            .filter_map(|place| self.dispatches.get(*place))
            .collect()
    }

    /// The parts since the matter came in, or since it was reopened.
    pub fn of_this_round(&self) -> impl DoubleEndedIterator<Item = &Dispatch> {
        self.dispatches
            .iter()
            .filter(|part| part.is_again == self.request.is_reopened)
    }

    /// The place of the lead's part in this round, if somebody leads.
    pub fn lead(&self) -> Option<usize> {
        self.dispatches.iter().rposition(|part| {
            part.role == Role::Lead
                && part.state.counts()
                && part.is_again == self.request.is_reopened
        })
    }

    /// Whether it ended with "this cannot be done now, and why".
    pub fn is_explained(&self) -> bool {
        self.lead()
            .is_some_and(|lead| self.dispatches[lead].state == PartState::Explained)
    }

    /// Whether those who raised it are asked if it is resolved: it was answered, and not left by
    /// another door.
    pub fn asks_whether_resolved(&self) -> bool {
        let request = &self.request;
        let has_ended = matches!(
            request.state,
            State::Answered | State::CalledBack | State::Closed
        );
        has_ended && request.exit.is_none() && !self.is_explained()
    }

    /// The place of a part.
    pub fn place_of(&self, id: DispatchId) -> Option<usize> {
        self.dispatches.iter().position(|part| part.id == id)
    }

    /// The parties that have a part in it, or had one.
    pub fn parties(&self) -> Vec<HandlerId> {
        let counting = self.dispatches.iter().filter(|part| part.state.counts());
        let mut parties: Vec<HandlerId> =
            counting.filter_map(|part| part.party.handler()).collect();
        parties.sort();
        parties.dedup();
        parties
    }

    /// The matter's own clock: what was promised to the requester. It stands while the lead waits
    /// for the requester, and is not begun anew by handing the matter around.
    pub fn clock(&self) -> Clock {
        let request = &self.request;
        let leads = self.of_this_round().filter(|part| part.role == Role::Lead);
        Clock {
            began: request.reopened_at.unwrap_or(request.received_at),
            measure: request.measure,
            allowed: request.allowed,
            marks: Marks::together(leads.map(|part| &part.marks)).going_on(),
        }
    }

    /// Gives a part to a party. A new lead takes over from the one before: its objection counts as
    /// upheld, its work as taken back.
    ///
    /// # Errors
    /// [`Error::NotNow`] when the matter is no longer in hand, or a part beside the lead's is to be
    /// given and nobody leads; [`Error::HasItAlready`] when the party has a part that is not over.
    pub fn send(
        &mut self,
        sending: Sending,
        now: Instant,
        calendar: &Calendar,
    ) -> Result<RequestDispatched, Error> {
        let request = &self.request;
        request.state.after(Verb::Dispatch).ok_or(Error::NotNow)?;
        let is_with_them = |part: &&Dispatch| {
            !part.state.is_over()
                && part.state != PartState::Declined
                && part.party == sending.party
                && (part.party.handler().is_some() || part.assignee == sending.assignee)
        };
        if self.of_this_round().any(|part| is_with_them(&part)) {
            return Err(Error::HasItAlready);
        }
        match (sending.role, self.lead()) {
            (Role::Lead, Some(lead)) => {
                let (verb, place) = match self.dispatches[lead].state {
                    PartState::Declined => (PartVerb::Release, lead),
                    _ => (PartVerb::Withdraw, lead),
                };
                self.turn(place, verb, now)?;
            }
            // Neighbours are called whether somebody leads or not.
            (_, None) if sending.call == Call::Community => {}
            (Role::Lead, None) | (_, Some(_)) => {}
            (_, None) => return Err(Error::NobodyLeads),
        }
        let (measure, allowed) = sending
            .call
            .limit(PartState::Sent)
            .unwrap_or((sending.measure, sending.allowed));
        let round = self.request.is_reopened;
        let mut part = sending.into_part(self.request.id, round, now);
        (part.measure, part.allowed) = (measure, allowed);
        part.due_at = part.clock().map(|clock| clock.due_at(calendar, now));
        self.changed.push(self.dispatches.len());
        let sent = RequestDispatched {
            request: self.request.id,
            handler: part.party.handler(),
            assignee: part.assignee,
            rule: part.rule,
            due_at: part.due_at.unwrap_or(self.request.due_at).0,
            dispatch: Some(part.id),
            role: part.role.word().to_owned(),
        };
        self.dispatches.push(part);
        self.follow(now, calendar);
        Ok(sent)
    }

    /// Does something to a part. What was done earlier than it had to be signed counts as signed.
    ///
    /// # Errors
    /// [`Error::NotNow`] when the table has no such step, or the matter is over.
    pub fn step(
        &mut self,
        place: usize,
        verb: PartVerb,
        by: Option<AccountId>,
        now: Instant,
        calendar: &Calendar,
    ) -> Result<(), Error> {
        let is_over = self.request.state == State::Closed && verb != PartVerb::Grade;
        if is_over || self.dispatches[place].is_again != self.request.is_reopened {
            return Err(Error::NotNow);
        }
        self.turn(place, verb, now)?;
        let part = &mut self.dispatches[place];
        let is_needed = matches!(part.role, Role::Lead | Role::Responsible);
        if verb == PartVerb::Redo && is_needed && self.request.state == State::CalledBack {
            // It goes on, and will be asked about again.
            self.request.state = State::Answered;
            self.request.called_back_at = None;
        }
        match verb {
            PartVerb::Pause => part.hear(now, Mark::Pause),
            PartVerb::Decline => {
                // From here on it is the ruling that is waited for.
                part.escalated = 0;
                part.hear(now, Mark::Pause);
            }
            PartVerb::Resume | PartVerb::Insist => part.hear(now, Mark::Resume),
            _ => {}
        }
        let seen = [
            PartVerb::SignFor,
            PartVerb::Contact,
            PartVerb::ReportIn,
            PartVerb::TakeUp,
        ];
        if let Some(reached) = seen.iter().position(|one| *one == verb) {
            let times = [
                &mut part.signed_for_at,
                &mut part.contacted_at,
                &mut part.reported_in_at,
                &mut part.taken_up_at,
            ];
            let is_called = part.call.is_official();
            for (step, time) in times.into_iter().enumerate() {
                // A dispatch knows no calling and no reporting in.
                let is_of_a_call = step == 1 || step == 2;
                if step <= reached && (is_called || !is_of_a_call) {
                    *time = time.or(Some(now));
                }
            }
            part.assignee = part.assignee.or(by);
        }
        match verb {
            PartVerb::Insist => part.escalated = 0,
            PartVerb::Redo => {
                // It is not over. That it was thought to be is not held against the party.
                part.ended_at = None;
                part.marks.run_again(now);
            }
            PartVerb::Thank => part.thanked_at = Some(now),
            _ => {}
        }
        self.reckon(place, now, calendar);
        self.follow(now, calendar);
        Ok(())
    }

    /// Gives a part more time.
    ///
    /// # Errors
    /// [`Error::NotNow`] when its clock does not run.
    pub fn extend(
        &mut self,
        place: usize,
        more: Minutes,
        now: Instant,
        calendar: &Calendar,
    ) -> Result<(), Error> {
        self.turn(place, PartVerb::GiveTime, now)?;
        let part = &mut self.dispatches[place];
        part.asked = None;
        part.escalated = 0;
        part.hear(now, Mark::Extend(more.0.saturating_mul(60_000_000)));
        self.reckon(place, now, calendar);
        self.follow(now, calendar);
        Ok(())
    }

    /// Gives a part so long from now on, whatever it had: a plan was agreed.
    pub fn plan(
        &mut self,
        place: usize,
        (measure, allowed): (Measure, Minutes),
        now: Instant,
        calendar: &Calendar,
    ) {
        let part = &mut self.dispatches[place];
        let began = part.sent_at.0;
        let before = match measure {
            Measure::Working => calendar.working_between(began, now.0),
            Measure::Elapsed => now.0 - began,
        };
        (part.measure, part.escalated) = (measure, 0);
        part.allowed = Minutes(before / 60_000_000 + allowed.0);
        self.touch(place);
        self.reckon(place, now, calendar);
        self.follow(now, calendar);
    }

    /// Changes something of a part that no state depends on.
    pub fn amend(&mut self, place: usize, change: impl FnOnce(&mut Dispatch)) {
        change(&mut self.dispatches[place]);
        self.touch(place);
    }

    /// Changes what is upkeep: no act of anybody, and nothing that a form could have overlooked.
    pub fn amend_quietly(&mut self, place: usize, change: impl FnOnce(&mut Dispatch)) {
        change(&mut self.dispatches[place]);
        if !self.changed.contains(&place) {
            self.changed.push(place);
        }
    }

    /// Takes back all that is not over: the matter has ended by another way. Returns which.
    pub fn withdraw_all(&mut self, now: Instant) -> Vec<DispatchId> {
        let open: Vec<usize> = (0..self.dispatches.len())
            .filter(|place| !self.dispatches[*place].state.is_over())
            .collect();
        let withdrawn = open
            .into_iter()
            .filter(|place| self.turn(*place, PartVerb::Withdraw, now).is_ok());
        let places: Vec<usize> = withdrawn.collect();
        places
            .into_iter()
            .map(|place| self.dispatches[place].id)
            .collect()
    }

    /// The system from which the matter comes says that it is over: so is the lead's part, by no step
    /// of ours.
    pub fn end_elsewhere(&mut self, now: Instant) {
        if let Some(lead) = self.lead() {
            let part = &mut self.dispatches[lead];
            part.state = PartState::Answered;
            part.ended_at = Some(now);
            part.hear(now, Mark::Stop);
            self.touch(lead);
        }
    }

    /// Lets the request follow from its parts: where it stands, with whom it lies, when it is due.
    pub fn follow(&mut self, now: Instant, calendar: &Calendar) {
        let parts: Vec<(Role, PartState)> = self
            .of_this_round()
            .map(|part| (part.role, part.state))
            .collect();
        let stands = standing(&parts);
        let leads = || {
            self.dispatches
                .iter()
                .filter(|part| part.role == Role::Lead)
        };
        // After a reopening the lead before is the one to think of first.
        let lead = leads().rfind(|part| part.state.counts() && part.state != PartState::Declined);
        let copied = lead.map(|part| (part.party.handler(), part.assignee, part.rule));
        let dispatched_at = leads().map(|part| part.sent_at).min();
        let taken_up_at = leads().filter_map(|part| part.taken_up_at).min();
        let is_waiting = self
            .lead()
            .is_some_and(|lead| self.dispatches[lead].state == PartState::Waiting);
        let is_after = matches!(self.request.state, State::CalledBack | State::Closed);
        let before = self.request.state;
        let request = &mut self.request;
        request.state = match stands {
            _ if is_after => before,
            Some(state) => state,
            None if before.is_unassigned() => before,
            None => State::Triaged,
        };
        (request.handler, request.assignee, request.rule) = copied.unwrap_or_default();
        request.dispatched_at = request.dispatched_at.or(dispatched_at);
        request.taken_up_at = request.taken_up_at.or(taken_up_at);
        request.is_waiting = is_waiting && !is_after;
        if matches!(request.state, State::Answered | State::Explained) && before != request.state {
            request.answered_at = Some(now);
        }
        if request.state.is_due() {
            self.request.due_at = self.clock().due_at(calendar, now);
        }
    }

    /// Reads a part's clock anew.
    pub fn reckon(&mut self, place: usize, now: Instant, calendar: &Calendar) {
        let part = &mut self.dispatches[place];
        let due_at = part.clock().map(|clock| clock.due_at(calendar, now));
        if !part.state.is_over() && part.due_at != due_at {
            part.due_at = due_at;
            self.touch(place);
        }
    }

    fn turn(&mut self, place: usize, verb: PartVerb, now: Instant) -> Result<(), Error> {
        let part = &mut self.dispatches[place];
        part.state = part.state.after(verb, part.call).ok_or(Error::NotNow)?;
        if let Some((measure, allowed)) = part.call.limit(part.state) {
            // Each step of a call has its own limit, counted from the call.
            (part.measure, part.allowed, part.escalated) = (measure, allowed, 0);
        } else if part.call.is_official() && part.state == PartState::ReportedIn {
            // From here on the plan says until when.
            (part.allowed, part.escalated) = (Minutes(0), 0);
        }
        if part.state.is_over() && part.ended_at.is_none() {
            part.ended_at = Some(now);
            part.hear(now, Mark::Stop);
        }
        if part.state == PartState::Answered && verb == PartVerb::Answer {
            part.ended_at = Some(now);
        }
        self.touch(place);
        Ok(())
    }

    fn touch(&mut self, place: usize) {
        if !self.changed.contains(&place) {
            self.dispatches[place].version += 1;
            self.changed.push(place);
        }
    }
}
