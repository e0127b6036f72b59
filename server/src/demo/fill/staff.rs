//! Accounts and duties.

use kernel::{AccountId, DutyKind, PersonId};
use platform::Tx;
use platform::community;
use platform::db::StoreError;
use platform::door::{self, NewAccount, NewDuty};

use super::catalogue::Entries;
use super::map::Areas;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::staff::{Charge, Post, ROLES};

/// Opens the accounts, those of the demo's people first, since the sign-in page shows accounts in
/// the order in which they were opened. Returns them in the order of the posts.
pub async fn open_accounts(
    tx: &mut Tx,
    hood: &Neighbourhood,
    ids: &[Vec<PersonId>],
) -> Result<Vec<AccountId>, StoreError> {
    let posts = &hood.staff.posts;
    let rank = |post: &Post| {
        ROLES
            .iter()
            .position(|role| role.sign_in_name == post.sign_in_name)
    };
    let mut order: Vec<usize> = (0..posts.len()).collect();
    order.sort_by_key(|number| rank(&posts[*number]).unwrap_or(ROLES.len()));
    let mut opened = Vec::with_capacity(posts.len());
    for number in order {
        let post = &posts[number];
        let account = NewAccount {
            sign_in_name: post.sign_in_name.clone(),
            display_name: post.name.clone(),
            email: None,
            person: post
                .resident
                .map(|(household, place)| ids[household][place]),
        };
        opened.push((number, door::open_account(tx, &account).await?));
    }
    opened.sort_by_key(|(number, _)| *number);
    Ok(opened.into_iter().map(|(_, account)| account).collect())
}

/// The account of the administrator.
pub fn administrator(hood: &Neighbourhood, accounts: &[AccountId]) -> Option<AccountId> {
    let post = hood
        .staff
        .posts
        .iter()
        .position(|post| post.charge == Charge::Administrator)?;
    accounts.get(post).copied()
}

/// Charges everybody with their duty.
pub async fn put_on_duty(
    tx: &mut Tx,
    hood: &Neighbourhood,
    accounts: &[AccountId],
    areas: &Areas,
    entries: &Entries,
) -> Result<(), StoreError> {
    for (post, account) in hood.staff.posts.iter().zip(accounts) {
        let (kind, area, handler) = match post.charge {
            Charge::Nothing => continue,
            Charge::Administrator => (DutyKind::Administrator, None, None),
            Charge::Desk => (DutyKind::Staff, None, None),
            Charge::Leader => (DutyKind::Leader, None, None),
            Charge::District => (DutyKind::DistrictViewer, None, None),
            Charge::Mediator => (DutyKind::Mediator, None, None),
            Charge::MediationHead => (DutyKind::MediationHead, None, None),
            Charge::Grid(grid) => (DutyKind::GridWorker, Some(areas.grids[grid]), None),
            Charge::MicroGrid(micro_grid) => (
                DutyKind::MicroGridHead,
                Some(areas.micro_grids[micro_grid]),
                None,
            ),
            Charge::Party(party) => (DutyKind::Handler, None, Some(entries.handlers[party])),
        };
        door::take_up(
            tx,
            &NewDuty {
                account: *account,
                kind,
                area,
                handler,
            },
        )
        .await?;
    }
    Ok(())
}

/// Writes down where each of the demo's people is at work or at home, for the sign-in page.
pub async fn say_where(tx: &mut Tx, hood: &Neighbourhood) -> Result<(), StoreError> {
    for role in &ROLES {
        let found = hood
            .staff
            .posts
            .iter()
            .find(|post| post.sign_in_name == role.sign_in_name);
        let place = found.and_then(|post| place_of(hood, post));
        if let (Some(place), key) = (place, role.place_key) {
            community::set(tx, key, Some(place)).await?;
        }
    }
    Ok(())
}

fn place_of(hood: &Neighbourhood, post: &Post) -> Option<String> {
    match post.charge {
        Charge::Nothing => {
            let (household, _) = post.resident?;
            let building = hood.households[household].building;
            Some(hood.ground.code(hood.ground.buildings[building].micro_grid))
        }
        Charge::Grid(grid) => Some(format!("第{}网格", hood.ground.grids[grid].number)),
        Charge::Party(party) => Some(hood.catalogue.parties[party].name.clone()),
        Charge::Administrator
        | Charge::Desk
        | Charge::Leader
        | Charge::District
        | Charge::Mediator
        | Charge::MediationHead
        | Charge::MicroGrid(_) => None,
    }
}
