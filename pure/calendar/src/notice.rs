//! The yearly notice of the State Council (国务院办公厅关于某年部分节假日安排的通知), as published:
//! which days are off, and on which weekend days one works to make up for them.
//!
//! An office pastes its text. Each date carries its weekday and each holiday its length, so that a
//! notice that was pasted for the wrong year, or cut off, contradicts itself and is refused.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// Within so many letters of its year a heading says what it is.
const HEADING_LETTERS: usize = 10;

/// The days as the State Council announced them on 2024-11-12 and 2025-11-04, in a few words of ours.
const KNOWN: [&str; 2] = [
    "2025年放假安排\n\
     元旦：1月1日（周三）放假。\n\
     春节：1月28日（周二）至2月4日（周二）放假，共8天。1月26日（周日）、2月8日（周六）上班。\n\
     清明节：4月4日（周五）至6日（周日）放假，共3天。\n\
     劳动节：5月1日（周四）至5日（周一）放假，共5天。4月27日（周日）上班。\n\
     端午节：5月31日（周六）至6月2日（周一）放假，共3天。\n\
     国庆节：10月1日（周三）至8日（周三）放假，共8天。9月28日（周日）、10月11日（周六）上班。",
    "2026年放假安排\n\
     元旦：1月1日（周四）至3日（周六）放假，共3天。1月4日（周日）上班。\n\
     春节：2月15日（周日）至23日（周一）放假，共9天。2月14日（周六）、2月28日（周六）上班。\n\
     清明节：4月4日（周六）至6日（周一）放假，共3天。\n\
     劳动节：5月1日（周五）至5日（周二）放假，共5天。5月9日（周六）上班。\n\
     端午节：6月19日（周五）至21日（周日）放假，共3天。\n\
     中秋节：9月25日（周五）至27日（周日）放假，共3天。\n\
     国庆节：10月1日（周四）至7日（周三）放假，共7天。9月20日（周日）、10月10日（周六）上班。",
];

/// The days of a year that are not as their weekday says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    year: i16,
    days: BTreeMap<Date, Arranged>,
}

/// How a day is arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Arranged {
    /// Off, for this holiday.
    Off(String),
    /// One works although it is a weekend, to make up for this holiday.
    MadeUp(String),
}

/// Why a notice is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// It does not say for which year it is.
    #[error("the notice names no year")]
    NoYear,
    /// It names no day off.
    #[error("the notice names no day off")]
    NoDays,
    /// There is no such day.
    #[error("{month}-{day} is no day")]
    NoSuchDay {
        /// The month as written.
        month: i8,
        /// The day as written.
        day: i8,
    },
    /// The weekday in brackets is not the day's: probably another year's notice.
    #[error("{date} is not a {said:?}")]
    WrongWeekday {
        /// The day.
        date: Date,
        /// What the notice says.
        said: Weekday,
    },
    /// The number of days is not that of the days named.
    #[error("{holiday} is said to have {said} days and has {found}")]
    WrongLength {
        /// The holiday.
        holiday: String,
        /// What the notice says.
        said: i64,
        /// How many are named.
        found: i64,
    },
}

