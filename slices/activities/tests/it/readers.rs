//! Who reads what: a list shows exactly what its reader may open.

use testkit::Client;

use crate::village::{act, again, announced, dates, done, drafted, join, plan, village};

const STATES: [&str; 6] = [
    "proposed",
    "draft",
    "published",
    "over",
    "cancelled",
    "declined",
];

testkit::on_both! {
    async fn each_state_is_read_by_whom_it_concerns_and_lists_agree(app: TestApp) {
        let mut v = village(&app).await;
        let led = [("organiser", "孙海")];
        let with = |title: &'static str, day: &'static str| [led[0], ("title", title), ("first_day", day)];
        let mut ids = Vec::new();
        for title in ["proposed", "declined"] {
            done(&v.wang.post("/activities/propose", &plan(&[("title", title)])).await);
            let list = v.li.get("/desk/activities?state=proposed").await;
            let href = list.attribute("td.title a", "href").unwrap();
            ids.push((title, href.rsplit('/').next().unwrap().to_owned()));
        }
        done(&act(&v.li, &ids[1].1, "decline", &[("reason", "没有场地")]).await);
        ids.push(("draft", drafted(&v.li, &with("draft", "2026-12-05")).await));
        ids.push(("over", announced(&v.li, &with("over", "2026-11-22")).await));
        ids.push(("published", announced(&v.li, &with("published", "2026-12-05")).await));
        ids.push(("cancelled", announced(&v.li, &with("cancelled", "2026-12-05")).await));
        done(&act(&v.li, &ids[5].1, "cancel", &[("reason", "停电")]).await);
        app.wait(2 * 24 * 60);
        app.work().await;
        for who in [&mut v.li, &mut v.wang, &mut v.sun, &mut v.zhao] {
            *who = again(&app, who).await;
        }
        let visitor = app.visitor();
        let opens = async |who: &Client, base: &str| {
            let mut open = Vec::new();
            for state in STATES {
                let (_, id) = ids.iter().find(|(title, _)| *title == state).unwrap();
                let status = who.get(&format!("{base}/{id}")).await.status();
                if status == 200 {
                    open.push(state);
                } else {
                    assert!([303, 404].contains(&status), "{status}: what one may not read is not there");
                }
            }
            open
        };
        let lists = async |who: &Client, path: &str| {
            let shown = who.get(path).await.text();
            STATES.into_iter().filter(|state| shown.contains(state)).collect::<Vec<_>>()
        };
        let public = ["published", "over", "cancelled"];

        for who in [&visitor, &v.zhao, &v.wang, &v.sun, &v.li] {
            assert_eq!(opens(who, "/activities").await, public);
            // What is over has no date that lies ahead.
            assert_eq!(lists(who, "/activities").await, ["published", "cancelled"]);
        }
        assert_eq!(opens(&v.li, "/desk/activities").await, STATES);
        assert_eq!(lists(&v.li, "/desk/activities").await, STATES);
        let of_sun = ["draft", "published", "over", "cancelled"];
        assert_eq!(opens(&v.sun, "/desk/activities").await, of_sun);
        assert_eq!(lists(&v.sun, "/me/activities").await, of_sun);
        assert_eq!(lists(&v.wang, "/me/activities").await, ["proposed", "declined"]);
        for who in [&v.wang, &v.zhao, &visitor] {
            assert!(opens(who, "/desk/activities").await.is_empty());
        }
        assert!(lists(&v.zhao, "/me/activities").await.is_empty());
    }

    async fn the_names_of_those_who_take_part_are_read_by_whoever_leads_and_nobody_else(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[("organiser", "孙海")]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);

        for path in ["door", "door/code", "paper"] {
            let path = format!("/activities/occurrences/{date}/{path}");
            assert_eq!(v.sun.get(&path).await.status(), 200, "{path}");
            assert_eq!(v.li.get(&path).await.status(), 200, "{path}");
            assert_eq!(v.wang.get(&path).await.status(), 404, "{path}");
            assert_eq!(app.visitor().get(&path).await.status(), 303, "{path}");
        }
        assert!(v.sun.get(&format!("/activities/occurrences/{date}/door")).await.has_text("王秀英"));
        assert!(!v.zhao.get(&format!("/activities/{id}")).await.has_text("王秀英"));
        assert!(!v.zhao.get("/activities.ics").await.body().contains("王秀英"));
    }
}
