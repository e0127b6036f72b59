//! Commands that only look: the access matrix, the schema, the chain.

use platform::access::{Policy, matrix};
use platform::seal::{Finding, verify as verify_chain};

use crate::config::Choices;

pub(super) fn policy() {
    print!("{}", policy_matrix());
}

pub(super) fn openapi() -> anyhow::Result<()> {
    println!(
        "{}",
        platform::web::openapi_document(&crate::slices()).to_pretty_json()?
    );
    Ok(())
}

/// The matrix of all rooms.
pub fn policy_matrix() -> String {
    let rules = platform::door::RULES
        .iter()
        .copied()
        .chain(
            crate::slices()
                .iter()
                .flat_map(|slice| slice.all_rules().to_vec()),
        )
        .collect();
    matrix(&Policy::new(rules))
}

pub(super) async fn migrate(choices: &Choices) -> anyhow::Result<()> {
    let house = super::open(choices, false).await?;
    let steps = platform::all_migrations(&crate::slices()).len();
    println!("The schema is up to date: {steps} steps.");
    house.db().clone().close().await?;
    Ok(())
}

pub(super) async fn verify(choices: &Choices) -> anyhow::Result<()> {
    let house = super::open(choices, false).await?;
    let reader = house.db().reader();
    let mut broken = 0;
    for community in house.communities().all(&house).await?.iter() {
        match verify_chain(&reader, community.id).await? {
            Finding::Whole {
                seals,
                events,
                unsealed,
            } => println!(
                "{}: whole. {seals} seals bind {events} events; {unsealed} wait for the next seal.",
                community.slug
            ),
            Finding::Broken { seal } => {
                broken += 1;
                println!(
                    "{}: BROKEN at seal {seal}: the record was changed.",
                    community.slug
                );
            }
        }
    }
    for community in house.communities().all(&house).await?.iter() {
        for finding in ledger::verify(&reader, community.id).await? {
            let book = finding.book.word();
            match finding.wrong {
                None => println!(
                    "{}: the book of {book} is whole: {} transfers.",
                    community.slug, finding.transfers
                ),
                Some(wrong) => {
                    broken += 1;
                    println!("{}: the book of {book} is BROKEN: {wrong}.", community.slug);
                }
            }
        }
    }
    house.db().clone().close().await?;
    anyhow::ensure!(broken == 0, "{broken} records or books were changed");
    Ok(())
}
