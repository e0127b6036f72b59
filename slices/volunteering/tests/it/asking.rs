//! Whom one might ask, asking them, and their answer.

use crate::town::{
    MAY_BE_ASKED, People, SATURDAY, done, events, join, person_of, public, refused, rows,
};
use testkit::Client;

/// The names that are proposed for a post, in order.
async fn proposed(desk: &Client, page: &str) -> Vec<String> {
    let answer = desk.get(&format!("{page}/ask")).await;
    assert_eq!(answer.status(), 200, "{}", answer.text());
    assert!(answer.statements() <= 6, "{}", answer.statements());
    let names = scraper::Selector::parse(".choice b").unwrap();
    let html = answer.html();
    html.select(&names)
        .map(|name| name.text().collect())
        .collect()
}

/// Asks somebody for Saturday mornings.
async fn ask(desk: &Client, page: &str, who: &Client) -> testkit::Answer {
    let person = person_of(who).to_string();
    let fields = [("slot", SATURDAY), ("person", person.as_str())];
    desk.post(&format!("{page}/ask"), &fields).await
}

/// Where somebody answers their first asking.
async fn asking(who: &Client) -> String {
    let own = who.get("/me/volunteering").await;
    own.attribute("form[action*='/askings/']", "action")
        .unwrap_or_else(|| panic!("no asking in {}", own.text()))
}

async fn all_join(people: &People) {
    for who in [&people.wang, &people.li, &people.zhao] {
        join(who, &MAY_BE_ASKED).await;
    }
}

