//! Offers, the choice among them, and the credit that is reserved with it.

use kernel::PersonId;
use kernel::events::{HelpMatched, HelpOfferTakenBack, HelpOffered, HelpReserved, HelpSteppedBack};
use people::Resident;
use platform::Tx;
use platform::access::Allowed;

use super::account::check_open;
use super::{check_coordinator, giver, keep, receiver, turn};
use crate::book;
use crate::error::Error;
use crate::locked;
use crate::model::{Cover, Side, State, Verb};
use crate::policy::Asked;
use crate::store::{self, Help};

/// Digits of the code for signing in and out: easy to say over the telephone.
const CODE_DIGITS: usize = 6;

/// Offers to help; one of the sides cannot.
pub async fn offer(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    person: PersonId,
    is_phone_shared: bool,
) -> Result<Help, Error> {
    let mut help = asked.into_inner().help;
    if help.side_of(person).is_some() {
        return Err(Error::OwnHelp);
    }
    if help.ends_at() <= tx.now {
        return Err(Error::TooLate);
    }
    check_open(tx, person).await?;
    turn(&mut help, Verb::Offer)?;
    if !store::add_offer(tx, help.id, person, is_phone_shared).await? {
        return Err(Error::NotNow);
    }
    keep(tx, &mut help).await?;
    tx.emit(&HelpOffered {
        help: help.id,
        person,
    });
    Ok(help)
}

/// Takes an offer back, before somebody is chosen.
pub async fn take_back(
    tx: &mut Tx,
    asked: Allowed<Asked>,
    person: PersonId,
) -> Result<Help, Error> {
    let mut help = asked.into_inner().help;
    turn(&mut help, Verb::TakeBack)?;
    if !store::remove_offer(tx, help.id, person).await? {
        return Err(Error::NoSuchOffer);
    }
    as_offered(tx, &mut help).await?;
    keep(tx, &mut help).await?;
    tx.emit(&HelpOfferTakenBack {
        help: help.id,
        person,
    });
    Ok(help)
}

/// A help that is sought again is still offered when others offered too.
async fn as_offered(tx: &Tx, help: &mut Help) -> Result<(), Error> {
    if !store::offers_of(tx, help.community, help.id)
        .await?
        .is_empty()
    {
        help.state = State::Offered;
    }
    Ok(())
}

/// Chooses one of those who offered: a coordinator where the help asks for one, otherwise also the
/// receiving side. The credit is reserved with it, unless two people have still to grant it.
pub async fn choose(tx: &mut Tx, asked: Allowed<Asked>, chosen: &Resident) -> Result<Help, Error> {
    let asked = asked.into_inner();
    let by_coordinator = asked.side() == Side::Coordinator;
    if !by_coordinator && asked.help.needs_coordinator {
        return Err(Error::CoordinatorChooses);
    }
    let mut help = asked.help;
    let is_side = help.side_of(chosen.person).is_some();
    if is_side || tx.actor.person == Some(chosen.person) {
        return Err(Error::OwnHelp);
    }
    if help.ends_at() <= tx.now {
        return Err(Error::TooLate);
    }
    turn(&mut help, Verb::Match)?;
    let offers = store::offers_of(tx, help.community, help.id).await?;
    let offer = offers.iter().find(|offer| offer.person == chosen.person);
    let offer = offer.ok_or(Error::NoSuchOffer)?;
    check_open(tx, chosen.person).await?;
    let at = (help.starts_at, help.ends_at());
    if store::is_busy(tx, chosen.person, help.id, at).await? {
        return Err(Error::Busy);
    }
    help.giver = Some(chosen.person);
    help.code = Some(new_code(tx));
    help.code_tries = 0;
    if offer.is_phone_shared {
        let mut words = locked::open_to_change(tx.house().vault(), help.locked.as_deref())?;
        words.giver_phone = chosen.phone(tx.house().vault()).unwrap_or_default();
        help.locked = Some(locked::lock(tx, &words));
    }
    tx.emit(&HelpMatched {
        help: help.id,
        person: chosen.person,
        by_coordinator,
    });
    if help.cover != Cover::Open {
        reserve(tx, &mut help).await?;
    }
    keep(tx, &mut help).await?;
    Ok(help)
}

/// Reserves the credit for a help that is matched.
pub(super) async fn reserve(tx: &mut Tx, help: &mut Help) -> Result<(), Error> {
    turn(help, Verb::Reserve)?;
    help.hold = Some(book::reserve(tx, help, giver(help)?).await?);
    tx.emit(&HelpReserved {
        help: help.id,
        person: receiver(help)?,
        cover: help.cover.word().to_owned(),
        minutes: help.minutes,
    });
    Ok(())
}

/// A code for signing in and out.
pub fn new_code(tx: &Tx) -> String {
    let bytes: [u8; CODE_DIGITS] = tx.house().chance().bytes();
    bytes
        .iter()
        .map(|byte| char::from(b'0' + byte % 10))
        .collect()
}

/// Who was chosen cannot come after all, by their own word or as the desk was told. The help is
/// sought again.
pub async fn step_back(tx: &mut Tx, asked: Allowed<Asked>) -> Result<Help, Error> {
    let asked = asked.into_inner();
    match asked.side() {
        Side::Giver => {}
        Side::Receiver | Side::Relative => return Err(Error::OwnHelp),
        Side::Coordinator => check_coordinator(&asked)?,
    }
    let mut help = asked.help;
    // Afterwards there is nobody to be found for it; that they did not meet is another act.
    if help.ends_at() <= tx.now {
        return Err(Error::TooLate);
    }
    turn(&mut help, Verb::StepBack)?;
    let person = giver(&help)?;
    book::release(tx, &mut help).await?;
    help.giver = None;
    help.code = None;
    let mut words = locked::open_to_change(tx.house().vault(), help.locked.as_deref())?;
    words.giver_phone = String::new();
    help.locked = Some(locked::lock(tx, &words));
    store::remove_offer(tx, help.id, person).await?;
    as_offered(tx, &mut help).await?;
    keep(tx, &mut help).await?;
    tx.emit(&HelpSteppedBack {
        help: help.id,
        person,
    });
    Ok(help)
}
