//! Nobody has to remember a time that runs out: the worker looks at each part before it is due and
//! after, reminds its party, and tells those above, one step at a time.
//!
//! A look is a job. It is done in the transaction that also removes the job, so a worker that dies
//! or comes late tells each step once; one that comes very late tells only the last step that has
//! been reached. What changed meanwhile (a pause, more time, an answer) is seen because the clock is
//! read anew at each look. There are four steps and no more, so telling cannot go round in circles.

use calendar::{Calendar, Measure};
use jiff::tz::TimeZone;
use kernel::events::{DispatchEscalated, DispatchReminded};
use kernel::{DispatchId, DutyKind, Instant, Minutes, RequestId};
use platform::Tx;
use platform::db::StoreError;
use platform::door;
use platform::jobs::{Doing, Job};
use platform::working_time::calendar_of;
use serde::{Deserialize, Serialize};

use crate::clock::{Clock, Marks, awake};
use crate::dispatch::{PartState, WORKING_DAY};
use crate::matter::Matter;
use crate::store::{self, Dispatch, Running};
use crate::tell;

/// What the worker calls a look.
pub const JOB: &str = "requests.watch";

/// A limit of so little time is an emergency: it is told at night, too.
const EMERGENCY: Minutes = Minutes::hours(2);

/// Working time within which "not our duty" is ruled on (practice.md 2.2 and 2.3).
pub const RULE_WITHIN: Minutes = WORKING_DAY;

/// Until when the objection to a part is to be ruled on; `None` when there is none.
pub fn rule_by(
    (state, marks): (PartState, &Marks),
    calendar: &Calendar,
    now: Instant,
) -> Option<Instant> {
    let is_declined = state == PartState::Declined;
    let since = marks.stands_since().filter(|_| is_declined)?;
    let clock = Clock {
        began: since,
        measure: Measure::Working,
        allowed: RULE_WITHIN,
        marks: Marks::default(),
    };
    Some(clock.due_at(calendar, now))
}

/// What is told when, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The party, before its time runs out.
    Reminder,
    /// The desk, when it has run out.
    Desk,
    /// The head of the community, when half as much again has passed.
    Head,
    /// The subdistrict, when twice the time has passed.
    Subdistrict,
}

impl Step {
    const ALL: [Self; 4] = [Self::Reminder, Self::Desk, Self::Head, Self::Subdistrict];

    /// After how many hundredths of the time it is told.
    const fn hundredths(self) -> i64 {
        match self {
            Self::Reminder => 75,
            Self::Desk => 100,
            Self::Head => 150,
            Self::Subdistrict => 200,
        }
    }

    /// Its place, from 1; what a part remembers of it.
    const fn number(self) -> i64 {
        match self {
            Self::Reminder => 1,
            Self::Desk => 2,
            Self::Head => 3,
            Self::Subdistrict => 4,
        }
    }
}

/// A look at a part at a moment. One that was planned for another moment than the part says is
/// out of date and does nothing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Look {
    request: RequestId,
    dispatch: DispatchId,
    at: i64,
}

/// When a step is told, as far as is known now.
fn moment(clock: &Clock, step: Step, calendar: &Calendar, now: Instant) -> Instant {
    let extended = clock.marks.extended().0;
    let allowed = (clock.allowed.0 + extended).saturating_mul(step.hundredths()) / 100 - extended;
    let clock = Clock {
        allowed: Minutes(allowed),
        ..clock.clone()
    };
    clock.due_at(calendar, now)
}

/// Of a part in this state with this clock: the last step that has been reached and not told, and the
/// moment of the next look. While a ruling is waited for, that is when it is late.
fn plan(
    (state, clock): (PartState, Option<&Clock>),
    escalated: i64,
    (calendar, zone): (&Calendar, &TimeZone),
    now: Instant,
) -> (Option<Step>, Option<Instant>) {
    if let Some(by) = clock.and_then(|clock| rule_by((state, &clock.marks), calendar, now)) {
        let at = awake(by, zone).max(now);
        return (None, Some(at).filter(|_| escalated == 0));
    }
    let clock = clock.filter(|_| state.runs());
    let told_at = |step: Step| {
        let clock = clock?;
        let is_emergency = clock.measure == Measure::Elapsed && clock.allowed <= EMERGENCY;
        let at = moment(clock, step, calendar, now);
        Some(if is_emergency { at } else { awake(at, zone) })
    };
    let untold = || {
        let untold = Step::ALL.iter().copied();
        untold.filter(|step| step.number() > escalated)
    };
    let reached = untold().rfind(|step| told_at(*step).is_some_and(|at| at <= now));
    let next = untold().filter_map(told_at).find(|at| *at > now);
    (reached, next)
}

