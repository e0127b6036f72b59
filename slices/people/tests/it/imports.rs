//! Files of other offices: what is refused, what is asked, what is written, what is taken back.

use kernel::DutyKind;
use platform::jobs;
use sea_orm::ConnectionTrait;
use testkit::{Client, TestApp};

use crate::town::{neighbours, record};

const LIST: &str = "姓名,性别,出生日期,联系电话,住址,与户主关系,居住情况\n\
    周玉兰,女,1955-05-01,139 0000 0001,1栋1单元101,户主,户籍在册\n\
    周小明,男,2012/6/1,,1栋1单元101,孙子,户籍在册\n\
    赵敏,女,1988-08-08,139 0000 0003,5栋1单元101,户主,租住\n\
    吴刚,男,,,19栋1单元101,户主,常住\n";

/// Brings a file and returns the address of its page.
async fn bring(desk: &Client, name: &str, bytes: &[u8]) -> String {
    let answer = desk
        .post_files("/people/import", &[], &[("file", name, bytes)])
        .await;
    assert_eq!(answer.status(), 303, "{}", answer.text());
    answer.location().to_owned()
}

/// Takes the columns as they were guessed.
async fn accept_columns(desk: &Client, file: &str) {
    let page = desk.get(file).await;
    let html = page.html();
    let chosen = scraper::Selector::parse("select option[selected]").expect("a selector");
    let select = scraper::Selector::parse("main select").expect("a selector");
    let fields: Vec<(String, String)> = html
        .select(&select)
        .filter_map(|select| {
            let column = select
                .select(&chosen)
                .next()
                .and_then(|option| option.attr("value"))?;
            Some((select.attr("name")?.to_owned(), column.to_owned()))
        })
        .collect();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, column)| (name.as_str(), column.as_str()))
        .collect();
    let answer = desk.post(&format!("{file}/columns"), &fields).await;
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// Brings a file, accepts all, and lets it be written.
async fn take_in(app: &TestApp, desk: &Client, csv: &str) -> String {
    let file = bring(desk, "名单.csv", csv.as_bytes()).await;
    accept_columns(desk, &file).await;
    let answer = desk
        .post(&format!("{file}/confirm"), &[("rest", "another")])
        .await;
    assert_eq!(answer.status(), 303, "{}", answer.text());
    app.work().await;
    file
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    let reader = app.house().db().reader();
    let row = reader
        .query_one_raw(platform::db::statement(&reader, sql, []))
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get("", "n").expect("a number")
}

testkit::on_both! {
    async fn a_list_is_previewed_confirmed_and_written(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("周敏", DutyKind::Staff, None).await;
        let file = bring(&desk, "名单.csv", LIST.as_bytes()).await;
        accept_columns(&desk, &file).await;

        let preview = desk.get(&format!("{file}/preview")).await;
        assert!(preview.has_text("新登记 3"), "{}", preview.text());
        assert!(preview.has_text("更正 1"));
        assert!(preview.has_text("第 5 行: 19栋1单元101"));
        assert!(!desk.get("/people").await.has_text("周玉兰"), "nothing is written yet");
        desk.post(&format!("{file}/confirm"), &[]).await;
        let waiting = desk.get(&file).await;
        assert!(waiting.has_text("正在写入名册") && waiting.count("progress[data-poll]") == 1);
        let queued = desk.get(&format!("{file}/progress.json")).await;
        assert_eq!(queued.json()["state"], "queued");
        app.work().await;

        let done = desk.get(&format!("{file}/progress.json")).await;
        assert_eq!(done.json()["state"], "done");
        assert_eq!(done.json()["href"], file);
        let list = desk.get("/people").await;
        assert!(list.has_text("周玉兰") && list.has_text("周小明") && list.has_text("吴刚"));
        assert!(desk.get("/people?unplaced=1").await.has_text("吴刚"));
        let zhao = app.resident_in_register("zhao", here.zhao).await;
        let mine = zhao.get("/me/data").await;
        assert!(mine.has_text("13900000003") && mine.has_text("租住"));
        assert!(mine.has_text("周敏") && mine.has_text("更正了：性别、出生日期、联系电话、居住情况"), "{}", mine.text());
        let household = "SELECT CAST(count(*) AS bigint) AS n FROM household WHERE address_text = '1栋1单元101'";
        assert_eq!(count(&app, household).await, 1, "one dwelling for both");
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(here.town.micro_grids[0][0])).await;
        assert!(worker.get("/people").await.has_text("周玉兰"), "the dwelling found its micro-grid");
        let body = "SELECT CAST(count(*) AS bigint) AS n FROM people_import WHERE body IS NOT NULL";
        assert_eq!(count(&app, body).await, 0, "the file is gone");
    }
}

