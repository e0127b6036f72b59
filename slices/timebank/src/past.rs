//! Entering helps that have already taken place, for a demo: many at once, each with its line in
//! the ledger, so that the books balance.

use std::collections::{BTreeMap, HashMap};

use kernel::events::{HelpConfirmed, HelpPosted};
use kernel::{AreaId, Instant, Minutes, PersonId};
use platform::Tx;
use platform::db::StoreError;

use crate::book::{self, PastPayment};
use crate::locked::{self, Words};
use crate::model::{Cover, Origin, State};
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

/// Enters helps of the past in the order in which they are given, in a few statements. A receiver
/// pays with what they have by then; where that is not enough the fund does, into which as much is
/// put before. Whoever has no account gets one.
///
/// # Errors
/// When a kind or a resident is not known, or the database refuses.
pub async fn enter_many(tx: &mut Tx, past: &[PastHelp]) -> Result<(), StoreError> {
    open_accounts(tx, past).await?;
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

async fn open_accounts(tx: &Tx, past: &[PastHelp]) -> Result<(), StoreError> {
    let mut people: Vec<PersonId> = past
        .iter()
        .flat_map(|one| [one.giver, one.receiver])
        .collect();
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
        community: tx.community(),
        id: tx.new_id(),
        number,
        state: State::Posted,
        origin: Origin::Desk,
        kind: past.kind.clone(),
        grid: past.grid,
        micro_grid: past.micro_grid,
        starts_at: past.begun,
        minutes: past.minutes,
        needs_coordinator: true,
        is_contact_shared: true,
        receiver: Some(past.receiver),
        relative: None,
        giver: Some(past.giver),
        cover,
        locked: Some(locked::lock(tx, &words)),
        hold: None,
        code: None,
        code_tries: 0,
        signed_in_at: Some(past.begun),
        signed_in_by: None,
        signed_out_at: Some(ended),
        signed_out_by: None,
        signed_minutes: Some(past.minutes),
        answer_by: None,
        confirmed_minutes: Some(past.minutes),
        disputed_by: None,
        disputed_at: None,
        posted_minutes: Some(past.minutes),
        pooled_minutes: Some(0),
        asked_at: past.begun.plus(Minutes(-Minutes::days(2).0)),
        asked_by: None,
        ended_at: Some(ended),
        erased_at: None,
        version: 1,
    }
}
