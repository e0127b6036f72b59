//! A small town with a catalogue, a desk, and a system that holds a key.

use areas::fixture::a_small_town;
use georeport::{Document, Format, Receipt, ServiceRequest, Ticket, read};
use kernel::{AccountId, DutyKind, Facts};
use open311::{NewKey, make_key};
use platform::access::Policy;
use requests::fixture::{Basics, basics, dispatch_table};
use testkit::{Answer, Client, TestApp};

/// What a test finds set up.
pub struct Setting {
    pub basics: Basics,
    pub desk: Client,
}

/// The town; with `has_rules` the dispatch table gives on what comes in.
async fn town(app: &TestApp, has_rules: bool) -> Setting {
    let mut tx = app.begin().await;
    a_small_town(&mut tx).await.unwrap();
    let basics = basics(&mut tx).await.unwrap();
    if has_rules {
        dispatch_table(&mut tx, &basics).await.unwrap();
    }
    tx.commit().await.unwrap();
    // The map is looked at again after half a second.
    app.wait(1);
    let desk = app.on_duty("qian", DutyKind::Staff, None).await;
    Setting { basics, desk }
}

/// Without a dispatch table: everything waits for the desk.
pub async fn without_rules(app: &TestApp) -> Setting {
    town(app, false).await
}

/// With a dispatch table.
pub async fn with_rules(app: &TestApp) -> Setting {
    town(app, true).await
}

/// Gives an account a key of these words; what comes with it may be published.
pub async fn give_key(app: &TestApp, account: AccountId, words: &str) {
    let facts = Facts::of(app.community());
    let policy: &Policy = app.house().policy();
    let administrator = app.on_duty("wu", DutyKind::Administrator, None).await;
    let allowed = policy
        .check(administrator.actor(), open311::policy::MANAGE, facts)
        .unwrap();
    let mut tx = app.begin().await;
    let new = NewKey {
        name: "区平台".into(),
        account,
        may_publish: true,
    };
    make_key(&mut tx, allowed, &new, words).await.unwrap();
    tx.commit().await.unwrap();
}

/// An account of its own for another system, with a key of these words.
pub async fn system(app: &TestApp, words: &str) -> AccountId {
    let account = app.account("hotline", None).await;
    give_key(app, account, words).await;
    account
}

/// Reports a lamp by JSON; further arguments may be added or changed.
pub async fn send(app: &TestApp, key: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("service_code", "stair-lamp"),
        ("address_string", "1栋2单元"),
        ("description", "楼道灯不亮，三天了"),
        ("api_key", key),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    app.visitor()
        .post_forged("/open311/v2/requests.json", &fields)
        .await
}

/// The number in the receipt.
pub fn number_of(answer: &Answer) -> String {
    assert_eq!(answer.status(), 200, "{}", answer.body());
    let receipts: Vec<Receipt> = read(&answer.body(), Format::Json).unwrap();
    assert_eq!(receipts.len(), 1);
    match &receipts[0].ticket {
        Ticket::Id(number) => number.clone(),
        Ticket::Token(token) => panic!("a token {token}"),
    }
}

/// Reads a document from a path below `/open311/v2`, in the format of its end.
pub async fn get<D: Document>(app: &TestApp, path: &str) -> D {
    let answer = app.visitor().get(&format!("/open311/v2/{path}")).await;
    assert_eq!(answer.status(), 200, "{}", answer.body());
    let format = Format::of_path(path.split('?').next().unwrap());
    assert_eq!(answer.header("content-type"), Some(format.content_type()));
    read(&answer.body(), format).unwrap()
}

/// The numbers of a list of requests.
pub async fn numbers(app: &TestApp, query: &str) -> Vec<String> {
    let found: Vec<ServiceRequest> = get(app, &format!("requests.json?{query}")).await;
    found
        .into_iter()
        .map(|one| one.service_request_id)
        .collect()
}

/// Does acts on a request at the desk, one after the other.
pub async fn acts(setting: &Setting, number: &str, acts: &[(&str, &[(&str, &str)])]) {
    for (act, fields) in acts {
        let done = setting
            .desk
            .post(&format!("/requests/{number}/{act}"), fields)
            .await;
        assert_eq!(done.status(), 303, "{act}: {}", done.text());
    }
}
