//! The JSON of each call has the shape that the contract's schemas ask for: codes and ids are
//! texts, degrees are numbers or null, lists stay lists, and what must be there is there.

use serde_json::Value;
use testkit::TestApp;

use crate::town::{number_of, send, system, with_rules};

async fn json(app: &TestApp, path: &str) -> Value {
    app.visitor()
        .get(&format!("/open311/v2/{path}"))
        .await
        .json()
}

fn is_text_or_null(value: &Value) -> bool {
    value.is_string() || value.is_null()
}

fn is_number_or_null(value: &Value) -> bool {
    value.is_number() || value.is_null()
}

fn is_moment_or_null(value: &Value) -> bool {
    value.is_null()
        || value
            .as_str()
            .is_some_and(|words| georeport::moment(words).is_ok())
}

testkit::on_both! {
    async fn services_have_the_shape_of_the_contract(app: TestApp) {
        with_rules(&app).await;

        let services = json(&app, "services.json").await;

        for service in services.as_array().unwrap() {
            assert!(service["service_code"].is_string() && service["service_name"].is_string());
            assert!(service["metadata"].is_boolean());
            assert!(["realtime", "batch", "blackbox"].contains(&service["type"].as_str().unwrap()));
            assert!(["description", "keywords", "group"].iter().all(|name| is_text_or_null(&service[*name])));
        }
        let definition = json(&app, "services/stair-lamp.json").await;
        assert!(definition["service_code"].is_string());
        assert!(definition["attributes"].as_array().unwrap().is_empty());
    }

    async fn requests_have_the_shape_of_the_contract(app: TestApp) {
        with_rules(&app).await;
        system(&app, "secret-1").await;
        send(&app, "secret-1", &[]).await;
        let number = number_of(&send(&app, "secret-1", &[("lat", "30.6"), ("long", "104.05")]).await);

        let list = json(&app, "requests.json").await;
        let one = json(&app, &format!("requests/{number}.json")).await;

        assert_eq!(one.as_array().unwrap().len(), 1);
        for request in list.as_array().unwrap().iter().chain(one.as_array().unwrap()) {
            for name in ["service_request_id", "service_code", "requested_datetime"] {
                assert!(request[name].is_string(), "{name} in {request}");
            }
            assert!(["open", "closed"].contains(&request["status"].as_str().unwrap()));
            for name in ["status_notes", "service_name", "description", "agency_responsible",
                "service_notice", "address", "address_id", "zipcode", "media_url"] {
                assert!(is_text_or_null(&request[name]), "{name} in {request}");
            }
            for name in ["requested_datetime", "updated_datetime", "expected_datetime"] {
                assert!(is_moment_or_null(&request[name]), "{name} in {request}");
            }
            assert!(is_number_or_null(&request["lat"]) && is_number_or_null(&request["long"]));
            assert!(request.get("notes").is_none());
        }
    }

    async fn an_empty_list_stays_a_list(app: TestApp) {
        with_rules(&app).await;

        assert_eq!(json(&app, "requests.json").await, serde_json::json!([]));
        let xml = app.visitor().get("/open311/v2/requests.xml").await.body();
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"));
        assert!(xml.contains("<service_requests></service_requests>"));
    }
}
