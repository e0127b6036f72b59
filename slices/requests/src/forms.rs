//! Forms: raw words in, parsed input or field errors out.

use kernel::Minutes;
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;
use text::{Sensitive, find_sensitive, normalise_phone};

use crate::model::Channel;
use crate::period::Period;
use crate::store::{Catalogue, Category};

/// Characters of a title.
pub const TITLE_MAX: usize = 60;
/// Characters of a description, an answer or a note.
pub const WORDS_MAX: usize = 1_000;
/// Hours that a party is given at once: sixty days, day and night.
pub const HOURS_MAX: i64 = 1_440;
/// Characters of a place in words, or of a name.
pub const PLACE_MAX: usize = 100;

/// The report form as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawReport {
    /// The id of a category.
    pub category: String,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// Where, in words.
    pub place: String,
    /// The id of a building.
    pub building: String,
    /// Degrees north.
    pub lat: String,
    /// Degrees east.
    pub lon: String,
    /// What the requester is called.
    pub contact_name: String,
    /// The requester's telephone.
    pub contact_phone: String,
    /// `yes` when it may be published.
    pub publish: String,
    /// How it came in, when the desk writes it down.
    pub channel: String,
    /// `yes` when the sender has read the warning about numbers.
    pub warned: String,
    /// `yes` when there is no place to tell.
    pub no_place: String,
    /// `seen` when what may be the same was shown already.
    pub similar: String,
}

/// Who wants to follow a matter, as it was sent: with the report form, or from the matter's page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawFollow {
    /// The number of the matter.
    pub follow: String,
    /// What the follower is called.
    pub contact_name: String,
    /// The follower's telephone.
    pub contact_phone: String,
}

impl RawFollow {
    /// Name and telephone, in canonical digits.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn parse(&self) -> Result<(Option<String>, Option<String>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = words(
            &mut errors,
            "contact_name",
            &self.contact_name,
            None,
            PLACE_MAX,
        );
        let phone = self.contact_phone.trim();
        let contact_phone = normalise_phone(phone);
        if !phone.is_empty() && contact_phone.is_none() {
            errors.add("contact_phone", Message::of("requests-error-phone"));
        }
        errors.or(((!name.is_empty()).then_some(name), contact_phone))
    }
}

/// Joining a matter to another, or splitting it off again, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawJoin {
    /// The version of the request that the form was made for.
    pub version: String,
    /// The number of the other.
    pub into: String,
    /// What is said to the requester of this one.
    pub words: String,
    /// What is said to those of the other.
    pub words_there: String,
}

/// The report form, understood.
#[derive(Clone, Debug)]
pub struct ParsedReport {
    /// Of what kind.
    pub category: Category,
    /// In a few words.
    pub title: String,
    /// In full; may be empty.
    pub body: String,
    /// Where, in words; may be empty.
    pub place: String,
    /// A building that was chosen.
    pub building: Option<kernel::AreaId>,
    /// Longitude and latitude that were chosen.
    pub point: Option<(f64, f64)>,
    /// What the requester is called.
    pub contact_name: Option<String>,
    /// The requester's telephone, in canonical digits.
    pub contact_phone: Option<String>,
    /// Whether it may be published.
    pub may_publish: bool,
    /// How it came in.
    pub channel: Channel,
    /// Numbers in what would be published (rule R13).
    pub found: Vec<(Sensitive, String)>,
}

/// Words without blanks around them, within a length in characters.
pub fn words(
    errors: &mut FieldErrors,
    field: &'static str,
    raw: &str,
    missing: Option<&'static str>,
    most: usize,
) -> String {
    let words = raw.trim();
    if let Some(missing) = missing.filter(|_| words.is_empty()) {
        errors.add(field, Message::of(missing));
    } else if words.chars().count() > most {
        errors.add(
            field,
            Message::of("requests-error-too-long").with("most", most),
        );
    }
    words.to_owned()
}

