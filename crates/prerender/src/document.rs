//! A whole page around one card, with the metadata that browsers, search engines and link previews read.
//!
//! Unknown values are left out: without an image there is no `og:image`. URLs are written to the head only if they are
//! absolute, as [Open Graph](https://ogp.me/) and canonical links require (`--base` makes them absolute).

use super::direction;
use super::markup::{attribute, escape};
use super::{Form, sheet};
use review_card::model::Review;
use review_card::rich_text::url::{self, Use};

/// Returns the document around a fragment.
pub(super) fn document(review: &Review, fragment: &str, form: &Form) -> String {
    let lang = form.lang_of(review).unwrap_or("en");
    let mut head = Head::new(&review.title);
    describe(&mut head, review);
    preview(&mut head, review, lang);
    page(head, fragment, lang, form)
}

/// Returns a document with this head, and `main` as the content of its `<main>`.
pub(super) fn page(mut head: Head, main: &str, lang: &str, form: &Form) -> String {
    let direction = direction::of(lang).unwrap_or("ltr");
    for address in &form.stylesheets {
        head.link("stylesheet", Some(address));
    }
    if let Some(css) = sheet::of_head(form) {
        head.line(&format!("<style>{css}</style>"));
    }
    let head = head.0;
    format!(
        "<!doctype html>\n<html{} dir=\"{direction}\">\n<head>\n{head}</head>\n<body>\n<main>\n{main}</main>\n</body>\n</html>\n",
        attribute("lang", Some(lang))
    )
}

/// Writes the metadata that search engines show.
fn describe(head: &mut Head, review: &Review) {
    head.meta("name", "description", review.verdict.as_deref());
    for author in &review.authors {
        head.meta("name", "author", Some(&author.name));
    }
    head.link("canonical", absolute(review.url.as_deref(), Use::Link).as_deref());
}

/// Writes the metadata for link previews: [Open Graph](https://ogp.me/#type_article).
fn preview(head: &mut Head, review: &Review, lang: &str) {
    let mut property = |name, value: Option<&str>| head.meta("property", name, value);
    property("og:type", Some("article"));
    property("og:title", Some(&review.title));
    property("og:description", review.verdict.as_deref());
    property("og:url", absolute(review.url.as_deref(), Use::Link).as_deref());
    property("og:locale", locale(lang).as_deref());
    let image = review.image.as_ref().or(review.work.as_ref().and_then(|work| work.image.as_ref()));
    if let Some((image, src)) = image.and_then(|image| Some((image, absolute(Some(&image.src), Use::Image)?)))
    {
        let pixels = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
        property("og:image", Some(&src));
        property("og:image:alt", image.alt.as_deref());
        property("og:image:width", pixels(image.width).as_deref());
        property("og:image:height", pixels(image.height).as_deref());
    }
    property("article:published_time", review.published.as_ref().and_then(|date| date.machine_readable()));
    property("article:modified_time", review.updated.as_ref().and_then(|date| date.machine_readable()));
    for author in &review.authors {
        property("article:author", absolute(author.url.as_deref(), Use::Link).as_deref());
    }
    property("article:section", review.section.as_deref());
    for tag in &review.tags {
        property("article:tag", Some(tag));
    }
}

/// Returns the address if it is an absolute http or https URL.
fn absolute(address: Option<&str>, usage: Use) -> Option<String> {
    let address = url::resolve(address?, None, usage)?;
    let is =
        |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (is("https://") || is("http://")).then_some(address)
}

/// Returns `en_GB` for `en-GB`: Open Graph requires a territory.
fn locale(tag: &str) -> Option<String> {
    let mut parts = tag.split('-');
    let language = parts.next()?.to_ascii_lowercase();
    let territory =
        parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    Some(format!("{language}_{}", territory.to_ascii_uppercase()))
}

/// The lines of a head.
pub(super) struct Head(String);

impl Head {
    /// Creates a head with the lines that every page needs.
    pub(super) fn new(title: &str) -> Self {
        let mut head = Self(String::new());
        head.line("<meta charset=\"utf-8\">");
        head.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        head.line(&format!("<title>{}</title>", escape(title)));
        head
    }

    /// Adds a `<link>` if there is an address.
    pub(super) fn link(&mut self, rel: &str, address: Option<&str>) {
        if address.is_some() {
            self.line(&format!("<link rel=\"{rel}\"{}>", attribute("href", address)));
        }
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// Adds a `<meta>` if there is content.
    pub(super) fn meta(&mut self, kind: &str, name: &str, content: Option<&str>) {
        if let Some(content) = content {
            self.line(&format!("<meta {kind}=\"{name}\" content=\"{}\">", escape(content)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn locales() {
        assert_eq!(locale("en-gb").as_deref(), Some("en_GB"));
        assert_eq!(locale("zh-Hant-TW").as_deref(), Some("zh_TW"));
        assert_eq!(locale("fr"), None);
    }
}