impl Notice {
    /// Reads the text of a notice. What stands around the list of holidays does not matter.
    ///
    /// # Errors
    /// See [`NoticeError`]; nothing of a notice that contradicts itself is used.
    ///
    /// ```
    /// let text = "2026年部分节假日安排：一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。";
    /// let notice = calendar::Notice::parse(text)?;
    /// assert_eq!(notice.year(), 2026);
    /// assert_eq!(notice.len(), 4);
    /// # Ok::<(), calendar::NoticeError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NoticeError> {
        let year = first_year(text).ok_or(NoticeError::NoYear)?;
        let mut days = BTreeMap::new();
        let mut holiday = String::new();
        for sentence in text.split(['。', '\n', '；']) {
            if let Some((before, _)) = sentence.rsplit_once(['：', ':']) {
                let name = before
                    .rsplit(['、', '：', ':', '　', ' ', '，'])
                    .next()
                    .unwrap_or(before);
                // "现将……通知如下：" ends a paragraph of words, not the name of a holiday.
                if !name.is_empty() && name.chars().count() <= 8 {
                    name.clone_into(&mut holiday);
                }
            }
            let is_off = sentence.contains("放假");
            if !is_off && !sentence.contains("上班") {
                continue;
            }
            let named = days_in(sentence, year)?;
            if is_off && let Some(said) = length_said(sentence) {
                let found = i64::try_from(named.len()).unwrap_or(i64::MAX);
                if found > 0 && said != found {
                    return Err(NoticeError::WrongLength {
                        holiday,
                        said,
                        found,
                    });
                }
            }
            for date in named {
                let arranged = if is_off {
                    Arranged::Off(holiday.clone())
                } else {
                    Arranged::MadeUp(holiday.clone())
                };
                days.insert(date, arranged);
            }
        }
        let has_off = days.values().any(|day| matches!(day, Arranged::Off(_)));
        if has_off {
            Ok(Self { year, days })
        } else {
            Err(NoticeError::NoDays)
        }
    }

    /// Reads several notices that were pasted one below the other, each from the heading that names
    /// its year (`关于2026年部分节假日安排`).
    ///
    /// # Errors
    /// The first [`NoticeError`] of any of them.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, NoticeError> {
        let is_heading = |place: usize| {
            let after: String = text[place..].chars().take(HEADING_LETTERS).collect();
            after.contains("节假日") || after.contains("放假安排")
        };
        let mut starts: Vec<usize> = text
            .match_indices('年')
            .filter(|(place, _)| is_heading(*place))
            .filter_map(|(place, _)| place.checked_sub(4))
            .filter(|start| text.get(*start..).is_some())
            .collect();
        // A heading is often said again in the first sentence: the same year goes on.
        starts.dedup_by_key(|start| first_year(&text[*start..]));
        match starts.first_mut() {
            Some(first) => *first = 0,
            None => return Ok(vec![Self::parse(text)?]),
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts
            .iter()
            .zip(ends)
            .map(|(start, end)| Self::parse(&text[*start..end]))
            .collect()
    }

    /// The notices that the program knows by itself: of 2025 and 2026.
    pub fn known() -> Vec<Self> {
        KNOWN
            .iter()
            .map(|text| Self::parse(text).expect("a test reads them"))
            .collect()
    }

    /// For which year.
    pub const fn year(&self) -> i16 {
        self.year
    }

    /// How many days it arranges.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Never: a notice without a day is refused.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    pub(crate) fn day(&self, date: Date) -> Option<&Arranged> {
        self.days.get(&date)
    }
}

/// The first four figures before `年`.
fn first_year(text: &str) -> Option<i16> {
    text.match_indices('年').find_map(|(place, _)| {
        let digits: String = text[..place].chars().rev().take(4).collect();
        let digits: String = digits.chars().rev().collect();
        (digits.len() == 4).then(|| digits.parse().ok()).flatten()
    })
}

/// `共3天`.
fn length_said(sentence: &str) -> Option<i64> {
    let (_, after) = sentence.split_once('共')?;
    let (digits, _) = after.split_once('天')?;
    digits.trim().parse().ok()
}

/// All days of a sentence: `2月14日（周六）、2月28日（周六）` and `1月1日（周四）至3日（周六）`.
fn days_in(sentence: &str, year: i16) -> Result<Vec<Date>, NoticeError> {
    let mut named = Vec::new();
    let mut month = None;
    let mut last: Option<Date> = None;
    let mut is_range = false;
    let mut letters = Letters::of(sentence);
    while let Some(number) = letters.next_number() {
        match letters.unit() {
            Some('月') => month = Some(number),
            Some('日') => {
                let Some(month) = month else { continue };
                let date = Date::new(year, month, number)
                    .map_err(|_| NoticeError::NoSuchDay { month, day: number })?;
                if let Some(said) = letters.weekday()
                    && said != date.weekday()
                {
                    return Err(NoticeError::WrongWeekday { date, said });
                }
                if let Some(from) = last.filter(|_| is_range) {
                    let mut next = from;
                    while next < date {
                        let Ok(day) = next.checked_add(Span::new().days(1)) else {
                            break;
                        };
                        next = day;
                        named.push(next);
                    }
                } else {
                    named.push(date);
                }
                last = Some(date);
                is_range = letters.joins();
            }
            _ => {}
        }
    }
    Ok(named)
}

/// A sentence, read from left to right.
struct Letters<'a>(&'a str);

impl<'a> Letters<'a> {
    const fn of(sentence: &'a str) -> Self {
        Self(sentence)
    }

    /// Goes on to the next number and past it; numbers of more than two figures are years.
    fn next_number(&mut self) -> Option<i8> {
        loop {
            let start = self.0.find(|letter: char| letter.is_ascii_digit())?;
            let rest = &self.0[start..];
            let end = rest
                .find(|letter: char| !letter.is_ascii_digit())
                .unwrap_or(rest.len());
            self.0 = &rest[end..];
            if let Ok(number) = rest[..end].parse() {
                return Some(number);
            }
        }
    }

