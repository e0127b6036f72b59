//! Codes that say who or what stands behind them, sealed by the house's vault: the code at the door,
//! which changes each half minute; a person's own code, good for one day; the pass that follows from
//! the first; the secret address of a calendar. Nothing of them is stored.

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, Instant, OccurrenceId, PersonId};
use platform::vault::{Vault, is_same};
use platform::web::{hex, unhex};
use uuid::Uuid;

/// How long one code of the door is shown.
pub const STEP_SECONDS: i64 = 30;
/// How many steps back a code is still taken: whoever opens the camera is not that fast.
const STEPS_BACK: i64 = 2;
/// How long whoever opened the code of the door may take to say whether they come or go.
const PASS_SECONDS: i64 = 300;
/// Bytes of a seal: guessing one of 2^80 is hopeless.
const SEAL_BYTES: usize = 10;

const DOOR: &str = "activities.door";
const PASS: &str = "activities.pass";
const OWN: &str = "activities.own_code";
const CALENDAR: &str = "activities.calendar";

fn seal(vault: &Vault, purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut mark = vault.fingerprint(purpose, &parts.concat());
    mark.truncate(SEAL_BYTES);
    mark
}

const fn step_of(now: Instant) -> i64 {
    now.0.div_euclid(STEP_SECONDS * 1_000_000)
}

/// The code at the door of a date at this moment, in lower-case hex.
pub fn door_code(vault: &Vault, date: OccurrenceId, now: Instant) -> String {
    code_of_step(vault, date, step_of(now))
}

fn code_of_step(vault: &Vault, date: OccurrenceId, step: i64) -> String {
    hex(&seal(
        vault,
        DOOR,
        &[date.0.as_bytes(), &step.to_be_bytes()],
    ))
}

/// Whether this is a code that stood at the door within the last minute or so.
pub fn is_at_door(vault: &Vault, date: OccurrenceId, code: &str, now: Instant) -> bool {
    let step = step_of(now);
    (step - STEPS_BACK..=step + 1).any(|step| {
        let right = code_of_step(vault, date, step);
        is_same(right.as_bytes(), code.as_bytes())
    })
}

/// What whoever opened the code of the door is given: good for five minutes and for their account.
pub fn pass(vault: &Vault, date: OccurrenceId, account: AccountId, now: Instant) -> String {
    let until = now.plus_seconds(PASS_SECONDS).0 / 1_000_000;
    let mark = seal(
        vault,
        PASS,
        &[
            date.0.as_bytes(),
            account.0.as_bytes(),
            &until.to_be_bytes(),
        ],
    );
    format!("{until}.{}", hex(&mark))
}

/// Whether a pass is of this date and account, and still good.
pub fn is_pass(
    vault: &Vault,
    date: OccurrenceId,
    account: AccountId,
    pass: &str,
    now: Instant,
) -> bool {
    let Some((until, mark)) = pass.split_once('.') else {
        return false;
    };
    let Ok(until) = until.parse::<i64>() else {
        return false;
    };
    let parts: [&[u8]; 3] = [
        date.0.as_bytes(),
        account.0.as_bytes(),
        &until.to_be_bytes(),
    ];
    let right = hex(&seal(vault, PASS, &parts));
    is_same(right.as_bytes(), mark.as_bytes()) && now.0 / 1_000_000 <= until
}

/// A person's own code for one day: who it is, and the seal of that day.
pub fn own_code(vault: &Vault, community: CommunityId, person: PersonId, day: Date) -> String {
    let mark = own_mark(vault, community, person, day);
    hex(&[person.0.as_bytes().as_slice(), &mark].concat())
}

fn own_mark(vault: &Vault, community: CommunityId, person: PersonId, day: Date) -> Vec<u8> {
    let day = day.to_string();
    let parts: [&[u8]; 3] = [community.0.as_bytes(), person.0.as_bytes(), day.as_bytes()];
    seal(vault, OWN, &parts)
}

/// Whom a code names on a day; `None` when it is no code, or of another day.
pub fn named_by(vault: &Vault, community: CommunityId, code: &str, day: Date) -> Option<PersonId> {
    let bytes = unhex(code.trim())?;
    let (person, mark) = bytes.split_at_checked(16)?;
    let person = PersonId(Uuid::from_slice(person).ok()?);
    is_same(&own_mark(vault, community, person, day), mark).then_some(person)
}

