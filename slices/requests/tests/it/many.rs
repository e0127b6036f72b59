//! Many requests: entered quickly, found by words, and shown in few statements.

use std::sync::Arc;

use calendar::{Calendar, Measure};
use kernel::{DutyKind, Minutes};
use platform::working_time::calendar_of;
use requests::{Answers, Channel, Deed, PastRequest, PastStep, Place, enter_many};
use testkit::{NOW, TestApp};

use crate::town::{Setting, without_rules};

/// So many requests of the last two years, all answered and most closed, every thousandth open.
fn past(setting: &Setting, amount: i64) -> Vec<PastRequest> {
    let category = setting.basics.category("no-water");
    let handler = Some(setting.basics.handlers[2]);
    let span = Minutes::days(700).0 / amount.max(1);
    (0..amount)
        .map(|n| {
            let received_at = NOW.plus(Minutes(-span * (amount - n) - 60));
            let step = |minutes, deed| PastStep {
                at: received_at.plus(Minutes(minutes)),
                by: None,
                deed,
            };
            let mut steps = vec![step(
                1,
                Deed::Dispatched {
                    handler,
                    assignee: None,
                    rule: None,
                },
            )];
            if n % 1_000 != 0 {
                steps.push(step(10, Deed::TakenUp));
                steps.push(step(30, Deed::Answered("已恢复供水".into())));
                let answers = Answers::new(true, Some(true), Some(n % 10 != 0));
                steps.push(step(50, Deed::CalledBack(answers)));
                steps.push(step(59, Deed::Closed));
            }
            PastRequest {
                title: format!("{}栋停水第{n}次", n % 40),
                body: String::new(),
                category,
                due_minutes: 720,
                measure: Measure::Elapsed,
                source_number: None,
                channel: Channel::Telephone,
                place: Place {
                    words: format!("{}栋", n % 40),
                    grid: Some(setting.town.grids[0]),
                    micro_grid: Some(setting.town.micro_grids[0][0]),
                    ..Place::default()
                },
                received_at,
                contact_name: None,
                contact_phone: None,
                account: None,
                person: None,
                entered_by: None,
                is_published: n % 2 == 0,
                steps,
            }
        })
        .collect()
}

async fn calendar(app: &TestApp) -> Arc<Calendar> {
    calendar_of(app.house(), app.community()).await.unwrap()
}

async fn entered(app: &TestApp, amount: i64) -> Setting {
    let setting = without_rules(app).await;
    let mut tx = app.begin().await;
    let entered = enter_many(&mut tx, past(&setting, amount), &*calendar(app).await)
        .await
        .unwrap();
    assert_eq!(i64::try_from(entered.len()).unwrap(), amount);
    tx.commit().await.unwrap();
    setting
}

testkit::on_both! {
    async fn no_page_takes_more_than_six_statements_over_twenty_thousand(app: TestApp) {
        entered(&app, 20_000).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let list = desk.get("/requests").await;
        let href = list.attribute("tbody a", "href").unwrap();

        for path in [
            "/requests",
            "/requests?state=all&page=3",
            "/requests?q=停水",
            href.as_str(),
            &format!("{href}?q=停水"),
            "/today",
            "/",
            "/matters",
            "/matters?q=停水",
            "/map",
            "/map/pins.geojson",
            "/map/pins.geojson?scope=desk",
            "/api/v1/requests",
        ] {
            let answer = desk.get(path).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert!(answer.statements() <= 6, "{path}: {}", answer.statements());
        }
        assert!(list.has_text("未办结 20 件"), "{}", list.text());
        assert_eq!(desk.get("/requests?state=all").await.count("tbody tr"), 50);
    }

    async fn the_rates_are_counted_from_the_rows_of_thirty_days(app: TestApp) {
        entered(&app, 2_001).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;

        let list = desk.get("/requests").await;

        // 85 received in 30 days; all but the last, which is still open, were heard and closed.
        assert!(list.has_text("满意率"), "{}", list.text());
        assert!(list.has_text("59 分钟"), "{}", list.text());
        assert!(list.has_text("100.0%"), "{}", list.text());
    }

    async fn fewer_than_ten_are_not_counted(app: TestApp) {
        entered(&app, 5).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;

        let list = desk.get("/requests").await;

        assert!(list.has_text("近 30 天不足 10 件，不计算"), "{}", list.text());
    }

    async fn two_characters_are_found_inside_a_sentence_and_a_number_finds_its_request(app: TestApp) {
        let setting = entered(&app, 30).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        crate::town::report(&setting, &desk, &[("title", "电梯里没有灯")]).await;

        let found = desk.get("/requests?q=停水").await;
        let other = desk.get("/requests?q=电梯").await;
        let number = desk.get("/requests?q=qs-2026-31").await;

        assert_eq!(found.count("tbody tr"), 30);
        assert_eq!(other.count("tbody tr"), 1);
        assert!(other.has_text("电梯里没有灯"));
        assert!(number.count("tbody tr") <= 1, "{}", number.text());
        assert!(desk.get("/requests?q=钢琴独奏").await.has_text("没有找到"));
    }

    async fn a_history_that_breaks_the_table_of_states_is_refused(app: TestApp) {
        let setting = without_rules(&app).await;
        let mut broken = past(&setting, 1);
        broken[0].steps = vec![PastStep { at: NOW, by: None, deed: Deed::Closed }];
        let mut tx = app.begin().await;

        assert!(enter_many(&mut tx, broken, &*calendar(&app).await).await.is_err());
    }
}