impl RawReport {
    /// Understands the form.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self, catalogue: &Catalogue) -> Result<ParsedReport, FieldErrors> {
        // In the order of the form, in which what is wrong is told.
        let mut errors = FieldErrors::default();
        let missing = Some("requests-error-say-what");
        let title = words(&mut errors, "title", &self.title, missing, TITLE_MAX);
        let body = words(&mut errors, "body", &self.body, None, WORDS_MAX);
        let category = self
            .category
            .parse()
            .ok()
            .and_then(|id| catalogue.choosable().find(|category| category.id == id))
            .cloned();
        if category.is_none() {
            errors.add("category", Message::of("requests-error-choose-category"));
        }
        let place = words(&mut errors, "place", &self.place, None, PLACE_MAX);
        let degrees = |raw: &str| raw.trim().parse::<f64>().ok();
        let point = degrees(&self.lon).zip(degrees(&self.lat));
        let is_told = !place.is_empty() || !self.building.is_empty() || point.is_some();
        if !is_told && self.no_place != "yes" {
            errors.add("place", Message::of("requests-error-say-where"));
        }
        let name = words(
            &mut errors,
            "contact_name",
            &self.contact_name,
            None,
            PLACE_MAX,
        );
        let phone = self.contact_phone.trim();
        let contact_phone = normalise_phone(phone);
        if !phone.is_empty() && contact_phone.is_none() {
            errors.add("contact_phone", Message::of("requests-error-phone"));
        }
        let found = [&title, &body, &place]
            .iter()
            .flat_map(|text| {
                let finding = |one: text::Finding| (one.kind, text[one.range].to_owned());
                find_sensitive(text).into_iter().map(finding)
            })
            .collect();
        let Some(category) = category else {
            return Err(errors);
        };
        errors.or(ParsedReport {
            category,
            title,
            body,
            place,
            building: self.building.parse().ok(),
            point: point.filter(|(lon, lat)| spatial::Point::new(*lon, *lat).is_some()),
            contact_name: (!name.is_empty()).then_some(name),
            contact_phone,
            may_publish: self.publish == "yes",
            channel: Channel::from_word(&self.channel).unwrap_or(Channel::Web),
            found,
        })
    }
}

/// An act on the detail page, as it was sent: each act reads the fields that it has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAct {
    /// The version of the request, or of the part, that the form was made for.
    pub version: String,
    /// The id of the part that is acted on; empty is the lead's, or the one's own.
    pub part: String,
    /// An answer, a reason, a note.
    pub words: String,
    /// `yes` when the requester is to read the note.
    pub told: String,
    /// The id of a category.
    pub category: String,
    /// An exit's word.
    pub exit: String,
    /// The id of a party, or the word of a duty in the area: `grid_worker`, `micro_grid_head`.
    pub handler: String,
    /// What a party beside the lead has to do: a role's word.
    pub role: String,
    /// Within how many hours, or how many more.
    pub hours: String,
    /// `working` or `elapsed`.
    pub measure: String,
    /// The kind of a whistle, by its word.
    pub kind: String,
    /// The ids of the parties that a whistle calls, besides the one that leads.
    pub parties: Vec<String>,
    /// A grade's word.
    pub grade: String,
    /// `yes` when one is on site, else at a meeting.
    pub on_site: String,
    /// `yes` or `no`.
    pub reached: String,
    /// `yes`, `no` or empty.
    pub resolved: String,
    /// `yes`, `no` or empty; of a matter that could not be done.
    pub understood: String,
    /// `yes`, `no` or empty.
    pub satisfied: String,
    /// `yes` or `no`.
    pub public: String,
}

impl RawAct {
    /// What was written: it must say something, and not too much.
    ///
    /// # Errors
    /// A sentence for who wrote it.
    pub fn required_words(&self) -> Result<String, Message> {
        let words = self.words.trim();
        if words.is_empty() {
            return Err(Message::of("requests-error-say-why"));
        }
        if words.chars().count() > WORDS_MAX {
            return Err(Message::of("requests-error-too-long").with("most", WORDS_MAX));
        }
        Ok(words.to_owned())
    }

