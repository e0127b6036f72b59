//! Whom one might ask for which post: what is known of posts and people, handed to `matching`, and
//! what it says in this room's words. It proposes; the organiser asks, and whoever is asked decides.

use std::collections::HashMap;
use std::sync::Arc;

use areas::Atlas;
use jiff::civil::Date;
use kernel::{AreaId, PersonId, SkillId};
use matching::{Candidate, Fit, Need, Slot, reasons, roster, suggest, suits};

use crate::candidates::Volunteer;
use crate::model::{Claim, Turn, Why, collide, taken};
use crate::store::posts::Post;
use crate::store::ties::{Kind, Tie};

/// Shifts that a roster of several days proposes to one person at most: being asked is shared.
const TURNS_MAX: u32 = 2;

/// Somebody who might like a place.
#[derive(Clone, Debug)]
pub struct Proposed<'a> {
    /// Who.
    pub volunteer: &'a Volunteer,
    /// Why they.
    pub why: Vec<Why>,
}

/// A line of a roster: somebody, a post and a time.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Which post.
    pub post: &'a Post,
    /// When.
    pub turn: Turn,
    /// Who, and why.
    pub proposed: Proposed<'a>,
}

/// What proposals are made from.
#[derive(Clone, Debug)]
pub struct Ground {
    atlas: Arc<Atlas>,
    volunteers: Vec<Volunteer>,
    /// What lies between people and posts, by person.
    ties: HashMap<PersonId, Vec<Tie>>,
    /// Decides between those who are alike.
    seed: u64,
}

impl Ground {
    /// Proposals of one day: the same the whole day long, and another order of those who are alike
    /// on the next.
    pub fn new(atlas: Arc<Atlas>, volunteers: Vec<Volunteer>, ties: Vec<Tie>, today: Date) -> Self {
        let mut by_person: HashMap<PersonId, Vec<Tie>> = HashMap::new();
        for tie in ties {
            by_person.entry(tie.person).or_default().push(tie);
        }
        let day = i64::from(today.year()) * 366 + i64::from(today.day_of_year());
        Self {
            atlas,
            volunteers,
            ties: by_person,
            seed: day.unsigned_abs(),
        }
    }

    fn ties_of(&self, person: PersonId) -> &[Tie] {
        self.ties.get(&person).map_or(&[], Vec::as_slice)
    }

