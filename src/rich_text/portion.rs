//! How much of an author's HTML a parser is given.
//!
//! The attack: HTML that a parser needs minutes for. At each tag it looks through the elements that are open, and opens formatting
//! elements (`<b>`, `<font>`) again in every block that follows, until somebody closes them: ten thousand tables in one another, or
//! `<p><b id=1></p><p><b id=2></p>…`, cost the square of their number. So do the attributes of one tag.
//!
//! The defence: one reading of the text, which makes no tree, adds up what each tag may cost, and ends the HTML where that comes to more
//! than [`MAX_WORK`]. Being about the text alone, it is the same in every browser and natively. It finds tags where the
//! [tokenizer](https://html.spec.whatwg.org/multipage/parsing.html#tokenization) finds them, and is never too trusting: an end tag
//! counts only for what it surely ends, and where this reading and a parser's might part (CDATA, raw text inside SVG), nothing is
//! believed to end any more. A test holds it against html5ever.
//!
//! The gap that remains: careless HTML seems dearer than it is. Some hundred tags that nobody closes, all of them still open, end a body
//! that a browser would have shown whole.

use super::allow::{self, BLOCK, Kind};
use super::{MAX_HTML, MAX_NODES, cut, token};

/// What all tags together may cost; the HTML ends before the first that would cost more. A tag costs one, more with what is open around
/// it: at [`DEAR`] elements twice that. So the tags of twice as many nodes as are read fit, or three hundred that are never closed.
pub const MAX_WORK: usize = 2 * MAX_NODES;
/// How many elements may be open before they cost as much as the tag itself. Attributes likewise.
const DEAR: usize = 16;

/// Opened again in what follows, until they are closed.
const FORMATTING: &str = "a b big code em font i nobr s small strike strong tt u";
/// Without content, wherever they stand …
const VOID: &str = "br hr img embed meta";
/// … and so but for SVG and MathML.
const VOID_IN_HTML: &str = "area base basefont bgsound col frame input keygen link param source track wbr";
/// What is in them is text up to their end tag.
const RAW: &str = "script style title textarea xmp iframe noembed noframes";
/// In these it may be otherwise.
const FOREIGN: &str = "svg math select frameset";
/// Start tags, and the open elements that they close where these are innermost.
const STARTS: [(&str, &str); 7] = [
    ("p", "p"),
    ("li", "p li"),
    ("dt dd", "p dt dd"),
    ("td th", "p td th"),
    ("tr", "p td th tr"),
    ("thead tbody tfoot", "p td th tr thead tbody tfoot"),
    ("option", "option"),
];
/// End tags, and the open elements that they close with their own. Any other block closes a `p`. Where a parser sees neither (a `tr`
/// without a `table`), what these contain does not pile up: the next of its kind closes it.
const ENDS: [(&str, &str); 6] = [
    ("ul ol menu dir", "p li"),
    ("dl", "p dt dd"),
    ("tr", "p td th"),
    ("thead tbody tfoot", "p td th tr"),
    ("table", "p td th tr thead tbody tfoot caption colgroup"),
    ("select", "option optgroup"),
];
const SPACE: [char; 5] = [' ', '\t', '\n', '\x0c', '\r'];

/// The HTML as far as it can be parsed within the limits.
pub fn of(html: &str) -> &str {
    let html = html.split_at(html.floor_char_boundary(MAX_HTML)).0;
    let mut open = Open::default();
    let mut left = MAX_WORK;
    let mut rest = html;
    while let Some(tag) = cut(rest, b"<").1.strip_prefix('<') {
        let (cost, after) = open.tag(tag);
        let Some(less) = left.checked_sub(cost) else {
            return html.split_at(html.len() - tag.len() - 1).0;
        };
        (left, rest) = (less, after);
    }
    html
}

/// What is open, as far as this reading can tell.
#[derive(Default)]
struct Open<'a> {
    elements: Vec<Element<'a>>,
    /// Elements that nothing closes, as formatting that outlived its block.
    forever: usize,
    /// Nothing is believed to end any more.
    doubt: bool,
    /// Comments stand in an element: one that stands in the document itself is gone over again with each that follows.
    begun: bool,
}

struct Element<'a> {
    name: &'a str,
    /// Closed by the end of what is around it; formatting is opened again.
    phrase: bool,
    foreign: bool,
}

