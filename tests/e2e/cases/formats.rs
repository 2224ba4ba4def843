//! What blogs serve already, as `src` or inline: the browser shows what the command reads of the same bytes.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::cases;
use crate::corpora::seeds;
use crate::page::{ENTER, Page, SPACE, TAB};

cases![
    every_seed_is_read_as_the_command_reads_it,
    the_block_for_search_engines_is_a_card_too,
    a_feed_of_another_format_loads_the_reader_once,
    broken_json_is_mended_and_told,
    known_wrappings_are_read_by_cards_and_lists,
    a_spoiler_is_covered_until_the_keyboard_uncovers_it,
];

const REVIEW: &str = r#"{ "@context": "https://schema.org", "@type": "Review", "name": "The stair",
  "itemReviewed": { "@type": "Movie", "name": "Stair" }, "author": { "@type": "Person", "name": "Ida" },
  "reviewRating": { "@type": "Rating", "ratingValue": "3.5" }, "reviewBody": "Up and up." }"#;

fn every_seed_is_read_as_the_command_reads_it(page: &Page) -> Result<()> {
    let Some(seeds) = seeds() else { return Ok(()) };
    let mut shown = 0;
    for name in ["seed-1.jsonld", "seed-2.jsonld", "seeds.feed.json", "seeds.wordpress.json"] {
        let bytes = std::fs::read(seeds.join(name)).with_context(|| format!("reading {name}"))?;
        page.site().put("/seed.json", bytes.clone());
        let base = format!("{}/seed.json", page.site().origin());
        let (collection, _) = review_card::read(&bytes, Some(&base))?;
        let card = |review: &std::rc::Rc<review_card::Review>| {
            format!("<review-card src='/seed.json' item='{}' loading='eager' open></review-card>", review.id)
        };
        page.open(&collection.reviews.iter().map(card).collect::<String>())?;
        page.expect_loads(collection.reviews.len())?;
        let found = page.get("[...document.querySelectorAll('review-card')].map((each) => each.review)")?;
        for (index, review) in collection.reviews.iter().enumerate() {
            let expected: Value = serde_json::from_str(&review_card::write::plain(review).to_string())?;
            ensure!(found[index] == expected, "{name}: expected {expected:#}, found {:#}", found[index]);
            shown += 1;
        }
        page.is("[...document.querySelectorAll('review-card')].every((each) => text(part('body', each)).length > 500)", true)?;
        page.is("globalThis.pwned", json!(null))?;
    }
    println!("{shown} seeds shown as the command reads them");
    ensure!(shown >= 5, "expected five reviews of the seeds, found {shown}");
    Ok(())
}

fn the_block_for_search_engines_is_a_card_too(page: &Page) -> Result<()> {
    page.open(&format!(
        "<script type='application/ld+json' id='block'>{REVIEW}</script>
        <review-card id='far' src='#block'></review-card>
        <review-card id='near'><script type='application/ld+json'>{REVIEW}</script></review-card>"
    ))?;
    page.expect_loads(2)?;
    page.is("['far', 'near'].map((id) => text(part('title', byId(id))))", json!(["The stair", "The stair"]))?;
    page.is("text(part('body', byId('near')))", "Up and up.")
}

/// The command reads the same: `known_wrappings_are_read_by_every_command`.
fn known_wrappings_are_read_by_cards_and_lists(page: &Page) -> Result<()> {
    let json = r#"[{ "title": "A", "tags": ["x"] }, { "title": "B", "tags": ["x"] }]"#;
    for wrapped in [
        format!("\u{feff}{json}"),
        format!("{json}\n<!-- cached -->"),
        format!("<!--\n{json}\n-->"),
        format!("<![CDATA[{json}]]>"),
        format!("//<![CDATA[\n{json}\n//]]>"),
        format!("{json};"),
        format!("cb({json});"),
        format!("/* all */ {json}"),
        json.replace("}]", "},]"),
        json.replace("\"A\"", "\"\\x41\""),
    ] {
        page.site().put("/wrapped.json", wrapped.clone());
        page.open(
            "<review-card loading='eager' src='/wrapped.json' related-from='/wrapped.json'></review-card>
            <review-list loading='eager' src='/wrapped.json'></review-list>",
        )?;
        page.expect("[text(part('title')), card.review.related?.length]", json!(["A", 1]))
            .context(wrapped)?;
        page.expect("cards().map((each) => text(part('title', each)))", json!(["A", "B"]))?;
        page.forgive()?;
    }
    Ok(())
}

