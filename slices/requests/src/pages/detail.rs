//! One matter at the desk: what is known, how it went, and the acts that are possible now for this
//! reader.

use askama::Template;
use platform::access::HasFacts;
use platform::{Message, Page, Refusal, Visit, record};

use super::asked;
use super::choices::{Choice, category_choices, handler_choices};
use super::clocks::{self, Told};
use super::parts::{self, PartView};
use super::view::{self, Around, Entry, Knows, LineView, Reader, Step};
use super::whistles::{self, WhistleView};
use crate::actions::{self, PHONE};
use crate::dispatch::{Grade, Role};
use crate::matter::Matter;
use crate::model::{Exit, Verb};
use crate::store::{self, Catalogue, Dispatch, Dossier, KIND, Request};
use crate::{link, policy, routing, words};

/// The requester, for who may see them.
struct Contact {
    name: String,
    phone: String,
}

/// What the requester said when asked.
struct Said {
    question: &'static str,
    answer: &'static str,
}

/// An act that was not done: it is said, and its words stand in the form again.
#[derive(Clone, Debug)]
pub struct Again {
    /// The act, as its address calls it.
    pub word: String,
    /// The part that it was tried on; empty for the matter.
    pub part: String,
    /// What was written.
    pub words: String,
    /// Why it was not done.
    pub message: Message,
}

#[derive(Template)]
#[template(path = "requests/detail.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part of the page that is there or not"
)]
struct Detail {
    page: Page,
    line: LineView,
    body: String,
    steps: Vec<Step>,
    entries: Vec<Entry>,
    awaited: Option<&'static str>,
    micro_grid_href: Option<String>,
    contact: Option<Contact>,
    is_contact_hidden: bool,
    photos: Vec<String>,
    dispatched: String,
    missed: Vec<String>,
    said: Vec<Said>,
    is_published: bool,
    is_desk_entry: bool,
    may: Vec<Verb>,
    parts: Vec<PartView>,
    whistle: Option<WhistleView>,
    may_whistle: bool,
    /// Whether it could not be done: the requester is asked something else.
    is_explained: bool,
    has_lead: bool,
    whistle_kinds: Vec<(&'static str, &'static str)>,
    /// How the matter's own clock stands.
    clock: String,
    roles: Vec<(&'static str, &'static str)>,
    grades: Vec<(&'static str, &'static str)>,
    may_publish: bool,
    is_handled_by_reader: bool,
    /// The link by which the requester says how it went, and until when it holds.
    ask_link: Option<(String, String)>,
    is_staff: bool,
    categories: Vec<Choice>,
    handlers: Vec<Choice>,
    exits: Vec<(&'static str, &'static str)>,
    has_grid: bool,
    /// Whether it lies with somebody, so that dispatching means giving it to another.
    is_given: bool,
    version: i64,
    back: String,
    again: Option<Again>,
    /// How it hangs together with others: HTML of its own.
    joining: String,
}

impl Detail {
    fn may(&self, word: &str) -> bool {
        self.may.iter().any(|verb| verb.word() == word)
    }

    /// Below which address the pictures of a part lie.
    fn part_photos(&self, part: &PartView) -> String {
        format!("/requests/{}/parts/{}/photos", self.line.number, part.id)
    }

    /// Where acts on a part are sent.
    fn part_base(&self, _: &PartView) -> String {
        format!("/requests/{}", self.line.number)
    }

    /// Whether this act was just tried in vain.
    fn is_again(&self, word: &str) -> bool {
        self.again.as_ref().is_some_and(|again| again.word == word)
    }

    /// What was written for an act that was tried in vain.
    fn kept(&self, word: &str) -> &str {
        let again = self.again.as_ref().filter(|again| again.word == word);
        again.map_or("", |again| &again.words)
    }

    /// Words for which the page has no form any more.
    fn unsent(&self) -> Option<&str> {
        let again = self.again.as_ref()?;
        let has_form = self.may(&again.word)
            || self.parts.iter().any(|part| part.may(&again.word))
            || ["part", "whistle", "plan", "verify", "refuse"].contains(&again.word.as_str());
        (!again.words.is_empty() && !has_form).then_some(&again.words)
    }
}

