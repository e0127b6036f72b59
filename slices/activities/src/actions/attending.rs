//! Coming and going: by the code at the door, by one's own code, by the organiser's hand, from a list
//! on paper, and from a phone that was without signal. The roll of a date is read whole, changed by
//! [`crate::model::Roll`], and written whole, while the date belongs to the act alone.

mod book;

use std::collections::BTreeMap;

use kernel::events::ScansAnswered;
use kernel::{Instant, OccurrenceId, PersonId, SignUpId};
use platform::Tx;
use platform::access::{Allowed, HasFacts};
use uuid::Uuid;

use crate::codes;
use crate::error::Error;
use crate::model::{Answer, Attendance, Deed, Direction, Entry, How, judge};
use crate::policy::{ForPeople, LEAD};
use crate::store::{self, Activity};
use book::Book;

/// Entries that are taken at once.
pub const SCANS_MAX: usize = 200;

/// By what an organiser knows who is before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The person's own code.
    Code(String),
    /// Their line in the list.
    SignUp(SignUpId),
}

/// An entry of a phone.
#[derive(Clone, Debug)]
pub struct Scan {
    /// Made by the phone: sent again under the same id it is answered alike.
    pub id: Uuid,
    /// Who.
    pub shown: Shown,
    /// Comes or goes.
    pub direction: Direction,
    /// When, by the clock of the phone.
    pub at: Instant,
    /// Whether the organiser says that it is to be taken now, since that clock is off.
    pub is_taken_now: bool,
}

/// What somebody is entered with by hand or from paper.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Who.
    pub people: Vec<PersonId>,
    /// When they came and when they left.
    pub times: (Instant, Instant),
    /// Why it took longer than planned; empty when it did not.
    pub why: String,
}

fn deed(person: PersonId, direction: Direction, at: Instant, how: How) -> Deed {
    Deed {
        person,
        direction,
        at,
        how,
        is_bulk: false,
        is_own: false,
        why: String::new(),
    }
}

/// Somebody comes or goes by the code at the door, with the pass that it gave them.
///
/// # Errors
/// [`Error::OldCode`] when the pass is no longer good, [`Error::Answer`] says what else is wrong.
pub async fn come_or_go(
    tx: &mut Tx,
    allowed: Allowed<ForPeople>,
    activity: Activity,
    date: OccurrenceId,
    (pass, direction): (&str, Direction),
) -> Result<(), Error> {
    let person = allowed.into_inner().asker.ok_or(Error::NotInRegister)?;
    let account = tx.actor.account.ok_or(Error::NotInRegister)?;
    if !codes::is_pass(tx.house().vault(), date, account, pass, tx.now) {
        return Err(Error::OldCode);
    }
    // Whoever can show the code at the door has nobody beside them who says it too.
    let is_own = tx
        .house()
        .policy()
        .covers(&tx.actor, LEAD, &activity.facts());
    let mut book = Book::open(tx, activity, date).await?;
    let at = judge(book.date.window(), tx.now, tx.now, false).map_err(Error::Answer)?;
    let deed = Deed {
        is_own,
        ..deed(person, direction, at, How::DoorCode)
    };
    done(book.take(tx, &deed).answer)?;
    book.close(tx).await
}

fn done(answer: Answer) -> Result<(), Error> {
    if answer.is_done() {
        Ok(())
    } else {
        Err(Error::Answer(answer))
    }
}

/// Whom an organiser has before them.
fn who(tx: &Tx, book: &Book, shown: &Shown) -> Result<(PersonId, How), Answer> {
    match shown {
        Shown::Code(code) => {
            let vault = tx.house().vault();
            codes::named_by(vault, tx.community(), code, book.date.day)
                .map(|person| (person, How::OwnCode))
                .ok_or(Answer::UnknownCode)
        }
        Shown::SignUp(id) => book
            .enrolled
            .iter()
            .find(|one| one.id == *id)
            .map(|one| (one.person, How::Hand))
            .ok_or(Answer::NotSignedUp),
    }
}

/// The organiser signs somebody in or out, who stands before them.
///
/// # Errors
/// [`Error::Answer`] says what is wrong.
pub async fn attend(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    date: OccurrenceId,
    (shown, direction, why): (Shown, Direction, String),
) -> Result<(), Error> {
    let mut book = Book::open(tx, allowed.into_inner(), date).await?;
    let at = judge(book.date.window(), tx.now, tx.now, false).map_err(Error::Answer)?;
    let (person, how) = who(tx, &book, &shown).map_err(Error::Answer)?;
    let deed = Deed {
        is_own: tx.actor.person == Some(person),
        why,
        ..deed(person, direction, at, how)
    };
    done(book.take(tx, &deed).answer)?;
    book.close(tx).await
}