    /// The letter that stands here.
    fn unit(&self) -> Option<char> {
        self.0.chars().next()
    }

    /// The weekday in the brackets behind the day: `日（农历腊月二十八、周日）`.
    fn weekday(&mut self) -> Option<Weekday> {
        let after = self.0.strip_prefix('日')?;
        let inside = after.strip_prefix(['（', '('])?;
        let end = inside.find(['）', ')'])?;
        self.0 = &inside[end..];
        let (_, word) = inside[..end].rsplit_once('周')?;
        Some(match word.chars().next()? {
            '一' => Weekday::Monday,
            '二' => Weekday::Tuesday,
            '三' => Weekday::Wednesday,
            '四' => Weekday::Thursday,
            '五' => Weekday::Friday,
            '六' => Weekday::Saturday,
            '日' | '天' => Weekday::Sunday,
            _ => return None,
        })
    }

    /// Whether `至` leads from the day that was just read to the next.
    fn joins(&self) -> bool {
        let here = self.0.trim_start_matches(['日', '）', ')', ' ']);
        here.starts_with(['至', '到', '—', '-'])
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// With what stands around the list in a notice as it is published.
    const AROUND: &str = "关于2026年部分节假日安排的通知\n各单位：\n现将2026年元旦、春节放假调休日期的安排通知如下。\n\
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n\
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。\n\
        节假日期间，请妥善安排好值班。\n2025年11月4日";

    #[test]
    fn a_notice_is_read_with_all_that_stands_around_it() {
        let notice = Notice::parse(AROUND).unwrap();

        let off = |day| matches!(notice.day(day), Some(Arranged::Off(_)));
        assert_eq!(notice.year(), 2026);
        assert_eq!(notice.len(), 12 + 3);
        assert!(off(date(2026, 2, 15)) && off(date(2026, 2, 23)) && !off(date(2026, 2, 24)));
        assert_eq!(
            notice.day(date(2026, 2, 28)),
            Some(&Arranged::MadeUp("春节".to_owned()))
        );
        assert_eq!(notice.day(date(2026, 11, 25)), None);
    }

    #[test]
    fn the_known_notices_do_not_contradict_themselves() {
        let known = Notice::known();

        let days: Vec<(i16, usize)> = known.iter().map(|one| (one.year(), one.len())).collect();
        assert_eq!(days, [(2025, 28 + 5), (2026, 33 + 6)]);
    }

    #[test]
    fn notices_may_stand_one_below_the_other() {
        let both =
            format!("{AROUND}\n\n关于2027年部分节假日安排的通知\n元旦：1月1日（周五）放假。\n");

        let notices = Notice::parse_all(&both).unwrap();

        let years: Vec<i16> = notices.iter().map(Notice::year).collect();
        assert_eq!(years, [2026, 2027]);
        assert_eq!(notices[0].len(), 15);
        assert_eq!(
            Notice::parse_all("2026年：元旦：1月1日放假。")
                .unwrap()
                .len(),
            1
        );
        assert_eq!(Notice::parse_all("明年再说"), Err(NoticeError::NoYear));
    }

    #[test]
    fn a_range_may_go_over_the_end_of_a_month() {
        let text = "2027年：春节：1月30日（周六）至2月2日（周二）放假，共4天。";

        let notice = Notice::parse(text).unwrap();

        assert_eq!(notice.len(), 4);
        assert!(notice.day(date(2027, 2, 1)).is_some());
    }

    #[test]
    fn a_notice_that_contradicts_itself_is_refused() {
        let refused = |text| Notice::parse(text).unwrap_err();

        assert_eq!(refused("1月1日放假。"), NoticeError::NoYear);
        assert_eq!(refused("2026年没有安排。"), NoticeError::NoDays);
        assert_eq!(
            refused("2026年：元旦：1月1日（周五）放假。"),
            NoticeError::WrongWeekday {
                date: date(2026, 1, 1),
                said: Weekday::Friday
            }
        );
        assert_eq!(
            refused("2026年：元旦：1月1日（周四）至3日（周六）放假，共4天。"),
            NoticeError::WrongLength {
                holiday: "元旦".to_owned(),
                said: 4,
                found: 3
            }
        );
        assert_eq!(
            refused("2026年：春节：2月30日放假。"),
            NoticeError::NoSuchDay { month: 2, day: 30 }
        );
    }
}
