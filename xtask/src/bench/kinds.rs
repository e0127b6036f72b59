//! The kinds of pages that are measured: where they are, who opens them, what must be on them, what is wanted of them.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};

use super::archive;
use super::form::encoded;
use super::html::tags;
use super::load::Answered;
use super::pages::CLIENTS;
use super::visitor::{Transfer, Visitor};
use super::wire::Answer;

/// The workbench with all requests, open and closed: the open ones alone are fewer than a page holds.
const LIST: &str = "/requests?state=all";
/// What two to four characters people look for.
const WORDS: [&str; 20] = [
    "停水",
    "漏水",
    "楼道灯",
    "电梯",
    "噪音",
    "垃圾",
    "楼道",
    "停车",
    "充电",
    "下水道",
    "井盖",
    "健身器材",
    "门禁",
    "飞线充电",
    "消防通道",
    "遛狗",
    "广场舞",
    "树枝",
    "油烟",
    "单元门",
];
/// What stands on a part that found something.
const SIMILAR: &str = "data-similar-found";

/// Which kinds of pages to measure.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The four pages.
    pub pages: bool,
    /// The search.
    pub search: bool,
    /// What may be the same as what is typed, at the desk and for everyone.
    pub similar: bool,
}

/// A page, or pages of one kind that are asked for in turn.
#[derive(Debug)]
pub struct Kind {
    /// What the table calls it.
    pub name: &'static str,
    visitor: Visitor,
    pages: Vec<Page>,
    ends_with: &'static [u8],
    /// What is wanted of it.
    pub targets: Targets,
}

/// A page.
#[derive(Debug)]
struct Page {
    path: String,
    /// Words without which it would be another.
    has: String,
}

impl Page {
    fn at(path: impl Into<String>, has: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            has: has.into(),
        }
    }
}

/// What is wanted of a kind of page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Targets {
    /// Answers in a second.
    pub per_second_min: Option<f64>,
    /// The server's p50 in milliseconds.
    pub p50_ms_max: Option<f64>,
    /// The server's p99 in milliseconds.
    pub p99_ms_max: Option<f64>,
    /// The p50 in milliseconds that one client sees alone.
    pub alone_p50_ms_max: Option<f64>,
}

impl Targets {
    /// What is wanted of any page.
    const OF_A_PAGE: Self = Self {
        per_second_min: None,
        p50_ms_max: Some(5.0),
        p99_ms_max: Some(20.0),
        alone_p50_ms_max: None,
    };
}

/// What a page weighs.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// As it is, in bytes.
    pub plain: u64,
    /// Compressed, in bytes.
    pub brotli: u64,
}

/// The kinds that are wanted, each with somebody signed in who may open them.
pub fn kinds(server: SocketAddr, wanted: Wanted) -> Result<Vec<Kind>> {
    let mut staff = Visitor::at(server);
    staff.sign_in("demo-staff")?;
    let mut kinds = Vec::new();
    if wanted.pages {
        kinds.extend(four_pages(server, &mut staff)?);
    }
    if wanted.similar {
        kinds.extend(similar(server, &mut staff)?);
    }
    if wanted.search {
        let page = |word: &&str| {
            let path = format!("/requests?q={}", encoded(word));
            Page::at(path, format!("value=\"{word}\""))
        };
        kinds.push(Kind {
            name: "search",
            visitor: staff,
            pages: WORDS.iter().map(page).collect(),
            ends_with: b"</html>",
            targets: Targets {
                p50_ms_max: Some(20.0),
                ..Targets::default()
            },
        });
    }
    Ok(kinds)
}

fn four_pages(server: SocketAddr, staff: &mut Visitor) -> Result<[Kind; 4]> {
    let mut resident = Visitor::at(server);
    resident.sign_in("demo-resident")?;
    let details = requests_in(&staff.page(LIST)?);
    ensure!(
        details.len() >= 50,
        "the workbench lists {} requests, not 50",
        details.len()
    );
    let kind = |name, visitor, pages| Kind {
        name,
        visitor,
        pages,
        ends_with: b"</html>",
        targets: Targets::OF_A_PAGE,
    };
    let list = vec![Page::at(LIST, "name=\"q\"")];
    let home = vec![Page::at("/", "href=\"/report\"")];
    let map = vec![Page::at("/map/pins.geojson", "FeatureCollection")];
    let mut kinds = [
        kind("request list of 50", staff.again(), list),
        kind("request detail", staff.again(), details),
        kind("resident home", resident, home),
        kind("public map data", Visitor::at(server), map),
    ];
    kinds[0].targets.per_second_min = Some(500.0);
    kinds[3].ends_with = b"}";
    Ok(kinds)
}

