//! POST requests: a matter comes in from another system, with pictures or without.

use areas::Atlas;
use axum::extract::RawQuery;
use axum::response::Response;
use georeport::{Fault, NewRequest, Pairs, Receipt, Ticket};
use kernel::{AreaId, Facts};
use platform::photos::{self, Photo};
use platform::web::{Sent, Upload};
use platform::{Visit, working_time};
use requests::policy::REPORT;
use requests::{Category, Channel, Report};

use super::services::{category, definition_of};
use crate::answer::{Trouble, tell};
use crate::ask::{Call, pairs_of};
use crate::store::{self, Key};

/// Characters of a title, which the contract does not have.
pub const TITLE_MAX: usize = 40;
/// Characters of a telephone number as it is kept.
const PHONE_MAX: usize = 40;
/// Characters of a name as it is kept.
const NAME_MAX: usize = 100;

pub async fn report(visit: Visit, RawQuery(query): RawQuery, sent: Sent) -> Response {
    tell(&visit, received(&visit, query.as_deref(), sent).await)
}

/// The arguments of the path and of the body together: some clients put the key into the one, some
/// into the other.
pub fn all_pairs(query: Option<&str>, sent: Vec<(String, String)>) -> Result<Pairs, Fault> {
    let of_path = pairs_of(query)?.into_inner();
    Ok(sent.into_iter().chain(of_path).collect())
}

async fn received(visit: &Visit, query: Option<&str>, sent: Sent) -> Result<Vec<Receipt>, Trouble> {
    let pairs = all_pairs(query, sent.pairs)?;
    let call = Call::of(visit, &pairs).await?;
    let key = call.required_key()?;
    let new = NewRequest::parse(&pairs)?;
    let catalogue = requests::catalogue(visit.house(), call.community.id).await?;
    let category = category(&catalogue, &new.service_code)?;
    let faults = new.check(&definition_of(category));
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let photos = developed(visit, &sent.files).await?;
    let atlas = areas::atlas(visit.house(), call.community.id).await?;
    let address = new.address.clone().unwrap_or_default();
    let building = building(&atlas, new.address_id.as_deref())?;
    let point = new.at.map(|at| (at.long(), at.lat()));
    let place = requests::find_place(&atlas, &address, building, point);
    let report = Report {
        place,
        photos,
        ..report_of(&new, category, key)
    };
    let actor = key.alone();
    let policy = visit.house().policy();
    let allowed = policy
        .check(&actor, REPORT, Facts::of(call.community.id))
        .map_err(|_| Fault::no_key("this key may not report"))?;
    let calendar = working_time::calendar(visit.house(), &call.community);
    let mut tx = visit.house().begin(&actor).await?;
    let entered = requests::enter(&mut tx, allowed, &catalogue, &calendar, report, None).await?;
    store::keep_received(&mut tx, key, entered.id).await?;
    tx.commit().await?;
    let notice = category.what_next(visit.locale());
    Ok(vec![Receipt {
        ticket: Ticket::Id(entered.number),
        service_notice: (!notice.is_empty()).then(|| notice.to_owned()),
        account_id: None,
    }])
}

/// The building of an `address_id`, which is the id that our answers give it.
fn building(atlas: &Atlas, id: Option<&str>) -> Result<Option<AreaId>, Fault> {
    let Some(id) = id else { return Ok(None) };
    let building = id.parse().ok();
    let building = building.filter(|building| atlas.place_of_building(*building).is_some());
    let unknown = || Fault::not_there("address_id is not known here");
    building.map(Some).ok_or_else(unknown)
}

async fn developed(visit: &Visit, files: &[Upload]) -> Result<Vec<Photo>, Trouble> {
    photos::develop(files).await.map_err(|message| {
        let words = visit.house().locales().say(visit.locale(), &message);
        Fault::wrong(format!("media: {words}")).into()
    })
}

/// What is reported, without place and pictures. It is published only when the other system asks
/// its requesters, and the category is one that is published.
fn report_of(new: &NewRequest, category: &Category, key: &Key) -> Report {
    let words = new.description.as_deref().unwrap_or_default().trim();
    let title = if words.is_empty() {
        category.name(platform::Locale::ZhCn).to_owned()
    } else {
        title_of(words)
    };
    let mut body = if title == words {
        String::new()
    } else {
        words.to_owned()
    };
    if let Some(url) = new
        .media_url
        .as_deref()
        .filter(|url| url.starts_with("http"))
    {
        if !body.is_empty() {
            body.push('\n');
        }
        body.push_str(url);
    }
    Report {
        title,
        body,
        category: category.clone(),
        channel: Channel::Import,
        place: requests::Place::default(),
        contact_name: name_of(new),
        contact_phone: new.phone.as_deref().map(phone_of),
        account: Some(key.account),
        person: None,
        is_published: key.may_publish && category.is_public_default,
        photos: Vec::new(),
    }
}

/// The first line, or as much of it as a title holds.
pub fn title_of(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default().trim();
    if line.chars().count() <= TITLE_MAX {
        return line.to_owned();
    }
    let start: String = line.chars().take(TITLE_MAX - 1).collect();
    format!("{}…", start.trim_end())
}

fn phone_of(phone: &str) -> String {
    text::normalise_phone(phone).unwrap_or_else(|| phone.chars().take(PHONE_MAX).collect())
}

/// Family name first where names are written without a blank between, given name first elsewhere.
fn name_of(new: &NewRequest) -> Option<String> {
    let is_latin = |words: &str| words.chars().all(|letter| letter < '\u{2e80}');
    let name = match (new.last_name.as_deref(), new.first_name.as_deref()) {
        (Some(last), Some(first)) if is_latin(last) && is_latin(first) => format!("{first} {last}"),
        (Some(last), Some(first)) => format!("{last}{first}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => return None,
    };
    Some(name.chars().take(NAME_MAX).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_title() {
        assert_eq!(title_of("楼道灯不亮\n三天了"), "楼道灯不亮");
        assert_eq!(title_of(&"长".repeat(60)).chars().count(), TITLE_MAX);
        assert!(title_of(&"长".repeat(60)).ends_with('…'));
    }

    #[test]
    fn names_are_put_together_as_they_are_written() {
        let of = |first: &str, last: &str| {
            name_of(&NewRequest {
                first_name: Some(first.to_owned()),
                last_name: Some(last.to_owned()),
                ..NewRequest::default()
            })
        };

        assert_eq!(of("芳", "王").as_deref(), Some("王芳"));
        assert_eq!(of("John", "Doe").as_deref(), Some("John Doe"));
        assert_eq!(name_of(&NewRequest::default()), None);
    }
}
