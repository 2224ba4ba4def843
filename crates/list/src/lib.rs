//! The engine of one `<review-list>`: its reviews, what the reader asks of them, and which of them stand in the document.
//!
//! It has no clock: what takes time is done in steps (`List::work`), for `list/list.js` to stop in between.
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
use review_card::rich_text::wire;
use review_card::text::Language;
use review_card::text::list::ListWords;
use review_card::view::list::{
    Controls, Count, End, Item, KINDS, Layout, List as ListView, Live, Piece, ReviewListProps, kind,
};
use review_card::view::{HeadingLevel, ListElement, Parts, Variant};
use review_card_allocator as _;

/// The glue calls this in each fresh instance, as after a crash, and needs it to be there.
#[wasm_bindgen(start)]
pub fn start() {}

/// What there is to do; as [`Work`].
#[wasm_bindgen]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ToDo {
    /// Nothing.
    Nothing,
    /// More of the same.
    More,
    /// The next review is to be converted.
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
    /// Which positions are in the document, and which of them because the focus is there.
    range: Range<usize>,
    focus: Option<usize>,
    /// Which positions were seen when that was last told.
    seen: Range<usize>,
    /// What is around it is not all there yet.
    is_growing: bool,
    /// One drawing is to bring all that it should.
    is_all_at_once: bool,
    /// All that is seen is to come with this drawing.
    is_seen_at_once: bool,
    /// Those that are in the document as they should be, by their keys.
    drawn: Vec<u64>,
    /// Where they are looked for: what is none of them there is no review.
    drawn_range: Range<usize>,
    /// Reviews that stand open, by their allocation, and where each stood when it was last seen.
    open: HashMap<u64, usize>,
    /// Reviews with HTML that has been parsed, by the allocation of what they stand for.
    parsed: HashMap<u64, Rc<Review>>,
    /// Space between rows, in pixels.
    gap: f64,
    filter: Filter,
    has_controls: bool,
    /// How many reviews had been counted when the controls were made.
    controls_of: Option<usize>,
    has_summary: bool,
    /// A file is coming.
    is_coming: bool,
    /// No more files are to come.
    is_complete: bool,
    next: Option<String>,
    document: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl List {
    /// A list that is going to be drawn in `root`.
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

    /// Takes the list off its root.
    pub fn remove(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }

    // ---- attributes

    /// How it looks.
    pub fn look(&mut self, layout: &str, variant: &str, heading_level: u8, hide: &str, lang: String) {
        self.props.layout = Layout::parse(layout);
        self.props.variant = Variant::parse(variant);
        self.props.heading_level = HeadingLevel::new(heading_level);
        self.props.hide = Parts::parse(hide);
        self.props.lang = lang.into();
        self.drawn.clear();
        self.window.forget();
    }

    /// What stands above the reviews.
    pub fn head(&mut self, controls: bool, summary: bool) {
        (self.has_controls, self.has_summary) = (controls, summary);
        self.shown.count(controls, controls || summary);
    }

    /// What is asked. Returns what of it is no sort or no filter, a line each.
    pub fn ask(&mut self, search: &str, sort: &str, filter: &str) -> String {
        let mut told = Vec::new();
        let sort = Sort::parse(sort).unwrap_or_else(|message| {
            told.push(["sort: ", &message].concat());
            None
        });
        let (filter, problems) = Filter::parse(filter);
        told.extend(problems.iter().map(ToString::to_string));
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
        told.join("\n")
    }

    /// Whether something is asked.
    pub fn is_asked(&self) -> bool {
        self.shown.query().is_some()
    }

    /// The filter with another choice of a kind: the text of a term, or nothing for none.
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

    /// The filter without one of its terms.
    pub fn without(&self, term: usize) -> String {
        let others = self.filter.terms().enumerate().filter(|(at, _)| *at != term);
        Filter::from(others.map(|(_, term)| term.clone()).collect::<Vec<_>>()).to_string()
    }

    /// What is chosen of a kind, as [`List::choose`] has it.
    pub fn chosen(&self, of: &str) -> String {
        let of = KINDS.iter().position(|kind| *kind == of);
        self.filter.terms().find(|term| kind(term) == of).map(ToString::to_string).unwrap_or_default()
    }

    // ---- files

    /// A file begins that was found at `base`.
    pub fn begin(&mut self, base: Option<String>) {
        self.shown.archive().begin(base);
        self.next = None;
        self.is_coming = true;
    }

    /// The last file broke off, and begins again.
    pub fn begin_again(&mut self) {
        self.shown.archive().begin_again();
        self.is_coming = true;
    }

    /// More of it.
    pub fn push(&mut self, bytes: &[u8]) {
        self.shown.archive().push(bytes);
    }

    /// It is whole.
    ///
    /// # Errors
    /// `kind: message`, the kind being one of `review-list-error`.
    pub fn end(&mut self) -> Result<(), JsValue> {
        let ended = self.shown.archive().end();
        self.ended(ended)
    }

    /// What has to be converted before the file's reviews are there, if anything; it is handed over.
    pub fn document(&mut self) -> Option<Vec<u8>> {
        self.document.take()
    }

    /// What has been made of it.
    ///
    /// # Errors
    /// As [`List::end`].
    pub fn put(&mut self, converted: &[u8]) -> Result<(), JsValue> {
        let ended = self.shown.archive().put(converted);
        self.ended(ended)
    }

    /// Whether that in which nothing has been found is a collection of no reviews: then it has been read.
    pub fn put_nothing(&mut self, document: &[u8]) -> bool {
        match self.shown.archive().put_nothing(document) {
            Some(ended) => self.ended(Ok(ended)).is_ok(),
            None => false,
        }
    }

    /// The address of the next file.
    #[wasm_bindgen(js_name = next)]
    pub fn next_address(&mut self) -> Option<String> {
        self.next.take()
    }

    /// The address of the next file in a header `Link`.
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

    /// No more files are to come; or they may.
    pub fn complete(&mut self, is_complete: bool) {
        self.is_complete = is_complete;
    }

    // ---- work

    /// Does a little of what there is to do.
    pub fn work(&mut self) -> ToDo {
        match self.shown.work() {
            Work::Done => ToDo::Nothing,
            Work::More => ToDo::More,
            Work::Foreign => ToDo::Foreign,
        }
    }

    /// What is asked is asked of all that has been read by now.
    pub fn admit(&mut self) {
        self.shown.admit();
    }

    /// The bytes of the next review, which is to be converted.
    pub fn foreign(&mut self) -> Option<Vec<u8>> {
        let archive = self.shown.archive();
        archive.foreign(archive.reviews().len()).map(|(json, _)| json.to_vec())
    }

    /// What addresses in it are relative to.
    pub fn foreign_base(&mut self) -> Option<String> {
        let archive = self.shown.archive();
        archive.foreign(archive.reviews().len())?.1.map(Into::into)
    }

    /// What has been made of it, or why nothing could be.
    pub fn put_element(&mut self, converted: &[u8], error: Option<String>) {
        let converted = match &error {
            Some(error) => Err(error.as_str()),
            None => Ok(converted),
        };
        let archive = self.shown.archive();
        let next = archive.reviews().len();
        archive.put_element(next, converted);
    }

    /// How many reviews there are, as far as is known.
    pub fn all(&self) -> usize {
        self.shown.all()
    }

    /// How many of them have been read in order.
    pub fn read_count(&mut self) -> usize {
        self.shown.archive().reviews().len()
    }

    /// How many reviews are shown.
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// The name of the collection.
    pub fn title(&mut self) -> Option<String> {
        self.shown.archive().title().map(Into::into)
    }

    /// The problems that nobody has heard of yet, as JSON.
    pub fn problems(&mut self) -> String {
        handover::to_json(self.shown.archive().new_problems()).to_string()
    }

    /// Where the review with this id is shown.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.shown.find(id)
    }

    // ---- what is in the document

    /// The first reviews are to be in the document, so many, with the next drawing.
    pub fn show(&mut self, reviews: usize) {
        self.is_all_at_once = true;
        self.range = 0..reviews.min(self.count());
    }

    /// What is `top` to `bottom` pixels from the list's start is to be seen, and so much around it is to be there: first the
    /// one, or all of that `at_once`, then the other, a row with each call. At most so many may be in the document. Whether
    /// what is there has changed.
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

    /// Whether the space for what is not in the document is not what it would be now.
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

    /// There are so many columns, with this space between rows, in this width.
    pub fn grid(&mut self, columns: usize, gap: f64, width: f64) {
        self.window.set_columns(columns);
        self.window.set_width(width);
        self.gap = gap;
    }

    /// These positions have these heights.
    pub fn measure(&mut self, positions: &[u32], heights: &[f32]) {
        for (position, height) in positions.iter().zip(heights) {
            #[expect(clippy::cast_possible_truncation, reason = "a length on the screen")]
            self.window.measure(*position as usize, height + self.gap as f32);
        }
    }

    /// How far from the list's start a position begins, in pixels.
    pub fn offset(&self, position: usize) -> f64 {
        self.window.offset_of(position)
    }

    /// The focus is at a position, or nowhere in the list. Once it is drawn, that one stays in the document with the one before
    /// and the one after, so that Tab comes to them wherever the reader has scrolled.
    pub fn focus(&mut self, position: Option<usize>) {
        self.focus = position;
    }

    /// Whose HTML has to be parsed before the position can be opened: what its addresses are relative to, and the HTML, parted
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

    /// Puts the safe tree of that HTML in its place.
    pub fn put_body(&mut self, position: usize, tree: &str) {
        let Some(review) = self.shown.at(position) else { return };
        let nodes =
            review_card::json::parse(tree.as_bytes()).map(|json| wire::from_json(&json)).unwrap_or_default();
        let mut parsed = (*review).clone();
        if let Body::Html { html, .. } = parsed.body {
            parsed.body = Body::Safe { html, nodes };
            self.parsed.insert(key(&review), Rc::new(parsed));
        }
    }

    /// The id of the review at a position.
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

    /// What stands at the end: 0 for nothing, 1 that more is on its way, 2 that it did not come.
    pub fn end_with(&mut self, what: u8) {
        self.live.end = match what {
            0 => End::Nothing,
            1 => End::Loading,
            _ => End::Failed,
        };
        self.is_coming &= self.live.end != End::Failed;
    }

    /// The count is to be heard: as it is now, and once more when the answer is whole.
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

    /// Whether all that is to come has come, and has been looked at.
    pub fn is_whole(&self) -> bool {
        self.is_complete && self.shown.is_settled()
    }

    /// Whether more is on its way, or has not been looked at.
    fn is_busy(&self) -> bool {
        self.is_coming || !self.shown.is_settled()
    }

    fn controls(&mut self) -> Option<Controls> {
        let facets = self.shown.facets().filter(|_| self.has_controls)?;
        let counted = self.shown.counted();
        // While reviews come, values are told anew each time there are half as many again.
        let is_due = |of: usize| counted > of && (!self.is_busy() || counted > of + of / 2);
        if self.controls_of.is_some_and(|of| !is_due(of)) {
            return self.live.controls.take();
        }
        let rated = self.shown.summary().map_or(0, |summary| summary.rated());
        let controls = Controls::new(facets, rated, self.filter.clone());
        self.controls_of = Some(counted);
        Some(controls)
    }

    /// Where those stand that are open, in order.
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

    /// What of a range one drawing may bring.
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

    /// What is in the document wherever the reader has scrolled.
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

/// What stands where a list should, in the page's language.
#[wasm_bindgen]
pub fn failed(lang: &str) -> String {
    ListWords::of(Language::of(lang)).failed_all.into()
}

/// A review is the same as long as it is the same allocation.
fn key(review: &Rc<Review>) -> u64 {
    Rc::as_ptr(review) as usize as u64
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
