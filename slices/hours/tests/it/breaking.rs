//! An act that breaks off halfway leaves nothing.

use kernel::events::{CertificateIssued, ServiceConfirmed, ServiceEntered, ServiceWithdrawn};
use platform::db::{StoreError, statement};
use platform::record::Recorded;
use platform::{Hearing, Slice, Tx};
use sea_orm::ConnectionTrait;

use crate::middle::{People, done, events, form, newest, rows};

/// The minutes of entries whose acts break off.
const BREAKING: i64 = 97;

testkit::on_both! {
    async fn an_entry_a_file_a_confirmation_and_a_proof_that_break_off_leave_nothing(app: TestApp) {
        let people = People::of(&app).await;
        let short = form(people.wang_id, &[("minutes", "97")]);
        let page = crate::importing::upload(&people, "姓名,电话,日期,分钟,内容\n\
            王秀英,13800001234,2026-11-18,60,扫楼道\n王秀英,13800001234,2026-11-17,97,扫楼道\n").await;

        let entered = people.li.post("/hours/enter", &short.fields()).await;
        let taken_in = people.li.post(&format!("{page}/confirm"), &[]).await;

        assert_eq!((entered.status(), taken_in.status()), (500, 500));
        assert_eq!((rows(&app, "service").await, rows(&app, "service_words").await), (0, 0));
        assert!(people.li.get(&page).await.has_text("扫楼道"), "the file is still there");

        for minutes in ["20", "194"] {
            done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", minutes)]).fields()).await);
        }
        let ids = crate::importing::ticked(&people.zhou.get("/hours").await);
        let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("entry", id.as_str())).collect();
        let confirmed = people.zhou.post("/hours/confirm", &fields).await;

        assert_eq!(confirmed.status(), 500);
        assert_eq!(events(&app, "hours.service_confirmed").await, 0);
        assert!(people.wang.get("/me/hours").await.has_text("累计时长 0 小时"));
    }

    async fn a_withdrawal_and_a_proof_that_break_off_leave_nothing(app: TestApp) {
        let people = People::of(&app).await;
        done(&people.li.post("/hours/enter", &form(people.wang_id, &[("minutes", "291")]).fields()).await);
        let page = format!("/hours/entries/{}", newest(&app).await);
        done(&people.zhou.post(&format!("{page}/confirm"), &[]).await);
        done(&people.he.post(&format!("{page}/doubt"), &[("words", "不像")]).await);
        let flags = people.leader.get("/hours/flags").await;
        let flag = flags.attribute("form[action^='/hours/flags/']", "action").unwrap();

        let withdrawn = people.leader.post(&flag, &[("choice", "withdrawn"), ("words", "撤")]).await;
        let proof = [("name", "full"), ("from", "2026-11-01"), ("until", "2026-11-30"), ("detail", "kinds")];
        let issued = people.wang.post("/me/certificate", &proof).await;

        assert_eq!((withdrawn.status(), issued.status()), (500, 500));
        assert_eq!((rows(&app, "service").await, rows(&app, "certificate").await), (1, 0));
        assert!(people.leader.get("/hours/flags").await.has_text("等负责人复核"));
    }
}

/// A room that breaks off some acts when all rows are written, as a process that dies does.
pub fn breaking_off() -> Slice {
    Slice::named("breaking_off")
        .hears::<ServiceEntered>(on_entered)
        .hears::<ServiceConfirmed>(on_confirmed)
        .hears::<ServiceWithdrawn>(on_withdrawn)
        .hears::<CertificateIssued>(on_issued)
}

fn broken(is_broken: bool) -> Result<(), StoreError> {
    if is_broken {
        Err(StoreError::Unreadable("broken off".to_owned()))
    } else {
        Ok(())
    }
}

fn on_entered<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    let told = event.read::<ServiceEntered>();
    Box::pin(async move { broken(told.is_some_and(|told| told.minutes == BREAKING)) })
}

fn on_confirmed<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    let told = event.read::<ServiceConfirmed>();
    Box::pin(async move { broken(told.is_some_and(|told| told.minutes == 2 * BREAKING)) })
}

fn on_withdrawn<'a>(_tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    let told = event.read::<ServiceWithdrawn>();
    Box::pin(async move { broken(told.is_some_and(|told| told.minutes == 3 * BREAKING)) })
}

/// Breaks off the proofs of somebody who has served 291 minutes in all.
fn on_issued<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(told) = event.read::<CertificateIssued>() else {
            return Ok(());
        };
        let sql = "SELECT CAST(sum(minutes) AS bigint) AS minutes FROM service \
                   WHERE community_id = $1 AND person_id = $2";
        let values = [tx.community().0.into(), told.person.0.into()];
        let row = tx.query_one_raw(statement(tx, sql, values)).await?;
        let minutes: Option<i64> = row.map_or(Ok(None), |row| row.try_get("", "minutes"))?;
        broken(minutes == Some(3 * BREAKING))
    })
}
