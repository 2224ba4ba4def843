//! The rich text: cases as data, other people's attacks, and properties.
//!
//! Cases stand in `tests/cases/rich_text/`, one file a behaviour: the author's HTML, a line `---`, the safe tree written as HTML. They
//! are read with the base of [`BASE`], here and in browsers. `REVIEW_CARD_BLESS=1` writes the expected halves anew: read the diff.
//! Other people's data is read in place (`tests/corpora`).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod corpora;
#[path = "rich_text/edges.rs"]
mod edges;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use corpora::{addresses, attacks, corpora, lines, naughty_strings, url_tests};
use proptest::prelude::{any, prop, proptest};
use proptest::test_runner::Config;
use review_card::rich_text::url::{Use, resolve};
use review_card::rich_text::{Element, MAX_DEPTH, MAX_HTML, MAX_NODES, Node, parse, plain_text, to_html};

const BASE: Option<&str> = Some("https://blog.example/reviews/one");

/// Tags with the attributes that may be on them beside `lang` and `dir`; written again here, apart from the table that is tested.
const ALLOWED: &str = "p h1 h2 h3 h4 h5 h6 ul ol[start,reversed,type] li[value] dl dt dd blockquote[cite] q[cite] pre code kbd samp \
    var table caption thead tbody tfoot tr th[scope,colspan,rowspan] td[colspan,rowspan] figure figcaption \
    img[src,alt,width,height,loading,decoding] details[class] summary a[href,hreflang,title,rel] em strong b i u s small mark \
    del[cite,datetime] ins[cite,datetime] sub sup ruby rt rp abbr[title] dfn cite time[datetime] bdi bdo br hr wbr span div";

// ---- what is safe

/// Panics with the place where a tree holds what it must not. Returns the text.
#[track_caller]
fn check_safe(html: &str, base: Option<&str>) -> String {
    let tree = parse(html, base);
    let mut text = String::new();
    tree.iter().for_each(|node| check_node(node, "", html, &mut text));
    text
}

#[track_caller]
fn check_node(node: &Node, parent: &str, html: &str, words: &mut String) {
    let element = match node {
        Node::Text(text) => return words.push_str(text),
        Node::Element(element) => element,
    };
    let row = ALLOWED.split_whitespace().find(|row| row.split('[').next() == Some(element.tag));
    let row = row.unwrap_or_else(|| panic!("<{}> from {html:?}", element.tag));
    for (name, value) in &element.attributes {
        let listed =
            row.split(['[', ',', ']']).skip(1).any(|known| known == *name) || matches!(*name, "lang" | "dir");
        assert!(listed, "{name} on <{}> from {html:?}", element.tag);
        match *name {
            "href" | "cite" => check_url(value, &["http", "https", "mailto", "tel"], html),
            "src" if value.get(..5).is_some_and(|head| head.eq_ignore_ascii_case("data:")) => {
                assert!(
                    value.get(5..11).is_some_and(|head| head.eq_ignore_ascii_case("image/")),
                    "{value:?} from {html:?}"
                );
                assert!(!value.to_ascii_lowercase().contains("svg"), "{value:?} from {html:?}");
            }
            "src" => check_url(value, &["http", "https"], html),
            "class" => assert_eq!(value, "spoiler", "from {html:?}"),
            _ => {}
        }
    }
    assert!(nests(element, parent), "<{}> in <{parent}> from {html:?}", element.tag);
    element.children.iter().for_each(|child| check_node(child, element.tag, html, words));
}

/// `url`, the judge, sees nothing but a scheme on the list, whatever the page's own address is.
#[track_caller]
fn check_url(value: &str, schemes: &[&str], html: &str) {
    let page = url::Url::parse("https://page.example/").expect("an address");
    if let Ok(url) = page.join(value) {
        assert!(schemes.contains(&url.scheme()), "{value:?} from {html:?}");
        assert!(url.username().is_empty() && url.password().is_none(), "{value:?} from {html:?}");
    }
}

fn nests(element: &Element, parent: &str) -> bool {
    let blocks = "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table figure details div hr";
    let holds_blocks = "li dt dd td th caption figure figcaption blockquote details div";
    match element.tag {
        "li" => matches!(parent, "ul" | "ol"),
        "dt" | "dd" => parent == "dl",
        "td" | "th" => parent == "tr",
        "tr" => matches!(parent, "tbody" | "thead" | "tfoot"),
        "tbody" | "thead" | "tfoot" | "caption" => parent == "table",
        "figcaption" => parent == "figure",
        "summary" => parent == "details",
        "rt" | "rp" => parent == "ruby",
        tag if blocks.split(' ').any(|block| block == tag) => {
            parent.is_empty() || holds_blocks.split(' ').any(|tag| tag == parent)
        }
        _ => !matches!(parent, "" | "ul" | "ol" | "dl" | "table" | "tbody" | "thead" | "tfoot" | "tr"),
    }
}

