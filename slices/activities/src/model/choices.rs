//! What can be chosen about an activity, each from a short closed list.

use kernel::words;

/// What kind of activity (活动类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// For everyone (社区活动).
    Community,
    /// An interest group meets (兴趣小组).
    InterestGroup,
    /// Social workers lead a group through its sessions (小组工作).
    GroupWork,
    /// Something is taught (课堂).
    Class,
    /// Volunteers lend a hand (志愿服务).
    Shift,
    /// The Party branch's day (主题党日).
    PartyDay,
    /// Work in a shared garden (花园日).
    GardenDay,
    /// People talk something over (议事会).
    Meeting,
}

words!(Kind {
    Community = "community",
    InterestGroup = "interest_group",
    GroupWork = "group_work",
    Class = "class",
    Shift = "shift",
    PartyDay = "party_day",
    GardenDay = "garden_day",
    Meeting = "meeting",
});

/// Whose idea it was: the share of the residents' own is the number to move (S1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A resident proposed it.
    Resident,
    /// The community office planned it.
    Community,
}

words!(Origin {
    Resident = "resident",
    Community = "community",
});

/// Who wrote a sign-up down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignUpOrigin {
    /// The one who takes part.
    Oneself,
    /// Somebody of the same household.
    Family,
    /// The desk, for somebody who came or called (rule R29).
    Desk,
}

words!(SignUpOrigin {
    Oneself = "self",
    Family = "family",
    Desk = "desk",
});

/// How often it takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cadence {
    /// Once.
    Once,
    /// Every week on the same weekday.
    Weekly,
    /// Every second week on the same weekday.
    Fortnightly,
    /// Every month on the same day of it; where a month is shorter, on its last day.
    Monthly,
}

words!(Cadence {
    Once = "once",
    Weekly = "weekly",
    Fortnightly = "fortnightly",
    Monthly = "monthly",
});