/// Takes what a phone noted while it was without signal, in the order of its clock. Each entry is
/// answered; one that was sent before is answered as then and does nothing more. Also tells whether
/// there was anything new, without which there is nothing to commit.
pub async fn replay(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    date: OccurrenceId,
    mut scans: Vec<Scan>,
) -> Result<(BTreeMap<Uuid, Answer>, bool), Error> {
    let mut book = Book::open(tx, allowed.into_inner(), date).await?;
    let ids: Vec<Uuid> = scans.iter().map(|scan| scan.id).collect();
    let known = store::known_scans(tx, date, &ids).await?;
    let mut answers: BTreeMap<Uuid, Answer> = known.into_iter().collect();
    scans.sort_by_key(|scan| scan.at);
    let mut new = Vec::new();
    for scan in scans {
        if answers.contains_key(&scan.id) {
            continue;
        }
        let answer = take_scan(tx, &mut book, &scan).unwrap_or_else(|answer| answer);
        answers.insert(scan.id, answer);
        new.push((scan.id, answer));
    }
    let activity = book.activity.id;
    book.close(tx).await?;
    store::insert_scans(tx, date, &new).await?;
    if !new.is_empty() {
        let taken = new.iter().filter(|(_, answer)| answer.is_done()).count();
        let count = |amount: usize| i64::try_from(amount).unwrap_or(i64::MAX);
        tx.emit(&ScansAnswered {
            activity,
            occurrence: date,
            taken: count(taken),
            refused: count(new.len() - taken),
        });
    }
    Ok((answers, !new.is_empty()))
}

fn take_scan(tx: &Tx, book: &mut Book, scan: &Scan) -> Result<Answer, Answer> {
    let (person, how) = who(tx, book, &scan.shown)?;
    let at = judge(book.date.window(), scan.at, tx.now, scan.is_taken_now)?;
    let deed = Deed {
        is_own: tx.actor.person == Some(person),
        ..deed(person, scan.direction, at, how)
    };
    Ok(book.take(tx, &deed).answer)
}

/// Signs all out who are still in: at the planned end, or now if that is sooner. Returns how many.
pub async fn leave_all(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    date: OccurrenceId,
) -> Result<usize, Error> {
    let mut book = Book::open(tx, allowed.into_inner(), date).await?;
    let is_in = |one: &&Attendance| one.state == Entry::In;
    let still_in: Vec<(PersonId, Instant)> = book
        .roll
        .present
        .values()
        .filter(is_in)
        .filter_map(|one| Some((one.person?, one.in_at)))
        .collect();
    let mut left = 0;
    for (person, in_at) in still_in {
        let at = tx.now.min(book.date.ends_at).max(in_at);
        let deed = Deed {
            is_own: tx.actor.person == Some(person),
            ..deed(person, Direction::Out, at, How::Hand)
        };
        left += usize::from(book.take(tx, &deed).answer.is_done());
    }
    if left == 0 {
        return Err(Error::Answer(Answer::NotIn));
    }
    book.close(tx).await?;
    Ok(left)
}

/// Enters a list that was kept on paper: when they came and left. It waits for a second person
/// (rules R10 and R29).
///
/// # Errors
/// [`Error::Answer`] of the first who cannot be entered; then nobody is.
pub async fn enter_paper(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    date: OccurrenceId,
    typed: Typed,
) -> Result<usize, Error> {
    let mut book = Book::open(tx, allowed.into_inner(), date).await?;
    let (came, left) = typed.times;
    let window = book.date.window();
    if typed.people.is_empty() {
        return Err(Error::NothingChosen);
    }
    if !window.is_open(came) || !window.is_open(left) {
        return Err(Error::Answer(Answer::WrongDay));
    }
    if left > tx.now || left < came {
        return Err(Error::Answer(Answer::Clock));
    }
    let is_bulk = typed.people.len() > 1;
    for person in &typed.people {
        for (direction, at) in [(Direction::In, came), (Direction::Out, left)] {
            let deed = Deed {
                is_bulk,
                is_own: tx.actor.person == Some(*person),
                why: typed.why.clone(),
                ..deed(*person, direction, at, How::Paper)
            };
            done(book.take(tx, &deed).answer)?;
        }
    }
    book.close(tx).await?;
    Ok(typed.people.len())
}
