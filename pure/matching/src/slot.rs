//! When somebody is free, and when somebody is wanted: the 21 parts of a week.

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Until noon.
    Morning,
    /// From noon until the evening.
    Afternoon,
    /// After that.
    Evening,
}

impl Part {
    /// In the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];
}

/// A part of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u8);

impl Slot {
    /// How many there are.
    pub const COUNT: u8 = 21;

    /// All of them, from Monday morning to Sunday evening.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// A part of a weekday, counted from Monday as 0; `None` beyond Sunday.
    pub const fn new(weekday: u8, part: Part) -> Option<Self> {
        Self::at(weekday.saturating_mul(3).saturating_add(part as u8))
    }

    /// The one of a number below [`Self::COUNT`].
    pub const fn at(number: u8) -> Option<Self> {
        if number < Self::COUNT {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Its number, from 0 to 20.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The weekday, Monday as 0.
    pub const fn weekday(self) -> u8 {
        self.0 / 3
    }

    /// The part of that day.
    pub const fn part(self) -> Part {
        Part::ALL[(self.0 % 3) as usize]
    }
}

/// Some parts of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times(u32);

impl Times {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// From a number whose bit *n* stands for slot *n*; further bits say nothing.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & ((1 << Slot::COUNT) - 1))
    }

    /// As [`Self::from_bits`] takes it.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, slot: Slot) -> Self {
        Self(self.0 | 1 << slot.0)
    }

    /// Whether this slot is among them.
    pub const fn has(self, slot: Slot) -> bool {
        self.0 >> slot.0 & 1 == 1
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are among them, in the order of the week.
    pub fn slots(self) -> impl Iterator<Item = Slot> {
        Slot::all().filter(move |slot| self.has(*slot))
    }
}

impl FromIterator<Slot> for Times {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Self {
        slots.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_twenty_one_slots_that_lead_back_to_their_day_and_part() {
        let all: Vec<Slot> = Slot::all().collect();

        assert_eq!(all.len(), 21);
        for slot in all {
            assert_eq!(Slot::new(slot.weekday(), slot.part()), Some(slot));
            assert_eq!(Slot::at(slot.number()), Some(slot));
        }
        assert_eq!(Slot::new(7, Part::Morning), None);
        assert_eq!(Slot::new(255, Part::Evening), None);
    }

    #[test]
    fn bits_beyond_the_week_say_nothing() {
        let all: Times = Slot::all().collect();

        assert_eq!(Times::from_bits(u32::MAX), all);
        assert_eq!(Times::from_bits(all.bits()).slots().count(), 21);
        assert!(Times::NONE.is_empty() && Times::from_bits(1 << 21).is_empty());
    }
}
