//! Looks for trouble before it is felt, and says what to do about it.

use platform::House;
use platform::db::Address;
use platform::jobs;
use platform::seal::{Finding, verify};

use crate::config::Choices;

/// Below this, in MiB, the disk counts as nearly full.
const FREE_MIB_MIN: u64 = 512;

pub(super) async fn run(choices: &Choices) -> anyhow::Result<()> {
    let mut report = Report::default();
    let house = super::open(choices, false).await?;
    report.good("the data folder, the key, the database and the schema are in order");
    let folder = choices.data_folder();
    match free_mib(&folder) {
        Some(free) if free < FREE_MIB_MIN => report.bad(&format!(
            "only {free} MiB are free in {}: make room before the disk is full",
            folder.display()
        )),
        Some(free) => report.good(&format!("{free} MiB are free in {}", folder.display())),
        None => report.bad("the free space could not be measured: look with df"),
    }
    if let Address::Sqlite(_) = choices.address() {
        check_integrity(&house, &mut report).await?;
    }
    check_communities(&house, &mut report).await?;
    if house.config().mail.is_none() {
        report.bad("no mail: alerts stay in the program (set mail_url and mail_from)");
    }
    if !house.config().is_https() {
        report.bad("people come without HTTPS: put a proxy with TLS before it (docs/operators.md)");
    }
    house.db().clone().close().await?;
    println!("{} in order, {} to look at.", report.good, report.bad);
    Ok(())
}

async fn check_integrity(house: &House, report: &mut Report) -> anyhow::Result<()> {
    match house.db().integrity().await? {
        None => report.good("the file of the database is sound"),
        Some(fault) => {
            report.bad(&format!(
                "the file of the database is damaged ({fault}): restore a backup"
            ));
        }
    }
    Ok(())
}

async fn check_communities(house: &House, report: &mut Report) -> anyhow::Result<()> {
    let reader = house.db().reader();
    let all = house.communities().all(house).await?;
    if all.is_empty() {
        report.bad("there is no community yet: `linli person` founds one");
    }
    for community in all.iter() {
        match verify(&reader, community.id).await? {
            Finding::Whole { unsealed, .. } if unsealed > 10_000 => report.bad(&format!(
                "{}: {unsealed} events wait to be sealed: is `linli serve` running?",
                community.slug
            )),
            Finding::Whole { events, .. } => {
                report.good(&format!("{}: {events} sealed events hold", community.slug));
            }
            Finding::Broken { seal } => report.bad(&format!(
                "{}: the record was changed at seal {seal}: compare with a backup",
                community.slug
            )),
        }
        let failed = jobs::waiting(&reader, community.id, 200)
            .await?
            .iter()
            .filter(|job| job.failed_at.is_some())
            .count();
        if failed > 0 {
            report.bad(&format!(
                "{}: {failed} jobs have failed: see /admin/jobs",
                community.slug
            ));
        }
    }
    Ok(())
}

#[derive(Default)]
struct Report {
    good: u32,
    bad: u32,
}

impl Report {
    fn good(&mut self, words: &str) {
        self.good += 1;
        println!("  ok    {words}");
    }

    fn bad(&mut self, words: &str) {
        self.bad += 1;
        println!("  LOOK  {words}");
    }
}

/// Free space by df, which every system we run on has; the standard library cannot tell.
fn free_mib(folder: &std::path::Path) -> Option<u64> {
    let output = std::process::Command::new("df")
        .args(["-Pm"])
        .arg(folder)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}
