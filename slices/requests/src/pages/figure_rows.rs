//! Figures as lines of a table, each number with the way to the matters behind it. Lines stand in the
//! order of the map, the catalogue, the names or the calendar, never in that of their numbers (rule
//! R27).

use areas::Atlas;
use kernel::HandlerId;
use platform::Page;

use crate::figure::{Figure, Half, Rate, Share, Sums};
use crate::forms::RawFilter;
use crate::period::Period;
use crate::store::{Catalogue, Found};

/// A number, and where the matters behind it are listed.
pub struct CountView {
    pub words: String,
    pub href: Option<String>,
}

/// A rate.
pub struct RateView {
    /// `98.6%`; `None` when the whole is too small to be shown.
    pub percent: Option<String>,
    pub part: CountView,
    pub of: CountView,
}

/// A line of a table.
pub struct RowView {
    pub name: String,
    pub is_empty: bool,
    pub came_in: CountView,
    pub closed: CountView,
    pub rates: Vec<(&'static str, RateView)>,
    /// For how long half of the closed matters were open at most.
    pub half: String,
}

/// The four tables.
pub struct Tables {
    pub months: Vec<RowView>,
    pub grids: Vec<RowView>,
    pub categories: Vec<RowView>,
    pub handlers: Vec<RowView>,
}

/// What lies behind the numbers of a page: the filter that finds their matters.
pub struct Behind<'a> {
    pub page: &'a Page,
    /// Whether the reader may read all of them.
    pub may_open: bool,
    pub filter: RawFilter,
}

/// `98.6%`, unless the whole is too small to be shown.
pub fn percent(share: Share) -> Option<String> {
    let per_mille = share.per_mille()?;
    Some(format!("{}.{}%", per_mille / 10, per_mille % 10))
}

/// A number of matters, unless it is small (promise 10).
pub fn amount(page: &Page, number: i64) -> String {
    if number == 0 || number >= Share::SMALL {
        page.number(&number)
    } else {
        page.t("requests-rate-below-ten")
    }
}

impl Behind<'_> {
    /// The same with another filter.
    fn with(&self, change: impl FnOnce(&mut RawFilter)) -> Self {
        let mut filter = self.filter.clone();
        change(&mut filter);
        Self {
            page: self.page,
            may_open: self.may_open,
            filter,
        }
    }

    fn href(&self, figure: Figure, n: i64) -> Option<String> {
        let query = || {
            let behind = self.with(|filter| {
                if figure != Figure::CameIn {
                    figure.word().clone_into(&mut filter.figure);
                }
            });
            format!("/requests{}", behind.filter.query())
        };
        (self.may_open && n > 0).then(query)
    }

    fn count(&self, sums: &Sums, figure: Figure) -> CountView {
        let n = sums.get(figure);
        CountView {
            words: amount(self.page, n),
            href: self.href(figure, n),
        }
    }

    /// A sentence about a number, unless there is nothing to say.
    pub fn note(&self, sums: &Sums, figure: Figure, sentence: &'static str) -> Option<CountView> {
        let count = self.count(sums, figure);
        (sums.get(figure) > 0).then(|| CountView {
            words: self.page.t1(sentence, "n", count.words),
            href: count.href,
        })
    }

    /// A rate. Its parts are told when the whole is not small.
    pub fn rate(&self, sums: &Sums, rate: Rate) -> RateView {
        let [part, of] = rate.figures().map(|figure| {
            let n = sums.get(figure);
            CountView {
                words: self.page.number(&n),
                href: self.href(figure, n),
            }
        });
        RateView {
            percent: percent(sums.share(rate)),
            part,
            of,
        }
    }

    /// A line.
    pub fn row(&self, name: String, sums: &Sums, in_time: Rate) -> RowView {
        let rates = [
            ("requests-rate-response", Rate::Response),
            ("requests-rate-resolution", Rate::Resolution),
            ("requests-rate-satisfaction", Rate::Satisfaction),
            ("requests-rate-in-time", in_time),
        ];
        RowView {
            name,
            is_empty: sums.get(Figure::CameIn) == 0,
            came_in: self.count(sums, Figure::CameIn),
            closed: self.count(sums, Figure::Closed),
            rates: rates
                .map(|(name, rate)| (name, self.rate(sums, rate)))
                .into(),
            half: match sums.half() {
                Half::Few => self.page.t("requests-rate-small"),
                Half::Within(step) => {
                    let span = self.page.span(&step);
                    self.page.t1("requests-figures-half-within", "span", span)
                }
                Half::Longer => self.page.t("requests-figures-half-longer"),
            },
        }
    }
}

