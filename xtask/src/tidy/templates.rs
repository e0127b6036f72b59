//! What the Content-Security-Policy and promise 11 ask of templates, styles and scripts: nothing inline, nothing from
//! elsewhere.

use super::Fault;
use super::sources::{Sources, fault_in_line};

/// Addresses that name something and fetch nothing.
const NAMES_ONLY: [&str; 3] = ["www.w3.org/", "example.org", "example.com"];

/// Inline styles, scripts and handlers in templates, which the policy would refuse.
pub fn against_the_policy(sources: &Sources) -> Vec<Fault> {
    let templates = sources
        .with_ending(&["html", "svg"])
        .filter(|(path, _)| path.contains("/templates/"));
    templates
        .flat_map(|(path, template)| {
            let html = without_expressions(template);
            tags_of(&html)
                .filter_map(|(at, tag)| Some((at, refused_in(tag)?)))
                .map(|(at, what)| {
                    fault_in_line("template", path, html[..at].matches('\n').count(), what)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Addresses outside the program in templates, styles and scripts.
pub fn third_parties(sources: &Sources) -> Vec<Fault> {
    let is_shown = |path: &str| {
        path.contains("/templates/")
            || path.starts_with("web/src/")
            || path.starts_with("web/styles/")
    };
    let mut faults = Vec::new();
    for (path, text) in sources
        .with_ending(&["html", "css", "ts", "svg"])
        .filter(|(path, _)| is_shown(path))
    {
        for (line, text) in text
            .lines()
            .enumerate()
            .filter(|(_, text)| !is_comment(text))
        {
            let addresses = ["http://", "https://", "=\"//", "url(//"]
                .into_iter()
                .flat_map(|start| {
                    text.match_indices(start)
                        .map(|(at, start)| &text[at + start.len()..])
                });
            let strange = addresses
                .filter(|address| !NAMES_ONLY.iter().any(|name| address.starts_with(name)));
            faults.extend(strange.map(|address| {
                let host = address
                    .split(['/', '"', '\'', ' ', ')'])
                    .next()
                    .unwrap_or_default();
                fault_in_line(
                    "third-party",
                    path,
                    line,
                    format!("leads to `{host}`: pages ask no one but the program"),
                )
            }));
        }
    }
    faults
}

fn is_comment(line: &str) -> bool {
    ["//", "/*", "* ", "*/", "{#"]
        .iter()
        .any(|start| line.trim_start().starts_with(start))
}

/// The template with spaces for its expressions and comments, so that no `>` or quote of theirs disturbs. Line breaks
/// and lengths stay.
fn without_expressions(template: &str) -> String {
    let mut html = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = ["{{", "{%", "{#"]
        .iter()
        .filter_map(|opening| rest.find(opening))
        .min()
    {
        let closing = match &rest[start..start + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let end = rest[start..]
            .find(closing)
            .map_or(rest.len(), |at| start + at + 2);
        html.push_str(&rest[..start]);
        html.extend(
            rest[start..end]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
        );
        rest = &rest[end..];
    }
    html + rest
}

/// The opening tags of a page, without their brackets, and where they stand.
fn tags_of(html: &str) -> impl Iterator<Item = (usize, &str)> {
    html.match_indices('<').filter_map(|(at, _)| {
        let inside = &html[at + 1..];
        inside
            .starts_with(|first: char| first.is_ascii_alphabetic())
            .then(|| (at, &inside[..end_of_tag(inside)]))
    })
}

fn end_of_tag(inside: &str) -> usize {
    let mut quote = None;
    let end = inside.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    });
    end.unwrap_or(inside.len())
}

fn refused_in(tag: &str) -> Option<String> {
    let attributes = attributes_of(tag);
    let value_of = |wanted: &str| {
        attributes
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| *value)
    };
    let name = tag
        .split(|character: char| !character.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    if name.eq_ignore_ascii_case("style") || value_of("style").is_some() {
        return Some("inline style: the policy refuses it, use a class".to_owned());
    }
    let handler = attributes.iter().find(|(name, _)| name.starts_with("on"));
    if let Some((handler, _)) = handler {
        return Some(format!(
            "inline handler `{handler}`: the policy refuses it, use the script"
        ));
    }
    let holds_values = value_of("type").is_some_and(|kind| kind.ends_with("json"));
    if name.eq_ignore_ascii_case("script") && value_of("src").is_none() && !holds_values {
        return Some("inline script: the policy refuses it".to_owned());
    }
    let leads_to_script = attributes
        .iter()
        .any(|(_, value)| value.trim_start().starts_with("javascript:"));
    leads_to_script.then(|| "an address that is a script: the policy refuses it".to_owned())
}

/// Names, in small letters, and values of a tag's attributes.
fn attributes_of(tag: &str) -> Vec<(String, &str)> {
    let mut attributes = Vec::new();
    let mut rest = tag.trim_start_matches(|character: char| {
        character.is_ascii_alphanumeric() || character == '-'
    });
    loop {
        rest = rest
            .trim_start_matches(|character: char| character.is_whitespace() || character == '/');
        let end = rest
            .find(|character: char| character.is_whitespace() || matches!(character, '=' | '/'))
            .unwrap_or(rest.len());
        if end == 0 && !rest.starts_with('=') {
            return attributes;
        }
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = value_and_rest(after.trim_start());
        }
        attributes.push((name, value));
    }
}

fn value_and_rest(after: &str) -> (&str, &str) {
    match after.chars().next() {
        Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
        _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(template: &str) -> Vec<String> {
        let sources = Sources::from([("a/templates/p.html", template)]);
        against_the_policy(&sources)
            .into_iter()
            .map(|fault| fault.what)
            .collect()
    }

    #[test]
    fn what_the_policy_refuses_is_told_with_its_line() {
        let found = lines(
            "<p style=\"color:red\">\n<button type=submit onClick='go()'>\n<script>alert(1)</script>\n<style>p{}</style>\n\
             <a href=\"javascript:go()\">",
        );

        let starts: Vec<_> = found
            .iter()
            .map(|what| what.split(':').take(2).collect::<String>())
            .collect();
        assert_eq!(
            starts,
            [
                "line 1 inline style",
                "line 2 inline handler `onclick`",
                "line 3 inline script",
                "line 4 inline style",
                "line 5 an address that is a script",
            ]
        );
    }

    #[test]
    fn what_only_looks_alike_is_left_alone() {
        let found = lines(
            "<a title=\"a > b style=x on=y\" {% if a > b %}hidden{% endif %} data-once=\"{{ t(\"on\") }}\">no style=\"here\"</a>\n\
             <script type=\"application/json\">{}</script><script src=\"/web/map.js\" defer></script><br/>",
        );

        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn an_address_elsewhere_is_told_and_a_namespace_is_not() {
        let sources = Sources::from([
            (
                "a/templates/p.html",
                "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<img src=\"https://tiles.net/1.png\">\n<img src=\"//cdn.net/a\">",
            ),
            (
                "web/src/map.ts",
                "// See https://leaflet.net.\nfetch(\"https://api.net/x\");\n",
            ),
            ("docs/a.html", "<a href=\"https://elsewhere.net\">"),
        ]);

        let mut hosts: Vec<_> = third_parties(&sources)
            .into_iter()
            .map(|fault| fault.what)
            .collect();
        hosts.sort();

        assert_eq!(hosts.len(), 3, "{hosts:?}");
        assert!(
            hosts[0].contains("`api.net`")
                && hosts[1].contains("`tiles.net`")
                && hosts[2].contains("`cdn.net`")
        );
    }
}
