//! A record is read by its owner and by the desk, and by nobody else; both readings of the policy agree.

use kernel::DutyKind;
use testkit::Client;

use crate::middle::People;

testkit::on_both! {
    async fn nobody_but_the_owner_and_the_desk_reads_a_record(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.confirmed(&app).await;
        people.entered_on(&app, "2026-11-19").await;
        let neighbour = app.resident_in_register("赵敏", people.zhao_id).await;

        for kind in DutyKind::ALL {
            if matches!(kind, DutyKind::Staff) {
                continue;
            }
            let other = app.on_duty("other", kind, None).await;
            assert_ne!(other.get(&page).await.status(), 200, "{kind:?}");
            let desk = other.get("/hours").await;
            assert!(!desk.has_text("王秀英"), "{kind:?}: {}", desk.text());
            assert_ne!(other.get("/hours/calls").await.status(), 200, "{kind:?}");
        }
        assert_eq!(people.li.get(&page).await.status(), 200);
        assert_eq!(neighbour.get(&page).await.status(), 403);
        assert!(neighbour.get("/me/hours").await.has_text("累计时长 0 小时"));
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 1 小时 30 分钟"));
        assert_eq!(app.visitor().get("/me/hours").await.status(), 303);
        let leader = people.leader.get("/hours").await;
        assert_eq!(leader.location(), "/hours/flags", "a leader begins with what is to be reviewed");
    }

    async fn what_is_not_there_is_not_found(app: TestApp) {
        let people = People::of(&app).await;
        let missing = "018f0000-0000-7000-8000-000000000000";

        let get = async |who: &Client, path: String| who.get(&path).await.status();
        assert_eq!(get(&people.li, format!("/hours/entries/{missing}")).await, 404);
        assert_eq!(get(&people.li, "/hours/entries/nonsense".into()).await, 404);
        assert_eq!(get(&people.li, format!("/hours/import/{missing}")).await, 404);
        assert_eq!(get(&people.li, format!("/hours/enter?person={missing}")).await, 404);
        let act = people.li.post(&format!("/hours/entries/{missing}/confirm"), &[]).await;
        let flag = people.li.post(&format!("/hours/flags/{missing}"), &[("choice", "right")]).await;
        let call = people.li.post(&format!("/hours/calls/{missing}"), &[("choice", "so")]).await;
        assert_eq!((act.status(), flag.status(), call.status()), (404, 404, 409));
        let page = people.entered(&app).await;
        let strange = people.zhou.post(&format!("{page}/delete"), &[]).await;
        let object = people.zhou.post(&format!("{page}/object"), &[("words", "x")]).await;
        assert_eq!((strange.status(), object.status()), (404, 404));
    }
}
