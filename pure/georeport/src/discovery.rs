//! Where a jurisdiction's endpoints are (Service Discovery of open311.org). Both formats are required of it.

use crate::tree::{Document, Node, ReadError, Tree};

/// The name of GeoReport v2 in discovery.
pub const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

/// What a jurisdiction offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery {
    /// When this description last changed: a moment or a mark.
    pub changeset: Option<String>,
    /// Whom to ask, in words.
    pub contact: Option<String>,
    /// How to get a key, in words.
    pub key_service: Option<String>,
    /// The endpoints.
    pub endpoints: Vec<Endpoint>,
}

/// One endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Which contract it speaks, [`SPECIFICATION`] for ours.
    pub specification: String,
    /// The address before `/services.xml`.
    pub url: String,
    /// When its services last changed: a moment or a mark.
    pub changeset: Option<String>,
    /// Whether it is meant in earnest.
    pub kind: EndpointKind,
    /// Content types it answers in.
    pub formats: Vec<String>,
}

/// Whether an endpoint is meant in earnest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointKind {
    /// What is sent is handled.
    Production,
    /// For trying out.
    Test,
}

impl EndpointKind {
    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Test => "test",
        }
    }
}

impl Document for Discovery {
    const ROOT: &'static str = "discovery";

    fn tree(&self) -> Tree {
        Tree::entries([
            ("changeset", Tree::maybe(self.changeset.as_deref())),
            ("contact", Tree::maybe(self.contact.as_deref())),
            ("key_service", Tree::maybe(self.key_service.as_deref())),
            (
                "endpoints",
                Tree::list("endpoint", self.endpoints.iter().map(endpoint)),
            ),
        ])
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        // Some servers write the root in JSON too.
        let node = node.child(Self::ROOT).unwrap_or(node);
        Ok(Self {
            changeset: node.text("changeset"),
            contact: node.text("contact"),
            key_service: node.text("key_service"),
            endpoints: node
                .list("endpoints")
                .into_iter()
                .map(read_endpoint)
                .collect::<Result<_, _>>()?,
        })
    }
}

fn endpoint(endpoint: &Endpoint) -> Tree {
    Tree::entries([
        ("specification", Tree::words(&endpoint.specification)),
        ("url", Tree::words(&endpoint.url)),
        ("changeset", Tree::maybe(endpoint.changeset.as_deref())),
        ("type", Tree::words(endpoint.kind.word())),
        (
            "formats",
            Tree::list(
                "format",
                endpoint.formats.iter().map(|one| Tree::words(one)),
            ),
        ),
    ])
}

fn read_endpoint(node: Node<'_>) -> Result<Endpoint, ReadError> {
    Ok(Endpoint {
        specification: node.text("specification").unwrap_or_default(),
        url: node.required_text("url")?,
        changeset: node.text("changeset"),
        kind: match node.text("type").as_deref() {
            Some("test") => EndpointKind::Test,
            _ => EndpointKind::Production,
        },
        formats: node.texts("formats"),
    })
}