    /// At most so many who might like a place at a post, in the order in which one would ask them.
    pub fn for_post(&self, post: &Post, turn: Turn, most: usize) -> Vec<Proposed<'_>> {
        let free: Vec<&Volunteer> = self
            .volunteers
            .iter()
            .filter(|one| self.may_be_asked(one.person, post, turn))
            .collect();
        let candidates: Vec<Candidate<SkillId>> =
            free.iter().map(|one| self.candidate(one, post)).collect();
        let found = suggest(&need(post, turn), &candidates, most, self.seed);
        found
            .into_iter()
            .map(|one| Proposed {
                volunteer: free[one.candidate],
                why: one.reasons.into_iter().map(Why::from).collect(),
            })
            .collect()
    }

    /// Who might take which of the empty places on some days, over all these posts at once.
    pub fn for_days<'a>(&'a self, posts: &'a [Post], days: &[Date]) -> Vec<Line<'a>> {
        let wanted: Vec<(&Post, Turn, u32)> = self.empty_places(posts, days);
        let fits = self.fits(&wanted);
        let places: Vec<matching::Post> = wanted
            .iter()
            .map(|(post, turn, places)| matching::Post {
                slot: time_of(*turn, days),
                places: *places,
                priority: post.what.weight.priority(),
            })
            .collect();
        let turns = if days.len() > 1 { TURNS_MAX } else { 1 };
        let volunteers: Vec<matching::Volunteer> = self
            .volunteers
            .iter()
            .map(|one| matching::Volunteer {
                shifts_max: turns.min(one.askings_left()),
                hours_90: one.hours_with_askings(),
            })
            .collect();
        let drawn = roster(&volunteers, &places, &fits, self.seed);
        drawn
            .places
            .iter()
            .map(|place| {
                let (post, turn, _) = wanted[place.post];
                let volunteer = &self.volunteers[place.volunteer];
                let why = reasons(&need(post, turn), &self.candidate(volunteer, post));
                Line {
                    post,
                    turn,
                    proposed: Proposed {
                        volunteer,
                        why: why.into_iter().map(Why::from).collect(),
                    },
                }
            })
            .collect()
    }

    /// Who suits which of these places.
    fn fits(&self, wanted: &[(&Post, Turn, u32)]) -> Vec<Fit> {
        let mut fits = Vec::new();
        let mut candidates: Vec<Candidate<SkillId>> = Vec::new();
        let mut of_post = None;
        for (post_place, (post, turn, _)) in wanted.iter().enumerate() {
            // The times of one post stand together; the way there is the same for all of them.
            if of_post != Some(post.id) {
                of_post = Some(post.id);
                let candidate = |one| self.candidate(one, post);
                candidates = self.volunteers.iter().map(candidate).collect();
            }
            let need = need(post, *turn);
            for (place, candidate) in candidates.iter().enumerate() {
                let person = self.volunteers[place].person;
                if suits(&need, candidate) && self.may_be_asked(person, post, *turn) {
                    fits.push(Fit {
                        volunteer: place,
                        post: post_place,
                        metres: candidate.metres.unwrap_or(matching::cost::UNKNOWN_M),
                    });
                }
            }
        }
        fits
    }

    /// The times on these days at which places of open posts are empty, with how many; those whom
    /// somebody is being asked to take are not empty.
    fn empty_places<'a>(&self, posts: &'a [Post], days: &[Date]) -> Vec<(&'a Post, Turn, u32)> {
        let mut wanted = Vec::new();
        for post in posts {
            let there: Vec<Claim> = self
                .ties
                .values()
                .flatten()
                .filter(|tie| tie.post == post.id && is_taken_or_asked(tie))
                .map(|tie| Claim {
                    person: tie.person,
                    slot: tie.turn.slot,
                    day: tie.turn.day,
                })
                .collect();
            for day in days {
                for slot in slots_on(post, *day) {
                    let turn = Turn {
                        slot: Some(slot),
                        day: Some(*day),
                    };
                    let taken = u32::try_from(taken(&there, turn)).unwrap_or(u32::MAX);
                    let empty = post.what.places.saturating_sub(taken);
                    if empty > 0 {
                        wanted.push((post, turn, empty));
                    }
                }
            }
        }
        wanted
    }

    fn candidate(&self, volunteer: &Volunteer, post: &Post) -> Candidate<SkillId> {
        let area: Option<AreaId> = post.what.area;
        let has_helped = self
            .ties_of(volunteer.person)
            .iter()
            .any(|tie| tie.kind == Kind::Helped && tie.post == post.id);
        volunteer.towards(&self.atlas, area, has_helped)
    }

    /// Nobody is asked for a place that they have or are being asked for, while a "no" rests, when they
    /// wish not to be, or when they have or may have a place elsewhere then.
    fn may_be_asked(&self, person: PersonId, post: &Post, turn: Turn) -> bool {
        !self.ties_of(person).iter().any(|tie| {
            let is_here = tie.post == post.id;
            let is_same = tie.turn.slot == turn.slot
                && (tie.turn.day.is_none() || turn.day.is_none() || tie.turn.day == turn.day);
            match tie.kind {
                Kind::Claim | Kind::Asked => (is_here && is_same) || collide(tie.turn, turn),
                Kind::Resting | Kind::Unasked => is_here,
                Kind::Helped => false,
            }
        })
    }
}

fn need(post: &Post, turn: Turn) -> Need<SkillId> {
    Need {
        skills: post.what.skills.clone(),
        slot: turn.slot,
    }
}

fn is_taken_or_asked(tie: &Tie) -> bool {
    matches!(tie.kind, Kind::Claim | Kind::Asked)
}

/// The times of a post that fall on a day.
fn slots_on(post: &Post, day: Date) -> impl Iterator<Item = Slot> {
    let weekday = crate::model::weekday(day);
    let slots = post.what.slots;
    Slot::all().filter(move |slot| slots.has(*slot) && slot.weekday() == weekday)
}

/// A number for each part of each day, so that nobody is proposed twice for one.
fn time_of(turn: Turn, days: &[Date]) -> u32 {
    let day = days.iter().position(|day| Some(*day) == turn.day);
    let day = day.and_then(|day| u32::try_from(day).ok()).unwrap_or(0);
    day * u32::from(Slot::COUNT) + turn.slot.map_or(0, |slot| u32::from(slot.number()))
}
