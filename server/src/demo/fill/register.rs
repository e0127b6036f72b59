//! The register: households and residents with their consents.

use anyhow::anyhow;
use kernel::{HouseholdId, PersonId};
use people::{Address, NewPerson, Particulars, Place, Purpose};
use platform::{House, Tx};

use super::map::Areas;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::residents::{Household, Resident};

/// Who the residents will be, by household: accounts name some of them before they are entered.
pub fn ids(house: &House, hood: &Neighbourhood) -> Vec<Vec<PersonId>> {
    let of_household = |household: &Household| -> Vec<PersonId> {
        household
            .people
            .iter()
            .map(|_| house.chance().id(house.now()))
            .collect()
    };
    hood.households.iter().map(of_household).collect()
}

/// Enters everybody. Returns how many.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    areas: &Areas,
    ids: &[Vec<PersonId>],
) -> anyhow::Result<usize> {
    let mut households = Vec::with_capacity(hood.households.len());
    let mut entries = Vec::new();
    let mut consents = Vec::new();
    for (household, ids) in hood.households.iter().zip(ids) {
        let id: HouseholdId = tx.new_id();
        households.push(people::Household {
            id,
            address: address(hood, household)?,
            place: place(hood, areas, household.building),
        });
        for (resident, person) in household.people.iter().zip(ids) {
            entries.push(NewPerson {
                id: *person,
                household: Some(id),
                particulars: particulars(resident),
                import: None,
                version: 1,
            });
            let given = [
                (resident.may_be_contacted, Purpose::Contact),
                (resident.may_be_pictured, Purpose::Photos),
            ];
            consents.extend(
                given
                    .iter()
                    .filter(|(is_given, _)| *is_given)
                    .map(|(_, to)| (*person, *to)),
            );
        }
    }
    people::enter_many(tx, &households, &entries, None).await?;
    let helper = tx.actor.account;
    people::enter_consents(tx, &consents, helper).await?;
    Ok(entries.len())
}

fn address(hood: &Neighbourhood, household: &Household) -> anyhow::Result<Address> {
    let building = &hood.ground.buildings[household.building].name;
    let text = format!("{building}{}单元{}", household.entrance, household.room);
    Address::parse(&text).map_err(|error| anyhow!("the address {text} {error}"))
}

fn place(hood: &Neighbourhood, areas: &Areas, building: usize) -> Place {
    let micro_grid = hood.ground.buildings[building].micro_grid;
    Place {
        building: Some(areas.buildings[building]),
        grid: Some(areas.grids[hood.ground.micro_grids[micro_grid].grid]),
        micro_grid: Some(areas.micro_grids[micro_grid]),
    }
}

fn particulars(resident: &Resident) -> Particulars {
    Particulars {
        name: resident.name.clone(),
        sex: resident.sex,
        birth_date: Some(resident.born),
        phone: resident.phone.clone(),
        relation: resident.relation,
        residence: resident.residence,
    }
}
