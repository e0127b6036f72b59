//! Servers of other people: entering and retiring them, and what stands still on the way there.

use std::net::IpAddr;

use askama::Template;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, CategoryId, Facts, Instant};
use platform::door::{self, Colleague};
use platform::web::FieldErrors;
use platform::{Config, Message, Page, Posted, Refusal, Visit};
use requests::Catalogue;
use serde::Deserialize;

use super::keys::account;
use crate::client::{self, Sending};
use crate::policy::MANAGE;
use crate::store::{self, NewPeer, Peer, Stuck};

/// Characters of a name, of an address or key, and of a service code.
const NAME_MAX: usize = 60;
const ADDRESS_MAX: usize = 300;
const CODE_MAX: usize = 100;
/// Categories of one server.
const SERVICES_MAX: usize = 500;

/// The form as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPeer {
    name: String,
    address: String,
    jurisdiction: String,
    key: String,
    account: String,
    handler: String,
    is_imported: String,
    services: String,
}

struct PeerView {
    id: String,
    name: String,
    address: String,
    handler: String,
    is_imported: bool,
    services: usize,
    read_until: Instant,
    trouble: String,
}

struct StuckView {
    peer_id: String,
    request_id: String,
    number: String,
    peer: String,
    /// Why: a message id.
    why: &'static str,
    trouble: String,
    may_be_sent_again: bool,
}

/// Our own reasons are messages; what the other side said is shown as it was said.
fn stuck_view(stuck: Stuck, page: &Page) -> StuckView {
    let own = page.known(&stuck.trouble);
    let is_there = matches!(stuck.state.as_str(), "sent" | "token");
    StuckView {
        peer_id: stuck.peer_id.to_string(),
        request_id: stuck.request_id.to_string(),
        number: stuck.number,
        peer: stuck.peer,
        why: match stuck.state.as_str() {
            "unclear" => "open311-stuck-unclear",
            "waiting" => "open311-stuck-waiting",
            "sent" | "token" => "open311-stuck-there-already",
            _ => "open311-stuck-refused",
        },
        trouble: if is_there {
            String::new()
        } else {
            own.map_or(stuck.trouble, |id| page.t(id))
        },
        may_be_sent_again: !is_there,
    }
}

#[derive(Template)]
#[template(path = "open311/peers.html")]
struct PeersPage {
    page: Page,
    errors: FieldErrors,
    raw: RawPeer,
    peers: Vec<PeerView>,
    stuck: Vec<StuckView>,
    /// Parties: the id, the name, whether it was chosen.
    handlers: Vec<(String, String, bool)>,
    /// The codes of the categories, for the hint.
    codes: String,
    colleagues: Vec<Colleague>,
    may_choose: bool,
}

fn peer_view(peer: Peer, catalogue: &Catalogue, page: &Page) -> PeerView {
    let trouble = trouble(&peer.trouble, page);
    let handler = peer.handler.and_then(|id| catalogue.handler(id));
    PeerView {
        id: peer.id.to_string(),
        name: peer.name,
        address: peer.address,
        handler: handler
            .map(|handler| handler.name.clone())
            .unwrap_or_default(),
        is_imported: peer.is_imported,
        services: peer.services.len(),
        read_until: peer.read_until,
        trouble,
    }
}

/// What is said of the last reading: that some entries were passed over, or that nothing was read.
fn trouble(kept: &str, page: &Page) -> String {
    if kept.is_empty() {
        return String::new();
    }
    if let Some(words) = kept.strip_prefix(client::SKIPPED) {
        return page.t1(client::SKIPPED, "words", words.trim());
    }
    let words = page.known(kept).map_or(kept.to_owned(), |id| page.t(id));
    page.t1("open311-peer-trouble", "words", words)
}

