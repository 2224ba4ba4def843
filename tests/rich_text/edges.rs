//! What no case and no attack shows: limits, and the edges of rules.

use super::*;
use review_card::model::Body;
use review_card::rich_text::{left_out, parsed};

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(to_html(&parse(html, BASE)), expected, "{html}");
    check_safe(html, BASE);
}

#[test]
fn values_of_attributes_have_limits() {
    let attribute = |tag: &str, kept: &str, dropped: &str| {
        check(&format!("<{tag} {kept}>a</{tag}>"), &format!("<p><{tag} {kept}>a</{tag}></p>"));
        check(&format!("<{tag} {dropped}>a</{tag}>"), &format!("<p><{tag}>a</{tag}></p>"));
    };
    let long = |name: &str, length: usize| format!("{name}=\"{}\"", "1".repeat(length));
    attribute("em", &long("lang", 35), &long("lang", 36));
    attribute("time", &long("datetime", 40), &long("datetime", 41));
    attribute("em", "lang=\"en-GB\"", "lang=\"en_GB\"");
    let cell = |span: &str| format!("<table><tbody><tr><td{span}>a</td></tr></tbody></table>");
    for span in [" colspan=\"1\"", " rowspan=\"1000\""] {
        check(&cell(span), &cell(span));
    }
    for span in [" colspan=\"0\"", " rowspan=\"1001\"", " colspan=\"\"", " colspan=\"1.5\""] {
        check(&cell(span), &cell(""));
    }
    let list = |start: &str| format!("<ol{start}><li>a</li></ol>");
    for start in [" start=\"0\"", " start=\"1000000\"", " start=\"9999999\""] {
        check(&list(start), &list(start));
    }
    for start in [" start=\"10000000\"", " start=\"20000000\"", " start=\"-1\""] {
        check(&list(start), &list(""));
    }
}

#[test]
fn the_same_frame_twice_is_one_link() {
    let frame = |number: usize| format!("<iframe src=\"https://a.example/{number}\"></iframe>");
    let links = |html: &str| to_html(&parse(html, BASE)).matches("<a ").count();
    assert_eq!(links(&[frame(1), frame(1), frame(2), frame(1)].concat()), 2);
    // As many as are compared.
    let all: String = (0..65).map(frame).collect();
    assert_eq!(links(&[all.as_str(), &all].concat()), 66);
}

#[test]
fn the_title_of_a_frame_is_only_words() {
    check(
        "<iframe src=https://a.example/ title='[spoiler]b[/spoiler]'></iframe>",
        "<p><a href=\"https://a.example/\" rel=\"noopener\">[spoiler]b[/spoiler]</a></p>",
    );
}

#[test]
fn html_that_was_escaped_as_a_whole_is_html() {
    let good = "<p>Good.</p>";
    check("&lt;p&gt;Good.&lt;/p&gt;", good);
    check("&amp;lt;p&amp;gt;Good.&amp;lt;/p&amp;gt;", good);
    check("&lt;p&gt;Good.", good);
    check("One&lt;br&gt;two", "<p>One<br>two</p>");
    check("&lt;b&gt;Good.&lt;/b&gt;", "<p><b>Good.</b></p>");
    check("&lt;p&gt;&amp;lt;b&amp;gt;&lt;/p&gt;", "<p>&lt;b&gt;</p>");
    check("1 < 2 &lt;p&gt;Good.&lt;/p&gt;", "<p>1 &lt; 2 </p><p>Good.</p>");
    // With a tag of its own, or without one once it is decoded, it is what it says.
    let words = "<p>&lt;b&gt;Good.&lt;/b&gt;</p>";
    check("<p>&lt;b&gt;Good.&lt;/b&gt;", words);
    check("&lt;b&gt;Good.&lt;/b&gt;</i>", words);
    check("<!-- a -->&lt;b&gt;Good.&lt;/b&gt;", words);
    check("1 &lt; 2, a &lt;b&gt;", "<p>1 &lt; 2, a &lt;b&gt;</p>");
}

#[test]
fn gaps_between_words_are_as_wide_as_the_widest() {
    for (html, expected) in [
        ("One<br> two", "One\ntwo"),
        ("One <br>two", "One\ntwo"),
        ("<p>One</p><br> two", "One\n\ntwo"),
        ("<p>One</p>two<br>three", "One\n\ntwo\nthree"),
        ("<br>One<p>two<br/>three<br />four</p>", "One\n\ntwo\nthree\nfour"),
    ] {
        assert_eq!(plain_text(html), expected, "{html}");
    }
}

#[test]
fn what_is_parsed_is_not_parsed_again() {
    let nodes = parse("<p>A", None);
    let safe = Body::Safe { html: "<p>B".to_owned(), nodes: nodes.clone() };
    assert_eq!(parsed(&safe), nodes);
    assert!(parsed(&Body::Html { html: "<p>B".to_owned(), base: None }).is_empty());
}

#[test]
fn what_is_left_out_has_a_name() {
    assert_eq!(left_out("<p>[vc_row]A[/vc_row]</p>"), ["the brackets of shortcodes that were not run"]);
    assert!(left_out("<p>A [sic]</p>").is_empty());
}

