//! A request in the contract's words. Who may be told what was decided before; here only the told
//! words are held back from everybody but the system that sent the matter.

use std::collections::{HashMap, HashSet};

use georeport::{Extensions, LatLong, Note, ServiceRequest, Status, UpdateStatus, bulk};
use jiff::Timestamp;
use kernel::{Instant, RequestId};
use platform::{Message, Visit};
use requests::{Catalogue, Exit, Happening, Shown, State};

/// What is needed besides the rows.
pub struct Around<'a> {
    /// The visit, for its language.
    pub visit: &'a Visit,
    /// Names of kinds and parties.
    pub catalogue: &'a Catalogue,
    /// Those that the calling system sent.
    pub own: HashSet<RequestId>,
}

/// A moment of ours in the contract's type. Out-of-range moments become 1970.
pub fn timestamp(at: Instant) -> Timestamp {
    Timestamp::from_microsecond(at.0).unwrap_or_default()
}

/// A moment of the contract in our type.
pub fn instant(at: Timestamp) -> Instant {
    Instant(at.as_microsecond())
}

impl Around<'_> {
    fn say(&self, id: &'static str) -> String {
        let locales = self.visit.house().locales();
        locales.say(self.visit.locale(), &Message::of(id))
    }

    /// A request; with its notes when the extensions were asked for.
    pub fn request(&self, shown: &Shown, notes: Option<Vec<Note>>) -> ServiceRequest {
        let locale = self.visit.locale();
        let category = self.catalogue.category(shown.category);
        let text = |words: String| (!words.is_empty()).then_some(words);
        let photos = self.photos(shown);
        ServiceRequest {
            service_request_id: shown.number.clone(),
            status: status(shown.state),
            status_notes: Some(self.status_notes(shown)),
            service_name: category.map(|one| one.name(locale).to_owned()),
            service_code: category.map_or_else(|| "-".to_owned(), |one| one.code.clone()),
            description: text(description(shown)),
            agency_responsible: self.agency(shown),
            service_notice: category.and_then(|one| text(one.what_next(locale).to_owned())),
            requested_datetime: timestamp(shown.received_at),
            updated_datetime: Some(timestamp(shown.changed_at)),
            expected_datetime: Some(timestamp(shown.due_at)),
            address: text(shown.place.clone()),
            address_id: shown.building.map(|id| id.to_string()),
            zipcode: None,
            at: shown.point.and_then(|(lon, lat)| LatLong::new(lat, lon)),
            media_url: photos.first().cloned(),
            extensions: notes.map(|notes| Extensions {
                channel: Some(shown.channel.word().to_owned()),
                photos,
                attributes: Vec::new(),
                notes,
            }),
        }
    }

    /// A line of the flat file.
    pub fn line(&self, shown: &Shown) -> bulk::Line {
        let locale = self.visit.locale();
        let category = self.catalogue.category(shown.category);
        let above = category
            .and_then(|one| one.parent)
            .and_then(|id| self.catalogue.category(id));
        let request = self.request(shown, None);
        bulk::Line {
            service_request_id: request.service_request_id,
            requested_datetime: request.requested_datetime,
            updated_datetime: request.updated_datetime,
            closed_date: shown.closed_at.map(timestamp),
            status_description: request.status.word().to_owned(),
            status_notes: request.status_notes,
            source: Some(shown.channel.word().to_owned()),
            service_name: above.or(category).map(|one| one.name(locale).to_owned()),
            service_subtype: above.and(request.service_name),
            description: request.description,
            agency_responsible: request.agency_responsible,
            address: request.address,
            at: request.at,
        }
    }

    /// What the sender's requester was told last; to everybody else in a word where it stands.
    fn status_notes(&self, shown: &Shown) -> String {
        let told = shown.last_told.clone();
        told.filter(|_| self.own.contains(&shown.id))
            .unwrap_or_else(|| self.say(stands(shown.state, shown.exit)))
    }

    /// The party it lies with, or that the worker of the grid has it.
    fn agency(&self, shown: &Shown) -> Option<String> {
        if shown.state.is_unassigned() || shown.exit.is_some() {
            return None;
        }
        let party = shown.handler.and_then(|id| self.catalogue.handler(id));
        Some(party.map_or_else(
            || self.say("open311-grid-worker"),
            |party| party.name.clone(),
        ))
    }

    /// Pictures have addresses that everybody may open, or none.
    fn photos(&self, shown: &Shown) -> Vec<String> {
        let base = self.visit.house().config().base_url.trim_end_matches('/');
        let address = |photo| format!("{base}/requests/{}/photos/{photo}", shown.number);
        let photos = shown.photos.iter().filter(|_| shown.is_published);
        photos.map(address).collect()
    }

    /// What happened to each request, for the extensions.
    pub fn notes(&self, happenings: &[Happening]) -> HashMap<RequestId, Vec<Note>> {
        let mut notes: HashMap<RequestId, Vec<Note>> = HashMap::new();
        for one in happenings {
            if let Some(status) = self.told_status(one) {
                notes.entry(one.request).or_default().push(Note {
                    datetime: timestamp(one.at),
                    description: Some(self.told(one)),
                    kind: status.word().to_owned(),
                });
            }
        }
        notes
    }

    /// The words of a happening: to its sender those that were told, else what happened.
    pub fn told(&self, happening: &Happening) -> String {
        let told = happening.told.clone();
        told.filter(|_| self.own.contains(&happening.request))
            .unwrap_or_else(|| self.say(happened(&happening.name)))
    }

    /// Where a matter stands since a happening; `None` for what is not told. Words between
    /// requester and handler are told to the sender only, as on the page of the matter.
    pub fn told_status(&self, happening: &Happening) -> Option<UpdateStatus> {
        let is_noted = happening.name == "requests.noted";
        if is_noted {
            let is_told = happening.told.is_some() && self.own.contains(&happening.request);
            return is_told.then(|| since(happening.state, happening.exit));
        }
        // What left by an exit is told once, by the exit.
        if happening.name == "requests.closed" && happening.exit.is_some() {
            return None;
        }
        status_since(&happening.name, happening.exit)
    }
}

