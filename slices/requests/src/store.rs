//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model.

mod catalogue;
mod catalogue_rows;
mod dispatch;
mod dossier;
mod figures;
mod files;
mod filter;
mod hand_over;
mod list;
mod matter;
mod notes;
mod request;
mod tasks;
mod whistle;

pub use catalogue::{Catalogue, Category, CategoryKind, HandlerKind, catalogue};
pub use catalogue_rows::{
    NewCategory, NewHandler, NewRule, Part, insert_category, insert_handler, insert_rule, retire,
    set_positions,
};
pub use dispatch::{Dispatch, Party, note_watch};
pub use dossier::{Dossier, with_notes};
pub use figures::{Counts, Rates, Share, counts, kinds, months, rates};
pub use files::{SentFile, drop_file, keep_file, map_file, sent_file};
pub use filter::{Cursor, Due, Filter, Order, States};
pub use hand_over::{Holding, Moving, give_to, holdings, moving, requests_with, still_with};
pub use list::{COUNT_MAX, Line, PAGE, Wanted, list, newest, raised_by};
pub use matter::{by_id, by_ids, by_number, insert_matters, save, to_change, to_change_by_id};
pub use notes::{
    NewNote, Note, add_note, add_notes, add_worker, add_workers, notes_of_part, workers_of,
};
pub use request::{KIND, Request, known_source_numbers, number_of, take_numbers};
pub use tasks::{Task, matter_of_part, open_calls, tasks_of};
pub use whistle::{
    WhistleLine, insert_whistle, matter_of_whistle, open_whistles, save_whistle, whistles_of,
};
