//! The doors for other rooms and for a demo.

use hours::{Labels, NewService, Origin, PastService, Source, When, enter, enter_many};
use jiff::civil::date;
use kernel::Instant;
use uuid::Uuid;

use crate::middle::{People, account, done, events, rows};

testkit::on_both! {
    async fn many_records_of_the_past_are_entered_in_a_few_statements(app: TestApp) {
        let people = People::of(&app).await;
        let (typist, second) = (account(&people.li), account(&people.zhou));
        let at = |days: i64| Instant(testkit::NOW.0 - days * 86_400_000_000);
        let past: Vec<PastService> = (0..230_i64)
            .map(|n| PastService {
                person: if n % 2 == 0 { people.wang_id } else { people.zhao_id },
                origin: if n % 3 == 0 { Origin::Activity } else { Origin::Entry },
                source: (n % 3 == 0).then(|| Uuid::from_u128(u128::from(n.unsigned_abs()))),
                when: When {
                    day: date(2026, 1, 1).saturating_add(jiff::ToSpan::days(n)),
                    begun_minute: Some(540),
                    minutes: 60,
                },
                done: "巡逻".to_owned(),
                labels: Labels::default(),
                entered_at: at(300 - n),
                entered_by: (n % 3 != 0).then_some(typist),
                settled: (n < 225).then(|| (at(299 - n), second)),
            })
            .collect();

        let mut tx = app.begin().await;
        let entered = enter_many(&mut tx, &past).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = app.begin().await;
        let again = enter_many(&mut tx, &past[..1]).await.unwrap();
        drop(tx);

        assert_eq!((entered, again), (230, 0), "what came of an activity is kept once");
        assert_eq!(events(&app, "hours.service_confirmed").await, 225);
        assert_eq!(rows(&app, "service").await, 230);
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 113 小时"));
        app.work().await;
        assert_eq!(rows(&app, "service_flag").await, 0);
    }

    async fn a_shift_of_a_post_is_entered_once_and_waits_for_a_second_person(app: TestApp) {
        let people = People::of(&app).await;
        let shift = || NewService {
            person: people.wang_id,
            source: Source::Shift(Uuid::from_u128(5)),
            when: When {
                day: date(2026, 11, 20),
                begun_minute: Some(600),
                minutes: 120,
            },
            done: "图书角值班".to_owned(),
            item: None,
        };

        let mut tx = app.house().begin(people.wang.actor()).await.unwrap();
        let entered = enter(&mut tx, shift()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = app.house().begin(people.wang.actor()).await.unwrap();
        let again = enter(&mut tx, shift()).await;
        drop(tx);

        assert!(matches!(again, Err(hours::Error::Repeated)));
        let page = format!("/hours/entries/{entered}");
        assert!(people.li.get(&page).await.has_text("岗位服务"));
        assert!(people.li.get(&page).await.has_text("本人登记"), "who served typed it");
        done(&people.li.post(&format!("{page}/confirm"), &[]).await);
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("由岗位负责人确认"), "{}", own.text());
    }
}
