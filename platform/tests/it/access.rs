//! The two readings of a rule agree: what the policy says of one row, and which rows its condition
//! finds, for every shape of rule, every kind of actor and random rows.

use std::collections::BTreeSet;

use kernel::{
    AccountId, Act, Actor, AreaId, CommunityId, Duty, DutyKind, Facts, HandlerId, PersonId, Rule,
    Scope, Who,
};
use platform::Chance;
use platform::access::{Columns, Policy};
use platform::db::statement;
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{Condition, ConnectionTrait, Value};
use testkit::TestApp;
use uuid::Uuid;

const SEED: u64 = 20_261_121;
const ROWS: usize = 200;
const ACTORS: usize = 40;

/// Small worlds meet often: three of each thing.
struct Draw(Chance);

impl Draw {
    fn below(&self, end: u8) -> u8 {
        let [byte] = self.0.bytes::<1>();
        byte % end
    }

    /// One of three things, or none.
    fn some<T: From<Uuid>>(&self) -> Option<T> {
        match self.below(4) {
            0 => None,
            number => Some(Uuid::from_u128(u128::from(number)).into()),
        }
    }

    fn facts(&self, here: CommunityId) -> Facts {
        let elsewhere = CommunityId(Uuid::from_u128(99));
        Facts {
            community: if self.below(5) == 0 { elsewhere } else { here },
            grid: self.some(),
            micro_grid: self.some(),
            account: self.some(),
            person: self.some(),
            parties: self.some::<HandlerId>().into_iter().collect(),
            assignee: self.some(),
            is_public: self.below(2) == 0,
        }
    }

    fn actor(&self, here: CommunityId) -> Actor {
        let account: Option<AccountId> = self.some();
        let duties = match account {
            None => Vec::new(),
            Some(_) => (0..self.below(4)).map(|_| self.duty()).collect(),
        };
        let person: Option<PersonId> = account.and_then(|_| self.some());
        Actor {
            community: here,
            account,
            person,
            duties,
        }
    }

    fn duty(&self) -> Duty {
        let kind = DutyKind::ALL[usize::from(self.below(9))];
        Duty {
            kind,
            area: self.some::<AreaId>(),
            handler: self.some::<HandlerId>(),
        }
    }
}

/// A rule of every shape, each with an act of its own, and one act that several rules speak of.
fn rules() -> Vec<Rule> {
    let who = [Who::Anyone, Who::SignedIn]
        .into_iter()
        .chain(DutyKind::ALL.map(Who::On));
    let scopes = [
        Scope::Community,
        Scope::Public,
        Scope::Own,
        Scope::OwnArea,
        Scope::OwnParty,
        Scope::Assigned,
    ];
    let mut rules: Vec<Rule> = who
        .flat_map(|who| scopes.map(|scope| (who, scope)))
        .enumerate()
        .map(|(number, (who, scope))| {
            let act: &'static str = format!("probe.act_{number}").leak();
            Rule::new(Act(act), who, scope)
        })
        .collect();
    let several = Act("probe.several");
    rules.extend([
        Rule::new(several, Who::Anyone, Scope::Public),
        Rule::new(several, Who::SignedIn, Scope::Own),
        Rule::new(several, Who::On(DutyKind::GridWorker), Scope::OwnArea),
        Rule::new(several, Who::On(DutyKind::Handler), Scope::OwnParty),
        Rule::new(several, Who::On(DutyKind::Mediator), Scope::Assigned),
        Rule::new(several, Who::On(DutyKind::Staff), Scope::Community),
    ]);
    rules
}

fn columns() -> Columns {
    Columns {
        grid: Some(Expr::col("grid")),
        micro_grid: Some(Expr::col("micro_grid")),
        account: Some(Expr::col("account")),
        person: Some(Expr::col("person")),
        parties: Some(|own| {
            let own = own.iter().map(|id| id.0);
            Condition::any().add(Expr::col("handler").is_in(own))
        }),
        assignee: Some(Expr::col("assignee")),
        is_public: Some(Expr::col("is_public").eq(1)),
        ..Columns::of(Expr::col("community_id"))
    }
}

async fn insert(app: &TestApp, rows: &[(Uuid, Facts)]) {
    let tx = app.house().housekeeping(app.community()).await.unwrap();
    let sql = format!(
        "INSERT INTO probe (community_id, id, grid, micro_grid, account, person, handler, \
         assignee, is_public) VALUES {}",
        places(rows.len(), 9)
    );
    let values = rows.iter().flat_map(|(id, facts)| -> [Value; 9] {
        [
            facts.community.0.into(),
            (*id).into(),
            facts.grid.map(|id| id.0).into(),
            facts.micro_grid.map(|id| id.0).into(),
            facts.account.map(|id| id.0).into(),
            facts.person.map(|id| id.0).into(),
            facts.parties.first().map(|id| id.0).into(),
            facts.assignee.map(|id| id.0).into(),
            i64::from(facts.is_public).into(),
        ]
    });
    tx.execute_raw(statement(&tx, sql, values)).await.unwrap();
    tx.commit().await.unwrap();
}

testkit::on_both! {
    async fn the_policy_and_its_condition_agree_on_every_row(app: TestApp) {
        let draw = Draw(Chance::from_seed(SEED));
        let here = app.community();
        let rows: Vec<(Uuid, Facts)> =
            (0..ROWS).map(|n| (Uuid::from_u128(n as u128), draw.facts(here))).collect();
        insert(&app, &rows).await;
        let rules = rules();
        let policy = Policy::new(rules.clone());
        let acts: BTreeSet<Act> = rules.iter().map(|rule| rule.act).collect();
        let reader = app.house().db().reader();
        let mut reached = 0;

        for actor in (0..ACTORS).map(|_| draw.actor(here)) {
            for act in acts.iter().chain([&Act("probe.of_no_rule")]) {
                let query = Query::select()
                    .column("id")
                    .from("probe")
                    .cond_where(policy.condition(&actor, *act, &columns()))
                    .to_owned();
                let found: BTreeSet<Uuid> = reader
                    .query_all(&query)
                    .await
                    .unwrap()
                    .iter()
                    .map(|row| row.try_get("", "id").unwrap())
                    .collect();
                let covered: BTreeSet<Uuid> = rows
                    .iter()
                    .filter(|(_, facts)| policy.covers(&actor, *act, facts))
                    .map(|(id, _)| *id)
                    .collect();
                assert_eq!(found, covered, "{act:?} of {actor:?}");
                assert!(covered.is_empty() || policy.may(&actor, *act), "{act:?} of {actor:?}");
                reached += found.len();
            }
        }

        assert!(reached > 10_000, "the rows are reached often enough to mean something: {reached}");
    }
}
