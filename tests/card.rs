//! Golden cases: a folder each under `tests/cases/card`, named as a sentence.
//!
//! `review.json` is what a blog serves; `card.html` is the card that readers get, and `problems.txt` what the page's
//! author is reported (or why there is no card). Where a name ends in ` in french` and the like, the page is in that
//! language; `full` and `compact` in it are variants. `REVIEW_CARD_BLESS=1 cargo test` writes both files anew: read
//! the diff.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::path::Path;
use std::rc::Rc;
use std::{env, fs};

use review_card::{Part, Parts, Review, ReviewCard, ReviewCardProps, Variant, read};

#[test]
fn every_case_shows_its_card() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/card");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 20, "expected the golden cases in {}, found {}", folder.display(), cases.len());
    let differing: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn a_megabyte_of_body_is_all_there() {
    let paragraph = "Long live the long review. ".repeat(40);
    let body = vec![paragraph.trim(); 1000].join("\\n\\n");
    let json = format!(r#"{{ "title": "Long", "body": "{body}" }}"#);
    assert!(json.len() > 1_000_000);
    let (collection, problems) = read(json.as_bytes(), None).unwrap();
    assert_eq!(problems, []);
    let html = render(&collection.reviews[0], "");
    assert_eq!(html.matches("<p dir=\"auto\">Long live").count(), 1000);
    assert!(html.contains("870 min"), "200 words a thousand times at 230 a minute");
}

fn check(case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap().to_string_lossy().replace('-', " ");
    let json = fs::read(case.join("review.json")).map_err(|error| format!("{name}: {error}"))?;
    let (card, problems) = match read(&json, Some("https://blog.example/reviews/index.json")) {
        Ok((collection, problems)) => {
            let reported: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
            (
                collection.reviews.iter().map(|review| render(review, &name)).collect::<Vec<_>>().join("\n"),
                reported,
            )
        }
        Err(error) => (String::new(), format!("{}: {error}\n", error.kind())),
    };
    agree(&name, &case.join("card.html"), &card)?;
    agree(&name, &case.join("problems.txt"), &problems)
}

fn render(review: &Rc<Review>, name: &str) -> String {
    let language =
        [("french", "fr"), ("german", "de"), ("spanish", "es"), ("arabic", "ar"), ("italian", "it")]
            .into_iter()
            .find_map(|(word, tag)| name.ends_with(word).then_some(tag))
            .unwrap_or("en");
    let variant = if name.contains("compact") {
        Variant::Compact
    } else if name.contains("full") {
        Variant::Full
    } else {
        Variant::Card
    };
    let hide = if name.contains("hidden") {
        Parts::default().with(Part::Author).with(Part::Related)
    } else {
        Parts::default()
    };
    let props = ReviewCardProps {
        review: review.clone(),
        variant,
        open: name.contains("open"),
        heading_level: Default::default(),
        hide,
        lang: language.into(),
        microformats: false,
        first: false,
        ontoggle: None,
        onselect: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let html = tokio::task::LocalSet::new().block_on(&runtime, async {
        yew::LocalServerRenderer::<ReviewCard>::with_props(props).hydratable(false).render().await
    });
    // A line an element: the diff is read by people.
    html.replace("><", ">\n<") + "\n"
}

fn agree(name: &str, file: &Path, found: &str) -> Result<(), String> {
    if env::var_os("REVIEW_CARD_BLESS").is_some() {
        return fs::write(file, found).map_err(|error| format!("{name}: {error}"));
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    if expected == found {
        return Ok(());
    }
    let (line, (old, new)) = expected
        .lines()
        .chain(std::iter::repeat("(nothing)"))
        .zip(found.lines().chain(std::iter::repeat("(nothing)")))
        .enumerate()
        .find(|(_, (old, new))| old != new)
        .unwrap();
    Err(format!("{name}: {} line {}: expected {old}, found {new}", file.display(), line + 1))
}
