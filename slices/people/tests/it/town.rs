//! A small town with two households in two micro-grids of two grids.

use areas::fixture::{Town, a_small_town};
use jiff::civil::date;
use kernel::PersonId;
use people::fixture::{a_household, a_person};
use testkit::TestApp;

/// Who lives where.
pub struct Neighbours {
    /// The map.
    pub town: Town,
    /// In 1栋, micro-grid 1-01; her number is known.
    pub wang: PersonId,
    /// Her husband, in the same household.
    pub li: PersonId,
    /// In 5栋, micro-grid 2-01.
    pub zhao: PersonId,
}

/// Draws the town and lets people move in.
pub async fn neighbours(app: &TestApp) -> Neighbours {
    let mut tx = app.begin().await;
    let town = a_small_town(&mut tx).await.expect("the town is drawn");
    let west = a_household("1栋2单元501")
        .in_building(town.buildings[0][0][0])
        .within(town.grids[0], town.micro_grids[0][0])
        .insert(&mut tx)
        .await
        .expect("a household");
    let east = a_household("5栋1单元101")
        .in_building(town.buildings[1][0][0])
        .within(town.grids[1], town.micro_grids[1][0])
        .insert(&mut tx)
        .await
        .expect("a household");
    let wang = a_person("王秀英")
        .living_at(west)
        .born(date(1962, 3, 4))
        .phone("13800001234")
        .insert(&mut tx)
        .await
        .expect("a person");
    let li = a_person("李建国")
        .living_at(west)
        .insert(&mut tx)
        .await
        .expect("a person");
    let zhao = a_person("赵敏")
        .living_at(east)
        .insert(&mut tx)
        .await
        .expect("a person");
    tx.commit().await.expect("the act is confirmed");
    app.work().await;
    Neighbours {
        town,
        wang,
        li,
        zhao,
    }
}

/// `/people/{id}`.
pub fn record(person: PersonId) -> String {
    format!("/people/{person}")
}