/// The detail's HTML. What may not be read is not there.
pub async fn render(
    visit: &Visit,
    catalogue: &Catalogue,
    number: &str,
    query: &str,
    again: Option<&Again>,
) -> Result<String, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let asker = visit.actor().account;
    let dossier = store::with_notes(&reader, community, number, asker)
        .await?
        .filter(|dossier| visit.covers(policy::READ, &dossier.matter.facts()))
        .ok_or(Refusal::NotFound)?;
    let events =
        record::timeline_with_names(&reader, community, KIND, dossier.matter.request.id.0, 200)
            .await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-workbench-title"));
    let around = Around {
        page: &page,
        catalogue,
        atlas: &atlas,
    };
    let matter = &dossier.matter;
    let request = &matter.request;
    let is_handled_by_reader = dossier.is_handled_by_asker
        || (asker.is_some() && matter.of_this_round().any(|part| part.assignee == asker));
    let (whistle, may_whistle) = whistles::shown(visit, matter, dossier.whistle.as_ref());
    let (dispatched, missed) = explanation(&around, request, visit);
    let may_see_contact = visit.covers(policy::CONTACT, &matter.contact());
    let knows = Knows {
        requester: may_see_contact,
        neighbours: visit.covers(policy::DISPATCH, &matter.facts()),
    };
    let has_contact = request.contact_name.is_some() || request.contact_locked.is_some();
    let template = Detail {
        line: line_of(&around, &dossier),
        body: request.body.clone(),
        steps: view::steps(&page, request.state.stage()),
        entries: view::timeline(&around, &dossier, &events, Reader::Desk(knows)),
        awaited: view::awaited(request.state),
        micro_grid_href: request
            .micro_grid
            .or(request.grid)
            .map(|area| format!("/areas/{area}")),
        contact: (may_see_contact && has_contact).then(|| contact(visit, request)),
        is_contact_hidden: has_contact && !may_see_contact,
        photos: request.photos.iter().map(ToString::to_string).collect(),
        dispatched,
        missed,
        said: said(request),
        is_published: request.is_published,
        is_desk_entry: request.entered_by.is_some(),
        may: possible(visit, matter, is_handled_by_reader),
        parts: parts::of(&around, matter, visit).await?,
        clock: clocks::sentence(
            &page,
            &clocks::of_matter(matter),
            &visit.calendar(),
            Told::Others,
        ),
        whistle,
        may_whistle,
        is_explained: matter.is_explained(),
        has_lead: matter.lead().is_some(),
        whistle_kinds: whistles::kinds(),
        roles: [Role::Responsible, Role::Assisting, Role::Informed]
            .map(|role| (role.word(), words::role(role)))
            .to_vec(),
        grades: Grade::ALL
            .iter()
            .map(|grade| (grade.word(), words::grade(*grade)))
            .collect(),
        may_publish: visit.covers(policy::TRIAGE, &matter.facts()),
        ask_link: ask_link(visit, &page, &dossier, is_handled_by_reader),
        is_handled_by_reader,
        is_staff: visit.actor().is_on(kernel::DutyKind::Staff),
        categories: category_choices(&page, catalogue, &request.category.to_string()),
        handlers: handler_choices(
            catalogue,
            &request.handler.map(|id| id.to_string()).unwrap_or_default(),
        ),
        exits: Exit::ALL
            .iter()
            .map(|exit| (exit.word(), words::exit(*exit)))
            .collect(),
        has_grid: request.grid.is_some(),
        is_given: !request.state.is_unassigned(),
        version: request.version,
        back: format!("/requests{query}"),
        joining: super::following::joining(visit, &page, &dossier, again).await?,
        again: again.cloned(),
        page,
    };
    template
        .render()
        .map_err(|error| Refusal::Fault(error.into()))
}

/// The link for the requester, for who may call back, while there is something to ask.
fn ask_link(
    visit: &Visit,
    page: &Page,
    dossier: &Dossier,
    is_handled_by_reader: bool,
) -> Option<(String, String)> {
    let matter = &dossier.matter;
    let may_ask = !is_handled_by_reader && visit.covers(policy::CALL_BACK, &matter.facts());
    asked::question(matter, dossier.whistle.as_ref()).filter(|_| may_ask)?;
    let (token, until) = link::asking(visit.house(), &matter.request, visit.now())?;
    let base = &visit.house().config().base_url;
    Some((format!("{base}/asked/{token}"), page.day(&until)))
}

