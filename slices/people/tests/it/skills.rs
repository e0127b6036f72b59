//! What neighbours say they can lend a hand with, who reads it, and how it goes.

use kernel::{AccountId, DutyKind, SkillId};
use people::policy::{ASK_BY_SKILL, OFFER};
use people::skills::{Asking, Neighbour, who_can};
use testkit::{Client, TestApp};

use crate::town::neighbours;

const PAGE: &str = "/me/data/skills";

/// The skill of this Chinese name.
async fn skill(app: &TestApp, name: &str) -> SkillId {
    let reader = app.house().db().reader();
    let all = people::skills::skills(&reader, app.community())
        .await
        .expect("an answer");
    all.into_iter()
        .find(|skill| skill.name_zh == name)
        .expect("it is on the list")
        .id
}

/// Who offers it, as this person is told; `None` when they may not ask.
async fn found(app: &TestApp, asker: &Client, name: &str) -> Option<Vec<Neighbour>> {
    let community = app.community();
    let policy = app.house().policy();
    let allowed = policy
        .check(asker.actor(), ASK_BY_SKILL, Asking { community })
        .ok()?;
    let reader = app.house().db().reader();
    Some(
        who_can(&reader, &allowed, skill(app, name).await)
            .await
            .expect("an answer"),
    )
}

fn names(found: &[Neighbour]) -> Vec<&str> {
    found.iter().map(|one| one.name.as_str()).collect()
}

async fn events(app: &TestApp, account: AccountId) -> Vec<String> {
    let reader = app.house().db().reader();
    let sql =
        "SELECT name FROM event WHERE subject_id = $1 AND name LIKE 'people.skill%' ORDER BY id";
    let rows = sea_orm::ConnectionTrait::query_all_raw(
        &reader,
        platform::db::statement(&reader, sql, [account.0.into()]),
    )
    .await
    .expect("an answer");
    rows.iter()
        .map(|row| row.try_get("", "name").expect("a name"))
        .collect()
}

testkit::on_both! {
    async fn the_record_does_not_say_who_offers(app: TestApp) {
        let wang = app.resident("王秀英").await;
        let administrator = app.on_duty("wu", DutyKind::Administrator, None).await;
        wang.post(PAGE, &[("skill", "cooking")]).await;
        wang.post(PAGE, &[]).await;

        let record = administrator.get("/admin/record").await;

        let account = wang.actor().account.expect("an account");
        assert_eq!(events(&app, account).await.len(), 2);
        assert!(!record.has_text("王秀英"), "{}", record.text());
    }

    async fn a_neighbour_offers_and_takes_back_and_is_found_so_long(app: TestApp) {
        let wang = app.resident("王秀英").await;
        let an = app.resident("安国庆").await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        let leader = app.on_duty("liu", DutyKind::Leader, None).await;

        let saved = wang.post(PAGE, &[("skill", "cooking"), ("skill", "electrician")]).await;
        an.post(PAGE, &[("skill", "electrician")]).await;

        assert_eq!((saved.status(), saved.location()), (303, PAGE));
        let page = wang.get(PAGE).await;
        assert_eq!(page.count("input[name=skill]"), 17);
        assert_eq!(page.count("input[name=skill][checked]"), 2);
        assert!(page.has_text("只有社区工作人员和社区负责人看得到"), "{}", page.text());
        assert!(wang.get("/me/data").await.has_text("做饭"), "without an entry in the register too");
        for asker in [&desk, &leader] {
            let electricians = found(&app, asker, "电工").await.expect("they may ask");
            assert_eq!(names(&electricians), ["安国庆", "王秀英"], "in the order of their sound");
        }

        wang.post(PAGE, &[("skill", "cooking")]).await;
        an.post(PAGE, &[]).await;

        assert_eq!(found(&app, &desk, "电工").await, Some(Vec::new()));
        assert_eq!(names(&found(&app, &desk, "做饭").await.expect("they may ask")), ["王秀英"]);
        assert_eq!(an.get(PAGE).await.count("input[checked]"), 0);
    }
}

