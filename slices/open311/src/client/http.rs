//! One question over HTTP, and its answer. No redirect is followed: a key goes nowhere but to the
//! server that it was made for.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderValue, Method, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long one waits for a connection, and for an answer: together less than the lease of a job.
const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);
/// The largest answer.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body; what is not UTF-8 is replaced.
    pub body: String,
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// The address is none.
    #[error("the address cannot be read")]
    Address,
    /// No connection: nothing was asked.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// It was asked, and no whole answer came: it may have been heard.
    #[error("no answer: {0}")]
    Unclear(String),
}

/// Asks with GET.
pub async fn get(address: &str) -> Result<Reply, Silence> {
    ask(Method::GET, address, None).await
}

/// Sends a form with POST.
pub async fn post(address: &str, form: &[(String, String)]) -> Result<Reply, Silence> {
    let form = serde_html_form::to_string(form).map_err(|_| Silence::Address)?;
    ask(Method::POST, address, Some(form)).await
}

async fn ask(method: Method, address: &str, form: Option<String>) -> Result<Reply, Silence> {
    let uri: Uri = address.parse().map_err(|_| Silence::Address)?;
    let host = uri.host().ok_or(Silence::Address)?.to_owned();
    let is_https = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
    let request = request(method, &uri, form)?;
    let connecting = TcpStream::connect((host.trim_matches(['[', ']']), port));
    let stream = timeout(CONNECT, connecting)
        .await
        .map_err(|_| Silence::Unreachable("it takes too long".to_owned()))?
        .map_err(|error| Silence::Unreachable(error.to_string()))?;
    if is_https {
        let stream = timeout(CONNECT, secured(stream, host))
            .await
            .map_err(|_| Silence::Unreachable("it takes too long".to_owned()))??;
        exchange(stream, request).await
    } else {
        exchange(stream, request).await
    }
}

fn request(
    method: Method,
    uri: &Uri,
    form: Option<String>,
) -> Result<Request<Full<Bytes>>, Silence> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().ok_or(Silence::Address)?;
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, authority.as_str())
        .header(header::CONNECTION, "close")
        .header(header::USER_AGENT, "Linli (Open311 GeoReport v2)");
    if form.is_some() {
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let body = Full::new(Bytes::from(form.unwrap_or_default()));
    request.body(body).map_err(|_| Silence::Address)
}

/// The certificates are those that this machine trusts, as for mail.
async fn secured(
    stream: TcpStream,
    host: String,
) -> Result<impl AsyncRead + AsyncWrite + Send + Unpin, Silence> {
    let unreachable = |error: String| Silence::Unreachable(error);
    let trusted = tokio::task::spawn_blocking(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
    .await
    .map_err(|error| unreachable(error.to_string()))?;
    let config = ClientConfig::builder()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let name = ServerName::try_from(host).map_err(|_| Silence::Address)?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .map_err(|error| unreachable(error.to_string()))
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Reply, Silence>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let unclear = |error: String| Silence::Unclear(error);
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| Silence::Unreachable(error.to_string()))?;
    let connection = tokio::spawn(connection);
    let talk = async {
        let response = sender
            .send_request(request)
            .await
            .map_err(|error| unclear(error.to_string()))?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), BYTES_MAX)
            .collect()
            .await
            .map_err(|error| unclear(error.to_string()))?;
        let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
        Ok(Reply { status, body })
    };
    let reply = timeout(ANSWER, talk)
        .await
        .unwrap_or_else(|_| Err(unclear("it takes too long".to_owned())));
    connection.abort();
    reply
}
