//! A whole page around one card: what browsers, search engines and link previews read in its head.
//!
//! A thing that is not known is not written: no image, no `og:image`. Addresses stand in the head where they are
//! absolute, as [Open Graph](https://ogp.me/) and canonical links want them (`--base` makes them so).

use super::direction;
use super::markup::{attribute, escape};
use super::{Form, sheet};
use review_card::model::Review;
use review_card::rich_text::url::{self, Use};

/// The document around a fragment.
pub(super) fn document(review: &Review, fragment: &str, form: &Form) -> String {
    let lang = form.lang_of(review).unwrap_or("en");
    let mut head = Head::new(&review.title);
    describe(&mut head, review);
    preview(&mut head, review, lang);
    page(head, fragment, lang, form)
}

/// The document with this head, and in its `<main>` this.
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

/// What search engines show.
fn describe(head: &mut Head, review: &Review) {
    head.meta("name", "description", review.verdict.as_deref());
    for author in &review.authors {
        head.meta("name", "author", Some(&author.name));
    }
    head.link("canonical", absolute(review.url.as_deref(), Use::Link).as_deref());
}

/// What is shown where the page is linked: [Open Graph](https://ogp.me/#type_article).
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

/// An http or https address with its host.
fn absolute(address: Option<&str>, usage: Use) -> Option<String> {
    let address = url::resolve(address?, None, usage)?;
    let is =
        |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (is("https://") || is("http://")).then_some(address)
}

/// `en_GB` of `en-GB`: Open Graph knows languages only with their territory.
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
    /// What every page begins with.
    pub(super) fn new(title: &str) -> Self {
        let mut head = Self(String::new());
        head.line("<meta charset=\"utf-8\">");
        head.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        head.line(&format!("<title>{}</title>", escape(title)));
        head
    }

    /// A `<link>` where there is an address.
    pub(super) fn link(&mut self, rel: &str, address: Option<&str>) {
        if address.is_some() {
            self.line(&format!("<link rel=\"{rel}\"{}>", attribute("href", address)));
        }
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// A `<meta>` where there is something to say.
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
