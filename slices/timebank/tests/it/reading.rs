//! Who reads what, that lists and pages agree about it, and how many statements each page takes.

use kernel::{Actor, DutyKind, Facts};
use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::{Client, TestApp};
use timebank::policy;

use crate::town::{LENGTH, Town, act, done, events};

testkit::on_both! {
    async fn a_help_is_read_by_its_sides_and_the_desk_and_by_nobody_else(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;
        let mut strangers: Vec<Client> = vec![app.visitor(), app.resident("路人").await];
        for kind in DutyKind::ALL {
            if kind != DutyKind::Staff {
                strangers.push(app.on_duty("在岗", kind, None).await);
            }
        }

        for reader in [&town.wang.client, &town.liu.client, &town.li] {
            assert_eq!(reader.get(&page).await.status(), 200);
        }
        for stranger in strangers.iter().chain([&town.zhao.client]) {
            let answer = stranger.get(&page).await;
            assert_eq!(answer.status(), 404, "{:?}", stranger.actor().duties);
            let sent = stranger.post(&format!("{page}/cancel"), &[("version", "3")]).await;
            assert!([401, 404].contains(&sent.status()), "{}", sent.status());
        }
        let nonsense = town.wang.client.get("/timebank/helps/nonsense").await;
        assert_eq!(nonsense.status(), 404);
    }

    async fn what_a_list_shows_is_what_a_page_opens(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;
        let sought = town.wang.client.post("/timebank/ask", &crate::town::ask(&[])).await;
        let sought = sought.location().to_owned();

        let readers = [&town.wang, &town.liu, &town.zhao];
        for reader in readers {
            let list = reader.client.get("/me/time").await.body();
            let front = reader.client.get("/timebank").await.body();
            for address in [&page, &sought] {
                let opens = reader.client.get(address).await;
                let is_full = opens.status() == 200 && opens.has_text("您是");
                assert_eq!(list.contains(address.as_str()), is_full, "{address}");
            }
            assert!(front.contains(sought.as_str()) && !front.contains(page.as_str()));
        }
    }

    async fn rows_and_conditions_agree_for_every_act_and_everybody(app: TestApp) {
        let town = Town::with_credit(&app).await;
        town.reserved().await;
        town.asked().await;
        let leader = app.on_duty("主任", DutyKind::Leader, None).await;
        let admin = app.on_duty("管理员", DutyKind::Administrator, None).await;
        let actors: Vec<Actor> = [
            &town.wang.client, &town.liu.client, &town.zhao.client, &town.li, &leader, &admin,
            &app.visitor(),
        ]
        .into_iter()
        .map(|client| client.actor().clone())
        .collect();
        let acts = [
            policy::SEE_SOUGHT, policy::OFFER, policy::READ, policy::ANSWER, policy::COORDINATE,
        ];

        for actor in &actors {
            for act in acts {
                let judged = judged(&app, actor, act).await;
                let listed = listed(&app, actor, act).await;
                assert_eq!(judged, listed, "{act:?} {:?}", actor.person);
            }
        }
    }

    async fn no_word_lies_open_in_the_tables_or_the_record(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.signed_out(&app, LENGTH).await;
        done(&act(&town.wang.client, &page, "dispute", &[("complaint", "他走开了半小时")]).await);
        let settled = [("hours", "1"), ("minutes", "30"), ("settlement", "双方认一个半小时")];
        done(&act(&town.li, &page, "settle", &settled).await);

        let reader = app.house().db().reader();
        let sql = "SELECT words_locked FROM timebank_help WHERE community_id = $1";
        let rows = reader
            .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
            .await
            .unwrap();
        for row in &rows {
            let locked: Vec<u8> = row.try_get("", "words_locked").unwrap();
            let text = String::from_utf8_lossy(&locked).into_owned();
            for secret in ["5678", "取药", "走开", "一个半"] {
                assert!(!text.contains(secret), "{secret}");
            }
        }
        assert_eq!(rows.len(), 1);
        for name in ["timebank.help_asked", "timebank.help_disputed", "timebank.help_dispute_settled"] {
            let told = events(&app, name).await;
            assert_eq!(told.len(), 1, "{name}");
            assert!(told[0].body.is_ascii(), "{}", told[0].body);
            assert_eq!(told[0].person, Some(town.wang.id), "{name}");
        }
    }

    async fn each_page_takes_at_most_six_statements(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let sought = town.offered().await;
        let page = town.signed_out_beside(&app).await;
        let admin = app.on_duty("管理员", DutyKind::Administrator, None).await;
        let person = format!("/timebank/people/{}", town.wang.id);
        let record = format!("/timebank/record?for={}", town.wang.id);
        let wang = &town.wang.client;
        let visits = [
            (wang, "/timebank"),
            (wang, "/timebank/ask"),
            (wang, "/me/time"),
            (wang, "/me/time/export"),
            (wang, "/me/time/relatives"),
            (wang, page.as_str()),
            (wang, sought.as_str()),
            (&town.zhao.client, sought.as_str()),
            (&town.li, page.as_str()),
            (&town.li, sought.as_str()),
            (&town.li, "/timebank/desk"),
            (&town.li, "/timebank/decisions"),
            (&town.li, "/timebank/people"),
            (&town.li, person.as_str()),
            (&town.li, record.as_str()),
            (&admin, "/timebank/settings"),
        ];
        for (who, path) in visits {
            // The map is in memory from the second look on.
            who.get(path).await;
            let answer = who.get(path).await;
            assert_eq!(answer.status(), 200, "{path}: {}", answer.text());
            assert!(answer.statements() <= 6, "{path}: {}", answer.statements());
        }
    }

    async fn pages_speak_english_too(app: TestApp) {
        let town = Town::with_credit(&app).await;
        let page = town.reserved().await;

        let wang = app.signed_in(town.wang.client.actor().account.unwrap()).await.in_english();
        for path in ["/timebank", "/timebank/ask", "/me/time", "/me/time/relatives", &page] {
            let shown = wang.get(path).await;
            assert_eq!(shown.status(), 200, "{path}");
            assert!(!shown.has_text("timebank-"), "{path}: {}", shown.text());
        }
        assert!(wang.get(&page).await.has_text("Six digits for signing in and out"));
    }
}