/// Title and words, each once.
fn description(shown: &Shown) -> String {
    if shown.body.is_empty() || shown.body.starts_with(shown.title.trim_end_matches('…')) {
        let longer = if shown.body.is_empty() {
            &shown.title
        } else {
            &shown.body
        };
        return longer.clone();
    }
    format!("{}\n{}", shown.title, shown.body)
}

const fn status(state: State) -> Status {
    if state.is_open() {
        Status::Open
    } else {
        Status::Closed
    }
}

/// Where a matter stands, in the extended words.
const fn since(state: State, exit: Option<Exit>) -> UpdateStatus {
    match state {
        State::Received | State::Triaged => UpdateStatus::Investigating,
        State::Dispatched => UpdateStatus::ActionScheduled,
        State::InProgress | State::CalledBack => UpdateStatus::InProgress,
        State::Explained => UpdateStatus::NoFurtherAction,
        State::Answered => UpdateStatus::Fixed,
        State::Closed => left(exit),
    }
}

const fn left(exit: Option<Exit>) -> UpdateStatus {
    match exit {
        Some(Exit::Duplicate) => UpdateStatus::Duplicate,
        Some(Exit::OutsideDuty | Exit::Emergency | Exit::OtherChannel) => {
            UpdateStatus::NotCouncilsResponsibility
        }
        Some(Exit::SecrecyPrivacy | Exit::Unlawful) => UpdateStatus::NoFurtherAction,
        Some(Exit::AnsweredNow) | None => UpdateStatus::Closed,
    }
}

fn status_since(event: &str, exit: Option<Exit>) -> Option<UpdateStatus> {
    Some(match event {
        "requests.received" | "requests.reopened" => UpdateStatus::Open,
        "requests.triaged" => UpdateStatus::Investigating,
        "requests.dispatched" => UpdateStatus::ActionScheduled,
        "requests.returned" => UpdateStatus::ForTriage,
        "requests.taken_up" => UpdateStatus::InProgress,
        "requests.explained" => UpdateStatus::NoFurtherAction,
        "requests.answered" => UpdateStatus::Fixed,
        "requests.exited" => left(exit),
        "requests.closed" => UpdateStatus::Closed,
        _ => return None,
    })
}

/// Where a matter stands, in words for everybody.
const fn stands(state: State, exit: Option<Exit>) -> &'static str {
    match (state, exit) {
        (State::Closed, Some(_)) => "open311-stands-left",
        (State::Closed, None) => "open311-stands-closed",
        (State::Received, _) => "open311-stands-received",
        (State::Triaged, _) => "open311-stands-triaged",
        (State::Dispatched, _) => "open311-stands-dispatched",
        (State::InProgress, _) => "open311-stands-in-progress",
        (State::Explained, _) => "open311-stands-explained",
        (State::Answered | State::CalledBack, _) => "open311-stands-answered",
    }
}

/// What happened, in words for everybody.
fn happened(event: &str) -> &'static str {
    match event {
        "requests.received" => "open311-stands-received",
        "requests.triaged" => "open311-stands-triaged",
        "requests.dispatched" => "open311-stands-dispatched",
        "requests.returned" => "open311-happened-returned",
        "requests.taken_up" => "open311-stands-in-progress",
        "requests.explained" => "open311-stands-explained",
        "requests.answered" => "open311-stands-answered",
        "requests.exited" => "open311-stands-left",
        "requests.reopened" => "open311-happened-reopened",
        "requests.closed" => "open311-stands-closed",
        _ => "open311-happened-noted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_open_until_it_is_closed() {
        for state in State::ALL {
            let expected = if *state == State::Closed {
                Status::Closed
            } else {
                Status::Open
            };

            assert_eq!(status(*state), expected);
        }
    }

    #[test]
    fn an_exit_says_why_a_matter_left() {
        assert_eq!(left(Some(Exit::Duplicate)), UpdateStatus::Duplicate);
        assert_eq!(
            left(Some(Exit::OutsideDuty)),
            UpdateStatus::NotCouncilsResponsibility
        );
        assert_eq!(left(Some(Exit::AnsweredNow)), UpdateStatus::Closed);
        for exit in Exit::ALL {
            assert_eq!(left(Some(*exit)).status(), Status::Closed);
        }
    }
}
