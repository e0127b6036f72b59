//! A year of activities, and what is to come, entered at once.

use activities::{Kind, PastActivity, PastDate, PastPerson, enter_many};
use anyhow::Context;
use kernel::{AccountId, Instant};
use platform::Tx;

use super::requests::Known;
use crate::demo::activities::{Drawn, DrawnDate, DrawnPerson, of_a_year};
use crate::demo::neighbourhood::Neighbourhood;

/// Enters them as they stand at the moment of the transaction.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    known: &Known,
    seed: u64,
) -> anyhow::Result<()> {
    let office = Office::of(hood, known).context("a community has a desk")?;
    let past = of_a_year(hood, seed, tx.now)
        .iter()
        .enumerate()
        .map(|(number, one)| office.past(number, one))
        .collect();
    enter_many(tx, past).await?;
    Ok(())
}

struct Office<'a> {
    hood: &'a Neighbourhood,
    known: &'a Known,
    /// Who announces, and looks at what is on paper.
    first: AccountId,
    /// Who leads.
    others: Vec<AccountId>,
}

impl<'a> Office<'a> {
    fn of(hood: &'a Neighbourhood, known: &'a Known) -> Option<Self> {
        let mut desk = hood.staff.desk.iter().map(|post| known.accounts[*post]);
        Some(Self {
            hood,
            known,
            first: desk.next()?,
            others: desk.collect(),
        })
    }

    fn past(&self, number: usize, drawn: &Drawn) -> PastActivity {
        let line = drawn.line;
        let place = number % self.others.len().max(1);
        // Nobody leads what the office has not taken up.
        let organiser = self.others.get(place);
        let organiser = organiser.filter(|_| !drawn.is_open_proposal);
        PastActivity {
            title: line.title.to_owned(),
            about: line.about.to_owned(),
            place: line.place.to_owned(),
            area: None,
            kind: line.kind,
            eligibility: line.eligibility.to_owned(),
            proposer: drawn.proposer.and_then(|post| {
                let (household, place) = self.hood.staff.posts[post].resident?;
                Some((self.known.accounts[post], self.known.ids[household][place]))
            }),
            organiser: organiser.copied(),
            capacity: line.places.and_then(|places| i64::try_from(places).ok()),
            is_service: line.kind == Kind::Shift,
            item: None,
            cadence: line.cadence(),
            announced_at: drawn.announced,
            by: self.first,
            is_open_proposal: drawn.is_open_proposal,
            dates: drawn
                .dates
                .iter()
                .map(|date| self.date(line.minutes, date))
                .collect(),
        }
    }

    fn date(&self, minutes: i64, date: &DrawnDate) -> PastDate {
        PastDate {
            begins: date.begins,
            minutes,
            people: date.people.iter().map(|one| self.person(one)).collect(),
        }
    }

    fn person(&self, one: &DrawnPerson) -> PastPerson {
        let looked = |at: Instant| (self.first, at);
        PastPerson {
            person: self.known.ids[one.resident.0][one.resident.1],
            account: self.account(one.resident),
            at: one.at,
            is_waiting: one.is_waiting,
            presence: one.presence,
            confirmed: one.looked_at.map(looked),
        }
    }

    fn account(&self, resident: (usize, usize)) -> Option<AccountId> {
        let posts = &self.hood.staff.posts;
        let post = posts
            .iter()
            .position(|post| post.resident == Some(resident))?;
        self.known.accounts.get(post).copied()
    }
}
