//! Direct relatives by the word of both, gifts between them, and spending on them.

use jiff::civil::date;
use testkit::{Client, TestApp};

use crate::town::{
    Neighbour, Town, act, ask, balance, choose, credit, done, events, neighbour, offer, person,
    refused,
};

const PATH: &str = "/me/time/relatives";

async fn son(app: &TestApp) -> Neighbour {
    neighbour(app, "王建国", date(1978, 5, 6), "13512345678").await
}

/// The id in the first form of a kind on the page.
async fn id(who: &Client, word: &str) -> String {
    let page = who.get(PATH).await;
    let form = format!("form[action='{PATH}/{word}'] input[name=id]");
    page.value_of(&form)
        .unwrap_or_else(|| panic!("{}", page.text()))
}

/// The son says that Wang is his mother, and she agrees.
async fn related(app: &TestApp, town: &Town) -> Neighbour {
    let son = son(app).await;
    done(&son.client.post("/me/time/open", &[]).await);
    let named = [
        ("name", "王秀英"),
        ("phone", "13812345678"),
        ("kind", "parent"),
    ];
    done(&son.client.post(&format!("{PATH}/name"), &named).await);
    let tie = id(&town.wang.client, "agree").await;
    done(
        &town
            .wang
            .client
            .post(&format!("{PATH}/agree"), &[("id", &tie)])
            .await,
    );
    son
}

