//! The second look: what only one person has said becomes certain when another account of the desk,
//! who neither typed it nor is meant by it, looks at it. Of late, bulk, paper and own entries one in
//! twenty is drawn, and the desk asks whom it is about (rule R10).

use std::collections::BTreeMap;

use kernel::events::{AttendanceAsked, AttendanceConfirmed, AttendanceRefused};
use kernel::{Actor, AttendanceId, Facts};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use crate::error::Error;
use crate::model::{Attendance, Call, Entry};
use crate::store::{self, Activity, Look, Occurrence};

/// Entries that one looks at in one go.
pub const LOOKS_MAX: usize = 200;

/// Tells the other rooms that a presence is certain. Called once for each: when it is entered with
/// two people, or when the second person has looked.
pub(super) fn tell_confirmed(
    tx: &mut Tx,
    activity: &Activity,
    date: &Occurrence,
    attendance: &Attendance,
) {
    let Some(person) = attendance.person else {
        return;
    };
    tx.emit(&AttendanceConfirmed {
        attendance: attendance.id,
        activity: activity.id,
        occurrence: date.id,
        person,
        minutes: attendance.minutes,
        day: date.day.to_string(),
        is_service: activity.is_service,
        item: activity.item,
        is_late: attendance.labels.is_sampled(),
    });
}

/// Whether an account may be the second person for an entry.
pub fn is_second(actor: &Actor, one: &Attendance) -> bool {
    let (account, person) = (actor.account, actor.person);
    account.is_some()
        && one.entered_by != account
        && one.ended_by != account
        && (person.is_none() || one.person != person)
}

async fn looks(tx: &Tx, ids: &[AttendanceId]) -> Result<Vec<Look>, Error> {
    if ids.is_empty() || ids.len() > LOOKS_MAX {
        return Err(Error::NothingChosen);
    }
    let looks = store::looks_by_ids(tx, tx.community(), ids).await?;
    let is_second = |look: &Look| is_second(&tx.actor, &look.attendance);
    if looks.is_empty() {
        Err(Error::LookedAtAlready)
    } else if looks.iter().all(is_second) {
        Ok(looks)
    } else {
        Err(Error::OwnEntry)
    }
}

/// Says that entries are right. Those that another looked at meanwhile stay as they are; returns how
/// many became certain by this.
///
/// # Errors
/// [`Error::OwnEntry`] when one of them was typed by, or is about, whoever looks; then none is taken.
pub async fn confirm(
    tx: &mut Tx,
    allowed: Allowed<Facts>,
    ids: &[AttendanceId],
) -> Result<usize, Error> {
    allowed.into_inner();
    let looks = looks(tx, ids).await?;
    let (mut drawn, mut others) = (Vec::new(), Vec::new());
    for look in &looks {
        let number = u16::from_be_bytes(tx.house().chance().bytes());
        let is_asked = look.attendance.labels.is_sampled() && Call::draw(number).is_some();
        let list = if is_asked { &mut drawn } else { &mut others };
        list.push(look.attendance.id.0);
    }
    let mut confirmed = store::decide(tx, &drawn, Entry::Confirmed, Some(Call::Due), "").await?;
    confirmed.extend(store::decide(tx, &others, Entry::Confirmed, None, "").await?);
    if confirmed.is_empty() {
        return Err(Error::LookedAtAlready);
    }
    let by_id: BTreeMap<Uuid, &Look> = looks
        .iter()
        .map(|look| (look.attendance.id.0, look))
        .collect();
    for look in confirmed.iter().filter_map(|id| by_id.get(id)) {
        let Some(person) = look.attendance.person else {
            continue;
        };
        tx.emit(&AttendanceConfirmed {
            attendance: look.attendance.id,
            activity: look.activity,
            occurrence: look.occurrence,
            person,
            minutes: look.attendance.minutes,
            day: look.day.to_string(),
            is_service: look.is_service,
            item: look.item,
            is_late: look.attendance.labels.is_sampled(),
        });
    }
    Ok(confirmed.len())
}

/// Says that entries are not right, and why: the person reads it on their own page.
pub async fn refuse(
    tx: &mut Tx,
    allowed: Allowed<Facts>,
    ids: &[AttendanceId],
    reason: &str,
) -> Result<usize, Error> {
    allowed.into_inner();
    let looks = looks(tx, ids).await?;
    let ids: Vec<Uuid> = looks.iter().map(|look| look.attendance.id.0).collect();
    let refused = store::decide(tx, &ids, Entry::Refused, None, reason).await?;
    if refused.is_empty() {
        return Err(Error::LookedAtAlready);
    }
    for look in &looks {
        let attendance = look.attendance.id;
        let is_refused = refused.contains(&attendance.0);
        if let Some(person) = look.attendance.person.filter(|_| is_refused) {
            tx.emit(&AttendanceRefused { attendance, person });
        }
    }
    Ok(refused.len())
}

/// Notes what somebody said whom the desk asked. Whoever typed the entry does not ask.
pub async fn ask(
    tx: &mut Tx,
    allowed: Allowed<Facts>,
    attendance: AttendanceId,
    call: Call,
) -> Result<(), Error> {
    allowed.into_inner();
    let looks = looks(tx, &[attendance]).await?;
    let person = looks.first().and_then(|look| look.attendance.person);
    let person = person.ok_or(Error::LookedAtAlready)?;
    if call == Call::Due || !store::set_call(tx, attendance.0, call).await? {
        return Err(Error::LookedAtAlready);
    }
    tx.emit(&AttendanceAsked {
        attendance,
        person,
        answer: call.word().to_owned(),
    });
    Ok(())
}
