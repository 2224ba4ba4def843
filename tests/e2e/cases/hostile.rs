//! Other people's attacks, live: each in every field of a review, each card really shown.
//!
//! Nothing of them may run, load anything but pictures, or leave an element or attribute that is not ours. The page lets
//! inline scripts run and tells of whatever else its policy refuses, so that an attack that works is seen to.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::cases;
use crate::corpora::{addresses, attacks, corpora, review_of, url_tests};
use crate::page::Page;

cases![
    attacks_in_every_field_are_harmless,
    addresses_in_every_field_are_harmless,
    rich_text_is_read_as_it_is_natively,
];

/// Cards on one page.
const BATCH: usize = 60;

/// What runs tells so; pictures may come from this site alone, and everything else from nowhere.
pub(super) const HEAD: &str = r#"
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'">
<script>
  globalThis.ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    globalThis[name] = (...values) => void ran.push(`${name}(${values})`);
  }
  addEventListener("beforeunload", () => ran.push("navigation"));
</script>
<script type="module" src="/review-card/review-card.js"></script>"#;

/// What is on the page that should not be, and how much was looked at.
pub(super) const LOOK: &str = r#"
const TAGS = new Set("article div header section nav figure figcaption h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd a span cite bdi time img svg path circle rect details summary blockquote q pre code kbd samp var table caption thead tbody tfoot tr th td em strong b i u s small mark del ins sub sup ruby rt rp abbr dfn bdo br hr wbr".split(" "));
const NAMES = new Set("class part lang dir role aria-label aria-hidden hidden open href hreflang rel src alt width height loading decoding datetime cite title start reversed value scope colspan rowspan viewBox preserveAspectRatio d cx cy r stroke-dasharray type".split(" "));
const found = [];
let elements = 0;
for (const card of document.querySelectorAll("review-card")) {
  for (const each of card.shadowRoot.querySelectorAll("article, article *")) {
    elements++;
    if (!TAGS.has(each.localName)) found.push(`${card.getAttribute("item")}: <${each.localName}>`);
    for (const { name, value } of each.attributes) {
      if (!NAMES.has(name)) found.push(`${card.getAttribute("item")}: ${name} of <${each.localName}>`);
      if (!["href", "src", "cite"].includes(name)) continue;
      const address = URL.parse(value, location);
      if (!address) {
        found.push(`${card.getAttribute("item")}: ${name}=${value} is no address`);
        continue;
      }
      const { protocol, username } = address;
      const image = name == "src" && /^data:image\/(png|jpe?g|gif|webp|avif|bmp)[;,]/i.test(value);
      if (!["http:", "https:"].includes(protocol) && !(name == "href" && /^(mailto|tel):$/.test(protocol)) && !image) {
        found.push(`${card.getAttribute("item")}: ${name}=${value}`);
      }
      if (username) found.push(`${card.getAttribute("item")}: credentials in ${value}`);
    }
  }
}
const loads = refused.filter((each) => !each.startsWith("img-src"));
return { found, elements, ran, loads, moved: location.pathname };"#;

fn attacks_in_every_field_are_harmless(page: &Page) -> Result<()> {
    let Some(corpora) = corpora() else { return Ok(()) };
    let mut payloads: Vec<String> =
        attacks(&corpora).into_iter().flat_map(|(_, payloads)| payloads).collect();
    payloads.extend(addresses(&corpora));
    check(page, "attacks", &payloads)
}

fn addresses_in_every_field_are_harmless(page: &Page) -> Result<()> {
    check(page, "addresses", &url_tests())
}

pub(super) fn check(page: &Page, what: &str, payloads: &[String]) -> Result<()> {
    let (mut cards, mut elements) = (0, 0);
    for batch in payloads.chunks(BATCH) {
        let reviews: Vec<_> = batch.iter().enumerate().map(|(id, payload)| review_of(id, payload)).collect();
        page.site().put("/hostile.json", json!({ "reviews": reviews }).to_string());
        let card = |id| {
            format!(
                "<review-card src='/hostile.json' item='p{id}' variant='full' loading='eager'></review-card>"
            )
        };
        let body: String = (0..batch.len()).map(card).collect();
        page.open_document(HEAD, &body)?;
        page.expect_loads(batch.len())?;
        page.rest(50); // For what would run a moment later.
        let seen = page.run(LOOK)?;
        for (name, expected) in
            [("found", json!([])), ("ran", json!([])), ("loads", json!([])), ("moved", json!("/post"))]
        {
            ensure!(
                seen[name] == expected,
                "{name}: expected {expected}, found {} in {batch:#?}",
                seen[name]
            );
        }
        cards += batch.len();
        elements += seen["elements"].as_u64().context("a count of elements")?;
        page.forgive()?;
    }
    // A picture of the last batch may still be missed. On an empty page, nothing is.
    page.open_document("", "")?;
    page.forgive()?;
    println!(
        "{cards} {what} shown in every field: {elements} elements, none that should not be, nothing ran"
    );
    Ok(())
}

/// The cases of `tests/rich_text.rs`, read by the browser's parser in place of html5ever.
fn rich_text_is_read_as_it_is_natively(page: &Page) -> Result<()> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/cases/rich_text");
    let mut reviews = Vec::new();
    let mut expected = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let case = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let (html, _) =
            case.split_once("\n---\n").with_context(|| format!("{}: no line ---", path.display()))?;
        let base = Some("https://blog.example/reviews/one");
        let native = review_card::rich_text::parse(html, base);
        expected.push(review_card::rich_text::tree_json::to_json(&native).to_string());
        reviews.push(html.to_owned());
    }
    ensure!(
        reviews.len() >= 40,
        "expected at least 40 cases in {}, found {}",
        folder.display(),
        reviews.len()
    );
    page.open("")?;
    let found = page.run(&format!(
        "return import('/review-card/review-card-reader.js').then(async ({{ readHtml }}) => {{
          const found = [];
          for (const html of {}) found.push(await readHtml(html, 'https://blog.example/reviews/one'));
          return found;
        }});",
        json!(reviews)
    ))?;
    for (index, expected) in expected.iter().enumerate() {
        ensure!(
            found[index] == *expected,
            "{}:\n  expected {expected}\n  found    {}",
            reviews[index],
            found[index]
        );
    }
    println!("{} cases of rich text read alike by both parsers", expected.len());
    Ok(())
}
