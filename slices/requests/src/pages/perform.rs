//! Acts on a matter and on its parts, for the pages and the API alike: what was sent is understood,
//! judged by the policy, and done.

use kernel::{Act, Actor, Facts};
use platform::access::{Allowed, HasFacts};
use platform::photos::Photo;
use platform::{Message, Refusal, Tx, Visit, door};

use super::bulk::parse_to;
use super::whistles;
use crate::actions::{self, Asked, Grader, Noting, Showing, Telling};
use crate::clock;
use crate::dispatch::{Call, Grade, PartVerb, Role};
use crate::error::Error;
use crate::forms::{RawAct, yes_or_no};
use crate::matter::Matter;
use crate::model::{Answers, Exit, Verb};
use crate::policy::{self, Part};
use crate::store::{self, Catalogue, Party, Request};
use crate::words;

/// Opens a matter to the public list, or takes it out again: no act of the table of states.
const PUBLISH: &str = "publish";
/// Makes a link by which a party answers.
const LINK: &str = "link";
/// Gives a part to a party beside the lead.
const GIVE_PART: &str = "part";

/// What is said after an act.
pub fn done(word: &str) -> &'static str {
    if let Some(said) = whistles::done(word) {
        return said;
    }
    match (word, Verb::from_word(word), PartVerb::from_word(word)) {
        (GIVE_PART, _, _) => "requests-done-part",
        (LINK, _, _) => "requests-done-link",
        (_, Some(verb), _) => words::done(verb),
        (_, _, Some(verb)) => words::part_done(verb),
        (_, None, None) => "requests-done-publish",
    }
}

/// Does an act on the matter of this number.
pub async fn perform(
    visit: &Visit,
    number: &str,
    word: &str,
    form: &RawAct,
    photos: &[Photo],
) -> Result<Matter, Refusal> {
    let mut tx = visit.begin().await?;
    let matter = store::to_change(&tx, &[number.to_owned()]).await?.pop();
    let matter = matter
        .filter(|matter| visit.covers(policy::READ, &matter.facts()))
        .ok_or(Refusal::NotFound)?;
    let after = if let Some(verb) = PartVerb::from_word(word) {
        let place = chosen_part(visit, &matter, &form.part)?;
        check_versions(&matter, Some(place).filter(|_| !form.part.is_empty()), form)?;
        let part = Part { matter, place };
        act_on_part(visit, visit.actor(), &mut tx, part, (verb, form, photos)).await?
    } else {
        // A link is about its part, all else about the matter.
        let part = match word {
            LINK => Some(chosen_part(visit, &matter, &form.part)?),
            _ => None,
        };
        check_versions(&matter, part, form)?;
        act_on_matter(visit, &mut tx, matter, word, form).await?
    };
    tx.commit().await?;
    Ok(after)
}

/// The part that is meant: the one that is named, else the one that the actor may handle, the lead's
/// before others and what is open before what is over.
fn chosen_part(visit: &Visit, matter: &Matter, named: &str) -> Result<usize, Refusal> {
    if !named.is_empty() {
        let id = named.parse().map_err(|_| Refusal::NotFound)?;
        return matter.place_of(id).ok_or(Refusal::NotFound);
    }
    let policy = visit.house().policy();
    match policy::part_for(policy, visit.actor(), matter) {
        Some(place) => Ok(place),
        None if matter.dispatches.is_empty() => Err(Error::NotNow.into()),
        None => Err(Refusal::Forbidden),
    }
}

fn check_versions(matter: &Matter, part: Option<usize>, form: &RawAct) -> Result<(), Refusal> {
    if form.version.is_empty() {
        return Ok(());
    }
    let version = form.version.parse().map_err(|_| Refusal::NotFound)?;
    match part {
        Some(place) => actions::check_part_version(&matter.dispatches[place], version)?,
        None => actions::check_version(&matter.request, version)?,
    }
    Ok(())
}

