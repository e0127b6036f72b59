//! What a sender gets back: a number or a token, the number behind a token, the mark of an update.

use crate::tree::{Document, Node, ReadError, Tree};

/// By what a new request can be followed: exactly one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ticket {
    /// Its number.
    Id(String),
    /// A token behind which the number will be found.
    Token(String),
}

/// The answer to a new request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// By what it can be followed.
    pub ticket: Ticket,
    /// What is going to be done.
    pub service_notice: Option<String>,
    /// The sender's account.
    pub account_id: Option<String>,
}

/// What lies behind a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenAnswer {
    /// The number, once it is known.
    pub service_request_id: Option<String>,
    /// The token.
    pub token: String,
}

/// The answer to an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateReceipt {
    /// Under which mark it is kept here.
    pub update_id: String,
}

impl Document for Vec<Receipt> {
    const ROOT: &'static str = "service_requests";

    fn tree(&self) -> Tree {
        Tree::list("request", self.iter().map(receipt))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        let receipt = |node: Node<'_>| {
            let ticket = match (node.text("service_request_id"), node.text("token")) {
                (Some(id), _) => Ticket::Id(id),
                (None, Some(token)) => Ticket::Token(token),
                (None, None) => return Err(ReadError::Missing("service_request_id")),
            };
            Ok(Receipt {
                ticket,
                service_notice: node.text("service_notice"),
                account_id: node.text("account_id"),
            })
        };
        node.items(Self::ROOT)?.into_iter().map(receipt).collect()
    }
}

/// Only one of number and token is written: the other does not stand there empty.
fn receipt(receipt: &Receipt) -> Tree {
    let ticket = match &receipt.ticket {
        Ticket::Id(id) => ("service_request_id", Tree::words(id)),
        Ticket::Token(token) => ("token", Tree::words(token)),
    };
    Tree::entries([
        ticket,
        (
            "service_notice",
            Tree::maybe(receipt.service_notice.as_deref()),
        ),
        ("account_id", Tree::maybe(receipt.account_id.as_deref())),
    ])
}

impl Document for Vec<TokenAnswer> {
    const ROOT: &'static str = "service_requests";

    fn tree(&self) -> Tree {
        let answer = |answer: &TokenAnswer| {
            Tree::entries([
                (
                    "service_request_id",
                    Tree::maybe(answer.service_request_id.as_deref()),
                ),
                ("token", Tree::words(&answer.token)),
            ])
        };
        Tree::list("request", self.iter().map(answer))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        let answer = |node: Node<'_>| {
            Ok(TokenAnswer {
                service_request_id: node.text("service_request_id"),
                token: node.required_text("token")?,
            })
        };
        node.items(Self::ROOT)?.into_iter().map(answer).collect()
    }
}

impl Document for Vec<UpdateReceipt> {
    const ROOT: &'static str = "service_request_updates";

    fn tree(&self) -> Tree {
        let receipt =
            |one: &UpdateReceipt| Tree::entries([("update_id", Tree::words(&one.update_id))]);
        Tree::list("request_update", self.iter().map(receipt))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        let receipt = |node: Node<'_>| {
            let update_id = node.required_text("update_id")?;
            Ok(UpdateReceipt { update_id })
        };
        node.items(Self::ROOT)?.into_iter().map(receipt).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, write};

    #[test]
    fn a_receipt_says_number_or_token_and_not_both() {
        let of = |ticket| {
            vec![Receipt {
                ticket,
                service_notice: None,
                account_id: None,
            }]
        };

        let number = write(&of(Ticket::Id("293944".into())), Format::Json);
        let token = write(&of(Ticket::Token("12345".into())), Format::Xml);

        assert!(number.contains("\"service_request_id\":\"293944\""));
        assert!(!number.contains("token"));
        assert!(token.contains("<request><token>12345</token>"));
        assert!(!token.contains("service_request_id"));
    }
}
