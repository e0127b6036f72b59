//! Addresses inside a community as a key: compound, building, unit, room.
//!
//! Every department writes the same door differently. The key makes 3幢2单元501室, 三号楼二单元五〇一 and 3-2-501 equal. It does
//! not know which road number belongs to which compound; that is a table of the community, not of this module.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::numeral::{is_small_numeral, parse_numeral};

/// A door, read from an address. Labels are in Arabic digits without leading zeros and in capitals (`3`, `12A`, `甲`).
///
/// ```
/// let key = text::AddressKey::parse("锦江苑三号楼二单元五〇一").unwrap();
/// assert_eq!(key.to_string(), "锦江苑3栋2单元501");
/// assert_eq!(key, text::AddressKey::parse("锦江苑 3幢2单元501室").unwrap());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AddressKey {
    /// What stands before the building, as written, without blanks: 锦江苑, or 锦江路88弄.
    pub compound: Option<String>,
    /// 栋, 幢, 座, 号楼; in Shanghai also the 号 of a lane.
    pub building: Option<String>,
    /// 单元; also 门 and 梯.
    pub unit: Option<String>,
    /// 室, 房, 户, or the last number.
    pub room: Option<String>,
}

impl AddressKey {
    /// Reads an address; `None` when it names neither a building nor a room.
    ///
    /// Of numbers joined by dashes three are building, unit and room, and two are building and room. A floor (5层) is
    /// left out, since rooms are numbered through. What follows the room is ignored.
    pub fn parse(address: &str) -> Option<Self> {
        let text = folded(address);
        let key = by_building(&text)
            .or_else(|| by_dashes(&text))
            .or_else(|| by_unit(&text))
            .or_else(|| by_room(&text))?;
        (key.building.is_some() || key.room.is_some()).then_some(key)
    }

    /// Whether two addresses name the same door: building, unit and room are equal, and so are the compounds where
    /// both name one. Inside one community's register the compound is often left out.
    pub fn same_door(&self, other: &Self) -> bool {
        let compounds_agree = match (&self.compound, &other.compound) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => true,
        };
        compounds_agree
            && (&self.building, &self.unit, &self.room)
                == (&other.building, &other.unit, &other.room)
    }
}

impl fmt::Display for AddressKey {
    /// The form of the register: 锦江苑3栋2单元501. What is missing is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(compound) = &self.compound {
            f.write_str(compound)?;
        }
        if let Some(building) = &self.building {
            write!(f, "{building}栋")?;
        }
        if let Some(unit) = &self.unit {
            write!(f, "{unit}单元")?;
        }
        if let Some(room) = &self.room {
            f.write_str(room)?;
        }
        Ok(())
    }
}

/// Words after the label of a building that leave no doubt, longer ones before their own beginnings.
const BUILDING_WORDS: [&str; 7] = ["号楼", "#楼", "栋", "幢", "座", "舍", "#"];
const UNIT_WORDS: [&str; 4] = ["单元", "门", "梯", "#"];
const FLOOR_WORDS: [&str; 3] = ["层", "楼", "F"];
const ROOM_WORDS: [&str; 4] = ["室", "号", "房", "户"];

/// NFKC in capitals; every blank is one space, every dash or slash is `-`, brackets and commas are spaces.
fn folded(address: &str) -> Vec<char> {
    let mut text: Vec<char> = Vec::new();
    for c in address.nfkc().flat_map(char::to_uppercase) {
        let c = match c {
            '–' | '—' | '―' | '‐' | '‑' | '−' | '─' | '/' | '_' | '~' => '-',
            ',' | '、' | ';' | '(' | ')' | '[' | ']' | '【' | '】' => ' ',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if c == ' ' && text.last().is_none_or(|&before| before == ' ') {
            continue;
        }
        text.push(c);
    }
    while text.last() == Some(&' ') {
        text.pop();
    }
    text
}

/// 锦江苑3栋2单元501: the building is named by a word.
fn by_building(text: &[char]) -> Option<AddressKey> {
    for at in 0..text.len() {
        for word in BUILDING_WORDS {
            let Some(rest) = after_word(&text[at..], word) else {
                continue;
            };
            let Some((before, building)) = label_before(&text[..at]) else {
                continue;
            };
            return Some(inside_building(before, building, rest));
        }
    }
    // 楼 alone is a building only before a unit (3楼2单元), else a floor; 号 only before a room (88弄3号501室).
    for (place, &c) in text
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(c, '楼' | '号'))
    {
        let Some((before, building)) = label_before(&text[..place]) else {
            continue;
        };
        let key = inside_building(before, building, &text[place + 1..]);
        if key.unit.is_some() || (c == '号' && key.room.is_some()) {
            return Some(key);
        }
    }
    None
}

