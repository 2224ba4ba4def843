//! Limits how much of an author's HTML is passed to a parser.
//!
//! The attack: HTML that takes a parser minutes. At each tag the parser searches the open elements. It also reopens
//! formatting elements (`<b>`, `<font>`) in every following block until they are closed. So ten thousand nested tables,
//! or `<p><b id=1></p><p><b id=2></p>…`, take quadratic time. So do the attributes of one tag.
//!
//! The defence: one pass over the text, which builds no tree, adds up the estimated cost of each tag. The HTML is cut
//! off where the sum exceeds [`MAX_WORK`]. The estimate depends on the text alone, so it is the same in every browser
//! and natively. Tags are found where the [tokenizer](https://html.spec.whatwg.org/multipage/parsing.html#tokenization)
//! finds them. The estimate is never too low: an end tag counts only for elements that it certainly closes. Where this
//! pass and a parser might disagree (CDATA, raw text inside SVG), it assumes from then on that nothing is closed. A
//! test compares it with html5ever.
//!
//! The gap that remains: careless HTML may be overestimated. About three hundred tags that are never closed cut off a
//! body that a browser would have shown in full.

use super::allow::{self, BLOCK, Kind};
use super::{MAX_HTML, MAX_NODES, cut, token};

/// The maximum cost of all tags together. The HTML ends before the first tag that would exceed it. A tag costs one,
/// plus an amount that grows with the square of the number of open elements: with [`DEAR`] open elements it costs two.
/// The limit allows the tags of four times as many nodes as are read, or about three hundred tags that are never closed.
pub const MAX_WORK: usize = 4 * MAX_NODES;
/// The number of open elements at which they cost as much as the tag itself. The same holds for attributes.
const DEAR: usize = 16;

/// Formatting elements. The parser reopens them in later blocks until they are closed.
const FORMATTING: &str = "a b big code em font i nobr s small strike strong tt u";
/// Elements that are void everywhere …
const VOID: &str = "br hr img embed meta";
/// … and elements that are void except in SVG and MathML.
const VOID_IN_HTML: &str = "area base basefont bgsound col frame input keygen link param source track wbr";
/// Elements whose content is raw text up to their end tag.
const RAW: &str = "script style title textarea xmp iframe noembed noframes";
/// Elements inside which these rules may not apply.
const FOREIGN: &str = "svg math select frameset";
/// Start tags, and the innermost open elements that they close.
const STARTS: [(&str, &str); 7] = [
    ("p", "p"),
    ("li", "p li"),
    ("dt dd", "p dt dd"),
    ("td th", "p td th"),
    ("tr", "p td th tr"),
    ("thead tbody tfoot", "p td th tr thead tbody tfoot"),
    ("option", "option"),
];
/// End tags, and the open elements that they close together with their own. The end tag of any other block closes a
/// `p`. If a parser ignores the tags (a `tr` without a `table`), the elements do not pile up: the next one of the same
/// kind closes the last.
const ENDS: [(&str, &str); 6] = [
    ("ul ol menu dir", "p li"),
    ("dl", "p dt dd"),
    ("tr", "p td th"),
    ("thead tbody tfoot", "p td th tr"),
    ("table", "p td th tr thead tbody tfoot caption colgroup"),
    ("select", "option optgroup"),
];
const SPACE: [char; 5] = [' ', '\t', '\n', '\x0c', '\r'];

/// Returns the HTML up to the point where the limits are reached.
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

/// The open elements, as far as this pass can tell.
#[derive(Default)]
struct Open<'a> {
    elements: Vec<Element<'a>>,
    /// The number of elements that are never closed, such as formatting that outlived its block.
    forever: usize,
    /// Whether the pass assumes that nothing is closed any more.
    doubt: bool,
    /// Whether an element has begun. Before that, each comment is a child of the document, and the parser goes over it
    /// again at each later comment.
    begun: bool,
}

struct Element<'a> {
    name: &'a str,
    /// Whether it is closed by the end of the enclosing element. Formatting is then reopened.
    phrase: bool,
    foreign: bool,
}

impl<'a> Open<'a> {
    /// Reads a tag or comment from after its `<`. Returns its cost and the text after it.
    fn tag(&mut self, text: &'a str) -> (usize, &'a str) {
        let end = text.strip_prefix('/');
        let named = end.unwrap_or(text);
        let open = self.elements.len() + self.forever;
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if !text.starts_with(['!', '?', '/']) {
                return (0, text); // Plain text.
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

    /// Returns the text after a comment, a doctype or similar markup.
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
            // `<!-->` is complete, `<!--!>` is not.
            if end.starts_with('>') || end.starts_with("!>") && text.len() - end.len() > 3 {
                return end;
            }
            rest = text.get(text.len() - end.len() - 1..).unwrap_or_default();
        }
        ""
    }

