//! Protects plain cards from WordPress.
//!
//! [`wpautop`](https://developer.wordpress.org/reference/functions/wpautop/) turns what looks like lines into
//! paragraphs. It recognizes blocks by patterns, without parsing. It begins or ends a paragraph in the wrong place
//! where text or pictures are beside a block in one element, where a quotation begins with text, at two consecutive
//! `<br>`, and at a tag inside an attribute. The defence: its patterns only match lower-case names, and HTML treats
//! `<DIV>` and `<div>` alike. So the elements in such places, and every `<br>`, are written in upper case.

/// The names that its patterns match as blocks.
const BLOCKS: [&str; 42] = [
    "table",
    "thead",
    "tfoot",
    "caption",
    "col",
    "colgroup",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "map",
    "area",
    "blockquote",
    "address",
    "math",
    "style",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "section",
    "article",
    "header",
    "nav",
    "figure",
    "figcaption",
    "details",
    "menu",
    "summary",
];
/// Elements without an end tag.
const VOID: [&str; 5] = ["img", "br", "hr", "wbr", "link"];

/// Returns HTML that `wpautop` leaves unchanged. The input is Yew's output: every element is closed, attributes are in
/// double quotes, and `<` in text is escaped.
pub(super) fn guarded(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let roots = parse(html);
    for root in &roots {
        root.write(false, &mut out);
    }
    out
}

/// A node of the HTML.
enum Node<'a> {
    Text(&'a str),
    Element { name: &'a str, attributes: &'a str, children: Vec<Node<'a>> },
}

impl Node<'_> {
    fn write(&self, capitals: bool, out: &mut String) {
        let (name, attributes, children) = match self {
            Node::Text(text) => return out.push_str(text),
            Node::Element { name, attributes, children } => (*name, *attributes, children),
        };
        let capital = name == "br" || capitals && BLOCKS.contains(&name);
        let name = if capital { name.to_ascii_uppercase() } else { name.to_owned() };
        out.extend(["<", &name]);
        // In attributes, `<` and `>` only occur inside quoted values.
        out.push_str(&attributes.replace('<', "&lt;").replace('>', "&gt;"));
        out.push('>');
        let capitals = capitals || is_misread(children);
        children.iter().for_each(|child| child.write(capitals, out));
        if !VOID.iter().any(|void| void.eq_ignore_ascii_case(&name)) {
            out.extend(["</", &name, ">"]);
        }
    }

    fn is_block(&self) -> bool {
        matches!(self, Node::Element { name, .. } if BLOCKS.contains(name))
    }

    /// Returns whether this is a quotation that begins with text, or with something that `wpautop` takes for text.
    fn is_words_in_quotation(&self) -> bool {
        let Node::Element { name: "blockquote", children, .. } = self else { return false };
        children.first().is_some_and(|first| !first.is_block()) || is_misread(children)
    }

    fn has_block(&self) -> bool {
        match self {
            Node::Text(_) => false,
            Node::Element { children, .. } => {
                children.iter().any(|child| child.is_block() || child.has_block())
            }
        }
    }
}

/// Returns whether `wpautop` would make paragraphs of the children of one element.
fn is_misread(children: &[Node]) -> bool {
    let mixed = children.iter().any(Node::is_block) && !children.iter().all(Node::is_block);
    mixed
        || children
            .iter()
            .any(|child| child.is_words_in_quotation() || !child.is_block() && child.has_block())
}

fn parse(html: &str) -> Vec<Node<'_>> {
    let mut open: Vec<(&str, &str, Vec<Node>)> = vec![("", "", Vec::new())];
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        let end = tag_end(after);
        let tag = after.get(..end).unwrap_or(after);
        rest = after.get(end + 1..).unwrap_or_default();
        let add = |open: &mut Vec<(_, _, Vec<_>)>, node| {
            if let Some((_, _, children)) = open.last_mut() {
                children.push(node);
            }
        };
        if !text.is_empty() {
            add(&mut open, Node::Text(text));
        }
        if tag.starts_with('/') {
            if open.len() > 1
                && let Some((name, attributes, children)) = open.pop()
            {
                add(&mut open, Node::Element { name, attributes, children });
            }
            continue;
        }
        let (name, attributes) = tag.split_at(tag.find(' ').unwrap_or(tag.len()));
        if VOID.contains(&name) {
            add(&mut open, Node::Element { name, attributes, children: Vec::new() });
        } else {
            open.push((name, attributes, Vec::new()));
        }
    }
    open.into_iter().next().map(|(_, _, roots)| roots).unwrap_or_default()
}

/// Returns where a tag ends whose `<` has been read: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })
    .unwrap_or(tag.len())
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(guarded(html), expected);
    }

    #[test]
    fn what_is_read_right_stays() {
        for html in [
            "<div><p>a <b>b</b></p><ul><li>c</li></ul></div>",
            "<figure><img alt=\"\"></figure>",
            "<blockquote><p>a</p></blockquote>",
        ] {
            check(html, html);
        }
    }

    #[test]
    fn what_is_misread_is_in_capitals() {
        check(
            "<div><img alt=\"\"><div><p>a</p></div></div><p>b</p>",
            "<div><img alt=\"\"><DIV><P>a</P></DIV></div><p>b</p>",
        );
        check("<ul><li>a<p dir=\"auto\">b</p></li></ul>", "<ul><li>a<P dir=\"auto\">b</P></li></ul>");
        check("<div><blockquote>a</blockquote></div>", "<div><BLOCKQUOTE>a</BLOCKQUOTE></div>");
        check("<div><a><hr></a></div>", "<div><a><HR></a></div>");
        check("<p>a<br>b</p>", "<p>a<BR>b</p>");
    }

    #[test]
    fn attributes_hold_no_tags() {
        check("<p><img alt=\"<div> a > b\"></p>", "<p><img alt=\"&lt;div&gt; a &gt; b\"></p>");
    }
}
