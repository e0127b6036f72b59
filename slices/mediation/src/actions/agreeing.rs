//! The agreement, how it is kept, and its confirmation by a court.

use jiff::civil::Date;
use kernel::events::{
    ConfirmationDecided, ConfirmationSought, MediationAgreed, MediationFulfilled,
    MediationTookEffect, MediationVisited,
};
use platform::Tx;
use platform::access::Allowed;
use platform::working_time::calendar_of;

use super::ending::ended;
use super::{keep, turn};
use crate::error::Error;
use crate::locked::{self, Matter, Script};
use crate::model::{Decision, Form, Subject, Verb, last_day_to_seek};
use crate::policy::Asked;
use crate::store::{self, Mediation, NewPaper, PaperKind};

/// What the parties agreed on.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// How.
    pub form: Form,
    /// On which day.
    pub on: Date,
    /// What it is about, as it turned out.
    pub subject: Subject,
    /// The facts, as both see them.
    pub facts: String,
    /// What each will do.
    pub terms: String,
    /// How and by when.
    pub limits: String,
}

/// Notes the agreement. By word of mouth it takes effect at once; in writing when it is signed.
pub async fn agree(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    agreement: Agreement,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    let verb = match agreement.form {
        Form::Written => Verb::AgreeInWriting,
        Form::Oral => Verb::AgreeOrally,
    };
    turn(&mut mediation, verb)?;
    mediation.form = Some(agreement.form);
    mediation.agreed_on = Some(agreement.on);
    mediation.subject = agreement.subject;
    if agreement.form == Form::Oral {
        mediation.in_effect_on = Some(agreement.on);
    }
    keep(tx, &mut mediation).await?;
    let paper = NewPaper {
        kind: PaperKind::Agreement,
        on: agreement.on,
        script: Some(Script::Agreement {
            facts: agreement.facts,
            terms: agreement.terms,
            limits: agreement.limits,
        }),
    };
    store::add_paper(tx, mediation.id, &paper).await?;
    tx.emit(&MediationAgreed {
        mediation: mediation.id,
        form: agreement.form.word().to_owned(),
    });
    if agreement.form == Form::Oral {
        tx.emit(&MediationTookEffect {
            mediation: mediation.id,
        });
    }
    Ok(mediation)
}

/// Notes that both signed and the committee sealed it: from that day it is in effect.
pub async fn sign(tx: &mut Tx, asked: Allowed<Asked>, on: Date) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::Sign)?;
    mediation.in_effect_on = Some(on);
    keep(tx, &mut mediation).await?;
    tx.emit(&MediationTookEffect {
        mediation: mediation.id,
    });
    Ok(mediation)
}

/// Notes how the agreement is being kept.
pub async fn visit(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    on: Date,
    notes: String,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::Visit)?;
    keep(tx, &mut mediation).await?;
    let paper = NewPaper {
        kind: PaperKind::Visit,
        on,
        script: Some(Script::Visit { notes }),
    };
    store::add_paper(tx, mediation.id, &paper).await?;
    tx.emit(&MediationVisited {
        mediation: mediation.id,
    });
    Ok(mediation)
}

/// Notes that both together asked the court: within thirty days of effect, or on the first day of
/// work after them; not on whether a marriage, an adoption or a kinship holds, and not once it is
/// confirmed.
pub async fn seek_confirmation(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    on: Date,
    court: String,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::SeekConfirmation)?;
    if !mediation.subject.can_be_confirmed() {
        return Err(Error::StatusMatter);
    }
    if mediation.decision == Some(Decision::Confirmed) {
        return Err(Error::ConfirmedAlready);
    }
    let in_effect_on = mediation.in_effect_on.ok_or(Error::NotNow)?;
    let calendar = calendar_of(tx.house(), tx.community()).await?;
    if on > last_day_to_seek(in_effect_on, |day| calendar.day(day).is_worked) {
        return Err(Error::TooLateForCourt);
    }
    note_court(tx, &mut mediation, court)?;
    mediation.sought_on = Some(on);
    mediation.decided_on = None;
    mediation.decision = None;
    keep(tx, &mut mediation).await?;
    tx.emit(&ConfirmationSought {
        mediation: mediation.id,
    });
    Ok(mediation)
}

/// Notes what the court decided, or that the parties took the application back.
pub async fn decide(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    on: Date,
    decision: Decision,
    court: String,
) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::Decide)?;
    if !court.is_empty() {
        note_court(tx, &mut mediation, court)?;
    }
    mediation.decided_on = Some(on);
    mediation.decision = Some(decision);
    keep(tx, &mut mediation).await?;
    tx.emit(&ConfirmationDecided {
        mediation: mediation.id,
        decision: decision.word().to_owned(),
    });
    Ok(mediation)
}

fn note_court(tx: &Tx, mediation: &mut Mediation, court: String) -> Result<(), Error> {
    let before = locked::open_to_change(tx.house().vault(), mediation.locked.as_deref())?;
    let matter = Matter { court, ..before };
    mediation.locked = Some(locked::lock(tx, &matter));
    Ok(())
}

/// Notes that the agreement was kept.
pub async fn fulfil(tx: &mut Tx, asked: Allowed<Asked>, on: Date) -> Result<Mediation, Error> {
    let mut mediation = asked.into_inner().mediation;
    turn(&mut mediation, Verb::Fulfil)?;
    ended(tx, &mut mediation, on);
    keep(tx, &mut mediation).await?;
    tx.emit(&MediationFulfilled {
        mediation: mediation.id,
    });
    Ok(mediation)
}
