//! Headers brought to one form, so that `姓 名（必填）` and `姓名*` are the same word.

/// A header as it is compared.
pub struct Header {
    /// Letters, digits and Han characters in lower case, nothing between them; what stands in brackets is left out.
    pub joined: String,
    /// Its words in lower case with one space around each, brackets included; for Latin words, which hide in others
    /// (*race* in *trace*).
    pub words: String,
}

impl Header {
    pub fn of(header: &str) -> Self {
        let folded = text::fold(header);
        let mut joined = String::new();
        let mut brackets = 0u32;
        for c in folded.chars() {
            match c {
                '(' | '[' | '{' | '【' | '〔' | '<' => brackets += 1,
                ')' | ']' | '}' | '】' | '〕' | '>' => brackets = brackets.saturating_sub(1),
                c if brackets == 0 && c.is_alphanumeric() => joined.push(c),
                _ => {}
            }
        }
        let mut words = String::from(" ");
        for word in folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            words.push_str(word);
            words.push(' ');
        }
        Self { joined, words }
    }

    /// Whether the header speaks of a term: a Latin term as whole words, any other anywhere, brackets included.
    pub fn mentions(&self, term: &str) -> bool {
        if term.is_ascii() {
            self.words.contains(&format!(" {term} "))
        } else {
            self.joined.contains(term) || self.words.replace(' ', "").contains(term)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_marks_and_remarks_do_not_change_a_header() {
        for header in ["姓名", " 姓 名 ", "姓名*", "姓名（必填）", "【1】姓　名："]
        {
            assert_eq!(Header::of(header).joined, "姓名", "{header}");
        }
        assert_eq!(Header::of("ＩＤ Card No.").joined, "idcardno");
    }

    #[test]
    fn latin_terms_are_whole_words() {
        assert!(Header::of("Race / origin").mentions("race"));
        assert!(!Header::of("Trace number").mentions("race"));
    }

    #[test]
    fn a_term_in_brackets_is_still_said() {
        assert!(Header::of("编号（身份证）").mentions("身份证"));
    }
}
