//! Requests from another system.

use kernel::DutyKind;

use crate::town::without_rules;

const MAPPING: &str = "zone = \"Asia/Shanghai\"\ndate_format = \"%Y-%m-%d %H:%M\"\npublish = true\n\
    [columns]\nnumber = \"编号\"\nreceived = \"时间\"\nclosed = \"办结\"\ntitle = \"标题\"\n\
    category = [\"大类\", \"小类\"]\nhandler = \"承办\"\n";
const HEADER: &str = "编号,时间,办结,标题,大类,小类,承办\n";

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
                    &[("mapping", MAPPING)],
                    &[("file", "a.csv", file.as_bytes())],
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
        let form = [("mapping", MAPPING)];

        let broken =
            desk.post_files("/requests/import", &form, &[("file", "a.xlsx", b"PK\x03\x04??")]).await;
        let wrong = desk
            .post_files("/requests/import", &[("mapping", "zone = 3")], &[("file", "a.csv", b"a,b\n1,2\n")])
            .await;
        let sent =
            desk.post_files("/requests/import", &form, &[("file", "a.csv", rows.as_bytes())]).await;
        let preview = desk.get(sent.location()).await;
        let loaded = desk.post(sent.location(), &[]).await;

        assert_eq!(broken.status(), 422);
        assert!(broken.has_text("这个文件读不出来"), "{}", broken.text());
        assert!(wrong.has_text("列对照表有问题"));
        assert!(preview.has_text("第 3 行：时间“昨天”读不懂"), "{}", preview.text());
        assert_eq!(loaded.status(), 422);
        assert!(desk.get("/requests?state=all").await.has_text("这里没有要办的诉求"));
    }
}
