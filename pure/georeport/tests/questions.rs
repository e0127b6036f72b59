//! What GET requests may ask for, argument by argument.

use georeport::{Fault, Matching, Paging, RequestQuery, Status, Wanted, moment};
use jiff::Timestamp;

fn now() -> Timestamp {
    moment("2026-11-21T01:12:00Z").expect("a moment")
}

fn ask(pairs: &[(&str, &str)]) -> Result<RequestQuery, Vec<Fault>> {
    RequestQuery::parse(&pairs.iter().copied().collect(), now())
}

fn matching(pairs: &[(&str, &str)]) -> Matching {
    match ask(pairs).expect("a question").wanted {
        Wanted::Matching(matching) => matching,
        Wanted::These(_) => panic!("numbers were asked for"),
    }
}

fn at(words: &str) -> Timestamp {
    moment(words).expect("a moment")
}

#[test]
fn who_asks_for_nothing_gets_the_last_90_days() {
    let matching = matching(&[("status", ""), ("jurisdiction_id", "x")]);

    assert_eq!(matching.from, Some(at("2026-08-23T01:12:00Z")));
    assert_eq!(matching.until, now());
    assert_eq!(matching.status, None);
}

#[test]
fn numbers_override_everything_else() {
    let query = ask(&[
        ("service_request_id", "1, 2"),
        ("start_date", "nonsense"),
        ("page", "7"),
    ])
    .unwrap();

    assert_eq!(query.wanted, Wanted::These(vec!["1".into(), "2".into()]));
    assert_eq!(query.paging.offset(), 0);
}

#[test]
fn a_start_alone_reaches_90_days_on_and_an_end_alone_90_days_back() {
    let start = matching(&[("start_date", "2010-01-01T00:00:00Z")]);
    let end = matching(&[("end_date", "2010-04-01T00:00:00Z")]);

    assert_eq!(start.until, at("2010-04-01T00:00:00Z"));
    assert_eq!(end.from, Some(at("2010-01-01T00:00:00Z")));
}

#[test]
fn who_asks_for_what_changed_is_told_of_old_requests_too() {
    let matching = matching(&[("updated_after", "2026-11-20T00:00:00Z")]);

    assert_eq!(matching.from, None);
    assert_eq!(matching.updated_after, Some(at("2026-11-20T00:00:00Z")));
}

#[test]
fn both_statuses_are_no_filter_and_one_is() {
    assert_eq!(matching(&[("status", "open,closed")]).status, None);
    assert_eq!(
        matching(&[("status", "Closed")]).status,
        Some(Status::Closed)
    );
}

#[test]
fn pages_have_a_size_of_their_own() {
    let paging = |pairs: &[(&str, &str)]| ask(pairs).unwrap().paging;

    assert_eq!(
        paging(&[]),
        Paging {
            page: 1,
            size: 1_000
        }
    );
    assert_eq!(paging(&[("page", "3")]).offset(), 100);
    assert_eq!(paging(&[("page_size", "1")]), Paging { page: 1, size: 1 });
}

#[test]
fn each_wrong_argument_is_told() {
    for (pairs, told) in [
        (
            vec![("start_date", "2010-01-01")],
            "start_date is not a date and time",
        ),
        (
            vec![
                ("start_date", "2010-01-01T00:00:00Z"),
                ("end_date", "2010-05-01T00:00:00Z"),
            ],
            "more than 90 days",
        ),
        (
            vec![
                ("start_date", "2010-05-01T00:00:00Z"),
                ("end_date", "2010-01-01T00:00:00Z"),
            ],
            "before start_date",
        ),
        (vec![("status", "new")], "neither open nor closed"),
        (vec![("page", "0")], "page is not between"),
        (vec![("page_size", "1001")], "page_size is not between"),
        (vec![("lat", "31")], "go together"),
        (vec![("lat", "91"), ("long", "0")], "no place on the earth"),
        (vec![("lat", "NaN"), ("long", "0")], "no place on the earth"),
        (
            vec![("lat", "31"), ("long", "121"), ("radius", "-1")],
            "radius is not above 0",
        ),
        (
            vec![("lat", "31"), ("long", "121"), ("radius", "far")],
            "radius is not a number",
        ),
    ] {
        let faults = ask(&pairs).unwrap_err();

        assert!(
            faults[0].description.contains(told),
            "{faults:?} for {pairs:?}"
        );
        assert_eq!(faults[0].code, 400);
    }
}

#[test]
fn what_changed_longer_ago_than_90_days_is_asked_for_with_a_start() {
    let long_ago = ("updated_after", "2026-08-20T00:00:00Z");

    let faults = ask(&[long_ago]).unwrap_err();

    assert!(faults[0].description.contains("updated_after"));
    assert!(ask(&[long_ago, ("start_date", "2026-08-25T00:00:00Z")]).is_ok());
    assert!(ask(&[("updated_after", "2026-08-24T00:00:00Z")]).is_ok());
}

#[test]
fn a_page_lies_within_the_first_100_000() {
    assert!(ask(&[("page", "100"), ("page_size", "1000")]).is_ok());
    assert!(ask(&[("page", "2000")]).is_ok());
    for page in [("101", "1000"), ("2001", "50")] {
        assert!(ask(&[("page", page.0), ("page_size", page.1)]).is_err());
    }
}