#[test]
fn misnested_tags_are_closed_and_opened_again() {
    check("<b>1<p>2</b>3</p>", "<p><b>1</b></p><p><b>2</b>3</p>");
    check(
        "<i>1<div>2<div>3</i>4</div>5</div>",
        "<p><i>1</i></p><div><i>2</i></div><div><i>3</i>4</div><div>5</div>",
    );
    check("<p>1<b>2<i>3</b>4</i>5</p>", "<p>1<b>2<i>3</i></b><i>4</i>5</p>");
    check(
        "<table><b><tr><td>1</td></tr>2</b></table>3",
        "<p><b>2</b></p><table><tbody><tr><td>1</td></tr></tbody></table><p>3</p>",
    );
}

#[test]
fn space_between_inlines_stays() {
    check("<p>1&nbsp;2</p>", "<p>1&nbsp;2</p>");
    check("<p><b><i>1</i> <i>2</i></b> <u>3</u></p>", "<p><b><i>1</i> <i>2</i></b> <u>3</u></p>");
}

#[test]
fn strays_in_a_list_join_only_an_item() {
    check("<dl><dt>1</dt>2</dl>", "<dl><dt>1</dt><dd>2</dd></dl>");
    check("<dl><dd>1</dd>2</dl>", "<dl><dd>12</dd></dl>");
    check("<ul>1<li>2</li>3<b>4</b></ul>", "<ul><li>1</li><li>23<b>4</b></li></ul>");
    assert_eq!(
        parse("<ul><li></li></ul>", None),
        [Node::Element(Element {
            tag: "ul",
            attributes: Vec::new(),
            children: vec![Node::Element(Element {
                tag: "li",
                attributes: Vec::new(),
                children: Vec::new()
            })],
        })]
    );
}

#[test]
fn a_spoiler_ends_with_what_contains_it() {
    let cover = |words: &str| format!("<details class=\"spoiler\"><summary></summary>{words}</details>");
    check(
        "<blockquote>[spoiler]1</blockquote><p>2[/spoiler]</p>",
        &["<blockquote>", &cover("1"), "</blockquote><p>2[/spoiler]</p>"].concat(),
    );
    check("<p><b>[spoiler]1[/spoiler]</b> 2</p>", &["<div>", &cover("<b>1</b>"), " 2</div>"].concat());
    check(
        "<ul><li>[spoiler]1[/spoiler]</li>[spoiler]2[/spoiler]</ul>",
        &["<ul><li>", &cover("1"), "</li></ul>", &cover("<ul><li>2</li></ul>")].concat(),
    );
    check(
        "<figure>[spoiler]1[/spoiler]<figcaption>2</figcaption></figure>",
        &[&cover("<figure>1</figure>"), "<figure><figcaption>2</figcaption></figure>"].concat(),
    );
    let nested = |depth: usize| ["[spoiler]".repeat(depth), "1".into(), "[/spoiler]".repeat(depth)].concat();
    for (depth, expected) in [(7, 7), (8, 8), (9, 8)] {
        assert_eq!(to_html(&parse(&nested(depth), BASE)).matches("<details ").count(), expected);
    }
}

#[test]
fn brackets_beside_a_spoiler_are_words() {
    let covered = |before: &str, words: &str, after: &str| {
        format!("<div>{before}<details class=\"spoiler\"><summary></summary>{words}</details>{after}</div>")
    };
    check("<p>1 [sic] [spoiler]2[/spoiler]</p>", &covered("1 [sic] ", "2", ""));
    check("<p>[spoiler]1[/spoiler] [spoiler 2</p>", &covered("", "1", " [spoiler 2"));
    check(
        "<code><kbd>[spoiler]1[/spoiler]</kbd></code>",
        "<p><code><kbd>[spoiler]1[/spoiler]</kbd></code></p>",
    );
}

#[test]
fn what_is_left_out_parts_words() {
    check("1<div class=sharedaddy>2</div>3", "<p>1\n3</p>");
    check("1<div class=sharedaddy>2</div><div class=sharedaddy>3</div>4", "<p>1\n4</p>");
}

#[test]
fn space_in_code_is_kept() {
    check("<pre>  <b>1</b>\n</pre>", "<pre>  <b>1</b>\n</pre>");
    check("<pre>  <b> </b></pre>", "<pre>  <b> </b></pre>");
}

#[test]
fn as_deep_as_the_limit() {
    let nested = |open: &str| to_html(&parse(&[open.repeat(200).as_str(), "1"].concat(), BASE));
    // Around them all, there is the document and a paragraph.
    assert_eq!(nested("<blockquote>").matches("<blockquote>").count(), MAX_DEPTH - 2);
    // A table that has no room for its cells is left out.
    let tables = nested("<table><tr><td>");
    assert_eq!((tables.matches("<table>").count(), tables.matches("<td>").count()), (31, 31));
    for (depth, expected) in [(121, 1), (122, 1), (123, 0), (124, 0)] {
        let html = ["<blockquote>".repeat(depth).as_str(), "<table><tr><td>1"].concat();
        assert_eq!(to_html(&parse(&html, BASE)).matches("<table>").count(), expected, "{depth}");
    }
}

#[test]
fn inlines_are_copied_into_blocks_up_to_the_limit() {
    let href = ["/", &"a".repeat(7_999)].concat();
    let html = ["<a href=\"", &href, "\">", &"<p>1</p>".repeat(2_000), "</a>"].concat();
    let blocks = parse(&html, None);
    let is_linked = |block: &&Node| to_html(std::slice::from_ref(*block)).contains("<a ");
    // Each copy takes 64 bytes besides its values; the last has to fit with something left.
    let expected = (4 * MAX_HTML - 1) / (64 + href.len());
    assert_eq!((blocks.len(), blocks.iter().filter(is_linked).count()), (2_000, expected));
}