    /// Handles a start tag. Returns the text after it, without any raw text content.
    fn start(&mut self, name: &'a str, attributes: usize, rest: &'a str) -> &'a str {
        let is = |list| token(list, name).is_some();
        self.begun = true;
        if is("html head body") {
            // The attributes of all such tags are collected on one element.
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

    /// Handles an end tag. It closes its element if everything open inside that element is closed with it.
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

/// Counts the attributes of a tag, starting after its name. Returns the count and the text after the tag.
fn attributes(mut rest: &str) -> (usize, &str) {
    let mut count = 0;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\x0c', '\r', '/']);
        let mut name = rest.chars();
        match name.next() {
            None => return (count, ""),
            Some('>') => return (count, name.as_str()),
            Some(_) => count += 1, // A name may begin with an equals sign.
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

/// Returns the text after a quoted value.
fn quoted<'a>(value: &'a str, quote: &[u8]) -> &'a str {
    let inside = value.get(1..).unwrap_or_default();
    cut(inside, quote).1.get(1..).unwrap_or_default()
}

/// Splits the text before the end tag of the raw text element that contains it.
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

/// Returns the text from this word on, ignoring ASCII case.
fn has<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.as_bytes().windows(word.len()).position(|part| part.eq_ignore_ascii_case(word.as_bytes()));
    text.get(at?..)
}

#[cfg(test)]
mod tests {
    use super::{Open, attributes, cost, cut, of};

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
    fn html_ends_before_a_tag() {
        let whole = "<hr>".repeat(super::MAX_WORK);
        assert_eq!(of(&[whole.as_str(), "<hr>a<b>"].concat()), whole);
    }

    #[test]
    fn what_is_open_is_dear() {
        for (open, attributes, expected) in
            [(0, 0, 1), (15, 15, 1), (16, 0, 2), (0, 16, 2), (32, 0, 5), (160, 32, 105), (0, 160, 101)]
        {
            assert_eq!(cost(open, attributes), expected, "{open} elements and {attributes} attributes");
        }
    }

    /// Checks which elements are open at the end, how many are never closed, and whether there is doubt.
    #[track_caller]
    fn check_open(html: &str, names: &str, forever: usize, doubt: bool) {
        let mut open = Open::default();
        let mut rest = html;
        while let Some(tag) = cut(rest, b"<").1.strip_prefix('<') {
            rest = open.tag(tag).1;
        }
        let found: Vec<_> = open.elements.iter().map(|open| open.name).collect();
        assert_eq!((found.join(" ").as_str(), open.forever, open.doubt), (names, forever, doubt), "{html}");
    }

    #[test]
    fn an_end_tag_closes_what_it_certainly_closes() {
        check_open("<div><p>a</div>", "", 0, false);
        check_open("<section><p>a</section>", "", 0, false);
        check_open("<p><section></p>", "p section", 0, false);
        check_open("<ul><li>a<p>b</ul>", "", 0, false);
        check_open("<table><tr><td>a</table>", "", 0, false);
        check_open("<div><section></div>", "div section", 0, false);
        check_open("<div><unknown></div>", "div unknown", 0, false);
        check_open("<span><div></span>", "span div", 0, false);
        check_open("<span><p></span>", "span p", 0, false);
        check_open("<em><p></em>", "em p", 0, false);
        check_open("<em><i></em>", "em i", 0, false);
        check_open("<p><b></p>", "", 1, false);
        check_open("<div><font></div>", "", 1, false);
        check_open("<div><cite></div>", "", 1, false);
        check_open("<input><svg><input>", "svg input", 0, false);
        check_open("<body a b c><html>", "", 5, false);
    }

    #[test]
    fn comments_end_where_a_parser_ends_them() {
        let begun = |html: &str, names: &str| check_open(&["<hr>", html].concat(), names, 0, false);
        begun("<!-- > <b> --><i>", "i");
        begun("<!a><b>", "b");
        begun("<!--><b>", "b");
        begun("<!---><b>", "b");
        begun("<!--a--!><b>", "b");
        begun("<!--!><b>--><i>", "i");
        begun("<!--a -- <b> --><i>", "i");
        begun("</div><!---->", "");
        check_open("<hr></html><!---->", "", 1, false);
    }

    #[test]
    fn raw_text_ends_with_its_end_tag_or_leaves_doubt() {
        check_open("<title>a<i></titles></title ><b>", "b", 0, false);
        check_open("<title>a</TITLE/><b>", "b", 0, false);
        check_open("<title>a</title<b>", "title", 0, false);
        check_open("<script>a<b</script><i>", "i", 0, false);
        check_open("<style><!--<script></style><b>", "b", 0, false);
        check_open("<svg><style>a</style><b>", "svg b", 0, false);
        check_open("<script><!--<script></script><b>", "script", 2, true);
        check_open("<svg><style><i></style><b>", "svg style", 2, true);
        check_open("<svg><![CDATA[<b><i></b>", "svg", 2, true);
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
