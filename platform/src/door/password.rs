//! Passwords: Argon2id with the parameters of RFC 9106's second recommendation scaled to a small
//! machine (19 MiB, two passes, OWASP 2024). Few at once: each takes memory and a core.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::Chance;

/// The fewest letters of a password (NIST SP 800-63B asks for eight; we count characters).
pub const LETTERS_MIN: usize = 8;
/// The most: a password is hashed, not stored, but hashing a novel takes time.
pub const LETTERS_MAX: usize = 200;

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
        argon2().verify_password(password.as_bytes(), &parsed).is_ok() && is_known
    })
    .await
    .map_err(Into::into)
}
