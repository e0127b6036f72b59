//! Opening, closing, giving to the pool, and taking everything along.

use jiff::civil::date;

use crate::town::{Town, balance, done, events, neighbour, refused};

testkit::on_both! {
    async fn who_is_under_age_opens_an_account_at_the_desk_with_a_guardian(app: TestApp) {
        let town = Town::of(&app).await;
        let pupil = neighbour(&app, "孙乐", date(2010, 9, 1), "13312345678").await;
        let page = format!("/timebank/people/{}", pupil.id);

        let alone = pupil.client.post("/me/time/open", &[]).await;
        let without = town.li.post(&format!("{page}/open"), &[]).await;
        done(&town.li.post(&format!("{page}/open"), &[("guardian", "yes")]).await);
        let twice = town.li.post(&format!("{page}/open"), &[("guardian", "yes")]).await;

        refused(&alone, 409, "和监护人一起到社区服务台办");
        refused(&without, 409, "和监护人一起到社区服务台办");
        refused(&twice, 409, "已经开过户了");
        let told = events(&app, "timebank.account_opened").await;
        assert!(told[0].body.contains("\"has_guardian\":true"), "{}", told[0].body);
    }

    async fn what_is_given_to_the_pool_is_gone_and_never_a_debt(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let wang = &town.wang.client;
        let give = |hours, minutes| [("hours", hours), ("minutes", minutes)];

        let too_much = wang.post("/me/time/donate", &give("11", "0")).await;
        let nothing = wang.post("/me/time/donate", &give("0", "0")).await;
        done(&wang.post("/me/time/donate", &give("1", "30")).await);

        refused(&too_much, 409, "时间币不够");
        refused(&nothing, 422, "时长要在");
        assert_eq!(balance(&app, town.wang.id).await, (510, 0));
        assert!(wang.get("/me/time").await.has_text("捐给公益时间池"));
    }

    async fn one_leaves_at_any_time_with_everything_and_can_come_back(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let export = town.wang.client.get("/me/time/export").await;
        let page = town.asked().await;
        let open = town.wang.client.post("/me/time/close", &[]).await;
        done(&crate::town::act(&town.wang.client, &page, "cancel", &[]).await);

        done(&town.wang.client.post("/me/time/close", &[]).await);
        let again = town.wang.client.post("/me/time/close", &[]).await;

        assert!(export.body().contains("开户时发放"), "{}", export.body());
        assert!(export.body().contains(",600\r\n"), "{}", export.body());
        refused(&open, 409, "还有没办完的");
        refused(&again, 409, "还没有开户");
        assert_eq!(balance(&app, town.wang.id).await, (0, 0));
        let front = app.visitor().get("/timebank").await;
        assert!(front.has_text("公益时间池 10 小时"), "{}", front.text());
        done(&town.wang.client.post("/me/time/open", &[]).await);
        crate::town::credit(&app, town.wang.id, 60).await;
        assert_eq!(balance(&app, town.wang.id).await, (60, 0));
    }

    async fn a_balance_is_read_by_its_holder_alone(app: TestApp) {
        let town = Town::with_credit(&app).await;

        let own = town.wang.client.get("/me/time").await;
        let other = town.liu.client.get("/me/time").await;

        assert!(own.has_text("可用 10 小时"), "{}", own.text());
        assert!(other.has_text("可用 0 分钟"), "{}", other.text());
        let page = format!("/timebank/people/{}", town.wang.id);
        assert_eq!(town.liu.client.get(&page).await.status(), 403);
        assert!(app.visitor().get("/me/time").await.location().starts_with("/sign-in"));
    }

    async fn the_desk_never_looks_at_an_account_unnoticed(app: TestApp) {
        let town = Town::with_credit(&app).await;
        for path in [
            format!("/timebank/people/{}", town.wang.id),
            format!("/timebank/record?for={}", town.wang.id),
        ] {
            let shown = town.li.get(&path).await;
            assert!(shown.has_text("10 小时"), "{}", shown.text());
        }

        let looks = events(&app, "people.seen").await;

        assert_eq!(looks.len(), 2);
        assert!(looks.iter().all(|look| look.person == Some(town.wang.id)));
        let nobody = format!("/timebank/people/{}", uuid::Uuid::nil());
        assert_eq!(town.li.get(&nobody).await.status(), 404);
    }

    async fn who_leaves_offers_nothing_any_more(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.offered().await;
        let shared = town.asked().await;
        done(&crate::town::offer(&town.liu, &shared).await);
        done(&crate::town::offer(&town.zhao, &shared).await);

        done(&town.liu.client.post("/me/time/close", &[]).await);

        assert_eq!(crate::town::state(&app, &page).await, "requested");
        assert_eq!(crate::town::state(&app, &shared).await, "offered");
        let shown = town.wang.client.get(&shared).await;
        assert!(shown.has_text("赵敏") && !shown.has_text("刘洋"), "{}", shown.text());
    }
}
