//! What is looked for, as a condition for the database.

use kernel::{AccountId, AreaId, CategoryId, HandlerId, Instant, Minutes, RequestId};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::request::number_of;
use crate::model::State;

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
    /// Within west, south, east, north in degrees.
    pub within: Option<[f64; 4]>,
}

impl Filter {
    /// The words as a request's number, when they look like one.
    pub fn number(&self) -> Option<String> {
        let words = self.words.trim().to_ascii_uppercase();
        let parts: Vec<&str> = words.split('-').collect();
        let [prefix, year, place] = parts.as_slice() else {
            return None;
        };
        let place: i64 = place.parse().ok()?;
        let year: i16 = year.parse().ok()?;
        (*prefix == "QS").then(|| number_of(year, place))
    }

    /// Whether little is left of all that there is, besides what the words leave.
    pub(super) fn is_narrow(&self) -> bool {
        let is_wide = match self.states {
            States::All | States::Only(State::Closed) => true,
            States::Open | States::Unassigned | States::InHand | States::Only(_) => false,
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
        if let Some(number) = self.number() {
            return all.add(column("number").eq(number));
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
