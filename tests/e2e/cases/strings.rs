//! Text that breaks programs, in every field: as it was given, in its place, and harmless.
//!
//! The [Big List of Naughty Strings](https://github.com/minimaxir/big-list-of-naughty-strings), characters that change the
//! direction, join, part or have no width, and attacks on readers of source code and sequences of
//! emoji.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::layout::OVERFLOWS;
use super::{cases, hostile};
use crate::corpora::{corpora, lines, naughty_strings};
use crate::page::Page;

cases![
    naughty_strings_are_shown_as_they_were_given,
    directions_and_characters_without_width_stay_in_their_field,
    sequences_of_emoji_and_disguised_code_are_whole,
    naughty_strings_as_addresses_and_html_are_harmless,
];

/// Cards on one page.
const BATCH: usize = 60;
/// How many texts of a list are not shown as they were given.
const MOST_ESCAPED: usize = 12;

/// A field of each kind, with the same text.
fn review_of(id: usize, text: &str) -> Value {
    json!({
        "id": format!("p{id}"), "title": text, "url": "https://blog.example/", "section": text,
        "work": { "name": text, "creators": [text] }, "verdict": text, "rating": { "value": 4, "label": text },
        "aspects": [{ "name": text, "rating": 3 }], "pros": [text, "Pro"], "cons": [text], "body": ["Before", text, "After"],
        "author": { "name": text, "role": text, "bio": text }, "published": "2024-06-30",
        "image": { "src": "/images/30x20.svg", "width": 30, "height": 20, "alt": text, "caption": text },
        "opinions": [{ "title": text, "url": "https://blog.example/2", "verdict": text, "author": text }],
        "related": [{ "title": text, "url": "https://blog.example/1", "verdict": text, "author": text }],
        "previous": { "title": text, "url": "https://blog.example/" }, "next": { "title": text, "url": "https://blog.example/" },
    })
}

/// What a field shows of a text: without space around it, and what is no character of a text as U+FFFD, as the README says.
fn shown(text: &str) -> String {
    let is_text = |c: char| {
        matches!(c, '\t' | '\n' | '\r')
            || !(c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c))
    };
    let clean: String =
        text.chars().map(|c| if is_text(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    clean.trim().to_owned()
}

/// Whether a text has a character reference, such as `&amp;` or `&#39;`.
fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        rest.split_once(';').is_some_and(|(name, _)| {
            name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        })
    })
}

/// Where a text does not stand alone in an element of its own, or runs into what is around it.
const MISPLACED: &str = "((of, text) => {
  const found = [];
  const FIELDS = { section: 1, title: 1, work: 2, verdict: 1, rating: 1, aspects: 1, pros: 1, cons: 1, body: 1, author: 3, image: 1, opinions: 3, related: 3, previous: 1, next: 1 };
  for (const [name, count] of Object.entries(FIELDS)) {
    const at = part(name, of);
    if (!at) { found.push(`${name} is not there`); continue; }
    const holders = [at, ...at.querySelectorAll('*')].filter((each) => each.textContent.trim() == text.trim() && ![...each.children].some((child) => child.textContent.trim() == text.trim()));
    if (holders.length < count) found.push(`${name}: ${holders.length} of ${count} in ${at.innerHTML}`);
    for (const holder of holders) {
      let apart = holder;
      while (apart != at && style(apart, 'display') == 'inline' && style(apart, 'unicode-bidi') == 'normal') apart = apart.parentNode;
      const alone = style(apart, 'unicode-bidi') != 'normal' || apart.textContent.trim() == text.trim();
      if (!alone) found.push(`${name}: what is around it shares its direction: ${apart.outerHTML}`);
    }
  }
  const alt = part('image', of)?.querySelector('img').alt;
  if (alt?.trim() != text.trim()) found.push(`alt: ${alt}`);
  return found;
})";

