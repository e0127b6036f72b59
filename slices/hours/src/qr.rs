//! The square that a telephone reads from a printed proof.

use std::fmt::Write;

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
    /// When they are longer than a code can hold.
    pub fn of(words: &str) -> Result<Self, fast_qr::qr::QRCodeError> {
        const QUIET: usize = 4;
        let code = fast_qr::QRBuilder::new(words)
            .ecl(fast_qr::ECL::Q)
            .build()?;
        let mut path = String::new();
        for row in 0..code.size {
            for column in (0..code.size).filter(|column| code[row][*column].value()) {
                // Writing into a String does not fail.
                let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
            }
        }
        Ok(Self {
            size: code.size + 2 * QUIET,
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_and_far_too_many_words_do_not() {
        let qr =
            Qr::of("https://linli.example.cn/certificates/ABCD-EFGH-JKMN-PQRS?in=jinjiangyuan");

        assert!(qr.is_ok_and(|qr| qr.path.starts_with("M4 4h1v1h-1z") && qr.size > 29));
        assert!(Qr::of(&"a".repeat(4_000)).is_err());
    }
}