impl Town {
    /// A second help that is over, beside the first.
    async fn signed_out_beside(&self, app: &TestApp) -> String {
        let answer = self
            .wang
            .client
            .post("/timebank/ask", &crate::town::ask(&[("day", "2026-11-22")]))
            .await;
        let page = answer.location().to_owned();
        done(&crate::town::offer(&self.liu, &page).await);
        done(&crate::town::choose(&self.wang.client, &page, &self.liu).await);
        app.wait(24 * 60);
        let code = crate::town::code(app, &page).await;
        for word in ["sign-in", "sign-out"] {
            done(&act(&self.liu.client, &page, word, &[("code", &code)]).await);
            app.wait(30);
        }
        page
    }
}

/// How many helps the policy gives row by row.
async fn judged(app: &TestApp, actor: &Actor, act: kernel::Act) -> usize {
    let reader = app.house().db().reader();
    let sql = "SELECT receiver_id, relative_id, giver_id, state FROM timebank_help \
               WHERE community_id = $1";
    let rows = reader
        .query_all_raw(statement(&reader, sql, [app.community().0.into()]))
        .await
        .unwrap();
    rows.iter()
        .filter(|row| {
            let side = |column: &str| -> Option<uuid::Uuid> { row.try_get("", column).unwrap() };
            let sides = [side("receiver_id"), side("relative_id"), side("giver_id")];
            let state: String = row.try_get("", "state").unwrap();
            let facts = Facts {
                person: actor
                    .person
                    .filter(|person| sides.contains(&Some(person.0))),
                is_public: ["requested", "offered"].contains(&state.as_str()),
                ..Facts::of(app.community())
            };
            app.house().policy().covers(actor, act, &facts)
        })
        .count()
}

/// How many helps the policy gives as a condition.
async fn listed(app: &TestApp, actor: &Actor, act: kernel::Act) -> usize {
    let columns = policy::columns(actor.person);
    let reach = app.house().policy().condition(actor, act, &columns);
    let query = sea_orm::sea_query::Query::select()
        .column(("h", "id"))
        .from_as("timebank_help", "h")
        .cond_where(reach)
        .to_owned();
    let reader = app.house().db().reader();
    reader.query_all(&query).await.unwrap().len()
}