testkit::on_both! {
    async fn only_who_said_so_is_proposed_the_near_before_the_far_and_each_with_reasons(app: TestApp) {
        let people = People::of(&app).await;
        // The words name the building by which the way is measured.
        let page = people.open_post(&[("place", "8栋")]).await;
        let nobody = people.desk.get(&format!("{page}/ask")).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        join(&people.zhao, &MAY_BE_ASKED).await;

        let names = proposed(&people.desk, &page).await;
        let shown = people.desk.get(&format!("{page}/ask")).await;

        assert!(nobody.has_text("现在没有合适的人可以问"), "{}", nobody.text());
        assert_eq!(names, ["赵敏", "王秀英"]);
        assert!(shown.has_text("这个时段有空、住得近，100 米以内、还没有问过"), "{}", shown.text());
        assert!(!shown.has_text("李建国"));
    }

    async fn skills_times_and_reach_must_fit(app: TestApp) {
        let people = People::of(&app).await;
        let new = people.desk.get("/posts/desk/new").await;
        let html = new.html();
        let labels = scraper::Selector::parse("#skills label").unwrap();
        let label = html.select(&labels).find(|label| label.text().any(|text| text.contains("做饭"))).unwrap();
        let boxes = scraper::Selector::parse("input").unwrap();
        let cooking = label.select(&boxes).next().unwrap().attr("value").unwrap().to_owned();
        let page = people.open_post(&[("place", "1栋"), ("skill", &cooking)]).await;
        for who in [&people.wang, &people.zhao] {
            who.post("/me/data/skills", &[("skill", "cooking")]).await;
        }
        all_join(&people).await;
        assert_eq!(proposed(&people.desk, &page).await, ["王秀英", "赵敏"]);

        let near = [("version", "1"), ("slot", SATURDAY), ("reach", "300"), ("askings", "2")];
        done(&people.zhao.post("/me/volunteering", &near).await);
        assert_eq!(proposed(&people.desk, &page).await, ["王秀英"], "8栋 is further than 300 m");
        assert!(people.desk.get(&format!("{page}/ask")).await.has_text("会做饭"));
        let sundays = [("version", "1"), ("slot", "18"), ("reach", "anywhere"), ("askings", "2")];
        done(&people.wang.post("/me/volunteering", &sundays).await);
        assert!(proposed(&people.desk, &page).await.is_empty());
    }

    async fn who_is_asked_reads_why_and_says_yes(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("place", "2栋")]).await;
        join(&people.wang, &MAY_BE_ASKED).await;

        done(&ask(&people.desk, &page, &people.wang).await);
        let own = people.wang.get("/me/volunteering").await;
        let asking = asking(&people.wang).await;
        done(&people.wang.post(&asking, &[("answer", "yes")]).await);

        assert!(people.wang.get("/alerts").await.has_text("社区想请您帮忙：花园浇水岗"));
        for words in ["想请您帮忙：花园浇水岗", "为什么问您：", "这个时段有空", "住得近，", "还没有问过"] {
            assert!(own.has_text(words), "{words} in {}", own.text());
        }
        assert!(own.statements() <= 6, "{}", own.statements());
        assert!(people.desk.get(&page).await.has_text("王秀英"));
        refused(&people.wang.post(&asking, &[("answer", "yes")]).await, "已经答复过了");
        let claimed = events(&app).await.into_iter().find(|event| event.name == "volunteering.post_claimed");
        assert!(claimed.unwrap().body.contains("\"is_asked\":true"));
    }

    async fn a_no_is_kept_nowhere_but_that_nobody_asks_again_soon(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        let other = people.open_post(&[("name", "门口引导岗")]).await;
        let fields = [("slot", SATURDAY), ("reach", "anywhere"), ("askings", "8")];
        join(&people.wang, &fields).await;
        done(&ask(&people.desk, &page, &people.wang).await);

        done(&people.wang.post(&asking(&people.wang).await, &[("answer", "no")]).await);

        assert!(proposed(&people.desk, &page).await.is_empty());
        assert_eq!(proposed(&people.desk, &other).await, ["王秀英"], "it has no other consequence");
        assert!(!people.desk.get(&page).await.has_text("王秀英"));
        let told = events(&app).await;
        let ended: Vec<_> = told.iter().filter(|event| event.name == "volunteering.asking_ended").collect();
        assert_eq!(ended.len(), 1);
        assert!(ended[0].account.is_none() && !ended[0].body.contains("no"), "{}", ended[0].body);
        app.wait(181 * 24 * 60);
        let desk = app.signed_in(people.desk.actor().account.unwrap()).await;
        assert_eq!(proposed(&desk, &page).await, ["王秀英"]);
        assert!(desk.get(&format!("{page}/ask")).await.has_text("181 天没有问过了"));
        done(&ask(&desk, &page, &people.wang).await);
        assert_eq!(rows(&app, "post_asking").await, 1, "what has rested is forgotten");
    }

    async fn please_do_not_ask_me_for_this_is_kept_until_they_lift_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        done(&ask(&people.desk, &page, &people.wang).await);
        done(&people.wang.post(&asking(&people.wang).await, &[("answer", "never")]).await);

        app.wait(300 * 24 * 60);
        let desk = app.signed_in(people.desk.actor().account.unwrap()).await;
        let wang = app.signed_in(people.wang.actor().account.unwrap()).await;
        assert!(proposed(&desk, &page).await.is_empty());
        refused(&ask(&desk, &page, &wang).await, "现在不能问这个人了");

        let own = wang.get("/me/volunteering").await;
        assert!(own.has_text("这些岗位不再问我"), "{}", own.text());
        let again = own.attribute("form[action*='/again/']", "action").unwrap();
        for _ in 0..2 {
            done(&wang.post(&again, &[]).await);
        }
        assert_eq!(proposed(&desk, &page).await, ["王秀英"]);
    }

    async fn nobody_is_asked_more_often_than_they_said(app: TestApp) {
        let people = People::of(&app).await;
        let pages = [
            people.open_post(&[]).await,
            people.open_post(&[("name", "门口引导岗"), ("slot", "-")]).await,
            people.open_post(&[("name", "水电应急岗"), ("slot", "-")]).await,
        ];
        join(&people.wang, &MAY_BE_ASKED).await;

        done(&ask(&people.desk, &pages[0], &people.wang).await);
        let person = person_of(&people.wang).to_string();
        let on_call = [("slot", "call"), ("person", person.as_str())];
        done(&people.desk.post(&format!("{}/ask", pages[1]), &on_call).await);

        let third = people.desk.post(&format!("{}/ask", pages[2]), &on_call).await;
        refused(&third, "现在不能问这个人了");
        assert!(proposed(&people.desk, &pages[2]).await.is_empty());
        app.wait(31 * 24 * 60);
        let desk = app.signed_in(people.desk.actor().account.unwrap()).await;
        assert_eq!(proposed(&desk, &pages[2]).await, ["王秀英"]);
    }

    async fn being_asked_goes_round(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("place", "2栋")]).await;
        let other = people.open_post(&[("place", "2栋"), ("name", "门口引导岗")]).await;
        let fields = [("slot", SATURDAY), ("reach", "anywhere"), ("askings", "8")];
        for who in [&people.wang, &people.li] {
            join(who, &fields).await;
        }
        let first = proposed(&people.desk, &page).await[0].clone();
        let (who, second) = if first == "王秀英" { (&people.wang, "李建国") } else { (&people.li, "王秀英") };

        done(&ask(&people.desk, &page, who).await);
        done(&who.post(&asking(who).await, &[("answer", "not-now")]).await);

        assert_eq!(proposed(&people.desk, &other).await, [second, first.as_str()]);
    }

    async fn two_who_ask_the_same_person_at_once_ask_once(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        let other = app.on_duty("陈建", kernel::DutyKind::Staff, None).await;
        join(&people.wang, &MAY_BE_ASKED).await;

        let (one, another) = tokio::join!(
            ask(&people.desk, &page, &people.wang),
            ask(&other, &page, &people.wang)
        );

        let mut statuses = [one.status(), another.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!((rows(&app, "post_asking").await, rows(&app, "volunteer_asked").await), (1, 1));
    }

    async fn a_yes_comes_too_late_when_the_places_are_taken(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("places", "1")]).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        done(&ask(&people.desk, &page, &people.wang).await);
        done(&people.li.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);

        let late = people.wang.post(&asking(&people.wang).await, &[("answer", "yes")]).await;

        refused(&late, "刚刚认满了");
    }

    async fn nobody_answers_for_another_and_nothing_but_an_answer_is_taken(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        done(&ask(&people.desk, &page, &people.wang).await);
        let path = asking(&people.wang).await;

        refused(&people.li.post(&path, &[("answer", "yes")]).await, "已经答复过了");
        assert_eq!(people.wang.post(&path, &[("answer", "maybe")]).await.status(), 404);
        assert_eq!(people.wang.post(&path, &[]).await.status(), 404);
        assert_eq!(people.wang.get("/me/volunteering").await.count("form[action*='/askings/']"), 1);
    }

    async fn to_ask_one_must_choose_somebody_and_a_time(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        let stranger = uuid::Uuid::nil().to_string();
        let path = format!("{page}/ask");

        let nobody = people.desk.post(&path, &[("slot", SATURDAY)]).await;
        let unknown = people.desk.post(&path, &[("slot", SATURDAY), ("person", &stranger)]).await;
        let no_time = people.desk.post(&path, &[("slot", "3"), ("person", &stranger)]).await;

        assert_eq!(nobody.status(), 422);
        assert!(nobody.has_text("请至少选一位"));
        refused(&unknown, "现在不能问这个人了");
        refused(&no_time, "没有这个时段");
    }
}
