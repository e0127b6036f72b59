//! GET services: the categories that a matter can be of. They ask for nothing more than every
//! request says, so that the definition of each is empty.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use georeport::{Fault, Service, ServiceDefinition, ServiceKind};
use platform::{Locale, Visit};
use requests::{Catalogue, Category};

use super::named;
use crate::answer::{Trouble, tell};
use crate::ask::{Call, pairs_of};

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Response {
    tell(&visit, services(&visit, query.as_deref()).await)
}

async fn services(visit: &Visit, query: Option<&str>) -> Result<Vec<Service>, Trouble> {
    let call = Call::of(visit, &pairs_of(query)?).await?;
    let catalogue = requests::catalogue(visit.house(), call.community.id).await?;
    let service = |category| service(&catalogue, category, visit.locale());
    Ok(catalogue.choosable().map(service).collect())
}

fn service(catalogue: &Catalogue, category: &Category, locale: Locale) -> Service {
    let above = category.parent.and_then(|id| catalogue.category(id));
    let hint = category.hint(locale);
    Service {
        service_code: category.code.clone(),
        service_name: category.name(locale).to_owned(),
        description: (!hint.is_empty()).then(|| hint.to_owned()),
        metadata: false,
        kind: ServiceKind::Realtime,
        keywords: Vec::new(),
        group: above.map(|above| above.name(locale).to_owned()),
    }
}

pub async fn definition(
    visit: Visit,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    tell(&visit, defined(&visit, &file, query.as_deref()).await)
}

async fn defined(
    visit: &Visit,
    file: &str,
    query: Option<&str>,
) -> Result<ServiceDefinition, Trouble> {
    let code = named(file)?;
    let call = Call::of(visit, &pairs_of(query)?).await?;
    let catalogue = requests::catalogue(visit.house(), call.community.id).await?;
    let category = category(&catalogue, code)?;
    Ok(definition_of(category))
}

/// The category of a service code.
pub fn category<'a>(catalogue: &'a Catalogue, code: &str) -> Result<&'a Category, Trouble> {
    let is_it = |category: &&Category| category.code == code;
    let missing = || Fault::not_there("service_code is not known here").into();
    catalogue.choosable().find(is_it).ok_or_else(missing)
}

/// What a service asks for.
pub fn definition_of(category: &Category) -> ServiceDefinition {
    ServiceDefinition {
        service_code: category.code.clone(),
        attributes: Vec::new(),
    }
}
