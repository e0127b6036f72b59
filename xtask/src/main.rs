//! `cargo xtask`: the commands that a person needs who builds, tries or changes Linli.
//!
//! Each command is a module of its own: [`demo`] shows the program, [`test`] proves it, [`bench`] times it,
//! [`tidy`] reads the sources.
//! Nothing here is part of the program; nothing of the program may depend on it.

mod bench;
mod checkout;
mod commands;
mod demo;
mod front_end;
mod postgres;
mod prerequisites;
mod python;
mod release;
mod report;
mod test;
mod tidy;

use std::process::ExitCode;

use checkout::Checkout;
use clap::{Parser, Subcommand};

/// Build, try and check Linli.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build Linli and serve the demo community on this machine.
    Demo(demo::Arguments),
    /// Run every check and every test, setting up what they need.
    Test(test::Arguments),
    /// Measure how quick Linli is, each figure beside what it should be.
    Bench(bench::Arguments),
    /// Read the sources for what no compiler sees: arrows, messages, licences, names.
    Tidy,
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let outcome = Checkout::here().and_then(|checkout| match command {
        Command::Demo(arguments) => demo::run(&checkout, &arguments),
        Command::Test(arguments) => test::run(&checkout, &arguments),
        Command::Bench(arguments) => bench::run(&checkout, &arguments),
        Command::Tidy => tidy::run(&checkout),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
