//! What needs two people at the desk: the fund, a help that the community pays, groups, closing.

use kernel::DutyKind;
use testkit::Client;

use crate::town::{
    LENGTH, Town, UNTIL_HELP, act, ask, balance, choose, code, done, events, offer, refused, state,
};

const WHY: (&str, &str) = ("reason", "街道公益金 100 小时");

/// The address at which the first proposal is decided.
async fn first(who: &Client) -> String {
    let page = who.get("/timebank/decisions").await;
    page.attribute("form[action^='/timebank/decisions/']", "action")
        .unwrap()
}

async fn raise_fund(town: &Town, hours: &str) {
    let fields = [("what", "fund"), ("hours", hours), WHY];
    done(&town.li.post("/timebank/decisions", &fields).await);
    let decision = first(&town.chen).await;
    done(&town.chen.post(&decision, &[("decision", "grant")]).await);
}

/// Wang has no credit; the desk is to look for it, and Liu is chosen.
async fn matched(town: &Town) -> String {
    done(&town.liu.client.post("/me/time/open", &[]).await);
    let answer = town
        .wang
        .client
        .post("/timebank/ask", &ask(&[("payer", "desk")]))
        .await;
    let page = answer.location().to_owned();
    done(&offer(&town.liu, &page).await);
    done(&choose(&town.li, &page, &town.liu).await);
    page
}