testkit::on_both! {
    async fn a_second_time_the_same_list_changes_nothing(app: TestApp) {
        neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        take_in(&app, &desk, LIST).await;

        let file = bring(&desk, "名单.csv", LIST.as_bytes()).await;
        accept_columns(&desk, &file).await;
        let preview = desk.get(&format!("{file}/preview")).await;

        assert!(preview.has_text("已有且一致 4"), "{}", preview.text());
        assert!(preview.has_text("没有要写入的内容"));
        assert_eq!(desk.post(&format!("{file}/confirm"), &[]).await.status(), 422);
    }
}

testkit::on_both! {
    async fn columns_that_must_not_come_in_refuse_the_file(app: TestApp) {
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let csv = "姓名,住址,民族,备注\n王秀英,1栋1单元101,汉,11010519491231002X\n";

        let answer = desk.post_files("/people/import", &[], &[("file", "名单.csv", csv.as_bytes())]).await;

        assert_eq!(answer.status(), 422);
        assert!(answer.has_text("民族 : 民族。名册不登记。") || answer.has_text("民族: 民族。名册不登记。"), "{}", answer.text());
        assert!(answer.has_text("第 2 行里有身份证号"));
        assert!(answer.has_text("删去以上各列"));
        assert!(!answer.body().contains("11010519491231002X"));
        assert_eq!(count(&app, "SELECT CAST(count(*) AS bigint) AS n FROM people_import").await, 0);
    }
}

testkit::on_both! {
    async fn a_list_in_the_encoding_of_old_offices_is_read(app: TestApp) {
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let (bytes, _, _) = encoding_rs::GB18030.encode("姓名\t楼栋\t单元\t房号\r\n王秀英\t1\t2\t501\r\n");

        let file = bring(&desk, "名单.txt", &bytes).await;
        accept_columns(&desk, &file).await;

        assert!(desk.get(&file).await.has_text("王秀英"));
        assert!(desk.get(&format!("{file}/preview")).await.has_text("新登记 1"));
    }
}

testkit::on_both! {
    async fn a_broken_file_gets_a_sentence(app: TestApp) {
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let xlsx = sheets::write_xlsx("名单", &["姓名", "住址"], [vec![
            sheets::Cell::Text("王秀英".into()), sheets::Cell::Text("1栋1单元101".into()),
        ]])
        .expect("a workbook");
        let cut_off = &xlsx[..xlsx.len() / 2];

        for (bytes, words) in [
            (cut_off, "损坏"),
            (b"<html><table></table></html>".as_slice(), "网页"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "不是表格"),
        ] {
            let answer = desk.post_files("/people/import", &[], &[("file", "名单.xlsx", bytes)]).await;
            assert_eq!(answer.status(), 422, "{words}");
            assert!(answer.has_text(words), "{words}: {}", answer.text());
        }
        let none = desk.post_files("/people/import", &[], &[]).await;
        assert!(none.has_text("请先选一个文件"));
        let forged = desk.post_forged("/people/import/0/undo", &[]).await;
        assert_eq!(forged.status(), 403);
        bring(&desk, "名单.xlsx", &xlsx).await;
    }
}

testkit::on_both! {
    async fn one_wrong_row_keeps_the_whole_file_out(app: TestApp) {
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let csv = "姓名,电话,住址\n王秀英,13800001234,1栋1单元101\n李建国,1380000,1栋1单元101\n";
        let file = bring(&desk, "名单.csv", csv.as_bytes()).await;
        accept_columns(&desk, &file).await;

        let preview = desk.get(&format!("{file}/preview")).await;
        let confirmed = desk.post(&format!("{file}/confirm"), &[]).await;
        app.work().await;

        assert!(preview.has_text("第 3 行") && preview.has_text("电话“1380000”不对"));
        assert_eq!(confirmed.status(), 422);
        assert!(desk.get("/people").await.has_text("名册还是空的"));
    }
}

