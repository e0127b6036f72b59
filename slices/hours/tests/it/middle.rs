//! The people around a record, and the ways to each stage of an entry.

use kernel::{AccountId, DutyKind, PersonId};
use people::fixture::{a_household, a_person};
use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

/// 2026-11-21 is today in every test.
pub const TODAY: &str = "2026-11-21";
/// Yesterday: in time.
pub const YESTERDAY: &str = "2026-11-20";
/// Eleven days ago: late.
pub const LATE: &str = "2026-11-10";

/// The people.
pub struct People {
    /// Two at the desk, and a third who has no part in most things.
    pub li: Client,
    pub zhou: Client,
    pub he: Client,
    /// Heads the community.
    pub leader: Client,
    /// A volunteer with an account.
    pub wang: Client,
    pub wang_id: PersonId,
    /// Another, whom nobody knows by an account.
    pub zhao_id: PersonId,
}

impl People {
    pub async fn of(app: &TestApp) -> Self {
        let mut tx = app.begin().await;
        let home = a_household("3栋2单元501").insert(&mut tx).await.unwrap();
        let wang = a_person("王秀英").living_at(home).phone("13800001234");
        let wang_id = wang.insert(&mut tx).await.unwrap();
        let zhao = a_person("赵敏").phone("13900005678");
        let zhao_id = zhao.insert(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            li: app.on_duty("李梅", DutyKind::Staff, None).await,
            zhou: app.on_duty("周敏", DutyKind::Staff, None).await,
            he: app.on_duty("何静", DutyKind::Staff, None).await,
            leader: app.on_duty("郑书记", DutyKind::Leader, None).await,
            wang: app.resident_in_register("王秀英", wang_id).await,
            wang_id,
            zhao_id,
        }
    }

    /// Li types an hour and a half of Wang's; returns the page of the entry.
    pub async fn entered(&self, app: &TestApp) -> String {
        self.entered_on(app, YESTERDAY).await
    }

    /// … on a day.
    pub async fn entered_on(&self, app: &TestApp, day: &str) -> String {
        let form = form(self.wang_id, &[("day", day)]);
        done(&self.li.post("/hours/enter", &form.fields()).await);
        format!("/hours/entries/{}", newest(app).await)
    }

    /// … and Zhou confirms it.
    pub async fn confirmed(&self, app: &TestApp) -> String {
        self.confirmed_on(app, YESTERDAY).await
    }

    /// … on a day.
    pub async fn confirmed_on(&self, app: &TestApp, day: &str) -> String {
        let page = self.entered_on(app, day).await;
        done(&self.zhou.post(&format!("{page}/confirm"), &[]).await);
        page
    }

    /// … and it is drawn for a call, as every labelled entry is where a community wants it so.
    pub async fn drawn(&self, app: &TestApp) -> String {
        every_labelled_is_drawn(app).await;
        self.confirmed_on(app, LATE).await
    }
}

/// The community asks about each labelled entry.
pub async fn every_labelled_is_drawn(app: &TestApp) {
    let mut tx = app.begin().await;
    let all = Some("100".to_owned());
    platform::community::set(&mut tx, hours::CALL_BACK_PERCENT, all)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.house().communities().look_again();
}

/// A form with what was typed.
pub struct Form {
    pairs: Vec<(String, String)>,
}

impl Form {
    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

/// An hour and a half of sweeping yesterday, with other fields in the place of some.
pub fn form(person: PersonId, others: &[(&str, &str)]) -> Form {
    let person = person.to_string();
    let usual = [
        ("person", person.as_str()),
        ("day", YESTERDAY),
        ("minutes", "90"),
        ("done", "打扫三栋楼道"),
    ];
    let kept = usual
        .iter()
        .filter(|(name, _)| !others.iter().any(|(other, _)| other == name));
    let pairs = kept
        .chain(others)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Form { pairs }
}

/// The id of the entry that came last.
pub async fn newest(app: &TestApp) -> String {
    let reader = app.house().db().reader();
    let sql = "SELECT id FROM service WHERE community_id = $1 ORDER BY id DESC LIMIT 1";
    let row = reader
        .query_one_raw(statement(&reader, sql, [app.community().0.into()]))
        .await;
    let id: uuid::Uuid = row.unwrap().unwrap().try_get("", "id").unwrap();
    id.to_string()
}

/// How many rows of a table there are.
pub async fn rows(app: &TestApp, table: &str) -> i64 {
    let reader = app.house().db().reader();
    let sql = format!("SELECT count(*) AS rows FROM {table} WHERE community_id = $1");
    let row = reader
        .query_one_raw(statement(&reader, sql, [app.community().0.into()]))
        .await;
    row.unwrap().unwrap().try_get("", "rows").unwrap()
}

/// How many events of a name were recorded.
pub async fn events(app: &TestApp, name: &str) -> usize {
    let reader = app.house().db().reader();
    let all = platform::record::page_before(&reader, app.community(), None, 1_000).await;
    all.unwrap()
        .iter()
        .filter(|event| event.name == name)
        .count()
}

/// The act was done.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// The account of somebody.
pub fn account(who: &Client) -> AccountId {
    who.actor().account.unwrap()
}

/// An account whose owner is in the register and works at the desk too.
pub async fn colleague(app: &TestApp, name: &str, person: PersonId) -> Client {
    let account = app.account(name, Some(person)).await;
    let mut tx = app.begin().await;
    let duty = platform::door::NewDuty {
        account,
        kind: DutyKind::Staff,
        area: None,
        handler: None,
    };
    platform::door::take_up(&mut tx, &duty).await.unwrap();
    tx.commit().await.unwrap();
    app.signed_in(account).await
}
