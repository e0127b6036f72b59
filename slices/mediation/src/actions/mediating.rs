//! What the committee and the mediators do until there is an agreement.

use jiff::civil::Date;
use kernel::events::{MediationRiskReported, MediationSessionHeld, MediatorsSet};
use kernel::{AccountId, DutyKind};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::{check_not_own, keep, turn};
use crate::error::Error;
use crate::locked::{self, Matter, Script};
use crate::model::{Body, Verb};
use crate::policy::Asked;
use crate::store::{self, Mediation, NewPaper, PaperKind};

/// Who is to mediate.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of the form with its own answer"
)]
pub struct Setting {
    /// One or two who are on duty.
    pub mediators: [Option<AccountId>; 2],
    /// Whether the parties chose them; otherwise the committee does.
    pub is_chosen_by_parties: bool,
    /// Whether a mediator declared a tie to a party.
    pub has_tie: bool,
    /// The tie in words.
    pub tie: String,
    /// Whether both parties know of the tie and agree.
    pub is_tie_accepted: bool,
    /// Somebody from outside who is invited, in words; empty when nobody is.
    pub outsider: String,
    /// Whether both parties agree to that.
    pub is_outsider_accepted: bool,
}

/// Who can be set: mediators on duty, and the head.
pub fn can_be_set(duty: &OnDuty) -> bool {
    matches!(duty.kind, DutyKind::Mediator | DutyKind::MediationHead)
}

/// Sets the mediators, or others in their place: never a party, with a declared tie or somebody
/// from outside only when both parties agree.
pub async fn set_mediators(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    setting: Setting,
    on_duty: &[OnDuty],
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    check_not_own(tx, &mediation)?;
    turn(&mut mediation, Verb::SetMediators)?;
    check(&mediation, &setting, on_duty)?;
    let before = locked::open_to_change(tx.house().vault(), mediation.locked.as_deref())?;
    let has_outsider = !setting.outsider.is_empty();
    let matter = Matter {
        tie: setting.tie,
        outsider: setting.outsider,
        ..before
    };
    mediation.locked = Some(locked::lock(tx, &matter));
    mediation.mediators = setting.mediators;
    mediation.is_chosen_by_parties = setting.is_chosen_by_parties;
    keep(tx, &mut mediation).await?;
    tx.emit(&MediatorsSet {
        mediation: mediation.id,
        is_chosen_by_parties: setting.is_chosen_by_parties,
        has_declared_tie: setting.has_tie,
        has_outsider,
    });
    Ok(mediation)
}

fn check(mediation: &Mediation, setting: &Setting, on_duty: &[OnDuty]) -> Result<(), Error> {
    let [one, other] = setting.mediators;
    if one.is_none() || one == other {
        return Err(Error::NoSuchMediator);
    }
    for account in [one, other].into_iter().flatten() {
        if mediation.side_of(account).is_some() {
            return Err(Error::MediatorIsParty);
        }
        let is_on_duty = |duty: &OnDuty| duty.account == account && can_be_set(duty);
        if !on_duty.iter().any(is_on_duty) {
            return Err(Error::NoSuchMediator);
        }
    }
    if setting.has_tie && !setting.is_tie_accepted {
        return Err(Error::TieNeedsBoth);
    }
    if !setting.outsider.is_empty() && !setting.is_outsider_accepted {
        return Err(Error::OutsiderNeedsBoth);
    }
    Ok(())
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// On which day.
    pub on: Date,
    /// Whether others could listen, as the parties chose.
    pub is_open: bool,
    /// Who was there.
    pub present: String,
    /// What was said.
    pub notes: String,
}

/// Notes a session. Talks that go on after an agreement was written, and before it was signed, put
/// that agreement aside.
pub async fn hold_session(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    session: Session,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::HoldSession)?;
    mediation.form = None;
    mediation.agreed_on = None;
    keep(tx, &mut mediation).await?;
    let is_open = session.is_open;
    let paper = NewPaper {
        kind: PaperKind::Session { is_open },
        on: session.on,
        script: Some(Script::Session {
            present: session.present,
            notes: session.notes,
        }),
    };
    store::add_paper(tx, mediation.id, &paper).await?;
    tx.emit(&MediationSessionHeld {
        mediation: mediation.id,
        is_open,
    });
    Ok(mediation)
}

/// Notes that a danger was reported, to whom and when; what it was is not kept.
pub async fn report_risk(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    body: Body,
    on: Date,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    check_not_own(tx, &mediation)?;
    turn(&mut mediation, Verb::ReportRisk)?;
    keep(tx, &mut mediation).await?;
    let paper = NewPaper {
        kind: PaperKind::Risk(body),
        on,
        script: None,
    };
    store::add_paper(tx, mediation.id, &paper).await?;
    tx.emit(&MediationRiskReported {
        mediation: mediation.id,
        body: body.word().to_owned(),
    });
    Ok(mediation)
}
