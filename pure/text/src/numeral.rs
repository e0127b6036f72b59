//! Chinese numerals as people write them on doors and in lists.

use unicode_normalization::UnicodeNormalization;

/// The value of a numeral: Arabic digits of either width, Chinese numerals with place words (一百二十三), read digit by
/// digit (五〇一), in the forms used on receipts (壹佰贰拾), mixed (1万2千), and shortened as in speech (一百二 is 120).
/// `None` for anything else, and above `u64::MAX`.
///
/// ```
/// assert_eq!(text::parse_numeral("一百二十三"), Some(123));
/// assert_eq!(text::parse_numeral("五〇一"), Some(501));
/// assert_eq!(text::parse_numeral("三号"), None);
/// ```
pub fn parse_numeral(text: &str) -> Option<u64> {
    let marks: Vec<Mark> = text.trim().nfkc().map(mark).collect::<Option<_>>()?;
    if marks.is_empty() {
        return None;
    }
    if marks.iter().all(|mark| matches!(mark, Mark::Digit(_))) {
        digits(&marks)
    } else {
        placed(&marks)
    }
}

/// Whether a character can stand in a Chinese numeral below ten thousand, as in a building or room number.
pub const fn is_small_numeral(c: char) -> bool {
    matches!(
        c,
        '零' | '〇'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '廿'
            | '卅'
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Digit(u64),
    /// 十, 百, 千: multiplies the digits before it.
    Place(u64),
    /// 万, 亿: multiplies all that came before it in its section.
    Section(u64),
    /// 廿 and 卅: two and three tens in one sign.
    Tens(u64),
}

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '0'..='9' => Mark::Digit(u64::from(c) - u64::from('0')),
        '零' | '〇' => Mark::Digit(0),
        '一' | '壹' | '幺' => Mark::Digit(1),
        '二' | '两' | '贰' => Mark::Digit(2),
        '三' | '叁' => Mark::Digit(3),
        '四' | '肆' => Mark::Digit(4),
        '五' | '伍' => Mark::Digit(5),
        '六' | '陆' => Mark::Digit(6),
        '七' | '柒' => Mark::Digit(7),
        '八' | '捌' => Mark::Digit(8),
        '九' | '玖' => Mark::Digit(9),
        '十' | '拾' => Mark::Place(10),
        '百' | '佰' => Mark::Place(100),
        '千' | '仟' => Mark::Place(1000),
        '万' => Mark::Section(10_000),
        '亿' => Mark::Section(100_000_000),
        '廿' => Mark::Tens(20),
        '卅' => Mark::Tens(30),
        _ => return None,
    })
}

fn digits(marks: &[Mark]) -> Option<u64> {
    marks.iter().try_fold(0u64, |value, mark| match mark {
        Mark::Digit(digit) => value.checked_mul(10)?.checked_add(*digit),
        _ => None,
    })
}

fn placed(marks: &[Mark]) -> Option<u64> {
    let mut total = 0u64; // Sections that are closed by 万 or 亿.
    let mut section = 0u64; // The section being read, below 10,000 in well-formed input.
    let mut pending: Option<u64> = None; // Digits that wait for their place word.
    let mut after_zero = false;
    let mut last_place = 1u64; // The unit in front of the pending digits, for the spoken short form.
    let mut lowest_place = u64::MAX; // Places inside a section must fall: 三百二千 is no number.
    for &mark in marks {
        match mark {
            Mark::Digit(0) if pending.is_none() => {
                pending = Some(0);
                after_zero = true;
            }
            Mark::Digit(digit) => {
                pending = Some(pending.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
            }
            Mark::Place(place) => {
                if place >= lowest_place {
                    return None;
                }
                let times = match pending.take() {
                    Some(0) if after_zero => 1, // 一千零十三
                    Some(0) => return None,
                    Some(times) => times,
                    // Only 十 may stand without a digit: 十二, 一百十二.
                    None if place == 10 => 1,
                    None => return None,
                };
                section = section.checked_add(times.checked_mul(place)?)?;
                (last_place, lowest_place, after_zero) = (place, place, false);
            }
            Mark::Tens(value) => {
                if pending.take().is_some_and(|digits| digits != 0) || lowest_place <= 10 {
                    return None;
                }
                section = section.checked_add(value)?;
                (last_place, lowest_place, after_zero) = (10, 10, false);
            }
            Mark::Section(unit) => {
                section = section.checked_add(pending.take().unwrap_or(0))?;
                if section == 0 && total == 0 {
                    return None;
                }
                // 一亿二千万 adds, 二万亿 multiplies what came before.
                total = if total != 0 && total < unit {
                    total.checked_add(section)?.checked_mul(unit)?
                } else {
                    total.checked_add(section.checked_mul(unit)?)?
                };
                section = 0;
                (last_place, lowest_place, after_zero) = (unit, u64::MAX, false);
            }
        }
    }
    let tail = match pending {
        // 一百二 is 120 in speech, 一百零二 is 102, and 十二 is 12.
        Some(digit @ 1..=9) if last_place > 10 && !after_zero => digit * (last_place / 10),
        Some(rest) => rest,
        None => 0,
    };
    total.checked_add(section)?.checked_add(tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numerals_are_read_as_a_person_reads_them() {
        for (text, value) in [
            ("0", 0),
            ("〇", 0),
            ("三", 3),
            ("两", 2),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("廿三", 23),
            ("卅", 30),
            ("一百", 100),
            ("一百零二", 102),
            ("一百二", 120),
            ("一百十二", 112),
            ("一百二十三", 123),
            ("壹佰贰拾叁", 123),
            ("两千五", 2500),
            ("一千零一十三", 1013),
            ("一万二", 12_000),
            ("一万零二", 10_002),
            ("三万五千", 35_000),
            ("1万2千", 12_000),
            ("一亿二千万", 120_000_000),
            ("二万亿", 2_000_000_000_000),
            ("五〇一", 501),
            ("二零二六", 2026),
            ("５０１", 501),
            (" 12 ", 12),
        ] {
            assert_eq!(parse_numeral(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_numeral_has_no_value() {
        for text in [
            "",
            "三号",
            "百",
            "万",
            "三百二千",
            "十十",
            "A3",
            "99999999999999999999",
            "1-2",
        ] {
            assert_eq!(parse_numeral(text), None, "{text}");
        }
    }

    fn written(value: u64) -> String {
        const NAMES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let mut text = String::new();
        let mut zero_due = false;
        for (place, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = value / place % 10;
            if digit == 0 {
                zero_due = !text.is_empty();
                continue;
            }
            if zero_due {
                text.push('零');
            }
            zero_due = false;
            text.push(NAMES[usize::try_from(digit).expect("below ten")]);
            text.push_str(name);
        }
        text
    }

    proptest! {
        #[test]
        fn a_written_number_is_read_back(value in 1u64..10_000) {
            prop_assert_eq!(parse_numeral(&written(value)), Some(value));
        }

        #[test]
        fn any_text_is_safe(text in "[零〇一二三十百千万亿廿0-9]{0,24}") {
            let _ = parse_numeral(&text);
        }
    }
}
