//! A scheme on its way: two people, an assembly, a notice; and what no scheme may pay for.

use crate::middle::{ADOPTION, DAY, People, done, refused, rows, step, version};

testkit::on_both! {
    async fn a_scheme_comes_into_force_step_by_step_and_takes_the_place_of_the_one_before(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.noticed().await;
        let public = page.replace("/desk", "");

        let early = step(&people.li, &page, "enforce", &[]).await;
        let read = app.visitor().get(&public).await;
        app.wait(10 * DAY);
        let people = people.again(&app).await;
        done(&step(&people.li, &page, "enforce", &[]).await);
        let front = app.visitor().get("/points").await;

        refused(&early, 409, "公示期还没有结束");
        assert!(read.has_text("居民代表会议表决通过：赞成 41 票，反对 3 票"), "{}", read.text());
        assert!(read.has_text("公示到11月27日为止"), "{}", read.text());
        assert!(front.has_text("楼道清洁") && front.has_text("每次 5 分"), "{}", front.text());
        assert!(front.has_text("锦居议〔2026〕7号"));
        assert!(front.statements() <= 6, "{} statements", front.statements());

        let second = people.noticed().await;
        app.wait(10 * DAY);
        let people = people.again(&app).await;
        done(&step(&people.li, &second, "enforce", &[]).await);

        assert_eq!(rows(&app, "points_scheme", "state = 'in_force'").await, 1);
        assert_eq!(rows(&app, "points_scheme", "state = 'superseded'").await, 1);
        let reader = app.house().db().reader();
        let items = points::items_in_force(&reader, app.community()).await.unwrap();
        assert_eq!(items.len(), 4, "the two that were taken over, and two new ones");
    }

    async fn who_drafts_does_not_say_that_it_was_talked_over(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;
        let said = [("said", "商量过")];

        let own = step(&people.li, &page, "deliberate", &said).await;
        let hint = people.li.get(&page).await;
        done(&step(&people.zhou, &page, "deliberate", &said).await);
        let late_item = people.add_item(&page, &[("name", "图书角整理")]).await;

        refused(&own, 409, "要另一个人来办");
        assert!(hint.has_text("请另一位同事来登记协商情况"), "{}", hint.text());
        assert_eq!(late_item.status(), 409, "{}", late_item.text());
    }

    async fn an_assembly_that_did_not_carry_it_adopts_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;
        done(&step(&people.zhou, &page, "deliberate", &[("said", "商量过")]).await);
        let with = |place: usize, value: &'static str| {
            let mut fields = ADOPTION;
            fields[place].1 = value;
            fields
        };

        let tie = step(&people.li, &page, "adopt", &with(3, "41")).await;
        let ahead = step(&people.li, &page, "adopt", &with(1, "2027-01-01")).await;
        let nameless = step(&people.li, &page, "adopt", &with(4, " ")).await;
        let strange = step(&people.li, &page, "adopt", &with(0, "the_committee")).await;
        let skipped = step(&people.li, &page, "notice", &[]).await;

        refused(&tie, 409, "赞成票没有超过反对票");
        refused(&ahead, 409, "还没有到");
        refused(&nameless, 422, "请填写");
        refused(&strange, 422, "请选一项");
        refused(&skipped, 409, "现在不能办了");
        assert_eq!(rows(&app, "points_scheme", "assembly IS NOT NULL").await, 0);
    }

    async fn no_scheme_pays_for_belief_politics_or_informing_and_says_why(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;
        let table = [
            ("参加教堂礼拜", "信不信教"),
            ("参加政治学习", "政治学习不能用积分衡量"),
            ("计划生育示范户", "生不生孩子是家里的事"),
            ("举报乱扔垃圾", "举报别人不能换积分"),
            ("主动撤回投诉", "投诉、信访是居民的权利"),
            ("投赞成票", "怎么投是居民自己的权利"),
            ("参加政策宣讲", "参加宣讲、转发、点赞不能算积分"),
        ];

        for (name, said) in table {
            let answer = people.add_item(&page, &[("name", name)]).await;
            refused(&answer, 422, said);
            assert_eq!(answer.value_of("input[name=name]").as_deref(), Some(name));
        }
        let in_title = people
            .li
            .post("/points/desk/schemes", &[("title", "举报奖励办法"), ("said", "好")])
            .await;
        refused(&in_title, 409, "举报别人不能换积分");
        assert_eq!(rows(&app, "points_item", "1 = 1").await, 2);
    }

    async fn an_item_is_worth_between_one_and_a_thousand(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;

        for points in ["0", "-5", "1001", "五", ""] {
            let answer = people.add_item(&page, &[("points", points)]).await;
            refused(&answer, 422, "请填 1 到 1000 之间的整数");
        }
        let narrow = people.add_item(&page, &[("day_cap", "4")]).await;
        refused(&narrow, 422, "每天的上限不能小于一次的分值");
        assert_eq!(rows(&app, "points_item", "1 = 1").await, 2);
    }

    async fn what_was_said_against_a_scheme_is_answered_before_it_comes_into_force(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.noticed().await;
        let public = page.replace("/desk", "");
        let object = format!("{public}/object");

        let by_visitor = app.visitor().post(&object, &[("said", "分太少")]).await;
        done(&people.wang.post(&object, &[("said", "陪看病应该多给一点")]).await);
        app.wait(10 * DAY);
        let people = people.again(&app).await;
        let unanswered = step(&people.li, &page, "enforce", &[]).await;
        let late = people.wang.post(&object, &[("said", "还有一条")]).await;
        let shown = people.li.get(&page).await;
        let which = shown.value_of("input[name=which]").unwrap();
        let answer = [("which", which.as_str()), ("said", "下一版再议，先试半年")];
        done(&step(&people.li, &page, "answer", &answer).await);
        let twice = step(&people.zhou, &page, "answer", &answer).await;
        done(&step(&people.li, &page, "enforce", &[]).await);

        assert_eq!(by_visitor.status(), 401, "a visitor signs in first");
        refused(&unanswered, 409, "还有意见没有答复");
        refused(&late, 409, "已经结束");
        refused(&twice, 409, "有人刚刚办过了");
        let read = app.visitor().get(&public).await;
        assert!(read.has_text("陪看病应该多给一点") && read.has_text("先试半年"), "{}", read.text());
        assert!(!read.text().contains("wang"), "who said it is not told");
        assert!(people.wang.get("/alerts").await.has_text("的意见有答复了"));
    }

    async fn two_who_move_a_scheme_at_once_are_not_both_heard(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;
        let stale = version(&people.zhou, &page).await;
        done(&step(&people.zhou, &page, "deliberate", &[("said", "商量过")]).await);

        let second = people
            .head
            .post(&format!("{page}/deliberate"), &[("version", &stale), ("said", "我也商量过")])
            .await;
        let withdrawn = step(&people.li, &page, "withdraw", &[]).await;

        refused(&second, 409, "有人刚刚办过了");
        assert_eq!(withdrawn.status(), 500, "broken off half-way");
        assert_eq!(rows(&app, "points_scheme", "state = 'deliberated'").await, 1, "and nothing of it stays");
    }

    async fn a_draft_is_read_by_those_who_work_on_it_only(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted().await;

        assert_eq!(app.visitor().get(&page.replace("/desk", "")).await.status(), 404);
        assert_eq!(people.wang.get(&page).await.status(), 403);
        assert_eq!(people.wang.post("/points/desk/schemes", &[("title", "我的"), ("said", "好")]).await.status(), 403);
        assert!(people.head.get(&page).await.statements() <= 6);
        assert_eq!(people.head.get("/points/schemes/none").await.status(), 404);
    }
}
