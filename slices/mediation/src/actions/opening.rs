//! How it begins: somebody asks, or the committee offers; both parties agree, or one refuses.

use jiff::civil::Date;
use kernel::events::{
    MediationApplied, MediationConsented, MediationDeclined, MediationPartyJoined,
};
use kernel::{AccountId, Facts};
use platform::Tx;
use platform::access::Allowed;

use super::ending::ended;
use super::{check_not_own, keep, record, today, turn};
use crate::error::Error;
use crate::locked::{self, Matter};
use crate::model::{Origin, Side, State, Subject, Verb};
use crate::policy::Asked;
use crate::store::{self, Consent, Mediation};

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Application {
    /// How it came.
    pub origin: Origin,
    /// What it is about, from a short list.
    pub subject: Subject,
    /// In words.
    pub matter: Matter,
    /// The accounts of the parties, where they have one.
    pub accounts: [Option<AccountId>; 2],
    /// Who asks, agrees; when the committee offers it, nobody has yet.
    pub consent: Option<Consent>,
    /// On which day.
    pub on: Date,
}

/// Takes an application in. The allowance is for recording, when the head writes for another.
pub async fn apply(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    new: Application,
) -> Result<Mediation, Error> {
    let [a, b] = new.accounts;
    if a.is_some() && a == b {
        return Err(Error::SameParty);
    }
    let number = store::take_number(tx, today(tx).year()).await?;
    let mediation = Mediation {
        community: tx.community(),
        id: tx.new_id(),
        number,
        state: match new.origin {
            Origin::Web | Origin::Desk => State::Applied,
            Origin::Offered => State::Offered,
        },
        origin: new.origin,
        subject: new.subject,
        locked: Some(locked::lock(tx, &new.matter)),
        accounts: new.accounts,
        consents: [new.consent, None],
        mediators: [None, None],
        is_chosen_by_parties: false,
        form: None,
        agreed_on: None,
        in_effect_on: None,
        sought_on: None,
        decided_on: None,
        decision: None,
        ending: None,
        applied_on: new.on,
        ended_on: None,
        erased_at: None,
        version: 1,
    };
    check_not_own_unless_web(tx, &mediation)?;
    store::insert(tx, &mediation).await?;
    let event = MediationApplied {
        mediation: mediation.id,
        origin: mediation.origin.word().to_owned(),
    };
    record(tx, &mediation, &event);
    Ok(mediation)
}

/// A head in a dispute of their own applies as everybody does.
fn check_not_own_unless_web(tx: &Tx, mediation: &Mediation) -> Result<(), Error> {
    match mediation.origin {
        Origin::Web => Ok(()),
        Origin::Desk | Origin::Offered => check_not_own(tx, mediation),
    }
}

/// A party agrees. When the other has agreed too, mediation can begin.
pub async fn consent(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    side: Side,
    given: Consent,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    check_speaks_for(tx, &mediation, side)?;
    let before = mediation.state;
    turn(&mut mediation, Verb::Consent)?;
    if mediation.consent_of(side).is_some() {
        return Err(Error::ConsentedAlready);
    }
    mediation.consents[side as usize] = Some(given);
    if mediation.consented_on().is_none() {
        mediation.state = before;
    }
    keep(tx, &mut mediation).await?;
    let event = MediationConsented {
        mediation: mediation.id,
        side: side.word().to_owned(),
        how: given.how.word().to_owned(),
    };
    record(tx, &mediation, &event);
    Ok(mediation)
}

/// A party clearly refuses; that is the end, and no reason is asked.
pub async fn decline(tx: &mut Tx, asked: Allowed<Asked>, side: Side) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    check_speaks_for(tx, &mediation, side)?;
    turn(&mut mediation, Verb::Decline)?;
    let on = today(tx);
    ended(tx, &mut mediation, on);
    keep(tx, &mut mediation).await?;
    let event = MediationDeclined {
        mediation: mediation.id,
        side: side.word().to_owned(),
    };
    record(tx, &mediation, &event);
    Ok(mediation)
}

/// Joins a party's account to the matter, so that they read it and act in it themselves.
pub async fn join(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    side: Side,
    account: AccountId,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    check_not_own(tx, &mediation)?;
    if !mediation.state.is_open() || mediation.accounts[side as usize].is_some() {
        return Err(Error::NotNow);
    }
    if mediation.is_mediator(account) || tx.actor.account == Some(account) {
        return Err(Error::MediatorIsParty);
    }
    if mediation.side_of(account).is_some() {
        return Err(Error::SameParty);
    }
    mediation.accounts[side as usize] = Some(account);
    keep(tx, &mut mediation).await?;
    tx.emit(&MediationPartyJoined {
        mediation: mediation.id,
        side: side.word().to_owned(),
    });
    Ok(mediation)
}

/// A party speaks for themselves only.
fn check_speaks_for(tx: &Tx, mediation: &Mediation, side: Side) -> Result<(), Error> {
    match tx.actor.account.and_then(|one| mediation.side_of(one)) {
        Some(own) if own != side => Err(Error::OwnDispute),
        Some(_) | None => Ok(()),
    }
}
