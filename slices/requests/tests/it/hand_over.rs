//! What lies with one person goes to another: all of it, once, with its clocks.

use kernel::{AccountId, AreaId, DutyKind};
use platform::db::statement;
use platform::door::{NewDuty, take_up};
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};
use uuid::Uuid;

use crate::town::{Setting, dispatched_to, without_rules};

fn account_of(client: &Client) -> AccountId {
    client.actor().account.unwrap()
}

fn over_area(area: AreaId) -> String {
    format!("grid_worker-{area}")
}

/// A worker of the first grid with so many parts, and another worker of it who came later.
async fn two_workers(
    app: &TestApp,
    parts: usize,
) -> (Setting, Client, Client, Client, Vec<String>) {
    let setting = without_rules(app).await;
    let grid = setting.town.grids[0];
    let desk = app.on_duty("li", DutyKind::Staff, None).await;
    let wang = app.on_duty("王芳", DutyKind::GridWorker, Some(grid)).await;
    let mut numbers = Vec::new();
    for _ in 0..parts {
        let building = setting.town.buildings[0][0][0].to_string();
        let more = [("building", building.as_str())];
        numbers.push(dispatched_to(&setting, &desk, "grid_worker", &more).await);
    }
    let zhao = app.on_duty("赵强", DutyKind::GridWorker, Some(grid)).await;
    (setting, desk, wang, zhao, numbers)
}

async fn hand_over(desk: &Client, from: &Client, to: &Client, over: &str) -> Answer {
    let (from, to) = (account_of(from).to_string(), account_of(to).to_string());
    let fields = [("from", from.as_str()), ("to", to.as_str()), ("over", over)];
    desk.post("/handover", &fields).await
}

/// With whom each part lies, and all that its clock knows.
async fn parts(app: &TestApp) -> Vec<(Uuid, Option<Uuid>, String)> {
    let reader = app.house().db().reader();
    let sql = "SELECT id, assignee_account_id, state || ' ' || marks || ' ' || sent_at || ' ' || \
               due_at || ' ' || allowed_minutes || ' ' || escalated AS clock FROM dispatch \
               ORDER BY id";
    let rows = reader
        .query_all_raw(statement(&reader, sql, []))
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "id").unwrap(),
                row.try_get("", "assignee_account_id").unwrap(),
                row.try_get("", "clock").unwrap(),
            )
        })
        .collect()
}

