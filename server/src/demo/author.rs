//! Writes reports: who says what about a matter, by which way, in which words.

use kernel::{Instant, Minutes};
use requests::Channel;

use super::draw::{Draw, Topic};
use super::kinds::{self, Kind};
use super::matters::{Manner, Matter, Place, Reporter};
use super::neighbourhood::Neighbourhood;
use super::phrases::{Phrases, chosen};
use super::staff::Charge;

/// How floors are said.
const FLOORS: [&str; 5] = ["二", "三", "四", "五", "六"];

/// What matters are made from.
pub struct Author<'a> {
    /// Where.
    pub hood: &'a Neighbourhood,
    /// How often which.
    pub kinds: Vec<Kind>,
    /// In what words.
    pub phrases: Phrases,
    /// By chance.
    pub draw: Draw,
    /// Today.
    pub now: Instant,
    /// Households with a telephone, by micro-grid.
    callers: Vec<Vec<usize>>,
}

impl<'a> Author<'a> {
    /// Knows the neighbourhood.
    pub fn of(hood: &'a Neighbourhood, seed: u64, now: Instant) -> Self {
        let mut callers = vec![Vec::new(); hood.ground.micro_grids.len()];
        for (number, household) in hood.households.iter().enumerate() {
            if household.people[0].phone.is_some() {
                callers[hood.ground.buildings[household.building].micro_grid].push(number);
            }
        }
        // Where nobody lives, or nobody has a telephone, passers-by from anywhere report.
        let everybody = callers.concat();
        for nobody in callers.iter_mut().filter(|some| some.is_empty()) {
            nobody.clone_from(&everybody);
        }
        Self {
            hood,
            kinds: kinds::read(&hood.catalogue),
            phrases: Phrases::read(),
            draw: Draw::of(seed, Topic::Matters),
            now,
            callers,
        }
    }

    /// The kind of this category.
    pub fn kind(&self, code: &str) -> usize {
        let category = self.hood.catalogue.category(code);
        self.kinds
            .iter()
            .position(|kind| kind.category == category)
            .unwrap_or_default()
    }

    /// A matter that has just come in.
    pub fn reported(&mut self, kind: usize, place: Place, received_at: Instant) -> Matter {
        let category = &self.hood.catalogue.categories[self.kinds[kind].category];
        let channel = self.channel(kind);
        let reporter = self.reporter(channel, place.micro_grid);
        let manner = self.manner(&place);
        let Kind { titles, bodies, .. } = &self.kinds[kind];
        let title = self.draw.below(titles.len());
        let are_pairs = titles.len() == bodies.len();
        let body = if are_pairs {
            title
        } else {
            self.draw.below(bodies.len())
        };
        let (title, body) = (titles[title], bodies[body]);
        let title = self.filled(title, &place.short, &place, &manner);
        let body = self.filled(body, &place.words, &place, &manner);
        let is_shy = channel == Channel::Web && self.draw.per_mille(240);
        Matter {
            category: self.kinds[kind].category,
            title,
            body: self.in_the_voice_of(channel, kind, &body),
            place,
            channel,
            reporter,
            manner,
            is_public: category.is_public && !is_shy,
            received_at,
            due_at: received_at.plus(Minutes(category.due_minutes)),
            steps: Vec::new(),
        }
    }

    fn manner(&mut self, place: &Place) -> Manner {
        let homes = place
            .building
            .and_then(|building| self.hood.ground.buildings[building].homes);
        let floors = usize::from(homes.map_or(6, |homes| homes.floors)).clamp(2, 6) - 1;
        Manner {
            lead: self.draw.unit(),
            floor: FLOORS[self.draw.below(floors)],
            days: self.phrases.one("days", &mut self.draw),
        }
    }

    /// Most who write ask for something to be done; who only asks or thanks does not.
    fn in_the_voice_of(&mut self, channel: Channel, kind: usize, body: &str) -> String {
        let (opening, often, closing) = match channel {
            Channel::Web | Channel::Import => ("opening", 350, 450),
            Channel::Desk => ("desk-opening", 900, 0),
            Channel::Telephone => ("telephone-opening", 900, 0),
            Channel::Inspection => ("inspection-opening", 900, 0),
        };
        let mut words = String::new();
        if self.draw.per_mille(often) {
            words.push_str(&self.phrases.one(opening, &mut self.draw));
        }
        words.push_str(body);
        if self.draw.per_mille(closing) {
            let first_level = self.hood.catalogue.first_level(self.kinds[kind].category);
            let is_wish = !matches!(first_level, "advice" | "other");
            let heading = if is_wish { "closing" } else { "thanks" };
            words.push_str(&self.phrases.one(heading, &mut self.draw));
        }
        words
    }

    /// A sentence with its choices made and its blanks filled; `here` is how the place is called.
    pub fn filled(&mut self, sentence: &str, here: &str, place: &Place, manner: &Manner) -> String {
        let ground = &self.hood.ground;
        let grid = &ground.grids[ground.micro_grids[place.micro_grid].grid];
        chosen(sentence, manner.lead, &mut self.draw)
            .replace("{p}", here)
            .replace("{c}", &ground.compounds[grid.compound].name)
            .replace("{d}", &manner.days)
            .replace("{f}", manner.floor)
    }

    /// Grid workers see on their round what one can see; residents write, call or come.
    fn channel(&mut self, kind: usize) -> Channel {
        let first_level = self.hood.catalogue.first_level(self.kinds[kind].category);
        let is_visible = matches!(
            first_level,
            "environment" | "facilities" | "fire" | "traffic"
        );
        match self.draw.below(1_000) {
            0..300 if is_visible => Channel::Inspection,
            0..680 => Channel::Web,
            680..880 => Channel::Telephone,
            _ => Channel::Desk,
        }
    }

    fn reporter(&mut self, channel: Channel, micro_grid: usize) -> Reporter {
        let staff = &self.hood.staff;
        let grid = self.hood.ground.micro_grids[micro_grid].grid;
        let caller = (*self.draw.one::<usize>(&self.callers[micro_grid]), 0);
        let is_of_here =
            |head: &&usize| staff.posts[**head].charge == Charge::MicroGrid(micro_grid);
        let head = staff.heads.iter().find(is_of_here).copied();
        match channel {
            Channel::Inspection => Reporter {
                written_by: Some(staff.grid_workers[grid]),
                ..Reporter::default()
            },
            Channel::Telephone | Channel::Desk => Reporter {
                post: None,
                resident: Some(caller),
                is_in_register: true,
                written_by: Some(*self.draw.one::<usize>(&staff.desk)),
            },
            Channel::Web | Channel::Import => match self.draw.below(100) {
                0..18 => Reporter {
                    post: head,
                    resident: head.and_then(|head| staff.posts[head].resident),
                    is_in_register: true,
                    written_by: None,
                },
                18..62 => Reporter {
                    resident: Some(caller),
                    ..Reporter::default()
                },
                _ => Reporter::default(),
            },
        }
    }
}
