//! Search that finds Chinese words inside sentences: character bigrams ranked by BM25, with our
//! own postings, so that SQLite and PostgreSQL rank alike (the measurement is in ARCHITECTURE.md).
//!
//! A room indexes its things in the transaction that changes them, and joins [`hits`] to its own
//! list, so that the same access condition holds for search as for every list.

use std::collections::HashMap;

use kernel::CommunityId;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, Value};
use text::{Counted, bm25};
use uuid::Uuid;

use crate::Tx;
use crate::db::{StoreError, statement};
use crate::record::places;

/// Things joined to a list at most; the best come first.
pub const HITS_MAX: u64 = 1_000;
/// Rows in one statement: six values each.
const ROWS_AT_ONCE: usize = 200;

/// What a thing says: the fields that can be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which thing.
    pub subject: Uuid,
    /// Its words, counted over all its fields.
    pub words: Counted,
}

/// Indexes things that were not indexed before.
pub async fn add(tx: &Tx, kind: &str, entries: &[Entry]) -> Result<(), StoreError> {
    let community = tx.community();
    let rows: Vec<[Value; 6]> = entries
        .iter()
        .flat_map(|entry| {
            entry
                .words
                .frequencies
                .iter()
                .map(move |(token, occurrences)| {
                    [
                        community.0.into(),
                        kind.into(),
                        token.clone().into(),
                        entry.subject.into(),
                        i64::from(*occurrences).into(),
                        i64::from(entry.words.length).into(),
                    ]
                })
        })
        .collect();
    for some in rows.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO search_posting (community_id, kind, token, subject_id, occurrences, \
             length) VALUES {}",
            places(some.len(), 6)
        );
        let values = some.iter().flat_map(|row| row.iter().cloned());
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    let length: i64 = entries
        .iter()
        .map(|entry| i64::from(entry.words.length))
        .sum();
    let subjects = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    grow(tx, kind, subjects, length).await
}

/// Indexes a thing anew, after its words were changed.
pub async fn replace(tx: &Tx, kind: &str, entry: &Entry) -> Result<(), StoreError> {
    remove(tx, kind, entry.subject).await?;
    add(tx, kind, std::slice::from_ref(entry)).await
}

/// Lets a thing no longer be found.
pub async fn remove(tx: &Tx, kind: &str, subject: Uuid) -> Result<(), StoreError> {
    let sql = "SELECT length FROM search_posting WHERE community_id = $1 AND kind = $2 \
               AND subject_id = $3 LIMIT 1";
    let of_subject = || [tx.community().0.into(), kind.into(), subject.into()];
    let Some(row) = tx.query_one_raw(statement(tx, sql, of_subject())).await? else {
        return Ok(());
    };
    let length: i64 = row.try_get("", "length")?;
    let sql =
        "DELETE FROM search_posting WHERE community_id = $1 AND kind = $2 AND subject_id = $3";
    tx.execute_raw(statement(tx, sql, of_subject())).await?;
    grow(tx, kind, -1, -length).await
}

async fn grow(tx: &Tx, kind: &str, subjects: i64, length: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO search_total (community_id, kind, subjects, length) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (community_id, kind) DO UPDATE SET \
               subjects = search_total.subjects + excluded.subjects, \
               length = search_total.length + excluded.length";
    let values = [
        tx.community().0.into(),
        kind.into(),
        subjects.into(),
        length.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The things that match, as a query of `subject_id` and `score` to be joined, the best
/// [`HITS_MAX`]. `None` when the words hold nothing to look for, or nothing is indexed.
///
/// `among` is a query of the ids that come into question, when those are few: else the best of all
/// could crowd out the best of them.
pub async fn hits<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    kind: &str,
    words: &str,
    among: Option<SelectStatement>,
) -> Result<Option<SelectStatement>, StoreError> {
    let terms = text::query_terms(words);
    if terms.is_empty() {
        return Ok(None);
    }
    let Some((frequencies, subjects, length)) = frequencies(on, community, kind, &terms).await?
    else {
        return Ok(None);
    };
    let average = (length as f64 / Ord::max(subjects, 1) as f64).max(1.0);
    let weight = terms.iter().fold(CaseStatement::new(), |case, term| {
        let frequency = frequencies.get(term).copied().unwrap_or(0);
        let idf = bm25::idf(subjects.unsigned_abs(), frequency.unsigned_abs());
        case.case(Expr::col("token").eq(term.as_str()), Expr::val(idf))
    });
    let real = |column: &'static str| Expr::col(column).cast_as("double precision");
    let norm = real("length")
        .mul(bm25::B / average)
        .add(1.0 - bm25::B)
        .mul(bm25::K1)
        .add(real("occurrences"));
    let weight: Expr = weight.finally(0.0).into();
    let score = weight.mul(real("occurrences").mul(bm25::K1 + 1.0).div(norm));
    let mut query = Query::select();
    query
        .column("subject_id")
        .from("search_posting")
        .and_where(Expr::col("community_id").eq(community.0))
        .and_where(Expr::col("kind").eq(kind));
    if let Some(few) = among {
        query.and_where(Expr::col("subject_id").in_subquery(few));
    }
    if let [term] = terms.as_slice() {
        // Nothing to add up: half the work.
        query
            .expr_as(score, "score")
            .and_where(Expr::col("token").eq(term.as_str()));
    } else {
        query
            .expr_as(score.sum(), "score")
            .and_where(Expr::col("token").is_in(terms.iter().map(String::as_str)))
            .group_by_col("subject_id")
            .and_having(Expr::col("token").count().gte(shared_min(terms.len())));
    }
    let query = query
        .order_by("score", Order::Desc)
        .order_by("subject_id", Order::Desc)
        .limit(HITS_MAX)
        .to_owned();
    Ok(Some(query))
}

/// How many of so many terms a thing must share to be a hit: a third. What shares one pair of
/// characters of a sentence is about something else.
fn shared_min(terms: usize) -> i64 {
    i64::try_from(terms.div_ceil(3)).unwrap_or(i64::MAX)
}

type Frequencies = (HashMap<String, i64>, i64, i64);

/// How many things hold each term, how many there are and how long they are together, in one
/// statement: the totals come as a row with an empty token.
async fn frequencies<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    kind: &str,
    terms: &[String],
) -> Result<Option<Frequencies>, StoreError> {
    let marks: Vec<String> = (0..terms.len()).map(|n| format!("${}", n + 3)).collect();
    let sql = format!(
        "SELECT token, CAST(count(*) AS bigint) AS n, CAST(0 AS bigint) AS length \
         FROM search_posting WHERE community_id = $1 AND kind = $2 AND token IN ({}) \
         GROUP BY token UNION ALL SELECT '', subjects, length FROM search_total \
         WHERE community_id = $1 AND kind = $2",
        marks.join(",")
    );
    let values = [community.0.into(), kind.into()]
        .into_iter()
        .chain(terms.iter().map(|term| Value::from(term.as_str())));
    let mut frequencies = HashMap::new();
    let mut totals = None;
    for row in on.query_all_raw(statement(on, sql, values)).await? {
        let token: String = row.try_get("", "token")?;
        let n: i64 = row.try_get("", "n")?;
        if token.is_empty() {
            totals = Some((n, row.try_get("", "length")?));
        } else {
            frequencies.insert(token, n);
        }
    }
    Ok(totals.map(|(subjects, length)| (frequencies, subjects, length)))
}
