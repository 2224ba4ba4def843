//! Takes the comments and needless spaces out of style sheets. `cargo xtask dist` and the command share this, so that the sheets in
//! `dist/` and those in static HTML are the same bytes, and have the same CSP hash.
//!
//! Nothing else is changed: neither order nor values. A minifier that understands CSS (lightningcss was tried) drops an
//! earlier declaration of a property where a later one overrides it, as in `color: #222; color: light-dark(#222, #eee)`,
//! and that earlier one is what an engine without `light-dark()` needs. After Brotli the difference is a few bytes.

use std::fmt;

/// Where a sheet does not end what it began.
#[derive(Debug)]
pub struct Unbalanced(String);

impl fmt::Display for Unbalanced {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unbalanced {}

type Result<T> = std::result::Result<T, Unbalanced>;

/// Minifies a style sheet.
///
/// # Errors
/// A comment, string or block that does not end, or a block that ends without having begun: `.a { color: red` is refused.
pub fn minify(css: &str) -> Result<String> {
    let mut sheet = Sheet::default();
    let mut rest = css;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => comment(rest)?,
            '"' | '\'' => sheet.verbatim(rest, string(rest, first)?),
            '\\' => sheet.verbatim(rest, 1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
            _ if first.is_ascii_whitespace() => sheet.space(first),
            _ => sheet.symbol(first)?,
        };
        if first == '/' && length > 1 {
            sheet.space_pending = true;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    if sheet.depth > 0 {
        return Err(Unbalanced(format!("expected `}}` for each `{{`, found {} fewer", sheet.depth)));
    }
    Ok(sheet.css)
}

/// What is written so far.
#[derive(Default)]
struct Sheet {
    css: String,
    depth: usize,
    /// Whether a space or a comment was read since.
    space_pending: bool,
    /// How long the sheet was after the last string or escape, whose end is no punctuation: `\,` is a letter.
    literal_end: usize,
}

impl Sheet {
    fn space(&mut self, space: char) -> usize {
        self.space_pending = true;
        space.len_utf8()
    }

    /// Copies `length` bytes of `source` as they are.
    fn verbatim(&mut self, source: &str, length: usize) -> usize {
        self.write_pending_space(' ');
        self.css.push_str(source.get(..length).unwrap_or(source));
        self.literal_end = self.css.len();
        length
    }

    fn symbol(&mut self, symbol: char) -> Result<usize> {
        match symbol {
            '{' => self.depth += 1,
            '}' => match self.depth.checked_sub(1) {
                Some(depth) => self.depth = depth,
                None => return Err(Unbalanced("expected `{` before each `}`, found none".into())),
            },
            _ => {}
        }
        // `;` before `}` says nothing; nor does a second one.
        if symbol == '}' && self.ends_with(&[';']) {
            self.css.pop();
        }
        self.write_pending_space(symbol);
        self.css.push(symbol);
        Ok(symbol.len_utf8())
    }

    /// One space stands for all, and none where `next` or what is before does without: after `:`, but not before it
    /// (`a :hover`), and on neither side of `{`, `}`, `;`, `,` and `>`.
    fn write_pending_space(&mut self, next: char) {
        const ALONE: &[char] = &['{', '}', ';', ',', '>'];
        let needless = self.css.is_empty()
            || self.ends_with(ALONE)
            || self.ends_with(&[':', '('])
            || ALONE.contains(&next)
            || next == ')';
        if self.space_pending && !needless {
            self.css.push(' ');
        }
        self.space_pending = false;
    }

    /// Whether the last symbol is one of these, and is one that CSS reads as such.
    fn ends_with(&self, symbols: &[char]) -> bool {
        self.css.len() > self.literal_end && self.css.ends_with(symbols)
    }
}

/// The length of the comment that `css` begins with.
fn comment(css: &str) -> Result<usize> {
    match css.find("*/") {
        // "/*/" does not end the comment that it begins.
        Some(1) => match css.get(3..).and_then(|rest| rest.find("*/")) {
            Some(end) => Ok(end + 5),
            None => Err(open_comment()),
        },
        Some(end) => Ok(end + 2),
        None => Err(open_comment()),
    }
}

fn open_comment() -> Unbalanced {
    Unbalanced("expected `*/` for each `/*`, found none".into())
}

/// The length of the string that `css` begins with.
fn string(css: &str, quote: char) -> Result<usize> {
    let mut escaped = false;
    for (at, char) in css.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => break,
            _ if char == quote => return Ok(at + char.len_utf8()),
            _ => {}
        }
    }
    let line = css.lines().next().unwrap_or_default();
    Err(Unbalanced(format!("expected the string {line} to end with {quote} on its line")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(css: &str, expected: &str) {
        assert_eq!(minify(css).unwrap(), expected);
        assert_eq!(minify(expected).unwrap(), expected, "a second time");
    }

    #[test]
    fn spaces_and_comments_go() {
        check(
            "/* a */ .a {\n  color: red;\n  margin: 0 1px;\n}\n\n.b > .c, .d {}\n",
            ".a{color:red;margin:0 1px}.b>.c,.d{}",
        );
        check("a/* b */b", "a b");
        check("/*/ a */b{}", "b{}");
        check("@media ( width > 30rem ) { a { b: c } }", "@media (width>30rem){a{b:c}}");
    }

    #[test]
    fn what_has_a_meaning_stays() {
        check("a :hover{}", "a :hover{}");
        check("a:is(b, c) .d{}", "a:is(b,c) .d{}");
        check("a{width:calc(1px + 2px - (3px))}", "a{width:calc(1px + 2px - (3px))}");
        check(
            "a{color:#222222;color:light-dark(#222222,#eee)}",
            "a{color:#222222;color:light-dark(#222222,#eee)}",
        );
        check(
            "a::details-content{interpolate-size:allow-keywords}",
            "a::details-content{interpolate-size:allow-keywords}",
        );
        check("@supports not (a:b){}", "@supports not (a:b){}");
        check("a{& b{c:d}@container x (width>1px){e:f}}", "a{& b{c:d}@container x (width>1px){e:f}}");
    }

    #[test]
    fn strings_and_escapes_are_left_alone() {
        check(r#"a{content:"/* {  } \" */" / ""}"#, r#"a{content:"/* {  } \" */" / ""}"#);
        check(
            r"a{b:url(data:image/svg+xml,%3Csvg/%3E)}.\31\:x{}",
            r"a{b:url(data:image/svg+xml,%3Csvg/%3E)}.\31\:x{}",
        );
        check(r".a\, .b\: .c{}", r".a\, .b\: .c{}");
    }

    #[test]
    fn a_sheet_that_does_not_end_is_refused() {
        for css in [".a{", "}", "/* a", "/*/", "a{b:\"c\n}", "'"] {
            assert!(minify(css).is_err(), "{css:?}");
        }
    }
}
