//! Proofs: what their holder chose, for whoever has the number, until they take it back.

use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::Answer;

use crate::middle::{LATE, People, done, events, rows};

/// What a holder chooses.
const ENTRIES: [(&str, &str); 4] = [
    ("name", "surname"),
    ("from", "2026-11-01"),
    ("until", "2026-11-30"),
    ("detail", "entries"),
];

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let chosen = |(field, kept)| {
        if field == name {
            (field, value)
        } else {
            (field, kept)
        }
    };
    ENTRIES.map(chosen).to_vec()
}

testkit::on_both! {
    async fn a_proof_is_made_at_once_and_anybody_with_the_number_can_check_it(app: TestApp) {
        let people = People::of(&app).await;
        people.confirmed_on(&app, LATE).await;
        people.entered(&app).await;

        let made = people.wang.post("/me/certificate", &ENTRIES).await;
        let proof = app.visitor().get(made.location()).await;

        done(&made);
        assert!(proof.has_text("兹证明 王** 在锦江苑社区参加志愿服务"), "{}", proof.text());
        assert!(proof.has_text("1 小时 30 分钟"), "what waits is not in it: {}", proof.text());
        assert!(proof.has_text("11月10日 打扫三栋楼道 社区登记 事后登记"), "{}", proof.text());
        assert!(proof.has_text("证明有效"));
        assert!(!proof.has_text("王秀英") && !proof.has_text("3栋"));
        assert_eq!(proof.count("svg.qr path"), 1);
        assert!(proof.has_text("?in=jinjiangyuan"), "{}", proof.text());
        assert_eq!(proof.header("cache-control"), Some("private, no-store"));
        assert!(proof.statements() <= 6, "{} statements", proof.statements());
        assert_eq!(events(&app, "hours.certificate_issued").await, 1);
        let typed = number(&made).to_lowercase().replace('-', " ");
        let asked = app.visitor().get(&format!("/certificates?number={}", typed.replace(' ', "%20"))).await;
        assert_eq!(asked.location(), made.location());
    }

    async fn it_shows_no_more_than_was_chosen(app: TestApp) {
        let people = People::of(&app).await;
        people.confirmed(&app).await;

        let total = people.wang.post("/me/certificate", &with("detail", "total")).await;
        let kinds = people.wang.post("/me/certificate", &with("detail", "kinds")).await;
        let full = people.wang.post("/me/certificate", &with("name", "full")).await;

        let total = app.visitor().get(total.location()).await;
        let kinds = app.visitor().get(kinds.location()).await;
        assert_eq!(total.count("table"), 0);
        assert!(!total.has_text("打扫") && !total.has_text("社区登记"), "{}", total.text());
        assert!(kinds.has_text("社区登记 1 小时 30 分钟") && !kinds.has_text("打扫"), "{}", kinds.text());
        assert!(app.visitor().get(full.location()).await.has_text("王秀英"));
    }

    async fn a_forged_a_mistyped_and_an_altered_proof_are_told_apart(app: TestApp) {
        let people = People::of(&app).await;
        people.confirmed(&app).await;
        let made = people.wang.post("/me/certificate", &ENTRIES).await;
        let visitor = app.visitor();

        let forged = visitor.get("/certificates/AAAA-BBBB-CCCC-DDDD").await;
        let mistyped = visitor.get("/certificates/AAAA-BBBB").await;
        let nonsense = visitor.get("/certificates?number=%F0%9F%8C%B8").await;
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        let sql = "UPDATE certificate SET content = replace(content, '90', '900') WHERE community_id = $1";
        tx.execute_raw(statement(&tx, sql, [app.community().0.into()])).await.unwrap();
        tx.commit().await.unwrap();
        let altered = visitor.get(made.location()).await;

        assert_eq!((forged.status(), mistyped.status(), nonsense.status()), (404, 404, 404));
        assert!(forged.has_text("本社区没有开过这个编号的证明"), "{}", forged.text());
        assert!(mistyped.has_text("这不是完整的证明编号"), "{}", mistyped.text());
        assert_eq!(altered.status(), 409);
        assert!(altered.has_text("和开具时的封印对不上"), "{}", altered.text());
        assert!(!altered.has_text("15 小时"));
    }

    async fn its_holder_takes_it_back_and_nothing_of_it_is_left(app: TestApp) {
        let people = People::of(&app).await;
        people.confirmed(&app).await;
        let made = people.wang.post("/me/certificate", &ENTRIES).await;
        let neighbour = app.resident_in_register("赵敏", people.zhao_id).await;
        let path = format!("/me/certificate/{}/withdraw", number(&made));

        let by_neighbour = neighbour.post(&path, &[]).await;
        let by_desk = people.li.post(&path, &[]).await;
        let listed = people.wang.get("/me/certificate").await;
        done(&people.wang.post(&path, &[]).await);
        let again = people.wang.post(&path, &[]).await;
        let gone = app.visitor().get(made.location()).await;

        assert_eq!((by_neighbour.status(), by_desk.status(), again.status()), (404, 404, 409));
        assert!(listed.has_text(&number(&made)), "{}", listed.text());
        assert!(listed.statements() <= 6, "{} statements", listed.statements());
        assert_eq!(gone.status(), 410);
        assert!(gone.has_text("已由本人收回"), "{}", gone.text());
        assert!(!gone.has_text("王") && !gone.has_text("1 小时"), "{}", gone.text());
        assert_eq!(events(&app, "hours.certificate_withdrawn").await, 1);
    }

    async fn figures_are_frozen_and_a_later_withdrawal_is_told(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.confirmed(&app).await;
        let made = people.wang.post("/me/certificate", &ENTRIES).await;
        people.confirmed_on(&app, "2026-11-18").await;
        let before = app.visitor().get(made.location()).await;

        app.wait(60);
        done(&people.he.post(&format!("{page}/doubt"), &[("words", "不像")]).await);
        let flags = people.leader.get("/hours/flags").await;
        let flag = flags.attribute("form[action^='/hours/flags/']", "action").unwrap();
        done(&people.leader.post(&flag, &[("choice", "withdrawn"), ("words", "核实不属实")]).await);

        let after = app.visitor().get(made.location()).await;
        assert!(before.has_text("1 小时 30 分钟") && before.has_text("证明有效"), "{}", before.text());
        assert!(after.has_text("11月21日有计入的记录被撤回"), "{}", after.text());
        assert!(after.has_text("1 小时 30 分钟") && !after.has_text("核实不属实"), "{}", after.text());
        let new = people.wang.post("/me/certificate", &ENTRIES).await;
        assert!(app.visitor().get(new.location()).await.has_text("证明有效"), "a new one knows of it");
    }

    async fn what_is_wrong_with_the_wish_is_said(app: TestApp) {
        let people = People::of(&app).await;
        people.entered(&app).await;

        for (fields, told, status) in [
            (with("from", "昨天"), "请写日期", 422),
            (with("until", "2026-10-01"), "结束的日期不能早于", 422),
            (with("detail", "everything"), "请选写到多细", 422),
            (ENTRIES.to_vec(), "还没有确认过的时长", 409),
        ] {
            let refused = people.wang.post("/me/certificate", &fields).await;
            assert_eq!(refused.status(), status, "{}", refused.text());
            assert!(refused.has_text(told), "{told} in {}", refused.text());
        }
        let unknown = app.resident("新来的").await;
        assert!(unknown.get("/me/certificate").await.has_text("请到社区办一次"));
        assert_eq!(unknown.post("/me/certificate", &ENTRIES).await.status(), 409);
        assert_eq!(rows(&app, "certificate").await, 0);
    }
}

/// The number of a proof that was just made.
fn number(made: &Answer) -> String {
    made.location()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned()
}
