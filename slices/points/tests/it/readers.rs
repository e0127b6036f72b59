//! Nobody reads another's points. Pages are there for whom they are meant.

use kernel::DutyKind;

use crate::middle::{People, done, refused};

testkit::on_both! {
    async fn nobody_reads_the_balance_of_another(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        let admin = app.on_duty("admin", DutyKind::Administrator, None).await;
        let district = app.on_duty("qu", DutyKind::DistrictViewer, None).await;

        let own = people.wang.get("/me/points").await;
        assert!(own.has_text("可以用的积分 30"), "{}", own.text());
        for other in [&people.zhao, &people.li, &people.head, &admin, &district] {
            for page in ["/me/points", "/shop", "/points", "/points/desk", "/points/desk?show=done", "/points/desk/funds", "/shop/till"] {
                let read = other.get(page).await;
                let text = read.text();
                assert!(!text.contains("可以用的积分 30") && !text.contains("您有 30 分"), "{page}: {text}");
            }
        }
        for other in [&people.zhao, &admin, &district] {
            for page in ["/points/desk", "/points/desk/schemes", "/points/desk/funds", "/points/desk/rewards", "/points/desk/limits", "/shop/till"] {
                assert_eq!(other.get(page).await.status(), 403, "{page}");
            }
        }
        assert_eq!(people.head.get("/points/desk/rewards").await.status(), 403, "the head keeps no shop");
        assert_eq!(people.head.get("/shop/till").await.status(), 403);
    }

    async fn everybody_reads_what_is_public_without_signing_in_in_both_languages(app: TestApp) {
        let people = People::of(&app).await;
        people.in_force(&app).await;
        let english = app.visitor().in_english();

        for (page, zh, en) in [
            ("/points", "不排名", "There is no ranking"),
            ("/points/figures", "按月公开", "Month by month"),
            ("/points/notices", "积分公示", "Points on notice"),
            ("/shop", "积分超市", "Points shop"),
        ] {
            let answer = app.visitor().get(page).await;
            assert_eq!(answer.status(), 200, "{page}");
            assert!(answer.has_text(zh), "{page}: {}", answer.text());
            assert!(answer.statements() <= 6, "{page}: {} statements", answer.statements());
            let answer = english.get(page).await;
            assert!(answer.has_text(en), "{page}: {}", answer.text());
            assert!(!answer.text().contains("points-"), "no message is missing: {}", answer.text());
        }
    }

    async fn what_is_not_there_is_not_found_whatever_is_typed(app: TestApp) {
        let people = People::of(&app).await;
        let nowhere = "0191d0c0-0000-7000-8000-000000000000";

        for page in ["/me/points/claims", "/points/notices", "/points/reviews", "/points/schemes"] {
            for id in [nowhere, "none", "%00", "1"] {
                assert_eq!(people.wang.get(&format!("{page}/{id}")).await.status(), 404, "{page}/{id}");
            }
        }
        for page in ["/points/desk/claims", "/points/desk/schemes", "/points/desk/rewards"] {
            assert_eq!(people.li.get(&format!("{page}/{nowhere}")).await.status(), 404, "{page}");
        }
        for (page, fields) in [
            (format!("/points/desk/proposals/{nowhere}/confirm"), vec![]),
            (format!("/points/desk/reviews/{nowhere}"), vec![("members", "li")]),
            (format!("/points/desk/claims/{nowhere}"), vec![("version", "1"), ("right", "yes")]),
        ] {
            assert_eq!(people.li.post(&page, &fields).await.status(), 404, "{page}");
        }
        let before = people.wang.get("/me/points?before=nonsense").await;
        assert_eq!(before.status(), 200);
        assert_eq!(people.li.get("/points/desk?show=nonsense&page=-1").await.status(), 200);
    }

    async fn few_entries_of_a_month_are_not_told(app: TestApp) {
        let people = People::of(&app).await;
        people.rich(&app, "3").await;

        let figures = app.visitor().get("/points/figures").await;

        assert!(figures.has_text("2026-12 不足 10 笔"), "{}", figures.text());
        assert!(figures.statements() <= 6);
    }

    async fn an_objection_names_nobody_in_the_record(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        done(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "不是")]).await);

        let reader = app.house().db().reader();
        let events = platform::record::page_before(&reader, app.community(), None, 50).await.unwrap();
        let objected = events
            .iter()
            .find(|event| event.body.contains("objected"))
            .unwrap();

        assert_eq!(objected.account, None);
        assert_eq!(objected.person, Some(people.wang_id), "but the claimant can read of it");
        refused(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "还是不是")]).await, 409, "已经有人提出异议");
    }

    async fn the_desk_looks_at_somebodys_points_once_with_their_own_code(app: TestApp) {
        let people = People::of(&app).await;
        let (people, _) = people.rich(&app, "3").await;
        let code = async |who: &testkit::Client| {
            let page = who.post("/me/points/glance", &[]).await;
            let html = page.body();
            let at = html.find("chip big\">").unwrap() + "chip big\">".len();
            html[at..at + 9].to_owned()
        };
        let look = async |who: &testkit::Client, code: &str| {
            who.post("/points/desk/glance", &[("code", code)]).await
        };

        let first = code(&people.wang).await;
        let second = code(&people.wang).await;
        let replaced = look(&people.li, &first).await;
        let by_resident = look(&people.zhao, &second).await;
        let seen = look(&people.li, &second.to_lowercase()).await;
        let twice = look(&people.zhou, &second).await;
        let third = code(&people.wang).await;
        app.wait(16);
        let late = look(&people.li, &third).await;
        let at_till = people.li.post("/shop/till", &[("code", &third)]).await;

        refused(&replaced, 409, "没有这个领取码");
        assert_eq!(by_resident.status(), 403);
        assert!(seen.has_text("可以用的积分 30") && seen.has_text("志愿服务"), "{}", seen.text());
        assert!(!seen.text().contains("王秀英"), "{}", seen.text());
        refused(&twice, 409, "没有这个领取码");
        refused(&late, 409, "没有这个领取码");
        refused(&at_till, 409, "没有这个领取码");
        let reader = app.house().db().reader();
        let told = platform::record::around_person(&reader, app.community(), people.wang_id, 20).await.unwrap();
        let looks = told.iter().filter(|event| event.name == "points.seen").count();
        assert_eq!(looks, 1, "and they can read of it");
        assert_eq!(people.head.get("/points/desk/glance").await.status(), 403);
        assert_eq!(people.li.get("/points/desk/glance").await.status(), 200);
        refused(&app.resident("sun").await.post("/me/points/glance", &[]).await, 409, "到社区服务台来一次");
    }
}
