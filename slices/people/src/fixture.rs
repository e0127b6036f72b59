//! People for tests and for the demo: `a_household("3栋2单元501")`, `a_person("王秀英")`, and what
//! they offer.

use jiff::civil::Date;
use kernel::{AccountId, AreaId, HouseholdId, PersonId};
use platform::Tx;
use platform::db::StoreError;

use crate::actions::enter_many;
use crate::model::{Address, Household, Particulars, Place, Relation, Residence, Sex};
use crate::skills;
use crate::store::register::Entry;

/// A dwelling to be entered.
#[derive(Clone, Debug)]
pub struct AHousehold {
    address: String,
    place: Place,
}

/// A dwelling at an address, on no map.
pub fn a_household(address: &str) -> AHousehold {
    AHousehold {
        address: address.to_owned(),
        place: Place::default(),
    }
}

impl AHousehold {
    /// In this grid and micro-grid.
    #[must_use]
    pub fn within(mut self, grid: AreaId, micro_grid: AreaId) -> Self {
        self.place.grid = Some(grid);
        self.place.micro_grid = Some(micro_grid);
        self
    }

    /// In this building.
    #[must_use]
    pub fn in_building(mut self, building: AreaId) -> Self {
        self.place.building = Some(building);
        self
    }

    /// Enters it.
    ///
    /// # Errors
    /// When the address names no door, or the database refuses.
    pub async fn insert(self, tx: &mut Tx) -> Result<HouseholdId, StoreError> {
        let address = Address::parse(&self.address)
            .map_err(|error| StoreError::Unreadable(format!("{}: {error}", self.address)))?;
        let household = Household {
            id: tx.new_id(),
            address,
            place: self.place,
        };
        enter_many(tx, std::slice::from_ref(&household), &[], None).await?;
        Ok(household.id)
    }
}

/// A person to be entered.
#[derive(Clone, Debug)]
pub struct APerson {
    particulars: Particulars,
    household: Option<HouseholdId>,
}

/// A person of whom nothing but the name is known.
pub fn a_person(name: &str) -> APerson {
    APerson {
        particulars: Particulars {
            name: name.to_owned(),
            sex: Sex::Unknown,
            birth_date: None,
            phone: None,
            relation: Relation::Head,
            residence: Residence::Resident,
        },
        household: None,
    }
}

impl APerson {
    /// Lives here.
    #[must_use]
    pub const fn living_at(mut self, household: HouseholdId) -> Self {
        self.household = Some(household);
        self
    }

    /// Born on this day.
    #[must_use]
    pub const fn born(mut self, date: Date) -> Self {
        self.particulars.birth_date = Some(date);
        self
    }

    /// Reached by this number, in canonical digits.
    #[must_use]
    pub fn phone(mut self, digits: &str) -> Self {
        self.particulars.phone = Some(digits.to_owned());
        self
    }

    /// Enters them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(self, tx: &mut Tx) -> Result<PersonId, StoreError> {
        let id = tx.new_id();
        let entry = Entry {
            id,
            household: self.household,
            particulars: self.particulars,
            import: None,
            version: 1,
        };
        enter_many(tx, &[], &[entry], None).await?;
        Ok(id)
    }
}

/// Lets accounts offer skills of the usual list, by its words, each in their own name.
///
/// # Errors
/// When the community has no skill of a word, or the database refuses.
pub async fn offer(tx: &mut Tx, offers: &[(AccountId, &str)]) -> Result<(), StoreError> {
    skills::offer_many(tx, offers).await
}
