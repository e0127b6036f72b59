//! Who may read, who may not, and that both parties see who did.

use kernel::DutyKind;
use kernel::events::MediationSeen;
use platform::db::statement;
use sea_orm::ConnectionTrait;

use crate::middle::{People, act, done, id_of};

testkit::on_both! {
    async fn nobody_else_finds_it_whatever_else_they_may(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;
        let grid = app.house().chance().id(app.house().now());
        let others = [
            app.on_duty("li", DutyKind::Staff, None).await,
            app.on_duty("wu", DutyKind::Administrator, None).await,
            app.on_duty("zheng", DutyKind::DistrictViewer, None).await,
            app.on_duty("sun", DutyKind::GridWorker, Some(grid)).await,
            app.on_duty("qian", DutyKind::MicroGridHead, Some(grid)).await,
            app.resident("zhao").await,
        ];

        for other in others.iter().chain([&people.second]) {
            assert_eq!(other.get(&page).await.status(), 404);
            let ended = other.post(&format!("{page}/terminate"), &[("version", "1"), ("told", "yes")]).await;
            assert_eq!(ended.status(), 404);
            let list = other.get("/mediation/cases").await;
            assert!(!list.has_text("TJ-2026-0001"), "{}", list.text());
        }
        assert_eq!(app.visitor().get(&page).await.status(), 303);
    }

    async fn the_head_sees_all_the_mediator_and_the_parties_their_own_and_no_list_tells_of_what(app: TestApp) {
        let people = People::of(&app).await;
        let _ = people.set(&app).await;
        let _ = people.applied().await;

        let head = people.head.get("/mediation/cases").await;
        let mediator = people.mediator.get("/mediation/cases").await;
        let wang = people.wang.get("/mediation/cases").await;
        let li = people.li.get("/mediation/cases").await;

        assert_eq!(head.count("tr[data-row]"), 2);
        assert_eq!(mediator.count("tr[data-row]"), 1);
        assert_eq!(wang.count("tr[data-row]"), 2);
        assert_eq!(li.count("tr[data-row]"), 1);
        for secret in ["王秀英", "李强", "漏水", "13812345678"] {
            let main = head.text();
            assert!(!main.contains(secret), "{secret} in {main}");
        }
        assert!(mediator.has_text("人民调解"), "the navigation has the entry");
    }

    async fn a_mediator_who_is_replaced_or_off_duty_reads_it_no_more(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;
        let second = id_of(&people.second);

        done(&act(&people.head, &page, "mediators", &[("first", &second), ("has_tie", "no")]).await);
        let replaced = people.mediator.get(&page).await;
        let account = people.second.actor().account.unwrap();
        let now = app.house().now();
        let reader = app.house().db().reader();
        let duties = platform::door::duties_of(&reader, app.community(), account, now).await.unwrap();
        let mut tx = app.begin().await;
        platform::door::lay_down(&mut tx, duties[0].id).await.unwrap();
        tx.commit().await.unwrap();
        app.wait(1);

        assert_eq!(replaced.status(), 404);
        assert_eq!(people.second.get(&page).await.status(), 404);
    }

    async fn every_look_of_the_committee_is_noted_and_both_parties_see_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;

        let before = people.wang.get(&page).await;
        assert_eq!(people.head.get(&page).await.status(), 200);
        let after = people.wang.get(&page).await;

        assert!(before.has_text("还没有人看过"), "{}", before.text());
        assert!(after.has_text("谁看过 调解员和主任每看一次都记在这里。 周敏 11月21日 09:12"), "{}", after.text());
    }

    async fn many_looks_crowd_out_neither_a_turn_nor_one_another(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;
        let head = people.head.actor().account.unwrap();
        let id = page.rsplit('/').next().unwrap();
        let mut tx = app.house().begin(people.head.actor()).await.unwrap();
        for _ in 0..300 {
            tx.emit(&MediationSeen { mediation: id.parse().unwrap() });
        }
        tx.commit().await.unwrap();

        app.wait(24 * 60);
        assert_eq!(app.signed_in(head).await.get(&page).await.status(), 200);
        let shown = people.wang.get(&page).await;

        assert!(shown.has_text("经过 申请调解"), "{}", shown.text());
        let looks = "周敏 当天看了 300 次，最后一次是 11月21日 09:12 周敏 11月22日 09:12";
        assert!(shown.has_text(looks), "{}", shown.text());
    }

    async fn the_record_never_says_who_is_in_a_dispute(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.met(&app).await;
        done(&act(&people.li, &page, "terminate", &[("told", "yes")]).await);
        let administrator = app.on_duty("wu", DutyKind::Administrator, None).await;

        let record = administrator.get("/admin/record").await;

        assert!(record.has_text("调解终止"), "{}", record.text());
        let reader = app.house().db().reader();
        let sql = "SELECT account_id, body FROM event WHERE community_id = $1 \
                   AND subject_kind = 'mediation'";
        let rows = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert!(rows.len() >= 8, "{}", rows.len());
        let parties = [&people.wang, &people.li].map(|one| one.actor().account.unwrap());
        for row in rows {
            let account: Option<uuid::Uuid> = row.try_get("", "account_id").unwrap();
            let body: String = row.try_get("", "body").unwrap();
            for party in parties {
                assert_ne!(account, Some(party.0), "{body}");
                assert!(!body.contains(&party.to_string()), "{body}");
            }
        }
    }

    async fn no_table_holds_a_word_of_it_in_the_open(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.performing(&app).await;
        done(&act(&people.mediator, &page, "visit", &[("on", "2026-11-21"), ("notes", "墙还没刷")]).await);

        let reader = app.house().db().reader();
        for (table, columns) in [
            ("mediation", "words_locked"),
            ("mediation_paper", "words_locked"),
        ] {
            let sql = format!("SELECT {columns} FROM {table} WHERE community_id = $1");
            let rows = reader
                .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
                .await
                .unwrap();
            assert!(!rows.is_empty());
            for row in rows {
                let locked: Option<Vec<u8>> = row.try_get("", columns).unwrap();
                let text = String::from_utf8_lossy(&locked.unwrap()).into_owned();
                for secret in ["漏水", "王秀英", "13812345678", "墙还没刷"] {
                    assert!(!text.contains(secret), "{secret} in {table}");
                }
            }
        }
        let sql = "SELECT argument FROM alert WHERE community_id = $1";
        let alerts = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        assert!(!alerts.is_empty());
        for alert in alerts {
            let argument: String = alert.try_get("", "argument").unwrap();
            assert!(argument.starts_with("TJ-2026-"), "{argument}");
        }
    }

    async fn the_other_partys_number_stays_with_the_committee(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.set(&app).await;

        let wang = people.wang.get(&page).await;
        let mediator = people.mediator.get(&page).await;

        assert!(wang.has_text("13812345678") && !wang.has_text("13987654321"), "{}", wang.text());
        assert!(mediator.has_text("13812345678") && mediator.has_text("13987654321"));
    }
}
