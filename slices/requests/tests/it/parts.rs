//! One matter, many parties: each with its own part, and one public state.

use kernel::DutyKind;
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, dispatched_to, with_rules, without_rules};

/// The id and version of a part on the matter's page, by its place among the parts shown.
fn part_of(page: &Answer, form: &str) -> (String, String) {
    let value = |name: &str| {
        let field = format!("form[action$='/{form}'] input[name={name}]");
        page.attribute(&field, "value")
            .unwrap_or_else(|| panic!("no {name} of {form}: {}", page.text()))
    };
    (value("part"), value("version"))
}

/// A matter that the property company leads and in which urban management has a part.
async fn of_two(app: &TestApp, setting: &Setting) -> (Client, String) {
    let desk = app.on_duty("li", DutyKind::Staff, None).await;
    let lead = setting.basics.handlers[1].to_string();
    let number = dispatched_to(setting, &desk, &lead, &[]).await;
    let other = setting.basics.handlers[4].to_string();
    let fields = [
        ("handler", other.as_str()),
        ("role", "responsible"),
        ("words", "请现场认定线路归属"),
        ("hours", "16"),
        ("measure", "working"),
    ];
    let given = desk
        .post(&format!("/requests/{number}/part"), &fields)
        .await;
    assert_eq!(given.status(), 303, "{}", given.text());
    (desk, number)
}

async fn ok(who: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = who.post(path, fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text());
    answer
}

