//! Categories, handlers and the dispatch table. They are few and every page needs them: read
//! together in one statement, and kept in memory.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use calendar::Measure;
use kernel::{CategoryId, CommunityId, HandlerId};
use platform::db::{Reader, StoreError, statement};
use platform::kept::{Kept, kept};
use platform::{House, Locale};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::clock;
use crate::routing::{DispatchRule, Hours, Target};

/// Whether a matter is about a thing or about something going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryKind {
    /// A thing: a lamp, a manhole cover.
    Component,
    /// Something going on: noise, a blocked passage.
    Event,
}

impl CategoryKind {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Event => "event",
        }
    }
}

/// What kind of party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandlerKind {
    /// The community's own desk.
    Desk,
    /// A property company.
    Property,
    /// A department or agency.
    Department,
    /// A social organisation.
    Organisation,
    /// A team of volunteers.
    Volunteer,
    /// People of several parties who work on something together.
    Group,
    /// Anyone else.
    Other,
}

impl HandlerKind {
    /// All, in the order in which the form offers them.
    pub const ALL: [Self; 7] = [
        Self::Desk,
        Self::Property,
        Self::Department,
        Self::Organisation,
        Self::Volunteer,
        Self::Group,
        Self::Other,
    ];

    /// The word in the database and in message ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Property => "property",
            Self::Department => "department",
            Self::Organisation => "organisation",
            Self::Volunteer => "volunteer",
            Self::Group => "group",
            Self::Other => "other",
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A kind of matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Which.
    pub id: CategoryId,
    /// The one above; `None` on the first level.
    pub parent: Option<CategoryId>,
    /// Its word in the API and in files.
    pub code: String,
    name: [String; 2],
    hint: [String; 2],
    what_next: [String; 2],
    /// Within how many minutes it is to be done.
    pub due_minutes: i64,
    /// How they are counted.
    pub measure: Measure,
    /// Whether the form proposes to publish it.
    pub is_public_default: bool,
    /// Whether the form first says which number to call.
    pub is_urgent: bool,
    /// Whether it can no longer be chosen.
    pub is_retired: bool,
}

impl Category {
    /// What it is called.
    pub fn name(&self, locale: Locale) -> &str {
        in_locale(&self.name, locale)
    }

    /// What to write.
    pub fn hint(&self, locale: Locale) -> &str {
        in_locale(&self.hint, locale)
    }

    /// What happens next, said on the spot.
    pub fn what_next(&self, locale: Locale) -> &str {
        in_locale(&self.what_next, locale)
    }
}

/// The Chinese or the other words; the Chinese when there are no others.
fn in_locale(words: &[String; 2], locale: Locale) -> &str {
    match locale {
        Locale::En | Locale::Mirror if !words[1].is_empty() => &words[1],
        Locale::ZhCn | Locale::En | Locale::Mirror => &words[0],
    }
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// Which.
    pub id: HandlerId,
    /// What it is called.
    pub name: String,
    /// Of what kind.
    pub kind: HandlerKind,
    /// Its telephone, for the desk.
    pub phone: String,
    /// What the desk should know of it.
    pub note: String,
    /// Whether nothing is given to it any more.
    pub is_retired: bool,
}

/// All three together, retired entries included, so that past matters keep their names.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// First level by first level, each followed by its own.
    pub categories: Vec<Category>,
    /// By name.
    pub handlers: Vec<Handler>,
    /// In order; only those in force.
    pub rules: Vec<DispatchRule>,
    category_places: HashMap<CategoryId, usize>,
}

impl Catalogue {
    /// A category.
    pub fn category(&self, id: CategoryId) -> Option<&Category> {
        self.category_places
            .get(&id)
            .and_then(|place| self.categories.get(*place))
    }

    /// `照明 / 楼道灯`.
    pub fn path(&self, id: CategoryId, locale: Locale) -> String {
        let Some(category) = self.category(id) else {
            return String::new();
        };
        let name = category.name(locale);
        match category.parent.and_then(|parent| self.category(parent)) {
            Some(parent) => format!("{} / {name}", parent.name(locale)),
            None => name.to_owned(),
        }
    }

    /// A party.
    pub fn handler(&self, id: HandlerId) -> Option<&Handler> {
        self.handlers.iter().find(|handler| handler.id == id)
    }

    /// The first level, in force.
    pub fn first_level(&self) -> impl Iterator<Item = &Category> {
        self.categories
            .iter()
            .filter(|category| category.parent.is_none() && !category.is_retired)
    }

    /// Those below one, in force.
    pub fn below(&self, parent: CategoryId) -> impl Iterator<Item = &Category> {
        let is_below = move |category: &&Category| category.parent == Some(parent);
        self.categories
            .iter()
            .filter(is_below)
            .filter(|category| !category.is_retired)
    }

    /// Those that a matter can be of: the second level, and a first level that has nothing below.
    pub fn choosable(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter().filter(|category| {
            !category.is_retired
                && (category.parent.is_some() || self.below(category.id).next().is_none())
        })
    }

    /// Parties in force.
    pub fn working_handlers(&self) -> impl Iterator<Item = &Handler> {
        self.handlers.iter().filter(|handler| !handler.is_retired)
    }
}

