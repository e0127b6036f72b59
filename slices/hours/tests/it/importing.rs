//! A spreadsheet of hours: strangers, doubles, 25 hours, overlaps; all of it is written or nothing.

use testkit::Answer;

use crate::middle::{People, done, events, form, rows};

testkit::on_both! {
    async fn a_right_sheet_is_written_whole_and_waits_for_a_second_person(app: TestApp) {
        let people = People::of(&app).await;
        let page = upload(&people, "志愿者姓名,联系电话,楼栋,房号,服务日期,服务时长（小时）,服务内容\n\
            王秀英,,3,501,2026/11/18,2.5,打扫楼道\n赵敏,139 0000 5678,,,2026-11-19,1,送餐\n").await;

        let look = people.li.get(&page).await;
        let nothing = rows(&app, "service").await;
        done(&people.li.post(&format!("{page}/confirm"), &[]).await);
        let again = people.li.post(&format!("{page}/confirm"), &[]).await;

        assert!(look.has_text("2 小时 30 分钟 · 打扫楼道"), "{}", look.text());
        assert!(look.has_text("可以写入 2"), "{}", look.text());
        assert!(look.statements() <= 6, "{} statements", look.statements());
        assert_eq!(nothing, 0, "looking writes nothing");
        assert_eq!(again.status(), 409);
        assert!(again.has_text("已经写入"), "{}", again.text());
        assert!(people.li.get(&page).await.has_text("写入了 2 条"));
        assert_eq!((rows(&app, "service").await, events(&app, "hours.imported").await), (2, 1));
        let waiting = people.zhou.get("/hours").await;
        assert_eq!(ticked(&waiting).len(), 2);
        assert_eq!(ticked(&people.li.get("/hours").await).len(), 0, "who brought it does not confirm it");
        assert!(people.wang.get("/me/hours/export").await.body().contains("批量"));
    }

    async fn every_row_that_does_not_fit_is_told_and_nothing_is_written(app: TestApp) {
        let people = People::of(&app).await;
        let mut tx = app.begin().await;
        for _ in 0..2 {
            people::fixture::a_person("张伟").phone("13811112222").insert(&mut tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let known = form(people.wang_id, &[("day", "2026-11-11"), ("minutes", "50")]);
        done(&people.li.post("/hours/enter", &known.fields()).await);
        let page = upload(&people, "姓名,电话,日期,开始时间,结束时间,分钟数,内容\n\
            陈新,13700001111,2026-11-18,,,60,送餐\n\
            张伟,13811112222,2026-11-18,,,60,送餐\n\
            王秀英,13800001234,2026-11-18,,,1500,扫楼道\n\
            王秀英,13800001234,2026-11-17,09:00,11:00,,扫楼道\n\
            王秀英,13800001234,2026-11-17,10:00,10:30,,扫楼道\n\
            王秀英,13800001234,2026-11-17,09:00,11:00,,扫楼道\n\
            王秀英,13800001234,2026-11-11,,,50,扫楼道\n\
            王秀英,13800001234,2027-11-17,,,60,扫楼道\n\
            王秀英,13700001111,2026-11-18,,,60,扫楼道\n").await;

        let look = people.li.get(&page).await;
        let refused = people.li.post(&format!("{page}/confirm"), &[]).await;

        for told in [
            "2 陈新 2026-11-18 居民登记里没有这个人",
            "3 张伟 2026-11-18 居民登记里有 2 个人都对得上",
            "4 王秀英 2026-11-18 一天只有 24 小时",
            "5 王秀英 2026-11-17 2 小时 · 扫楼道",
            "6 王秀英 2026-11-17 和第 5 行时间重叠",
            "7 王秀英 2026-11-17 和第 5 行同一天、同样长，像是重复了",
            "8 王秀英 2026-11-11 同一天、同样长的已经登记过",
            "9 王秀英 2027-11-17 这一天还没有到",
            "10 王秀英 2026-11-18 居民登记里没有这个人",
        ] {
            assert!(look.has_text(told), "{told} in {}", look.text());
        }
        assert_eq!(refused.status(), 422);
        assert!(refused.has_text("还有 8 行不对"), "{}", refused.text());
        assert_eq!(rows(&app, "service").await, 1);

        let strikes: Vec<(&str, &str)> =
            ["2", "3", "4", "6", "7", "8", "9"].iter().map(|row| ("strike", *row)).collect();
        let one_left = people.li.post(&format!("{page}/confirm"), &strikes).await;
        let all = [strikes.as_slice(), &[("strike", "10")]].concat();
        done(&people.li.post(&format!("{page}/confirm"), &all).await);

        assert_eq!(one_left.status(), 422);
        assert_eq!(one_left.count("input[name=strike][checked]"), 7, "what was struck stays so");
        assert_eq!(rows(&app, "service").await, 2);
    }

    async fn columns_are_chosen_when_they_cannot_be_guessed(app: TestApp) {
        let people = People::of(&app).await;
        let page = upload(&people, "姓名,电话,日期,时长,内容\n王秀英,13800001234,2026-11-18,2,扫楼道\n").await;

        let unknown = people.li.get(&page).await;
        let columns = [("name", "0"), ("phone", "1"), ("day", "2"), ("hours", "3"), ("done", "4")];
        done(&people.li.post(&format!("{page}/columns"), &columns).await);
        let known = people.li.get(&page).await;

        assert_eq!(unknown.count("input[name=strike]"), 0);
        assert!(unknown.has_text("请选是分钟还是小时"), "{}", unknown.text());
        assert!(known.has_text("2 小时 · 扫楼道"), "{}", known.text());
        let beyond = [("name", "99"), ("phone", "x")];
        done(&people.li.post(&format!("{page}/columns"), &beyond).await);
        assert_eq!(people.li.get(&page).await.count("input[name=strike]"), 0);
    }

    async fn files_that_cannot_be_taken_in_are_refused_with_a_sentence(app: TestApp) {
        let people = People::of(&app).await;
        let send = async |csv: &str| {
            let file = [("file", "时长.csv", csv.as_bytes())];
            people.li.post_files("/hours/import", &[], &file).await
        };
        let many = format!("姓名,电话,日期,分钟,内容\n{}", "王秀英,13800001234,2026-11-18,2,扫\n".repeat(1_001));

        let id_numbers = send("姓名,身份证号,日期,分钟,内容\n王秀英,11010519491231002X,2026-11-18,60,扫\n").await;
        let too_many = send(&many).await;
        let empty = send("\n").await;
        let none = people.li.post_files("/hours/import", &[], &[]).await;

        for (answer, told) in [
            (&id_numbers, "不该收集的列"),
            (&too_many, "1,000"),
            (&none, "请选一个表格文件"),
        ] {
            assert_eq!(answer.status(), 422);
            let is_told = answer.has_text(told) || answer.has_text(&told.replace(',', ""));
            assert!(is_told, "{told} in {}", answer.text());
        }
        assert_eq!(empty.status(), 422);
        assert_eq!(rows(&app, "hours_import").await, 0, "nothing of it is kept");
        assert_eq!(people.wang.get("/hours/import").await.status(), 403);
    }

    async fn a_sheet_that_nobody_confirmed_is_gone_after_a_day(app: TestApp) {
        let people = People::of(&app).await;
        let page = upload(&people, "姓名,电话,日期,分钟,内容\n王秀英,13800001234,2026-11-18,60,扫楼道\n").await;

        app.wait(24 * 60 + 1);
        app.work().await;
        let li = app.signed_in(people.li.actor().account.unwrap()).await;
        let gone = li.post(&format!("{page}/confirm"), &[]).await;

        assert_eq!(gone.status(), 409);
        assert!(gone.has_text("过了一天已经删除"), "{}", gone.text());
        let reader = app.house().db().reader();
        let sql = "SELECT id FROM hours_import WHERE community_id = $1 AND body IS NOT NULL";
        let values = [app.community().0.into()];
        let left = platform::db::statement(&reader, sql, values);
        assert!(sea_orm::ConnectionTrait::query_all_raw(&reader, left).await.unwrap().is_empty());
    }
}

/// Li uploads a sheet; returns its page.
pub async fn upload(people: &People, csv: &str) -> String {
    let file = [("file", "时长.csv", csv.as_bytes())];
    let answer = people.li.post_files("/hours/import", &[], &file).await;
    done(&answer);
    answer.location().to_owned()
}

/// The ids of the entries that can be ticked on a page.
pub fn ticked(page: &Answer) -> Vec<String> {
    let body = page.body();
    let parts = body.split("name=\"entry\" value=\"").skip(1);
    parts
        .filter_map(|part| part.split('"').next())
        .map(str::to_owned)
        .collect()
}
