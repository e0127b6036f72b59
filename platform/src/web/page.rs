//! What every page shows: words in the reader's language, where they are, where they can go.
//! Templates get it first and call it `page`.

use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use jiff::tz::TimeZone;
use kernel::{Act, Instant, Minutes};

use super::cookies::read;
use super::{Refusal, Visit};
use crate::community::{COMPLAINT_PHONE, SERVICE_PHONE};
use crate::locale::{Locale, Message, Sayable};
use crate::{House, NavItem, Offered};

/// The cookie that remembers how one likes to read: `zh-CN~auto~normal`.
pub(crate) const DISPLAY_COOKIE: &str = "linli_display";

/// What everyone reads in the same frame, with all that lies below.
const FRONT: [&str; 15] = [
    "/",
    "/report",
    "/matters",
    "/map",
    "/track",
    "/me",
    "/activities",
    "/books",
    "/certificates",
    "/hours/figures",
    "/points/figures",
    "/points/notices",
    "/points/schemes",
    "/timebank/ask",
    "/timebank/helps",
];

/// Pages that everyone reads, while those below them are the desk's.
const FRONT_ALONE: [&str; 4] = ["/points", "/posts", "/shop", "/timebank"];

/// Room for most pages, so that they are not copied while they grow.
const PAGE_BYTES: usize = 96 * 1024;

/// Light, dark, or as the device is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The size of letters and targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As designed.
    Normal,
    /// 长辈模式: a quarter larger.
    Large,
}

/// How somebody likes to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Display {
    /// In which language.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// How large.
    pub size: Size,
}

impl Display {
    pub(crate) fn of(headers: &HeaderMap, is_under_test: bool) -> Self {
        let words = read(headers, DISPLAY_COOKIE).unwrap_or_default();
        let mut parts = words.split('~');
        let chosen = parts
            .next()
            .and_then(Locale::from_tag)
            .filter(|locale| is_under_test || *locale != Locale::Mirror);
        let accepted = || {
            let header = headers.get(axum::http::header::ACCEPT_LANGUAGE);
            Locale::accepted(
                header
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or_default(),
            )
        };
        Self {
            locale: chosen.unwrap_or_else(accepted),
            theme: match parts.next() {
                Some("light") => Theme::Light,
                Some("dark") => Theme::Dark,
                _ => Theme::Auto,
            },
            size: match parts.next() {
                Some("large") => Size::Large,
                _ => Size::Normal,
            },
        }
    }

    /// As the cookie keeps it.
    pub(crate) fn cookie_value(self) -> String {
        format!(
            "{}~{}~{}",
            self.locale.tag(),
            self.theme_word(),
            self.size_word()
        )
    }

    /// The word in the page's `data-theme`.
    pub const fn theme_word(self) -> &'static str {
        match self.theme {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The word in the page's `data-size`.
    pub const fn size_word(self) -> &'static str {
        match self.size {
            Size::Normal => "normal",
            Size::Large => "large",
        }
    }
}

/// An entry of the navigation, ready to be shown.
#[derive(Clone, Debug)]
pub struct NavLink {
    /// Where it leads.
    pub href: &'static str,
    /// What it says.
    pub label: String,
    /// Whether one is there.
    pub is_current: bool,
}

/// What every page shows.
#[derive(Clone, Debug)]
pub struct Page {
    visit: Visit,
    title: Message,
    /// Where one comes back to, when it is not where the form was sent.
    here: Option<String>,
}

impl Page {
    pub(crate) fn new(visit: &Visit, title: Message) -> Self {
        Self {
            visit: visit.clone(),
            title,
            here: None,
        }
    }

    /// The same page under the address at which it can be read again: for what answers a form
    /// that was sent elsewhere.
    #[must_use]
    pub fn at(self, here: Option<String>) -> Self {
        let is_sent_elsewhere = !self.visit.is_reading();
        Self {
            here: here.filter(|_| is_sent_elsewhere),
            ..self
        }
    }

    fn house(&self) -> &House {
        self.visit.house()
    }

    /// The visit behind it.
    pub const fn visit(&self) -> &Visit {
        &self.visit
    }

    /// A message.
    pub fn t(&self, id: &'static str) -> String {
        self.house().locales().word(self.visit.locale(), id)
    }

