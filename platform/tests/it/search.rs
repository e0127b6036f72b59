//! Chinese words are found inside sentences, and both databases rank alike.

use kernel::events::PasswordSet;
use platform::search::{self, Entry};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use testkit::TestApp;
use text::Counted;
use uuid::Uuid;

const MATTERS: [&str; 6] = [
    "3栋2单元楼道灯不亮，晚上老人下楼看不见",
    "楼道灯坏了，楼道灯一直闪，楼道里全是杂物",
    "电动车飞线充电，消防通道被堵",
    "小区门口路灯不亮",
    "水管漏水，厨房地上都是水",
    "花园围栏松动，孩子容易受伤",
];

fn id(number: usize) -> Uuid {
    Uuid::from_u128(number as u128 + 1)
}

fn entry(number: usize, words: &str) -> Entry {
    Entry {
        subject: id(number),
        words: Counted::of([words]),
    }
}

async fn indexed(app: &TestApp) {
    let mut tx = app.begin().await;
    let entries: Vec<Entry> = MATTERS
        .iter()
        .enumerate()
        .map(|(number, words)| entry(number, words))
        .collect();
    search::add(&tx, "matter", &entries).await.unwrap();
    tx.emit(&PasswordSet {
        account: tx.new_id(),
    });
    tx.commit().await.unwrap();
}

/// What is found, best first, with scores in millionths.
async fn found(app: &TestApp, words: &str) -> Vec<(usize, i64)> {
    found_among(app, words, None).await
}

async fn found_among(
    app: &TestApp,
    words: &str,
    among: Option<SelectStatement>,
) -> Vec<(usize, i64)> {
    let reader = app.house().db().reader();
    let Some(query) = search::hits(&reader, app.community(), "matter", words, among)
        .await
        .unwrap()
    else {
        return Vec::new();
    };
    let rows = reader.query_all(&query).await.unwrap();
    rows.iter()
        .map(|row| {
            let subject: Uuid = row.try_get("", "subject_id").unwrap();
            let score: f64 = row.try_get("", "score").unwrap();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "scores are below a hundred"
            )]
            let score = (score * 1e6).round() as i64;
            (subject.as_u128() as usize - 1, score)
        })
        .collect()
}

testkit::on_both! {
    async fn what_shares_a_single_pair_of_a_sentence_is_about_something_else(app: TestApp) {
        indexed(&app).await;

        let about_it = found(&app, "厨房水管").await;
        let about_else = found(&app, "厨房天气很好").await;

        assert_eq!(about_it.first().map(|(matter, _)| *matter), Some(4));
        assert_eq!(about_else, []);
    }

    async fn a_word_of_two_characters_is_found(app: TestApp) {
        indexed(&app).await;

        let subjects = |found: Vec<(usize, i64)>| found.into_iter().map(|hit| hit.0).collect::<Vec<_>>();

        assert_eq!(subjects(found(&app, "飞线").await), [2]);
        assert_eq!(subjects(found(&app, "漏水").await), [4]);
        assert_eq!(subjects(found(&app, "宠物").await), [0_usize; 0]);
        assert_eq!(subjects(found(&app, "，。").await), [0_usize; 0]);
    }

    async fn both_databases_rank_as_the_formula_says(app: TestApp) {
        indexed(&app).await;

        let hits = found(&app, "楼道灯不亮").await;

        assert_eq!(hits.iter().map(|hit| hit.0).collect::<Vec<_>>(), by_hand("楼道灯不亮").iter().map(|hit| hit.0).collect::<Vec<_>>());
        for (hit, expected) in hits.iter().zip(by_hand("楼道灯不亮")) {
            assert!((hit.1 - expected.1).abs() <= 1, "{hit:?} {expected:?}");
        }
    }

    async fn the_best_of_all_do_not_crowd_out_the_best_of_a_few(app: TestApp) {
        let many = usize::try_from(search::HITS_MAX).unwrap() + 20;
        let mut entries: Vec<Entry> = (0..many).map(|number| entry(number, "停水")).collect();
        entries.push(entry(many, "昨晚停水到今天早上还没有来，物业电话没人接"));
        let mut tx = app.begin().await;
        search::add(&tx, "matter", &entries).await.unwrap();
        tx.emit(&PasswordSet { account: tx.new_id() });
        tx.commit().await.unwrap();
        let of_the_property_company = Query::select()
            .column("subject_id")
            .from("search_posting")
            .and_where(Expr::col("token").eq("物业"))
            .to_owned();

        let everywhere = found(&app, "停水").await;
        let among_them = found_among(&app, "停水", Some(of_the_property_company)).await;

        assert!(everywhere.iter().all(|hit| hit.0 != many));
        assert_eq!(among_them.iter().map(|hit| hit.0).collect::<Vec<_>>(), [many]);
    }

    async fn what_was_replaced_or_removed_is_not_found_by_its_old_words(app: TestApp) {
        indexed(&app).await;
        let mut tx = app.begin().await;
        search::replace(&tx, "matter", &entry(2, "自行车乱停")).await.unwrap();
        search::remove(&tx, "matter", id(4)).await.unwrap();
        tx.emit(&PasswordSet { account: tx.new_id() });
        tx.commit().await.unwrap();

        assert!(found(&app, "飞线").await.is_empty());
        assert!(found(&app, "漏水").await.is_empty());
        assert_eq!(found(&app, "自行车").await.len(), 1);
    }
}

/// BM25 computed without a database, from the pure formula's parts.
fn by_hand(words: &str) -> Vec<(usize, i64)> {
    let all: Vec<Counted> = MATTERS.iter().map(|words| Counted::of([*words])).collect();
    let average = all.iter().map(|one| f64::from(one.length)).sum::<f64>() / all.len() as f64;
    let mut hits: Vec<(usize, f64)> = all
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let score = text::query_terms(words)
                .iter()
                .map(|term| {
                    let holding = all
                        .iter()
                        .filter(|one| occurrences(one, term) > 0.0)
                        .count();
                    let n = occurrences(one, term);
                    let norm = text::bm25::K1
                        * (1.0 - text::bm25::B + text::bm25::B * f64::from(one.length) / average);
                    text::bm25::idf(all.len() as u64, holding as u64) * n * (text::bm25::K1 + 1.0)
                        / (n + norm)
                })
                .sum();
            (number, score)
        })
        .filter(|(_, score)| *score > 0.0)
        .collect();
    hits.sort_by(|a, b| b.1.total_cmp(&a.1));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "scores are below a hundred"
    )]
    let rounded = hits
        .into_iter()
        .map(|(number, score)| (number, (score * 1e6).round() as i64));
    rounded.collect()
}

fn occurrences(counted: &Counted, term: &str) -> f64 {
    counted
        .frequencies
        .iter()
        .find(|(token, _)| *token == term)
        .map_or(0.0, |(_, occurrences)| f64::from(*occurrences))
}
