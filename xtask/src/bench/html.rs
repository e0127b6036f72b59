//! The tags of a page, as far as the pages that the program writes need it: no repair of broken markup.

/// A tag as it is written, and the words from it to the next.
#[derive(Debug)]
pub struct Tag {
    /// `input`; `/form` for the end of a form.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The words from it to the next tag.
    pub text: String,
}

impl Tag {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// Whether it has an attribute, with a value or without.
    pub fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }
}

/// The tags of a page, one after the other. What scripts hold is not looked into.
pub fn tags(html: &str) -> impl Iterator<Item = Tag> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')?..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = &comment[comment.find("-->")?..];
                continue;
            }
            let (inside, after) = inside_of_tag(&rest[1..])?;
            rest = after;
            let (name, attributes) = parts(inside);
            let text = &rest[..rest.find('<').unwrap_or(rest.len())];
            let text = unescaped(text);
            if name == "script" {
                rest = &rest[rest.find("</script")?..];
            }
            return Some(Tag {
                name,
                attributes,
                text,
            });
        }
    })
}

/// What stands before the `>` that is in no quotes, and what after it.
fn inside_of_tag(html: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, letter) in html.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some((&html[..at], &html[at + 1..])),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

fn parts(inside: &str) -> (String, Vec<(String, String)>) {
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside
        .split_once(|letter: char| letter.is_whitespace())
        .unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return (name.to_ascii_lowercase(), attributes);
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || letter == '=')
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after),
            None => ("", after),
        };
        attributes.push((key.to_ascii_lowercase(), unescaped(value)));
        rest = after;
    }
}

fn value(rest: &str) -> (&str, &str) {
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
        _ => rest
            .split_once(|letter: char| letter.is_whitespace())
            .unwrap_or((rest, "")),
    }
}

/// The words with `&amp;` and its kin read. What is none of them stays as it is.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let known = after
            .split_once(';')
            .and_then(|(name, after)| Some((entity(name)?, after)));
        let (letter, after) = known.unwrap_or(('&', after));
        plain.push(letter);
        rest = after;
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_its_attributes_in_whatever_quotes_and_its_words() {
        let page = r#"<INPUT checked name=q value='a "b" > c' title="&lt;&#x505c;&#27700;&copy; & &amp;">几栋 &gt; 哪里<br/>"#;

        let tags: Vec<Tag> = tags(page).collect();

        assert_eq!(tags[0].name, "input");
        assert!(tags[0].has("checked"));
        assert_eq!(tags[0].attribute("name"), Some("q"));
        assert_eq!(tags[0].attribute("value"), Some("a \"b\" > c"));
        assert_eq!(tags[0].attribute("title"), Some("<停水&copy; & &"));
        assert_eq!(tags[0].text, "几栋 > 哪里");
        assert_eq!(tags[1].name, "br");
    }

    #[test]
    fn tags_inside_scripts_and_comments_are_no_tags() {
        let page = r#"<!-- <form> --><p>1<script>if (1<2) "<input>"</script></p><a"#;

        let names: Vec<String> = tags(page).map(|tag| tag.name).collect();

        assert_eq!(names, ["p", "script", "/script", "/p"]);
    }
}
