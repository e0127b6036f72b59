//! The roll of a date on its way through an act: read, changed by the rules, written, told of.

use std::collections::BTreeMap;

use kernel::events::{CheckedIn, CheckedOut};
use kernel::{Instant, Minutes, OccurrenceId, PersonId};
use platform::Tx;

use crate::actions::confirming::tell_confirmed;
use crate::error::Error;
use crate::model::{Answer, Attendance, Deed, Entry, Outcome, Roll, SignUpState};
use crate::store::{self, Activity, Enrolled, Occurrence};

/// The roll of a date with what is needed to write it.
pub struct Book {
    /// The activity.
    pub activity: Activity,
    /// The date, to the act alone.
    pub date: Occurrence,
    /// Everybody who has or waits for a place.
    pub enrolled: Vec<Enrolled>,
    /// Who is there.
    pub roll: Roll,
    before: BTreeMap<PersonId, Attendance>,
}

impl Book {
    /// Opens it, and has the date to the act alone.
    pub async fn open(tx: &Tx, activity: Activity, id: OccurrenceId) -> Result<Self, Error> {
        let found = store::locked(tx, &[id]).await?.pop();
        let date = found.filter(|date| date.activity == activity.id);
        let date = date.ok_or(Error::NotNow)?;
        let enrolled = store::enrolled_at(tx, tx.community(), id).await?;
        let present: BTreeMap<PersonId, Attendance> = store::present_at(tx, tx.community(), id)
            .await?
            .into_iter()
            .filter_map(|one| Some((one.person?, one)))
            .collect();
        let mut people: Vec<PersonId> = enrolled.iter().map(|one| one.person).collect();
        people.extend(present.keys());
        people.sort_unstable();
        people.dedup();
        let day = day_around(tx, &date);
        let elsewhere = store::around(tx, tx.community(), &people, day, id).await?;
        let has_place = |one: &&Enrolled| one.state == SignUpState::SignedUp;
        Ok(Self {
            roll: Roll {
                window: date.window(),
                signed_up: enrolled
                    .iter()
                    .filter(has_place)
                    .map(|one| one.person)
                    .collect(),
                present: present.clone(),
                elsewhere,
                now: tx.now,
                by: tx.actor.account,
            },
            activity,
            date,
            enrolled,
            before: present,
        })
    }

    /// Enters that somebody came or went.
    pub fn take(&mut self, tx: &Tx, deed: &Deed) -> Outcome {
        if self.date.is_cancelled() {
            return Outcome {
                answer: Answer::Cancelled,
                attendance: None,
            };
        }
        self.roll.take(deed, tx.new_id())
    }

    /// Writes what has changed, and tells of it.
    pub async fn close(self, tx: &mut Tx) -> Result<(), Error> {
        let changed: Vec<(OccurrenceId, Attendance)> = self
            .roll
            .present
            .into_iter()
            .filter(|(person, now)| self.before.get(person) != Some(now))
            .map(|(_, now)| (self.date.id, now))
            .collect();
        store::save_attendances(tx, &changed).await?;
        for (date, one) in &changed {
            let Some(person) = one.person else { continue };
            if !self.before.contains_key(&person) {
                tx.emit(&CheckedIn {
                    attendance: one.id,
                    occurrence: *date,
                    person,
                    how: one.how.word().to_owned(),
                });
            }
            if one.out_at.is_some() {
                tx.emit(&CheckedOut {
                    attendance: one.id,
                    person,
                    minutes: one.minutes,
                    labels: one
                        .labels
                        .iter()
                        .map(|label| label.word().to_owned())
                        .collect(),
                });
            }
            if one.state == Entry::Confirmed {
                tell_confirmed(tx, &self.activity, &self.date, one);
            }
        }
        Ok(())
    }
}

/// The day of a date, from midnight to midnight where people live.
fn day_around(tx: &Tx, date: &Occurrence) -> (Instant, Instant) {
    let zone = &tx.house().config().zone;
    let begins = |day: jiff::civil::Date| {
        day.to_zoned(zone.clone())
            .ok()
            .map(|at| Instant(at.timestamp().as_microsecond()))
    };
    // Beyond the ends of the calendar a day is as long as any other.
    let from = begins(date.day).unwrap_or(date.starts_at);
    let until = date.day.tomorrow().ok().and_then(begins);
    (from, until.unwrap_or(from.plus(Minutes::days(1))))
}
