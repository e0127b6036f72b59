//! Objections and appeals are looked at by three or five who have no part in them.

use testkit::{Client, TestApp};

use crate::middle::{DAY, People, check, done, refused, rows, sign_in_name};

/// Three neighbours who can look at a matter.
async fn three(app: &TestApp, names: [&str; 3]) -> Vec<Client> {
    let mut panel = Vec::new();
    for name in names {
        panel.push(app.resident(name).await);
    }
    panel
}

async fn names(app: &TestApp, panel: &[Client]) -> Vec<String> {
    let mut names = Vec::new();
    for member in panel {
        names.push(sign_in_name(app, member).await);
    }
    names
}

/// Sets a panel for the open review of a claim; returns the answer and where the review is read.
async fn set(who: &Client, claim: &str, members: &[String]) -> (testkit::Answer, String) {
    let page = who.get(&format!("/points/desk/claims/{claim}")).await;
    let action = page
        .attribute("form[action*='/points/desk/reviews/']", "action")
        .unwrap_or_else(|| panic!("no panel to set in {}", page.text()));
    let fields: Vec<(&str, &str)> = members
        .iter()
        .map(|name| ("members", name.as_str()))
        .collect();
    let answer = who.post(&action, &fields).await;
    (answer, action.replace("/desk", ""))
}

async fn speak(panel: &[Client], review: &str, voices: [&str; 3]) {
    for (member, voice) in panel.iter().zip(voices) {
        let fields = [("right", voice), ("said", "问过楼长了")];
        done(&member.post(review, &fields).await);
    }
}

