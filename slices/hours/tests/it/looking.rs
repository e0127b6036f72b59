//! What stands out is looked at by a person, and counts meanwhile.

use hours::{Given, flag_circles};
use kernel::events::HelpConfirmed;
use kernel::{HelpId, PersonId};
use testkit::{Client, TestApp};

use crate::middle::{People, colleague, done, events, form, rows};

testkit::on_both! {
    async fn thirteen_hours_a_day_and_many_short_visits_are_flagged_and_count(app: TestApp) {
        let people = People::of(&app).await;
        done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", "780")]).fields()).await);
        for minutes in ["11", "12", "13", "14", "15"] {
            done(&people.li.post("/hours/enter", &form(people.zhao_id, &[("minutes", minutes)]).fields()).await);
        }
        app.work().await;
        app.work().await;

        let flags = people.zhou.get("/hours/flags").await;

        assert!(flags.has_text("一天超过 12 小时"), "{}", flags.text());
        assert!(flags.has_text("一天里很多次短时间服务"), "{}", flags.text());
        assert_eq!(rows(&app, "service_flag").await, 2, "each once");
        assert_eq!(events(&app, "hours.service_flagged").await, 2);
        assert!(!people.wang.get("/me/hours").await.has_text("超过 12 小时"), "shown to the desk only");
    }

    async fn what_is_in_order_says_who_looked_at_what(app: TestApp) {
        let people = People::of(&app).await;
        done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", "780")]).fields()).await);
        app.work().await;
        let flag = action(&people.zhou).await;
        let right = [("choice", "right"), ("words", "防汛值守，问过带队的")];

        let wordless = people.zhou.post(&flag, &[("choice", "right"), ("words", " ")]).await;
        let nothing = people.zhou.post(&flag, &[("choice", "withdrawn"), ("words", "撤")]).await;
        let (one, other) = tokio::join!(people.zhou.post(&flag, &right), people.he.post(&flag, &right));

        assert_eq!((wordless.status(), nothing.status()), (422, 422));
        assert!(nothing.has_text("请选看下来的结果"), "{}", nothing.text());
        let mut both = [one.status(), other.status()];
        both.sort_unstable();
        assert_eq!(both, [303, 409]);
        let looked = people.zhou.get("/hours/flags?done=1").await;
        assert!(looked.has_text("防汛值守，问过带队的"), "{}", looked.text());
        assert!(looked.has_text("没有问题"));
        assert_eq!(events(&app, "hours.service_looked_at").await, 1);
        assert_eq!(people.wang.get("/hours/flags").await.status(), 403);
    }

    async fn the_desk_hands_on_and_a_leader_who_is_not_the_same_person_decides(app: TestApp) {
        let people = People::of(&app).await;
        done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", "780")]).fields()).await);
        let entry = format!("/hours/entries/{}", crate::middle::newest(&app).await);
        app.work().await;
        let flag = action(&people.zhou).await;
        let hand_on = [("choice", "to_leader"), ("words", "说不清楚")];
        let withdraw = [("choice", "withdrawn"), ("words", "不属实")];

        let zhou = also_leads(&app, &people.zhou).await;
        done(&zhou.post(&flag, &hand_on).await);
        let own_hand = zhou.post(&flag, &withdraw).await;
        let too_early = people.leader.post(&flag, &withdraw).await;

        assert_eq!((own_hand.status(), too_early.status()), (409, 409));
        assert!(own_hand.has_text("这一步要换一个人"), "{}", own_hand.text());
        assert!(too_early.has_text("没有计入时长"), "what waits does not count: {}", too_early.text());
        done(&people.he.post(&format!("{entry}/confirm"), &[]).await);
        done(&people.leader.post(&flag, &withdraw).await);
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 0 小时"));
    }

    async fn somebody_at_the_desk_may_doubt_and_never_their_own(app: TestApp) {
        let people = People::of(&app).await;
        let own = colleague(&app, "王秀英", people.wang_id).await;
        let waiting = people.entered(&app).await;
        let counted = people.confirmed_on(&app, "2026-11-19").await;
        let words = [("words", "那天楼道没人打扫")];

        let too_early = people.he.post(&format!("{waiting}/doubt"), &words).await;
        let by_owner = own.post(&format!("{counted}/doubt"), &words).await;
        done(&people.he.post(&format!("{counted}/doubt"), &words).await);
        let twice = people.he.post(&format!("{counted}/doubt"), &words).await;

        assert_eq!((too_early.status(), by_owner.status(), twice.status()), (409, 409, 409));
        assert!(people.leader.get("/hours/flags").await.has_text("那天楼道没人打扫"));
        let right = [("choice", "right"), ("words", "在后楼，属实")];
        let flag = action(&people.leader).await;
        done(&people.leader.post(&flag, &right).await);
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 1 小时 30 分钟"));
    }

    async fn helping_each_other_back_and_forth_is_flagged_once_and_counts(app: TestApp) {
        let people = People::of(&app).await;
        let helps = back_and_forth(&app, people.wang_id, people.zhao_id).await;

        let flagged = flag(&app, &helps).await;
        let again = flag(&app, &helps).await;
        let one_way = flag(&app, &helps[..1]).await;

        assert_eq!((flagged, again, one_way), (1, 0, 0));
        let flags = people.zhou.get("/hours/flags").await;
        assert!(flags.has_text("两个人之间来回互助"), "{}", flags.text());
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 3 小时"), "nothing is blocked");
    }
}

/// The address of the first flag that this person can look at.
async fn action(who: &Client) -> String {
    let page = who.get("/hours/flags").await;
    page.attribute("form[action^='/hours/flags/']", "action")
        .unwrap()
}

/// The same person, who now leads the community too.
async fn also_leads(app: &TestApp, who: &Client) -> Client {
    let account = who.actor().account.unwrap();
    let mut tx = app.begin().await;
    let duty = platform::door::NewDuty {
        account,
        kind: kernel::DutyKind::Leader,
        area: None,
        handler: None,
    };
    platform::door::take_up(&mut tx, &duty).await.unwrap();
    tx.commit().await.unwrap();
    app.signed_in(account).await
}

/// Three helps each way, one a day, an hour each.
async fn back_and_forth(app: &TestApp, one: PersonId, other: PersonId) -> Vec<Given> {
    let mut tx = app.begin().await;
    let mut helps = Vec::new();
    for n in 0..6_i8 {
        let (giver, receiver) = if n % 2 == 0 {
            (one, other)
        } else {
            (other, one)
        };
        let day = jiff::civil::date(2026, 11, 1 + n);
        let help: HelpId = tx.new_id();
        tx.emit(&HelpConfirmed {
            help,
            person: giver,
            minutes: 60,
            day: day.to_string(),
        });
        helps.push(Given {
            help,
            giver,
            receiver,
            day,
        });
    }
    tx.commit().await.unwrap();
    helps
}

async fn flag(app: &TestApp, helps: &[Given]) -> usize {
    let mut tx = app.begin().await;
    let raised = flag_circles(&mut tx, helps).await.unwrap();
    if raised > 0 {
        tx.commit().await.unwrap();
    }
    raised
}
