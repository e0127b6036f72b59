//! Ledgers and the accounts in them.

/// Of what a ledger keeps account. Nothing crosses from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Book {
    /// Points of a community; the unit is one point.
    Points,
    /// Time given and received; the unit is one minute.
    Time,
    /// Points of the Party members of one branch: they are granted, and not exchanged.
    MemberPoints,
    /// What lies in the shop; the unit is one piece.
    Stock,
}

impl Book {
    /// Every book.
    pub const ALL: [Self; 4] = [Self::Points, Self::Time, Self::MemberPoints, Self::Stock];

    /// The word by which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Time => "time",
            Self::MemberPoints => "member_points",
            Self::Stock => "stock",
        }
    }

    /// The book behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|book| book.word() == word)
    }
}

/// What an account is for. It never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountKind {
    /// Where a scheme's points and minutes come from; the only thing that may go below zero, besides
    /// clearing and supply.
    Issue,
    /// What sponsors or the community have put aside to cover grants.
    Fund,
    /// What neighbours gave for others or for a common purpose.
    Pool,
    /// What a resident has.
    Resident,
    /// What a group has; it can only be given away.
    Group,
    /// What was spent in the shop.
    Shop,
    /// What lapsed under an adopted rule.
    Expired,
    /// What is owed to or by another community.
    Clearing,
    /// Where goods come from.
    Supply,
    /// Pieces of one reward in the shop.
    Shelf,
    /// Pieces that were handed out.
    HandedOut,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Issue,
        Self::Fund,
        Self::Pool,
        Self::Resident,
        Self::Group,
        Self::Shop,
        Self::Expired,
        Self::Clearing,
        Self::Supply,
        Self::Shelf,
        Self::HandedOut,
    ];

    /// The number by which it is kept.
    pub const fn number(self) -> u16 {
        match self {
            Self::Issue => 100,
            Self::Fund => 110,
            Self::Pool => 120,
            Self::Resident => 200,
            Self::Group => 210,
            Self::Shop => 300,
            Self::Expired => 310,
            Self::Clearing => 400,
            Self::Supply => 500,
            Self::Shelf => 510,
            Self::HandedOut => 520,
        }
    }

    /// The kind behind a number.
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Whether more may be taken from it than it holds.
    pub const fn may_go_below_zero(self) -> bool {
        matches!(self, Self::Issue | Self::Clearing | Self::Supply)
    }
}

/// Which ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LedgerId(pub u128);

/// Which account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub u128);

/// A ledger as it stands after its last transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// Which.
    pub id: LedgerId,
    /// Of what.
    pub book: Book,
    /// How many transfers it holds; the last one has this number.
    pub height: u64,
    /// The moment of the last transfer, microseconds; moments in a ledger grow strictly.
    pub last: i64,
    /// The hash of the last transfer, which binds all before it.
    pub head: crate::Hash,
}

impl Ledger {
    /// An empty one.
    pub const fn new(id: LedgerId, book: Book) -> Self {
        Self {
            id,
            book,
            height: 0,
            last: i64::MIN,
            head: [0; 32],
        }
    }
}

/// An account with its four counters. All but the counters and `is_closed` never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// In which ledger.
    pub ledger: LedgerId,
    /// What for.
    pub kind: AccountKind,
    /// Set aside to be taken.
    pub debits_pending: u64,
    /// Taken, ever.
    pub debits_posted: u64,
    /// Set aside elsewhere to be given to it.
    pub credits_pending: u64,
    /// Given, ever.
    pub credits_posted: u64,
    /// Whether it takes part in nothing more, save that holds are voided.
    pub is_closed: bool,
}

impl Account {
    /// A new one, with nothing in it.
    pub const fn new(id: AccountId, ledger: LedgerId, kind: AccountKind) -> Self {
        Self {
            id,
            ledger,
            kind,
            debits_pending: 0,
            debits_posted: 0,
            credits_pending: 0,
            credits_posted: 0,
            is_closed: false,
        }
    }

    /// What may be taken now: given less taken less set aside; never below zero.
    pub const fn available(&self) -> u64 {
        self.credits_posted
            .saturating_sub(self.debits_posted)
            .saturating_sub(self.debits_pending)
    }

    /// Whether it keeps its promise: what may not go below zero has not.
    pub fn is_sound(&self) -> bool {
        self.kind.may_go_below_zero()
            || self
                .debits_posted
                .checked_add(self.debits_pending)
                .is_some_and(|taken| taken <= self.credits_posted)
    }
}