async fn act_on_matter(
    visit: &Visit,
    tx: &mut Tx,
    matter: Matter,
    word: &str,
    form: &RawAct,
) -> Result<Matter, Refusal> {
    if word == PUBLISH {
        let is_public = yes_or_no(&form.public).unwrap_or(false);
        check_publishable(&matter.request, is_public)?;
        let allowed = visit.check(policy::TRIAGE, matter)?;
        let showing = if is_public {
            Showing::Everyone {
                consent: required(form)?,
            }
        } else {
            Showing::Few
        };
        return Ok(actions::publish(tx, allowed, &showing).await?);
    }
    if word == GIVE_PART {
        return give_part(visit, tx, matter, form).await;
    }
    if word == LINK {
        let place = chosen_part(visit, &matter, &form.part)?;
        let part = Part { matter, place };
        let part = by_desk(visit, visit.actor(), part)?;
        return Ok(actions::make_link(tx, part).await?);
    }
    if whistles::is_act(word) {
        return whistles::perform(visit, tx, matter, word, form).await;
    }
    let verb = Verb::from_word(word).ok_or(Refusal::NotFound)?;
    let community = tx.community();
    let calendar = visit.calendar();
    Ok(match verb {
        Verb::Triage => {
            let matter = visit.check(policy::TRIAGE, matter)?;
            let catalogue = Catalogue::read(tx, community).await?;
            let chosen = form
                .category
                .parse()
                .ok()
                .and_then(|id| catalogue.category(id));
            let category = chosen
                .filter(|one| !one.is_retired)
                .ok_or(Error::NoSuchCategory)?;
            actions::triage(tx, matter, category, &calendar).await?
        }
        Verb::Exit => {
            let matter = visit.check(policy::TRIAGE, matter)?;
            let exit =
                Exit::from_word(&form.exit).ok_or_else(|| invalid("requests-error-choose-exit"))?;
            actions::let_exit(tx, matter, exit, &required(form)?).await?
        }
        Verb::Dispatch => {
            let matter = visit.check(policy::DISPATCH, matter)?;
            let to =
                parse_to(&form.handler).ok_or_else(|| invalid("requests-error-choose-handler"))?;
            let catalogue = Catalogue::read(tx, community).await?;
            let on_duty = door::on_duty(tx, community, tx.now).await?;
            actions::dispatch(tx, matter, to, &catalogue, &calendar, &on_duty).await?
        }
        Verb::Note => {
            // What the desk notes for itself is nothing for a neighbour to read.
            let is_for = |place: &usize| {
                let part = &matter.dispatches[*place];
                let is_own = part.assignee.is_some() && part.assignee == visit.actor().account;
                !form.part.is_empty() || part.party != Party::Person || is_own
            };
            let part = chosen_part(visit, &matter, &form.part).ok();
            let noting = match part.filter(is_for) {
                Some(place) => Noting::OnPart(visit.check(policy::HANDLE, Part { matter, place })?),
                None => Noting::OnMatter(visit.check(policy::TRIAGE, matter)?),
            };
            let telling = if form.told == "yes" {
                Telling::Told
            } else {
                Telling::Internal
            };
            actions::note(tx, noting, &required(form)?, telling).await?
        }
        Verb::CallBack => {
            let matter = visit.check(policy::CALL_BACK, matter)?;
            let answers = answers(matter.as_inner(), form)?;
            let on_duty = door::on_duty(tx, community, tx.now).await?;
            actions::call_back(tx, matter, answers, &optional(form)?, &on_duty).await?
        }
        Verb::Close => actions::close(tx, visit.check(policy::CALL_BACK, matter)?).await?,
        // Joining has a form, and reopening a page, of its own.
        Verb::Join | Verb::Reopen => return Err(Refusal::NotFound),
    })
}

