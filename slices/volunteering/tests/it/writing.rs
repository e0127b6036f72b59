//! Writing posts, opening, correcting and closing them.

use crate::town::{People, SATURDAY, SUNDAY, done, post, public, refused, rows, version};

testkit::on_both! {
    async fn a_draft_is_seen_by_the_desk_only_until_it_is_opened(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted(&[]).await;

        let before = people.wang.get(&public(&page)).await;
        let early = people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await;
        done(&people.turn(&page, "open").await);

        assert_eq!((before.status(), early.status()), (404, 404));
        assert!(people.desk.get("/posts/desk").await.has_text("花园浇水岗"));
        let shown = app.visitor().get(&public(&page)).await;
        for words in ["花园浇水岗", "给共建花园浇水", "周六上午", "每次 90 分钟", "花园管护小组"] {
            assert!(shown.has_text(words), "{words} in {}", shown.text());
        }
        let list = app.visitor().get("/posts").await;
        assert!(list.has_text("已认领 0 / 2") && list.has_text("3栋南面花园"), "{}", list.text());
    }

    async fn what_is_wrong_is_told_in_the_readers_language_and_nothing_is_lost(app: TestApp) {
        let people = People::of(&app).await;
        let wrong = post(&[
            ("name", " "),
            ("about", "找王秀英 11010519491231002X"),
            ("places", "51"),
            ("shift_minutes", "5"),
            ("weight", "heavy"),
            ("contact_account", "nobody"),
            ("skill", "flying"),
        ]);
        let unknown = post(&[("contact_account", "nobody")]);

        let told = people.desk.post("/posts/desk/new", &wrong).await;
        let contact = people.desk.post("/posts/desk/new", &unknown).await;
        let english = people.desk.in_english().post("/posts/desk/new", &wrong).await;

        assert_eq!((told.status(), contact.status(), english.status()), (422, 422, 422));
        for words in ["这一栏要写", "请把身份证号删掉", "请填 1 到 50 之间", "请填 15 到 720 之间", "请从给出的选项里选"] {
            assert!(told.has_text(words), "{words} in {}", told.text());
        }
        assert!(contact.has_text("没有这个登录名"), "{}", contact.text());
        assert!(english.has_text("Please remove the ID number"), "{}", english.text());
        assert_eq!(told.value_of("#place").as_deref(), Some("3栋南面花园"));
        assert_eq!(told.count("input[name=slot][checked]"), 1);
        assert_eq!(rows(&app, "post").await, 0);
    }

    async fn a_post_is_corrected_and_a_stale_form_is_refused(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        let stale = version(&people.desk, &page).await;
        let fields = |version| post(&[("version", version), ("name", "花园浇水除草岗")]);

        done(&people.desk.post(&format!("{page}/edit"), &fields(&stale)).await);
        let late = people.desk.post(&format!("{page}/edit"), &fields(&stale)).await;

        refused(&late, "刚刚已经有人改过了");
        assert!(app.visitor().get(&public(&page)).await.has_text("花园浇水除草岗"));
    }

    async fn a_time_with_somebody_in_it_stays(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);
        let version = version(&people.desk, &page).await;

        let moved = post(&[("version", &version), ("slot", SUNDAY)]);
        let moved = people.desk.post(&format!("{page}/edit"), &moved).await;
        let more = post(&[("version", &version), ("slot", SUNDAY), ("slot", SATURDAY)]);
        done(&people.desk.post(&format!("{page}/edit"), &more).await);

        refused(&moved, "去掉的时段里还有人在岗");
        assert!(app.visitor().get(&public(&page)).await.has_text("周日上午"));
    }

    async fn a_closed_post_is_gone_and_who_had_a_place_is_told(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.open_post(&[]).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);

        done(&people.turn(&page, "close").await);

        assert_eq!(app.visitor().get(&public(&page)).await.status(), 404);
        assert!(people.wang.get("/alerts").await.has_text("您认的岗位停了：花园浇水岗"));
        assert!(people.wang.get("/me/volunteering").await.has_text("您还没有认岗"));
        let again = [("version", "3"), ("verb", "open")];
        refused(&people.desk.post(&format!("{page}/state"), &again).await, "这一步做不了");
        assert_eq!(people.desk.get(&format!("{page}/edit")).await.status(), 409);
    }

    async fn two_who_open_at_once_do_it_once(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.drafted(&[]).await;
        let other = app.on_duty("陈建", kernel::DutyKind::Leader, None).await;
        let fields = [("version", "1"), ("verb", "open")];
        let path = format!("{page}/state");

        let (one, another) = tokio::join!(people.desk.post(&path, &fields), other.post(&path, &fields));

        let mut statuses = [one.status(), another.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
    }

    async fn the_pages_of_the_desk_take_few_statements(app: TestApp) {
        let people = People::of(&app).await;
        let account = people.wang.actor().account.unwrap();
        let reader = app.house().db().reader();
        let contact = platform::door::by_id(&reader, app.community(), account).await.unwrap().unwrap();
        let page = people.open_post(&[("contact_account", &contact.sign_in_name)]).await;
        done(&people.wang.post(&format!("{}/claim", public(&page)), &[("slot", SATURDAY)]).await);
        let edit = format!("{page}/edit");

        for path in ["/posts", "/posts/desk", "/posts/desk/new", &edit, &page, &public(&page)] {
            let answer = people.desk.get(path).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert!(answer.statements() <= 6, "{path}: {}", answer.statements());
        }
    }
}
