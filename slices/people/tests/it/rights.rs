//! What one can do about one's own data.

use kernel::DutyKind;

use crate::town::{neighbours, record};

testkit::on_both! {
    async fn everybody_sees_all_that_is_held_about_them(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;

        let mine = wang.get("/me/data").await;

        assert_eq!(mine.status(), 200);
        for words in ["王秀英", "1962年3月4日", "13800001234", "1栋2单元501", "户主", "登记入册"] {
            assert!(mine.has_text(words), "{words}: {}", mine.text());
        }
        assert!(!mine.has_text("李建国"), "nobody else, not of the same household either");
        assert!(wang.in_english().get("/me/data").await.has_text("4 Mar 1962"));
    }
}

testkit::on_both! {
    async fn an_account_without_an_entry_is_told_what_to_do(app: TestApp) {
        let resident = app.resident("wang").await;

        assert!(resident.get("/me/data").await.has_text("还没有和社区名册对上"));
        assert_eq!(resident.post("/me/data/correct", &[("phone", "")]).await.status(), 409);
        assert_eq!(app.visitor().get("/me/data").await.status(), 303);
    }
}

testkit::on_both! {
    async fn telephone_and_day_of_birth_are_corrected_at_once(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;

        let wrong = wang.post("/me/data/correct", &[("version", "1"), ("phone", "1380000"), ("birth_date", "1962-03-04")]).await;
        let right = wang.post("/me/data/correct", &[("version", "1"), ("phone", "139 0000 5678"), ("birth_date", "1962.3.5")]).await;
        let stale = wang.post("/me/data/correct", &[("version", "1"), ("phone", ""), ("birth_date", "")]).await;

        assert_eq!((wrong.status(), right.status(), stale.status()), (422, 303, 409));
        assert!(wrong.has_text("电话号码不对"));
        let mine = wang.get("/me/data").await;
        assert!(mine.has_text("13900005678") && mine.has_text("1962年3月5日"));
        assert!(!mine.body().contains("13800001234"));
    }
}

testkit::on_both! {
    async fn a_name_is_corrected_through_the_desk_and_a_refusal_says_why(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;
        let li = app.resident_in_register("li", here.li).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        assert_eq!(wang.post("/me/data/wishes", &[("field", "name"), ("wish", "138")]).await.status(), 422);
        wang.post("/me/data/wishes", &[("field", "name"), ("wish", "王秀瑛")]).await;
        li.post("/me/data/wishes", &[("field", "address"), ("wish", "5栋1单元101")]).await;

        let open = desk.get("/people/rights").await;
        assert!(open.has_text("王秀瑛") && open.has_text("最迟答复 12月6日"), "{}", open.text());
        let answers: Vec<String> = {
            let html = open.html();
            let forms = selector("form[action^='/people/rights/']");
            html.select(&forms).filter_map(|form| form.attr("action")).map(str::to_owned).collect()
        };
        let no_reason = desk.post(&answers[1], &[("decision", "refused")]).await;
        let granted = desk.post(&answers[0], &[("decision", "granted")]).await;
        let refused = desk.post(&answers[1], &[("decision", "refused"), ("reason", "没有这一户")]).await;
        let again = desk.post(&answers[1], &[("decision", "granted")]).await;

        assert_eq!(no_reason.status(), 422);
        assert_eq!((granted.status(), refused.status(), again.status()), (303, 303, 409));
        assert!(wang.get("/me/data").await.has_text("王秀瑛"));
        assert!(desk.get("/people?q=wangxiuying").await.has_text("王秀瑛"));
        assert!(li.get("/me/data").await.has_text("没有这一户"));
        assert!(desk.get("/people/rights").await.has_text("现在没有等待答复的申请"));
    }
}

fn selector(selector: &str) -> scraper::Selector {
    scraper::Selector::parse(selector).expect("a selector")
}

testkit::on_both! {
    async fn ones_own_data_can_be_taken_along(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;

        let json = wang.get("/me/data/export?as=json").await;
        let csv = wang.get("/me/data/export?as=csv").await;
        let xlsx = wang.get("/me/data/export?as=xlsx").await;

        assert_eq!(json.json()["person"]["phone"], "13800001234");
        assert!(csv.body().contains("王秀英") && csv.body().starts_with('\u{FEFF}'));
        assert!(xlsx.bytes().starts_with(b"PK"));
        assert!(csv.header("content-disposition").is_some_and(|value| value.contains("attachment")));
        assert!(wang.get("/me/data").await.has_text("导出了本人的全部资料"));
    }
}

testkit::on_both! {
    async fn erasing_asks_once_more_and_leaves_nothing_personal(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        desk.get(&record(here.wang)).await;
        wang.post("/me/data/wishes", &[("field", "name"), ("wish", "王秀瑛")]).await;

        assert!(wang.get("/me/data/erase").await.has_text("确定要删除吗"));
        let answer = wang.post("/me/data/erase", &[]).await;

        assert_eq!(answer.status(), 303);
        assert_eq!(desk.get(&record(here.wang)).await.status(), 404);
        assert!(!desk.get("/people").await.has_text("王秀英"));
        assert!(!desk.get("/people/rights").await.has_text("王秀瑛"));
        assert!(!desk.get(&record(here.li)).await.has_text("王秀英"));
        assert!(wang.get("/me/data").await.has_text("还没有和社区名册对上"));
        let reader = app.house().db().reader();
        let row = sea_orm::ConnectionTrait::query_one_raw(
            &reader,
            platform::db::statement(
                &reader,
                "SELECT name, name_pinyin, birth_date, phone_locked, phone_index, household_id FROM person WHERE id = $1",
                [here.wang.0.into()],
            ),
        )
        .await
        .expect("an answer")
        .expect("the empty entry stays");
        assert_eq!(row.try_get::<String>("", "name").expect("a column"), "");
        assert_eq!(row.try_get::<Option<Vec<u8>>>("", "phone_index").expect("a column"), None);
        assert_eq!(row.try_get::<Option<uuid::Uuid>>("", "household_id").expect("a column"), None);
    }
}