testkit::on_both! {
    async fn only_staff_and_leaders_learn_who_offers_what(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("王秀英", here.wang).await;
        wang.post(PAGE, &[("skill", "electrician")]).await;
        let area = here.town.grids[0];

        let neighbour = app.resident("li").await;
        assert_eq!(found(&app, &neighbour, "电工").await, None);
        assert_eq!(found(&app, &app.visitor(), "电工").await, None);
        let others = [
            DutyKind::Administrator,
            DutyKind::GridWorker,
            DutyKind::MicroGridHead,
            DutyKind::Handler,
            DutyKind::DistrictViewer,
            DutyKind::Mediator,
            DutyKind::MediationHead,
        ];
        for kind in others {
            let somebody = app.on_duty("someone", kind, Some(area)).await;
            assert_eq!(found(&app, &somebody, "电工").await, None, "{kind:?}");
        }
        let worker = app.on_duty("chen", DutyKind::GridWorker, Some(area)).await;
        let record = worker.get(&crate::town::record(here.wang)).await;
        assert!(record.has_text("王秀英") && !record.has_text("能帮"), "{}", record.text());
        assert!(!record.has_text("有一件与本人有关的事情"));
        assert_eq!(neighbour.get(PAGE).await.count("input[checked]"), 0);
        let elsewhere = Asking { community: kernel::CommunityId(uuid::Uuid::nil()) };
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        assert!(app.house().policy().check(desk.actor(), ASK_BY_SKILL, elsewhere).is_err());
    }
}

testkit::on_both! {
    async fn a_visitor_is_led_to_sign_in(app: TestApp) {
        let visitor = app.visitor();

        let answer = visitor.get(PAGE).await;

        assert_eq!(answer.status(), 303);
        assert!(answer.location().starts_with("/sign-in"), "{}", answer.location());
        assert_eq!(visitor.post(PAGE, &[("skill", "law")]).await.status(), 401);
        assert!(!app.house().policy().may(visitor.actor(), OFFER));
    }
}

testkit::on_both! {
    async fn what_is_not_on_the_list_is_refused_in_the_readers_language(app: TestApp) {
        let wang = app.resident("wang").await;
        wang.post(PAGE, &[("skill", "law")]).await;

        let answer = wang.post(PAGE, &[("skill", "hair"), ("skill", "<b>flying")]).await;

        assert_eq!(answer.status(), 422);
        assert!(answer.has_text("有一项不在清单上"), "{}", answer.text());
        assert_eq!(answer.value_of("input[checked]").as_deref(), Some("hair"), "what was ticked stays");
        assert_eq!(wang.get(PAGE).await.value_of("input[checked]").as_deref(), Some("law"), "nothing was saved");
        let many: Vec<(&str, &str)> = vec![("skill", "law"); 500];
        assert_eq!(wang.post(PAGE, &many).await.status(), 422);
        assert_eq!(wang.post_forged(PAGE, &[("skill", "hair")]).await.status(), 403);
        let english = wang.in_english();
        assert!(english.post(PAGE, &[("skill", "flying")]).await.has_text("not on the list"));
        assert!(english.get(PAGE).await.has_text("Cutting hair"));
    }
}

testkit::on_both! {
    async fn the_same_box_twice_and_two_windows_at_once_do_no_harm(app: TestApp) {
        let account = app.account("wang", None).await;
        let wang = app.signed_in(account).await;

        let twice = wang.post(PAGE, &[("skill", "law"), ("skill", "law")]).await;
        let again = wang.post(PAGE, &[("skill", "law")]).await;
        assert_eq!((twice.status(), again.status()), (303, 303));
        assert_eq!(events(&app, account).await, ["people.skill_offered"], "nothing happens twice");

        let (one, other) = (app.signed_in(account).await, app.signed_in(account).await);
        let both = [("skill", "law"), ("skill", "hair")];
        let (first, second) = tokio::join!(one.post(PAGE, &both), other.post(PAGE, &both));

        assert_eq!((first.status(), second.status()), (303, 303));
        assert_eq!(events(&app, account).await, ["people.skill_offered"; 2]);
        assert_eq!(wang.get(PAGE).await.count("input[checked]"), 2);
    }
}

testkit::on_both! {
    async fn a_community_from_before_the_list_has_it_with_the_first_offer(app: TestApp) {
        let wang = app.resident("wang").await;
        let tx = app.house().housekeeping(app.community()).await.expect("a transaction");
        let sql = "DELETE FROM skill WHERE community_id = $1";
        sea_orm::ConnectionTrait::execute_raw(&tx, platform::db::statement(&tx, sql, [app.community().0.into()]))
            .await
            .expect("the list is gone");
        tx.commit().await.expect("it is confirmed");
        assert_eq!(wang.get(PAGE).await.count("input[name=skill]"), 17);

        let li = app.resident("li").await;
        let (one, other) = tokio::join!(
            wang.post(PAGE, &[("skill", "law")]),
            li.post(PAGE, &[("skill", "law")])
        );

        assert_eq!((one.status(), other.status()), (303, 303));
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        assert_eq!(found(&app, &desk, "法律").await.expect("they may ask").len(), 2);
        let reader = app.house().db().reader();
        assert_eq!(people::skills::skills(&reader, app.community()).await.expect("an answer").len(), 17);
    }
}