testkit::on_both! {
    async fn columns_can_be_chosen_by_hand(app: TestApp) {
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let file = bring(&desk, "名单.csv", "甲,乙\n王秀英,1栋1单元101\n".as_bytes()).await;

        let too_few = desk.post(&format!("{file}/columns"), &[("name", "0")]).await;
        let enough = desk.post(&format!("{file}/columns"), &[("name", "0"), ("address", "1")]).await;

        assert_eq!(too_few.status(), 422);
        assert!(too_few.has_text("至少要选好"));
        assert_eq!(enough.status(), 303);
        assert!(desk.get(enough.location()).await.has_text("新登记 1"));
    }
}

testkit::on_both! {
    async fn what_is_unclear_is_decided_by_a_person(app: TestApp) {
        neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        // The same sound behind the same door; the same name one floor up; a repeated row.
        let csv = "姓名,住址,电话\n王秀瑛,1栋2单元501,\n李建国,1栋2单元601,13700000001\n李建国,1栋2单元601,13700000001\n";
        let file = bring(&desk, "名单.csv", csv.as_bytes()).await;
        accept_columns(&desk, &file).await;

        let preview = desk.get(&format!("{file}/preview")).await;
        let undecided = desk.post(&format!("{file}/confirm"), &[("row-2", "same")]).await;
        let decided = desk.post(&format!("{file}/confirm"), &[("row-2", "same"), ("row-3", "another")]).await;
        app.work().await;

        assert!(preview.has_text("有 2 行要您判断"), "{}", preview.text());
        assert!(preview.has_text("文件内重复 1"));
        let marked: Vec<String> = {
            let mark = scraper::Selector::parse("mark").expect("a selector");
            preview.html().select(&mark).map(|mark| mark.text().collect()).collect()
        };
        assert!(marked.contains(&"瑛".to_owned()) && marked.contains(&"英".to_owned()), "{marked:?}");
        assert_eq!(undecided.status(), 422);
        assert!(undecided.has_text("还有 1 行没有判断"));
        assert_eq!(decided.status(), 303);
        let list = desk.get("/people").await;
        assert!(list.has_text("王秀瑛") && !list.has_text("王秀英"));
        assert_eq!(list.text().matches("李建国").count(), 2);
    }
}

testkit::on_both! {
    async fn a_written_file_can_be_taken_back_for_a_day(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let households = "SELECT CAST(count(*) AS bigint) AS n FROM household";
        let before = count(&app, households).await;
        let file = take_in(&app, &desk, LIST).await;
        assert!(desk.get(&file).await.has_text("可以整份撤销"));

        let answer = desk.post(&format!("{file}/undo"), &[]).await;
        let again = desk.post(&format!("{file}/undo"), &[]).await;

        assert_eq!((answer.status(), again.status()), (303, 409));
        let list = desk.get("/people").await;
        assert!(!list.has_text("周玉兰") && list.has_text("赵敏") && list.has_text("王秀英"));
        assert_eq!(count(&app, households).await, before);
        let zhao = app.resident_in_register("zhao", here.zhao).await;
        let mine = zhao.get("/me/data").await;
        assert!(!mine.body().contains("13900000003") && mine.has_text("常住"));
        assert!(mine.has_text("恢复为导入前的内容"));
        assert_eq!(count(&app, "SELECT CAST(count(*) AS bigint) AS n FROM people_import_row").await, 0);
    }
}

testkit::on_both! {
    async fn after_a_day_a_file_stays_and_what_it_overwrote_is_forgotten(app: TestApp) {
        neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let file = take_in(&app, &desk, LIST).await;
        let draft = bring(&desk, "另一份.csv", LIST.as_bytes()).await;
        assert_eq!(count(&app, "SELECT CAST(count(*) AS bigint) AS n FROM people_import_row").await, 1);

        app.wait(24 * 60 + 2);
        app.work().await;

        assert_eq!(count(&app, "SELECT CAST(count(*) AS bigint) AS n FROM people_import_row").await, 0);
        assert_eq!(desk.get(&draft).await.status(), 404, "a file that nobody confirmed is gone");
        let late = desk.post(&format!("{file}/undo"), &[]).await;
        assert_eq!(late.status(), 409);
        assert!(late.has_text("超过了 24 小时"));
        assert!(desk.get("/people").await.has_text("周玉兰"));
    }
}

