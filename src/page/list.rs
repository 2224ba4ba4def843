//! The engine of one `<review-list>`: its reviews, and which of them stand in the document.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::list::archive::{Ended, Read};
use crate::list::{Archive, Window, window};
use crate::model::{Body, Review};
use crate::read::handover;
use crate::rich_text::wire;
use crate::view::list::{Item, Layout, Live, Piece, ReviewList, ReviewListProps};
use crate::view::{HeadingLevel, Parts, Variant};

/// What reading comes to.
#[wasm_bindgen]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// All that has come has been read.
    Done,
    /// There is more to read.
    More,
    /// The next is to be converted first.
    Foreign,
}

/// One list.
#[wasm_bindgen]
pub struct List {
    root: Element,
    app: Option<AppHandle<ReviewList>>,
    props: ReviewListProps,
    archive: Archive,
    window: Window,
    /// Which positions are in the document, and which of them because the focus is there.
    range: Range<usize>,
    focus: Option<usize>,
    /// Reviews that stand open, by their allocation.
    open: HashSet<u64>,
    /// Reviews with HTML that has been parsed, by the allocation of what they stand for.
    parsed: HashMap<u64, Rc<Review>>,
    /// Space between rows, in pixels.
    gap: f64,
    next: Option<String>,
    document: Option<Vec<u8>>,
}

