//! The first administrator: somebody must be able to sign in before anybody can be invited.

use clap::Args;
use platform::community::Found;
use platform::door;

use crate::config::Choices;

/// Founds a community if there is none, and makes its first administrator.
#[derive(Args, Debug)]
pub struct Person {
    /// What the administrator types to sign in.
    #[arg(long, value_name = "NAME")]
    sign_in_name: String,
    /// What others read.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What people call the community: 锦江苑社区.
    #[arg(long, value_name = "NAME")]
    community: String,
    /// The community's word in addresses: small letters and digits.
    #[arg(long, value_name = "WORD", value_parser = slug)]
    slug: String,
    /// It is the office over several communities.
    #[arg(long)]
    district: bool,
}

fn slug(word: &str) -> Result<String, String> {
    let is_plain = (1..=40).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_plain {
        Ok(word.to_owned())
    } else {
        Err("1 to 40 small letters, digits and hyphens".into())
    }
}

impl Person {
    pub(super) async fn run(self, choices: &Choices) -> anyhow::Result<()> {
        let house = super::open(choices, false).await?;
        let all = house.communities().all(&house).await?;
        let known = all.iter().find(|community| community.slug == self.slug);
        let community = if let Some(known) = known {
            known.id
        } else {
            let found = Found {
                is_district: self.district,
                slug: self.slug.clone(),
                name: self.community.clone(),
                district: None,
            };
            platform::community::found(&house, &found).await?
        };
        let link =
            door::first_administrator(&house, community, &self.sign_in_name, &self.name).await?;
        println!("{} may set a password within seven days at", self.name);
        println!("  {}", link.url);
        house.db().clone().close().await?;
        Ok(())
    }
}
