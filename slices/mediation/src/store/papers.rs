//! What was written along the way.

use jiff::civil::Date;
use kernel::{CommunityId, MediationId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::mediation::{choice, day, required};
use crate::locked::{self, Script};
use crate::model::Body;

/// What kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// A session, and whether others could listen.
    Session {
        /// Whether others could listen, as the parties chose.
        is_open: bool,
    },
    /// An agreement; of several the last one counts.
    Agreement,
    /// A look at how the agreement is kept.
    Visit,
    /// A danger that was reported, and to whom.
    Risk(Body),
}

impl PaperKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Session { .. } => "session",
            Self::Agreement => "agreement",
            Self::Visit => "visit",
            Self::Risk(_) => "risk",
        }
    }
}

/// A paper to be added.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// Of what kind.
    pub kind: PaperKind,
    /// For which day.
    pub on: Date,
    /// What stands on it; `None` for a danger.
    pub script: Option<Script>,
}

/// A paper as it lies there.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Of what kind.
    pub kind: PaperKind,
    /// For which day.
    pub on: Date,
    /// What stands on it, in the vault.
    pub locked: Option<Vec<u8>>,
}

/// Adds a paper, locked.
pub async fn add_paper(tx: &Tx, mediation: MediationId, new: &NewPaper) -> Result<(), StoreError> {
    let sql = "INSERT INTO mediation_paper (community_id, id, mediation_id, kind, written_on, \
               is_open, body, words_locked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (is_open, body) = match new.kind {
        PaperKind::Session { is_open } => (Some(i64::from(is_open)), None),
        PaperKind::Risk(body) => (None, Some(body.word())),
        PaperKind::Agreement | PaperKind::Visit => (None, None),
    };
    let values: [Value; 8] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        mediation.0.into(),
        new.kind.word().into(),
        new.on.to_string().into(),
        is_open.into(),
        body.into(),
        new.script
            .as_ref()
            .map(|script| locked::lock(tx, script))
            .into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The papers of a mediation, in the order in which they were written.
pub async fn papers_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    mediation: MediationId,
) -> Result<Vec<Paper>, StoreError> {
    let sql = "SELECT kind, written_on, is_open, body, words_locked FROM mediation_paper \
               WHERE community_id = $1 AND mediation_id = $2 ORDER BY id";
    let values = [community.0.into(), mediation.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Paper, StoreError> {
    let kind: String = row.try_get("", "kind")?;
    let kind = match kind.as_str() {
        "session" => PaperKind::Session {
            is_open: row.try_get::<Option<i64>>("", "is_open")? == Some(1),
        },
        "agreement" => PaperKind::Agreement,
        "visit" => PaperKind::Visit,
        "risk" => PaperKind::Risk(required(choice(row, "body", Body::from_word)?, "body")?),
        word => return Err(StoreError::Unreadable(format!("mediation_paper {word}"))),
    };
    Ok(Paper {
        kind,
        on: required(day(row, "written_on")?, "written_on")?,
        locked: row.try_get("", "words_locked")?,
    })
}
