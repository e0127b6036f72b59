//! Matters that come again and again, taken on together.

use kernel::DutyKind;
use testkit::{Client, TestApp};

use crate::town::{Setting, number_of, report, without_rules};

/// Three lamps of three neighbours in one micro-grid.
async fn three_lamps(app: &TestApp, setting: &Setting) -> (Client, Vec<String>) {
    let mut numbers = Vec::new();
    let wang = app.resident("wang").await;
    for who in [&wang, &app.resident("zhao").await, &app.visitor()] {
        numbers.push(number_of(&report(setting, who, &[]).await));
    }
    (wang, numbers)
}

fn owner(setting: &Setting) -> String {
    format!("handler:{}", setting.basics.handlers[1])
}

/// Makes a theme of these matters; returns its address.
async fn made(setting: &Setting, desk: &Client, numbers: &[String]) -> String {
    let owner = owner(setting);
    let mut fields = vec![
        ("name", "楼道照明"),
        ("plan", "统一换成感应灯"),
        ("owner", owner.as_str()),
        ("until", "2026-12-31"),
    ];
    fields.extend(numbers.iter().map(|number| ("pick", number.as_str())));
    let done = desk.post("/themes", &fields).await;
    assert_eq!(done.status(), 303, "{}", done.text());
    done.location().to_owned()
}

async fn step(desk: &Client, theme: &str, act: &str, fields: &[(&str, &str)]) -> u16 {
    let version = desk
        .get(theme)
        .await
        .value_of("input[name=version]")
        .unwrap();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    desk.post(&format!("{theme}/{act}"), &all).await.status()
}

