//! Long files of other formats: they are read in slices, so that no task is long, and a list converts only what it shows.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::cases;
use crate::page::Page;

cases![
    a_long_file_of_posts_is_a_card_without_a_long_task,
    a_long_file_of_posts_is_a_list_without_a_long_task,
    a_long_feed_is_a_list_without_a_long_task,
    related_reviews_in_a_long_feed_are_found_without_a_long_task,
    posts_of_a_list_are_read_one_by_one,
];

/// The length of the files: less than a card may have.
const BYTES: usize = 7 << 20;
/// The longest task (ms), on a machine that does other things too.
const LONGEST: f64 = 200.0;

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

/// Opens a page that records long tasks, and then adds `html`.
fn open(page: &Page, html: &str) -> Result<()> {
    page.open("<review-card loading='eager' src='/warm.json'></review-card><div id='main'></div>")?;
    page.expect_loads(1)?;
    page.run(&format!(
        "globalThis.tasks = [];
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
          .observe({{ type: 'longtask' }});
        byId('main').innerHTML = {};",
        json!(html)
    ))?;
    Ok(())
}

/// Only Chromium reports long tasks.
fn no_task_was_long(page: &Page, what: &str) -> Result<()> {
    let tasks = page.get("tasks")?;
    let longest = tasks.as_array().into_iter().flatten().filter_map(Value::as_f64).fold(0.0, f64::max);
    println!("{what}: the longest task took {longest} ms; all above 50 ms: {tasks}");
    ensure!(longest <= LONGEST, "{what}: a task of {longest} ms");
    Ok(())
}

fn warm(page: &Page) {
    // The reader starts before the clock does.
    page.site().put("/warm.json", r#"{ "title": "Warm", "bodyHtml": "<p>Words", "body": 5 }"#);
}

fn a_long_file_of_posts_is_a_card_without_a_long_task(page: &Page) -> Result<()> {
    let posts = many(post);
    warm(page);
    page.site().put("/posts.json", json!(posts).to_string());
    open(page, "<review-card id='one' loading='eager' src='/posts.json' item='/post-7'></review-card>")?;
    page.expect_patiently("text(part('title', byId('one')))", "Post “7”")?;
    no_task_was_long(page, "a card of WordPress posts")
}

fn a_long_file_of_posts_is_a_list_without_a_long_task(page: &Page) -> Result<()> {
    let posts = many(post);
    warm(page);
    page.site().put("/posts.json", json!(posts).to_string());
    open(page, "<review-list src='/posts.json' controls></review-list>")?;
    page.expect_patiently("text(part('title', cards()[0]))", "Post “1”")?;
    page.expect_patiently("events('list-load').map((detail) => detail.count)", json!([posts.len()]))?;
    page.is("events('list-load')[0].problems.map((each) => each.path)", json!(["[0].plugins_own"]))?;
    page.expect_console("plugins_own")?;
    no_task_was_long(page, "a list of WordPress posts")
}

fn a_long_feed_is_a_list_without_a_long_task(page: &Page) -> Result<()> {
    let items = many(item);
    warm(page);
    page.site().put("/feed.json", feed(&items));
    open(page, "<review-list src='/feed.json'></review-list>")?;
    page.expect_patiently("text(part('title', cards()[0]))", "Item 1")?;
    page.expect_patiently("events('list-load').map((detail) => detail.count)", json!([items.len()]))?;
    page.is("text(part('author', cards()[0])).includes('Ada')", true)?;
    no_task_was_long(page, "a list of a JSON Feed")
}

fn related_reviews_in_a_long_feed_are_found_without_a_long_task(page: &Page) -> Result<()> {
    warm(page);
    page.site().put("/feed.json", feed(&many(item)));
    page.site().put("/own.json", r#"{ "title": "Own", "tags": ["wheels"] }"#);
    open(
        page,
        "<review-card id='own' loading='eager' src='/own.json' related-from='/feed.json'></review-card>",
    )?;
    page.expect_patiently("text(part('title', byId('own')))", "Own")?;
    page.expect_patiently("byId('own').review.related?.length ?? 0", 6)?;
    no_task_was_long(page, "related reviews of a JSON Feed")
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
