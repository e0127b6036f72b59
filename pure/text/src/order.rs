//! The order in which people expect labels: building 2-9 before 2-10.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

use crate::folding::digit_value;

/// Compares labels with numbers inside by the value of the numbers. A total order: labels that differ only in leading
/// zeros or digit width are told apart last, by their plain characters.
///
/// ```
/// let mut labels = ["2-10", "2-9", "10-1"];
/// labels.sort_by(|a, b| text::natural_cmp(a, b));
/// assert_eq!(labels, ["2-9", "2-10", "10-1"]);
/// ```
pub fn natural_cmp(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left.chars().peekable(), right.chars().peekable());
    loop {
        let step = match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return left.cmp(right),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if digit_value(x).is_some() && digit_value(y).is_some() => {
                compare_numbers(&take_number(&mut a), &take_number(&mut b))
            }
            (Some(x), Some(y)) => {
                a.next();
                b.next();
                order_of(x).cmp(&order_of(y))
            }
        };
        if step.is_ne() {
            return step;
        }
    }
}

/// A digit stands where its ASCII form would, whatever its width.
fn order_of(c: char) -> u32 {
    digit_value(c).map_or(u32::from(c), |value| u32::from(b'0' + value))
}

/// The digits of the number at the front, without leading zeros.
fn take_number(chars: &mut Peekable<Chars<'_>>) -> Vec<u8> {
    let mut digits = Vec::new();
    while let Some(value) = chars.peek().copied().and_then(digit_value) {
        chars.next();
        if value != 0 || !digits.is_empty() {
            digits.push(value);
        }
    }
    digits
}

fn compare_numbers(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_inside_labels_compare_by_value() {
        for (smaller, larger) in [
            ("2-9", "2-10"),
            ("3栋", "12栋"),
            ("１２栋", "13栋"),
            ("网格9", "网格10"),
            ("2", "2-1"),
            ("a99999999999999999999998", "a99999999999999999999999"),
            ("2-09", "2-9"),
        ] {
            assert_eq!(
                natural_cmp(smaller, larger),
                Ordering::Less,
                "{smaller} {larger}"
            );
            assert_eq!(
                natural_cmp(larger, smaller),
                Ordering::Greater,
                "{larger} {smaller}"
            );
        }
    }

    proptest! {
        #[test]
        fn it_is_a_total_order(a in "[0-2０a-]{0,6}", b in "[0-2０a-]{0,6}", c in "[0-2０a-]{0,6}") {
            prop_assert_eq!(natural_cmp(&a, &b), natural_cmp(&b, &a).reverse());
            prop_assert_eq!(natural_cmp(&a, &b).is_eq(), a == b);
            if natural_cmp(&a, &b).is_le() && natural_cmp(&b, &c).is_le() {
                prop_assert!(natural_cmp(&a, &c).is_le());
            }
        }
    }
}
