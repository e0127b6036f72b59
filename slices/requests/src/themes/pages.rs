//! Pages of themes: suggestions and themes for the desk, and one theme for everyone who may read it.

mod edit;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use kernel::{DutyKind, Facts, Instant, Minutes, ThemeId};
use platform::access::HasFacts;
use platform::door::{self, OnDuty};
use platform::{Gate, Message, Page, Posted, Refusal, Routes, Visit};
use serde::Deserialize;

use super::acts::{self, Opening};
use super::cluster::clusters;
use super::model::{Outline, Owner, Theme, columns};
use super::store::{self, Member, ThemeLine};
use crate::error::Error;
use crate::figure::Share;
use crate::forms::{TITLE_MAX, WORDS_MAX};
use crate::store::Catalogue;
use crate::{policy, words};

/// Days that are looked through for suggestions.
const LOOKED_THROUGH: Minutes = Minutes::days(90);
/// Suggestions on the page.
const SUGGESTIONS_MAX: usize = 20;
/// Matters of a suggestion that are shown at once; the others are a click away.
const SHOWN_MAX: usize = 8;
/// Matters that one form takes in.
const NUMBERS_MAX: usize = 200;

/// The door that everyone may knock at.
pub fn front() -> Routes {
    Routes::new().get("/themes/{id}", Gate::Open, show)
}

/// The doors of the desk.
pub fn desk() -> Routes {
    let works = Gate::May(policy::THEME);
    Routes::new()
        .get("/themes", works, list)
        .post("/themes", works, open)
        .get("/themes/{id}/edit", works, edit::open)
        .post("/themes/{id}/edit", works, edit::save)
        .post("/themes/{id}/{act}", works, act)
}

struct Suggestion {
    category: String,
    matters: Vec<(String, String)>,
}

impl Suggestion {
    /// Those that are shown at once.
    fn shown(&self) -> &[(String, String)] {
        self.matters.get(..SHOWN_MAX).unwrap_or(&self.matters)
    }

    /// The others, picked with them.
    fn more(&self) -> &[(String, String)] {
        self.matters.get(SHOWN_MAX..).unwrap_or_default()
    }
}

/// A choice of the form.
struct Choice {
    value: String,
    name: String,
}

struct LineView {
    href: String,
    name: String,
    owner: String,
    until: Instant,
    matters: i64,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "requests/themes.html")]
struct ThemesPage {
    page: Page,
    suggestions: Vec<Suggestion>,
    owners: Vec<Choice>,
    themes: Vec<LineView>,
}

/// Suggestions and themes.
async fn list(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), policy::READ, &policy::columns());
    let since = visit.now().plus(Minutes(-LOOKED_THROUGH.0));
    let candidates = store::candidates(&reader, reach, since).await?;
    let reach = policy.condition(visit.actor(), policy::SEE_THEME, &columns());
    let themes = store::list(&reader, reach).await?;
    let catalogue = crate::store::catalogue(visit.house(), community).await?;
    let on_duty = door::on_duty(&reader, community, visit.now()).await?;
    let page = visit.page(Message::of("requests-themes-title"));
    let locale = visit.locale();
    let suggestions = clusters(&candidates).into_iter().take(SUGGESTIONS_MAX);
    let suggestions = suggestions.filter_map(|cluster| {
        let first = candidates.get(*cluster.first()?)?;
        Some(Suggestion {
            category: catalogue.path(first.category, locale),
            matters: cluster
                .iter()
                .map(|place| &candidates[*place])
                .map(|one| (one.number.clone(), one.title.clone()))
                .collect(),
        })
    });
    Page::show(&ThemesPage {
        suggestions: suggestions.collect(),
        owners: owners(&catalogue, &on_duty),
        themes: themes
            .into_iter()
            .map(|line| line_view(line, &catalogue, &on_duty))
            .collect(),
        page,
    })
}

