//! What the operator decides: flags win over the environment, the environment over the file.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use jiff::tz::TimeZone;
use platform::config::MailConfig;
use platform::db::Address;
use serde::Deserialize;

/// The commented file that `linli config` prints.
pub const EXAMPLE: &str = include_str!("linli.example.toml");

/// Choices that can be made by flag, by environment and in the file.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub struct Choices {
    /// The folder in which the data and the key lie.
    #[arg(long, env = "LINLI_DATA", global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL address; without it, SQLite in the data folder.
    #[arg(
        long,
        env = "DATABASE_URL",
        global = true,
        hide_env_values = true,
        value_name = "URL"
    )]
    pub database_url: Option<String>,
    /// How people reach this program, for links in mail: `https://linli.example.cn`.
    #[arg(long, env = "LINLI_BASE_URL", global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// The time zone in which people here live.
    #[arg(long, env = "LINLI_ZONE", global = true, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Where mail goes out: `smtps://user:password@mail.example.cn`.
    #[arg(
        long,
        env = "LINLI_MAIL_URL",
        global = true,
        hide_env_values = true,
        value_name = "URL"
    )]
    pub mail_url: Option<String>,
    /// The sender of mail.
    #[arg(long, env = "LINLI_MAIL_FROM", global = true, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Tiles under the map: `https://tiles.example.cn/{z}/{x}/{y}.png`.
    #[arg(long, env = "LINLI_TILES", global = true, value_name = "URL")]
    pub tiles: Option<String>,
    /// Runs behind a proxy on this machine that sets X-Forwarded-For.
    #[arg(long, env = "LINLI_BEHIND_PROXY", global = true)]
    #[serde(default)]
    pub behind_proxy: bool,
}

impl Choices {
    /// These choices, and those of the file where these are silent.
    ///
    /// # Errors
    /// When the file was named and cannot be read, or says something we do not know.
    pub fn or_file(self, file: Option<&Path>) -> anyhow::Result<Self> {
        let Some(file) = file else {
            return Ok(self);
        };
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("the file {} cannot be read", file.display()))?;
        let theirs: Self =
            toml::from_str(&text).with_context(|| format!("in the file {}", file.display()))?;
        Ok(Self {
            data: self.data.or(theirs.data),
            database_url: self.database_url.or(theirs.database_url),
            base_url: self.base_url.or(theirs.base_url),
            zone: self.zone.or(theirs.zone),
            mail_url: self.mail_url.or(theirs.mail_url),
            mail_from: self.mail_from.or(theirs.mail_from),
            tiles: self.tiles.or(theirs.tiles),
            behind_proxy: self.behind_proxy || theirs.behind_proxy,
        })
    }

    /// The folder of the data.
    pub fn data_folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from("data"))
    }

    /// Where the database is.
    pub fn address(&self) -> Address {
        self.database_url.clone().map_or_else(
            || Address::Sqlite(self.data_folder().join("linli.db")),
            Address::Postgres,
        )
    }

    /// The choices as the house takes them.
    ///
    /// # Errors
    /// When the time zone is unknown, or mail is half configured.
    pub fn config(&self, is_demo: bool) -> anyhow::Result<platform::Config> {
        let zone = self.zone.as_deref().unwrap_or("Asia/Shanghai");
        let mail = match (&self.mail_url, &self.mail_from) {
            (Some(url), Some(from)) => Some(MailConfig {
                url: url.clone(),
                from: from.clone(),
            }),
            (None, None) => None,
            _ => anyhow::bail!("mail needs both an address of the post office and a sender"),
        };
        Ok(platform::Config {
            data: self.data_folder(),
            base_url: self
                .base_url
                .clone()
                .unwrap_or_else(|| "http://127.0.0.1:8080".into()),
            zone: TimeZone::get(zone).with_context(|| format!("the time zone {zone}"))?,
            mail,
            tiles: self.tiles.clone(),
            is_demo,
            is_behind_proxy: self.behind_proxy,
            is_under_test: false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_is_one_that_we_can_read() {
        let all_set: Vec<&str> = EXAMPLE
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|rest| rest.contains(" = "))
                    .unwrap_or(line)
            })
            .collect();
        let all_set = all_set.join("\n");

        let choices: Choices = toml::from_str(&all_set).unwrap();

        assert_eq!(choices.zone.as_deref(), Some("Asia/Shanghai"));
        assert!(choices.config(false).is_ok());
    }

    #[test]
    fn flags_win_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("linli.toml");
        std::fs::write(&file, "zone = \"Asia/Urumqi\"\ndata = \"/srv/linli\"\n").unwrap();
        let flags = Choices {
            zone: Some("Asia/Shanghai".into()),
            ..Choices::default()
        };

        let choices = flags.or_file(Some(&file)).unwrap();

        assert_eq!(choices.zone.as_deref(), Some("Asia/Shanghai"));
        assert_eq!(choices.data_folder(), PathBuf::from("/srv/linli"));
    }
}
