//! The word lists of the demo. All names are invented; none is taken from a register.
//!
//! A list is a text file with one entry a line; what follows `#` at the start of a line is a remark.

/// Names for estates.
pub const COMPOUNDS: &str = include_str!("words/compounds.txt");
/// Names for communities beyond the first, before their ending; each with its spelling.
pub const COMMUNITIES: &str = include_str!("words/communities.txt");
/// Rows of shops along a street.
pub const SHOPS: &str = include_str!("words/shops.txt");
/// Surnames with how many of ten thousand people bear them.
pub const SURNAMES: &str = include_str!("words/surnames.txt");
/// Given names by the years in which they were given.
pub const GIVEN_NAMES: &str = include_str!("words/given-names.txt");
/// The tree of categories.
pub const CATEGORIES: &str = include_str!("words/categories.txt");
/// The parties that handle requests.
pub const HANDLERS: &str = include_str!("words/handlers.txt");
/// The dispatch table.
pub const RULES: &str = include_str!("words/rules.txt");
/// What residents write and what they are answered, by category.
pub const MATTERS: &str = include_str!("words/matters.txt");
/// Disputes in people's mediation.
pub const MEDIATIONS: &str = include_str!("words/mediations.txt");
/// Items and rewards of the points scheme.
pub const POINTS: &str = include_str!("words/points.txt");
/// A year of activities and what is to come.
pub const ACTIVITIES: &str = include_str!("words/activities.txt");
/// What neighbours do for each other, and what volunteers did in earlier years.
pub const NEIGHBOURS: &str = include_str!("words/neighbours.txt");
/// Phrases that fit every matter.
pub const PHRASES: &str = include_str!("words/phrases.txt");

/// The entries of a list.
pub fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The fields of the entries of one kind; the kind, which comes first, is left out.
pub fn fields(list: &'static str, kind: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    entries(list)
        .map(|line| line.split('|').collect::<Vec<_>>())
        .filter(move |fields| fields.first() == Some(&kind))
        .map(|fields| fields[1..].to_vec())
}
