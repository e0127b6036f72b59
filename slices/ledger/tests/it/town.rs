//! Some neighbours and what they hold.

use kernel::events::PersonEntered;
use kernel::{CommunityId, PersonId};
use ledger::{Accounts, Book, Movement, Resident, Step};
use people::fixture::{a_household, a_person};
use platform::Tx;
use testkit::TestApp;
use uuid::Uuid;

/// Three neighbours and the one-of-a-kind accounts of a book.
pub struct Town {
    pub community: CommunityId,
    pub book: Accounts,
    pub zhao: PersonId,
    pub zhao_account: Resident,
    pub qian: PersonId,
    pub qian_account: Resident,
}

/// Opens accounts; Zhao is granted 100.
pub async fn town(app: &TestApp, book: Book) -> Town {
    let mut tx = app.begin().await;
    let home = a_household("1栋2单元501")
        .insert(&mut tx)
        .await
        .expect("a household");
    let zhao = a_person("赵晓梅")
        .living_at(home)
        .insert(&mut tx)
        .await
        .expect("a person");
    let qian = a_person("钱国庆")
        .living_at(home)
        .insert(&mut tx)
        .await
        .expect("a person");
    let accounts = ledger::accounts(&mut tx, book).await.expect("accounts");
    let of = ledger::residents(&mut tx, book, &[zhao, qian])
        .await
        .expect("accounts");
    let town = Town {
        community: app.community(),
        book: accounts,
        zhao,
        zhao_account: of[&zhao],
        qian,
        qian_account: of[&qian],
    };
    let grant = Movement::Grant {
        from: accounts.issue,
        to: of[&zhao],
    };
    ledger::post(&mut tx, group(1), &[Step::post(grant, 100)])
        .await
        .expect("a grant");
    tx.commit().await.expect("an act");
    town
}

/// What a chain belongs to.
pub fn group(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Commits what a test did, which is an act like any other.
pub async fn done(mut tx: Tx, person: PersonId) {
    tx.emit(&PersonEntered { person });
    tx.commit().await.expect("an act");
}

/// What somebody may use, and what is set aside.
pub async fn holds(app: &TestApp, account: Resident) -> (u64, u64) {
    let reader = app.house().db().reader();
    let balance = ledger::balance_of(&reader, app.community(), account.0)
        .await
        .expect("a balance");
    (balance.available, balance.held)
}

/// Every book of the community is what it claims to be.
pub async fn is_whole(app: &TestApp) -> bool {
    let reader = app.house().db().reader();
    let findings = ledger::verify(&reader, app.community())
        .await
        .expect("the books are read");
    assert!(!findings.is_empty());
    findings.iter().all(|finding| finding.wrong.is_none())
}