    /// A message with one thing put in.
    pub fn t1(&self, id: &'static str, name: &'static str, argument: impl Sayable) -> String {
        self.msg(&Message::of(id).with(name, argument))
    }

    /// A message with two things put in.
    pub fn t2(
        &self,
        id: &'static str,
        name: &'static str,
        argument: impl Sayable,
        second: &'static str,
        other: impl Sayable,
    ) -> String {
        self.msg(&Message::of(id).with(name, argument).with(second, other))
    }

    /// A message that Rust put together.
    pub fn msg(&self, message: &Message) -> String {
        self.house().locales().say(self.visit.locale(), message)
    }

    /// The message of an id that comes from outside, if there is one.
    pub fn known(&self, id: &str) -> Option<&'static str> {
        self.house().locales().known_id(id)
    }

    /// What happened, in words: the message of an event's name, or the name itself.
    pub fn event(&self, name: &str) -> String {
        self.named("event-", name)
    }

    /// What one may do, in words: the message of an act's name, or the name itself.
    pub fn act(&self, name: &str) -> String {
        self.named("act-", name)
    }

    /// What a worker has to do, in words, or the kind of the job itself.
    pub fn job(&self, kind: &str) -> String {
        self.named("job-", kind)
    }

    /// What kind of thing an event is about, in words, or the kind itself.
    pub fn subject(&self, kind: &str) -> String {
        self.named("subject-", kind)
    }

    fn named(&self, kind: &str, name: &str) -> String {
        let id = format!("{kind}{}", name.replace(['.', '_'], "-"));
        self.known(&id)
            .map_or_else(|| name.to_owned(), |id| self.t(id))
    }

    /// The title, as the tab of the browser shows it.
    pub fn title(&self) -> String {
        format!("{} · {}", self.msg(&self.title), self.community())
    }

    /// The community's name.
    pub fn community(&self) -> &str {
        &self.visit.community().name
    }

    /// The language's tag.
    pub fn lang(&self) -> &'static str {
        self.visit.locale().tag()
    }

    /// `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        self.visit.locale().direction()
    }

    /// How they like to read.
    pub fn display(&self) -> Display {
        self.visit.display()
    }

    /// Whether letters are large.
    pub fn is_large(&self) -> bool {
        self.visit.display().size == Size::Large
    }

    /// Whether it is dark whatever the device says.
    pub fn is_dark(&self) -> bool {
        self.visit.display().theme == Theme::Dark
    }

    /// The number to call with a complaint (rule R32), if the community has told one.
    pub fn complaint_phone(&self) -> Option<&str> {
        self.visit
            .community()
            .settings
            .get(COMPLAINT_PHONE)
            .map(String::as_str)
    }

    /// The number to call with anything else, if the community has told one.
    pub fn service_phone(&self) -> Option<&str> {
        self.visit
            .community()
            .settings
            .get(SERVICE_PHONE)
            .map(String::as_str)
    }

    /// The words that scripts say, as JSON to be put into the page.
    pub fn script_words(&self) -> &'static str {
        let name = match self.visit.locale() {
            Locale::ZhCn => "words.zh-CN.json",
            Locale::En | Locale::Mirror => "words.en.json",
        };
        self.house().assets().text(name).unwrap_or("{}")
    }

    /// The tabs at the resident's thumb.
    pub fn tabs(&self) -> Vec<NavLink> {
        let mine = if self.is_signed_in() {
            "/account"
        } else {
            "/sign-in"
        };
        let mut tabs = vec![
            ("/", "tab-home"),
            ("/report", "tab-report"),
            ("/matters", "tab-matters"),
            ("/map", "tab-map"),
            (mine, "tab-mine"),
        ];
        if self.is_desk() {
            tabs.push((self.workplace(), "tab-desk"));
        }
        tabs.into_iter()
            .map(|(href, label)| NavLink {
                href,
                label: self.t(label),
                is_current: self.is_at(href),
            })
            .collect()
    }

    /// What the rooms offer to everybody.
    pub fn offers(&self) -> Vec<NavLink> {
        self.offered(Offered::ToAll)
    }

    /// What the rooms keep for who has signed in.
    pub fn own_offers(&self) -> Vec<NavLink> {
        self.offered(Offered::ToOneself)
    }

    fn offered(&self, to: Offered) -> Vec<NavLink> {
        let offers = self.house().offers().iter();
        offers
            .filter(|offer| offer.offered == to)
            .map(|offer| NavLink {
                href: offer.href,
                label: self.t(offer.label),
                is_current: self.is_at(offer.href),
            })
            .collect()
    }

    /// Where somebody who works here begins: the first entry of their navigation.
    pub fn workplace(&self) -> &'static str {
        self.visit.workplace()
    }

    /// The languages offered: tag, name, whether it is this one.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        Locale::OFFERED
            .into_iter()
            .map(|locale| (locale.tag(), locale.name(), locale == self.visit.locale()))
            .collect()
    }

    /// The secret word for forms.
    pub fn csrf(&self) -> String {
        self.visit.csrf()
    }

    /// The address of a style sheet, script or picture.
    pub fn asset(&self, name: &str) -> String {
        self.house().assets().url(name)
    }

    /// Where tiles for the map come from, if anywhere.
    pub fn tiles(&self) -> Option<&str> {
        self.house().config().tiles.as_deref()
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.visit.actor().account.is_some()
    }

    /// The name of who is signed in.
    pub fn name(&self) -> &str {
        self.visit
            .signed_in()
            .map_or("", |signed_in| &signed_in.display_name)
    }

    /// Whether they work here, and get the desk's navigation.
    pub fn is_desk(&self) -> bool {
        self.visit.actor().works_here()
    }

    /// Whether the page stands in the desk's frame: who works here finds their navigation wherever
    /// they go, but for the pages that they read as everyone does.
    pub fn is_at_desk(&self) -> bool {
        let is_front =
            FRONT.iter().any(|path| self.is_at(path)) || FRONT_ALONE.contains(&self.visit.path());
        self.is_desk() && !is_front
    }

    /// Whether they may do this anywhere at all.
    pub fn may(&self, act: Act) -> bool {
        self.visit.may(act)
    }

    /// Whether one is on this path, or below it.
    pub fn is_at(&self, href: &str) -> bool {
        let path = self.visit.path();
        path == href
            || (href != "/"
                && path
                    .strip_prefix(href)
                    .is_some_and(|rest| rest.starts_with('/')))
    }

    /// The path with its query, for coming back here.
    pub fn here(&self) -> &str {
        self.here
            .as_deref()
            .unwrap_or_else(|| self.visit.path_and_query())
    }

    /// The desk's navigation, as far as this person may go. One is at the entry that says most.
    pub fn nav(&self) -> Vec<NavLink> {
        let open = |item: &&NavItem| self.visit.may(item.act);
        let entries = || self.house().nav().iter().filter(open);
        let current = entries()
            .map(|item| item.href)
            .filter(|href| self.is_at(href))
            .max_by_key(|href| href.len());
        entries()
            .map(|item| NavLink {
                href: item.href,
                label: self.t(item.label),
                is_current: Some(item.href) == current,
            })
            .collect()
    }

    /// The sentence that the last act left for this page.
    pub fn flash(&self) -> Option<String> {
        self.visit.flash().map(|id| self.t(id))
    }

    /// `11月21日 09:12`.
    pub fn moment(&self, at: &Instant) -> String {
        self.visit
            .locale()
            .moment(*at, self.visit.now(), self.visit.zone())
    }

    /// `11月21日`.
    pub fn day(&self, at: &Instant) -> String {
        self.visit
            .locale()
            .day(*at, self.visit.now(), self.visit.zone())
    }

    /// `2026年11月`.
    pub fn month(&self, at: &Instant) -> String {
        self.visit.locale().month(*at, self.visit.zone())
    }

    /// For the `datetime` of a `<time>`.
    pub fn machine_time(&self, at: &Instant) -> String {
        at.rfc3339()
    }

    /// `3 小时`.
    pub fn span(&self, minutes: &Minutes) -> String {
        self.msg(&Message::span(*minutes))
    }

    /// `1,234`.
    pub fn number(&self, number: &i64) -> String {
        self.visit.locale().number(*number)
    }

    /// Where people here live.
    pub fn zone(&self) -> &TimeZone {
        self.visit.zone()
    }

    /// The template as an answer.
    pub fn show(template: &impl askama::Template) -> Result<Response, Refusal> {
        let mut html = String::with_capacity(PAGE_BYTES);
        template
            .render_into(&mut html)
            .map_err(|error| Refusal::Fault(error.into()))?;
        Ok(Html(html).into_response())
    }
}