/// Who may answer for a theme: the parties in force, and the people of the desk.
fn owners(catalogue: &Catalogue, on_duty: &[OnDuty]) -> Vec<Choice> {
    let parties = catalogue.working_handlers().map(|one| Choice {
        value: Owner::Handler(one.id).word(),
        name: one.name.clone(),
    });
    let works = |duty: &&OnDuty| matches!(duty.kind, DutyKind::Staff | DutyKind::Leader);
    let mut people: Vec<Choice> = on_duty
        .iter()
        .filter(works)
        .map(|duty| Choice {
            value: Owner::Account(duty.account).word(),
            name: duty.name.clone(),
        })
        .collect();
    people.dedup_by(|one, other| one.value == other.value);
    parties.chain(people).collect()
}

/// What an owner is called; empty for somebody who is no longer on duty.
fn owner_name(owner: Owner, catalogue: &Catalogue, on_duty: &[OnDuty]) -> String {
    let name = match owner {
        Owner::Handler(id) => catalogue.handler(id).map(|one| &one.name),
        Owner::Account(id) => {
            let duty = on_duty.iter().find(|duty| duty.account == id);
            duty.map(|duty| &duty.name)
        }
    };
    name.cloned().unwrap_or_default()
}

fn line_view(line: ThemeLine, catalogue: &Catalogue, on_duty: &[OnDuty]) -> LineView {
    let theme = line.theme;
    LineView {
        href: format!("/themes/{}", theme.id),
        owner: owner_name(theme.owner, catalogue, on_duty),
        until: theme.until,
        matters: line.matters,
        state: state(&theme),
        name: theme.name,
    }
}

const fn state(theme: &Theme) -> &'static str {
    match (theme.closed_at, theme.published_at) {
        (Some(_), _) => "requests-theme-closed",
        (None, Some(_)) => "requests-theme-published",
        (None, None) => "requests-theme-running",
    }
}

struct MemberView {
    number: String,
    title: String,
    place: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "requests/theme.html")]
struct ThemePage {
    page: Page,
    theme: Theme,
    state: &'static str,
    /// Of the desk and of parties only a party is named to everyone.
    owner: String,
    matters: String,
    over: String,
    /// The matters themselves, for the desk.
    members: Option<Vec<MemberView>>,
}

/// A theme: for everyone its name, plan and result, for the desk its matters too.
async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let id: ThemeId = id.parse().map_err(|_| Refusal::NotFound)?;
    let theme = store::by_id(&reader, community, id).await?;
    // What one may not read is not there, whoever asks.
    let may_see = |theme: &Theme| visit.covers(policy::SEE_THEME, &theme.facts());
    let theme = theme.filter(may_see).ok_or(Refusal::NotFound)?;
    let members = store::members(&reader, community, id).await?;
    let catalogue = crate::store::catalogue(visit.house(), community).await?;
    let is_desk = visit.may(policy::THEME);
    let on_duty = if is_desk {
        door::on_duty(&reader, community, visit.now()).await?
    } else {
        Vec::new()
    };
    let page = visit.page(Message::of("requests-theme-title"));
    let amount = |n: usize| {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        if is_desk || n == 0 || n >= Share::SMALL {
            page.number(&n)
        } else {
            page.t("requests-rate-below-ten")
        }
    };
    let is_over = |member: &&Member| !member.state.is_due();
    Page::show(&ThemePage {
        state: state(&theme),
        owner: owner_name(theme.owner, &catalogue, &on_duty),
        matters: amount(members.len()),
        over: amount(members.iter().filter(is_over).count()),
        members: is_desk.then(|| {
            let view = |member: Member| MemberView {
                state: words::state(member.state),
                number: member.number,
                title: member.title,
                place: member.place,
            };
            members.into_iter().map(view).collect()
        }),
        theme,
        page,
    })
}

/// A form about a theme, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawTheme {
    name: String,
    plan: String,
    owner: String,
    /// `2026-12-31`.
    until: String,
    pick: Vec<String>,
    words: String,
    version: String,
}

