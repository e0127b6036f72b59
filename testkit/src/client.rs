//! Somebody who knocks at the doors, as a browser would: keeps cookies, sends the form's secret
//! word, follows nothing by itself.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, header};
use kernel::Actor;
use scraper::{Html, Selector};
use tower::ServiceExt;

use crate::Listening;

/// A file to be sent: the field, what it is called, its contents.
pub type File<'a> = (&'a str, &'a str, &'a [u8]);

/// Somebody at the door.
pub struct Client {
    router: Router,
    actor: Actor,
    cookies: Mutex<BTreeMap<String, String>>,
    language: &'static str,
    csrf: Mutex<Option<String>>,
}

impl Client {
    pub(crate) fn new(router: Router, actor: Actor, session: Option<&[u8]>) -> Self {
        let mut cookies = BTreeMap::new();
        if let Some(token) = session {
            let hex = platform::web::hex(token);
            cookies.insert("linli_session".to_owned(), hex);
        }
        Self {
            router,
            actor,
            cookies: Mutex::new(cookies),
            language: "zh-CN",
            csrf: Mutex::new(None),
        }
    }

    /// Reads English from now on.
    #[must_use]
    pub fn in_english(mut self) -> Self {
        self.language = "en";
        self
    }

    /// Who they are to the policy.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// A cookie they hold.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies
            .lock()
            .expect("not poisoned")
            .get(name)
            .cloned()
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty());
        self.send(request.expect("a well-formed request")).await
    }

    /// Sends a form of ours, with its secret word.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf().await;
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post_forged(path, &all).await
    }

    /// Sends a form as it is, without the secret word.
    pub async fn post_forged(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_html_form::to_string(fields).expect("words can be encoded");
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.send(request.expect("a well-formed request")).await
    }

    /// Sends a form with files, with its secret word.
    pub async fn post_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[File<'_>],
    ) -> Answer {
        const BOUNDARY: &str = "----linli-test";
        let csrf = self.csrf().await;
        let mut body = Vec::new();
        for (name, value) in std::iter::once(&("csrf", csrf.as_str())).chain(fields) {
            body.extend_from_slice(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .as_bytes(),
            );
        }
        for (name, file_name, contents) in files {
            body.extend_from_slice(
                format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; \
                     filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                )
                .as_bytes(),
            );
            body.extend_from_slice(contents);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = self
            .request(Method::POST, path)
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(Body::from(body));
        self.send(request.expect("a well-formed request")).await
    }

    /// Sends JSON to the API, with a bearer token and further headers.
    pub async fn api(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &serde_json::Value,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_string()));
        self.send(request.expect("a well-formed request")).await
    }

    /// Sends any request, with the cookies they hold.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap_or_default();
            if let Some((name, rest)) = line.split_once('=') {
                let value = rest.split(';').next().unwrap_or_default().to_owned();
                let mut cookies = self.cookies.lock().expect("not poisoned");
                if line.contains("Max-Age=0") {
                    cookies.remove(name);
                } else {
                    cookies.insert(name.to_owned(), value);
                }
                if matches!(name, "linli_session" | "linli_visitor") {
                    *self.csrf.lock().expect("not poisoned") = None;
                }
            }
        }
        // A stream of events has no end to wait for.
        let is_stream = parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let body = if is_stream { Body::empty() } else { body };
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("the body arrives");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_vec(),
        }
    }

    /// The same person at the door of another instance.
    #[must_use]
    pub fn through(&self, router: Router) -> Self {
        Self {
            router,
            actor: self.actor.clone(),
            cookies: Mutex::new(self.cookies.lock().expect("not poisoned").clone()),
            language: self.language,
            csrf: Mutex::new(None),
        }
    }

    /// Listens to a stream of events; the browser gives back the last id it was told.
    pub async fn listen(&self, path: &str, last: Option<&str>) -> Listening {
        let mut request = self
            .request(Method::GET, path)
            .header(header::ACCEPT, "text/event-stream")
            .header(header::ACCEPT_ENCODING, "gzip, br");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let request = request.body(Body::empty());
        let answer = self
            .router
            .clone()
            .oneshot(request.expect("a well-formed request"));
        Listening::to(answer.await.expect("the router answers"))
    }

    /// A request with the cookies they hold, as their browser would send it.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .expect("not poisoned")
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header("sec-fetch-site", "same-origin");
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request
    }

    /// The secret word, read from a page as a browser would.
    pub async fn csrf(&self) -> String {
        if let Some(known) = self.csrf.lock().expect("not poisoned").clone() {
            return known;
        }
        let page = self.get("/a-page-that-is-not-there").await;
        let word = page
            .value_of("input[name=csrf]")
            .expect("every page has a form with the word");
        *self.csrf.lock().expect("not poisoned") = Some(word.clone());
        word
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All values of a header.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect()
    }

    /// Where one is sent on to.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// How many statements the answer took.
    pub fn statements(&self) -> u32 {
        self.header("x-linli-statements")
            .and_then(|count| count.parse().ok())
            .unwrap_or(u32::MAX)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The body as it is.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in {}", self.body()))
    }

    /// The body as a document.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.body())
    }

    /// The words that a reader sees, with single spaces.
    pub fn text(&self) -> String {
        let document = self.html();
        let body = Selector::parse("body").expect("a selector");
        let words: Vec<&str> = document
            .select(&body)
            .flat_map(|element| element.text())
            .flat_map(str::split_whitespace)
            .collect();
        words.join(" ")
    }

    /// Whether a reader sees these words.
    pub fn has_text(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// How many elements there are of a kind.
    pub fn count(&self, selector: &str) -> usize {
        self.html()
            .select(&Selector::parse(selector).expect("a selector"))
            .count()
    }

    /// The `value` of the first field of a kind.
    pub fn value_of(&self, selector: &str) -> Option<String> {
        self.attribute(selector, "value")
    }

    /// An attribute of the first element of a kind.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.html()
            .select(&Selector::parse(selector).expect("a selector"))
            .next()
            .and_then(|element| element.attr(name))
            .map(str::to_owned)
    }
}
