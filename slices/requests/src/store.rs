//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model.

mod catalogue;
mod catalogue_rows;
mod dispatch;
mod dossier;
mod figure_months;
mod figure_rows;
mod figure_sums;
mod figures;
mod files;
mod filter;
mod following;
mod grades;
mod habits;
mod hand_over;
mod happenings;
mod list;
mod matter;
mod notes;
mod outside;
mod request;
mod rows;
mod running;
mod similar;
mod tasks;
mod whistle;

pub use catalogue::{Catalogue, Category, CategoryKind, Handler, HandlerKind, catalogue};
pub use catalogue_rows::{
    NewCategory, NewHandler, NewRule, Part, insert_category, insert_handler, insert_rule, retire,
    set_positions,
};
pub use dispatch::{Dispatch, Party, duty_from_word, note_watch};
pub use dossier::{Dossier, with_notes};
pub use figure_months::{count_month, past_months};
pub use figure_sums::{Asked, Found, figures};
pub use figures::{Counts, Rates, counts, rates};
pub use files::{SentFile, drop_file, keep_file, map_file, sent_file};
pub use filter::{Cursor, Due, Filter, Order, States};
pub use following::{
    Contacts, Follower, FollowerContact, Joins, Whose, accounts_told, drop_voices, follower,
    follower_by_code, goes_on_as, hold_both, insert_follower, insert_followers, joins,
    joins_of_both, keep_voice, remove_follower,
};
pub use grades::{Grades, grades};
pub use habits::habits;
pub use hand_over::{Holding, Moving, give_to, holdings, moving, requests_with, still_with};
pub use happenings::{Entries, Happening, happenings};
pub use list::{COUNT_MAX, Line, PAGE, Wanted, list, newest, raised_by};
pub use matter::{
    by_id, by_ids, by_number, insert_matters, received_within, save, to_change, to_change_by_id,
    to_change_by_ids,
};
pub use notes::{
    NewNote, Note, add_note, add_notes, add_worker, add_workers, notes_of_part, workers_of,
};
pub use outside::{Shown, Sought, known_among, set_source_number, shown};
pub use request::{KIND, Request, known_source_numbers, number_of, take_numbers};
pub use rows::{readable_among, still_listed};
pub use running::{Moved, Running, move_matters, move_parts, running_matters, running_parts};
pub use similar::{Candidate, Near, around};
pub use tasks::{Task, matter_of_part, open_calls, tasks_of};
pub use whistle::{
    WhistleLine, insert_whistles, matter_of_whistle, open_whistles, save_whistle, whistles_of,
};
