//! An act that breaks off halfway leaves nothing.

use kernel::events::{AttendanceConfirmed, CheckedOut, SignedUp};
use platform::db::StoreError;
use platform::record::Recorded;
use platform::{Hearing, Slice, Tx};

use crate::attending::at_the_door;
use crate::village::{announced, by_door_code, count, dates, done, join, roll_of, village};

/// A room that breaks off whatever is about exactly 77 minutes, or about somebody who waits, when all
/// rows are written, as a process that dies does.
pub fn breaking_off() -> Slice {
    Slice::named("breaking_off")
        .hears::<CheckedOut>(break_off)
        .hears::<SignedUp>(break_off)
        .hears::<AttendanceConfirmed>(break_off)
}

fn break_off<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let is_out = event
            .read::<CheckedOut>()
            .is_some_and(|out| out.minutes == 77);
        let is_up = event
            .read::<SignedUp>()
            .is_some_and(|up| up.origin == "family" && up.state == "waiting");
        let is_sure = event
            .read::<AttendanceConfirmed>()
            .is_some_and(|sure| sure.minutes == 78);
        if is_out || is_up || is_sure {
            return Err(StoreError::Unreadable("broken off".to_owned()));
        }
        Ok(())
    })
}

testkit::on_both! {
    async fn a_sign_up_that_breaks_off_leaves_nothing(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("capacity", "1")]).await;
        let date = dates(&app, &id).await[0].clone();
        let all = "SELECT count(*) AS n FROM activity_sign_up WHERE community_id = $1";

        // Wang has the place, Jian waits, and there it breaks.
        let broken = join(&v.wang, &id, &date, &v.people[..2]).await;
        let nothing = count(&app, all).await;
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);

        assert_eq!((broken.status(), nothing, count(&app, all).await), (500, 0, 1));
    }

    async fn a_check_out_that_breaks_off_leaves_its_person_in(app: TestApp) {
        let (v, date) = at_the_door(&app, &[]).await;
        done(&by_door_code(&v.li, &v.wang, &date, "in").await);

        app.wait(77);
        let broken = by_door_code(&v.li, &v.wang, &date, "out").await;
        let still_in = roll_of(&app, &date, v.people[0]).await;
        app.wait(1);
        let unheard = by_door_code(&v.li, &v.wang, &date, "out").await;
        let still = roll_of(&app, &date, v.people[0]).await;
        app.wait(1);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);

        assert_eq!((broken.status(), unheard.status()), (500, 500));
        assert_eq!(still_in, Some(("in".into(), 0, String::new())));
        assert_eq!(still, still_in, "what another room cannot take did not happen");
        assert_eq!(roll_of(&app, &date, v.people[0]).await, Some(("confirmed".into(), 79, String::new())));
    }
}
