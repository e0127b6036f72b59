//! Claims are checked by another, noticed under a drawn name, and granted when the notice is over.

use kernel::events::{AttendanceConfirmed, PointsPosted};
use kernel::{ActivityId, AttendanceId, ItemId, OccurrenceId, PersonId};
use platform::record;
use testkit::TestApp;

use crate::middle::{DAY, People, check, done, refused, rows};

/// Many were somewhere; the activities' room says so.
pub async fn attended(app: &TestApp, people: &[PersonId], item: ItemId, is_late: bool) {
    let mut tx = app.begin().await;
    for person in people {
        let event = AttendanceConfirmed {
            attendance: tx.new_id::<AttendanceId>(),
            activity: tx.new_id::<ActivityId>(),
            occurrence: tx.new_id::<OccurrenceId>(),
            person: *person,
            minutes: 90,
            day: "2026-11-30".to_owned(),
            is_service: true,
            item: Some(item),
            is_late,
        };
        tx.emit(&event);
    }
    tx.commit().await.unwrap();
}

testkit::on_both! {
    async fn a_claim_is_checked_noticed_and_granted_citing_version_and_item(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        people.funded("1000").await;
        let id = people.claimed(items[0], "1", "2026-12-01").await;

        done(&check(&people.li, &id, "yes", "").await);
        let notices = app.visitor().get("/points/notices").await;
        app.wait(6 * DAY);
        app.work().await;
        let early = people.wang.get("/me/points").await;
        app.wait(2 * DAY);
        app.work().await;
        let people = people.again(&app).await;
        let mine = people.wang.get("/me/points").await;

        assert!(notices.has_text("楼道清洁"), "{}", notices.text());
        assert!(notices.has_text("12月8日"), "five working days from Tuesday: {}", notices.text());
        assert!(!notices.text().contains("王"), "{}", notices.text());
        assert!(notices.statements() <= 6, "{} statements", notices.statements());
        assert!(early.has_text("可以用的积分 0"), "{}", early.text());
        assert!(mine.has_text("可以用的积分 5"), "{}", mine.text());
        assert!(mine.has_text("楼道清洁（12月1日，第 1 版办法）"), "{}", mine.text());
        assert!(mine.statements() <= 6, "{} statements", mine.statements());
        assert!(people.wang.get("/alerts").await.has_text("有 5 分入账了"));
        assert!(!app.visitor().get("/points/notices").await.has_text("楼道清洁"));
    }

    async fn the_alias_is_new_each_time_and_never_twice_at_once(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        for day in ["2026-12-01", "2026-11-30", "2026-11-29"] {
            people.checked(items[1], "1", day).await;
        }

        let notices = app.visitor().get("/points/notices").await;
        let html = notices.body();
        let mut aliases: Vec<&str> = html.split("居民 ").skip(1).filter_map(|rest| rest.get(..3)).collect();
        aliases.sort_unstable();
        aliases.dedup();

        assert_eq!(aliases.len(), 3, "{aliases:?}");
        assert!(!html.contains(&people.wang_id.to_string()));
    }

    async fn nobody_checks_their_own_claim(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.claimed(items[0], "1", "2026-12-01").await;
        let wang = people.wang.actor().account.unwrap();
        let mut tx = app.begin().await;
        let duty = platform::door::NewDuty { account: wang, kind: kernel::DutyKind::Staff, area: None, handler: None };
        platform::door::take_up(&mut tx, &duty).await.unwrap();
        tx.commit().await.unwrap();
        let wang_on_duty = app.signed_in(wang).await;

        let own = check(&wang_on_duty, &id, "yes", "").await;
        let by_resident = check(&people.zhao, &id, "yes", "").await;

        refused(&own, 409, "要另一个人来办");
        assert_eq!(by_resident.status(), 403);
        assert_eq!(rows(&app, "points_claim", "state = 'claimed'").await, 1);
    }

    async fn of_two_who_check_at_once_the_second_is_told(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.claimed(items[0], "1", "2026-12-01").await;
        let page = format!("/points/desk/claims/{id}");
        let right = [("version", "1"), ("right", "yes"), ("said", "")];

        let (one, other) = tokio::join!(people.li.post(&page, &right), people.zhou.post(&page, &right));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let told = if one.status() == 409 { &one } else { &other };
        refused(told, 409, "有人刚刚办过了");
    }

    async fn a_refusal_needs_a_reason_that_the_claimant_reads(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.claimed(items[0], "1", "2026-12-01").await;

        let without = check(&people.li, &id, "no", " ").await;
        let neither = check(&people.li, &id, "", "").await;
        done(&check(&people.li, &id, "no", "那天楼道是物业打扫的").await);
        let read = people.wang.get(&format!("/me/points/claims/{id}")).await;
        let others = people.zhao.get(&format!("/me/points/claims/{id}")).await;

        refused(&without, 422, "请填写");
        refused(&neither, 422, "请选一项");
        assert!(read.has_text("那天楼道是物业打扫的") && read.has_text("可以申诉"), "{}", read.text());
        assert!(read.statements() <= 6);
        assert_eq!(others.status(), 404);
        app.wait(10 * DAY);
        app.work().await;
        assert_eq!(rows(&app, "points_claim", "state = 'posted'").await, 0);
    }

    async fn what_came_late_needs_two_who_check(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        attended(&app, &[people.wang_id], items[1], true).await;
        let list = people.li.get("/points/desk").await;
        let page = list.attribute("td.title a", "href").unwrap();
        let id = crate::middle::last(&page);

        let in_bulk = people.li.post("/points/desk/check", &[("pick", &id)]).await;
        done(&check(&people.li, &id, "yes", "").await);
        let second = [("version", "2"), ("right", "yes")];
        let again = people.li.post(&page, &second).await;
        let waiting = rows(&app, "points_claim", "state = 'claimed'").await;
        done(&check(&people.zhou, &id, "yes", "").await);

        assert!(list.has_text("补录"), "{}", list.text());
        assert_eq!(in_bulk.status(), 409);
        refused(&again, 409, "要另一个人来办");
        assert_eq!(waiting, 1);
        assert_eq!(rows(&app, "points_claim", "state = 'noticed' AND is_late = 1").await, 1);
    }

    async fn only_the_head_checks_what_the_scheme_leaves_to_the_head(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;
        done(&people.add_item(&page, &[("name", "图书角整理"), ("confirmer", "leader")]).await);
        done(&crate::middle::step(&people.zhou, &page, "deliberate", &[("said", "商量过")]).await);
        done(&crate::middle::step(&people.li, &page, "adopt", &crate::middle::ADOPTION).await);
        done(&crate::middle::step(&people.li, &page, "notice", &[]).await);
        app.wait(10 * DAY);
        let people = people.again(&app).await;
        done(&crate::middle::step(&people.li, &page, "enforce", &[]).await);
        let reader = app.house().db().reader();
        let items = points::items_in_force(&reader, app.community()).await.unwrap();
        let id = people.claimed(items[2].id, "1", "2026-12-01").await;

        refused(&check(&people.li, &id, "yes", "").await, 409, "要由社区负责人核对");
        done(&check(&people.head, &id, "yes", "").await);
    }

    async fn hundreds_are_checked_and_granted_together(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        people.funded("100000").await;
        let mut tx = app.begin().await;
        let mut many = Vec::new();
        for n in 0..120 {
            many.push(people::fixture::a_person(&format!("居民{n}")).insert(&mut tx).await.unwrap());
        }
        tx.commit().await.unwrap();
        attended(&app, &many, items[1], false).await;

        for _ in 0..3 {
            let list = people.li.get("/points/desk").await;
            assert!(list.statements() <= 6, "{} statements", list.statements());
            let html = list.body();
            let picked: Vec<(&str, &str)> = html
                .split("name=\"pick\" value=\"")
                .skip(1)
                .filter_map(|rest| Some(("pick", rest.split('"').next()?)))
                .collect();
            done(&people.li.post("/points/desk/check", &picked).await);
        }
        app.wait(9 * DAY);
        app.work().await;

        assert_eq!(rows(&app, "points_claim", "state = 'posted' AND points = 15").await, 120);
        assert_eq!(rows(&app, "points_claim", "transfer_id IS NULL").await, 0);
        let reader = app.house().db().reader();
        let events = record::page_before(&reader, app.community(), None, 1_000).await.unwrap();
        let posted = events.iter().filter(|event| event.read::<PointsPosted>().is_some()).count();
        assert_eq!(posted, 120);
        let figures = app.visitor().get("/points/figures").await;
        assert!(figures.has_text("1,800"), "{}", figures.text());
        assert!(figures.statements() <= 6, "{} statements", figures.statements());
    }

    async fn nothing_picked_is_said(app: TestApp) {
        let people = People::of(&app).await;

        let nothing = people.li.post("/points/desk/check", &[]).await;
        let nonsense = people.li.post("/points/desk/check", &[("pick", "none")]).await;

        refused(&nothing, 422, "请先选中");
        refused(&nonsense, 422, "请先选中");
        assert_eq!(people.wang.post("/points/desk/check", &[]).await.status(), 403);
    }

    async fn limits_are_set_by_the_office_and_a_notice_is_never_shorter_than_five_days(app: TestApp) {
        let people = People::of(&app).await;
        let usual = [
            ("points-claim-days", "30"), ("points-check-days", "5"), ("points-notice-days", "5"), ("points-reply-days", "5"),
            ("points-appeal-days", "15"), ("points-decide-days", "15"), ("points-hold-days", "14"),
        ];
        let with = |place: usize, value: &'static str| {
            let mut fields = usual;
            fields[place].1 = value;
            fields
        };

        let short = people.head.post("/points/desk/limits", &with(2, "4")).await;
        done(&people.head.post("/points/desk/limits", &with(2, "6")).await);
        let shown = people.li.get("/points/desk/limits").await;
        let (people, items) = people.in_force(&app).await;
        people.checked(items[0], "1", "2026-12-01").await;

        refused(&short, 422, "请填 5 到 30 之间的整数");
        assert_eq!(shown.value_of("#points-notice-days").as_deref(), Some("6"));
        assert!(app.visitor().get("/points/notices").await.has_text("12月9日"));
        assert_eq!(people.wang.get("/points/desk/limits").await.status(), 403);
    }

    async fn a_claim_of_a_colleague_shows_who_handled_it(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;

        let page = people.zhou.get(&format!("/points/desk/claims/{id}")).await;

        assert!(page.has_text("核对人 li") && page.has_text("王秀英"), "{}", page.text());
        assert!(page.statements() <= 6, "{} statements", page.statements());
    }
}
