//! Static HTML: golden cases, a folder each under `tests/cases/prerender`, and what holds for any review.
//!
//! `review.json` is what a blog has, `render.html` what is written for it. A name that says `light`, `page` or `linked`
//! asks for that form, one that ends in ` in arabic` and the like is for a page in that language.
//! `REVIEW_CARD_BLESS=1 cargo test` writes the files anew: read the diff. The sheet is left out of them.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod corpora;

#[path = "prerender/machines.rs"]
mod machines;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::{env, fs};

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use machines::elements;
use machines::light;
use machines::property;
use proptest::prelude::{any, prop, proptest};
use proptest::test_runner::Config;
use review_card::model::{Body, Decimal, Mark, Person, Rating, Score, Work};
use review_card::{Review, json, read, rich_text};
use review_card_prerender::{Form, Renderer};

const BASE: Option<&str> = Some("https://blog.example/reviews/index.json");

// ---- golden cases

#[test]
fn every_case_is_written_as_expected() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/cases/prerender");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 10, "expected the golden cases in {}, found {}", folder.display(), cases.len());
    let differing: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn check(case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap().to_string_lossy().replace('-', " ");
    let says = |word| name.split(' ').any(|part| part == word);
    let lang = [("french", "fr-FR"), ("arabic", "ar"), ("english", "en-GB")]
        .into_iter()
        .find_map(|(word, tag)| name.ends_with(word).then(|| tag.to_owned()));
    let stylesheets = says("linked").then(|| "/css/card.css?a&b".to_owned()).into_iter().collect();
    let form = Form {
        light: says("light"),
        page: says("page"),
        lang,
        stylesheets,
        eager: says("eager"),
        ..Form::default()
    };
    let json = fs::read(case.join("review.json")).map_err(|error| format!("{name}: {error}"))?;
    let (collection, _) = read(&json, BASE).map_err(|error| format!("{name}: {error}"))?;
    let renderer = Renderer::new(form).unwrap();
    let mut found = String::new();
    for review in collection.reviews {
        let html = renderer.render(review);
        check_lines(&html);
        found.push_str(&without_sheets(&html).replace("><", ">\n<"));
    }
    agree(&name, &case.join("render.html"), &found)
}

fn without_sheets(html: &str) -> String {
    let mut parts = html.split("<style>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sheet, rest) = part.split_once("</style>").unwrap();
        assert!(!sheet.is_empty());
        out.extend(["<style>…</style>", rest]);
    }
    out
}

fn agree(name: &str, file: &Path, found: &str) -> Result<(), String> {
    if env::var_os("REVIEW_CARD_BLESS").is_some() {
        return fs::write(file, found).map_err(|error| format!("{name}: {error}"));
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let nothing = || std::iter::repeat("(nothing)");
    let lines = expected.lines().chain(nothing()).zip(found.lines().chain(nothing())).enumerate();
    let (line, (old, new)) = lines.into_iter().find(|(_, (old, new))| old != new).unwrap();
    Err(format!("{name}: {} line {}: expected {old}, found {new}", file.display(), line + 1))
}

/// What Markdown and WordPress do something to: blank lines, lines that begin with a space.
#[track_caller]
fn check_lines(html: &str) {
    assert!(html.ends_with('\n'), "{html:?}");
    for line in html.lines() {
        assert!(!line.trim().is_empty() && !line.starts_with([' ', '\t']), "{line:?} in {html:?}");
    }
}

// ---- any review

const HTML: [&str; 16] = [
    "<p>",
    "</p>",
    "<pre>",
    "</pre>",
    "\n",
    "\n\n",
    "    ",
    "x &lt; y",
    "\r\n",
    "<li>",
    "<table><td>",
    "<a href='/a\nb'>",
    "<img alt='a\n\nb' src=/i>",
    "<h2>",
    "</div>",
    "]]>",
];

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_is_written_on_one_line_and_read_again(
        title in any::<String>(), verdict in "\\PC*|[\n\r \t<>&\"a]*", paragraphs in prop::collection::vec("[\n\r\ta-c<&]*", 0..3),
    ) {
        // As the readers make it: no controls but line breaks and tabs.
        let clean = |text: &str| text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'), "\u{fffd}");
        let title = clean(&title);
        let review = Review {
            title: title.clone(),
            verdict: Some(verdict.clone()),
            body: Body::Text(paragraphs.clone()),
            authors: vec![Person { name: title.clone(), ..Person::default() }],
            work: Some(Work { name: verdict.clone(), ..Work::default() }),
            rating: Score::new(Decimal::whole(3), Decimal::whole(5), Decimal::ZERO)
                .map(|score| Rating { mark: Mark::Score(score), label: Some(title.clone()) }),
            ..Review::default()
        };
        let html = light().render(Rc::new(review.clone()));
        check_lines(&html);
        assert_eq!(html.lines().count(), 1);
        let elements = elements(&html);
        let same = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        assert_eq!(property(&elements, "p-name").unwrap().text, same(&title));
        assert_eq!(property(&elements, "p-summary").unwrap().text, same(&verdict));
        let body = property(&elements, "e-content").unwrap();
        let expected: String = paragraphs.iter().map(|text| same(text)).collect();
        assert_eq!(body.text, expected);
        for form in [Form { page: true, ..Form::default() }, Form { page: true, light: true, ..Form::default() }] {
            check_lines(&Renderer::new(form).unwrap().render(Rc::new(review.clone())));
        }
    }

    #[test]
    fn any_html_is_written_on_one_line_and_read_again(pieces in prop::collection::vec(prop::sample::select(&HTML[..]), 0..12)) {
        let html = pieces.concat();
        let body = Body::Html { html: html.clone(), base: None };
        let written = light().render(Rc::new(Review { title: "T".into(), body, ..Review::default() }));
        check_lines(&written);
        assert_eq!(written.lines().count(), 1);
        // By the tree builder too, which moves what may not nest.
        let (_, after) = written.split_once("e-content\">").unwrap();
        let (content, _) = after.split_once("</div></details>").unwrap();
        let (found, expected) = (rich_text::parse(content, None), rich_text::parse(&html, None));
        assert_eq!(rich_text::words(&found), rich_text::words(&expected), "{content:?}");
    }
}

/// Hosts that take pasted CSS strip what looks like a tag: all from a `<` on. And the root's font size is the page's to set,
/// as in `html { font-size: 62.5% }`: a length in `rem` would follow it.
#[test]
fn sheets_have_nothing_that_looks_like_a_tag_and_no_rem() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("styles");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let sheet = fs::read_to_string(&path).unwrap();
        let in_rem = sheet.split(|c: char| c != '.' && !c.is_ascii_alphanumeric());
        let in_rem =
            in_rem.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with("rem"));
        assert!(!sheet.contains('<'), "{}: expected no <", path.display());
        assert_eq!(in_rem.collect::<Vec<_>>(), [""; 0], "{}", path.display());
        count += 1;
    }
    assert!(count > 5);
}
