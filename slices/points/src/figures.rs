//! Points by month, for everybody: what was granted and what was spent. A number that came from
//! fewer than ten entries is hidden; so that it cannot be reckoned from the others, a second one is
//! hidden beside it when it would stand alone. Pure.

use ledger::{Code, Month};

/// Below so many entries nothing is shown.
pub const SMALL: u64 = 10;

/// A month in figures. What is hidden is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// `2026-11`.
    pub month: String,
    /// Granted.
    pub granted: Option<u64>,
    /// Spent in the shop.
    pub spent: Option<u64>,
    /// Given to common purposes.
    pub given: Option<u64>,
}

/// The months, the newest first.
pub fn rows(months: &[Month]) -> Vec<Row> {
    let mut names: Vec<&str> = months.iter().map(|one| one.month.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.reverse();
    let column = |codes: &[Code]| {
        let cells = names.iter().map(|name| {
            months
                .iter()
                .filter(|one| one.month == **name && codes.contains(&one.code))
                .fold((0, 0), |(count, amount), one| {
                    (count + one.count, amount + one.amount)
                })
        });
        hidden(&cells.collect::<Vec<_>>())
    };
    let granted = column(&[Code::Grant, Code::GrantFromFund]);
    let spent = column(&[Code::Redeem]);
    let given = column(&[Code::Donate]);
    names
        .iter()
        .zip(granted.into_iter().zip(spent).zip(given))
        .map(|(month, ((granted, spent), given))| Row {
            month: (*month).to_owned(),
            granted,
            spent,
            given,
        })
        .collect()
}

/// Counts and amounts to what is shown of them. Nothing at all is no small number.
fn hidden(cells: &[(u64, u64)]) -> Vec<Option<u64>> {
    let is_small = |(count, _): &(u64, u64)| *count > 0 && *count < SMALL;
    let mut shown: Vec<Option<u64>> = cells
        .iter()
        .map(|cell| (!is_small(cell)).then_some(cell.1))
        .collect();
    if cells.iter().filter(|cell| is_small(cell)).count() == 1 {
        let least = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.0 >= SMALL)
            .min_by_key(|(_, cell)| cell.0)
            .map(|(place, _)| place);
        if let Some(cell) = least.and_then(|place| shown.get_mut(place)) {
            *cell = None;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_few_entries_is_hidden_and_never_alone() {
        assert_eq!(hidden(&[(12, 60), (30, 150)]), [Some(60), Some(150)]);
        assert_eq!(
            hidden(&[(9, 45), (30, 150), (12, 60)]),
            [None, Some(150), None]
        );
        assert_eq!(
            hidden(&[(9, 45), (3, 15), (12, 60)]),
            [None, None, Some(60)]
        );
        assert_eq!(hidden(&[(0, 0), (12, 60)]), [Some(0), Some(60)]);
        assert_eq!(hidden(&[(1, 5)]), [None]);
    }

    #[test]
    fn grants_of_both_kinds_are_one_column() {
        let month = |code, count, amount| Month {
            month: "2026-11".into(),
            code,
            count,
            amount,
        };
        let months = [
            month(Code::Grant, 6, 30),
            month(Code::GrantFromFund, 6, 40),
            month(Code::Fund, 1, 1_000),
        ];

        assert_eq!(
            rows(&months),
            [Row {
                month: "2026-11".into(),
                granted: Some(70),
                spent: Some(0),
                given: Some(0),
            }]
        );
    }
}
