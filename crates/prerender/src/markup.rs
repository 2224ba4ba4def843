//! Text in hand-written HTML, and HTML that other programs process.
//!
//! The attack: an author's text ends an attribute or begins a tag. The defence: [`escape`], around every text in the
//! HTML of this crate; Yew writes the card itself, and escapes in the same way.
//!
//! A second attack: the HTML is pasted into a file in which a program executes commands, and the author's text contains
//! some. Markdown ends HTML at a blank line; Nunjucks, Liquid and Hugo execute `{{ … }}` and `{% … %}`; WordPress
//! executes `[gallery]`. The defence: [`inert`], around every card, and [`inert_json`], around its data. The gap that
//! remains: other template languages have other delimiters.

/// Escapes text for an element or a double-quoted attribute, on one line.
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
    inert(&out)
}

/// Returns ` name="value"`, or nothing if there is no value.
pub(super) fn attribute(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| format!(" {name}=\"{}\"", escape(value)))
}

/// Replaces everything in the HTML that Markdown, WordPress or a template language would execute. Line breaks and
/// delimiters become character references, which browsers show as the same text. Not for HTML with `<script>` or
/// `<style>`, in which references are not decoded.
pub(super) fn inert(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut chars = html.chars().peekable();
    // Where the last tag begins.
    let mut tag = 0;
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\r' => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                // Browsers drop the first line break in `<pre>`, even if it is a reference.
                let first = out.ends_with('>') && out.get(tag..).is_some_and(|tag| tag.starts_with("<pre"));
                out.push_str(if first { "&#10;&#10;" } else { "&#10;" });
            }
            c if begins_order(c, chars.peek()) => out.extend(["&#", &u32::from(c).to_string(), ";"]),
            c => {
                if c == '<' {
                    tag = out.len();
                }
                out.push(c);
            }
        }
    }
    out
}

/// Escapes everything in the JSON that WordPress or a template language would execute. The data stay the same.
///
/// ```
/// use review_card_prerender::inert_json;
/// assert_eq!(inert_json(r#"["see [gallery]"]"#), r#"["see \u005bgallery]"]"#);
/// ```
pub fn inert_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut chars = json.chars().peekable();
    let (mut is_text, mut is_escaped) = (false, false);
    while let Some(c) = chars.next() {
        is_text ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        // Outside of strings, a digit after a bracket is a number.
        if is_text && begins_order(c, chars.peek()) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns whether `c` begins `{{`, `{%`, `{#`, or a shortcode such as `[word`, `[/word`, `[2cols`, `[_x`. Some plugin may have
/// made even `[1]` a shortcode.
fn begins_order(c: char, next: Option<&char>) -> bool {
    match c {
        '{' => matches!(next, Some('{' | '%' | '#')),
        '[' => next.is_some_and(|next| matches!(next, '/' | '_' | '-') || next.is_alphanumeric()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{escape, inert, inert_json};

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a href=\"x\">&\n"), "&lt;a href=&quot;x&quot;&gt;&amp;&#10;");
    }

    #[test]
    fn line_breaks_are_references() {
        assert_eq!(inert("a\n\nb\r\nc\rd"), "a&#10;&#10;b&#10;c&#10;d");
        assert_eq!(inert("<pre>\n  a\n</pre>"), "<pre>&#10;&#10;  a&#10;</pre>");
    }

    #[test]
    fn orders_are_text() {
        assert_eq!(
            inert("{{ x }} {% x %} {# x #} { x } [gallery ids=1] [/caption] [1] [ ]"),
            "&#123;{ x }} &#123;% x %} &#123;# x #} { x } &#91;gallery ids=1] &#91;/caption] &#91;1] [ ]"
        );
        assert_eq!(inert("[2cols] [_x] [[_x] […]"), "&#91;2cols] &#91;_x] [&#91;_x] […]");
        assert_eq!(inert("{{{"), "&#123;&#123;{");
        let json = r#"{"a":["{{ x }}","\"[x] \\","[1]",{"b":[1,[]]}]}"#;
        let inert = inert_json(json);
        assert_eq!(inert, r#"{"a":["\u007b{ x }}","\"\u005bx] \\","\u005b1]",{"b":[1,[]]}]}"#);
        let parsed = |json: &str| review_card::json::parse(json.as_bytes()).unwrap();
        assert_eq!(parsed(&inert), parsed(json));
    }
}