/// Written out and parsed again, it is the same tree; where a spoiler's mark was left over as text, it has the same words.
#[track_caller]
fn check_stable(html: &str) {
    let written = to_html(&parse(html, BASE));
    let again = to_html(&parse(&written, BASE));
    if written.contains("[spoiler") || written.contains("[/spoiler") {
        let words = |html: &str| {
            let marks = ["[spoiler]", "[spoiler=L]", "[/spoiler]"];
            marks
                .iter()
                .fold(plain_text(html), |text, mark| text.replace(mark, ""))
                .split_whitespace()
                .collect::<String>()
        };
        assert_eq!(words(&again), words(&written), "from {html:?}");
    } else {
        assert_eq!(again, written, "from {html:?}");
    }
}

// ---- cases

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rich_text");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the cases").map(|entry| entry.expect("a case").path()).collect();
    files.sort();
    files
}

#[test]
fn cases() {
    let rewrite = std::env::var_os("REVIEW_CARD_BLESS").is_some();
    let mut failed = Vec::new();
    let files = case_files();
    for file in &files {
        let case = fs::read_to_string(file).expect("a case");
        let (html, expected) = case.split_once("\n---\n").expect("a line --- in the case");
        let found = to_html(&parse(html, BASE));
        check_safe(html, BASE);
        check_stable(html);
        if rewrite {
            fs::write(file, [html, "\n---\n", &found, "\n"].concat()).expect("a case written");
        } else if found != expected.trim_end_matches('\n') {
            failed.push(format!("{}\n  expected {expected}  found    {found}", file.display()));
        }
    }
    println!("{} cases", files.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn words_only() {
    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(plain_text(html), expected);
    }
    check("<p>One\n <b>two</b> </p> <p>three<br>four</p>", "One two\n\nthree\nfour");
    check("<ul><li>a<li>b</ul><script>c</script><h2>d</h2>e", "a\n\nb\n\nd\n\ne");
    check("ab<i>c</i>d &lt;b&gt; <img src=/x alt=no>", "abcd <b>");
    check("", "");
}

#[test]
fn limits_hold() {
    let deep = |open: &str, close: &str| {
        let times = 10_000 / open.matches('<').count().max(1);
        ["x", &open.repeat(times), "y", &close.repeat(times)].concat()
    };
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b>", ""),
        ("<b><p>", ""),
        ("<ul><li>", ""),
        ("<table><tr><td>", ""),
        ("<span class=spoiler>", ""),
        ("[spoiler]", "[/spoiler]"),
        ("<div>[spoiler]", "[/spoiler]</div>"),
        ("<em><div>", ""),
        ("<a href=/x><table><td>", ""),
        ("<details><summary>", ""),
        ("<svg><foreignObject>", ""),
        ("<blockquote>x", ""),
    ] {
        assert!(check_safe(&deep(open, close), BASE).contains('x'), "{open}");
    }
    for piece in
        ["<p>", "</li>", "<b a=", "&", "[spoiler", "[spoiler]x", "<div>[spoiler]", "<!--", "</p>", "<table>"]
    {
        check_safe(&piece.repeat(200_000 / piece.len()), BASE);
    }
    check_safe(&"[spoiler]x".repeat(MAX_HTML), BASE);
    let rules = parse(&"<hr>".repeat(2 * MAX_NODES), None).len();
    assert!(MAX_NODES - 10 < rules && rules <= MAX_NODES, "{rules}");
    assert!(plain_text(&"é".repeat(MAX_HTML)).len() <= MAX_HTML);
}

// ---- other people's data

