//! Entering helps that have already taken place, for a demo: many at once, each with its line in
//! the ledger, so that the books balance.

use std::collections::{BTreeMap, HashMap};

use kernel::events::{HelpAsked, HelpConfirmed, HelpMatched, HelpPosted};
use kernel::{AreaId, Instant, Minutes, PersonId};
use platform::Tx;
use platform::db::StoreError;

use crate::actions::{About, GIVE_UP, new_code};
use crate::book::{self, PastPayment};
use crate::locked::{self, Words};
use crate::model::{Cover, Origin, Side, State};
use crate::store::{self, Help};

/// A help of the past that was confirmed and booked.
#[derive(Clone, Debug)]
pub struct PastHelp {
    /// The word of its kind.
    pub kind: String,
    /// When it began; before the moment of the transaction.
    pub begun: Instant,
    /// How long it was, in minutes.
    pub minutes: i64,
    /// Who helped.
    pub giver: PersonId,
    /// Who received it.
    pub receiver: PersonId,
    /// The grid of the receiver.
    pub grid: Option<AreaId>,
    /// Their micro-grid.
    pub micro_grid: Option<AreaId>,
    /// Where it was.
    pub place: String,
}

/// A help that is asked for and still to come.
#[derive(Clone, Debug)]
pub struct OpenHelp {
    /// The word of its kind.
    pub kind: String,
    /// When it is to begin; after the moment of the transaction.
    pub begins: Instant,
    /// How long it is to be, in minutes.
    pub minutes: i64,
    /// Who is to receive it.
    pub receiver: PersonId,
    /// Who was chosen to help; then two people at the desk have still to say whose credit pays.
    pub giver: Option<PersonId>,
    /// The grid of the receiver.
    pub grid: Option<AreaId>,
    /// Their micro-grid.
    pub micro_grid: Option<AreaId>,
    /// Where to come to.
    pub place: String,
    /// What exactly is wished for.
    pub wish: String,
}

/// Enters helps that are still to come, as if somebody at the desk had just written them down.
/// Whoever has no account gets one.
///
/// # Errors
/// When a kind or a resident is not known, or the database refuses.
pub async fn enter_open(tx: &mut Tx, open: &[OpenHelp]) -> Result<(), StoreError> {
    let people = open.iter().flat_map(|one| [Some(one.receiver), one.giver]);
    open_accounts(tx, people.flatten().collect()).await?;
    let year = tx.now.in_zone(&tx.house().config().zone).year();
    let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
    let first = store::take_number(tx, year, count).await?;
    let helps: Vec<Help> = (first..)
        .zip(open)
        .map(|(number, one)| asked(tx, one, format!("HB-{year}-{number:04}")))
        .collect();
    store::insert(tx, &helps).await?;
    for (help, open) in helps.iter().zip(open) {
        tx.later_at(GIVE_UP, &About { help: help.id }, help.ends_at());
        tx.emit(&HelpAsked {
            help: help.id,
            person: open.receiver,
            minutes: help.minutes,
            origin: help.origin.word().to_owned(),
        });
        if let Some(person) = open.giver {
            tx.emit(&HelpMatched {
                help: help.id,
                person,
                by_coordinator: true,
            });
        }
    }
    Ok(())
}

/// Enters helps of the past in the order in which they are given, in a few statements. A receiver
/// pays with what they have by then; where that is not enough the fund does, into which as much is
/// put before. Whoever has no account gets one.
///
/// # Errors
/// When a kind or a resident is not known, or the database refuses.
pub async fn enter_many(tx: &mut Tx, past: &[PastHelp]) -> Result<(), StoreError> {
    let people = past.iter().flat_map(|one| [one.giver, one.receiver]);
    open_accounts(tx, people.collect()).await?;
    let helps = written(tx, past).await?;
    store::insert(tx, &helps).await?;
    let payments: Vec<PastPayment> = helps.iter().zip(past).map(payment).collect();
    let funded = payments
        .iter()
        .filter(|one| one.payer.is_none())
        .map(|one| one.minutes)
        .sum();
    book::enter_many(tx, &payments, funded)
        .await
        .map_err(|error| StoreError::Unreadable(format!("helps of the past: {error}")))?;
    for (help, past) in helps.iter().zip(past) {
        tx.emit(&HelpPosted {
            help: help.id,
            person: past.receiver,
            cover: help.cover.word().to_owned(),
            minutes: past.minutes,
            overflow: 0,
        });
        let day = past.begun.in_zone(&tx.house().config().zone).date();
        tx.emit(&HelpConfirmed {
            help: help.id,
            person: past.giver,
            minutes: past.minutes,
            day: day.to_string(),
        });
    }
    Ok(())
}

