//! The command line: one file for each command.

mod backup;
mod demo;
mod doctor;
mod export;
mod import;
mod person;
mod reckon;
mod serve;
mod show;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand};
use platform::{Chance, Community, House, MachineClock};

use crate::config::Choices;
use crate::open::Opening;

pub use show::policy_matrix;

/// Linli 邻里: the program with which a neighbourhood governs itself together.
#[derive(Parser, Debug)]
#[command(name = "linli", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// A file with choices; `linli config` prints one with comments.
    #[arg(long, env = "LINLI_CONFIG", global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    choices: Choices,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Opens the doors: serves the pages and the API.
    Serve(serve::Serve),
    /// Fills a new data folder with an invented community and serves it.
    Demo(demo::Demo),
    /// Brings the schema up to date and says what was done.
    Migrate,
    /// Loads a community's own map, registers and past requests.
    #[command(subcommand)]
    Import(import::Import),
    /// Writes everything a community has as JSON lines, a file for each table.
    Export(export::Export),
    /// Writes a consistent copy of a running system.
    Backup(backup::Backup),
    /// Puts a copy back into an empty data folder and checks it.
    Restore(backup::Restore),
    /// Looks for trouble and says what to do about it.
    Doctor,
    /// Recomputes the chain of the record and says how far it reaches.
    Verify,
    /// Reads all clocks anew: after a change of the machine's time zone, or to be sure.
    Reckon,
    /// Founds a community if there is none, and makes its first administrator.
    Person(person::Person),
    /// Prints who may do what.
    Policy,
    /// Prints what programs can ask of it, in OpenAPI 3.1.
    Openapi,
    /// Prints a file of choices, with comments.
    Config,
}

/// Does what the command line says.
///
/// # Errors
/// One sentence on what went wrong; nothing half done stays behind.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    let choices = cli.choices.or_file(cli.config.as_deref())?;
    match cli.command {
        Command::Config => {
            print!("{}", crate::config::EXAMPLE);
            Ok(())
        }
        Command::Policy => {
            show::policy();
            Ok(())
        }
        Command::Openapi => show::openapi(),
        command => tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?
            .block_on(run_with_house(command, choices)),
    }
}

async fn run_with_house(command: Command, choices: Choices) -> anyhow::Result<()> {
    match command {
        Command::Serve(serve) => serve.run(&choices).await,
        Command::Demo(demo) => demo.run(choices).await,
        Command::Migrate => show::migrate(&choices).await,
        Command::Import(import) => import.run(&choices).await,
        Command::Export(export) => export.run(&choices).await,
        Command::Backup(backup) => backup.run(&choices).await,
        Command::Restore(restore) => restore.run(&choices).await,
        Command::Doctor => doctor::run(&choices).await,
        Command::Verify => show::verify(&choices).await,
        Command::Reckon => reckon::run(&choices).await,
        Command::Person(person) => person.run(&choices).await,
        Command::Policy | Command::Openapi | Command::Config => Ok(()),
    }
}

/// The house of the choices, with the machine's clock and randomness.
async fn open(choices: &Choices, is_demo: bool) -> anyhow::Result<House> {
    let opening = Opening {
        choices,
        is_demo,
        clock: Arc::new(MachineClock),
        chance: Chance::from_machine()?,
    };
    opening.house(&crate::slices()).await
}

/// The community that is meant: the named one, or the only one.
async fn community(house: &House, slug: Option<&str>) -> anyhow::Result<Arc<Community>> {
    let all = house.communities().all(house).await?;
    let mut meant = all
        .iter()
        .filter(|community| slug.map_or(!community.is_district, |slug| community.slug == slug));
    let first = meant.next().cloned().context(match slug {
        Some(slug) => format!("there is no community {slug}"),
        None => "there is no community yet: `linli person` founds one".to_owned(),
    })?;
    anyhow::ensure!(
        meant.next().is_none(),
        "there are several communities: name one with --community"
    );
    Ok(first)
}
