//! What a proof of a service record shows: what its holder chose, and nothing else. Frozen as JSON
//! when it is made.

use jiff::civil::Date;
use kernel::words;
use serde::{Deserialize, Serialize};

use super::Origin;

/// How much a proof shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// The hours in total.
    #[default]
    Total,
    /// … and by where they come from.
    Kinds,
    /// … and each entry.
    Entries,
}

words!(Detail {
    Total = "total",
    Kinds = "kinds",
    Entries = "entries",
});

/// An entry, or all entries of one origin, on a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The day, `YYYY-MM-DD`; empty when it stands for all of one origin.
    pub day: String,
    /// The origin's word.
    pub origin: String,
    /// Minutes; below zero when it takes others back.
    pub minutes: i64,
    /// What was done; empty where nothing was written.
    pub words: String,
    /// Whether it was entered late, in bulk or by its owner.
    pub is_labelled: bool,
}

/// What a proof shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The name as its holder wants it shown.
    pub name: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Minutes that count in that time.
    pub minutes: i64,
    /// Where they come from, or each entry; as the holder chose.
    pub lines: Vec<Line>,
    /// How much it shows, by its word.
    pub detail: String,
}

impl Content {
    /// Of what counts from one day to another, as much as the holder chose; the lines in order of
    /// their days.
    pub fn of(
        name: String,
        (from, until): (Date, Date),
        detail: Detail,
        mut all: Vec<Line>,
    ) -> Self {
        let minutes = all.iter().map(|line| line.minutes).sum();
        all.sort_by(|one, next| one.day.cmp(&next.day));
        let lines = match detail {
            Detail::Total => Vec::new(),
            Detail::Kinds => by_origin(&all),
            Detail::Entries => all,
        };
        Self {
            name,
            from: from.to_string(),
            until: until.to_string(),
            minutes,
            lines,
            detail: detail.word().to_owned(),
        }
    }

    /// As it is kept and sealed.
    pub fn written(&self) -> String {
        serde_json::to_string(self).expect("words and numbers are JSON")
    }
}

fn by_origin(all: &[Line]) -> Vec<Line> {
    Origin::ALL
        .iter()
        .filter_map(|origin| {
            let of_it = || all.iter().filter(|line| line.origin == origin.word());
            of_it().next()?;
            Some(Line {
                day: String::new(),
                origin: origin.word().to_owned(),
                minutes: of_it().map(|line| line.minutes).sum(),
                words: String::new(),
                is_labelled: false,
            })
        })
        .collect()
}

/// A number as it is kept, from what somebody typed: capitals without blanks, in groups of four.
/// `None` when it can be none of ours.
pub fn normalise_number(typed: &str) -> Option<String> {
    let plain: Vec<char> = text::fold(typed)
        .to_uppercase()
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '-' | '－' | '—' | '\u{3000}'))
        .collect();
    let is_number = plain.len() == 16 && plain.iter().all(char::is_ascii_alphanumeric);
    let groups = plain.chunks(4).map(String::from_iter);
    is_number.then(|| groups.collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(day: &str, origin: Origin, minutes: i64) -> Line {
        Line {
            day: day.to_owned(),
            origin: origin.word().to_owned(),
            minutes,
            words: "扫楼道".to_owned(),
            is_labelled: true,
        }
    }

    #[test]
    fn a_proof_shows_what_its_holder_chose_and_nothing_else() {
        let all = || {
            vec![
                line("2026-03-02", Origin::Entry, 60),
                line("2026-03-01", Origin::TimeBank, 90),
                line("2026-03-02", Origin::Entry, -60),
            ]
        };
        let of = |detail| {
            let period = (date(2026, 1, 1), date(2026, 12, 31));
            Content::of("王**".into(), period, detail, all())
        };

        let (total, kinds, entries) = (of(Detail::Total), of(Detail::Kinds), of(Detail::Entries));

        assert_eq!((total.minutes, total.lines.len()), (90, 0));
        let shown: Vec<_> = kinds
            .lines
            .iter()
            .map(|line| (line.origin.as_str(), line.minutes))
            .collect();
        assert_eq!(shown, [("time_bank", 90), ("entry", 0)]);
        assert!(!kinds.written().contains("扫楼道"));
        assert_eq!(entries.lines[0].day, "2026-03-01");
        assert_eq!(
            serde_json::from_str::<Content>(&entries.written()).ok(),
            Some(entries)
        );
    }

    #[test]
    fn a_number_is_read_however_it_was_typed() {
        let kept = Some("ABCD-EFGH-JKMN-PQRS".to_owned());

        for typed in [
            "ABCD-EFGH-JKMN-PQRS",
            "abcdefghjkmnpqrs",
            " ABCD EFGH JKMN PQRS ",
            "ＡＢＣＤ－EFGH－JKMN－PQRS",
        ] {
            assert_eq!(normalise_number(typed), kept, "{typed}");
        }
        for typed in [
            "",
            "ABCD",
            "ABCD-EFGH-JKMN-PQRST",
            "王秀英王秀英王秀英王秀英王秀英王",
        ] {
            assert_eq!(normalise_number(typed), None, "{typed}");
        }
    }
}
