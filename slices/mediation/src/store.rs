//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model, with all words still locked.

mod forgetting;
mod list;
mod mediation;
mod papers;

pub use forgetting::forget;
pub use list::{Line, Turn, list, turns};
pub use mediation::{Consent, KIND, Mediation, Numbered, by_id, insert, save, take_number};
pub use papers::{NewPaper, Paper, PaperKind, add_paper, papers_of};
