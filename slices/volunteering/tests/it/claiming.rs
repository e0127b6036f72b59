//! Taking a place and giving it back.

use crate::town::{People, SATURDAY, SUNDAY, done, events, public, refused, rows};

testkit::on_both! {
    async fn a_resident_takes_a_place_by_themselves_and_gives_it_back_without_a_reason(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        let public = public(&page);

        done(&people.wang.post(&format!("{public}/claim"), &[("slot", SATURDAY)]).await);
        let own = people.wang.get("/me/volunteering").await;
        let shown = app.visitor().get(&public).await;
        let desk = people.desk.get(&page).await;
        done(&people.wang.post(&format!("{public}/give-back"), &[("slot", SATURDAY)]).await);

        assert!(own.has_text("花园浇水岗") && own.has_text("周六上午"), "{}", own.text());
        assert_eq!(own.count("textarea"), 0, "nobody is asked why");
        assert!(shown.has_text("已认领 1 / 2") && !shown.has_text("王秀英"), "{}", shown.text());
        assert!(desk.has_text("王秀英"), "{}", desk.text());
        assert!(people.wang.get("/me/volunteering").await.has_text("您还没有认岗"));
        let told = events(&app).await;
        let claims: Vec<_> = told.iter().filter(|event| event.person.is_some()).collect();
        assert_eq!(claims.len(), 2);
        assert!(claims.iter().all(|event| event.account.is_none()), "without who acted");
    }

    async fn the_last_place_goes_to_one_of_two_who_take_it_at_once(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("places", "1")]).await;
        let path = format!("{}/claim", public(&page));

        let fields = [("slot", SATURDAY)];
        let (one, other) = tokio::join!(people.wang.post(&path, &fields), people.li.post(&path, &fields));

        let (won, lost) = if one.status() == 303 { (one, other) } else { (other, one) };
        done(&won);
        refused(&lost, "刚刚认满了");
        assert_eq!(rows(&app, "post_claim").await, 1);
        assert!(people.zhao.get(&public(&page)).await.has_text("已认满"));
    }

    async fn nobody_has_a_place_twice_or_two_posts_at_once(app: TestApp) {
        let people = People::of(&app).await;
        let garden = public(&people.open_post(&[("slot", SUNDAY), ("slot", SATURDAY)]).await);
        let gate = public(&people.open_post(&[("name", "门口引导岗")]).await);
        let saturday = [("slot", SATURDAY)];

        done(&people.wang.post(&format!("{garden}/claim"), &saturday).await);
        let twice = people.wang.post(&format!("{garden}/claim"), &saturday).await;
        let elsewhere = people.wang.post(&format!("{gate}/claim"), &saturday).await;

        refused(&twice, "您已经认过了");
        refused(&elsewhere, "已经在别的岗位上了");
        done(&people.wang.post(&format!("{garden}/give-back"), &saturday).await);
        done(&people.wang.post(&format!("{gate}/claim"), &saturday).await);
        let nothing = people.wang.post(&format!("{garden}/give-back"), &saturday).await;
        refused(&nothing, "这个岗位上没有这个人");
    }

    async fn two_posts_taken_at_once_by_one_person_become_one(app: TestApp) {
        let people = People::of(&app).await;
        let garden = format!("{}/claim", public(&people.open_post(&[]).await));
        let gate = format!("{}/claim", public(&people.open_post(&[("name", "门口引导岗")]).await));
        let fields = [("slot", SATURDAY)];

        let (one, other) = tokio::join!(people.wang.post(&garden, &fields), people.wang.post(&gate, &fields));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
    }

    async fn one_may_be_on_call_for_several_posts(app: TestApp) {
        let people = People::of(&app).await;
        let first = public(&people.open_post(&[("slot", "-")]).await);
        let second = public(&people.open_post(&[("slot", "-"), ("name", "水电应急岗")]).await);

        for post in [&first, &second] {
            done(&people.wang.post(&format!("{post}/claim"), &[("slot", "call")]).await);
        }

        let own = people.wang.get("/me/volunteering").await;
        assert!(own.has_text("水电应急岗") && own.has_text("随叫随到"), "{}", own.text());
    }

    async fn a_time_that_the_post_does_not_have_cannot_be_taken(app: TestApp) {
        let people = People::of(&app).await;
        let claim = format!("{}/claim", public(&people.open_post(&[]).await));

        for fields in [
            vec![("slot", SUNDAY)],
            vec![("slot", "call")],
            vec![("slot", "99")],
            vec![("slot", "")],
            vec![],
            vec![("slot", SATURDAY), ("day", "2026-11-29")],
            vec![("slot", SATURDAY), ("day", "2026-11-14")],
            vec![("slot", SATURDAY), ("day", "tomorrow")],
        ] {
            let answer = people.wang.post(&claim, &fields).await;
            refused(&answer, "没有这个时段");
        }
        assert_eq!(rows(&app, "post_claim").await, 0);
    }

    async fn who_is_not_in_the_register_is_told_to_come_by_once(app: TestApp) {
        let people = People::of(&app).await;
        let post = public(&people.open_post(&[]).await);
        let stranger = app.resident("何梅").await;

        let shown = stranger.get(&post).await;
        let own = stranger.get("/me/volunteering").await;
        let claimed = stranger.post(&format!("{post}/claim"), &[("slot", SATURDAY)]).await;

        for answer in [&shown, &own] {
            assert_eq!(answer.status(), 200);
            assert!(answer.has_text("请到社区服务台来一次"), "{}", answer.text());
        }
        refused(&claimed, "请到社区服务台来一次");
        let english = stranger.in_english();
        assert!(english.get("/me/volunteering").await.has_text("Please come to the community desk once"));
    }
}
