//! The desk writes a claim down for a resident who came (rule R29): found by telephone number and
//! name, so that nobody is mixed up within a household.

use axum::response::Response;
use platform::web::FieldErrors;
use platform::{Message, Posted, Refusal, Visit};

use super::{claim, common};
use crate::actions::claiming;
use crate::forms::RawClaim;
use crate::policy;

/// `GET /points/desk/record`.
pub async fn form(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::RECORD)?;
    claim::show(&visit, true, RawClaim::default(), FieldErrors::default()).await
}

/// `POST /points/desk/record`.
pub async fn submit(visit: Visit, Posted(raw): Posted<RawClaim>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::RECORD)?;
    let vault = visit.house().vault();
    let community = visit.community().id;
    let callers = people::find_by_phone(&visit.reader(), vault, community, &raw.phone).await?;
    let found = callers
        .into_iter()
        .find(|caller| caller.name == raw.name.trim());
    let (person, claiming) = match (found, raw.parse()) {
        (Some(found), Ok(claiming)) => (found.person, claiming),
        (found, parsed) => {
            let mut errors = parsed.err().unwrap_or_default();
            if found.is_none() {
                errors.add("phone", Message::of("points-error-no-such-resident"));
            }
            return claim::show_again(&visit, true, raw, errors).await;
        }
    };
    let mut tx = visit.begin().await?;
    if let Err(error) = claiming::record(&mut tx, allowed, person, claiming).await {
        drop(tx);
        return claim::refused(&visit, true, raw, error).await;
    }
    tx.commit().await?;
    Ok(visit.go_on("/points/desk", "points-recorded"))
}
