//! One description of a document for both formats: a [`Tree`] is written as XML or JSON, a [`Node`] reads either.
//!
//! The Spark convention of the contract: JSON drops the root element, a container of repeated children is an array even
//! with one child or none, an empty element is `null`.

use std::str::FromStr;

use serde_json::{Map, Number, Value};

use crate::format::Format;
use crate::moment::moment;
use crate::xml::{self, Element};

/// A document of the contract. Implemented by the types of this crate only.
pub trait Document: Sized {
    /// The root element in XML.
    const ROOT: &'static str;

    /// What it says.
    #[doc(hidden)]
    fn tree(&self) -> Tree;

    /// Reads what it says.
    #[doc(hidden)]
    fn from_node(node: Node<'_>) -> Result<Self, ReadError>;
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is not well-formed.
    #[error("not well-formed: {0}")]
    Broken(String),
    /// It is nested deeper than any document of the contract.
    #[error("nested too deeply")]
    TooDeep,
    /// What must be there is missing or is of the wrong kind.
    #[error("{0} is missing or unreadable")]
    Missing(&'static str),
}

/// Writes a document, UTF-8.
pub fn write<D: Document>(document: &D, format: Format) -> String {
    match format {
        Format::Json => json(&document.tree()).to_string(),
        Format::Xml => xml::document(D::ROOT, &document.tree()),
    }
}

/// Reads a document. A byte-order mark is passed over.
///
/// # Errors
/// [`ReadError`], never a panic, whatever the words are.
pub fn read<D: Document>(words: &str, format: Format) -> Result<D, ReadError> {
    let words = words.trim_start_matches('\u{feff}');
    match format {
        Format::Json => {
            let value: Value = serde_json::from_str(words)
                .map_err(|error| ReadError::Broken(error.to_string()))?;
            D::from_node(Node::Json(&value))
        }
        Format::Xml => D::from_node(Node::Xml(&xml::parse(words)?)),
    }
}

/// An entry of a list that other servers tell. Implemented by the types of this crate only.
pub trait Entry: Sized {
    /// The root element of the list in XML.
    #[doc(hidden)]
    const LIST: &'static str;

    /// Reads what it says.
    #[doc(hidden)]
    fn from_node(node: Node<'_>) -> Result<Self, ReadError>;
}

/// A list of which some entries may be unreadable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<E> {
    /// Those that can be read, in order.
    pub readable: Vec<E>,
    /// What is wrong with each of the others.
    pub unreadable: Vec<ReadError>,
}

/// Reads a list entry by entry: one that cannot be read does not take the others with it.
///
/// # Errors
/// [`ReadError`] when there is no list at all.
pub fn read_entries<E: Entry>(words: &str, format: Format) -> Result<Entries<E>, ReadError> {
    let words = words.trim_start_matches('\u{feff}');
    match format {
        Format::Json => {
            let value: Value = serde_json::from_str(words)
                .map_err(|error| ReadError::Broken(error.to_string()))?;
            entries(Node::Json(&value))
        }
        Format::Xml => entries(Node::Xml(&xml::parse(words)?)),
    }
}

fn entries<E: Entry>(list: Node<'_>) -> Result<Entries<E>, ReadError> {
    let mut entries = Entries {
        readable: Vec::new(),
        unreadable: Vec::new(),
    };
    for node in list.items(E::LIST)? {
        match E::from_node(node) {
            Ok(entry) => entries.readable.push(entry),
            Err(error) => entries.unreadable.push(error),
        }
    }
    Ok(entries)
}

/// What a document says, in neither format yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Nothing: an empty element, `null`.
    Nothing,
    /// Words.
    Words(String),
    /// A number without fraction.
    Whole(i64),
    /// A number of degrees.
    Degrees(f64),
    /// Yes or no.
    Truth(bool),
    /// Named entries, in order.
    Entries(Vec<(&'static str, Tree)>),
    /// Repeated entries and the name of each in XML.
    List(&'static str, Vec<Tree>),
}

impl Tree {
    /// Words, nothing when they are empty.
    pub fn words(words: &str) -> Self {
        if words.is_empty() {
            Self::Nothing
        } else {
            Self::Words(words.to_owned())
        }
    }

    /// Words that may be absent.
    pub fn maybe(words: Option<&str>) -> Self {
        words.map_or(Self::Nothing, Self::words)
    }

    /// A moment that may be absent.
    pub fn moment(moment: Option<jiff::Timestamp>) -> Self {
        moment.map_or(Self::Nothing, |moment| Self::Words(crate::told(moment)))
    }

    /// Named entries.
    pub fn entries(entries: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        Self::Entries(entries.into_iter().collect())
    }

    /// Repeated entries.
    pub fn list(item: &'static str, entries: impl IntoIterator<Item = Self>) -> Self {
        Self::List(item, entries.into_iter().collect())
    }
}

fn json(tree: &Tree) -> Value {
    match tree {
        Tree::Nothing => Value::Null,
        Tree::Words(words) => Value::String(words.clone()),
        Tree::Whole(number) => Value::Number((*number).into()),
        Tree::Degrees(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Tree::Truth(truth) => Value::Bool(*truth),
        Tree::Entries(entries) => {
            let entries = entries
                .iter()
                .map(|(name, tree)| ((*name).to_owned(), json(tree)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Tree::List(_, entries) => Value::Array(entries.iter().map(json).collect()),
    }
}

/// A place in a document that is being read, in either format.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// Of JSON.
    Json(&'a Value),
    /// Of XML.
    Xml(&'a Element),
}

impl Node<'_> {
    /// An entry by name, unless it is nothing.
    pub fn child(self, name: &str) -> Option<Self> {
        match self {
            Self::Json(value) => value.get(name).filter(|one| !one.is_null()).map(Self::Json),
            Self::Xml(element) => element
                .children
                .iter()
                .find(|one| one.name == name)
                .map(Self::Xml),
        }
    }

    /// Its own words. Numbers and yes or no become words, because some servers write ids as numbers. `None` when there
    /// is nothing but blanks. NUL is left out: PostgreSQL keeps no words with it.
    pub fn own_text(self) -> Option<String> {
        let words = match self {
            Self::Json(Value::String(words)) => words.replace('\0', ""),
            Self::Json(Value::Number(number)) => number.to_string(),
            Self::Json(Value::Bool(truth)) => truth.to_string(),
            Self::Json(Value::Null | Value::Array(_) | Value::Object(_)) => return None,
            Self::Xml(element) => element.text.replace('\0', ""),
        };
        (!words.trim().is_empty()).then_some(words)
    }

    /// The words of an entry, `None` when it is absent or empty.
    pub fn text(self, name: &str) -> Option<String> {
        self.child(name)?.own_text()
    }

    /// The words of an entry that must be there.
    pub fn required_text(self, name: &'static str) -> Result<String, ReadError> {
        self.text(name).ok_or(ReadError::Missing(name))
    }

    /// An entry that must be there, of a kind that words can be read as.
    pub fn required<T: FromStr>(self, name: &'static str) -> Result<T, ReadError> {
        self.number(name)?.ok_or(ReadError::Missing(name))
    }

    /// An entry of a kind that words can be read as; absent is fine, unreadable is not.
    pub fn number<T: FromStr>(self, name: &'static str) -> Result<Option<T>, ReadError> {
        let parse = |words: String| words.trim().parse().map_err(|_| ReadError::Missing(name));
        self.text(name).map(parse).transpose()
    }

    /// Yes or no, as `true`, `false`, `1` or `0`.
    pub fn truth(self, name: &'static str) -> Result<Option<bool>, ReadError> {
        match self
            .text(name)
            .map(|words| words.trim().to_lowercase())
            .as_deref()
        {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(_) => Err(ReadError::Missing(name)),
        }
    }

    /// A moment; absent is fine, unreadable is not.
    pub fn moment(self, name: &'static str) -> Result<Option<jiff::Timestamp>, ReadError> {
        let parse = |words: String| moment(&words).map_err(|_| ReadError::Missing(name));
        self.text(name).map(parse).transpose()
    }

    /// The repeated entries of a container, whatever each is called in XML. A server that wraps its list in an object
    /// under the name of the root is understood too.
    ///
    /// # Errors
    /// [`ReadError::Missing`] when it is no list, as an object of another kind: that is not a list without entries.
    pub fn items(self, root: &'static str) -> Result<Vec<Self>, ReadError> {
        let listed = match self {
            Self::Json(Value::Object(entries)) => entries.get(root).map(Node::Json),
            Self::Json(_) | Self::Xml(_) => Some(self),
        };
        match listed {
            Some(Self::Json(Value::Array(entries))) => Ok(entries.iter().map(Node::Json).collect()),
            // What is empty is `null`.
            Some(Self::Json(Value::Null)) => Ok(Vec::new()),
            Some(Self::Xml(element)) => Ok(element.children.iter().map(Node::Xml).collect()),
            Some(Self::Json(_)) | None => Err(ReadError::Missing(root)),
        }
    }

    /// The repeated entries of a container that is an entry of this one.
    pub fn list(self, name: &'static str) -> Vec<Self> {
        self.child(name)
            .and_then(|list| list.items(name).ok())
            .unwrap_or_default()
    }

    /// The words of the repeated entries of a container.
    pub fn texts(self, name: &'static str) -> Vec<String> {
        self.list(name)
            .into_iter()
            .filter_map(Self::own_text)
            .collect()
    }
}