/// The secret part of the address of an account's calendar, in its `number`th making.
pub fn calendar_token(
    vault: &Vault,
    community: CommunityId,
    account: AccountId,
    number: i64,
) -> String {
    let mark = calendar_mark(vault, community, account, number);
    hex(&[account.0.as_bytes().as_slice(), &mark].concat())
}

fn calendar_mark(
    vault: &Vault,
    community: CommunityId,
    account: AccountId,
    number: i64,
) -> Vec<u8> {
    let parts: [&[u8]; 3] = [
        community.0.as_bytes(),
        account.0.as_bytes(),
        &number.to_be_bytes(),
    ];
    seal(vault, CALENDAR, &parts)
}

/// The account that an address would be of; whether it is, [`calendar_token`] says.
pub fn account_in(token: &str) -> Option<AccountId> {
    let bytes = unhex(token)?;
    let (account, _) = bytes.split_at_checked(16)?;
    Uuid::from_slice(account).ok().map(AccountId)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const NOW: Instant = Instant(1_795_827_600_000_000);

    fn vault() -> Vault {
        Vault::new([7; 32])
    }

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    #[test]
    fn the_code_of_the_door_changes_and_is_good_for_a_minute() {
        let code = door_code(&vault(), id(1), NOW);

        for (seconds, date, is_good) in [
            (0, 1, true),
            (60, 1, true),
            (89, 1, true),
            (91, 1, false),
            (-30, 1, true),
            (-61, 1, false),
            (0, 2, false),
        ] {
            let at = NOW.plus_seconds(seconds);
            assert_eq!(
                is_at_door(&vault(), id(date), &code, at),
                is_good,
                "{seconds} {date}"
            );
        }
        assert_ne!(code, door_code(&vault(), id(1), NOW.plus_seconds(30)));
        assert!(!is_at_door(&Vault::new([8; 32]), id(1), &code, NOW));
        assert!(!is_at_door(&vault(), id(1), "", NOW));
    }

    #[test]
    fn a_pass_is_for_one_account_one_date_and_five_minutes() {
        let good = pass(&vault(), id(1), id(2), NOW);
        let is_good = |date, account, word: &str, seconds| {
            is_pass(
                &vault(),
                id(date),
                id(account),
                word,
                NOW.plus_seconds(seconds),
            )
        };

        assert!(is_good(1, 2, &good, 300));
        assert!(!is_good(1, 2, &good, 302));
        assert!(!is_good(1, 3, &good, 0));
        assert!(!is_good(3, 2, &good, 0));
        let longer = good.replace("179582790", "179582890");
        assert_ne!(longer, good);
        for wrong in ["", ".", "9999999999.00", "x.y", longer.as_str()] {
            assert!(!is_good(1, 2, wrong, 0), "{wrong}");
        }
    }

    #[test]
    fn an_own_code_names_its_person_on_its_day_only() {
        let day = date(2026, 11, 28);
        let code = own_code(&vault(), id(1), id(2), day);

        assert_eq!(named_by(&vault(), id(1), &code, day), Some(id(2)));
        assert_eq!(
            named_by(&vault(), id(1), &format!(" {code} "), day),
            Some(id(2))
        );
        assert_eq!(named_by(&vault(), id(1), &code, date(2026, 11, 29)), None);
        assert_eq!(named_by(&vault(), id(9), &code, day), None);
        let forged = own_code(&Vault::new([8; 32]), id(1), id(2), day);
        for wrong in ["", "zz", "00", &code[2..], forged.as_str()] {
            assert_eq!(named_by(&vault(), id(1), wrong, day), None, "{wrong}");
        }
    }

    #[test]
    fn an_address_of_a_calendar_names_its_account_and_its_making() {
        let token = calendar_token(&vault(), id(1), id(2), 1);

        assert_eq!(account_in(&token), Some(id(2)));
        assert_ne!(token, calendar_token(&vault(), id(1), id(2), 2));
        assert_eq!(account_in("00"), None);
    }
}
