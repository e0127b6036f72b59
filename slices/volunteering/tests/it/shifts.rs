//! Being at a post, and the second person who says so.

use kernel::DutyKind;
use kernel::events::PostShiftDone;
use testkit::{Client, TestApp};

use crate::town::{People, SATURDAY, done, events, person_of, public, refused, rows};

const OWN: &str = "/me/volunteering";

/// Where the first button of a kind leads.
async fn button(who: &Client, page: &str, kind: &str) -> Option<String> {
    let shown = who.get(page).await;
    shown.attribute(&format!("form[action*='/{kind}/']"), "action")
}

/// 王秀英 has a place; returns the page at the desk.
async fn with_place(people: &People) -> String {
    let page = people.open_post(&[]).await;
    done(
        &people
            .wang
            .post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)])
            .await,
    );
    page
}

/// The same person, signed in anew after the clock moved.
async fn again(app: &TestApp, who: &Client) -> Client {
    app.signed_in(who.actor().account.unwrap()).await
}

async fn shift_done(app: &TestApp) -> Vec<PostShiftDone> {
    events(app)
        .await
        .iter()
        .filter_map(platform::record::Recorded::read)
        .collect()
}

testkit::on_both! {
    async fn a_volunteer_signs_in_and_out_and_another_confirms_it(app: TestApp) {
        let people = People::of(&app).await;
        let page = with_place(&people).await;
        let sign_in = button(&people.wang, OWN, "sign-in").await.unwrap();

        done(&people.wang.post(&sign_in, &[]).await);
        refused(&people.wang.post(&sign_in, &[]).await, "先签退再签到");
        let sign_out = button(&people.wang, OWN, "sign-out").await.unwrap();
        refused(&people.wang.post(&sign_out, &[]).await, "还不到一分钟");
        app.wait(95);
        done(&people.wang.post(&sign_out, &[]).await);
        refused(&people.wang.post(&sign_out, &[]).await, "已经签退或者确认过了");
        assert!(people.wang.get(OWN).await.has_text("95 分钟 等待确认"));
        assert!(shift_done(&app).await.is_empty(), "one person alone makes no shift");
        let confirm = button(&people.desk, &page, "confirm").await.unwrap();
        done(&people.desk.post(&confirm, &[]).await);
        refused(&people.desk.post(&confirm, &[]).await, "已经签退或者确认过了");

        let told = shift_done(&app).await;
        assert_eq!(told.len(), 1);
        let shift = &told[0];
        assert_eq!((shift.minutes, shift.day.as_str(), shift.is_late), (95, "2026-11-21", false));
        assert_eq!(shift.person, person_of(&people.wang));
        assert!(people.wang.get(OWN).await.has_text("已确认"));
    }

    async fn nobody_confirms_their_own_shift_nor_what_they_noted(app: TestApp) {
        let people = People::of(&app).await;
        let page = with_place(&people).await;
        let wang = person_of(&people.wang);
        // The volunteer works at the desk, too.
        let account = people.wang.actor().account.unwrap();
        let mut tx = app.begin().await;
        let duty = platform::door::NewDuty { account, kind: DutyKind::Staff, area: None, handler: None };
        platform::door::take_up(&mut tx, &duty).await.unwrap();
        tx.commit().await.unwrap();
        let herself = again(&app, &people.wang).await;
        let other = app.on_duty("陈建", DutyKind::Staff, None).await;
        let note = [("person", wang.to_string()), ("day", "2026-11-20".to_owned()), ("minutes", "60".to_owned())];
        let note: Vec<(&str, &str)> = note.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let path = format!("{page}/shifts");

        refused(&herself.post(&path, &note).await, "自己的值岗要由别人确认");
        done(&people.desk.post(&path, &note).await);
        let confirm = button(&other, &page, "confirm").await.unwrap();

        assert_eq!(button(&people.desk, &page, "confirm").await, None, "whoever noted it is not offered it");
        assert_eq!(button(&herself, &page, "confirm").await, None);
        refused(&people.desk.post(&confirm, &[]).await, "要由另一个人确认");
        refused(&herself.post(&confirm, &[]).await, "自己的值岗要由别人确认");
        assert!(other.get(&page).await.has_text("组织者补记"));
        done(&other.post(&confirm, &[]).await);
        assert!(shift_done(&app).await[0].is_late, "what an organiser noted is labelled");
    }

    async fn the_contact_of_a_post_confirms_there_and_nowhere_else(app: TestApp) {
        let people = People::of(&app).await;
        let account = people.li.actor().account.unwrap();
        let reader = app.house().db().reader();
        let li = platform::door::by_id(&reader, app.community(), account).await.unwrap().unwrap();
        let page = people.open_post(&[("contact_account", &li.sign_in_name)]).await;
        let other = people.open_post(&[("name", "门口引导岗")]).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);
        done(&people.wang.post(&button(&people.wang, OWN, "sign-in").await.unwrap(), &[]).await);
        app.wait(60);
        done(&people.wang.post(&button(&people.wang, OWN, "sign-out").await.unwrap(), &[]).await);

        let list = people.li.get("/posts/desk").await;
        let confirm = button(&people.li, &page, "confirm").await.unwrap();

        assert!(list.has_text("花园浇水岗") && !list.has_text("门口引导岗"), "{}", list.text());
        assert_eq!(people.li.get(&other).await.status(), 404);
        assert_eq!(people.li.get(&format!("{page}/ask")).await.status(), 403);
        let elsewhere = confirm.replace(&page, &other);
        assert_eq!(people.desk.post(&elsewhere, &[]).await.status(), 404);
        assert_eq!(people.zhao.post(&confirm, &[]).await.status(), 403);
        done(&people.li.post(&confirm, &[]).await);
    }

    async fn a_day_stays_plausible_and_a_forgotten_sign_out_is_no_shift(app: TestApp) {
        let people = People::of(&app).await;
        let page = with_place(&people).await;
        let wang = person_of(&people.wang).to_string();
        let note = |minutes: &'static str| [("person", wang.clone()), ("day", "2026-11-20".to_owned()), ("minutes", minutes.to_owned())];
        let path = format!("{page}/shifts");
        let post = async |minutes| {
            let fields = note(minutes);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            people.desk.post(&path, &fields).await
        };

        done(&post("700").await);
        refused(&post("21").await, "超过 12 个小时");
        done(&people.wang.post(&button(&people.wang, OWN, "sign-in").await.unwrap(), &[]).await);
        app.wait(721);
        let wang = again(&app, &people.wang).await;
        let forgotten = wang.post(&button(&wang, OWN, "sign-out").await.unwrap(), &[]).await;

        refused(&forgotten, "可能是忘了签退");
        done(&wang.post(&button(&wang, OWN, "drop").await.unwrap(), &[]).await);
        assert_eq!(rows(&app, "post_shift").await, 1);
    }

    async fn a_shift_confirmed_after_a_week_is_labelled(app: TestApp) {
        let people = People::of(&app).await;
        let page = with_place(&people).await;
        done(&people.wang.post(&button(&people.wang, OWN, "sign-in").await.unwrap(), &[]).await);
        app.wait(30);
        done(&people.wang.post(&button(&people.wang, OWN, "sign-out").await.unwrap(), &[]).await);
        app.wait(8 * 24 * 60);
        let desk = again(&app, &people.desk).await;

        done(&desk.post(&button(&desk, &page, "confirm").await.unwrap(), &[]).await);

        assert!(shift_done(&app).await[0].is_late);
    }

    async fn two_who_confirm_at_once_confirm_once(app: TestApp) {
        let people = People::of(&app).await;
        let page = with_place(&people).await;
        done(&people.wang.post(&button(&people.wang, OWN, "sign-in").await.unwrap(), &[]).await);
        app.wait(30);
        done(&people.wang.post(&button(&people.wang, OWN, "sign-out").await.unwrap(), &[]).await);
        let other = app.on_duty("陈建", DutyKind::Leader, None).await;
        let confirm = button(&other, &page, "confirm").await.unwrap();

        let (one, another) = tokio::join!(people.desk.post(&confirm, &[]), other.post(&confirm, &[]));

        let mut statuses = [one.status(), another.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(shift_done(&app).await.len(), 1);
    }

    async fn a_note_that_is_wrong_is_told_field_by_field(app: TestApp) {
        let people = People::of(&app).await;
        let page = with_place(&people).await;
        let li = person_of(&people.li).to_string();
        let path = format!("{page}/shifts");

        let wrong = people.desk.post(&path, &[("person", "x"), ("day", "2026-11-22"), ("minutes", "0")]).await;
        let no_place = people.desk.post(&path, &[("person", &li), ("day", "2026-11-21"), ("minutes", "60")]).await;

        assert_eq!(wrong.status(), 422);
        for words in ["请从给出的选项里选", "只能补记今天和之前 60 天", "请填 1 到 720 之间"] {
            assert!(wrong.has_text(words), "{words} in {}", wrong.text());
        }
        refused(&no_place, "这个岗位上没有这个人");
    }
}
