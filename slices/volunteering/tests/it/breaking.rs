//! A room that breaks off some acts when all their rows are written, as a process that dies does; and
//! that nothing of such an act is left.

use kernel::events::{PostClaimed, PostShiftDone};
use platform::db::StoreError;
use platform::record::Recorded;
use platform::{Hearing, Slice, Tx};

use crate::town::{MAY_BE_ASKED, People, done, join, person_of, public, rows};

const SUNDAY_EVENING: &str = "20";

/// Breaks off claims of Sunday evenings, and confirmed shifts of thirteen minutes.
pub fn room() -> Slice {
    Slice::named("breaking_off")
        .hears::<PostClaimed>(break_off)
        .hears::<PostShiftDone>(break_off)
}

fn break_off<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    let claimed: Option<PostClaimed> = event.read();
    let done: Option<PostShiftDone> = event.read();
    let is_broken = claimed.is_some_and(|claimed| claimed.slot == Some(20))
        || done.is_some_and(|done| done.minutes == 13);
    Box::pin(async move {
        if is_broken {
            Err(StoreError::Unreadable("broken off".to_owned()))
        } else {
            Ok(())
        }
    })
}

testkit::on_both! {
    async fn a_claim_that_breaks_off_halfway_leaves_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("slot", SUNDAY_EVENING)]).await;

        let broken = people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SUNDAY_EVENING)]).await;

        assert_eq!(broken.status(), 500);
        assert_eq!(rows(&app, "post_claim").await, 0);
        assert!(people.wang.get(&public(&page)).await.has_text("已认领 0 / 2"));
    }

    async fn a_yes_that_breaks_off_halfway_can_be_said_again(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[("slot", SUNDAY_EVENING)]).await;
        let mut fields = MAY_BE_ASKED;
        fields[0].1 = SUNDAY_EVENING;
        join(&people.wang, &fields).await;
        let wang = person_of(&people.wang).to_string();
        done(&people.desk.post(&format!("{page}/ask"), &[("slot", SUNDAY_EVENING), ("person", &wang)]).await);
        let own = people.wang.get("/me/volunteering").await;
        let asking = own.attribute("form[action*='/askings/']", "action").unwrap();

        let broken = people.wang.post(&asking, &[("answer", "yes")]).await;

        assert_eq!(broken.status(), 500);
        let own = people.wang.get("/me/volunteering").await;
        assert_eq!(own.count("form[action*='/askings/']"), 1, "{}", own.text());
        assert!(own.has_text("您还没有认岗"));
    }

    async fn a_confirmation_that_breaks_off_halfway_leaves_the_shift_waiting(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", "15")]).await);
        let other = app.on_duty("陈建", kernel::DutyKind::Staff, None).await;
        let wang = person_of(&people.wang).to_string();
        let note = [("person", wang.as_str()), ("day", "2026-11-21"), ("minutes", "13")];
        done(&people.desk.post(&format!("{page}/shifts"), &note).await);
        let shown = other.get(&page).await;
        let confirm = shown.attribute("form[action*='/confirm/']", "action").unwrap();

        let broken = other.post(&confirm, &[]).await;

        assert_eq!(broken.status(), 500);
        assert_eq!(other.get(&page).await.count("form[action*='/confirm/']"), 1);
    }
}