impl<'a> Open<'a> {
    /// Reads what begins with `<`, from behind that on. What it costs, and what follows it.
    fn tag(&mut self, text: &'a str) -> (usize, &'a str) {
        let end = text.strip_prefix('/');
        let named = end.unwrap_or(text);
        let open = self.elements.len() + self.forever;
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if !text.starts_with(['!', '?', '/']) {
                return (0, text); // Text.
            }
            self.forever += usize::from(!self.begun);
            return (if self.begun { 1 } else { cost(open, 0) }, self.comment(text));
        }
        let (name, rest) = cut(named, b" \t\n\x0c\r/>");
        if self.doubt {
            self.forever += usize::from(end.is_none());
            return (cost(open, 0), rest);
        }
        let (attributes, mut rest) = attributes(rest);
        if end.is_some() {
            self.end(name);
        } else {
            rest = self.start(name, attributes, rest);
        }
        (cost(open, attributes), rest)
    }

    /// What follows a comment, a doctype and the like.
    fn comment(&mut self, text: &'a str) -> &'a str {
        if self.doubt {
            return text;
        }
        if text.starts_with("![CDATA[") {
            self.doubt = true;
            return text;
        }
        if !text.starts_with("!--") {
            return cut(text, b">").1;
        }
        let mut rest = text.get(1..).unwrap_or_default();
        while let Some(end) = rest.find("--").and_then(|at| rest.get(at + 2..)) {
            // `<!-->` is whole, `<!--!>` is not.
            if end.starts_with('>') || end.starts_with("!>") && text.len() - end.len() > 3 {
                return end;
            }
            rest = text.get(text.len() - end.len() - 1..).unwrap_or_default();
        }
        ""
    }

    /// A start tag; returns what follows it, without text that is no markup.
    fn start(&mut self, name: &'a str, attributes: usize, rest: &'a str) -> &'a str {
        let is = |list| token(list, name).is_some();
        self.begun = true;
        if is("html head body") {
            // Their attributes gather on one element.
            self.forever += 1 + attributes;
            return rest;
        }
        let foreign = self.elements.iter().any(|open| open.foreign);
        if is(VOID) || is(VOID_IN_HTML) && !foreign {
            return rest;
        }
        if let Some((_, closed)) = STARTS.iter().find(|(names, _)| is(names)) {
            while self.elements.pop_if(|open| token(closed, open.name).is_some()).is_some() {}
        }
        let phrase = is(FORMATTING) || allow::find(name).is_some_and(|(_, row)| row.kind == Kind::Phrase);
        self.elements.push(Element { name, phrase, foreign: is(FOREIGN) });
        if !is(RAW) {
            return rest;
        }
        let (raw, after) = raw_text(name, rest);
        let nested = is("script") && has(has(raw, "<!--").unwrap_or_default(), "<script").is_some();
        if nested || foreign && raw.contains('<') {
            self.doubt = true;
            return rest;
        }
        after
    }

    /// An end tag. It closes what it names, if nothing is open in that but what it closes as well.
    fn end(&mut self, name: &str) {
        let is = |list| token(list, name).is_some();
        self.begun &= !is("html");
        let formatting = is(FORMATTING);
        let closed = match ENDS.iter().find(|(names, _)| is(names)) {
            Some((_, closed)) => *closed,
            None if allow::find(name).is_some_and(|(_, row)| row.is & BLOCK != 0) && !is("p") => "p",
            None => "",
        };
        for (at, open) in self.elements.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                self.forever += self.elements.drain(at..).skip(1).filter(|open| open.phrase).count();
                return;
            }
            if formatting || !open.phrase && token(closed, open.name).is_none() {
                return;
            }
        }
    }
}

fn cost(open: usize, attributes: usize) -> usize {
    1 + (open.saturating_mul(open) / (DEAR * DEAR))
        .saturating_add(attributes.saturating_mul(attributes) / (DEAR * DEAR))
}

/// How many attributes a tag has, read from behind its name on, and what follows it.
fn attributes(mut rest: &str) -> (usize, &str) {
    let mut count = 0;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\x0c', '\r', '/']);
        let mut name = rest.chars();
        match name.next() {
            None => return (count, ""),
            Some('>') => return (count, name.as_str()),
            Some(_) => count += 1, // An equals sign may begin a name.
        }
        rest = cut(name.as_str(), b" \t\n\x0c\r/>=").1;
        let Some(value) = rest.trim_start_matches(SPACE).strip_prefix('=') else { continue };
        let value = value.trim_start_matches(SPACE);
        rest = match value.as_bytes() {
            [b'"', ..] => quoted(value, b"\""),
            [b'\'', ..] => quoted(value, b"'"),
            _ => cut(value, b" \t\n\x0c\r>").1,
        };
    }
}