testkit::on_both! {
    async fn repeated_matters_are_suggested_made_a_theme_published_and_ended(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (wang, numbers) = three_lamps(&app, &setting).await;

        let suggested = desk.get("/themes").await;
        let theme = made(&setting, &desk, &numbers).await;
        let before = app.visitor().get(&theme).await;
        let told = wang.get("/alerts").await;
        let published = step(&desk, &theme, "publish", &[]).await;
        let public = app.visitor().get(&theme).await;
        let ended = step(&desk, &theme, "close", &[("words", "换了 36 盏灯")]).await;
        let after = app.visitor().get(&theme).await;

        assert!(suggested.has_text("3 件"), "{}", suggested.text());
        assert!(suggested.statements() <= 6, "{} statements", suggested.statements());
        assert!(desk.get("/themes").await.has_text("近 90 天没有反复出现的问题"));
        assert_eq!(before.status(), 404);
        assert!(told.has_text("一起治理了"), "{}", told.text());
        assert_eq!((published, ended), (303, 303));
        assert!(public.has_text("统一换成感应灯"), "{}", public.text());
        assert!(public.has_text("涉及诉求 不足 10"), "{}", public.text());
        for number in &numbers {
            assert!(!public.has_text(number), "{}", public.text());
        }
        assert!(after.has_text("换了 36 盏灯"), "{}", after.text());
        assert!(wang.get("/alerts").await.has_text("有了结果"));
        assert_eq!(desk.post(&format!("{theme}/close"), &[("version", "3"), ("words", "再来")]).await.status(), 409);
    }

    async fn matters_join_and_leave_and_belong_to_one_theme(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let (_, numbers) = three_lamps(&app, &setting).await;
        let theme = made(&setting, &desk, &numbers[..2]).await;
        let other = made(&setting, &desk, &numbers[..1]).await;

        let joined = step(&desk, &theme, "join", &[("pick", &numbers[2])]).await;
        let again = step(&desk, &other, "join", &[("pick", &numbers[2])]).await;
        let left = step(&desk, &theme, "leave", &[("pick", &numbers[0])]).await;
        let moved = step(&desk, &other, "join", &[("pick", &numbers[0])]).await;
        let unknown = step(&desk, &theme, "leave", &[("pick", "QS-2026-999999")]).await;
        let stale = desk.post(&format!("{theme}/publish"), &[("version", "1")]).await;

        assert_eq!((joined, again, left, moved, unknown), (303, 409, 303, 303, 409));
        assert_eq!(stale.status(), 409);
        let page = desk.get(&theme).await;
        assert!(page.has_text(&numbers[1]) && page.has_text(&numbers[2]), "{}", page.text());
        assert!(!page.has_text(&numbers[0]), "{}", page.text());
    }

    async fn of_two_who_take_the_same_matters_at_once_each_goes_to_one(app: TestApp) {
        let setting = without_rules(&app).await;
        let one = app.on_duty("li", DutyKind::Staff, None).await;
        let other = app.on_duty("liu", DutyKind::Staff, None).await;
        let (wang, numbers) = three_lamps(&app, &setting).await;
        let mut backwards = numbers.clone();
        backwards.reverse();

        let themes = tokio::join!(
            made(&setting, &one, &numbers),
            made(&setting, &other, &backwards),
            made(&setting, &one, &numbers),
            made(&setting, &other, &backwards),
            made(&setting, &one, &numbers),
            made(&setting, &other, &backwards),
        );

        let mut pages = Vec::new();
        for theme in [themes.0, themes.1, themes.2, themes.3, themes.4, themes.5] {
            pages.push(one.get(&theme).await);
        }
        for number in &numbers {
            let holding = pages.iter().filter(|page| page.has_text(number));
            assert_eq!(holding.count(), 1, "{number}");
        }
        let told = wang.get("/alerts").await;
        assert_eq!(told.text().matches("一起治理了").count(), 1, "{}", told.text());
    }

    async fn a_theme_needs_a_name_a_plan_an_owner_and_a_day_to_come(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let owner = owner(&setting);
        let whole = [
            ("name", "楼道照明"),
            ("plan", "请打 13800138000"),
            ("owner", owner.as_str()),
            ("until", "2026-12-31"),
        ];
        for (name, wrong, sentence) in [
            ("name", " ", "请给专题起个名字"),
            ("plan", "", "打算怎么治理"),
            ("owner", "handler:7", "牵头"),
            ("until", "2026-11-20", "今天或以后"),
            ("until", "明年", "今天或以后"),
        ] {
            let fields = whole.map(|(field, value)| (field, if field == name { wrong } else { value }));
            let done = desk.post("/themes", &fields).await;
            assert_eq!(done.status(), 422, "{name}");
            assert!(done.has_text(sentence), "{}", done.text());
        }

        let theme = desk.post("/themes", &whole).await.location().to_owned();
        let published = desk.post(&format!("{theme}/publish"), &[("version", "1")]).await;

        assert_eq!(published.status(), 422);
        assert!(published.has_text("个人信息"), "{}", published.text());
    }

    async fn themes_are_made_by_the_desk_alone(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let theme = made(&setting, &desk, &[]).await;
        let resident = app.resident("wang").await;
        let worker = app.on_duty("zhou", DutyKind::GridWorker, None).await;

        for who in [&resident, &worker] {
            assert_eq!(who.get("/themes").await.status(), 403);
            assert_eq!(who.get(&theme).await.status(), 404);
            assert_eq!(who.post("/themes", &[("name", "我的")]).await.status(), 403);
            let done = who.post(&format!("{theme}/publish"), &[("version", "1")]).await;
            assert_eq!(done.status(), 403);
        }
    }

    async fn a_theme_is_said_anew_and_its_readers_are_told(app: TestApp) {
        let setting = without_rules(&app).await;
        let account = app.account("li", None).await;
        let duty = platform::door::NewDuty { account, kind: DutyKind::Staff, area: None, handler: None };
        let mut tx = app.begin().await;
        platform::door::take_up(&mut tx, &duty).await.unwrap();
        tx.commit().await.unwrap();
        let desk = app.signed_in(account).await;
        let (wang, numbers) = three_lamps(&app, &setting).await;
        let theme = made(&setting, &desk, &numbers).await;
        let edit = format!("{theme}/edit");

        let form = desk.get(&edit).await;
        assert_eq!(form.value_of("input[name=name]").as_deref(), Some("楼道照明"));
        assert_eq!(form.value_of("input[name=until]").as_deref(), Some("2026-12-31"));
        assert!(form.statements() <= 6, "{} statements", form.statements());
        let by_party = owner(&setting);
        let same = [("version", "1"), ("name", "楼道照明"), ("plan", "统一换成感应灯"), ("owner", by_party.as_str()), ("until", "2026-12-31")];
        let unchanged = desk.post(&edit, &same).await;
        assert_eq!((unchanged.status(), version(&desk, &theme).await.as_str()), (303, "1"));

        assert_eq!(step(&desk, &theme, "publish", &[]).await, 303);
        let by_person = format!("account:{account}");
        let next = [("version", "2"), ("name", "楼道灯"), ("plan", "先查线路\r\n再换灯"), ("owner", by_person.as_str()), ("until", "2027-01-31")];
        let changed = desk.post(&edit, &next).await;

        assert_eq!(changed.status(), 303, "{}", changed.text());
        let page = desk.get(&theme).await;
        assert!(page.has_text("楼道灯") && page.has_text("2027年1月31日") && page.has_text("牵头 li"), "{}", page.text());
        assert!(!page.has_text("统一换成感应灯"));
        assert!(app.visitor().get(&theme).await.has_text("再换灯"));
        let told = wang.get("/alerts").await;
        assert!(told.has_text("计划或期限有变动"), "{}", told.text());
        assert!(desk.in_english().get(&edit).await.has_text("Leave as it is"));
    }

    async fn a_theme_is_not_said_anew_by_two_at_once_by_others_or_when_it_is_over(app: TestApp) {
        let setting = without_rules(&app).await;
        let one = app.on_duty("li", DutyKind::Staff, None).await;
        let other = app.on_duty("liu", DutyKind::Leader, None).await;
        let theme = made(&setting, &one, &[]).await;
        let edit = format!("{theme}/edit");
        let by_party = owner(&setting);
        let said = |name: &'static str, version: &'static str| {
            [("version", version), ("name", name), ("plan", "换灯"), ("owner", by_party.as_str()), ("until", "2026-12-31")]
        };

        let (first, second) = (said("照明", "1"), said("路灯", "1"));
        let (first, second) = tokio::join!(one.post(&edit, &first), other.post(&edit, &second));
        let mut both = [first.status(), second.status()];
        both.sort_unstable();
        assert_eq!(both, [303, 409]);

        let resident = app.resident("wang").await;
        let worker = app.on_duty("zhou", DutyKind::GridWorker, None).await;
        for who in [&resident, &worker] {
            assert_eq!(who.get(&edit).await.status(), 403);
            assert_eq!(who.post(&edit, &said("我的", "2")).await.status(), 403);
        }
        assert_eq!(app.visitor().get(&edit).await.status(), 303);
        assert_eq!(one.get("/themes/00000000-0000-7000-8000-000000000000/edit").await.status(), 404);

        assert_eq!(step(&one, &theme, "close", &[("words", "换完了")]).await, 303);
        assert_eq!(one.get(&edit).await.status(), 409);
        assert_eq!(one.post(&edit, &said("又来", "3")).await.status(), 409);
        assert!(!one.get(&theme).await.has_text("修改专题"));
    }

    async fn what_is_wrong_in_a_theme_is_told_field_by_field_and_nothing_is_lost(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let theme = made(&setting, &desk, &[]).await;
        let edit = format!("{theme}/edit");
        let by_party = owner(&setting);
        let whole = [("version", "2"), ("name", "楼道照明"), ("plan", "换灯"), ("owner", by_party.as_str()), ("until", "2026-12-31")];
        assert_eq!(step(&desk, &theme, "publish", &[]).await, 303);

        for (name, wrong, sentence) in [
            ("name", " ", "请给专题起个名字"),
            ("plan", "请打 13800138000", "个人信息"),
            ("owner", "account:00000000-0000-7000-8000-000000000000", "牵头"),
            ("until", "2026-11-20", "今天或以后"),
        ] {
            let fields = whole.map(|(field, value)| (field, if field == name { wrong } else { value }));
            let answer = desk.post(&edit, &fields).await;
            assert_eq!(answer.status(), 422, "{name}");
            assert!(answer.has_text(sentence), "{name}: {}", answer.text());
            assert_eq!(answer.count("[aria-invalid]"), 1, "{name}");
        }
        assert_eq!(version(&desk, &theme).await, "2");
        app.wait(60 * 24 * 60);
        let desk = app.on_duty("liu", DutyKind::Staff, None).await;
        let late = desk.post(&edit, &whole).await;
        assert_eq!(late.status(), 303, "a day that is left as it was may lie behind us: {}", late.text());
    }
}

async fn version(desk: &Client, theme: &str) -> String {
    desk.get(theme)
        .await
        .value_of("input[name=version]")
        .unwrap()
}
