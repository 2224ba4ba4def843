//! Renders many reviews as static pages, each with links to the previous and the next page.
//!
//! A fragment is a `<review-list>` with a declarative shadow root, or plain elements with
//! [microformats2](https://microformats.org/wiki/h-feed) classes; a page has a head. What [`super`] says about one card
//! applies here too.
//!
//! If the first page names the collection (`src`), the element takes over: it shows the same reviews, and loads the
//! rest as the visitor scrolls. The other pages stay static, because their visitors followed a link to that page.

use std::rc::Rc;

use yew::{AttrValue, LocalServerRenderer};

use super::document::{Head, page};
use super::fragment::{links, style};
use super::markup::{attribute, escape, inert, inert_json};
use super::{Renderer, direction, wordpress};
use review_card::collection::Sort;
use review_card::model::Review;
use review_card::rich_text::url::{self, Use};
use review_card::text::Language;
use review_card::text::list::ListStrings;
use review_card::view::HeadingLevel;
use review_card::view::list::{Item, Layout, Pages, Piece, ReviewList, ReviewListProps};
use review_card::write;

/// What all pages of a list share, in addition to the [`Form`](super::Form) of their renderer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListForm {
    /// The title of the list.
    pub title: Option<String>,
    /// BCP 47 tag of the language of the pages. Defaults to the language of the renderer's [`Form`](super::Form), then
    /// to English.
    pub lang: Option<String>,
    /// The layout of the cards.
    pub layout: Layout,
    /// The order of the reviews, for the element to keep. The pages are rendered in the order in which they are given.
    pub sort: Option<Sort>,
    /// The URL from which the element loads the collection.
    pub src: Option<String>,
    /// The URL of the folder in which the pages will be served; without it, their links are relative to one another.
    pub at: Option<String>,
}

/// One page of a list.
#[derive(Clone, Debug, Default)]
pub struct ListPage {
    /// The number of the page, from 1.
    pub number: u32,
    /// The index of its first review among all reviews, from 0.
    pub first: usize,
    /// The reviews of the page.
    pub reviews: Vec<Rc<Review>>,
    /// Whether another page follows.
    pub has_next: bool,
}

impl ListPage {
    /// Returns the page's file name.
    ///
    /// ```
    /// use review_card_prerender::ListPage;
    /// assert_eq!(ListPage { number: 1, ..ListPage::default() }.file_name(), "index.html");
    /// assert_eq!(ListPage { number: 2, ..ListPage::default() }.file_name(), "page-2.html");
    /// ```
    pub fn file_name(&self) -> String {
        file_name(self.number)
    }
}

fn file_name(number: u32) -> String {
    if number == 1 { "index.html".into() } else { format!("page-{number}.html") }
}

impl ListForm {
    /// Returns the URL of a page; the first page has the URL of its folder, if that is known.
    fn address(&self, number: u32) -> String {
        match &self.at {
            None => file_name(number),
            Some(at) => {
                let slash = if at.ends_with('/') { "" } else { "/" };
                let name = if number == 1 { String::new() } else { file_name(number) };
                [at, slash, &name].concat()
            }
        }
    }

    /// Returns the title of the window, and of the list for search engines.
    fn title_of(&self, number: u32, strings: &ListStrings) -> String {
        let title = self.title.as_deref().unwrap_or(strings.name);
        if number == 1 { title.to_owned() } else { format!("{title} · {number}") }
    }
}

impl Renderer {
    /// Returns a page of a list as HTML, with a trailing line break.
    ///
    /// ```
    /// use review_card_prerender::{Form, ListForm, ListPage, Renderer};
    /// let (collection, _) = review_card::read(br#"[{ "title": "Alien" }, { "title": "Aliens" }]"#, None).unwrap();
    /// let page = ListPage { number: 1, reviews: collection.reviews, ..ListPage::default() };
    /// let html = Renderer::new(Form { light: true, ..Form::default() }).unwrap().render_list(&page, &ListForm::default());
    /// assert!(html.starts_with(r#"<div class="review-list h-feed"#));
    /// assert_eq!(html.matches(r#"<article class="review-card"#).count(), 2);
    /// ```
    pub fn render_list(&self, page: &ListPage, of: &ListForm) -> String {
        let lang = of.lang.as_deref().or(self.form.lang.as_deref());
        let around = Around { page, of, lang, strings: ListStrings::of(Language::of(lang.unwrap_or("en"))) };
        let list = self.list(&around);
        let fragment = self.fragment(&around, &list);
        if self.form.page { self.page(&around, &fragment) } else { fragment }
    }

