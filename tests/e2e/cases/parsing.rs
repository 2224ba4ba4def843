//! What is parsed in the browser is what is parsed natively: the same verdict on other people's JSON, the same safe tree of HTML; and
//! nesting without end neither overflows a stack nor stops the page.

use anyhow::{Result, ensure};
use review_card::json;
use serde_json::{Value, json};

use super::cases;
use crate::corpora::json_test_suite;
use crate::page::Page;

cases![
    json_test_suite_has_the_verdicts_of_the_command,
    html_nested_without_end_is_shown,
    html_that_grows_by_itself_ends,
    json_nested_without_end_is_refused,
];

/// Cards on one page.
const BATCH: usize = 60;
/// How deep nesting without end is.
const DEEP: usize = 10_000;

/// A document, and what becomes of it.
struct Verdict {
    name: String,
    bytes: Vec<u8>,
    expected: Value,
}

impl Verdict {
    /// By the command's reading of the bytes, at the address that the browser will have them from.
    fn of(name: String, bytes: Vec<u8>, address: &str) -> Self {
        let expected = match review_card::read(&bytes, Some(address)) {
            Ok((collection, problems)) => json!({
                "title": collection.reviews.first().map(|review| &review.title),
                "problems": problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }),
            Err(error) => json!({ "kind": error.kind(), "message": error.to_string() }),
        };
        Self { name, bytes, expected }
    }

    fn is_refused(&self) -> bool {
        self.expected["kind"] == "not-json"
    }

    /// Whether it is JSON only after a repair, such as a comma before a closing bracket, or the end of a collection that was cut off.
    fn is_repaired(&self) -> bool {
        str::from_utf8(&self.bytes).is_ok_and(|text| {
            json::mend::blank(text).is_some()
                || json::cut::close(text).is_some()
                || json::parse_and_mend(&self.bytes)
                    .is_ok_and(|parsed| parsed.mended != json::Mended::default())
        })
    }
}

/// What became of each card, in their order. Of a message the address behind it is left out.
const VERDICTS: &str = "
const verdicts = heard.map(({ name, target, detail: { title, problems, kind, message } }) => [+target, name == 'load'
  ? { title, problems: problems.map(({ path, message }) => (path && path + ': ') + message) }
  : { kind, message: message.replace(/; http:\\/\\/.* came as .*$/, '') }]);
return verdicts.sort(([a], [b]) => a - b).map(([, verdict]) => verdict);";

