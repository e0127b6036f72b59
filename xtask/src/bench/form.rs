//! A form as it stands on a page: its fields, what they hold, and how it wants to be sent.
//!
//! What a person would leave alone is sent as the page has it, hidden words too.

use anyhow::{Context, Result};

use super::html::{Tag, tags};

/// A form and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent to.
    pub action: String,
    is_multipart: bool,
    /// Names and values, in the order of the page.
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first form of a page that is sent to this path. Of choices, what is chosen already or else the first is taken.
    pub fn on_page(html: &str, action: &str) -> Result<Self> {
        Self::all_on(html)
            .into_iter()
            .find(|form| form.action.split('?').next() == Some(action))
            .with_context(|| format!("the page has no form for {action}"))
    }

    /// All forms of a page.
    pub fn all_on(html: &str) -> Vec<Self> {
        let mut forms = Vec::new();
        let mut tags = tags(html);
        while let Some(opening) = tags.find(|tag| tag.name == "form") {
            let within: Vec<Tag> = tags
                .by_ref()
                .take_while(|tag| tag.name != "/form")
                .collect();
            forms.push(Self {
                action: opening.attribute("action").unwrap_or_default().to_owned(),
                is_multipart: opening.attribute("enctype") == Some("multipart/form-data"),
                fields: fields(&within),
            });
        }
        forms
    }

    /// Whether a field holds this.
    pub fn holds(&self, value: &str) -> bool {
        self.fields.iter().any(|(_, held)| held == value)
    }

    /// Fills a field. An error when the form has none of this name.
    pub fn fill(&mut self, name: &str, value: &str) -> Result<()> {
        let field = self.fields.iter_mut().find(|(known, _)| known == name);
        let (_, old) =
            field.with_context(|| format!("the form for {} has no field {name}", self.action))?;
        value.clone_into(old);
        Ok(())
    }

    /// Ticks a box: adds what it would send.
    pub fn add(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// The type of its contents, and the contents.
    pub fn contents(&self) -> (String, Vec<u8>) {
        const BOUNDARY: &str = "----linli-bench-b7e2d0";
        if !self.is_multipart {
            let pairs: Vec<String> = self
                .fields
                .iter()
                .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
                .collect();
            let media_type = "application/x-www-form-urlencoded".to_owned();
            return (media_type, pairs.join("&").into_bytes());
        }
        let part = |(name, value): &(String, String)| {
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        };
        let parts: Vec<String> = self.fields.iter().map(part).collect();
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let body = format!("{}--{BOUNDARY}--\r\n", parts.concat());
        (media_type, body.into_bytes())
    }
}

fn fields(tags: &[Tag]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut select: Option<(String, String)> = None;
    let mut is_pressed = false;
    for tag in tags {
        let value = tag.attribute("value").unwrap_or_default();
        match (tag.name.as_str(), tag.attribute("name")) {
            ("input", Some(name)) if is_sent(tag, name, &fields) => {
                fields.push((name.to_owned(), value.to_owned()));
            }
            // Of several buttons the first is pressed, as by the Enter key.
            ("button", Some(name)) if !is_pressed && tag.attribute("type") != Some("button") => {
                fields.push((name.to_owned(), value.to_owned()));
                is_pressed = true;
            }
            ("textarea", Some(name)) => fields.push((name.to_owned(), tag.text.clone())),
            ("select", Some(name)) => select = Some((name.to_owned(), String::new())),
            ("option", _) => {
                if let Some((_, chosen)) = &mut select
                    && (tag.has("selected") || chosen.is_empty())
                {
                    value.clone_into(chosen);
                }
            }
            ("/select", _) => fields.extend(select.take()),
            _ => {}
        }
    }
    fields
}

/// Whether an `<input>` would be sent, after those before it.
fn is_sent(input: &Tag, name: &str, before: &[(String, String)]) -> bool {
    match input.attribute("type") {
        Some("submit" | "button" | "image" | "reset" | "file") => false,
        Some("checkbox") => input.has("checked"),
        Some("radio") => !before.iter().any(|(known, _)| known == name),
        _ => true,
    }
}

/// Words as they stand in a query or a form: `%E5%81%9C%E6%B0%B4`.
pub fn encoded(words: &str) -> String {
    words
        .bytes()
        .map(|byte| match byte {
            b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html><body><!-- <form action="/report"> -->
        <form method="post" action="/settings/display"><input type="hidden" name="csrf" value="other"></form>
        <form method="post" action="/report" enctype="multipart/form-data">
          <input type="hidden" name="csrf" value="a&#38;b">
          <label for="title">几栋 > 哪里</label><input id="title" name="title" type="text" value="">
          <textarea name="body" rows="4">so &lt;far</textarea>
          <select name="category"><option value="">请选</option><option value="lamp">灯</option><option value="lift">梯</option></select>
          <input type="radio" name="share" value="yes" checked><input type="radio" name="share" value="no">
          <input type="checkbox" name="subscribe" value="1">
          <input type="tel" name="phone" value=""><input type="file" name="photo">
          <button type="button" name="here">我在这里</button>
          <button name="step" value="send">提交</button><button name="step" value="keep">存草稿</button>
        </form><script>if (1<2) "<input name=evil>"</script></body></html>"#;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let form = Form::on_page(PAGE, "/report").unwrap();

        let told: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("csrf", "a&b"),
                ("title", ""),
                ("body", "so <far"),
                ("category", "lamp"),
                ("share", "yes"),
                ("phone", ""),
                ("step", "send"),
            ]
        );
        assert!(form.is_multipart);
    }

    #[test]
    fn a_form_or_field_that_is_not_there_is_an_error() {
        assert!(Form::on_page(PAGE, "/sign-in").is_err());

        let mut form = Form::on_page(PAGE, "/report").unwrap();

        assert!(form.fill("title", "楼道灯不亮").is_ok());
        assert!(form.fill("summary", "楼道灯不亮").is_err());
    }

    #[test]
    fn a_form_without_files_is_sent_as_one_line() {
        let page = r#"<form action="/sign-in/demo?in=a"><input name="csrf" value="a&amp;b"><button name="name" value="停水">"#;
        let form = Form::on_page(page, "/sign-in/demo").unwrap();

        let (media_type, body) = form.contents();

        assert_eq!(media_type, "application/x-www-form-urlencoded");
        assert_eq!(body, b"csrf=a%26b&name=%E5%81%9C%E6%B0%B4");
    }

    #[test]
    fn a_form_with_files_is_sent_in_parts() {
        let form = Form::on_page(PAGE, "/report").unwrap();

        let (media_type, body) = form.contents();

        let boundary = media_type.split_once("boundary=").unwrap().1;
        let body = String::from_utf8(body).unwrap();
        assert!(body.contains("name=\"category\"\r\n\r\nlamp\r\n"), "{body}");
        assert!(body.ends_with(&format!("--{boundary}--\r\n")), "{body}");
    }
}