testkit::on_both! {
    async fn what_is_offered_can_be_taken_along_and_goes_with_the_entry(app: TestApp) {
        let here = neighbours(&app).await;
        let account = app.account("王秀英", Some(here.wang)).await;
        let wang = app.signed_in(account).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        wang.post(PAGE, &[("skill", "cooking")]).await;

        assert!(wang.get("/me/data").await.has_text("做饭"));
        let json = wang.get("/me/data/export?as=json").await.json();
        assert_eq!(json["skills"][0]["name"], "做饭");
        assert!(wang.get("/me/data/export?as=csv").await.body().contains("做饭"));

        wang.post("/me/data/erase", &[]).await;

        assert_eq!(found(&app, &desk, "做饭").await, Some(Vec::new()));
        assert_eq!(wang.get(PAGE).await.count("input[checked]"), 0);
        assert_eq!(events(&app, account).await, ["people.skill_offered", "people.skill_taken_back"]);
    }
}

testkit::on_both! {
    async fn what_is_offered_goes_with_the_account(app: TestApp) {
        let account = app.account("王秀英", None).await;
        let wang = app.signed_in(account).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        wang.post(PAGE, &[("skill", "cooking"), ("skill", "law")]).await;

        let mut tx = app.begin().await;
        platform::door::close(&mut tx, account).await.expect("the account closes");
        tx.commit().await.expect("the act is confirmed");

        assert_eq!(found(&app, &desk, "做饭").await, Some(Vec::new()));
        let mut tx = app.begin().await;
        platform::door::reopen(&mut tx, account).await.expect("it opens again");
        tx.commit().await.expect("the act is confirmed");
        assert_eq!(found(&app, &desk, "法律").await, Some(Vec::new()), "nothing comes back by itself");
    }
}

testkit::on_both! {
    async fn many_are_asked_after_at_once_and_where_they_live(app: TestApp) {
        let here = neighbours(&app).await;
        let wang = app.resident_in_register("王秀英", here.wang).await;
        let zhao = app.account("赵敏", Some(here.zhao)).await;
        let desk = app.on_duty("zhou", DutyKind::Staff, None).await;
        wang.post(PAGE, &[("skill", "cooking"), ("skill", "electrician")]).await;
        app.signed_in(zhao).await.post(PAGE, &[("skill", "law")]).await;
        let community = app.community();
        let allowed = app.house().policy().check(desk.actor(), ASK_BY_SKILL, Asking { community });
        let allowed = allowed.expect("the desk may ask");
        let all = [here.wang, here.li, here.zhao];
        let offered = async || {
            let reader = app.house().db().reader();
            let found = people::skills::of_people(&reader, &allowed, &all).await.expect("an answer");
            assert_eq!(reader.statements(), 1);
            all.map(|person| {
                let skills = found.get(&person).map_or(&[][..], Vec::as_slice);
                skills.iter().map(|skill| skill.name_zh.clone()).collect::<Vec<_>>()
            })
        };

        assert_eq!(offered().await, [vec!["电工", "做饭"], vec![], vec!["法律"]], "in the order of the list");
        let mut tx = app.begin().await;
        platform::door::close(&mut tx, zhao).await.expect("the account closes");
        tx.commit().await.expect("the act is confirmed");
        assert_eq!(offered().await[2], Vec::<String>::new());

        wang.post("/me/data/erase", &[]).await;
        let reader = app.house().db().reader();
        let homes = people::homes(&reader, community, &all).await.expect("an answer");
        assert_eq!(homes.get(&here.wang), None, "who was erased lives nowhere");
        let home = homes.get(&here.zhao).expect("she lives here");
        assert_eq!((home.name.as_str(), home.area), ("赵敏", Some(here.town.buildings[1][0][0])));
        assert!(people::homes(&reader, community, &[]).await.expect("an answer").is_empty());
    }
}

testkit::on_both! {
    async fn the_page_takes_few_statements(app: TestApp) {
        let wang = app.resident("wang").await;

        let opened = wang.get(PAGE).await.statements();
        let saved = wang.post(PAGE, &[("skill", "law"), ("skill", "hair"), ("skill", "cooking")]).await.statements();

        assert!(opened <= 3, "{opened}");
        assert!(saved <= 6, "{saved}");
    }
}
