//! A matter comes in: it gets a number and a place, the dispatch table is read, and whoever is to
//! do something is told.

use calendar::Calendar;
use kernel::events::RequestReceived;
use kernel::{AccountId, AreaId, DutyKind, Facts, Minutes, PersonId};
use platform::Tx;
use platform::access::Allowed;
use platform::door::{self, OnDuty};
use platform::photos::{self, Photo};
use platform::search;

use crate::clock::{Clock, Marks};
use crate::dispatch::{Call, Role};
use crate::error::Error;
use crate::matter::{Matter, Sending};
use crate::model::{Channel, State};
use crate::place::Place;
use crate::routing::{self, DispatchRule, Incoming, Target};
use crate::store::{self, Catalogue, Category, KIND, Party, Request};
use crate::{tell, watch};

/// The purpose under which tracking codes are fingerprinted.
pub const CODE: &str = "requests.code";
/// The purpose under which telephone numbers are locked.
pub const PHONE: &str = "requests.phone";
/// Letters of a tracking code.
pub const CODE_LETTERS: usize = 6;

/// What somebody reports.
#[derive(Clone, Debug)]
pub struct Report {
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// Of what kind.
    pub category: Category,
    /// How it came in.
    pub channel: Channel,
    /// Where.
    pub place: Place,
    /// What the requester is called.
    pub contact_name: Option<String>,
    /// The requester's telephone.
    pub contact_phone: Option<String>,
    /// The requester's account, when they are signed in.
    pub account: Option<AccountId>,
    /// The requester in the register.
    pub person: Option<PersonId>,
    /// Whether everyone may read it.
    pub is_published: bool,
    /// Pictures.
    pub photos: Vec<Photo>,
}

/// What the requester takes along.
#[derive(Clone, Debug)]
pub struct Received {
    /// The request.
    pub request: Request,
    /// The code that opens its page; stored only as a fingerprint.
    pub code: String,
}

/// Takes a matter in. The allowance is for recording, when somebody writes for another.
pub async fn report(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    catalogue: &Catalogue,
    calendar: &Calendar,
    new: Report,
) -> Result<Received, Error> {
    let zone = tx.house().config().zone.clone();
    let around = [new.place.grid, new.place.micro_grid];
    let on_duty = door::on_duty_near(tx, tx.community(), tx.now, around).await?;
    let year = tx.now.in_zone(&zone).year();
    let place = store::take_numbers(tx, year, 1).await?;
    let code = tx.house().chance().code(CODE_LETTERS);
    let request = fresh(tx, &new, store::number_of(year, place), &code, calendar);
    let id = request.id;
    tx.emit(&RequestReceived {
        request: id,
        category: request.category,
        micro_grid: request.micro_grid,
        channel: request.channel.word().to_owned(),
    });
    let is_working_time = calendar.is_working(request.received_at.0);
    let incoming = incoming(&request, catalogue, &on_duty, is_working_time);
    let matched = routing::explain(&catalogue.rules, &incoming).matched;
    let mut matter = Matter::of(request, Vec::new());
    if let Some(rule) = matched {
        give_by_rule(tx, &mut matter, rule, calendar, &on_duty)?;
    }
    matter.request.photos = photos::keep(tx, KIND, id.0, &new.photos).await?;
    store::insert_matters(tx, std::slice::from_ref(&matter), &[]).await?;
    let Matter {
        request,
        dispatches,
        ..
    } = matter;
    search::add(tx, KIND, &[request.words()]).await?;
    if let Some(part) = dispatches.first() {
        tell::party(tx, &request, part, &on_duty, "requests-alert-dispatched").await?;
    } else {
        tell::staff(tx, &request, &on_duty, "requests-alert-unassigned").await?;
    }
    Ok(Received { request, code })
}

fn fresh(tx: &Tx, new: &Report, number: String, code: &str, calendar: &Calendar) -> Request {
    let vault = tx.house().vault();
    let lock = |phone: &String| vault.lock(PHONE, phone, tx.house().chance());
    let is_for_another = new.channel != Channel::Web;
    let allowed = Minutes(new.category.due_minutes);
    let promised = Clock {
        began: tx.now,
        measure: new.category.measure,
        allowed,
        marks: Marks::default(),
    };
    Request {
        community: tx.community(),
        id: tx.new_id(),
        number,
        source_number: None,
        code_hash: vault.fingerprint(CODE, code.as_bytes()),
        title: new.title.clone(),
        body: new.body.clone(),
        category: new.category.id,
        channel: new.channel,
        place: new.place.words.clone(),
        building: new.place.building,
        grid: new.place.grid,
        micro_grid: new.place.micro_grid,
        point: new.place.point,
        account: new.account,
        person: new.person,
        contact_name: new.contact_name.clone(),
        contact_locked: new.contact_phone.as_ref().map(lock),
        is_published: new.is_published,
        photos: Vec::new(),
        state: State::Received,
        exit: None,
        handler: None,
        assignee: None,
        rule: None,
        received_at: tx.now,
        due_at: promised.due_at(calendar, tx.now),
        dispatched_at: None,
        taken_up_at: None,
        answered_at: None,
        called_back_at: None,
        closed_at: None,
        is_reopened: false,
        reopened_at: None,
        measure: new.category.measure,
        allowed,
        is_waiting: false,
        answers: None,
        entered_by: tx.actor.account.filter(|_| is_for_another),
        version: 1,
    }
}

/// The matter as the dispatch table sees it.
pub fn incoming(
    request: &Request,
    catalogue: &Catalogue,
    on_duty: &[OnDuty],
    is_working_time: bool,
) -> Incoming {
    Incoming {
        category: request.category,
        parent: catalogue
            .category(request.category)
            .and_then(|category| category.parent),
        grid: request.grid,
        micro_grid: request.micro_grid,
        is_working_time,
        has_grid_worker: on_duty_in(
            on_duty,
            DutyKind::GridWorker,
            request.grid,
            request.micro_grid,
        )
        .is_some(),
    }
}

/// Who holds this duty in the micro-grid, else in the grid.
pub fn on_duty_in(
    on_duty: &[OnDuty],
    kind: DutyKind,
    grid: Option<AreaId>,
    micro_grid: Option<AreaId>,
) -> Option<AccountId> {
    let holder_in = |area: Option<AreaId>| {
        let area = area?;
        let is_there = |duty: &&OnDuty| duty.kind == kind && duty.area == Some(area);
        on_duty.iter().find(is_there).map(|duty| duty.account)
    };
    holder_in(micro_grid).or_else(|| holder_in(grid))
}

fn give_by_rule(
    tx: &mut Tx,
    matter: &mut Matter,
    rule: &DispatchRule,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<(), Error> {
    let request = &matter.request;
    let (party, assignee) = match rule.target {
        Target::Handler(handler) => (Party::Handler(handler), None),
        Target::GridWorker => {
            let kind = DutyKind::GridWorker;
            let worker = on_duty_in(on_duty, kind, request.grid, request.micro_grid);
            (Party::OnDuty(kind), worker)
        }
    };
    let sending = Sending {
        id: tx.new_id(),
        whistle: None,
        call: Call::Dispatch,
        role: Role::Lead,
        party,
        assignee,
        rule: Some(rule.id),
        by: None,
        task: String::new(),
        measure: request.measure,
        allowed: request.allowed,
    };
    let sent = matter.send(sending, tx.now, calendar)?;
    watch::begin(tx, matter, 0, calendar);
    tx.emit(&sent);
    Ok(())
}
