//! Loads what a community already has: its map, its registers, its past requests. What a page
//! can load, a command can: both look the file through first and load all of it or nothing.

mod areas;
mod people;
mod requests;

use std::path::Path;

use anyhow::Context;
use clap::Subcommand;
use kernel::{Actor, Duty, DutyKind};
use platform::{Community, House, Locale, Message};

use crate::config::Choices;

/// What to load.
#[derive(Subcommand, Debug)]
pub enum Import {
    /// Loads outlines of grids, micro-grids or buildings from GeoJSON.
    Areas(areas::Areas),
    /// Loads a register of residents from XLSX, XLS, ODS or CSV.
    People(people::People),
    /// Loads requests of another system from a table, as a mapping file explains it.
    Requests(requests::Requests),
}

impl Import {
    pub(super) async fn run(self, choices: &Choices) -> anyhow::Result<()> {
        let house = super::open(choices, false).await?;
        let outcome = match self {
            Self::Areas(areas) => areas.run(&house).await,
            Self::People(people) => people.run(&house).await,
            Self::Requests(requests) => requests.run(&house).await,
        };
        house.db().clone().close().await?;
        outcome
    }
}

/// The operator at the machine acts without an account, as the record says, with the duties that
/// loading asks for: whoever can read the data folder needs no other leave.
fn operator(community: &Community) -> Actor {
    let duties = [DutyKind::Administrator, DutyKind::Staff]
        .map(|kind| Duty {
            kind,
            area: None,
            handler: None,
        })
        .to_vec();
    Actor {
        duties,
        ..Actor::visitor(community.id)
    }
}

fn read_text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn read_bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn name_of(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn say(house: &House, message: &Message) -> String {
    house.locales().say(Locale::En, message)
}
