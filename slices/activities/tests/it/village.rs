//! The people around an activity, and what they do over and over.

use areas::fixture::{Town, a_small_town};
use kernel::events::{AttendanceConfirmed, Event};
use kernel::{DutyKind, PersonId};
use people::fixture::{a_household, a_person};
use platform::db::statement;
use platform::record::{self, Recorded};
use sea_orm::ConnectionTrait;
use testkit::{Answer, Client, TestApp};

/// Saturday of next week; every test begins on Saturday 2026-11-21 at 09:12.
pub const NEXT: &str = "2026-11-28";
/// Minutes from the beginning of a test to 09:00 of [`NEXT`].
pub const TO_NEXT: i64 = 7 * 24 * 60 - 12;

/// The people.
pub struct Village {
    pub town: Town,
    pub li: Client,
    pub chen: Client,
    pub wang: Client,
    pub zhao: Client,
    pub sun: Client,
    pub people: [PersonId; 4],
}

/// Wang and her husband Jian in one household, Zhao and Sun elsewhere; Li and Chen at the desk.
pub async fn village(app: &TestApp) -> Village {
    let mut tx = app.begin().await;
    let town = a_small_town(&mut tx).await.unwrap();
    let home = a_household("1栋2单元501")
        .in_building(town.buildings[0][0][0])
        .within(town.grids[0], town.micro_grids[0][0])
        .insert(&mut tx)
        .await
        .unwrap();
    let other = a_household("5栋1单元101").insert(&mut tx).await.unwrap();
    let mut people = Vec::new();
    for (name, household) in [
        ("王秀英", home),
        ("李建", home),
        ("赵敏", other),
        ("孙海", other),
    ] {
        let person = a_person(name)
            .living_at(household)
            .insert(&mut tx)
            .await
            .unwrap();
        people.push(person);
    }
    tx.commit().await.unwrap();
    app.work().await;
    app.wait(0);
    let people: [PersonId; 4] = people.try_into().unwrap();
    Village {
        li: app.on_duty("李敏", DutyKind::Staff, None).await,
        chen: app.on_duty("陈刚", DutyKind::Staff, None).await,
        wang: app.resident_in_register("王秀英", people[0]).await,
        zhao: app.resident_in_register("赵敏", people[2]).await,
        sun: app.resident_in_register("孙海", people[3]).await,
        town,
        people,
    }
}

/// A plan: once on [`NEXT`] from 09:00 to 11:00, with other fields in the place of some.
pub fn plan<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("title", "花园浇水日"),
        ("kind", "garden_day"),
        ("about", "带水壶"),
        ("place", "3栋旁共建花园"),
        ("first_day", NEXT),
        ("start", "09:00"),
        ("end", "11:00"),
        ("cadence", "once"),
    ];
    fields.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(others);
    fields
}

/// The act was done.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// The same person on another day: a session ends after a while.
pub async fn again(app: &TestApp, who: &Client) -> Client {
    app.signed_in(who.actor().account.unwrap()).await
}

/// The desk plans an activity; returns its id.
pub async fn drafted(desk: &Client, others: &[(&str, &str)]) -> String {
    let answer = desk.post("/desk/activities/new", &plan(others)).await;
    done(&answer);
    answer.location().rsplit('/').next().unwrap().to_owned()
}

/// An act on an activity as it is now.
pub async fn act(who: &Client, id: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = who.get(&format!("/desk/activities/{id}")).await;
    let field = format!("form[action$='/acts/{act}'] input[name=version]");
    let version = shown.value_of(&field).unwrap_or_else(|| "1".to_owned());
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    who.post(&format!("/desk/activities/{id}/acts/{act}"), &all)
        .await
}

/// The desk announces an activity; returns its id.
pub async fn announced(desk: &Client, others: &[(&str, &str)]) -> String {
    let id = drafted(desk, others).await;
    done(&act(desk, &id, "publish", &[]).await);
    id
}

/// The ids of the dates of an activity, in their order.
pub async fn dates(app: &TestApp, id: &str) -> Vec<String> {
    let reader = app.house().db().reader();
    let sql = "SELECT id FROM activity_occurrence WHERE community_id = $1 AND activity_id = $2 \
               ORDER BY starts_at";
    let id: uuid::Uuid = id.parse().unwrap();
    let values = [app.community().0.into(), id.into()];
    let rows = reader
        .query_all_raw(statement(&reader, sql, values))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get::<uuid::Uuid>("", "id").unwrap().to_string())
        .collect()
}

