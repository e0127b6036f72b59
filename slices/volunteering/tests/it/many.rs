//! Many at once: the past of a demo, and the door through which other rooms look for helpers.

use jiff::civil::date;
use kernel::{Minutes, PersonId};
use matching::{Need, Slot, suggest};
use people::fixture::a_person;
use testkit::TestApp;
use volunteering::policy::{ASK, Asking};
use volunteering::{PastPost, PastShift, PastVolunteer, What, candidates, enter_many, note_asked};

use crate::town::{MAY_BE_ASKED, People, join, person_of, rows};

/// A community of 150 volunteers at 20 posts.
async fn filled(app: &TestApp, people: &People) -> Vec<PersonId> {
    let mut tx = app.begin().await;
    let mut persons = Vec::new();
    for number in 0..150 {
        let person = a_person(&format!("志愿者{number}")).insert(&mut tx).await;
        persons.push(person.unwrap());
    }
    let since = tx.now.plus(Minutes::days(-200));
    let slot = |number: usize| Slot::at(u8::try_from(number % 21).unwrap());
    let volunteers: Vec<PastVolunteer> = (0..150)
        .map(|number| PastVolunteer {
            person: persons[number],
            since,
            times: (0..6).filter_map(|more| slot(number + more * 4)).collect(),
            reach_m: (number % 3 > 0).then_some(800),
            askings_max: 2,
            asked: vec![since.plus(Minutes::days(150))],
        })
        .collect();
    let desk = people.desk.actor().account.unwrap();
    let posts: Vec<PastPost> = (0..20)
        .map(|number| PastPost {
            at: since,
            what: What {
                name: format!("岗位{number}"),
                about: "看一看，帮一帮".to_owned(),
                area: Some(people.town.micro_grids[number % 2][0]),
                place: "小区里".to_owned(),
                slots: [slot(number), slot(number + 9)]
                    .into_iter()
                    .flatten()
                    .collect(),
                places: 3,
                shift_minutes: 90,
                contact: "社区服务站".to_owned(),
                ..What::default()
            },
            claims: vec![(persons[number], slot(number), since)],
            askings: vec![(persons[number + 40], slot(number), since)],
            shifts: vec![PastShift {
                person: persons[number],
                day: date(2026, 11, 14),
                minutes: 90,
                confirmed: Some((desk, since.plus(Minutes::days(195)))),
            }],
        })
        .collect();
    enter_many(&mut tx, &volunteers, &posts).await.unwrap();
    tx.commit().await.unwrap();
    persons
}

testkit::on_both! {
    async fn the_past_of_a_demo_is_entered_and_its_pages_take_no_more_statements(app: TestApp) {
        let people = People::of(&app).await;
        filled(&app, &people).await;

        let list = app.visitor().get("/posts").await;
        let desk = people.desk.get("/posts/desk").await;
        let roster = people.desk.get("/posts/desk/roster?day=week").await;
        let page = desk.attribute("td.title a", "href").unwrap();
        let post = people.desk.get(&page).await;
        let ask = people.desk.get(&format!("{page}/ask")).await;

        assert!(list.has_text("已认领 1 / 6"), "{}", list.text());
        assert!(desk.has_text("共 120 个名额，已认领 20 个"), "{}", desk.text());
        assert!(roster.count("tr[data-row]") > 40, "{}", roster.text());
        assert_eq!(ask.count("input[name=person]"), 12, "{}", ask.text());
        for (name, answer) in [("list", &list), ("desk", &desk), ("roster", &roster), ("post", &post), ("ask", &ask)] {
            assert!(answer.statements() <= 6, "{name}: {}", answer.statements());
        }
        assert_eq!(rows(&app, "volunteer_asked").await, 170);
    }

    async fn other_rooms_find_helpers_and_note_that_they_asked_them(app: TestApp) {
        let people = People::of(&app).await;
        for who in [&people.wang, &people.zhao] {
            join(who, &MAY_BE_ASKED).await;
            who.post("/me/data/skills", &[("skill", "electrician")]).await;
        }
        let community = app.community();
        let policy = app.house().policy();
        let desk = people.desk.actor();
        let allowed = policy.check(desk, ASK, Asking { community }).unwrap();
        let by_skill = people::skills::Asking { community };
        let by_skill = policy.check(desk, people::policy::ASK_BY_SKILL, by_skill).unwrap();
        let atlas = areas::atlas(app.house(), community).await.unwrap();
        let (now, today) = (app.house().now(), date(2026, 11, 21));
        let area = Some(people.town.buildings[0][0][1]);
        let order = async || {
            let reader = app.house().db().reader();
            let found = candidates(&reader, &allowed, &by_skill, now, today).await.unwrap();
            assert_eq!(reader.statements(), 3);
            let skill = found[0].skills[0].id;
            let need = Need { skills: vec![skill], slot: None };
            let towards: Vec<_> = found.iter().map(|one| one.towards(&atlas, area, false)).collect();
            suggest(&need, &towards, 5, 1)
                .into_iter()
                .map(|one| found[one.candidate].name.clone())
                .collect::<Vec<_>>()
        };

        assert_eq!(order().await, ["王秀英", "赵敏"], "the near first");
        for _ in 0..2 {
            let tx = app.house().housekeeping(community).await.unwrap();
            note_asked(&tx, &allowed, &[person_of(&people.wang)]).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(order().await, ["赵敏"], "asked as often as she said");
        assert!(policy.check(people.li.actor(), ASK, Asking { community }).is_err());
    }
}
