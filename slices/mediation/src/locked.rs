//! The words of a mediation as they lie in the vault: one sealed text for the matter, one for each
//! paper. What cannot be opened, or was erased, reads as empty.

use platform::db::StoreError;
use platform::vault::Vault;
use platform::{Chance, Tx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::model::Side;

/// The purpose under which all words of this room are locked.
const WORDS: &str = "mediation.words";

/// A party, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// What they are called.
    pub name: String,
    /// Their telephone in canonical digits; may be empty.
    pub phone: String,
}

/// What a mediation is about, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Matter {
    /// What happened, and what is wished for.
    pub about: String,
    /// Who applied, or was written down first.
    pub a: Party,
    /// The other party.
    pub b: Party,
    /// A mediator's tie to a party, as it was declared; empty when there is none.
    pub tie: String,
    /// Somebody from outside who was invited; empty when nobody was.
    pub outsider: String,
    /// The court and its number for the confirmation; empty before.
    pub court: String,
}

impl Matter {
    /// One of the parties.
    pub const fn party(&self, side: Side) -> &Party {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

/// What stands on a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Script {
    /// A session: who was there, and what was said.
    Session {
        /// Who was there.
        present: String,
        /// What was said.
        notes: String,
    },
    /// An agreement.
    Agreement {
        /// The facts, as both see them.
        facts: String,
        /// What each will do.
        terms: String,
        /// How and by when.
        limits: String,
    },
    /// A visit: how the agreement is being kept.
    Visit {
        /// What was found.
        notes: String,
    },
}

/// Locks words away.
pub fn lock<T: Serialize>(tx: &Tx, words: &T) -> Vec<u8> {
    let house = tx.house();
    lock_with(house.vault(), house.chance(), words)
}

fn lock_with<T: Serialize>(vault: &Vault, chance: &Chance, words: &T) -> Vec<u8> {
    let text = serde_json::to_string(words).expect("words are strings, which JSON can say");
    vault.lock(WORDS, &text, chance)
}

/// Opens a matter that is about to be locked anew with other words in it; one without words is empty.
///
/// # Errors
/// When words lie there and cannot be opened: locking over them would lose them for good.
pub fn open_to_change(vault: &Vault, locked: Option<&[u8]>) -> Result<Matter, StoreError> {
    if locked.is_none() {
        return Ok(Matter::default());
    }
    open(vault, locked)
        .ok_or_else(|| StoreError::Unreadable("mediation.words_locked does not open".to_owned()))
}

/// Opens what was locked; `None` when it was erased or the key is another.
pub fn open<T: DeserializeOwned>(vault: &Vault, locked: Option<&[u8]>) -> Option<T> {
    let text = vault.open(WORDS, locked?).ok()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_words_show_nothing_and_open_again() {
        let (vault, chance) = (Vault::new([7; 32]), Chance::from_seed(1));
        let matter = Matter {
            about: "楼上漏水".to_owned(),
            ..Matter::default()
        };

        let locked = lock_with(&vault, &chance, &matter);

        assert!(!String::from_utf8_lossy(&locked).contains("漏水"));
        assert_eq!(open(&vault, Some(&locked)), Some(matter));
        assert_eq!(open::<Matter>(&Vault::new([8; 32]), Some(&locked)), None);
        assert_eq!(open::<Matter>(&vault, None), None);
        assert!(open_to_change(&Vault::new([8; 32]), Some(&locked)).is_err());
        assert_eq!(open_to_change(&vault, None).ok(), Some(Matter::default()));
    }
}
