//! Keeps what must not lie open in the database: telephone numbers, one-time-code secrets. One
//! key of 32 bytes lies beside the data; from it a key for each purpose is derived.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::Chance;

/// The keeper of one key.
pub struct Vault {
    key: [u8; 32],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

/// What was kept cannot be opened: another key, or changed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be opened with this key")]
pub struct Locked;

impl Vault {
    /// A vault with this key.
    pub const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Locks words away for a purpose: 12 bytes of nonce, then ChaCha20-Poly1305 (RFC 8439).
    pub fn lock(&self, purpose: &str, words: &str, chance: &Chance) -> Vec<u8> {
        let nonce: [u8; 12] = chance.bytes();
        let payload = Payload {
            msg: words.as_bytes(),
            aad: purpose.as_bytes(),
        };
        let locked = self
            .cipher(purpose)
            .encrypt(&Nonce::from(nonce), payload)
            .expect("words are far shorter than the cipher's limit of 256 GiB");
        [nonce.as_slice(), &locked].concat()
    }

    /// Opens what was locked for the same purpose.
    ///
    /// # Errors
    /// [`Locked`] when the key is another or the bytes were changed.
    pub fn open(&self, purpose: &str, locked: &[u8]) -> Result<String, Locked> {
        let (nonce, locked) = locked.split_at_checked(12).ok_or(Locked)?;
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| Locked)?;
        let payload = Payload {
            msg: locked,
            aad: purpose.as_bytes(),
        };
        let words = self
            .cipher(purpose)
            .decrypt(&Nonce::from(nonce), payload)
            .map_err(|_| Locked)?;
        String::from_utf8(words).map_err(|_| Locked)
    }

    /// A keyed fingerprint: finds equal words again without storing them (HMAC-SHA-256).
    pub fn fingerprint(&self, purpose: &str, words: &[u8]) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.derived(purpose))
            .expect("HMAC takes a key of any length");
        mac.update(words);
        mac.finalize().into_bytes().to_vec()
    }

    fn cipher(&self, purpose: &str) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(self.derived(purpose)))
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(self.key);
        sha.update(purpose.as_bytes());
        sha.finalize().into()
    }
}

/// SHA-256 of a random token: what the database keeps of a session or a link.
pub fn token_hash(token: &[u8]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// Compares without telling by its time where the difference is.
pub fn is_same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .fold(0, |differences, (a, b)| differences | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_locked_opens_with_the_same_key_and_purpose_only() {
        let chance = Chance::from_seed(1);
        let vault = Vault::new([7; 32]);

        let locked = vault.lock("phone", "13800001234", &chance);

        assert_eq!(vault.open("phone", &locked).as_deref(), Ok("13800001234"));
        assert_eq!(vault.open("email", &locked), Err(Locked));
        assert_eq!(Vault::new([8; 32]).open("phone", &locked), Err(Locked));
        assert_eq!(vault.open("phone", &locked[..5]), Err(Locked));
    }

    #[test]
    fn equal_numbers_have_equal_fingerprints_under_one_key() {
        let vault = Vault::new([7; 32]);

        assert_eq!(
            vault.fingerprint("phone", b"138"),
            vault.fingerprint("phone", b"138")
        );
        assert_ne!(
            vault.fingerprint("phone", b"138"),
            Vault::new([8; 32]).fingerprint("phone", b"138")
        );
    }
}
