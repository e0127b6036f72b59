//! Errors. Their body is always a list, and each entry has a code of its own beside the HTTP status of the answer.

use crate::tree::{Document, Node, ReadError, Tree};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// 404 for what is not there, 403 for a missing or wrong key, 400 for everything else; a server may be finer.
    pub code: u16,
    /// What is wrong, for the person who wrote the client.
    pub description: String,
}

impl Fault {
    /// Something that was asked wrongly.
    pub fn wrong(description: impl Into<String>) -> Self {
        Self {
            code: 400,
            description: description.into(),
        }
    }

    /// A key that is missing or that nobody holds.
    pub fn no_key(description: impl Into<String>) -> Self {
        Self {
            code: 403,
            description: description.into(),
        }
    }

    /// Something that is not there, or not for this reader.
    pub fn not_there(description: impl Into<String>) -> Self {
        Self {
            code: 404,
            description: description.into(),
        }
    }
}

/// The HTTP status of an answer with these faults: that of the first, 400 when there are none or its code is no status
/// of an error.
pub fn status_of(faults: &[Fault]) -> u16 {
    faults
        .first()
        .map(|fault| fault.code)
        .filter(|code| (400..600).contains(code))
        .unwrap_or(400)
}

impl Document for Vec<Fault> {
    const ROOT: &'static str = "errors";

    fn tree(&self) -> Tree {
        let of = |fault: &Fault| {
            Tree::entries([
                ("code", Tree::Whole(i64::from(fault.code))),
                ("description", Tree::words(&fault.description)),
            ])
        };
        Tree::list("error", self.iter().map(of))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        let fault = |one: Node<'_>| {
            Ok(Fault {
                code: one.required("code")?,
                description: one.text("description").unwrap_or_default(),
            })
        };
        node.items(Self::ROOT)?.into_iter().map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, write};

    #[test]
    fn errors_are_a_list_with_one_entry_too() {
        let faults = vec![Fault::no_key("Invalid api_key received")];

        assert_eq!(
            write(&faults, Format::Json),
            r#"[{"code":403,"description":"Invalid api_key received"}]"#
        );
        assert_eq!(
            write(&faults, Format::Xml),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<errors><error><code>403</code>\
             <description>Invalid api_key received</description></error></errors>\n"
        );
        assert_eq!(status_of(&faults), 403);
        assert_eq!(status_of(&[]), 400);
    }
}
