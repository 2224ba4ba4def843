//! One value of a document and its path, with the operations that the readers of all formats use.

use super::messages::{Fault, Many, What};
use super::report::{Html, Report, Room};
use super::text;
use crate::json::Json;
use crate::model::{Body, Date, Rating};
use crate::rich_text::url::{self, Use};
use crate::steps;

/// The maximum length of a text field in bytes, except for a body. The rest is left out, and this is reported.
pub const MAX_TEXT: usize = 64 << 10;
/// The maximum length of a body in bytes. The rest is left out, and this is reported. Of HTML, less is shown ([`MAX_HTML`]).
///
/// [`MAX_HTML`]: crate::rich_text::MAX_HTML
pub const MAX_BODY: usize = 2 << 20;
/// The maximum number of entries in a list of a review, such as its `pros`. The rest is left out, and this is reported.
pub const MAX_ENTRIES: usize = 500;
/// The maximum number of paragraphs in a body. Of an array, the rest is left out, and this is reported; of a text, the last
/// paragraph contains the rest.
pub(super) const MAX_PARAGRAPHS: usize = 20_000;
/// The maximum number of keys of an object that are compared with the known ones.
const MAX_KEYS: usize = 10_000;

/// A value and its place. Each field points to its parent, so that a path is written out only for a problem.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) value: &'a Json,
    report: &'a Report<'a>,
    pub(super) parent: Option<&'a Field<'a>>,
    pub(super) step: Step<'a>,
}

