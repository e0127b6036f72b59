//! Passwords: Argon2id with the parameters of RFC 9106's second recommendation scaled to a small
//! machine (19 MiB, two passes, OWASP 2024). Few at once: each takes memory and a core.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::Chance;
use crate::locale::Message;

/// The fewest letters of a password (NIST SP 800-63B asks for eight; we count characters).
pub const LETTERS_MIN: usize = 8;
/// The most: a password is hashed, not stored, but hashing a novel takes time.
pub const LETTERS_MAX: usize = 200;

/// The commonest of those that are long enough, as published lists of leaked passwords have them.
const COMMONEST: &str = include_str!("commonest_passwords.txt");

/// Judges a new password: its length, and that it is not the first that anybody would try. Of
/// what letters it is made is its owner's business (NIST SP 800-63B, 5.1.1.2).
///
/// # Errors
/// What to do about it.
pub fn judge(password: &str, sign_in_name: &str) -> Result<(), Message> {
    let letters = password.chars().count();
    let small = password.to_lowercase();
    if letters < LETTERS_MIN {
        Err(Message::of("door-password-too-short").with("n", LETTERS_MIN))
    } else if letters > LETTERS_MAX {
        Err(Message::of("door-password-too-long").with("n", LETTERS_MAX))
    } else if small == sign_in_name.to_lowercase() {
        Err(Message::of("door-password-is-name"))
    } else if COMMONEST.lines().any(|common| common == small) {
        Err(Message::of("door-password-too-common"))
    } else {
        Ok(())
    }
}

static HASHING: Semaphore = Semaphore::const_new(2);

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Hashes a password.
pub async fn hash(password: String, chance: &Chance) -> anyhow::Result<String> {
    let salt: [u8; 16] = chance.bytes();
    let _turn = HASHING.acquire().await?;
    tokio::task::spawn_blocking(move || {
        argon2()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| anyhow::anyhow!("hashing failed: {error}"))
    })
    .await?
}

/// Whether a password is the one that was hashed. Takes as long when there is no such account.
pub async fn is_right(password: String, hash: Option<String>) -> anyhow::Result<bool> {
    /// Of nobody's password, for taking the time.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let _turn = HASHING.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let Ok(parsed) = PasswordHash::new(&hash) else {
            return false;
        };
        argon2()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
            && is_known
    })
    .await
    .map_err(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_judged_by_length_and_commonness_only() {
        let refused = |password: &str| judge(password, "wangxiuying").err().map(|said| said.id());

        assert_eq!(refused("一二三四五六七"), Some("door-password-too-short"));
        assert_eq!(refused(&"长".repeat(201)), Some("door-password-too-long"));
        assert_eq!(refused("WangXiuYing"), Some("door-password-is-name"));
        assert_eq!(refused("PassWord123"), Some("door-password-too-common"));
        assert_eq!(refused("今天是个好天气"), Some("door-password-too-short"));
        assert_eq!(refused("今天真是个好天气"), None);
        assert_eq!(refused("correct horse"), None);
    }

    #[tokio::test]
    async fn only_the_right_password_of_somebody_opens() {
        let hash = hash("correct horse".into(), &Chance::from_seed(1))
            .await
            .unwrap();

        assert!(
            is_right("correct horse".into(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(!is_right("wrong horse".into(), Some(hash)).await.unwrap());
        assert!(!is_right("correct horse".into(), None).await.unwrap());
    }
}
