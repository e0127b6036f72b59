//! What other rooms tell: confirmed attendances and services raise claims, once each; a retold
//! event, a reached cap and an old item do no harm; who is erased leaves no trace but figures.

use kernel::events::{AttendanceConfirmed, ServiceConfirmed};
use kernel::{ActivityId, AttendanceId, ItemId, OccurrenceId, PersonId, ServiceId};
use testkit::TestApp;
use uuid::Uuid;

use crate::middle::{DAY, People, done, rows, step};

fn attendance(
    id: u128,
    person: PersonId,
    item: Option<ItemId>,
    minutes: i64,
) -> AttendanceConfirmed {
    AttendanceConfirmed {
        attendance: AttendanceId(Uuid::from_u128(id)),
        activity: ActivityId(Uuid::from_u128(1)),
        occurrence: OccurrenceId(Uuid::from_u128(1)),
        person,
        minutes,
        day: "2026-11-30".to_owned(),
        is_service: true,
        item,
        is_late: false,
    }
}

async fn tell(app: &TestApp, event: &impl kernel::events::Event) {
    let mut tx = app.begin().await;
    tx.emit(event);
    tx.commit().await.unwrap();
}

testkit::on_both! {
    async fn a_confirmed_attendance_raises_one_claim_however_often_it_is_told(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let event = attendance(10, people.wang_id, Some(items[1]), 90);

        tell(&app, &event).await;
        tell(&app, &event).await;

        assert_eq!(rows(&app, "points_claim", "origin = 'attendance'").await, 1);
        assert_eq!(rows(&app, "points_claim", "points = 15 AND quantity = 90").await, 1, "ninety minutes at ten an hour");
        let mine = people.wang.get("/me/points").await;
        assert!(mine.has_text("志愿服务") && mine.has_text("待核对"), "{}", mine.text());
    }

    async fn a_service_without_an_item_or_under_an_unknown_one_raises_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let early = attendance(10, people.wang_id, Some(ItemId(Uuid::from_u128(5))), 60);
        tell(&app, &early).await;
        let (people, items) = people.in_force(&app).await;
        let service = |id: u128, item, day: &str| ServiceConfirmed {
            service: ServiceId(Uuid::from_u128(id)),
            person: people.wang_id,
            minutes: 60,
            day: day.to_owned(),
            origin: "post".to_owned(),
            item,
            is_late: false,
        };

        tell(&app, &service(1, None, "2026-11-30")).await;
        tell(&app, &service(2, Some(ItemId(Uuid::from_u128(5))), "2026-11-30")).await;
        tell(&app, &service(3, Some(items[1]), "the day before")).await;
        let nothing = rows(&app, "points_claim", "1 = 1").await;
        tell(&app, &service(4, Some(items[1]), "2026-11-30")).await;

        assert_eq!(nothing, 0);
        assert_eq!(rows(&app, "points_claim", "origin = 'service'").await, 1);
    }

    async fn a_cap_that_is_reached_is_no_error_for_who_confirms(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;

        for id in 10..14 {
            tell(&app, &attendance(id, people.wang_id, Some(items[0]), 60)).await;
        }
        tell(&app, &attendance(20, people.wang_id, Some(items[1]), 5)).await;

        assert_eq!(rows(&app, "points_claim", "points = 5").await, 2, "ten a day");
        assert_eq!(rows(&app, "points_claim", "1 = 1").await, 2, "five minutes are no point");
    }

    async fn an_item_stays_good_in_the_next_version_that_takes_it_over(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let page = people.noticed().await;
        app.wait(10 * DAY);
        let people = people.again(&app).await;
        done(&step(&people.li, &page, "enforce", &[]).await);

        tell(&app, &attendance(10, people.wang_id, Some(items[1]), 60)).await;

        let reader = app.house().db().reader();
        let now = points::items_in_force(&reader, app.community()).await.unwrap();
        assert!(now.iter().all(|item| item.id != items[1]));
        assert_eq!(rows(&app, "points_claim", "1 = 1").await, 1);
    }

    async fn who_is_erased_leaves_figures_and_neither_name_nor_words(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.rich(&app, "2").await;
        people.checked(items[0], "1", "2026-12-08").await;
        let fields = [
            ("name", "洗衣液"), ("kind", "goods"), ("price", "5"), ("source", "演示单位"), ("from", "2026-11-01"), ("pieces", "3"),
        ];
        done(&people.li.post("/points/desk/rewards", &fields).await);
        let shop = people.wang.get("/shop").await;
        let reserve = shop.attribute("form[action^='/shop/rewards/']", "action").unwrap();
        done(&people.wang.post(&reserve, &[("amount", "1")]).await);

        let mut tx = app.begin().await;
        tx.emit(&kernel::events::PersonErased { person: people.wang_id });
        tx.commit().await.unwrap();

        assert_eq!(rows(&app, "points_claim", "person_id IS NOT NULL OR evidence <> ''").await, 0);
        assert_eq!(rows(&app, "points_claim", "state = 'closed'").await, 1, "what was on notice");
        assert_eq!(rows(&app, "points_claim", "state = 'posted'").await, 1, "what was granted stays");
        assert_eq!(rows(&app, "redemption", "person_id IS NOT NULL OR state = 'reserved' OR code_print IS NOT NULL").await, 0);
        let stock = people.li.get("/points/desk/rewards").await;
        assert!(stock.has_text("5 3 0"), "the piece lies on the shelf again: {}", stock.text());
        app.wait(20 * DAY);
        app.work().await;
        let desk = app.signed_in(people.li.actor().account.unwrap()).await;
        assert!(desk.get("/points/desk?show=done").await.has_text("已注销的居民"));
    }
}
