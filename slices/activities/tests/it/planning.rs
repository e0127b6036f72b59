//! From an idea to an announcement.

use kernel::DutyKind;

use crate::village::{NEXT, act, announced, count, dates, done, drafted, plan, village};

testkit::on_both! {
    async fn a_resident_proposes_the_office_takes_it_up_and_everyone_reads_it(app: TestApp) {
        let v = village(&app).await;

        let sent = v.wang.post("/activities/propose", &plan(&[])).await;
        done(&sent);
        let alerts = v.li.get("/alerts").await;
        assert!(alerts.has_text("居民提议了活动“花园浇水日”"), "{}", alerts.text());
        let id = alerts.attribute("a[href^='/desk/activities/']", "href").unwrap();
        let id = id.rsplit('/').next().unwrap().to_owned();
        assert_eq!(app.visitor().get(&format!("/activities/{id}")).await.status(), 404);
        assert_eq!(v.zhao.get(&format!("/desk/activities/{id}")).await.status(), 404);
        assert!(v.wang.get("/me/activities").await.has_text("居民提议"));
        done(&act(&v.li, &id, "take-up", &[]).await);
        done(&act(&v.li, &id, "publish", &[]).await);

        let shown = app.visitor().get(&format!("/activities/{id}")).await;
        assert!(shown.has_text("花园浇水日"), "{}", shown.text());
        assert!(shown.has_text("居民发起"));
        assert!(shown.has_text("11月28日 周六 09:00–11:00"), "{}", shown.text());
        assert!(v.wang.get("/alerts").await.has_text("您提议的活动“花园浇水日”发布了"));
        assert!(v.li.get("/desk/activities").await.has_text("其中居民发起 1"));
        let list = app.visitor().get("/activities").await;
        assert!(list.has_text("花园浇水日"), "{}", list.text());
    }

    async fn a_proposal_that_cannot_be_done_is_answered_with_why(app: TestApp) {
        let v = village(&app).await;
        done(&v.wang.post("/activities/propose", &plan(&[])).await);
        let list = v.li.get("/desk/activities?state=proposed").await;
        let href = list.attribute("td.title a", "href").unwrap();
        let id = href.rsplit('/').next().unwrap().to_owned();

        let silent = act(&v.li, &id, "decline", &[("reason", " ")]).await;
        done(&act(&v.li, &id, "decline", &[("reason", "花园正在翻修")]).await);
        let late = act(&v.li, &id, "take-up", &[]).await;

        assert_eq!(silent.status(), 422);
        assert!(silent.has_text("这一栏要写"), "{}", silent.text());
        assert_eq!(late.status(), 409);
        let mine = v.wang.get("/me/activities").await;
        assert!(mine.has_text("花园正在翻修"), "{}", mine.text());
        assert!(v.wang.get("/alerts").await.has_text("办不了"));
    }

    async fn what_is_wrong_with_a_plan_is_said_field_by_field_and_nothing_is_kept(app: TestApp) {
        let v = village(&app).await;
        for (name, value, told) in [
            ("title", "", "这一栏要写"),
            ("title", "身份证 11010519491231002X", "像有身份证号或者银行卡号"),
            ("place", " ", "这一栏要写"),
            ("kind", "party", "请选类型"),
            ("area", "00000000-0000-7000-8000-000000000000", "没有这个网格"),
            ("capacity", "0", "名额请填 1 到"),
            ("capacity", "十个", "名额请填 1 到"),
            ("first_day", "2026-02-30", "请写日期"),
            ("start", "25:00", "请写时间"),
            ("end", "09:05", "一场要在 10 分钟到 12 小时之间"),
            ("end", "08:00", "一场要在 10 分钟到 12 小时之间"),
            ("start", "00:00", ""),
            ("end", "23:59", "一场要在 10 分钟到 12 小时之间"),
            ("cadence", "daily", "请选多久办一次"),
            ("cadence", "weekly", "请填一共几场"),
            ("exceptions", "明天", "第 1 行看不懂"),
            ("exceptions", "2026-12-01", "2026-12-01 不是这个活动的场次"),
            ("organiser", "没有这个人", "没有这个账号"),
        ] {
            let refused = v.li.post("/desk/activities/new", &plan(&[(name, value)])).await;
            if told.is_empty() {
                done(&refused);
                continue;
            }
            assert_eq!(refused.status(), 422, "{name} {value}");
            assert!(refused.has_text(told), "{told} in {}", refused.text());
            assert_eq!(refused.value_of("input[name=start]").unwrap(), if name == "start" { value } else { "09:00" }, "what was written stays");
        }
        assert_eq!(count(&app, "SELECT count(*) AS n FROM activity WHERE community_id = $1").await, 1);
    }

    async fn a_series_is_laid_out_when_it_is_announced(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[
            ("cadence", "weekly"),
            ("times", "4"),
            ("exceptions", "2026-12-05\n2026-12-12 2026-12-13 14:30"),
        ]).await;

        assert_eq!(dates(&app, &id).await.len(), 3);
        let shown = app.visitor().get(&format!("/activities/{id}")).await;
        for when in ["11月28日 周六 09:00–11:00", "12月13日 周日 14:30–16:30", "12月19日 周六 09:00–11:00"] {
            assert!(shown.has_text(when), "{when} in {}", shown.text());
        }
        assert!(!shown.has_text("12月5日"));
    }

    async fn what_lies_behind_cannot_be_announced(app: TestApp) {
        let v = village(&app).await;
        let id = drafted(&v.li, &[("first_day", "2026-11-20")]).await;

        let refused = act(&v.li, &id, "publish", &[]).await;

        assert_eq!(refused.status(), 409);
        assert!(refused.has_text("时间都过去了"), "{}", refused.text());
        assert_eq!(app.visitor().get(&format!("/activities/{id}")).await.status(), 404);
    }

    async fn of_two_who_correct_at_once_one_is_told_and_loses_no_words(app: TestApp) {
        let v = village(&app).await;
        let id = drafted(&v.li, &[]).await;
        let path = format!("/desk/activities/{id}/edit");
        let form = |place: &'static str| plan(&[("version", "1"), ("place", place)]);

        let (south, north) = (form("南门"), form("北门"));
        let (one, other) = tokio::join!(v.li.post(&path, &south), v.chen.post(&path, &north));

        let mut statuses = [one.status(), other.status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let (slower, kept) = if one.status() == 409 { (one, "南门") } else { (other, "北门") };
        assert!(slower.has_text("刚刚有人先改过"), "{}", slower.text());
        assert_eq!(slower.value_of("input[name=place]").as_deref(), Some(kept));
    }

    async fn only_the_desk_plans_and_only_the_organiser_leads(app: TestApp) {
        let v = village(&app).await;
        let worker = app.on_duty("网格员", DutyKind::GridWorker, Some(v.town.grids[0])).await;
        let id = drafted(&v.li, &[("organiser", "王秀英")]).await;
        let page = format!("/desk/activities/{id}");

        assert_eq!(v.wang.get(&page).await.status(), 200, "the organiser reads the plan");
        assert_eq!(act(&v.wang, &id, "publish", &[]).await.status(), 403);
        for who in [&v.zhao, &worker] {
            assert_eq!(who.get(&page).await.status(), 404);
            assert_eq!(act(who, &id, "publish", &[]).await.status(), 403);
            assert_eq!(who.post("/desk/activities/new", &plan(&[])).await.status(), 403);
        }
        assert_eq!(app.visitor().post("/activities/propose", &plan(&[])).await.status(), 401);
        assert_eq!(v.li.post_forged(&format!("{page}/acts/publish"), &[("version", "1"), ("csrf", "0")]).await.status(), 403);
    }

    async fn a_volunteer_shift_counts_as_service_whatever_is_ticked(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("kind", "shift"), ("title", "楼道大扫除")]).await;

        assert!(app.visitor().get(&format!("/activities/{id}")).await.has_text("算志愿服务"));
    }

    async fn the_list_is_filtered_by_kind_week_and_grid(app: TestApp) {
        let v = village(&app).await;
        let [west, east] = v.town.grids.map(|grid| grid.to_string());
        announced(&v.li, &[("title", "西区课堂"), ("kind", "class"), ("area", &west)]).await;
        announced(&v.li, &[("title", "东区合唱"), ("kind", "interest_group"), ("area", &east), ("first_day", "2026-12-05")]).await;
        announced(&v.li, &[("title", "大家的会"), ("kind", "meeting")]).await;
        let titles = ["西区课堂", "东区合唱", "大家的会"];

        for (query, expected) in [
            (String::new(), [true, true, true]),
            ("?kind=class".to_owned(), [true, false, false]),
            (format!("?week={NEXT}"), [true, false, true]),
            (format!("?grid={east}"), [false, true, true]),
            ("?week=2026-11-16".to_owned(), [false, false, false]),
            ("?week=nonsense&kind=nonsense&grid=nonsense".to_owned(), [true, true, true]),
        ] {
            let list = app.visitor().get(&format!("/activities{query}")).await;
            assert_eq!(list.status(), 200);
            let found = titles.map(|title| list.has_text(title));
            assert_eq!(found, expected, "{query}: {}", list.text());
        }
    }

    async fn who_reads_english_reads_english(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("capacity", "5")]).await;

        let shown = app.visitor().in_english().get(&format!("/activities/{id}")).await;

        assert!(shown.has_text("Sat 28 Nov, 09:00–11:00"), "{}", shown.text());
        assert!(shown.has_text("5 places left"));
    }
}
