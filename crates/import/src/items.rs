//! Streams the items of RSS and the entries of Atom. WordPress exports are RSS too.
//!
//! 1. Elements before the first item belong to the feed itself: its title, and the address of its site.
//! 2. Each item is a list of fields, named by their path within the item: `title`, `wp:postmeta/wp:meta_key`,
//!    `author/name`.
//!
//! The attack: entities that expand to gigabytes, or name files. The defence: only HTML entities and numeric character
//! references are expanded; a document type is skipped. Items without an end stop at [`MAX_ITEM`], elements without
//! number at [`MAX_FIELDS`], and what is nested deeper than [`MAX_NESTED`] is skipped.
//!
//! Readers' comments, with their e-mail and IP addresses, are skipped too: they are never kept in memory.
//!
//! Prefixes are expected in their usual form (`content:`, `wp:`, `dc:`); namespace declarations are ignored.

use std::io::{self, BufReader, Read};

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::address;
use crate::decode::Decoded;
use crate::limited::{Allowance, Limited};
use crate::limits::{MAX_FIELDS, MAX_ITEM, MAX_NESTED};

/// The longest path of a field, in bytes; the longest one that is asked for has 27.
const LONGEST_PATH: usize = 200;
/// The most attributes of a field.
const MOST_ATTRIBUTES: usize = 50;
/// The message for an item without an end.
const ITEMS: &str = "items of at most 16 MiB, found a longer one";

pub(crate) struct Items<'a> {
    reader: Reader<BufReader<Limited<'a>>>,
    allowance: Allowance,
    buffer: Vec<u8>,
    /// The names of the open elements outside of items.
    path: Vec<String>,
    /// How many items there were.
    count: u64,
    /// Whether the end of the feed has come.
    closed: bool,
    /// The feed's title.
    pub(crate) title: Option<String>,
    /// The address of the site that the feed is of.
    home: Option<String>,
    /// The feed's own address.
    own: Option<String>,
    /// The address that the `xml:base` of the feed names.
    base: Option<String>,
    /// The URL of the feed's next page (RFC 5005).
    pub(crate) next_page: Option<String>,
}

/// One item, with its fields in order.
#[derive(Debug, Default)]
pub(crate) struct Item {
    /// The element's name: `item`, `entry`, or `wp:author`, which WordPress writes before the items.
    pub(crate) kind: String,
    /// The address that the `xml:base` of the item or the feed names.
    pub(crate) base: Option<String>,
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug, Default)]
pub(crate) struct Field {
    pub(crate) path: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Field {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the address that relative ones in this element are relative to, if it or an element around it has an
    /// `xml:base` ([XML Base](https://www.w3.org/TR/xmlbase/)).
    pub(crate) fn base(&self, outer: Option<&str>) -> Option<String> {
        match self.attribute("xml:base") {
            Some(base) => address::page(base, outer),
            None => outer.map(Into::into),
        }
    }
}

impl Item {
    pub(crate) fn all(&self, path: &str) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.path == path)
    }

    /// Returns the text of the first field with this path that is not empty.
    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.field(path).map(|field| field.text.trim())
    }

    /// Returns the first field with this path that is not empty.
    pub(crate) fn field(&self, path: &str) -> Option<&Field> {
        self.all(path).find(|field| !field.text.trim().is_empty())
    }
}

impl<'a> Items<'a> {
    pub(crate) fn open(file: impl Read + 'a) -> Self {
        let allowance = Allowance::new(MAX_ITEM, ITEMS);
        let mut reader = Reader::from_reader(BufReader::new(Limited::new(Decoded::new(file), &allowance)));
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        let (buffer, path) = (Vec::new(), Vec::new());
        Self {
            reader,
            allowance,
            buffer,
            path,
            count: 0,
            closed: false,
            title: None,
            home: None,
            own: None,
            base: None,
            next_page: None,
        }
    }

    /// Returns the next item.
    ///
    /// # Errors
    /// Returns an error that names the item if the XML is broken or cut off, or exceeds a limit.
    pub(crate) fn next(&mut self) -> io::Result<Option<Item>> {
        let number = self.count + 1;
        let item =
            self.read().map_err(|error| io::Error::new(error.kind(), format!("item {number}: {error}")))?;
        self.count += u64::from(item.is_some());
        Ok(item)
    }

