//! Requests from another system.

use kernel::DutyKind;
use testkit::{Answer, Client};

use crate::town::without_rules;

const MAPPING: &str = "zone = \"Asia/Shanghai\"\ndate_format = \"%Y-%m-%d %H:%M\"\npublish = true\n\
    [columns]\nnumber = \"编号\"\nreceived = \"时间\"\nclosed = \"办结\"\ntitle = \"标题\"\n\
    category = [\"大类\", \"小类\"]\nhandler = \"承办\"\n";
const HEADER: &str = "编号,时间,办结,标题,大类,小类,承办\n";

/// Loads rows with an answer.
async fn loaded(desk: &Client, rows: &str) {
    let mapping = format!("{MAPPING}answer = \"答复\"\n");
    let header = HEADER.replace('\n', ",答复\n");
    let file = format!("{header}{rows}");
    let files = [
        ("mapping", "a.toml", mapping.as_bytes()),
        ("file", "a.csv", file.as_bytes()),
    ];
    let sent = desk.post_files("/requests/import", &[], &files).await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    let done = desk.post(sent.location(), &[]).await;
    assert_eq!(done.status(), 303, "{}", done.text());
}

/// The page of the matter with this title.
async fn page(desk: &Client, title: &str) -> Answer {
    let list = desk.get("/requests?state=all").await;
    let text = list.body();
    let at = text
        .find(title)
        .unwrap_or_else(|| panic!("no {title} in {}", list.text()));
    let start = text[..at].rfind("href=\"/requests/QS-").unwrap() + "href=\"".len();
    let path = text[start..].split(['"', '?']).next().unwrap();
    desk.get(path).await
}