testkit::on_both! {
    async fn a_file_is_not_taken_back_over_later_corrections(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let file = take_in(&app, &desk, LIST).await;
        let fields = [
            ("version", "2"), ("name", "赵明敏"), ("sex", "female"), ("birth_date", "1988-08-08"),
            ("relation", "head"), ("residence", "tenant"), ("address", "5栋1单元101"),
        ];
        assert_eq!(desk.post(&format!("{}/correct", record(here.zhao)), &fields).await.status(), 303);

        let answer = desk.post(&format!("{file}/undo"), &[]).await;

        assert_eq!(answer.status(), 409);
        assert!(answer.has_text("有 1 位居民的资料又有了变化"));
        assert!(desk.get("/people").await.has_text("周玉兰"), "all of it, or nothing");
        assert!(desk.get("/people").await.has_text("赵明敏"));
    }
}

testkit::on_both! {
    async fn a_killed_import_writes_nothing_and_is_done_after_its_lease(app: TestApp) {
        neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let file = bring(&desk, "名单.csv", LIST.as_bytes()).await;
        accept_columns(&desk, &file).await;
        desk.post(&format!("{file}/confirm"), &[]).await;
        // A worker that leased the job and half of whose transaction is lost with it.
        let tx = app.house().housekeeping(app.community()).await.expect("a transaction");
        let lease = "UPDATE job SET leased_until = $1, attempts = 1 WHERE kind = 'people.take_in'";
        let until = tx.now.plus_seconds(60).0;
        tx.execute_raw(platform::db::statement(&tx, lease, [until.into()])).await.expect("leased");
        tx.commit().await.expect("confirmed");
        let mut killed = app.begin().await;
        people::fixture::a_person("周玉兰").insert(&mut killed).await.expect("a person");
        drop(killed);

        app.work().await;
        assert!(!desk.get("/people").await.has_text("周玉兰"));
        assert_eq!(desk.get(&format!("{file}/progress.json")).await.json()["state"], "queued");
        app.wait(2);
        app.work().await;

        let list = desk.get("/people").await;
        assert_eq!(list.text().matches("周玉兰").count(), 1);
        let reader = app.house().db().reader();
        let waiting = jobs::waiting(&reader, app.community(), 50).await.expect("an answer");
        assert!(waiting.iter().all(|job| job.kind != people::import::TAKE_IN));
    }
}

testkit::on_both! {
    async fn a_register_that_changed_in_between_is_looked_at_again(app: TestApp) {
        neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let file = bring(&desk, "名单.csv", "姓名,住址\n孙立,1栋2单元502\n".as_bytes()).await;
        accept_columns(&desk, &file).await;
        desk.post(&format!("{file}/confirm"), &[]).await;
        let mut tx = app.begin().await;
        let household = people::fixture::a_household("1栋2单元502").insert(&mut tx).await.expect("a household");
        people::fixture::a_person("孙丽").living_at(household).insert(&mut tx).await.expect("a person");
        tx.commit().await.expect("confirmed");

        app.work().await;
        let progress = desk.get(&format!("{file}/progress.json")).await;

        assert!(!desk.get("/people").await.has_text("孙立"));
        assert_eq!(progress.json()["state"], "failed", "{}", progress.body());
        assert!(desk.get(&format!("{file}/preview")).await.has_text("请重新核对一遍"));
    }
}

testkit::on_both! {
    async fn the_command_takes_in_what_is_clear_and_nothing_else(app: TestApp) {
        let here = neighbours(&app).await;
        let actor = kernel::Actor::visitor(app.community());
        let unclear = "姓名,住址\n王秀瑛,1栋2单元501\n";

        let refused = people::import::load(app.house(), &actor, "a.csv", unclear.as_bytes(), None).await;
        let written = people::import::load(app.house(), &actor, "b.csv", LIST.as_bytes(), None).await.expect("clear");

        assert!(matches!(refused, Err(people::import::LoadError::NotReady(_))));
        assert_eq!((written.entered, written.corrected), (3, 1));
        let erased = app.resident_in_register("zhao", here.zhao).await;
        assert_eq!(erased.post("/me/data/erase", &[]).await.status(), 303);
        assert_eq!(count(&app, "SELECT CAST(count(*) AS bigint) AS n FROM people_import_row").await, 0, "also what the file overwrote");
    }
}