    fn read(&mut self) -> io::Result<Option<Item>> {
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(io_error)? {
                Event::Start(start) => {
                    let name = name(&start);
                    let field = field(&start, None);
                    let base = field.base(self.base.as_deref());
                    if matches!(name.as_str(), "rss" | "channel" | "feed" | "rdf:RDF") {
                        self.base.clone_from(&base);
                    }
                    if matches!(name.as_str(), "item" | "entry" | "wp:author") {
                        let item = self.item(Item { kind: name, base, fields: Vec::new() })?;
                        self.allowance.renew();
                        return Ok(Some(item));
                    }
                    if name == "link" {
                        let href = || field.attribute("href").map(Into::into);
                        match field.attribute("rel") {
                            Some("next" | "prev-archive") => {
                                let outer = base.or_else(|| self.site());
                                let next = field
                                    .attribute("href")
                                    .and_then(|next| address::page(next, outer.as_deref()));
                                self.next_page = next.or_else(href);
                            }
                            None | Some("alternate") => self.home = self.home.take().or_else(href),
                            Some("self") => self.own = href(),
                            _ => {}
                        }
                    }
                    self.path.push(name);
                }
                Event::End(end) => {
                    self.closed |= matches!(end.name().as_ref(), "rss" | "feed" | "atom:feed" | "rdf:RDF");
                    self.path.pop();
                }
                Event::Text(text) => {
                    let text = text.xml10_content().into_owned();
                    self.outside(&text);
                }
                Event::CData(text) => {
                    let text = text.xml10_content().into_owned();
                    self.outside(&text);
                }
                Event::GeneralRef(reference) => {
                    let text = resolved(&reference);
                    self.outside(&text);
                }
                Event::Eof if !self.closed && !self.path.is_empty() => return Err(cut_off()),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Stores the title and the address of the feed, which are outside of items.
    fn outside(&mut self, text: &str) {
        let path: Vec<_> = self.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["rss" | "rdf:RDF", "channel", "title"] | ["feed", "title"] => {
                self.title.get_or_insert_default().push_str(text);
            }
            ["rss" | "rdf:RDF", "channel", "link"] => self.home.get_or_insert_default().push_str(text),
            _ => {}
        }
    }

    /// Returns the absolute address of the site.
    pub(crate) fn site(&self) -> Option<String> {
        [&self.home, &self.own].into_iter().flatten().find_map(|site| address::absolute(site.trim()))
    }

    /// Reads the fields of the item that has just begun.
    fn item(&mut self, mut item: Item) -> io::Result<Item> {
        let mut open: Vec<Field> = Vec::new();
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(io_error)? {
                Event::Start(start) => {
                    let is_passed_over = start.name().as_ref() == "wp:comment" || open.len() == MAX_NESTED;
                    if is_passed_over {
                        self.pass_over()?;
                        continue;
                    }
                    if item.fields.len() + open.len() == MAX_FIELDS {
                        return Err(io::Error::other(format!(
                            "expected items of at most {MAX_FIELDS} elements, found more"
                        )));
                    }
                    let mut field = field(&start, open.last());
                    if field.attribute("type") == Some("xhtml") {
                        field.text = self.markup()?;
                        item.fields.push(field);
                    } else {
                        open.push(field);
                    }
                }
                Event::End(_) => match open.pop() {
                    Some(field) => item.fields.push(field),
                    None => return Ok(item),
                },
                Event::Text(text) => push(&mut open, &text.xml10_content()),
                Event::CData(text) => push(&mut open, &text.xml10_content()),
                Event::GeneralRef(reference) => push(&mut open, &resolved(&reference)),
                Event::Eof => return Err(cut_off()),
                _ => {}
            }
        }
    }

    /// Passes over the element that has just begun, with all that is in it.
    fn pass_over(&mut self) -> io::Result<()> {
        let mut depth = 0_u32;
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer).map_err(io_error)? {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return Ok(()),
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(cut_off()),
                _ => {}
            }
        }
    }

    /// Returns the markup within the element that has just begun as text: XHTML in Atom.
    fn markup(&mut self) -> io::Result<String> {
        let mut writer = Writer::new(Vec::new());
        let mut depth = 0_u32;
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer).map_err(io_error)?;
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
            writer.write_event(event)?;
        }
        Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
    }
}

/// Returns the name of an element; those of Atom without their prefix.
fn name(start: &BytesStart) -> String {
    let name = start.name();
    let name: &str = name.as_ref();
    name.strip_prefix("atom:").unwrap_or(name).to_owned()
}

fn field(start: &BytesStart, parent: Option<&Field>) -> Field {
    let name = name(start);
    // A path that is longer than any that is asked for is asked for by nobody.
    let path = match parent {
        Some(parent) if parent.path.len() + name.len() < LONGEST_PATH => format!("{}/{name}", parent.path),
        None if name.len() < LONGEST_PATH => name,
        _ => String::new(),
    };
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().take(MOST_ATTRIBUTES).map(|attribute| {
        let value =
            attribute.normalized_value_with(quick_xml::XmlVersion::Implicit1_0, 1, resolve_html5_entity);
        (attribute.key.as_ref().to_owned(), value.map_or_else(|_| attribute.value.to_string(), Into::into))
    });
    Field { attributes: attributes.collect(), path, text: String::new() }
}

fn push(open: &mut [Field], text: &str) {
    if let Some(field) = open.last_mut() {
        field.text.push_str(text);
    }
}