/// Plans the next look at a part, if its clock runs.
pub fn begin(tx: &mut Tx, matter: &mut Matter, place: usize, calendar: &Calendar) {
    let zone = tx.house().config().zone.clone();
    let part = &matter.dispatches[place];
    let clock = part.clock();
    let known = (part.state, clock.as_ref());
    let (reached, next) = plan(known, part.escalated, (calendar, &zone), tx.now);
    let at = if reached.is_some() {
        Some(tx.now)
    } else {
        next
    };
    let (request, dispatch) = (part.request, part.id);
    if part.watch_at == at {
        return;
    }
    matter.amend_quietly(place, |part| part.watch_at = at);
    if let Some(at) = at {
        let look = Look {
            request,
            dispatch,
            at: at.0,
        };
        tx.later_at(JOB, &look, at);
    }
}

/// Plans the next look at a part anew, because its clock runs out at another moment. Returns when
/// that is; what was never watched (it came from elsewhere) stays so.
pub fn begin_again(tx: &mut Tx, part: &Running, calendar: &Calendar) -> Option<Instant> {
    let watched = part.watched?;
    let before = watched.at?;
    let zone = tx.house().config().zone.clone();
    let known = (watched.state, Some(&part.clock));
    let (reached, next) = plan(known, watched.escalated, (calendar, &zone), tx.now);
    let at = if reached.is_some() {
        Some(tx.now)
    } else {
        next
    };
    if let Some(at) = at.filter(|at| *at != before) {
        let look = Look {
            request: part.request.into(),
            dispatch: part.id.into(),
            at: at.0,
        };
        tx.later_at(JOB, &look, at);
    }
    at
}

/// Looks at a part: tells what is to be told, and plans the next look.
pub fn look<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let look: Look = job.read()?;
        let Some(matter) = store::to_change_by_id(tx, look.request).await? else {
            return Ok(());
        };
        let place = matter.place_of(look.dispatch);
        let is_planned =
            |place: &usize| matter.dispatches[*place].watch_at == Some(Instant(look.at));
        let Some(place) = place.filter(is_planned) else {
            return Ok(());
        };
        let calendar = calendar_of(tx.house(), tx.community()).await?;
        let zone = tx.house().config().zone.clone();
        let mut part = matter.dispatches[place].clone();
        let clock = part.clock();
        let by = rule_by((part.state, &part.marks), &calendar, tx.now);
        if by.is_some_and(|by| by <= tx.now) && part.escalated == 0 {
            part.escalated = 1;
            say_ruling(tx, &matter, &part).await?;
        }
        let known = (part.state, clock.as_ref());
        let (reached, next) = plan(known, part.escalated, (&calendar, &zone), tx.now);
        if let Some(step) = reached {
            part.escalated = step.number();
            say(tx, &matter, &part, step).await?;
        }
        part.watch_at = next;
        if let Some(at) = next {
            tx.later_at(JOB, &Look { at: at.0, ..look }, at);
        }
        store::note_watch(tx, &part).await?;
        Ok(())
    })
}

/// Nobody has ruled on an objection in time: the desk and the head of the community are told, once.
async fn say_ruling(tx: &mut Tx, matter: &Matter, part: &Dispatch) -> Result<(), StoreError> {
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    tx.emit(&DispatchEscalated {
        request: matter.request.id,
        dispatch: part.id,
        level: 2,
    });
    let rules = [DutyKind::Staff, DutyKind::Leader];
    let accounts = on_duty.iter().filter(|duty| rules.contains(&duty.kind));
    let accounts = accounts.map(|duty| duty.account).collect();
    tell::all(tx, &matter.request, accounts, "requests-alert-ruling-late").await
}

async fn say(tx: &mut Tx, matter: &Matter, part: &Dispatch, step: Step) -> Result<(), StoreError> {
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let (request, dispatch) = (matter.request.id, part.id);
    if step == Step::Reminder {
        tx.emit(&DispatchReminded { request, dispatch });
        return tell::party(
            tx,
            &matter.request,
            part,
            &on_duty,
            "requests-alert-due-soon",
        )
        .await;
    }
    tx.emit(&DispatchEscalated {
        request,
        dispatch,
        level: step.number() - 1,
    });
    tell::party(tx, &matter.request, part, &on_duty, "requests-alert-late").await?;
    tell::staff(tx, &matter.request, &on_duty, "requests-alert-part-late").await?;
    let above: &[DutyKind] = match step {
        Step::Reminder | Step::Desk => &[],
        Step::Head => &[DutyKind::Leader],
        Step::Subdistrict => &[DutyKind::Leader, DutyKind::DistrictViewer],
    };
    tell::above(
        tx,
        &matter.request,
        &on_duty,
        above,
        "requests-alert-escalated",
    )
    .await
}

