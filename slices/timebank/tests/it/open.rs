//! Helps that are still to come, entered many at once.

use kernel::Minutes;
use testkit::NOW;
use timebank::{OpenHelp, enter_open};

use crate::town::{Town, events};

testkit::on_both! {
    async fn what_is_asked_for_is_found_by_all_and_who_was_chosen_finds_it_as_theirs(app: TestApp) {
        let town = Town::of(&app).await;
        let help = |kind: &str, giver| OpenHelp {
            kind: kind.to_owned(),
            begins: NOW.plus(Minutes::days(3)),
            minutes: 90,
            receiver: town.wang.id,
            giver,
            grid: None,
            micro_grid: None,
            place: "3栋".to_owned(),
            wish: "陪着走走".to_owned(),
        };
        let open = [help("outing", None), help("comfort", Some(town.liu.id))];
        let mut tx = app.begin().await;

        enter_open(&mut tx, &open).await.unwrap();
        assert!(tx.statements() < 10, "{}", tx.statements());
        tx.commit().await.unwrap();

        assert_eq!(events(&app, "timebank.help_asked").await.len(), 2);
        assert_eq!(events(&app, "timebank.help_matched").await.len(), 1);
        let front = town.zhao.client.get("/timebank").await;
        assert!(front.has_text("陪同出行") && !front.has_text("精神慰藉"), "{}", front.text());
        assert!(town.liu.client.get("/me/time").await.has_text("您是帮忙的人"));
        let desk = town.li.get("/timebank/desk").await;
        assert!(desk.has_text("等着落实时间币 1"), "{}", desk.text());
        app.wait(4 * 24 * 60);
        app.work().await;
        let gone = app.visitor().get("/timebank").await;
        assert!(!gone.has_text("陪同出行"), "what nobody offered to do is over by its time");
    }
}