testkit::on_both! {
    async fn credit_comes_into_the_fund_by_two_people_and_is_shown(app: TestApp) {
        let town = Town::of(&app).await;
        let fields = [("what", "fund"), ("hours", "100"), WHY];
        let by_resident = town.wang.client.post("/timebank/decisions", &fields).await;
        done(&town.li.post("/timebank/decisions", &fields).await);
        let decision = first(&town.li).await;

        let alone = town.li.post(&decision, &[("decision", "grant")]).await;
        let before = app.visitor().get("/timebank").await;
        done(&town.chen.post(&decision, &[("decision", "grant")]).await);
        let twice = town.chen.post(&decision, &[("decision", "grant")]).await;

        assert_eq!(by_resident.status(), 403);
        refused(&alone, 409, "要另一位来办");
        assert!(before.has_text("专项时间还剩 0 分钟"), "{}", before.text());
        refused(&twice, 409, "刚刚有人动过");
        let after = app.visitor().get("/timebank").await;
        assert!(after.has_text("专项时间还剩 100 小时"), "{}", after.text());
        assert_eq!(events(&app, "timebank.fund_raised").await.len(), 1);
        let told = events(&app, "timebank.proposal_made").await;
        assert!(!told[0].body.contains("公益金"), "{}", told[0].body);
    }

    async fn the_fund_pays_for_a_help_when_two_people_agree_and_the_reason_stays_locked(app: TestApp) {
        let town = Town::of(&app).await;
        raise_fund(&town, "10").await;
        let page = matched(&town).await;
        assert_eq!(state(&app, &page).await, "matched");
        let why = [("source", "fund"), ("reason", "独居，腿脚不便")];
        done(&act(&town.li, &page, "propose", &why).await);
        let again = act(&town.chen, &page, "propose", &why).await;
        let decision = first(&town.li).await;
        let alone = town.li.post(&decision, &[("decision", "grant")]).await;
        assert!(town.chen.get("/timebank/decisions").await.has_text("独居"));
        done(&town.chen.post(&decision, &[("decision", "grant")]).await);

        refused(&again, 409, "已经提请过");
        refused(&alone, 409, "要另一位来办");
        assert_eq!(state(&app, &page).await, "reserved");
        for who in [&town.wang.client, &town.liu.client, &town.li] {
            assert!(!who.get(&page).await.has_text("独居"));
        }
        app.wait(UNTIL_HELP);
        let right = code(&app, &page).await;
        done(&act(&town.liu.client, &page, "sign-in", &[("code", &right)]).await);
        app.wait(LENGTH);
        done(&act(&town.liu.client, &page, "sign-out", &[("code", &right)]).await);
        done(&act(&town.wang.client, &page, "confirm", &[]).await);
        assert_eq!(balance(&app, town.liu.id).await, (120, 0));
        assert_eq!(balance(&app, town.wang.id).await, (0, 0));
        let front = app.visitor().get("/timebank").await;
        assert!(front.has_text("专项时间还剩 8 小时"), "{}", front.text());
        assert!(front.has_text("近 12 个月用出去的 2 小时"), "{}", front.text());
    }

    async fn the_pool_pays_only_what_lies_in_it(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let answer = town.wang.client.post("/timebank/ask", &ask(&[("payer", "desk")])).await;
        let page = answer.location().to_owned();
        done(&offer(&town.liu, &page).await);
        done(&choose(&town.li, &page, &town.liu).await);
        let why = [("source", "pool"), ("reason", "先用着")];
        done(&act(&town.li, &page, "propose", &why).await);
        let decision = first(&town.chen).await;

        let empty = town.chen.post(&decision, &[("decision", "grant")]).await;
        let before = state(&app, &page).await;
        let given = [("hours", "2"), ("minutes", "0")];
        done(&town.wang.client.post("/me/time/donate", &given).await);
        done(&town.chen.post(&decision, &[("decision", "grant")]).await);

        refused(&empty, 409, "不够了");
        assert_eq!(before, "matched");
        assert_eq!(state(&app, &page).await, "reserved");
    }

    async fn nobody_decides_about_a_help_of_their_own(app: TestApp) {
        let town = Town::of(&app).await;
        raise_fund(&town, "10").await;
        let page = matched(&town).await;
        let giver = town.liu.client.actor().account.unwrap();
        let mut tx = app.begin().await;
        for kind in [DutyKind::Staff, DutyKind::Leader] {
            let duty = platform::door::NewDuty { account: giver, kind, area: None, handler: None };
            platform::door::take_up(&mut tx, &duty).await.unwrap();
        }
        tx.commit().await.unwrap();
        let liu = app.signed_in(giver).await;
        let why = [("source", "fund"), ("reason", "给自己")];

        let proposes = act(&liu, &page, "propose", &why).await;
        done(&act(&town.li, &page, "propose", &why).await);
        let decision = first(&town.li).await;
        let decides = liu.post(&decision, &[("decision", "grant")]).await;

        refused(&proposes, 409, "自己的事");
        refused(&decides, 409, "自己的事");
        assert_eq!(state(&app, &page).await, "matched");
    }

    async fn what_is_turned_down_is_over_and_its_reason_erased(app: TestApp) {
        let town = Town::of(&app).await;
        let page = matched(&town).await;
        let why = [("source", "fund"), ("reason", "独居，腿脚不便")];
        done(&act(&town.li, &page, "propose", &why).await);
        let decision = first(&town.chen).await;
        let undecided = town.chen.post(&decision, &[]).await;
        done(&town.chen.post(&decision, &[("decision", "refuse")]).await);

        refused(&undecided, 422, "请选同意还是不同意");
        assert!(town.chen.get("/timebank/decisions").await.has_text("没有等着同意的事"));
        assert_eq!(crate::forgetting::reasons(&app).await, 0);
        assert_eq!(state(&app, &page).await, "matched");
        done(&act(&town.chen, &page, "propose", &why).await);
    }

    async fn the_hours_of_a_group_go_to_the_pool_and_nowhere_else(app: TestApp) {
        let town = Town::of(&app).await;
        let name = [("what", "name"), ("name", "锦绣志愿队")];
        done(&town.li.post("/timebank/decisions", &name).await);
        let twice = town.li.post("/timebank/decisions", &name).await;
        let page = town.li.get("/timebank/decisions").await;
        let group = page.value_of("select[name=group] option").unwrap();
        let fields = [
            ("what", "group"), ("group", group.as_str()), ("hours", "12"),
            ("reason", "11 月 20 日 6 人清扫楼道，居委会见证"),
        ];
        done(&town.li.post("/timebank/decisions", &fields).await);
        let decision = first(&town.chen).await;
        done(&town.chen.post(&decision, &[("decision", "grant")]).await);

        refused(&twice, 409, "已经有了");
        let front = app.visitor().get("/timebank").await;
        assert!(front.has_text("公益时间池 12 小时"), "{}", front.text());
        assert_eq!(events(&app, "timebank.group_donated").await.len(), 1);
    }

    async fn an_account_is_closed_at_the_desk_by_two_people(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = format!("/timebank/people/{}", town.wang.id);
        let why = [("reason", "女儿持继承公证书办理")];
        done(&town.li.post(&format!("{page}/close"), &why).await);
        let decision = first(&town.li).await;

        let alone = town.li.post(&decision, &[("decision", "grant")]).await;
        done(&town.chen.post(&decision, &[("decision", "grant")]).await);

        refused(&alone, 409, "要另一位来办");
        assert_eq!(balance(&app, town.wang.id).await, (0, 0));
        let front = app.visitor().get("/timebank").await;
        assert!(front.has_text("公益时间池 10 小时"), "{}", front.text());
        let closed = events(&app, "timebank.account_closed").await;
        assert_eq!(closed[0].person, Some(town.wang.id));
        let reopened = town.wang.client.post("/me/time/open", &[]).await;
        refused(&reopened, 409, "已经在服务台销户");
    }

    async fn what_waits_for_a_help_that_is_called_off_waits_no_longer(app: TestApp) {
        let town = Town::of(&app).await;
        let page = matched(&town).await;
        let why = [("source", "fund"), ("reason", "独居，腿脚不便")];
        done(&act(&town.li, &page, "propose", &why).await);

        done(&act(&town.wang.client, &page, "cancel", &[]).await);

        assert!(town.chen.get("/timebank/decisions").await.has_text("没有等着同意的事"));
        assert_eq!(crate::forgetting::reasons(&app).await, 0);
    }
}