/// The four tables.
pub fn tables(
    behind: &Behind<'_>,
    found: &Found,
    (catalogue, atlas): (&Catalogue, &Atlas),
    in_time: Rate,
) -> Tables {
    let page = behind.page;
    let months = found.months.iter().rev().map(|(month, sums)| {
        let period = Period::Month(*month);
        let behind = behind.with(|filter| filter.period = period.word());
        behind.row(super::figures::name_of(page, period), sums, in_time)
    });
    Tables {
        months: months.collect(),
        grids: by_grid(behind, found, atlas, in_time),
        categories: by_category(behind, found, catalogue, in_time),
        handlers: by_handler(behind, found, catalogue),
    }
}

/// In the order of the map, those in which nothing came in too; then grids that are no more, and
/// what lies in none.
fn by_grid(behind: &Behind<'_>, found: &Found, atlas: &Atlas, in_time: Rate) -> Vec<RowView> {
    let chosen = &behind.filter.grid;
    let current: Vec<_> = atlas.grids().map(|grid| grid.id).collect();
    let past = found.grids.keys().flatten();
    let past = past.filter(|grid| !current.contains(grid));
    let here = current
        .iter()
        .chain(past)
        .filter(|grid| chosen.is_empty() || grid.to_string() == *chosen);
    let mut rows: Vec<RowView> = here
        .map(|grid| {
            let sums = found.grids.get(&Some(*grid)).copied().unwrap_or_default();
            let behind = behind.with(|filter| filter.grid = grid.to_string());
            let name = atlas.name(*grid).unwrap_or_default().to_owned();
            behind.row(name, &sums, in_time)
        })
        .collect();
    if let Some(sums) = found.grids.get(&None) {
        let behind = behind.with(|filter| "none".clone_into(&mut filter.grid));
        let name = behind.page.t("requests-figures-no-grid");
        rows.push(behind.row(name, sums, in_time));
    }
    rows
}

/// The first level in the order of the catalogue, as far as anything came in; the second when one of
/// the first is chosen.
fn by_category(
    behind: &Behind<'_>,
    found: &Found,
    catalogue: &Catalogue,
    in_time: Rate,
) -> Vec<RowView> {
    let chosen = behind.filter.category.as_str();
    let level_of = |id| {
        let parent = catalogue.category(id).and_then(|one| one.parent);
        parent.filter(|_| chosen.is_empty()).unwrap_or(id)
    };
    let locale = behind.page.visit().locale();
    let mut rows = Vec::new();
    for category in &catalogue.categories {
        let mut sums = Sums::default();
        for (id, more) in &found.categories {
            if level_of(*id) == category.id {
                sums.add(more);
            }
        }
        if sums.get(Figure::CameIn) > 0 {
            let behind = behind.with(|filter| filter.category = category.id.to_string());
            rows.push(behind.row(category.name(locale).to_owned(), &sums, in_time));
        }
    }
    rows
}

/// By name; what lies with no named party comes last. A party's time is that of its part.
fn by_handler(behind: &Behind<'_>, found: &Found, catalogue: &Catalogue) -> Vec<RowView> {
    let row = |handler: Option<HandlerId>, name: String, in_time| {
        let sums = found.handlers.get(&handler)?;
        let word = handler.map_or_else(|| "none".to_owned(), |id| id.to_string());
        let behind = behind.with(|filter| filter.handler = word);
        Some(behind.row(name, sums, in_time))
    };
    let named = catalogue
        .handlers
        .iter()
        .filter_map(|one| row(Some(one.id), one.name.clone(), Rate::PartInTime));
    let unnamed = behind.page.t("requests-figures-no-party");
    named.chain(row(None, unnamed, Rate::InTime)).collect()
}
