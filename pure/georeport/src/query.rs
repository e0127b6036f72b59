//! What GET requests asks for, with every limit of the contract.

use jiff::{SignedDuration, Timestamp};

use crate::asked::{Asked, Pairs};
use crate::fault::Fault;
use crate::moment::told;
use crate::request::{LatLong, Status};

/// The longest span between start and end, in days; also how far back one looks who names no start.
pub const DAYS_MAX: i64 = 90;
/// The most requests in one answer.
pub const LIMIT: u32 = 1_000;
/// Requests on a page, when a page is asked for without its size.
const PAGE_SIZE: u32 = 50;
/// The farthest page: what lies beyond is asked for by dates.
const PAGE_MAX: u32 = 10_000;
/// Requests up to the end of the farthest page: all before it are counted to reach it.
const REACH_MAX: u64 = 100_000;
/// Metres around a point, when no radius is given, and at most.
const RADIUS_M: f64 = 1_000.0;
const RADIUS_M_MAX: f64 = 100_000.0;
/// Numbers in one question.
const NUMBERS_MAX: usize = 1_000;

/// A question for requests.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestQuery {
    /// Which.
    pub wanted: Wanted,
    /// Which part of them.
    pub paging: Paging,
    /// Whether the extensions are told too.
    pub has_extensions: bool,
}

/// Which requests.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// Those of these numbers: overrides everything else.
    These(Vec<String>),
    /// Those that match.
    Matching(Matching),
}

/// What requests must match.
#[derive(Clone, Debug, PartialEq)]
pub struct Matching {
    /// Of one of these services; empty for any.
    pub service_codes: Vec<String>,
    /// Only of this status.
    pub status: Option<Status>,
    /// Made at or after this moment; absent only when `updated_after` is given without a start.
    pub from: Option<Timestamp>,
    /// Made at or before this moment.
    pub until: Timestamp,
    /// Changed after this moment.
    pub updated_after: Option<Timestamp>,
    /// Near this point.
    pub around: Option<Around>,
}

/// A circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Its middle.
    pub at: LatLong,
    /// Its radius in metres, above 0, at most 100,000.
    pub radius_m: f64,
}

/// A part of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// From 1.
    pub page: u32,
    /// 1 to [`LIMIT`].
    pub size: u32,
}

impl Paging {
    /// How many come before it.
    pub const fn offset(self) -> u64 {
        (self.page as u64 - 1) * self.size as u64
    }
}

impl RequestQuery {
    /// Reads the pairs of a query; `now` is the end of a span that has none.
    ///
    /// # Errors
    /// Every argument that cannot be read, and a span that is too long or runs backwards.
    pub fn parse(pairs: &Pairs, now: Timestamp) -> Result<Self, Vec<Fault>> {
        let mut asked = Asked::of(pairs);
        let numbers = pairs.list("service_request_id");
        let has_extensions = asked
            .text("extensions")
            .is_some_and(|word| word == "true" || word == "1");
        if !numbers.is_empty() {
            if numbers.len() > NUMBERS_MAX {
                asked.wrong(format!(
                    "service_request_id names more than {NUMBERS_MAX} requests"
                ));
            }
            let whole = Paging {
                page: 1,
                size: LIMIT,
            };
            return asked.or(Self {
                wanted: Wanted::These(numbers),
                paging: whole,
                has_extensions,
            });
        }
        let (from, until, updated_after) = span(&mut asked, now);
        let matching = Matching {
            service_codes: pairs.list("service_code"),
            status: status(&mut asked, &pairs.list("status")),
            from,
            until,
            updated_after,
            around: around(&mut asked),
        };
        let paging = paging(&mut asked);
        asked.or(Self {
            wanted: Wanted::Matching(matching),
            paging,
            has_extensions,
        })
    }

