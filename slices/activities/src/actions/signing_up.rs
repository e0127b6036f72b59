//! Signing up: oneself, several of a family at once, or a neighbour by the desk; and taking it back.
//! Places are counted while the date belongs to the act alone, so that the last one is given once.

use std::collections::HashMap;

use kernel::events::{OfferAccepted, OfferDeclined, SignUpWithdrawn, SignedUp};
use kernel::{Instant, OccurrenceId, PersonId};
use platform::Tx;
use platform::access::Allowed;

use super::waiting::look;
use crate::error::Error;
use crate::model::{Place, SignUpOrigin, SignUpState, SignUpVerb, State, Taken, assign};
use crate::policy::ForPeople;
use crate::store::{self, Activity, NewSignUp, Occurrence, SignUp};

/// People signed up in one go: more than live behind one door.
pub const PEOPLE_MAX: usize = 12;

/// Who is to take part in which dates of an activity.
#[derive(Clone, Debug)]
pub struct Joining {
    /// The dates.
    pub dates: Vec<OccurrenceId>,
    /// The people.
    pub people: Vec<PersonId>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Places that were given.
    pub given: usize,
    /// Turns in waiting lists.
    pub waiting: usize,
}

/// Signs up oneself and one's family.
pub async fn sign_up(
    tx: &mut Tx,
    allowed: Allowed<ForPeople>,
    activity: &Activity,
    dates: Vec<OccurrenceId>,
) -> Result<Joined, Error> {
    let ForPeople { asker, people, .. } = allowed.into_inner();
    let origin_of = |person: PersonId| {
        if Some(person) == asker {
            SignUpOrigin::Oneself
        } else {
            SignUpOrigin::Family
        }
    };
    enter(tx, activity, Joining { dates, people }, origin_of).await
}

/// Signs up neighbours who came or called.
pub async fn sign_up_neighbour(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    joining: Joining,
) -> Result<Joined, Error> {
    let activity = allowed.into_inner();
    enter(tx, &activity, joining, |_| SignUpOrigin::Desk).await
}

async fn enter(
    tx: &mut Tx,
    activity: &Activity,
    mut joining: Joining,
    origin_of: impl Fn(PersonId) -> SignUpOrigin,
) -> Result<Joined, Error> {
    joining.dates.sort_unstable();
    joining.dates.dedup();
    joining.people.dedup();
    if joining.people.is_empty() || joining.people.len() > PEOPLE_MAX || joining.dates.is_empty() {
        return Err(Error::NothingChosen);
    }
    if activity.state != State::Published {
        return Err(Error::NotNow);
    }
    let dates = store::locked(tx, &joining.dates).await?;
    if dates.len() != joining.dates.len() {
        return Err(Error::NotNow);
    }
    for date in &dates {
        check_open(tx, activity, date)?;
    }
    let live = store::live_of(tx, tx.community(), &joining.dates, &joining.people).await?;
    check_free(tx, &joining.people, &dates).await?;
    let counts = store::taken(tx, &joining.dates).await?;
    let mut new = Vec::new();
    for date in &dates {
        let is_new = |person: &&PersonId| {
            !live
                .iter()
                .any(|one| one.occurrence == date.id && one.person == Some(**person))
        };
        let people: Vec<PersonId> = joining.people.iter().filter(is_new).copied().collect();
        let (held, waiting) = counts.get(&date.id).copied().unwrap_or_default();
        let taken = Taken {
            capacity: activity.capacity,
            held,
            waiting,
        };
        let places = assign(taken, people.len());
        new.extend(
            people
                .into_iter()
                .zip(places)
                .map(|(person, place)| NewSignUp {
                    id: tx.new_id(),
                    occurrence: date.id,
                    person,
                    state: match place {
                        Place::Given => SignUpState::SignedUp,
                        Place::Waits => SignUpState::Waiting,
                    },
                    origin: origin_of(person),
                    account: tx.actor.account,
                    at: tx.now,
                }),
        );
    }
    if new.is_empty() {
        return Err(Error::SignedUpAlready);
    }
    store::insert_sign_ups(tx, &new).await?;
    for one in &new {
        tx.emit(&SignedUp {
            sign_up: one.id,
            occurrence: one.occurrence,
            person: one.person,
            state: one.state.word().to_owned(),
            origin: one.origin.word().to_owned(),
        });
    }
    let given = new
        .iter()
        .filter(|one| one.state == SignUpState::SignedUp)
        .count();
    Ok(Joined {
        given,
        waiting: new.len() - given,
    })
}

