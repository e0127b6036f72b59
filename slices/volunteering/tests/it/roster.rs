//! A suggested roster, line by line.

use crate::town::{
    MAY_BE_ASKED, NEXT_SATURDAY, People, SATURDAY, done, join, person_of, public, refused,
};

testkit::on_both! {
    async fn the_roster_of_saturday_proposes_and_assigns_nobody(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("place", "2栋"), ("places", "1")]).await;
        let far = people.open_post(&[("place", "8栋"), ("places", "1"), ("name", "门口引导岗")]).await;
        for who in [&people.wang, &people.zhao] {
            join(who, &MAY_BE_ASKED).await;
        }

        let shown = people.desk.get("/posts/desk/roster").await;

        assert!(shown.statements() <= 6, "{}", shown.statements());
        assert!(shown.has_text("花园浇水岗 11月28日 周六上午 王秀英 这个时段有空、住得近，"), "{}", shown.text());
        assert!(shown.has_text("门口引导岗 11月28日 周六上午 赵敏"), "{}", shown.text());
        assert!(people.wang.get("/me/volunteering").await.has_text("您还没有认岗"));
        for post in [&page, &far] {
            assert!(people.desk.get(post).await.has_text("还没有人"));
        }
    }

    async fn a_line_is_asked_with_one_tap_and_taken_with_a_yes_for_that_day(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("places", "1")]).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        let person = person_of(&people.wang).to_string();
        let line = [("slot", SATURDAY), ("day", NEXT_SATURDAY), ("person", person.as_str())];

        let asked = people.desk.post(&format!("{page}/ask"), &line).await;
        let own = people.wang.get("/me/volunteering").await;
        let after = people.desk.get("/posts/desk/roster").await;
        let path = own.attribute("form[action*='/askings/']", "action").unwrap();
        done(&people.wang.post(&path, &[("answer", "yes")]).await);

        assert_eq!(asked.location(), format!("/posts/desk/roster?day={NEXT_SATURDAY}"));
        assert!(own.has_text("11月28日 周六上午") && own.has_text("就这一次"), "{}", own.text());
        assert!(after.has_text("没有空着的岗位"), "{}", after.text());
        assert!(people.desk.get(&page).await.has_text("王秀英（只11月28日）"));
        let late = people.li.post(&format!("{}/claim", public(&page)), &line[..2]).await;
        refused(&late, "刚刚认满了");
    }

    async fn a_day_that_the_post_does_not_have_cannot_be_asked_for(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        let person = person_of(&people.wang).to_string();

        for day in ["2026-11-29", "2026-11-14"] {
            let line = [("slot", SATURDAY), ("day", day), ("person", person.as_str())];
            refused(&people.desk.post(&format!("{page}/ask"), &line).await, "没有这个时段");
        }
    }

    async fn a_week_calls_on_nobody_more_than_twice(app: TestApp) {
        let people = People::of(&app).await;
        people.open_post(&[("slot", "0"), ("slot", "3"), ("slot", "6"), ("slot", "9")]).await;
        let week = [("slot", "0"), ("slot", "3"), ("slot", "6"), ("slot", "9"), ("reach", "anywhere"), ("askings", "8")];
        join(&people.wang, &week).await;

        let shown = people.desk.get("/posts/desk/roster?day=week").await;
        let nonsense = people.desk.get("/posts/desk/roster?day=yesterday").await;

        assert_eq!(shown.count("tr[data-row]"), 2, "{}", shown.text());
        assert_eq!(nonsense.status(), 200);
    }
}
