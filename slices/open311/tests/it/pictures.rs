//! Pictures go out with a matter that everybody may read, and with no other; and what the certificate
//! of another server has to do with it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use testkit::{Client, TestApp};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::peers::{connect, stub};
use crate::reporting::png;
use crate::town::{Setting, acts, system, with_rules, without_rules};

/// A resident reports a lamp with two pictures, the desk gives it to the property company.
async fn dispatched(setting: &Setting, who: &Client, publish: &str) {
    let category = setting.basics.category("stair-lamp").to_string();
    let fields = [
        ("title", "楼道灯不亮"),
        ("place", "1栋2单元"),
        ("category", category.as_str()),
        ("publish", publish),
    ];
    let picture = png();
    let pictures = [
        ("photos", "a.png", picture.as_slice()),
        ("photos", "b.png", picture.as_slice()),
    ];
    let sent = who.post_files("/report", &fields, &pictures).await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    let number = sent.location().rsplit('/').next().unwrap().to_owned();
    let handler = setting.basics.handlers[1].to_string();
    let given = [("handler", handler.as_str())];
    acts(setting, &number, &[("dispatch", &given)]).await;
}

/// What a server heard: of what kind, and the body as far as it is text.
type Heard = Arc<Mutex<Vec<(String, String)>>>;

/// A server that takes forms, and with `takes_files` pictures too.
async fn listening(takes_files: bool) -> (String, Heard) {
    let heard = Heard::default();
    let notes = Arc::clone(&heard);
    let answer = async move |headers: HeaderMap, body: Bytes| {
        let kind = headers["content-type"].to_str().unwrap().to_owned();
        let is_refused = !takes_files && kind.starts_with("multipart/");
        let body = String::from_utf8_lossy(&body).into_owned();
        notes.lock().unwrap().push((kind, body));
        if is_refused {
            let words = r#"[{"code":400,"description":"service_code was not provided"}]"#;
            return (StatusCode::BAD_REQUEST, words);
        }
        (StatusCode::OK, r#"[{"service_request_id":"1"}]"#)
    };
    let address = stub(Router::new().route("/requests.json", post(answer))).await;
    (address, heard)
}

/// A server whose certificate it has signed itself, at its address.
async fn untrusted_server() -> String {
    let certificate =
        CertificateDer::from(include_bytes!("../loopback/certificate.der").as_slice());
    let key = PrivatePkcs8KeyDer::from(include_bytes!("../loopback/key.der").as_slice());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::Pkcs8(key))
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            assert!(acceptor.accept(stream).await.is_err(), "it was trusted");
        }
    });
    format!("https://localhost:{port}")
}

testkit::on_both! {
    async fn the_pictures_of_a_published_matter_arrive_at_another_linli(app: TestApp) {
        let there = TestApp::on_sqlite(crate::slices()).await;
        let their_setting = with_rules(&there).await;
        system(&there, "here-key").await;
        let address = format!("{}/open311/v2", there.serve().await);
        let setting = without_rules(&app).await;
        connect(&setting, &address, &[("key", "here-key")]).await;
        app.work().await;
        app.wait(1);
        let resident = app.resident("wang").await;

        dispatched(&setting, &resident, "yes").await;
        app.work().await;

        let detail = their_setting.desk.get("/requests/QS-2026-000001").await;
        assert!(detail.has_text("楼道灯不亮"), "{}", detail.text());
        let address = detail.attribute("img[src*='/photos/']", "src").expect("a picture");
        let picture = their_setting.desk.get(&address).await;
        assert_eq!((picture.status(), picture.header("content-type")), (200, Some("image/jpeg")));
        let list = there.visitor().get("/open311/v2/requests.json?api_key=here-key&extensions=true").await;
        assert_eq!(list.json()[0]["extended_attributes"]["photos"].as_array().map(Vec::len), Some(2), "{}", list.body());
        assert!(setting.desk.get("/open311/peers").await.text().find("没有送到").is_none());
    }

    async fn of_a_matter_that_is_not_published_no_picture_goes_out(app: TestApp) {
        let (address, heard) = listening(true).await;
        let setting = without_rules(&app).await;
        connect(&setting, &address, &[]).await;
        app.work().await;
        app.wait(1);
        let resident = app.resident("wang").await;

        dispatched(&setting, &resident, "").await;
        app.work().await;

        let heard = heard.lock().unwrap();
        let [(kind, body)] = heard.as_slice() else { panic!("{heard:?}") };
        assert!(kind.starts_with("application/x-www-form-urlencoded"), "{kind}");
        assert!(!body.contains("media") && !body.contains("photos"), "{body}");
    }

    async fn a_server_that_takes_no_files_is_told_where_the_picture_is(app: TestApp) {
        let (address, heard) = listening(false).await;
        let setting = without_rules(&app).await;
        connect(&setting, &address, &[]).await;
        app.work().await;
        app.wait(1);
        let resident = app.resident("wang").await;

        dispatched(&setting, &resident, "yes").await;
        app.work().await;

        let heard = heard.lock().unwrap().clone();
        let [(first, files), (second, form)] = heard.as_slice() else { panic!("{heard:?}") };
        assert!(first.starts_with("multipart/form-data; boundary=linli-"), "{first}");
        assert_eq!(files.matches("name=\"media\"").count(), 2, "{files}");
        assert!(files.contains("Content-Type: image/jpeg"));
        assert!(second.starts_with("application/x-www-form-urlencoded"), "{second}");
        let pairs: Vec<(String, String)> = serde_html_form::from_str(form).unwrap();
        let url = &pairs.iter().find(|(name, _)| name == "media_url").expect("its address").1;
        let path = &url[url.find("/requests/").expect("a path of ours")..];
        assert_eq!(app.visitor().get(path).await.header("content-type"), Some("image/jpeg"));
        assert!(!setting.desk.get("/open311/peers").await.has_text("没有送到"));
    }

    async fn a_certificate_that_is_not_trusted_is_told_in_the_readers_language(app: TestApp) {
        let setting = without_rules(&app).await;
        let address = untrusted_server().await;
        connect(&setting, &address, &[("is_imported", "yes")]).await;
        app.work().await;
        app.wait(1);
        let resident = app.resident("wang").await;

        dispatched(&setting, &resident, "yes").await;
        app.work().await;

        let page = setting.desk.get("/open311/peers").await;
        assert_eq!(page.text().matches("不信任对方网站的证书").count(), 2, "{}", page.text());
        assert_eq!(page.count("form[action='/open311/peers/again']"), 1, "a person decides");
        assert!(setting.desk.in_english().get("/open311/peers").await.has_text("does not trust the other site's certificate"));
    }
}
