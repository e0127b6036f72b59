//! What is written is read back the same, in both formats; and whatever comes in, nothing panics.

use georeport::{
    Attribute, Choice, Datatype, Discovery, Document, Endpoint, EndpointKind, Entries, Extensions,
    Fault, Format, Given, LatLong, NewRequest, NewUpdate, Note, Pairs, Receipt, RequestQuery,
    RequestUpdate, Service, ServiceDefinition, ServiceKind, ServiceRequest, Status, Ticket,
    TokenAnswer, UpdateQuery, UpdateReceipt, UpdateStatus, bulk, moment, read, read_entries, write,
};
use jiff::Timestamp;
use proptest::option::of;
use proptest::prelude::*;

/// Words with blanks, breaks, signs of both formats and characters of many scripts; never only blanks.
fn words() -> impl Strategy<Value = String> {
    "[\\PC\n\r\t<>&\"',;=+@-]{0,12}[a-z0-9水灯]"
}

/// Words without blanks around them, as forms carry them.
fn plain() -> impl Strategy<Value = String> {
    "[a-z0-9水灯&=<+-][\\PC&=]{0,8}[a-z0-9灯]"
}

fn at() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_000_000_000)
        .prop_map(|second| Timestamp::from_second(second).expect("a second of this age"))
}

fn place() -> impl Strategy<Value = LatLong> {
    let degrees = |most: i64| (-most * 10_000_000..=most * 10_000_000).prop_map(|n| n as f64 / 1e7);
    (degrees(90), degrees(180))
        .prop_map(|(lat, long)| LatLong::new(lat, long).expect("a place on the earth"))
}

fn status() -> impl Strategy<Value = UpdateStatus> {
    prop::sample::select(UpdateStatus::ALL.to_vec())
}

prop_compose! {
    fn service()(service_code in words(), service_name in words(), description in of(words()), metadata: bool,
        kind in prop::sample::select(vec![ServiceKind::Realtime, ServiceKind::Batch, ServiceKind::Blackbox]),
        keywords in prop::collection::vec("[a-z灯]{1,4}", 0..3), group in of(words())) -> Service {
        Service { service_code, service_name, description, metadata, kind, keywords, group }
    }
}

prop_compose! {
    fn attribute()(variable: bool, code in words(), datatype in prop::sample::select(Datatype::ALL.to_vec()),
        required: bool, datatype_description in of(words()), order in of(1_u32..99), description in of(words()),
        values in prop::collection::vec((words(), words()), 0..3)) -> Attribute {
        let values = values.into_iter().map(|(key, name)| Choice { key, name }).collect();
        Attribute { variable, code, datatype, required, datatype_description, order, description, values }
    }
}

prop_compose! {
    fn extensions()(channel in of(words()), photos in prop::collection::vec(words(), 0..3),
        attributes in prop::collection::vec((words(), of(words()), words()), 0..3),
        notes in prop::collection::vec((at(), of(words()), words()), 0..3)) -> Extensions {
        let attributes = attributes.into_iter().map(|(code, name, value)| Given { code, name, value }).collect();
        let notes = notes.into_iter().map(|(datetime, description, kind)| Note { datetime, description, kind }).collect();
        Extensions { channel, photos, attributes, notes }
    }
}

prop_compose! {
    fn request()(ids in (words(), words()), is_open: bool, texts in prop::collection::vec(of(words()), 9),
        requested_datetime in at(), updated_datetime in of(at()), expected_datetime in of(at()), at in of(place()),
        extensions in of(extensions())) -> ServiceRequest {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        ServiceRequest {
            service_request_id: ids.0, service_code: ids.1, status: if is_open { Status::Open } else { Status::Closed },
            status_notes: next(), service_name: next(), description: next(), agency_responsible: next(),
            service_notice: next(), requested_datetime, updated_datetime, expected_datetime, address: next(),
            address_id: next(), zipcode: next(), at, media_url: next(), extensions,
        }
    }
}

prop_compose! {
    fn update()(ids in (words(), words()), status in status(), texts in prop::collection::vec(of(words()), 4),
        updated_datetime in at()) -> RequestUpdate {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        RequestUpdate {
            update_id: ids.0, service_request_id: ids.1, status, description: next(), media_url: next(),
            updated_datetime, external_status_code: next(), customer_reference: next(),
        }
    }
}

