//! Setting up: kinds of matter, parties and who works for them, the dispatch table with a dry run.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil;
use kernel::{AreaId, CategoryId, DutyKind};
use platform::door::{self, Colleague, OnDuty};
use platform::web::FieldErrors;
use platform::{Message, Page, Refusal, Visit};
use serde::Deserialize;

use super::choices::{Choice, category_choices, handler_choices};
use super::clocks;
use super::view::Around;
use crate::actions;
use crate::routing::{self, DispatchRule, Hours, Incoming, Target};
use crate::store::{self, HandlerKind};
use crate::words;

struct CategoryView {
    id: String,
    name: String,
    code: String,
    due: String,
    is_second: bool,
    is_urgent: bool,
}

struct HandlerView {
    id: String,
    name: String,
    kind: String,
    phone: String,
    note: String,
    people: String,
}

struct RuleView {
    id: String,
    name: String,
}

/// What a matter would meet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawDryRun {
    category: String,
    area: String,
    /// `2026-11-21T20:00`, the community's own time.
    at: String,
}

#[derive(Template)]
#[template(path = "requests/settings.html")]
struct SettingsPage {
    page: Page,
    categories: Vec<CategoryView>,
    first_level: Vec<Choice>,
    all_categories: Vec<Choice>,
    handlers: Vec<HandlerView>,
    handler_choices: Vec<Choice>,
    handler_kinds: Vec<(&'static str, &'static str)>,
    rules: Vec<RuleView>,
    areas: Vec<Choice>,
    hours: Vec<(&'static str, &'static str)>,
    colleagues: Vec<Colleague>,
    dry: RawDryRun,
    /// The answer of the dry run, and the lines that did not fit.
    dry_answer: Option<(String, Vec<String>)>,
}

/// The page, with the answer of a dry run when one was asked.
pub async fn page(visit: Visit, Query(dry): Query<RawDryRun>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let on_duty = door::on_duty(&reader, community, visit.now()).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-settings-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let setup = Setup {
        around,
        visit: &visit,
        on_duty: &on_duty,
    };
    let dry_answer = setup.dry_run(&dry);
    let template = SettingsPage {
        colleagues: door::colleagues(&reader, community).await?,
        categories: setup.categories(),
        first_level: setup.first_level(),
        all_categories: category_choices(&page, &catalogue, &dry.category),
        handlers: setup.handlers(),
        handler_choices: handler_choices(&catalogue, ""),
        handler_kinds: HandlerKind::ALL
            .into_iter()
            .map(|kind| (kind.word(), words::handler_kind(kind)))
            .collect(),
        rules: catalogue
            .rules
            .iter()
            .map(|rule| RuleView {
                id: rule.id.to_string(),
                name: rule_name(&around, rule),
            })
            .collect(),
        areas: setup.areas(&dry.area),
        hours: Hours::ALL
            .into_iter()
            .map(|hours| (hours.word(), words::hours(hours)))
            .collect(),
        dry,
        dry_answer,
        page,
    };
    Page::show(&template)
}

/// What the page is put together from.
struct Setup<'a> {
    around: Around<'a>,
    visit: &'a Visit,
    on_duty: &'a [OnDuty],
}

