//! The wasm module of `<review-list>`: each `List` holds the reviews, the visitor's query, and which reviews are in the
//! document.
//!
//! It has no clock. Long work is done in steps (`List::work`), and `list.js` pauses between them.
#![cfg(target_arch = "wasm32")]

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Element;
use yew::{AppHandle, Renderer};

use review_card::collection::{Filter, Query, Search, Sort};
use review_card::list::archive::Ended;
use review_card::list::{Shown, Window, Work, link, window};
use review_card::model::{Body, Review};
use review_card::read::handover;
use review_card::rich_text::tree_json;
use review_card::text::Language;
use review_card::text::list::ListStrings;
use review_card::view::list::{
    Controls, Count, End, Item, KINDS, Layout, List as ListView, Live, Piece, ReviewListProps, kind,
};
use review_card::view::{HeadingLevel, ListElement, Parts, Variant};
use review_card_allocator as _;

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
    root: Element,
    app: Option<AppHandle<ListView<ListElement>>>,
    props: ReviewListProps,
    live: Live,
    shown: Shown,
    window: Window,
    /// The positions in the document, and the position that has the focus.
    range: Range<usize>,
    focus: Option<usize>,
    /// The visible positions at the last call of `place`.
    seen: Range<usize>,
    /// Whether some positions around the viewport are not drawn yet.
    is_growing: bool,
    /// Whether one drawing brings the whole range.
    is_all_at_once: bool,
    /// Whether one drawing brings all visible positions.
    is_seen_at_once: bool,
    /// Keys of the reviews that are drawn and up to date.
    drawn: Vec<u64>,
    /// The range that `drawn` refers to. A position outside of it is new even if its review is not known.
    drawn_range: Range<usize>,
    /// Maps the key of each open review to the position where it was last found.
    open: HashMap<u64, usize>,
    /// Reviews with a parsed HTML body, by the key of the review that they replace.
    parsed: HashMap<u64, Rc<Review>>,
    /// Space between rows, in pixels.
    gap: f64,
    filter: Filter,
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
    /// Creates a list that will be drawn in `root`.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element) -> Self {
        Self {
            root,
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
            },
            live: Live::default(),
            shown: Shown::default(),
            window: Window::default(),
            range: 0..0,
            focus: None,
            seen: 0..0,
            is_growing: false,
            is_all_at_once: false,
            is_seen_at_once: false,
            drawn: Vec::new(),
            drawn_range: 0..0,
            open: HashMap::new(),
            parsed: HashMap::new(),
            gap: 0.0,
            filter: Filter::default(),
            has_controls: false,
            controls_of: None,
            has_summary: false,
            is_coming: false,
            is_complete: false,
            next: None,
            document: None,
        }
    }

    /// Removes the list from its root.
    pub fn remove(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }

    // ---- attributes

    /// Sets the attributes that change how cards are drawn.
    pub fn look(&mut self, layout: &str, variant: &str, heading_level: u8, hide: &str, lang: String) {
        self.props.layout = Layout::parse(layout);
        self.props.variant = Variant::parse(variant);
        self.props.heading_level = HeadingLevel::new(heading_level);
        self.props.hide = Parts::parse(hide);
        self.props.lang = lang.into();
        self.drawn.clear();
        self.window.forget();
    }

    /// Sets whether controls and summary are shown above the reviews.
    pub fn head(&mut self, controls: bool, summary: bool) {
        (self.has_controls, self.has_summary) = (controls, summary);
        self.shown.count(controls, controls || summary);
    }

    /// Sets the query. Returns a line for each invalid sort or filter.
    pub fn ask(&mut self, search: &str, sort: &str, filter: &str) -> String {
        let mut reported = Vec::new();
        let sort = Sort::parse(sort).unwrap_or_else(|message| {
            reported.push(["sort: ", &message].concat());
            None
        });
        let (filter, problems) = Filter::parse(filter);
        reported.extend(problems.iter().map(ToString::to_string));
        let search = Search::new(search);
        if search != *self.live.search {
            self.live.search = Rc::new(search.clone());
            self.drawn.clear();
        }
        self.filter = filter.clone();
        self.controls_of = None;
        self.shown.ask(Query { filter, sort, search });
        self.live.said = None;
        (self.range, self.seen) = (0..self.range.len(), 0..self.seen.len());
        self.window.forget();
        reported.join("\n")
    }

    /// Returns whether there is a query.
    pub fn is_asked(&self) -> bool {
        self.shown.query().is_some()
    }

    /// Returns the filter with another choice for a kind: the text of a term, or "" for none.
    pub fn choose(&self, of: &str, term: &str) -> String {
        let of = KINDS.iter().position(|kind| *kind == of);
        let mut chosen = Filter::parse(term).0.terms().cloned().collect::<Vec<_>>().into_iter();
        let mut terms = Vec::new();
        let mut is_found = false;
        for each in self.filter.terms() {
            if !is_found && kind(each) == of {
                is_found = true;
                terms.extend(chosen.next());
            } else {
                terms.push(each.clone());
            }
        }
        terms.extend(chosen);
        Filter::from(terms).to_string()
    }

    /// Returns the filter without one of its terms.
    pub fn without(&self, term: usize) -> String {
        let others = self.filter.terms().enumerate().filter(|(at, _)| *at != term);
        Filter::from(others.map(|(_, term)| term.clone()).collect::<Vec<_>>()).to_string()
    }

    /// Returns the chosen term of a kind, in the form that [`List::choose`] takes.
    pub fn chosen(&self, of: &str) -> String {
        let of = KINDS.iter().position(|kind| *kind == of);
        self.filter.terms().find(|term| kind(term) == of).map(ToString::to_string).unwrap_or_default()
    }

    // ---- files

    /// Begins a file that was downloaded from `base`.
    pub fn begin(&mut self, base: Option<String>) {
        self.shown.archive().begin(base);
        self.next = None;
        self.is_coming = true;
    }

    /// Begins the last file again after it was interrupted.
    pub fn begin_again(&mut self) {
        self.shown.archive().begin_again();
        self.is_coming = true;
    }

    /// Adds bytes to the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.shown.archive().push(bytes);
    }

    /// Ends the file.
    ///
    /// # Errors
    /// `kind: message`, where `kind` is one of the kinds of `review-list-error`.
    pub fn end(&mut self) -> Result<(), JsValue> {
        let ended = self.shown.archive().end();
        self.ended(ended)
    }

    /// Takes the document that has to be converted before its reviews can be read, if there is one.
    pub fn document(&mut self) -> Option<Vec<u8>> {
        self.document.take()
    }

    /// Begins the converted document, which is pushed like any other.
    pub fn begin_converted(&mut self) {
        self.shown.archive().begin_converted();
    }

    /// Returns whether a document in which the reader found nothing is a collection without reviews. In that case it
    /// has been read.
    pub fn put_nothing(&mut self, document: &[u8]) -> bool {
        match self.shown.archive().put_nothing(document) {
            Some(ended) => self.ended(Ok(ended)).is_ok(),
            None => false,
        }
    }

    /// Takes the address of the next file.
    #[wasm_bindgen(js_name = next)]
    pub fn next_address(&mut self) -> Option<String> {
        self.next.take()
    }

    /// Returns the address of the next file from a `Link` header.
    pub fn linked(&self, header: &str) -> Option<String> {
        link::next(header).map(Into::into)
    }

    fn ended(&mut self, ended: Result<Ended, review_card::ReadError>) -> Result<(), JsValue> {
        match ended.map_err(|error| error.with_kind())? {
            Ended::Read(next) => (self.next, self.is_coming) = (next, false),
            Ended::Foreign(document) => self.document = Some(document),
        }
        Ok(())
    }

    /// Sets whether there are no more files.
    pub fn complete(&mut self, is_complete: bool) {
        self.is_complete = is_complete;
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
        self.is_all_at_once = true;
        self.range = 0..reviews.min(self.count());
    }

    /// Chooses the positions in the document. `top` to `bottom` is the viewport, in pixels from the list's start;
    /// `around` is how far beyond it cards are kept. Each call adds one row: visible rows first (all of them if
    /// `at_once`), then rows around them. At most `most` positions are in the document. Returns whether the range has
    /// changed.
    pub fn place(&mut self, top: f64, bottom: f64, around: f64, most: usize, at_once: bool) -> bool {
        self.is_all_at_once = false;
        self.window.set_total(self.count());
        let seen = self.window.between(top, bottom);
        self.seen = seen.clone();
        let near = self.window.between(top - around / 2.0, bottom + around / 2.0);
        let far = self.window.between(top - around * 2.0, bottom + around * 2.0);
        let is_near = self.range.start <= near.start && self.range.end >= near.end;
        let is_far = self.range.start < far.start || self.range.end > far.end;
        if !self.is_growing && self.range.len() <= most && is_near && !is_far {
            return false;
        }
        let wide = self.window.between(top - around, bottom + around);
        let spare = most.saturating_sub(seen.len()) / 2;
        let whole = wide.start.max(seen.start.saturating_sub(spare))..wide.end.min(seen.end + spare);
        self.is_seen_at_once = at_once;
        let range = self.portion(&whole);
        self.is_growing = range != whole;
        let has_changed = range != self.range;
        if has_changed {
            self.range = range;
            self.draw();
        }
        self.is_seen_at_once = false;
        has_changed
    }

    /// Returns whether a spacer's height has changed since the last drawing.
    pub fn is_stale(&self) -> bool {
        let heights = |piece: &Piece| match piece {
            Piece::Space(height) => Some(*height),
            Piece::Items(_) => None,
        };
        let drawn = self.props.pieces.iter().filter_map(heights);
        let spaces = self.spaces();
        drawn.clone().count() != spaces.len()
            || drawn.zip(spaces).any(|(drawn, now)| (drawn - now).abs() > 1.0)
    }

    fn spaces(&self) -> Vec<f64> {
        let space = |piece| match piece {
            window::Piece::Space(height) => Some(height - self.gap),
            window::Piece::Reviews(_) => None,
        };
        self.window.pieces(self.range.clone(), &self.beside_focus()).into_iter().filter_map(space).collect()
    }

    /// Sets the number of columns, the space between rows and the width, in pixels.
    pub fn grid(&mut self, columns: usize, gap: f64, width: f64) {
        self.window.set_columns(columns);
        self.window.set_width(width);
        self.gap = gap;
    }

    /// Sets the measured heights of these positions.
    pub fn measure(&mut self, positions: &[u32], heights: &[f32]) {
        for (position, height) in positions.iter().zip(heights) {
            #[expect(clippy::cast_possible_truncation, reason = "a length on the screen")]
            self.window.measure(*position as usize, height + self.gap as f32);
        }
    }

    /// Returns the distance of a position from the list's start, in pixels.
    pub fn offset(&self, position: usize) -> f64 {
        self.window.offset_of(position)
    }

    /// Sets the position that has the focus, if any. After the next drawing, this position and its neighbours stay in
    /// the document, so that Tab reaches them however far the visitor has scrolled.
    pub fn focus(&mut self, position: Option<usize>) {
        self.focus = position;
    }

    /// Returns the HTML that has to be parsed before the position can be opened: the base URL and the HTML, separated
    /// by a line break.
    pub fn unread(&mut self, position: usize) -> Option<String> {
        let review = self.shown.at(position)?;
        match &review.body {
            Body::Html { html, base } if !self.parsed.contains_key(&key(&review)) => {
                Some([base.as_deref().unwrap_or_default(), "\n", html].concat())
            }
            _ => None,
        }
    }

    /// Stores the safe tree of that HTML.
    pub fn put_body(&mut self, position: usize, tree: &str) {
        let Some(review) = self.shown.at(position) else { return };
        let nodes = review_card::json::parse(tree.as_bytes())
            .map(|json| tree_json::from_json(&json))
            .unwrap_or_default();
        let mut parsed = (*review).clone();
        if let Body::Html { html, .. } = parsed.body {
            parsed.body = Body::Safe { html, nodes };
            self.parsed.insert(key(&review), Rc::new(parsed));
        }
    }

    /// Returns the id of the review at a position.
    pub fn id(&mut self, position: usize) -> Option<String> {
        self.shown.at(position).map(|review| review.id.clone())
    }

    /// Opens or closes a review.
    pub fn toggle(&mut self, position: usize, open: bool) {
        let Some(review) = self.shown.at(position) else { return };
        if open {
            self.open.insert(key(&review), position);
        } else {
            self.open.remove(&key(&review));
        }
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
        self.window.set_total(self.count());
        let open = self.open_positions();
        self.window.set_open(open);
        self.range.end = self.range.end.min(self.count());
        self.range.start = self.range.start.min(self.range.end);
        let portion = self.portion(&self.range);
        self.is_growing |= portion != self.range;
        self.range = portion;
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
        let props = self.props.clone();
        match &mut self.app {
            Some(app) => app.update(props),
            None => self.app = Some(Renderer::with_root_and_props(self.root.clone(), props).render()),
        }
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
        let controls = Controls::new(facets, rated, self.filter.clone());
        self.controls_of = Some(counted);
        Some(controls)
    }

    /// Returns the positions of the open reviews, sorted.
    fn open_positions(&mut self) -> Vec<usize> {
        let shown = &self.shown;
        let is_at = |of: u64, position: usize| shown.peek(position).is_some_and(|review| key(review) == of);
        let mut positions = Vec::new();
        for (of, position) in &mut self.open {
            if !is_at(*of, *position) {
                let Some(found) = (0..shown.len()).find(|position| is_at(*of, *position)) else { continue };
                *position = found;
            }
            positions.push(*position);
        }
        positions.sort_unstable();
        positions
    }

    /// Returns the part of a range that one drawing may bring.
    fn portion(&self, range: &Range<usize>) -> Range<usize> {
        if self.is_all_at_once {
            return range.clone();
        }
        let is_new = |at: usize| match self.shown.peek(at) {
            Some(review) => !self.drawn.contains(&key(review)),
            None => !self.drawn_range.contains(&at),
        };
        self.window.portion(range, &self.seen, self.is_seen_at_once, is_new)
    }

    /// Returns the positions that stay in the document because of the focus.
    fn beside_focus(&self) -> Vec<usize> {
        self.focus.map_or_else(Vec::new, |at| (at.saturating_sub(1)..=at + 1).collect())
    }

    fn pieces(&mut self) -> Vec<Piece> {
        let pieces = self.window.pieces(self.range.clone(), &self.beside_focus());
        let (gap, mut keys) = (self.gap, Vec::new());
        let mut items = |range: Range<usize>| -> Vec<Item> {
            let items: Vec<_> = range.filter_map(|position| self.item(position)).collect();
            keys.extend(items.iter().map(|item| item.key));
            items
        };
        let pieces = pieces.into_iter().map(|piece| match piece {
            window::Piece::Space(height) => Piece::Space(height - gap),
            window::Piece::Reviews(range) => Piece::Items(items(range)),
        });
        let pieces = pieces.collect();
        (self.drawn, self.drawn_range) = (keys, self.range.clone());
        pieces
    }

    fn item(&mut self, at: usize) -> Option<Item> {
        let review = self.shown.at(at)?;
        let key = key(&review);
        let open = self.open.contains_key(&key);
        let review = if open { self.parsed.get(&key).cloned().unwrap_or(review) } else { review };
        Some(Item { review, at, open, span: self.window.span(at), key })
    }
}

/// Returns the error message that is shown instead of a list, in the page's language.
#[wasm_bindgen]
pub fn failed(lang: &str) -> String {
    ListStrings::of(Language::of(lang)).failed_all.into()
}

/// Identifies a review by its allocation.
fn key(review: &Rc<Review>) -> u64 {
    Rc::as_ptr(review) as usize as u64
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
