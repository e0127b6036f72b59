//! The closed list of what may move, from which kind of account to which (rule R1).

use crate::{AccountId, AccountKind, Book};

/// Says for each kind of account its type, so that one cannot be passed where another is meant.
macro_rules! accounts {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub AccountId);
    )+};
}

accounts! {
    /// An account of [`AccountKind::Issue`].
    Issue,
    /// An account of [`AccountKind::Fund`].
    Fund,
    /// An account of [`AccountKind::Pool`].
    Pool,
    /// An account of [`AccountKind::Resident`].
    Resident,
    /// An account of [`AccountKind::Group`].
    Group,
    /// An account of [`AccountKind::Shop`].
    Shop,
    /// An account of [`AccountKind::Expired`].
    Expired,
    /// An account of [`AccountKind::Clearing`].
    Clearing,
    /// An account of [`AccountKind::Supply`].
    Supply,
    /// An account of [`AccountKind::Shelf`].
    Shelf,
    /// An account of [`AccountKind::HandedOut`].
    HandedOut,
}

/// Why something moves. The numbers never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Given for an act that an adopted scheme lists.
    Grant,
    /// The same, from what was put aside to cover it.
    GrantFromFund,
    /// Spent on a reward.
    Redeem,
    /// Given to a direct relative.
    Gift,
    /// Given for others.
    Donate,
    /// Time received, confirmed by the receiver.
    ServicePaid,
    /// What a new member starts with.
    Opening,
    /// A wrong grant goes back, as far as it is unspent.
    ReverseGrant,
    /// Lapsed under an adopted rule.
    ExpireLot,
    /// Taken along to or from another community.
    Clearing,
    /// What is left when an account ends.
    Close,
    /// Goods come in.
    Restock,
    /// Goods go out to who spent points on them.
    HandOut,
    /// Goods are missing or spoilt.
    WriteOff,
    /// Cover is put aside.
    Fund,
    /// Cover is taken back, as far as it is not given out.
    Unfund,
}

impl Code {
    /// Every code, in the order of their numbers.
    pub const ALL: [Self; 16] = [
        Self::Grant,
        Self::GrantFromFund,
        Self::Redeem,
        Self::Gift,
        Self::Donate,
        Self::ServicePaid,
        Self::Opening,
        Self::ReverseGrant,
        Self::ExpireLot,
        Self::Clearing,
        Self::Close,
        Self::Restock,
        Self::HandOut,
        Self::WriteOff,
        Self::Fund,
        Self::Unfund,
    ];

    /// The number by which it is kept.
    pub const fn number(self) -> u16 {
        match self {
            Self::Grant => 1,
            Self::GrantFromFund => 2,
            Self::Redeem => 3,
            Self::Gift => 4,
            Self::Donate => 5,
            Self::ServicePaid => 6,
            Self::Opening => 7,
            Self::ReverseGrant => 8,
            Self::ExpireLot => 9,
            Self::Clearing => 10,
            Self::Close => 11,
            Self::Restock => 12,
            Self::HandOut => 13,
            Self::WriteOff => 14,
            Self::Fund => 15,
            Self::Unfund => 16,
        }
    }

