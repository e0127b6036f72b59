//! How the community does: figures, what is left out of them, and the matters behind each.

use kernel::DutyKind;
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

use crate::town::{Setting, answered_by_desk, number_of, report, without_rules};

/// The links of a page to matters behind a figure, with the words that stand on them.
fn links(answer: &Answer) -> Vec<(String, String)> {
    let selector = scraper::Selector::parse("main a[href^='/requests?']").unwrap();
    let html = answer.html();
    let links = html.select(&selector);
    links
        .map(|link| {
            let words: String = link.text().collect();
            (
                link.attr("href").unwrap().to_owned(),
                words.trim().to_owned(),
            )
        })
        .collect()
}

/// What a page of figures says below its filter.
fn figures(page: &Answer) -> String {
    let text = page.text();
    text.split_once("筛选").unwrap().1.to_owned()
}

/// How many matters a list says that it has.
async fn total(who: &Client, href: &str) -> usize {
    let list = who.get(href).await;
    assert_eq!(list.status(), 200);
    assert!(list.has_text("正在看统计数字背后的诉求"), "{}", list.text());
    list.count("tbody tr")
}

/// Reported by somebody, answered by one of the desk and called back by another.
async fn called_back(
    setting: &Setting,
    (desk, other): (&Client, &Client),
    who: &Client,
    answers: &[(&str, &str)],
) {
    let number = answered_by_desk(setting, desk, who).await;
    let path = format!("/requests/{number}/call-back");
    let done = other.post(&path, answers).await;
    assert_eq!(done.status(), 303, "{}", done.text());
}

/// Explained by the desk, and the requester reached.
async fn explained(setting: &Setting, (desk, other): (&Client, &Client), who: &Client) {
    let number = number_of(&report(setting, who, &[]).await);
    let handler = setting.basics.handlers[1].to_string();
    for (act, fields) in [
        ("dispatch", vec![("handler", handler.as_str())]),
        ("take-up", vec![]),
        ("explain", vec![("words", "要等明年大修")]),
    ] {
        let path = format!("/requests/{number}/{act}");
        assert_eq!(desk.post(&path, &fields).await.status(), 303);
    }
    let path = format!("/requests/{number}/call-back");
    let answers = [
        ("reached", "yes"),
        ("understood", "yes"),
        ("satisfied", "yes"),
    ];
    assert_eq!(other.post(&path, &answers).await.status(), 303);
}

/// What happens in a community: fifteen answered, one of them not reached and one silent; one
/// explained; one that left; one that waits.
async fn a_month(app: &TestApp, setting: &Setting) {
    let desk = app.on_duty("li", DutyKind::Staff, None).await;
    let other = app.on_duty("chen", DutyKind::Staff, None).await;
    let desks = (&desk, &other);
    let visitor = app.visitor();
    for n in 0..13 {
        let resolved = if n < 11 { "yes" } else { "no" };
        let answers = [
            ("reached", "yes"),
            ("resolved", resolved),
            ("satisfied", "yes"),
        ];
        called_back(setting, desks, &visitor, &answers).await;
    }
    called_back(setting, desks, &visitor, &[("reached", "no")]).await;
    called_back(setting, desks, &visitor, &[("reached", "yes")]).await;
    explained(setting, desks, &visitor).await;
    let left = number_of(&report(setting, &visitor, &[]).await);
    let fields = [("exit", "answered_now"), ("words", "当场答复了")];
    let done = desk.post(&format!("/requests/{left}/exit"), &fields).await;
    assert_eq!(done.status(), 303, "{}", done.text());
    report(setting, &visitor, &[]).await;
}

/// The running month is over.
fn next_month(app: &TestApp) {
    app.wait(20 * 24 * 60);
}

async fn execute(app: &TestApp, sql: &str) -> u64 {
    let tx = app.house().housekeeping(app.community()).await.unwrap();
    let done = tx.execute_unprepared(sql).await.unwrap().rows_affected();
    tx.commit().await.unwrap();
    done
}

