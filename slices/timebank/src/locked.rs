//! The words of the time bank as they lie in the vault: those of a help in one sealed text, the
//! reason of a proposal in another. What cannot be opened, or was erased, reads as empty.

use platform::db::StoreError;
use platform::vault::Vault;
use platform::{Chance, Tx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The purpose under which all words of this room are locked.
const WORDS: &str = "timebank.words";

/// What is said about a help, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// Where to come to.
    pub place: String,
    /// What exactly is wished for; may be empty.
    pub wish: String,
    /// The receiver's telephone in canonical digits; may be empty.
    pub phone: String,
    /// The giver's telephone, if they let the receiver have it.
    pub giver_phone: String,
    /// What the receiver said when a coordinator called them back.
    pub call_back: String,
    /// What is not right about the minutes.
    pub complaint: String,
    /// How that was settled.
    pub settlement: String,
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

/// Opens words that are about to be locked anew with others in them; none are empty.
///
/// # Errors
/// When words lie there and cannot be opened: locking over them would lose them for good.
pub fn open_to_change(vault: &Vault, locked: Option<&[u8]>) -> Result<Words, StoreError> {
    if locked.is_none() {
        return Ok(Words::default());
    }
    open(vault, locked)
        .ok_or_else(|| StoreError::Unreadable("timebank words do not open".to_owned()))
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
        let words = Words {
            place: "3栋2单元501".to_owned(),
            ..Words::default()
        };

        let locked = lock_with(&vault, &chance, &words);

        assert!(!String::from_utf8_lossy(&locked).contains("501"));
        assert_eq!(open(&vault, Some(&locked)), Some(words));
        assert_eq!(open::<Words>(&Vault::new([8; 32]), Some(&locked)), None);
        assert!(open_to_change(&Vault::new([8; 32]), Some(&locked)).is_err());
        assert_eq!(open_to_change(&vault, None).ok(), Some(Words::default()));
    }
}