fn payment((help, past): (&Help, &PastHelp)) -> PastPayment {
    PastPayment {
        help: help.id,
        payer: help.payer(),
        giver: past.giver,
        minutes: past.minutes,
    }
}

async fn open_accounts(tx: &Tx, mut people: Vec<PersonId>) -> Result<(), StoreError> {
    people.sort_unstable();
    people.dedup();
    let known = store::to_self(tx, &people).await?;
    people.retain(|person| !known.iter().any(|member| member.person == *person));
    store::open_account(tx, &people, None).await
}

/// The rows, numbered within their years.
async fn written(tx: &mut Tx, past: &[PastHelp]) -> Result<Vec<Help>, StoreError> {
    let year_of = |one: &PastHelp, tx: &Tx| one.begun.in_zone(&tx.house().config().zone).year();
    let mut counts: BTreeMap<i16, i64> = BTreeMap::new();
    for one in past {
        *counts.entry(year_of(one, tx)).or_default() += 1;
    }
    // A statement for each year, of which there are one or two.
    let mut numbers: BTreeMap<i16, i64> = BTreeMap::new();
    for (year, count) in counts {
        numbers.insert(year, store::take_number(tx, year, count).await?);
    }
    let receivers: Vec<PersonId> = past.iter().map(|one| one.receiver).collect();
    let mut has: HashMap<PersonId, i64> = book::balances(tx, &receivers).await?;
    let mut helps = Vec::with_capacity(past.len());
    for one in past {
        let year = year_of(one, tx);
        let number = numbers.entry(year).or_insert(1);
        let own = has.entry(one.receiver).or_default();
        let cover = if *own >= one.minutes {
            *own -= one.minutes;
            Cover::Own
        } else {
            Cover::Fund
        };
        *has.entry(one.giver).or_default() += one.minutes;
        helps.push(row(tx, one, (format!("HB-{year}-{number:04}"), cover)));
        *number += 1;
    }
    Ok(helps)
}

fn row(tx: &Tx, past: &PastHelp, (number, cover): (String, Cover)) -> Help {
    let ended = past.begun.plus(Minutes(past.minutes));
    let words = Words {
        place: past.place.clone(),
        ..Words::default()
    };
    Help {
        number,
        state: State::Posted,
        kind: past.kind.clone(),
        grid: past.grid,
        micro_grid: past.micro_grid,
        starts_at: past.begun,
        minutes: past.minutes,
        receiver: Some(past.receiver),
        giver: Some(past.giver),
        cover,
        locked: Some(locked::lock(tx, &words)),
        signed_in_at: Some(past.begun),
        signed_out_at: Some(ended),
        signed_minutes: Some(past.minutes),
        confirmed_minutes: Some(past.minutes),
        confirmed_by: Some(Side::Receiver),
        posted_minutes: Some(past.minutes),
        pooled_minutes: Some(0),
        asked_at: past.begun.plus(Minutes(-Minutes::days(2).0)),
        ended_at: Some(ended),
        ..blank(tx)
    }
}

fn asked(tx: &Tx, open: &OpenHelp, number: String) -> Help {
    let words = Words {
        place: open.place.clone(),
        wish: open.wish.clone(),
        ..Words::default()
    };
    Help {
        number,
        state: open.giver.map_or(State::Requested, |_| State::Matched),
        kind: open.kind.clone(),
        grid: open.grid,
        micro_grid: open.micro_grid,
        starts_at: open.begins,
        minutes: open.minutes,
        receiver: Some(open.receiver),
        giver: open.giver,
        cover: Cover::Open,
        locked: Some(locked::lock(tx, &words)),
        code: open.giver.map(|_| new_code(tx)),
        asked_by: tx.actor.account,
        ..blank(tx)
    }
}

/// A help written down at the desk now, of which nothing else is known.
fn blank(tx: &Tx) -> Help {
    Help {
        community: tx.community(),
        id: tx.new_id(),
        number: String::new(),
        state: State::Requested,
        origin: Origin::Desk,
        kind: String::new(),
        grid: None,
        micro_grid: None,
        starts_at: tx.now,
        minutes: 0,
        needs_coordinator: true,
        is_contact_shared: true,
        receiver: None,
        relative: None,
        giver: None,
        cover: Cover::Open,
        locked: None,
        hold: None,
        code: None,
        code_tries: 0,
        signed_in_at: None,
        signed_in_by: None,
        signed_out_at: None,
        signed_out_by: None,
        signed_minutes: None,
        answer_by: None,
        confirmed_minutes: None,
        confirmed_by: None,
        disputed_by: None,
        disputed_at: None,
        posted_minutes: None,
        pooled_minutes: None,
        asked_at: tx.now,
        asked_by: None,
        ended_at: None,
        erased_at: None,
        version: 1,
    }
}
