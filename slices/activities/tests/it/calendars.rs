//! Calendars, read by a parser that forgives nothing (RFC 5545).

use testkit::Answer;

use crate::village::{act, announced, dates, done, join, sign_up_of, village};

/// A calendar, read strictly: its properties and the events in it.
struct Parsed {
    properties: Vec<(String, String)>,
    events: Vec<Vec<(String, String)>>,
}

fn parse(answer: &Answer) -> Parsed {
    assert_eq!(answer.status(), 200, "{}", answer.body());
    assert_eq!(
        answer.header("content-type"),
        Some("text/calendar; charset=utf-8")
    );
    let text = answer.body();
    assert!(text.ends_with("\r\n"), "the last line ends too");
    assert!(
        !text.replace("\r\n", "").contains(['\r', '\n']),
        "each line ends in CR LF"
    );
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.trim_end_matches("\r\n").split("\r\n").map(|line| {
        let (name, value) = line
            .split_once(':')
            .unwrap_or_else(|| panic!("no colon: {line}"));
        let is_name = |letter: char| letter.is_ascii_uppercase() || letter == '-';
        assert!(!name.is_empty() && name.chars().all(is_name), "{name}");
        (name.to_owned(), value.to_owned())
    });
    assert_eq!(lines.next(), Some(("BEGIN".into(), "VCALENDAR".into())));
    let mut parsed = Parsed {
        properties: Vec::new(),
        events: Vec::new(),
    };
    loop {
        let (name, value) = lines.next().expect("the calendar ends");
        match (name.as_str(), value.as_str()) {
            ("END", "VCALENDAR") => break,
            ("BEGIN", "VEVENT") => {
                let event: Vec<_> = lines
                    .by_ref()
                    .take_while(|(name, _)| name != "END")
                    .collect();
                assert!(event.iter().all(|(name, _)| name != "BEGIN"));
                parsed.events.push(event);
            }
            ("BEGIN" | "END", other) => panic!("{other}"),
            _ => {
                assert!(
                    parsed.events.is_empty(),
                    "properties come before components"
                );
                parsed.properties.push((name, value));
            }
        }
    }
    assert_eq!(lines.next(), None, "nothing stands behind the end");
    for required in ["VERSION", "PRODID"] {
        assert_eq!(
            parsed
                .properties
                .iter()
                .filter(|(name, _)| name == required)
                .count(),
            1
        );
    }
    for event in &parsed.events {
        for required in ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"] {
            assert_eq!(
                event.iter().filter(|(name, _)| name == required).count(),
                1,
                "{required}"
            );
        }
        for moment in ["DTSTAMP", "DTSTART", "DTEND"] {
            let value = of(event, moment);
            let form: String = value
                .chars()
                .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
                .collect();
            assert_eq!(form, "00000000T000000Z");
        }
        assert!(of(event, "DTSTART") < of(event, "DTEND"));
    }
    parsed
}

fn of<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    let (_, value) = event.iter().find(|(one, _)| one == name).unwrap();
    value
}

testkit::on_both! {
    async fn everyone_reads_what_is_announced_in_their_calendar(app: TestApp) {
        let v = village(&app).await;
        let title = "花园浇水日, 第一组; 带\\水壶和很长很长很长很长很长的名字";
        let id = announced(&v.li, &[("title", title), ("cadence", "weekly"), ("times", "2")]).await;
        crate::village::drafted(&v.li, &[("title", "还没发布")]).await;
        let all = dates(&app, &id).await;
        done(&v.li.post(&format!("/desk/activities/{id}/dates/{}/cancel", all[1]), &[("reason", "停电")]).await);

        let calendar = parse(&app.visitor().get("/activities.ics").await);

        assert_eq!(calendar.events.len(), 2);
        let [first, second] = [&calendar.events[0], &calendar.events[1]];
        assert_eq!(of(first, "UID"), format!("{}@linli", all[0]));
        assert_eq!(of(first, "DTSTART"), "20261128T010000Z");
        assert_eq!(of(first, "SUMMARY"), "花园浇水日\\, 第一组\\; 带\\\\水壶和很长很长很长很长很长的名字");
        assert_eq!((of(first, "STATUS"), of(second, "STATUS")), ("CONFIRMED", "CANCELLED"));
        assert_eq!((of(first, "SEQUENCE"), of(second, "SEQUENCE")), ("0", "1"));
        assert_eq!(of(first, "URL"), format!("http://localhost/activities/{id}"));
    }

    async fn a_grid_has_a_calendar_of_its_own(app: TestApp) {
        let v = village(&app).await;
        let [west, east] = v.town.grids.map(|grid| grid.to_string());
        announced(&v.li, &[("title", "西区课堂"), ("area", &west)]).await;
        announced(&v.li, &[("title", "大家的会")]).await;
        let titles = async |grid: &str| {
            let calendar = parse(&app.visitor().get(&format!("/activities/grids/{grid}.ics")).await);
            let mut titles: Vec<String> = calendar.events.iter().map(|event| of(event, "SUMMARY").to_owned()).collect();
            titles.sort();
            titles
        };

        assert_eq!(titles(&west).await, ["大家的会", "西区课堂"]);
        assert_eq!(titles(&east).await, ["大家的会"]);
        for none in ["nonsense.ics", "00000000-0000-7000-8000-000000000000.ics"] {
            assert_eq!(app.visitor().get(&format!("/activities/grids/{none}")).await.status(), 404);
        }
    }

    async fn ones_own_calendar_is_read_at_a_secret_address_that_can_be_made_anew(app: TestApp) {
        let v = village(&app).await;
        let id = announced(&v.li, &[]).await;
        let date = dates(&app, &id).await[0].clone();
        done(&join(&v.wang, &id, &date, &v.people[..1]).await);
        assert!(v.wang.get("/me/activities/calendar").await.has_text("还没有您自己的订阅网址"));
        let address = async || {
            done(&v.wang.post("/me/activities/calendar", &[]).await);
            let shown = v.wang.get("/me/activities/calendar").await;
            let link = shown.attribute("a[href*='/feed/']", "href").unwrap();
            link.strip_prefix("http://localhost").unwrap().to_owned()
        };

        let first = address().await;
        let calendar = parse(&app.visitor().get(&first).await);
        assert_eq!(calendar.events.len(), 1);
        let second = address().await;
        let old = app.visitor().get(&first).await;
        let (own, _) = sign_up_of(&app, &date, v.people[0]).await;
        done(&v.wang.post(&format!("/activities/sign-ups/{own}/withdraw"), &[]).await);
        let empty = parse(&app.visitor().get(&second).await);

        assert_eq!(old.status(), 404);
        assert!(empty.events.is_empty());
        let forged = format!("{}0.ics", second.trim_end_matches(".ics").trim_end_matches(|_| true));
        assert_eq!(app.visitor().get(&format!("/me/activities/feed/{forged}")).await.status(), 404);
        let changed = if second.ends_with("0.ics") { second.replace("0.ics", "1.ics") } else { format!("{}0.ics", &second[..second.len() - 5]) };
        assert_eq!(app.visitor().get(&changed).await.status(), 404);
        assert_eq!(act(&v.wang, &id, "cancel", &[]).await.status(), 403);
    }
}
