//! A house for one test.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use jiff::tz::TimeZone;
use kernel::{AccountId, Actor, AreaId, CommunityId, DutyKind, HandlerId, Instant, PersonId};
use platform::community::Found;
use platform::config::MailConfig;
use platform::db::{Address, Db};
use platform::door::{NewAccount, NewDuty};
use platform::vault::Vault;
use platform::web::Assets;
use platform::{Chance, Clock, Config, House, HouseBuilder, Slice, StandingClock, Tx, workers};
use sea_orm::{ConnectionTrait, Database};

use crate::Client;

/// The moment at which every test begins: Saturday 2026-11-21, 09:12 in Shanghai.
pub const NOW: Instant = Instant(1_795_223_520_000_000);

/// What a test chooses before its house is built.
struct Plan {
    slices: Vec<Slice>,
    address: Address,
    data: PathBuf,
    mail: Option<MailConfig>,
    is_demo: bool,
}

/// A house, its clock, and one community in it.
pub struct TestApp {
    house: House,
    clock: Arc<StandingClock>,
    community: CommunityId,
    router: Router,
    address: Address,
    _data: tempfile::TempDir,
    accounts: AtomicU32,
}

impl TestApp {
    /// A house on a SQLite file of its own.
    pub async fn on_sqlite(slices: Vec<Slice>) -> Self {
        let data = tempfile::tempdir().expect("a folder for the test");
        let address = Address::Sqlite(data.path().join("linli.db"));
        Self::build(slices, address, data).await
    }

