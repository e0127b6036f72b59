//! Enters demo communities in a house that has none: each in a handful of transactions, each act
//! with its events, at the moments at which it would have happened.

mod activities;
mod catalogue;
mod hours;
mod map;
mod mediation;
mod open311;
mod points;
mod register;
mod requests;
mod skills;
mod staff;
mod theme;
mod timebank;
mod volunteering;

use anyhow::Context;
use kernel::{Actor, CommunityId, Duty, DutyKind, Instant, Minutes};
use platform::community::{Found, found};
use platform::{House, StandingClock};

use super::neighbourhood::{Neighbourhood, seed_of};

/// The communities opened their doors so long before today: some weeks before the first request.
const BEFORE_TODAY: Minutes = Minutes::days(-780);

/// What to fill in.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many communities.
    pub scale: u32,
    /// Where chance begins.
    pub seed: u64,
    /// Today.
    pub now: Instant,
}

/// Founds a district with communities and enters everything they have; `say` is told each step.
/// The clock stands at the founding while this runs, and at today afterwards.
///
/// # Errors
/// When the database refuses; then the house is half full and must be begun again.
pub async fn fill(
    house: &House,
    clock: &StandingClock,
    options: &Options,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<()> {
    clock.set(options.now.plus(BEFORE_TODAY));
    let district = Found {
        is_district: true,
        slug: "shifanqu".to_owned(),
        name: "示范区".to_owned(),
        district: None,
    };
    let district = found(house, &district)
        .await
        .context("founding the district")?;
    for number in 0..options.scale {
        let hood = Neighbourhood::drawn(number as usize, options.seed, options.now);
        let name = hood.name.clone();
        let seed = seed_of(number as usize, options.seed);
        let filled = fill_community(house, district, &hood, (seed, options.now)).await;
        let residents = filled.with_context(|| format!("filling {name}"))?;
        say(&format!(
            "{name}社区 ({} of {}): {residents} residents, {} requests",
            number + 1,
            options.scale,
            hood.matters.len()
        ));
    }
    clock.set(options.now);
    house.communities().look_again();
    Ok(())
}

/// Returns how many residents it has.
async fn fill_community(
    house: &House,
    district: CommunityId,
    hood: &Neighbourhood,
    (seed, now): (u64, Instant),
) -> anyhow::Result<usize> {
    let founding = Found {
        is_district: false,
        slug: hood.slug.clone(),
        name: format!("{}社区", hood.name),
        district: Some(district),
    };
    let community = found(house, &founding).await?;
    let ids = register::ids(house, hood);

    let mut tx = house.begin(&Actor::visitor(community)).await?;
    let areas = map::draw(&mut tx, hood).await.context("the map")?;
    let accounts = staff::open_accounts(&mut tx, hood, &ids)
        .await
        .context("accounts")?;
    tx.commit().await?;

    let administrator = Actor {
        account: staff::administrator(hood, &accounts),
        duties: vec![Duty {
            kind: DutyKind::Administrator,
            area: None,
            handler: None,
        }],
        ..Actor::visitor(community)
    };
    let mut tx = house.begin(&administrator).await?;
    let entries = catalogue::enter(&mut tx, hood, &areas)
        .await
        .context("the catalogue")?;
    staff::put_on_duty(&mut tx, hood, &accounts, &areas, &entries)
        .await
        .context("duties")?;
    staff::say_where(&mut tx, hood)
        .await
        .context("the demo's people")?;
    skills::enter(&mut tx, hood, &accounts)
        .await
        .context("what neighbours offer")?;
    open311::give_key(&mut tx, hood, &accounts)
        .await
        .context("the demo's key")?;
    tx.commit().await?;

    let mut tx = house.begin(&administrator).await?;
    let residents = register::enter(&mut tx, hood, &areas, &ids)
        .await
        .context("residents")?;
    tx.commit().await?;

    let mut tx = house.begin(&administrator).await?;
    let known = requests::Known {
        areas,
        accounts,
        entries,
        ids,
    };
    let numbers = requests::enter(&mut tx, hood, &known)
        .await
        .context("requests")?;
    theme::enter(&mut tx, hood, &known, &numbers)
        .await
        .context("the theme")?;
    tx.commit().await?;

    let mut tx = house.begin(&administrator).await?;
    mediation::enter(&mut tx, hood, &known)
        .await
        .context("mediations")?;
    tx.commit().await?;

    let mut tx = house.begin(&administrator).await?;
    volunteering::enter(&mut tx, hood, &known)
        .await
        .context("volunteers")?;
    points::enter(&mut tx, hood, &known)
        .await
        .context("points")?;
    tx.commit().await?;

    let desk = Actor {
        account: hood.staff.desk.first().map(|post| known.accounts[*post]),
        ..Actor::visitor(community)
    };
    // What is still to come is judged by today, and other rooms hear of all this today.
    let mut tx = house.begin(&desk).await?;
    tx.now = now;
    activities::enter(&mut tx, hood, &known, seed)
        .await
        .context("activities")?;
    hours::enter(&mut tx, hood, &known, seed)
        .await
        .context("hours of earlier years")?;
    timebank::enter(&mut tx, hood, &known, seed)
        .await
        .context("the time bank")?;
    tx.commit().await?;
    Ok(residents)
}
