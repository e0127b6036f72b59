//! The agreement, how it is kept, and the court.

use crate::middle::{AGREEMENT, People, SESSION, TODAY, act, done};

testkit::on_both! {
    async fn a_written_agreement_takes_effect_when_signed_and_sealed(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.agreed(&app).await;

        let before = people.wang.get(&page).await;
        let early = act(&people.mediator, &page, "fulfil", &[("on", TODAY)]).await;
        done(&act(&people.mediator, &page, "sign", &[("on", TODAY)]).await);

        assert!(before.has_text("协议待签"), "{}", before.text());
        assert!(before.has_text("李强换水管，王秀英自己刷墙"));
        assert!(!before.has_text("协议生效 11月21日"));
        assert_eq!(early.status(), 409);
        let shown = people.li.get(&page).await;
        assert!(shown.has_text("协议生效 11月21日"), "{}", shown.text());
        assert!(shown.has_text("到 12月21日为止，双方可以一起请法院确认"), "{}", shown.text());
    }

    async fn an_agreement_by_word_of_mouth_is_in_effect_at_once(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;

        done(&act(&people.mediator, &page, "agree-orally", &AGREEMENT).await);

        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("履行中"), "{}", shown.text());
        assert!(shown.has_text("协议生效 11月21日"));
    }

    async fn there_is_no_agreement_without_a_session_and_none_without_its_terms(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.set(&app).await;

        let early = act(&people.mediator, &page, "agree", &AGREEMENT).await;
        done(&act(&people.mediator, &page, "session", &SESSION).await);
        let mut empty = AGREEMENT;
        empty[3].1 = "";
        let without = act(&people.mediator, &page, "agree", &empty).await;

        assert_eq!(early.status(), 409);
        assert_eq!(without.status(), 422);
        assert!(without.has_text("这一栏要写"), "{}", without.text());
        assert!(without.has_text("厨房水管老化漏水"), "what was written stays");
        assert_eq!(without.count("details[open] textarea#facts"), 1);
    }

    async fn talks_before_the_signature_put_the_written_agreement_aside(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.agreed(&app).await;

        done(&act(&people.mediator, &page, "session", &SESSION).await);

        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("调解中"), "{}", shown.text());
        assert_eq!(act(&people.mediator, &page, "sign", &[("on", TODAY)]).await.status(), 409);
    }

    async fn it_is_visited_and_kept(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.performing(&app).await;
        let visit = [("on", TODAY), ("notes", "水管换好了，墙还没刷")];

        done(&act(&people.mediator, &page, "visit", &visit).await);
        let visited = people.wang.get(&page).await;
        done(&act(&people.mediator, &page, "fulfil", &[("on", TODAY)]).await);

        assert!(visited.has_text("履行中，已回访"), "{}", visited.text());
        assert!(visited.has_text("水管换好了，墙还没刷"));
        let shown = people.li.get(&page).await;
        assert!(shown.has_text("已履行"), "{}", shown.text());
        assert!(shown.has_text("保存 5 年，2031年11月21日删除内容"), "{}", shown.text());
        let late = act(&people.mediator, &page, "visit", &visit).await;
        assert_eq!(late.status(), 409);
    }

    async fn both_ask_the_court_together_and_its_days_are_shown(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.performing(&app).await;
        let seek = [("on", TODAY), ("court", "锦江区人民法院 (2026) 0012"), ("both", "yes")];

        let alone = act(&people.mediator, &page, "confirmation", &seek[..2]).await;
        done(&act(&people.mediator, &page, "confirmation", &seek).await);
        let asked = people.wang.get(&page).await;
        done(&act(&people.mediator, &page, "decision", &[("on", TODAY), ("decision", "confirmed")]).await);

        assert_eq!(alone.status(), 422);
        assert!(alone.has_text("要双方一起申请"), "{}", alone.text());
        for day in ["11月24日", "12月9日", "12月19日", "锦江区人民法院 (2026) 0012"] {
            assert!(asked.has_text(day), "{day} in {}", asked.text());
        }
        let shown = people.li.get(&page).await;
        assert!(shown.has_text("法院确认有效"), "{}", shown.text());
        let again = act(&people.mediator, &page, "confirmation", &seek).await;
        assert_eq!(again.status(), 409);
        assert!(again.has_text("法院已经确认过了"), "{}", again.text());
    }

    async fn the_court_is_asked_within_thirty_days_and_not_later(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.performing(&app).await;
        let seek = |on| [("on", on), ("court", "锦江区人民法院"), ("both", "yes")];

        app.wait(31 * 24 * 60);
        let mediator = app.signed_in(people.mediator.actor().account.unwrap()).await;
        let late = act(&mediator, &page, "confirmation", &seek("2026-12-22")).await;
        // It was asked on the last day and is noted a day later.
        let in_time = act(&mediator, &page, "confirmation", &seek("2026-12-21")).await;

        assert_eq!(late.status(), 409);
        assert!(late.has_text("超过 30 天"), "{}", late.text());
        done(&in_time);
    }

    async fn a_last_day_on_a_weekend_moves_to_the_monday(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.agreed(&app).await;
        let account = people.mediator.actor().account.unwrap();
        let seek = |on| [("on", on), ("court", "锦江区人民法院"), ("both", "yes")];

        app.wait(6 * 24 * 60);
        let mediator = app.signed_in(account).await;
        done(&act(&mediator, &page, "sign", &[("on", "2026-11-27")]).await);
        let shown = mediator.get(&page).await;
        app.wait(32 * 24 * 60);
        let mediator = app.signed_in(account).await;
        let late = act(&mediator, &page, "confirmation", &seek("2026-12-29")).await;
        let in_time = act(&mediator, &page, "confirmation", &seek("2026-12-28")).await;

        // The thirtieth day, 27 December, is a Sunday.
        assert!(shown.has_text("到 12月28日为止"), "{}", shown.text());
        assert!(shown.has_text("从第二天数起（《民法典》第 201 条）") && shown.has_text("不收费"), "{}", shown.text());
        assert_eq!(late.status(), 409);
        done(&in_time);
    }

    async fn no_court_confirms_an_agreement_on_marriage_adoption_or_kinship(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;
        let mut status = AGREEMENT;
        status[1].1 = "status";
        done(&act(&people.mediator, &page, "agree-orally", &status).await);
        let seek = [("on", TODAY), ("court", "锦江区人民法院"), ("both", "yes")];

        let refused = act(&people.mediator, &page, "confirmation", &seek).await;

        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("法院不能用司法确认来办"), "{}", refused.text());
        assert!(people.wang.get(&page).await.has_text("法院不能用司法确认来办"));
    }

    async fn an_agreement_that_is_not_kept_ends_with_the_other_ways(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.performing(&app).await;
        let end = [("ending", "not_kept"), ("told", "yes")];

        done(&act(&people.mediator, &page, "terminate", &end).await);

        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("协议没有履行"), "{}", shown.text());
        assert!(shown.has_text("可以向人民法院起诉"));
    }
}