    /// The code behind a number.
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    /// The word in messages and exports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::GrantFromFund => "grant-from-fund",
            Self::Redeem => "redeem",
            Self::Gift => "gift",
            Self::Donate => "donate",
            Self::ServicePaid => "service-paid",
            Self::Opening => "opening",
            Self::ReverseGrant => "reverse-grant",
            Self::ExpireLot => "expire-lot",
            Self::Clearing => "clearing",
            Self::Close => "close",
            Self::Restock => "restock",
            Self::HandOut => "hand-out",
            Self::WriteOff => "write-off",
            Self::Fund => "fund",
            Self::Unfund => "unfund",
        }
    }

    /// Whether it may be written in a book. Points are granted and spent, not given from neighbour
    /// to neighbour (R7); time is given and received, not spent in a shop; Party members' points are
    /// granted only.
    pub const fn is_of(self, book: Book) -> bool {
        match book {
            Book::Points => matches!(
                self,
                Self::Grant
                    | Self::GrantFromFund
                    | Self::Redeem
                    | Self::Donate
                    | Self::Opening
                    | Self::ReverseGrant
                    | Self::ExpireLot
                    | Self::Close
                    | Self::Fund
                    | Self::Unfund
            ),
            Book::Time => matches!(
                self,
                Self::Grant
                    | Self::GrantFromFund
                    | Self::Gift
                    | Self::Donate
                    | Self::ServicePaid
                    | Self::Opening
                    | Self::ReverseGrant
                    | Self::Clearing
                    | Self::Close
                    | Self::Fund
                    | Self::Unfund
            ),
            Book::MemberPoints => matches!(self, Self::Grant | Self::ReverseGrant),
            Book::Stock => matches!(self, Self::Restock | Self::HandOut | Self::WriteOff),
        }
    }
}

/// From which kind to which, and why: what a stored transfer must be one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// Why.
    pub code: Code,
    /// Taken from.
    pub debit: AccountKind,
    /// Given to.
    pub credit: AccountKind,
}