impl Setup<'_> {
    fn categories(&self) -> Vec<CategoryView> {
        let (page, locale) = (self.around.page, self.visit.locale());
        self.around
            .catalogue
            .categories
            .iter()
            .filter(|category| !category.is_retired)
            .map(|category| CategoryView {
                id: category.id.to_string(),
                name: category.name(locale).to_owned(),
                code: category.code.clone(),
                due: clocks::span(
                    page,
                    category.measure,
                    kernel::Minutes(category.due_minutes),
                ),
                is_second: category.parent.is_some(),
                is_urgent: category.is_urgent,
            })
            .collect()
    }

    fn first_level(&self) -> Vec<Choice> {
        let locale = self.visit.locale();
        self.around
            .catalogue
            .first_level()
            .map(|category| Choice {
                value: category.id.to_string(),
                name: category.name(locale).to_owned(),
                is_chosen: false,
            })
            .collect()
    }

    fn handlers(&self) -> Vec<HandlerView> {
        let (page, on_duty) = (self.around.page, self.on_duty);
        self.around
            .catalogue
            .working_handlers()
            .map(|handler| {
                let people: Vec<&str> = on_duty
                    .iter()
                    .filter(|duty| duty.handler == Some(handler.id))
                    .map(|duty| duty.name.as_str())
                    .collect();
                HandlerView {
                    id: handler.id.to_string(),
                    name: handler.name.clone(),
                    kind: page.t(words::handler_kind(handler.kind)),
                    phone: handler.phone.clone(),
                    note: handler.note.clone(),
                    people: people.join("、"),
                }
            })
            .collect()
    }

    fn areas(&self, chosen: &str) -> Vec<Choice> {
        let atlas = self.around.atlas;
        atlas
            .grids()
            .flat_map(|grid| std::iter::once(grid).chain(atlas.micro_grids_of(grid.id)))
            .map(|area| Choice {
                value: area.id.to_string(),
                name: atlas.label(area.id).unwrap_or_default().to_owned(),
                is_chosen: area.id.to_string() == chosen,
            })
            .collect()
    }

    /// Who would get such a matter, and the lines that would not fit and why.
    fn dry_run(&self, dry: &RawDryRun) -> Option<(String, Vec<String>)> {
        let Around {
            page,
            catalogue,
            atlas,
        } = self.around;
        let category: CategoryId = dry.category.parse().ok()?;
        let area: Option<AreaId> = dry.area.parse().ok();
        let grid = area.map(|area| atlas.grid_of(area).unwrap_or(area));
        let at = dry.at.parse::<civil::DateTime>().ok();
        let at = at.and_then(|at| at.to_zoned(self.visit.zone().clone()).ok());
        let at = at.unwrap_or_else(|| self.visit.now().in_zone(self.visit.zone()));
        let matter = Incoming {
            category,
            parent: catalogue
                .category(category)
                .and_then(|category| category.parent),
            grid,
            micro_grid: area,
            is_working_time: self
                .visit
                .calendar()
                .is_working(at.timestamp().as_microsecond()),
            has_grid_worker: actions::on_duty_in(self.on_duty, DutyKind::GridWorker, grid, area)
                .is_some(),
        };
        let explained = routing::explain(&catalogue.rules, &matter);
        let missed = explained.missed.iter().map(|(rule, why)| {
            let why = page.t(words::miss(*why));
            page.t2(
                "requests-rule-missed",
                "rule",
                rule_name(&self.around, rule),
                "why",
                why,
            )
        });
        let answer = explained.matched.map_or_else(
            || page.t("requests-rule-none"),
            |rule| {
                page.t1(
                    "requests-rule-matched",
                    "rule",
                    rule_name(&self.around, rule),
                )
            },
        );
        Some((answer, missed.collect()))
    }
}

/// A line of the dispatch table in words: `照明，2-07微网格，工作时间：派给物业`.
pub fn rule_name(around: &Around<'_>, rule: &DispatchRule) -> String {
    let page = around.page;
    let category = rule.category.map_or_else(
        || page.t("requests-rule-any-category"),
        |id| around.category(id),
    );
    let area = rule.area.map_or_else(
        || page.t("requests-rule-anywhere"),
        |id| around.area(Some(id)),
    );
    let to = match rule.target {
        Target::Handler(handler) => around.lead(Some(handler), None),
        Target::GridWorker => page.t("requests-grid-worker"),
    };
    page.msg(
        &Message::of("requests-rule-name")
            .with("category", category)
            .with("area", area)
            .with("hours", page.t(words::hours(rule.hours)))
            .with("to", to),
    )
}
