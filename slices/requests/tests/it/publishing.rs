//! What everyone sees: only what may be published, and nothing of a person.

use kernel::DutyKind;

use crate::town::{number_of, report, without_rules};

testkit::on_both! {
    async fn the_public_list_and_map_hide_what_is_private(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();
        let place = setting.town.inside(0, 0, 0);
        let (lat, lon) = (place.lat().to_string(), place.lon().to_string());
        let published = number_of(
            &report(
                &setting,
                &visitor,
                &[
                    ("title", "一楼灯不亮"),
                    ("publish", "yes"),
                    ("contact_name", "王秀英"),
                    ("contact_phone", "13812345678"),
                    ("lat", &lat),
                    ("lon", &lon),
                ],
            )
            .await,
        );
        report(&setting, &visitor, &[("title", "二楼灯不亮"), ("lat", &lat), ("lon", &lon)]).await;

        let stranger = app.visitor();
        for page in ["/", "/matters", "/map"] {
            let answer = stranger.get(page).await;
            assert!(answer.has_text("一楼灯不亮"), "{page}: {}", answer.text());
            assert!(!answer.has_text("二楼灯不亮"), "{page}");
        }
        let pins = stranger.get("/map/pins.geojson").await;
        assert_eq!(pins.json()["features"].as_array().unwrap().len(), 1);
        let progress = stranger.get(&format!("/track/{published}")).await;
        assert!(progress.has_text("一楼灯不亮"));
        for page in [progress, pins] {
            assert!(!page.body().contains("王秀英"));
            assert!(!page.body().contains("13812345678"));
        }
    }

    async fn a_number_in_the_words_is_shown_again_first_and_then_not_published(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();
        let fields = [("publish", "yes"), ("body", "打我电话13812345678")];

        let warned = report(&setting, &visitor, &fields).await;
        let mut again = fields.to_vec();
        again.push(("warned", "yes"));
        let taken = report(&setting, &visitor, &again).await;

        assert_eq!(warned.status(), 422);
        assert!(warned.has_text("电话号码: 13812345678"), "{}", warned.text());
        assert!(warned.body().contains("打我电话13812345678"));
        number_of(&taken);
        assert!(!app.visitor().get("/matters").await.has_text("楼道灯不亮"));
    }

    async fn the_desk_can_take_a_matter_out_of_the_list(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[("publish", "yes")]).await);

        let done = desk.post(&format!("/requests/{number}/publish"), &[("public", "no")]).await;

        assert_eq!(done.status(), 303);
        assert!(!app.visitor().get("/matters").await.has_text("楼道灯不亮"));
    }

    async fn the_desk_publishes_only_after_it_was_told_how_the_requester_agreed(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let path = format!("/requests/{number}/publish");

        let refused = desk.post(&path, &[("public", "yes")]).await;
        let hidden = app.visitor().get("/matters").await;
        let words = "电话里问过本人，同意公开";
        let done = desk.post(&path, &[("public", "yes"), ("words", words)]).await;

        assert_eq!(refused.status(), 422);
        assert!(!hidden.has_text("楼道灯不亮"));
        assert_eq!(done.status(), 303);
        assert!(app.visitor().get("/matters").await.has_text("楼道灯不亮"));
        assert!(desk.get(&format!("/requests/{number}")).await.has_text(words));
        let public = app.visitor().get(&format!("/track/{number}")).await;
        assert!(!public.has_text(words), "{}", public.text());
    }

    async fn a_report_without_a_place_says_so_on_purpose(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();

        let asked = report(&setting, &visitor, &[("place", "")]).await;
        let taken = report(&setting, &visitor, &[("place", ""), ("no_place", "yes")]).await;

        assert_eq!(asked.status(), 422);
        assert!(asked.has_text("请写写在哪里"), "{}", asked.text());
        assert_eq!(asked.count("input[name=no_place]"), 1);
        number_of(&taken);
    }

    async fn the_last_figures_of_a_number_find_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let figures = number.rsplit('-').next().unwrap();

        let found = desk.get(&format!("/requests?q={figures}")).await;

        assert_eq!(found.count("tbody tr"), 1, "{}", found.text());
        assert!(desk.get("/requests?q=999999").await.has_text("没有找到"));
    }

    async fn an_empty_community_says_what_to_do(app: TestApp) {
        let home = app.visitor().get("/").await;

        assert_eq!(home.status(), 200, "{}", home.text());
        assert!(home.has_text("还没有公开的事情。您可以第一个反映。"));
        assert_eq!(app.visitor().get("/report").await.status(), 200);
        assert_eq!(app.visitor().in_english().get("/").await.status(), 200);
    }

    async fn a_form_without_the_needful_says_so_and_keeps_what_was_written(app: TestApp) {
        let setting = without_rules(&app).await;
        let visitor = app.visitor();

        let refused = report(
            &setting,
            &visitor,
            &[("title", ""), ("category", ""), ("body", "写了很多"), ("contact_phone", "123")],
        )
        .await;

        assert_eq!(refused.status(), 422);
        assert!(refused.has_text("请选一类事情。"));
        assert!(refused.has_text("请用一句话写写是什么事。"));
        assert!(refused.has_text("电话号码不对"));
        assert!(refused.body().contains("写了很多"));
    }

    async fn the_desk_records_for_somebody_on_the_telephone(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let fields = [("channel", "telephone"), ("contact_name", "王秀英")];

        let refused = report(&setting, &app.resident("wang").await, &fields).await;
        let number = number_of(&report(&setting, &desk, &fields).await);

        assert_eq!(refused.status(), 403);
        let detail = desk.get(&format!("/requests/{number}")).await;
        assert!(detail.has_text("电话 · 代为登记"), "{}", detail.text());
        assert!(detail.has_text("王秀英"));
        let thanks = desk.get(&format!("/requests/new/{number}")).await;
        assert!(thanks.has_text("请把编号和查询码念给反映人"), "{}", thanks.text());
    }
}
