//! What a resident's telephone must fetch before it shows the first page: the page, and what its head asks for.

use std::net::SocketAddr;

use anyhow::{Result, ensure};

use super::figures::{Figure, Table, Target};
use super::html::tags;
use super::visitor::{Transfer, Visitor};

const BYTES_MAX: f64 = 60_000.0;

/// Measures the first page, with Brotli and all heads, into a table.
pub fn measure(server: SocketAddr) -> Result<Table> {
    let mut visitor = Visitor::at(server);
    let page = visitor.page("/")?;
    let mut table = Table::new("First page of a resident", &["over the wire"]);
    let mut sum = 0;
    for path in std::iter::once("/".to_owned()).chain(fetched_with(&page)) {
        let answer = Visitor::at(server).open(&path, Transfer::Brotli)?;
        ensure!(answer.status == 200, "{path} answered {}", answer.status);
        let bytes = u64::try_from(answer.wire_bytes)?;
        sum += bytes;
        let name = path.rsplit('/').next().unwrap_or_default();
        let encoding = answer.header("content-encoding").unwrap_or("as it is");
        table.row(
            format!("{} ({encoding})", if name.is_empty() { "/" } else { name }),
            [Some(Figure::of_bytes(bytes))],
        );
    }
    table.row(
        "all",
        [Some(
            Figure::of_bytes(sum).wanted(Target::AtMost(BYTES_MAX)),
        )],
    );
    Ok(table)
}

/// What a browser fetches at once to show a page: style sheets, icon, scripts, pictures. The words of scripts stand in
/// the page.
fn fetched_with(page: &str) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for tag in tags(page) {
        let path = match tag.name.as_str() {
            "link" => tag.attribute("href"),
            "script" | "img" => tag.attribute("src"),
            _ => None,
        };
        if let Some(path) = path.filter(|path| path.starts_with('/'))
            && !paths.iter().any(|known| known == path)
        {
            paths.push(path.to_owned());
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_head_asks_for_is_counted_and_what_one_may_click_is_not() {
        let page = r#"<head><link rel="icon" href="/static/1/icon.svg"><link rel="stylesheet" href="/static/2/app.css">
            <script src="/static/3/app.js" defer></script></head><body><a href="/report">我要反映</a>
            <img src="/static/1/icon.svg" alt=""><script type="application/json" id="words">{}</script></body>"#;

        assert_eq!(
            fetched_with(page),
            [
                "/static/1/icon.svg",
                "/static/2/app.css",
                "/static/3/app.js"
            ]
        );
    }
}