/// What is asked while somebody types, at many places.
fn similar(server: SocketAddr, staff: &mut Visitor) -> Result<[Kind; 2]> {
    let form = staff.page("/report")?;
    let (_, name, title) = archive::KINDS[0];
    let category = category_named(&form, name).context("the demo has no such kind")?;
    let question = |door: &str, n: usize| {
        let (lon, lat) = archive::place(n * 79);
        let title = encoded(title);
        format!("{door}?category={category}&title={title}&lon={lon:.6}&lat={lat:.6}")
    };
    // Where a hundred lamps lie together one more lamp says little, and nothing is suggested.
    let found = |visitor: &mut Visitor, door: &str| -> Result<Vec<Page>> {
        let mut pages = Vec::new();
        for n in 0..20 {
            let path = question(door, n);
            if visitor.page(&path)?.contains(SIMILAR) {
                pages.push(Page::at(path, SIMILAR));
            }
        }
        ensure!(
            pages.len() >= 5,
            "{door} finds something {} times of 20",
            pages.len()
        );
        Ok(pages)
    };
    let kind = |name, mut visitor: Visitor, door| -> Result<Kind> {
        Ok(Kind {
            name,
            pages: found(&mut visitor, door)?,
            visitor,
            ends_with: b"</section>",
            // Who types waits for an answer after each word; that is one person's work.
            targets: Targets {
                alone_p50_ms_max: Some(15.0),
                ..Targets::default()
            },
        })
    };
    Ok([
        kind(
            "similar, for everyone",
            Visitor::at(server),
            "/report/similar",
        )?,
        kind(
            "similar, at the desk",
            staff.again(),
            "/requests/new/similar",
        )?,
    ])
}

/// The id of the kind of this name on the form for reporting.
fn category_named<'a>(form: &'a str, name: &str) -> Option<&'a str> {
    let before = &form[..form.find(&format!("<b>{name}</b>"))?];
    let value = before.rsplit("value=\"").next()?;
    value.split('"').next()
}

/// The requests that a list leads to, each once: a page with its public number, which ends in a digit.
fn requests_in(list: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for tag in tags(list) {
        let Some(path) = tag.attribute("href") else {
            continue;
        };
        let number = path
            .strip_prefix("/requests/")
            .and_then(|rest| rest.split(['?', '#']).next())
            .filter(|word| !word.contains('/') && word.ends_with(|c: char| c.is_ascii_digit()));
        if let Some(number) = number
            && !pages.iter().any(|page| page.path == path)
        {
            pages.push(Page::at(path, number));
        }
    }
    pages
}

impl Kind {
    /// Looks at each page once, closely. Gives the size of the first.
    pub fn look(&mut self) -> Result<Size> {
        for Page { path, has } in &self.pages {
            let answer = self.visitor.open(path, Transfer::Plain)?;
            judge(&answer, self.ends_with).with_context(|| path.clone())?;
            ensure!(
                answer.text().contains(has),
                "{path} is another page than it was: {has:?} is not on it"
            );
        }
        let first = &self.pages.first().context("no page to look at")?.path;
        let plain = self.visitor.open(first, Transfer::Plain)?;
        let brotli = self.visitor.open(first, Transfer::Brotli)?;
        ensure!(brotli.status == 200, "{first} answered {}", brotli.status);
        Ok(Size {
            plain: u64::try_from(plain.body.len())?,
            brotli: u64::try_from(brotli.body.len())?,
        })
    }

    /// A client with a connection of its own, who asks for the pages in turn, each client beginning at another.
    pub fn client(&self, number: usize) -> impl FnMut() -> Result<Answered> + Send + use<> {
        let requests: Vec<Vec<u8>> = self
            .pages
            .iter()
            .map(|page| self.visitor.request(&page.path, Transfer::Plain))
            .collect();
        let mut visitor = self.visitor.again();
        let ends_with = self.ends_with;
        let mut turn = number * requests.len() / CLIENTS;
        move || {
            let request = &requests[turn % requests.len()];
            turn += 1;
            visitor.time(request, |answer| judge(answer, ends_with))
        }
    }
}

/// Judges an answer under load: quick, but enough to tell a page from an error and a whole page from a part.
fn judge(answer: &Answer, ends_with: &[u8]) -> Result<()> {
    ensure!(
        answer.status == 200,
        "answered {} instead of a page",
        answer.status
    );
    ensure!(
        answer.body.trim_ascii_end().ends_with(ends_with),
        "the page has no end"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_found_in_a_list_each_once_with_their_numbers() {
        let list = r#"<a href="/requests">诉求</a> <a href="/requests/new">登记</a>
            <a href="/requests/QS-2026-1187?from=list">灯</a> <a href="/requests/QS-2026-1188">梯</a>
            <a href="/requests/QS-2026-1188">梯</a> <a href="/requests/QS-2026-1188/dispatch">派</a>"#;

        let pages = requests_in(list);

        let told: Vec<(&str, &str)> = pages
            .iter()
            .map(|page| (page.path.as_str(), page.has.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("/requests/QS-2026-1187?from=list", "QS-2026-1187"),
                ("/requests/QS-2026-1188", "QS-2026-1188"),
            ]
        );
    }

    #[test]
    fn a_kind_is_found_by_its_name_on_the_form() {
        let form = r#"<input name="category" value="01"><span><b>路灯</b></span>
            <input name="category" value="02"><span><b>楼道灯</b></span>"#;

        assert_eq!(category_named(form, "楼道灯"), Some("02"));
        assert_eq!(category_named(form, "电梯"), None);
    }

    #[test]
    fn the_search_looks_for_twenty_different_words_of_two_to_four_characters() {
        let mut words = WORDS.to_vec();
        words.sort_unstable();
        words.dedup();

        assert_eq!(words.len(), 20);
        assert!(
            words
                .iter()
                .all(|word| (2..=4).contains(&word.chars().count()))
        );
    }
}
