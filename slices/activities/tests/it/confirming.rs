//! Paper, the second look, and the calls.

use kernel::PersonId;
use kernel::events::AttendanceAsked;
use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

use crate::attending::at_the_door;
use crate::village::{again, by_hand, confirmed, count, done, events, roll_of};

/// Types a list on paper: they came at 09:00 and left at 10:30.
pub async fn paper(
    who: &Client,
    date: &str,
    people: &[PersonId],
    others: &[(&str, &str)],
) -> Answer {
    let ids: Vec<String> = people.iter().map(PersonId::to_string).collect();
    let mut fields = vec![("came", "09:00"), ("left", "10:30")];
    fields.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(others);
    fields.extend(ids.iter().map(|id| ("person", id.as_str())));
    who.post(&format!("/activities/occurrences/{date}/paper"), &fields)
        .await
}

/// The ids of all entries.
pub async fn entries(app: &TestApp) -> Vec<String> {
    let reader = app.house().db().reader();
    let sql = "SELECT id FROM attendance WHERE community_id = $1 ORDER BY id";
    let values = [app.community().0.into()];
    let rows = reader
        .query_all_raw(statement(&reader, sql, values))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get::<uuid::Uuid>("", "id").unwrap().to_string())
        .collect()
}

/// Says of entries that they are right, or why not.
pub async fn look(who: &Client, entries: &[String], right: &str, reason: &str) -> Answer {
    let mut fields = vec![("right", right), ("reason", reason)];
    fields.extend(entries.iter().map(|id| ("entry", id.as_str())));
    who.post("/desk/activities/looks", &fields).await
}

