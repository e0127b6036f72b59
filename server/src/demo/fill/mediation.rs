//! The disputes, each act at its own moment.

use anyhow::Context;
use mediation::{PastMediation, enter_many};
use platform::Tx;

use super::requests::Known;
use crate::demo::mediation::Dispute;
use crate::demo::neighbourhood::Neighbourhood;

/// Enters them.
pub async fn enter(tx: &mut Tx, hood: &Neighbourhood, known: &Known) -> anyhow::Result<()> {
    let past: Option<Vec<PastMediation>> = hood
        .disputes
        .iter()
        .map(|dispute| mediation(hood, known, dispute))
        .collect();
    enter_many(tx, past.context("a head and a mediator")?).await?;
    Ok(())
}

/// `None` in a community without a head or a mediator.
fn mediation(hood: &Neighbourhood, known: &Known, dispute: &Dispute) -> Option<PastMediation> {
    let account = |post: usize| known.accounts.get(post).copied();
    let party = |(household, place): (usize, usize)| {
        let resident = &hood.households[household].people[place];
        let phone = resident.phone.clone().unwrap_or_default();
        (resident.name.clone(), phone)
    };
    let staff = &hood.staff;
    let mediators = &staff.mediators;
    let number = usize::from(dispute.deeds.len() % 2 == 1);
    let first = mediators.get(number).and_then(|post| account(*post))?;
    let second = mediators.get(1 - number).and_then(|post| account(*post));
    Some(PastMediation {
        at: dispute.at,
        origin: dispute.origin,
        subject: dispute.subject,
        about: dispute.about.to_owned(),
        parties: dispute.parties.map(party),
        accounts: [
            account(staff.resident).filter(|_| dispute.is_of_resident),
            None,
        ],
        head: account(staff.mediation_head)?,
        mediators: [Some(first), second.filter(|_| dispute.has_two_mediators)],
        deeds: dispute.deeds.clone(),
    })
}
