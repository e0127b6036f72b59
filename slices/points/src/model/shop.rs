//! The shop: rewards, reservations and their codes, and what needs two people.

use kernel::words;

/// Points that a reward can cost, at most.
pub const PRICE_MAX: i64 = 100_000;
/// Pieces that one can reserve at once, at most.
pub const PIECES_MAX: i64 = 20;

/// What a reward is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RewardKind {
    /// Something to take home.
    Goods,
    /// Something that is done for one.
    Service,
}

words!(RewardKind {
    Goods = "goods",
    Service = "service",
});

/// Where a reservation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RedemptionState {
    /// Points and pieces are held.
    Reserved,
    /// It was handed out.
    Collected,
    /// It ended otherwise; points and pieces went back.
    Ended(Ending),
}

/// How a reservation ended without being collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The resident cancelled it.
    Cancelled,
    /// Its time ran out.
    Expired,
    /// The shop could not keep it.
    CalledOff,
}

words!(Ending {
    Cancelled = "cancelled",
    Expired = "expired",
    CalledOff = "called_off",
});

impl RedemptionState {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Collected => "collected",
            Self::Ended(ending) => ending.word(),
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "reserved" => Some(Self::Reserved),
            "collected" => Some(Self::Collected),
            other => Ending::from_word(other).map(Self::Ended),
        }
    }
}

/// What one person proposes and a second confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProposalKind {
    /// Money or goods were put aside for rewards.
    Fund,
    /// A wrong grant is to be taken back.
    Reversal,
    /// A count found fewer pieces than there should be.
    WriteOff,
}

words!(ProposalKind {
    Fund = "fund",
    Reversal = "reversal",
    WriteOff = "write_off",
});

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProposalState {
    /// It waits for a second person.
    Proposed,
    /// It was done.
    Confirmed,
    /// It was given up.
    Withdrawn,
}

words!(ProposalState {
    Proposed = "proposed",
    Confirmed = "confirmed",
    Withdrawn = "withdrawn",
});

/// A code as it is shown: `ABCD-EFGH`.
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|some| some.iter().collect())
        .collect();
    groups.join("-")
}

/// A code as somebody typed or scanned it, without what does not belong to it.
pub fn plain_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .take(32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_shown_however_it_is_typed() {
        assert_eq!(grouped("ABCDEFGH"), "ABCD-EFGH");
        for typed in [
            "ABCD-EFGH",
            " abcd efgh ",
            "abcdefgh",
            "ＡABCDEFGH".trim_start_matches('Ａ'),
        ] {
            assert_eq!(plain_code(typed), "ABCDEFGH", "{typed}");
        }
        assert_eq!(plain_code(""), "");
        assert_eq!(plain_code(&"A".repeat(5_000)).len(), 32);
    }

    #[test]
    fn every_state_of_a_reservation_has_its_word() {
        for word in [
            "reserved",
            "collected",
            "cancelled",
            "expired",
            "called_off",
        ] {
            assert_eq!(
                RedemptionState::from_word(word).map(RedemptionState::word),
                Some(word)
            );
        }
        assert_eq!(RedemptionState::from_word("punished"), None);
    }
}