#[test]
fn attacks_are_harmless() {
    let Some(corpora) = corpora() else { return };
    let mut counts = BTreeMap::new();
    for (folder, payloads) in attacks(&corpora) {
        counts.insert(folder, payloads.len());
        for payload in &payloads {
            check_safe(payload, BASE);
            check_safe(payload, None);
            check_stable(payload);
            let quoted =
                [r#"<p title=""#, payload, r#"">x<img src=""#, payload, r#""><a href=""#, payload, r#"">"#]
                    .concat();
            check_safe(&quoted, BASE);
        }
    }
    println!("{} payloads put through parse: {counts:?}", counts.values().sum::<usize>());
}

#[test]
fn addresses_are_harmless() {
    let references = url_tests();
    let kept = check_addresses(&references);
    println!("{} references put through resolve, {kept} kept as links", references.len());
    assert!(kept > 200, "expected ordinary addresses among the links, found {kept}");
}

#[test]
fn disguised_addresses_are_harmless() {
    let Some(corpora) = corpora() else { return };
    check_addresses(&addresses(&corpora));
}

#[test]
fn naughty_strings_are_harmless() {
    let Some(strings) = naughty_strings() else { return };
    check_addresses(&strings);
    for string in &strings {
        check_safe(string, BASE);
        check_stable(string);
    }
}

/// Returns how many of them are links on a page with an address.
#[track_caller]
fn check_addresses(references: &[String]) -> usize {
    let mut kept = 0;
    for reference in references {
        for base in [BASE, None, Some("http://other.example/a/"), Some("file:///etc/"), Some("nonsense")] {
            let link = resolve(reference, base, Use::Link);
            kept += usize::from(link.is_some() && base == BASE);
            link.inspect(|link| check_url(link, &["http", "https", "mailto", "tel"], reference));
            let image = resolve(reference, base, Use::Image)
                .filter(|image| !image.to_ascii_lowercase().starts_with("data:"));
            image.inspect(|image| check_url(image, &["http", "https"], reference));
        }
    }
    kept
}

#[test]
fn markdown_is_harmless() {
    let Some(corpora) = corpora() else { return };
    let mut examples = lines(&corpora.join("markdown/commonmark"), "expected");
    examples.extend(lines(&corpora.join("markdown/commonmark"), "input"));
    for example in &examples {
        check_safe(example, BASE);
        check_stable(example);
    }
    println!("{} examples of CommonMark", examples.len());
}

#[test]
fn reviews_keep_their_text() {
    let Some(corpora) = corpora() else { return };
    let mut bodies = lines(&corpora.join("reviews/feed-bodies"), "html");
    bodies.extend(lines(&corpora.join("reviews/wordpress-rest"), "html"));
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (mut exact, mut letters) = (0, 0);
    for body in &bodies {
        let text = words(&check_safe(body, BASE));
        check_stable(body);
        letters += text.len();
        // A crude reading of the same body: tags out, nothing decoded. What it has without references, we must have too.
        let crude: String = body
            .split('<')
            .enumerate()
            .filter_map(
                |(at, part)| if at == 0 { Some(part) } else { part.split_once('>').map(|(_, text)| text) },
            )
            .collect();
        exact += usize::from(!body.contains('&') && words(&crude) == text);
        for (tag, kept) in [
            ("<a href=\"http", "<a "),
            ("<li>", "<li>"),
            ("<h2>", "<h2>"),
            ("<h3>", "<h3>"),
            ("<blockquote>", "<blockquote>"),
        ] {
            let count = |html: &str, tag: &str| html.matches(tag).count();
            let written = to_html(&parse(body, BASE));
            assert!(
                count(&written, kept) >= count(body, tag) * 9 / 10,
                "{tag}: {} of {} in {body}",
                count(&written, kept),
                count(body, tag)
            );
        }
    }
    println!(
        "{} bodies, {letters} letters kept; {exact} have exactly the letters of a reading without a parser",
        bodies.len()
    );
}

// ---- properties

const PIECES: [&str; 60] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<em>",
    "</em>",
    "<a href=\"/x\">",
    "</a>",
    "<a href='javascript:x'>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<caption>",
    "<svg>",
    "</svg>",
    "<math><mtext>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<noscript>",
    "<template>",
    "</template>",
    "<h2>",
    "</h2>",
    "<pre>\n",
    "</pre>",
    "<details>",
    "<summary>",
    "</details>",
    "<span class=spoiler>",
    "</span>",
    "<b class=spoiler>",
    "</b>",
    "[spoiler]",
    "[/spoiler]",
    "[spoiler=L]",
    "<iframe src=//y.example>",
    "</iframe>",
    "<img src=/i onerror=x>",
    "<img alt=t>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<ruby>",
    "<rt>",
    "<blockquote>",
    "<figure>",
    "<figcaption>",
    "<hr>",
    "<br>",
    " ",
    "\n",
    "x & y",
    "<object data=/o>",
    "<select><option>",
];

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_is_safe(html in any::<String>()) {
        check_safe(&html, BASE);
        plain_text(&html);
        resolve(&html, BASE, Use::Link);
    }

    #[test]
    fn any_markup_is_safe_and_stable(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        let html = pieces.concat();
        check_safe(&html, BASE);
        check_safe(&html, None);
        check_stable(&html);
    }

    #[test]
    fn any_disguise_of_a_scheme_is_seen(parts in prop::collection::vec(prop::sample::select(&["java", "script", ":", "JAVA", "\t", "\n", "\u{1}", " ", "\\", "/", "data:", "image/png", "text/html", ",", "x@y", "http", "vbscript", "\0"][..]), 0..8)) {
        let raw = parts.concat();
        for base in [BASE, None] {
            if let Some(link) = resolve(&raw, base, Use::Link) {
                check_url(&link, &["http", "https", "mailto", "tel"], &raw);
            }
        }
    }
}
