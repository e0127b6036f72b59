//! A past is entered through the ledger, in few statements, and nothing in it is owed.

use jiff::civil::date;
use kernel::{Instant, Minutes, PersonId};
use points::{
    Adoption, Assembly, Confirmer, NewItem, Past, PastGift, PastGrant, PastRedemption, PastReward,
    PastScheme, Unit, enter_many,
};

use crate::middle::{DAY, People, rows};

fn past(people: &People, more: &[PersonId]) -> Past {
    let at = |days: i64| testkit::NOW.plus(Minutes::days(days));
    let grant = |person: PersonId, at: Instant| PastGrant {
        person,
        item: 0,
        quantity: 1,
        day: date(2026, 8, 1),
        at,
        evidence: "扫楼".to_owned(),
    };
    Past {
        scheme: PastScheme {
            at: at(-100),
            title: "积分办法".to_owned(),
            about: "让做好事的邻居有回报".to_owned(),
            deliberation: "商量过".to_owned(),
            adoption: Adoption {
                assembly: Assembly::Residents,
                on: date(2026, 7, 1),
                votes_for: 30,
                votes_against: 2,
                document: "一号".to_owned(),
            },
            items: vec![NewItem {
                name: "楼道清洁".to_owned(),
                unit: Unit::Time,
                points: 5,
                day_cap: 10,
                month_cap: 60,
                evidence: "楼长签字".to_owned(),
                confirmer: Confirmer::Staff,
            }],
            by: [
                people.li.actor().account.unwrap(),
                people.zhou.actor().account.unwrap(),
            ],
        },
        fund: (1_000, "演示单位赞助".to_owned()),
        grants: more
            .iter()
            .enumerate()
            .map(|(n, one)| grant(*one, at(-90 + i64::try_from(n).unwrap())))
            .collect(),
        rewards: vec![PastReward {
            name: "肥皂".to_owned(),
            about: String::new(),
            is_service: false,
            price: 5,
            source: "演示单位".to_owned(),
            pieces: 3,
        }],
        redemptions: more
            .iter()
            .take(5)
            .map(|one| PastRedemption {
                person: *one,
                reward: 0,
                at: at(-20),
            })
            .collect(),
        purpose: ("花园种子".to_owned(), "买种子".to_owned()),
        gifts: vec![
            PastGift {
                person: more[10],
                points: 5,
                at: at(-10),
            },
            PastGift {
                person: more[11],
                points: 6,
                at: at(-10),
            },
        ],
        open: vec![grant(people.wang_id, at(-1)), grant(people.zhao_id, at(-1))],
    }
}

testkit::on_both! {
    async fn a_year_is_entered_and_what_could_not_be_paid_is_left_out(app: TestApp) {
        let people = People::of(&app).await;
        let mut tx = app.begin().await;
        let mut more = Vec::new();
        for n in 0..20 {
            more.push(people::fixture::a_person(&format!("居民{n}")).insert(&mut tx).await.unwrap());
        }
        let before = tx.now;
        let entered = enter_many(&mut tx, &past(&people, &more)).await.unwrap();
        assert_eq!(tx.now, before);
        tx.commit().await.unwrap();

        assert_eq!((entered.grants, entered.redemptions, entered.gifts), (20, 3, 1));
        assert_eq!(rows(&app, "points_claim", "state = 'posted' AND transfer_id IS NOT NULL").await, 20);
        let front = app.visitor().get("/points").await;
        assert!(front.has_text("还没用掉的积分 85"), "a hundred, less three soaps: {}", front.text());
        assert!(front.has_text("还担得起 985") && front.has_text("还可以发放 900"), "{}", front.text());
        assert!(front.has_text("赞成 30 票"));
        let shop = app.visitor().get("/shop").await;
        assert!(shop.has_text("暂时没有了") && shop.has_text("花园种子 5 分"), "{}", shop.text());
        let desk = people.li.get("/points/desk").await;
        assert!(desk.has_text("王秀英") && desk.has_text("待核对"), "{}", desk.text());
        assert!(app.visitor().get("/points/notices").await.has_text("楼道清洁"));
        app.wait(10 * DAY);
        app.work().await;
        assert_eq!(rows(&app, "points_claim", "state = 'posted'").await, 21, "the one on notice is granted in time");
    }
}