/// Each file by itself, and as a part of a review: then what is JSON is shown.
fn json_test_suite_has_the_verdicts_of_the_command(page: &Page) -> Result<()> {
    let Some(files) = json_test_suite() else { return Ok(()) };
    let mut files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.push(("i_string_not_utf8".to_owned(), b"[\"\xE9\"]".to_vec()));
    files.push(("i_structure_not_utf8".to_owned(), b"[\xFF]".to_vec()));
    let mut verdicts = Vec::new();
    for (name, bytes) in files {
        let within = [br#"{ "title": "Read", "more": "#, bytes.as_slice(), b" }"].concat();
        let address = format!("{}/suite", page.site().origin());
        verdicts.push(Verdict::of(format!("{name} in a review"), within, &address));
        verdicts.push(Verdict::of(name, bytes, &address));
    }
    let (mut texts, mut shown) = (0, 0);
    for batch in verdicts.chunks(BATCH) {
        for (id, verdict) in batch.iter().enumerate() {
            page.site().put(&format!("/suite/{id}.json"), verdict.bytes.clone());
        }
        let card =
            |id| format!("<review-card id='{id}' src='/suite/{id}.json' loading='eager'></review-card>");
        compare(page, &(0..batch.len()).map(card).collect::<String>(), "", batch)?;
        shown += batch.len();
        // What is text can be given to `data` as well; empty text is no data.
        let batch: Vec<_> = batch
            .iter()
            .filter(|verdict| !verdict.bytes.is_empty())
            .filter_map(|verdict| Some((verdict, str::from_utf8(&verdict.bytes).ok()?)))
            .map(|(verdict, text)| Verdict::of(verdict.name.clone(), text.into(), "about:blank"))
            .collect();
        let given: Vec<_> = batch.iter().map(|verdict| String::from_utf8_lossy(&verdict.bytes)).collect();
        let give =
            format!("const given = {}; given.forEach((text, id) => (byId(id).data = text));", json!(given));
        let card = |id| format!("<review-card id='{id}' loading='eager'></review-card>");
        compare(page, &(0..batch.len()).map(card).collect::<String>(), &give, &batch)?;
        texts += batch.len();
    }
    let refused = verdicts.iter().filter(|verdict| verdict.is_refused()).count();
    let mended = verdicts.iter().filter(|verdict| verdict.expected["problems"].get(0).is_some()).count();
    println!(
        "{shown} documents by src and {texts} by data have the command's verdict: {} accepted, of these {mended} mended, {refused} refused",
        shown - refused
    );
    for (name, expected) in [("y_", false), ("n_", true)] {
        let other = verdicts.iter().find(|verdict| {
            verdict.name.starts_with(name)
                && !(expected && verdict.is_repaired())
                && verdict.is_refused() != expected
        });
        ensure!(
            other.is_none(),
            "refused or not against its name: {}",
            other.map_or("", |other| &other.name)
        );
    }
    Ok(())
}

/// Opens a page of cards, and holds what becomes of them against what is expected.
fn compare(page: &Page, cards: &str, then: &str, batch: &[Verdict]) -> Result<()> {
    page.open(cards)?;
    page.run(then)?;
    page.expect("heard.length", batch.len())?;
    let found = page.run(VERDICTS)?;
    for (id, Verdict { name, expected, .. }) in batch.iter().enumerate() {
        ensure!(found[id] == *expected, "{name}: expected {expected}, found {}", found[id]);
    }
    page.forgive()
}

fn html_nested_without_end_is_shown(page: &Page) -> Result<()> {
    let kinds = [
        ("<div>", "</div>"),
        ("<table><tr><td>", "</table>"),
        ("<b>", "</b>"),
        ("<b><i><a href=/x><em>", ""),
        ("<b><p>", ""),
        ("<a href=/x><table><td>", ""),
        ("<ul><li>", "</ul>"),
        ("<dl><dt>x<dd>", ""),
        ("<svg>", "</svg>"),
        ("<svg><foreignObject>", ""),
        ("<math><mi>", ""),
        ("<details><summary>x</summary>", "</details>"),
        ("<blockquote>", "</blockquote>"),
        ("<figure><figcaption>", ""),
        ("<span class=spoiler>", "</span>"),
        ("[spoiler]", "[/spoiler]"),
        ("<div>[spoiler]", "[/spoiler]</div>"),
        ("<ruby>x<rt>", ""),
        ("<x-y>", "</x-y>"),
        ("<template>", "</template>"),
    ];
    let html = |(open, close): &(&str, &str)| {
        ["<p>Before.</p>", &open.repeat(DEEP), "deep", &close.repeat(DEEP)].concat()
    };
    check(page, &kinds.iter().map(html).collect::<Vec<_>>())?;
    println!("{} kinds of HTML, nested {DEEP} deep, are shown", kinds.len());
    Ok(())
}

/// Formatting that nobody closes is opened again in each paragraph: a parser's tree grows by the square.
fn html_that_grows_by_itself_ends(page: &Page) -> Result<()> {
    let html = |piece: &str| {
        let pieces = (0..DEEP).map(|number| piece.replace('N', &number.to_string()));
        ["<p>Before.</p>", &pieces.collect::<String>()].concat()
    };
    check(
        page,
        &["<p><b id=N>x</p>", "<a href=/N><table><td>x</table>", "<font color=N>", "<!N>", "<body N>"]
            .map(html),
    )
}

/// Each is shown in a card, by the same safe tree as natively.
fn check(page: &Page, bodies: &[String]) -> Result<()> {
    let base = "https://blog.example/reviews/one";
    for html in bodies {
        page.site().put("/deep.json", json!({ "title": "Deep", "bodyHtml": html }).to_string());
        page.open("<review-card src='/deep.json' variant='full'></review-card>")?;
        page.expect_loads(1)?;
        page.expect("text(part('body')).startsWith('Before.')", true)?;
        let found = page.run(&format!(
            "const {{ bodyHtml }} = card.review;
            return import('/review-card/review-card-reader.js').then(({{ readHtml }}) => readHtml(bodyHtml, '{base}'));"
        ))?;
        let tree = review_card::rich_text::parse(html, Some(base));
        let expected = review_card::rich_text::tree_json::to_json(&tree).to_string();
        ensure!(
            found == *expected,
            "{}…:\n  expected {expected:.2000}\n  found    {:.2000}",
            html.get(..60).unwrap_or(html),
            found.to_string()
        );
    }
    Ok(())
}

fn json_nested_without_end_is_refused(page: &Page) -> Result<()> {
    let kinds = [
        ("[", "]"),
        ("{\"reviews\":", "}"),
        ("{\"review\":", "}"),
        ("{\"@type\":\"Product\",\"review\":[", "]}"),
        ("{\"items\":[", "]}"),
        ("{\"a\":\"\n\",\"b\":", "}"),
    ];
    let document =
        |(open, close): &(&str, &str)| [open.repeat(DEEP), "1".into(), close.repeat(DEEP)].concat();
    let verdicts: Vec<_> =
        kinds.iter().map(|kind| Verdict::of(kind.0.into(), document(kind).into(), "about:blank")).collect();
    for (id, verdict) in verdicts.iter().enumerate() {
        ensure!(verdict.is_refused(), "{}: {}", verdict.name, verdict.expected);
        page.site().put(&format!("/deep/{id}.json"), verdict.bytes.clone());
    }
    let card = |id| format!("<review-card id='{id}' src='/deep/{id}.json' loading='eager'></review-card>");
    compare(page, &(0..verdicts.len()).map(card).collect::<String>(), "", &verdicts)?;
    println!("{} kinds of JSON, nested {DEEP} deep, are refused", verdicts.len());
    Ok(())
}
