//! How one likes to read: a cookie, and nothing in the record.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::with_cookie;
use crate::locale::Locale;
use crate::web::{Cookie, DISPLAY_COOKIE, Display, Size, Theme, local};
use crate::{Posted, Refusal, Visit};

/// Seconds of a year.
const YEAR: i64 = 365 * 86_400;

#[derive(Debug, Deserialize)]
pub(super) struct RawDisplay {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    size: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    next: String,
}

/// What was not sent, or is not known, stays as it was.
fn changed(before: Display, raw: &RawDisplay, is_under_test: bool) -> Display {
    Display {
        locale: Locale::from_tag(&raw.lang)
            .filter(|locale| is_under_test || Locale::OFFERED.contains(locale))
            .unwrap_or(before.locale),
        size: match raw.size.as_str() {
            "normal" => Size::Normal,
            "large" => Size::Large,
            _ => before.size,
        },
        theme: match raw.theme.as_str() {
            "auto" => Theme::Auto,
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => before.theme,
        },
    }
}

pub(super) async fn set(
    visit: Visit,
    Posted(raw): Posted<RawDisplay>,
) -> Result<Response, Refusal> {
    let display = changed(visit.display(), &raw, visit.house().config().is_under_test);
    let cookie = Cookie {
        name: DISPLAY_COOKIE,
        value: display.cookie_value(),
        seconds: Some(YEAR),
    };
    Ok(with_cookie(
        &visit,
        Redirect::to(&local(&raw.next)).into_response(),
        &cookie,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_chosen_changes() {
        let before = Display {
            locale: Locale::ZhCn,
            theme: Theme::Dark,
            size: Size::Normal,
        };
        let raw = RawDisplay {
            lang: "ar-XB".into(),
            size: "large".into(),
            theme: String::new(),
            next: String::new(),
        };

        let after = changed(before, &raw, false);

        assert_eq!(
            after,
            Display {
                size: Size::Large,
                ..before
            }
        );
        assert_eq!(after.cookie_value(), "zh-CN~dark~large");
    }
}
