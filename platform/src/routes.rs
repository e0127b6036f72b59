//! Doors. Each says who may come near it at all; the row behind it is judged again by the policy.
//! The list can be read, so that a test can walk every door as every kind of person.

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use kernel::Act;

use crate::House;
use crate::web::{Refusal, Visit};

/// Who may come near a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everyone.
    Open,
    /// Everyone with an account.
    SignedIn,
    /// Everyone who may do this somewhere.
    May(Act),
}

/// A door, as the list of doors tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// Who may come near.
    pub gate: Gate,
}

/// Doors being built.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    pub(crate) router: Router<House>,
    pub(crate) doors: Vec<Door>,
}

impl Routes {
    /// No doors yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or an answer to read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        self.door(MethodFilter::GET, "GET", path, gate, handler)
    }

    /// An act.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, gate: Gate, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        self.door(MethodFilter::POST, "POST", path, gate, handler)
    }

    fn door<H, T>(
        mut self,
        filter: MethodFilter,
        method: &'static str,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        let guarded = on(filter, handler).layer(from_fn_with_state(gate, keep_gate));
        self.router = self.router.route(path, guarded);
        self.doors.push(Door { method, path, gate });
        self
    }

    /// These doors and those.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.doors.extend(other.doors);
        self
    }

    /// The list.
    pub fn doors(&self) -> &[Door] {
        &self.doors
    }
}

async fn keep_gate(
    State(gate): State<Gate>,
    visit: Visit,
    request: Request,
    next: Next,
) -> Response {
    let is_let_in = match gate {
        Gate::Open => true,
        Gate::SignedIn => visit.actor().account.is_some(),
        Gate::May(act) => visit.may(act),
    };
    if is_let_in {
        next.run(request).await
    } else if visit.actor().account.is_none() {
        Refusal::SignInFirst.into_response()
    } else {
        Refusal::Forbidden.into_response()
    }
}
