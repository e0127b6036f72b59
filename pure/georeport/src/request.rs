//! Requests: what somebody asked for, and what became of it.

use jiff::Timestamp;

use crate::tree::{Document, Entry, Node, ReadError, Tree};

/// Whether something is still to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It is reported and not closed.
    Open,
    /// It is over.
    Closed,
}

impl Status {
    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Closed]
            .into_iter()
            .find(|one| one.word() == word)
    }
}

/// A place on the earth, WGS-84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLong {
    lat: f64,
    long: f64,
}

impl LatLong {
    /// Decimal places that are kept: a centimetre or so.
    const PLACES: f64 = 1e7;

    /// A place by degrees north (-90 to 90) and east (-180 to 180), to seven decimal places. `None` when it is nowhere.
    pub fn new(lat: f64, long: f64) -> Option<Self> {
        let is_on_earth = lat.abs() <= 90.0 && long.abs() <= 180.0;
        let kept = |degrees: f64| (degrees * Self::PLACES).round() / Self::PLACES;
        is_on_earth.then(|| Self {
            lat: kept(lat),
            long: kept(long),
        })
    }

    /// Degrees north.
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub const fn long(self) -> f64 {
        self.long
    }
}

/// A request as a server tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceRequest {
    /// Its number.
    pub service_request_id: String,
    /// Whether something is still to be done.
    pub status: Status,
    /// Why it has this status.
    pub status_notes: Option<String>,
    /// What its service is called.
    pub service_name: Option<String>,
    /// Its service.
    pub service_code: String,
    /// What was asked for.
    pub description: Option<String>,
    /// Who does it.
    pub agency_responsible: Option<String>,
    /// What is going to be done.
    pub service_notice: Option<String>,
    /// When it was made.
    pub requested_datetime: Timestamp,
    /// When it last changed; for a closed one, when it was closed.
    pub updated_datetime: Option<Timestamp>,
    /// When it is to be done.
    pub expected_datetime: Option<Timestamp>,
    /// Where, in words.
    pub address: Option<String>,
    /// Where, in the jurisdiction's register.
    pub address_id: Option<String>,
    /// The postal code.
    pub zipcode: Option<String>,
    /// Where, on the earth.
    pub at: Option<LatLong>,
    /// Where a picture is.
    pub media_url: Option<String>,
    /// What is told only with `extensions=true`.
    pub extensions: Option<Extensions>,
}

/// What is told only with `extensions=true`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// How it came in.
    pub channel: Option<String>,
    /// Where each picture is.
    pub photos: Vec<String>,
    /// Answers to the questions of its service.
    pub attributes: Vec<Given>,
    /// What happened.
    pub notes: Vec<Note>,
}

/// An answer to a question of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Which question.
    pub code: String,
    /// The question in words.
    pub name: Option<String>,
    /// The answer.
    pub value: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub datetime: Timestamp,
    /// What was said.
    pub description: Option<String>,
    /// Of what kind, as in `opened` and `closed`.
    pub kind: String,
}

impl Document for Vec<ServiceRequest> {
    const ROOT: &'static str = "service_requests";

    fn tree(&self) -> Tree {
        Tree::list("request", self.iter().map(request))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        node.items(Self::ROOT)?
            .into_iter()
            .map(Entry::from_node)
            .collect()
    }
}

impl Entry for ServiceRequest {
    const LIST: &'static str = <Vec<Self> as Document>::ROOT;

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        read_request(node)
    }
}

