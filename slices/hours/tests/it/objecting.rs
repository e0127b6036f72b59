//! Who does not agree with a refusal, until when, and who decides.

use crate::middle::{People, account, done, events, newest};

testkit::on_both! {
    async fn an_objection_is_decided_by_who_had_no_part_in_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;
        done(&people.zhou.post(&format!("{page}/refuse"), &[("words", "签到表上没有")]).await);
        let object = page.replace("/hours/entries/", "/me/hours/") + "/object";

        done(&people.wang.post(&object, &[("words", "我签在第二张表上")]).await);
        let twice = people.wang.post(&object, &[("words", "再说一遍")]).await;
        let decision = [("words", "第二张表上有")];
        let by_typist = people.li.post(&format!("{page}/grant"), &decision).await;
        let by_refuser = people.zhou.post(&format!("{page}/uphold"), &decision).await;
        let shown = people.he.get(&page).await;
        done(&people.he.post(&format!("{page}/grant"), &decision).await);

        assert_eq!(twice.status(), 409);
        assert_eq!((by_typist.status(), by_refuser.status()), (409, 409));
        assert!(by_refuser.has_text("这条记录您已经经手过"), "{}", by_refuser.text());
        assert!(shown.has_text("本人的异议 我签在第二张表上"), "{}", shown.text());
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("复核意见 第二张表上有"), "{}", own.text());
        assert!(own.has_text("累计时长 1 小时 30 分钟"), "{}", own.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 1);
        assert_eq!(events(&app, "hours.objection_decided").await, 1);
    }

    async fn a_refusal_that_stands_is_the_end(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;
        done(&people.zhou.post(&format!("{page}/refuse"), &[("words", "没有这件事")]).await);
        let object = page.replace("/hours/entries/", "/me/hours/") + "/object";
        done(&people.wang.post(&object, &[("words", "有的")]).await);

        done(&people.he.post(&format!("{page}/uphold"), &[("words", "问过三位邻居，都没有")]).await);
        let again = people.wang.post(&object, &[("words", "还是有的")]).await;

        assert_eq!(again.status(), 409);
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("复核后仍没有通过"), "{}", own.text());
        assert!(own.has_text("累计时长 0 小时"));
        assert_eq!(events(&app, "hours.service_confirmed").await, 0);
    }

    async fn who_does_not_agree_that_it_was_taken_back_is_heard_by_another(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.confirmed(&app).await;
        let object = page.replace("/hours/entries/", "/me/hours/") + "/object";
        let words = [("words", "那天我在，有照片")];
        let too_early = people.wang.post(&object, &words).await;
        done(&people.he.post(&format!("{page}/doubt"), &[("words", "不像")]).await);
        let flags = people.leader.get("/hours/flags").await;
        let flag = flags.attribute("form[action^='/hours/flags/']", "action").unwrap();
        done(&people.leader.post(&flag, &[("choice", "withdrawn"), ("words", "没人见过")]).await);

        done(&people.wang.post(&object, &words).await);
        let twice = people.wang.post(&object, &words).await;
        let renewed = format!("/hours/entries/{}", newest(&app).await);
        let decision = [("words", "问了物业，属实")];
        let by_typist = people.li.post(&format!("{renewed}/grant"), &decision).await;
        let meanwhile = people.wang.get("/me/hours").await;
        done(&people.he.post(&format!("{renewed}/grant"), &decision).await);

        assert_eq!((too_early.status(), twice.status(), by_typist.status()), (409, 409, 409));
        assert!(meanwhile.has_text("累计时长 0 小时"), "{}", meanwhile.text());
        assert_eq!(meanwhile.count("form[action$='/object']"), 0, "once");
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("累计时长 1 小时 30 分钟"), "{}", own.text());
        assert!(own.has_text("已撤回") && own.has_text("问了物业，属实"), "all of it stays: {}", own.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 2);
    }

    async fn only_the_owner_objects_with_words_and_within_fifteen_days(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;
        done(&people.zhou.post(&format!("{page}/refuse"), &[("words", "没有这件事")]).await);
        let object = page.replace("/hours/entries/", "/me/hours/") + "/object";
        let neighbour = app.resident_in_register("赵敏", people.zhao_id).await;
        let words = [("words", "有的")];

        let by_neighbour = neighbour.post(&object, &words).await;
        let by_desk = people.he.post(&object, &words).await;
        let wordless = people.wang.post(&object, &[("words", "")]).await;
        app.wait(15 * 24 * 60 + 1);
        let wang = app.signed_in(account(&people.wang)).await;
        let too_late = wang.post(&object, &words).await;

        assert_eq!((by_neighbour.status(), by_desk.status()), (404, 403));
        assert_eq!((wordless.status(), too_late.status()), (422, 409));
        assert!(wordless.has_text("这一栏要写"), "{}", wordless.text());
        assert!(too_late.has_text("已经超过 15 天"), "{}", too_late.text());
        assert_eq!(events(&app, "hours.service_objected").await, 0);
    }
}
