//! What neighbours can lend a hand with (能帮的忙). The person says it and takes it back; nobody says
//! it for them. It is no rating and never public: those alone may look who offers something who
//! may ask for help over a matter.
//!
//! For other rooms: [`skills`] names what can be offered, [`who_can`] who offers it.

mod usual;

use std::collections::HashMap;

use kernel::events::{AccountClosed, SkillOffered, SkillTakenBack};
use kernel::{AccountId, CommunityId, Facts, PersonId, SkillId};
use platform::access::{Allowed, HasFacts};
use platform::db::StoreError;
use platform::locale::Locale;
use platform::record::Recorded;
use platform::{Hearing, Tx};
use sea_orm::ConnectionTrait;

use crate::store::skills::{self as store, Known, Offer};

/// At most so many are named at once: nobody asks more people for one matter.
const NEIGHBOURS_MAX: u64 = 200;

/// Something that people can lend a hand with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    /// Which.
    pub id: SkillId,
    /// What it is called in Chinese.
    pub name_zh: String,
    /// What it is called in English; empty when nobody has translated it.
    pub name_en: String,
}

impl Skill {
    /// What it is called; in Chinese when there is no other name.
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::En | Locale::Mirror if !self.name_en.is_empty() => &self.name_en,
            Locale::ZhCn | Locale::En | Locale::Mirror => &self.name_zh,
        }
    }
}

/// Somebody who offers a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Their account.
    pub account: AccountId,
    /// What they are called.
    pub name: String,
}

/// The wish to look for people by what they offer, to be judged by [`crate::policy::ASK_BY_SKILL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Among whom.
    pub community: CommunityId,
}

impl HasFacts for Asking {
    fn facts(&self) -> Facts {
        Facts::of(self.community)
    }
}

/// All skills of a community that can be offered, in the order of its list. Who offers them is not
/// told, so everybody may read it.
///
/// # Errors
/// When the database does not answer.
pub async fn skills<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Skill>, StoreError> {
    store::all(on, community).await
}

/// Who offers a skill, in the order of their names as they sound: nobody whose account is closed,
/// at most 200.
///
/// # Errors
/// When the database does not answer.
pub async fn who_can<C: ConnectionTrait>(
    on: &C,
    allowed: &Allowed<Asking>,
    skill: SkillId,
) -> Result<Vec<Neighbour>, StoreError> {
    let community = allowed.as_inner().community;
    let mut found = store::who_can(on, community, skill, NEIGHBOURS_MAX).await?;
    found.sort_by_cached_key(|one| {
        let sound = text::pinyin(&one.name).into_iter().next();
        (
            sound.map(|spelling| spelling.full),
            one.name.clone(),
            one.account,
        )
    });
    Ok(found)
}

/// What residents offer, by person, in one statement: for rooms that look for several skills at
/// once. Who offers nothing, or has no open account, is not among them.
///
/// # Errors
/// When the database does not answer.
pub async fn of_people<C: ConnectionTrait>(
    on: &C,
    allowed: &Allowed<Asking>,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<Skill>>, StoreError> {
    store::of_people(on, allowed.as_inner().community, people).await
}

/// What an account offers: its own, and nobody else's to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Own {
    /// The tenant.
    pub community: CommunityId,
    /// Whose.
    pub account: AccountId,
}

impl HasFacts for Own {
    fn facts(&self) -> Facts {
        Facts {
            account: Some(self.account),
            ..Facts::of(self.community)
        }
    }
}

/// Why an offer is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The list has nothing of this word, or has it no longer.
    #[error("nothing of this word can be offered")]
    Unknown,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What can be offered, and what this account offers. A community that was founded before there
/// was a list is shown the usual one; it is entered with the first offer.
pub(crate) async fn known_to<C: ConnectionTrait>(
    on: &C,
    allowed: &Allowed<Own>,
) -> Result<Vec<Known>, StoreError> {
    let own = allowed.as_inner();
    let known = store::known_to(on, own.community, own.account).await?;
    Ok(if known.is_empty() {
        usual::shown()
    } else {
        known
    })
}

/// Offers exactly what is named by these words, and takes back the rest. Returns whether anything
/// changed.
///
/// # Errors
/// [`Error::Unknown`] when a word is none of the list; then nothing is changed.
pub(crate) async fn offer(
    tx: &mut Tx,
    allowed: &Allowed<Own>,
    words: &[String],
) -> Result<bool, Error> {
    let Own { community, account } = *allowed.as_inner();
    let mut known = store::known_to(tx, community, account).await?;
    if known.is_empty() {
        store::insert(tx, usual::SKILLS).await?;
        known = store::known_to(tx, community, account).await?;
    }
    let is_known = |word: &String| known.iter().any(|one| one.code == *word);
    if !words.iter().all(is_known) {
        return Err(Error::Unknown);
    }
    let is_wanted = |one: &&Known| words.contains(&one.code);
    let (wanted, unwanted): (Vec<&Known>, Vec<&Known>) = known.iter().partition(is_wanted);
    let new: Vec<Offer> = wanted
        .iter()
        .filter(|one| one.since.is_none())
        .map(|one| (account, one.skill.id))
        .collect();
    let gone: Vec<SkillId> = unwanted
        .iter()
        .filter(|one| one.since.is_some())
        .map(|one| one.skill.id)
        .collect();
    let new = store::offer(tx, &new).await?;
    let gone = store::take_back(tx, account, &gone).await?;
    tell_offered(tx, &new);
    tell_taken_back(tx, &gone);
    Ok(!new.is_empty() || !gone.is_empty())
}

/// Lets many accounts offer at once, each in their own name, by words of the list.
pub(crate) async fn offer_many(
    tx: &mut Tx,
    offers: &[(AccountId, &str)],
) -> Result<(), StoreError> {
    let ids = store::ids(tx, tx.community()).await?;
    let offers: Vec<Offer> = offers
        .iter()
        .map(|(account, word)| {
            let id = ids.get(*word).copied();
            let id = id.ok_or_else(|| StoreError::Unreadable(format!("the skill {word}")))?;
            Ok((*account, id))
        })
        .collect::<Result<_, StoreError>>()?;
    let new = store::offer(tx, &offers).await?;
    tell_offered(tx, &new);
    Ok(())
}

/// Without who acted: whoever reads the record may not learn from it who offers what.
fn tell_offered(tx: &mut Tx, offers: &[Offer]) {
    for &(account, skill) in offers {
        tx.emit_unsigned(&SkillOffered { account, skill });
    }
}

fn tell_taken_back(tx: &mut Tx, offers: &[Offer]) {
    for &(account, skill) in offers {
        tx.emit_unsigned(&SkillTakenBack { account, skill });
    }
}

/// Takes everything back that a resident offers: their entry is being erased.
pub(crate) async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let gone = store::take_back_of_person(tx, person).await?;
    tell_taken_back(tx, &gone);
    Ok(())
}

/// Gives a community the usual list to begin with.
pub(crate) fn hear_of_founding<'a>(tx: &'a mut Tx, _event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move { store::insert(tx, usual::SKILLS).await })
}

/// Whoever leaves offers nothing any more.
pub(crate) fn hear_of_closing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(AccountClosed { account }) = event.read() else {
            return Ok(());
        };
        let gone = store::take_all_back(tx, account).await?;
        tell_taken_back(tx, &gone);
        Ok(())
    })
}
