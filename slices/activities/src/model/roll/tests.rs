//! The roll as a table: who comes and goes, and what it leaves behind.

use uuid::Uuid;

use super::*;

/// 2026-11-28, 09:00 in Shanghai.
const START: Instant = Instant(1_795_827_600_000_000);

fn person(number: u128) -> PersonId {
    Uuid::from_u128(number).into()
}

fn new(number: u128) -> AttendanceId {
    Uuid::from_u128(number).into()
}

/// Two hours, at which 1 and 2 have a place.
fn roll() -> Roll {
    Roll {
        window: Window {
            starts_at: START,
            ends_at: START.plus(Minutes(120)),
        },
        signed_up: vec![person(1), person(2)],
        present: BTreeMap::new(),
        elsewhere: Vec::new(),
        now: START,
        by: Some(Uuid::from_u128(99).into()),
    }
}

fn deed(direction: Direction, minutes: i64, how: How) -> Deed {
    Deed {
        person: person(1),
        direction,
        at: START.plus(Minutes(minutes)),
        how,
        is_bulk: false,
        is_own: false,
        why: String::new(),
    }
}

/// Comes and goes, and what is then in the roll.
fn after(roll: &mut Roll, coming: &Deed, going: &Deed) -> Attendance {
    assert_eq!(roll.take(coming, new(1)).answer, Answer::In);
    assert_eq!(roll.take(going, new(2)).answer, Answer::Out);
    roll.present[&person(1)].clone()
}

#[test]
fn what_two_people_say_is_certain_when_they_leave() {
    for how in [How::DoorCode, How::OwnCode] {
        let mut roll = roll();

        let entry = after(
            &mut roll,
            &deed(Direction::In, -5, how),
            &deed(Direction::Out, 90, How::Hand),
        );

        assert_eq!((entry.state, entry.minutes), (Entry::Confirmed, 95));
        assert!(entry.labels.is_empty());
    }
}

#[test]
fn a_double_check_in_is_told_and_changes_nothing() {
    let mut roll = roll();
    let coming = deed(Direction::In, 0, How::DoorCode);

    let first = roll.take(&coming, new(1));
    let again = roll.take(&deed(Direction::In, 9, How::Hand), new(2));

    assert_eq!(first.answer, Answer::In);
    assert_eq!(
        (again.answer, again.attendance),
        (Answer::AlreadyIn, Some(new(1)))
    );
    assert_eq!(roll.present[&person(1)].in_at, START);
}

#[test]
fn each_entry_that_cannot_be_made_says_why() {
    let mut roll = roll();
    let stranger = Deed {
        person: person(3),
        ..deed(Direction::In, 0, How::OwnCode)
    };
    let out = deed(Direction::Out, 10, How::DoorCode);

    assert_eq!(roll.take(&stranger, new(3)).answer, Answer::NotSignedUp);
    assert_eq!(roll.take(&out, new(3)).answer, Answer::NotIn);
    roll.take(&deed(Direction::In, 20, How::DoorCode), new(1));
    assert_eq!(
        roll.take(&out, new(3)).answer,
        Answer::Clock,
        "out before in"
    );
    roll.take(&deed(Direction::Out, 30, How::DoorCode), new(1));
    assert_eq!(roll.take(&out, new(3)).answer, Answer::AlreadyOut);
    let again = deed(Direction::In, 40, How::DoorCode);
    assert_eq!(roll.take(&again, new(3)).answer, Answer::AlreadyOut);
}

#[test]
fn more_than_was_planned_counts_only_with_a_reason_and_a_second_look() {
    let coming = deed(Direction::In, 0, How::DoorCode);
    let going = deed(Direction::Out, 180, How::Hand);
    let explained = Deed {
        why: "散场后一起收拾".to_owned(),
        ..going.clone()
    };

    let silent = after(&mut roll(), &coming, &going);
    let told = after(&mut roll(), &coming, &explained);

    assert_eq!((silent.state, silent.minutes), (Entry::Confirmed, 120));
    assert_eq!((told.state, told.minutes), (Entry::Waiting, 180));
    assert_eq!(told.labels.to_string(), "long");
    assert_eq!(told.reason, "散场后一起收拾");
}

