//! Mail goes out as a job, so that a slow post office never holds up an act. A letter may be sent
//! twice when the program dies between sending and noting it; it is written so that this is harmless.

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message as Letter, Tokio1Executor};
use serde::{Deserialize, Serialize};

use crate::jobs::{Doing, Job};
use crate::{House, Tx};

/// The kind of job.
pub(crate) const SEND: &str = "mail.send";

/// A letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// To which address.
    pub to: String,
    /// What it is about, without personal data.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// Puts a letter in the post, in the transaction of the act. Without a post office it stays.
pub fn post(tx: &mut Tx, mail: &Mail) {
    if tx.house().config().mail.is_some() {
        tx.later(SEND, mail);
    }
}

pub(crate) fn send<'a>(house: &'a House, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Some(config) = &house.config().mail else {
            return Ok(());
        };
        let mail: Mail = job.read()?;
        let letter = Letter::builder()
            .from(config.from.parse::<Mailbox>()?)
            .to(mail.to.parse::<Mailbox>()?)
            // The same id for a letter that is sent twice: mail programs show it once.
            .message_id(Some(format!("<{}@linli>", job.id)))
            .subject(mail.subject)
            .body(mail.body)?;
        let office = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.url)?.build();
        office.send(letter).await?;
        Ok(())
    })
}