testkit::on_both! {
    async fn a_list_on_paper_is_labelled_and_needs_a_second_person(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        app.wait(180);

        done(&paper(&v.li, &date, &v.people[..2], &[]).await);

        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("waiting".into(), 90, "paper bulk".into())));
        assert!(confirmed(&app).await.is_empty());
        let looks = v.chen.get("/desk/activities/looks").await;
        for words in ["王秀英", "李建", "09:00–10:30", "补录", "批量", "李敏 登记"] {
            assert!(looks.has_text(words), "{words} in {}", looks.text());
        }
        let all = entries(&app).await;
        let own = look(&v.li, &all, "yes", "").await;
        assert_eq!(own.status(), 409);
        assert!(own.has_text("自己登记的、和自己有关的，要请另一位同事办"), "{}", own.text());
        assert_eq!(look(&v.wang, &all, "yes", "").await.status(), 403);
        assert_eq!(look(&v.chen, &[], "yes", "").await.status(), 422);
        done(&look(&v.chen, &all, "yes", "").await);
        let told = confirmed(&app).await;
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|one| one.is_late && one.minutes == 90));
        let twice = look(&v.chen, &all, "yes", "").await;
        assert_eq!(twice.status(), 409);
        assert!(twice.has_text("另一位同事刚刚办过了"), "{}", twice.text());
        assert_eq!(confirmed(&app).await.len(), 2, "told once each");
    }

    async fn of_two_who_look_at_once_one_is_told_and_it_is_told_once(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let qian = app.on_duty("钱进", kernel::DutyKind::Staff, None).await;
        app.wait(180);
        done(&paper(&v.li, &date, &v.people[..1], &[]).await);
        let all = entries(&app).await;

        let (one, other) = tokio::join!(look(&v.chen, &all, "yes", ""), look(&qian, &all, "yes", ""));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(confirmed(&app).await.len(), 1);
    }

    async fn nobody_confirms_their_own_presence(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        let own = app.account("王秀英二", Some(v.people[0])).await;
        let mut tx = app.begin().await;
        let duty = platform::door::NewDuty { account: own, kind: kernel::DutyKind::Staff, area: None, handler: None };
        platform::door::take_up(&mut tx, &duty).await.unwrap();
        tx.commit().await.unwrap();
        let wang_at_desk = app.signed_in(own).await;
        app.wait(180);
        done(&paper(&v.li, &date, &v.people[..2], &[]).await);
        let all = entries(&app).await;

        let refused = look(&wang_at_desk, &all, "yes", "").await;

        assert_eq!(refused.status(), 409, "one of them is about herself");
        assert!(confirmed(&app).await.is_empty());
        assert_eq!(wang_at_desk.get("/desk/activities/looks").await.count("input[name=entry]"), 1);
    }

    async fn what_is_not_so_is_refused_with_why_and_its_person_reads_it(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        app.wait(180);
        done(&paper(&v.li, &date, &v.people[..1], &[]).await);
        let all = entries(&app).await;

        let silent = look(&v.chen, &all, "no", " ").await;
        done(&look(&v.chen, &all, "no", "那天他在医院陪护").await);

        assert_eq!(silent.status(), 422);
        assert_eq!(roll_of(&app, &date, v.people[0]).await.unwrap().0, "refused");
        assert!(confirmed(&app).await.is_empty());
        let mine = v.wang.get("/me/activities").await;
        assert!(mine.has_text("没有通过") && mine.has_text("那天他在医院陪护"), "{}", mine.text());
    }

    async fn bad_lists_on_paper_say_what_is_wrong_and_nothing_is_kept(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        app.wait(90);
        let wang = &v.people[..1];
        for (people, others, told) in [
            (wang, vec![("came", "9")], "请写时间"),
            (wang, vec![("left", "24:00")], "请写时间"),
            (wang, vec![("came", "06:59")], "现在不是这一场的签到时间"),
            (wang, vec![("left", "23:00")], "现在不是这一场的签到时间"),
            (wang, vec![("came", "09:30"), ("left", "09:00")], "离开比到场还早"),
            (wang, vec![("left", "11:00")], "手机的时钟可能不准"),
            (wang, vec![("why", "身份证 11010519491231002X")], "像有身份证号"),
            (&[], vec![], "请勾选到场的人"),
            (&v.people[2..3], vec![("left", "10:00")], "这一场没有报名"),
        ] {
            let refused = paper(&v.li, &date, people, &others).await;
            assert_eq!(refused.status(), 422, "{others:?}");
            assert!(refused.has_text(told), "{told} in {}", refused.text());
        }
        let stranger = paper(&v.zhao, &date, wang, &[("left", "10:00")]).await;
        assert_eq!(stranger.status(), 404);
        assert_eq!(count(&app, "SELECT count(*) AS n FROM attendance WHERE community_id = $1").await, 0);
    }

    async fn what_comes_after_seven_days_is_labelled_late_for_ever(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        app.wait(7 * 24 * 60 + 126);
        let (li, chen) = (again(&app, &v.li).await, again(&app, &v.chen).await);

        done(&paper(&li, &date, &v.people[..1], &[]).await);
        done(&look(&chen, &entries(&app).await, "yes", "").await);

        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 90, "paper late".into())));
        assert!(confirmed(&app).await[0].is_late);
    }

    async fn who_is_drawn_is_asked_by_the_desk_and_not_by_who_typed(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        app.wait(180);
        done(&paper(&v.li, &date, &v.people[..2], &[]).await);
        let all = entries(&app).await;
        done(&look(&v.chen, &all, "yes", "").await);
        // One of twenty is drawn; here it is all of them.
        let tx = app.house().housekeeping(app.community()).await.unwrap();
        let sql = "UPDATE attendance SET call = 'due' WHERE community_id = $1";
        tx.execute_raw(statement(&tx, sql, [app.community().0.into()])).await.unwrap();
        tx.commit().await.unwrap();
        let call = |id: &str| format!("/desk/activities/calls/{id}");

        let list = v.chen.get("/desk/activities/calls").await;
        assert!(list.has_text("王秀英") && list.has_text("李建"), "{}", list.text());
        assert!(list.attribute("a[href^='/people/']", "href").is_some(), "the number stands in the register");
        let typist = v.li.post(&call(&all[0]), &[("answer", "agreed")]).await;
        let wrong = v.chen.post(&call(&all[0]), &[("answer", "due")]).await;
        let resident = v.wang.post(&call(&all[0]), &[("answer", "agreed")]).await;
        done(&v.chen.post(&call(&all[0]), &[("answer", "unreached")]).await);
        done(&v.chen.post(&call(&all[0]), &[("answer", "agreed")]).await);
        done(&v.chen.post(&call(&all[1]), &[("answer", "disputed")]).await);
        let twice = v.chen.post(&call(&all[1]), &[("answer", "agreed")]).await;

        assert_eq!((typist.status(), wrong.status(), resident.status(), twice.status()), (409, 422, 403, 409));
        assert!(wrong.has_text("请选本人怎么说"), "{}", wrong.text());
        assert_eq!(events::<AttendanceAsked>(&app).await.len(), 3);
        assert!(v.chen.get("/desk/activities/calls").await.has_text("没有要回访的"));
    }

    async fn what_the_organiser_ticked_waits_but_is_not_drawn(app: TestApp) {
        let (v, date) = at_the_door(&app, &[("organiser", "孙海")]).await;
        done(&by_hand(&app, &v.sun, &date, v.people[0], "in").await);
        app.wait(60);
        done(&by_hand(&app, &v.sun, &date, v.people[0], "out").await);

        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("waiting".into(), 60, "hand".into())));
        done(&look(&v.li, &entries(&app).await, "yes", "").await);
        let told = confirmed(&app).await;
        assert_eq!((told.len(), told[0].is_late), (1, false));
    }
}