fn inside_building(before: &[char], building: String, rest: &[char]) -> AddressKey {
    let (unit, room) = unit_and_room(rest);
    AddressKey {
        compound: compound(before),
        building: Some(building),
        unit,
        room,
    }
}

/// What follows the building: `2单元501`, `-2-501`, `2-501室`, `5层501`, `501`, or nothing.
fn unit_and_room(rest: &[char]) -> (Option<String>, Option<String>) {
    let rest = skip_joints(rest);
    let Some((first, after_first)) = label_at_front(rest) else {
        return (None, None);
    };
    if let Some(after_unit) = after_any(after_first, &UNIT_WORDS) {
        return (Some(first), room(after_unit));
    }
    if let Some(after_floor) = after_any(after_first, &FLOOR_WORDS) {
        return (None, room(after_floor));
    }
    if let ['-', after_dash @ ..] = after_first
        && let Some(room) = room(after_dash)
    {
        return (Some(first), Some(room));
    }
    (None, Some(first))
}

/// The room at the front, a floor before it skipped.
fn room(rest: &[char]) -> Option<String> {
    let (label, after) = label_at_front(skip_joints(rest))?;
    match after_any(after, &FLOOR_WORDS) {
        Some(after_floor) => label_at_front(skip_joints(after_floor)).map(|(room, _)| room),
        None => Some(label),
    }
}

/// 锦江苑3-2-501 and 3-501, at the end of the address.
fn by_dashes(text: &[char]) -> Option<AddressKey> {
    let mut rest = without_room_word(text);
    let mut labels = Vec::new();
    while labels.len() < 3 {
        let Some((before, label)) = label_before(rest) else {
            break;
        };
        labels.push(label);
        rest = before;
        match before {
            [before @ .., '-'] if labels.len() < 3 => rest = before,
            _ => break,
        }
    }
    let mut labels = labels.into_iter();
    let (room, second, third) = (labels.next()?, labels.next()?, labels.next());
    let (building, unit) = match third {
        Some(building) => (building, Some(second)),
        None => (second, None),
    };
    Some(AddressKey {
        compound: compound(rest),
        building: Some(building),
        unit,
        room: Some(room),
    })
}

/// 2单元501, when a list is kept for each building.
fn by_unit(text: &[char]) -> Option<AddressKey> {
    (0..text.len()).find_map(|at| {
        let rest = after_word(&text[at..], "单元")?;
        let (before, unit) = label_before(&text[..at])?;
        Some(AddressKey {
            compound: compound(before),
            building: None,
            unit: Some(unit),
            room: room(rest),
        })
    })
}

/// 501室 or 501 and nothing else.
fn by_room(text: &[char]) -> Option<AddressKey> {
    let (before, room) = label_before(without_room_word(text))?;
    before.is_empty().then(|| AddressKey {
        room: Some(room),
        ..AddressKey::default()
    })
}

fn without_room_word(text: &[char]) -> &[char] {
    ROOM_WORDS
        .iter()
        .find_map(|word| text.strip_suffix(word.chars().collect::<Vec<_>>().as_slice()))
        .unwrap_or(text)
}

