//! Saying that one may be asked, saying it anew, leaving.

use crate::town::{MAY_BE_ASKED, People, SATURDAY, done, events, join, refused, rows};

testkit::on_both! {
    async fn one_joins_says_it_anew_and_leaves(app: TestApp) {
        let people = People::of(&app).await;

        let before = people.wang.get("/me/volunteering").await;
        join(&people.wang, &MAY_BE_ASKED).await;
        let joined = people.wang.get("/me/volunteering").await;
        let anew = [("version", "1"), ("slot", "0"), ("slot", "1"), ("reach", "500"), ("askings", "4")];
        done(&people.wang.post("/me/volunteering", &anew).await);
        let changed = people.wang.get("/me/volunteering").await;
        done(&people.wang.post("/me/volunteering/leave", &[]).await);

        assert_eq!(before.count("input[name=slot]"), 21);
        assert_eq!(before.count("input[name=slot][checked]"), 0, "nothing is chosen for anybody");
        assert_eq!(joined.value_of("input[name=slot][checked]").as_deref(), Some(SATURDAY));
        assert_eq!(changed.count("input[name=slot][checked]"), 2);
        assert_eq!(changed.value_of("select[name=reach] option[selected]").as_deref(), Some("500"));
        assert_eq!(rows(&app, "volunteer").await, 0);
        let told: Vec<String> = events(&app).await.into_iter().map(|event| event.name).collect();
        assert_eq!(told, ["volunteering.joined", "volunteering.changed", "volunteering.left"]);
        assert!(people.wang.get("/me/volunteering").await.has_text("愿意被问到吗"));
    }

    async fn what_is_wrong_is_told_and_what_was_ticked_stays(app: TestApp) {
        let people = People::of(&app).await;
        let wrong = [("slot", SATURDAY), ("reach", "moon"), ("askings", "99")];

        let told = people.wang.post("/me/volunteering", &wrong).await;
        let nonsense = people.wang.post("/me/volunteering", &[("slot", "21"), ("reach", "500"), ("askings", "1")]).await;

        assert_eq!((told.status(), nonsense.status()), (422, 422));
        assert!(told.has_text("请从给出的选项里选"), "{}", told.text());
        assert_eq!(told.count("input[name=slot][checked]"), 1);
        assert_eq!(rows(&app, "volunteer").await, 0);
    }

    async fn of_two_windows_the_slower_is_told(app: TestApp) {
        let people = People::of(&app).await;
        join(&people.wang, &MAY_BE_ASKED).await;

        let again = people.wang.post("/me/volunteering", &MAY_BE_ASKED).await;
        let anew = [("version", "1"), ("reach", "500"), ("askings", "4")];
        let (one, other) = tokio::join!(
            people.wang.post("/me/volunteering", &anew),
            people.wang.post("/me/volunteering", &anew)
        );

        refused(&again, "刚刚已经有人改过了");
        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
    }

    async fn leaving_twice_is_leaving_once(app: TestApp) {
        let people = People::of(&app).await;
        join(&people.wang, &MAY_BE_ASKED).await;

        for _ in 0..2 {
            done(&people.wang.post("/me/volunteering/leave", &[]).await);
        }

        assert_eq!(events(&app).await.len(), 2);
    }
}
