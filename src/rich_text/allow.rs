//! The allow-list: one table of the elements that are kept, how each nests, and which attributes it may have.
//!
//! The attack: an element or attribute that runs a script, loads, submits, restyles the page, or takes one of its names
//! (`id`, `name`). The defence: only what the table names is kept. An unknown element is replaced by its children, and
//! every attribute value is checked by its own rule. The gap that remains: `lang`, `title` and `alt` are nearly free
//! text and are shown as text.

use super::token;
use super::url::{self, Use};

/// Bits of [`Row::is`] and [`Row::no`].
pub(super) const BLOCK: u8 = 1;
pub(super) const LINK: u8 = 2;
pub(super) const HEADING: u8 = 4;
pub(super) const TABLE: u8 = 8;
/// Only in [`Row::no`]: `[spoiler]` is plain text here.
pub(super) const MARKS: u8 = 16;
/// Only in [`Row::no`]: white space is significant here.
pub(super) const CODE: u8 = 64;
/// Only in [`Row::no`], set during the walk: the content is already covered, so it is not covered again.
pub(super) const COVER: u8 = 32;

/// How an element is built from its children.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An inline element. It is placed innermost, within any blocks that it contains.
    Phrase,
    /// A block of inline elements. A block inside it splits it.
    Line,
    /// A `p`: like `Line`, but a spoiler inside turns it into a `div`.
    Paragraph,
    /// Contains blocks or inline elements.
    Flow,
    /// A `div`. It is kept where it directly contains inline elements or a spoiler. With attributes it counts as
    /// `Flow`.
    Division,
    /// Contains only elements that name it as their parent.
    Items,
    Details,
    Void,
    Image,
    /// Becomes a link to its content.
    Frame,
    /// Becomes a link like `Frame`, or its fallback content.
    Player,
    /// Removed, with all its content.
    Dropped,
}

pub(super) struct Row {
    /// Element names, separated by spaces.
    names: &'static str,
    pub(super) kind: Kind,
    /// Attribute names, separated by spaces. If `href` or `src` is missing, the names after it are ignored.
    pub(super) attributes: &'static str,
    /// If not empty, the element is kept only as a direct child of one of these.
    pub(super) parents: &'static str,
    /// The element that wraps a stray child of `Items`. If empty, stray children are dropped.
    pub(super) item: &'static str,
    /// The bits of the element itself …
    pub(super) is: u8,
    /// … and the bits that are forbidden anywhere inside it.
    pub(super) no: u8,
}

const PHRASE: Row =
    Row { names: "", kind: Kind::Phrase, attributes: "lang dir", parents: "", item: "", is: 0, no: 0 };
const FLOW: Row = Row { kind: Kind::Flow, is: BLOCK, ..PHRASE };
const ITEMS: Row = Row { kind: Kind::Items, is: BLOCK, ..PHRASE };

static ROWS: [Row; 36] = [
    Row { names: "em strong b i u s small mark sub sup cite dfn bdi ruby span bdo", ..PHRASE },
    Row { names: "code kbd samp var", no: MARKS, ..PHRASE },
    Row { names: "a", attributes: "href hreflang title lang dir", is: LINK, no: LINK, ..PHRASE },
    Row { names: "abbr", attributes: "title lang dir", ..PHRASE },
    Row { names: "time", attributes: "datetime lang dir", ..PHRASE },
    Row { names: "del ins", attributes: "cite datetime lang dir", ..PHRASE },
    Row { names: "q", attributes: "cite lang dir", ..PHRASE },
    Row { names: "rt rp", parents: "ruby", ..PHRASE },
    Row { names: "br wbr", kind: Kind::Void, ..PHRASE },
    Row { names: "hr", kind: Kind::Void, is: BLOCK, ..PHRASE },
    Row { names: "img", kind: Kind::Image, attributes: "src alt width height", ..PHRASE },
    Row { names: "p", kind: Kind::Paragraph, is: BLOCK, ..PHRASE },
    Row { names: "h1 h2 h3 h4 h5 h6", kind: Kind::Line, is: BLOCK | HEADING, no: BLOCK, ..PHRASE },
    Row { names: "pre", kind: Kind::Line, is: BLOCK, no: BLOCK | MARKS | CODE, ..PHRASE },
    Row { names: "summary", kind: Kind::Line, parents: "details", is: BLOCK, no: BLOCK | MARKS, ..PHRASE },
    Row { names: "details", kind: Kind::Details, ..FLOW },
    Row { names: "blockquote", attributes: "cite lang dir", ..FLOW },
    Row { names: "figure", ..FLOW },
    Row { names: "figcaption", parents: "figure", ..FLOW },
    Row { names: "ul", item: "li", ..ITEMS },
    Row { names: "ol", attributes: "start reversed type lang dir", item: "li", ..ITEMS },
    Row { names: "li", attributes: "value lang dir", parents: "ul ol", ..FLOW },
    Row { names: "dl", item: "dd", ..ITEMS },
    Row { names: "dt", parents: "dl", no: HEADING, ..FLOW },
    Row { names: "dd", parents: "dl", ..FLOW },
    Row { names: "table", is: BLOCK | TABLE, ..ITEMS },
    Row { names: "caption", parents: "table", no: TABLE, ..FLOW },
    Row { names: "thead tbody tfoot", parents: "table", ..ITEMS },
    Row { names: "tr", parents: "thead tbody tfoot", ..ITEMS },
    Row { names: "th", attributes: "scope colspan rowspan lang dir", parents: "tr", no: HEADING, ..FLOW },
    Row { names: "td", attributes: "colspan rowspan lang dir", parents: "tr", ..FLOW },
    DIV,
    Row {
        names: "address article aside center dialog fieldset footer form header hgroup legend main nav search section",
        ..DIV
    },
    Row { names: "iframe embed", kind: Kind::Frame, ..PHRASE },
    Row { names: "object video audio", kind: Kind::Player, ..PHRASE },
    // Raw text and other elements without visible content. Void elements (`meta`, `input` …) need no row: they have no
    // children to keep.
    Row {
        names: "head title script style noscript template textarea select datalist xmp plaintext noembed noframes",
        kind: Kind::Dropped,
        ..PHRASE
    },
];

