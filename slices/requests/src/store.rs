//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model.

mod catalogue;
mod catalogue_rows;
mod dossier;
mod figures;
mod files;
mod filter;
mod following;
mod habits;
mod list;
mod notes;
mod request;
mod similar;

pub use catalogue::{Catalogue, Category, CategoryKind, HandlerKind, catalogue};
pub use catalogue_rows::{
    NewCategory, NewHandler, NewRule, Part, insert_category, insert_handler, insert_rule, retire,
    set_positions,
};
pub use dossier::{Dossier, with_notes};
pub use figures::{Counts, Rates, Share, counts, kinds, months, rates};
pub use files::{SentFile, drop_file, keep_file, map_file, sent_file};
pub use filter::{Cursor, Due, Filter, Order, States};
pub use following::{
    Contacts, Follower, FollowerContact, Joins, Whose, accounts_told, follower, follower_by_code,
    hold_both, insert_follower, joins, joins_of_both, remove_follower,
};
pub use habits::habits;
pub use list::{COUNT_MAX, Line, PAGE, Wanted, list, newest, raised_by};
pub use notes::{NewNote, Note, add_note, add_notes, add_worker, add_workers, workers_of};
pub use request::{
    KIND, Request, by_number, by_numbers, insert, known_source_numbers, number_of, save,
    take_numbers,
};
pub use similar::{Candidate, Near, around};
