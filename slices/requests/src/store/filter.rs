//! What is looked for, as a condition for the database.

use jiff::tz::TimeZone;
use kernel::{AccountId, AreaId, CategoryId, HandlerId, Instant, Minutes, RequestId};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::figure_rows;
use super::request::number_of;
use crate::figure::Figure;
use crate::model::State;
use crate::period::Stretch;

/// Which states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum States {
    /// All that are not closed.
    #[default]
    Open,
    /// All.
    All,
    /// Received or triaged: with nobody.
    Unassigned,
    /// Dispatched or in progress: somebody has to act.
    InHand,
    /// Answered or explained, and the requester has not been asked, or was not reached.
    ToCallBack,
    /// One.
    Only(State),
}

/// How urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The time has passed.
    Overdue,
    /// Within two hours.
    Soon,
}

/// [`State::is_due`] for the database.
pub(super) const IS_DUE: &str = "r.state IN ('received', 'triaged', 'dispatched', 'in_progress')";

/// Years in which a number without its year is looked for.
const YEARS: i16 = 5;

/// Who is still to be asked how it went: nobody has, or nobody was reached.
pub(super) const IS_TO_CALL_BACK: &str =
    "(r.state IN ('answered', 'explained') OR (r.state = 'called_back' AND r.reached = 0))";

/// "Soon", for the filter and the heading.
pub const SOON: Minutes = Minutes::hours(2);

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// What is due first comes first.
    #[default]
    DueFirst,
    /// What came in last comes first.
    NewestFirst,
}

/// Where a list that is read page after page goes on: after this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its time of receipt.
    pub received_at: Instant,
    /// Its id.
    pub id: RequestId,
}

/// What is looked for. The default is every open request.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// These words, or this number.
    pub words: String,
    /// In these states.
    pub states: States,
    /// Of this kind, or of the kinds below it.
    pub category: Option<CategoryId>,
    /// In this grid or micro-grid.
    pub area: Option<AreaId>,
    /// With this party.
    pub handler: Option<HandlerId>,
    /// With this person.
    pub assignee: Option<AccountId>,
    /// This urgent.
    pub due: Option<Due>,
    /// Came in within this time.
    pub received: Option<Stretch>,
    /// Counted by this figure.
    pub figure: Option<Figure>,
    /// In no grid.
    pub is_outside: bool,
    /// With no party that has a name of its own.
    pub has_no_party: bool,
    /// Within west, south, east, north in degrees.
    pub within: Option<[f64; 4]>,
}

impl Filter {
    /// The numbers that the words may be: one written in full, or its last figures, as people say
    /// it at the counter, of these last years. Empty when they are no number.
    pub fn numbers(&self, now: Instant) -> Vec<String> {
        let words = self.words.trim().to_ascii_uppercase();
        let is_short = (4..=6).contains(&words.len());
        if is_short && words.bytes().all(|byte| byte.is_ascii_digit()) {
            let place = words.parse().unwrap_or(0);
            let this_year = now.in_zone(&TimeZone::UTC).year();
            return (0..YEARS)
                .map(|ago| number_of(this_year - ago, place))
                .collect();
        }
        let parts: Vec<&str> = words.split('-').collect();
        let [prefix, year, place] = parts.as_slice() else {
            return Vec::new();
        };
        let number = year.parse().ok().zip(place.parse().ok());
        let number = number.filter(|_| *prefix == "QS");
        number
            .map(|(year, place)| number_of(year, place))
            .into_iter()
            .collect()
    }

    /// Whether little is left of all that there is, besides what the words leave.
    pub(super) fn is_narrow(&self) -> bool {
        let is_wide = match self.states {
            States::All | States::Only(State::Closed) => true,
            States::Open
            | States::Unassigned
            | States::InHand
            | States::ToCallBack
            | States::Only(_) => false,
        };
        let wide = Self {
            words: self.words.clone(),
            states: self.states,
            ..Self::default()
        };
        !is_wide || *self != wide
    }

    pub(super) fn condition(&self, reach: &Condition, now: Instant) -> Condition {
        let column = |name: &'static str| Expr::col(("r", name));
        let mut all = Condition::all().add(reach.clone());
        let numbers = self.numbers(now);
        if !numbers.is_empty() {
            return all.add(column("number").is_in(numbers));
        }
        // Literals, not values: only so does SQLite see that the index of the open ones serves.
        all = match self.states {
            States::Open => all.add(Expr::cust("r.state <> 'closed'")),
            States::All => all,
            States::Unassigned => all
                .add(Expr::cust("r.state <> 'closed'"))
                .add(Expr::cust("r.state IN ('received', 'triaged')")),
            States::InHand => all
                .add(Expr::cust("r.state <> 'closed'"))
                .add(column("state").is_in([State::Dispatched.word(), State::InProgress.word()])),
            States::ToCallBack => all
                .add(Expr::cust("r.state <> 'closed'"))
                .add(Expr::cust(IS_TO_CALL_BACK)),
            States::Only(State::Closed) => all.add(column("state").eq("closed")),
            States::Only(state) => all
                .add(Expr::cust("r.state <> 'closed'"))
                .add(column("state").eq(state.word())),
        };
        if let Some(category) = self.category {
            let below = Query::select()
                .column("id")
                .from("category")
                .and_where(Expr::col("community_id").eq(column("community_id")))
                .and_where(Expr::col("parent_id").eq(category.0))
                .to_owned();
            all = all.add(
                column("category_id")
                    .eq(category.0)
                    .or(column("category_id").in_subquery(below)),
            );
        }
        if let Some(area) = self.area {
            all = all.add(
                column("grid_id")
                    .eq(area.0)
                    .or(column("micro_grid_id").eq(area.0)),
            );
        }
        if let Some(handler) = self.handler {
            all = all.add(column("handler_id").eq(handler.0));
        }
        if let Some(assignee) = self.assignee {
            all = all.add(column("assignee_account_id").eq(assignee.0));
        }
        if self.is_outside {
            all = all.add(column("grid_id").is_null());
        }
        if self.has_no_party {
            all = all.add(column("handler_id").is_null());
        }
        if let Some([from, until]) = self.received {
            all = all
                .add(column("received_at").gte(from.0))
                .add(column("received_at").lt(until.0));
        }
        if let Some(figure) = self.figure {
            all = all.add(Expr::cust(figure_rows::condition(
                figure,
                &now.0.to_string(),
            )));
        }
        if let Some(due) = self.due {
            all = all
                .add(Expr::cust("r.state <> 'closed'"))
                .add(Expr::cust(IS_DUE));
            all = match due {
                Due::Overdue => all.add(column("due_at").lt(now.0)),
                Due::Soon => all
                    .add(column("due_at").gte(now.0))
                    .add(column("due_at").lt(now.plus(SOON).0)),
            };
        }
        if let Some([west, south, east, north]) = self.within {
            all = all
                .add(column("lon").between(west, east))
                .add(column("lat").between(south, north));
        }
        all
    }
}