    /// The hours that were chosen; `None` when none were.
    ///
    /// # Errors
    /// A sentence for who wrote it.
    pub fn hours(&self) -> Result<Option<Minutes>, Message> {
        let raw = self.hours.trim();
        if raw.is_empty() {
            return Ok(None);
        }
        raw.parse::<i64>()
            .ok()
            .filter(|hours| (1..=HOURS_MAX).contains(hours))
            .map(|hours| Some(Minutes::hours(hours)))
            .ok_or_else(|| Message::of("requests-error-hours").with("most", HOURS_MAX))
    }
}

/// `yes` and `no`; anything else is no answer.
pub fn yes_or_no(raw: &str) -> Option<bool> {
    match raw {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// In the address: none of those that have a name.
const NONE: &str = "none";

/// The workbench's filter, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawFilter {
    /// Words or a number.
    pub q: String,
    /// A state's word, `open`, `all` or `unassigned`.
    pub state: String,
    /// The id of a category.
    pub category: String,
    /// The id of a grid or micro-grid; `none` for what lies in no grid.
    pub grid: String,
    /// The id of a party; `none` for what lies with no named one.
    pub handler: String,
    /// When it came in: `2026-11`, `2026-q4`, `2026` or `lately`.
    pub period: String,
    /// The word of a figure that counts it.
    pub figure: String,
    /// `overdue` or `soon`.
    pub due: String,
    /// `west,south,east,north` in degrees.
    pub bbox: String,
    /// `desk` for the map's own scope.
    pub scope: String,
    /// From 1.
    pub page: String,
    /// Where a list of the API goes on.
    pub cursor: String,
    /// How many the last bulk act gave on.
    pub sent: String,
    /// Those it did not, each with why: `QS-2026-000001.faster,…`.
    pub kept: String,
}

impl RawFilter {
    /// The filter; what cannot be read is not asked.
    pub fn parse(&self, default: crate::store::States) -> crate::store::Filter {
        use crate::model::State;
        use crate::store::{Due, Filter, States};
        let is_searching = !self.q.trim().is_empty();
        Filter {
            words: self.q.trim().to_owned(),
            states: match self.state.as_str() {
                "all" => States::All,
                "open" => States::Open,
                "unassigned" => States::Unassigned,
                "to-call-back" => States::ToCallBack,
                word => match State::from_word(word) {
                    Some(state) => States::Only(state),
                    // A search looks everywhere unless told otherwise.
                    None if is_searching => States::All,
                    None => default,
                },
            },
            category: self.category.parse().ok(),
            area: self.grid.parse().ok(),
            handler: self.handler.parse().ok(),
            assignee: None,
            due: match self.due.as_str() {
                "overdue" => Some(Due::Overdue),
                "soon" => Some(Due::Soon),
                _ => None,
            },
            received: None,
            figure: None,
            is_outside: self.grid == NONE,
            has_no_party: self.handler == NONE,
            within: bbox(&self.bbox),
        }
    }

    /// The period, if one is asked for.
    pub fn period(&self) -> Option<Period> {
        Period::from_word(&self.period)
    }

    /// The page, from 0.
    pub fn page(&self) -> u64 {
        const PAGES_MAX: u64 = 2_000;
        self.page.parse::<u64>().unwrap_or(1).clamp(1, PAGES_MAX) - 1
    }

    /// The filter as a query, without the page; begins with `?`, or is empty.
    pub fn query(&self) -> String {
        let pairs: Vec<(&str, &str)> = [
            ("q", self.q.trim()),
            ("state", &self.state),
            ("category", &self.category),
            ("grid", &self.grid),
            ("handler", &self.handler),
            ("due", &self.due),
            ("period", &self.period),
            ("figure", &self.figure),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
        if pairs.is_empty() {
            return String::new();
        }
        let mut query = String::from("?");
        for (name, value) in pairs {
            if query.len() > 1 {
                query.push('&');
            }
            query.push_str(name);
            query.push('=');
            query.push_str(&encoded(value));
        }
        query
    }
}

/// Percent-encodes all but unreserved characters (RFC 3986, 2.3).
pub fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn bbox(raw: &str) -> Option<[f64; 4]> {
    let numbers: Vec<f64> = raw
        .split(',')
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    <[f64; 4]>::try_from(numbers)
        .ok()
        .filter(|sides| sides.iter().all(|side| side.is_finite()))
}
