//! What an operator decides. Read once at start, by the server, from flags, environment and file.

use std::path::PathBuf;

use jiff::tz::TimeZone;

/// The operator's choices.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder in which the data and the key lie.
    pub data: PathBuf,
    /// How people reach this program: `https://linli.example.cn`. Links in mail begin with it.
    pub base_url: String,
    /// The time zone in which people here live.
    pub zone: TimeZone,
    /// Where mail goes out; without it, alerts stay in the program.
    pub mail: Option<MailConfig>,
    /// Tiles under the map, `https://…/{z}/{x}/{y}.png`; without them the map draws our own.
    pub tiles: Option<String>,
    /// A demo: everybody may sign in with one click. Never for a real community.
    pub is_demo: bool,
    /// The program runs behind a proxy on this machine that sets `X-Forwarded-For`.
    pub is_behind_proxy: bool,
    /// Answers tell how many statements they took, and the mirrored test language is offered.
    /// Two of them on one machine may also be each other's platform.
    pub is_under_test: bool,
}

/// Where mail goes out.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// `smtp://127.0.0.1:2525` or `smtps://user:password@mail.example.cn`.
    pub url: String,
    /// The sender's address.
    pub from: String,
}

impl Config {
    /// Whether people come by HTTPS, so that cookies can be kept to it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}
