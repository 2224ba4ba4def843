//! The reviews that are written: all golden cases, the demo's, the end-to-end tests', and the seeds where they are.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result};
use proptest::prelude::{Strategy as _, prop};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use review_card::model::{Body, Image, Person};
use review_card::{Review, read};

use crate::corpora;

/// Where the files with reviews are, from the project's root: folders of folders, and folders.
const CASES: [&str; 3] = ["tests/cases/card", "tests/cases/prerender", "tests/cases/formats"];
const FILES: [&str; 2] = ["demo/reviews", "tests/e2e/data"];

/// A review, and where it is from.
pub(crate) struct Material {
    pub(crate) name: String,
    pub(crate) review: Rc<Review>,
}

pub(crate) fn reviews() -> Result<Vec<Material>> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut files = Vec::new();
    for folder in CASES {
        for case in entries(&root.join(folder))? {
            files.extend(entries(&case)?);
        }
    }
    for folder in FILES {
        files.extend(entries(&root.join(folder))?);
    }
    if let Some(seeds) = corpora::seeds() {
        files.extend(entries(&seeds)?);
    }
    let mut reviews = Vec::new();
    for file in files.iter().filter(|file| is_json(file)) {
        let json = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        // Some cases are about documents without a review.
        let Ok((collection, _)) = read(&json, Some("https://blog.example/reviews/index.json")) else {
            continue;
        };
        let name = file.strip_prefix(root).unwrap_or(file).display();
        reviews.extend(
            collection
                .reviews
                .into_iter()
                .map(|review| Material { name: format!("{name} {}", review.id), review }),
        );
    }
    anyhow::ensure!(reviews.len() > 100, "expected the reviews of the cases, found {}", reviews.len());
    Ok(reviews)
}

fn is_json(file: &Path) -> bool {
    let names = ["review.json", "input.json"];
    let in_case = file
        .parent()
        .and_then(Path::parent)
        .is_some_and(|folder| CASES.iter().any(|case| folder.ends_with(case)));
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if in_case { names.contains(&&*name) } else { name.ends_with(".json") || name.ends_with(".jsonld") }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// What a body is put together from.
const PIECES: [&str; 34] = [
    "words ",
    "<p>",
    "</p>",
    "<br>",
    "<br><br>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<blockquote>",
    "</blockquote>",
    "<ul><li>",
    "</li></ul>",
    "<li>",
    "<ol>",
    "<pre>\n",
    "</pre>",
    "\n\n",
    "<table><tr><th>x</th><td>",
    "</table>",
    "<figure><img src=/a alt='<p> >'><figcaption>",
    "</figcaption></figure>",
    "<img src=/b alt=''>",
    "<dl><dt>",
    "<dd>",
    "<a href=/c>",
    "</a>",
    "<hr>",
    "<h3>",
    "</h3>",
    "[spoiler]",
    "[/spoiler]",
    "<details><summary>s</summary>",
    "</details>",
];

/// So many reviews with bodies of HTML that is good and bad; the same each time.
pub(crate) fn bodies(count: usize) -> Vec<Material> {
    let mut runner = TestRunner::deterministic();
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14);
    let body = |at| {
        let html = pieces.new_tree(&mut runner).map(|tree| tree.current().concat()).unwrap_or_default();
        let portrait = Image { src: "/p.webp".into(), ..Image::default() };
        let author = Person { name: "Ada".into(), image: Some(portrait), ..Person::default() };
        let review = Review {
            title: "A body".into(),
            body: Body::Html { html: html.clone(), base: None },
            authors: vec![author],
            ..Review::default()
        };
        Material { name: format!("body {at}: {html:?}"), review: Rc::new(review) }
    };
    (0..count).map(body).collect()
}
