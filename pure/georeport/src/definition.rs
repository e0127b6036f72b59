//! Definitions: what else a service asks for.

use crate::tree::{Document, Node, ReadError, Tree};

/// What a service asks for besides what every request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceDefinition {
    /// Of which service.
    pub service_code: String,
    /// The questions.
    pub attributes: Vec<Attribute>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Whether it is answered; else it is only text to be shown.
    pub variable: bool,
    /// Its code, as in `attribute[CODE]`.
    pub code: String,
    /// What kind of answer.
    pub datatype: Datatype,
    /// Whether it must be answered.
    pub required: bool,
    /// What an answer looks like.
    pub datatype_description: Option<String>,
    /// Its place, from 1.
    pub order: Option<u32>,
    /// The question itself.
    pub description: Option<String>,
    /// What can be chosen, for lists.
    pub values: Vec<Choice>,
}

/// An answer that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub key: String,
    /// What is shown.
    pub name: String,
}

/// What kind of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datatype {
    /// A line.
    String,
    /// A number.
    Number,
    /// A moment.
    Datetime,
    /// Several lines.
    Text,
    /// One of a list.
    SingleValueList,
    /// Some of a list.
    MultiValueList,
}

impl Datatype {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::String,
        Self::Number,
        Self::Datetime,
        Self::Text,
        Self::SingleValueList,
        Self::MultiValueList,
    ];

    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Datetime => "datetime",
            Self::Text => "text",
            Self::SingleValueList => "singlevaluelist",
            Self::MultiValueList => "multivaluelist",
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl Document for ServiceDefinition {
    const ROOT: &'static str = "service_definition";

    fn tree(&self) -> Tree {
        Tree::entries([
            ("service_code", Tree::words(&self.service_code)),
            (
                "attributes",
                Tree::list("attribute", self.attributes.iter().map(attribute)),
            ),
        ])
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        let node = node.child(Self::ROOT).unwrap_or(node);
        Ok(Self {
            service_code: node.required_text("service_code")?,
            attributes: node
                .list("attributes")
                .into_iter()
                .map(read_attribute)
                .collect::<Result<_, _>>()?,
        })
    }
}

fn attribute(attribute: &Attribute) -> Tree {
    let choice = |choice: &Choice| {
        Tree::entries([
            ("key", Tree::words(&choice.key)),
            ("name", Tree::words(&choice.name)),
        ])
    };
    Tree::entries([
        ("variable", Tree::Truth(attribute.variable)),
        ("code", Tree::words(&attribute.code)),
        ("datatype", Tree::words(attribute.datatype.word())),
        ("required", Tree::Truth(attribute.required)),
        (
            "datatype_description",
            Tree::maybe(attribute.datatype_description.as_deref()),
        ),
        (
            "order",
            attribute
                .order
                .map_or(Tree::Nothing, |order| Tree::Whole(order.into())),
        ),
        ("description", Tree::maybe(attribute.description.as_deref())),
        (
            "values",
            Tree::list("value", attribute.values.iter().map(choice)),
        ),
    ])
}

fn read_attribute(node: Node<'_>) -> Result<Attribute, ReadError> {
    let choice = |node: Node<'_>| {
        let key = node.required_text("key")?;
        Ok(Choice {
            name: node.text("name").unwrap_or_else(|| key.clone()),
            key,
        })
    };
    Ok(Attribute {
        variable: node.truth("variable")?.unwrap_or(true),
        code: node.required_text("code")?,
        datatype: node
            .text("datatype")
            .and_then(|word| Datatype::from_word(word.trim()))
            .ok_or(ReadError::Missing("datatype"))?,
        required: node.truth("required")?.unwrap_or(false),
        datatype_description: node.text("datatype_description"),
        order: node.number("order")?,
        description: node.text("description"),
        values: node
            .list("values")
            .into_iter()
            .map(choice)
            .collect::<Result<_, _>>()?,
    })
}
