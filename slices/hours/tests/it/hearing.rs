//! What other rooms tell of counts at once, and once.

use kernel::events::{AttendanceConfirmed, HelpConfirmed};
use kernel::{ActivityId, AttendanceId, HelpId, OccurrenceId, PersonId};
use testkit::TestApp;
use uuid::Uuid;

use crate::middle::{People, YESTERDAY, events, every_labelled_is_drawn, rows};

/// That somebody was at an activity for two hours.
fn attendance(number: u128, person: PersonId) -> AttendanceConfirmed {
    AttendanceConfirmed {
        attendance: AttendanceId(Uuid::from_u128(number)),
        activity: ActivityId(Uuid::from_u128(1)),
        occurrence: OccurrenceId(Uuid::from_u128(2)),
        person,
        minutes: 120,
        day: YESTERDAY.to_owned(),
        is_service: true,
        item: None,
        is_late: false,
    }
}

async fn tell<E: kernel::events::Event>(app: &TestApp, event: &E) {
    let mut tx = app.begin().await;
    tx.emit(event);
    tx.commit().await.unwrap();
}

testkit::on_both! {
    async fn service_at_an_activity_counts_once_however_often_it_is_told(app: TestApp) {
        let people = People::of(&app).await;

        tell(&app, &attendance(7, people.wang_id)).await;
        tell(&app, &attendance(7, people.wang_id)).await;

        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("累计时长 2 小时"), "{}", own.text());
        assert!(own.has_text("参加活动 · 由活动组织者确认"), "{}", own.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 1);
        assert_eq!(rows(&app, "service").await, 1);
    }

    async fn help_of_the_time_bank_counts_as_confirmed_by_who_was_helped(app: TestApp) {
        let people = People::of(&app).await;
        let help = HelpConfirmed {
            help: HelpId(Uuid::from_u128(7)),
            person: people.wang_id,
            minutes: 45,
            day: YESTERDAY.to_owned(),
        };

        tell(&app, &help).await;
        tell(&app, &help).await;
        tell(&app, &attendance(7, people.wang_id)).await;

        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("时间银行互助 · 由受助人确认"), "{}", own.text());
        assert!(own.has_text("累计时长 2 小时 45 分钟"), "the same id of another room is another: {}", own.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 2);
    }

    async fn who_only_took_part_served_nobody(app: TestApp) {
        let people = People::of(&app).await;
        let took_part = AttendanceConfirmed {
            is_service: false,
            ..attendance(7, people.wang_id)
        };
        let of_no_time = AttendanceConfirmed {
            minutes: 0,
            ..attendance(8, people.wang_id)
        };

        tell(&app, &took_part).await;
        tell(&app, &of_no_time).await;

        assert_eq!(rows(&app, "service").await, 0);
        assert_eq!(events(&app, "hours.service_confirmed").await, 0);
    }

    async fn a_late_attendance_is_labelled_and_may_be_drawn(app: TestApp) {
        let people = People::of(&app).await;
        every_labelled_is_drawn(&app).await;
        let late = AttendanceConfirmed {
            is_late: true,
            ..attendance(7, people.wang_id)
        };

        tell(&app, &attendance(8, people.wang_id)).await;
        tell(&app, &late).await;

        assert_eq!(rows(&app, "service_call").await, 1);
        assert!(people.he.get("/hours/calls").await.has_text("补录"));
    }

    async fn a_clock_that_jumped_ahead_is_noticed_and_loses_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let ahead = AttendanceConfirmed {
            day: "2027-01-01".to_owned(),
            ..attendance(7, people.wang_id)
        };

        tell(&app, &ahead).await;
        app.work().await;

        assert!(people.he.get("/hours/flags").await.has_text("日期还没有到"));
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("累计时长 2 小时"), "{}", own.text());
        app.clock().set(kernel::Instant(testkit::NOW.0 - 86_400_000_000 * 400));
        let before = app.signed_in(people.wang.actor().account.unwrap()).await;
        assert!(before.get("/me/hours").await.has_text("累计时长 2 小时"), "a clock set back neither");
        assert_eq!(before.get("/hours/figures").await.status(), 200);
    }
}