async fn view(visit: &Visit, raw: RawPeer) -> Result<PeersPage, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let catalogue = requests::catalogue(visit.house(), community).await?;
    let may_choose = visit.may(door::ADMINISTER);
    let colleagues = if may_choose {
        door::colleagues(&reader, community).await?
    } else {
        Vec::new()
    };
    let choosable = catalogue.choosable().map(|category| category.code.as_str());
    let peers = store::peers(&reader, community).await?;
    let stuck = store::stuck(&reader, community, visit.now()).await?;
    let page = visit.page(Message::of("open311-peers-title"));
    Ok(PeersPage {
        errors: FieldErrors::default(),
        peers: peers
            .into_iter()
            .map(|peer| peer_view(peer, &catalogue, &page))
            .collect(),
        stuck: stuck
            .into_iter()
            .map(|one| stuck_view(one, &page))
            .collect(),
        handlers: catalogue
            .working_handlers()
            .map(|one| {
                (
                    one.id.to_string(),
                    one.name.clone(),
                    one.id.to_string() == raw.handler,
                )
            })
            .collect(),
        codes: choosable.collect::<Vec<_>>().join(" · "),
        colleagues,
        may_choose,
        raw,
        page,
    })
}

pub async fn show(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&view(&visit, RawPeer::default()).await?)
}

pub async fn keep(visit: Visit, Posted(raw): Posted<RawPeer>) -> Result<Response, Refusal> {
    let allowed = visit.check(MANAGE, Facts::of(visit.community().id))?;
    let catalogue = requests::catalogue(visit.house(), visit.community().id).await?;
    let account = account(&visit, &raw.account).await?;
    let here = Here::of(visit.house().config());
    let new = match parse(&raw, &catalogue, account, here) {
        Ok(new) => new,
        Err(errors) => {
            // What is secret is typed again, not sent back.
            let raw = RawPeer {
                key: String::new(),
                ..raw
            };
            let again = PeersPage {
                errors,
                ..view(&visit, raw).await?
            };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&again)?).into_response());
        }
    };
    let mut tx = visit.begin().await?;
    let peer = store::keep_peer(&mut tx, allowed, &new).await?;
    client::schedule(&mut tx, peer);
    tx.commit().await?;
    Ok(visit.go_on("/open311/peers", "open311-peer-kept"))
}

fn parse(
    raw: &RawPeer,
    catalogue: &Catalogue,
    account: Option<AccountId>,
    here: Here,
) -> Result<NewPeer, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = raw.name.trim();
    let is_name = !name.is_empty() && name.chars().count() <= NAME_MAX && !name.contains('/');
    if !is_name {
        errors.add(
            "name",
            Message::of("open311-key-name-wrong").with("n", NAME_MAX),
        );
    }
    let address = raw.address.trim().trim_end_matches('/');
    if !is_address(address) {
        errors.add("address", Message::of("open311-peer-address-wrong"));
    } else if here == Here::Refused && is_here(address) {
        errors.add("address", Message::of("open311-peer-address-here"));
    }
    let jurisdiction = raw.jurisdiction.trim();
    let key = raw.key.trim();
    if jurisdiction.chars().count() > ADDRESS_MAX {
        errors.add(
            "jurisdiction",
            Message::of("open311-too-long").with("n", ADDRESS_MAX),
        );
    }
    if key.chars().count() > ADDRESS_MAX {
        errors.add(
            "key",
            Message::of("open311-too-long").with("n", ADDRESS_MAX),
        );
    }
    let services = services(&raw.services, catalogue).unwrap_or_else(|line| {
        errors.add(
            "services",
            Message::of("open311-peer-services-wrong").with("line", &line),
        );
        Vec::new()
    });
    let Some(account) = account else {
        errors.add("account", Message::of("open311-key-account-wrong"));
        return Err(errors);
    };
    errors.or(NewPeer {
        name: name.to_owned(),
        address: address.to_owned(),
        jurisdiction: jurisdiction.to_owned(),
        key: (!key.is_empty()).then(|| key.to_owned()),
        account,
        handler: raw
            .handler
            .parse()
            .ok()
            .filter(|id| catalogue.handler(*id).is_some()),
        is_imported: raw.is_imported == "yes",
        services,
    })
}

/// Whether a platform may lie on this very machine: then what is asked of it comes from inside, where
/// doors may stand open that are closed to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Here {
    Allowed,
    Refused,
}