async fn give_part(
    visit: &Visit,
    tx: &mut Tx,
    matter: Matter,
    form: &RawAct,
) -> Result<Matter, Refusal> {
    let matter = visit.check(policy::DISPATCH, matter)?;
    let to = parse_to(&form.handler).ok_or_else(|| invalid("requests-error-choose-handler"))?;
    let role = Role::from_word(&form.role)
        .filter(|role| *role != Role::Lead)
        .ok_or_else(|| invalid("requests-error-choose-role"))?;
    let measure = clock::measure_from_word(&form.measure);
    let within = match form.hours().map_err(Refusal::Invalid)? {
        Some(minutes) => Some((
            measure.ok_or_else(|| invalid("requests-error-choose-measure"))?,
            minutes,
        )),
        None => None,
    };
    let task = match role {
        Role::Informed => optional(form)?,
        _ => required(form)?,
    };
    let asked = Asked { role, task, within };
    let catalogue = Catalogue::read(tx, tx.community()).await?;
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let calendar = visit.calendar();
    let after = actions::give_part(tx, matter, to, asked, &catalogue, &calendar, &on_duty).await?;
    Ok(after)
}

/// Whether this actor may: as the visitor, whose token may narrow what they may, or as the bearer of a
/// link, whose right is the link's.
pub fn may(visit: &Visit, actor: &Actor, act: Act, facts: &Facts) -> bool {
    if actor == visit.actor() {
        visit.covers(act, facts)
    } else {
        visit.house().policy().covers(actor, act, facts)
    }
}

/// The same, for an act on a part.
fn handled(visit: &Visit, actor: &Actor, part: Part) -> Result<Allowed<Part>, Refusal> {
    if actor == visit.actor() {
        visit.check(policy::HANDLE, part)
    } else {
        Ok(visit.house().policy().check(actor, policy::HANDLE, part)?)
    }
}

/// Judges a decision of the desk: its right is over the matter; what it decides is about the part.
fn by_desk(visit: &Visit, actor: &Actor, part: Part) -> Result<Allowed<Part>, Refusal> {
    if may(visit, actor, policy::DISPATCH, &part.matter.facts()) {
        handled(visit, actor, part)
    } else {
        Err(Refusal::Forbidden)
    }
}

/// The form must have been made for the part as it is now.
pub fn check_part(matter: &Matter, place: usize, form: &RawAct) -> Result<(), Refusal> {
    check_versions(matter, Some(place), form)
}

