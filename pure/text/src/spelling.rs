//! Names in pinyin, so that 王秀英 is found by `wangxiuying`, `wang xiu` or `wxy`.

use ::pinyin::ToPinyinMulti;

use crate::folding::fold;

/// One way to spell a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spelling {
    /// Syllables without tones and blanks: `wangxiuying`; ü is written `v`, as on keyboards.
    pub full: String,
    /// The first letter of each syllable: `wxy`.
    pub initials: String,
}

/// At most this many spellings of a name are given.
const SPELLINGS_MAX: usize = 8;

/// The spellings of a name, the likeliest first, at least one and at most eight.
///
/// The first character (or the first two of a double surname) is read as a surname: 单 is `shan`, 尉迟 `yuchi`; the
/// everyday reading follows as a variant, because that is what a hurried colleague types. In given names the second
/// reading of a character makes one more spelling. Characters without pinyin stay, in lower case and without blanks.
///
/// ```
/// let spellings = text::pinyin("单秀英");
/// assert_eq!(spellings[0].full, "shanxiuying");
/// assert_eq!(spellings[0].initials, "sxy");
/// assert!(spellings.iter().any(|spelling| spelling.full == "danxiuying"));
/// ```
pub fn pinyin(name: &str) -> Vec<Spelling> {
    let syllables = syllables_of(name);
    let likeliest: Vec<&str> = syllables
        .iter()
        .map(|readings| readings[0].as_str())
        .collect();
    let mut spellings = vec![spelling(&likeliest)];
    // One departure from the likeliest reading at a time: two rare readings in one name are rarer than typing errors.
    for (place, readings) in syllables.iter().enumerate() {
        for reading in &readings[1..] {
            let mut variant = likeliest.clone();
            variant[place] = reading;
            let variant = spelling(&variant);
            if spellings.len() < SPELLINGS_MAX && !spellings.contains(&variant) {
                spellings.push(variant);
            }
        }
    }
    spellings
}

/// What someone typed to find a name by its sound, in the form of [`Spelling`]: lower case, no blanks, apostrophes or
/// tone marks, ü as `v`.
///
/// ```
/// assert_eq!(text::pinyin_query("Lǚ Xiu'ying"), "lvxiuying");
/// ```
pub fn pinyin_query(typed: &str) -> String {
    use unicode_normalization::UnicodeNormalization;

    let mut plain = String::new();
    for c in fold(typed).nfd() {
        match c {
            // The two dots of ü; other marks are tones.
            '\u{308}' if plain.ends_with('u') => {
                plain.pop();
                plain.push('v');
            }
            '\u{300}'..='\u{36F}' | '\'' | '’' | '-' | '·' => {}
            c if c.is_whitespace() => {}
            c => plain.push(c),
        }
    }
    plain
}

/// For each syllable its readings, the likeliest first; never an empty list inside.
fn syllables_of(name: &str) -> Vec<Vec<String>> {
    let folded: Vec<char> = fold(name)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '·' | '•' | '・'))
        .collect();
    let double: String = folded.iter().take(2).collect();
    if let Some((_, readings)) = DOUBLE_SURNAMES
        .iter()
        .find(|(surname, _)| *surname == double)
    {
        return readings
            .iter()
            .map(|reading| vec![(*reading).to_owned()])
            .chain(folded[2..].iter().map(|&c| readings_of(c)))
            .collect();
    }
    folded
        .iter()
        .enumerate()
        .map(|(place, &c)| {
            if place == 0 && folded.len() > 1 {
                surname_readings(c)
            } else {
                readings_of(c)
            }
        })
        .collect()
}

fn surname_readings(c: char) -> Vec<String> {
    let everyday = readings_of(c);
    match SURNAMES.iter().find(|(surname, _)| *surname == c) {
        Some((_, reading)) => vec![(*reading).to_owned(), everyday[0].clone()],
        None => vec![everyday[0].clone()],
    }
}

fn readings_of(c: char) -> Vec<String> {
    let Some(readings) = c.to_pinyin_multi() else {
        return vec![c.to_string()];
    };
    let mut plain: Vec<String> = Vec::new();
    for reading in readings {
        let reading = pinyin_query(reading.plain());
        if !plain.contains(&reading) {
            plain.push(reading);
        }
    }
    // Third and further readings are those of old books (方 as feng), or of other words.
    plain.truncate(2);
    plain
}