fn a_feed_of_another_format_loads_the_reader_once(page: &Page) -> Result<()> {
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "A blog", "items": [
        { "id": "1", "url": "https://blog.example/1", "title": "One", "content_html": "<p>First <em>words</em>.</p>" },
        { "id": "2", "title": "Two", "content_text": "Second words.", "_review": { "rating": "4/5" } }
    ]});
    page.site().put("/feed.json", feed.to_string());
    page.open(
        r#"<review-card id="a" src="/feed.json"></review-card><review-card id="b" src="/feed.json" item="2"></review-card>"#,
    )?;
    page.expect_loads(2)?;
    page.is("[text(part('title', byId('a'))), text(part('title', byId('b')))]", json!(["One", "Two"]))?;
    page.is("find('em', byId('a')).textContent", "words")?;
    page.requested("/feed.json", 1)?;
    page.requested("review-card-reader.wasm", 1)
}

fn broken_json_is_mended_and_told(page: &Page) -> Result<()> {
    page.site()
        .put("/broken.json", "{ \"title\": \"Mended\", \"verdict\": \"Two\nlines\", \"rating\": 1e400 }");
    page.open(r#"<review-card src="/broken.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Mended")?;
    page.is("events('load')[0].problems.length > 0", true)
}

/// Each of the three ways to say so, around words and around blocks, and in a body of plain text.
fn a_spoiler_is_covered_until_the_keyboard_uncovers_it(page: &Page) -> Result<()> {
    let bodies = [
        ("bodyHtml", "<p>Before.</p><details><summary>The end</summary><p>He was the sledge.</p></details>"),
        ("bodyHtml", "<p>Before.</p><details open>He was the sledge.</details>"),
        ("bodyHtml", "<p>Before.</p><p class=spoiler>He was the sledge.</p>"),
        ("bodyHtml", "<p>Before: <span class='x spoiler'>He was <em>the</em> sledge.</span></p>"),
        ("bodyHtml", "<p>Before: [spoiler]He was the sledge.[/spoiler]</p>"),
        ("bodyHtml", "<p>Before: [Spoiler]He was</p><p>the</p><p>sledge.[/SPOILER] After.</p>"),
        ("body", "Before.\n\n[spoiler]He was\n\nthe sledge.[/spoiler]"),
    ];
    for (key, body) in bodies {
        page.site().put("/twist.json", json!({ "title": "Twist", key: body }).to_string());
        page.open(r#"<review-card src="/twist.json" variant="full"></review-card>"#)?;
        page.expect_loads(1)?;
        let cover = "find('[part~=body] details')";
        page.is(&format!("{cover}.open"), false)?;
        page.run(&format!("globalThis.covered = {cover}.offsetHeight"))?;
        page.is("text(find('[part~=body] summary')) != ''", true)?;
        page.press(TAB)?;
        page.expect("focused() == find('[part~=body] summary')", true)?;
        page.press(ENTER)?;
        page.expect(&format!("{cover}.open && {cover}.offsetHeight > covered + 10"), true)?;
        let words = page.get(&format!("text({cover})"))?.to_string();
        ensure!(words.split_whitespace().collect::<String>().contains("Hewasthesledge."), "{body}: {words}");
        page.press(SPACE)?;
        page.expect(&format!("!{cover}.open && {cover}.offsetHeight == covered"), true)?;
    }
    println!("{} spoilers covered and uncovered by keyboard", bodies.len());
    Ok(())
}
