//! Who might be asked: those who said so, with what they offer, when they are free, where they live
//! and when they were last asked. For the proposals of this room, and for other rooms that look for
//! helpers.

use areas::Atlas;
use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{AreaId, Instant, PersonId, SkillId};
use matching::{Candidate, Times};
use people::skills::{Skill, of_people};
use platform::Tx;
use platform::access::Allowed;
use platform::db::StoreError;
use sea_orm::ConnectionTrait;

use crate::policy::Asking;
use crate::store::volunteers;

/// What is looked at of the past, in days.
const SEASON_DAYS: i32 = 90;

/// Somebody who might be asked. What matching needs of them is put together for the asking and kept
/// nowhere; nothing of it is a number to show.
#[derive(Clone, Debug)]
pub struct Volunteer {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// What they offer.
    pub skills: Vec<Skill>,
    home: Option<AreaId>,
    times: Times,
    reach_m: Option<u32>,
    hours_90: u32,
    askings_90: u32,
    asked_days_ago: Option<u32>,
    askings_left: u32,
}

impl Volunteer {
    /// As matching takes them, for something in this area.
    pub fn towards(
        &self,
        atlas: &Atlas,
        area: Option<AreaId>,
        has_helped_here: bool,
    ) -> Candidate<SkillId> {
        let way = self.home.zip(area);
        Candidate {
            skills: self.skills.iter().map(|skill| skill.id).collect(),
            times: self.times,
            metres: way.and_then(|(home, area)| atlas.metres_between(home, area)),
            reach_m: self.reach_m,
            hours_90: self.hours_90,
            askings_90: self.askings_90,
            asked_days_ago: self.asked_days_ago,
            has_helped_here,
        }
    }

    /// How often they may still be asked this month.
    pub(crate) const fn askings_left(&self) -> u32 {
        self.askings_left
    }

    /// What they bring to a roster: the hours they gave, and each asking as a turn they had.
    pub(crate) fn hours_with_askings(&self) -> u32 {
        let turn = u32::try_from(matching::cost::TURN_HOURS).unwrap_or(0);
        self.hours_90
            .saturating_add(self.askings_90.saturating_mul(turn))
    }
}

/// Everybody who might be asked now: volunteers whose entry stands and who were asked less often in
/// the last 30 days than they said. In three statements, whatever their number.
///
/// # Errors
/// When the database does not answer.
pub async fn candidates<C: ConnectionTrait>(
    on: &C,
    allowed: &Allowed<Asking>,
    by_skill: &Allowed<people::skills::Asking>,
    now: Instant,
    today: Date,
) -> Result<Vec<Volunteer>, StoreError> {
    let community = allowed.as_inner().community;
    let since = today.saturating_sub(SEASON_DAYS.days());
    let mut found = volunteers::shares(on, community, now, since).await?;
    found.retain(|one| one.askings_30 < one.profile.askings_max);
    let people: Vec<PersonId> = found.iter().map(|one| one.profile.person).collect();
    let mut homes = people::homes(on, community, &people).await?;
    let mut skills = of_people(on, by_skill, &people).await?;
    let volunteer = |one: volunteers::Shares| {
        let person = one.profile.person;
        let home = homes.remove(&person)?;
        Some(Volunteer {
            person,
            name: home.name,
            skills: skills.remove(&person).unwrap_or_default(),
            home: home.area,
            times: one.profile.times,
            reach_m: one.profile.reach_m,
            hours_90: whole(one.minutes_90 / 60),
            askings_90: one.askings_90,
            askings_left: one.profile.askings_max.saturating_sub(one.askings_30),
            asked_days_ago: one
                .asked_at
                .map(|at| whole(now.minutes_since(at).0 / (24 * 60))),
        })
    };
    Ok(found.into_iter().filter_map(volunteer).collect())
}

fn whole(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// Notes that these volunteers were asked for something in another room, so that being asked stays
/// fairly shared. The event is that room's own.
///
/// # Errors
/// When the database does not answer.
pub async fn note_asked(
    tx: &Tx,
    _allowed: &Allowed<Asking>,
    people: &[PersonId],
) -> Result<(), StoreError> {
    let asked: Vec<(PersonId, Instant)> = people.iter().map(|person| (*person, tx.now)).collect();
    volunteers::note_asked(tx, &asked).await
}