/// Does something to a part, as this actor: the visitor, or the bearer of a link. Pictures that were
/// sent along are put to the part.
pub async fn act_on_part(
    visit: &Visit,
    actor: &Actor,
    tx: &mut Tx,
    mut part: Part,
    (verb, form, photos): (PartVerb, &RawAct, &[Photo]),
) -> Result<Matter, Refusal> {
    let calendar = visit.calendar();
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let handled = |part| handled(visit, actor, part);
    if !photos.is_empty() {
        part = actions::show_work(tx, handled(part)?, photos).await?;
    }
    let by_desk = |part| by_desk(visit, actor, part);
    Ok(match verb {
        PartVerb::SignFor | PartVerb::Contact | PartVerb::ReportIn => {
            let is_on_site = form.on_site == "yes";
            let words = optional(form)?;
            actions::reach(tx, handled(part)?, verb, is_on_site, &words, &calendar).await?
        }
        PartVerb::TakeUp => {
            actions::take_up(tx, handled(part)?, &optional(form)?, &calendar).await?
        }
        PartVerb::Pause => actions::pause(tx, handled(part)?, &required(form)?, &calendar).await?,
        PartVerb::Resume => actions::resume(tx, handled(part)?, &calendar).await?,
        PartVerb::AskTime => {
            let more = some_hours(form)?;
            let words = required(form)?;
            actions::ask_time(tx, handled(part)?, more, &words, &calendar, &on_duty).await?
        }
        PartVerb::GiveTime => {
            let more = Some(some_hours(form)?);
            let words = required(form)?;
            actions::decide_time(tx, by_desk(part)?, more, &words, &calendar, &on_duty).await?
        }
        PartVerb::RefuseTime => {
            let words = required(form)?;
            actions::decide_time(tx, by_desk(part)?, None, &words, &calendar, &on_duty).await?
        }
        PartVerb::Answer => {
            let words = required(form)?;
            actions::answer(tx, handled(part)?, &words, &calendar, &on_duty).await?
        }
        PartVerb::Explain => {
            let words = required(form)?;
            actions::explain(tx, handled(part)?, &words, &calendar, &on_duty).await?
        }
        PartVerb::Decline => {
            let words = if part.dispatch().call == Call::Community {
                String::new()
            } else {
                required(form)?
            };
            actions::decline(tx, handled(part)?, &words, &calendar, &on_duty).await?
        }
        PartVerb::Release | PartVerb::Insist => {
            let is_upheld = verb == PartVerb::Release;
            let words = required(form)?;
            actions::rule_on(tx, by_desk(part)?, is_upheld, &words, &calendar, &on_duty).await?
        }
        PartVerb::Withdraw => {
            let words = required(form)?;
            actions::withdraw(tx, by_desk(part)?, &words, &calendar, &on_duty).await?
        }
        PartVerb::Assign | PartVerb::Redo | PartVerb::Thank => {
            let words = match verb {
                PartVerb::Thank => optional(form)?,
                _ => required(form)?,
            };
            actions::look_at(tx, by_desk(part)?, verb, &words, &calendar, &on_duty).await?
        }
        PartVerb::Grade => {
            let grade = Grade::from_word(&form.grade)
                .ok_or_else(|| invalid("requests-error-choose-grade"))?;
            let is_desk = may(visit, actor, policy::DISPATCH, &part.matter.facts());
            let by = if is_desk {
                Grader::Caller
            } else {
                Grader::Party
            };
            let words = optional(form)?;
            actions::grade(tx, handled(part)?, by, grade, &words, &calendar).await?
        }
    })
}

pub fn invalid(message: &'static str) -> Refusal {
    Refusal::Invalid(Message::of(message))
}

pub fn required(form: &RawAct) -> Result<String, Refusal> {
    form.required_words().map_err(Refusal::Invalid)
}

/// What was written, if anything: not too much.
pub fn optional(form: &RawAct) -> Result<String, Refusal> {
    if form.words.trim().is_empty() {
        return Ok(String::new());
    }
    required(form)
}

fn some_hours(form: &RawAct) -> Result<kernel::Minutes, Refusal> {
    form.hours()
        .map_err(Refusal::Invalid)?
        .ok_or_else(|| invalid("requests-error-say-hours"))
}

fn answers(matter: &Matter, form: &RawAct) -> Result<Answers, Refusal> {
    let reached =
        yes_or_no(&form.reached).ok_or_else(|| invalid("requests-error-choose-reached"))?;
    let has_more = [&form.resolved, &form.understood, &form.satisfied]
        .iter()
        .any(|answer| !answer.is_empty());
    if !reached && has_more {
        return Err(invalid("requests-error-not-reached"));
    }
    let satisfied = yes_or_no(&form.satisfied);
    Ok(if matter.is_explained() {
        Answers::to_explanation(reached, yes_or_no(&form.understood), satisfied)
    } else {
        Answers::new(reached, yes_or_no(&form.resolved), satisfied)
    })
}

/// Nothing with somebody's number in it is published (rule R13).
fn check_publishable(request: &Request, is_public: bool) -> Result<(), Refusal> {
    let all = [&request.title, &request.body, &request.place];
    if is_public
        && all
            .iter()
            .any(|words| !text::find_sensitive(words).is_empty())
    {
        return Err(invalid("requests-error-publish-sensitive"));
    }
    Ok(())
}
