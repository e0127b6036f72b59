//! Two spellings side by side, with the characters marked that differ.

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// Whether the other text does not have them here.
    pub is_marked: bool,
}

/// Both texts in pieces, by their longest common subsequence of characters.
pub fn differing(left: &str, right: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    // common[i][j]: the length of what a[i..] and b[j..] have in common.
    let mut common = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = if a[i] == b[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            put(&mut lefts, a[i], false);
            put(&mut rights, b[j], false);
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[i + 1][j] >= common[i][j + 1]) {
            put(&mut lefts, a[i], true);
            i += 1;
        } else {
            put(&mut rights, b[j], true);
            j += 1;
        }
    }
    (lefts, rights)
}

fn put(pieces: &mut Vec<Piece>, c: char, is_marked: bool) {
    match pieces.last_mut() {
        Some(last) if last.is_marked == is_marked => last.text.push(c),
        _ => pieces.push(Piece {
            text: c.to_string(),
            is_marked,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| {
                if piece.is_marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn only_the_characters_that_differ_are_marked() {
        for (left, right, lefts, rights) in [
            ("王秀英", "王秀瑛", "王秀[英]", "王秀[瑛]"),
            (
                "3栋2单元501",
                "3栋2单元0501",
                "3栋2单元501",
                "3栋2单元[0]501",
            ),
            ("", "甲", "", "[甲]"),
            ("甲", "甲", "甲", "甲"),
        ] {
            let (a, b) = differing(left, right);
            assert_eq!((marked(&a).as_str(), marked(&b).as_str()), (lefts, rights));
        }
    }
}
