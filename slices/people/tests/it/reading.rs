//! Who finds whom, who opens what, and who learns of it.

use jiff::civil::date;
use kernel::DutyKind;

use crate::town::{neighbours, record};

testkit::on_both! {
    async fn a_grid_worker_finds_the_people_of_the_own_grid_only(app: TestApp) {
        let here = neighbours(&app).await;
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(here.town.micro_grids[0][0])).await;

        let list = worker.get("/people").await;

        assert_eq!(list.status(), 200);
        assert!(list.has_text("王秀英") && list.has_text("李建国"));
        assert!(!list.has_text("赵敏"));
        assert!(!list.body().contains("13800001234"));
        assert_eq!(worker.get(&record(here.wang)).await.status(), 200);
        assert_eq!(worker.get(&record(here.zhao)).await.status(), 404);
        assert!(!worker.get("/people?q=zhaomin").await.has_text("赵敏"));
    }
}

testkit::on_both! {
    async fn nobody_else_reads_the_register(app: TestApp) {
        let here = neighbours(&app).await;
        let area = here.town.micro_grids[0][0];
        let path = record(here.wang);

        for kind in [DutyKind::Administrator, DutyKind::MicroGridHead, DutyKind::Handler, DutyKind::DistrictViewer] {
            let somebody = app.on_duty("someone", kind, Some(area)).await;
            assert_eq!(somebody.get("/people").await.status(), 403, "{kind:?}");
            assert_eq!(somebody.get(&path).await.status(), 403, "{kind:?}");
            assert_eq!(somebody.get("/people/import").await.status(), 403, "{kind:?}");
        }
        let resident = app.resident_in_register("li", here.li).await;
        assert_eq!(resident.get(&path).await.status(), 403);
        assert_eq!(app.visitor().get(&path).await.status(), 303);
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(area)).await;
        assert_eq!(worker.get("/people/import").await.status(), 403);
        assert_eq!(worker.post(&format!("{path}/correct"), &[("name", "王英")]).await.status(), 403);
    }
}

testkit::on_both! {
    async fn a_resident_is_found_by_name_sound_initials_address_and_number(app: TestApp) {
        neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;

        for typed in ["王秀英", "秀英", "wangxiuying", "wang%20xiu", "WXY", "1栋2单元501", "一号楼", "138%200000%201234"] {
            let found = desk.get(&format!("/people?q={typed}")).await;
            assert!(found.has_text("王秀英"), "{typed}: {}", found.text());
            assert!(!found.has_text("赵敏"), "{typed}");
        }
        for typed in ["1380000", "13800001235", "xwy", "%25", "_", "9栋"] {
            let found = desk.get(&format!("/people?q={typed}")).await;
            assert!(found.has_text("没有找到"), "{typed}: {}", found.text());
        }
        assert!(!desk.get("/people?q=13800001234").await.count("td").eq(&0));
    }
}

testkit::on_both! {
    async fn a_list_can_be_narrowed_to_a_grid(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;

        let east = desk.get(&format!("/people?grid={}", here.town.grids[1])).await;
        let north = desk
            .get(&format!("/people?grid={}&micro={}", here.town.grids[1], here.town.micro_grids[1][1]))
            .await;

        assert!(east.has_text("赵敏") && !east.has_text("王秀英"));
        assert!(north.has_text("没有找到"));
    }
}

testkit::on_both! {
    async fn a_long_register_is_turned_page_by_page(app: TestApp) {
        let mut tx = app.begin().await;
        for number in 0..60 {
            let name = if number % 2 == 0 { "王安" } else { "王平" };
            people::fixture::a_person(name).insert(&mut tx).await.expect("a person");
        }
        tx.commit().await.expect("the act is confirmed");
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;

        let first = desk.get("/people?q=wang").await;
        let next = first.attribute("a[rel=next]", "href").expect("there are more");
        let second = desk.get(&next).await;

        assert_eq!(first.count("tbody tr"), 50);
        assert_eq!(second.count("tbody tr"), 10);
        assert_eq!(second.count("a[rel=next]"), 0);
        assert!(!next.contains("%E7%8E%8B"), "no name in the address bar");
    }
}