fn line_of(around: &Around<'_>, dossier: &Dossier) -> LineView {
    let request = &dossier.matter.request;
    let page = around.page;
    let is_late = request.state.is_due() && request.due_at < page.visit().now();
    LineView {
        number: request.number.clone(),
        title: request.title.clone(),
        place: request.place.clone(),
        channel: page.t(words::channel(request.channel)),
        category: around.category(request.category),
        area: around.area(request.micro_grid.or(request.grid)),
        area_code: String::new(),
        handler: around.lead(request.handler, dossier.assignee.as_deref()),
        state: page.t(request
            .exit
            .map_or_else(|| words::state(request.state), words::exit)),
        tone: if is_late { "hot" } else { request.state.tone() },
        left: if request.state.is_due() {
            view::left(page, request.due_at)
        } else {
            String::new()
        },
        received_at: request.received_at,
        pin: request.id.to_string(),
        stage: request.state.stage(),
    }
}

fn contact(visit: &Visit, request: &Request) -> Contact {
    let vault = visit.house().vault();
    let open = |locked: &Vec<u8>| vault.open(PHONE, locked).ok();
    Contact {
        name: request.contact_name.clone().unwrap_or_default(),
        phone: request
            .contact_locked
            .as_ref()
            .and_then(open)
            .unwrap_or_default(),
    }
}

fn said(request: &Request) -> Vec<Said> {
    let Some(answers) = request.answers else {
        return Vec::new();
    };
    let mut said = vec![Said {
        question: "requests-said-reached",
        answer: if answers.is_reached {
            "requests-yes"
        } else {
            "requests-no"
        },
    }];
    let others = [
        ("requests-said-resolved", answers.is_resolved),
        ("requests-said-understood", answers.is_understood),
        ("requests-said-satisfied", answers.is_satisfied),
    ];
    said.extend(others.into_iter().filter_map(|(question, answer)| {
        let answer = if answer? {
            "requests-yes"
        } else {
            "requests-no"
        };
        Some(Said { question, answer })
    }));
    said
}

/// The acts on the matter itself that the state and the policy allow this reader.
fn possible(visit: &Visit, matter: &Matter, is_handled_by_reader: bool) -> Vec<Verb> {
    let facts = matter.facts();
    let handles = |part: &Dispatch| visit.covers(policy::HANDLE, &matter.handling(part));
    let is_allowed = |verb: Verb| match verb {
        Verb::Triage | Verb::Exit | Verb::Join => visit.covers(policy::TRIAGE, &facts),
        Verb::Dispatch => visit.covers(policy::DISPATCH, &facts),
        Verb::Note => visit.covers(policy::TRIAGE, &facts) || matter.dispatches.iter().any(handles),
        Verb::CallBack => !is_handled_by_reader && visit.covers(policy::CALL_BACK, &facts),
        Verb::Close => visit.covers(policy::CALL_BACK, &facts),
        // The requester's, on their own page.
        Verb::Reopen => false,
    };
    let verbs = Verb::ALL.iter().copied();
    verbs
        .filter(|verb| matter.request.state.after(*verb).is_some() && is_allowed(*verb))
        .collect()
}

/// By which line it was given on, and why the lines before did not fit.
fn explanation(around: &Around<'_>, request: &Request, visit: &Visit) -> (String, Vec<String>) {
    let page = around.page;
    let rules = &around.catalogue.rules;
    // A line for the grid worker that comes before the one that fitted can only have missed for
    // want of a worker.
    let incoming = routing::Incoming {
        has_grid_worker: false,
        ..actions::incoming(
            request,
            around.catalogue,
            &[],
            visit.calendar().is_working(request.received_at.0),
        )
    };
    let before: Vec<_> = rules
        .iter()
        .take_while(|rule| Some(rule.id) != request.rule)
        .cloned()
        .collect();
    let missed = routing::explain(&before, &incoming)
        .missed
        .into_iter()
        .map(|(rule, why)| {
            let name = super::settings::rule_name(around, rule);
            page.t2(
                "requests-rule-missed",
                "rule",
                name,
                "why",
                page.t(words::miss(why)),
            )
        })
        .collect();
    let matched = request
        .rule
        .and_then(|id| rules.iter().find(|rule| rule.id == id));
    match (matched, request.rule, request.dispatched_at) {
        (Some(rule), _, _) => {
            let name = super::settings::rule_name(around, rule);
            (page.t1("requests-rule-matched", "rule", name), missed)
        }
        (None, Some(_), _) => (page.t("requests-rule-retired"), Vec::new()),
        (None, None, Some(_)) => (page.t("requests-rule-by-hand"), Vec::new()),
        (None, None, None) => (page.t("requests-rule-none"), missed),
    }
}
