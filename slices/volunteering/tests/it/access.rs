//! Who may not.

use kernel::DutyKind;

use crate::town::{MAY_BE_ASKED, People, SATURDAY, done, join, public};

testkit::on_both! {
    async fn a_resident_sees_no_desk_and_no_volunteer(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        join(&people.wang, &MAY_BE_ASKED).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);

        let list = people.li.get("/posts/desk").await;
        assert_eq!(list.status(), 200);
        assert!(list.has_text("还没有由您管的岗位"), "{}", list.text());
        assert_eq!(people.li.get(&page).await.status(), 404);
        for path in [format!("{page}/ask"), format!("{page}/edit"), "/posts/desk/roster".to_owned(), "/posts/desk/new".to_owned()] {
            assert_eq!(people.li.get(&path).await.status(), 403, "{path}");
        }
        let note = [("person", "x")];
        let noted = people.li.post(&format!("{page}/shifts"), &note).await;
        assert_eq!(noted.status(), 404);
        assert!(!people.li.get(&public(&page)).await.has_text("王秀英"));
    }

    async fn a_visitor_is_led_to_sign_in(app: TestApp) {
        let people = People::of(&app).await;
        let post = public(&people.open_post(&[]).await);
        let visitor = app.visitor();

        assert_eq!(visitor.get(&post).await.status(), 200);
        assert!(visitor.get("/me/volunteering").await.location().starts_with("/sign-in"));
        assert_eq!(visitor.post(&format!("{post}/claim"), &[("slot", SATURDAY)]).await.status(), 401);
        assert_eq!(people.wang.post_forged(&format!("{post}/claim"), &[("slot", SATURDAY)]).await.status(), 403);
    }

    async fn other_duties_read_no_volunteer_either(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);
        let area = people.town.grids[0];

        for kind in [
            DutyKind::Administrator,
            DutyKind::GridWorker,
            DutyKind::MicroGridHead,
            DutyKind::Handler,
            DutyKind::DistrictViewer,
            DutyKind::Mediator,
            DutyKind::MediationHead,
        ] {
            let somebody = app.on_duty("someone", kind, Some(area)).await;
            assert_eq!(somebody.get(&page).await.status(), 404, "{kind:?}");
            assert_eq!(somebody.get("/posts/desk/roster").await.status(), 403, "{kind:?}");
        }
        let administrator = app.on_duty("wu", DutyKind::Administrator, None).await;
        let record = administrator.get("/admin/record").await;
        assert!(!record.has_text("王秀英"), "{}", record.text());
    }

    async fn the_row_and_the_list_agree_on_who_reads_a_post(app: TestApp) {
        let people = People::of(&app).await;
        let open = people.open_post(&[]).await;
        let draft = people.drafted(&[("name", "还没开放的岗")]).await;
        let leader = app.on_duty("刘主任", DutyKind::Leader, None).await;

        for (who, sees_draft) in [(&people.desk, true), (&leader, true), (&people.wang, false), (&app.visitor(), false)] {
            let status = if sees_draft { 200 } else { 404 };
            assert_eq!(who.get(&public(&draft)).await.status(), status);
            assert_eq!(who.get(&public(&open)).await.status(), 200);
            assert!(!who.get("/posts").await.has_text("还没开放的岗"), "only open ones are listed there");
        }
        assert!(leader.get("/posts/desk").await.has_text("还没开放的岗"));
    }

    async fn what_is_not_there_is_not_found(app: TestApp) {
        let people = People::of(&app).await;
        let nobody = uuid::Uuid::nil();

        for path in ["/posts/x".to_owned(), format!("/posts/{nobody}"), format!("/posts/desk/{nobody}"), "/posts/desk/x/ask".to_owned()] {
            assert_eq!(people.desk.get(&path).await.status(), 404, "{path}");
        }
        for path in ["sign-in", "sign-out", "drop"] {
            let answer = people.wang.post(&format!("/me/volunteering/{path}/{nobody}"), &[]).await;
            assert_eq!(answer.status(), 404, "{path}");
        }
    }

    async fn nobody_touches_the_shift_of_another(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        for who in [&people.wang, &people.li] {
            done(&who.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);
        }
        let own = people.wang.get("/me/volunteering").await;
        let sign_in = own.attribute("form[action*='/sign-in/']", "action").unwrap();
        done(&people.wang.post(&sign_in, &[]).await);
        let own = people.wang.get("/me/volunteering").await;
        let sign_out = own.attribute("form[action*='/sign-out/']", "action").unwrap();
        app.wait(10);

        assert_eq!(people.li.post(&sign_out, &[]).await.status(), 404);
        assert_eq!(people.li.post(&sign_out.replace("sign-out", "drop"), &[]).await.status(), 404);
        let stranger = people.zhao.post(&sign_in, &[]).await;
        crate::town::refused(&stranger, "这个岗位上没有这个人");
    }
}
