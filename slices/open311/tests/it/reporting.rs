//! Matters come in from another system, in both formats, with pictures and without.

use std::io::Cursor;

use georeport::{Format, Receipt, ServiceRequest, read};

use crate::town::{get, number_of, send, system, with_rules, without_rules};

pub fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::DynamicImage::new_rgb8(40, 30)
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .unwrap();
    bytes
}

testkit::on_both! {
    async fn a_matter_that_comes_in_lies_on_the_workbench_with_its_requester(app: TestApp) {
        let setting = with_rules(&app).await;
        system(&app, "secret-1").await;

        let more = [("last_name", "王"), ("first_name", "芳"), ("phone", "138 1234 5678"), ("email", "")];
        let sent = send(&app, "secret-1", &more).await;
        let number = number_of(&sent);
        let receipts: Vec<Receipt> = read(&sent.body(), Format::Json).unwrap();
        let detail = setting.desk.get(&format!("/requests/{number}")).await;

        assert!(receipts[0].service_notice.is_some());
        for words in ["楼道灯不亮，三天了", "王芳", "锦江苑物业", "系统导入"] {
            assert!(detail.has_text(words), "{words} in {}", detail.text());
        }
    }

    async fn the_answer_is_xml_when_the_path_says_so_and_the_key_may_stand_in_the_path(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let fields = [("service_code", "stair-lamp"), ("lat", "30.6"), ("long", "104.05")];

        let sent = app.visitor().post_forged("/open311/v2/requests.xml?api_key=secret-1", &fields).await;

        assert_eq!(sent.status(), 200, "{}", sent.body());
        assert_eq!(sent.header("content-type"), Some("text/xml; charset=utf-8"));
        let receipts: Vec<Receipt> = read(&sent.body(), Format::Xml).unwrap();
        assert_eq!(receipts.len(), 1);
    }

    async fn a_picture_comes_along_and_has_an_address(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let fields = [
            ("service_code", "stair-lamp"), ("address_string", "1栋"), ("description", "灯坏了"),
            ("api_key", "secret-1"), ("jurisdiction_id", "jinjiangyuan"),
        ];

        let sent = app.visitor().post_files("/open311/v2/requests.json", &fields, &[("media", "a.png", &png())]).await;
        let number = number_of(&sent);
        let found: Vec<ServiceRequest> = get(&app, &format!("requests/{number}.json?extensions=1")).await;
        let address = found[0].media_url.clone().unwrap();
        let path = address.strip_prefix("http://localhost").unwrap();
        let picture = app.visitor().get(path).await;

        assert_eq!(picture.status(), 200);
        assert_eq!(picture.header("content-type"), Some("image/jpeg"));
        assert_eq!(found[0].extensions.clone().unwrap().photos, [address]);
    }

    async fn a_building_is_named_by_the_id_that_our_answers_give_it(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[]).await);
        let found: Vec<ServiceRequest> = get(&app, &format!("requests/{number}.json")).await;
        let id = found[0].address_id.clone().unwrap();

        let by_id = number_of(&send(&app, "secret-1", &[("address_string", ""), ("address_id", &id)]).await);
        let unknown = send(&app, "secret-1", &[("address_id", "1")]).await;

        let again: Vec<ServiceRequest> = get(&app, &format!("requests/{by_id}.xml")).await;
        assert_eq!(again[0].address_id.as_deref(), Some(id.as_str()));
        assert_eq!(again[0].at, found[0].at);
        assert_eq!(unknown.status(), 404);
    }

    async fn what_is_no_picture_is_refused_with_a_sentence(app: TestApp) {
        without_rules(&app).await;
        system(&app, "secret-1").await;
        let fields = [("service_code", "stair-lamp"), ("address_string", "1栋"), ("api_key", "secret-1")];

        let sent = app.visitor().post_files("/open311/v2/requests.json", &fields, &[("media", "a.txt", b"no")]).await;

        assert_eq!(sent.status(), 400);
        assert!(sent.body().contains("a.txt"), "{}", sent.body());
    }

    async fn what_the_other_system_did_not_ask_for_is_not_published(app: TestApp) {
        let setting = without_rules(&app).await;
        let made = setting.desk.post("/open311/keys", &[("name", "物业系统")]).await;
        let key = made.value_of("input#key").unwrap();
        let number = number_of(&send(&app, &key, &[]).await);

        let seen = app.visitor().get(&format!("/open311/v2/requests/{number}.json")).await;

        assert_eq!(seen.status(), 404);
    }
}