fn request(request: &ServiceRequest) -> Tree {
    let maybe = |words: &Option<String>| Tree::maybe(words.as_deref());
    let degrees = |degrees: Option<f64>| degrees.map_or(Tree::Nothing, Tree::Degrees);
    let mut entries = vec![
        (
            "service_request_id",
            Tree::words(&request.service_request_id),
        ),
        ("status", Tree::words(request.status.word())),
        ("status_notes", maybe(&request.status_notes)),
        ("service_name", maybe(&request.service_name)),
        ("service_code", Tree::words(&request.service_code)),
        ("description", maybe(&request.description)),
        ("agency_responsible", maybe(&request.agency_responsible)),
        ("service_notice", maybe(&request.service_notice)),
        (
            "requested_datetime",
            Tree::moment(Some(request.requested_datetime)),
        ),
        ("updated_datetime", Tree::moment(request.updated_datetime)),
        ("expected_datetime", Tree::moment(request.expected_datetime)),
        ("address", maybe(&request.address)),
        ("address_id", maybe(&request.address_id)),
        ("zipcode", maybe(&request.zipcode)),
        ("lat", degrees(request.at.map(LatLong::lat))),
        ("long", degrees(request.at.map(LatLong::long))),
        ("media_url", maybe(&request.media_url)),
    ];
    if let Some(extensions) = &request.extensions {
        entries.extend(extended(extensions));
    }
    Tree::Entries(entries)
}

fn extended(extensions: &Extensions) -> [(&'static str, Tree); 3] {
    let given = |given: &Given| {
        Tree::entries([
            ("code", Tree::words(&given.code)),
            ("name", Tree::maybe(given.name.as_deref())),
            ("value", Tree::words(&given.value)),
        ])
    };
    let note = |note: &Note| {
        Tree::entries([
            ("datetime", Tree::moment(Some(note.datetime))),
            ("description", Tree::maybe(note.description.as_deref())),
            ("type", Tree::words(&note.kind)),
        ])
    };
    let photos = extensions.photos.iter().map(|url| Tree::words(url));
    let more = Tree::entries([
        ("channel", Tree::maybe(extensions.channel.as_deref())),
        ("photos", Tree::list("photo", photos)),
    ]);
    [
        (
            "attributes",
            Tree::list("attribute", extensions.attributes.iter().map(given)),
        ),
        ("extended_attributes", more),
        (
            "notes",
            Tree::list("note", extensions.notes.iter().map(note)),
        ),
    ]
}

fn read_request(node: Node<'_>) -> Result<ServiceRequest, ReadError> {
    let lat = node.number("lat")?;
    let long = node.number("long")?;
    Ok(ServiceRequest {
        service_request_id: node.required_text("service_request_id")?,
        status: node
            .text("status")
            .and_then(|word| Status::from_word(&word.trim().to_lowercase()))
            .ok_or(ReadError::Missing("status"))?,
        status_notes: node.text("status_notes"),
        service_name: node.text("service_name"),
        service_code: node.required_text("service_code")?,
        description: node.text("description"),
        agency_responsible: node.text("agency_responsible"),
        service_notice: node.text("service_notice"),
        requested_datetime: node
            .moment("requested_datetime")?
            .ok_or(ReadError::Missing("requested_datetime"))?,
        updated_datetime: node.moment("updated_datetime")?,
        expected_datetime: node.moment("expected_datetime")?,
        address: node.text("address"),
        address_id: node.text("address_id"),
        zipcode: node.text("zipcode"),
        at: lat
            .zip(long)
            .and_then(|(lat, long)| LatLong::new(lat, long)),
        media_url: node.text("media_url"),
        extensions: read_extended(node)?,
    })
}

fn read_extended(node: Node<'_>) -> Result<Option<Extensions>, ReadError> {
    let more = node.child("extended_attributes");
    let is_there =
        more.is_some() || node.child("notes").is_some() || node.child("attributes").is_some();
    if !is_there {
        return Ok(None);
    }
    let given = |node: Node<'_>| {
        Some(Given {
            code: node.text("code")?,
            name: node.text("name"),
            value: node.text("value").unwrap_or_default(),
        })
    };
    let note = |node: Node<'_>| {
        Ok(Note {
            datetime: node
                .moment("datetime")?
                .ok_or(ReadError::Missing("datetime"))?,
            description: node.text("description"),
            kind: node.text("type").unwrap_or_default(),
        })
    };
    Ok(Some(Extensions {
        channel: more.and_then(|more| more.text("channel")),
        photos: more.map(|more| more.texts("photos")).unwrap_or_default(),
        attributes: node
            .list("attributes")
            .into_iter()
            .filter_map(given)
            .collect(),
        notes: node
            .list("notes")
            .into_iter()
            .map(note)
            .collect::<Result<_, ReadError>>()?,
    }))
}
