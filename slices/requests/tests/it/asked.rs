//! How it went, by a link and by those who raised the same.

use kernel::DutyKind;
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, answered_by_desk, number_of, report, without_rules};

/// A matter that the desk answered, and somebody else of the desk who may ask how it went.
async fn answered(app: &TestApp, setting: &Setting) -> (Client, String) {
    let (_, chen, number) = answered_by(app, setting).await;
    (chen, number)
}

/// The same, with who answered it.
async fn answered_by(app: &TestApp, setting: &Setting) -> (Client, Client, String) {
    let li = app.on_duty("li", DutyKind::Staff, None).await;
    let number = answered_by_desk(setting, &li, &app.visitor()).await;
    let chen = app.on_duty("chen", DutyKind::Staff, None).await;
    (li, chen, number)
}

async fn link_of(desk: &Client, number: &str) -> String {
    let page = desk.get(&format!("/requests/{number}")).await;
    let link = page
        .value_of("#ask-link")
        .expect("a link for the requester");
    link[link.find("/asked/").unwrap()..].to_owned()
}

async fn ok(who: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = who.post(path, fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text());
    answer
}

testkit::on_both! {
    async fn a_link_asks_one_question_at_a_time_and_the_last_answer_closes(app: TestApp) {
        let setting = without_rules(&app).await;
        let (chen, number) = answered(&app, &setting).await;
        let link = link_of(&chen, &number).await;
        let requester = app.visitor();

        let first = requester.get(&link).await;
        assert_eq!(first.count("button[name=resolved]"), 2);
        assert_eq!(first.count("button[name=satisfied]"), 0);
        assert!(first.has_text("已修好"), "{}", first.text());
        assert!(first.statements() <= 8, "{} statements", first.statements());
        ok(&requester, &link, &[("resolved", "yes")]).await;
        let second = requester.get(&link).await;
        assert_eq!(second.count("button[name=satisfied]"), 2);
        ok(&requester, &link, &[("satisfied", "no")]).await;

        assert!(requester.get(&link).await.has_text("问完了，谢谢您"));
        let page = chen.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("已办结"), "{}", page.text());
        assert_eq!(page.count("#ask-link"), 0);
    }

    async fn a_link_speaks_the_language_of_its_reader(app: TestApp) {
        let setting = without_rules(&app).await;
        let (chen, number) = answered(&app, &setting).await;
        let link = link_of(&chen, &number).await;

        let page = app.visitor().in_english().get(&link).await;

        assert!(page.has_text("How did it go?"), "{}", page.text());
    }

    async fn a_no_by_link_opens_the_matter_again_and_the_link_is_over(app: TestApp) {
        let setting = without_rules(&app).await;
        let (chen, number) = answered(&app, &setting).await;
        let link = link_of(&chen, &number).await;
        let requester = app.visitor();

        ok(&requester, &link, &[("resolved", "no"), ("words", "晚上又灭了")]).await;

        let page = chen.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("晚上又灭了") && page.has_text("已受理"), "{}", page.text());
        let late = requester.post(&link, &[("resolved", "yes")]).await;
        assert_eq!(late.status(), 409, "{}", late.text());
    }

    async fn a_link_that_is_forged_old_or_of_another_kind_opens_nothing(app: TestApp) {
        let setting = without_rules(&app).await;
        let (chen, number) = answered(&app, &setting).await;
        let link = link_of(&chen, &number).await;
        let visitor = app.visitor();
        let token = link.strip_prefix("/asked/").unwrap();
        let (rest, signature) = token.rsplit_once('-').unwrap();
        let (id, until) = rest.rsplit_once('-').unwrap();
        let later = until.parse::<i64>().unwrap() + 1;

        for forged in [
            "x".to_owned(),
            format!("{id}-{later}-{signature}"),
            format!("{id}-{until}-{}", "0".repeat(signature.len())),
            format!("{id}-{until}-{}", &signature[1..]),
        ] {
            let opened = visitor.get(&format!("/asked/{forged}")).await;
            assert_eq!(opened.status(), 410, "{forged}");
            assert!(opened.has_text("这个链接已经失效"));
            let said = visitor.post(&format!("/asked/{forged}"), &[("resolved", "yes")]).await;
            assert_eq!(said.status(), 410, "{forged}");
        }
        let as_party = visitor.get(&format!("/answer/{token}")).await;
        assert_eq!(as_party.status(), 422);
        app.wait(31 * 24 * 60);
        assert_eq!(visitor.get(&link).await.status(), 410);
        assert_eq!(visitor.post(&link, &[("resolved", "yes")]).await.status(), 410);
    }

    async fn nonsense_by_link_gets_a_sentence_and_a_handler_gets_no_link(app: TestApp) {
        let setting = without_rules(&app).await;
        let (li, chen, number) = answered_by(&app, &setting).await;
        let link = link_of(&chen, &number).await;

        let nothing = app.visitor().post(&link, &[("resolved", "maybe")]).await;

        assert_eq!(nothing.status(), 422);
        assert!(nothing.has_text("请点一个回答"), "{}", nothing.text());
        assert_eq!(li.get(&format!("/requests/{number}")).await.count("#ask-link"), 0);
        let handled = li.post(&link, &[("resolved", "yes")]).await;
        assert_eq!(handled.status(), 409, "who handled it does not say how it went");
    }

    async fn who_raised_the_same_is_asked_too_and_the_desk_reads_it(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[("publish", "yes")]).await);
        let wang = app.resident("wang").await;
        let zhang = app.resident("zhang").await;
        for who in [&wang, &zhang] {
            let followed = who.post_files("/report/follow", &[("follow", &number)], &[]).await;
            assert_eq!(followed.status(), 303, "{}", followed.text());
        }
        let path = format!("/track/{number}/answer");
        let early = wang.post(&path, &[("resolved", "yes")]).await;
        assert_eq!(early.status(), 409, "nobody has answered yet");
        let handler = setting.basics.handlers[1].to_string();
        for (act, fields) in [
            ("dispatch", vec![("handler", handler.as_str())]),
            ("take-up", vec![]),
            ("answer", vec![("words", "已修好")]),
        ] {
            ok(&li, &format!("/requests/{number}/{act}"), &fields).await;
        }

        assert!(wang.get(&format!("/track/{number}")).await.has_text("您这边也解决了吗"));
        ok(&wang, &path, &[("resolved", "yes")]).await;
        ok(&zhang, &path, &[("resolved", "no")]).await;
        ok(&zhang, &path, &[("resolved", "no")]).await;
        let stranger = app.resident("wu").await;
        assert_eq!(stranger.post(&path, &[("resolved", "yes")]).await.status(), 404);
        assert_eq!(wang.post(&path, &[("resolved", "x")]).await.status(), 422);

        assert!(!wang.get(&format!("/track/{number}")).await.has_text("您这边也解决了吗"));
        let page = li.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("1 人说解决了，1 人说没解决"), "{}", page.text());
        assert!(li.get("/alerts").await.has_text("一起反映的人说还没解决"));
    }

    async fn after_a_reopening_everything_is_asked_anew_and_nothing_is_late(app: TestApp) {
        let setting = without_rules(&app).await;
        let (li, chen, number) = answered_by(&app, &setting).await;
        let requester = app.visitor();
        app.wait(30 * 24 * 60 - 60);
        let link = link_of(&chen, &number).await;
        ok(&requester, &link, &[("resolved", "no"), ("words", "晚上又灭了")]).await;

        let again = li.get(&format!("/requests/{number}")).await;
        assert_eq!(again.count("#detail .tag.hot"), 0, "it is not late");
        let handler = setting.basics.handlers[1].to_string();
        for (act, fields) in [
            ("dispatch", vec![("handler", handler.as_str())]),
            ("take-up", vec![]),
            ("answer", vec![("words", "换了线路")]),
        ] {
            ok(&li, &format!("/requests/{number}/{act}"), &fields).await;
        }
        let link = link_of(&chen, &number).await;
        let asked = requester.get(&link).await;
        assert_eq!(asked.count("button[name=resolved]"), 2, "{}", asked.text());
        ok(&requester, &link, &[("resolved", "yes")]).await;
        ok(&requester, &link, &[("satisfied", "yes")]).await;

        let page = li.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("已办结") && page.has_text("解决了吗 是"), "{}", page.text());
    }

    async fn who_follows_reads_what_was_told_and_not_what_the_requester_said(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let wang = app.resident("wang").await;
        let number = number_of(&report(&setting, &wang, &[("publish", "yes")]).await);
        let zhang = app.resident("zhang").await;
        let followed = zhang.post_files("/report/follow", &[("follow", &number)], &[]).await;
        assert_eq!(followed.status(), 303, "{}", followed.text());
        let handler = setting.basics.handlers[1].to_string();
        for (act, fields) in [
            ("dispatch", vec![("handler", handler.as_str())]),
            ("take-up", vec![]),
            ("answer", vec![("words", "已修好")]),
        ] {
            ok(&li, &format!("/requests/{number}/{act}"), &fields).await;
        }
        let still = [("resolved", "no"), ("words", "我家老人摔了一跤")];
        ok(&wang, &format!("/track/{number}/confirm"), &still).await;

        let own = wang.get(&format!("/track/{number}")).await;
        let page = zhang.get(&format!("/track/{number}")).await;
        assert!(own.has_text("我家老人摔了一跤") && own.has_text("已修好"));
        assert!(page.has_text("已修好"), "{}", page.text());
        assert!(!page.has_text("我家老人摔了一跤"), "{}", page.text());
    }
}
