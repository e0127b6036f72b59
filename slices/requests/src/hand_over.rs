//! Handing over: what of somebody's work goes to somebody else, when a person is ill, on leave or
//! moves on. What lies with the desk or with a party as a whole needs no handing over, and what a
//! neighbour promised is theirs alone.

use kernel::{AccountId, AreaId, CommunityId, DutyKind, HandlerId};
use platform::Message;
use platform::db::Reader;
use platform::door::{Held, OnDuty, Telling};

use crate::store;

/// Which of the work that lies with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Over {
    /// What lies with them by this duty, in a grid or micro-grid.
    Area(DutyKind, AreaId),
    /// What lies with them as one of a party.
    Party(HandlerId),
}

impl Over {
    /// For forms and addresses: `grid_worker-0190…`, `party-0190…`.
    pub fn word(self) -> String {
        match self {
            Self::Area(kind, id) => format!("{}-{id}", kind.word()),
            Self::Party(id) => format!("party-{id}"),
        }
    }

    /// What [`Over::word`] wrote; `None` when it is something else.
    pub fn from_word(word: &str) -> Option<Self> {
        let (kind, id) = word.split_once('-')?;
        match kind {
            "party" => id.parse().ok().map(Self::Party),
            word => Some(Self::Area(store::duty_from_word(word)?, id.parse().ok()?)),
        }
    }
}

/// Whether somebody's duty makes them handle this work: the same duty over the area or over the grid
/// around it, or on duty for the party.
pub fn is_on_duty_there(duty: &OnDuty, over: Over, around: Option<AreaId>) -> bool {
    match over {
        Over::Area(kind, area) => {
            duty.kind == kind
                && duty
                    .area
                    .is_none_or(|held| held == area || Some(held) == around)
        }
        Over::Party(party) => duty.kind == DutyKind::Handler && duty.handler == Some(party),
    }
}

/// What still lies with those who were on duty over an area, for the page of that area.
pub fn left_with<'a>(
    reader: &'a Reader,
    community: CommunityId,
    area: AreaId,
    accounts: &'a [AccountId],
) -> Telling<'a> {
    Box::pin(async move {
        let left = store::still_with(reader, community, area, accounts).await?;
        Ok(left
            .into_iter()
            .map(|(account, kind, amount)| Held {
                account,
                said: Message::of("requests-handover-left").with("n", amount),
                href: format!(
                    "/handover?from={account}&over={}",
                    Over::Area(kind, area).word()
                ),
                label: "requests-handover-go",
            })
            .collect())
    })
}

#[cfg(test)]
mod tests {
    use kernel::Instant;
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn duty(kind: DutyKind, area: Option<u128>, handler: Option<u128>) -> OnDuty {
        OnDuty {
            id: id(1),
            account: id(2),
            name: "王芳".to_owned(),
            kind,
            area: area.map(id),
            handler: handler.map(id),
            since: Instant(0),
            until: None,
        }
    }

    #[test]
    fn which_work_is_meant_is_read_back() {
        for over in [
            Over::Area(DutyKind::MicroGridHead, id(7)),
            Over::Party(id(8)),
        ] {
            assert_eq!(Over::from_word(&over.word()), Some(over));
        }
        for word in ["", "grid_worker", "grid_worker-", "staff-7", "party-nobody"] {
            assert_eq!(Over::from_word(word), None, "{word}");
        }
    }

    #[test]
    fn only_the_duty_by_which_the_work_is_handled_counts() {
        let of = |kind, area| Over::Area(kind, id(area));
        let (micro, grid, party) = (
            of(DutyKind::GridWorker, 11),
            Some(id(10)),
            Over::Party(id(20)),
        );
        let worker = |area| duty(DutyKind::GridWorker, area, None);

        assert!(is_on_duty_there(&worker(Some(11)), micro, grid));
        assert!(is_on_duty_there(&worker(Some(10)), micro, grid));
        assert!(is_on_duty_there(&worker(None), micro, grid));
        assert!(!is_on_duty_there(&worker(Some(12)), micro, grid));
        // Who has one micro-grid does not take over the grid.
        assert!(!is_on_duty_there(
            &worker(Some(11)),
            of(DutyKind::GridWorker, 10),
            None
        ));
        let head = duty(DutyKind::MicroGridHead, Some(11), None);
        assert!(!is_on_duty_there(&head, micro, grid));
        assert!(is_on_duty_there(
            &head,
            of(DutyKind::MicroGridHead, 11),
            grid
        ));
        assert!(is_on_duty_there(
            &duty(DutyKind::Handler, None, Some(20)),
            party,
            None
        ));
        assert!(!is_on_duty_there(
            &duty(DutyKind::Handler, None, Some(21)),
            party,
            None
        ));
        assert!(!is_on_duty_there(&worker(None), party, None));
    }
}
