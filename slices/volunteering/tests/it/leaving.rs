//! What the room forgets when somebody leaves, is erased, or their account is closed.

use crate::town::{MAY_BE_ASKED, People, SATURDAY, done, events, join, person_of, public, rows};

/// Tables that name a person.
const TABLES: [&str; 6] = [
    "volunteer",
    "post_claim",
    "post_asking",
    "post_unasked",
    "volunteer_asked",
    "post_shift",
];

/// 王秀英 has something in each of the tables.
async fn with_everything(people: &People) {
    let page = people.open_post(&[]).await;
    let other = people
        .open_post(&[("name", "门口引导岗"), ("slot", "-")])
        .await;
    join(&people.wang, &MAY_BE_ASKED).await;
    done(
        &people
            .wang
            .post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)])
            .await,
    );
    let wang = person_of(&people.wang).to_string();
    done(
        &people
            .desk
            .post(
                &format!("{other}/ask"),
                &[("slot", "call"), ("person", &wang)],
            )
            .await,
    );
    let own = people.wang.get("/me/volunteering").await;
    let asking = own
        .attribute("form[action*='/askings/']", "action")
        .unwrap();
    done(&people.wang.post(&asking, &[("answer", "never")]).await);
    let note = [
        ("person", wang.as_str()),
        ("day", "2026-11-21"),
        ("minutes", "60"),
    ];
    done(&people.desk.post(&format!("{page}/shifts"), &note).await);
}

testkit::on_both! {
    async fn an_erased_person_is_forgotten_whole(app: TestApp) {
        let people = People::of(&app).await;
        with_everything(&people).await;
        for table in TABLES {
            assert_eq!(rows(&app, table).await, 1, "{table}");
        }
        let history = people.wang.get("/me/data").await;

        done(&people.wang.post("/me/data/erase", &[]).await);

        for table in TABLES {
            assert_eq!(rows(&app, table).await, 0, "{table}");
        }
        assert!(history.status() == 200 && history.has_text("有一件与本人有关的事情"), "{}", history.text());
        assert!(events(&app).await.iter().any(|event| event.name == "volunteering.left"));
    }

    async fn who_leaves_keeps_their_places_and_is_asked_no_more(app: TestApp) {
        let people = People::of(&app).await;
        with_everything(&people).await;

        done(&people.wang.post("/me/volunteering/leave", &[]).await);

        for (table, left) in [("volunteer", 0), ("post_claim", 1), ("post_asking", 0), ("post_unasked", 0), ("volunteer_asked", 0), ("post_shift", 1)] {
            assert_eq!(rows(&app, table).await, left, "{table}");
        }
    }

    async fn a_closed_account_is_asked_no_more_and_frees_its_place(app: TestApp) {
        let people = People::of(&app).await;
        with_everything(&people).await;

        let mut tx = app.begin().await;
        platform::door::close(&mut tx, people.wang.actor().account.unwrap()).await.unwrap();
        tx.commit().await.unwrap();

        for (table, left) in [("volunteer", 0), ("post_claim", 0), ("post_asking", 0), ("post_shift", 1)] {
            assert_eq!(rows(&app, table).await, left, "{table}");
        }
    }
}
