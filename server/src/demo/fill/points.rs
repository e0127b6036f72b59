//! A year of points: the scheme, what was granted for it, what was spent and given. All sponsors
//! are invented.

use anyhow::Context;
use jiff::Span;
use kernel::{Instant, Minutes, PersonId};
use platform::Tx;
use points::{
    Adoption, Assembly, Confirmer, NewItem, Past, PastGift, PastGrant, PastRedemption, PastReward,
    PastScheme, Unit, enter_many,
};

use super::requests::Known;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::words::{POINTS, entries};

/// How many take part.
const TAKING_PART: usize = 240;
/// Weeks that the scheme has been in force.
const WEEKS: usize = 50;
/// Grants, redemptions and gifts of a week.
const IN_A_WEEK: (usize, usize, usize) = (30, 14, 4);
/// Claims that wait today.
const OPEN: usize = 12;

/// Enters it.
pub async fn enter(tx: &mut Tx, hood: &Neighbourhood, known: &Known) -> anyhow::Result<()> {
    let past = past(tx, hood, known).context("a desk and a head, and lines that can be read")?;
    enter_many(tx, &past).await?;
    Ok(())
}

/// Numbers that follow each other, scattered over a range (the steps are those of splitmix64): the
/// same in every demo.
fn scattered(number: usize, below: usize) -> usize {
    let number = u64::try_from(number).unwrap_or(0).wrapping_add(1);
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33;
    usize::try_from(mixed).unwrap_or(0) % below.max(1)
}

/// Who it is: every so many times the resident whom a visitor can be, who comes first.
fn whose(people: &[PersonId], number: usize) -> PersonId {
    const OWN_TURN: usize = 40;
    if number.is_multiple_of(OWN_TURN) {
        people[0]
    } else {
        people[scattered(number, people.len())]
    }
}

fn past(tx: &Tx, hood: &Neighbourhood, known: &Known) -> Option<Past> {
    let zone = &tx.house().config().zone;
    let today = hood.matters.last()?.received_at;
    let begin = today.plus(Minutes::days(-7 * i64::try_from(WEEKS).ok()?));
    let account = |posts: &[usize]| known.accounts.get(*posts.first()?).copied();
    let by = [account(&hood.staff.desk)?, account(&hood.staff.leaders)?];
    let people = people(hood, known);
    if people.is_empty() {
        return None;
    }
    let at = |week: usize, number: usize| -> Instant {
        let minutes = week * 7 * 24 * 60 + scattered(number, 6 * 24 * 60);
        begin.plus(Minutes(i64::try_from(minutes).unwrap_or(0)))
    };
    let items = items();
    let grant = |at: Instant, number: usize| PastGrant {
        person: whose(&people, number),
        item: scattered(number + 3, items.len()),
        quantity: match items[scattered(number + 3, items.len())].unit {
            Unit::Time => 1,
            Unit::Hour => [60, 90, 120][number % 3],
        },
        day: at.plus(Minutes::days(-9)).in_zone(zone).date(),
        at,
        evidence: if number.is_multiple_of(3) {
            "来社区说的，楼长知道".to_owned()
        } else {
            String::new()
        },
    };
    let rewards = rewards();
    let (granted, spent, given) = IN_A_WEEK;
    let weeks = |each: usize| (0..WEEKS * each).map(move |number| (number / each, number));
    Some(Past {
        scheme: PastScheme {
            at: begin.plus(Minutes::days(-1)),
            title: "邻里积分办法".to_owned(),
            about: "让做好事的邻居有回报，让好事有人接着做。".to_owned(),
            deliberation:
                "分五个网格开了院坝会，一百六十多户参加；去掉了两个项目，放宽了陪老人看病的上限。"
                    .to_owned(),
            adoption: Adoption {
                assembly: Assembly::Representatives,
                on: begin
                    .in_zone(zone)
                    .date()
                    .saturating_sub(Span::new().days(20)),
                votes_for: 61,
                votes_against: 4,
                document: "居代议〔演示〕3号".to_owned(),
            },
            items: items.clone(),
            by,
        },
        fund: (
            30_000,
            "六家商户和社区公益金落实的日用品与服务，按超市价格折合（演示）".to_owned(),
        ),
        grants: weeks(granted)
            .map(|(week, number)| grant(at(week, number), number))
            .collect(),
        redemptions: weeks(spent)
            .map(|(week, number)| PastRedemption {
                person: people[scattered(number + 50_000, people.len())],
                reward: scattered(number, rewards.len()),
                at: at(week, number + 11),
            })
            .collect(),
        gifts: weeks(given)
            .map(|(week, number)| PastGift {
                person: people[scattered(number + 90_000, people.len())],
                points: 5,
                at: at(week, number + 23),
            })
            .collect(),
        purpose: (
            "花园种子".to_owned(),
            "给公共花园买来年的种子和工具。".to_owned(),
        ),
        open: (0..OPEN)
            .map(|number| grant(today.plus(Minutes::days(-1)), number * 17 + 5))
            .collect(),
        rewards,
    })
}

/// Those who take part: the resident whom a visitor of the demo can be, and others.
fn people(hood: &Neighbourhood, known: &Known) -> Vec<PersonId> {
    let own = hood.staff.posts[hood.staff.resident].resident;
    let own = own.and_then(|(household, place)| known.ids.get(household)?.get(place).copied());
    let step = (known.ids.len() / TAKING_PART).max(1);
    let others = known
        .ids
        .iter()
        .step_by(step)
        .filter_map(|household| household.first().copied());
    own.into_iter().chain(others).collect()
}

fn fields(kind: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    entries(POINTS)
        .map(|line| line.split('|').collect::<Vec<_>>())
        .filter(move |fields| fields.first() == Some(&kind))
}

fn items() -> Vec<NewItem> {
    let number = |text: &str| text.parse().unwrap_or(0);
    fields("item")
        .filter_map(|fields| match fields.as_slice() {
            [_, name, unit, points, day_cap, month_cap, evidence] => Some(NewItem {
                name: (*name).to_owned(),
                unit: if *unit == "h" { Unit::Hour } else { Unit::Time },
                points: number(points),
                day_cap: number(day_cap),
                month_cap: number(month_cap),
                evidence: (*evidence).to_owned(),
                confirmer: Confirmer::Staff,
            }),
            _ => None,
        })
        .collect()
}

fn rewards() -> Vec<PastReward> {
    let number = |text: &str| text.parse().unwrap_or(0);
    fields("reward")
        .filter_map(|fields| match fields.as_slice() {
            [_, name, kind, price, pieces, source, about] => Some(PastReward {
                name: (*name).to_owned(),
                about: (*about).to_owned(),
                is_service: *kind == "s",
                price: number(price),
                source: (*source).to_owned(),
                pieces: number(pieces),
            }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_no_item_is_excluded() {
        assert_eq!(items().len(), fields("item").count());
        assert_eq!(rewards().len(), fields("reward").count());
        assert_eq!(rewards().len(), 15);
        for item in items() {
            assert_eq!(item.wrongs(), [], "{}", item.name);
        }
    }
}
