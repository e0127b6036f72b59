//! XML: writing with only what the contract needs, reading as a stream that builds no more than it must.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::tree::{ReadError, Tree};

/// Deeper than any document of the contract; deeper ones are somebody's joke.
const DEPTH_MAX: usize = 24;

/// An element that was read: its own words and the elements within.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, without prefix.
    pub name: String,
    /// The words directly within it.
    pub text: String,
    /// The elements within it, in order.
    pub children: Vec<Element>,
}

/// A whole document.
pub fn document(root: &str, tree: &Tree) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    write(&mut xml, root, tree);
    xml.push('\n');
    xml
}

fn write(xml: &mut String, name: &str, tree: &Tree) {
    xml.push('<');
    xml.push_str(name);
    if *tree == Tree::Nothing {
        xml.push_str("/>");
        return;
    }
    xml.push('>');
    match tree {
        Tree::Nothing => {}
        Tree::Words(words) => escape(xml, words),
        Tree::Whole(number) => xml.push_str(&number.to_string()),
        Tree::Degrees(number) => xml.push_str(&number.to_string()),
        Tree::Truth(truth) => xml.push_str(&truth.to_string()),
        Tree::Entries(entries) => entries
            .iter()
            .for_each(|(name, tree)| write(xml, name, tree)),
        Tree::List(item, entries) => entries.iter().for_each(|tree| write(xml, item, tree)),
    }
    xml.push_str("</");
    xml.push_str(name);
    xml.push('>');
}

/// Characters that XML 1.0 cannot carry (section 2.2) become U+FFFD; a carriage return is written as a reference, so
/// that it is not read back as a line feed (section 2.11).
fn escape(xml: &mut String, words: &str) {
    for letter in words.chars() {
        match letter {
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '&' => xml.push_str("&amp;"),
            '\r' => xml.push_str("&#13;"),
            '\t' | '\n' => xml.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push('\u{fffd}'),
            _ => xml.push(letter),
        }
    }
}

/// Reads a document. Comments, processing instructions and the type declaration are passed over; entities of one's own
/// are refused, so that nothing grows while it is read.
pub fn parse(words: &str) -> Result<Element, ReadError> {
    let mut reader = Reader::from_str(words);
    reader.config_mut().expand_empty_elements = true;
    // The first is the document itself, which has no name.
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(start) => {
                if open.len() > DEPTH_MAX {
                    return Err(ReadError::TooDeep);
                }
                open.push(Element {
                    name: local_name(&start),
                    ..Element::default()
                });
            }
            Event::End(_) => close(&mut open),
            Event::Text(text) => say(&mut open, &text.xml10_content()),
            Event::CData(text) => say(&mut open, &text.xml10_content()),
            Event::GeneralRef(entity) => refer(&mut open, &entity)?,
            Event::Eof => break,
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    let is_whole = open.len() == 1;
    let root = open
        .pop()
        .and_then(|document| document.children.into_iter().next());
    root.filter(|_| is_whole)
        .ok_or_else(|| broken("it ends inside an element"))
}

fn local_name(start: &BytesStart<'_>) -> String {
    let name = start.name();
    let name: &str = name.as_ref();
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn refer(open: &mut [Element], entity: &BytesRef<'_>) -> Result<(), ReadError> {
    if let Some(letter) = entity.resolve_char_ref().map_err(broken)? {
        say(open, letter.encode_utf8(&mut [0; 4]));
        return Ok(());
    }
    let known = resolve_predefined_entity(entity);
    say(open, known.ok_or_else(|| broken("an entity of its own"))?);
    Ok(())
}

fn say(open: &mut [Element], words: &str) {
    if let Some(last) = open.last_mut() {
        last.text.push_str(words);
    }
}

/// The document itself is never closed.
fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(element) = open.pop()
        && let Some(around) = open.last_mut()
    {
        around.children.push(element);
    }
}

fn broken(error: impl std::fmt::Display) -> ReadError {
    ReadError::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_keeps_its_words_and_children() {
        let root = parse(
            "<?xml version=\"1.0\"?><a><b>1 &lt; 2 &#x6c34;</b><b><![CDATA[<x>]]></b><c/></a>",
        )
        .unwrap();

        let texts: Vec<&str> = root.children.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["1 < 2 水", "<x>", ""]);
    }

    #[test]
    fn what_is_broken_or_hostile_is_refused() {
        assert!(parse("").is_err());
        assert!(parse("<a><b></a>").is_err());
        assert!(parse("<a>").is_err());
        assert!(parse("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
        assert_eq!(parse(&"<a>".repeat(100)), Err(ReadError::TooDeep));
    }

    #[test]
    fn what_xml_cannot_carry_is_marked() {
        let mut xml = String::new();

        escape(&mut xml, "a\u{1}b\rc");

        assert_eq!(xml, "a\u{fffd}b&#13;c");
    }
}
