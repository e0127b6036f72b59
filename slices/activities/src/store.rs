//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model. Nothing here decides who may ask: the callers hand in the policy's condition, or have
//! judged the row.

mod activity;
mod attendance;
mod dates;
mod enrolled;
mod feed;
mod forgetting;
mod list;
mod looks;
mod mine;
mod reading;
mod sign_up;

pub use activity::{Activity, Leader, by_id, insert_many, save};
pub use attendance::{
    around, decide, insert_scans, known_scans, present_at, save_attendances, set_call,
};
pub use dates::{
    Occurrence, cancel_ahead, cancel_date, insert_dates, last_end, locked, mark_reminded,
    move_date, occurrence, of_activity,
};
pub use enrolled::{Enrolled, accounts_of, enrolled_at};
pub use feed::{FEED_MOST, FeedLine, link_number, renew_link, taken_by};
pub use forgetting::{forget_account, forget_person};
pub use list::{DeskLine, Figures, Line, Wanted, desk_list, figures, public_list};
pub use looks::{Look, calls_due, looks_by_ids, waiting_looks};
pub use mine::{Own, OwnActivity, Was, mine, own_activities, was_there};
pub use sign_up::{
    NewSignUp, SignUp, crossing, first_waiting, insert_sign_ups, live_of, offers_run_out,
    set_states, sign_up_by_id, taken,
};