testkit::on_both! {
    async fn a_look_is_noted_and_the_resident_can_read_it(app: TestApp) {
        let here = neighbours(&app).await;
        let worker = app.on_duty("陈敏", DutyKind::GridWorker, Some(here.town.grids[0])).await;
        let wang = app.resident_in_register("王秀英", here.wang).await;
        assert!(!wang.get("/me/data").await.has_text("陈敏"));

        worker.get(&record(here.wang)).await;

        let mine = wang.get("/me/data").await;
        assert!(mine.has_text("陈敏"), "{}", mine.text());
        assert!(mine.has_text("因办事查看了档案"));
        let li = app.resident_in_register("李建国", here.li).await;
        assert!(!li.get("/me/data").await.has_text("陈敏"));
    }
}

testkit::on_both! {
    async fn a_number_is_shown_with_consent_only(app: TestApp) {
        let here = neighbours(&app).await;
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(here.town.grids[0])).await;
        let wang = app.resident_in_register("wang", here.wang).await;
        let path = record(here.wang);

        let before = worker.get(&path).await;
        wang.post("/me/data/consents", &[("purpose", "contact"), ("choice", "give")]).await;
        let given = worker.get(&path).await;
        wang.post("/me/data/consents", &[("purpose", "contact"), ("choice", "withdraw")]).await;
        let withdrawn = worker.get(&path).await;

        assert!(!before.body().contains("13800001234"));
        assert!(before.has_text("本人没有同意被联系"));
        assert!(given.has_text("13800001234"));
        assert!(!withdrawn.body().contains("13800001234"));
        // A grid worker needs the age group, not the day of birth.
        assert!(given.has_text("60–79 岁") && !given.body().contains("1962"));
    }
}

testkit::on_both! {
    async fn pages_take_few_statements(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let wang = app.resident_in_register("wang", here.wang).await;
        desk.get(&record(here.wang)).await;

        for path in ["/people", "/people?q=wang", "/people?q=1栋", "/people/import", "/people/rights"] {
            let statements = desk.get(path).await.statements();
            assert!(statements <= 6, "{path}: {statements}");
        }
        let statements = desk.get(&record(here.wang)).await.statements();
        assert!(statements <= 6, "record: {statements}");
        let statements = wang.get("/me/data").await.statements();
        assert!(statements <= 6, "own data: {statements}");
    }
}

testkit::on_both! {
    async fn two_people_correcting_at_once_do_not_overwrite_each_other(app: TestApp) {
        let here = neighbours(&app).await;
        let (zhou, sun) = (
            app.on_duty("zhou", DutyKind::Staff, None).await,
            app.on_duty("sun", DutyKind::Staff, None).await,
        );
        let path = format!("{}/correct", record(here.li));
        let form = |name: &'static str, phone: &'static str| {
            [
                ("version", "1"), ("name", name), ("sex", "male"), ("birth_date", ""), ("phone", phone),
                ("address", "1栋2单元501"), ("relation", "spouse"), ("residence", "registered"),
            ]
        };

        let first = zhou.post(&path, &form("李建国", "028-8674 1234")).await;
        let second = sun.post(&path, &form("李健国", "")).await;

        assert_eq!(first.status(), 303);
        assert_eq!(second.status(), 409);
        assert!(second.has_text("刚刚被别人改过"));
        let record = zhou.get(&record(here.li)).await;
        assert!(record.has_text("李建国") && record.has_text("配偶") && record.has_text("户籍在册"));
        let li = app.resident_in_register("li", here.li).await;
        let mine = li.get("/me/data").await;
        assert!(mine.has_text("02886741234"));
        assert!(mine.has_text("更正了：性别、联系电话、与户主关系、居住情况"), "{}", mine.text());
    }
}

