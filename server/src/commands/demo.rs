//! The demo: an invented community in a folder of its own, and one click to be anyone in it.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant as Stopwatch;

use anyhow::Context;
use clap::Args;
use platform::{Chance, Clock, MachineClock, StandingClock};

use super::serve::Serve;
use crate::config::Choices;
use crate::demo;
use crate::open::Opening;

/// Fills a new data folder with an invented community and serves it.
#[derive(Args, Debug)]
pub struct Demo {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// Begins again: removes a demo that lies in the folder.
    #[arg(long)]
    fresh: bool,
    /// So many communities of 20,000 people under one district.
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    scale: u32,
    /// Another seed makes another community; the same seed makes the same.
    #[arg(long, default_value_t = demo::SEED, value_name = "NUMBER")]
    seed: u64,
    /// Repeats the matters of last year until there are so many, to measure figures with.
    #[arg(long, hide = true, default_value_t = 0, value_name = "N")]
    matters: usize,
    /// Repeats the open matters until so many clocks run, to measure the clocks with.
    #[arg(long, hide = true, default_value_t = 0, value_name = "N")]
    clocks: usize,
    /// Fills only, and does not serve.
    #[arg(long)]
    fill_only: bool,
}

/// In the folder of a demo, so that no other folder is ever removed.
const MARK: &str = "this-is-a-demo";
/// Set when the demo was filled to its end.
const FILLED: &str = "demo-filled";

impl Demo {
    pub(super) async fn run(self, choices: Choices) -> anyhow::Result<()> {
        let folder = choices
            .data
            .clone()
            .unwrap_or_else(|| PathBuf::from("data/demo"));
        let choices = Choices {
            data: Some(folder.clone()),
            ..choices
        };
        if self.fresh {
            remove_demo(&folder)?;
        }
        fs::create_dir_all(&folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        if !folder.join(FILLED).exists() {
            anyhow::ensure!(
                is_empty(&folder)?,
                "the folder {} holds data already, perhaps of a demo that was interrupted: \
                 begin again with --fresh, or choose another folder with --data",
                folder.display()
            );
            fs::write(folder.join(MARK), "removed by `linli demo --fresh`\n")?;
            self.fill(&choices).await?;
            fs::write(folder.join(FILLED), format!("{} communities\n", self.scale))?;
        }
        if self.fill_only {
            return Ok(());
        }
        println!("The data lies in {}.", folder.display());
        println!("On the sign-in page, one click signs you in as:");
        for person in demo::people_to_be() {
            println!("  {:<22} {}", person.sign_in_name, person.who);
        }
        super::serve::log_to_stderr();
        let house = super::open(&choices, true).await?;
        let serve = Serve {
            listen: self.listen,
            metrics: None,
        };
        serve.serve(house, None).await
    }

    async fn fill(&self, choices: &Choices) -> anyhow::Result<()> {
        let stopwatch = Stopwatch::now();
        println!(
            "Filling {} with an invented community …",
            choices.data_folder().display()
        );
        let now = MachineClock.now();
        let clock = Arc::new(StandingClock::at(now));
        let opening = Opening {
            choices,
            is_demo: true,
            clock: clock.clone(),
            chance: Chance::from_seed(self.seed),
        };
        let house = opening.house(&crate::slices()).await?;
        let options = demo::Options {
            scale: self.scale,
            seed: self.seed,
            now,
        };
        demo::fill(&house, &clock, &options, &mut |step| {
            println!("  {:>5.1} s  {step}", stopwatch.elapsed().as_secs_f32());
        })
        .await?;
        if self.matters > 0 {
            let matters = demo::multiply(&house, now, self.matters).await?;
            println!(
                "  {:>5.1} s  {matters} requests of last year",
                stopwatch.elapsed().as_secs_f32()
            );
        }
        if self.clocks > 0 {
            let clocks = demo::multiply_clocks(&house, self.clocks).await?;
            println!(
                "  {:>5.1} s  {clocks} clocks that run",
                stopwatch.elapsed().as_secs_f32()
            );
        }
        house.db().clone().close().await?;
        println!("Filled in {:.1} s.", stopwatch.elapsed().as_secs_f32());
        Ok(())
    }
}

fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    Ok(fs::read_dir(folder)?.next().is_none())
}

/// Removes what lies in a demo's folder; refuses to touch any other.
fn remove_demo(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() || is_empty(folder)? {
        return Ok(());
    }
    anyhow::ensure!(
        folder.join(MARK).exists(),
        "the folder {} is not a demo's; nothing was removed",
        folder.display()
    );
    fs::remove_dir_all(folder)
        .with_context(|| format!("the folder {} cannot be removed", folder.display()))
}
