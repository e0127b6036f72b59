//! How a claim is shown: what is known of it, and what was said in its reviews.

use platform::Page;

use super::{day, last_day};
use crate::model::{ClaimState, PANEL_SIZES, Unit, Verdict};
use crate::store::claims::Claim;
use crate::store::reviews::Review;
use crate::words;

/// What was said in a review, for those whom it concerns; nobody is named.
pub struct ReviewView {
    /// Which.
    pub id: String,
    /// Objection or appeal.
    pub title: &'static str,
    /// What was said.
    pub said: String,
    /// By when it is to be decided.
    pub due: String,
    /// Whether that is past, and it is not decided.
    pub is_late: bool,
    /// What was found; empty while it is not.
    pub verdict: &'static str,
    /// Whether a panel is to be set.
    pub needs_panel: bool,
    /// What each of the panel found: whether it is right, and why.
    pub voices: Vec<(&'static str, String)>,
}

/// Reviews, as pages show them.
pub fn review_views(page: &Page, reviews: &[Review]) -> Vec<ReviewView> {
    reviews
        .iter()
        .map(|review| review_view(page, review))
        .collect()
}

/// A review, as pages show it. What the panel said is told when it is decided.
pub fn review_view(page: &Page, review: &Review) -> ReviewView {
    let is_decided = review.verdict.is_some();
    ReviewView {
        id: review.id.to_string(),
        title: if review.is_appeal {
            "points-review-appeal"
        } else {
            "points-review-objection"
        },
        said: review.said.clone(),
        due: last_day(page, review.due_at),
        is_late: !is_decided && page.visit().now() > review.due_at,
        verdict: match review.verdict {
            Some(Verdict::Upheld) => "points-verdict-upheld",
            Some(Verdict::NotUpheld) => "points-verdict-not-upheld",
            None => "",
        },
        needs_panel: !is_decided && !PANEL_SIZES.contains(&review.panel.len()),
        voices: review
            .panel
            .iter()
            .filter(|_| is_decided)
            .filter_map(|member| {
                let found = if member.is_upheld? {
                    "points-verdict-upheld"
                } else {
                    "points-verdict-not-upheld"
                };
                Some((found, member.reason.clone().unwrap_or_default()))
            })
            .collect(),
    }
}

/// What is known of a claim, as its owner and the desk read it.
pub fn facts(page: &Page, claim: &Claim) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("points-fact-points", page.number(&claim.points)),
        (
            "points-fact-quantity",
            page.t1(
                match claim.unit {
                    Unit::Time => "points-quantity-times",
                    Unit::Hour => "points-quantity-minutes",
                },
                "n",
                claim.quantity,
            ),
        ),
        ("points-fact-day", day(page, claim.day)),
        ("points-fact-origin", page.t(words::origin(claim.origin))),
        (
            "points-fact-scheme",
            page.t1("points-fact-scheme-number", "n", claim.scheme_number),
        ),
    ];
    if !claim.evidence.is_empty() {
        facts.push(("points-fact-evidence", claim.evidence.clone()));
    }
    if claim.is_late {
        facts.push(("points-fact-late", page.t("points-fact-late-words")));
    }
    match claim.state {
        ClaimState::Claimed => {
            facts.push(("points-fact-check-by", last_day(page, claim.check_due_at)));
        }
        ClaimState::Noticed | ClaimState::Objected => {
            if let Some(end) = claim.notice_ends_at {
                facts.push(("points-fact-notice-until", last_day(page, end)));
            }
        }
        _ => {}
    }
    if let Some(at) = claim.posted_at {
        facts.push(("points-fact-posted", page.day(&at)));
    }
    facts
}
