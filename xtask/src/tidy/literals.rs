//! The string literals of Rust sources and of templates' expressions, each with the call that it is the first input of.
//!
//! Not a parser: it knows comments, strings, characters and lifetimes well enough to tell where a literal stands.

/// A string literal as it is written, escapes and all.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal<'a> {
    /// The characters between the quotes.
    pub text: &'a str,
    /// The path before the parenthesis that opens just before the literal: `page.t("id")` gives `t`,
    /// `Message::of("id")` gives `Message::of`, `#[message("id")]` gives `#[message`; nothing elsewhere.
    pub callee: &'a str,
    /// The line it stands in, counted from 0.
    pub line: usize,
}

/// The literals of a Rust source, in order. Those in comments are none.
pub fn in_rust(source: &str) -> Vec<Literal<'_>> {
    Scanner {
        source,
        at: 0,
        found: Vec::new(),
    }
    .scan()
}

/// The literals within `{{ … }}` and `{% … %}` of a template, in order.
pub fn in_template(template: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = template[from..].find('{').map(|at| from + at) {
        let closing = match template[start..].get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => {
                from = start + 1;
                continue;
            }
        };
        let inside = start + 2;
        let end = template[inside..]
            .find(closing)
            .map_or(template.len(), |at| inside + at);
        let lines_before = template[..inside].matches('\n').count();
        found.extend(
            in_rust(&template[inside..end])
                .into_iter()
                .map(|literal| Literal {
                    line: literal.line + lines_before,
                    ..literal
                }),
        );
        from = end;
    }
    found
}

struct Scanner<'a> {
    source: &'a str,
    /// Always at the border of a character.
    at: usize,
    found: Vec<Literal<'a>>,
}

impl<'a> Scanner<'a> {
    fn scan(mut self) -> Vec<Literal<'a>> {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '/' if self.rest().starts_with("//") => self.skip_past("\n"),
                '/' if self.rest().starts_with("/*") => self.skip_block_comment(),
                '"' => self.take_string(),
                '#' | 'r' if self.opens_raw_string() => self.take_raw_string(),
                '\'' => self.skip_character_or_lifetime(),
                _ if is_word(next) => self.skip_word(),
                _ => self.at += next.len_utf8(),
            }
        }
        self.found
    }

    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn skip_past(&mut self, end: &str) {
        self.at = self
            .rest()
            .find(end)
            .map_or(self.source.len(), |at| self.at + at + end.len());
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else {
                match rest.chars().next() {
                    Some(next) => self.at += next.len_utf8(),
                    None => return,
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn take_string(&mut self) {
        let opening = self.at;
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' => drop(characters.next()),
                '"' => return self.keep(opening, opening + 1, opening + at, opening + at + 1),
                _ => {}
            }
        }
        self.at = self.source.len();
    }

    /// `r"` or `r#"`; the `r` of `br"` stands inside a word and is met here too, see [`Self::skip_word`].
    fn opens_raw_string(&self) -> bool {
        let after = self.rest().strip_prefix('r');
        after.is_some_and(|after| after.trim_start_matches('#').starts_with('"'))
    }

    fn take_raw_string(&mut self) {
        let opening = self.at;
        let hashes = self.rest()[1..]
            .chars()
            .take_while(|character| *character == '#')
            .count();
        let inside = opening + 1 + hashes + 1;
        let closing = format!("\"{}", "#".repeat(hashes));
        let end = self.source[inside..]
            .find(&closing)
            .map_or(self.source.len(), |at| inside + at);
        let after = (end + closing.len()).min(self.source.len());
        self.keep(opening, inside, end, after);
    }

    fn skip_character_or_lifetime(&mut self) {
        let mut characters = self.rest().char_indices().skip(1);
        match (characters.next(), characters.next()) {
            (Some((_, '\\')), Some(_)) => {
                // Past the escaped character, which may itself be a quote: `'\''`.
                self.at += 3;
                self.skip_past("'");
            }
            (Some(_), Some((closing, '\''))) => self.at += closing + 1,
            _ => self.at += 1,
        }
    }

    /// Skips a word, so that the `r` of `for"` opens nothing; but not the `b` before a literal.
    fn skip_word(&mut self) {
        let word: usize = self
            .rest()
            .chars()
            .take_while(|next| is_word(*next))
            .map(char::len_utf8)
            .sum();
        let is_byte_prefix = self.rest().starts_with("br") && word == 2;
        self.at += if is_byte_prefix { 1 } else { word };
    }

    fn keep(&mut self, opening: usize, start: usize, end: usize, after: usize) {
        let callee = callee_before(&self.source[..opening]);
        let line = self.source[..opening].matches('\n').count();
        self.found.push(Literal {
            text: &self.source[start..end],
            callee,
            line,
        });
        self.at = after;
    }
}

fn callee_before(source: &str) -> &str {
    let Some(before) = source.trim_end().strip_suffix('(') else {
        return "";
    };
    let before = before.trim_end();
    let name_start = before
        .char_indices()
        .rev()
        .take_while(|(_, character)| is_word(*character) || matches!(character, ':' | '!'))
        .last()
        .map_or(before.len(), |(at, _)| at);
    let start = if before[..name_start].ends_with("#[") {
        name_start - 2
    } else {
        name_start
    };
    &before[start..]
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'a>(literals: &[Literal<'a>]) -> Vec<(&'a str, &'a str)> {
        literals
            .iter()
            .map(|literal| (literal.callee, literal.text))
            .collect()
    }

    #[test]
    fn literals_are_found_with_the_call_they_stand_in() {
        let source = r#"
            page.t("home-title"); Message::of( "request-closed" ); t!("saved");
            #[message("refused")] enum E {} let x = ["plain", "two"]; page.t1("greeting", "name", who)
        "#;

        assert_eq!(
            texts(&in_rust(source)),
            [
                ("t", "home-title"),
                ("Message::of", "request-closed"),
                ("t!", "saved"),
                ("#[message", "refused"),
                ("", "plain"),
                ("", "two"),
                ("t1", "greeting"),
                ("", "name"),
            ]
        );
    }

    #[test]
    fn comments_characters_and_lifetimes_confuse_nobody() {
        let source = "// \"no\"\n/* \"no\" /* \"no\" */ */ fn f<'a>(x: &'a str) { '\"'; '\\''; '字'; \"yes\" }";

        assert_eq!(texts(&in_rust(source)), [("", "yes")]);
    }

    #[test]
    fn escapes_and_raw_strings_end_where_they_end() {
        let source = r##"a("x\"y"); b(r#"say "hi" now"#); c(br"bytes"); d(r"\");"##;

        assert_eq!(
            texts(&in_rust(source)),
            [
                ("a", "x\\\"y"),
                ("b", "say \"hi\" now"),
                ("", "bytes"),
                ("d", "\\")
            ]
        );
    }

    #[test]
    fn only_the_expressions_of_a_template_count() {
        let template =
            "<a title=\"{{ page.t(\"open\") }}\"\n>it's \"plain\"</a>{% if kind == \"lamp\" %}";

        let found = in_template(template);

        assert_eq!(texts(&found), [("t", "open"), ("", "lamp")]);
        assert_eq!(found[1].line, 1);
    }
}