testkit::on_both! {
    async fn a_tie_counts_when_both_agreed_and_each_for_themselves(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let son = son(&app).await;
        done(&son.client.post("/me/time/open", &[]).await);
        let named = [("name", "王秀英"), ("phone", "13812345678"), ("kind", "parent")];
        done(&son.client.post(&format!("{PATH}/name"), &named).await);
        let waiting = son.client.get(PATH).await;
        let asked = town.wang.client.get(PATH).await;
        let tie = id(&town.wang.client, "agree").await;
        let stranger = town.liu.client.post(&format!("{PATH}/agree"), &[("id", &tie)]).await;
        done(&town.wang.client.post(&format!("{PATH}/agree"), &[("id", &tie)]).await);

        assert!(!waiting.has_text("王秀英"), "{}", waiting.text());
        assert!(asked.has_text("王建国说自己是您的子女"), "{}", asked.text());
        refused(&stranger, 409, "现在不能这样办");
        assert!(son.client.get(PATH).await.has_text("王秀英 父亲或母亲"));
        assert_eq!(events(&app, "timebank.relative_agreed").await.len(), 1);
    }

    async fn the_answer_is_the_same_whether_somebody_lives_here_or_not(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let known = [("name", "王秀英"), ("phone", "13812345678"), ("kind", "parent")];
        let unknown = [("name", "王秀英"), ("phone", "13811111111"), ("kind", "parent")];
        let client = &town.liu.client;

        let found = client.post(&format!("{PATH}/name"), &known).await;
        let after_found = client.get(PATH).await.text();
        let missed = client.post(&format!("{PATH}/name"), &unknown).await;
        let after_missed = client.get(PATH).await.text();

        assert_eq!((found.status(), found.location()), (missed.status(), missed.location()));
        assert_eq!(after_found, after_missed);
        let bad = [("name", "王秀英"), ("phone", "12"), ("kind", "parent")];
        refused(&client.post(&format!("{PATH}/name"), &bad).await, 422, "电话号码不对");
        done(&client.post(&format!("{PATH}/withdraw"), &[]).await);
        assert!(!town.wang.client.get(PATH).await.has_text("刘洋"));
    }

    async fn a_gift_goes_to_a_relative_only_and_counts_when_it_is_accepted(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let son = related(&app, &town).await;
        let to = son.id.to_string();
        let stranger = town.liu.id.to_string();
        let gift = |to| [("to", to), ("hours", "3"), ("minutes", "0")];
        let wang = &town.wang.client;

        let to_stranger = wang.post(&format!("{PATH}/gift"), &gift(stranger.as_str())).await;
        done(&wang.post(&format!("{PATH}/gift"), &gift(to.as_str())).await);
        let offered = balance(&app, town.wang.id).await;
        let gift_id = id(&son.client, "accept").await;
        let by_other = town.liu.client.post(&format!("{PATH}/accept"), &[("id", &gift_id)]).await;
        done(&son.client.post(&format!("{PATH}/accept"), &[("id", &gift_id)]).await);
        let twice = son.client.post(&format!("{PATH}/accept"), &[("id", &gift_id)]).await;

        refused(&to_stranger, 409, "还没有登记为直系亲属");
        assert_eq!(offered, (420, 180));
        refused(&by_other, 409, "现在不能这样办");
        refused(&twice, 409, "现在不能这样办");
        assert_eq!(balance(&app, town.wang.id).await, (420, 0));
        assert_eq!(balance(&app, son.id).await, (180, 0));
    }

    async fn a_gift_returns_when_it_is_declined_lapses_or_the_tie_ends(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let son = related(&app, &town).await;
        let to = son.id.to_string();
        let gift = [("to", to.as_str()), ("hours", "1"), ("minutes", "0")];
        let wang = &town.wang.client;

        done(&wang.post(&format!("{PATH}/gift"), &gift).await);
        let gift_id = id(&son.client, "decline").await;
        done(&son.client.post(&format!("{PATH}/decline"), &[("id", &gift_id)]).await);
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        done(&wang.post(&format!("{PATH}/gift"), &gift).await);
        let tie = id(&son.client, "end").await;
        done(&son.client.post(&format!("{PATH}/end"), &[("id", &tie)]).await);

        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert!(wang.get(PATH).await.has_text("还没有登记"));
        let none = wang.post(&format!("{PATH}/gift"), &gift).await;
        refused(&none, 409, "还没有登记为直系亲属");
        assert_eq!(events(&app, "timebank.gift_ended").await.len(), 2);
    }

    async fn a_gift_that_nobody_answers_returns_after_thirty_days(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let son = related(&app, &town).await;
        let to = son.id.to_string();
        let gift = [("to", to.as_str()), ("hours", "1"), ("minutes", "0")];
        done(&town.wang.client.post(&format!("{PATH}/gift"), &gift).await);

        app.wait(30 * 24 * 60 + 1);
        app.work().await;

        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        let told = events(&app, "timebank.gift_ended").await;
        assert!(told[0].body.contains("lapsed"), "{}", told[0].body);
    }

    async fn a_full_account_takes_no_gift(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let son = related(&app, &town).await;
        credit(&app, son.id, 89_990).await;
        let to = son.id.to_string();
        let gift = [("to", to.as_str()), ("hours", "1"), ("minutes", "0")];
        done(&town.wang.client.post(&format!("{PATH}/gift"), &gift).await);
        let gift_id = id(&son.client, "accept").await;

        let answer = son.client.post(&format!("{PATH}/accept"), &[("id", &gift_id)]).await;

        refused(&answer, 409, "账户存满了");
        assert_eq!(balance(&app, town.wang.id).await, (540, 60));
    }

    async fn one_spends_on_a_direct_relative_at_any_age(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let son = related(&app, &town).await;
        credit(&app, son.id, 300).await;
        let mother = town.wang.id.to_string();
        let fields = ask(&[("receiver", &mother)]);

        let answer = son.client.post("/timebank/ask", &fields).await;
        done(&answer);
        let page = answer.location().to_owned();
        let by_son = offer(&son, &page).await;
        done(&offer(&town.liu, &page).await);
        done(&choose(&son.client, &page, &town.liu).await);

        refused(&by_son, 409, "自己的事");
        assert_eq!(balance(&app, son.id).await, (180, 120));
        assert_eq!(balance(&app, town.wang.id).await, (600, 0));
        assert!(town.wang.client.get(&page).await.has_text("您是接受帮助的人"));
        done(&act(&town.wang.client, &page, "cancel", &[]).await);
        assert_eq!(balance(&app, son.id).await, (300, 0));
    }

    async fn the_desk_notes_what_two_people_signed_on_paper(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let mother = person(&app, "周桂兰", date(1945, 1, 1), "13412345678").await;
        let page = format!("/timebank/people/{mother}");
        let tie = |signed, other_signed| [
            ("other_phone", "13712345678"), ("kind", "child"),
            ("signed", signed), ("other_signed", other_signed),
        ];

        let nobody = town.li.post(&format!("{page}/tie"), &tie("", "")).await;
        let by_resident = town.liu.client.post(&format!("{page}/tie"), &tie("yes", "yes")).await;
        done(&town.li.post(&format!("{page}/tie"), &tie("yes", "")).await);
        let half = town.li.get(&page).await;
        done(&town.li.post(&format!("{page}/tie"), &tie("", "yes")).await);
        let whole = town.li.get(&page).await;

        refused(&nobody, 422, "至少要有一位签了字");
        assert_eq!(by_resident.status(), 403);
        assert!(half.has_text("赵敏 子女 等对方同意"), "{}", half.text());
        assert!(whole.has_text("赵敏 子女 双方已同意"), "{}", whole.text());
        assert!(town.zhao.client.get(PATH).await.has_text("周桂兰 父亲或母亲"));
    }
}
