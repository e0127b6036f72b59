//! Neighbours who can do what a matter needs, asked in person.

use kernel::DutyKind;
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, dispatched_to, number_of, report, without_rules};

/// Lets somebody say that they can work with electricity.
async fn electrician(app: &TestApp, name: &str) -> Client {
    let who = app.resident(name).await;
    let account = who.actor().account.unwrap();
    let mut tx = app.house().begin(who.actor()).await.unwrap();
    people::fixture::offer(&mut tx, &[(account, "electrician")])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    who
}

/// A matter that the property company has, and the page on which neighbours are asked.
async fn in_hand(app: &TestApp, setting: &Setting) -> (Client, String) {
    let desk = app.on_duty("li", DutyKind::Staff, None).await;
    let lead = setting.basics.handlers[1].to_string();
    let number = dispatched_to(setting, &desk, &lead, &[]).await;
    (desk, format!("/requests/{number}/neighbours"))
}

/// The id of the skill of this name, as the page offers it.
fn skill(page: &Answer, name: &str) -> String {
    let body = page.body();
    let before = body.split(&format!(">{name}<")).next().unwrap();
    before
        .rsplit("value=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

async fn ok(who: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = who.post(path, fields).await;
    assert_eq!(answer.status(), 303, "{path}: {}", answer.text());
    answer
}

testkit::on_both! {
    async fn who_can_is_asked_comes_or_not_and_is_thanked(app: TestApp) {
        let setting = without_rules(&app).await;
        let zhang = electrician(&app, "张师傅").await;
        let wu = electrician(&app, "吴师傅").await;
        app.resident("peng").await;
        let (desk, path) = in_hand(&app, &setting).await;
        let skill = skill(&desk.get(&path).await, "电工");

        let found = desk.get(&format!("{path}?skill={skill}")).await;
        assert!(found.has_text("张师傅") && found.has_text("吴师傅"), "{}", found.text());
        assert!(!found.has_text("peng"));
        assert!(found.statements() <= 8, "{} statements", found.statements());
        let [to_zhang, to_wu] = [&zhang, &wu].map(|who| who.actor().account.unwrap().to_string());
        let asked = [
            ("skill", skill.as_str()),
            ("people", to_zhang.as_str()),
            ("people", to_wu.as_str()),
            ("words", "周六上午帮忙看看线路"),
        ];
        ok(&desk, &path, &asked).await;
        assert_eq!(desk.post(&path, &asked).await.status(), 409, "both have been asked");

        assert!(zhang.get("/alerts").await.has_text("社区想请您搭把手"));
        let tasks = zhang.get("/tasks").await;
        assert!(tasks.has_text("周六上午帮忙看看线路"), "{}", tasks.text());
        assert!(!tasks.has_text("楼道灯不亮"), "what another wrote is not told");
        let task = tasks.attribute("main a[href^='/tasks/']", "href").unwrap();
        let page = zhang.get(&task).await;
        assert!(page.has_text("我来帮忙") && !page.has_text("楼道灯不亮"), "{}", page.text());
        ok(&zhang, &format!("{task}/sign-for"), &[]).await;
        let of_wu = wu.get("/tasks").await.attribute("main a[href^='/tasks/']", "href").unwrap();
        assert_eq!(zhang.get(&of_wu).await.status(), 404);
        ok(&wu, &format!("{of_wu}/return"), &[]).await;

        assert!(desk.get("/alerts").await.has_text("有邻居报名来帮忙"));
        let matter = desk.get(path.trim_end_matches("/neighbours")).await;
        assert!(matter.has_text("张师傅（邻居）"), "{}", matter.text());
        let lead = app.handler("zhao", setting.basics.handlers[1]).await;
        let of_lead = lead.get(path.trim_end_matches("/neighbours")).await;
        assert!(!of_lead.has_text("张师傅"), "only the desk reads who it is");
    }

    async fn who_may_not_know_the_requester_finds_no_name_in_what_happened(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let here = Some(setting.town.micro_grids[0][0]);
        let head = app.on_duty("sun", DutyKind::MicroGridHead, here).await;
        let reporter = app.resident("王秀英").await;
        let number = number_of(&report(&setting, &reporter, &[]).await);
        let path = format!("/requests/{number}");

        assert!(desk.get(&path).await.has_text("王秀英"));
        let page = head.get(&path).await;
        assert_eq!(page.status(), 200);
        assert!(!page.has_text("王秀英"), "{}", page.text());
    }

    async fn a_neighbour_reads_no_note_of_the_desk_no_title_and_no_place(app: TestApp) {
        let setting = without_rules(&app).await;
        let zhang = electrician(&app, "张师傅").await;
        let account = zhang.actor().account.unwrap().to_string();
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let place = [("place", "1栋2单元李阿姨家")];
        let number = number_of(&report(&setting, &app.visitor(), &place).await);
        let path = format!("/requests/{number}/neighbours");
        let skill = skill(&desk.get(&path).await, "电工");
        let asked = [("skill", skill.as_str()), ("people", &account), ("words", "帮忙看看线路")];
        ok(&desk, &path, &asked).await;
        ok(&desk, &format!("/requests/{number}/note"), &[("words", "和楼上有矛盾")]).await;

        let tasks = zhang.get("/tasks").await;
        let task = tasks.attribute("main a[href^='/tasks/']", "href").unwrap();
        let page = zhang.get(&task).await;
        let api = zhang.get("/api/v1/tasks").await;
        for (what, text) in [("list", tasks.text()), ("page", page.text()), ("api", api.body())] {
            for word in ["李阿姨", "和楼上有矛盾", "楼道灯不亮"] {
                assert!(!text.contains(word), "{what} tells {word}: {text}");
            }
            assert!(text.contains("帮忙看看线路"), "{what}: {text}");
        }
    }

    async fn only_the_desk_looks_for_people_by_what_they_can(app: TestApp) {
        let setting = without_rules(&app).await;
        let zhang = electrician(&app, "张师傅").await;
        let (_, path) = in_hand(&app, &setting).await;
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(setting.town.grids[0])).await;
        let lead = app.handler("zhao", setting.basics.handlers[1]).await;

        for who in [&zhang, &worker, &lead] {
            assert_eq!(who.get(&path).await.status(), 403);
            assert_eq!(who.post(&path, &[("words", "来")]).await.status(), 403);
        }
        assert_eq!(app.visitor().get(&path).await.status(), 303);
    }

    async fn nonsense_is_answered_with_a_sentence(app: TestApp) {
        let setting = without_rules(&app).await;
        let zhang = electrician(&app, "张师傅").await;
        let account = zhang.actor().account.unwrap().to_string();
        let (desk, path) = in_hand(&app, &setting).await;
        let skill = skill(&desk.get(&path).await, "电工");
        let skill = ("skill", skill.as_str());
        let zhang = ("people", account.as_str());

        for (fields, sentence) in [
            (vec![skill, zhang], "请写明要他们做什么"),
            (vec![skill, ("words", "来")], "请至少勾选一位邻居"),
            (vec![skill, ("people", "x"), ("words", "来")], "请至少勾选一位邻居"),
            (vec![zhang, ("words", "来")], "请至少勾选一位邻居"),
        ] {
            let answer = desk.post(&path, &fields).await;
            assert_eq!(answer.status(), 422, "{fields:?}");
            assert!(answer.has_text(sentence), "{}", answer.text());
        }
        let unknown = [("skill", "x"), zhang, ("words", "来")];
        assert_eq!(desk.post(&path, &unknown).await.status(), 422);
        assert_eq!(desk.get("/requests/QS-2026-999999/neighbours").await.status(), 404);
    }

    async fn nobody_is_asked_over_a_matter_that_is_over(app: TestApp) {
        let setting = without_rules(&app).await;
        let zhang = electrician(&app, "张师傅").await;
        let account = zhang.actor().account.unwrap().to_string();
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &app.visitor(), &[]).await);
        let path = format!("/requests/{number}/neighbours");
        let skill = skill(&desk.get(&path).await, "电工");
        let exit = [("exit", "answered_now"), ("words", "灯已换好")];
        ok(&desk, &format!("/requests/{number}/exit"), &exit).await;

        let asked = [("skill", skill.as_str()), ("people", &account), ("words", "来")];
        let late = desk.post(&path, &asked).await;

        assert_eq!(late.status(), 409, "{}", late.text());
    }
}