#[test]
fn what_only_one_person_says_waits_for_a_second() {
    let hand = |how| deed(Direction::In, 0, how);
    let out = |how| deed(Direction::Out, 60, how);
    let own = |mut deed: Deed| {
        deed.is_own = true;
        deed
    };
    let bulk = |mut deed: Deed| {
        deed.is_bulk = true;
        deed
    };
    for (coming, going, labels) in [
        (hand(How::Hand), out(How::Hand), "hand"),
        (hand(How::Hand), out(How::DoorCode), ""),
        (hand(How::Paper), out(How::Paper), "paper"),
        (bulk(hand(How::Paper)), bulk(out(How::Paper)), "paper bulk"),
        (bulk(hand(How::Hand)), out(How::Hand), "hand bulk"),
        (own(hand(How::DoorCode)), own(out(How::DoorCode)), "own"),
        (own(hand(How::Hand)), own(out(How::DoorCode)), "hand own"),
        (hand(How::DoorCode), bulk(out(How::Hand)), ""),
    ] {
        let entry = after(&mut roll(), &coming, &going);

        assert_eq!(entry.labels.to_string(), labels);
        let state = if labels.is_empty() {
            Entry::Confirmed
        } else {
            Entry::Waiting
        };
        assert_eq!(entry.state, state, "{labels}");
    }
}

#[test]
fn after_seven_days_an_entry_is_late() {
    let coming = deed(Direction::In, 0, How::OwnCode);
    let going = deed(Direction::Out, 60, How::OwnCode);
    let end = START.plus(Minutes(120));
    for (now, labels) in [
        (end.plus(Minutes::days(7)), ""),
        (end.plus(Minutes(7 * 24 * 60 + 1)), "late"),
    ] {
        let mut roll = Roll { now, ..roll() };

        assert_eq!(after(&mut roll, &coming, &going).labels.to_string(), labels);
    }
}

#[test]
fn nobody_is_in_two_places_and_no_day_has_25_hours() {
    let coming = deed(Direction::In, 0, How::DoorCode);
    let going = deed(Direction::Out, 120, How::DoorCode);
    let elsewhere = |from: i64, until: Option<i64>, minutes: i64| Elsewhere {
        person: person(1),
        from: START.plus(Minutes(from)),
        until: until.map(|until| START.plus(Minutes(until))),
        minutes,
    };
    for (other, labels) in [
        (elsewhere(-120, Some(0), 120), ""),
        (elsewhere(-120, Some(1), 121), "overlap"),
        (elsewhere(-120, None, 0), "overlap"),
        (elsewhere(120, Some(300), 180), ""),
        (elsewhere(-700, Some(-60), 600), ""),
        (elsewhere(-700, Some(-60), 601), "long_day"),
    ] {
        let mut roll = Roll {
            elsewhere: vec![other],
            ..roll()
        };

        let entry = after(&mut roll, &coming, &going);

        assert_eq!(entry.labels.to_string(), labels, "{other:?}");
    }
    let mut full = Roll {
        elsewhere: vec![elsewhere(-1_400, Some(-20), 1_380)],
        ..roll()
    };
    full.take(&coming, new(1));
    assert_eq!(full.take(&going, new(1)).answer, Answer::TooLong);
    assert_eq!(
        full.present[&person(1)].state,
        Entry::In,
        "nothing of it is entered"
    );
}

#[test]
fn the_clock_of_a_phone_is_taken_only_when_it_can_be_right() {
    let window = roll().window;
    let at = |minutes: i64| START.plus(Minutes(minutes));
    let days = 24 * 60;
    for (told, now, is_taken_now, expected) in [
        (10, 12, false, Ok(10)),
        (10, 12 + 3 * days, false, Ok(10)),
        (-120, 0, false, Ok(-120)),
        (300, 400, false, Ok(300)),
        (15, 12, false, Ok(12)),
        (18, 12, false, Err(Answer::Clock)),
        (18, 12, true, Ok(12)),
        (10 - days, 12, false, Err(Answer::Clock)),
        (10 - days, 12, true, Ok(12)),
        (10 - days, 12 + 3 * days, true, Err(Answer::WrongDay)),
        (-121, -121, true, Err(Answer::WrongDay)),
        (301, 301, false, Err(Answer::WrongDay)),
    ] {
        let judged = judge(window, at(told), at(now), is_taken_now);

        assert_eq!(judged, expected.map(at), "{told} at {now}");
    }
    let ends = [Instant(i64::MAX), Instant(i64::MIN)];
    for far in ends {
        assert_eq!(judge(window, far, at(10), false), Err(Answer::Clock));
    }
}

#[test]
fn one_of_twenty_is_drawn_and_labels_are_read_back() {
    let drawn = (0..=u16::MAX)
        .filter(|one| Call::draw(*one).is_some())
        .count();
    assert_eq!(drawn, 3_277, "of 65,536");

    let labels: Labels = "own hand".parse().unwrap();
    assert_eq!(labels.to_string(), "hand own");
    assert!(labels.is_sampled());
    assert!(!"hand long overlap".parse::<Labels>().unwrap().is_sampled());
    assert!("careless".parse::<Labels>().is_err());
}
