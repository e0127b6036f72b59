//! The forms of claims: claiming, judging, proposing.

use kernel::ItemId;
use platform::web::FieldErrors;
use platform::{Message, Refusal};
use serde::Deserialize;

use super::{WORDS_MAX, day, number, words};
use crate::actions::claiming::Claiming;
use crate::actions::proposing::Proposing;
use crate::model::{CAP_MAX, CLAIM_MAX, ProposalKind};

/// A claim, as it was sent. The desk says for whom.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawClaim {
    /// The id of an item.
    pub item: String,
    /// Times, or hours.
    pub quantity: String,
    /// `2026-11-21`.
    pub day: String,
    /// How it is shown.
    pub evidence: String,
    /// Of a resident who came: their telephone number.
    pub phone: String,
    /// Of a resident who came: their name.
    pub name: String,
}

impl RawClaim {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self) -> Result<Claiming, FieldErrors> {
        let mut errors = FieldErrors::default();
        let item: Option<ItemId> = self.item.parse().ok();
        if item.is_none() {
            errors.add("item", Message::of("points-error-choose-item"));
        }
        let quantity =
            number(&self.quantity, 1, CLAIM_MAX).map_err(|said| errors.add("quantity", said));
        let day = day(&self.day).map_err(|said| errors.add("day", said));
        let evidence =
            words(&self.evidence, WORDS_MAX).map_err(|said| errors.add("evidence", said));
        match (item, quantity, day, evidence) {
            (Some(item), Ok(quantity), Ok(day), Ok(evidence)) => Ok(Claiming {
                item,
                quantity,
                day,
                evidence,
            }),
            _ => Err(errors),
        }
    }
}

/// What somebody says in a check, an objection, an appeal, or as one of a panel.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawJudgement {
    /// The version that the form was made for.
    pub version: String,
    /// `yes` or `no`.
    pub right: String,
    /// In words.
    pub said: String,
}

/// What one of a panel says: whether it is right, and why.
///
/// # Errors
/// The sentence that says what is missing.
pub fn judgement(raw: &RawJudgement) -> Result<(bool, String), Refusal> {
    let is_right = match raw.right.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::Invalid(Message::of("points-error-choose"))),
    };
    let said = words(&raw.said, WORDS_MAX).map_err(Refusal::Invalid)?;
    Ok((is_right, said))
}

/// Who is to look at an objection or an appeal: sign-in names, one in each line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPanel {
    /// The names.
    pub members: Vec<String>,
}

/// A proposal, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawProposal {
    /// Points, or pieces.
    pub amount: String,
    /// Where it comes from, or why.
    pub reason: String,
    /// `yes` when reservations may be called off.
    pub call_off: String,
}

/// Reads a proposal.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn proposal(
    raw: &RawProposal,
    kind: ProposalKind,
    subject: Option<uuid::Uuid>,
) -> Result<Proposing, Refusal> {
    let most = match kind {
        ProposalKind::Fund => 10_000_000,
        ProposalKind::Reversal | ProposalKind::WriteOff => CAP_MAX,
    };
    Ok(Proposing {
        kind,
        subject,
        amount: number(&raw.amount, 1, most).map_err(Refusal::Invalid)?,
        reason: words(&raw.reason, WORDS_MAX).map_err(Refusal::Invalid)?,
    })
}
