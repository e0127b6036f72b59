//! Short lists of words: how a help came, whose credit pays, who says something, what two people
//! are to each other.

use kernel::words;

/// How a help was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// By the receiver or a relative, on these pages.
    Web,
    /// At the desk or on the telephone, written down there (rule R29).
    Desk,
}

words!(Origin {
    Web = "web",
    Desk = "desk",
});

/// Whose credit pays for a help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// The receiver's.
    Own,
    /// That of a direct relative who asked for them.
    Relative,
    /// The fund's, granted for this help by two people.
    Fund,
    /// The pool's, granted for this help by two people.
    Pool,
    /// Nobody has said yet.
    Open,
}

words!(Cover {
    Own = "own",
    Relative = "relative",
    Fund = "fund",
    Pool = "pool",
    Open = "open",
});

/// What the community can pay from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Credit that was put in for those who cannot earn it.
    Fund,
    /// Credit that others gave away.
    Pool,
}

words!(Source {
    Fund = "fund",
    Pool = "pool",
});

impl Source {
    /// The cover of a help that is paid from here.
    pub const fn cover(self) -> Cover {
        match self {
            Self::Fund => Cover::Fund,
            Self::Pool => Cover::Pool,
        }
    }
}

/// Who somebody is to a help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who receives it.
    Receiver,
    /// A direct relative who asked for them; speaks for the receiver.
    Relative,
    /// Who helps.
    Giver,
    /// Somebody at the desk, who is none of these.
    Coordinator,
}

words!(Side {
    Receiver = "receiver",
    Relative = "relative",
    Giver = "giver",
    Coordinator = "coordinator",
});

impl Side {
    /// Whether they speak on the receiver's side.
    pub const fn is_receiving(self) -> bool {
        matches!(self, Self::Receiver | Self::Relative)
    }

    /// The side in a dispute: a relative speaks for the receiver.
    pub const fn in_dispute(self) -> Self {
        match self {
            Self::Relative => Self::Receiver,
            other => other,
        }
    }
}

/// What somebody is to a direct relative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// 配偶.
    Spouse,
    /// 父母.
    Parent,
    /// 子女.
    Child,
    /// 祖父母、外祖父母.
    Grandparent,
    /// 孙子女、外孙子女.
    Grandchild,
}

words!(Tie {
    Spouse = "spouse",
    Parent = "parent",
    Child = "child",
    Grandparent = "grandparent",
    Grandchild = "grandchild",
});

impl Tie {
    /// What the other is to this one.
    #[must_use]
    pub const fn seen_from_other(self) -> Self {
        match self {
            Self::Spouse => Self::Spouse,
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::Grandparent => Self::Grandchild,
            Self::Grandchild => Self::Grandparent,
        }
    }
}

/// What two people at the desk decide together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalKind {
    /// Credit is put into the fund.
    Fund,
    /// A help is paid from the fund or the pool.
    Cover,
    /// The hours of a group go to the pool.
    Group,
    /// An account is closed at the desk, for its holder or an heir.
    Close,
}

words!(ProposalKind {
    Fund = "fund",
    Cover = "cover",
    Group = "group",
    Close = "close",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_seen_twice_from_the_other_side_is_the_same() {
        for tie in Tie::ALL {
            assert_eq!(tie.seen_from_other().seen_from_other(), *tie);
        }
        assert_eq!(Tie::Parent.seen_from_other(), Tie::Child);
    }
}