    /// Returns the list alone.
    fn list(&self, around: &Around) -> String {
        let Around { page, of, lang, .. } = *around;
        let item = |(at, review): (usize, &Rc<Review>)| Item {
            review: review.clone(),
            at: page.first + at,
            open: false,
            span: 1,
            key: u64::try_from(at).unwrap_or_default(),
        };
        let address = |number: Option<u32>| number.map(|number| AttrValue::from(of.address(number)));
        let props = ReviewListProps {
            pieces: vec![Piece::Items(page.reviews.iter().enumerate().map(item).collect())],
            layout: of.layout,
            variant: Default::default(),
            heading_level: HeadingLevel::default(),
            hide: Default::default(),
            lang: lang.unwrap_or("en").to_owned().into(),
            title: None,
            summary: None,
            ratings: None,
            given: None,
            pages: Pages { previous: address(around.previous()), next: address(around.next()) },
            live: None,
            microformats: self.form.light,
            ontoggle: None,
            onselect: None,
        };
        let render = LocalServerRenderer::<ReviewList>::with_props(props).hydratable(false);
        let html = inert(&self.run(async { render.render().await }));
        // A page is not pasted into another program.
        if self.form.light && !self.form.page { wordpress::guarded(&html) } else { html }
    }

    fn fragment(&self, around: &Around, list: &str) -> String {
        let Around { page, of, lang, strings } = *around;
        let first = i32::try_from(page.first).unwrap_or(i32::MAX).saturating_add(1);
        let url = of.at.is_some().then(|| of.address(page.number));
        let title = of.title_of(page.number, strings);
        let reviews = page.reviews.iter().map(|review| &**review);
        let json_ld = inert_json(&write::item_list(Some(&title), url.as_deref(), first, reviews).to_string());
        let data = format!("<script type=\"application/ld+json\">{json_ld}</script>");
        if self.form.light {
            // A page has the style sheet in its head.
            let link = if self.form.page { String::new() } else { links(&self.form) };
            let feed = list.replacen("class=\"review-list ", "class=\"review-list h-feed ", 1);
            let open = feed.strip_suffix("</div>").unwrap_or(&feed);
            return format!("{open}<div>{link}{data}</div></div>\n");
        }
        let has_src = page.number == 1 && of.src.is_some();
        let attributes = attribute("lang", lang)
            + &attribute("dir", lang.and_then(direction::of))
            + &attribute("src", of.src.as_deref().filter(|_| has_src))
            + &attribute("sort", of.sort.filter(|_| has_src).map(|sort| sort.to_string()).as_deref())
            + &attribute("layout", (of.layout == Layout::Stack).then_some("stack"));
        let (style, links) = (style(&self.form), fallback(around));
        format!(
            "<review-list{attributes}>\n<template shadowrootmode=\"open\">{style}{list}</template>{links}{data}</review-list>\n"
        )
    }

    fn page(&self, around: &Around, fragment: &str) -> String {
        let Around { page: ListPage { number, .. }, of, strings, .. } = *around;
        let title = of.title_of(*number, strings);
        let canonical = of.at.is_some().then(|| of.address(*number));
        let address = |number: Option<u32>| number.map(|number| of.address(number));
        let mut head = Head::new(&title);
        head.link("canonical", canonical.as_deref());
        head.link("prev", address(around.previous()).as_deref());
        head.link("next", address(around.next()).as_deref());
        head.meta("property", "og:type", Some("website"));
        head.meta("property", "og:title", Some(&title));
        head.meta("property", "og:url", canonical.as_deref());
        let title = escape(of.title.as_deref().unwrap_or(strings.name));
        let main = format!("<h1 dir=\"auto\">{title}</h1>\n{fragment}");
        page(head, &main, around.lang.unwrap_or("en"), &self.form)
    }
}

/// A page and its context.
#[derive(Clone, Copy)]
struct Around<'a> {
    page: &'a ListPage,
    of: &'a ListForm,
    lang: Option<&'a str>,
    strings: &'static ListStrings,
}

impl Around<'_> {
    fn previous(&self) -> Option<u32> {
        (self.page.number > 1).then(|| self.page.number - 1)
    }

    fn next(&self) -> Option<u32> {
        self.page.has_next.then(|| self.page.number + 1)
    }
}

/// Returns the fallback for browsers without declarative shadow roots: links to the reviews and to the next page.
fn fallback(around: &Around) -> String {
    let item = |review: &Rc<Review>| {
        let title = escape(&review.title);
        match review.url.as_deref().and_then(|url| url::resolve(url, None, Use::Link)) {
            Some(url) => format!("<li><a{}>{title}</a></li>", attribute("href", Some(&url))),
            None => format!("<li>{title}</li>"),
        }
    };
    let items: String = around.page.reviews.iter().map(item).collect();
    let next = around.next().map(|number| {
        let href = attribute("href", Some(&around.of.address(number)));
        format!("<p><a rel=\"next\"{href}>{}</a></p>", escape(around.strings.next_page))
    });
    format!("<ul>{items}</ul>{}", next.unwrap_or_default())
}
