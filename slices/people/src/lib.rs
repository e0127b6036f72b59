//! The register of residents and households, and the desk where everybody finds what is held
//! about them.
//!
//! Words: a *household* (家庭) is a door with its people, a *record* (档案) what the register says of
//! one person. A *look* is an opened record: it is told to the person. *Consent* is given for one
//! purpose at a time, and withdrawn as easily. An *import* is a file of another office on its way
//! in, or back out. A *skill* (能帮的忙) is what somebody with an account says they can lend a hand
//! with.
//!
//! Invariants: the list of fields is closed (promise 3) and a file that brings more is refused
//! before anything of it is stored; a file is written whole or not at all, and can be taken back
//! for a day; every opened record is an event that its person can read; a telephone number is
//! shown with consent only, and lists never show one; nobody is merged with somebody else by a
//! guess; a skill is offered by the person alone, taken back at any time, and read by those only
//! who may ask for help.
//!
//! Deliberately absent: identity numbers, ethnicity, belief, politics, health, income, faces, any
//! rating of a person, and notes about people. Party membership lives in the branch's own room.
//!
//! Start with [`model`], then `actions`, then [`import`].

mod actions;
mod api;
mod finding;
pub mod fixture;
mod forms;
mod history;
pub mod import;
pub mod model;
mod pages;
mod places;
pub mod policy;
mod residents;
pub mod skills;
mod store;

use std::collections::HashMap;

use kernel::events::{
    AccountClosed, AreaCorrected, AreaDrawn, AreaRetired, AreasImported, CommunityFounded,
};
use kernel::{AreaId, CommunityId, PersonId};
use platform::db::StoreError;
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::vault::Vault;
use platform::{NavItem, Slice};
use sea_orm::ConnectionTrait;

pub use actions::{enter_consents, enter_many};
pub use finding::{Described, Found, Recognised, family, find, recognise};
pub use model::{Address, Household, Particulars, Place, Purpose, Relation, Residence, Sex};
pub use places::Doors;
pub use residents::{Resident, residents};
pub use store::imports::{Import, State};
pub use store::register::Entry as NewPerson;

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "m20261121_0200_people",
        sql: include_str!("migrations/m20261121_0200_people.sql"),
    },
    Migration {
        name: "m20261125_0700_skills",
        sql: include_str!("migrations/m20261125_0700_skills.sql"),
    },
];

/// The room.
pub fn slice() -> Slice {
    Slice::named("people")
        .routes(pages::routes())
        .routes(api::routes())
        .api(api::document)
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<AreaDrawn>(places::hear_of_map)
        .hears::<AreaCorrected>(places::hear_of_map)
        .hears::<AreaRetired>(places::hear_of_map)
        .hears::<AreasImported>(places::hear_of_map)
        .hears::<CommunityFounded>(skills::hear_of_founding)
        .hears::<AccountClosed>(skills::hear_of_closing)
        .job(places::FOLLOW_MAP, Work::InTransaction(places::follow_map))
        .job(import::TAKE_IN, Work::Outside(import::take_in))
        .job(import::FORGET, Work::InTransaction(import::forget))
        .nav(NavItem {
            position: 40,
            href: "/people",
            label: "people-nav",
            act: policy::READ,
        })
}

/// What residents are called, in one statement. Those who were erased are not among them. Who may
/// read the names is for the caller to know.
///
/// # Errors
/// When the database does not answer.
pub async fn names<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, String>, StoreError> {
    store::names(on, community, people).await
}

/// Where somebody lives, and what they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// What they are called.
    pub name: String,
    /// The building, or the micro-grid when the building is not on the map; `None` when neither is.
    pub area: Option<AreaId>,
}

/// Where residents live, in one statement, for rooms that look for who is near. Those who were
/// erased are not among them. Who may read it is for the caller to know, and that nothing of it is
/// kept.
///
/// # Errors
/// When the database does not answer.
pub async fn homes<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Home>, StoreError> {
    store::homes(on, community, people).await
}

/// Somebody found by their telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their address as written.
    pub address: String,
    /// The building, when it is on the map.
    pub building: Option<AreaId>,
}

/// Who has this telephone number: for the desk, when somebody calls. A household may share one.
/// Who may ask is for the caller to know.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_phone<C: ConnectionTrait>(
    on: &C,
    vault: &Vault,
    community: CommunityId,
    phone: &str,
) -> Result<Vec<Caller>, StoreError> {
    let Some(digits) = text::normalise_phone(phone) else {
        return Ok(Vec::new());
    };
    let index = vault.fingerprint(store::PHONE, digits.as_bytes());
    let found = store::register::by_phone(on, community, index).await?;
    Ok(found
        .into_iter()
        .map(|known| Caller {
            person: known.id,
            name: known.name,
            address: known.address_text,
            building: known.building,
        })
        .collect())
}
