//! Entering mediations that have already happened, for a demo: each act through its own function,
//! with its event, at the moment at which it happened.

use kernel::{AccountId, Act, Actor, Duty, DutyKind, Facts, Instant};
use platform::Tx;
use platform::access::{Allowed, HasFacts};
use platform::door;

use crate::actions::{self, Agreement, Application, Session, Setting, today};
use crate::error::Error;
use crate::locked::{Matter, Party};
use crate::model::{Decision, Ending, Form, How, Origin, Side, Subject};
use crate::policy::{self, Asked};
use crate::store::{Consent, Mediation};

/// A mediation of the past.
#[derive(Clone, Debug)]
pub struct PastMediation {
    /// When it was asked for or offered.
    pub at: Instant,
    /// How it began: written down by the head.
    pub origin: Origin,
    /// What it was about, from a short list.
    pub subject: Subject,
    /// What it was about, in words.
    pub about: String,
    /// Names and telephones of the parties.
    pub parties: [(String, String); 2],
    /// Their accounts, where they have one.
    pub accounts: [Option<AccountId>; 2],
    /// The head of the committee then.
    pub head: AccountId,
    /// The mediator, and a second one if there was.
    pub mediators: [Option<AccountId>; 2],
    /// What was done, oldest first.
    pub deeds: Vec<(Instant, PastDeed)>,
}

/// Something that was done.
#[derive(Clone, Debug)]
pub enum PastDeed {
    /// The parties who had not agreed yet agreed.
    Consented(How),
    /// The other party refused.
    Declined,
    /// The mediators were set, by the parties' choice or not.
    MediatorsSet(bool),
    /// A session behind closed doors.
    Met {
        /// Who was there.
        present: String,
        /// What was said.
        notes: String,
    },
    /// They agreed.
    Agreed {
        /// How.
        form: Form,
        /// The facts.
        facts: String,
        /// What each will do.
        terms: String,
        /// How and by when.
        limits: String,
    },
    /// It was signed and sealed.
    Signed,
    /// The committee looked after it.
    Visited(String),
    /// Both asked this court, with its number.
    Sought(String),
    /// The court decided.
    Decided(Decision),
    /// It was kept.
    Fulfilled,
    /// It ended without its purpose.
    Terminated(Ending),
}

/// Enters mediations of the past, one after the other: they are few. Returns how many.
///
/// # Errors
/// [`Error::NotNow`] when a history breaks the table of states or the policy; then nothing may be
/// committed.
pub async fn enter_many(tx: &mut Tx, mut past: Vec<PastMediation>) -> Result<usize, Error> {
    past.sort_by_key(|one| one.at);
    let (now, actor) = (tx.now, tx.actor.clone());
    let amount = past.len();
    let mut entered = Ok(());
    for one in past {
        entered = live_through(tx, one).await;
        if entered.is_err() {
            break;
        }
    }
    (tx.now, tx.actor) = (now, actor);
    entered.map(|()| amount)
}

async fn live_through(tx: &mut Tx, past: PastMediation) -> Result<(), Error> {
    let community = tx.community();
    tx.now = past.at;
    tx.actor = on_duty(tx, past.head, DutyKind::MediationHead);
    let on = today(tx);
    let consent = match past.origin {
        Origin::Offered => None,
        Origin::Desk | Origin::Web => Some(Consent {
            on,
            how: How::InPerson,
        }),
    };
    let [a, b] = past.parties.map(|(name, phone)| Party { name, phone });
    let application = Application {
        origin: past.origin,
        subject: past.subject,
        matter: Matter {
            about: past.about,
            a,
            b,
            ..Matter::default()
        },
        accounts: past.accounts,
        consent,
        on,
    };
    let allowed = allow(tx, policy::RECORD, Facts::of(community))?;
    let mut mediation = actions::apply(tx, allowed, application).await?;
    for (at, deed) in past.deeds {
        tx.now = at;
        mediation = relive(tx, mediation, past.head, past.mediators, deed).await?;
    }
    Ok(())
}

async fn relive(
    tx: &mut Tx,
    mediation: Mediation,
    head: AccountId,
    mediators: [Option<AccountId>; 2],
    deed: PastDeed,
) -> Result<Mediation, Error> {
    let on = today(tx);
    let is_heads = matches!(
        deed,
        PastDeed::Consented(_) | PastDeed::Declined | PastDeed::MediatorsSet(_)
    );
    let (account, kind, act) = if is_heads {
        (head, DutyKind::MediationHead, policy::ASSIGN)
    } else {
        let mediator = mediators[0].ok_or(Error::NoSuchMediator)?;
        (mediator, DutyKind::Mediator, policy::MEDIATE)
    };
    let act = match deed {
        PastDeed::Terminated(_) => policy::END,
        _ => act,
    };
    tx.actor = on_duty(tx, account, kind);
    let missing = Side::ALL
        .iter()
        .copied()
        .filter(|side| mediation.consent_of(*side).is_none());
    let missing: Vec<Side> = missing.collect();
    let subject = mediation.subject;
    let asked = |tx: &Tx, mediation| {
        let asker = Some(account);
        allow(tx, act, Asked { mediation, asker })
    };
    let allowed = asked(tx, mediation.clone())?;
    match deed {
        PastDeed::Consented(how) => {
            let mut after = mediation;
            for side in missing {
                let allowed = asked(tx, after)?;
                after = actions::consent(tx, allowed, side, Consent { on, how }).await?;
            }
            Ok(after)
        }
        PastDeed::Declined => actions::decline(tx, allowed, Side::B).await,
        PastDeed::MediatorsSet(is_chosen_by_parties) => {
            let setting = Setting {
                mediators,
                is_chosen_by_parties,
                ..Setting::default()
            };
            // Duties of a demo begin with its communities, long before.
            let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
            actions::set_mediators(tx, allowed, setting, &on_duty).await
        }
        PastDeed::Met { present, notes } => {
            let session = Session {
                on,
                is_open: false,
                present,
                notes,
            };
            actions::hold_session(tx, allowed, session).await
        }
        PastDeed::Agreed {
            form,
            facts,
            terms,
            limits,
        } => {
            let agreement = Agreement {
                form,
                on,
                subject,
                facts,
                terms,
                limits,
            };
            actions::agree(tx, allowed, agreement).await
        }
        PastDeed::Signed => actions::sign(tx, allowed, on).await,
        PastDeed::Visited(notes) => actions::visit(tx, allowed, on, notes).await,
        PastDeed::Sought(court) => actions::seek_confirmation(tx, allowed, on, court).await,
        PastDeed::Decided(decision) => {
            actions::decide(tx, allowed, on, decision, String::new()).await
        }
        PastDeed::Fulfilled => actions::fulfil(tx, allowed, on).await,
        PastDeed::Terminated(ending) => actions::terminate(tx, allowed, ending).await,
    }
}

fn on_duty(tx: &Tx, account: AccountId, kind: DutyKind) -> Actor {
    Actor {
        account: Some(account),
        duties: vec![Duty {
            kind,
            area: None,
            handler: None,
        }],
        ..Actor::visitor(tx.community())
    }
}

fn allow<T: HasFacts>(tx: &Tx, act: Act, thing: T) -> Result<Allowed<T>, Error> {
    let policy = tx.house().policy();
    policy
        .check(&tx.actor, act, thing)
        .map_err(|_| Error::NotNow)
}