fn compound(before: &[char]) -> Option<String> {
    let name: String = before.iter().filter(|c| **c != ' ').collect();
    let name = name.trim_end_matches('-');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The text after a word at the front.
fn after_word<'a>(text: &'a [char], word: &str) -> Option<&'a [char]> {
    let mut rest = text;
    for c in word.chars() {
        rest = rest.strip_prefix(&[c])?;
    }
    Some(rest)
}

/// The text after the first of some words that fits, a blank before it allowed.
fn after_any<'a>(text: &'a [char], words: &[&str]) -> Option<&'a [char]> {
    let text = text.strip_prefix(&[' ']).unwrap_or(text);
    words.iter().find_map(|word| after_word(text, word))
}

fn skip_joints(mut text: &[char]) -> &[char] {
    while let [' ' | '-', rest @ ..] = text {
        text = rest;
    }
    text
}

/// The label that ends a text: digits of one kind with at most one letter on either side, or one letter alone. Also
/// gives what stands before it. A letter that ends a word belongs to the word: SOHO3栋 is building 3 of SOHO.
fn label_before(text: &[char]) -> Option<(&[char], String)> {
    let ends_in_a_word = |text: &[char]| text.last().is_some_and(char::is_ascii_alphabetic);
    let text = text.strip_suffix(&[' ']).unwrap_or(text);
    let (body, suffix) = match text {
        [body @ .., last] if is_letter(*last) => (body, Some(*last)),
        _ => (text, None),
    };
    let (before, number) = body.split_at(body.len() - number_length(body.iter().rev()));
    match before {
        _ if number.is_empty() => suffix
            .filter(|_| !ends_in_a_word(body))
            .map(|letter| (body, letter.to_string())),
        [before @ .., prefix] if is_letter(*prefix) && !ends_in_a_word(before) => {
            Some((before, label(Some(*prefix), number, suffix)))
        }
        _ => Some((before, label(None, number, suffix))),
    }
}

/// The label that begins a text, and what stands after it.
fn label_at_front(text: &[char]) -> Option<(String, &[char])> {
    let (prefix, body) = match text {
        [first, body @ ..] if is_letter(*first) => (Some(*first), body),
        _ => (None, text),
    };
    let (number, after) = body.split_at(number_length(body.iter()));
    if number.is_empty() && prefix.is_none() {
        return None;
    }
    let suffix = after
        .first()
        .copied()
        .filter(|c| !number.is_empty() && is_letter(*c) && !is_floor_mark(*c, after));
    let after = if suffix.is_some() { &after[1..] } else { after };
    Some((label(prefix, number, suffix), after))
}

/// How many of the next characters are digits of one kind, Arabic or Chinese.
fn number_length<'a>(characters: impl Iterator<Item = &'a char> + Clone) -> usize {
    match characters
        .clone()
        .take_while(|c| c.is_ascii_digit())
        .count()
    {
        0 => characters.take_while(|c| is_small_numeral(**c)).count(),
        arabic => arabic,
    }
}

/// 5F501: the F is a floor when a number follows it.
fn is_floor_mark(c: char, after: &[char]) -> bool {
    c == 'F'
        && after
            .get(1)
            .is_some_and(|next| next.is_ascii_digit() || *next == ' ' || *next == '-')
}

const fn is_letter(c: char) -> bool {
    matches!(
        c,
        'A'..='Z' | '甲' | '乙' | '丙' | '丁' | '戊' | '己' | '庚' | '辛'
    )
}