/// The last step of a path.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Field<'a> {
    pub(super) fn root(value: &'a Json, report: &'a Report<'a>) -> Self {
        Self { value, report, parent: None, step: Step::Root }
    }

    /// Returns a field for a value at a path from the root.
    pub(super) fn at(value: &'a Json, path: &'a str, report: &'a Report<'a>) -> Self {
        Self { value, report, parent: None, step: Step::Key(path) }
    }

    /// Returns a field with another value at the same place, for values inside a wrapper that messages need not
    /// mention.
    pub(super) fn holding(self, value: &'a Json) -> Self {
        Self { value, ..self }
    }

    pub(super) fn report(&self) -> &'a Report<'a> {
        self.report
    }

    /// Returns the HTML that may still be parsed.
    pub(super) fn html(&self) -> &'a Html {
        &self.report.html
    }

    pub(super) fn base(&self) -> Option<&'a str> {
        self.report.base
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.value, Json::Object(_))
    }

    /// Returns the member `key` of an object, or `None` if it is missing or `null`.
    pub(super) fn get<'b>(&'b self, key: &'b str) -> Option<Field<'b>> {
        let value = self.value.get(key)?;
        Some(Field { value, report: self.report, parent: Some(self), step: Step::Key(key) })
    }

    /// Returns a field for a member, which may be missing.
    pub(super) fn member<'b>(&'b self, key: &'b str, value: &'b Json) -> Field<'b> {
        Field { value, report: self.report, parent: Some(self), step: Step::Key(key) }
    }

    /// Returns the items of a list that are not `null`. Any other value counts as a list of one.
    pub(super) fn items<'b>(&'b self) -> Vec<Field<'b>> {
        self.some_items(usize::MAX)
    }

    fn some_items<'b>(&'b self, most: usize) -> Vec<Field<'b>> {
        let Json::List(items) = self.value else { return vec![*self] };
        steps::count(items.len().min(most));
        let item = |(index, value)| Field {
            value,
            report: self.report,
            parent: Some(self),
            step: Step::Index(index),
        };
        items.iter().enumerate().filter(|(_, value)| **value != Json::Null).take(most).map(item).collect()
    }

    /// Returns the item at an index, which may be `null`. Any other value counts as a list of one.
    pub(super) fn item<'b>(&'b self, index: usize) -> Option<Field<'b>> {
        steps::count(1);
        let Json::List(items) = self.value else { return (index == 0).then_some(*self) };
        let value = items.get(index)?;
        Some(Field { value, report: self.report, parent: Some(self), step: Step::Index(index) })
    }

    /// The first items of a list of a review, as many as are read.
    pub(super) fn entries<'b>(&'b self) -> Vec<Field<'b>> {
        self.first_items(MAX_ENTRIES, Many::Entries)
    }

    fn first_items<'b>(&'b self, most: usize, many: Many) -> Vec<Field<'b>> {
        let mut items = self.some_items(most + 1);
        if items.len() > most {
            items.truncate(most);
            self.fault(Fault::AtMost(most, many));
        }
        items
    }

    /// Calls `make` for each item of the list `key` and collects the values that it returns. Reads at most
    /// [`MAX_ENTRIES`] items.
    pub(super) fn each<T>(&self, key: &str, make: impl Fn(&Field) -> Option<T>) -> Vec<T> {
        let mut made = Vec::new();
        self.visit(key, size_of::<T>(), &mut |item| {
            if let Some(entry) = make(item) {
                made.push(entry);
            }
        });
        exact(&mut made);
        made
    }

    /// Calls `take` for each item of the list `key`, of which each makes something of this size. Not generic: one copy of
    /// this code serves all lists of a review.
    fn visit(&self, key: &str, size: usize, take: &mut dyn FnMut(&Field)) {
        let Some(list) = self.get(key) else { return };
        for item in list.entries() {
            if !item.has_room(size) {
                break;
            }
            take(&item);
        }
    }

    /// Returns the trimmed parts of a text that replaces a list, at most [`MAX_ENTRIES`]. Reports if there are more.
    pub(super) fn parts<'t>(&self, parts: impl Iterator<Item = &'t str>) -> Vec<String> {
        let mut parts: Vec<_> = parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .take(MAX_ENTRIES + 1)
            .map(Into::into)
            .collect();
        if parts.len() > MAX_ENTRIES {
            parts.truncate(MAX_ENTRIES);
            self.fault(Fault::AtMost(MAX_ENTRIES, Many::Entries));
        }
        parts
    }

    /// Takes `size` bytes from the memory that is left; returns whether there was enough. Reports the first time that there was not.
    pub(super) fn has_room(&self, size: usize) -> bool {
        match self.report.take_room(size) {
            Room::Left => return true,
            Room::JustUsedUp => self.fault(Fault::NoRoom),
            Room::UsedUp => {}
        }
        false
    }

    /// Returns text, or a number as text. Surrounding white space is trimmed. Returns `None` if the text is empty, and
    /// reports a value of another type.
    pub(super) fn text(&self) -> Option<String> {
        self.text_within(MAX_TEXT)
    }

    /// Returns the text of a body, plain or HTML.
    pub(super) fn long_text(&self) -> Option<String> {
        self.text_within(MAX_BODY)
    }

    fn text_within(&self, most: usize) -> Option<String> {
        let text = match self.value {
            Json::Text(text) => self.clean(text, most),
            Json::Number(number) => number.to_text("."),
            _ => {
                self.expected(What::Text);
                return None;
            }
        };
        let trimmed = text.trim();
        if trimmed.len() == text.len() { Some(text) } else { Some(trimmed.into()) }
            .filter(|text| !text.is_empty())
    }

    /// Returns the text of the member `key`.
    pub(super) fn text_of(&self, key: &str) -> Option<String> {
        self.get(key)?.text()
    }

    /// Returns text for visitors. Escaped character references are decoded, or reported if the report has no repairs.
    pub(super) fn words(&self) -> Option<String> {
        let text = self.text()?;
        if !text::has_reference(&text) {
            return Some(text);
        }
        match self.report.repair {
            Some(repair) => Some((repair.text)(self, &text)).filter(|text| !text.is_empty()),
            None => {
                self.fault(Fault::Escaped);
                Some(text)
            }
        }
    }

    /// Returns the decoded text of the member `key`.
    pub(super) fn words_of(&self, key: &str) -> Option<String> {
        self.get(key)?.words()
    }

    /// Returns the decoded text of each item of the list `key`.
    pub(super) fn all_words_of(&self, key: &str) -> Vec<String> {
        self.each(key, |item| item.words())
    }

    /// Returns the texts of the list `key`, which may be escaped HTML.
    fn raw_texts_of(&self, key: &str) -> Vec<String> {
        let Some(list) = self.get(key) else { return Vec::new() };
        let items = list.first_items(MAX_PARAGRAPHS, Many::Paragraphs);
        let texts: Vec<_> = items.iter().filter_map(Field::long_text).collect();
        if self.report.repair.is_none() && texts.iter().any(|text| text::has_reference(text)) {
            self.fault(Fault::Escaped);
        }
        texts
    }

    /// Returns the body in the texts of the list `key`.
    pub(super) fn body_of(&self, key: &str) -> Body {
        let texts = self.raw_texts_of(key);
        match self.report.repair {
            Some(repair) => (repair.body)(self, &texts),
            None => text::plain_body(&texts, self.base()),
        }
    }

    /// Returns a name. An address is not a name; it is reported.
    pub(super) fn name(&self) -> Option<String> {
        let name = self.words()?;
        if ["http://", "https://"].iter().any(|scheme| name.starts_with(scheme)) && !name.contains(' ') {
            self.expected(What::Name);
            return None;
        }
        Some(name)
    }

    /// Reports the keys of an object that are not in `known`, a list separated by spaces. Keys that begin with `_` are
    /// the author's own extensions, as in JSON Feed; `$schema` is for editors.
    pub(super) fn knows(&self, known: &str) {
        let Json::Object(members) = self.value else { return };
        for (key, value) in members.iter().take(MAX_KEYS) {
            steps::count(1);
            if key.starts_with(['_', '$']) || known.split(' ').any(|known| known == key) {
                continue;
            }
            self.fault(Fault::Unknown { key, value, known });
        }
    }

    /// Marks in the report that a text needs the HTML parser, and returns the text as it is.
    pub(super) fn needs_html(&self, text: &str) -> String {
        self.report.is_clean.set(false);
        text.to_owned()
    }

    /// Parses a rating in a notation that only the repairs cover.
    pub(super) fn repaired_rating(&self, text: &str) -> Option<Rating> {
        self.report.repair.and_then(|repair| (repair.rating)(text))
    }

    /// Returns the text of the member `key`, which is required.
    pub(super) fn required(&self, key: &str) -> Option<String> {
        let Some(field) = self.get(key) else {
            self.missing(key, What::Text);
            return None;
        };
        let text = field.text();
        if text.is_none() && field.value.as_text().is_some() {
            field.expected(What::Text);
        }
        text
    }

    /// Limits the length, and replaces NUL, other control characters and noncharacters with U+FFFD.
    fn clean(&self, text: &str, most: usize) -> String {
        steps::count(text.len());
        let within = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
        if within.len() < text.len() {
            self.fault(Fault::AtMost(most, Many::Bytes));
        }
        within.chars().map(|c| if is_text(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
    }

    /// Returns the address at `key` if the URL policy allows it.
    pub(super) fn address_of(&self, key: &str, usage: Use) -> Option<String> {
        self.get(key)?.address(usage)
    }

    /// Returns the address if the URL policy allows it, else reports it.
    pub(super) fn address(&self, usage: Use) -> Option<String> {
        let resolved = url::resolve(&self.text()?, self.report.base, usage);
        if resolved.is_none() {
            self.expected(match usage {
                Use::Link => What::Link,
                Use::Image => What::Image,
            });
        }
        resolved
    }

    /// Returns the length at `key`, in pixels.
    pub(super) fn pixels_of(&self, key: &str) -> Option<u32> {
        self.get(key)?.pixels()
    }

    /// Returns a length in pixels, 1 to 100 000.
    pub(super) fn pixels(&self) -> Option<u32> {
        self.whole(1, What::Pixels)
    }

    /// Returns the number of a season or an episode, 0 to 100 000.
    pub(super) fn position(&self) -> Option<u32> {
        self.whole(0, What::WholeNumber)
    }

    /// Returns a whole number from `least` to 100 000, written with or without the unit `px`.
    fn whole(&self, least: u32, what: What) -> Option<u32> {
        // A schema.org QuantitativeValue or Distance.
        if let Some(value) = ["value", "name"].iter().find_map(|key| self.get(key)) {
            return value.whole(least, what);
        }
        let text = self.text()?;
        let number = text.strip_suffix("px").unwrap_or(&text).trim_end().parse().ok();
        let number = number.filter(|number| (least..=100_000).contains(number));
        if number.is_none() {
            self.expected(what);
        }
        number
    }

    /// Returns the date at `key`.
    pub(super) fn date_of(&self, key: &str) -> Option<Date> {
        self.get(key)?.date()
    }

    /// Returns a date. Any text is kept and shown as written. Only ISO 8601, or a date that a repair converts to it, is
    /// machine-readable.
    pub(super) fn date(&self) -> Option<Date> {
        let date = Date::new(self.text()?);
        if date.day().is_none() {
            match self.report.repair.and_then(|repair| (repair.date)(date.as_written())) {
                Some(iso) if iso.is_empty() => {
                    self.expected(What::Date);
                    return None;
                }
                Some(iso) => return Some(Date::new(iso)),
                None => self.expected(What::Date),
            }
        }
        Some(date)
    }

    /// Returns the language tag at `key`.
    pub(super) fn language_of(&self, key: &str) -> Option<String> {
        self.get(key)?.language()
    }

    /// Returns a language tag that has at least the form of one (BCP 47).
    pub(super) fn language(&self) -> Option<String> {
        let tag = self.text()?;
        let formed = tag.len() <= 35
            && tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && tag
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !formed {
            self.expected(What::Language);
        }
        formed.then_some(tag)
    }

    /// Reports that something else was expected here.
    pub(super) fn expected(&self, what: What) {
        self.fault(Fault::Expected(what));
    }

    /// Reports that `key` is missing here.
    pub(super) fn missing(&self, key: &str, what: What) {
        self.fault(Fault::Missing(key, what));
    }

    /// Reports a fault of any other kind, as the parts of its message.
    pub(super) fn problem(&self, message: &[&str]) {
        self.fault(Fault::Other(message));
    }

    /// Returns the value in a few words; nothing if the report has no repairs.
    pub(super) fn described(&self) -> String {
        self.report.repair.map_or_else(String::new, |repair| (repair.found)(self.value))
    }

    /// Reports a fault at this place. A report without repairs keeps only that there is one: the document is then read
    /// again, with repairs and messages.
    pub(super) fn fault(&self, fault: Fault) {
        match self.report.repair {
            Some(repair) => (repair.report)(self, fault),
            None => self.report.is_clean.set(false),
        }
    }
}

/// Frees the spare capacity of a list, natively: most lists have one entry, and capacity for four. In a page, the code for this
/// would cost more than it saves.
pub(super) fn exact<T>(list: &mut Vec<T>) {
    if cfg!(not(target_arch = "wasm32")) {
        list.shrink_to_fit();
    }
}

fn is_text(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FDD0}'..='\u{FDEF}' => false,
        _ => !c.is_control() && u32::from(c) & 0xFFFE != 0xFFFE,
    }
}
