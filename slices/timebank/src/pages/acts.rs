//! The acts on one help, as its page sends them.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::{Act, Facts, PersonId};
use people::Resident;
use platform::access::{Allowed, HasFacts};
use platform::{Message, Posted, Refusal, Tx, Visit};

use super::help::{self, Again};
use super::possible::is_without_account;
use super::{holder, invalid, rules};
use crate::actions::{self, Proposing, Signed, Signing, Word};
use crate::error::Error;
use crate::forms::{RawAct, WORDS_MAX, minutes, moment, words as required};
use crate::model::{Side, Source, Verb};
use crate::policy::{self, Asked};
use crate::store::{self, Help};
use crate::{tell, words};

/// The act that proposes that the fund or the pool pays; it moves nothing on, and so is no [`Verb`].
const PROPOSE: &str = "propose";

/// `POST /timebank/helps/{id}/{act}`. What cannot be done is said on the help's own page, beside
/// what was written, so that nobody has to write it twice.
pub async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Posted(form): Posted<RawAct>,
) -> Result<Response, Refusal> {
    match perform(&visit, &id, &word, &form).await {
        Ok(said) => {
            let to = match word.as_str() {
                "offer" | "take-back" => "/timebank".to_owned(),
                _ => format!("/timebank/helps/{id}"),
            };
            Ok(visit.go_on(&to, said))
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let again = Again {
                word,
                raw: form,
                message: refusal.message(),
            };
            let page = help::show(&visit, &id, Some(again)).await?;
            Ok((refusal.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(
    visit: &Visit,
    id: &str,
    word: &str,
    form: &RawAct,
) -> Result<&'static str, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let found = store::by_id_to_change(&tx, id).await?;
    let asked = Asked {
        help: found.ok_or(Refusal::NotFound)?,
        asker: visit.actor().person,
    };
    let facts = asked.facts();
    let may_read = visit.covers(policy::READ, &facts) || visit.covers(policy::SEE_SOUGHT, &facts);
    if !may_read {
        return Err(Refusal::NotFound);
    }
    let deed = Deed { visit, form, asked };
    if word == PROPOSE {
        deed.check_version()?;
        deed.propose(&mut tx).await?;
        tx.commit().await?;
        return Ok("timebank-done-propose");
    }
    let verb = Verb::from_word(word).ok_or(Refusal::NotFound)?;
    // Several may offer at once; the row is the act's own, so that none of them is lost.
    if !matches!(verb, Verb::Offer | Verb::TakeBack) {
        deed.check_version()?;
    }
    if let Some((after, message)) = deed.carry_out(&mut tx, verb).await? {
        tell_of(&mut tx, verb, &after, message).await?;
        tx.commit().await?;
        return Ok(words::done(verb));
    }
    // The wrong code was noted; that it was wrong is still to be said.
    tx.commit().await?;
    Err(Error::WrongCode.into())
}

/// The sides hear of each step, the desk of what it has to do.
async fn tell_of(
    tx: &mut Tx,
    verb: Verb,
    after: &Help,
    message: &'static str,
) -> Result<(), Refusal> {
    if verb != Verb::TakeBack {
        tell::sides(tx, after, message).await?;
    }
    if verb == Verb::Dispute || (verb == Verb::Offer && after.needs_coordinator) {
        tell::desk(tx, after, message).await?;
    }
    Ok(())
}

/// One act being done.
struct Deed<'a> {
    visit: &'a Visit,
    form: &'a RawAct,
    asked: Asked,
}

/// What came of it, and what is said of it to others; nothing when a code was wrong.
type Done = Option<(Help, &'static str)>;

impl Deed<'_> {
    fn check_version(&self) -> Result<(), Refusal> {
        let version = self.form.version.parse().map_err(|_| Refusal::NotFound)?;
        Ok(actions::check_version(&self.asked.help, version)?)
    }

    /// A side acts for itself, everybody else as a coordinator.
    fn allowed(self) -> Result<Allowed<Asked>, Refusal> {
        let act = match self.asked.side() {
            Side::Receiver | Side::Relative | Side::Giver => policy::ANSWER,
            Side::Coordinator => policy::COORDINATE,
        };
        self.allowed_to(act)
    }

    fn allowed_to(self, act: Act) -> Result<Allowed<Asked>, Refusal> {
        self.visit.check(act, self.asked)
    }

    async fn carry_out(self, tx: &mut Tx, verb: Verb) -> Result<Done, Refusal> {
        match verb {
            Verb::Offer | Verb::TakeBack => self.offer(tx, verb).await,
            Verb::Match => self.choose(tx).await,
            Verb::StepBack => {
                let after = actions::step_back(tx, self.allowed()?).await?;
                Ok(Some((after, "timebank-alert-step-back")))
            }
            Verb::SignIn | Verb::SignOut => self.sign(tx, verb).await,
            Verb::Confirm | Verb::Dispute => self.answer(tx, verb).await,
            Verb::Settle => self.settle(tx).await,
            Verb::Post => {
                let rules = rules(self.visit);
                let allowed = self.allowed_to(policy::COORDINATE)?;
                let after = actions::post_again(tx, allowed, &rules).await?;
                Ok(Some((after, "timebank-alert-posted")))
            }
            Verb::Cancel => {
                let after = actions::cancel(tx, self.allowed()?).await?;
                Ok(Some((after, "timebank-alert-cancelled")))
            }
            Verb::Miss => {
                let after = actions::miss(tx, self.allowed()?).await?;
                Ok(Some((after, "timebank-alert-missed")))
            }
            Verb::Reserve | Verb::PostInPart => Err(Refusal::NotFound),
        }
    }

    async fn offer(self, tx: &mut Tx, verb: Verb) -> Result<Done, Refusal> {
        let person = holder(self.visit)?.person;
        let is_phone_shared = self.form.shared == "yes";
        let allowed = self.allowed_to(policy::OFFER)?;
        let after = if verb == Verb::Offer {
            actions::offer(tx, allowed, person, is_phone_shared).await?
        } else {
            actions::take_back(tx, allowed, person).await?
        };
        Ok(Some((after, "timebank-alert-offered")))
    }

    async fn choose(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let person: PersonId = self
            .form
            .giver
            .parse()
            .map_err(|_| invalid("timebank-error-choose-giver"))?;
        let mut found = people::residents(tx, tx.community(), &[person]).await?;
        let chosen: Resident = found.remove(&person).ok_or(Error::NoSuchOffer)?;
        let after = actions::choose(tx, self.allowed()?, &chosen).await?;
        Ok(Some((after, "timebank-alert-matched")))
    }

    async fn sign(self, tx: &mut Tx, verb: Verb) -> Result<Done, Refusal> {
        let signing = match self.asked.side() {
            Side::Giver => Signing::Code(text::fold(self.form.code.trim())),
            Side::Receiver | Side::Relative => return Err(Error::OwnHelp.into()),
            Side::Coordinator => {
                let told = moment(&self.form.day, &self.form.time, self.visit.zone());
                Signing::Told(told.map_err(Refusal::Invalid)?)
            }
        };
        let rules = rules(self.visit);
        let allowed = self.allowed()?;
        let (signed, message) = if verb == Verb::SignIn {
            let signed = actions::sign_in(tx, allowed, signing).await?;
            (signed, "timebank-alert-signed-in")
        } else {
            let signed = actions::sign_out(tx, allowed, &rules, signing).await?;
            (signed, "timebank-alert-signed-out")
        };
        Ok(match signed {
            Signed::Noted(after) => Some((*after, message)),
            Signed::Refused => None,
        })
    }

    /// The sides say it themselves; a coordinator writes down what the receiver said.
    async fn answer(self, tx: &mut Tx, verb: Verb) -> Result<Done, Refusal> {
        let mut word = Word::default();
        if self.asked.side() == Side::Coordinator {
            let said = required(&self.form.call_back, WORDS_MAX);
            word.call_back = said.map_err(Refusal::Invalid)?;
            let help = &self.asked.help;
            let sides: Vec<PersonId> = [help.receiver, help.relative]
                .into_iter()
                .flatten()
                .collect();
            let residents = people::residents(tx, tx.community(), &sides).await?;
            word.is_without_account = is_without_account(help, &residents);
        }
        if verb == Verb::Dispute {
            let said = required(&self.form.complaint, WORDS_MAX);
            word.complaint = said.map_err(Refusal::Invalid)?;
            let after = actions::dispute(tx, self.allowed()?, word).await?;
            return Ok(Some((after, "timebank-alert-disputed")));
        }
        let rules = rules(self.visit);
        let after = actions::confirm(tx, self.allowed()?, &rules, word).await?;
        Ok(Some((after, "timebank-alert-posted")))
    }

    async fn settle(self, tx: &mut Tx) -> Result<Done, Refusal> {
        let form = self.form;
        let most = self.asked.help.signed_minutes.unwrap_or_default();
        let counted = minutes(&form.hours, &form.minutes, 0, most);
        let counted = counted.map_err(|_| {
            let message = Message::of("timebank-error-more-than-signed");
            Refusal::Invalid(message)
        })?;
        let settlement = required(&form.settlement, WORDS_MAX).map_err(Refusal::Invalid)?;
        let rules = rules(self.visit);
        let allowed = self.allowed_to(policy::COORDINATE)?;
        let after = actions::settle(tx, allowed, &rules, counted, settlement).await?;
        Ok(Some((after, "timebank-alert-settled")))
    }

    async fn propose(self, tx: &mut Tx) -> Result<(), Refusal> {
        let source = Source::from_word(&self.form.source)
            .ok_or_else(|| invalid("timebank-error-choose-source"))?;
        let reason = required(&self.form.reason, WORDS_MAX).map_err(Refusal::Invalid)?;
        let allowed = self
            .visit
            .check(policy::COORDINATE, Facts::of(self.asked.help.community))?;
        let proposing = Proposing::Cover(source, Box::new(self.asked));
        actions::propose(tx, allowed, proposing, &reason).await?;
        Ok(())
    }
}
