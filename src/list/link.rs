//! Parses the header [`Link`](https://www.rfc-editor.org/rfc/rfc8288#section-3), in which WordPress and others name the
//! next page.
//!
//! Accepts `<address>; rel="next"` with any other parameters, among any number of links. Each character is examined a
//! fixed number of times, so that a header of hundreds of kilobytes takes linear time.

/// Returns the address of the first link whose `rel` contains the word `next`.
///
/// ```
/// use review_card::list::link::next;
/// assert_eq!(next(r#"</1>; rel="prev", </3>; rel="next""#), Some("/3"));
/// assert_eq!(next("</3>; rel=last"), None);
/// ```
pub fn next(header: &str) -> Option<&str> {
    let mut rest = header;
    loop {
        let (_, link) = rest.split_once('<')?;
        let (address, after) = link.split_once('>')?;
        let (parameters, others) = split(after, ',');
        if is_next(parameters) {
            return Some(address.trim());
        }
        rest = others;
    }
}

/// Returns whether the first `rel` contains `next`. Later ones are ignored.
fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    while !rest.is_empty() {
        let (parameter, others) = split(rest, ';');
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if name.trim().eq_ignore_ascii_case("rel") {
            let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
            return words.any(|word| word.eq_ignore_ascii_case("next"));
        }
        rest = others;
    }
    false
}

/// Splits the text at the first `separator` outside of quotes. Without one, the first part is the whole text.
fn split(text: &str, separator: char) -> (&str, &str) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_separator = |c: char| {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = is_quoted;
        } else if c == '"' {
            is_quoted = !is_quoted;
        } else {
            return c == separator && !is_quoted;
        }
        false
    };
    text.split_once(is_separator).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[track_caller]
    fn check(header: &str, expected: impl Into<Option<&'static str>>) {
        assert_eq!(next(header), expected.into(), "{header}");
    }

    #[test]
    fn headers() {
        check("", None);
        check("</2>; rel=next", "/2");
        check("< /2 >;rel=\"next\"", "/2");
        check("</2>;REL = NEXT", "/2");
        check("</1>; rel=prev,</3>; rel=next", "/3");
        check("</2>; title=\"a, b; rel=prev\"; rel=\"last next\"", "/2");
        check("</2>; title=\"a \\\" b\"; rel=next", "/2");
        check("</a,b>; rel=next", "/a,b");
        check("</1>; rel=next-archive", None);
        check("</1>; rel=last; rel=next", None);
        check("</1>; title=\"; rel=next", None);
        check("</1, rel=next", None);
        check("rel=next", None);
        check("</1>, </2>; rel=next", "/2");
    }

    /// These inputs took a regular expression seconds: they begin like a link or a parameter again and again.
    #[test]
    fn a_long_header_is_read_once() {
        for part in ["<", "<>", "<a>;", "<a>;\"", "<a>; rel=\"", "<a>,", ">", "\\", "<a>;\"\\"] {
            check(&part.repeat(1_000_000), None);
        }
        let long = "</1>; rel=prev, ".repeat(100_000) + "</2>; rel=next";
        assert_eq!(next(&long), Some("/2"));
    }
}