fn spelling(syllables: &[&str]) -> Spelling {
    Spelling {
        full: syllables.concat(),
        initials: syllables
            .iter()
            .filter_map(|syllable| syllable.chars().next())
            .collect(),
    }
}

/// Surnames that are not read like the everyday word, with the readings that 《现代汉语词典》 (7th edition, 2016) gives
/// for surnames. What the everyday reading already gets right is not repeated here.
const SURNAMES: [(char, &str); 30] = [
    ('单', "shan"),
    ('仇', "qiu"),
    ('曾', "zeng"),
    ('区', "ou"),
    ('解', "xie"),
    ('查', "zha"),
    ('盖', "ge"),
    ('朴', "piao"),
    ('翟', "zhai"),
    ('缪', "miao"),
    ('乐', "yue"),
    ('员', "yun"),
    ('洗', "xian"),
    ('折', "she"),
    ('黑', "he"),
    ('召', "shao"),
    ('秘', "bi"),
    ('句', "gou"),
    ('覃', "qin"),
    ('繁', "po"),
    ('种', "chong"),
    ('佴', "nai"),
    ('隗', "wei"),
    ('阚', "kan"),
    ('能', "nai"),
    ('牟', "mu"),
    ('祭', "zhai"),
    ('卜', "bu"),
    ('么', "yao"),
    ('乜', "nie"),
];

/// Surnames of two characters that are misread one by one.
const DOUBLE_SURNAMES: [(&str, [&str; 2]); 4] = [
    ("尉迟", ["yu", "chi"]),
    ("万俟", ["mo", "qi"]),
    ("澹台", ["tan", "tai"]),
    ("单于", ["chan", "yu"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(name: &str) -> String {
        pinyin(name)[0].full.clone()
    }

    #[test]
    fn a_common_name_has_its_full_and_short_spelling() {
        let spellings = pinyin("王秀英");

        assert_eq!(
            spellings[0],
            Spelling {
                full: "wangxiuying".into(),
                initials: "wxy".into()
            }
        );
    }

    #[test]
    fn surnames_keep_their_own_reading() {
        for (name, full) in [
            ("单田芳", "shantianfang"),
            ("仇英", "qiuying"),
            ("曾国强", "zengguoqiang"),
            ("区小明", "ouxiaoming"),
            ("解放", "xiefang"),
            ("查文", "zhawen"),
            ("任静", "renjing"),
            ("盖丽", "geli"),
            ("朴英子", "piaoyingzi"),
            ("翟明", "zhaiming"),
            ("缪芳", "miaofang"),
            ("乐嘉", "yuejia"),
            ("覃勇", "qinyong"),
            ("尉迟恭", "yuchigong"),
            ("万俟明", "moqiming"),
            ("万明", "wanming"),
            ("欧阳芳", "ouyangfang"),
            ("吕芳", "lvfang"),
        ] {
            assert_eq!(first(name), full, "{name}");
        }
    }

    #[test]
    fn a_character_inside_a_name_is_not_read_as_a_surname() {
        assert!(
            pinyin("王单")
                .iter()
                .any(|spelling| spelling.full == "wangdan")
        );
        assert_eq!(first("王单"), "wangdan");
    }

    #[test]
    fn names_in_other_scripts_stay_in_lower_case() {
        assert_eq!(first("John Smith"), "johnsmith");
        assert_eq!(first("阿依古丽·买买提"), first("阿依古丽买买提"));
    }

    #[test]
    fn what_is_typed_meets_what_is_stored() {
        assert_eq!(pinyin_query(" WANG xiu-ying "), "wangxiuying");
        assert_eq!(pinyin_query("lǜ"), "lv");
        assert_eq!(pinyin_query("wáng"), "wang");
    }

    #[test]
    fn the_table_of_surnames_holds_only_what_would_be_misread() {
        for (place, (surname, reading)) in SURNAMES.iter().enumerate() {
            assert_ne!(readings_of(*surname)[0], *reading, "{surname}");
            assert!(
                SURNAMES[..place]
                    .iter()
                    .all(|(earlier, _)| earlier != surname),
                "{surname}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_name_has_between_one_and_eight_spellings(name in "\\PC{0,12}|[单乐长重行朝]{1,8}") {
            let spellings = pinyin(&name);
            prop_assert!((1..=SPELLINGS_MAX).contains(&spellings.len()));
        }
    }
}
