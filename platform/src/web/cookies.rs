//! Cookies, few and strict: HttpOnly, SameSite=Lax, and kept to HTTPS where people come by it.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie to be set.
#[derive(Clone, Debug)]
pub struct Cookie {
    /// Its name.
    pub name: &'static str,
    /// Its value: letters, digits, `-`, `_`, `.` and `~` only.
    pub value: String,
    /// For how long; zero removes it, `None` keeps it until the browser closes.
    pub seconds: Option<i64>,
}

impl Cookie {
    /// The header that sets it.
    pub fn header(&self, is_https: bool) -> HeaderValue {
        let mut line = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax",
            self.name, self.value
        );
        if let Some(seconds) = self.seconds {
            line.push_str("; Max-Age=");
            line.push_str(&seconds.to_string());
        }
        if is_https {
            line.push_str("; Secure");
        }
        HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
    }
}

/// The value of a cookie that was sent.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Bytes as hexadecimal digits, for cookies and links.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing into a String does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The bytes behind hexadecimal digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|start| u8::from_str_radix(&text[start..start + 2], 16).ok())
        .collect()
}
