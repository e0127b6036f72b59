//! The program as communities get it: the front end inside, built for speed. What the demo shows and the benchmark
//! measures.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;

use crate::checkout::Checkout;
use crate::commands::{output_of, show};
use crate::front_end::{self, Work};
use crate::prerequisites::NODE;
use crate::report::in_words;

/// Builds what is not built, telling of each step, and gives the path of the program.
pub fn build(checkout: &Checkout) -> Result<PathBuf> {
    step("1/4 Looking for the tools", || {
        NODE.demand()?;
        let cargo = output_of(&mut checkout.cargo(&["--version"]))?;
        let node = output_of(checkout.command("node").arg("--version"))?;
        Ok(format!("{}, node {}", cargo.trim(), node.trim()))
    })?;
    step("2/4 Installing the front end's packages", || {
        front_end::install(checkout, "web").map(in_plain_words)
    })?;
    step("3/4 Building the front end", || {
        front_end::build(checkout).map(in_plain_words)
    })?;
    step(
        "4/4 Building the program (the first time takes some minutes)",
        || {
            show(&mut checkout.cargo(&["build", "--release", "--package", "server"]))?;
            Ok("done".to_owned())
        },
    )?;
    Ok(checkout.target().join("release/linli"))
}

fn step(name: &str, work: impl FnOnce() -> Result<String>) -> Result<()> {
    println!("{name} …");
    let began = Instant::now();
    let outcome = work()?;
    println!("    {outcome} ({})", in_words(began.elapsed()));
    Ok(())
}

fn in_plain_words(work: Work) -> String {
    match work {
        Work::Done => "done".to_owned(),
        Work::UpToDate => "nothing changed since last time".to_owned(),
    }
}
