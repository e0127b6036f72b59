//! `linli import people`: a register of residents.

use std::path::PathBuf;

use ::people::import::{Decision, FileError, LoadError, load};
use clap::{Args, ValueEnum};
use platform::House;

use super::{name_of, operator, read_bytes, say};
use crate::commands::community;

/// Loads a register of residents from XLSX, XLS, ODS or CSV.
#[derive(Args, Debug)]
pub struct People {
    /// The file.
    file: PathBuf,
    /// Rows that look like somebody in the register and are not surely them; without it, such a
    /// file is not loaded: decide row by row on the page.
    #[arg(long, value_enum)]
    unclear: Option<Unclear>,
    /// The community's word in addresses, when there are several.
    #[arg(long, value_name = "WORD")]
    community: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Unclear {
    /// They are the person they look like.
    Same,
    /// They are somebody else.
    Another,
}

impl People {
    pub(super) async fn run(self, house: &House) -> anyhow::Result<()> {
        let community = community(house, self.community.as_deref()).await?;
        let bytes = read_bytes(&self.file)?;
        let unclear = self.unclear.map(|unclear| match unclear {
            Unclear::Same => Decision::Same,
            Unclear::Another => Decision::Another,
        });
        let name = name_of(&self.file);
        match load(house, &operator(&community), &name, &bytes, unclear).await {
            Ok(import) => {
                println!(
                    "{}: {} residents were entered, {} corrected. It can be taken back for a day.",
                    community.slug, import.entered, import.corrected
                );
                Ok(())
            }
            Err(LoadError::NotReady(plan))
                if plan.faults.is_empty() && plan.unclear().next().is_none() =>
            {
                println!(
                    "{}: the register holds all of this already; nothing was changed.",
                    community.slug
                );
                Ok(())
            }
            Err(LoadError::NotReady(plan)) => {
                for fault in plan.faults.iter().take(50) {
                    println!("  FAULT  {}", say(house, &fault.message()));
                }
                anyhow::bail!(
                    "nothing was loaded: {} rows to put right, {} to decide",
                    plan.faults.len(),
                    plan.unclear().count()
                )
            }
            Err(LoadError::File(FileError::Refused(columns))) => {
                for column in &columns {
                    println!("  REFUSED  the column {}", column.header);
                }
                anyhow::bail!("nothing was loaded: delete the columns above from the file first")
            }
            Err(other) => Err(other.into()),
        }
    }
}
