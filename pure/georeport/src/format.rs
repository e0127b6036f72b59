//! The two formats of an answer, chosen by the end of the path.

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `text/xml`; every server must speak it.
    Xml,
    /// `application/json`, by the Spark convention: the root element is dropped, a list stays a list.
    Json,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Xml, Self::Json];

    /// The end of a path, without the point.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }

    /// The content type of an answer.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Xml => "text/xml; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// Takes the format from the end of a name: `001.json` is `001` in JSON. `None` when the name ends in neither, or
    /// nothing stands before the point.
    pub fn split(name: &str) -> Option<(&str, Self)> {
        let (stem, suffix) = name.rsplit_once('.')?;
        let format = Self::ALL.into_iter().find(|one| one.suffix() == suffix)?;
        (!stem.is_empty()).then_some((stem, format))
    }

    /// The format in which an answer about this path is expected, XML when the path does not say.
    pub fn of_path(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.')
            .and_then(|(_, suffix)| Self::ALL.into_iter().find(|one| one.suffix() == suffix))
            .unwrap_or(Self::Xml)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_path_says_the_format() {
        assert_eq!(Format::split("001.json"), Some(("001", Format::Json)));
        assert_eq!(Format::split("a.b.xml"), Some(("a.b", Format::Xml)));
        assert_eq!(Format::split(".xml"), None);
        assert_eq!(Format::split("001"), None);
        assert_eq!(Format::split("001.html"), None);
        assert_eq!(Format::of_path("/open311/v2/nothing.json"), Format::Json);
        assert_eq!(Format::of_path("/open311/v2/nothing"), Format::Xml);
    }
}
