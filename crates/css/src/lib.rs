//! Removes comments and unneeded white space from style sheets. `cargo xtask dist` and the command share this code, so
//! that the style sheets in `dist/` and in static HTML are identical, with the same CSP hash.
//!
//! Nothing else is changed, neither order nor values. A minifier that understands CSS (lightningcss was tried) drops an
//! earlier declaration of a property if a later one overrides it, as in `color: #222; color: light-dark(#222, #eee)`.
//! Browsers without `light-dark()` need the earlier one. After Brotli the difference is a few bytes.

use std::fmt;

/// A style sheet with an unclosed or unopened block, string or comment.
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
/// Returns an error if a comment, string or block is not closed, or a block is closed without having been opened:
/// `.a { color: red` is rejected.
///
/// ```
/// use review_card_css::{Unbalanced, minify};
///
/// assert_eq!(minify(".a {\n  color: red;\n}\n")?, ".a{color:red}");
/// let error: Unbalanced = minify(".a { color: red").unwrap_err();
/// # Ok::<(), Unbalanced>(())
/// ```
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

/// The output so far.
#[derive(Default)]
struct Sheet {
    css: String,
    depth: usize,
    /// Whether white space or a comment has been read since the last output.
    space_pending: bool,
    /// The output's length after the last string or escape. What ends there is not punctuation: `\,` is a letter.
    literal_end: usize,
}

impl Sheet {
    fn space(&mut self, space: char) -> usize {
        self.space_pending = true;
        space.len_utf8()
    }

    /// Copies `length` bytes of `source` unchanged.
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
        // A `;` before `}` or before another `;` is redundant.
        if symbol == '}' && self.ends_with(&[';']) {
            self.css.pop();
        }
        self.write_pending_space(symbol);
        self.css.push(symbol);
        Ok(symbol.len_utf8())
    }

    /// Writes one space for any amount of white space, or none where CSS does not need it: after `:` but not before it
    /// (`a :hover`), and on both sides of `{`, `}`, `;`, `,` and `>`.
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

    /// Returns whether the output ends in one of these symbols as punctuation, not as part of a string or escape.
    fn ends_with(&self, symbols: &[char]) -> bool {
        self.css.len() > self.literal_end && self.css.ends_with(symbols)
    }
}

/// Returns the length of the comment at the start of `css`.
fn comment(css: &str) -> Result<usize> {
    match css.find("*/") {
        // In "/*/" the slash does not close the comment.
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

/// Returns the length of the string at the start of `css`.
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