#[wasm_bindgen]
impl List {
    /// A list that is going to be drawn in `root`.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element) -> Self {
        let props = ReviewListProps {
            pieces: Vec::new(),
            layout: Layout::default(),
            variant: Variant::default(),
            heading_level: HeadingLevel::default(),
            hide: Parts::default(),
            lang: "en".into(),
            title: None,
            pages: Default::default(),
            live: Some(Live::default()),
        };
        Self {
            root,
            app: None,
            props,
            archive: Archive::default(),
            window: Window::default(),
            range: 0..0,
            focus: None,
            open: HashSet::new(),
            parsed: HashMap::new(),
            gap: 0.0,
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

    /// How it looks: the element's attributes.
    pub fn look(&mut self, layout: &str, variant: &str, heading_level: u8, hide: &str, lang: String) {
        self.props.layout = Layout::parse(layout);
        self.props.variant = Variant::parse(variant);
        self.props.heading_level = HeadingLevel::new(heading_level);
        self.props.hide = Parts::parse(hide);
        self.props.lang = lang.into();
        self.window.forget();
    }

    // ---- files

    /// A file begins that was found at `base`.
    pub fn begin(&mut self, base: Option<String>) {
        self.archive.begin(base);
        self.next = None;
    }

    /// The last file broke off, and begins again.
    pub fn begin_again(&mut self) {
        self.archive.begin_again();
    }

    /// More of it.
    pub fn push(&mut self, bytes: &[u8]) {
        self.archive.push(bytes);
    }

    /// It is whole.
    ///
    /// # Errors
    /// `kind: message`, the kind being one of `review-list-error`.
    pub fn end(&mut self) -> Result<(), JsValue> {
        let ended = self.archive.end();
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
        let ended = self.archive.put(converted);
        self.ended(ended)
    }

    /// The address of the next file.
    pub fn next(&mut self) -> Option<String> {
        self.next.take()
    }

    fn ended(&mut self, ended: Result<Ended, crate::ReadError>) -> Result<(), JsValue> {
        match ended.map_err(|error| error.with_kind())? {
            Ended::Read(next) => self.next = next,
            Ended::Foreign(document) => self.document = Some(document),
        }
        Ok(())
    }

    /// The reviews that there are, as far as is known.
    pub fn count(&self) -> usize {
        self.archive.len()
    }

    /// The reviews that have been read.
    pub fn read_count(&self) -> usize {
        self.archive.reviews().len()
    }

    /// Reads the next of what has come.
    pub fn read(&mut self) -> Reading {
        if self.archive.read_next() {
            Reading::More
        } else if self.archive.is_read() {
            Reading::Done
        } else {
            Reading::Foreign
        }
    }

    /// The bytes of the next, which is to be converted.
    pub fn foreign(&self) -> Option<Vec<u8>> {
        self.archive.foreign(self.archive.reviews().len()).map(|(json, _)| json.to_vec())
    }

    /// What addresses in it are relative to.
    pub fn foreign_base(&self) -> Option<String> {
        let (_, base) = self.archive.foreign(self.archive.reviews().len())?;
        base.map(Into::into)
    }

    /// What has been made of it, or why nothing could be.
    pub fn put_element(&mut self, converted: &[u8], error: Option<String>) {
        let converted = match &error {
            Some(error) => Err(error.as_str()),
            None => Ok(converted),
        };
        self.archive.put_element(self.archive.reviews().len(), converted);
    }

    /// The problems that nobody has heard of yet, as JSON.
    pub fn problems(&mut self) -> String {
        handover::to_json(self.archive.new_problems()).to_string()
    }

    // ---- what is in the document

    /// The list is shown for the first time, with so many reviews.
    pub fn show(&mut self, reviews: usize) {
        self.window.set_total(self.total());
        self.range = self.window.between(0.0, 0.0);
        self.range.end = reviews.min(self.total());
        self.draw();
    }

    /// What is `top` to `bottom` pixels from the list's start is to be seen, and so much around it is to be there. At most so
    /// many reviews may be in the document. Whether what is there has changed.
    pub fn place(&mut self, top: f64, bottom: f64, around: f64, most: usize) -> bool {
        self.window.set_total(self.total());
        let near = self.window.between(top - around / 2.0, bottom + around / 2.0);
        let far = self.window.between(top - around * 2.0, bottom + around * 2.0);
        let is_near = self.range.start <= near.start && self.range.end >= near.end;
        if is_near && self.range.start >= far.start && self.range.end <= far.end && self.range.len() <= most {
            return false;
        }
        let seen = self.window.between(top, bottom);
        let mut range = self.window.between(top - around, bottom + around);
        let spare = most.saturating_sub(seen.len()) / 2;
        range.start = range.start.max(seen.start.saturating_sub(spare));
        range.end = range.end.min(seen.end + spare);
        self.range = range;
        self.draw();
        true
    }

    /// There are so many columns, with this space between rows.
    pub fn grid(&mut self, columns: usize, gap: f64) {
        self.window.set_columns(columns);
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

    /// Whose HTML has to be parsed before the position can be opened: what its addresses are relative to, and the HTML, parted
    /// by a line break.
    pub fn unread(&mut self, position: usize) -> Option<String> {
        let review = self.review(position)?;
        match &review.body {
            Body::Html { html, base } if !self.parsed.contains_key(&key(&review)) => {
                Some([base.as_deref().unwrap_or_default(), "\n", html].concat())
            }
            _ => None,
        }
    }

    /// Puts the safe tree of that HTML in its place.
    pub fn put_body(&mut self, position: usize, tree: &str) {
        let Some(review) = self.review(position) else { return };
        let nodes =
            crate::json::parse(tree.as_bytes()).map(|json| wire::from_json(&json)).unwrap_or_default();
        let mut parsed = (*review).clone();
        if let Body::Html { html, .. } = parsed.body {
            parsed.body = Body::Safe { html, nodes };
            self.parsed.insert(key(&review), Rc::new(parsed));
        }
    }

    /// Opens or closes a review.
    pub fn toggle(&mut self, position: usize, open: bool) {
        let Some(review) = self.review(position) else { return };
        if open {
            self.open.insert(key(&review));
        } else {
            self.open.remove(&key(&review));
        }
        self.draw();
    }

    /// Draws what has changed.
    pub fn draw(&mut self) {
        self.window.set_total(self.total());
        self.props.pieces = self.pieces();
        let props = self.props.clone();
        match &mut self.app {
            Some(app) => app.update(props),
            None => self.app = Some(Renderer::with_root_and_props(self.root.clone(), props).render()),
        }
    }

    fn total(&self) -> usize {
        self.archive.len()
    }

    fn review(&mut self, position: usize) -> Option<Rc<Review>> {
        match self.archive.at(position) {
            Read::Review(review) => Some(review),
            _ => None,
        }
    }

    fn pieces(&mut self) -> Vec<Piece> {
        let focus: Vec<usize> = self.focus.into_iter().collect();
        let pieces = self.window.pieces(self.range.clone(), &focus);
        pieces
            .into_iter()
            .map(|piece| match piece {
                window::Piece::Space(height) => Piece::Space(height - self.gap),
                window::Piece::Reviews(range) => {
                    Piece::Items(range.filter_map(|position| self.item(position)).collect())
                }
            })
            .collect()
    }

    fn item(&mut self, at: usize) -> Option<Item> {
        let review = self.review(at)?;
        let key = key(&review);
        let open = self.open.contains(&key);
        let review = if open { self.parsed.get(&key).cloned().unwrap_or(review) } else { review };
        Some(Item { review, at, open, key })
    }
}

/// A review is the same as long as it is the same allocation.
fn key(review: &Rc<Review>) -> u64 {
    Rc::as_ptr(review) as usize as u64
}
