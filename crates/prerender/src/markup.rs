//! Text in HTML that is written by hand, and HTML that other programs pass on.
//!
//! The attack: an author's text that ends an attribute or begins a tag. The defence: [`escape`], around every text
//! that the files beside this one write; the card itself is Yew's, which escapes likewise.
//!
//! And a second one: the HTML is pasted where a program looks for orders in it, and the author's text has some. Markdown ends
//! HTML at a blank line; Nunjucks, Liquid and Hugo do what stands in `{{ … }}` and `{% … %}`; WordPress does what stands
//! in `[gallery]`. The defence: [`inert`], around every card, and [`inert_json`], around its data. The gap that remains: other
//! languages of templates have other marks.

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
    inert(&out)
}

/// ` name="value"`, or nothing where there is none.
pub(super) fn attribute(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| format!(" {name}=\"{}\"", escape(value)))
}

/// The same HTML, in which nothing is an order to Markdown, WordPress or a language of templates: as character references,
/// line breaks and the signs that orders begin with are the same text to a browser. Not for HTML with `<script>` or `<style>`,
/// which know no references.
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
                // A browser drops the first line break in `<pre>`, as a reference too.
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

/// The same JSON, in which nothing is an order to WordPress or a language of templates.
pub(super) fn inert_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut chars = json.chars().peekable();
    let (mut is_text, mut is_escaped) = (false, false);
    while let Some(c) = chars.next() {
        is_text ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        // Outside of text, a digit after a bracket is a number.
        if is_text && begins_order(c, chars.peek()) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// `{{`, `{%`, `{#` and `[word`, `[/word`, `[2cols`, `[_x`: the name of a shortcode may begin with a digit or `_`. `[1]` is no
/// order by itself, but one where somebody has made it so.
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
