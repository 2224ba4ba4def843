//! Long files of other formats: they are read in slices, between which the page can do other things, and the posts of a
//! list are converted one by one.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::cases;
use crate::page::Page;

cases![
    a_long_file_of_posts_is_a_card_read_in_slices,
    a_long_file_of_posts_is_a_list,
    a_long_feed_is_a_list_read_in_slices,
    related_reviews_in_a_long_feed_are_found_in_slices,
    posts_of_a_list_are_read_one_by_one,
];

/// The length of the files: less than a card may have.
const BYTES: usize = 7 << 20;
/// The least number of pauses of the reader, which come every 25 ms. Reading this number of bytes takes longer than that on any
/// machine.
const LEAST: u64 = 3;

const PARAGRAPH: &str = "<p>The film is &#8220;slow&#8221;, and it <em>never</em> explains itself, which is the \
    <a href=\"/x\">best thing</a> about it. Again and again the wheel turns.</p>\n";

fn post(at: usize) -> Value {
    json!({
        "id": at, "date": "2024-05-01T08:00:00", "slug": format!("post-{at}"), "link": format!("/post-{at}"),
        "title": { "rendered": format!("Post &#8220;{at}&#8221;") }, "content": { "rendered": PARAGRAPH.repeat(12) },
        "excerpt": { "rendered": "<p>A film that [&hellip;]</p>" }, "plugins_own": 1,
    })
}

fn item(at: usize) -> Value {
    json!({ "id": at.to_string(), "title": format!("Item {at}"), "url": format!("/{at}"), "tags": ["wheels"],
        "summary": "A <em>wheel</em>.", "content_html": PARAGRAPH.repeat(12), "date_published": "2024-05-01" })
}

/// As many as fit.
fn many(make: fn(usize) -> Value) -> Vec<Value> {
    let length = make(1000).to_string().len() + 1;
    (1..BYTES / length).map(make).collect()
}

fn feed(items: &[Value]) -> String {
    json!({ "version": "https://jsonfeed.org/version/1.1", "authors": [{ "name": "Ada" }], "items": items })
        .to_string()
}

/// Counts the pauses of the reader and records long tasks. A script of the page, because what a driver's script assigns to
/// `window` is not always what the page calls.
const COUNTING: &str = "<script>
  let tasks = [], pauses = 0;
  const original = setTimeout;
  setTimeout = (act, delay, ...rest) => {
    if (delay === undefined) pauses++;
    return original(act, delay, ...rest);
  };
  try {
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
      .observe({ type: 'longtask' });
  } catch {}
  globalThis.begin = () => { tasks = []; pauses = 0; };
  globalThis.counted = () => ({ tasks, pauses });
</script>";

/// Opens a page that counts the pauses of the reader and records long tasks, and then adds `html`.
fn open(page: &Page, html: &str) -> Result<()> {
    page.open(&format!(
        "{COUNTING}<review-card loading='eager' src='/warm.json'></review-card><div id='main'></div>"
    ))?;
    page.expect_loads(1)?;
    page.run(&format!("begin(); byId('main').innerHTML = {};", json!(html)))?;
    Ok(())
}

/// Checks that the reader paused again and again. Prints how long tasks took, which says more about the machine (and
/// only Chromium reports it).
fn was_read_in_slices(page: &Page, what: &str) -> Result<()> {
    let tasks = page.get("counted().tasks")?;
    let longest = tasks.as_array().into_iter().flatten().filter_map(Value::as_f64).fold(0.0, f64::max);
    println!("{what}: the longest task took {longest} ms; all above 50 ms: {tasks}");
    let pauses = page.get("counted().pauses")?.as_u64().unwrap_or(0);
    ensure!(pauses >= LEAST, "{what}: expected {LEAST} pauses, found {pauses}");
    Ok(())
}

fn warm(page: &Page) {
    // The reader starts before the clock does.
    page.site().put("/warm.json", r#"{ "title": "Warm", "bodyHtml": "<p>Words", "body": 5 }"#);
}

fn a_long_file_of_posts_is_a_card_read_in_slices(page: &Page) -> Result<()> {
    let posts = many(post);
    warm(page);
    page.site().put("/posts.json", json!(posts).to_string());
    open(
        page,
        "<review-card id='one' timeout='300' loading='eager' src='/posts.json' item='/post-7'></review-card>",
    )?;
    page.expect_patiently("text(part('title', byId('one')))", "Post “7”")?;
    was_read_in_slices(page, "a card of WordPress posts")
}

fn a_long_file_of_posts_is_a_list(page: &Page) -> Result<()> {
    let posts = many(post);
    warm(page);
    page.site().put("/posts.json", json!(posts).to_string());
    open(page, "<review-list timeout='300' src='/posts.json' controls></review-list>")?;
    page.expect_patiently("text(part('title', cards()[0]))", "Post “1”")?;
    page.expect_patiently("events('list-load').map((detail) => detail.count)", json!([posts.len()]))?;
    page.is("events('list-load')[0].problems.map((each) => each.path)", json!(["[0].plugins_own"]))?;
    page.expect_console("plugins_own")
}

fn a_long_feed_is_a_list_read_in_slices(page: &Page) -> Result<()> {
    let items = many(item);
    warm(page);
    page.site().put("/feed.json", feed(&items));
    open(page, "<review-list timeout='300' src='/feed.json' filter='author:Ada'></review-list>")?;
    page.expect_patiently("text(part('title', cards()[0]))", "Item 1")?;
    page.expect_patiently("events('list-load').map((detail) => detail.count)", json!([items.len()]))?;
    was_read_in_slices(page, "a list of a JSON Feed")
}

fn related_reviews_in_a_long_feed_are_found_in_slices(page: &Page) -> Result<()> {
    warm(page);
    page.site().put("/feed.json", feed(&many(item)));
    page.site().put("/own.json", r#"{ "title": "Own", "tags": ["wheels"] }"#);
    open(
        page,
        "<review-card id='own' timeout='300' loading='eager' src='/own.json' related-from='/feed.json'></review-card>",
    )?;
    page.expect_patiently("text(part('title', byId('own')))", "Own")?;
    page.expect_patiently("byId('own').review.related?.length ?? 0", 6)?;
    was_read_in_slices(page, "related reviews of a JSON Feed")
}

fn posts_of_a_list_are_read_one_by_one(page: &Page) -> Result<()> {
    let posts: Vec<_> = (1..40).map(post).collect();
    page.site().put("/posts.json", json!(posts).to_string());
    page.site().put("/terms.json", r#"[{ "taxonomy": "category", "name": "A", "slug": "a", "link": "/a" }]"#);
    page.open("<review-list src='/posts.json' search='post 39'></review-list>")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["Post “39”"]))?;
    page.expect_console("plugins_own")?;
    page.open("<review-list src='/terms.json'><a href='/all'>All reviews</a></review-list>")?;
    page.expect("events('list-error').map((detail) => detail.kind)", json!(["no-review"]))?;
    page.is("events('list-error')[0].message.includes('found a term')", true)?;
    page.expect_console("a term")
}