#[cfg(test)]
mod tests {
    use calendar::{Hours, Mark};
    use kernel::DutyKind;
    use uuid::Uuid;

    use super::*;
    use crate::dispatch::{Call, Role};
    use crate::matter::Sending;
    use crate::store::Party;

    fn at(text: &str) -> Instant {
        let zoned: jiff::Zoned = format!("{text}[Asia/Shanghai]").parse().unwrap();
        Instant(zoned.timestamp().as_microsecond())
    }

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(zone(), &Hours::parse("09:00-17:00").unwrap(), [])
    }

    fn part(measure: Measure, hours: i64) -> Dispatch {
        let sending = Sending {
            id: Uuid::from_u128(1).into(),
            whistle: None,
            call: Call::Dispatch,
            role: Role::Lead,
            party: Party::OnDuty(DutyKind::GridWorker),
            assignee: None,
            rule: None,
            by: None,
            task: String::new(),
            measure,
            allowed: Minutes::hours(hours),
        };
        sending.into_part(Uuid::from_u128(2).into(), false, at("2026-11-23T09:00"))
    }

    fn planned(part: &Dispatch, now: &str) -> (Option<Step>, Option<Instant>) {
        let clock = part.clock();
        let around = (&calendar(), &zone());
        plan(
            (part.state, clock.as_ref()),
            part.escalated,
            around,
            at(now),
        )
    }

    #[test]
    fn steps_follow_each_other_in_working_time() {
        let mut part = part(Measure::Working, 8);

        assert_eq!(
            planned(&part, "2026-11-23T09:00"),
            (None, Some(at("2026-11-23T15:00")))
        );
        assert_eq!(
            planned(&part, "2026-11-23T15:00"),
            (Some(Step::Reminder), Some(at("2026-11-23T17:00")))
        );
        part.escalated = 1;
        assert_eq!(
            planned(&part, "2026-11-23T17:00"),
            (Some(Step::Desk), Some(at("2026-11-24T13:00")))
        );
        part.escalated = 4;
        assert_eq!(planned(&part, "2026-12-30T09:00"), (None, None));
    }

    #[test]
    fn who_comes_late_tells_only_the_last_step() {
        let part = part(Measure::Working, 8);

        let (reached, next) = planned(&part, "2026-11-30T09:00");

        assert_eq!((reached, next), (Some(Step::Subdistrict), None));
    }

    #[test]
    fn nobody_is_told_while_the_clock_stands_and_later_after_more_time() {
        let mut part = part(Measure::Working, 8);
        part.state = PartState::Waiting;
        part.hear(at("2026-11-23T10:00"), Mark::Pause);
        assert_eq!(planned(&part, "2026-11-27T09:00"), (None, None));

        part.state = PartState::InProgress;
        part.hear(at("2026-11-27T09:00"), Mark::Resume);
        part.hear(at("2026-11-27T09:00"), Mark::Extend(8 * 3_600_000_000));

        // Twelve of sixteen hours, of which one is used up.
        assert_eq!(
            planned(&part, "2026-11-27T09:00"),
            (None, Some(at("2026-11-30T12:00")))
        );
    }

    #[test]
    fn a_ruling_is_looked_for_a_working_day_after_the_objection() {
        let mut part = part(Measure::Working, 8);
        part.state = PartState::Declined;
        part.hear(at("2026-11-27T15:00"), Mark::Pause);

        // A Friday afternoon: the day is over on Monday at three.
        assert_eq!(
            planned(&part, "2026-11-27T15:00"),
            (None, Some(at("2026-11-30T15:00")))
        );
        // Who comes late looks at once.
        assert_eq!(
            planned(&part, "2026-12-01T10:00"),
            (None, Some(at("2026-12-01T10:00")))
        );
        part.escalated = 1;
        assert_eq!(planned(&part, "2026-12-01T10:00"), (None, None));
    }

    #[test]
    fn only_an_emergency_is_told_at_night() {
        let mut night = part(Measure::Elapsed, 20);
        night.sent_at = at("2026-11-23T12:00");
        assert_eq!(
            planned(&night, "2026-11-23T12:00").1,
            Some(at("2026-11-24T08:00"))
        );

        night.allowed = Minutes(30);
        night.sent_at = at("2026-11-23T23:00");
        assert_eq!(
            planned(&night, "2026-11-23T23:00").1,
            Some(at("2026-11-23T23:22"))
        );
    }
}
