//! GET and POST servicerequestupdates: what happened here, and what happened elsewhere.

use axum::extract::RawQuery;
use axum::response::Response;
use georeport::{Fault, NewUpdate, RequestUpdate, UpdateQuery, UpdateReceipt, UpdateStatus};
use kernel::{DutyKind, Facts, RequestId};
use platform::access::HasFacts;
use platform::alerts::{Alert, raise};
use platform::web::Sent;
use platform::{Tx, Visit, door};
use requests::policy::{READ, columns};
use requests::{Entries, Halt, Progress, Shown, Sought, State};

use super::report::all_pairs;
use super::shape::{Around, instant, timestamp};
use crate::answer::{Trouble, tell};
use crate::ask::{Call, pairs_of};
use crate::policy::SUPPLEMENT;
use crate::store::{self, Key};

/// Updates in one answer.
const UPDATES_MAX: u64 = 1_000;
/// Addresses of pictures that are kept with the words of an update, and characters of each.
const URLS_MAX: usize = 10;
const URL_MAX: usize = 500;

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Response {
    tell(&visit, listed(&visit, query.as_deref()).await)
}

async fn listed(visit: &Visit, query: Option<&str>) -> Result<Vec<RequestUpdate>, Trouble> {
    let pairs = pairs_of(query)?;
    let call = Call::of(visit, &pairs).await?;
    let query = UpdateQuery::parse(&pairs, timestamp(visit.now()))?;
    let community = call.community.id;
    let between = Entries::Between(instant(query.from), instant(query.until));
    let happenings = requests::happenings(
        &call.reader(),
        community,
        &call.reach_of_happenings(),
        between,
        UPDATES_MAX,
    )
    .await?;
    let mut ids: Vec<RequestId> = happenings.iter().map(|one| one.request).collect();
    ids.sort_unstable();
    ids.dedup();
    let own = match &call.key {
        Some(key) => store::sent_by(&call.reader(), key, &ids).await?,
        None => std::collections::HashSet::new(),
    };
    let catalogue = requests::catalogue(visit.house(), community).await?;
    let around = Around {
        visit,
        catalogue: &catalogue,
        own,
    };
    let update = |one: &requests::Happening| {
        Some(RequestUpdate {
            update_id: one.event.to_string(),
            service_request_id: one.number.clone(),
            status: around.told_status(one)?,
            description: Some(around.told(one)),
            media_url: None,
            updated_datetime: timestamp(one.at),
            external_status_code: None,
            customer_reference: None,
        })
    };
    Ok(happenings.iter().filter_map(update).collect())
}

pub async fn take(visit: Visit, RawQuery(query): RawQuery, sent: Sent) -> Response {
    tell(&visit, taken(&visit, query.as_deref(), sent).await)
}

/// An update is done once: the same mark of the same key again is answered as the first time.
async fn taken(
    visit: &Visit,
    query: Option<&str>,
    sent: Sent,
) -> Result<Vec<UpdateReceipt>, Trouble> {
    let pairs = all_pairs(query, sent.pairs)?;
    let call = Call::of(visit, &pairs).await?;
    let key = call.required_key()?;
    let new = NewUpdate::parse(&pairs)?;
    if !sent.files.is_empty() {
        return Err(Fault::wrong("media: files are not taken with an update").into());
    }
    let actor = key.acting(&call.reader(), visit.now()).await?;
    let mut tx = visit.house().begin(&actor).await?;
    let shown = readable(&tx, &new.service_request_id).await?;
    if store::keep_update(&tx, key, &new.update_id, shown.id).await? {
        carry_out(&mut tx, key, &shown, &new).await?;
        tx.commit().await?;
    }
    Ok(vec![UpdateReceipt {
        update_id: new.update_id,
    }])
}

/// The request of this number, if the account may read it.
async fn readable(tx: &Tx, number: &str) -> Result<Shown, Trouble> {
    let reach = tx.house().policy().condition(&tx.actor, READ, &columns());
    let sought = Sought {
        numbers: Some(vec![number.to_owned()]),
        ..Sought::default()
    };
    let mut found = requests::shown(tx, &reach, &sought, 1, 0).await?;
    let missing = || Fault::not_there("service_request_id is not known here").into();
    found.pop().ok_or_else(missing)
}

/// Who sent the matter adds to it; who handles it moves it on.
async fn carry_out(tx: &mut Tx, key: &Key, shown: &Shown, new: &NewUpdate) -> Result<(), Trouble> {
    if !store::is_from(tx, key, shown.id).await? {
        let progress = progress(new.status, shown.state);
        let done = requests::go_on(tx, &shown.number, progress, &words_of(new)).await;
        return done.map_err(halted);
    }
    let facts = Facts {
        account: shown.account,
        ..Facts::of(tx.community())
    };
    let allowed = tx
        .house()
        .policy()
        .check(&key.alone(), SUPPLEMENT, facts.facts());
    let allowed = allowed.map_err(|_| Fault::no_key("this key may not update this request"))?;
    requests::supplement(tx, allowed, shown.id, shown.state, &words_of(new)).await?;
    tell_the_desk(tx, &shown.number).await
}

/// What was said, and where its pictures are: they are not fetched, but whoever reads it may look.
fn words_of(new: &NewUpdate) -> String {
    let mut words = new.description.clone();
    let urls = new.media_urls.iter().filter(|url| url.starts_with("http"));
    for url in urls.take(URLS_MAX) {
        words.push('\n');
        words.extend(url.chars().take(URL_MAX));
    }
    words
}

fn halted(halt: Halt) -> Trouble {
    match halt {
        Halt::NotThere => Fault::not_there("service_request_id is not known here").into(),
        Halt::Denied(_) => Fault::no_key("this key may not update this request").into(),
        Halt::Error(error) => error.into(),
    }
}

async fn tell_the_desk(tx: &mut Tx, number: &str) -> Result<(), Trouble> {
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let is_staff = |duty: &&door::OnDuty| duty.kind == DutyKind::Staff;
    let alerts: Vec<Alert> = on_duty
        .iter()
        .filter(is_staff)
        .map(|duty| Alert {
            account: duty.account,
            message: "open311-alert-supplemented",
            argument: number.to_owned(),
            link: format!("/requests/{number}"),
        })
        .collect();
    Ok(raise(tx, &alerts).await?)
}

/// What an update of the handler's own system means for a matter in this state.
pub const fn progress(status: UpdateStatus, state: State) -> Progress {
    match status {
        UpdateStatus::InProgress if matches!(state, State::Dispatched) => Progress::TakenUp,
        UpdateStatus::Open
        | UpdateStatus::Investigating
        | UpdateStatus::InProgress
        | UpdateStatus::Planned
        | UpdateStatus::ActionScheduled
        | UpdateStatus::ForTriage => Progress::Told,
        UpdateStatus::Fixed | UpdateStatus::Closed => Progress::Answered,
        UpdateStatus::NoFurtherAction | UpdateStatus::Duplicate | UpdateStatus::Cancelled => {
            Progress::Explained
        }
        UpdateStatus::NotCouncilsResponsibility | UpdateStatus::InternalReferral => {
            Progress::Returned
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_begins_is_taken_up_once() {
        let begun = UpdateStatus::InProgress;

        assert_eq!(progress(begun, State::Dispatched), Progress::TakenUp);
        assert_eq!(progress(begun, State::InProgress), Progress::Told);
        assert_eq!(
            progress(UpdateStatus::Fixed, State::InProgress),
            Progress::Answered
        );
    }
}
