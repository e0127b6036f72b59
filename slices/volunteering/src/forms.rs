//! Forms: raw words in, parsed input or what is wrong field by field.

mod post;
mod profile;
mod turn;

pub use post::RawPost;
pub use profile::RawProfile;
pub use turn::{NOTED_DAYS, ON_CALL, RawNote, RawTurn};

use matching::{Slot, Times};
use platform::Message;
use text::{Sensitive, find_sensitive};

/// More boxes than a form of ours has.
const TICKED_MAX: usize = 500;

/// Words that must be there, within a length in characters. No identity number is taken in.
fn words(raw: &str, most: usize) -> Result<String, Message> {
    let words = raw.trim();
    if words.is_empty() {
        return Err(Message::of("volunteering-error-missing"));
    }
    if words.chars().count() > most {
        return Err(Message::of("volunteering-error-too-many-letters").with("most", most));
    }
    let is_id = |kind: Sensitive| kind == Sensitive::NationalId;
    if find_sensitive(words).iter().any(|found| is_id(found.kind)) {
        return Err(Message::of("volunteering-error-national-id"));
    }
    Ok(words.to_owned())
}

fn number(raw: &str, least: u32, most: u32) -> Result<u32, Message> {
    let number = raw.trim().parse::<u32>().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            let message = Message::of("volunteering-error-number");
            message.with("least", least).with("most", most)
        })
}

/// The parts of the week behind their numbers; `None` when one is none.
fn times(raw: &[String]) -> Option<Times> {
    let slot = |raw: &String| raw.parse().ok().and_then(Slot::at);
    let is_ours = raw.len() <= TICKED_MAX;
    is_ours.then(|| raw.iter().map(slot).collect()).flatten()
}

fn numbers(times: Times) -> Vec<String> {
    times
        .slots()
        .map(|slot| slot.number().to_string())
        .collect()
}
