//! The wasm module of `<review-list>`: each `List` holds the reviews, the visitor's query, and which reviews are in the
//! document.
//!
//! `visitor.rs` handles the events of controls, keys and cards, and `address_bar.rs` the page's address. Long work is done
//! in steps (`List::work`), and `work.js` pauses between them.
#![cfg(target_arch = "wasm32")]

mod address_bar;
mod controls;
mod files;
mod keys;
mod query;
mod visitor;

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::window;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::platform::spawn_local;
use yew::{AppHandle, Renderer};

use review_card::list::opened::{Opened, key};
use review_card::list::progress::Progress;
use review_card::list::window::Piece as Part;
use review_card::list::{Screen, Shown, View, Work};
use review_card::read::handover;
use review_card::rich_text::tree_json;
use review_card::text::Language;
use review_card::text::list::ListStrings;
use review_card::view::list::{
    Controls, Count, End, Item, Layout, List as ListView, Live, Piece, ReviewListProps,
};
use review_card::view::{HeadingLevel, ListElement, Parts, Variant};
use review_card_allocator as _;

use address_bar::{AddressBar, Remembered};
use visitor::{Script, Visitor};

/// The glue calls this in every new instance, also after a crash, and fails without it.
#[wasm_bindgen(start)]
pub fn start() {}

/// What work remains; mirrors [`Work`].
#[wasm_bindgen]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ToDo {
    /// No work is left.
    Nothing,
    /// More steps follow.
    More,
    /// The next review has to be converted by the reader module.
    Foreign,
}

/// One list.
#[wasm_bindgen]
pub struct List {
    visitor: Rc<Visitor>,
    listeners: Vec<EventListener>,
    app: Option<AppHandle<ListView<ListElement>>>,
    props: ReviewListProps,
    live: Live,
    shown: Shown,
    screen: Screen,
    progress: Progress,
    opened: Opened,
    has_controls: bool,
    /// How many reviews had been counted when the controls were made.
    controls_of: Option<usize>,
    has_summary: bool,
    /// Whether a file is being loaded.
    is_coming: bool,
    /// Whether there are no more files.
    is_complete: bool,
    next: Option<String>,
    document: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl List {
    /// Creates a list of the element `host` that will be drawn in `mount`.
    #[wasm_bindgen(constructor)]
    pub fn new(host: Element, mount: Element, script: Script) -> Self {
        let screen = Screen::default();
        let visitor = Rc::new(Visitor::new(host, mount, script, screen.focus()));
        Self {
            listeners: visitor.listen(),
            visitor,
            app: None,
            props: ReviewListProps {
                pieces: Vec::new(),
                layout: Layout::default(),
                variant: Variant::default(),
                heading_level: HeadingLevel::default(),
                hide: Parts::default(),
                lang: "en".into(),
                title: None,
                summary: None,
                ratings: None,
                given: None,
                pages: Default::default(),
                live: None,
                microformats: false,
                ontoggle: None,
                onselect: None,
            },
            live: Live::default(),
            shown: Shown::default(),
            screen,
            progress: Progress::new(window().location().origin().unwrap_or_default()),
            opened: Opened::default(),
            has_controls: false,
            controls_of: None,
            has_summary: false,
            is_coming: false,
            is_complete: false,
            next: None,
            document: None,
        }
    }

    /// Removes the list. Returns what the next one of this element has to remember.
    pub fn remove(&mut self) -> Option<Remembered> {
        self.listeners.clear();
        let remembered = self.visitor.end();
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        remembered
    }

    // ---- attributes

    /// Sets the attributes that change how cards are drawn.
    pub fn look(&mut self, layout: &str, variant: &str, heading_level: u8, hide: &str, lang: String) {
        self.props.layout = Layout::parse(layout);
        self.props.variant = Variant::parse(variant);
        self.props.heading_level = HeadingLevel::new(heading_level);
        self.props.hide = Parts::parse(hide);
        self.props.lang = lang.into();
        self.screen.redraw();
    }

    /// Sets whether controls and summary are shown above the reviews.
    pub fn head(&mut self, controls: bool, summary: bool) {
        (self.has_controls, self.has_summary) = (controls, summary);
        self.shown.count(controls, controls || summary);
    }

    /// Sets whether the query stands in the page's address.
    pub fn sync(&mut self, is_synced: bool, remembered: Option<Remembered>) {
        let address = remembered.map(|it| it.0).unwrap_or_default();
        // The old one's listener is removed before the new one reads the address.
        self.visitor.address_bar.take();
        let bar = is_synced.then(|| AddressBar::new(self.visitor.host.clone(), address));
        self.visitor.address_bar.replace(bar);
    }

    // ---- work

    /// Does one step of the pending work.
    pub fn work(&mut self) -> ToDo {
        match self.shown.work() {
            Work::Done => ToDo::Nothing,
            Work::More => ToDo::More,
            Work::Foreign => ToDo::Foreign,
        }
    }

    /// Applies the query to all reviews that have been read so far.
    pub fn admit(&mut self) {
        self.shown.admit();
    }

    /// Returns the bytes of the next review, which has to be converted.
    pub fn foreign(&mut self) -> Option<Vec<u8>> {
        let archive = self.shown.archive();
        archive.foreign(archive.reviews().len()).map(|(json, _)| json.to_vec())
    }

    /// Returns the base URL of that review.
    pub fn foreign_base(&mut self) -> Option<String> {
        let archive = self.shown.archive();
        archive.foreign(archive.reviews().len())?.1.map(Into::into)
    }

    /// Stores the converted review, or the reason why it could not be converted.
    pub fn put_element(&mut self, converted: &[u8], error: Option<String>) {
        let converted = match &error {
            Some(error) => Err(error.as_str()),
            None => Ok(converted),
        };
        let archive = self.shown.archive();
        let next = archive.reviews().len();
        archive.put_element(next, converted);
    }

    /// Returns the number of reviews, as far as it is known.
    pub fn all(&self) -> usize {
        self.shown.all()
    }

    /// Returns the number of reviews that have been read in order.
    pub fn read_count(&mut self) -> usize {
        self.shown.archive().reviews().len()
    }

    /// Returns the number of reviews that are shown.
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// Returns the title of the collection.
    pub fn title(&mut self) -> Option<String> {
        self.shown.archive().title().map(Into::into)
    }

    /// Returns the problems since the last call, as JSON.
    pub fn problems(&mut self) -> String {
        handover::to_json(self.shown.archive().new_problems()).to_string()
    }

    /// Returns the position of the review with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.shown.find(id)
    }