    /// The pairs that ask this question.
    pub fn pairs(&self) -> Pairs {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut add = |name: &str, value: String| pairs.push((name.to_owned(), value));
        match &self.wanted {
            Wanted::These(numbers) => add("service_request_id", numbers.join(",")),
            Wanted::Matching(matching) => {
                if !matching.service_codes.is_empty() {
                    add("service_code", matching.service_codes.join(","));
                }
                if let Some(status) = matching.status {
                    add("status", status.word().to_owned());
                }
                if let Some(from) = matching.from {
                    add("start_date", told(from));
                }
                add("end_date", told(matching.until));
                if let Some(after) = matching.updated_after {
                    add("updated_after", told(after));
                }
                if let Some(Around { at, radius_m }) = matching.around {
                    add("lat", at.lat().to_string());
                    add("long", at.long().to_string());
                    add("radius", radius_m.to_string());
                }
                add("page", self.paging.page.to_string());
                add("page_size", self.paging.size.to_string());
            }
        }
        if self.has_extensions {
            add("extensions", "true".to_owned());
        }
        pairs.into_iter().collect()
    }
}

/// Start, end and `updated_after`. Who asks for what changed wants old requests too, so that without a start there is
/// none, but what changed may lie 90 days back at
/// most; with neither, the last 90 days are meant.
fn span(
    asked: &mut Asked<'_>,
    now: Timestamp,
) -> (Option<Timestamp>, Timestamp, Option<Timestamp>) {
    let longest = SignedDuration::from_hours(24 * DAYS_MAX);
    let updated_after = asked.moment("updated_after");
    let (start, end) = (asked.moment("start_date"), asked.moment("end_date"));
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            asked.wrong("end_date lies before start_date");
            (Some(start), end, updated_after)
        }
        (Some(start), Some(end)) => {
            if end.duration_since(start) > longest {
                asked.wrong(format!(
                    "start_date and end_date lie more than {DAYS_MAX} days apart"
                ));
            }
            (Some(start), end, updated_after)
        }
        (Some(start), None) => {
            let end = start.saturating_add(longest).unwrap_or(now);
            (Some(start), end, updated_after)
        }
        (None, end) => {
            let end = end.unwrap_or(now);
            let start = end.saturating_sub(longest).unwrap_or(end);
            if updated_after.is_some_and(|after| now.duration_since(after) > longest) {
                asked.wrong(format!(
                    "updated_after lies more than {DAYS_MAX} days back and there is no start_date"
                ));
            }
            (updated_after.is_none().then_some(start), end, updated_after)
        }
    }
}

/// Both words are all there are: then it is no filter.
fn status(asked: &mut Asked<'_>, words: &[String]) -> Option<Status> {
    let mut statuses = Vec::new();
    for word in words {
        match Status::from_word(&word.to_lowercase()) {
            Some(status) => statuses.push(status),
            None => asked.wrong("status is neither open nor closed"),
        }
    }
    let first = *statuses.first()?;
    statuses.iter().all(|one| *one == first).then_some(first)
}

fn around(asked: &mut Asked<'_>) -> Option<Around> {
    let (lat, long): (Option<f64>, Option<f64>) = (asked.number("lat"), asked.number("long"));
    let radius_m = asked.number("radius").unwrap_or(RADIUS_M);
    if lat.is_some() != long.is_some() {
        asked.wrong("lat and long go together");
    }
    let (lat, long) = lat.zip(long)?;
    let at = LatLong::new(lat, long);
    if at.is_none() {
        asked.wrong("lat and long are no place on the earth");
    }
    // Written so that what is not a number is refused as well.
    let is_radius = radius_m > 0.0 && radius_m <= RADIUS_M_MAX;
    if !is_radius {
        asked.wrong(format!(
            "radius is not above 0 and at most {RADIUS_M_MAX} metres"
        ));
    }
    Some(Around { at: at?, radius_m })
}

fn paging(asked: &mut Asked<'_>) -> Paging {
    let page = asked.number::<u32>("page");
    let size = asked.number::<u32>("page_size");
    if page.is_some_and(|page| !(1..=PAGE_MAX).contains(&page)) {
        asked.wrong(format!("page is not between 1 and {PAGE_MAX}"));
    }
    if size.is_some_and(|size| !(1..=LIMIT).contains(&size)) {
        asked.wrong(format!("page_size is not between 1 and {LIMIT}"));
    }
    let default = if page.is_some() { PAGE_SIZE } else { LIMIT };
    let paging = Paging {
        page: page.unwrap_or(1),
        size: size.unwrap_or(default),
    };
    if u64::from(paging.page) * u64::from(paging.size) > REACH_MAX {
        asked.wrong(format!(
            "page times page_size is more than {REACH_MAX}: ask by dates"
        ));
    }
    paging
}