async fn handed_over(app: &TestApp) -> i64 {
    let reader = app.house().db().reader();
    let sql = "SELECT CAST(count(*) AS bigint) AS n FROM event WHERE name = 'requests.handed_over'";
    let row = reader
        .query_one_raw(statement(&reader, sql, []))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

testkit::on_both! {
    async fn all_that_lies_with_one_goes_to_the_other_and_both_are_told(app: TestApp) {
        let (setting, desk, wang, zhao, numbers) = two_workers(&app, 3).await;
        let grid = over_area(setting.town.grids[0]);
        app.wait(90);
        let before = parts(&app).await;
        let overview = desk.get("/handover").await;
        assert!(overview.has_text("王芳") && !overview.has_text("赵强"), "{}", overview.text());
        let shown = desk
            .get(&format!("/handover?from={}&over={grid}", account_of(&wang)))
            .await;
        assert!(shown.has_text("要交接的事，共 3 件"), "{}", shown.text());
        assert_eq!(shown.count("section .list li"), 3);
        assert!(numbers.iter().all(|number| shown.has_text(number)));
        assert!(shown.has_text("到期，还剩"), "{}", shown.text());
        assert_eq!(shown.count("select#to option"), 2);
        assert!(shown.statements() <= 6, "{}", shown.statements());

        let done = hand_over(&desk, &wang, &zhao, &grid).await;

        assert_eq!(done.status(), 303, "{}", done.text());
        assert!(desk.get(done.location()).await.has_text("已交接 3 件"));
        let after = parts(&app).await;
        for (old, new) in before.iter().zip(&after) {
            assert_eq!((old.0, &old.2), (new.0, &new.2), "a clock was touched");
            assert_eq!(new.1, Some(account_of(&zhao).0));
        }
        assert_eq!(handed_over(&app).await, 3);
        assert!(desk.get("/requests").await.has_text("网格员 赵强"));
        assert!(zhao.get("/alerts").await.has_text("有 3 件事交接到您手上"));
        assert!(wang.get("/alerts").await.has_text("您手上的 3 件事已经交接给别人"));
        assert!(zhao.get("/tasks").await.has_text(&numbers[0]));
        assert!(wang.get("/tasks").await.count("main a.card") == 0);
        assert!(desk.get(&format!("/requests/{}", numbers[0])).await.has_text("交接"));
    }

    async fn the_same_again_moves_nothing_and_says_so(app: TestApp) {
        let (setting, desk, wang, zhao, _) = two_workers(&app, 2).await;
        let grid = over_area(setting.town.grids[0]);
        hand_over(&desk, &wang, &zhao, &grid).await;

        let again = hand_over(&desk, &wang, &zhao, &grid).await;

        assert_eq!(again.status(), 303, "{}", again.text());
        let said = desk.get(again.location()).await;
        assert!(said.has_text("没有要交接的事了，这次什么也没有改"), "{}", said.text());
        assert_eq!(handed_over(&app).await, 2);
        assert_eq!(zhao.get("/alerts").await.text().matches("交接到您手上").count(), 1);
    }

    async fn of_two_at_once_each_part_goes_once(app: TestApp) {
        let (setting, desk, wang, zhao, _) = two_workers(&app, 4).await;
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        let sun = app.on_duty("孙丽", DutyKind::GridWorker, Some(setting.town.grids[0])).await;
        let grid = over_area(setting.town.grids[0]);

        let (one, other) = tokio::join!(
            hand_over(&desk, &wang, &zhao, &grid),
            hand_over(&chen, &wang, &sun, &grid),
        );

        assert_eq!((one.status(), other.status()), (303, 303), "{} {}", one.text(), other.text());
        assert_eq!(handed_over(&app).await, 4);
        let mut with: Vec<_> = parts(&app).await.iter().map(|part| part.1).collect();
        with.dedup();
        assert_eq!(with.len(), 1, "all went one way");
        assert_ne!(with[0], Some(account_of(&wang).0));
    }

    async fn a_part_that_changes_at_the_same_moment_goes_and_keeps_its_change(app: TestApp) {
        let (setting, desk, wang, zhao, numbers) = two_workers(&app, 3).await;
        let grid = over_area(setting.town.grids[0]);
        let path = format!("/requests/{}/take-up", numbers[1]);

        let (taken, gone) = tokio::join!(
            wang.post(&path, &[]),
            hand_over(&desk, &wang, &zhao, &grid),
        );

        assert_eq!((taken.status(), gone.status()), (303, 303), "{} {}", taken.text(), gone.text());
        let all = parts(&app).await;
        assert!(all.iter().all(|part| part.1 == Some(account_of(&zhao).0)), "{all:?}");
        assert_eq!(all.iter().filter(|part| part.2.starts_with("in_progress")).count(), 1);
        assert_eq!(handed_over(&app).await, 3);
    }

    async fn only_somebody_else_on_duty_there_takes_over(app: TestApp) {
        let (setting, desk, wang, _, _) = two_workers(&app, 1).await;
        let grid = over_area(setting.town.grids[0]);
        let elsewhere = app.on_duty("吴敏", DutyKind::GridWorker, Some(setting.town.grids[1])).await;
        let narrower = app
            .on_duty("郑洁", DutyKind::GridWorker, Some(setting.town.micro_grids[0][0]))
            .await;

        for (to, sentence) in [
            (&elsewhere, "接手的人不在这里当班"),
            (&narrower, "接手的人不在这里当班"),
            (&wang, "不能交给本人"),
        ] {
            let refused = hand_over(&desk, &wang, to, &grid).await;
            assert_eq!(refused.status(), 422);
            assert!(refused.has_text(sentence), "{}", refused.text());
        }
        let from = account_of(&wang).to_string();
        let nobody = desk.post("/handover", &[("from", &from), ("over", &grid), ("to", "")]).await;
        assert!(nobody.status() == 422 && nobody.has_text("请选接手的人"), "{}", nobody.text());
        let odd = desk.post("/handover", &[("from", &from), ("over", "street-1"), ("to", &from)]).await;
        assert_eq!(odd.status(), 404);
        let micro = over_area(setting.town.micro_grids[0][0]);
        assert_eq!(hand_over(&desk, &wang, &narrower, &micro).await.status(), 303);
        assert_eq!(handed_over(&app).await, 1);
    }

    async fn the_desk_and_the_administrator_hand_over_and_nobody_else(app: TestApp) {
        let (setting, _, wang, zhao, numbers) = two_workers(&app, 1).await;
        let grid = over_area(setting.town.grids[0]);
        let boss = app.on_duty("boss", DutyKind::Administrator, None).await;

        assert_eq!(wang.get("/handover").await.status(), 403);
        assert_eq!(hand_over(&wang, &wang, &zhao, &grid).await.status(), 403);
        let shown = boss.get(&format!("/handover?from={}&over={grid}", account_of(&wang))).await;
        // Who sets duties is not thereby shown what residents wrote.
        assert!(shown.has_text(&numbers[0]) && !shown.has_text("楼道灯不亮"), "{}", shown.text());
        assert_eq!(hand_over(&boss, &wang, &zhao, &grid).await.status(), 303);
        assert_eq!(handed_over(&app).await, 1);
    }

    async fn within_a_party_it_goes_to_another_of_the_party_and_a_neighbours_part_stays(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let party = setting.basics.handlers[1];
        let (qian, feng) = (app.handler("钱进", party).await, app.handler("冯伟", party).await);
        let stranger = app.handler("褚亮", setting.basics.handlers[2]).await;
        let number = dispatched_to(&setting, &desk, &party.to_string(), &[]).await;
        let over = format!("party-{party}");
        assert_eq!(qian.post(&format!("/requests/{number}/take-up"), &[]).await.status(), 303);

        assert_eq!(hand_over(&desk, &qian, &stranger, &over).await.status(), 422);
        let done = hand_over(&desk, &qian, &feng, &over).await;

        assert!(desk.get(done.location()).await.has_text("已交接 1 件"));
        assert!(desk.get("/requests").await.has_text("锦江苑物业 · 冯伟"));
    }

    async fn who_handled_it_before_still_does_not_call_back(app: TestApp) {
        let setting = without_rules(&app).await;
        let li = app.on_duty("li", DutyKind::Staff, None).await;
        let party = setting.basics.handlers[1];
        let mut tx = app.begin().await;
        let duty = NewDuty {
            account: account_of(&li),
            kind: DutyKind::Handler,
            area: None,
            handler: Some(party),
        };
        take_up(&mut tx, &duty).await.unwrap();
        tx.commit().await.unwrap();
        let feng = app.handler("冯伟", party).await;
        let number = dispatched_to(&setting, &li, &party.to_string(), &[]).await;
        let path = |act: &str| format!("/requests/{number}/{act}");
        assert_eq!(li.post(&path("take-up"), &[]).await.status(), 303);
        let over = format!("party-{party}");
        assert_eq!(hand_over(&li, &li, &feng, &over).await.status(), 303);
        assert_eq!(feng.post(&path("answer"), &[("words", "修好了")]).await.status(), 303);

        let answers = [("reached", "yes"), ("resolved", "yes"), ("satisfied", "yes")];
        let own = li.post(&path("call-back"), &answers).await;

        assert_eq!(own.status(), 409, "{}", own.text());
        let chen = app.on_duty("chen", DutyKind::Staff, None).await;
        assert_eq!(chen.post(&path("call-back"), &answers).await.status(), 303);
    }

    async fn many_take_no_more_statements_than_one(app: TestApp) {
        let (setting, desk, wang, zhao, _) = two_workers(&app, 1).await;
        let grid = over_area(setting.town.grids[0]);
        let one = hand_over(&desk, &wang, &zhao, &grid).await.statements();
        for _ in 0..7 {
            let building = setting.town.buildings[0][0][0].to_string();
            let more = [("building", building.as_str())];
            dispatched_to(&setting, &desk, "grid_worker", &more).await;
        }
        let sun = app.on_duty("孙丽", DutyKind::GridWorker, Some(setting.town.grids[0])).await;
        let from = parts(&app).await.last().unwrap().1.unwrap();
        let from = if from == account_of(&wang).0 { &wang } else { &zhao };

        let many = hand_over(&desk, from, &sun, &grid).await;

        assert!(handed_over(&app).await >= 8);
        assert_eq!(many.statements(), one);
    }

    async fn the_page_of_the_area_says_what_lies_with_who_laid_the_duty_down(app: TestApp) {
        let (setting, desk, wang, _, _) = two_workers(&app, 2).await;
        let area = format!("/areas/{}", setting.town.grids[0]);
        let reader = app.house().db().reader();
        let held = platform::door::on_duty(&reader, app.community(), app.house().now()).await;
        let duty = held.unwrap().into_iter().find(|duty| duty.name == "王芳").unwrap();
        assert!(!desk.get(&area).await.has_text("没办完"));
        app.wait(60);

        desk.post(&format!("/areas/duties/{}/end", duty.id), &[]).await;

        let page = desk.get(&area).await;
        assert!(page.has_text("手上还有 2 件诉求没办完"), "{}", page.text());
        let link = page.attribute("main a[href^='/handover']", "href").unwrap();
        let shown = desk.get(&link).await;
        assert!(shown.has_text("要交接的事，共 2 件"), "{}", shown.text());
        assert!(desk.get("/handover").await.has_text("已不在岗"));
        assert!(!app.visitor().get(&area).await.has_text("没办完"));
        assert_eq!(account_of(&wang), duty.account);
    }
}
