//! Text and lines in HTML that is written by hand.
//!
//! The attack: an author's text that ends an attribute or begins a tag. The defence: [`escape`], around every text
//! that the files beside this one write; the card itself is Yew's, which escapes likewise.

/// Text as it stands in an element or in an attribute between double quotes, on one line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    on_one_line(&out)
}

/// ` name="value"`, or nothing where there is none.
pub(super) fn attribute(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| format!(" {name}=\"{}\"", escape(value)))
}

/// The same HTML without line breaks: as character references they are the same text to a browser, and no blank
/// lines to Markdown, no paragraphs to WordPress. Not for HTML with `<script>` or `<style>`, which know no references.
pub(super) fn on_one_line(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((line, after)) = rest.split_once(['\n', '\r']) {
        out.push_str(line);
        let was_return = rest.as_bytes().get(line.len()) == Some(&b'\r');
        rest = if was_return { after.strip_prefix('\n').unwrap_or(after) } else { after };
        out.push_str("&#10;");
        // A browser drops the first line break in `<pre>`, as a reference too.
        if line.rsplit_once('<').is_some_and(|(_, tag)| tag.starts_with("pre") && tag.ends_with('>')) {
            out.push_str("&#10;");
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{escape, on_one_line};

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a href=\"x\">&\n"), "&lt;a href=&quot;x&quot;&gt;&amp;&#10;");
    }

    #[test]
    fn line_breaks_are_references() {
        assert_eq!(on_one_line("a\n\nb\r\nc\rd"), "a&#10;&#10;b&#10;c&#10;d");
        assert_eq!(on_one_line("<pre>\n  a\n</pre>"), "<pre>&#10;&#10;  a&#10;</pre>");
    }
}
