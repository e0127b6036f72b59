//! "Is it one of these?": what is shown to who is about to report what is known already.

use kernel::DutyKind;
use testkit::{Answer, Client};

use crate::town::{Setting, number_of, report, without_rules};

/// What a form asks for while the lamp of 1栋 is typed.
async fn asked(setting: &Setting, who: &Client, door: &str, more: &str) -> Answer {
    let category = setting.basics.category("stair-lamp");
    who.get(&format!(
        "{door}?category={category}&title=楼道灯又不亮了&place=1栋{more}"
    ))
    .await
}

async fn published(setting: &Setting, who: &Client) -> String {
    number_of(&report(setting, who, &[("publish", "yes")]).await)
}

testkit::on_both! {
    async fn a_neighbour_sees_the_published_matter_next_door_and_why(app: TestApp) {
        let setting = without_rules(&app).await;
        let number = published(&setting, &app.visitor()).await;
        app.wait(120);

        let part = asked(&setting, &app.visitor(), "/report/similar", "").await;

        assert_eq!(part.status(), 200);
        assert!(part.has_text("是不是下面这件事？"), "{}", part.text());
        assert!(part.has_text(&number));
        assert!(part.has_text("同一处"));
        assert!(part.has_text("2 小时前反映"), "{}", part.text());
        assert_eq!(part.count(&format!("button[name=follow][value='{number}']")), 1);
        assert!(part.statements() <= 4, "{} statements", part.statements());
    }

    async fn what_is_not_published_is_shown_to_nobody_but_the_desk(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let elsewhere = Some(setting.town.grids[1]);
        let worker = app.on_duty("zhou", DutyKind::GridWorker, elsewhere).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);

        let open = asked(&setting, &app.visitor(), "/report/similar", "").await;
        let at_desk = asked(&setting, &desk, "/requests/new/similar", "").await;
        let of_other_grid = asked(&setting, &worker, "/requests/new/similar", "").await;
        let through_the_front = asked(&setting, &desk, "/report/similar", "").await;

        assert!(open.text().trim().is_empty(), "{}", open.text());
        assert!(at_desk.has_text(&number));
        assert!(!of_other_grid.has_text(&number));
        assert!(!through_the_front.has_text(&number));
        assert_eq!(app.visitor().get("/requests/new/similar").await.status(), 303);
        assert_eq!(app.resident("wang").await.get("/requests/new/similar").await.status(), 403);
    }

    async fn another_kind_at_another_place_is_not_suggested(app: TestApp) {
        let setting = without_rules(&app).await;
        published(&setting, &app.visitor()).await;
        let water = setting.basics.category("no-water");

        let far = app.visitor().get(&format!(
            "/report/similar?category={water}&title=家里停水了&place=8栋"
        )).await;

        assert!(far.text().trim().is_empty(), "{}", far.text());
    }

    async fn too_little_or_nonsense_is_answered_with_nothing(app: TestApp) {
        let setting = without_rules(&app).await;
        published(&setting, &app.visitor()).await;
        let category = setting.basics.category("stair-lamp");
        let visitor = app.visitor();

        for query in [
            String::new(),
            "?category=none&title=楼道灯".to_owned(),
            format!("?category={category}&title=灯"),
            format!("?category={category}&title=楼道灯不亮&lat=NaN&lon=999&building=x"),
        ] {
            let part = visitor.get(&format!("/report/similar{query}")).await;

            assert_eq!(part.status(), 200, "{query}");
            assert!(part.text().trim().is_empty(), "{query}: {}", part.text());
        }
    }

    async fn without_scripts_one_is_asked_once_and_may_go_on(app: TestApp) {
        let setting = without_rules(&app).await;
        let first = published(&setting, &app.visitor()).await;
        let visitor = app.visitor();

        let asked = report(&setting, &visitor, &[("body", "三楼也是"), ("similar", "")]).await;
        let seen = asked.value_of("input[name=similar]").unwrap();
        let sent = report(&setting, &visitor, &[("similar", &seen)]).await;

        assert_eq!(asked.status(), 422);
        assert!(asked.has_text("是不是下面这件事？"), "{}", asked.text());
        assert!(asked.has_text("都不是，照样提交"));
        assert!(asked.has_text("三楼也是"));
        assert_eq!(asked.count(&format!("button[name=follow][value='{first}']")), 1);
        assert_ne!(number_of(&sent), first);
    }

    async fn what_was_closed_lately_is_shown_and_what_was_closed_long_ago_is_not(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = published(&setting, &app.visitor()).await;
        let fields = [("exit", "answered_now"), ("words", "灯已换好")];
        let closed = desk.post(&format!("/requests/{number}/exit"), &fields).await;
        assert_eq!(closed.status(), 303, "{}", closed.text());
        app.wait(60);

        let lately = asked(&setting, &app.visitor(), "/report/similar", "").await;
        app.wait(31 * 24 * 60);
        let long_ago = asked(&setting, &app.visitor(), "/report/similar", "").await;

        assert!(lately.has_text("60 分钟前办结"), "{}", lately.text());
        assert_eq!(lately.count("button[name=follow]"), 0);
        assert!(long_ago.text().trim().is_empty());
    }

    async fn a_point_on_the_map_finds_what_lies_around_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let at = setting.town.street_of(0, 0);
        let (lat, lon) = (at.lat().to_string(), at.lon().to_string());
        let here = [("lat", lat.as_str()), ("lon", lon.as_str()), ("place", "")];
        let number = number_of(&report(&setting, &desk, &here).await);

        let found = asked(&setting, &desk, "/requests/new/similar", &format!("&lat={lat}&lon={lon}")).await;

        assert!(found.has_text(&number), "{}", found.text());
    }
}
