//! How it begins: by consent of both, and ended by either's refusal.

use crate::middle::{People, act, application, done, id_of, sign_in_name};

testkit::on_both! {
    async fn everyone_reads_what_mediation_is_who_mediates_and_which_other_ways_there_are(app: TestApp) {
        let people = People::of(&app).await;

        let page = app.visitor().get("/mediation").await;

        assert_eq!(page.status(), 200);
        for words in ["不收费", "双方都同意才开始", "周敏", "陈建", "何梅", "调解委员会主任", "仲裁", "起诉", "满 5 年"] {
            assert!(page.has_text(words), "{words} in {}", page.text());
        }
        assert!(page.statements() <= 6, "{} statements", page.statements());
        assert!(people.wang.get("/mediation").await.has_text("申请调解"));
    }

    async fn the_petition_page_tells_the_clock_and_takes_nothing(app: TestApp) {
        let page = app.visitor().get("/mediation/petition").await;

        for words in ["15 日内", "5 个工作日内", "60 日", "延长 30 日", "不超过 5 人", "不登记、不转交、不保存"] {
            assert!(page.has_text(words), "{words} in {}", page.text());
        }
        assert_eq!(page.count("main form"), 0);
        let english = app.visitor().in_english().get("/mediation/petition").await;
        assert!(english.has_text("within 60 days of acceptance"), "{}", english.text());
    }

    async fn who_has_no_account_leaves_a_number_and_is_called(app: TestApp) {
        let people = People::of(&app).await;
        let visitor = app.visitor();

        let without = visitor.post("/mediation/apply", &application(&[("own_phone", "")])).await;
        let sent = visitor.post("/mediation/apply", &application(&[])).await;

        assert_eq!(without.status(), 422);
        assert!(without.has_text("请留一个电话"), "{}", without.text());
        assert_eq!(without.value_of("#own_name").as_deref(), Some("王秀英"));
        assert_eq!(sent.location(), "/mediation/thanks");
        assert!(visitor.get("/mediation/thanks").await.has_text("会打电话给您"));
        let list = people.head.get("/mediation/cases").await;
        assert!(list.has_text("TJ-2026-0001"), "{}", list.text());
        let page = list.attribute("tr[data-row] a", "href").unwrap();
        assert!(people.head.get(&page).await.has_text("13812345678"));
        assert!(people.head.get("/alerts").await.has_text("TJ-2026-0001"));
    }

    async fn who_is_joined_hears_that_it_was_written_down_and_the_other_party_does_not(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;
        let name = sign_in_name(&app, &people.li).await;

        done(&act(&people.head, &page, "join", &[("side", "b"), ("account", &name)]).await);

        let told = "已替您登记";
        assert!(people.li.get("/alerts").await.has_text(told));
        assert!(!people.wang.get("/alerts").await.has_text(told), "wang asked for it themselves");
    }

    async fn it_goes_on_when_both_have_agreed_and_not_before(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;
        let first = id_of(&people.mediator);
        let setting = [("first", first.as_str()), ("has_tie", "no")];

        let early = act(&people.head, &page, "mediators", &setting).await;
        let noted = [("side", "b"), ("how", "telephone"), ("on", "2026-11-21")];
        done(&act(&people.head, &page, "consent", &noted).await);

        assert_eq!(early.status(), 409);
        assert!(early.has_text("这一步现在不能做"), "{}", early.text());
        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("双方都愿意了"), "{}", shown.text());
        assert!(shown.has_text("11月21日同意（电话）"), "{}", shown.text());
        assert!(shown.has_text("11月21日同意（网上）"), "{}", shown.text());
        done(&act(&people.head, &page, "mediators", &setting).await);
    }

    async fn either_refusal_ends_it_and_no_reason_is_asked(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;
        let name = sign_in_name(&app, &people.li).await;
        done(&act(&people.head, &page, "join", &[("side", "b"), ("account", &name)]).await);

        let asked = people.li.get(&page).await;
        done(&act(&people.li, &page, "decline", &[("side", "b")]).await);

        assert_eq!(asked.count("main textarea"), 0, "nobody is asked why");
        let shown = people.wang.get(&page).await;
        assert!(shown.has_text("没有开始"), "{}", shown.text());
        assert!(shown.has_text("可以向人民法院起诉"));
        let late = act(&people.li, &page, "consent", &[("side", "b")]).await;
        assert_eq!(late.status(), 409);
    }

    async fn who_asked_can_take_it_back_before_the_other_has_answered(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;

        assert!(people.wang.get(&page).await.has_text("您改了主意"));
        done(&act(&people.wang, &page, "decline", &[("side", "a")]).await);

        assert!(people.head.get(&page).await.has_text("没有开始"));
    }

    async fn a_party_answers_for_themselves_only(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;

        let answered = act(&people.wang, &page, "consent", &[("side", "b")]).await;

        assert_eq!(answered.status(), 409);
        assert!(answered.has_text("您自己是当事人"), "{}", answered.text());
    }

    async fn the_head_writes_down_for_somebody_who_came_and_offers_mediation(app: TestApp) {
        let people = People::of(&app).await;
        let wang = sign_in_name(&app, &people.wang).await;
        let record = async |fields: &[(&str, &str)]| {
            people.head.post("/mediation/record", &application(fields)).await
        };

        let unsaid = record(&[]).await;
        let unknown = record(&[("origin", "in_person"), ("own_account", "nobody")]).await;
        let came = record(&[("origin", "in_person"), ("own_account", &wang)]).await;
        let offered = record(&[("origin", "offered"), ("own_phone", "")]).await;

        assert_eq!(unsaid.status(), 422);
        assert!(unsaid.has_text("请选是怎么来的"), "{}", unsaid.text());
        assert!(unknown.has_text("没有这个登录名"), "{}", unknown.text());
        let shown = people.wang.get(came.location()).await;
        assert!(shown.has_text("登门或来电申请"), "{}", shown.text());
        assert!(shown.has_text("同意（当面）"));
        let shown = people.head.get(offered.location()).await;
        assert!(shown.has_text("委员会主动提出"), "{}", shown.text());
        assert_eq!(shown.count("form[action$='/consent']"), 2, "both have still to agree");
        assert_eq!(people.wang.get("/mediation/record").await.status(), 403);
    }

    async fn wrong_fields_are_told_in_the_readers_language_and_nothing_is_lost(app: TestApp) {
        let people = People::of(&app).await;
        let english = app.resident("smith").await.in_english();
        let long = "字".repeat(2_001);
        let wrong = application(&[
            ("subject", "weather"),
            ("about", "对方身份证 11010519491231002X"),
            ("other_phone", "12"),
            ("other_name", " "),
        ]);

        let told = people.wang.post("/mediation/apply", &wrong).await;
        let in_english = english.post("/mediation/apply", &wrong).await;
        let too_long = people.wang.post("/mediation/apply", &application(&[("about", &long)])).await;

        assert_eq!(told.status(), 422);
        for words in ["请选是哪一类事", "请把身份证号删掉", "电话号码不对", "这一栏要写"] {
            assert!(told.has_text(words), "{words} in {}", told.text());
        }
        assert!(in_english.has_text("Please choose what it is about."), "{}", in_english.text());
        assert!(too_long.has_text("最多 2000 个字") || too_long.has_text("最多 2,000 个字"), "{}", too_long.text());
        assert!(people.head.get("/mediation/cases").await.has_text("现在没有"));
    }

    async fn both_parties_cannot_be_one_account_and_no_party_is_a_mediator(app: TestApp) {
        let people = People::of(&app).await;
        let page = people.applied().await;
        let wang = sign_in_name(&app, &people.wang).await;
        let head = sign_in_name(&app, &people.head).await;

        let twice = act(&people.head, &page, "join", &[("side", "b"), ("account", &wang)]).await;
        let herself = act(&people.head, &page, "join", &[("side", "b"), ("account", &head)]).await;

        assert_eq!(twice.status(), 409);
        assert!(twice.has_text("双方不能是同一个账号"), "{}", twice.text());
        assert_eq!(herself.status(), 409);
    }

    async fn a_head_in_a_dispute_of_their_own_does_nothing_for_the_committee(app: TestApp) {
        let people = People::of(&app).await;
        let sent = people.head.post("/mediation/apply", &application(&[])).await;
        let page = sent.location();

        let shown = people.head.get(page).await;
        let noted = [("side", "b"), ("how", "telephone"), ("on", "2026-11-21")];
        let answered = act(&people.head, page, "consent", &noted).await;

        assert!(shown.has_text("您是这件调解的当事人"), "{}", shown.text());
        assert_eq!(answered.status(), 409);
        let own = people.head.post("/mediation/record", &application(&[
            ("origin", "in_person"),
            ("own_account", &sign_in_name(&app, &people.head).await),
        ])).await;
        assert_eq!(own.status(), 422, "{}", own.text());
    }
}
