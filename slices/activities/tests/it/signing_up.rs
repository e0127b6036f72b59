//! Signing up: oneself, the family, a neighbour; places are given once.

use kernel::events::SignedUp;

use crate::village::{announced, count, dates, done, events, join, sign_up_of, village};

const LIVE: &str = "SELECT count(*) AS n FROM activity_sign_up WHERE community_id = $1 \
                    AND state IN ('signed_up', 'waiting', 'offered')";

testkit::on_both! {
    async fn one_signs_up_with_the_family_in_one_go(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("cadence", "weekly"), ("times", "2")]).await;
        let dates = dates(&app, &id).await;
        let shown = v.wang.get(&format!("/activities/{id}")).await;
        assert!(shown.has_text("王秀英") && shown.has_text("李建"), "{}", shown.text());
        let [wang, jian, ..] = v.people.map(|person| person.to_string());

        let fields = [("date", dates[0].as_str()), ("date", dates[1].as_str()), ("person", &wang), ("person", &jian)];
        let joined = v.wang.post(&format!("/activities/{id}/sign-up"), &fields).await;

        done(&joined);
        assert_eq!(count(&app, LIVE).await, 4);
        let shown = v.wang.get(&format!("/activities/{id}")).await;
        assert!(shown.has_text("王秀英 · 已报名") && shown.has_text("李建 · 已报名"), "{}", shown.text());
        let mine = v.wang.get("/me/activities").await;
        assert!(mine.has_text("李建"), "{}", mine.text());
        let told = events::<SignedUp>(&app).await;
        assert!(told.iter().any(|event| event.person == Some(v.people[1])), "the rights desk shows it");
        let again = join(&v.wang, &id, &dates[0], &v.people[..2]).await;
        assert_eq!(again.status(), 409);
        assert!(again.has_text("已经报过名了"), "{}", again.text());
    }

    async fn nobody_signs_up_another_household(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = &dates(&app, &id).await[0];

        let refused = join(&v.wang, &id, date, &[v.people[0], v.people[2]]).await;
        let nobody = join(&v.wang, &id, date, &[]).await;
        let no_date = v.wang.post(&format!("/activities/{id}/sign-up"), &[("person", &v.people[0].to_string())]).await;

        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("只能给自己和同住的家人报名"), "{}", refused.text());
        assert_eq!((nobody.status(), no_date.status()), (422, 422));
        assert!(nobody.has_text("请选谁参加"), "{}", nobody.text());
        assert_eq!(count(&app, LIVE).await, 0);
    }

    async fn who_is_not_in_the_register_is_told_to_come_once(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = &dates(&app, &id).await[0];
        let newcomer = app.resident("新来的").await;

        let shown = newcomer.get(&format!("/activities/{id}")).await;
        let refused = join(&newcomer, &id, date, &v.people[..1]).await;

        assert!(shown.has_text("请到社区服务台来一次"), "{}", shown.text());
        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("请到社区服务台来一次"));
        assert!(newcomer.get("/me/code").await.has_text("请到社区服务台来一次"));
    }

    async fn the_desk_signs_up_a_neighbour_who_called(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        let path = format!("/desk/activities/{id}/neighbours");

        let found = v.li.get(&format!("{path}?q=%E8%B5%B5%E6%95%8F")).await;
        assert!(found.has_text("赵敏"), "{}", found.text());
        let zhao = v.people[2].to_string();
        done(&v.li.post(&path, &[("person", &zhao), ("date", &date)]).await);
        let nobody = v.li.post(&path, &[("person", "00000000-0000-7000-8000-000000000000"), ("date", &date)]).await;
        let resident = v.wang.post(&path, &[("person", &zhao), ("date", &date)]).await;

        assert!(v.zhao.get("/me/activities").await.has_text("花园浇水日"));
        assert_eq!(nobody.status(), 409);
        assert!(nobody.has_text("名册里没有这个人"), "{}", nobody.text());
        assert_eq!(resident.status(), 403);
    }

    async fn nobody_is_in_two_places_at_once(app: TestApp) {
        let v = village(&app).await;
        let garden = announced(&v.li, &[]).await;
        let shift = announced(&v.li, &[("title", "楼道值守"), ("kind", "shift"), ("start", "10:30"), ("end", "12:00")]).await;
        let after = announced(&v.li, &[("title", "合唱"), ("start", "11:00"), ("end", "12:00")]).await;
        let date = |id: String| { let app = &app; async move { dates(app, &id).await[0].clone() } };
        done(&join(&v.wang, &garden, &date(garden.clone()).await, &v.people[..1]).await);

        let crossed = join(&v.wang, &shift, &date(shift.clone()).await, &v.people[..1]).await;
        let touching = join(&v.wang, &after, &date(after.clone()).await, &v.people[..1]).await;

        assert_eq!(crossed.status(), 409);
        assert!(crossed.has_text("这个时间已经报了“花园浇水日”"), "{}", crossed.text());
        done(&touching);
    }

    async fn of_two_who_take_the_last_place_at_once_one_waits(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("capacity", "1")]).await;
        let date = dates(&app, &id).await[0].clone();

        let (one, other) = tokio::join!(
            join(&v.wang, &id, &date, &v.people[..1]),
            join(&v.zhao, &id, &date, &v.people[2..3]),
        );

        done(&one);
        done(&other);
        let mut states = [sign_up_of(&app, &date, v.people[0]).await.1, sign_up_of(&app, &date, v.people[2]).await.1];
        states.sort_unstable();
        assert_eq!(states, ["signed_up", "waiting"]);
    }

    async fn one_who_presses_twice_at_once_is_signed_up_once(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();

        let (one, other) = tokio::join!(
            join(&v.wang, &id, &date, &v.people[..1]),
            join(&v.wang, &id, &date, &v.people[..1]),
        );

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(count(&app, LIVE).await, 1);
    }

    async fn what_is_over_called_off_or_not_announced_takes_nobody(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("cadence", "weekly"), ("times", "2")]).await;
        let all = dates(&app, &id).await;
        let cancel = format!("/desk/activities/{id}/dates/{}/cancel", all[0]);
        done(&v.li.post(&cancel, &[("reason", "下雨")]).await);

        let off = join(&v.wang, &id, &all[0], &v.people[..1]).await;
        let strange = join(&v.wang, &id, "00000000-0000-7000-8000-000000000000", &v.people[..1]).await;
        app.wait(15 * 24 * 60);
        let wang = crate::village::again(&app, &v.wang).await;
        let over = join(&wang, &id, &all[1], &v.people[..1]).await;

        assert!(off.has_text("这一场已经取消"), "{}", off.text());
        assert_eq!((off.status(), strange.status(), over.status()), (409, 409, 409));
        assert!(over.has_text("这一场已经结束"), "{}", over.text());
    }

    async fn one_steps_back_at_any_time_and_is_not_asked_why(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..2]).await);
        let (own, _) = sign_up_of(&app, &date, v.people[0]).await;
        let (jians, _) = sign_up_of(&app, &date, v.people[1]).await;
        let path = |id: &str| format!("/activities/sign-ups/{id}/withdraw");

        let strange = v.zhao.post(&path(&own), &[]).await;
        done(&v.wang.post(&path(&own), &[]).await);
        done(&v.wang.post(&path(&jians), &[]).await);
        let twice = v.wang.post(&path(&own), &[]).await;

        assert_eq!(strange.status(), 404, "what is not one's own is not there");
        assert_eq!(twice.status(), 409);
        assert_eq!(count(&app, LIVE).await, 0);
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
    }
}
