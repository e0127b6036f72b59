//! The door to rooms that speak with other systems: matters come in through it, are told through
//! it, and move on through it, each judged by the policy as on the pages.

use calendar::Calendar;
use kernel::events::RequestNoted;
use kernel::{Facts, Instant, RequestId};
use platform::Tx;
use platform::access::{Allowed, Denied};
use platform::door;
use platform::working_time::calendar_of;

use crate::actions::{self, Noting, Report, Telling};
use crate::dispatch::PartState;
use crate::error::Error;
use crate::matter::Matter;
use crate::model::{State, Verb};
use crate::policy::{self, Part};
use crate::store::{self, Catalogue};

/// A matter that has come in.
#[derive(Clone, Debug)]
pub struct Entered {
    /// Which.
    pub id: RequestId,
    /// `QS-2026-001187`.
    pub number: String,
    /// When it is to be done.
    pub due_at: Instant,
    /// Whether everyone may read it.
    pub is_published: bool,
}

/// Takes a matter in that another system sent, with its number there if it has one. What holds
/// somebody's number is not published (rule R13), whatever the report says.
///
/// # Errors
/// The database's; a duplicate when the number there is known already.
pub async fn enter(
    tx: &mut Tx,
    allowed: Allowed<Facts>,
    catalogue: &Catalogue,
    calendar: &Calendar,
    report: Report,
    source_number: Option<&str>,
) -> Result<Entered, Error> {
    let holds_number = [&report.title, &report.body, &report.place.words]
        .iter()
        .any(|words| !text::find_sensitive(words).is_empty());
    let report = Report {
        is_published: report.is_published && !holds_number,
        ..report
    };
    let received = actions::report(tx, allowed, catalogue, calendar, report).await?;
    let request = received.request;
    if let Some(source_number) = source_number {
        store::set_source_number(tx, request.id, source_number).await?;
    }
    Ok(Entered {
        id: request.id,
        number: request.number,
        due_at: request.due_at,
        is_published: request.is_published,
    })
}

/// How a handler's own system says that a matter goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Somebody is at work.
    TakenUp,
    /// The requester is told how it goes.
    Told,
    /// It is done, and how.
    Answered,
    /// It cannot be done now, and why.
    Explained,
    /// It is somebody else's, and why.
    Returned,
}

/// Why a matter does not go on.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// There is no such matter.
    #[error("no such request")]
    NotThere,
    /// The actor does not handle it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The room's own reasons.
    #[error(transparent)]
    Error(#[from] Error),
}

impl From<platform::db::StoreError> for Halt {
    fn from(error: platform::db::StoreError) -> Self {
        Self::Error(error.into())
    }
}

/// Lets the matter of this number go on, as the actor of the transaction, who must handle it. What
/// is done or cannot be done was taken up before, also when nobody said so.
///
/// # Errors
/// [`Halt`]; then nothing may be committed.
pub async fn go_on(tx: &mut Tx, number: &str, progress: Progress, words: &str) -> Result<(), Halt> {
    let matter = store::to_change(tx, &[number.to_owned()]).await?.pop();
    let part = handled(tx, matter.ok_or(Halt::NotThere)?)?;
    let calendar = calendar_of(tx.house(), tx.community()).await?;
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let is_begun = !matches!(
        part.as_inner().dispatch().state,
        PartState::Sent | PartState::SignedFor
    );
    let is_end = matches!(progress, Progress::Answered | Progress::Explained);
    let part = if progress == Progress::TakenUp || (is_end && !is_begun) {
        let taken_up = actions::take_up(tx, part, "", &calendar).await?;
        handled(tx, taken_up)?
    } else {
        part
    };
    match progress {
        Progress::TakenUp | Progress::Told => {
            actions::note(tx, Noting::OnPart(part), words, Telling::Told).await?;
        }
        Progress::Answered => {
            actions::answer(tx, part, words, &calendar, &on_duty).await?;
        }
        Progress::Explained => {
            actions::explain(tx, part, words, &calendar, &on_duty).await?;
        }
        Progress::Returned => {
            actions::decline(tx, part, words, &calendar, &on_duty).await?;
        }
    }
    Ok(())
}

/// The part that the actor of the transaction handles.
fn handled(tx: &Tx, matter: Matter) -> Result<Allowed<Part>, Denied> {
    let policy = tx.house().policy();
    let place = policy::part_for(policy, &tx.actor, &matter).ok_or(Denied)?;
    policy.check(&tx.actor, policy::HANDLE, Part { matter, place })
}

/// Words of the system that raised a matter, kept as its requester would have said them. The
/// allowance is for the matter itself.
///
/// # Errors
/// [`Error::NotNow`] when the matter is closed.
pub async fn supplement(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    request: RequestId,
    state: State,
    words: &str,
) -> Result<(), Error> {
    state.after(Verb::Note).ok_or(Error::NotNow)?;
    let note = store::add_note(tx, request, None, words, true).await?;
    tx.emit(&RequestNoted {
        request,
        note,
        is_told: true,
    });
    Ok(())
}