testkit::on_both! {
    async fn a_matter_is_answered_when_its_lead_and_every_responsible_party_are(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let lead = app.handler("wang", setting.basics.handlers[1]).await;
        let other = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");

        ok(&lead, &path("take-up"), &[]).await;
        ok(&lead, &path("answer"), &[("words", "灯已修好")]).await;
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("办理中"));
        ok(&other, &path("take-up"), &[]).await;
        ok(&other, &path("answer"), &[("words", "线路归物业")]).await;

        let page = desk.get(&format!("/requests/{number}")).await;
        assert_eq!(page.count(".part"), 2);
        assert!(page.has_text("共同办理"));
        assert!(page.has_text("请现场认定线路归属"));
        assert!(page.count("form[action$='/call-back']") == 1, "{}", page.text());
    }

    async fn two_parties_answer_at_once_and_both_are_kept(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let lead = app.handler("wang", setting.basics.handlers[1]).await;
        let other = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        for who in [&lead, &other] {
            ok(who, &path("take-up"), &[]).await;
        }
        let one = part_of(&lead.get(&format!("/requests/{number}")).await, "answer");
        let two = part_of(&other.get(&format!("/requests/{number}")).await, "answer");
        let one = [("part", one.0.as_str()), ("version", one.1.as_str()), ("words", "灯已修好")];
        let two = [("part", two.0.as_str()), ("version", two.1.as_str()), ("words", "线路归物业")];

        let answer = path("answer");
        let (first, second) = tokio::join!(lead.post(&answer, &one), other.post(&answer, &two));

        assert_eq!((first.status(), second.status()), (303, 303), "{} {}", first.text(), second.text());
        let page = desk.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("灯已修好") && page.has_text("线路归物业"), "{}", page.text());
        assert_eq!(page.count(".part .tag.ok"), 2);
    }

    async fn a_part_changed_meanwhile_is_not_changed_by_an_old_form(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let lead = setting.basics.handlers[1];
        let number = dispatched_to(&setting, &desk, &lead.to_string(), &[]).await;
        let worker = app.handler("wang", lead).await;
        let (part, version) = part_of(&worker.get(&format!("/requests/{number}")).await, "take-up");
        let path = format!("/requests/{number}/take-up");
        let old = [("part", part.as_str()), ("version", version.as_str())];
        ok(&worker, &path, &old).await;

        let again = worker.post(&path, &old).await;

        assert_eq!(again.status(), 409);
        assert!(again.has_text("刚刚有人先办了"));
    }

    async fn an_answer_after_closure_is_refused(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let other = app.handler("zhou", setting.basics.handlers[4]).await;
        let exit = [("exit", "duplicate"), ("words", "已有一件")];
        ok(&desk, &format!("/requests/{number}/exit"), &exit).await;

        let late = other.post(&format!("/requests/{number}/take-up"), &[]).await;

        assert!([403, 404, 409].contains(&late.status()), "{}", late.status());
    }

    async fn a_party_reaches_its_part_and_no_other_partys(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let other = app.handler("zhou", setting.basics.handlers[4]).await;
        let stranger = app.handler("wu", setting.basics.handlers[2]).await;
        let lead_part = part_of(&desk.get(&format!("/requests/{number}")).await, "take-up").0;

        let path = format!("/requests/{number}/take-up");
        let of_another = other.post(&path, &[("part", lead_part.as_str())]).await;
        assert_eq!(of_another.status(), 403);
        assert_eq!(stranger.get(&format!("/requests/{number}")).await.status(), 404);
        assert_eq!(stranger.post(&path, &[]).await.status(), 404);
        assert_eq!(other.get("/requests").await.count("tbody tr"), 1);
        assert_eq!(stranger.get("/requests").await.count("tbody tr"), 0);
    }

    async fn who_led_until_now_is_told_that_nothing_is_left_to_do(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let lead = app.handler("wang", setting.basics.handlers[1]).await;
        let water = setting.basics.handlers[2].to_string();

        ok(&desk, &format!("/requests/{number}/dispatch"), &[("handler", &water)]).await;

        assert!(lead.get("/alerts").await.has_text("已收回，不用再办"));
        assert_eq!(lead.get(&format!("/requests/{number}")).await.status(), 404);
    }

    async fn a_part_needs_a_lead_a_task_and_a_party_that_has_none_yet(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let path = format!("/requests/{number}/part");
        let lead = setting.basics.handlers[1].to_string();
        let water = setting.basics.handlers[2].to_string();
        let role = ("role", "responsible");

        let twice = desk.post(&path, &[("handler", &lead), role, ("words", "请去看看")]).await;
        let silent = desk.post(&path, &[("handler", &water), role]).await;
        let endless = desk
            .post(&path, &[("handler", &water), role, ("words", "去"), ("hours", "9999"), ("measure", "working")])
            .await;
        let no_role = desk.post(&path, &[("handler", &water), ("role", "lead"), ("words", "去")]).await;

        assert!(twice.status() == 409 && twice.has_text("不用再派"), "{}", twice.text());
        assert!(silent.status() == 422 && silent.has_text("请写明情况"));
        assert!(endless.status() == 422 && endless.has_text("1 到 1440"), "{}", endless.text());
        assert!(no_role.status() == 422 && no_role.has_text("请选要他们做什么"));
    }

    async fn the_clock_stands_while_the_requester_is_waited_for_and_the_page_says_so(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let resident = app.resident("zhang").await;
        let number = crate::town::number_of(&crate::town::report(&setting, &resident, &[]).await);
        let lead = setting.basics.handlers[1];
        let worker = app.handler("wang", lead).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&desk, &path("dispatch"), &[("handler", &lead.to_string())]).await;
        ok(&worker, &path("take-up"), &[]).await;

        ok(&worker, &path("pause"), &[("words", "请约一个在家的时间")]).await;
        app.wait(120);
        let waiting = resident.get(&format!("/track/{number}")).await;
        assert!(waiting.has_text("请约一个在家的时间"), "{}", waiting.text());
        assert!(waiting.has_text("起暂停计时"), "{}", waiting.text());
        assert_eq!(worker.post(&path("pause"), &[("words", "还在等")]).await.status(), 409);
        ok(&worker, &path("resume"), &[]).await;

        let going_on = resident.get(&format!("/track/{number}")).await;
        assert!(going_on.has_text("等您回复停了 2 小时"), "{}", going_on.text());
    }

    async fn more_time_is_given_by_somebody_else_and_the_requester_reads_why(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let resident = app.resident("zhang").await;
        let number = crate::town::number_of(&crate::town::report(&setting, &resident, &[]).await);
        let lead = setting.basics.handlers[1];
        let worker = app.handler("wang", lead).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&li, &path("dispatch"), &[("handler", &lead.to_string())]).await;
        ok(&worker, &path("take-up"), &[]).await;

        let own = worker.post(&path("give-time"), &[("hours", "8"), ("words", "要等配件")]).await;
        assert_eq!(own.status(), 403);
        ok(&worker, &path("ask-time"), &[("hours", "8"), ("words", "要等配件")]).await;
        assert!(li.get(&format!("/requests/{number}")).await.has_text("申请延长 8 小时"));
        assert!(!resident.get(&format!("/track/{number}")).await.has_text("要等配件"));
        ok(&li, &path("give-time"), &[("hours", "8"), ("words", "配件周四到，装好就答复您")]).await;

        let told = resident.get(&format!("/track/{number}")).await;
        assert!(told.has_text("配件周四到"), "{}", told.text());
        assert!(told.has_text("已延长"), "{}", told.text());
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        assert_eq!(chen.post(&path("refuse-time"), &[("words", "不行")]).await.status(), 409);
    }

    async fn who_says_it_is_not_theirs_is_ruled_on(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let other = app.handler("zhou", setting.basics.handlers[4]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");

        assert_eq!(other.post(&path("return"), &[]).await.status(), 422);
        ok(&other, &path("return"), &[("words", "合同里归物业维护")]).await;
        let (part, _) = part_of(&desk.get(&format!("/requests/{number}")).await, "insist");
        assert_eq!(other.post(&path("release"), &[("part", &part), ("words", "是")]).await.status(), 403);
        let ruling = [("part", part.as_str()), ("words", "请看职责清单第 12 项")];
        ok(&desk, &path("insist"), &ruling).await;
        let back = other.get(&format!("/requests/{number}")).await;
        assert!(back.has_text("请看职责清单第 12 项") && back.count("form[action$='/take-up']") == 1);
        ok(&other, &path("return"), &[("words", "确实不归我们")]).await;
        ok(&desk, &path("release"), &ruling).await;

        assert_eq!(other.get(&format!("/requests/{number}")).await.status(), 404);
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("已改由他人办"));
    }

    async fn after_an_upheld_objection_the_clock_of_the_matter_runs_on(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let [first, second] = [1, 4].map(|place| setting.basics.handlers[place]);
        let number = dispatched_to(&setting, &desk, &first.to_string(), &[]).await;
        let one = app.handler("wang", first).await;
        let other = app.handler("zhou", second).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&one, &path("return"), &[("words", "不归我们")]).await;
        app.wait(60);
        ok(&desk, &path("dispatch"), &[("handler", &second.to_string())]).await;
        app.wait(60);
        ok(&other, &path("take-up"), &[]).await;

        let page = desk.get(&format!("/requests/{number}")).await;
        assert!(!page.has_text("暂停计时"), "{}", page.text());
    }

    async fn when_the_last_part_is_taken_back_the_requester_is_told_of_the_answer(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let resident = app.resident("zhao").await;
        let [lead, other] = [1, 4].map(|place| setting.basics.handlers[place]);
        let number = crate::town::number_of(&crate::town::report(&setting, &resident, &[]).await);
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&desk, &path("dispatch"), &[("handler", &lead.to_string())]).await;
        let asked = [("handler", other.to_string()), ("role", "responsible".into()), ("words", "请认定".into())];
        let asked = asked.each_ref().map(|(name, value): &(_, String)| (*name, value.as_str()));
        ok(&desk, &path("part"), &asked).await;
        let property = app.handler("wang", lead).await;
        ok(&property, &path("take-up"), &[]).await;
        ok(&property, &path("answer"), &[("words", "灯已修好")]).await;
        assert!(!resident.get("/alerts").await.has_text("已答复"));

        let page = desk.get(&format!("/requests/{number}")).await;
        let (part, version) = part_of(&page, "withdraw");
        let back = [("part", part.as_str()), ("version", version.as_str()), ("words", "不用了")];
        ok(&desk, &path("withdraw"), &back).await;

        let alerts = resident.get("/alerts").await;
        assert!(alerts.has_text("答复"), "{}", alerts.text());
    }

    async fn what_was_taken_from_a_party_is_read_no_more(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let lead = setting.basics.handlers[1];
        let number = dispatched_to(&setting, &desk, &lead.to_string(), &[("body", "家里有病人")]).await;
        let party = app.handler("wang", lead).await;
        let task = party.get("/tasks").await.attribute("main a[href^='/tasks/']", "href").unwrap();
        assert!(party.get(&task).await.has_text("家里有病人"));

        let other = setting.basics.handlers[4].to_string();
        ok(&desk, &format!("/requests/{number}/dispatch"), &[("handler", &other)]).await;

        let page = party.get(&task).await;
        assert_eq!(page.status(), 200);
        assert!(!page.has_text("家里有病人") && !page.has_text("1栋2单元"), "{}", page.text());
        assert!(page.has_text("这件事已不在您这里"));
    }

    async fn what_was_called_back_and_is_not_done_goes_on_and_is_asked_about_again(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let lead = setting.basics.handlers[1];
        let number = dispatched_to(&setting, &desk, &lead.to_string(), &[]).await;
        let party = app.handler("wang", lead).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&party, &path("take-up"), &[]).await;
        ok(&party, &path("answer"), &[("words", "修好了")]).await;
        ok(&chen, &path("call-back"), &[("reached", "no")]).await;

        ok(&desk, &path("redo"), &[("words", "我去看了，还没修好")]).await;
        assert!(desk.get(path("").trim_end_matches('/')).await.has_text("办理中"));
        ok(&party, &path("answer"), &[("words", "这回好了")]).await;
        let reached = [("reached", "yes"), ("resolved", "yes"), ("satisfied", "yes")];
        ok(&chen, &path("call-back"), &reached).await;
        ok(&chen, &path("close"), &[]).await;
    }

    async fn a_ruling_that_is_late_is_told_once_to_the_desk_and_the_head(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let head = app.on_duty("he", DutyKind::Leader, None).await;
        let other = app.handler("zhou", setting.basics.handlers[4]).await;
        ok(&other, &format!("/requests/{number}/return"), &[("words", "合同里归物业维护")]).await;
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("前裁定"));

        for _ in 0..(4 * 24) {
            app.wait(60);
            app.work().await;
        }

        for who in [&desk, &head] {
            let alerts = who.get("/alerts").await.text();
            assert_eq!(alerts.matches("还没有裁定").count(), 1, "{alerts}");
        }
    }

    async fn both_sides_say_how_it_went_once(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let lead = setting.basics.handlers[1];
        let worker = app.handler("wang", lead).await;
        let number = dispatched_to(&setting, &desk, &lead.to_string(), &[]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        assert_eq!(desk.post(&path("grade"), &[("grade", "good")]).await.status(), 409);
        ok(&worker, &path("take-up"), &[]).await;
        ok(&worker, &path("answer"), &[("words", "修好了")]).await;

        ok(&desk, &path("grade"), &[("grade", "good")]).await;
        ok(&worker, &path("grade"), &[("grade", "fair"), ("words", "地址写得不清楚")]).await;

        let page = desk.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("社区对响应的评价 · 好"), "{}", page.text());
        assert!(page.has_text("承办方对派单的评价 · 一般"));
        assert_eq!(page.count("form[action$='/grade']"), 0);
        let odd = desk.post(&path("grade"), &[("grade", "100")]).await;
        assert_eq!(odd.status(), 422);
    }

    async fn what_is_not_done_goes_back_and_the_time_between_is_not_counted(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let lead = setting.basics.handlers[1];
        let worker = app.handler("wang", lead).await;
        let number = dispatched_to(&setting, &desk, &lead.to_string(), &[]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&worker, &path("take-up"), &[]).await;
        ok(&worker, &path("answer"), &[("words", "修好了")]).await;
        app.wait(180);

        ok(&desk, &path("redo"), &[("words", "二楼还是不亮")]).await;

        let page = worker.get(&format!("/requests/{number}")).await;
        assert!(page.has_text("二楼还是不亮") && page.has_text("中间停过 3 小时"), "{}", page.text());
        ok(&worker, &path("answer"), &[("words", "二楼也修好了")]).await;
    }

    async fn a_worker_is_reminded_once_and_those_above_are_told_step_by_step(app: TestApp) {
        let setting = with_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let head = app.on_duty("he", DutyKind::Leader, None).await;
        let worker = app.handler("wang", setting.basics.handlers[1]).await;
        let number = crate::town::number_of(&crate::town::report(&setting, &app.visitor(), &[]).await);
        let told = async |who: &Client, words: &str| {
            who.get("/alerts").await.text().matches(words).count()
        };

        // Sixteen working hours, nine to half past five: due on the second day of work.
        for _ in 0..(12 * 24) {
            app.wait(60);
            app.work().await;
        }

        assert_eq!(told(&worker, "快到期了").await, 1);
        assert_eq!(told(&desk, "有一方超时了").await, 3);
        assert_eq!(told(&head, "超时较久").await, 2);
        let page = desk.get(&format!("/requests/{number}")).await;
        assert_eq!(page.text().matches("超时上报").count(), 3, "{}", page.text());
    }

    async fn a_late_worker_tells_only_the_last_step_and_two_workers_tell_it_once(app: TestApp) {
        let setting = with_rules(&app).await;
        let report = crate::town::report(&setting, &app.visitor(), &[]).await;
        let number = crate::town::number_of(&report);

        app.wait(30 * 24 * 60);
        tokio::join!(app.work(), app.work());
        app.work().await;

        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let page = desk.get(&format!("/requests/{number}")).await;
        assert_eq!(page.text().matches("超时上报").count(), 1, "{}", page.text());
        assert!(!page.has_text("提醒快到期"));
    }

    async fn what_is_answered_or_waits_is_not_reminded_of(app: TestApp) {
        let setting = with_rules(&app).await;
        let wang = app.handler("wang", setting.basics.handlers[1]).await;
        let report = crate::town::report(&setting, &app.visitor(), &[]).await;
        let number = crate::town::number_of(&report);
        let path = |act: &str| format!("/requests/{number}/{act}");
        ok(&wang, &path("take-up"), &[]).await;
        ok(&wang, &path("pause"), &[("words", "请约时间")]).await;

        app.wait(60 * 24 * 60);
        app.work().await;
        let liu = app.handler("liu", setting.basics.handlers[1]).await;
        ok(&liu, &path("resume"), &[]).await;
        ok(&liu, &path("answer"), &[("words", "修好了")]).await;
        app.wait(60 * 24 * 60);
        app.work().await;

        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let page = desk.get(&format!("/requests/{number}")).await;
        assert!(!page.has_text("超时上报") && !page.has_text("提醒快到期"), "{}", page.text());
    }

    async fn a_head_of_a_micro_grid_is_asked_for_their_part_and_leads_nothing(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        let asked = [
            ("handler", "micro_grid_head"),
            ("role", "assisting"),
            ("words", "请带电工师傅认门"),
        ];

        let nobody = desk.post(&path("part"), &asked).await;
        assert!(nobody.has_text("这一片现在没有人在这个岗上"), "{}", nobody.text());
        let here = Some(setting.town.micro_grids[0][0]);
        let head = app.on_duty("sun", DutyKind::MicroGridHead, here).await;
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(setting.town.grids[0])).await;
        ok(&desk, &path("part"), &asked).await;
        let lead = desk.post(&path("dispatch"), &[("handler", "micro_grid_head")]).await;
        assert_eq!(lead.status(), 409);

        let tasks = head.get("/tasks").await;
        assert!(tasks.has_text(&number), "{}", tasks.text());
        let matter = head.get(&format!("/requests/{number}")).await;
        let (part, version) = part_of(&matter, "take-up");
        let fields = [("part", part.as_str()), ("version", version.as_str())];
        let of_another = worker.post(&path("take-up"), &fields).await;
        assert!([403, 404].contains(&of_another.status()), "{}", of_another.status());
        ok(&head, &path("take-up"), &fields).await;
        ok(&head, &path("answer"), &[("part", part.as_str()), ("words", "已带到")]).await;
        assert!(desk.get(&format!("/requests/{number}")).await.has_text("微网格长"));
    }

    async fn a_working_group_has_its_part_like_any_party(app: TestApp) {
        let setting = without_rules(&app).await;
        let admin = app.on_duty("admin", DutyKind::Administrator, None).await;
        let fields = [("name", "老旧线路整治专班"), ("kind", "group"), ("phone", ""), ("note", "")];
        ok(&admin, "/requests/settings/handler", &fields).await;
        let (desk, number) = of_two(&app, &setting).await;
        let page = desk.get(&format!("/requests/{number}")).await;
        let body = page.body();
        let before = body.split(">老旧线路整治专班<").next().unwrap();
        let group = before.rsplit("value=\"").next().unwrap().split('"').next().unwrap();

        let asked = [("handler", group), ("role", "assisting"), ("words", "请一并纳入")];
        ok(&desk, &format!("/requests/{number}/part"), &asked).await;
        let member = app.handler("gao", group.parse().unwrap()).await;

        assert!(member.get("/tasks").await.has_text(&number));
    }

    async fn the_page_of_a_matter_with_many_parties_takes_few_statements(app: TestApp) {
        let setting = without_rules(&app).await;
        let (desk, number) = of_two(&app, &setting).await;

        let page = desk.get(&format!("/requests/{number}")).await;
        let task = app.handler("zhou", setting.basics.handlers[4]).await.get("/tasks").await;

        assert!(page.statements() <= 6, "{}", page.statements());
        assert!(task.statements() <= 6, "{}", task.statements());
    }
}
