//! The people around a help, and the way to each stage of it.

use jiff::civil::{Date, date};
use kernel::{DutyKind, PersonId};
use ledger::{Book, Movement, Step};
use people::fixture::{a_household, a_person};
use platform::db::statement;
use platform::record::{self, Recorded};
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

/// From the beginning of each test until the help begins, in minutes.
pub const UNTIL_HELP: i64 = 7 * 24 * 60 - 12;
/// The minutes of the help.
pub const LENGTH: i64 = 120;

/// Somebody of the register with an account.
pub struct Neighbour {
    pub id: PersonId,
    pub client: Client,
}

/// The people.
pub struct Town {
    /// 76 years old, and receives help.
    pub wang: Neighbour,
    /// Helps.
    pub liu: Neighbour,
    /// Helps as well.
    pub zhao: Neighbour,
    /// Two of the desk.
    pub li: Client,
    pub chen: Client,
}

impl Town {
    pub async fn of(app: &TestApp) -> Self {
        Self {
            wang: neighbour(app, "王秀英", date(1950, 3, 4), "13812345678").await,
            liu: neighbour(app, "刘洋", date(1990, 1, 1), "13912345678").await,
            zhao: neighbour(app, "赵敏", date(1985, 1, 1), "13712345678").await,
            li: app.on_duty("李静", DutyKind::Staff, None).await,
            chen: app.on_duty("陈明", DutyKind::Staff, None).await,
        }
    }

    /// Everybody has an account, and Wang has ten hours.
    pub async fn with_credit(app: &TestApp) -> Self {
        let town = Self::of(app).await;
        for one in [&town.wang, &town.liu, &town.zhao] {
            done(&one.client.post("/me/time/open", &[]).await);
        }
        credit(app, town.wang.id, 600).await;
        town
    }

    /// Wang asks; returns the address of the page.
    pub async fn asked(&self) -> String {
        let answer = self.wang.client.post("/timebank/ask", &ask(&[])).await;
        done(&answer);
        answer.location().to_owned()
    }

    /// Liu offers.
    pub async fn offered(&self) -> String {
        let page = self.asked().await;
        done(&offer(&self.liu, &page).await);
        page
    }

    /// Wang chooses Liu.
    pub async fn reserved(&self) -> String {
        let page = self.offered().await;
        done(&choose(&self.wang.client, &page, &self.liu).await);
        page
    }

    /// The help has begun, with the code.
    pub async fn signed_in(&self, app: &TestApp) -> String {
        let page = self.reserved().await;
        app.wait(UNTIL_HELP);
        let code = code(app, &page).await;
        done(&act(&self.liu.client, &page, "sign-in", &[("code", &code)]).await);
        page
    }

    /// It is over after so many minutes.
    pub async fn signed_out(&self, app: &TestApp, minutes: i64) -> String {
        let page = self.signed_in(app).await;
        app.wait(minutes);
        let code = code(app, &page).await;
        done(&act(&self.liu.client, &page, "sign-out", &[("code", &code)]).await);
        page
    }
}

/// Somebody of the register with an account, at a door of their own.
pub async fn neighbour(app: &TestApp, name: &str, born: Date, phone: &str) -> Neighbour {
    let id = person(app, name, born, phone).await;
    let client = app.resident_in_register(name, id).await;
    Neighbour { id, client }
}

