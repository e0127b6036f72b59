//! Services and requests are read in both formats, and nobody reads more than the public list shows.

use georeport::{
    Discovery, EndpointKind, Extensions, SPECIFICATION, Service, ServiceDefinition, ServiceKind,
    ServiceRequest, Status, TokenAnswer, bulk, moment,
};

use crate::town::{acts, get, number_of, numbers, send, system, with_rules, without_rules};

testkit::on_both! {
    async fn discovery_says_where_the_endpoint_is_in_both_formats(app: TestApp) {
        for path in ["discovery.xml", "discovery.json"] {
            let discovery: Discovery = get(&app, path).await;

            let endpoint = &discovery.endpoints[0];
            assert_eq!(endpoint.specification, SPECIFICATION);
            assert_eq!(endpoint.url, "http://localhost/open311/v2");
            assert_eq!(endpoint.kind, EndpointKind::Production);
            assert_eq!(endpoint.formats, ["text/xml", "application/json"]);
            assert!(discovery.contact.unwrap().contains("锦江苑社区"));
            assert!(discovery.key_service.is_some());
        }
    }

    async fn services_are_the_kinds_that_can_be_chosen_under_their_first_level(app: TestApp) {
        without_rules(&app).await;

        let xml: Vec<Service> = get(&app, "services.xml").await;
        let json: Vec<Service> = get(&app, "services.json?jurisdiction_id=jinjiangyuan").await;

        assert_eq!(xml, json);
        let lamp = json.iter().find(|one| one.service_code == "stair-lamp").unwrap();
        assert_eq!(lamp.kind, ServiceKind::Realtime);
        assert!(lamp.group.is_some());
        assert!(!lamp.metadata);
        // A first level is no service of its own when there is something below it.
        assert!(!json.iter().any(|one| Some(&one.service_name) == lamp.group.as_ref()));
    }

    async fn a_service_that_asks_for_nothing_more_has_an_empty_definition(app: TestApp) {
        without_rules(&app).await;

        let definition: ServiceDefinition = get(&app, "services/stair-lamp.xml").await;

        assert_eq!(definition.service_code, "stair-lamp");
        assert!(definition.attributes.is_empty());
        let unknown = app.visitor().get("/open311/v2/services/nothing.json").await;
        assert_eq!(unknown.status(), 404);
    }

    async fn a_published_request_is_told_without_its_requester(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let sent = send(&app, "secret-1", &[("last_name", "王"), ("first_name", "芳"), ("phone", "13812345678")]).await;
        let number = number_of(&sent);
        acts(&setting, &number, &[
            ("take-up", &[]),
            ("note", &[("words", "王女士，今天下午来修"), ("told", "yes")]),
        ]).await;

        for format in ["xml", "json"] {
            let path = format!("requests/{number}.{format}?extensions=true");
            let found: Vec<ServiceRequest> = get(&app, &path).await;

            let request = &found[0];
            assert_eq!(request.service_request_id, number);
            assert_eq!(request.status, Status::Open);
            assert_eq!(request.service_code, "stair-lamp");
            assert_eq!(request.description.as_deref(), Some("楼道灯不亮，三天了"));
            assert_eq!(request.agency_responsible.as_deref(), Some("锦江苑物业"));
            assert_eq!(request.address.as_deref(), Some("1栋2单元"));
            assert!(request.expected_datetime > Some(request.requested_datetime));
            assert!(request.address_id.is_some());
            assert_eq!(request.status_notes.as_deref(), Some("正在办理。"));
            let Extensions { channel, notes, .. } = request.extensions.clone().unwrap();
            assert_eq!(channel.as_deref(), Some("import"));
            let kinds: Vec<&str> = notes.iter().map(|note| note.kind.as_str()).collect();
            assert_eq!(kinds, ["open", "action_scheduled", "in_progress"]);
            let whole = app.visitor().get(&format!("/open311/v2/{path}")).await.body();
            for secret in ["王", "芳", "138", "今天下午来修"] {
                assert!(!whole.contains(secret), "{secret} in {whole}");
            }
        }
    }

    async fn a_system_is_told_what_its_own_requester_was_told(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);
        acts(&setting, &number, &[("take-up", &[]), ("note", &[("words", "今天下午来修"), ("told", "yes")])]).await;

        let path = format!("requests/{number}.json?extensions=true&api_key=secret-1");
        let found: Vec<ServiceRequest> = get(&app, &path).await;

        assert_eq!(found[0].status_notes.as_deref(), Some("今天下午来修"));
        let notes = found[0].extensions.clone().unwrap().notes;
        assert_eq!(notes.last().unwrap().description.as_deref(), Some("今天下午来修"));
    }

    async fn what_is_not_published_is_there_only_for_the_system_that_sent_it(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let other = app.account("other", None).await;
        crate::town::give_key(&app, other, "secret-2").await;
        // Somebody's number is in it.
        let number = number_of(&send(&app, "secret-1", &[("description", "灯坏了，打13812345678")]).await);
        let asked = format!("service_request_id={number}");

        assert!(numbers(&app, "").await.is_empty());
        assert!(numbers(&app, &format!("{asked}&api_key=secret-2")).await.is_empty());
        assert_eq!(numbers(&app, &format!("{asked}&api_key=secret-1")).await, [number.as_str()]);
        assert_eq!(numbers(&app, "api_key=secret-1").await, [number.as_str()]);
        let one = app.visitor().get(&format!("/open311/v2/requests/{number}.json")).await;
        assert_eq!(one.status(), 404);
    }

    async fn a_matter_of_a_resident_is_told_when_it_is_published(app: TestApp) {
        let setting = without_rules(&app).await;
        let category = setting.basics.category("stair-lamp").to_string();
        let fields = [("title", "楼道灯不亮"), ("place", "1栋2单元"), ("category", category.as_str()), ("contact_name", "王芳")];
        let resident = app.resident("王芳").await;
        resident.post_files("/report", &fields, &[]).await;
        let with_consent: Vec<_> = fields.iter().copied().chain([("publish", "yes")]).collect();
        resident.post_files("/report", &with_consent, &[]).await;

        assert_eq!(numbers(&app, "").await, ["QS-2026-000002"]);
    }

    async fn each_filter_leaves_out_what_it_should(app: TestApp) {
        let setting = without_rules(&app).await;
        system(&app, "secret-1").await;
        let lamp = number_of(&send(&app, "secret-1", &[]).await);
        app.wait(60);
        let at = [("service_code", "potholes"), ("lat", "30.6001"), ("long", "104.0501")];
        let codes: Vec<Service> = get(&app, "services.json").await;
        let another = codes.iter().map(|one| one.service_code.as_str()).find(|code| *code != "stair-lamp").unwrap();
        let far = [("service_code", another), at[1], at[2]];
        let hole = number_of(&send(&app, "secret-1", &far).await);
        let key = "api_key=secret-1";

        assert_eq!(numbers(&app, key).await, [hole.as_str(), lamp.as_str()]);
        assert_eq!(numbers(&app, &format!("{key}&service_code=stair-lamp,nothing")).await, [lamp.as_str()]);
        assert!(numbers(&app, &format!("{key}&service_code=nothing")).await.is_empty());
        assert_eq!(numbers(&app, &format!("{key}&lat=30.6&long=104.05&radius=100")).await, [hole.as_str()]);
        assert!(numbers(&app, &format!("{key}&lat=30.6&long=104.05&radius=5")).await.is_empty());
        assert_eq!(numbers(&app, &format!("{key}&page=2&page_size=1")).await, [lamp.as_str()]);
        assert_eq!(numbers(&app, &format!("{key}&start_date=2026-11-21T02:00:00Z")).await, [hole.as_str()]);
        assert_eq!(numbers(&app, &format!("{key}&end_date=2026-11-21T02:00:00Z")).await, [lamp.as_str()]);
        assert_eq!(numbers(&app, &format!("{key}&service_request_id={lamp},{hole}&status=closed")).await.len(), 2);

        app.wait(60);
        acts(&setting, &lamp, &[("exit", &[("exit", "answered_now"), ("words", "已经修好")])]).await;
        assert_eq!(numbers(&app, &format!("{key}&status=closed")).await, [lamp.as_str()]);
        assert_eq!(numbers(&app, &format!("{key}&status=open")).await, [hole.as_str()]);
        assert_eq!(numbers(&app, &format!("{key}&updated_after=2026-11-21T02:30:00Z")).await, [lamp.as_str()]);
        app.wait(100 * 24 * 60);
        assert!(numbers(&app, key).await.is_empty());
        let long_ago = format!("/open311/v2/requests.json?{key}&updated_after=2026-11-21T02:30:00Z");
        assert_eq!(app.visitor().get(&long_ago).await.status(), 400);
        let closed: Vec<ServiceRequest> = get(&app, &format!("requests/{lamp}.xml?{key}")).await;
        assert_eq!(closed[0].status, Status::Closed);
        assert_eq!(closed[0].updated_datetime, Some(moment("2026-11-21T03:13:00Z").unwrap()));
    }

    async fn a_token_leads_to_the_number(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);

        let answer: Vec<TokenAnswer> = get(&app, &format!("tokens/{number}.xml?api_key=secret-1")).await;

        assert_eq!(answer[0].service_request_id.as_deref(), Some(number.as_str()));
        assert_eq!(app.visitor().get("/open311/v2/tokens/none.json").await.status(), 404);
    }

    async fn the_flat_file_has_a_line_for_each_request(app: TestApp) {
        with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);

        let answer = app.visitor().get("/open311/v2/requests.csv").await;

        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
        let lines = bulk::read(&answer.body()).unwrap();
        assert_eq!(lines[0].service_request_id, number);
        assert_eq!(lines[0].agency_responsible.as_deref(), Some("锦江苑物业"));
        assert!(lines[0].service_name.is_some() && lines[0].service_subtype.is_some());
    }

    async fn a_list_of_many_takes_few_statements(app: TestApp) {
        with_rules(&app).await;
        system(&app, "secret-1").await;
        for _ in 0..5 {
            send(&app, "secret-1", &[]).await;
        }

        let list = app.visitor().get("/open311/v2/requests.json?api_key=secret-1&extensions=true").await;
        let updates = app.visitor().get("/open311/v2/servicerequestupdates.json?api_key=secret-1").await;

        assert!(list.statements() <= 6, "{}", list.statements());
        assert!(updates.statements() <= 6, "{}", updates.statements());
    }
}