fn label(prefix: Option<char>, number: &[char], suffix: Option<char>) -> String {
    let number: String = number.iter().collect();
    // A number too long for u64 is no label anyone wrote, but it must not be lost.
    let number = parse_numeral(&number).map_or(number, |value| value.to_string());
    prefix
        .into_iter()
        .chain(number.chars())
        .chain(suffix)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(address: &str) -> String {
        AddressKey::parse(address).map_or_else(|| "none".to_owned(), |key| key.to_string())
    }

    #[test]
    fn every_department_s_way_of_writing_a_door_is_the_same_door() {
        for address in [
            "3栋2单元501",
            "3幢2单元501室",
            "3栋2单元501号",
            "三号楼二单元五〇一",
            "三栋二单元五百零一室",
            "3-2-501",
            "3-2-501室",
            "３－２－５０１",
            "３栋２单元５０１",
            "3/2/501",
            "3—2—501",
            "3#2单元501",
            "3#-2-501",
            "3号楼2单元5层501室",
            "3栋2单元5楼501",
            "3栋 2单元 501",
            " 3 栋 2 单元 501 室 ",
            "3栋2-501",
            "3栋-2-501",
            "3楼2单元501",
            "3栋2门501",
            "03栋02单元0501",
            "3栋2单元501室（租户）",
        ] {
            assert_eq!(read(address), "3栋2单元501", "{address}");
        }
    }

    #[test]
    fn what_stands_before_the_building_is_the_compound() {
        for (address, written) in [
            ("锦江苑3号楼2单元501", "锦江苑3栋2单元501"),
            ("锦江苑3-2-501", "锦江苑3栋2单元501"),
            ("锦江苑-3-2-501", "锦江苑3栋2单元501"),
            ("锦江苑 3栋2单元501", "锦江苑3栋2单元501"),
            ("锦江路12号锦江苑3栋2单元501", "锦江路12号锦江苑3栋2单元501"),
            ("锦江路88弄3号501室", "锦江路88弄3栋501"),
            ("锦江路88弄3号楼501室", "锦江路88弄3栋501"),
            ("阳光100 3栋501", "阳光1003栋501"),
            ("SOHO3栋501", "SOHO3栋501"),
            ("一期三栋501", "一期3栋501"),
            ("万科城市花园B座1203", "万科城市花园B栋1203"),
        ] {
            assert_eq!(read(address), written, "{address}");
        }
        let key = AddressKey::parse("阳光100 3栋501").expect("an address");
        assert_eq!(
            (key.compound.as_deref(), key.building.as_deref()),
            (Some("阳光100"), Some("3"))
        );
    }

    #[test]
    fn parts_may_be_missing_or_lettered() {
        for (address, written) in [
            ("3栋501", "3栋501"),
            ("3-501", "3栋501"),
            ("12号楼", "12栋"),
            ("十二号楼", "12栋"),
            ("3栋2单元", "3栋2单元"),
            ("2单元501", "2单元501"),
            ("501室", "501"),
            ("501", "501"),
            ("A3栋1单元1201", "A3栋1单元1201"),
            ("3A栋501", "3A栋501"),
            ("3栋A单元501B", "3栋A单元501B"),
            ("3栋5F501", "3栋501"),
            ("甲3栋501", "甲3栋501"),
        ] {
            assert_eq!(read(address), written, "{address}");
        }
    }

    #[test]
    fn a_text_without_a_door_has_no_key() {
        for address in [
            "",
            " ",
            "锦江路12号",
            "锦江苑",
            "社区广场东侧",
            "楼",
            "栋",
            "-",
            "--",
            "号楼",
        ] {
            assert_eq!(AddressKey::parse(address), None, "{address}");
        }
    }

    #[test]
    fn a_left_out_compound_does_not_make_another_door() {
        let full = AddressKey::parse("锦江苑3栋2单元501").expect("an address");
        let short = AddressKey::parse("3-2-501").expect("an address");
        let other = AddressKey::parse("望江苑3栋2单元501").expect("an address");

        assert!(full.same_door(&short));
        assert!(!full.same_door(&other));
    }

    proptest! {
        #[test]
        fn a_written_key_is_read_back(building in 1u32..200, unit in 1u32..9, room in 1u32..4000, compound in "[苑里园村]{0,4}") {
            let written = format!("{compound}{building}栋{unit}单元{room}");
            prop_assert_eq!(read(&written), written);
        }

        #[test]
        fn any_text_is_safe(text in "[0-9三十A号楼栋单元室 #-]{0,20}|\\PC{0,30}") {
            let _ = AddressKey::parse(&text);
        }
    }
}