/// Writes the list once: the enum, its two sides and its table.
macro_rules! movements {
    ($($(#[$doc:meta])* $name:ident = $code:ident: $from:ident => $to:ident),+ $(,)?) => {
        /// Something that may move. What is not here cannot be written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Movement {$(
            $(#[$doc])*
            $name {
                /// Taken from.
                from: $from,
                /// Given to.
                to: $to,
            },
        )+}

        impl Movement {
            /// The table of all movements.
            pub const TABLE: &[Kinds] = &[$(
                Kinds { code: Code::$code, debit: AccountKind::$from, credit: AccountKind::$to },
            )+];

            /// Its line of the table.
            pub const fn kinds(self) -> Kinds {
                match self {$(
                    Self::$name { .. } => Kinds {
                        code: Code::$code,
                        debit: AccountKind::$from,
                        credit: AccountKind::$to,
                    },
                )+}
            }

            /// The account from which it takes.
            pub const fn debit(self) -> AccountId {
                match self { $(Self::$name { from, .. } => from.0),+ }
            }

            /// The account to which it gives.
            pub const fn credit(self) -> AccountId {
                match self { $(Self::$name { to, .. } => to.0),+ }
            }
        }
    };
}

movements! {
    /// For an act that an adopted scheme lists.
    Grant = Grant: Issue => Resident,
    /// The same, to a group.
    GrantToGroup = Grant: Issue => Group,
    /// The same, covered by the fund.
    GrantFromFund = GrantFromFund: Fund => Resident,
    /// The same, to a group, covered by the fund.
    GrantFromFundToGroup = GrantFromFund: Fund => Group,
    /// A resident spends on a reward.
    Redeem = Redeem: Resident => Shop,
    /// What neighbours gave for a common purpose is spent on it.
    RedeemForAll = Redeem: Pool => Shop,
    /// To a direct relative.
    Gift = Gift: Resident => Resident,
    /// For others.
    Donate = Donate: Resident => Pool,
    /// A group gives for others: it can do nothing else.
    DonateOfGroup = Donate: Group => Pool,
    /// Who received time pays who gave it.
    ServicePaid = ServicePaid: Resident => Resident,
    /// Who received time from a group pays the group.
    ServicePaidToGroup = ServicePaid: Resident => Group,
    /// What the giver may no longer keep goes to the pool.
    ServiceOverCap = ServicePaid: Resident => Pool,
    /// The pool pays for who has no credit.
    ServiceFromPool = ServicePaid: Pool => Resident,
    /// The fund pays for who has no credit.
    ServiceFromFund = ServicePaid: Fund => Resident,
    /// What a new member starts with.
    Opening = Opening: Issue => Resident,
    /// A wrong grant goes back.
    ReverseGrant = ReverseGrant: Resident => Issue,
    /// A wrong grant goes back to the fund that covered it.
    ReverseGrantToFund = ReverseGrant: Resident => Fund,
    /// Lapsed under an adopted rule.
    ExpireLot = ExpireLot: Resident => Expired,
    /// Lapsed, to the good of all.
    ExpireLotToPool = ExpireLot: Resident => Pool,
    /// Taken along to another community.
    ClearingOut = Clearing: Resident => Clearing,
    /// Brought along from another community.
    ClearingIn = Clearing: Clearing => Resident,
    /// What is left when a resident leaves.
    Close = Close: Resident => Pool,
    /// What is left when a group ends.
    CloseGroup = Close: Group => Pool,
    /// Cover is put aside.
    PutAside = Fund: Issue => Fund,
    /// Cover is taken back.
    TakeBack = Unfund: Fund => Issue,
    /// Goods come in.
    Restock = Restock: Supply => Shelf,
    /// Goods go out to who spent points on them.
    HandOut = HandOut: Shelf => HandedOut,
    /// Goods are missing or spoilt.
    WriteOff = WriteOff: Shelf => Supply,
}

impl Movement {
    /// Whether it ends the account from which it takes.
    pub const fn closes(self) -> bool {
        matches!(self.kinds().code, Code::Close)
    }
}

impl Kinds {
    /// Whether a book may hold a transfer of this line.
    pub fn is_of(self, book: Book) -> bool {
        self.code.is_of(book) && Movement::TABLE.contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_takes_from_a_resident_but_what_rule_r1_names() {
        let named = [
            Code::Redeem,
            Code::Gift,
            Code::Donate,
            Code::ServicePaid,
            Code::Clearing,
            Code::ReverseGrant,
            Code::ExpireLot,
            Code::Close,
        ];
        let mut taking: Vec<Code> = Movement::TABLE
            .iter()
            .filter(|line| line.debit == AccountKind::Resident)
            .map(|line| line.code)
            .collect();
        taking.sort_unstable();
        taking.dedup();

        let mut expected = named.to_vec();
        expected.sort_unstable();
        assert_eq!(taking, expected);
    }

    #[test]
    fn a_group_can_only_give_away() {
        for line in Movement::TABLE {
            if line.debit == AccountKind::Group {
                assert_eq!(line.credit, AccountKind::Pool);
            }
        }
    }

    #[test]
    fn members_points_are_granted_and_never_spent() {
        for line in Movement::TABLE {
            if line.is_of(Book::MemberPoints) && line.debit == AccountKind::Resident {
                assert_eq!(line.code, Code::ReverseGrant);
            }
        }
    }

    #[test]
    fn points_do_not_go_from_neighbour_to_neighbour() {
        for line in Movement::TABLE {
            let both = line.debit == AccountKind::Resident && line.credit == AccountKind::Resident;
            assert!(!(both && line.is_of(Book::Points)), "{line:?}");
        }
    }

    #[test]
    fn a_line_is_known_by_its_code_and_its_two_kinds() {
        for (place, line) in Movement::TABLE.iter().enumerate() {
            assert!(!Movement::TABLE[..place].contains(line), "{line:?} twice");
            assert!(
                Book::ALL.into_iter().any(|book| line.is_of(book)),
                "{line:?} in no book"
            );
        }
    }

    #[test]
    fn numbers_and_words_lead_back() {
        for code in Code::ALL {
            assert_eq!(Code::from_number(code.number()), Some(code));
        }
        for kind in AccountKind::ALL {
            assert_eq!(AccountKind::from_number(kind.number()), Some(kind));
        }
        for book in Book::ALL {
            assert_eq!(Book::from_word(book.word()), Some(book));
        }
    }
}
