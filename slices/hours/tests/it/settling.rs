//! Two people make an hour: who confirms, who does not, many at once, two at once.

use crate::middle::{People, colleague, done, events, form, newest, rows};

testkit::on_both! {
    async fn a_second_person_confirms_and_the_hours_count_once(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;

        done(&people.zhou.post(&format!("{page}/confirm"), &[]).await);
        let again = people.he.post(&format!("{page}/confirm"), &[]).await;

        assert_eq!(again.status(), 409);
        assert!(again.has_text("有同事已经办过了"), "{}", again.text());
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("累计时长 1 小时 30 分钟"), "{}", own.text());
        assert!(own.has_text("由社区工作人员确认"), "by role, never by name: {}", own.text());
        assert!(!own.has_text("周敏"));
        assert!(own.has_text("离下一星还差 98 小时 30 分钟"), "{}", own.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 1);
        let shown = people.he.get(&page).await;
        assert!(shown.statements() <= 6, "{} statements", shown.statements());
        assert!(own.statements() <= 6, "{} statements", own.statements());
    }

    async fn who_typed_it_does_not_confirm_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;

        let shown = people.li.get(&page).await;
        let refused = people.li.post(&format!("{page}/confirm"), &[]).await;
        let id = newest(&app).await;
        let in_bulk = people.li.post("/hours/confirm", &[("entry", &id)]).await;

        assert!(shown.has_text("这一步要由另一位工作人员来办"), "{}", shown.text());
        assert_eq!((refused.status(), in_bulk.status()), (409, 409));
        assert!(refused.has_text("这条是您自己登记的"), "{}", refused.text());
        assert_eq!(people.li.get("/hours").await.count("input[name=entry]"), 0);
        assert_eq!(people.zhou.get("/hours").await.count("input[name=entry]"), 1);
        assert_eq!(events(&app, "hours.service_confirmed").await, 0);
    }

    async fn who_served_does_not_confirm_it(app: TestApp) {
        let people = People::of(&app).await;
        let own = colleague(&app, "王秀英", people.wang_id).await;
        let page = people.entered(&app).await;

        let confirmed = own.post(&format!("{page}/confirm"), &[]).await;
        let refused = own.post(&format!("{page}/refuse"), &[("words", "不对")]).await;

        assert_eq!((confirmed.status(), refused.status()), (409, 409));
        assert!(confirmed.has_text("这是您自己的服务"), "{}", confirmed.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 0);
    }

    async fn many_are_confirmed_at_once_or_none(app: TestApp) {
        let people = People::of(&app).await;
        let mut ids = Vec::new();
        for minutes in ["10", "20", "30"] {
            done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", minutes)]).fields()).await);
            ids.push(newest(&app).await);
        }
        done(&people.zhou.post("/hours/enter", &form(people.zhao_id, &[]).fields()).await);
        let own_typing = newest(&app).await;
        let fields = |ids: &[String]| -> Vec<(String, String)> {
            ids.iter().map(|id| ("entry".to_owned(), id.clone())).collect()
        };
        let with_own = fields(&[ids.clone(), vec![own_typing]].concat());
        let pairs = |all: &[(String, String)]| -> Vec<(String, String)> { all.to_vec() };
        let send = async |all: Vec<(String, String)>| {
            let borrowed: Vec<(&str, &str)> =
                all.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect();
            people.zhou.post("/hours/confirm", &borrowed).await
        };

        let refused = send(pairs(&with_own)).await;
        let nothing = people.zhou.post("/hours/confirm", &[]).await;
        let after_refusal = events(&app, "hours.service_confirmed").await;
        done(&send(fields(&ids)).await);

        assert_eq!((refused.status(), nothing.status()), (409, 409));
        assert!(nothing.has_text("一条也没有选"), "{}", nothing.text());
        assert_eq!(after_refusal, 0, "one was their own typing: none is confirmed");
        assert_eq!(events(&app, "hours.service_confirmed").await, 3);
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 1 小时 "));
        let strange = people.zhou.post("/hours/confirm", &[("entry", "nonsense")]).await;
        assert_eq!(strange.status(), 404);
    }

    async fn of_two_who_confirm_at_once_one_is_told_that_it_is_done(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;
        let path = format!("{page}/confirm");

        let (one, other) = tokio::join!(people.zhou.post(&path, &[]), people.he.post(&path, &[]));

        let mut both = [one.status(), other.status()];
        both.sort_unstable();
        assert_eq!(both, [303, 409], "{} {}", one.text(), other.text());
        assert_eq!(events(&app, "hours.service_confirmed").await, 1);
    }

    async fn a_refusal_says_why_and_the_volunteer_reads_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.entered(&app).await;

        let wordless = people.zhou.post(&format!("{page}/refuse"), &[("words", " ")]).await;
        done(&people.zhou.post(&format!("{page}/refuse"), &[("words", "签到表上没有这个人")]).await);
        let late = people.he.post(&format!("{page}/confirm"), &[]).await;

        assert_eq!((wordless.status(), late.status()), (422, 409));
        assert!(wordless.has_text("这一栏要写"), "{}", wordless.text());
        let own = people.wang.get("/me/hours").await;
        assert!(own.has_text("没有通过的原因 签到表上没有这个人"), "{}", own.text());
        assert!(own.has_text("累计时长 0 小时"), "{}", own.text());
        assert!(people.wang.get("/alerts").await.has_text("2026-11-20的服务没有通过"));
        assert_eq!(events(&app, "hours.service_refused").await, 1);
        assert_eq!(rows(&app, "service").await, 1, "it stays in the record");
    }
}
