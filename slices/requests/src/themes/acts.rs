//! What is done with themes. Each act takes the transaction, proof that it is allowed, and its input;
//! whoever reported one of the matters is told.

use kernel::events::{
    ThemeChanged, ThemeClosed, ThemeJoined, ThemeLeft, ThemeOpened, ThemePublished,
};
use kernel::{Facts, ThemeId};
use platform::Tx;
use platform::access::Allowed;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;

use super::model::{Outline, Theme};
use super::store::{self, Member};
use crate::error::Error;

/// A theme that is to be.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What is said of it.
    pub outline: Outline,
    /// The numbers of its first matters.
    pub numbers: Vec<String>,
}

/// Makes a theme of matters that belong to none yet.
pub async fn open(
    tx: &mut Tx,
    allowed: Allowed<Facts>,
    opening: Opening,
) -> Result<ThemeId, Error> {
    let Outline {
        name,
        plan,
        owner,
        until,
    } = opening.outline;
    let theme = Theme {
        community: allowed.into_inner().community,
        id: tx.new_id(),
        name,
        plan,
        owner,
        until,
        opened_at: tx.now,
        published_at: None,
        closed_at: None,
        result: String::new(),
        version: 1,
    };
    store::insert(tx, &theme).await?;
    tx.emit(&ThemeOpened {
        theme: theme.id,
        owner: theme.owner.account(),
        owner_party: theme.owner.handler(),
        until: theme.until,
    });
    take_in(tx, &theme, &opening.numbers).await?;
    Ok(theme.id)
}

/// Says a theme anew. Returns whether that changed anything; whoever has read the plan is told of
/// another plan or another day.
pub async fn change(tx: &mut Tx, theme: Allowed<Theme>, to: Outline) -> Result<bool, Error> {
    let mut theme = theme.into_inner();
    let fields = theme.change(to)?;
    if fields.is_empty() {
        return Ok(false);
    }
    tx.emit(&ThemeChanged {
        theme: theme.id,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        owner: theme.owner.account(),
        owner_party: theme.owner.handler(),
        until: theme.until,
    });
    keep(tx, &theme).await?;
    let concerns_readers = fields
        .iter()
        .any(|field| matches!(*field, "plan" | "until"));
    if theme.published_at.is_some() && concerns_readers {
        let members = store::members(tx, theme.community, theme.id).await?;
        let link = |_: &Member| format!("/themes/{}", theme.id);
        tell(tx, &members, "requests-alert-theme-changed", link).await?;
    }
    Ok(true)
}

/// Takes further matters in.
pub async fn join(tx: &mut Tx, theme: Allowed<Theme>, numbers: &[String]) -> Result<(), Error> {
    let theme = theme.into_inner();
    theme.check_open()?;
    if take_in(tx, &theme, numbers).await? == 0 {
        return Err(Error::NotNow);
    }
    keep(tx, &theme).await
}

async fn take_in(tx: &mut Tx, theme: &Theme, numbers: &[String]) -> Result<usize, Error> {
    let members = store::joinable(tx, numbers).await?;
    let members = store::join(tx, theme.id, members).await?;
    for member in &members {
        tx.emit(&ThemeJoined {
            theme: theme.id,
            request: member.request,
        });
    }
    let link = |member: &Member| format!("/track/{}", member.number);
    tell(tx, &members, "requests-alert-theme-joined", link).await?;
    Ok(members.len())
}

/// Lets a matter go that does not belong to it.
pub async fn leave(tx: &mut Tx, theme: Allowed<Theme>, number: &str) -> Result<(), Error> {
    let theme = theme.into_inner();
    theme.check_open()?;
    let members = store::members(tx, theme.community, theme.id).await?;
    let member = members.iter().find(|member| member.number == number);
    let request = member.ok_or(Error::NotNow)?.request;
    if !store::leave(tx, theme.id, request).await? {
        return Err(Error::NotNow);
    }
    tx.emit(&ThemeLeft {
        theme: theme.id,
        request,
    });
    keep(tx, &theme).await
}

/// Lets everyone read its name and plan.
pub async fn publish(tx: &mut Tx, theme: Allowed<Theme>) -> Result<(), Error> {
    let mut theme = theme.into_inner();
    theme.publish(tx.now)?;
    tx.emit(&ThemePublished { theme: theme.id });
    keep(tx, &theme).await?;
    let members = store::members(tx, theme.community, theme.id).await?;
    let link = |_: &Member| format!("/themes/{}", theme.id);
    Ok(tell(tx, &members, "requests-alert-theme-published", link).await?)
}

/// Ends it with what came of it.
pub async fn close(tx: &mut Tx, theme: Allowed<Theme>, result: String) -> Result<(), Error> {
    let mut theme = theme.into_inner();
    theme.close(result, tx.now)?;
    let members = store::members(tx, theme.community, theme.id).await?;
    tx.emit(&ThemeClosed {
        theme: theme.id,
        matters: i64::try_from(members.len()).unwrap_or(i64::MAX),
    });
    keep(tx, &theme).await?;
    if theme.published_at.is_none() {
        return Ok(());
    }
    let link = |_: &Member| format!("/themes/{}", theme.id);
    Ok(tell(tx, &members, "requests-alert-theme-closed", link).await?)
}

async fn keep(tx: &Tx, theme: &Theme) -> Result<(), Error> {
    if store::save(tx, theme).await? {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// Tells everyone with an account who reported one of these matters, and did not do this themselves.
async fn tell(
    tx: &mut Tx,
    members: &[Member],
    message: &'static str,
    link: impl Fn(&Member) -> String,
) -> Result<(), StoreError> {
    let alerts = members.iter().filter_map(|member| {
        let account = member
            .account
            .filter(|one| tx.actor.account != Some(*one))?;
        Some(Alert {
            account,
            message,
            argument: member.number.clone(),
            link: link(member),
        })
    });
    let alerts: Vec<Alert> = alerts.collect();
    raise(tx, &alerts).await
}