/// Somebody of the register.
pub async fn person(app: &TestApp, name: &str, born: Date, phone: &str) -> PersonId {
    let mut tx = app.begin().await;
    let door = format!("3栋2单元{}", &phone[8..]);
    let household = a_household(&door).insert(&mut tx).await.unwrap();
    let person = a_person(name)
        .living_at(household)
        .born(born)
        .phone(phone)
        .insert(&mut tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    person
}

/// Gives somebody credit, in minutes.
pub async fn credit(app: &TestApp, person: PersonId, minutes: u64) {
    let mut tx = app.begin().await;
    let from = ledger::accounts(&mut tx, Book::Time).await.unwrap().issue;
    let to = ledger::resident(&mut tx, Book::Time, person).await.unwrap();
    let group = tx.new_id();
    let step = Step::post(Movement::Opening { from, to }, minutes);
    ledger::post(&mut tx, group, &[step]).await.unwrap();
    tx.commit().await.unwrap();
}

/// What somebody has: available, and held.
pub async fn balance(app: &TestApp, person: PersonId) -> (u64, u64) {
    let reader = app.house().db().reader();
    let found = ledger::balances_of(&reader, app.community(), Book::Time, &[person]).await;
    let balance = found.unwrap().remove(&person).unwrap_or_default();
    (balance.available, balance.held)
}

/// Wang's form, with other fields in the place of some.
pub fn ask<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kind", "outing"),
        ("day", "2026-11-28"),
        ("time", "09:00"),
        ("hours", "2"),
        ("place", "3栋2单元5678"),
        ("wish", "陪我去医院取药"),
        ("phone", "13812345678"),
        ("shared", "yes"),
        ("payer", "own"),
    ];
    fields.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(others);
    fields
}

/// An offer.
pub async fn offer(who: &Neighbour, page: &str) -> Answer {
    let shared = [("shared", "yes")];
    who.client.post(&format!("{page}/offer"), &shared).await
}

/// A choice.
pub async fn choose(who: &Client, page: &str, chosen: &Neighbour) -> Answer {
    act(who, page, "match", &[("giver", &chosen.id.to_string())]).await
}

/// An act on the page as it is now.
pub async fn act(who: &Client, page: &str, word: &str, fields: &[(&str, &str)]) -> Answer {
    let version = version(who, page).await;
    act_on(who, page, word, &version, fields).await
}

/// An act with a form that was made for this version.
pub async fn act_on(
    who: &Client,
    page: &str,
    word: &str,
    version: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut all = vec![("version", version)];
    all.extend_from_slice(fields);
    who.post(&format!("{page}/{word}"), &all).await
}

/// An act for which the page has no form, sent all the same.
pub async fn forced(
    app: &TestApp,
    who: &Client,
    page: &str,
    word: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let version = one(app, page, "CAST(version AS TEXT)").await.unwrap();
    act_on(who, page, word, &version, fields).await
}

/// The version in the forms of the page; `1` when there is no form.
pub async fn version(who: &Client, page: &str) -> String {
    let shown = who.get(page).await;
    shown
        .value_of("input[name=version]")
        .unwrap_or_else(|| "1".to_owned())
}

/// What Wang would tell the helper.
pub async fn code(app: &TestApp, page: &str) -> String {
    let row = one(app, page, "code").await;
    row.unwrap_or_default()
}

/// The word of a column of the help.
pub async fn one(app: &TestApp, page: &str, column: &str) -> Option<String> {
    let id: kernel::HelpId = page.rsplit('/').next().unwrap().parse().unwrap();
    let reader = app.house().db().reader();
    let sql =
        format!("SELECT {column} AS word FROM timebank_help WHERE community_id = $1 AND id = $2");
    let values = [app.community().0.into(), id.0.into()];
    let row = reader
        .query_one_raw(statement(&reader, sql, values))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "word").unwrap()
}

/// A page that begins again tells where it stands.
pub async fn state(app: &TestApp, page: &str) -> String {
    one(app, page, "state").await.unwrap()
}

/// The act was done.
#[track_caller]
pub fn done(answer: &Answer) {
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// The act was not done, with this sentence.
#[track_caller]
pub fn refused(answer: &Answer, status: u16, sentence: &str) {
    assert_eq!(answer.status(), status, "{}", answer.text());
    assert!(answer.has_text(sentence), "{}", answer.text());
}

/// Events of one name, the newest first.
pub async fn events(app: &TestApp, name: &str) -> Vec<Recorded> {
    let reader = app.house().db().reader();
    let all = record::page_before(&reader, app.community(), None, 400).await;
    let mut all = all.unwrap();
    all.retain(|event| event.name == name);
    all
}
