//! A year of activities, entered in a few statements, is as if it had been lived.

use activities::{Cadence, How, Kind, PastActivity, PastDate, PastPerson, enter_many};
use jiff::civil::date;
use kernel::events::{ActivityOver, CheckedIn, SignedUp};
use kernel::{Instant, Minutes};
use testkit::NOW;

use crate::village::{Village, confirmed, count, events, village};

fn days(days: i64) -> Instant {
    NOW.plus(Minutes::days(days))
}

/// A weekly chorus that Wang proposed: two weeks ago, and again in a week.
fn chorus(v: &Village) -> PastActivity {
    let account = |who: &testkit::Client| who.actor().account.unwrap();
    // 2026-11-07 at 09:00 in Shanghai.
    let begin = NOW.plus(Minutes(-14 * 24 * 60 - 12));
    let person = |place: usize, presence, confirmed| PastPerson {
        person: v.people[place],
        account: (place == 0).then(|| account(&v.wang)),
        at: days(-16),
        is_waiting: false,
        presence,
        confirmed,
    };
    let there = |how| Some((begin, begin.plus(Minutes(90)), how));
    PastActivity {
        title: "合唱队".to_owned(),
        about: "带歌本".to_owned(),
        place: "活动室".to_owned(),
        area: None,
        kind: Kind::InterestGroup,
        eligibility: String::new(),
        proposer: Some((account(&v.wang), v.people[0])),
        organiser: Some(account(&v.sun)),
        capacity: Some(20),
        is_service: false,
        item: None,
        cadence: Cadence::Weekly,
        announced_at: days(-20),
        by: account(&v.li),
        is_open_proposal: false,
        dates: vec![
            PastDate {
                begins: date(2026, 11, 7).at(9, 0, 0, 0),
                minutes: 120,
                people: vec![
                    person(0, there(How::DoorCode), None),
                    person(1, there(How::Paper), Some((account(&v.li), days(-13)))),
                    person(2, there(How::Hand), None),
                    person(3, None, None),
                ],
            },
            PastDate {
                begins: date(2026, 11, 28).at(9, 0, 0, 0),
                minutes: 120,
                people: vec![person(0, None, None)],
            },
        ],
    }
}

testkit::on_both! {
    async fn what_was_lived_is_read_by_everyone_as_if_it_had_been_entered_then(app: TestApp) {
        let v = village(&app).await;
        let mut over = chorus(&v);
        over.dates.truncate(1);
        "合唱队一期".clone_into(&mut over.title);
        let mut tx = app.begin().await;

        let certain = enter_many(&mut tx, vec![over, chorus(&v)]).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(certain, 4);
        let told = confirmed(&app).await;
        assert_eq!(told.len(), 4);
        assert!(told.iter().all(|one| one.minutes == 90 && one.day == "2026-11-07"));
        assert_eq!(told.iter().filter(|one| one.is_late).count(), 2, "paper stays labelled");
        let came = events::<CheckedIn>(&app).await;
        assert_eq!(came.len(), 6);
        assert!(came.iter().all(|event| event.at == NOW.plus(Minutes(-14 * 24 * 60 - 12))));
        assert_eq!((events::<SignedUp>(&app).await.len(), events::<ActivityOver>(&app).await.len()), (9, 1));
        assert_eq!(count(&app, "SELECT count(*) AS n FROM attendance WHERE community_id = $1 AND state = 'waiting'").await, 2);
        assert!(v.wang.get("/me/activities").await.has_text("合唱队一期 11月7日 周六 · 1 小时 30 分钟"));
        let list = app.visitor().get("/activities").await;
        assert!(list.has_text("11月28日 周六 09:00–11:00"), "{}", list.text());
        app.wait(6 * 24 * 60 - 12);
        app.work().await;
        let wang = crate::village::again(&app, &v.wang).await;
        assert!(wang.get("/alerts").await.has_text("明天开始"), "what is to come goes on");
    }

    async fn a_past_that_breaks_the_rules_is_refused(app: TestApp) {
        let v = village(&app).await;
        let mut dateless = chorus(&v);
        dateless.dates.clear();
        let mut backwards = chorus(&v);
        backwards.dates[0].people[0].presence = Some((days(-14), days(-15), How::Hand));

        for wrong in [dateless, backwards] {
            let mut tx = app.begin().await;
            assert!(enter_many(&mut tx, vec![wrong]).await.is_err());
        }
        assert_eq!(count(&app, "SELECT count(*) AS n FROM activity WHERE community_id = $1").await, 0);
    }

    async fn who_waits_is_offered_a_free_place_and_a_proposal_waits_for_the_office(app: TestApp) {
        let v = village(&app).await;
        let mut waited = chorus(&v);
        waited.dates.remove(0);
        waited.dates[0].people[0].is_waiting = true;
        let mut proposal = chorus(&v);
        "风筝节".clone_into(&mut proposal.title);
        proposal.is_open_proposal = true;
        proposal.dates.remove(0);
        proposal.dates[0].people.clear();
        let mut there = chorus(&v);
        there.dates[0].people[0].is_waiting = true;
        let mut tx = app.begin().await;
        assert!(enter_many(&mut tx, vec![there]).await.is_err(), "who waits was not there");
        drop(tx);

        let mut tx = app.begin().await;
        enter_many(&mut tx, vec![waited, proposal]).await.unwrap();
        tx.commit().await.unwrap();
        app.work().await;

        assert!(v.wang.get("/alerts").await.has_text("有名额了"));
        assert!(!app.visitor().get("/activities").await.has_text("风筝节"));
        assert!(v.li.get("/desk/activities").await.has_text("风筝节"));
        assert_eq!(count(&app, "SELECT count(*) AS n FROM activity_occurrence WHERE community_id = $1").await, 1);
    }
}
