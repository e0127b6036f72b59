//! A small town with people in it, a desk, and the way to an open post.

use areas::fixture::{Town, a_small_town};
use kernel::{DutyKind, PersonId};
use people::fixture::{a_household, a_person};
use platform::db::statement;
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

/// Saturday morning, as forms send it.
pub const SATURDAY: &str = "15";
/// Sunday morning.
pub const SUNDAY: &str = "18";
/// The Saturday after the first day of every test.
pub const NEXT_SATURDAY: &str = "2026-11-28";

/// The people.
pub struct People {
    pub town: Town,
    pub desk: Client,
    pub wang: Client,
    pub li: Client,
    pub zhao: Client,
}

impl People {
    /// 王秀英 and 李建国 in 1栋, 赵敏 in 8栋 at the other end of the town; a desk.
    pub async fn of(app: &TestApp) -> Self {
        let mut tx = app.begin().await;
        let town = a_small_town(&mut tx).await.unwrap();
        let west = a_household("1栋2单元501")
            .in_building(town.buildings[0][0][0])
            .within(town.grids[0], town.micro_grids[0][0])
            .insert(&mut tx)
            .await
            .unwrap();
        let east = a_household("8栋1单元101")
            .in_building(town.buildings[1][1][1])
            .within(town.grids[1], town.micro_grids[1][1])
            .insert(&mut tx)
            .await
            .unwrap();
        let mut people = Vec::new();
        for (name, home) in [("王秀英", west), ("李建国", west), ("赵敏", east)] {
            let person = a_person(name).living_at(home).insert(&mut tx).await;
            people.push((name, person.unwrap()));
        }
        tx.commit().await.unwrap();
        app.work().await;
        let mut clients = Vec::new();
        for (name, person) in people {
            clients.push(app.resident_in_register(name, person).await);
        }
        let [wang, li, zhao] = clients.try_into().ok().unwrap();
        Self {
            town,
            desk: app.on_duty("周敏", DutyKind::Staff, None).await,
            wang,
            li,
            zhao,
        }
    }

    /// The address at the desk of a new post that is open, with other fields in the place of some.
    pub async fn open_post(&self, others: &[(&str, &str)]) -> String {
        let page = self.drafted(others).await;
        done(&self.turn(&page, "open").await);
        page
    }

    /// The address at the desk of a post that is being written.
    pub async fn drafted(&self, others: &[(&str, &str)]) -> String {
        let answer = self.desk.post("/posts/desk/new", &post(others)).await;
        assert_eq!(answer.status(), 303, "{}", answer.text());
        answer.location().to_owned()
    }

    /// Opens or closes a post, as its page says it stands.
    pub async fn turn(&self, page: &str, verb: &str) -> Answer {
        let version = version(&self.desk, page).await;
        let fields = [("version", version.as_str()), ("verb", verb)];
        self.desk.post(&format!("{page}/state"), &fields).await
    }
}

/// The fields of a post, with other ones in the place of some.
pub fn post<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "花园浇水岗"),
        ("about", "给共建花园浇水，第一次有人带"),
        ("place", "3栋南面花园"),
        ("area", ""),
        ("slot", SATURDAY),
        ("places", "2"),
        ("shift_minutes", "90"),
        ("weight", "usual"),
        ("contact", "花园管护小组"),
        ("contact_account", ""),
    ];
    fields.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
    fields.extend(others.iter().filter(|(_, value)| *value != "-"));
    fields
}

/// What somebody sends who may be asked on Saturday mornings, anywhere.
pub const MAY_BE_ASKED: [(&str, &str); 3] =
    [("slot", SATURDAY), ("reach", "anywhere"), ("askings", "2")];

/// Joins, as they say.
pub async fn join(who: &Client, fields: &[(&str, &str)]) {
    done(&who.post("/me/volunteering", fields).await);
}

/// The version in the forms of a page.
pub async fn version(who: &Client, page: &str) -> String {
    let shown = who.get(page).await;
    shown.value_of("input[name=version]").unwrap()
}

/// The public address of a post.
pub fn public(page: &str) -> String {
    page.replace("/desk", "")
}

/// The act was done.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// The act was refused with this sentence.
pub fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status(), 409, "{}", answer.text());
    assert!(answer.has_text(words), "{words} in {}", answer.text());
}

/// Whose entry of the register somebody has.
pub fn person_of(who: &Client) -> PersonId {
    who.actor().person.unwrap()
}

/// How many rows a table has.
pub async fn rows(app: &TestApp, table: &str) -> usize {
    let reader = app.house().db().reader();
    let sql = format!("SELECT community_id FROM {table} WHERE community_id = $1");
    let values = [app.community().0.into()];
    let rows = reader.query_all_raw(statement(&reader, sql, values)).await;
    rows.unwrap().len()
}

/// The events of this room, oldest first.
pub async fn events(app: &TestApp) -> Vec<platform::record::Recorded> {
    let reader = app.house().db().reader();
    let all = platform::record::page_before(&reader, app.community(), None, 300).await;
    let mut own: Vec<_> = all.unwrap();
    own.retain(|event| event.name.starts_with("volunteering."));
    own.reverse();
    own
}