testkit::on_both! {
    async fn an_objection_that_is_upheld_refuses_the_claim_with_its_reasons(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        let notice = format!("/points/notices/{id}");

        let by_visitor = app.visitor().post(&notice, &[("said", "不是他扫的")]).await;
        let own = people.wang.post(&notice, &[("said", "其实不是我")]).await;
        let empty = people.zhao.post(&notice, &[("said", "")]).await;
        done(&people.zhao.post(&notice, &[("said", "那天是物业扫的")]).await);
        let second = people.li.post(&notice, &[("said", "我也觉得不是")]).await;
        let panel = three(&app, ["sun", "qian", "wu"]).await;
        let (answer, review) = set(&people.li, &id, &names(&app, &panel).await).await;
        done(&answer);
        let read = panel[0].get(&review).await;
        speak(&panel, &review, ["yes", "no", "yes"]).await;

        assert_eq!(by_visitor.status(), 401, "a visitor signs in first");
        refused(&own, 409, "有利害关系的人要回避");
        refused(&empty, 422, "请填写");
        refused(&second, 409, "已经有人提出异议");
        assert!(read.has_text("那天是物业扫的"), "{}", read.text());
        assert!(!read.text().contains("王秀英") && !read.text().contains("赵敏"), "{}", read.text());
        assert!(read.statements() <= 6);
        assert_eq!(rows(&app, "points_claim", "state = 'refused'").await, 1);
        let mine = people.wang.get(&format!("/me/points/claims/{id}")).await;
        assert!(mine.has_text("问过楼长了") && mine.has_text("提出申诉"), "{}", mine.text());
        assert!(!mine.text().contains("zhao") && !mine.text().contains("sun"), "nobody is named");
        assert!(people.zhao.get("/alerts").await.has_text("的异议成立"));
    }

    async fn an_objection_that_is_not_upheld_holds_the_grant_up_and_no_more(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        people.funded("1000").await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        done(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "没看见他扫")]).await);

        app.wait(9 * DAY);
        app.work().await;
        let held_up = rows(&app, "points_claim", "state = 'objected'").await;
        let people = people.again(&app).await;
        let late = people.zhao.post(&format!("/points/notices/{id}"), &[("said", "再说一遍")]).await;
        let panel = three(&app, ["sun", "qian", "wu"]).await;
        let (answer, review) = set(&people.head, &id, &names(&app, &panel).await).await;
        done(&answer);
        speak(&panel, &review, ["no", "no", "yes"]).await;
        app.work().await;

        assert_eq!(held_up, 1, "an objection is decided by people, not by time");
        refused(&late, 409, "已经有人提出异议");
        assert_eq!(rows(&app, "points_claim", "state = 'posted'").await, 1);
        let spoken = panel[0].post(&review, &[("right", "yes"), ("said", "改主意了")]).await;
        refused(&spoken, 409, "现在不能办了");
    }

    async fn one_cannot_object_when_the_notice_is_over(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;

        app.wait(9 * DAY);
        let people = people.again(&app).await;
        let late = people.zhao.post(&format!("/points/notices/{id}"), &[("said", "晚了")]).await;

        refused(&late, 409, "已经结束，不能再提异议");
    }

    async fn a_panel_has_three_or_five_and_nobody_with_a_part_in_it(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        done(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "不是")]).await);
        let panel = three(&app, ["sun", "qian", "wu"]).await;
        let three = names(&app, &panel).await;
        let with = |place: usize, name: &str| {
            let mut names = three.clone();
            name.clone_into(&mut names[place]);
            names
        };

        let (two, _) = set(&people.li, &id, &three[..2]).await;
        let (twice, _) = set(&people.li, &id, &with(1, &three[0])).await;
        let (unknown, _) = set(&people.li, &id, &with(1, "nobody")).await;
        for part in [&people.wang, &people.zhao, &people.li] {
            let name = sign_in_name(&app, part).await;
            let (answer, _) = set(&people.head, &id, &with(2, &name)).await;
            refused(&answer, 409, "有利害关系的人要回避");
        }
        let by_resident = people.zhao.post("/points/desk/reviews/none", &[]).await;

        refused(&two, 409, "要三位或者五位");
        refused(&twice, 409, "要三位或者五位");
        refused(&unknown, 409, "登录名找不到");
        assert_eq!(by_resident.status(), 403);
        assert_eq!(rows(&app, "points_panel", "1 = 1").await, 0);
    }

    async fn an_appeal_is_looked_at_by_others_and_its_success_is_noticed(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        people.funded("1000").await;
        let id = people.claimed(items[0], "1", "2026-12-01").await;
        done(&check(&people.li, &id, "no", "没人看见").await);
        let appeal = format!("/me/points/claims/{id}/appeal");

        let by_other = people.zhao.post(&appeal, &[("said", "替他说")]).await;
        done(&people.wang.post(&appeal, &[("said", "楼长在场")]).await);
        let twice = people.wang.post(&appeal, &[("said", "楼长在场")]).await;
        let panel = three(&app, ["sun", "qian", "wu"]).await;
        let with_checker = [names(&app, &panel[..2]).await, vec![sign_in_name(&app, &people.li).await]].concat();
        let (checker, _) = set(&people.head, &id, &with_checker).await;
        let (answer, review) = set(&people.head, &id, &names(&app, &panel).await).await;
        done(&answer);
        speak(&panel, &review, ["yes", "yes", "yes"]).await;
        let noticed = app.visitor().get("/points/notices").await;
        app.wait(9 * DAY);
        app.work().await;

        assert_eq!(by_other.status(), 404);
        refused(&twice, 409, "现在不能办了");
        refused(&checker, 409, "有利害关系的人要回避");
        assert!(noticed.has_text("楼道清洁"), "{}", noticed.text());
        assert_eq!(rows(&app, "points_claim", "state = 'posted'").await, 1);
    }

    async fn after_an_objection_another_panel_looks_at_the_appeal_and_its_word_is_the_last(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        done(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "不是")]).await);
        let first = three(&app, ["sun", "qian", "wu"]).await;
        let (answer, review) = set(&people.li, &id, &names(&app, &first).await).await;
        done(&answer);
        speak(&first, &review, ["yes", "yes", "no"]).await;
        done(&people.wang.post(&format!("/me/points/claims/{id}/appeal"), &[("said", "真是我")]).await);

        let (same, _) = set(&people.li, &id, &names(&app, &first).await).await;
        let second = three(&app, ["zheng", "feng", "chen"]).await;
        let (answer, review) = set(&people.li, &id, &names(&app, &second).await).await;
        done(&answer);
        speak(&second, &review, ["no", "no", "no"]).await;
        let again = people.wang.post(&format!("/me/points/claims/{id}/appeal"), &[("said", "还要申诉")]).await;

        refused(&same, 409, "上一次复核的人都不能参加");
        assert_eq!(rows(&app, "points_claim", "state = 'closed'").await, 1);
        refused(&again, 409, "现在不能办了");
    }

    async fn one_appeals_within_fifteen_days(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.claimed(items[0], "1", "2026-12-01").await;
        done(&check(&people.li, &id, "no", "没人看见").await);

        app.wait(16 * DAY);
        let people = people.again(&app).await;
        let late = people.wang.post(&format!("/me/points/claims/{id}/appeal"), &[("said", "楼长在场")]).await;

        refused(&late, 409, "申诉期限已过");
    }

    async fn a_panel_does_not_wait_for_an_account_that_is_closed(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        done(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "不是")]).await);
        let panel = three(&app, ["sun", "qian", "wu"]).await;
        let (answer, review) = set(&people.li, &id, &names(&app, &panel).await).await;
        done(&answer);
        let voice = [("right", "no"), ("said", "没问题")];
        done(&panel[0].post(&review, &voice).await);
        done(&panel[1].post(&review, &voice).await);

        let mut tx = app.begin().await;
        platform::door::close(&mut tx, panel[2].actor().account.unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        let undecided = rows(&app, "points_claim", "state = 'objected'").await;
        let other = app.resident("feng").await;
        let (answer, _) = set(&people.li, &id, &names(&app, std::slice::from_ref(&other)).await).await;
        done(&answer);
        done(&other.post(&review, &voice).await);

        assert_eq!(undecided, 1);
        assert_eq!(rows(&app, "points_claim", "state = 'noticed'").await, 1);
    }

    async fn a_review_is_read_by_its_panel_only(app: TestApp) {
        let people = People::of(&app).await;
        let (people, items) = people.in_force(&app).await;
        let id = people.checked(items[0], "1", "2026-12-01").await;
        done(&people.zhao.post(&format!("/points/notices/{id}"), &[("said", "不是")]).await);
        let panel = three(&app, ["sun", "qian", "wu"]).await;
        let (answer, review) = set(&people.li, &id, &names(&app, &panel).await).await;
        done(&answer);

        for other in [&people.wang, &people.zhao, &people.head] {
            assert_eq!(other.get(&review).await.status(), 404);
            assert_eq!(other.post(&review, &[("right", "no"), ("said", "x")]).await.status(), 404);
        }
        let list = panel[1].get("/points/reviews").await;
        assert!(list.has_text("异议"), "{}", list.text());
        assert!(list.statements() <= 6);
        let without = panel[1].post(&review, &[("right", "maybe"), ("said", "x")]).await;
        refused(&without, 422, "请选一项");
    }
}
