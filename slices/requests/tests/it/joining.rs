//! The desk joins two matters that are the same, and splits them again.

use kernel::DutyKind;
use testkit::{Answer, Client};

use crate::town::{Setting, number_of, report, without_rules};

async fn join(desk: &Client, number: &str, into: &str) -> Answer {
    let fields = [("into", into), ("words", "已并在一起办")];
    desk.post(&format!("/requests/{number}/join"), &fields)
        .await
}

async fn split(desk: &Client, number: &str) -> Answer {
    let fields = [("words", "是两盏灯，分开办")];
    desk.post(&format!("/requests/{number}/split"), &fields)
        .await
}

async fn raised(setting: &Setting, who: &Client, times: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for _ in 0..times {
        numbers.push(number_of(&report(setting, who, &[]).await));
    }
    numbers
}

testkit::on_both! {
    async fn the_joined_one_ends_and_its_requester_follows_the_other(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (wang, zhang) = (app.resident("wang").await, app.resident("zhang").await);
        let first = number_of(&report(&setting, &wang, &[("body", "三楼四楼都黑")]).await);
        let second = number_of(&report(&setting, &zhang, &[]).await);

        let fields = [("into", first.as_str()), ("words", "已并在一起办"), ("words_there", "又有一户遇到")];
        let joined = desk.post(&format!("/requests/{second}/join"), &fields).await;
        let path = format!("/requests/{first}/dispatch");
        desk.post(&path, &[("handler", &setting.basics.handlers[1].to_string())]).await;

        assert_eq!(joined.location(), format!("/requests/{second}"), "{}", joined.text());
        let page = desk.get(&format!("/requests/{second}")).await;
        assert!(page.has_text("重复反映"), "{}", page.text());
        assert!(page.has_text(&format!("已并入 {first}")), "{}", page.text());
        assert!(desk.get(&format!("/requests/{first}")).await.has_text(&format!("并进来的 {second}")));
        let own = zhang.get(&format!("/track/{second}")).await;
        assert!(own.has_text("已并在一起办"));
        assert!(own.has_text("已经并过去一起办"), "{}", own.text());
        let other = zhang.get(&format!("/track/{first}")).await;
        assert!(other.has_text("您反映的事和这件是同一件"), "{}", other.text());
        assert!(!other.has_text("三楼四楼都黑"));
        assert!(zhang.get("/alerts").await.has_text(&format!("您跟进的 {first} 有新进展")));
        assert!(wang.get("/alerts").await.has_text(&format!("{first} 又有邻居反映")));
        assert!(wang.get(&format!("/track/{first}")).await.has_text("又有一户遇到"));
        assert!(page.statements() <= 6, "{} statements", page.statements());
    }

    async fn the_code_of_the_joined_one_opens_the_other_too(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let visitor = app.visitor();
        let [first, second] = <[String; 2]>::try_from(raised(&setting, &visitor, 2).await).unwrap();
        let thanks = visitor.get(&format!("/report/thanks/{second}")).await;
        let copied = thanks.attribute("button[data-copy]", "data-copy").unwrap();
        let code = copied.rsplit(' ').next().unwrap();

        join(&desk, &second, &first).await;
        let later = app.visitor();
        later.post("/track", &[("number", &first), ("code", code)]).await;

        let page = later.get(&format!("/track/{first}")).await;
        assert!(page.has_text("您反映的事和这件是同一件"), "{}", page.text());
        assert_eq!(later.post(&format!("/track/{first}/leave"), &[]).await.status(), 404);
    }

    async fn split_again_it_is_on_its_own_and_its_requester_is_told(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let zhang = app.resident("zhang").await;
        let first = raised(&setting, &app.visitor(), 1).await.remove(0);
        let second = raised(&setting, &zhang, 1).await.remove(0);
        join(&desk, &second, &first).await;
        app.wait(60);

        let done = split(&desk, &second).await;
        let once_more = split(&desk, &second).await;

        assert_eq!(done.status(), 303, "{}", done.text());
        assert_eq!(once_more.status(), 409);
        assert!(once_more.has_text("这一件没有并到别处，不用拆。"), "{}", once_more.text());
        assert!(desk.get(&format!("/requests/{second}")).await.has_text("已受理"));
        let own = zhang.get(&format!("/track/{second}")).await;
        assert!(own.has_text("是两盏灯，分开办"), "{}", own.text());
        assert!(!own.has_text("已经并过去一起办"));
        assert!(zhang.get("/alerts").await.has_text(&format!("{second} 不再并案")));
        assert!(!desk.get(&format!("/requests/{first}")).await.has_text("并进来的"));
        // The requester's one reopening is not used up, and it can be joined again.
        assert_eq!(join(&desk, &second, &first).await.status(), 303);
    }

    async fn loops_and_chains_are_refused_with_a_sentence(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let numbers = raised(&setting, &app.visitor(), 4).await;
        let [a, b, c, over] = <[String; 4]>::try_from(numbers).unwrap();
        join(&desk, &b, &a).await;
        let fields = [("exit", "answered_now"), ("words", "灯已换好")];
        desk.post(&format!("/requests/{over}/exit"), &fields).await;

        for (number, into, sentence) in [
            (&c, &c, "不能并到它自己"),
            (&c, &b, "那一件自己已并到别处"),
            (&a, &c, "已有别的诉求并进了这一件"),
            (&c, &over, "那一件已经办结"),
            (&c, &"QS-2020-000001".to_owned(), "没有这个编号的诉求"),
            (&b, &a, "这一步现在不能做"),
        ] {
            let refused = join(&desk, number, into).await;

            assert_eq!(refused.status(), 409, "{number} {into} {}", refused.text());
            assert!(refused.has_text(sentence), "{sentence}: {}", refused.text());
        }
        let wordless = desk.post(&format!("/requests/{c}/join"), &[("into", &a)]).await;
        assert_eq!(wordless.status(), 422);
        assert!(wordless.has_text("请写明情况再提交。"));
    }

    async fn of_two_who_join_crosswise_at_once_one_is_told_that_the_other_was_faster(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let [a, b] = <[String; 2]>::try_from(raised(&setting, &app.visitor(), 2).await).unwrap();

        let (one, other) = tokio::join!(join(&li, &a, &b), join(&chen, &b, &a));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{} {}", one.text(), other.text());
    }

    async fn of_two_who_make_a_chain_at_once_one_is_refused(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let numbers = raised(&setting, &app.visitor(), 3).await;
        let [a, b, c] = <[String; 3]>::try_from(numbers).unwrap();

        let (one, other) = tokio::join!(join(&li, &a, &b), join(&chen, &b, &c));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "{} {}", one.text(), other.text());
    }

    async fn nobody_but_the_desk_joins_or_splits(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let grid = setting.town.grids[0];
        let worker = app.on_duty("zhou", DutyKind::GridWorker, Some(grid)).await;
        let [a, b] = <[String; 2]>::try_from(raised(&setting, &app.visitor(), 2).await).unwrap();

        assert_eq!(join(&worker, &a, &b).await.status(), 403);
        assert_eq!(join(&app.resident("wang").await, &a, &b).await.status(), 403);
        assert_eq!(join(&app.visitor(), &a, &b).await.status(), 401);
        assert!(desk.get(&format!("/requests/{a}")).await.has_text("已收到"));
        join(&desk, &a, &b).await;
        assert_eq!(split(&worker, &a).await.status(), 403);
        assert!(desk.get(&format!("/requests/{a}")).await.has_text("重复反映"));
        assert!(!worker.get(&format!("/requests/{b}")).await.has_text("并案"));
    }

    async fn a_matter_that_its_requester_opens_again_is_its_own(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let zhang = app.resident("zhang").await;
        let first = raised(&setting, &app.visitor(), 1).await.remove(0);
        let second = raised(&setting, &zhang, 1).await.remove(0);
        join(&desk, &second, &first).await;

        let again = zhang.post(&format!("/track/{second}/reopen"), &[("words", "不是同一盏灯")]).await;

        assert_eq!(again.status(), 303, "{}", again.text());
        let page = desk.get(&format!("/requests/{second}")).await;
        assert!(!page.has_text("已并入"), "{}", page.text());
        assert!(!desk.get(&format!("/requests/{first}")).await.has_text("并进来的"));
        assert_eq!(join(&desk, &first, &second).await.status(), 303);
    }
}
