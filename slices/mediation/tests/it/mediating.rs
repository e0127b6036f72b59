//! Setting mediators, meeting, ending, and what happens when two act at once.

use kernel::DutyKind;
use testkit::Client;

use crate::middle::{People, SESSION, act, act_on, done, id_of, sign_in_name, version};

testkit::on_both! {
    async fn two_mediators_can_be_set_and_hear_of_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.consented(&app).await;
        let (one, other) = (id_of(&people.mediator), id_of(&people.second));
        let fields =
            [("first", one.as_str()), ("second", other.as_str()), ("has_tie", "no"), ("chosen", "yes")];

        done(&act(&people.head, &page, "mediators", &fields).await);

        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("陈建、何梅 · 双方选定"), "{}", shown.text());
        assert_eq!(people.second.get(&page).await.status(), 200);
        assert!(people.second.get("/alerts").await.has_text("请您调解"));
    }

    async fn nobody_mediates_who_is_not_on_duty_or_twice(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.consented(&app).await;
        let (one, staff) = (id_of(&people.mediator), app.on_duty("li", DutyKind::Staff, None).await);
        let staff = id_of(&staff);

        for fields in [
            vec![("first", staff.as_str()), ("has_tie", "no")],
            vec![("first", one.as_str()), ("second", one.as_str()), ("has_tie", "no")],
            vec![("first", ""), ("has_tie", "no")],
        ] {
            let refused = act(&people.head, &page, "mediators", &fields).await;
            assert_eq!(refused.status(), 409);
            assert!(refused.has_text("请选一位在岗的调解员"), "{}", refused.text());
        }
        let party = id_of(&people.wang);
        let refused = act(&people.head, &page, "mediators", &[("first", &party), ("has_tie", "no")]).await;
        assert!(refused.has_text("当事人不能当这件事的调解员"), "{}", refused.text());
    }

    async fn a_tie_is_declared_and_needs_the_consent_of_both(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.consented(&app).await;
        let one = id_of(&people.mediator);
        let tie = [("first", one.as_str()), ("has_tie", "yes"), ("tie", "和甲方是表亲")];

        let unsaid = act(&people.head, &page, "mediators", &[("first", &one)]).await;
        let refused = act(&people.head, &page, "mediators", &tie).await;
        let mut accepted = tie.to_vec();
        accepted.push(("tie_accepted", "yes"));
        done(&act(&people.head, &page, "mediators", &accepted).await);

        assert_eq!(unsaid.status(), 422);
        assert!(unsaid.has_text("请先问过调解员"), "{}", unsaid.text());
        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("要双方都知道并且同意"), "{}", refused.text());
        assert!(refused.has_text("和甲方是表亲"), "what was written stays");
        assert!(people.li.get(&page).await.has_text("和甲方是表亲"), "both parties know of it");
    }

    async fn somebody_from_outside_needs_the_consent_of_both(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.consented(&app).await;
        let one = id_of(&people.mediator);
        let invited = [("first", one.as_str()), ("has_tie", "no"), ("outsider", "退休的水管工老赵")];

        let refused = act(&people.head, &page, "mediators", &invited).await;
        let mut accepted = invited.to_vec();
        accepted.push(("outsider_accepted", "yes"));
        done(&act(&people.head, &page, "mediators", &accepted).await);

        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("邀请外面的人参与，要双方都同意"), "{}", refused.text());
        assert!(people.wang.get(&page).await.has_text("退休的水管工老赵"));
    }

    async fn only_the_mediators_of_the_matter_hold_its_sessions(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.set(&app).await;

        let by_party = act(&people.wang, &page, "session", &SESSION).await;
        let by_head = act(&people.head, &page, "session", &SESSION).await;
        let by_other = act(&people.second, &page, "session", &SESSION).await;
        done(&act(&people.mediator, &page, "session", &SESSION).await);

        assert_eq!((by_party.status(), by_head.status(), by_other.status()), (403, 403, 404));
        let shown = people.li.get(&page).await;
        assert!(shown.has_text("漏水从厨房来，两家都想修"), "{}", shown.text());
        assert!(shown.has_text("调解会（不公开）"));
    }

    async fn a_session_says_when_how_and_what_or_nothing_of_it_is_kept(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.set(&app).await;
        let with = |name: &'static str, value: &'static str| {
            SESSION.map(|(field, kept)| if field == name { (field, value) } else { (field, kept) })
        };

        for (name, value, told) in [
            ("on", "2026-11-22", "日期还没有到"),
            ("on", "2026-11-20", "日期不能早于"),
            ("on", "明天", "请写日期"),
            ("open", "", "请选双方要公开谈还是不公开谈"),
            ("notes", " ", "这一栏要写"),
            ("notes", "身份证 11010519491231002X", "请把身份证号删掉"),
        ] {
            let refused = act(&people.mediator, &page, "session", &with(name, value)).await;
            assert_eq!(refused.status(), 422, "{name}");
            assert!(refused.has_text(told), "{told} in {}", refused.text());
        }
        let shown = people.mediator.get(&page).await;
        assert!(!shown.has_text("调解会（不公开）"), "{}", shown.text());
        assert!(shown.has_text("已定调解员"));
    }

    async fn no_session_lies_before_the_day_on_which_both_agreed(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;
        let name = sign_in_name(&app, &people.li).await;
        done(&act(&people.head, &page, "join", &[("side", "b"), ("account", &name)]).await);
        app.wait(2 * 24 * 60);
        let account = |who: &Client| who.actor().account.unwrap();
        let li = app.signed_in(account(&people.li)).await;
        done(&act(&li, &page, "consent", &[("side", "b")]).await);
        let head = app.signed_in(account(&people.head)).await;
        let first = id_of(&people.mediator);
        done(&act(&head, &page, "mediators", &[("first", &first), ("has_tie", "no")]).await);
        let mediator = app.signed_in(account(&people.mediator)).await;
        let on = |day| SESSION.map(|(field, kept)| (field, if field == "on" { day } else { kept }));

        let early = act(&mediator, &page, "session", &on("2026-11-22")).await;
        let in_time = act(&mediator, &page, "session", &on("2026-11-23")).await;

        assert_eq!(early.status(), 422);
        assert!(early.has_text("日期不能早于"), "{}", early.text());
        done(&in_time);
    }

    async fn of_two_who_act_at_once_one_is_told_that_the_other_was_faster(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;
        let version = version(&people.mediator, &page).await;
        let told = [("told", "yes"), ("ending", "failed")];

        let (one, other) = tokio::join!(
            act_on(&people.mediator, &page, "session", &version, &SESSION),
            act_on(&people.wang, &page, "terminate", &version, &told),
        );

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let slower = if one.status() == 409 { one } else { other };
        assert!(slower.has_text("刚刚有人先登记了"), "{}", slower.text());
    }

    async fn a_party_may_stop_at_any_time_and_both_are_told_of_the_other_ways(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;

        let untold = act(&people.li, &page, "terminate", &[]).await;
        done(&act(&people.li, &page, "terminate", &[("told", "yes")]).await);

        assert_eq!(untold.status(), 422);
        assert!(untold.has_text("请先把仲裁、行政、诉讼这几条路告诉双方"), "{}", untold.text());
        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("调解终止：当事人要求停止，已告知其他途径"), "{}", shown.text());
        for way in ["仲裁。", "行政途径。", "诉讼。"] {
            assert!(shown.has_text(way), "{way}");
        }
        assert!(people.mediator.get("/alerts").await.has_text("终止了"));
    }

    async fn of_a_danger_only_the_day_and_the_body_are_kept_and_the_parties_do_not_read_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.set(&app).await;
        let report = [("body", "police"), ("on", "2026-11-21"), ("notes", "说要拿刀")];

        let unsaid = act(&people.mediator, &page, "risk", &[("on", "2026-11-21")]).await;
        done(&act(&people.mediator, &page, "risk", &report).await);

        assert_eq!(unsaid.status(), 422);
        assert!(unsaid.has_text("请选报给了谁"), "{}", unsaid.text());
        let shown = people.mediator.get(&page).await;
        assert!(shown.has_text("向公安机关（派出所）报告了可能激化的情况"), "{}", shown.text());
        assert!(!shown.has_text("说要拿刀"));
        assert!(shown.has_text("已定调解员"), "mediation may go on");
        for party in [&people.wang, &people.li] {
            let shown = party.get(&page).await;
            assert!(!shown.has_text("激化"), "{}", shown.text());
        }
        assert!(!people.wang.get("/alerts").await.has_text("有新记录"), "nobody is provoked");
        assert_eq!(act(&people.wang, &page, "risk", &report).await.status(), 403);
    }

    async fn a_forged_form_and_an_act_that_is_none_change_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;

        let forged = people
            .wang
            .post_forged(&format!("{page}/decline"), &[("side", "a"), ("version", "1"), ("csrf", "0")])
            .await;
        let none = act(&people.head, &page, "delete", &[]).await;
        let unversioned = people.wang.post(&format!("{page}/decline"), &[("side", "a")]).await;

        assert_eq!((forged.status(), none.status(), unversioned.status()), (403, 404, 404));
        assert!(people.wang.get(&page).await.has_text("已申请"));
    }

    async fn a_case_and_the_list_take_at_most_six_statements(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;

        for (who, path) in [
            (&people.head, page.as_str()),
            (&people.mediator, page.as_str()),
            (&people.wang, page.as_str()),
            (&people.head, "/mediation/cases"),
            (&people.wang, "/mediation/cases"),
            (&people.wang, "/mediation/apply"),
        ] {
            let shown = who.get(path).await;
            assert_eq!(shown.status(), 200);
            assert!(shown.statements() <= 6, "{path}: {} statements", shown.statements());
        }
    }
}