/// What follows a value in quotes.
fn quoted<'a>(value: &'a str, quote: &[u8]) -> &'a str {
    let inside = value.get(1..).unwrap_or_default();
    cut(inside, quote).1.get(1..).unwrap_or_default()
}

/// The text up to the end tag of the element that it is in, and that tag and what follows.
fn raw_text<'a>(name: &str, text: &'a str) -> (&'a str, &'a str) {
    let mut from = 0;
    loop {
        let rest = cut(text.get(from..).unwrap_or_default(), b"<").1;
        let at = text.len() - rest.len();
        let end = rest.get(2..2 + name.len()).filter(|_| rest.starts_with("</"));
        let is_end = end.is_some_and(|end| end.eq_ignore_ascii_case(name))
            && rest
                .get(2 + name.len()..)
                .is_some_and(|rest| rest.starts_with(SPACE) || rest.starts_with(['/', '>']));
        if is_end || rest.is_empty() {
            return text.split_at(at);
        }
        from = at + 1;
    }
}

/// The text from this word on, in any case.
fn has<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.as_bytes().windows(word.len()).position(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    text.get(at?..)
}

#[cfg(test)]
mod tests {
    use super::{attributes, of};

    #[track_caller]
    fn check(html: &str, whole: bool) {
        let part = of(html);
        assert!(html.starts_with(part));
        assert_eq!(part.len() == html.len(), whole, "{} of {} bytes", part.len(), html.len());
    }

    #[test]
    fn what_people_write_is_whole() {
        let wrapped = |html: &str| ["<div>".repeat(14), html.into(), "</div>".repeat(14)].concat();
        let paragraph = "<p class=a>One <a href='/x?a=1&amp;b=2' title=\"a > b\">two</a>, <em><b>three</b></em><br/>four</p>\n";
        check(&wrapped(&paragraph.repeat(3_000)), true);
        check(&"<p>one<p>two <i>three</i>".repeat(8_000), true);
        check(&"<ul><li>one<li><p>two</ul>".repeat(6_000), true);
        check(&"<table><tr><td>one<td>two<tr><th>three</table>".repeat(5_000), true);
        check(&"<div><p>one</div><dl><dt>two<dd>three</dl>".repeat(4_000), true);
        check(
            &"<!-- <b> --><figure><img src=a.png alt=\"a\"><figcaption>b</figcaption></figure>".repeat(5_000),
            true,
        );
        check(&"<script>if (a<b) document.write('<b>')</script><style>b>i{}</style>".repeat(9_000), true);
        check(&"<svg viewBox='0 0 9 9'><title>Star</title><path d='M0 0'/></svg><p>x</p>".repeat(90), true);
        check(&"a < b & c <3 << ".repeat(50_000), true);
    }

    #[test]
    fn what_nobody_closes_ends() {
        check(&"<div>".repeat(300), true);
        check(&"<div>".repeat(400), false);
        check(&"<p><b></p>".repeat(2_000), false);
        check(&"<hr>".repeat(super::MAX_WORK), true);
        check(&"<hr>".repeat(super::MAX_WORK + 1), false);
        check(&["<b ", &"a ".repeat(9_000), ">"].concat(), false);
        check(&"<!---->".repeat(2_000), false);
        check(&"é".repeat(super::MAX_HTML), false);
    }

    #[test]
    fn attributes_are_counted_as_a_tokenizer_does() {
        for (tag, expected) in [
            (">x", (0, "x")),
            (" a b=c>x", (2, "x")),
            ("/>x", (0, "x")),
            (" a=\">\" b='>'>x", (2, "x")),
            (" a = '>' /b/=\"c>x", (3, "x")),
            (" a=>x", (1, "x")),
            (" a=b/>x", (1, "x")),
            (" \"a'>x", (1, "x")),
            (" a='>x", (1, "")),
            (" é=ü>x", (1, "x")),
            ("", (0, "")),
        ] {
            assert_eq!(attributes(tag), expected, "{tag}");
        }
    }
}