prop_compose! {
    fn discovery()(texts in prop::collection::vec(of(words()), 4), url in words(), specification in words(),
        is_test: bool, formats in prop::collection::vec(words(), 0..3)) -> Discovery {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        let kind = if is_test { EndpointKind::Test } else { EndpointKind::Production };
        let endpoint = Endpoint { specification, url, changeset: next(), kind, formats };
        Discovery { changeset: next(), contact: next(), key_service: next(), endpoints: vec![endpoint] }
    }
}

fn comes_back<D: Document + PartialEq + std::fmt::Debug>(
    document: &D,
) -> Result<(), TestCaseError> {
    for format in Format::ALL {
        let written = write(document, format);
        let back = read::<D>(&written, format);
        prop_assert_eq!(back.as_ref(), Ok(document), "{}", written);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn services_come_back(services in prop::collection::vec(service(), 0..3)) {
        comes_back(&services)?;
    }

    #[test]
    fn definitions_come_back(service_code in words(), attributes in prop::collection::vec(attribute(), 0..3)) {
        comes_back(&ServiceDefinition { service_code, attributes })?;
    }

    #[test]
    fn requests_come_back(requests in prop::collection::vec(request(), 0..3)) {
        comes_back(&requests)?;
    }

    #[test]
    fn updates_come_back(updates in prop::collection::vec(update(), 0..3)) {
        comes_back(&updates)?;
    }

    #[test]
    fn discovery_comes_back(discovery in discovery()) {
        comes_back(&discovery)?;
    }

    #[test]
    fn receipts_and_faults_come_back(mark in words(), service_notice in of(words()), account_id in of(words()),
        is_token: bool, code in 400_u16..600, id in of(words())) {
        let ticket = if is_token { Ticket::Token(mark.clone()) } else { Ticket::Id(mark.clone()) };
        comes_back(&vec![Receipt { ticket, service_notice, account_id }])?;
        comes_back(&vec![TokenAnswer { service_request_id: id, token: mark.clone() }])?;
        comes_back(&vec![UpdateReceipt { update_id: mark.clone() }])?;
        comes_back(&vec![Fault { code, description: mark }])?;
    }

    #[test]
    fn bulk_lines_come_back(request in request(), words in words()) {
        let line = bulk::Line {
            service_request_id: request.service_request_id, requested_datetime: request.requested_datetime,
            updated_datetime: request.updated_datetime, closed_date: request.expected_datetime,
            status_description: words, status_notes: request.status_notes, source: request.service_name,
            service_name: request.address_id, service_subtype: request.zipcode, description: request.description,
            agency_responsible: request.agency_responsible, address: request.address, at: request.at,
        };
        prop_assert_eq!(bulk::read(&bulk::write([&line])), Ok(vec![line]));
    }

    #[test]
    fn a_new_request_comes_back(service_code in plain(), address in plain(), description in of(plain()),
        at in of(place()), phone in of(plain()), code in "[A-Z]{1,4}", values in prop::collection::vec(plain(), 1..3)) {
        let new = NewRequest {
            service_code, at, address: Some(address), description, phone,
            attributes: [(code, values)].into_iter().collect(), ..NewRequest::default()
        };
        prop_assert_eq!(NewRequest::parse(&new.pairs()), Ok(new));
    }

    #[test]
    fn a_new_update_comes_back(update_id in plain(), service_request_id in plain(), status in status(),
        updated_datetime in at(), description in plain(), media in prop::collection::vec(plain(), 0..3),
        title in of(plain()), is_anonymous: bool) {
        let new = NewUpdate {
            update_id, service_request_id, status, updated_datetime, description, media_urls: media, title,
            first_name: None, last_name: None, phone: None, email: None, account_id: None, service_code: None,
            is_anonymous, attributes: [("CODE".to_owned(), vec!["1".to_owned(), "2".to_owned()])].into_iter().collect(),
        };
        prop_assert_eq!(NewUpdate::parse(&new.pairs()), Ok(new));
    }

    #[test]
    fn a_question_comes_back(codes in prop::collection::vec("[a-z]{1,4}", 0..3), start in at(), days in 0_i64..=90,
        after in of(at()), at in place(), radius in 1_u32..100_000, page in 1_u32..99, size in 1_u32..=1_000) {
        let matching = georeport::Matching {
            service_codes: codes, status: Some(Status::Open), from: Some(start),
            until: start + jiff::SignedDuration::from_hours(24 * days), updated_after: after,
            around: Some(georeport::Around { at, radius_m: radius.into() }),
        };
        let query = RequestQuery {
            wanted: georeport::Wanted::Matching(matching),
            paging: georeport::Paging { page, size },
            has_extensions: true,
        };
        prop_assert_eq!(RequestQuery::parse(&query.pairs(), start), Ok(query));
    }

    #[test]
    fn nonsense_never_panics(nonsense in "\\PC{0,80}", names in prop::collection::vec(plain(), 0..4)) {
        for format in Format::ALL {
            let _ = read::<Vec<Service>>(&nonsense, format);
            let _ = read::<Vec<ServiceRequest>>(&nonsense, format);
            let _ = read::<Discovery>(&nonsense, format);
        }
        let _ = bulk::read(&nonsense);
        let _ = moment(&nonsense);
        let now = Timestamp::UNIX_EPOCH;
        for name in ["start_date", "end_date", "lat", "long", "radius", "page", "status", "service_code", "updated_after"]
            .into_iter()
            .chain(names.iter().map(String::as_str)) {
            let pairs: Pairs = [(name, nonsense.as_str()), ("long", "1"), ("address_id", "1")].into_iter().collect();
            let _ = RequestQuery::parse(&pairs, now);
            let _ = UpdateQuery::parse(&pairs, now);
            let _ = NewRequest::parse(&pairs);
            let _ = NewUpdate::parse(&pairs);
        }
    }

    #[test]
    fn a_document_that_was_cut_or_changed_never_panics(requests in prop::collection::vec(request(), 1..3),
        cut in 0_usize..4_000, with in "[<>/&\"{}\\[\\]:,a-z]{0,3}") {
        for format in Format::ALL {
            let mut written = write(&requests, format);
            let at = written.floor_char_boundary(cut.min(written.len()));
            let rest = written.split_off(at);
            let _ = read::<Vec<ServiceRequest>>(&written, format);
            let _ = read::<Vec<ServiceRequest>>(&format!("{written}{with}{rest}"), format);
        }
    }
}

#[test]
fn a_moment_at_the_end_of_time_is_asked_for_without_harm() {
    for words in ["9999-12-30T22:00:00.999Z", "-009999-01-02T01:59:59Z"] {
        let at = moment(words).unwrap();
        let _ = RequestQuery::parse(&[("start_date", words)].into_iter().collect(), at);
        let _ = RequestQuery::parse(&[("end_date", words)].into_iter().collect(), at);
        let _ = UpdateQuery::parse(&[("start_date", words)].into_iter().collect(), at);
    }
}

#[test]
fn an_entry_that_cannot_be_read_does_not_take_the_others_with_it() {
    let words = r#"[{"update_id":"1","service_request_id":"7","status":"fixed\u0000","updated_datetime":"2026-11-21T01:00:00Z",
        "description":"a\u0000b"}, {"update_id":"2","service_request_id":"7","status":"nonsense"}, 3]"#;

    let entries: Entries<RequestUpdate> = read_entries(words, Format::Json).unwrap();

    assert_eq!(entries.readable.len(), 1);
    assert_eq!(entries.readable[0].description.as_deref(), Some("ab"));
    assert_eq!(entries.unreadable.len(), 2);
}

#[test]
fn what_is_no_list_is_not_read_as_an_empty_one() {
    for words in [
        r#"{"message":"try later"}"#,
        "\"ok\"",
        "1",
        r#"{"service_requests":{"a":1}}"#,
    ] {
        assert!(
            read::<Vec<ServiceRequest>>(words, Format::Json).is_err(),
            "{words}"
        );
        assert!(
            read_entries::<RequestUpdate>(words, Format::Json).is_err(),
            "{words}"
        );
    }
    for words in ["[]", "null", r#"{"service_requests":[]}"#] {
        assert_eq!(
            read::<Vec<ServiceRequest>>(words, Format::Json).unwrap(),
            [],
            "{words}"
        );
    }
}
