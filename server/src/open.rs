//! Opens the house: the folder, the key, the database, the rooms.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use platform::db::Db;
use platform::vault::Vault;
use platform::web::{Asset, Assets};
use platform::{Chance, Clock, House, HouseBuilder, Slice};

use crate::config::Choices;

/// The built front end.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// How a house is to be opened.
pub struct Opening<'a> {
    /// The operator's choices.
    pub choices: &'a Choices,
    /// Whether it is a demo.
    pub is_demo: bool,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub chance: Chance,
}

impl Opening<'_> {
    /// Opens it, making folder, key and schema where they are missing.
    ///
    /// # Errors
    /// When the folder cannot be written, the key is unreadable, or the database refuses.
    pub async fn house(self, slices: &[Slice]) -> anyhow::Result<House> {
        let folder = self.choices.data_folder();
        fs::create_dir_all(&folder)
            .with_context(|| format!("the data folder {} cannot be made", folder.display()))?;
        let key = key(&folder, &self.chance)?;
        let db = Db::open(&self.choices.address())
            .await
            .context("the database does not open")?;
        HouseBuilder {
            db,
            config: self.choices.config(self.is_demo)?,
            clock: self.clock,
            chance: self.chance,
            vault: Vault::new(key),
            assets: Assets(ASSETS),
        }
        .build(slices)
        .await
    }
}

/// The name of the key's file in the data folder.
pub const KEY_FILE: &str = "linli.key";

/// The key beside the data; made on the first start, readable by its owner only.
fn key(folder: &Path, chance: &Chance) -> anyhow::Result<[u8; 32]> {
    let file = folder.join(KEY_FILE);
    if file.exists() {
        let bytes = fs::read(&file).with_context(|| format!("the key {}", file.display()))?;
        return bytes
            .try_into()
            .map_err(|_| anyhow::anyhow!("the key {} does not have 32 bytes", file.display()));
    }
    let key: [u8; 32] = chance.bytes();
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options
        .open(&file)
        .with_context(|| format!("the key {}", file.display()))?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}
