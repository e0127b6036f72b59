//! Service typed at the desk: whom it is for, what is wrong with it, and what labels it.

use kernel::DutyKind;

use crate::middle::{LATE, People, TODAY, colleague, done, events, form, rows};

testkit::on_both! {
    async fn the_desk_finds_the_person_and_types_what_they_did(app: TestApp) {
        let people = People::of(&app).await;

        let found = people.li.get("/hours/enter?q=wangxiuying").await;
        let nobody = people.li.get("/hours/enter?q=陈新").await;
        let page = people.li.get(&format!("/hours/enter?person={}", people.wang_id)).await;
        let sent = people.li.post("/hours/enter", &form(people.wang_id, &[]).fields()).await;

        assert!(found.has_text("王秀英 3栋2单元501"), "{}", found.text());
        assert!(nobody.has_text("没有找到"));
        assert!(page.has_text("服务的人 王秀英"), "{}", page.text());
        done(&sent);
        let waiting = people.zhou.get("/hours").await;
        assert!(waiting.has_text("王秀英 11月20日 1 小时 30 分钟 打扫三栋楼道 李梅"), "{}", waiting.text());
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("等第二人确认"), "{}", own.text());
        assert!(own.has_text("累计时长 0 小时"), "it does not count yet: {}", own.text());
        assert_eq!(events(&app, "hours.service_entered").await, 1);
        for page in ["/hours/enter?q=wang", "/hours"] {
            let statements = people.li.get(page).await.statements();
            assert!(statements <= 6, "{page}: {statements}");
        }
    }

    async fn what_is_wrong_is_said_field_by_field_and_nothing_is_kept(app: TestApp) {
        let people = People::of(&app).await;

        for (others, told) in [
            (vec![("day", "2026-11-22")], "这一天还没有到"),
            (vec![("day", "昨天")], "请写日期"),
            (vec![("minutes", "1500")], "一天只有 24 小时"),
            (vec![("minutes", "")], "请写起止时间，或者写分钟数"),
            (vec![("minutes", "0")], "至少一分钟"),
            (vec![("minutes", "很久")], "时间看不懂"),
            (vec![("from", "16:00"), ("until", "14:00"), ("minutes", "")], "结束时间要晚于开始时间"),
            (vec![("from", "14:00"), ("until", "16:00")], "对不上"),
            (vec![("from", "23:00"), ("minutes", "90")], "过了零点的请分两天登记"),
            (vec![("done", " ")], "这一栏要写"),
            (vec![("done", "身份证 11010519491231002X")], "请把身份证号删掉"),
        ] {
            let refused = people.li.post("/hours/enter", &form(people.wang_id, &others).fields()).await;
            assert_eq!(refused.status(), 422, "{others:?}");
            assert!(refused.has_text(told), "{told} in {}", refused.text());
        }
        assert_eq!(rows(&app, "service").await, 0);
        let stranger = form(kernel::PersonId(uuid::Uuid::from_u128(1)), &[]);
        assert_eq!(people.li.post("/hours/enter", &stranger.fields()).await.status(), 404);
    }

    async fn twenty_five_hours_do_not_fit_into_a_day(app: TestApp) {
        let people = People::of(&app).await;
        let first = form(people.wang_id, &[("minutes", "1300")]);
        done(&people.li.post("/hours/enter", &first.fields()).await);

        let refused = people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", "200")]).fields()).await;
        done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", "140")]).fields()).await);
        done(&people.li.post("/hours/enter", &form(people.zhao_id, &[("minutes", "200")]).fields()).await);

        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("一天只有 24 小时：加上已经登记的"), "{}", refused.text());
        assert_eq!(refused.value_of("#minutes").as_deref(), Some("200"), "what was typed stays");
        assert_eq!(rows(&app, "service").await, 3);
    }

    async fn the_same_paper_typed_twice_is_noticed(app: TestApp) {
        let people = People::of(&app).await;
        done(&people.li.post("/hours/enter", &form(people.wang_id, &[]).fields()).await);

        let again = people.zhou.post("/hours/enter", &form(people.wang_id, &[]).fields()).await;
        let at_another_time = form(people.wang_id, &[("from", "16:00")]);
        done(&people.zhou.post("/hours/enter", &at_another_time.fields()).await);

        assert_eq!(again.status(), 409);
        assert!(again.has_text("同一天、同样长的已经登记过"), "{}", again.text());
        assert_eq!(rows(&app, "service").await, 2);
    }

    async fn an_overlap_is_taken_in_and_put_on_the_list_to_be_looked_at(app: TestApp) {
        let people = People::of(&app).await;
        let morning = form(people.wang_id, &[("from", "09:00"), ("until", "11:00"), ("minutes", "")]);
        let same = form(people.wang_id, &[("from", "10:00"), ("until", "12:30"), ("minutes", "")]);

        done(&people.li.post("/hours/enter", &morning.fields()).await);
        done(&people.li.post("/hours/enter", &same.fields()).await);
        app.work().await;

        let flags = people.zhou.get("/hours/flags").await;
        assert!(flags.has_text("和另一条时间重叠"), "{}", flags.text());
        assert_eq!(rows(&app, "service_flag").await, 1);
        assert!(flags.statements() <= 6, "{} statements", flags.statements());
    }

    async fn late_and_own_entries_are_labelled_for_ever(app: TestApp) {
        let people = People::of(&app).await;
        let own = colleague(&app, "王秀英", people.wang_id).await;

        let in_time = people.entered_on(&app, "2026-11-14").await;
        let late = people.entered_on(&app, "2026-11-13").await;
        done(&own.post("/hours/enter", &form(people.wang_id, &[("day", TODAY)]).fields()).await);

        assert_eq!(labels(&people, &in_time).await, [false, false]);
        assert_eq!(labels(&people, &late).await, [true, false]);
        let typed_by_owner = format!("/hours/entries/{}", crate::middle::newest(&app).await);
        assert_eq!(labels(&people, &typed_by_owner).await, [false, true]);
        done(&people.zhou.post(&format!("{late}/confirm"), &[]).await);
        assert_eq!(labels(&people, &late).await, [true, false], "confirmed, and late still");
        let own = people.wang.get("/me/hours/export").await;
        let lines: Vec<String> = own.body().lines().map(str::to_owned).collect();
        let late = lines.iter().filter(|line| line.contains("2026-11-13")).collect::<Vec<_>>();
        assert!(late.len() == 1 && late[0].contains("补录"), "{lines:?}");
    }

    async fn only_the_desk_types(app: TestApp) {
        let people = People::of(&app).await;
        let fields = form(people.wang_id, &[("day", LATE)]);

        for kind in [DutyKind::GridWorker, DutyKind::DistrictViewer, DutyKind::Administrator] {
            let other = app.on_duty("other", kind, None).await;
            assert_eq!(other.post("/hours/enter", &fields.fields()).await.status(), 403, "{kind:?}");
        }
        assert_eq!(people.leader.post("/hours/enter", &fields.fields()).await.status(), 403);
        assert_eq!(people.wang.post("/hours/enter", &fields.fields()).await.status(), 403);
        assert_eq!(rows(&app, "service").await, 0);
    }
}

/// Whether an entry shows the labels late and own.
async fn labels(people: &People, page: &str) -> [bool; 2] {
    let shown = people.zhou.get(page).await;
    ["补录", "本人登记"].map(|label| shown.has_text(label))
}