    // ---- what is in the document

    /// Puts the first reviews into the document with the next drawing.
    pub fn show(&mut self, reviews: usize) {
        self.screen.show(reviews, &self.shown);
    }

    /// Chooses the positions in the document, and draws them ([`Screen::place`], with the fields of [`View`]). Returns
    /// whether something was drawn.
    pub fn place(&mut self, top: f64, bottom: f64, around: f64, most: usize, at_once: bool) -> bool {
        let has_changed = self.screen.place(View { top, bottom, around, most, at_once }, &self.shown);
        if has_changed {
            self.draw();
        }
        has_changed
    }

    /// Returns whether a spacer's height has changed since the last drawing.
    pub fn is_stale(&self) -> bool {
        let height = |piece: &Piece| match piece {
            Piece::Space(height) => Some(*height),
            Piece::Items(_) => None,
        };
        let drawn: Vec<f64> = self.props.pieces.iter().filter_map(height).collect();
        self.screen.is_stale(&drawn)
    }

    /// Sets the number of columns, the space between rows and the width, in pixels.
    pub fn grid(&mut self, columns: usize, gap: f64, width: f64) {
        self.screen.set_grid(columns, gap, width);
    }

    /// Sets the measured heights of these positions, in pixels.
    pub fn measure(&mut self, positions: &[u32], heights: &[f32]) {
        for (position, height) in positions.iter().zip(heights) {
            self.screen.measure(*position as usize, *height);
        }
    }

    /// Returns the distance of a position from the list's start, in pixels.
    pub fn offset(&self, position: usize) -> f64 {
        self.screen.offset(position)
    }

    /// Returns the HTML that has to be parsed before the position can be opened: the base URL and the HTML, separated
    /// by a line break.
    pub fn unread(&mut self, position: usize) -> Option<String> {
        let review = self.shown.at(position)?;
        let (html, base) = self.opened.unread(&review)?;
        Some([base.unwrap_or_default(), "\n", html].concat())
    }

    /// Stores the safe tree of that HTML.
    pub fn put_body(&mut self, position: usize, tree: &str) {
        let Some(review) = self.shown.at(position) else { return };
        let nodes = review_card::json::parse(tree.as_bytes())
            .map(|json| tree_json::from_json(&json))
            .unwrap_or_default();
        self.opened.put(&review, nodes);
    }