testkit::on_both! {
    async fn a_correction_that_cannot_be_read_is_told_field_by_field(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let fields = [
            ("version", "1"), ("name", "王秀英（党员）"), ("birth_date", "1962-13-40"), ("phone", "12345"),
            ("address", "锦江苑"),
        ];

        let answer = desk.post(&format!("{}/correct", record(here.wang)), &fields).await;

        assert_eq!(answer.status(), 422);
        assert_eq!(answer.count(".errors li"), 4);
        assert!(answer.has_text("姓名只写名字") && answer.has_text("没看懂住址"));
        assert_eq!(answer.value_of("#birth_date").as_deref(), Some("1962-13-40"));
    }
}

testkit::on_both! {
    async fn a_move_takes_the_record_to_another_grid_worker(app: TestApp) {
        let here = neighbours(&app).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let west = app.on_duty("chen", DutyKind::GridWorker, Some(here.town.grids[0])).await;
        let east = app.on_duty("he", DutyKind::GridWorker, Some(here.town.grids[1])).await;
        let fields = [
            ("version", "1"), ("name", "李建国"), ("sex", "unknown"), ("relation", "head"),
            ("residence", "resident"), ("address", "5栋1单元101"),
        ];

        let answer = desk.post(&format!("{}/correct", record(here.li)), &fields).await;

        assert_eq!(answer.status(), 303);
        assert_eq!(west.get(&record(here.li)).await.status(), 404);
        let found = east.get(&record(here.li)).await;
        assert_eq!(found.status(), 200);
        assert!(found.has_text("赵敏"), "the household that is there already");
    }
}

testkit::on_both! {
    async fn the_api_tells_the_same_and_notes_the_look(app: TestApp) {
        let here = neighbours(&app).await;
        let worker = app.on_duty("陈敏", DutyKind::GridWorker, Some(here.town.grids[0])).await;
        let wang = app.resident_in_register("wang", here.wang).await;

        let list = worker.get("/api/v1/people?q=wxy").await;
        let other = worker.get(&format!("/api/v1{}", record(here.zhao))).await;
        let one = worker.get(&format!("/api/v1{}", record(here.wang))).await;
        let me = wang.get("/api/v1/me").await;

        assert_eq!(list.json()["items"][0]["name"], "王秀英");
        assert!(list.json()["items"][0].get("phone").is_none());
        assert_eq!(other.status(), 404);
        assert_eq!(one.json()["phone"], serde_json::Value::Null);
        assert_eq!(me.json()["phone"], "13800001234");
        assert!(wang.get("/me/data").await.has_text("陈敏"));
    }
}

testkit::on_both! {
    async fn a_caller_is_known_by_the_number(app: TestApp) {
        let here = neighbours(&app).await;
        let (reader, vault) = (app.house().db().reader(), app.house().vault());

        let found = people::find_by_phone(&reader, vault, app.community(), "+86 138-0000-1234").await.expect("an answer");
        let names = people::names(&reader, app.community(), &[here.li, here.zhao]).await.expect("an answer");

        assert_eq!(found.len(), 1);
        assert_eq!((found[0].person, found[0].address.as_str()), (here.wang, "1栋2单元501"));
        assert_eq!(names[&here.li], "李建国");
    }
}

testkit::on_both! {
    async fn another_room_learns_of_residents_what_it_needs_in_one_statement(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("wang", here.wang).await;
        let everybody = [here.wang, here.li, here.zhao];
        let reader = app.house().db().reader();

        let known = people::residents(&reader, app.community(), &everybody)
            .await
            .expect("the database answers");

        assert_eq!(reader.statements(), 1);
        let one = &known[&here.wang];
        assert_eq!((one.name.as_str(), one.address.as_str()), ("王秀英", "1栋2单元501"));
        assert_eq!(one.age(date(2026, 11, 21)), Some(64));
        assert_eq!(one.phone(app.house().vault()).as_deref(), Some("13800001234"));
        assert_eq!(one.place.micro_grid, Some(here.town.micro_grids[0][0]));
        assert_eq!(one.account, wang.actor().account);
        assert_eq!(known[&here.li].age(date(2026, 11, 21)), None);
        wang.post("/me/data/erase", &[]).await;
        let left = people::residents(&reader, app.community(), &everybody)
            .await
            .expect("the database answers");
        assert!(!left.contains_key(&here.wang) && left.len() == 2);
    }
}
