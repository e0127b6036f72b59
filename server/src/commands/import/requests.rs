//! `linli import requests`: requests of another system.

use std::path::PathBuf;

use ::requests::import;
use clap::Args;
use platform::House;

use super::{name_of, operator, read_bytes, read_text, say};
use crate::commands::community;

/// Loads requests of another system from a table, as a mapping file explains it.
#[derive(Args, Debug)]
pub struct Requests {
    /// The table: CSV, XLSX, XLS or ODS.
    file: PathBuf,
    /// What its columns mean; see docs/examples/boston-311.toml.
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
    /// The community's word in addresses, when there are several.
    #[arg(long, value_name = "WORD")]
    community: Option<String>,
}

impl Requests {
    pub(super) async fn run(self, house: &House) -> anyhow::Result<()> {
        let community = community(house, self.community.as_deref()).await?;
        let bytes = read_bytes(&self.file)?;
        let mapping = read_text(&self.mapping)?;
        let actor = operator(&community);
        match import(house, &actor, &name_of(&self.file), &bytes, &mapping).await {
            Ok(loaded) => {
                println!(
                    "{}: {} requests were loaded, {} were here before.",
                    community.slug, loaded.loaded, loaded.known
                );
                Ok(())
            }
            Err(refusal) => anyhow::bail!("{}", say(house, &refusal.message())),
        }
    }
}
