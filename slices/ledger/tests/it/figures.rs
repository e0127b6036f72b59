//! A book in sum, and what is made public each month.

use jiff::tz::TimeZone;
use kernel::Instant;
use ledger::{Book, Code, Movement, Step};

use crate::town::{done, group, is_whole, town};

testkit::on_both! {
    async fn cover_is_what_was_put_aside_less_what_was_spent(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let (issue, fund) = (town.book.issue, town.book.fund);
        let mut tx = app.begin().await;
        let steps = [
            Step::post(Movement::PutAside { from: issue, to: fund }, 500),
            Step::post(Movement::TakeBack { from: fund, to: issue }, 20),
            Step::post(Movement::GrantFromFund { from: fund, to: town.qian_account }, 60),
            Step::post(Movement::Redeem { from: town.qian_account, to: town.book.shop }, 25),
            Step::post(Movement::Donate { from: town.qian_account, to: town.book.pool }, 5),
        ];
        ledger::post(&mut tx, group(2), &steps).await.unwrap();
        done(tx, town.qian).await;
        let reader = app.house().db().reader();

        let sum = ledger::totals(&reader, town.community, Book::Points).await.unwrap();

        assert_eq!((sum.outstanding, sum.with_residents, sum.pool), (135, 130, 5));
        assert_eq!((sum.put_aside, sum.fund, sum.spent, sum.backing()), (480, 420, 25, 455));
        assert_eq!(reader.statements(), 3);
    }

    async fn months_end_where_the_community_lives(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        // 23:30 on 30 November in Shanghai, and 00:30 on 1 December.
        for (number, at) in [(2, 1_796_052_600_000_000), (3, 1_796_056_200_000_000)] {
            app.clock().set(Instant(at));
            let mut tx = app.begin().await;
            ledger::post(&mut tx, group(number), &[Step::post(spend, 10)]).await.unwrap();
            done(tx, town.zhao).await;
        }
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let reader = app.house().db().reader();

        let months = ledger::by_month(&reader, town.community, Book::Points, Instant(0), &zone).await.unwrap();

        let spent: Vec<_> = months.iter().filter(|one| one.code == Code::Redeem).collect();
        assert_eq!(spent.len(), 2);
        assert_eq!((spent[0].month.as_str(), spent[0].amount), ("2026-11", 10));
        assert_eq!((spent[1].month.as_str(), spent[1].count), ("2026-12", 1));
    }

    async fn a_month_that_is_over_is_made_public_with_the_head_of_its_ledger(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let reader = app.house().db().reader();
        app.work().await;
        let none = ledger::disclosures(&reader, town.community, Book::Points).await.unwrap();
        assert_eq!(none, []);

        app.wait(14 * 24 * 60);
        app.work().await;
        app.work().await;

        let told = ledger::disclosures(&reader, town.community, Book::Points).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].month.as_str(), told[0].issued, told[0].outstanding), ("2026-11", None, 100));
        assert_eq!((told[0].height, told[0].head.len()), (1, 64));
        app.wait(31 * 24 * 60);
        app.work().await;
        let told = ledger::disclosures(&reader, town.community, Book::Points).await.unwrap();
        assert_eq!((told.len(), told[0].issued), (2, Some(0)));
        assert!(is_whole(&app).await);
    }

    async fn everybody_reads_the_sums_and_nobody_a_small_month(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let empty = app.visitor().get("/books").await;
        assert_eq!(empty.status(), 200);
        assert!(empty.has_text("第一个月过完"));
        let grant = Movement::Grant { from: town.book.issue, to: town.qian_account };
        let chains: Vec<_> = (0..12).map(|n| (group(100 + n), vec![Step::post(grant, 5)])).collect();
        app.wait(14 * 24 * 60);
        app.work().await;
        let mut tx = app.begin().await;
        ledger::post_many(&mut tx, &chains).await.unwrap();
        done(tx, town.qian).await;
        app.wait(31 * 24 * 60);
        app.work().await;

        let page = app.visitor().get("/books").await;

        assert!(page.has_text("2026-11") && page.has_text("不足 10 笔"));
        assert!(page.has_text("2026-12") && page.has_text("60 分"));
        assert!(page.statements() <= 12, "{}", page.statements());
    }
}
