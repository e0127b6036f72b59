//! Pages take few statements, however much there is to show.

use crate::attending::at_the_door;
use crate::confirming::paper;
use crate::village::{by_door_code, done};

testkit::on_both! {
    async fn each_page_takes_at_most_six_statements(app: TestApp) {
        let (v, date) = at_the_door(&app, &[("organiser", "孙海"), ("cadence", "weekly"), ("times", "20")]).await;
        done(&by_door_code(&v.li, &v.wang, &date, "in").await);
        app.wait(100);
        done(&by_door_code(&v.li, &v.wang, &date, "out").await);
        done(&paper(&v.li, &date, &v.people[1..2], &[]).await);
        let list = v.li.get("/desk/activities").await;
        let desk = list.attribute("td.title a", "href").unwrap();
        let id = desk.rsplit('/').next().unwrap().to_owned();

        for (who, path) in [
            (&v.wang, "/activities".to_owned()),
            (&v.wang, "/activities.ics".to_owned()),
            (&v.wang, format!("/activities/{id}")),
            (&v.wang, "/me/activities".to_owned()),
            (&v.sun, "/me/activities".to_owned()),
            (&v.wang, "/me/activities/calendar".to_owned()),
            (&v.wang, "/me/code".to_owned()),
            (&v.wang, "/activities/propose".to_owned()),
            (&v.wang, format!("/activities/occurrences/{date}/here")),
            (&v.sun, format!("/activities/occurrences/{date}/door")),
            (&v.sun, format!("/activities/occurrences/{date}/door/code")),
            (&v.sun, format!("/activities/occurrences/{date}/paper")),
            (&v.li, "/desk/activities".to_owned()),
            (&v.li, desk.clone()),
            (&v.li, format!("{desk}/edit")),
            (&v.li, format!("{desk}/neighbours?q=%E7%8E%8B")),
            (&v.li, "/desk/activities/new".to_owned()),
            (&v.li, "/desk/activities/looks".to_owned()),
            (&v.li, "/desk/activities/calls".to_owned()),
        ] {
            let shown = who.get(&path).await;
            assert_eq!(shown.status(), 200, "{path}");
            assert!(shown.statements() <= 6, "{path}: {} statements", shown.statements());
        }
    }
}
