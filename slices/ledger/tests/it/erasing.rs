//! Who is erased leaves the book without a name.

use kernel::events::PersonErased;
use ledger::Book;

use crate::town::{is_whole, town};

testkit::on_both! {
    async fn erasing_a_person_changes_no_total_and_leaves_no_name(app: TestApp) {
        let town = town(&app, Book::Points).await;
        let reader = app.house().db().reader();
        let before = ledger::totals(&reader, town.community, Book::Points).await.unwrap();

        let mut tx = app.begin().await;
        tx.emit(&PersonErased { person: town.zhao });
        tx.commit().await.unwrap();

        let after = ledger::totals(&reader, town.community, Book::Points).await.unwrap();
        assert_eq!(before, after);
        assert_eq!(after.outstanding, 100);
        let lines = ledger::entries_of(&reader, town.community, Book::Points, town.zhao, 10, None).await.unwrap();
        assert_eq!(lines, []);
        assert!(is_whole(&app).await);
    }
}
