//! The people around a dispute, and the way to each stage of it.

use kernel::{AccountId, DutyKind};
use testkit::{Answer, Client, TestApp};

/// 2026-11-21 is today in every test.
pub const TODAY: &str = "2026-11-21";

/// The people.
pub struct People {
    pub head: Client,
    pub mediator: Client,
    pub second: Client,
    pub wang: Client,
    pub li: Client,
}

impl People {
    /// A head, two mediators, and two neighbours.
    pub async fn of(app: &TestApp) -> Self {
        Self {
            head: app.on_duty("周敏", DutyKind::MediationHead, None).await,
            mediator: app.on_duty("陈建", DutyKind::Mediator, None).await,
            second: app.on_duty("何梅", DutyKind::Mediator, None).await,
            wang: app.resident("王秀英").await,
            li: app.resident("李强").await,
        }
    }

    /// Wang asks for mediation with Li; returns the address of the page.
    pub async fn applied(&self) -> String {
        let answer = self.wang.post("/mediation/apply", &application(&[])).await;
        assert_eq!(answer.status(), 303, "{}", answer.text());
        answer.location().to_owned()
    }

    /// The head joins Li's account, and Li agrees.
    pub async fn consented(&self, app: &TestApp) -> String {
        let page = self.applied().await;
        let name = sign_in_name(app, &self.li).await;
        done(
            &act(
                &self.head,
                &page,
                "join",
                &[("side", "b"), ("account", &name)],
            )
            .await,
        );
        done(&act(&self.li, &page, "consent", &[("side", "b")]).await);
        page
    }

    /// The mediator is set.
    pub async fn set(&self, app: &TestApp) -> String {
        let page = self.consented(app).await;
        let first = id_of(&self.mediator);
        let fields = [("first", first.as_str()), ("has_tie", "no")];
        done(&act(&self.head, &page, "mediators", &fields).await);
        page
    }

    /// They have met.
    pub async fn met(&self, app: &TestApp) -> String {
        let page = self.set(app).await;
        done(&act(&self.mediator, &page, "session", &SESSION).await);
        page
    }

    /// The agreement is written.
    pub async fn agreed(&self, app: &TestApp) -> String {
        let page = self.met(app).await;
        done(&act(&self.mediator, &page, "agree", &AGREEMENT).await);
        page
    }

    /// The agreement is in effect.
    pub async fn performing(&self, app: &TestApp) -> String {
        let page = self.agreed(app).await;
        done(&act(&self.mediator, &page, "sign", &[("on", TODAY)]).await);
        page
    }
}

/// A session.
pub const SESSION: [(&str, &str); 4] = [
    ("on", TODAY),
    ("open", "no"),
    ("present", "双方、陈建"),
    ("notes", "漏水从厨房来，两家都想修"),
];

/// An agreement.
pub const AGREEMENT: [(&str, &str); 5] = [
    ("on", TODAY),
    ("subject", "neighbours"),
    ("facts", "厨房水管老化漏水"),
    ("terms", "李强换水管，王秀英自己刷墙"),
    ("limits", "十二月十日之前"),
];

/// Wang's application, with other fields in the place of some.
pub fn application<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("subject", "neighbours"),
        ("about", "楼上漏水，墙皮掉了一片"),
        ("own_name", "王秀英"),
        ("own_phone", "138 1234 5678"),
        ("other_name", "李强"),
        ("other_phone", "139 8765 4321"),
    ];
    fields.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(others);
    fields
}

/// An act on the page as it is now.
pub async fn act(who: &Client, page: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
    let version = version(who, page).await;
    act_on(who, page, act, &version, fields).await
}

/// An act with a form that was made for this version.
pub async fn act_on(
    who: &Client,
    page: &str,
    act: &str,
    version: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut all = vec![("version", version)];
    all.extend_from_slice(fields);
    who.post(&format!("{page}/{act}"), &all).await
}

/// The version in the forms of the page; `1` when there is no form.
pub async fn version(who: &Client, page: &str) -> String {
    let shown = who.get(page).await;
    shown
        .value_of("input[name=version]")
        .unwrap_or_else(|| "1".to_owned())
}

/// The act was done.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status(), 303, "{}", answer.text());
}

/// The id of somebody's account.
pub fn id_of(who: &Client) -> String {
    who.actor().account.unwrap().to_string()
}

/// What somebody types to sign in.
pub async fn sign_in_name(app: &TestApp, who: &Client) -> String {
    let account: AccountId = who.actor().account.unwrap();
    let reader = app.house().db().reader();
    let found = platform::door::by_id(&reader, app.community(), account).await;
    found.unwrap().unwrap().sign_in_name
}
