//! BM25, the ranking of search results, as plain functions on numbers from any store.
//!
//! Source: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3,
//! with the idf that never turns negative (`ln(1 + …)`). The score of a document is the sum over the distinct query
//! terms of `idf × score`. SQLite and PostgreSQL deliver the same postings, so both rank alike.
//!
//! Worked number: of 3 documents one holds 停水, once, and is of average length.
//! `idf = ln(1 + (3 − 1 + 0.5) / (1 + 0.5)) = 0.9808`, `score = 1`, so it ranks with 0.9808.

use std::collections::BTreeMap;

use crate::tokens::{Counted, query_terms};

/// How soon a repeated term stops adding.
pub const K1: f64 = 1.2;
/// How much a long document is held back, from 0 (not) to 1 (fully).
pub const B: f64 = 0.75;

/// How rare a term is: `ln(1 + (N − n + ½) / (n + ½))`, for `doc_freq` n of `n_docs` N documents. Positive always;
/// a `doc_freq` above `n_docs` (a stale count) is taken as `n_docs`.
///
/// ```
/// assert!((text::bm25::idf(3, 1) - 0.980_829).abs() < 1e-6);
/// ```
pub fn idf(n_docs: u64, doc_freq: u64) -> f64 {
    let with_term = doc_freq.min(n_docs) as f64;
    let without_term = n_docs as f64 - with_term;
    (1.0 + (without_term + 0.5) / (with_term + 0.5)).ln()
}

/// How strongly one document speaks of a term: `tf (k1 + 1) / (tf + k1 (1 − b + b · len / avg))`, from 0 to
/// `k1 + 1`. `len` is [`Counted::length`], `avg_len` its mean over all documents; a mean of 0 counts as `len`.
///
/// ```
/// assert!((text::bm25::score(1, 20, 20.0) - 1.0).abs() < 1e-12);
/// assert!((text::bm25::score(2, 40, 20.0) - 4.4 / 4.1).abs() < 1e-12);
/// ```
pub fn score(tf: u32, len: u32, avg_len: f64) -> f64 {
    let relative_len = if avg_len > 0.0 {
        f64::from(len) / avg_len
    } else {
        1.0
    };
    let tf = f64::from(tf);
    tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * relative_len))
}

/// A search index in memory: the yardstick that the ranking of a database is tested against.
#[derive(Clone, Debug, Default)]
pub struct Bm25Index {
    postings: BTreeMap<String, Vec<(u64, u32)>>,
    lengths: BTreeMap<u64, u32>,
    total_length: u64,
}

impl Bm25Index {
    /// An index without documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document. An id that is already there keeps its first text and `false` is returned.
    pub fn add(&mut self, id: u64, counted: &Counted) -> bool {
        if self.lengths.contains_key(&id) {
            return false;
        }
        for (token, &tf) in &counted.frequencies {
            self.postings
                .entry(token.clone())
                .or_default()
                .push((id, tf));
        }
        self.lengths.insert(id, counted.length);
        self.total_length += u64::from(counted.length);
        true
    }

    /// The `limit` best documents with their scores, best first, equal scores by id.
    pub fn search(&self, query: &str, limit: usize) -> Vec<(u64, f64)> {
        let n_docs = self.lengths.len() as u64;
        let avg_len = self.total_length as f64 / n_docs.max(1) as f64;
        let mut scores = BTreeMap::<u64, f64>::new();
        for term in query_terms(query) {
            let Some(postings) = self.postings.get(&term) else {
                continue;
            };
            let rarity = idf(n_docs, postings.len() as u64);
            for &(id, tf) in postings {
                *scores.entry(id).or_default() += rarity * score(tf, self.lengths[&id], avg_len);
            }
        }
        let mut ranked: Vec<_> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(limit);
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(documents: &[&str]) -> Bm25Index {
        let mut index = Bm25Index::new();
        for (id, document) in (1..).zip(documents) {
            index.add(id, &Counted::of([*document]));
        }
        index
    }

    #[test]
    fn a_two_character_word_is_found_inside_a_sentence() {
        let index = index(&["昨晚开始停水了", "楼道灯不亮", "电梯停了"]);

        let ranked = index.search("停水", 10);

        assert_eq!(ranked.len(), 1);
        assert_eq!(ranked[0].0, 1);
    }

    #[test]
    fn the_rarer_term_weighs_more() {
        let index = index(&["停水通知", "停水通知", "停水赔偿"]);

        let ranked = index.search("停水赔偿", 10);

        assert_eq!(ranked[0].0, 3);
        assert_eq!((ranked[1].0, ranked[2].0), (1, 2), "equal scores go by id");
    }

    #[test]
    fn the_worked_number_of_the_module_page_holds() {
        // All three texts have one token, so each is of average length.
        let index = index(&["停水", "灯坏", "停电"]);

        let ranked = index.search("停水", 10);

        assert!((ranked[0].1 - 0.980_829).abs() < 1e-6);
    }

    #[test]
    fn an_id_is_indexed_once() {
        let mut index = index(&["停水"]);

        assert!(!index.add(1, &Counted::of(["停电"])));
        assert!(index.search("停电", 10).is_empty());
    }

    #[test]
    fn an_empty_index_and_an_empty_query_find_nothing() {
        assert!(Bm25Index::new().search("停水", 5).is_empty());
        assert!(index(&["停水"]).search("，", 5).is_empty());
    }

    proptest! {
        #[test]
        fn scores_stay_in_their_range(tf in 0u32..10_000, len in 0u32..100_000, avg in 0.0..5000.0) {
            let value = score(tf, len, avg);
            prop_assert!((0.0..=K1 + 1.0).contains(&value));
        }

        #[test]
        fn rarer_is_never_worth_less(n in 1u64..1_000_000, a in 0u64..1_000_000, b in 0u64..1_000_000) {
            let (rare, common) = (a.min(b), a.max(b));
            prop_assert!(idf(n, rare) >= idf(n, common));
            prop_assert!(idf(n, common) > 0.0);
        }
    }
}