fn check_open(tx: &Tx, activity: &Activity, date: &Occurrence) -> Result<(), Error> {
    if date.activity != activity.id {
        Err(Error::NotNow)
    } else if date.is_cancelled() {
        Err(Error::DateCancelled)
    } else if date.ends_at <= tx.now {
        Err(Error::DateOver)
    } else {
        Ok(())
    }
}

/// Nobody has a place at two dates that overlap.
async fn check_free(tx: &Tx, people: &[PersonId], dates: &[Occurrence]) -> Result<(), Error> {
    let from = dates.iter().map(|date| date.starts_at).min();
    let until = dates.iter().map(|date| date.ends_at).max();
    let Some(span) = from.zip(until) else {
        return Ok(());
    };
    let others = store::crossing(tx, people, span).await?;
    let mut by_date: HashMap<OccurrenceId, (Instant, Instant)> = HashMap::new();
    by_date.extend(
        dates
            .iter()
            .map(|date| (date.id, (date.starts_at, date.ends_at))),
    );
    for other in others {
        let is_crossed = by_date.iter().any(|(id, (starts_at, ends_at))| {
            *id != other.occurrence && *starts_at < other.ends_at && *ends_at > other.starts_at
        });
        if is_crossed && !by_date.contains_key(&other.occurrence) {
            return Err(Error::Elsewhere(other.title));
        }
    }
    Ok(())
}

/// The sign-up as it is now, while its date belongs to the act alone.
async fn fresh(tx: &Tx, allowed: Allowed<SignUp>) -> Result<(SignUp, Occurrence), Error> {
    let before = allowed.into_inner();
    let date = store::locked(tx, &[before.occurrence]).await?.pop();
    let now = store::sign_up_by_id(tx, tx.community(), before.id).await?;
    now.zip(date).ok_or(Error::NotNow)
}

/// Takes the place that is kept, or lets it go to the next.
pub async fn answer_offer(
    tx: &mut Tx,
    allowed: Allowed<SignUp>,
    is_wanted: bool,
) -> Result<(), Error> {
    let (sign_up, date) = fresh(tx, allowed).await?;
    let verb = if is_wanted {
        SignUpVerb::Accept
    } else {
        SignUpVerb::Decline
    };
    let state = sign_up.state.after(verb).ok_or(Error::OfferOver)?;
    let (Some(person), true) = (
        sign_up.person,
        sign_up.offered_until.is_some_and(|until| until > tx.now),
    ) else {
        return Err(Error::OfferOver);
    };
    if date.is_cancelled() {
        return Err(Error::DateCancelled);
    }
    if is_wanted {
        check_free(tx, &[person], std::slice::from_ref(&date)).await?;
    }
    store::set_states(tx, &[sign_up.id], state, None).await?;
    if is_wanted {
        tx.emit(&OfferAccepted {
            sign_up: sign_up.id,
            person,
        });
    } else {
        tx.emit(&OfferDeclined {
            sign_up: sign_up.id,
            person,
        });
        look(tx, date.id);
    }
    Ok(())
}

/// Does not take part after all. Nobody is asked why, and it has no consequence but the free place.
pub async fn withdraw(tx: &mut Tx, allowed: Allowed<SignUp>) -> Result<(), Error> {
    let (sign_up, date) = fresh(tx, allowed).await?;
    let state = sign_up
        .state
        .after(SignUpVerb::Withdraw)
        .ok_or(Error::NotNow)?;
    if date.ends_at <= tx.now {
        return Err(Error::DateOver);
    }
    store::set_states(tx, &[sign_up.id], state, None).await?;
    if let Some(person) = sign_up.person {
        tx.emit(&SignUpWithdrawn {
            sign_up: sign_up.id,
            person,
        });
    }
    if sign_up.state.holds_place() {
        look(tx, date.id);
    }
    Ok(())
}