/// A row of any of the three tables; what a table does not have stays empty.
#[derive(Debug, FromQueryResult)]
struct Row {
    part: String,
    id: Uuid,
    parent_id: Option<Uuid>,
    area_id: Option<Uuid>,
    handler_id: Option<Uuid>,
    kind: String,
    code: String,
    name_zh: String,
    name_en: String,
    hint_zh: String,
    hint_en: String,
    what_next_zh: String,
    what_next_en: String,
    due_minutes: i64,
    measure: String,
    is_public_default: i64,
    is_urgent: i64,
    position: i64,
    retired_at: Option<i64>,
}

const CATEGORIES: &str = "SELECT 'category' AS part, id, parent_id, parent_id AS area_id, \
    parent_id AS handler_id, kind, code, name_zh, name_en, hint_zh, hint_en, what_next_zh, \
    what_next_en, due_minutes, measure, is_public_default, is_urgent, sort AS position, retired_at \
    FROM category WHERE community_id = $1";
const HANDLERS: &str = "SELECT 'handler', id, NULL, NULL, NULL, kind, '', name, '', phone, note, \
    '', '', 0, '', 0, 0, 0, retired_at FROM handler WHERE community_id = $1";
const RULES: &str = "SELECT 'rule', id, category_id, area_id, handler_id, hours, target, '', '', \
    '', '', '', '', 0, '', 0, 0, position, retired_at FROM dispatch_rule WHERE community_id = $1 \
    AND retired_at IS NULL";

impl Kept for Catalogue {
    const TOPIC: &'static str = "requests.catalogue";

    async fn load(
        reader: &Reader,
        community: CommunityId,
        _revision: i64,
    ) -> Result<Self, StoreError> {
        Self::read(reader, community).await
    }
}

/// The catalogue of a community, at most half a second old. Usually takes no statement.
// In a box, so that the program holds its code once.
#[inline(never)]
pub fn catalogue(
    house: &House,
    community: CommunityId,
) -> Pin<Box<dyn Future<Output = Result<Arc<Catalogue>, StoreError>> + Send + '_>> {
    Box::pin(kept(house, community))
}

impl Catalogue {
    /// Reads it as a transaction sees it, in one statement. Pages ask [`catalogue`] instead,
    /// which keeps it.
    pub async fn read<C: ConnectionTrait>(
        on: &C,
        community: CommunityId,
    ) -> Result<Self, StoreError> {
        let sql = format!(
            "{CATEGORIES} UNION ALL {HANDLERS} UNION ALL {RULES} ORDER BY position, name_zh, id"
        );
        let rows = Row::find_by_statement(statement(on, sql, [community.0.into()]))
            .all(on)
            .await?;
        let mut categories = Vec::new();
        let mut catalogue = Catalogue::default();
        for row in rows {
            match row.part.as_str() {
                "category" => categories.push(category(row)),
                "handler" => catalogue.handlers.push(handler(row)?),
                _ => catalogue.rules.push(rule(&row)?),
            }
        }
        catalogue.categories = in_tree_order(categories);
        let places = catalogue.categories.iter().enumerate();
        catalogue.category_places = places
            .map(|(place, category)| (category.id, place))
            .collect();
        Ok(catalogue)
    }
}

/// Each first level followed by its own.
fn in_tree_order(all: Vec<Category>) -> Vec<Category> {
    let mut below: HashMap<CategoryId, Vec<Category>> = HashMap::new();
    let mut first = Vec::new();
    for category in all {
        match category.parent {
            Some(parent) => below.entry(parent).or_default().push(category),
            None => first.push(category),
        }
    }
    first
        .into_iter()
        .flat_map(|category| {
            let own = below.remove(&category.id).unwrap_or_default();
            std::iter::once(category).chain(own)
        })
        .collect()
}

fn category(row: Row) -> Category {
    Category {
        id: row.id.into(),
        parent: row.parent_id.map(Into::into),
        code: row.code,
        name: [row.name_zh, row.name_en],
        hint: [row.hint_zh, row.hint_en],
        what_next: [row.what_next_zh, row.what_next_en],
        due_minutes: row.due_minutes,
        measure: clock::measure_from_word(&row.measure).unwrap_or(Measure::Elapsed),
        is_public_default: row.is_public_default == 1,
        is_urgent: row.is_urgent == 1,
        is_retired: row.retired_at.is_some(),
    }
}

fn handler(row: Row) -> Result<Handler, StoreError> {
    let unreadable = || StoreError::Unreadable(format!("handler kind {}", row.kind));
    Ok(Handler {
        id: row.id.into(),
        kind: HandlerKind::from_word(&row.kind).ok_or_else(unreadable)?,
        name: row.name_zh,
        phone: row.hint_zh,
        note: row.hint_en,
        is_retired: row.retired_at.is_some(),
    })
}

fn rule(row: &Row) -> Result<DispatchRule, StoreError> {
    let unreadable = || StoreError::Unreadable(format!("dispatch rule {}", row.id));
    let target = match (row.code.as_str(), row.handler_id) {
        ("grid_worker", _) => Target::GridWorker,
        (_, Some(handler)) => Target::Handler(handler.into()),
        (_, None) => return Err(unreadable()),
    };
    Ok(DispatchRule {
        id: row.id.into(),
        position: row.position,
        category: row.parent_id.map(Into::into),
        area: row.area_id.map(Into::into),
        hours: Hours::from_word(&row.kind).ok_or_else(unreadable)?,
        target,
    })
}