fn invalid(id: &'static str) -> Refusal {
    Refusal::Invalid(Message::of(id))
}

/// Words that must be there, and no more than so many characters.
fn said(raw: &str, most: usize, missing: &'static str) -> Result<String, Message> {
    let words = raw.trim();
    if words.is_empty() {
        return Err(Message::of(missing));
    }
    if words.chars().count() > most {
        return Err(Message::of("requests-error-too-long").with("most", most));
    }
    Ok(words.to_owned())
}

/// The last moment of the day until which it is to be done.
fn until(visit: &Visit, raw: &str) -> Result<Instant, Message> {
    let day: Option<Date> = raw.trim().parse().ok();
    let end = day
        .and_then(|day| day.tomorrow().ok())
        .and_then(|next| next.to_zoned(visit.zone().clone()).ok())
        .map(|midnight| Instant(midnight.timestamp().as_microsecond() - 1));
    end.filter(|end| *end > visit.now())
        .ok_or(Message::of("requests-error-theme-until"))
}

fn numbers(picked: &[String]) -> Vec<String> {
    let words = picked.iter().flat_map(|line| line.split_whitespace());
    let mut numbers: Vec<String> = words.map(str::to_ascii_uppercase).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.truncate(NUMBERS_MAX);
    numbers
}

/// Makes a theme of a suggestion.
async fn open(visit: Visit, Posted(form): Posted<RawTheme>) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let catalogue = Catalogue::read(&tx, tx.community()).await?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    let owner = Owner::from_word(&form.owner);
    let owner = owner.filter(|owner| !owner_name(*owner, &catalogue, &on_duty).is_empty());
    let outline = || -> Result<Outline, Message> {
        Ok(Outline {
            name: said(&form.name, TITLE_MAX, "requests-error-theme-name")?,
            plan: said(&form.plan, WORDS_MAX, "requests-error-theme-plan")?,
            owner: owner.ok_or(Message::of("requests-error-theme-owner"))?,
            until: until(&visit, &form.until)?,
        })
    };
    let opening = Opening {
        outline: outline().map_err(Refusal::Invalid)?,
        numbers: numbers(&form.pick),
    };
    let here = visit.check(policy::THEME, Facts::of(visit.community().id))?;
    let id = acts::open(&mut tx, here, opening).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/themes/{id}"), "requests-theme-done-open"))
}

/// Does something with a theme.
async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Posted(form): Posted<RawTheme>,
) -> Result<Response, Refusal> {
    let id: ThemeId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let theme = store::to_change(&tx, id).await?;
    let theme = theme.ok_or(Refusal::NotFound)?;
    if form.version != theme.version.to_string() {
        return Err(Error::Faster.into());
    }
    let has_private_words = [&theme.name, &theme.plan, &form.words]
        .iter()
        .any(|words| !text::find_sensitive(words).is_empty());
    let theme = visit.check(policy::THEME, theme)?;
    let done = match word.as_str() {
        "join" => {
            acts::join(&mut tx, theme, &numbers(&form.pick)).await?;
            "requests-theme-done-join"
        }
        "leave" => {
            let number = form.pick.first().map_or("", String::as_str);
            acts::leave(&mut tx, theme, number).await?;
            "requests-theme-done-leave"
        }
        "publish" => {
            if has_private_words {
                return Err(invalid("requests-error-theme-private"));
            }
            acts::publish(&mut tx, theme).await?;
            "requests-theme-done-publish"
        }
        "close" => {
            let result = said(&form.words, WORDS_MAX, "requests-error-theme-result")
                .map_err(Refusal::Invalid)?;
            if has_private_words {
                return Err(invalid("requests-error-theme-private"));
            }
            acts::close(&mut tx, theme, result).await?;
            "requests-theme-done-close"
        }
        _ => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(visit.go_on(&format!("/themes/{id}"), done))
}