impl Here {
    const fn of(config: &Config) -> Self {
        if config.is_under_test {
            Self::Allowed
        } else {
            Self::Refused
        }
    }
}

/// Whether an address leads to this machine or to whatever hangs on the same wire: loopback,
/// unspecified and link-local addresses, and the names of this machine (RFC 6761, 6.3).
fn is_here(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else {
        return false;
    };
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let host = host.trim_matches(['[', ']']).trim_end_matches('.');
    match host.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_link_local() || ip.octets()[0] == 0,
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unspecified() || ip.is_unicast_link_local(),
        Err(_) => host == "localhost" || host.ends_with(".localhost") || is_a_number(host),
    }
}

/// The last part is a number: an address in one of the old forms, `127.1` or `0x7f000001`.
fn is_a_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_digit())
}

fn is_address(address: &str) -> bool {
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    let has_host = || {
        address
            .parse::<Uri>()
            .is_ok_and(|uri| uri.host().is_some() && uri.query().is_none())
    };
    is_web && address.len() <= ADDRESS_MAX && has_host()
}

/// Lines of a category's code and the service code there, `stair-lamp = 001`; a code alone is the
/// same there. Of a category that stands twice the last line counts.
///
/// # Errors
/// The first line that cannot be understood.
fn services(words: &str, catalogue: &Catalogue) -> Result<Vec<(CategoryId, String)>, String> {
    let mut services: Vec<(CategoryId, String)> = Vec::new();
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (own, theirs) = line.split_once('=').unwrap_or((line, line));
        let (own, theirs) = (own.trim(), theirs.trim());
        let category = catalogue.choosable().find(|category| category.code == own);
        let is_code =
            !theirs.is_empty() && theirs.chars().count() <= CODE_MAX && !theirs.contains(',');
        let category = category.filter(|_| is_code && services.len() < SERVICES_MAX);
        let id = category
            .ok_or_else(|| line.chars().take(CODE_MAX).collect::<String>())?
            .id;
        services.retain(|(one, _)| *one != id);
        services.push((id, theirs.to_owned()));
    }
    Ok(services)
}

/// Which server, and which matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawChosen {
    peer: String,
    request: String,
}

pub async fn retire(visit: Visit, Posted(raw): Posted<RawChosen>) -> Result<Response, Refusal> {
    let allowed = visit.check(MANAGE, Facts::of(visit.community().id))?;
    let peer = raw.peer.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    if !store::retire_peer(&mut tx, allowed, peer).await? {
        return Err(Refusal::NotFound);
    }
    tx.commit().await?;
    Ok(visit.go_on("/open311/peers", "open311-peer-retired"))
}

pub async fn again(visit: Visit, Posted(raw): Posted<RawChosen>) -> Result<Response, Refusal> {
    let allowed = visit.check(MANAGE, Facts::of(visit.community().id))?;
    let sending = Sending {
        peer: raw.peer.parse().map_err(|_| Refusal::NotFound)?,
        request: raw.request.parse().map_err(|_| Refusal::NotFound)?,
    };
    let mut tx = visit.begin().await?;
    if !client::again(&mut tx, allowed, sending).await? {
        return Err(Refusal::NotFound);
    }
    tx.commit().await?;
    Ok(visit.go_on("/open311/peers", "open311-sent-again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_under_all_its_names() {
        for host in [
            "127.0.0.1",
            "127.8.8.8:8080",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0.0.0.0",
            "169.254.169.254",
            "[::1]",
            "[::]:80",
            "[fe80::1]",
            "[::ffff:127.0.0.1]",
            "localhost",
            "LocalHost.",
            "a.localhost:81",
        ] {
            assert!(is_here(&format!("http://{host}/open311/v2")), "{host}");
        }
        for host in [
            "10.0.0.7",
            "192.168.1.9:8080",
            "open311.example.cn",
            "[2001:db8::1]",
        ] {
            assert!(!is_here(&format!("https://{host}/open311/v2")), "{host}");
        }
    }
}
