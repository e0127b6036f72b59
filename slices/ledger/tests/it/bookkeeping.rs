//! Many clients, one commit.

use kernel::TransferId;
use ledger::{Book, Bookkeeper, Movement, Order, PostError, Refusal, Step};

use crate::town::{done, group, holds, is_whole, town};

fn order(number: u128, movement: Movement, amount: u64) -> Order {
    Order {
        id: TransferId(group(number)),
        step: Step::post(movement, amount),
    }
}

testkit::on_both! {
    async fn each_of_many_clients_is_answered_for_its_own(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let keeper = Bookkeeper::of(app.house());
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let clients: Vec<_> = (0..64).map(|n| {
            let keeper = keeper.clone();
            let community = town.community;
            tokio::spawn(async move {
                keeper.submit(community, group(n), &[order(1000 + n, spend, 3)]).await
            })
        }).collect();

        let mut written = 0;
        for client in clients {
            match client.await.unwrap() {
                Ok(answer) => { written += 1; assert_eq!(answer.written[0].amount, 3); }
                Err(PostError::Refused(why)) => assert_eq!(why, Refusal::ExceedsBalance),
                Err(PostError::Store(error)) => panic!("{error}"),
            }
        }

        assert_eq!(written, 33);
        assert_eq!(holds(&app, town.zhao_account).await, (1, 0));
        assert!(is_whole(&app).await);
    }

    async fn the_same_order_sent_again_is_answered_as_before(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let keeper = Bookkeeper::of(app.house());
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let orders = [order(50, spend, 40)];

        let first = keeper.submit(town.community, group(1), &orders).await.unwrap();
        let again = keeper.submit(town.community, group(1), &orders).await.unwrap();

        assert!(!first.existed && again.existed);
        assert_eq!(first.written, again.written);
        assert_eq!(holds(&app, town.zhao_account).await, (60, 0));
        let other = keeper.submit(town.community, group(1), &[order(50, spend, 41)]).await;
        assert!(matches!(other, Err(PostError::Refused(Refusal::ExistsDifferently))));
    }

    async fn a_refused_order_stays_refused_after_the_points_have_come(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let keeper = Bookkeeper::of(app.house());
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let grant = Movement::Grant { from: town.book.issue, to: town.zhao_account };
        let too_much = [order(60, spend, 150)];

        let first = keeper.submit(town.community, group(1), &too_much).await;
        keeper.submit(town.community, group(2), &[order(61, grant, 100)]).await.unwrap();
        let again = keeper.submit(town.community, group(1), &too_much).await;

        assert!(matches!(first, Err(PostError::Refused(Refusal::ExceedsBalance))));
        assert!(matches!(again, Err(PostError::Refused(Refusal::AlreadyRefused))));
        assert_eq!(holds(&app, town.zhao_account).await, (200, 0));
    }

    async fn two_instances_of_the_program_keep_one_book(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let (second, _) = app.second_instance(crate::slices()).await;
        let keepers = [Bookkeeper::of(app.house()), Bookkeeper::of(&second)];
        let grant = Movement::Grant { from: town.book.issue, to: town.qian_account };
        let clients: Vec<_> = (0..40_u128).map(|n| {
            let keeper = keepers[usize::try_from(n % 2).unwrap()].clone();
            let community = town.community;
            tokio::spawn(async move {
                keeper.submit(community, group(n), &[order(2000 + n, grant, 1)]).await.unwrap()
            })
        }).collect();
        for client in clients {
            client.await.unwrap();
        }

        assert_eq!(holds(&app, town.qian_account).await, (40, 0));
        assert!(is_whole(&app).await);
    }

    async fn acts_that_write_into_the_same_book_meanwhile_are_seen(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let keeper = Bookkeeper::of(app.house());
        let spend = Movement::Redeem { from: town.zhao_account, to: town.book.shop };
        let grant = Movement::Grant { from: town.book.issue, to: town.zhao_account };
        let clients: Vec<_> = (0..8_u128).map(|client| {
            let (keeper, community) = (keeper.clone(), town.community);
            tokio::spawn(async move {
                for n in 0..10 {
                    let number = 3000 + client * 100 + n;
                    keeper.submit(community, group(number), &[order(number, spend, 1)]).await.unwrap();
                }
            })
        }).collect();
        for n in 0..10 {
            let mut tx = app.begin().await;
            ledger::post(&mut tx, group(n), &[Step::post(grant, 1)]).await.unwrap();
            done(tx, town.zhao).await;
        }
        for client in clients {
            client.await.unwrap();
        }

        assert_eq!(holds(&app, town.zhao_account).await, (30, 0));
        assert!(is_whole(&app).await);
    }
}
