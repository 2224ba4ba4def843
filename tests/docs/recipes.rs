//! The script of the chapter on lists, run with Node.js.

use std::process::Command;

use super::skip::skip;
use super::{Page, Path, Value, fs, read};

/// A file that a slow phone reads quickly, in bytes.
const LARGEST: u64 = 2_000_000;

#[test]
fn the_recipe_splits_a_collection_into_small_files_that_name_the_next() {
    let page = Page::load("docs/src/list.md");
    let script = page.blocks.iter().find(|(language, _)| language == "js").map(|(_, text)| text).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("split");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    let body = "Une phrase assez longue, écrite pour être lue. ".repeat(30);
    let reviews = (0..4_000).map(|at| {
        format!(r#"{{ "title": "{at}", "published": "2{:03}-01-01", "body": "{body}" }}"#, at * 7 % 1_000)
    });
    let all = format!(r#"{{ "title": "All", "reviews": [{}] }}"#, reviews.collect::<Vec<_>>().join(","));
    fs::write(folder.join("all.json"), all).unwrap();
    fs::write(folder.join("split.mjs"), script).unwrap();
    let Ok(status) = Command::new("node").arg("split.mjs").current_dir(&folder).status() else {
        return skip("no Node.js");
    };
    assert!(status.success());

    let (mut next, mut files, mut dates, mut titles) =
        (Some("reviews-1.json".to_owned()), 0, Vec::new(), Vec::new());
    while let Some(name) = next {
        let file = fs::read(folder.join(&name)).unwrap();
        assert!(file.len() as u64 <= LARGEST, "{name}: {} bytes", file.len());
        let (collection, problems) = read(&file, None).unwrap();
        assert_eq!((collection.title.as_deref(), problems.len()), (Some("All"), 0));
        titles.extend(collection.reviews.iter().map(|review| review.title.parse::<u32>().unwrap()));
        let json: Value = serde_json::from_slice(&file).unwrap();
        let reviews = json["reviews"].as_array().unwrap();
        dates.extend(reviews.iter().map(|review| review["published"].as_str().unwrap().to_owned()));
        files += 1;
        next = collection.next_url;
    }
    assert!(files > 2, "expected several files, found {files}");
    assert!(dates.is_sorted_by(|a, b| a >= b), "newest first");
    titles.sort_unstable();
    assert!(titles.iter().copied().eq(0..4_000), "each review once");
    fs::remove_dir_all(folder).unwrap();
}
