//! Who lives together: heads of household, spouses, children, parents, with names, ages, numbers.

use jiff::ToSpan;
use jiff::civil::Date;
use people::{Relation, Residence, Sex};

use super::draw::{Draw, Topic};
use super::names::Names;
use super::residents::Resident;

/// Telephone numbers are scattered over the range by this factor, which shares no divisor with it.
const SCATTER: u64 = 7_654_321;
/// Numbers in the range.
const NUMBERS: u64 = 100_000_000;
/// Who lives together, by the age and sex of the head.
#[derive(Clone, Copy, Debug)]
enum Family {
    ElderAlone,
    ElderCouple,
    Alone,
    Couple,
    OneChild,
    TwoChildren,
    ThreeGenerations,
    GrownChild,
    SingleParent,
}

/// Of a thousand households; 2.6 people on average.
const FAMILIES: [(usize, Family); 9] = [
    (95, Family::ElderAlone),
    (155, Family::ElderCouple),
    (95, Family::Alone),
    (110, Family::Couple),
    (220, Family::OneChild),
    (85, Family::TwoChildren),
    (120, Family::ThreeGenerations),
    (80, Family::GrownChild),
    (40, Family::SingleParent),
];

/// Makes one family after the other.
pub struct Families {
    draw: Draw,
    names: Names,
    today: Date,
    phones: u64,
}

impl Families {
    /// Those who move in today; telephone numbers begin after `phones`.
    pub fn of(seed: u64, today: Date, phones: u64) -> Self {
        let draw = Draw::of(seed, Topic::Residents);
        Self {
            draw,
            names: Names::read(),
            today,
            phones,
        }
    }

    /// 王秀英, 67, and her husband: the one who reports the stairwell lamp.
    pub fn wang_xiuying(&mut self) -> Vec<Resident> {
        let mut wife = self.person("王", 67, Sex::Female, Relation::Head, Residence::Registered);
        "王秀英".clone_into(&mut wife.name);
        wife.may_be_contacted = true;
        wife.phone = wife.phone.or_else(|| Some(self.number()));
        let husband = self.person("陈", 70, Sex::Male, Relation::Spouse, Residence::Registered);
        vec![wife, husband]
    }

    /// The next that moves in; the head comes first.
    pub fn next(&mut self) -> Vec<Resident> {
        let family = self.draw.weighted(&FAMILIES, |(weight, _)| *weight).1;
        let residence = self.residence(family);
        let (youngest, oldest, men) = match family {
            Family::ElderAlone => (66, 92, 320),
            Family::ElderCouple => (61, 86, 780),
            Family::Alone => (22, 48, 560),
            Family::Couple => (24, 40, 720),
            Family::OneChild => (28, 52, 720),
            Family::TwoChildren => (30, 48, 760),
            Family::ThreeGenerations => (31, 47, 720),
            Family::GrownChild => (50, 64, 700),
            Family::SingleParent => (30, 54, 300),
        };
        let age = self.draw.between(youngest, oldest);
        let sex = if self.draw.per_mille(men) {
            Sex::Male
        } else {
            Sex::Female
        };
        let surname = self.names.surname(&mut self.draw);
        let head = self.person(surname, age, sex, Relation::Head, residence);
        let mut people = vec![head];
        let mut married = |families: &mut Self| {
            let years = if sex == Sex::Male {
                families.draw.between(-5, 2)
            } else {
                families.draw.between(-2, 5)
            };
            let surname = families.names.surname(&mut families.draw);
            let spouse = families.person(
                surname,
                (age + years).max(21),
                other(sex),
                Relation::Spouse,
                residence,
            );
            people.push(spouse);
            surname
        };
        match family {
            Family::ElderAlone | Family::Alone => {}
            Family::ElderCouple | Family::Couple => {
                married(self);
            }
            Family::OneChild | Family::GrownChild => {
                let spouse = married(self);
                people.extend(self.children(1, age, [surname, spouse], sex, residence));
            }
            Family::TwoChildren => {
                let spouse = married(self);
                people.extend(self.children(2, age, [surname, spouse], sex, residence));
            }
            Family::ThreeGenerations => {
                let spouse = married(self);
                people.extend(self.children(1, age, [surname, spouse], sex, residence));
                people.extend(self.parents(age, surname, residence));
            }
            Family::SingleParent => {
                people.extend(self.children(1, age, [surname, surname], sex, residence));
            }
        }
        people
    }

    /// Children bear their father's name, nine times in ten. The oldest comes first.
    fn children(
        &mut self,
        count: i64,
        age: i64,
        [surname, spouse]: [&'static str; 2],
        sex: Sex,
        residence: Residence,
    ) -> Vec<Resident> {
        let fathers = if sex == Sex::Male { surname } else { spouse };
        let mothers = if sex == Sex::Male { spouse } else { surname };
        let name = if self.draw.per_mille(920) {
            fathers
        } else {
            mothers
        };
        let eldest = (age - self.draw.between(24, 31)).max(count - 1);
        (0..count)
            .map(|place| {
                let sex = self.sex();
                let age = (eldest - place * self.draw.between(2, 5)).max(0);
                self.person(name, age, sex, Relation::Child, residence)
            })
            .collect()
    }

    /// One or both parents of the head.
    fn parents(&mut self, age: i64, surname: &'static str, residence: Residence) -> Vec<Resident> {
        let both = self.draw.per_mille(550);
        let mothers_name = self.names.surname(&mut self.draw);
        let years = self.draw.between(23, 29);
        let mother = self.person(
            mothers_name,
            age + years,
            Sex::Female,
            Relation::Parent,
            residence,
        );
        let older = self.draw.between(0, 4);
        let father = both.then(|| {
            self.person(
                surname,
                age + years + older,
                Sex::Male,
                Relation::Parent,
                residence,
            )
        });
        std::iter::once(mother).chain(father).collect()
    }

    fn person(
        &mut self,
        surname: &str,
        age: i64,
        sex: Sex,
        relation: Relation,
        residence: Residence,
    ) -> Resident {
        let days = self.draw.between(0, 364);
        let born = self.today.saturating_sub(age.years().days(days));
        let given = self.names.given(born.year(), sex, &mut self.draw);
        let reached = match age {
            ..12 => 0,
            12..18 => 300,
            18..75 => 910,
            75.. => 640,
        };
        let phone = self.draw.per_mille(reached).then(|| self.number());
        let is_adult = age >= 18;
        Resident {
            name: format!("{surname}{given}"),
            sex,
            born,
            relation,
            residence,
            may_be_contacted: is_adult && phone.is_some() && self.draw.per_mille(620),
            may_be_pictured: is_adult && self.draw.per_mille(240),
            phone,
        }
    }

    fn number(&mut self) -> String {
        self.phones += 1;
        format!("154{:08}", self.phones * SCATTER % NUMBERS)
    }

    fn sex(&mut self) -> Sex {
        if self.draw.per_mille(515) {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    fn residence(&mut self, family: Family) -> Residence {
        let tenants = match family {
            Family::Alone => 620,
            Family::Couple => 400,
            Family::OneChild | Family::TwoChildren | Family::SingleParent => 180,
            Family::ThreeGenerations | Family::GrownChild => 60,
            Family::ElderAlone | Family::ElderCouple => 25,
        };
        match self.draw.per_mille(tenants) {
            true => Residence::Tenant,
            false if self.draw.per_mille(740) => Residence::Registered,
            false => Residence::Resident,
        }
    }
}

const fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Male => Sex::Female,
        Sex::Female | Sex::Unknown => Sex::Male,
    }
}