/// Signs people up for a date.
pub async fn join(who: &Client, id: &str, date: &str, people: &[PersonId]) -> Answer {
    let ids: Vec<String> = people.iter().map(PersonId::to_string).collect();
    let mut fields = vec![("date", date)];
    fields.extend(ids.iter().map(|id| ("person", id.as_str())));
    who.post(&format!("/activities/{id}/sign-up"), &fields)
        .await
}

/// A number that one statement gives.
pub async fn count(app: &TestApp, sql: &str) -> i64 {
    let reader = app.house().db().reader();
    let row = reader
        .query_one_raw(statement(&reader, sql, [app.community().0.into()]))
        .await
        .unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

/// The sign-up of somebody at a date, as it lies there: its id and its state.
pub async fn sign_up_of(app: &TestApp, date: &str, person: PersonId) -> (String, String) {
    let reader = app.house().db().reader();
    let sql = "SELECT id, state FROM activity_sign_up WHERE community_id = $1 \
               AND occurrence_id = $2 AND person_id = $3 ORDER BY at DESC, id DESC";
    let date: uuid::Uuid = date.parse().unwrap();
    let values = [app.community().0.into(), date.into(), person.0.into()];
    let row = reader
        .query_one_raw(statement(&reader, sql, values))
        .await
        .unwrap();
    let row = row.unwrap();
    let id: uuid::Uuid = row.try_get("", "id").unwrap();
    (id.to_string(), row.try_get("", "state").unwrap())
}

/// What lies in the roll of somebody at a date: state, minutes, labels.
pub async fn roll_of(app: &TestApp, date: &str, person: PersonId) -> Option<(String, i64, String)> {
    let reader = app.house().db().reader();
    let sql = "SELECT state, minutes, labels FROM attendance WHERE community_id = $1 \
               AND occurrence_id = $2 AND person_id = $3";
    let date: uuid::Uuid = date.parse().unwrap();
    let values = [app.community().0.into(), date.into(), person.0.into()];
    let row = reader
        .query_one_raw(statement(&reader, sql, values))
        .await
        .unwrap()?;
    Some((
        row.try_get("", "state").unwrap(),
        row.try_get("", "minutes").unwrap(),
        row.try_get("", "labels").unwrap(),
    ))
}

/// The events of a kind, newest first.
pub async fn events<E: Event>(app: &TestApp) -> Vec<Recorded> {
    let reader = app.house().db().reader();
    let all = record::page_before(&reader, app.community(), None, 1_000)
        .await
        .unwrap();
    all.into_iter()
        .filter(|event| event.name == E::NAME)
        .collect()
}

/// What other rooms were told of certain presences.
pub async fn confirmed(app: &TestApp) -> Vec<AttendanceConfirmed> {
    let told = events::<AttendanceConfirmed>(app).await;
    told.iter().map(|event| event.read().unwrap()).collect()
}

/// Somebody comes or goes by the code at the door.
pub async fn by_door_code(leader: &Client, who: &Client, date: &str, direction: &str) -> Answer {
    let shown = leader
        .get(&format!("/activities/occurrences/{date}/door/code"))
        .await;
    let link = shown.attribute("details a", "href").unwrap();
    let path = link.strip_prefix("http://localhost").unwrap();
    let page = who.get(path).await;
    let pass = page.value_of("input[name=code]").unwrap_or_default();
    let fields = [("code", pass.as_str()), ("direction", direction)];
    who.post(&format!("/activities/occurrences/{date}/here"), &fields)
        .await
}

/// The organiser ticks somebody in the list.
pub async fn by_hand(
    app: &TestApp,
    leader: &Client,
    date: &str,
    person: PersonId,
    direction: &str,
) -> Answer {
    let (sign_up, _) = sign_up_of(app, date, person).await;
    let fields = [("sign_up", sign_up.as_str()), ("direction", direction)];
    leader
        .post(&format!("/activities/occurrences/{date}/scan"), &fields)
        .await
}
