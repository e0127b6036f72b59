//! Chance draws among the labelled; who had no part asks; "not so" goes to a leader.

use crate::middle::{LATE, People, done, events, every_labelled_is_drawn, rows};

testkit::on_both! {
    async fn only_labelled_entries_are_drawn(app: TestApp) {
        let people = People::of(&app).await;
        every_labelled_is_drawn(&app).await;

        people.confirmed(&app).await;
        let in_time = rows(&app, "service_call").await;
        people.entered_on(&app, LATE).await;
        let waiting = rows(&app, "service_call").await;
        people.confirmed_on(&app, "2026-11-09").await;

        assert_eq!((in_time, waiting), (0, 0));
        assert_eq!(rows(&app, "service_call").await, 1);
    }

    async fn who_had_a_part_in_it_does_not_ask(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drawn(&app).await;
        let path = page.replace("entries", "calls");
        let so = [("choice", "so")];

        let by_typist = people.li.post(&path, &so).await;
        let by_second = people.zhou.post(&path, &so).await;
        let list = people.li.get("/hours/calls").await;
        done(&people.he.post(&path, &so).await);
        let again = people.he.post(&path, &so).await;

        assert_eq!((by_typist.status(), by_second.status(), again.status()), (409, 409, 409));
        assert!(by_typist.has_text("换一个人"), "{}", by_typist.text());
        assert!(list.has_text("请另一位工作人员来问"), "{}", list.text());
        assert!(list.statements() <= 6, "{} statements", list.statements());
        assert_eq!(events(&app, "hours.service_called_back").await, 1);
        assert!(people.he.get("/hours/calls").await.has_text("没有要回访的记录"));
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 1 小时 30 分钟"));
    }

    async fn who_is_not_reached_is_asked_again(app: TestApp) {
        let people = People::of(&app).await;
        let path = people.drawn(&app).await.replace("entries", "calls");

        done(&people.he.post(&path, &[("choice", "not_reached")]).await);
        let unsaid = people.he.post(&path, &[("choice", "maybe")]).await;
        let wordless = people.he.post(&path, &[("choice", "not_so")]).await;

        assert_eq!((unsaid.status(), wordless.status()), (422, 422));
        assert!(unsaid.has_text("请选问下来怎么样"), "{}", unsaid.text());
        assert!(people.he.get("/hours/calls").await.has_text("已经联系 1 次，没有联系上"));
    }

    async fn what_was_not_so_is_taken_back_by_an_opposite_entry_and_nothing_is_deleted(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drawn(&app).await;
        people.confirmed(&app).await;
        let path = page.replace("entries", "calls");

        done(&people.he.post(&path, &[("choice", "not_so"), ("words", "那天他在外地")]).await);
        let counted_meanwhile = people.wang.get("/me/hours").await;
        let told = people.leader.get("/alerts").await;
        let flag = flag(&people).await;
        let by_desk = people.he.post(&flag, &[("choice", "withdrawn"), ("words", "不属实")]).await;
        let wordless = people.leader.post(&flag, &[("choice", "withdrawn"), ("words", "")]).await;
        done(&people.leader.post(&flag, &[("choice", "withdrawn"), ("words", "本人承认写错了")]).await);
        let again = people.leader.post(&flag, &[("choice", "withdrawn"), ("words", "再撤")]).await;

        assert!(counted_meanwhile.has_text("累计时长 3 小时"), "{}", counted_meanwhile.text());
        assert!(told.has_text("2026-11-10的一条服务记录等您复核"), "{}", told.text());
        assert_eq!((by_desk.status(), wordless.status(), again.status()), (403, 422, 409));
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("累计时长 1 小时 30 分钟"), "{}", own.text());
        assert!(own.has_text("-1 小时 30 分钟"), "the opposite is there to see: {}", own.text());
        assert!(own.has_text("撤回的原因 本人承认写错了"), "{}", own.text());
        assert!(own.has_text("由社区负责人确认"), "{}", own.text());
        assert_eq!(rows(&app, "service").await, 3);
        assert_eq!(events(&app, "hours.service_withdrawn").await, 1);
        let done = people.leader.get("/hours/flags?done=1").await;
        assert!(done.has_text("那天他在外地"), "{}", done.text());
        assert!(done.has_text("本人承认写错了"));
    }

    async fn about_five_in_a_hundred_are_drawn(app: TestApp) {
        let people = People::of(&app).await;
        let past: Vec<_> = (0..400_i64)
            .map(|n| format!("王秀英,13800001234,2026-{:02}-{:02},{},扫楼道\n", 1 + n / 28 % 10, 1 + n % 28, 10 + n / 28))
            .collect();
        let csv = format!("姓名,电话,日期,分钟,内容\n{}", past.concat());
        let page = crate::importing::upload(&people, &csv).await;
        done(&people.li.post(&format!("{page}/confirm"), &[]).await);

        for _ in 0..8 {
            let list = people.zhou.get("/hours").await;
            let ids = crate::importing::ticked(&list);
            let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("entry", id.as_str())).collect();
            done(&people.zhou.post("/hours/confirm", &fields).await);
        }

        let drawn = rows(&app, "service_call").await;
        assert_eq!(events(&app, "hours.service_confirmed").await, 400);
        // Twenty are expected, with a deviation of 4.4: less than one run in a million lies outside.
        assert!((1..=44).contains(&drawn), "{drawn} of 400");
    }
}

/// The address of the first flag that is open to a leader.
async fn flag(people: &People) -> String {
    let page = people.leader.get("/hours/flags").await;
    page.attribute("form[action^='/hours/flags/']", "action")
        .unwrap()
}
