//! Taking in a register that another office keeps: a file becomes a table, the table's columns
//! are given their meaning, its rows are compared with the register, a person looks at the result
//! and decides what is unclear, and then all of it is written in one transaction, or none.
//!
//! A file with a column that must not come in (promise 3) is refused before anything of it is
//! stored. What is stored of the others is locked, and gone after a day. Start with [`Plan`].

pub mod columns;
mod compare;
mod differing;
mod draft;
mod lines;
mod plan;
mod undo;
mod work;

pub use columns::{FIELDS, guess};
pub use differing::{Piece, differing};
pub use draft::{Draft, Tuning};
pub(crate) use draft::{pack, unpack};
pub use lines::{Fault, FaultKind, Line};
pub use plan::{Decision, Fate, Other, Pair, Plan, Planned, Snapshot};
pub use undo::{UndoError, undo};
pub use work::{Payload, Progress, Progresses, TAKE_IN, forget, take_in};

pub(crate) use work::FORGET;

use kernel::{Actor, CommunityId, ImportId, Minutes};
use platform::House;
use platform::db::StoreError;
use sheets::{Limits, ReadError, Refusal, Table};

use crate::places::Doors;
use crate::store::imports::{self, State};

/// Why a file cannot be taken in at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// It has columns that must not come in; their owner has to delete them.
    #[error("the file has {} columns that must not come in", .0.len())]
    Refused(Vec<Refusal>),
}

/// When a worker takes over a file that the command queued and did not finish.
const TAKE_OVER_AFTER: Minutes = Minutes(10);

/// Opens a file: XLSX, XLS, ODS, or CSV in UTF-8 or GB18030.
///
/// # Errors
/// When it is none of them, or has a column that must not come in.
pub fn open(bytes: &[u8], file_name: &str) -> Result<Table, FileError> {
    let table = sheets::read(bytes, file_name, Limits::default())?;
    let refused = sheets::forbidden_columns(&table);
    if refused.is_empty() {
        Ok(table)
    } else {
        Err(FileError::Refused(refused))
    }
}

/// Why a file was not taken in by the command.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file itself.
    #[error(transparent)]
    File(#[from] FileError),
    /// The preview, which says what has to be put right or decided first.
    #[error("rows have to be put right or decided first")]
    NotReady(Box<Plan>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Anything else, for the operator.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Takes a file in at once, as the command `linli import people` does: the same steps as on the
/// page, and none of it unless every row is clear. `unclear` decides the rows that look like
/// somebody and are not surely them.
///
/// # Errors
/// See [`LoadError`]; nothing was written then.
pub async fn load(
    house: &House,
    actor: &Actor,
    file_name: &str,
    bytes: &[u8],
    unclear: Option<Decision>,
) -> Result<imports::Import, LoadError> {
    let table = open(bytes, file_name)?;
    let tuning = Tuning {
        columns: guess(&table),
        unclear,
        ..Tuning::default()
    };
    let (draft, plan) = preview(house, actor.community, Draft { table, tuning }).await?;
    if !plan.is_ready() {
        return Err(LoadError::NotReady(Box::new(plan)));
    }
    let mut tx = house.housekeeping(actor.community).await?;
    let import = tx.new_id();
    let payload = Payload {
        import,
        account: actor.account,
    };
    imports::enter(&tx, import, actor.account, file_name, &draft).await?;
    imports::queue(&tx, import, &draft.tuning).await?;
    // Should this program be killed now, the next worker takes over what it left.
    let now = tx.now;
    tx.later_at(TAKE_IN, &payload, now.plus(TAKE_OVER_AFTER));
    tx.later_at(FORGET, &payload, now.plus(imports::DRAFT_KEPT));
    tx.commit().await?;
    work::take_in_now(house, actor.community, &payload).await?;
    let outcome = imports::one(&house.db().reader(), actor.community, import).await?;
    outcome
        .filter(|import| import.state == State::Done)
        .ok_or_else(|| {
            anyhow::anyhow!("the register changed meanwhile; load the file again").into()
        })
}

/// Compares a file with the register as it is now. The comparison runs on a thread for long work:
/// 20,000 rows take some tenths of a second.
///
/// # Errors
/// When the database does not answer.
pub async fn preview(
    house: &House,
    community: CommunityId,
    draft: Draft,
) -> Result<(Draft, Plan), StoreError> {
    let snapshot = Snapshot::read(&house.db().reader(), community).await?;
    let mut doors = Doors::of(areas::atlas(house, community).await?);
    let house = house.clone();
    let compare = move || {
        let plan = Plan::of(&house, &draft.table, &draft.tuning, &snapshot, &mut doors);
        (draft, plan)
    };
    tokio::task::spawn_blocking(compare)
        .await
        .map_err(|error| StoreError::Unreadable(format!("the comparison stopped: {error}")))
}

/// Which import a page is about, with its file when that is still there.
///
/// # Errors
/// When the database does not answer, or the file does not open with this vault.
pub async fn draft(
    house: &House,
    community: CommunityId,
    import: ImportId,
) -> Result<Option<Draft>, StoreError> {
    imports::draft(&house.db().reader(), house.vault(), community, import).await
}