    /// Returns the id of the review at a position.
    pub fn id(&mut self, position: usize) -> Option<String> {
        self.shown.at(position).map(|review| review.id.clone())
    }

    /// Opens or closes a review.
    pub fn toggle(&mut self, position: usize, open: bool) {
        let Some(review) = self.shown.at(position) else { return };
        self.opened.toggle(&review, position, open);
        self.draw();
    }

    /// Sets what is shown at the end: 0 for nothing, 1 for "loading", 2 for "failed".
    pub fn end_with(&mut self, what: u8) {
        self.live.end = match what {
            0 => End::Nothing,
            1 => End::Loading,
            _ => End::Failed,
        };
        self.is_coming &= self.live.end != End::Failed;
    }

    /// Announces the count now, and again when the result is complete.
    pub fn say(&mut self) {
        self.live.said = Some(self.count_now());
    }

    fn count_now(&self) -> Count {
        Count {
            shown: number(self.count()),
            all: number(self.all()),
            is_asked: self.is_asked(),
            is_whole: self.is_whole(),
        }
    }

    /// Draws what has changed.
    pub fn draw(&mut self) {
        let open = self.opened.positions(&self.shown);
        self.screen.prepare(open, &self.shown);
        self.props.pieces = self.pieces();
        self.props.title = self.shown.archive().title().map(|title| title.to_owned().into());
        self.props.summary = self.shown.summary().filter(|_| self.has_summary).cloned();
        self.props.ratings = self.shown.ratings().filter(|_| self.is_complete).cloned();
        self.props.given = self.shown.given();
        self.live.controls = self.controls();
        self.live.count = self.count_now();
        if let Some(said) = &mut self.live.said
            && self.live.count.is_whole
            && said.is_asked
        {
            *said = self.live.count;
        }
        self.live.is_busy = self.is_busy();
        self.props.live = Some(self.live.clone());
        self.visitor.count.set(self.count());
        let props = self.props.clone();
        match &mut self.app {
            Some(app) => app.update(props),
            None => {
                self.app = Some(Renderer::with_root_and_props(self.visitor.mount.clone(), props).render());
            }
        }
        // Yew draws in a task that was spawned before this one.
        let visitor = self.visitor.clone();
        spawn_local(async move { visitor.drawn() });
    }

    /// Returns whether all files have been loaded and searched.
    pub fn is_whole(&self) -> bool {
        self.is_complete && self.shown.is_settled()
    }

    /// Returns whether something is being loaded or searched.
    fn is_busy(&self) -> bool {
        self.is_coming || !self.shown.is_settled()
    }

    fn controls(&mut self) -> Option<Controls> {
        let facets = self.shown.facets().filter(|_| self.has_controls)?;
        let counted = self.shown.counted();
        // While reviews are being loaded, the values are updated only when their number has grown by half.
        let is_due = |of: usize| counted > of && (!self.is_busy() || counted > of + of / 2);
        if self.controls_of.is_some_and(|of| !is_due(of)) {
            return self.live.controls.take();
        }
        let rated = self.shown.summary().map_or(0, |summary| summary.rated());
        let controls = Controls::new(facets, rated, self.visitor.filter.borrow().clone());
        self.controls_of = Some(counted);
        Some(controls)
    }

    fn pieces(&mut self) -> Vec<Piece> {
        let mut keys = Vec::new();
        let pieces = self.screen.pieces().into_iter().map(|piece| match piece {
            Part::Space(height) => Piece::Space(height),
            Part::Reviews(range) => {
                let items: Vec<_> = range.filter_map(|position| self.item(position)).collect();
                keys.extend(items.iter().map(|item| item.key));
                Piece::Items(items)
            }
        });
        let pieces = pieces.collect();
        self.screen.set_drawn(keys);
        pieces
    }

    fn item(&mut self, at: usize) -> Option<Item> {
        let review = self.shown.at(at)?;
        let key = key(&review);
        let (open, review) = self.opened.to_draw(review);
        Some(Item { review, at, open, span: self.screen.span(at), key })
    }
}

/// Returns the error message that is shown instead of a list, in the page's language.
#[wasm_bindgen]
pub fn failed(lang: &str) -> String {
    ListStrings::of(Language::of(lang)).failed_all.into()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
