//! One question over HTTP, and its answer. No redirect is followed: a key goes nowhere but to the
//! server that it was made for.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use super::multipart::{self, Picture};

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
    /// The certificate is none that this machine trusts: nothing was asked.
    #[error("the certificate is not trusted: {0}")]
    Untrusted(String),
    /// No connection: nothing was asked.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// It was asked, and no whole answer came: it may have been heard.
    #[error("no answer: {0}")]
    Unclear(String),
}

/// Asks with GET.
pub async fn get(address: &str) -> Result<Reply, Silence> {
    ask(Method::GET, address, Sent::default()).await
}

/// Sends a form with POST.
pub async fn post(address: &str, form: &[(String, String)]) -> Result<Reply, Silence> {
    let form = serde_html_form::to_string(form).map_err(|_| Silence::Address)?;
    let sent = Sent {
        kind: Some("application/x-www-form-urlencoded; charset=utf-8".to_owned()),
        body: Bytes::from(form),
    };
    ask(Method::POST, address, sent).await
}

/// Sends a form with pictures with POST. The boundary is of letters and digits by chance.
pub async fn post_pictures(
    address: &str,
    form: &[(String, String)],
    pictures: &[Picture],
    boundary: &str,
) -> Result<Reply, Silence> {
    let sent = Sent {
        kind: Some(format!("multipart/form-data; boundary={boundary}")),
        body: Bytes::from(multipart::body(form, pictures, boundary)),
    };
    ask(Method::POST, address, sent).await
}

/// A body and what it is; neither with GET.
#[derive(Debug, Default)]
struct Sent {
    kind: Option<String>,
    body: Bytes,
}

async fn ask(method: Method, address: &str, sent: Sent) -> Result<Reply, Silence> {
    let uri: Uri = address.parse().map_err(|_| Silence::Address)?;
    let host = uri.host().ok_or(Silence::Address)?.to_owned();
    let is_https = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
    let request = request(method, &uri, sent)?;
    let connecting = TcpStream::connect((host.trim_matches(['[', ']']), port));
    let stream = timeout(CONNECT, connecting)
        .await
        .map_err(|_| Silence::Unreachable("it takes too long".to_owned()))?
        .map_err(|error| Silence::Unreachable(error.to_string()))?;
    if is_https {
        let trusted = trusted_here().await?;
        let stream = timeout(CONNECT, secured(stream, &host, trusted))
            .await
            .map_err(|_| Silence::Unreachable("it takes too long".to_owned()))??;
        exchange(stream, request).await
    } else {
        exchange(stream, request).await
    }
}

fn request(method: Method, uri: &Uri, sent: Sent) -> Result<Request<Full<Bytes>>, Silence> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().ok_or(Silence::Address)?;
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, authority.as_str())
        .header(header::CONNECTION, "close")
        .header(header::USER_AGENT, "Linli (Open311 GeoReport v2)");
    if let Some(kind) = sent.kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    request
        .body(Full::new(sent.body))
        .map_err(|_| Silence::Address)
}

/// The certificates that this machine trusts, as for mail; `SSL_CERT_FILE` names others.
async fn trusted_here() -> Result<RootCertStore, Silence> {
    tokio::task::spawn_blocking(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    })
    .await
    .map_err(|error| Silence::Unreachable(error.to_string()))
}

async fn secured(
    stream: TcpStream,
    host: &str,
    trusted: RootCertStore,
) -> Result<impl AsyncRead + AsyncWrite + Send + Unpin + use<>, Silence> {
    let config = ClientConfig::builder()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let host = host.trim_matches(['[', ']']).to_owned();
    let name = ServerName::try_from(host).map_err(|_| Silence::Address)?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .map_err(|error| not_secured(&error))
}

fn not_secured(error: &std::io::Error) -> Silence {
    let by_tls = error.get_ref().and_then(|inner| inner.downcast_ref());
    match by_tls {
        Some(rustls::Error::InvalidCertificate(why)) => Silence::Untrusted(format!("{why:?}")),
        Some(_) | None => Silence::Unreachable(error.to_string()),
    }
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

    use super::*;

    /// Signed by itself, for `localhost`; made for these tests, and trusted by nobody else.
    const CERTIFICATE: &[u8] = include_bytes!("../../tests/loopback/certificate.der");
    const KEY: &[u8] = include_bytes!("../../tests/loopback/key.der");

    /// A server with that certificate, which tells everybody `[]`. Returns its port.
    async fn server() -> u16 {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut heard = [0; 4_096];
                let _ = stream.read(&mut heard).await;
                let told = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]";
                let _ = stream.write_all(told).await;
                let _ = stream.shutdown().await;
            }
        });
        port
    }

    fn trusting() -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(CERTIFICATE)).unwrap();
        roots
    }

    async fn secured_to(port: u16, host: &str) -> Result<Reply, Silence> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let uri: Uri = format!("https://{host}:{port}/requests.json")
            .parse()
            .unwrap();
        let request = request(Method::GET, &uri, Sent::default())?;
        exchange(secured(stream, host, trusting()).await?, request).await
    }

    #[tokio::test]
    async fn a_certificate_that_this_machine_does_not_trust_is_refused() {
        let port = server().await;

        let asked = get(&format!("https://localhost:{port}/requests.json")).await;

        assert!(matches!(asked, Err(Silence::Untrusted(_))), "{asked:?}");
    }

    #[tokio::test]
    async fn a_certificate_that_is_trusted_lets_us_ask() {
        let port = server().await;

        let reply = secured_to(port, "localhost").await.unwrap();

        assert_eq!((reply.status, reply.body.as_str()), (200, "[]"));
    }

    #[tokio::test]
    async fn a_certificate_of_another_name_is_refused_although_it_is_trusted() {
        let port = server().await;

        let asked = secured_to(port, "example.invalid").await;

        assert!(matches!(asked, Err(Silence::Untrusted(_))), "{asked:?}");
    }

    #[tokio::test]
    async fn a_server_that_speaks_no_tls_cannot_be_reached_by_it() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            }
        });

        let asked = get(&format!("https://localhost:{port}/")).await;

        assert!(matches!(asked, Err(Silence::Unreachable(_))), "{asked:?}");
    }
}
