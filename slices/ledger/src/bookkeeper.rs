//! Many writers, one commit: whoever comes while a commit is on its way waits for the next one, which
//! takes them all. Each is answered only after its own transfers are durable.
//!
//! For orders whose ids were made elsewhere and kept there before they were sent: a till, another
//! system. The same order again is answered as before, and what was refused stays refused.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use book::{Applied, Chain};
use kernel::{Actor, CommunityId};
use platform::House;
use platform::db::StoreError;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::post::{Order, Outcome, PostError, Written, transfer_id, write, written};
use crate::store::{Ids, Remembered};

/// Chains in one commit: enough to share its cost, few enough that nobody waits long.
const AT_ONCE: usize = 512;

/// What came of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// A transfer for each order.
    pub written: Vec<Written>,
    /// Whether it had been written before, word for word.
    pub existed: bool,
}

type Reply = oneshot::Sender<Result<Answer, PostError>>;

#[derive(Debug)]
struct Waiting {
    chain: Chain,
    reply: Reply,
}

/// Who waits, by community; a community is in the map while somebody writes for it.
#[derive(Debug, Default)]
struct Queues(Mutex<HashMap<CommunityId, Vec<Waiting>>>);

/// Writes chains of many clients together.
#[derive(Clone, Debug)]
pub struct Bookkeeper {
    house: House,
    queues: Arc<Queues>,
}

impl Bookkeeper {
    /// The one of this house.
    pub fn of(house: &House) -> Self {
        Self {
            house: house.clone(),
            queues: house.keep::<Queues>(),
        }
    }

    /// Writes a chain whole or not at all, and answers when it is durable. Whoever asks must be
    /// allowed to; the caller has judged that.
    ///
    /// # Errors
    /// What the book does not allow; and when the database does not answer, in which case the same
    /// orders may be sent again under the same ids.
    pub async fn submit(
        &self,
        community: CommunityId,
        group: Uuid,
        orders: &[Order],
    ) -> Result<Answer, PostError> {
        let chain = Chain {
            group: group.as_u128(),
            orders: orders
                .iter()
                .map(|order| book::Order {
                    id: transfer_id(order.id),
                    step: order.step.0,
                })
                .collect(),
        };
        let (reply, answer) = oneshot::channel();
        if self.queue(community, Waiting { chain, reply }) {
            // A task of its own, so that nobody's going away leaves the others waiting.
            let keeper = self.clone();
            tokio::spawn(async move { keeper.write_all(community).await });
        }
        answer.await.unwrap_or_else(|_| {
            let gone = "the writing of the book was broken off";
            Err(StoreError::Unreadable(gone.into()).into())
        })
    }

    /// Puts it into the queue; whether somebody must begin to write.
    fn queue(&self, community: CommunityId, waiting: Waiting) -> bool {
        let mut queues = self.queues.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = !queues.contains_key(&community);
        queues.entry(community).or_default().push(waiting);
        is_first
    }

    /// The next ones; none when all are written, and then somebody else must begin again.
    fn next(&self, community: CommunityId) -> Vec<Waiting> {
        let mut queues = self.queues.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(queue) = queues.get_mut(&community) else {
            return Vec::new();
        };
        if queue.is_empty() {
            queues.remove(&community);
            return Vec::new();
        }
        let rest = queue.split_off(queue.len().min(AT_ONCE));
        std::mem::replace(queue, rest)
    }

    async fn write_all(&self, community: CommunityId) {
        // For as long as somebody waits: then it is full of what is asked for just now.
        let mut memory = Remembered::default();
        loop {
            let some = self.next(community);
            if some.is_empty() {
                return;
            }
            let (chains, replies): (Vec<Chain>, Vec<Reply>) = some
                .into_iter()
                .map(|waiting| (waiting.chain, waiting.reply))
                .unzip();
            match self.write_some(community, &chains, &mut memory).await {
                Ok(answers) => {
                    for (reply, answer) in replies.into_iter().zip(answers) {
                        // Who went away meanwhile asks again under the same ids.
                        let _ = reply.send(answer);
                    }
                }
                Err(error) => {
                    memory.forget();
                    let words = error.to_string();
                    tracing::error!(error = words, "a batch of the book was not written");
                    for reply in replies {
                        let again = StoreError::Unreadable(words.clone());
                        let _ = reply.send(Err(again.into()));
                    }
                }
            }
        }
    }

    async fn write_some(
        &self,
        community: CommunityId,
        chains: &[Chain],
        memory: &mut Remembered,
    ) -> Result<Vec<Result<Answer, PostError>>, StoreError> {
        let mut tx = self.house.begin(&Actor::visitor(community)).await?;
        let (answers, desk) = write(&mut tx, chains, Ids::Known, memory).await?;
        let is_new = |answer: &Outcome| match answer {
            Ok(applied) => matches!(applied, Applied::Written(_)),
            Err(refused) => refused.why.uses_up_ids(),
        };
        if answers.iter().any(is_new) {
            tx.commit().await?;
            memory.learn(&desk);
        }
        Ok(answers
            .into_iter()
            .map(|answer| match answer {
                Ok(applied) => Ok(Answer {
                    existed: matches!(applied, Applied::Exists(_)),
                    written: written(applied.transfers()),
                }),
                Err(refused) => Err(refused.why.into()),
            })
            .collect())
    }
}
