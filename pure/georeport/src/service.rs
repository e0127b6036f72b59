//! Services: what can be asked for.

use crate::tree::{Document, Node, ReadError, Tree};

/// A kind of request that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its code, always text.
    pub service_code: String,
    /// What people call it.
    pub service_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it asks for more: then there is a definition.
    pub metadata: bool,
    /// What a sender gets back.
    pub kind: ServiceKind,
    /// Words by which it is found; none holds a comma.
    pub keywords: Vec<String>,
    /// Under which heading it stands.
    pub group: Option<String>,
}

/// What a sender gets back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// The number at once.
    Realtime,
    /// A token, and the number later.
    Batch,
    /// Nothing that could be followed.
    Blackbox,
}

impl ServiceKind {
    /// The word of the contract.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Realtime => "realtime",
            Self::Batch => "batch",
            Self::Blackbox => "blackbox",
        }
    }
}

impl Document for Vec<Service> {
    const ROOT: &'static str = "services";

    fn tree(&self) -> Tree {
        Tree::list("service", self.iter().map(service))
    }

    fn from_node(node: Node<'_>) -> Result<Self, ReadError> {
        node.items(Self::ROOT)?
            .into_iter()
            .map(read_service)
            .collect()
    }
}

fn service(service: &Service) -> Tree {
    Tree::entries([
        ("service_code", Tree::words(&service.service_code)),
        ("service_name", Tree::words(&service.service_name)),
        ("description", Tree::maybe(service.description.as_deref())),
        ("metadata", Tree::Truth(service.metadata)),
        ("type", Tree::words(service.kind.word())),
        ("keywords", Tree::words(&service.keywords.join(","))),
        ("group", Tree::maybe(service.group.as_deref())),
    ])
}

fn read_service(node: Node<'_>) -> Result<Service, ReadError> {
    Ok(Service {
        service_code: node.required_text("service_code")?,
        service_name: node.text("service_name").unwrap_or_default(),
        description: node.text("description"),
        metadata: node.truth("metadata")?.unwrap_or(false),
        kind: match node.text("type").as_deref() {
            Some("batch") => ServiceKind::Batch,
            Some("blackbox") => ServiceKind::Blackbox,
            _ => ServiceKind::Realtime,
        },
        keywords: keywords(&node.text("keywords").unwrap_or_default()),
        group: node.text("group"),
    })
}

fn keywords(words: &str) -> Vec<String> {
    let words = words.split(',').map(str::trim);
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, read, write};

    #[test]
    fn a_service_is_written_as_the_contract_shows_it() {
        let services = vec![Service {
            service_code: "lamp".into(),
            service_name: "楼道灯".into(),
            description: None,
            metadata: false,
            kind: ServiceKind::Realtime,
            keywords: vec!["灯".into(), "照明".into()],
            group: Some("公共设施".into()),
        }];

        let json: serde_json::Value =
            serde_json::from_str(&write(&services, Format::Json)).unwrap();
        let expected = serde_json::json!([{
            "service_code": "lamp", "service_name": "楼道灯", "description": null, "metadata": false,
            "type": "realtime", "keywords": "灯,照明", "group": "公共设施",
        }]);
        assert_eq!(json, expected);
        assert!(write(&services, Format::Xml).contains("<description/><metadata>false</metadata>"));
        assert!(write(&services, Format::Xml).contains("<services><service><service_code>lamp"));
    }

    #[test]
    fn servers_that_differ_are_understood() {
        let numbers =
            r#"{"services":[{"service_code":1,"service_name":"Lamp","metadata":"true"}]}"#;

        let services: Vec<Service> = read(numbers, Format::Json).unwrap();

        assert_eq!(services[0].service_code, "1");
        assert!(services[0].metadata);
        assert_eq!(services[0].kind, ServiceKind::Realtime);
    }

    #[test]
    fn no_service_is_an_empty_list() {
        assert_eq!(write(&Vec::<Service>::new(), Format::Json), "[]");
        assert!(
            read::<Vec<Service>>("<services/>", Format::Xml)
                .unwrap()
                .is_empty()
        );
    }
}
