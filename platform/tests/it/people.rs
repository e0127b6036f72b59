//! People with passwords, and houses that differ from the usual one.

use std::sync::Arc;

use axum::Router;
use kernel::DutyKind;
use platform::vault::Vault;
use platform::web::Assets;
use platform::{Chance, Config, HouseBuilder, StandingClock};
use testkit::{Answer, Client, TestApp};

pub const PASSWORD: &str = "今天也要好好吃饭";

/// An administrator, signed in.
pub async fn administrator(app: &TestApp) -> Client {
    app.on_duty("admin", DutyKind::Administrator, None).await
}

/// The address behind a link on a page of the administrator's.
pub fn link_on(answer: &Answer) -> String {
    let url = answer.value_of("#link").expect("the page shows the link");
    url.strip_prefix("http://localhost")
        .expect("it leads here")
        .to_owned()
}

/// Opens an account by its administrator and sets its password by the link. Returns the account's
/// page, where the administrator finds it.
pub async fn with_password(app: &TestApp, name: &str) -> String {
    let fields = [("sign_in_name", name), ("display_name", name)];
    let opened = administrator(app)
        .await
        .post("/admin/accounts", &fields)
        .await;
    assert_eq!(opened.status(), 200, "{}", opened.text());
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    let set = app.visitor().post(&link_on(&opened), &fields).await;
    assert_eq!(set.location(), "/account", "{}", set.text());
    opened
        .attribute("main a[href^='/admin/accounts/']", "href")
        .expect("a link to the account")
}

/// Signs in by the page.
pub async fn sign_in(client: &Client, name: &str, password: &str) -> Answer {
    client
        .post(
            "/sign-in",
            &[("name", name), ("password", password), ("next", "/account")],
        )
        .await
}

/// A second instance on the same database, with other choices of the operator.
pub async fn instance_with(
    app: &TestApp,
    change: impl FnOnce(&mut Config),
) -> (platform::House, Router) {
    let mut config = app.house().config().clone();
    change(&mut config);
    let builder = HouseBuilder {
        db: app.house().db().clone(),
        config,
        clock: Arc::new(StandingClock::at(app.house().now())),
        chance: Chance::from_machine().unwrap(),
        vault: Vault::new([7; 32]),
        assets: Assets::default(),
    };
    let slices = crate::slices();
    let house = builder.build(&slices).await.unwrap();
    let routes = platform::door::routes();
    let router = platform::web::router(&house, routes);
    (house, router)
}
