//! One's own time: what is there, what came and went and why, one's helps with their codes; giving
//! to the pool, taking everything along, leaving.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::PersonId;
use people::Resident;
use platform::{Message, Page, Posted, Refusal, Tx, Visit};

use super::lines::{self, LineView};
use super::{holder, rules, span, today};
use crate::actions::{self, Opening};
use crate::error::Error;
use crate::forms::{MINUTES_MAX, RawOwn, minutes};
use crate::store::{self, Member};
use crate::{book, policy, words};

/// Lines of the account on the page; the export has more.
const SHOWN: u32 = 30;
/// Lines of the account in the export.
const EXPORTED: u32 = 10_000;

struct EntryView {
    why: &'static str,
    what: Option<&'static str>,
    amount: String,
    is_coming: bool,
    when: String,
    /// The help that it belongs to.
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "timebank/own.html")]
struct OwnPage {
    page: Page,
    member: Option<Member>,
    available: String,
    held: String,
    incoming: String,
    has_something: bool,
    cap_hours: i64,
    entries: Vec<EntryView>,
    open: Vec<LineView>,
    past: Vec<LineView>,
    form: RawOwn,
    again: Option<Message>,
}

/// `GET /me/time`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, RawOwn::default(), None).await
}

async fn show(visit: &Visit, form: RawOwn, again: Option<Message>) -> Result<Response, Refusal> {
    let person = holder(visit)?.person;
    let reader = visit.reader();
    let community = visit.community().id;
    let member = store::member(&reader, community, person).await?;
    let balance = book::balance(&reader, community, person).await?;
    let entries = book::entries(&reader, community, person, SHOWN).await?;
    let columns = policy::columns(Some(person));
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::READ, &columns);
    let helps = store::of_person(&reader, reach, person).await?;
    let names = people::residents(&reader, community, &lines::people(&helps)).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("timebank-own-title"));
    let page = page.at(Some("/me/time".to_owned()));
    let view = |open: bool| -> Vec<LineView> {
        helps
            .iter()
            .filter(|line| line.state.is_open() == open)
            .map(|line| lines::named(&page, &atlas, line, &names, Some(person)))
            .collect()
    };
    let amount = |amount: u64| span(&page, i64::try_from(amount).unwrap_or(i64::MAX));
    Page::show(&OwnPage {
        member: member.filter(Member::is_open),
        available: amount(balance.available),
        held: amount(balance.held),
        incoming: amount(balance.incoming),
        has_something: balance.available > 0,
        cap_hours: rules(visit).cap_minutes / 60,
        entries: entries
            .iter()
            .map(|entry| entry_view(&page, entry))
            .collect(),
        open: view(true),
        past: view(false),
        form,
        again,
        page,
    })
}

fn entry_view(page: &Page, entry: &ledger::Entry) -> EntryView {
    let is_coming = entry.amount > 0;
    EntryView {
        why: words::entry(entry.code, is_coming),
        what: words::shape(entry.shape),
        amount: span(page, entry.amount),
        is_coming,
        when: page.moment(&entry.at),
        href: (entry.code == ledger::Code::ServicePaid)
            .then(|| format!("/timebank/helps/{}", entry.group)),
    }
}

/// `GET /me/time/export`: the whole account as a table.
pub async fn export(visit: Visit) -> Result<Response, Refusal> {
    let person = holder(&visit)?.person;
    let reader = visit.reader();
    let entries = book::entries(&reader, visit.community().id, person, EXPORTED).await?;
    let page = visit.page(Message::of("timebank-own-title"));
    let head = [
        "timebank-column-when",
        "timebank-column-why",
        "timebank-column-what",
        "timebank-column-minutes",
    ];
    let mut table = head.map(|id| page.t(id)).join(",");
    table.insert(0, '\u{feff}');
    for entry in &entries {
        let at = entry.at.in_zone(visit.zone());
        let what = words::shape(entry.shape).map_or_else(String::new, |id| page.t(id));
        let why = page.t(words::entry(entry.code, entry.amount > 0));
        let line = [
            at.strftime("%Y-%m-%d %H:%M").to_string(),
            why,
            what,
            entry.amount.to_string(),
        ];
        table.push_str("\r\n");
        table.push_str(&line.join(","));
    }
    table.push_str("\r\n");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"time.csv\"",
        ),
    ];
    Ok((headers, table).into_response())
}

/// `POST /me/time/{act}`.
pub async fn act(
    visit: Visit,
    Path(word): Path<String>,
    Posted(form): Posted<RawOwn>,
) -> Result<Response, Refusal> {
    match perform(&visit, &word, &form).await {
        Ok(said) => Ok(visit.go_on("/me/time", said)),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_)))
            if visit.actor().person.is_some() =>
        {
            let page = show(&visit, form, Some(refusal.message())).await?;
            Ok((refusal.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(visit: &Visit, word: &str, form: &RawOwn) -> Result<&'static str, Refusal> {
    let holder = holder(visit)?;
    let allowed = visit.check(policy::TAKE_PART, holder)?;
    let mut tx = visit.begin().await?;
    let said = match word {
        "open" => {
            let known = resident(&tx, holder.person).await?;
            let opening = Opening {
                age: known.age(today(visit)),
                is_at_desk: false,
                has_guardian: false,
            };
            actions::open(&mut tx, allowed, &rules(visit), opening).await?;
            "timebank-done-open"
        }
        "close" => {
            actions::close(&mut tx, allowed).await?;
            "timebank-done-close"
        }
        "donate" => {
            let given = minutes(&form.hours, &form.minutes, 1, MINUTES_MAX);
            let given = given.map_err(Refusal::Invalid)?;
            actions::donate(&mut tx, allowed, given).await?;
            "timebank-done-donate"
        }
        _ => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(said)
}

/// Somebody as the register knows them.
pub(super) async fn resident(tx: &Tx, person: PersonId) -> Result<Resident, Refusal> {
    let mut found = people::residents(tx, tx.community(), &[person]).await?;
    Ok(found.remove(&person).ok_or(Error::NotInRegister)?)
}