testkit::on_both! {
    async fn small_numbers_are_hidden_and_a_district_sees_no_way_to_a_matter(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let district = app.on_duty("zheng", DutyKind::DistrictViewer, None).await;
        for _ in 0..9 {
            answered_by_desk(&setting, &desk, &app.visitor()).await;
        }

        let few = district.get("/requests/counts").await;
        for _ in 0..3 {
            answered_by_desk(&setting, &desk, &app.visitor()).await;
        }
        let more = district.get("/requests/counts").await;

        assert!(few.has_text("收到 不足 10"), "{}", few.text());
        assert!(!few.has_text("100.0%"), "{}", few.text());
        assert!(more.has_text("收到 12"), "{}", more.text());
        assert!(more.has_text("100.0% 12 / 12"), "{}", more.text());
        assert!(more.statements() <= 7, "{} statements", more.statements());
        assert_eq!(links(&more), []);
        assert_eq!(app.resident("wang").await.get("/requests/counts").await.status(), 403);
    }

    async fn both_sides_find_their_grades_in_sum_once_there_are_enough(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let party = app.handler("zhao", setting.basics.handlers[1]).await;
        let district = app.on_duty("zheng", DutyKind::DistrictViewer, None).await;
        let good = [("grade", "good")];
        for place in 0..10 {
            let number = answered_by_desk(&setting, &desk, &app.visitor()).await;
            let path = format!("/requests/{number}/grade");
            assert_eq!(desk.post(&path, &good).await.status(), 303);
            let by_party = if place == 0 { [("grade", "poor")] } else { good };
            if place < 9 {
                assert_eq!(party.post(&path, &by_party).await.status(), 303);
            }
        }

        let page = district.get("/requests/counts").await;
        let of_other = setting.basics.handlers[4];
        let other = district.get(&format!("/requests/counts?handler={of_other}")).await;

        assert!(page.has_text("社区对响应的评价 好 10 · 一般 0 · 差 0"), "{}", page.text());
        assert!(!page.has_text("好 8"), "{}", page.text());
        assert!(page.has_text("承办方对派单的评价"), "{}", page.text());
        assert!(!other.has_text("双方互评"), "{}", other.text());
    }

    async fn each_number_opens_to_as_many_matters(app: TestApp) {
        let setting = without_rules(&app).await;
        a_month(&app, &setting).await;
        let desk = app.on_duty("he", DutyKind::Staff, None).await;
        let handler = setting.basics.handlers[1].to_string();
        let lamp = setting.basics.category("light").to_string();

        for query in [
            String::new(),
            "?period=lately".to_owned(),
            "?period=2026-q4".to_owned(),
            "?period=2026".to_owned(),
            format!("?handler={handler}"),
            format!("?category={lamp}"),
        ] {
            let page = desk.get(&format!("/requests/counts{query}")).await;
            assert_eq!(page.status(), 200, "{query}");
            let links = links(&page);
            assert!(links.len() > 20, "{query}: {links:?}");
            for (href, words) in links {
                let n = total(&desk, &href).await;
                let said: String = words.chars().filter(char::is_ascii_digit).collect();
                if words.contains("不足 10") {
                    assert!((1..10).contains(&n), "{query} {href}: {words}, and {n} are listed");
                } else {
                    assert_eq!(said, n.to_string(), "{query} {href}: {words}");
                }
            }
        }
    }

    async fn honest_ends_and_silence_are_left_out_of_the_resolution_rate(app: TestApp) {
        let setting = without_rules(&app).await;
        a_month(&app, &setting).await;
        let desk = app.on_duty("he", DutyKind::Staff, None).await;

        let page = desk.get("/requests/counts").await;

        // Eleven of the thirteen who said so; satisfied are they and the one who was told why not.
        assert!(page.has_text("解决率 84.6% 11 / 13"), "{}", page.text());
        assert!(page.has_text("满意率 100.0% 14 / 14"), "{}", page.text());
        assert!(page.has_text("响应率 100.0% 16 / 16"), "{}", page.text());
        // The two that were "not resolved" are at work again.
        assert!(page.has_text("按时答复率 100.0% 14 / 14"), "{}", page.text());
        for sentence in [
            "没联系上的 不足 10 件未计入",
            "如实说明暂时办不了的 不足 10 件未计入",
            "联系上但没说解决与否的 不足 10 件未计入",
            "未交办、直接答复或转走的 不足 10 件",
            "还没有交办的 不足 10 件",
        ] {
            assert!(page.has_text(sentence), "{sentence}: {}", page.text());
        }
    }

    async fn figures_of_a_past_month_that_are_kept_say_what_the_matters_say(app: TestApp) {
        let setting = without_rules(&app).await;
        a_month(&app, &setting).await;
        next_month(&app);
        let desk = app.on_duty("he", DutyKind::Staff, None).await;
        let path = "/requests/counts?period=2026-11";
        let lamp = setting.basics.category("stair-lamp").to_string();
        let triage = async || {
            let open = desk.get("/requests?state=unassigned").await;
            let link = open.attribute("td.title a", "href").unwrap();
            let number = link.split(['/', '?']).nth(2).unwrap().to_owned();
            let path = format!("/requests/{number}/triage");
            let done = desk.post(&path, &[("category", &lamp)]).await;
            assert_eq!(done.status(), 303, "{}", done.text());
        };

        let counted = desk.get(path).await;
        triage().await;
        app.wait(11);
        app.work().await;
        let kept = desk.get(path).await;
        let cells = execute(&app, "UPDATE figure_cell SET came_in = came_in + 100").await;
        let falsified = desk.get(path).await;
        triage().await;
        let counted_again = desk.get(path).await;
        app.wait(11);
        app.work().await;
        let kept_again = desk.get(path).await;

        assert!(counted.has_text("收到 18"), "{}", counted.text());
        assert_eq!(figures(&kept), figures(&counted));
        // One line for the party and one for nobody: it is they that are read.
        assert_eq!(cells, 2);
        assert!(falsified.has_text("收到 218"), "{}", falsified.text());
        assert_eq!(figures(&counted_again), figures(&counted));
        assert_eq!(figures(&kept_again), figures(&counted));
    }

    async fn a_time_that_runs_out_by_itself_changes_a_kept_month(app: TestApp) {
        let setting = without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        for _ in 0..10 {
            answered_by_desk(&setting, &desk, &app.visitor()).await;
        }
        app.wait(9 * 24 * 60 + 10 * 60);
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let number = number_of(&report(&setting, &desk, &[("channel", "desk")]).await);
        app.wait(6 * 60);
        let handler = setting.basics.handlers[1].to_string();
        let path = format!("/requests/{number}/dispatch");
        assert_eq!(desk.post(&path, &[("handler", &handler)]).await.status(), 303);
        app.wait(11);
        app.work().await;
        let months = execute(&app, "UPDATE figure_month SET counted_at = counted_at").await;

        let early = desk.get("/requests/counts?period=2026-11").await;
        app.wait(24 * 60);
        let late = desk.get("/requests/counts?period=2026-11").await;

        assert_eq!(months, 1);
        assert!(early.has_text("响应率 100.0% 10 / 10"), "{}", early.text());
        assert!(late.has_text("响应率 90.9% 10 / 11"), "{}", late.text());
    }

    async fn imported_matters_count_in_the_table_and_not_in_the_rates(app: TestApp) {
        const MAPPING: &str = "zone = \"Asia/Shanghai\"\ndate_format = \"%Y-%m-%d %H:%M\"\n\
            [columns]\nnumber = \"编号\"\nreceived = \"时间\"\nclosed = \"办结\"\n\
            title = \"标题\"\ncategory = [\"大类\", \"小类\"]\nhandler = \"承办\"\n";
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;
        let rows = (0..12).map(|n| {
            format!("A{n},2025-03-0{} 09:00,2025-03-11 09:00,停水了,水电气,停水,自来水厂\n", n % 9 + 1)
        });
        let rows: String = rows.collect();
        let file = format!("编号,时间,办结,标题,大类,小类,承办\n{rows}");
        let files = [("mapping", "a.toml", MAPPING.as_bytes()), ("file", "a.csv", file.as_bytes())];
        let sent = desk.post_files("/requests/import", &[], &files).await;
        assert_eq!(desk.post(sent.location(), &[]).await.status(), 303);

        let counted = desk.get("/requests/counts?period=2025-03").await;
        app.wait(11);
        app.work().await;
        let kept = desk.get("/requests/counts?period=2025-q1").await;

        for page in [&counted, &kept] {
            assert!(page.has_text("收到 12 · 办结 12 · 半数办结用时 7 天内"), "{}", page.text());
            assert!(page.has_text("从其他系统导入的 12 件"), "{}", page.text());
            assert!(page.has_text("响应率 — 不足 10 件，不计算"), "{}", page.text());
            assert!(page.has_text("不在网格内"), "{}", page.text());
        }
        assert!(kept.has_text("2025 年第 1 季度"), "{}", kept.text());
    }

    async fn what_is_asked_amiss_is_not_asked(app: TestApp) {
        without_rules(&app).await;
        let desk = app.on_duty("li", DutyKind::Staff, None).await;

        for query in ["period=2026-13", "period=9998-12", "grid=none", "handler=x&category=y"] {
            let page = desk.get(&format!("/requests/counts?{query}")).await;
            assert_eq!(page.status(), 200, "{query}");
            assert!(page.has_text("这段时间没有诉求"), "{query}: {}", page.text());
        }
        for query in ["figure=worst", "period=2026-11&figure=heard%27--", "figure=early"] {
            assert_eq!(desk.get(&format!("/requests?{query}")).await.status(), 200, "{query}");
        }
        let figure = "/requests?figure=satisfied&period=2026-11&state=all";
        let worker = app.on_duty("zhou", DutyKind::GridWorker, None).await;
        assert!(!worker.get(figure).await.has_text("正在看统计数字"), "no figures for whom they are not");
    }
}
