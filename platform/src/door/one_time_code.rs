//! One-time codes (TOTP, RFC 6238): six digits of SHA-1 every thirty seconds, one step early or
//! late, because that is what every authenticator on a telephone knows.

use std::fmt::Write;

use kernel::Instant;
use totp_rs::{Builder, Secret, Totp};

use crate::Chance;

/// Why the vault keeps it.
const PURPOSE: &str = "totp";

/// The secret that a telephone and we share: 160 bits, as RFC 4226 (section 4) advises.
pub(super) struct CodeSecret(Secret);

impl CodeSecret {
    /// A new one.
    pub(super) fn new(chance: &Chance) -> Self {
        Self(Secret::from(chance.bytes::<20>()))
    }

    /// As it was written by [`Self::base32`].
    pub(super) fn from_base32(text: &str) -> Option<Self> {
        Secret::try_from_base32(text).ok().map(Self)
    }

    /// For keeping.
    pub(super) fn base32(&self) -> String {
        self.0.to_base32()
    }

    /// In groups of four, for typing it into a telephone that cannot see the picture.
    pub(super) fn groups(&self) -> String {
        let letters: Vec<char> = self.base32().chars().collect();
        letters
            .chunks(4)
            .map(String::from_iter)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Locked away for the table.
    pub(super) fn locked(&self, house: &crate::House) -> Vec<u8> {
        house.vault().lock(PURPOSE, &self.base32(), house.chance())
    }

    /// What was locked away.
    pub(super) fn open(house: &crate::House, locked: &[u8]) -> Option<Self> {
        house
            .vault()
            .open(PURPOSE, locked)
            .ok()
            .as_deref()
            .and_then(Self::from_base32)
    }

    /// What a telephone reads: `otpauth://totp/…`.
    pub(super) fn uri(&self, community: &str, account: &str) -> anyhow::Result<String> {
        // The colon divides the two in the address, so neither may hold one.
        let plain = |words: &str| words.replace(':', " ");
        let totp = Builder::new()
            .with_secret(self.0.clone())
            .with_issuer(Some(plain(community)))
            .with_account_name(plain(account))
            .build()?;
        Ok(totp.to_url()?)
    }

    /// The step at which a code is right, if it is; spaces in it do not matter.
    pub(super) fn step_of(&self, code: &str, now: Instant) -> Option<i64> {
        let digits: String = code
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        let seconds = u64::try_from(now.0 / 1_000_000).ok()?;
        let step = self.totp().check(&digits, seconds)?;
        i64::try_from(step).ok()
    }

    fn totp(&self) -> Totp {
        Builder::new()
            .with_secret(self.0.clone())
            .build_noncompliant()
    }
}

/// A QR code: how many modules wide and high, and the dark ones as an SVG path.
#[derive(Clone, Debug)]
pub struct Qr {
    /// With the quiet zone of four modules that the standard (ISO/IEC 18004) asks for.
    pub size: usize,
    /// For the `d` of a `<path>`.
    pub path: String,
}

impl Qr {
    /// The picture of some words.
    ///
    /// # Errors
    /// When they are too long for one.
    pub fn of(words: &str) -> anyhow::Result<Self> {
        const QUIET: usize = 4;
        let code = fast_qr::QRBuilder::new(words)
            .ecl(fast_qr::ECL::M)
            .build()?;
        let dark = (0..code.size)
            .flat_map(|row| (0..code.size).map(move |column| (row, column)))
            .filter(|(row, column)| code[*row][*column].value());
        let path = dark.fold(String::new(), |mut path, (row, column)| {
            // Writing into a String does not fail.
            let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
            path
        });
        Ok(Self {
            size: code.size + 2 * QUIET,
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    fn secret() -> CodeSecret {
        CodeSecret(Secret::from(*b"12345678901234567890"))
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // Appendix B has eight digits for second 59: 94287082; ours are the last six.
        let at = Instant(59_000_000);

        assert_eq!(secret().step_of("287 082", at), Some(1));
        assert_eq!(secret().step_of("287082", at.plus_seconds(30)), Some(1));
        assert_eq!(secret().step_of("287082", at.plus_seconds(90)), None);
        assert_eq!(secret().step_of("287083", at), None);
        assert_eq!(secret().step_of("", at), None);
    }

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let read = CodeSecret::from_base32(&secret().base32()).unwrap();

        assert_eq!(read.groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let uri = read.uri("锦江苑社区", "wang").unwrap();
        assert!(
            uri.starts_with("otpauth://totp/") && uri.contains("GEZDGNBVGY3TQOJQ"),
            "{uri}"
        );
    }

    #[test]
    fn the_picture_has_a_quiet_zone_and_three_finders() {
        let qr = Qr::of("otpauth://totp/a").unwrap();

        assert!(qr.path.starts_with("M4 4h1v1h-1z"), "{}", &qr.path[..20]);
        assert!(qr.size >= 21 + 8);
    }
}
