//! A claim for points, from the first word to the grant, and what a panel decides.

use kernel::words;

/// Units that can be claimed at once: times, or hours.
pub const CLAIM_MAX: i64 = 24;

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimState {
    /// It waits for a check.
    Claimed,
    /// It is right; it is noticed, or waits after its notice for cover.
    Noticed,
    /// Somebody objected to it; a panel looks at it.
    Objected,
    /// It is granted.
    Posted,
    /// It was found wrong.
    Refused,
    /// The claimant appealed; another panel looks at it.
    Appealed,
    /// The grant was taken back, or as much of it as was left.
    Reversed,
    /// Nothing more can be done about it.
    Closed,
    /// The claimant took it back.
    Withdrawn,
}

words!(ClaimState {
    Claimed = "claimed",
    Noticed = "noticed",
    Objected = "objected",
    Posted = "posted",
    Refused = "refused",
    Appealed = "appealed",
    Reversed = "reversed",
    Closed = "closed",
    Withdrawn = "withdrawn",
});

impl ClaimState {
    /// Whether it may still become a grant, and so counts towards the caps.
    pub const fn counts(self) -> bool {
        matches!(
            self,
            Self::Claimed | Self::Noticed | Self::Objected | Self::Posted | Self::Appealed
        )
    }

    /// Whether the claimant may appeal.
    pub const fn can_be_appealed(self) -> bool {
        matches!(self, Self::Refused | Self::Reversed)
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Posted => "ok",
            Self::Noticed => "info",
            Self::Claimed | Self::Objected | Self::Appealed => "wait",
            Self::Refused | Self::Reversed | Self::Closed | Self::Withdrawn => "",
        }
    }
}

/// How a claim came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The resident raised it.
    Own,
    /// The desk raised it for a resident.
    Desk,
    /// From a confirmed attendance.
    Attendance,
    /// From a confirmed entry of the service record.
    Service,
}

words!(Origin {
    Own = "own",
    Desk = "desk",
    Attendance = "attendance",
    Service = "service",
});

/// What a panel finds, when each of it has spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The objection, or the appeal, is right.
    Upheld,
    /// It is not.
    NotUpheld,
}

/// How many look at an objection or an appeal: an odd number, so that there is always a majority.
pub const PANEL_SIZES: [usize; 2] = [3, 5];

/// The verdict of a panel: the majority, once all have spoken. A panel that somebody left has none.
pub fn verdict(voices: &[Option<bool>]) -> Option<Verdict> {
    if !PANEL_SIZES.contains(&voices.len()) {
        return None;
    }
    let said: Vec<bool> = voices.iter().copied().collect::<Option<_>>()?;
    let upheld = said.iter().filter(|voice| **voice).count();
    Some(if upheld * 2 > said.len() {
        Verdict::Upheld
    } else {
        Verdict::NotUpheld
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_decides_by_majority_and_only_when_all_have_spoken() {
        let (yes, no) = (Some(true), Some(false));

        assert_eq!(verdict(&[yes, yes, no]), Some(Verdict::Upheld));
        assert_eq!(verdict(&[no, yes, no]), Some(Verdict::NotUpheld));
        assert_eq!(verdict(&[yes, yes, None]), None);
        assert_eq!(verdict(&[yes, yes]), None);
        assert_eq!(verdict(&[yes, yes, no, no]), None);
        assert_eq!(verdict(&[]), None);
        assert_eq!(verdict(&[yes, yes, no, no, no]), Some(Verdict::NotUpheld));
    }

    #[test]
    fn what_came_to_nothing_leaves_room_under_the_caps() {
        let counting: Vec<&str> = ClaimState::ALL
            .iter()
            .filter(|state| state.counts())
            .map(|state| state.word())
            .collect();

        assert_eq!(
            counting,
            ["claimed", "noticed", "objected", "posted", "appealed"]
        );
    }
}
