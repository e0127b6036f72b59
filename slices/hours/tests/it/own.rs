//! One's own page: years, stars, export; and settings.

use kernel::DutyKind;

use crate::middle::{People, done, form, newest};

testkit::on_both! {
    async fn years_and_stars_are_ones_own_and_nobody_is_compared(app: TestApp) {
        let people = People::of(&app).await;
        for day in ["2025-12-31", "2026-01-01", "2026-01-02"] {
            let fields = form(people.wang_id, &[("day", day), ("minutes", "720")]);
            done(&people.li.post("/hours/enter", &fields.fields()).await);
            let page = format!("/hours/entries/{}", newest(&app).await);
            done(&people.zhou.post(&format!("{page}/confirm"), &[]).await);
        }
        let administrator = app.on_duty("admin", DutyKind::Administrator, None).await;
        let set = [("stars", "30，60"), ("percent", "10")];
        done(&administrator.post("/hours/settings", &set).await);

        let newest = people.wang.get("/me/hours").await;
        let before = people.wang.get("/me/hours?year=2025").await;
        let nonsense = people.wang.get("/me/hours?year=abc").await;

        assert!(newest.has_text("累计时长 36 小时 星级 1 星 离下一星还差 24 小时"), "{}", newest.text());
        assert!(newest.has_text("2026年 24 小时 2025年 12 小时"), "{}", newest.text());
        assert!(newest.has_text("2026年的记录") && !newest.has_text("2025年12月31日"), "{}", newest.text());
        assert!(before.has_text("2025年12月31日"), "{}", before.text());
        assert_eq!(nonsense.text(), newest.text());
    }

    async fn settings_are_the_administrators_and_never_below_the_rule(app: TestApp) {
        let people = People::of(&app).await;
        let administrator = app.on_duty("admin", DutyKind::Administrator, None).await;

        let shown = administrator.get("/hours/settings").await;
        for (stars, percent, told) in [
            ("300,100", "5", "请从小到大写整数小时"),
            ("100", "4", "请写 5 到 100 之间的整数"),
        ] {
            let refused = administrator.post("/hours/settings", &[("stars", stars), ("percent", percent)]).await;
            assert_eq!(refused.status(), 422);
            assert!(refused.has_text(told), "{told} in {}", refused.text());
        }

        assert_eq!(shown.value_of("#stars").as_deref(), Some("100,300,600,1000,1500"));
        assert_eq!(shown.value_of("#percent").as_deref(), Some("5"));
        assert_eq!(people.li.post("/hours/settings", &[]).await.status(), 403);
    }

    async fn the_own_record_is_taken_along_as_a_table(app: TestApp) {
        let people = People::of(&app).await;
        people.confirmed(&app).await;
        people.entered_on(&app, "2026-11-19").await;

        let csv = people.wang.get("/me/hours/export").await;
        let body = csv.body();

        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(body.lines().count(), 3, "{body}");
        assert!(body.contains("2026-11-20,,90,打扫三栋楼道,社区登记,已确认,,社区工作人员"), "{body}");
        assert!(body.contains("2026-11-19,,90,打扫三栋楼道,社区登记,等第二人确认,,"), "{body}");
    }

    async fn who_is_not_in_the_register_is_asked_to_come_once(app: TestApp) {
        let unknown = app.resident("新来的").await;

        let page = unknown.get("/me/hours").await;
        let export = unknown.get("/me/hours/export").await;
        let english = app.resident("new").await.in_english().get("/me/hours").await;

        assert_eq!((page.status(), export.status()), (200, 409));
        assert!(page.has_text("请到社区办一次"), "{}", page.text());
        assert!(english.has_text("Come to the community desk once"), "{}", english.text());
    }
}
