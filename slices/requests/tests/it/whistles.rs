//! Whistles: who may call, who must agree, and how those who are called come.

use kernel::DutyKind;
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, number_of, report, without_rules};

async fn ok(who: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = who.post(path, fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text());
    answer
}

/// A matter over which the desk whistles for the property company and urban management.
async fn whistled(app: &TestApp, setting: &Setting, kind: &str) -> (Client, String) {
    let desk = app.on_duty("li", DutyKind::Staff, None).await;
    let number = number_of(&report(setting, &app.visitor(), &[]).await);
    let [one, two] = [1, 4].map(|place: usize| setting.basics.handlers[place].to_string());
    let fields = [
        ("kind", kind),
        ("handler", one.as_str()),
        ("parties", two.as_str()),
        ("words", "一起到现场定方案"),
    ];
    ok(&desk, &format!("/requests/{number}/whistle"), &fields).await;
    (desk, number)
}

testkit::on_both! {
    async fn a_hard_problem_is_blown_when_two_heads_agree(app: TestApp) {
        let setting = without_rules(&app).await;
        let he = app.on_duty("he", DutyKind::Leader, None).await;
        let qiu = app.on_duty("qiu", DutyKind::Leader, None).await;
        let (desk, number) = whistled(&app, &setting, "hard_problem").await;
        let property = app.handler("wang", setting.basics.handlers[1]).await;
        let path = format!("/requests/{number}/authorise");

        assert!(he.get("/alerts").await.has_text("要吹哨"));
        assert!(he.get("/whistles").await.has_text("等您定"));
        assert_eq!(property.get(&format!("/requests/{number}")).await.status(), 404);
        assert_eq!(desk.post(&path, &[]).await.status(), 403);
        ok(&he, &path, &[]).await;
        let again = he.post(&path, &[]).await;
        assert!(again.status() == 409 && again.has_text("请另一位负责人来定"), "{}", again.text());
        assert_eq!(property.get(&format!("/requests/{number}")).await.status(), 404);
        ok(&qiu, &path, &[]).await;

        assert!(property.get("/alerts").await.has_text("吹哨了"));
        let page = property.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("一起到现场定方案") && page.has_text("还剩 60 分钟"), "{}", page.text());
        assert_eq!(desk.get("/whistles").await.count("tbody tr"), 1);
    }

    async fn an_emergency_is_blown_at_once_and_runs_to_the_end(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "emergency").await;
        let property = app.handler("wang", setting.basics.handlers[1]).await;
        let city = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        let plan = [("words", "物业断电，城管清障"), ("hours", "4"), ("measure", "elapsed")];

        let early = desk.post(&path("plan"), &plan).await;
        assert!(early.status() == 409 && early.has_text("还没有一方报到"));
        ok(&property, &path("report-in"), &[("on_site", "yes")]).await;
        ok(&city, &path("sign-for"), &[]).await;
        ok(&city, &path("contact"), &[("words", "十分钟到")]).await;
        ok(&city, &path("report-in"), &[("on_site", "yes")]).await;
        ok(&desk, &path("plan"), &plan).await;
        for who in [&property, &city] {
            ok(who, &path("take-up"), &[]).await;
            ok(who, &path("answer"), &[("words", "办好了")]).await;
        }
        let listed = desk.get("/whistles").await;
        assert!(listed.has_text("2/2"), "{}", listed.text());
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let reached = [("reached", "yes"), ("resolved", "yes"), ("satisfied", "yes")];
        let first = chen.post(&path("call-back"), &reached).await;
        assert!(first.status() == 409 && first.has_text("召集人还没有验收"), "{}", first.text());
        assert!(desk.get("/alerts").await.has_text("请您去验收"));
        ok(&desk, &path("verify"), &[("resolved", "yes")]).await;
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("还要问反映人"));
        ok(&chen, &path("call-back"), &reached).await;
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("反映人也说解决了"));
        ok(&chen, &path("close"), &[]).await;
    }

    async fn the_caller_looks_and_what_is_not_resolved_goes_on(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "emergency").await;
        let property = app.handler("wang", setting.basics.handlers[1]).await;
        let city = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        for who in [&property, &city] {
            ok(who, &path("report-in"), &[("on_site", "yes")]).await;
            ok(who, &path("take-up"), &[]).await;
            ok(who, &path("answer"), &[("words", "办好了")]).await;
        }
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;

        let other = chen.post(&path("verify"), &[("resolved", "yes")]).await;
        assert!(other.status() == 409 && other.has_text("由召集人来验收"));
        assert_eq!(desk.post(&path("verify"), &[("resolved", "no")]).await.status(), 422);
        ok(&desk, &path("verify"), &[("resolved", "no"), ("words", "还在漏")]).await;
        assert!(property.get("/alerts").await.has_text("请再办"));
        ok(&property, &path("answer"), &[("words", "换了管子")]).await;
        ok(&desk, &path("verify"), &[("resolved", "yes")]).await;

        assert!(desk.get("/whistles").await.has_text("已验收"));
    }

    async fn when_the_caller_is_away_another_looks_but_nobody_who_did_the_work(app: TestApp) {
        let setting = without_rules(&app).await;
        let (_, number) = whistled(&app, &setting, "emergency").await;
        let property = app.handler("wang", setting.basics.handlers[1]).await;
        let city = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        for who in [&property, &city] {
            ok(who, &path("report-in"), &[("on_site", "yes")]).await;
            ok(who, &path("take-up"), &[]).await;
            ok(who, &path("answer"), &[("words", "办好了")]).await;
        }
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let resolved = [("resolved", "yes")];

        assert_eq!(chen.post(&path("verify"), &resolved).await.status(), 409);
        app.wait(8 * 24 * 60);
        assert_eq!(property.post(&path("verify"), &resolved).await.status(), 403);
        ok(&chen, &path("verify"), &resolved).await;
    }

    async fn a_matter_opened_again_can_be_whistled_over_again(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "emergency").await;
        let property = app.handler("wang", setting.basics.handlers[1]).await;
        let city = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        for who in [&property, &city] {
            ok(who, &path("report-in"), &[("on_site", "yes")]).await;
            ok(who, &path("take-up"), &[]).await;
            ok(who, &path("answer"), &[("words", "办好了")]).await;
        }
        ok(&desk, &path("verify"), &[("resolved", "yes")]).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let wrong = [("reached", "yes"), ("resolved", "no"), ("words", "又漏了")];
        ok(&chen, &path("call-back"), &wrong).await;

        let parties = setting.basics.handlers[1].to_string();
        let again = [
            ("kind", "emergency"),
            ("handler", parties.as_str()),
            ("words", "请再来一趟"),
        ];
        ok(&desk, &path("whistle"), &again).await;

        assert!(property.get("/tasks").await.has_text(&number));
    }

    async fn neighbours_come_are_asked_thanked_and_never_graded(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let zhang = app.resident("zhang").await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let path = |act: &str| format!("/requests/{number}/{act}");
        let call = [("kind", "community"), ("words", "周六上午帮忙清楼道，请来三个人")];
        ok(&desk, &path("whistle"), &call).await;

        let calls = zhang.get("/calls").await;
        assert!(calls.has_text("周六上午帮忙清楼道"));
        assert!(!calls.has_text("楼道灯不亮"), "the matter itself is not told");
        let come = calls.attribute("form[action^='/calls/']", "action").unwrap();
        assert_eq!(app.visitor().post(&come, &[]).await.status(), 401);
        let task = ok(&zhang, &come, &[]).await.location().to_owned();
        assert_eq!(zhang.post(&come, &[]).await.status(), 409);
        assert!(desk.get("/alerts").await.has_text("有邻居报名来帮忙"));
        let id = task.rsplit('/').next().unwrap();
        let part = ("part", id);
        ok(&desk, &path("assign"), &[part, ("words", "带扫把，九点到")]).await;
        let page = zhang.get(&task).await;
        assert!(page.has_text("带扫把，九点到"), "{}", page.text());
        assert!(!page.has_text("电话"));
        ok(&zhang, &format!("{task}/answer"), &[("words", "清完了")]).await;
        let graded = desk.post(&path("grade"), &[part, ("grade", "good")]).await;
        assert!(graded.status() == 409 && graded.has_text("我们说谢谢，不打分"), "{}", graded.text());
        ok(&desk, &path("thank"), &[part, ("words", "辛苦了")]).await;

        assert!(zhang.get(&task).await.has_text("社区谢谢您"));
        assert!(zhang.get("/alerts").await.has_text("社区谢谢您"));
        let wu = app.resident("wu").await;
        assert_eq!(wu.get(&task).await.status(), 404);
    }

    async fn a_call_to_which_nobody_came_ends_with_its_matter_or_by_the_desk(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let zhang = app.resident("zhang").await;
        let call = [("kind", "community"), ("words", "周六上午帮忙清楼道")];
        let first = number_of(&report(&setting, &app.visitor(), &[]).await);
        ok(&desk, &format!("/requests/{first}/whistle"), &call).await;
        let exit = [("exit", "answered_now"), ("words", "已清理")];
        ok(&desk, &format!("/requests/{first}/exit"), &exit).await;
        assert!(!zhang.get("/calls").await.has_text("周六上午帮忙清楼道"));

        let second = number_of(&report(&setting, &app.visitor(), &[]).await);
        ok(&desk, &format!("/requests/{second}/whistle"), &call).await;
        let come = zhang.get("/calls").await.attribute("form[action^='/calls/']", "action").unwrap();
        ok(&desk, &format!("/requests/{second}/call-off"), &[]).await;
        assert!(!zhang.get("/calls").await.has_text("周六上午帮忙清楼道"));
        assert_eq!(zhang.post(&come, &[]).await.status(), 409);
        ok(&desk, &format!("/requests/{second}/whistle"), &call).await;
    }

    async fn a_draft_is_taken_back_and_a_running_whistle_is_not(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "hard_problem").await;
        let off = format!("/requests/{number}/call-off");
        ok(&desk, &off, &[]).await;
        assert_eq!(desk.post(&off, &[]).await.status(), 409, "there is none any more");

        let (desk, number) = whistled(&app, &setting, "emergency").await;
        let running = desk.post(&format!("/requests/{number}/call-off"), &[]).await;
        assert_eq!(running.status(), 409, "{}", running.text());
        let resident = app.resident("wu").await;
        assert_eq!(resident.post(&format!("/requests/{number}/call-off"), &[]).await.status(), 403);
    }

    async fn a_neighbour_steps_back_without_a_reason(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let zhang = app.resident("zhang").await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let call = [("kind", "community"), ("words", "周六上午帮忙清楼道")];
        ok(&desk, &format!("/requests/{number}/whistle"), &call).await;
        let come = zhang.get("/calls").await.attribute("form[action^='/calls/']", "action").unwrap();
        let task = ok(&zhang, &come, &[]).await.location().to_owned();

        ok(&zhang, &format!("{task}/return"), &[]).await;

        assert!(zhang.get("/tasks").await.has_text("现在没有交给您的事"));
        assert!(desk.get("/alerts").await.has_text("来不了了"));
        ok(&zhang, &come, &[]).await;
    }

    async fn a_whistle_needs_a_kind_parties_and_words_and_there_is_one_at_a_time(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "work_push").await;
        let path = format!("/requests/{number}/whistle");
        let water = setting.basics.handlers[2].to_string();
        let second = desk
            .post(&path, &[("kind", "emergency"), ("handler", &water), ("words", "快来")])
            .await;
        assert!(second.status() == 409 && second.has_text("已经在吹哨"), "{}", second.text());

        let other = number_of(&report(&setting, &app.visitor(), &[]).await);
        let path = format!("/requests/{other}/whistle");
        for (fields, sentence) in [
            (vec![("kind", "dispatch"), ("handler", &*water), ("words", "来")], "请选为什么吹哨"),
            (vec![("kind", "emergency"), ("words", "来")], "请至少选一家单位"),
            (vec![("kind", "emergency"), ("handler", &*water)], "请写明情况"),
            (vec![("kind", "emergency"), ("handler", "water"), ("words", "来")], "没有这个承办单位"),
        ] {
            let answer = desk.post(&path, &fields).await;
            assert!(answer.status() == 422 && answer.has_text(sentence), "{}", answer.text());
        }
        let resident = app.resident("zhang").await;
        assert_eq!(resident.post(&path, &[("kind", "emergency")]).await.status(), 403);
    }

    async fn a_refused_whistle_is_over_and_its_caller_is_told_why(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "work_push").await;
        let he = app.on_duty("he", DutyKind::Leader, None).await;
        let path = |act: &str| format!("/requests/{number}/{act}");

        assert_eq!(he.post(&path("refuse"), &[]).await.status(), 422);
        ok(&he, &path("refuse"), &[("words", "先让物业自己去看")]).await;

        assert!(desk.get("/alerts").await.has_text("没有批准"));
        assert_eq!(desk.get("/whistles").await.count("tbody tr"), 0);
        assert_eq!(he.post(&path("authorise"), &[]).await.status(), 409);
    }

    async fn who_called_does_not_rule_on_an_objection(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = whistled(&app, &setting, "emergency").await;
        let city = app.handler("zhou", setting.basics.handlers[4]).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&city, &path("return"), &[("words", "地下管线不在我们职责里")]).await;
        let page = desk.get(&format!("/requests/{number}")).await;
        let part = page.attribute("form[action$='/insist'] input[name=part]", "value").unwrap();
        let ruling = [("part", part.as_str()), ("words", "按职责清单第 8 项")];

        let own = desk.post(&path("release"), &ruling).await;
        assert!(own.status() == 409 && own.has_text("请另一位同事来裁定"), "{}", own.text());
        ok(&chen, &path("release"), &ruling).await;
    }

    async fn missed_limits_are_told_above_also_at_night(app: TestApp) {
        let setting = without_rules(&app).await;
        let (_, number) = whistled(&app, &setting, "emergency").await;
        let he = app.on_duty("he", DutyKind::Leader, None).await;

        for _ in 0..90 {
            app.wait(1);
            app.work().await;
        }

        let alerts = he.get("/alerts").await;
        assert!(alerts.text().matches("超时较久").count() >= 2, "{}", alerts.text());
        assert!(alerts.has_text(&number));
    }

    async fn fifty_parties_are_called_in_few_statements(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        for n in 0..50 {
            let name = format!("单位{n}");
            let fields = [("name", name.as_str()), ("kind", "department")];
            ok(&desk, "/requests/settings/handler", &fields).await;
        }
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let page = desk.get(&format!("/requests/{number}")).await;
        let html = page.body();
        let ids: Vec<&str> = html
            .split("name=\"parties\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let mut fields = vec![("kind", "emergency"), ("words", "都来")];
        fields.extend(ids.iter().take(50).map(|id| ("parties", *id)));

        let blown = ok(&desk, &format!("/requests/{number}/whistle"), &fields).await;

        assert!(blown.statements() <= 20, "{}", blown.statements());
        assert!(desk.get("/whistles").await.has_text("0/50"));
        fields.push(("parties", ids[50]));
        let other = number_of(&report(&setting, &app.visitor(), &[]).await);
        let many = desk.post(&format!("/requests/{other}/whistle"), &fields).await;
        assert!(many.status() == 422 && many.has_text("最多召集 50 家"), "{}", many.text());
    }
}