/// Resolves a reference; an unknown one stays as written.
fn resolved(reference: &quick_xml::events::BytesRef) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.into();
    }
    let name = reference.xml10_content();
    resolve_html5_entity(&name).map_or_else(|| format!("&{name};"), Into::into)
}

fn io_error(error: quick_xml::Error) -> io::Error {
    match error {
        quick_xml::Error::Io(error) => io::Error::new(error.kind(), error.to_string()),
        // All of these are about something without an end.
        quick_xml::Error::Syntax(_) => cut_off(),
        other => io::Error::new(
            io::ErrorKind::InvalidData,
            format!("expected XML, found a mistake ({other}): export or download the file again"),
        ),
    }
}

fn cut_off() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "expected the end of the feed, found the end of the file: it is cut off. Export or download it again",
    )
}

#[cfg(test)]
mod tests {
    use super::Items;

    #[track_caller]
    fn check(xml: &str, expected: &[(&str, &str)]) {
        let mut items = Items::open(xml.as_bytes());
        let item = items.next().unwrap().unwrap();
        let fields: Vec<_> =
            item.fields.iter().map(|field| (field.path.as_str(), field.text.trim())).collect();
        assert_eq!(fields, expected);
    }

    #[test]
    fn fields_of_items() {
        check(
            "<rss><channel><title>B</title><item><title>a &amp; b&nbsp;&#8217;</title></item></channel></rss>",
            &[("title", "a & b\u{a0}’")],
        );
        check(
            "<rss><item><wp:postmeta><wp:meta_key><![CDATA[k]]></wp:meta_key><wp:meta_value>v</wp:meta_value></wp:postmeta></item></rss>",
            &[("wp:postmeta/wp:meta_key", "k"), ("wp:postmeta/wp:meta_value", "v"), ("wp:postmeta", "")],
        );
        check(
            "<feed><entry><content type='xhtml'><div>a <b>c</b>&amp;</div></content><link href='x?a&amp;b'/></entry></feed>",
            &[("content", "<div>a <b>c</b>&amp;</div>"), ("link", "")],
        );
        check("<rss><item><title>AT&T & &co;</title></item></rss>", &[("title", "AT&T & &co;")]);
    }

    #[test]
    fn the_title_of_the_feed() {
        let mut items = Items::open("<?xml version='1.0'?><rss><channel><title>A &amp; B</title><image><title>no</title></image><item/></channel></rss>".as_bytes());
        assert!(items.next().unwrap().is_some());
        assert!(items.next().unwrap().is_none());
        assert_eq!(items.title.as_deref(), Some("A & B"));
    }

    #[test]
    fn entities_are_not_expanded() {
        let laughs =
            "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>";
        check(&format!("{laughs}<rss><item><title>&b;&f;</title></item></rss>"), &[("title", "&b;&f;")]);
    }

    #[test]
    fn an_item_without_an_end_is_an_error() {
        let xml = format!("<rss><item><title>{}", "endless ".repeat(3 << 20));
        let error = Items::open(xml.as_bytes()).next().unwrap_err();
        assert_eq!(error.to_string(), "item 1: expected items of at most 16 MiB, found a longer one");
    }

    #[test]
    fn what_is_nested_deep_costs_no_memory() {
        let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
        check_last(&format!("<rss><item>{deep}<title>A</title></item></rss>"), ("title", "A"));
        let long = "a".repeat(100_000);
        let wide = format!("<{long}>{}</{long}>", "<b/>".repeat(50_000));
        check_last(&format!("<rss><item>{wide}<title>A</title></item></rss>"), ("title", "A"));
        let xml = format!("<rss><item>{}</item></rss>", "<b/>".repeat(100_001));
        let error = Items::open(xml.as_bytes()).next().unwrap_err();
        assert_eq!(error.to_string(), "item 1: expected items of at most 100000 elements, found more");
    }

    #[track_caller]
    fn check_last(xml: &str, expected: (&str, &str)) {
        let item = Items::open(xml.as_bytes()).next().unwrap().unwrap();
        let last = item.fields.last().unwrap();
        assert_eq!((last.path.as_str(), last.text.as_str()), expected);
        assert!(item.fields.iter().all(|field| field.path.len() < super::LONGEST_PATH));
    }

    #[test]
    fn a_feed_that_is_cut_off_is_an_error_wherever_that_is() {
        for (xml, items) in [
            ("<rss><channel><item><title>A</title></item>", 1),
            ("<rss><channel><item><title>A</title></item><item><tit", 1),
            ("<rss><channel><item><title>A", 0),
        ] {
            let mut reader = Items::open(xml.as_bytes());
            for _ in 0..items {
                assert!(reader.next().unwrap().is_some());
            }
            let error = reader.next().unwrap_err().to_string();
            assert!(error.starts_with(&format!("item {}: expected ", items + 1)), "{error}");
        }
    }
}