testkit::on_both! {
    async fn a_file_is_looked_at_and_loaded_once(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let file = format!(
            "{HEADER}A1,2025-03-01 09:00,2025-03-02 09:00,三栋停水了,水电气,停水,自来水厂\n\
             A2,2025-03-01 10:00,,路面塌陷,道路,路面,市政\n"
        );

        let send = async || {
            let sent = desk
                .post_files(
                    "/requests/import",
                    &[],
                    &[("mapping", "a.toml", MAPPING.as_bytes()), ("file", "a.csv", file.as_bytes())],
                )
                .await;
            assert_eq!(sent.status(), 303, "{}", sent.text());
            sent.location().to_owned()
        };
        let preview = send().await;
        assert!(desk.get(&preview).await.has_text("共 2 件可以导入"));
        let loaded = desk.post(&preview, &[]).await;
        let again = desk.post(&send().await, &[]).await;

        assert_eq!(loaded.status(), 303, "{}", loaded.text());
        assert_eq!(again.location(), "/requests/import");
        let all = desk.get("/requests?state=all").await;
        assert!(all.has_text("三栋停水了"), "{}", all.text());
        assert!(all.has_text("市政"));
        assert_eq!(all.count("tbody tr"), 2);
        assert!(app.visitor().get("/matters?q=停水").await.has_text("三栋停水了"));
    }

    async fn a_bad_file_is_refused_with_the_row_and_loads_nothing(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let rows = format!("{HEADER}A1,2025-03-01 09:00,,好的,水电气,停水,\nA2,昨天,,坏的,水电气,停水,\n");
        let send = async |mapping: &str, name: &str, table: &[u8]| {
            let files = [("mapping", "a.toml", mapping.as_bytes()), ("file", name, table)];
            desk.post_files("/requests/import", &[], &files).await
        };

        let broken = send(MAPPING, "a.xlsx", b"PK\x03\x04??").await;
        let wrong = send("zone = 3", "a.csv", b"a,b\n1,2\n").await;
        let sent = send(MAPPING, "a.csv", rows.as_bytes()).await;
        let preview = desk.get(sent.location()).await;
        let loaded = desk.post(sent.location(), &[]).await;

        assert_eq!(broken.status(), 422);
        assert!(broken.has_text("文件损坏了或者不完整"), "{}", broken.text());
        assert!(wrong.has_text("列对照表有问题"));
        assert!(preview.has_text("第 3 行：时间“昨天”读不懂"), "{}", preview.text());
        assert_eq!(loaded.status(), 422);
        assert!(desk.get("/requests?state=all").await.has_text("这里没有要办的诉求"));
    }

    async fn columns_are_guessed_corrected_and_loaded(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let file = "编号,受理时间,进度,标题,类别,身份证号\n\
            B1,2025/3/1 09:00,挂起,三栋停水了,停水,11010519491231002X\n";

        let sent = desk.post_files("/requests/import", &[], &[("file", "b.csv", file.as_bytes())]).await;
        let columns = sent.location().to_owned();
        let shown = desk.get(&columns).await;
        let untold = [
            ("number", "编号"),
            ("title", "标题"),
            ("category", "类别"),
            ("received", "受理时间"),
            ("state", "进度"),
            ("date_format", "%Y/%m/%d %H:%M"),
        ];
        let asked = desk.post(&columns, &untold).await;
        let mut told = untold.to_vec();
        told.extend([("their_state", "挂起"), ("our_state", "received")]);
        let chosen = desk.post(&columns, &told).await;
        let preview = chosen.location().to_owned();
        let loaded = desk.post(&preview, &[]).await;

        assert!(columns.ends_with("/columns"), "{columns}");
        assert_eq!(shown.count("select#received option[value='受理时间'][selected]"), 1);
        assert_eq!(shown.count("select#date_format option[value='%Y/%m/%d %H:%M'][selected]"), 1);
        assert_eq!(shown.count("select#number option[value='身份证号']"), 0);
        assert_eq!(asked.status(), 422);
        assert!(asked.has_text("有的状态还没有对应"), "{}", asked.text());
        assert!(asked.has_text("挂起"));
        assert_eq!(loaded.status(), 303, "{}", loaded.text());
        assert!(desk.get("/requests?state=all").await.has_text("三栋停水了"));
    }

    async fn a_file_that_takes_every_title_for_a_kind_is_refused(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let rows: Vec<String> = (0..501)
            .map(|n| format!("A{n},2025-03-01 09:00,,停水,其他,第 {n} 件事,市政\n"))
            .collect();
        let file = format!("{HEADER}{}", rows.concat());
        let files = [("mapping", "a.toml", MAPPING.as_bytes()), ("file", "a.csv", file.as_bytes())];
        let sent = desk.post_files("/requests/import", &[], &files).await;
        assert_eq!(sent.status(), 303, "{}", sent.text());

        let refused = desk.post(sent.location(), &[]).await;

        assert!((400..500).contains(&refused.status()), "{}", refused.status());
        assert!(refused.has_text("请核对“类别”“承办”两列"), "{}", refused.text());
        assert!(!desk.get("/requests/settings").await.has_text("第 7 件事"));
    }

    async fn a_file_is_only_its_sender_s(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let other = app.on_duty("zhao", DutyKind::Staff, None).await;
        let file: &[u8] = "编号,受理时间,标题,类别\nB1,2025-03-01,灯,照明\n".as_bytes();
        let sent = desk.post_files("/requests/import", &[], &[("file", "b.csv", file)]).await;
        let columns = sent.location().to_owned();

        let seen = other.get(&columns).await;
        let changed = other.post(&columns, &[("number", "编号")]).await;

        assert_eq!(seen.status(), 404);
        assert_eq!(changed.status(), 404);
        assert_eq!(app.resident("wang").await.get(&columns).await.status(), 403);
    }

    async fn what_ended_as_a_duplicate_is_joined_to_the_one_it_names(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        loaded(&desk, "100200300001,2025-02-01 09:00,,老井盖松动,道路,井盖,市政,\n").await;
        let rows = "100200300002,2025-03-01 09:00,2025-03-02 09:00,井盖响,道路,井盖,市政,Duplicate of case #100200300001\n\
            100200300003,2025-03-01 10:00,2025-03-02 10:00,井盖又响,道路,井盖,,300002 is the original: duplicate\n\
            100200300004,2025-03-01 11:00,2025-03-02 11:00,无处可寻,道路,井盖,,Duplicate of case 100999999999\n\
            100200300005,2025-03-01 12:00,2025-03-02 12:00,指着自己,道路,井盖,,dup of case 100200300005\n\
            100200300006,2025-03-01 13:00,2025-03-02 13:00,绕圈的甲,道路,井盖,,重复工单，见 100200300007\n\
            100200300007,2025-03-01 14:00,2025-03-02 14:00,绕圈的乙,道路,井盖,,重复工单，见 100200300006\n\
            100200300008,2025-03-01 15:00,2025-03-02 15:00,修好的井盖,道路,井盖,,见 100200300001，已修好\n";

        loaded(&desk, rows).await;

        let first = page(&desk, "老井盖松动").await;
        assert!(first.has_text("并进来的 QS-2025-000002 · QS-2025-000003"), "{}", first.text());
        for title in ["井盖响", "井盖又响"] {
            let joined = page(&desk, title).await;
            assert!(joined.has_text("重复反映"), "{}", joined.text());
            assert!(joined.has_text("已并入 QS-2025-000001"), "{}", joined.text());
        }
        for title in ["无处可寻", "指着自己", "绕圈的甲"] {
            let alone = page(&desk, title).await;
            assert!(alone.has_text("重复反映"), "{}", alone.text());
            assert!(!alone.has_text("已并入"), "{}", alone.text());
        }
        assert!(page(&desk, "绕圈的乙").await.has_text("已并入 QS-2025-000006"));
        let done = page(&desk, "修好的井盖").await;
        assert!(!done.has_text("重复反映") && !done.has_text("已并入"), "{}", done.text());
        assert!(!done.has_text("到期，已超"), "what is over runs no longer: {}", done.text());
    }

    async fn what_is_over_elsewhere_is_over_here_though_nobody_wrote_down_when(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let mapping = format!("{MAPPING}state = \"状态\"\n[states]\n\"已结案\" = \"closed\"\n");
        let file = "编号,时间,办结,标题,大类,小类,承办,状态\n\
            A1,2025-03-01 09:00,,三栋停水了,水电气,停水,自来水厂,已结案\n";
        let files = [
            ("mapping", "a.toml", mapping.as_bytes()),
            ("file", "a.csv", file.as_bytes()),
        ];

        let sent = desk.post_files("/requests/import", &[], &files).await;
        let done = desk.post(sent.location(), &[]).await;

        assert_eq!(done.status(), 303, "{}", done.text());
        assert!(!desk.get("/requests").await.has_text("三栋停水了"), "nobody is asked to call back");
        let page = page(&desk, "三栋停水了").await;
        assert!(page.has_text("三栋停水了 已办结") && !page.has_text("到期，已超"), "{}", page.text());
    }

    async fn what_names_one_that_was_joined_before_is_joined_to_where_that_one_went(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        loaded(
            &desk,
            "A0001,2025-02-01 09:00,,井盖松动,道路,井盖,市政,\n\
             A0002,2025-02-02 09:00,2025-02-03 09:00,井盖响,道路,井盖,市政,dup of A0001\n",
        )
        .await;

        loaded(&desk, "A0003,2025-03-01 09:00,2025-03-02 09:00,还是响,道路,井盖,市政,dup of A0002\n").await;

        assert!(page(&desk, "还是响").await.has_text("已并入 QS-2025-000001"));
        assert!(app.visitor().get("/matters").await.has_text("井盖松动"));
    }
}