    /// A house on a PostgreSQL database of its own; `None` when no server was given.
    pub async fn on_postgres(slices: Vec<Slice>) -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the test runner hands the server over so"
        )]
        let Ok(server) = std::env::var("TEST_PG") else {
            eprintln!("SKIPPED on PostgreSQL: TEST_PG is not set; `cargo xtask test` sets it");
            return None;
        };
        let name = format!(
            "linli_{}",
            uuid::Uuid::from_bytes(Chance::from_machine().ok()?.bytes()).simple()
        );
        let maintenance = Database::connect(&server)
            .await
            .expect("the server of TEST_PG answers");
        maintenance
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .expect("a database may be made");
        maintenance.close().await.expect("the connection closes");
        let (base, _) = server
            .rsplit_once('/')
            .expect("TEST_PG ends in a database's name");
        let data = tempfile::tempdir().expect("a folder for the test");
        Some(Self::build(slices, Address::Postgres(format!("{base}/{name}")), data).await)
    }

    async fn build(slices: Vec<Slice>, address: Address, data: tempfile::TempDir) -> Self {
        let clock = Arc::new(StandingClock::at(NOW));
        let plan = Plan {
            slices,
            address: address.clone(),
            data: data.path().to_owned(),
            mail: None,
            is_demo: false,
        };
        let (house, router) = build(plan, Arc::clone(&clock)).await;
        let found = Found {
            is_district: false,
            slug: "jinjiangyuan".into(),
            name: "锦江苑社区".into(),
            district: None,
        };
        let community = platform::community::found(&house, &found)
            .await
            .expect("a community is founded");
        Self {
            house,
            clock,
            community,
            router,
            address,
            _data: data,
            accounts: AtomicU32::new(0),
        }
    }

    /// The same database, seen by a second instance of the program with its own memory.
    pub async fn second_instance(&self, slices: Vec<Slice>) -> (House, Router) {
        let plan = Plan {
            slices,
            address: self.address.clone(),
            data: self.house.config().data.clone(),
            mail: None,
            is_demo: false,
        };
        build(plan, Arc::clone(&self.clock)).await
    }

    /// Where its data lies, for another process that opens it with [`open_again`].
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The same house with a post office to which its mail goes.
    pub async fn with_mail(mut self, slices: Vec<Slice>, url: String) -> Self {
        let plan = Plan {
            slices,
            address: self.address.clone(),
            data: self.house.config().data.clone(),
            mail: Some(MailConfig {
                url,
                from: "linli@example.cn".to_owned(),
            }),
            is_demo: false,
        };
        (self.house, self.router) = build(plan, Arc::clone(&self.clock)).await;
        self
    }

    /// The house.
    pub fn house(&self) -> &House {
        &self.house
    }

    /// Its clock, which stands still until it is set.
    pub fn clock(&self) -> &StandingClock {
        &self.clock
    }

    /// The community.
    pub fn community(&self) -> CommunityId {
        self.community
    }

    /// An act of nobody in particular, to prepare what a test needs.
    pub async fn begin(&self) -> Tx {
        self.house
            .begin(&Actor::visitor(self.community))
            .await
            .expect("an act begins")
    }

    /// Does all jobs that are due and seals the record.
    pub async fn work(&self) {
        while workers::do_everything_due(&self.house)
            .await
            .expect("the workers work")
            > 0
        {}
    }

    /// Moves the clock on.
    pub fn wait(&self, minutes: i64) {
        self.clock
            .set(self.clock.now().plus(kernel::Minutes(minutes)));
    }

    /// Opens the doors on a port of this machine until the test is over. Returns the address:
    /// `http://127.0.0.1:40123`.
    pub async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("this machine has a free port");
        let address = listener.local_addr().expect("a bound port has an address");
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone(), Actor::visitor(self.community), None)
    }

    /// Somebody who has signed in and holds no duty.
    pub async fn resident(&self, name: &str) -> Client {
        let account = self.account(name, None).await;
        self.signed_in(account).await
    }

    /// A resident whose entry in the register is known.
    pub async fn resident_in_register(&self, name: &str, person: PersonId) -> Client {
        let account = self.account(name, Some(person)).await;
        self.signed_in(account).await
    }

    /// Somebody on duty; without an area, in the whole community.
    pub async fn on_duty(&self, name: &str, kind: DutyKind, area: Option<AreaId>) -> Client {
        self.with_duty(name, kind, area, None).await
    }

    /// Somebody who works for a party that handles requests.
    pub async fn handler(&self, name: &str, handler: HandlerId) -> Client {
        self.with_duty(name, DutyKind::Handler, None, Some(handler))
            .await
    }

    async fn with_duty(
        &self,
        name: &str,
        kind: DutyKind,
        area: Option<AreaId>,
        handler: Option<HandlerId>,
    ) -> Client {
        let account = self.account(name, None).await;
        let mut tx = self.begin().await;
        let duty = NewDuty {
            account,
            kind,
            area,
            handler,
        };
        platform::door::take_up(&mut tx, &duty)
            .await
            .expect("the duty is taken up");
        tx.commit().await.expect("the act is confirmed");
        self.signed_in(account).await
    }

    /// Opens an account. A name may be used again: it gets a number then.
    pub async fn account(&self, name: &str, person: Option<PersonId>) -> AccountId {
        self.open_account(name, person, None).await
    }

    /// Opens an account of somebody who gave an e-mail address.
    pub async fn account_with_email(&self, name: &str, email: &str) -> AccountId {
        self.open_account(name, None, Some(email.to_owned())).await
    }

    async fn open_account(
        &self,
        name: &str,
        person: Option<PersonId>,
        email: Option<String>,
    ) -> AccountId {
        let number = self.accounts.fetch_add(1, Ordering::Relaxed);
        let mut tx = self.begin().await;
        let new = NewAccount {
            sign_in_name: format!("{name}-{number}"),
            display_name: name.to_owned(),
            email,
            person,
        };
        let account = platform::door::open_account(&mut tx, &new)
            .await
            .expect("the account is opened");
        tx.commit().await.expect("the act is confirmed");
        account
    }

    /// Signs an account in, without the sign-in page.
    pub async fn signed_in(&self, account: AccountId) -> Client {
        let secret: [u8; 32] = self.house.chance().bytes();
        let token = [self.community.0.as_bytes().as_slice(), &secret].concat();
        let tx = self
            .house
            .housekeeping(self.community)
            .await
            .expect("a transaction begins");
        let sql = "INSERT INTO session (community_id, token_hash, account_id, device, begun_at, \
                   seen_at, ends_at) VALUES ($1, $2, $3, 'test', $4, $4, $5)";
        let ends = tx.now.plus(kernel::Minutes::days(30));
        let values = [
            self.community.0.into(),
            platform::vault::token_hash(&token).into(),
            account.0.into(),
            tx.now.0.into(),
            ends.0.into(),
        ];
        tx.execute_raw(platform::db::statement(&tx, sql, values))
            .await
            .expect("a session begins");
        tx.commit().await.expect("the session is confirmed");
        let reader = self.house.db().reader();
        let signed_in = platform::door::by_session(&reader, &token, self.clock.now())
            .await
            .expect("the database answers")
            .expect("the session was just begun");
        Client::new(self.router.clone(), signed_in.actor, Some(&token))
    }
}

/// The house that lies at an address, opened by another process than the one that built it.
pub async fn open_again(slices: Vec<Slice>, address: Address) -> House {
    let data = std::env::temp_dir();
    let plan = Plan {
        slices,
        address,
        data,
        mail: None,
        is_demo: false,
    };
    build(plan, Arc::new(StandingClock::at(NOW))).await.0
}

async fn build(plan: Plan, clock: Arc<StandingClock>) -> (House, Router) {
    let db = Db::open(&plan.address).await.expect("the database opens");
    let routes = plan
        .slices
        .iter()
        .flat_map(Slice::all_routes)
        .fold(platform::own_routes(), |all, routes| {
            all.and(routes.clone())
        });
    let builder = HouseBuilder {
        db,
        config: Config {
            data: plan.data,
            base_url: "http://localhost".into(),
            zone: TimeZone::get("Asia/Shanghai").expect("the zone is in the bundled table"),
            mail: plan.mail,
            tiles: None,
            is_demo: plan.is_demo,
            is_behind_proxy: false,
            is_under_test: true,
        },
        clock,
        chance: Chance::from_machine().expect("the machine has randomness"),
        vault: Vault::new([7; 32]),
        assets: Assets::default(),
    };
    let house = builder
        .build(&plan.slices)
        .await
        .expect("the house is built");
    let router = platform::web::router(&house, routes);
    (house, router)
}
