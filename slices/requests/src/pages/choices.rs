//! What filters and forms offer.

use areas::Atlas;
use platform::Page;

use crate::forms::RawFilter;
use crate::model::State;
use crate::store::Catalogue;
use crate::words;

/// A choice of a filter.
pub struct Choice {
    pub value: String,
    pub name: String,
    pub is_chosen: bool,
}

/// The states of the workbench.
pub fn state_choices(page: &Page, filter: &RawFilter) -> Vec<Choice> {
    let special = [
        ("open", "requests-filter-open"),
        ("unassigned", "requests-filter-unassigned"),
        ("to-call-back", "requests-today-to-call-back"),
        ("all", "requests-filter-all"),
    ];
    // A search looks everywhere unless told otherwise, and says so.
    let is_searching = !filter.q.trim().is_empty();
    let chosen = match filter.state.as_str() {
        "" if is_searching => "all",
        "" => "open",
        word => word,
    };
    let states = State::ALL
        .iter()
        .map(|state| (state.word(), words::state(*state)));
    special
        .into_iter()
        .chain(states)
        .map(|(word, name)| Choice {
            value: word.to_owned(),
            name: page.t(name),
            is_chosen: word == chosen,
        })
        .collect()
}

/// The kinds of matter, the second level with its first before it.
pub fn category_choices(page: &Page, catalogue: &Catalogue, chosen: &str) -> Vec<Choice> {
    let locale = page.visit().locale();
    catalogue
        .categories
        .iter()
        .filter(|category| !category.is_retired)
        .map(|category| Choice {
            value: category.id.to_string(),
            name: catalogue.path(category.id, locale),
            is_chosen: category.id.to_string() == chosen,
        })
        .collect()
}

/// The grids.
pub fn grid_choices(atlas: &Atlas, chosen: &str) -> Vec<Choice> {
    atlas
        .grids()
        .map(|grid| Choice {
            value: grid.id.to_string(),
            name: grid.name.clone(),
            is_chosen: grid.id.to_string() == chosen,
        })
        .collect()
}

/// The parties in force.
pub fn handler_choices(catalogue: &Catalogue, chosen: &str) -> Vec<Choice> {
    catalogue
        .working_handlers()
        .map(|handler| Choice {
            value: handler.id.to_string(),
            name: handler.name.clone(),
            is_chosen: handler.id.to_string() == chosen,
        })
        .collect()
}
