//! The acts on one mediation, as its page sends them.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::Act;
use platform::access::{Allowed, HasFacts};
use platform::door;
use platform::{Message, Posted, Refusal, Tx, Visit};

use super::case::{self, Again};
use super::{readable, today};
use crate::actions::{self, Agreement, Session, Setting};
use crate::forms::{
    NAME_MAX, RawAct, WORDS_MAX, day, earliest, words as required, words_if_any, yes_or_no,
};
use crate::model::{Body, Decision, Ending, Form, How, Side, Subject, Verb};
use crate::policy::{self, Asked};
use crate::store::{Consent, Mediation};
use crate::{tell, words};

/// The act that joins a party's account; it moves nothing on, and so is no [`Verb`].
const JOIN: &str = "join";

/// `POST /mediation/cases/{id}/{act}`. What cannot be done is said on the matter's own page, beside
/// what was written, so that nobody has to write it twice.
pub async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Posted(form): Posted<RawAct>,
) -> Result<Response, Refusal> {
    match perform(&visit, &id, &word, &form).await {
        Ok(()) => {
            let said = words::done(Verb::from_word(&word));
            Ok(visit.go_on(&format!("/mediation/cases/{id}"), said))
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let again = Again {
                word,
                raw: form,
                message: refusal.message(),
            };
            let page = case::show(&visit, &id, Some(again)).await?;
            Ok((refusal.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(visit: &Visit, id: &str, word: &str, form: &RawAct) -> Result<(), Refusal> {
    let mut tx = visit.begin().await?;
    let (asked, _) = readable(visit, &tx, id).await?;
    let version = form.version.parse().map_err(|_| Refusal::NotFound)?;
    actions::check_version(&asked.mediation, version)?;
    if word == JOIN {
        join(visit, &mut tx, asked, form).await?;
    } else {
        let verb = Verb::from_word(word).ok_or(Refusal::NotFound)?;
        let deed = Deed {
            visit,
            form,
            verb,
            asked,
        };
        let (after, message) = deed.carry_out(&mut tx).await?;
        tell_of(&mut tx, verb, &after, message).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn join(visit: &Visit, tx: &mut Tx, asked: Asked, form: &RawAct) -> Result<(), Refusal> {
    let asked = visit.check(policy::ASSIGN, asked)?;
    let side = side(form)?;
    let found = door::by_sign_in_name(&*tx, visit.community().id, &form.account).await?;
    let account = found
        .filter(|account| !account.is_disabled)
        .ok_or_else(|| invalid("mediation-error-no-such-account"))?;
    let after = actions::join(tx, asked, side, account.id).await?;
    tell::joined(tx, &after, account.id, "mediation-alert-recorded").await?;
    Ok(())
}

/// The parties hear of each step, the mediators of being set, the heads of what they must do next.
async fn tell_of(
    tx: &mut Tx,
    verb: Verb,
    after: &Mediation,
    message: &'static str,
) -> Result<(), Refusal> {
    if verb == Verb::ReportRisk {
        return Ok(());
    }
    tell::parties(tx, after, message).await?;
    match verb {
        Verb::Consent | Verb::Decline => {
            let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
            tell::heads(tx, after, &on_duty, message).await?;
        }
        Verb::SetMediators => tell::mediators(tx, after, "mediation-alert-set").await?,
        Verb::Terminate => tell::mediators(tx, after, message).await?,
        Verb::HoldSession
        | Verb::AgreeInWriting
        | Verb::AgreeOrally
        | Verb::Sign
        | Verb::Visit
        | Verb::SeekConfirmation
        | Verb::Decide
        | Verb::Fulfil
        | Verb::ReportRisk => {}
    }
    Ok(())
}

/// One act being done.
struct Deed<'a> {
    visit: &'a Visit,
    form: &'a RawAct,
    verb: Verb,
    asked: Asked,
}

/// What came of it, and what is said of it to others.
type Done = (Mediation, &'static str);

impl Deed<'_> {
    fn allowed(self, act: Act) -> Result<Allowed<Asked>, Refusal> {
        self.visit.check(act, self.asked)
    }

    fn on(&self) -> Result<jiff::civil::Date, Refusal> {
        let earliest = earliest(&self.asked.mediation, self.verb);
        day(&self.form.on, earliest, today(self.visit)).map_err(Refusal::Invalid)
    }

    async fn carry_out(self, tx: &mut Tx) -> Result<Done, Refusal> {
        match self.verb {
            Verb::Consent | Verb::Decline => self.answer(tx).await,
            Verb::SetMediators => self.set_mediators(tx).await,
            Verb::HoldSession => self.hold_session(tx).await,
            Verb::AgreeInWriting => self.agree(tx, Form::Written).await,
            Verb::AgreeOrally => self.agree(tx, Form::Oral).await,
            Verb::Sign | Verb::Fulfil | Verb::Visit => self.note_day(tx).await,
            Verb::SeekConfirmation | Verb::Decide => self.turn_to_court(tx).await,
            Verb::Terminate => self.terminate(tx).await,
            Verb::ReportRisk => {
                let on = self.on()?;
                let body = Body::from_word(&self.form.body)
                    .ok_or_else(|| invalid("mediation-error-choose-body"))?;
                let allowed = self.allowed(policy::REPORT_RISK)?;
                let after = actions::report_risk(tx, allowed, body, on).await?;
                Ok((after, "mediation-alert-moved"))
            }
        }
    }

    /// A party answers for themselves; the head notes what a party said.
    async fn answer(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let facts = self.asked.facts();
        let is_party = facts.account.is_some();
        let act = if is_party {
            policy::ANSWER
        } else {
            policy::ASSIGN
        };
        let side = side(self.form)?;
        if self.verb == Verb::Decline {
            let after = actions::decline(tx, self.allowed(act)?, side).await?;
            return Ok((after, "mediation-alert-declined"));
        }
        let consent = if is_party {
            Consent {
                on: today(self.visit),
                how: How::Web,
            }
        } else {
            let how = How::from_word(&self.form.how).filter(|how| How::NOTED.contains(how));
            Consent {
                how: how.ok_or_else(|| invalid("mediation-error-choose-how"))?,
                on: self.on()?,
            }
        };
        let after = actions::consent(tx, self.allowed(act)?, side, consent).await?;
        Ok((after, "mediation-alert-consented"))
    }

    async fn set_mediators(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let form = self.form;
        let account = |raw: &str| raw.parse().ok();
        let has_tie =
            yes_or_no(&form.has_tie).ok_or_else(|| invalid("mediation-error-say-whether-tie"))?;
        let tie = if has_tie {
            required(&form.tie, WORDS_MAX).map_err(Refusal::Invalid)?
        } else {
            String::new()
        };
        let setting = Setting {
            mediators: [account(&form.first), account(&form.second)],
            is_chosen_by_parties: form.chosen == "yes",
            has_tie,
            tie,
            is_tie_accepted: form.tie_accepted == "yes",
            outsider: words_if_any(&form.outsider, NAME_MAX).map_err(Refusal::Invalid)?,
            is_outsider_accepted: form.outsider_accepted == "yes",
        };
        let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
        let allowed = self.allowed(policy::ASSIGN)?;
        let after = actions::set_mediators(tx, allowed, setting, &on_duty).await?;
        Ok((after, "mediation-alert-mediators"))
    }

    async fn hold_session(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let form = self.form;
        let session = Session {
            on: self.on()?,
            is_open: yes_or_no(&form.open).ok_or_else(|| invalid("mediation-error-choose-open"))?,
            present: required(&form.present, NAME_MAX).map_err(Refusal::Invalid)?,
            notes: required(&form.notes, WORDS_MAX).map_err(Refusal::Invalid)?,
        };
        let allowed = self.allowed(policy::MEDIATE)?;
        let after = actions::hold_session(tx, allowed, session).await?;
        Ok((after, "mediation-alert-session"))
    }

    async fn agree(self, tx: &mut Tx, form: Form) -> Result<Done, Refusal> {
        let raw = self.form;
        let words = |raw: &str| required(raw, WORDS_MAX).map_err(Refusal::Invalid);
        let agreement = Agreement {
            form,
            on: self.on()?,
            subject: Subject::from_word(&raw.subject)
                .ok_or_else(|| invalid("mediation-error-choose-subject"))?,
            facts: words(&raw.facts)?,
            terms: words(&raw.terms)?,
            limits: words(&raw.limits)?,
        };
        let allowed = self.allowed(policy::MEDIATE)?;
        let after = actions::agree(tx, allowed, agreement).await?;
        Ok((after, "mediation-alert-agreed"))
    }

    /// The acts that note little more than a day.
    async fn note_day(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let (on, verb) = (self.on()?, self.verb);
        if verb == Verb::Visit {
            let notes = required(&self.form.notes, WORDS_MAX).map_err(Refusal::Invalid)?;
            let allowed = self.allowed(policy::MEDIATE)?;
            let after = actions::visit(tx, allowed, on, notes).await?;
            return Ok((after, "mediation-alert-moved"));
        }
        let allowed = self.allowed(policy::MEDIATE)?;
        if verb == Verb::Sign {
            let after = actions::sign(tx, allowed, on).await?;
            return Ok((after, "mediation-alert-signed"));
        }
        let after = actions::fulfil(tx, allowed, on).await?;
        Ok((after, "mediation-alert-fulfilled"))
    }

    async fn turn_to_court(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let (on, form) = (self.on()?, self.form);
        if self.verb == Verb::SeekConfirmation {
            if form.both != "yes" {
                return Err(invalid("mediation-error-both-together"));
            }
            let court = required(&form.court, NAME_MAX).map_err(Refusal::Invalid)?;
            let allowed = self.allowed(policy::MEDIATE)?;
            let after = actions::seek_confirmation(tx, allowed, on, court).await?;
            return Ok((after, "mediation-alert-court"));
        }
        let decision = Decision::from_word(&form.decision)
            .ok_or_else(|| invalid("mediation-error-choose-decision"))?;
        let court = words_if_any(&form.court, NAME_MAX).map_err(Refusal::Invalid)?;
        let allowed = self.allowed(policy::MEDIATE)?;
        let after = actions::decide(tx, allowed, on, decision, court).await?;
        Ok((after, "mediation-alert-court"))
    }

    /// A party only asks for an end; whoever ends it has told of, or read of, the other ways.
    async fn terminate(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let is_party = self.asked.facts().account.is_some();
        let ending = if is_party {
            Ending::Asked
        } else {
            Ending::from_word(&self.form.ending)
                .ok_or_else(|| invalid("mediation-error-choose-ending"))?
        };
        if self.form.told != "yes" {
            return Err(invalid("mediation-error-tell-other-ways"));
        }
        let after = actions::terminate(tx, self.allowed(policy::END)?, ending).await?;
        Ok((after, "mediation-alert-terminated"))
    }
}

fn side(form: &RawAct) -> Result<Side, Refusal> {
    Side::from_word(&form.side).ok_or_else(|| invalid("mediation-error-choose-side"))
}

fn invalid(id: &'static str) -> Refusal {
    Refusal::Invalid(Message::of(id))
}