/// The row for unknown and misplaced blocks.
pub(super) const DIV: Row = Row { names: "div", kind: Kind::Division, ..FLOW };

/// Finds an element by its lower-case name. Returns the name to write and its row.
pub(super) fn find(name: &str) -> Option<(&'static str, &'static Row)> {
    let name = match name {
        "strike" => "s",
        "tt" => "code",
        "acronym" => "abbr",
        "menu" | "dir" => "ul",
        name => name,
    };
    ROWS.iter().find_map(|row| {
        let tag = token(row.names, name)?;
        Some((if row.kind == Kind::Division { "div" } else { tag }, row))
    })
}

/// Returns the name if the safe tree may contain this element.
pub(super) fn tag(name: &str) -> Option<&'static str> {
    let (tag, row) = find(name)?;
    (!matches!(row.kind, Kind::Dropped | Kind::Frame | Kind::Player)).then_some(tag)
}

/// The attributes that we add, separated by spaces.
const ADDED: &str = "rel class loading decoding";

/// Returns the name if the safe tree may contain this attribute: one of the allow-list, or one that we add.
pub(super) fn attribute(name: &str) -> Option<&'static str> {
    let listed = ROWS.iter().find_map(|row| token(row.attributes, name));
    listed.or_else(|| token(ADDED, name))
}

/// Returns the names of all attributes that the safe tree may contain.
#[cfg(test)]
pub(crate) fn attributes() -> impl Iterator<Item = &'static str> {
    ROWS.iter().flat_map(|row| row.attributes.split(' ')).chain(ADDED.split(' '))
}

pub(super) fn is_block(tag: &str) -> bool {
    find(tag).is_some_and(|(_, row)| row.is & BLOCK != 0)
}

/// Returns the value as it is kept, or `None` if it is not allowed.
pub(super) fn value(name: &str, raw: &str, base: Option<&str>) -> Option<String> {
    let value = raw.trim();
    let plain = |limit, also: &str| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || also.as_bytes().contains(&b);
        !value.is_empty() && value.len() <= limit && value.bytes().all(fits)
    };
    let valid = match name {
        "href" | "cite" => return url::resolve(raw, base, Use::Link),
        "src" => return url::resolve(raw, base, Use::Image),
        "title" | "alt" => return Some(super::clean(raw)),
        "reversed" => return Some(String::new()),
        "lang" | "hreflang" => plain(35, "-"),
        "datetime" => plain(40, "-+:. "),
        "dir" => token("ltr rtl auto", value).is_some(),
        "scope" => token("row col rowgroup colgroup", value).is_some(),
        "type" => matches!(value, "1" | "a" | "A" | "i" | "I"),
        "width" | "height" => number(value).is_some_and(|n| (1..=20_000).contains(&n)),
        "colspan" | "rowspan" => number(value).is_some_and(|n| (1..=1_000).contains(&n)),
        _ => number(value).is_some(),
    };
    valid.then(|| value.into())
}

/// Parses a number that consists of digits only. Returns `None` if a digit follows a value of a million or more.
pub(super) fn number(value: &str) -> Option<u32> {
    let mut number = 0;
    for byte in value.bytes() {
        if !byte.is_ascii_digit() || number >= 1_000_000 {
            return None;
        }
        number = number * 10 + u32::from(byte - b'0');
    }
    Some(number).filter(|_| !value.is_empty())
}
