//! The people around points, and the way to each stage: a scheme in force, a fund, a claim.

use kernel::events::{PointsGiven, PointsSchemeMoved};
use kernel::{DutyKind, ItemId, PersonId};
use people::fixture::a_person;
use platform::db::{StoreError, statement};
use platform::record::Recorded;
use platform::{Hearing, Slice, Tx};
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

/// Minutes of a day. 2026-11-21, a Saturday, is today in every test until it waits.
pub const DAY: i64 = 24 * 60;

/// The people.
pub struct People {
    /// Of the office.
    pub li: Client,
    /// Of the office too.
    pub zhou: Client,
    /// Heads the community.
    pub head: Client,
    /// A resident.
    pub wang: Client,
    /// Her entry.
    pub wang_id: PersonId,
    /// Another.
    pub zhao: Client,
    /// His entry.
    pub zhao_id: PersonId,
}

impl People {
    /// Two of the office, the head, two residents of the register.
    pub async fn of(app: &TestApp) -> Self {
        let mut tx = app.begin().await;
        let wang_id = a_person("王秀英")
            .phone("13800001234")
            .insert(&mut tx)
            .await
            .unwrap();
        let zhao_id = a_person("赵敏").insert(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        app.work().await;
        Self {
            li: app.on_duty("li", DutyKind::Staff, None).await,
            zhou: app.on_duty("zhou", DutyKind::Staff, None).await,
            head: app.on_duty("he", DutyKind::Leader, None).await,
            wang: app.resident_in_register("wang", wang_id).await,
            zhao: app.resident_in_register("zhao", zhao_id).await,
            wang_id,
            zhao_id,
        }
    }

    /// The same people with new sessions: the clock has moved on far.
    pub async fn again(self, app: &TestApp) -> Self {
        let anew = async |client: &Client| app.signed_in(client.actor().account.unwrap()).await;
        Self {
            li: anew(&self.li).await,
            zhou: anew(&self.zhou).await,
            head: anew(&self.head).await,
            wang: anew(&self.wang).await,
            zhao: anew(&self.zhao).await,
            wang_id: self.wang_id,
            zhao_id: self.zhao_id,
        }
    }

    /// A draft of Li with two items: cleaning for 5 each time, 10 a day, 15 a month; helping for 10
    /// an hour. Returns its address.
    pub async fn drafted(&self) -> String {
        let fields = [
            ("title", "锦江苑积分办法"),
            ("said", "让做好事的邻居有回报"),
        ];
        let answer = self.li.post("/points/desk/schemes", &fields).await;
        done(&answer);
        let page = answer.location().to_owned();
        done(&self.add_item(&page, &[]).await);
        let helping = [
            ("name", "志愿服务"),
            ("unit", "hour"),
            ("points", "10"),
            ("day_cap", "40"),
            ("month_cap", "200"),
        ];
        done(&self.add_item(&page, &helping).await);
        page
    }

    /// Li adds an item; some fields are other than usual.
    pub async fn add_item(&self, page: &str, others: &[(&str, &str)]) -> Answer {
        let version = version(&self.li, page).await;
        let mut fields = vec![
            ("version", version.as_str()),
            ("name", "楼道清洁"),
            ("unit", "time"),
            ("points", "5"),
            ("day_cap", "10"),
            ("month_cap", "15"),
            ("evidence", "楼长签字"),
            ("confirmer", "staff"),
        ];
        fields.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
        fields.extend_from_slice(others);
        self.li.post(&format!("{page}/item"), &fields).await
    }

    /// The same draft on its way to notice.
    pub async fn noticed(&self) -> String {
        let page = self.drafted().await;
        let said = [("said", "十一月三日在楼下和二十户商量过")];
        done(&step(&self.zhou, &page, "deliberate", &said).await);
        done(&step(&self.li, &page, "adopt", &ADOPTION).await);
        done(&step(&self.li, &page, "notice", &[]).await);
        page
    }

    /// A scheme in force, ten days later. Returns its items: cleaning, helping.
    pub async fn in_force(self, app: &TestApp) -> (Self, Vec<ItemId>) {
        let page = self.noticed().await;
        app.wait(10 * DAY);
        let people = self.again(app).await;
        done(&step(&people.li, &page, "enforce", &[]).await);
        let reader = app.house().db().reader();
        let items = points::items_in_force(&reader, app.community())
            .await
            .unwrap();
        (people, items.into_iter().map(|item| item.id).collect())
    }

    /// Puts a fund aside: Li proposes, the head confirms.
    pub async fn funded(&self, points: &str) {
        let fields = [("amount", points), ("reason", "演示单位赞助日用品一批")];
        done(&self.li.post("/points/desk/funds", &fields).await);
        let proposal = proposal(&self.head).await;
        done(&self.head.post(&proposal, &[]).await);
    }

    /// Wang claims; returns the claim's id.
    pub async fn claimed(&self, item: ItemId, quantity: &str, day: &str) -> String {
        let answer = claim(&self.wang, item, quantity, day).await;
        done(&answer);
        last(answer.location())
    }

    /// Wang claims, and Li finds it right.
    pub async fn checked(&self, item: ItemId, quantity: &str, day: &str) -> String {
        let id = self.claimed(item, quantity, day).await;
        done(&check(&self.li, &id, "yes", "").await);
        id
    }

    /// Wang has so many fives, granted, eight days after the scheme came into force.
    pub async fn rich(self, app: &TestApp, hours: &str) -> (Self, Vec<ItemId>) {
        let (people, items) = self.in_force(app).await;
        people.funded("1000").await;
        people.checked(items[1], hours, "2026-12-01").await;
        app.wait(8 * DAY);
        app.work().await;
        (people.again(app).await, items)
    }
}

/// A decision that was carried.
pub const ADOPTION: [(&str, &str); 5] = [
    ("assembly", "representatives"),
    ("on", "2026-11-10"),
    ("votes_for", "41"),
    ("votes_against", "3"),
    ("document", "锦居议〔2026〕7号"),
];

/// A step of a scheme, with the version of the page as it is.
pub async fn step(who: &Client, page: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let version = version(who, page).await;
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    who.post(&format!("{page}/{act}"), &all).await
}

/// The version in the forms of a page; `1` when there is no form.
pub async fn version(who: &Client, page: &str) -> String {
    let shown = who.get(page).await;
    let found = shown.value_of("input[name=version]");
    found.unwrap_or_else(|| "1".to_owned())
}

/// A claim of a resident.
pub async fn claim(who: &Client, item: ItemId, quantity: &str, day: &str) -> Answer {
    let item = item.to_string();
    let fields = [
        ("item", item.as_str()),
        ("quantity", quantity),
        ("day", day),
        ("evidence", "扫了三号楼二单元，楼长在场"),
    ];
    who.post("/me/points/claim", &fields).await
}

/// A check of a claim.
pub async fn check(who: &Client, id: &str, right: &str, said: &str) -> Answer {
    let page = format!("/points/desk/claims/{id}");
    let version = version(who, &page).await;
    let fields = [
        ("version", version.as_str()),
        ("right", right),
        ("said", said),
    ];
    who.post(&page, &fields).await
}

/// Where the first open proposal of the funds' page is confirmed.
pub async fn proposal(who: &Client) -> String {
    let page = who.get("/points/desk/funds").await;
    let found = page.attribute("form[action$='/confirm']", "action");
    found.unwrap_or_else(|| panic!("no proposal to confirm in {}", page.text()))
}

/// The last part of an address.
pub fn last(address: &str) -> String {
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The act was done.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// The act was not done, and this was said.
pub fn refused(answer: &Answer, status: u16, said: &str) {
    assert_eq!(answer.status(), status, "{}", answer.text());
    assert!(answer.has_text(said), "{said} not in {}", answer.text());
}

/// What somebody types to sign in.
pub async fn sign_in_name(app: &TestApp, who: &Client) -> String {
    let account = who.actor().account.unwrap();
    let reader = app.house().db().reader();
    let found = platform::door::by_id(&reader, app.community(), account).await;
    found.unwrap().unwrap().sign_in_name
}

/// How many rows a condition finds in a table.
pub async fn rows(app: &TestApp, table: &str, condition: &str) -> usize {
    let reader = app.house().db().reader();
    let sql = format!("SELECT 1 AS n FROM {table} WHERE community_id = $1 AND {condition}");
    let values = [app.community().0.into()];
    let found = reader.query_all_raw(statement(&reader, sql, values)).await;
    found.unwrap().len()
}

/// A room that breaks off, as a process that dies does: gifts of 13 points, and schemes that are
/// withdrawn.
pub fn breaking_off() -> Slice {
    Slice::named("breaking_off")
        .hears::<PointsGiven>(break_off_gift)
        .hears::<PointsSchemeMoved>(break_off_scheme)
}

fn break_off_gift<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read::<PointsGiven>() {
            Some(given) if given.points == 13 => broken(),
            Some(_) | None => Ok(()),
        }
    })
}

fn break_off_scheme<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read::<PointsSchemeMoved>() {
            Some(moved) if moved.to == "withdrawn" => broken(),
            Some(_) | None => Ok(()),
        }
    })
}

fn broken() -> Result<(), StoreError> {
    Err(StoreError::Unreadable("broken off".to_owned()))
}
