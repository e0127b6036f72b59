//! Chinese text as a community office meets it: search tokens and their ranking, names in pinyin, numerals,
//! addresses, telephone numbers, and a guard that finds numbers which must not be published.
//!
//! Everything here is a function of its arguments: no files, no clock, no database, no panic on any input.
//! A newcomer starts at [`tokens`] and [`bm25`] for search, at [`AddressKey`] for registers.
#![warn(missing_docs)]

mod address;
pub mod bm25;
mod folding;
mod guard;
mod masking;
mod numeral;
mod order;
mod phone;
mod spelling;
mod tokens;

pub use address::AddressKey;
pub use folding::fold;
pub use guard::{Finding, Sensitive, find_sensitive, is_bank_card, is_national_id};
pub use masking::{mask_name, mask_phone};
pub use numeral::parse_numeral;
pub use order::natural_cmp;
pub use phone::{is_mobile, normalise_phone};
pub use spelling::{Spelling, pinyin, pinyin_query};
pub use tokens::{Counted, QUERY_TERMS_MAX, query_terms, tokens};
