//! What an administrator does.

use kernel::DutyKind;
use kernel::events::PasswordSet;
use platform::door::{self, NewAccount};

use crate::people::{administrator, with_password};
use crate::probe;

testkit::on_both! {
    async fn accounts_are_opened_found_and_counted(app: TestApp) {
        let li = administrator(&app).await;
        for (name, shown) in [("wang.fang", "王芳"), ("100%", "百分百"), ("zhang_san", "张三")] {
            li.post("/admin/accounts", &[("sign_in_name", name), ("display_name", shown)]).await;
        }

        let found = li.get("/admin/accounts?q=%E7%8E%8B").await;
        let literal = li.get("/admin/accounts?q=_").await;
        let none = li.get("/admin/accounts?q=%25%25").await;

        assert!(found.has_text("王芳") && !found.has_text("张三"), "{}", found.text());
        assert!(found.has_text("共 1 个账号") && found.has_text("还没设密码"));
        assert!(found.statements() <= 6);
        assert!(literal.has_text("张三") && !literal.has_text("王芳"));
        assert!(none.has_text("没有找到这样的账号"));
    }

    async fn a_taken_name_and_wrong_fields_are_told(app: TestApp) {
        with_password(&app, "wang").await;
        let li = administrator(&app).await;

        let taken =
            li.post("/admin/accounts", &[("sign_in_name", "WANG"), ("display_name", "王")]).await;
        let wrong = li.post(
            "/admin/accounts",
            &[("sign_in_name", "100%"), ("display_name", ""), ("email", "what")],
        ).await;

        assert_eq!((taken.status(), wrong.status()), (422, 422));
        assert!(taken.has_text("这个登录名已经有人用了"));
        assert_eq!(wrong.count(".errors li"), 3);
        assert_eq!(wrong.value_of("#email").as_deref(), Some("what"), "what was typed stays");
    }

    async fn long_lists_have_pages(app: TestApp) {
        let li = administrator(&app).await;
        for _ in 0..60 {
            app.account("neighbour", None).await;
        }

        let first = li.get("/admin/accounts").await;
        let second = li.get("/admin/accounts?page=2").await;

        assert_eq!((first.count("tbody tr"), second.count("tbody tr")), (50, 11));
        assert!(first.has_text("第 1 页，共 2 页") && second.count("a[rel=prev]") == 1);
    }

    async fn somebody_is_put_on_duty_and_lays_it_down(app: TestApp) {
        with_password(&app, "wang").await;
        let li = administrator(&app).await;
        let staff = [("sign_in_name", "wang"), ("kind", "staff")];

        let taken = li.post("/admin/duties", &staff).await;
        let twice = li.post("/admin/duties", &staff).await;
        let here_not = li.post("/admin/duties", &[("sign_in_name", "wang"), ("kind", "grid_worker")]).await;
        let nobody = li.post("/admin/duties", &[("sign_in_name", "who"), ("kind", "staff")]).await;

        assert_eq!(taken.status(), 303);
        assert!(twice.has_text("已经在这个岗位上了"));
        assert!(here_not.has_text("请选择岗位。"));
        assert!(nobody.has_text("没有这个姓名或登录名的在用账号"));
        let page = li.get("/admin/duties").await;
        // The administrator who opened the account, the one who looks, and the new one.
        assert_eq!(page.count("tbody tr"), 3);
        assert!(page.has_text("社区工作者") && page.statements() <= 6);
    }

    async fn a_colleague_is_named_as_people_call_them_unless_two_have_the_name(app: TestApp) {
        let open = async |sign_in_name: &str| {
            let mut tx = app.begin().await;
            let new = NewAccount {
                sign_in_name: sign_in_name.to_owned(),
                display_name: "于斌".to_owned(),
                email: None,
                person: None,
            };
            let account = door::open_account(&mut tx, &new).await.unwrap();
            tx.commit().await.unwrap();
            account
        };
        let meant = async |typed: &str| {
            let reader = app.house().db().reader();
            let found = door::colleague_named(&reader, app.community(), typed).await.unwrap();
            found.map(|account| account.id)
        };

        let first = open("yubin").await;
        let alone = meant(" 于斌 ").await;
        let second = open("yubin2").await;

        assert_eq!(alone, Some(first));
        assert_eq!(meant("于斌").await, None);
        assert_eq!(meant("YuBin2").await, Some(second));
    }

    async fn the_last_administrator_stays(app: TestApp) {
        let li = administrator(&app).await;
        let account = format!("/admin/accounts/{}", li.actor().account.unwrap());
        let lay_down = |page: testkit::Answer| page.attribute("tbody form", "action").unwrap();

        let closed = li.post(&format!("{account}/close"), &[]).await;
        let down = li.post(&lay_down(li.get("/admin/duties").await), &[]).await;

        assert_eq!((closed.status(), down.status()), (409, 409));
        assert!(down.has_text("这是最后一位管理员"));
        let wang = administrator(&app).await;
        assert_eq!(wang.post(&format!("{account}/close"), &[]).await.status(), 303);
        assert_eq!(li.get("/admin").await.status(), 303);
    }

    async fn holidays_are_pasted_as_they_are_announced(app: TestApp) {
        let li = administrator(&app).await;
        let save = async |hours: &str, holidays: &str| {
            let fields = [("name", "锦江苑"), ("working_hours", hours), ("holidays", holidays)];
            li.post("/admin/settings", &fields).await
        };
        let notice = "关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。";

        let before = li.get("/admin/settings").await;
        let wrong = save("9点到5点", "关于2027年部分节假日安排的通知\n元旦：1月1日（周四）放假。").await;
        let saved = save("09:00-12:00，13:30-17:30", notice).await;
        let after = li.get("/admin/settings").await;

        assert!(before.has_text("已知年份：2025、2026"), "{}", before.text());
        assert_eq!(wrong.status(), 422);
        assert!(wrong.has_text("上班时间没看懂"), "{}", wrong.text());
        assert!(wrong.has_text("2027-01-01 和括号里的星期对不上"));
        assert_eq!(saved.status(), 303, "{}", saved.text());
        assert!(after.has_text("已知年份：2025、2026、2027"), "{}", after.text());
        assert!(after.statements() <= 6);
    }

    async fn settings_are_kept_and_shown(app: TestApp) {
        let li = administrator(&app).await;

        let wrong = li.post("/admin/settings", &[("complaint_phone", "打给我")]).await;
        let saved = li.post(
            "/admin/settings",
            &[("name", "锦江苑"), ("complaint_phone", "028-8555 0000"), ("service_phone", "")],
        ).await;
        let page = li.get("/admin/settings").await;

        assert_eq!(wrong.status(), 422);
        assert_eq!(saved.status(), 303);
        assert!(page.has_text("监督电话 028-8555 0000"));
        assert_eq!(page.attribute("title", "x"), None);
        assert!(page.body().contains("锦江苑</title>") || page.body().contains("· 锦江苑<"));
        li.post("/admin/settings", &[]).await;
        assert!(li.get("/admin/settings").await.has_text("锦江苑社区"));
        // Nothing new is no fault, and no event.
        assert_eq!(li.post("/admin/settings", &[]).await.status(), 303);
    }

    async fn the_record_says_who_did_what_and_how_far_it_is_sealed(app: TestApp) {
        let li = administrator(&app).await;
        li.post("/admin/settings", &[("service_phone", "12345")]).await;
        let before = li.get("/admin/record").await;
        app.work().await;

        let after = li.get("/admin/record").await;

        assert!(before.has_text("还没有封存过"));
        assert!(after.has_text("修改社区设置") && after.has_text("admin"));
        assert!(after.has_text("已封存到第 1 号") && after.has_text("另有 0 条等待封存"));
        assert!(after.statements() <= 6);
    }

    async fn the_record_goes_back_page_by_page(app: TestApp) {
        let li = administrator(&app).await;
        let account = li.actor().account.unwrap();
        let mut tx = app.begin().await;
        for _ in 0..60 {
            tx.emit(&PasswordSet { account });
        }
        tx.commit().await.unwrap();

        let first = li.get("/admin/record").await;
        let older = first.attribute("a[rel=next]", "href").unwrap();
        let second = li.get(&older).await;

        assert_eq!(first.count("tbody tr"), 50);
        // Sixty, and founding, the account and the duty.
        assert_eq!(second.count("tbody tr"), 13);
        assert_eq!(second.count("a[rel=next]"), 0);
    }

    async fn a_job_that_was_given_up_is_seen_and_tried_again(app: TestApp) {
        let li = administrator(&app).await;
        let mut tx = app.house().housekeeping(app.community()).await.unwrap();
        tx.later("probe.fail", &"");
        tx.commit().await.unwrap();
        for _ in 0..8 {
            app.work().await;
            app.wait(24 * 60);
        }

        let page = li.get("/admin/jobs").await;
        assert!(page.has_text("已放弃") && page.has_text("the post office is closed"), "{}", page.text());
        let retry = page.attribute("tbody form", "action").unwrap();
        li.post(&retry, &[]).await;

        assert!(li.get("/admin/jobs").await.has_text("等待中"));
    }

    async fn another_communitys_account_is_not_there(app: TestApp) {
        let li = administrator(&app).await;
        let found = platform::community::Found {
            is_district: false,
            slug: "other".into(),
            name: "别处".into(),
            district: None,
        };
        let other = platform::community::found(app.house(), &found).await.unwrap();
        let mut tx = app.house().begin(&kernel::Actor::visitor(other)).await.unwrap();
        let new = platform::door::NewAccount {
            sign_in_name: "chen".into(),
            display_name: "陈".into(),
            email: None,
            person: None,
        };
        let chen = platform::door::open_account(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(li.get(&format!("/admin/accounts/{chen}")).await.status(), 404);
        assert_eq!(li.post(&format!("/admin/accounts/{chen}/close"), &[]).await.status(), 404);
        assert!(!li.get("/admin/accounts").await.has_text("chen"));
    }

    async fn only_administrators_have_the_entry_in_the_navigation(app: TestApp) {
        let li = administrator(&app).await;
        let staff = app.on_duty("staff", DutyKind::Staff, None).await;

        assert!(li.get("/account").await.has_text("管理"));
        assert!(!staff.get("/account").await.has_text("管理"));
        assert_eq!(probe::done(app.house(), "opened").await, 2);
    }
}