/// Shows each text in every field of a card, 320 CSS pixels wide.
fn check(page: &Page, what: &str, texts: &[String]) -> Result<()> {
    // A character reference is decoded in every field, and an address is no name: such a text is not shown as it was given.
    let (escaped, texts): (Vec<&String>, Vec<_>) =
        texts.iter().partition(|text| has_reference(text) || text.starts_with("http"));
    ensure!(escaped.len() <= MOST_ESCAPED, "expected at most {MOST_ESCAPED} such texts, found {escaped:#?}");
    let shown: Vec<String> = texts.iter().map(|text| shown(text)).filter(|text| !text.is_empty()).collect();
    for batch in shown.chunks(BATCH) {
        let reviews: Vec<_> = batch.iter().enumerate().map(|(id, text)| review_of(id, text)).collect();
        page.site().put("/strings.json", json!({ "reviews": reviews }).to_string());
        let cards: String = (0..batch.len())
            .map(|id| format!("<review-card src='/strings.json' item='p{id}' variant='full' loading='eager'></review-card>"))
            .collect();
        page.open_document(hostile::HEAD, &format!("<div style='width: 320px'>{cards}</div>"))?;
        page.expect_loads(batch.len())?;
        let found = page.run(&format!(
            "const texts = {};
            return [...document.querySelectorAll('review-card')].flatMap((card, at) =>
              [...{MISPLACED}(card, texts[at]), ...{OVERFLOWS}(card)].map((found) => [texts[at], found]));",
            json!(batch)
        ))?;
        let found: Vec<_> = found.as_array().into_iter().flatten().take(4).collect();
        ensure!(
            found.is_empty(),
            "{what}: expected every text as it was given and in its place, found {found:#?}"
        );
        let harm = page.run(hostile::LOOK)?;
        for name in ["found", "ran", "loads"] {
            ensure!(harm[name] == json!([]), "{name}: expected none, found {} in {batch:#?}", harm[name]);
        }
        page.is("document.documentElement.scrollWidth <= Math.max(innerWidth, 340)", true)?;
        page.forgive()?;
    }
    println!("{} {what} shown in every field at 320 pixels", shown.len());
    Ok(())
}

fn naughty_strings_are_shown_as_they_were_given(page: &Page) -> Result<()> {
    let Some(strings) = naughty_strings() else { return Ok(()) };
    check(page, "naughty strings", &strings)
}

fn directions_and_characters_without_width_stay_in_their_field(page: &Page) -> Result<()> {
    let marks = "\u{200B}\u{200C}\u{200D}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2060}\u{2061}\u{2066}\u{2067}\u{2068}\u{2069}\u{FEFF}\u{061C}\u{00AD}\u{034F}\u{180E}\u{2028}\u{2029}";
    let mut texts: Vec<String> = Vec::new();
    for mark in marks.chars() {
        texts.push(format!("left {mark}right שלום {mark} 123"));
        texts.push(format!("{}words", mark.to_string().repeat(40)));
        texts.push(format!("words{}", mark.to_string().repeat(400)));
    }
    texts.push("\u{202E}".repeat(60) + "never closed");
    texts.push("مرحبا بالعالم 4.5/5 (hello) !".into());
    texts.push(format!("a{}", "\u{0301}".repeat(300)));
    texts.push("\u{0000}\u{0007}\u{001B}[31mred\u{009F}\u{FFFE}\u{FDD0}\u{1FFFF}".into());
    texts.push("𝕋𝕙𝕖 𝓺𝓾𝓲𝓬𝓴 ﷽ 𒐫 ꧅".repeat(8));
    check(page, "texts with directions and characters without width", &texts)
}

fn sequences_of_emoji_and_disguised_code_are_whole(page: &Page) -> Result<()> {
    let Some(corpora) = corpora() else { return Ok(()) };
    let unicode = corpora.join("unicode");
    let emoji = lines(&unicode.join("emoji"), "text");
    // Many in one field: what is asked of each is that it comes out as it went in.
    let mut texts: Vec<String> = emoji.chunks(20).map(|some| some.join(" ")).collect();
    texts.extend(lines(&unicode.join("trojan-source"), "text"));
    check(page, "texts with emoji and disguised code", &texts)
}

fn naughty_strings_as_addresses_and_html_are_harmless(page: &Page) -> Result<()> {
    let Some(strings) = naughty_strings() else { return Ok(()) };
    hostile::check(page, "naughty strings", &strings).context("naughty strings")
}
