//! Files made to cost as much as they can, in any size: what `cargo xtask bench --only pathological` measures, and what the tests of
//! the reader count steps of.
//!
//! To add an attack, add a row to [`FILES`].
#![allow(dead_code, reason = "each program that shares this takes its part")]

use std::fmt::Write as _;

/// Makes a document of about so many bytes.
pub(crate) type Make = fn(usize) -> String;

/// Each attack by its name.
pub(crate) const FILES: [(&str, Make); 93] = [
    // Entries of every list of a review.
    ("pros", |bytes| list("pros", r#""a""#, bytes)),
    ("cons", |bytes| list("cons", r#""a""#, bytes)),
    ("tags", |bytes| list("tags", r#""a""#, bytes)),
    ("tags of their own", |bytes| numbered_list("tags", |at| format!("\"t{at}\""), bytes)),
    ("history", |bytes| list("history", r#"{"date":"2020","rating":4}"#, bytes)),
    ("history backwards", |bytes| {
        numbered_list("history", |at| format!(r#"{{"date":"{}","rating":4}}"#, 9999 - at % 9000), bytes)
    }),
    ("aspects", |bytes| list("aspects", r#"{"name":"a","rating":1}"#, bytes)),
    ("related", |bytes| numbered_list("related", |at| format!("\"r{at}\""), bytes)),
    ("related that are the same", |bytes| list("related", r#""r""#, bytes)),
    ("related that are wrong", |bytes| list("related", "{}", bytes)),
    ("opinions", |bytes| numbered_list("opinions", |at| format!("\"r{at}\""), bytes)),
    ("links", |bytes| list("links", r#""a""#, bytes)),
    ("authors", |bytes| list("author", r#""a""#, bytes)),
    ("creators and sameAs", |bytes| {
        let half = |item| repeated(item, ",", bytes / 2);
        let (creators, same) = (half(r#""a""#), half(r#""/a""#));
        format!(r#"{{"title":"A","work":{{"name":"W","creators":[{creators}],"sameAs":[{same}]}}}}"#)
    }),
    ("paragraphs", |bytes| list("body", r#""a""#, bytes)),
    ("paragraphs of one text", |bytes| text("body", &repeated("a", "\\n\\n", bytes))),
    // Many reviews.
    ("reviews of a title", |bytes| format!("[{}]", repeated(r#"{"title":"a"}"#, ",", bytes))),
    ("reviews of one id", |bytes| format!("[{}]", repeated(r#"{"id":"i","title":"a"}"#, ",", bytes))),
    ("reviews with numbered ids", |bytes| {
        let numbered = numbered(|at| format!(r#"{{"id":"i-{at}","title":"a"}}"#), ",", bytes / 2);
        format!("[{numbered},{}]", repeated(r#"{"id":"i","title":"a"}"#, ",", bytes / 2))
    }),
    ("reviews without a title", |bytes| format!("[{{\"title\":\"A\"}},{}]", repeated("{}", ",", bytes))),
    ("reviews that are numbers", |bytes| format!("[{{\"title\":\"A\"}},{}]", repeated("1", ",", bytes))),
    ("reviews that are null", |bytes| format!("[{{\"title\":\"A\"}},{}]", repeated("null", ",", bytes))),
    ("reviews with keys of their own", |bytes| {
        format!("[{}]", numbered(|at| format!(r#"{{"title":"a","k{at}":1}}"#), ",", bytes))
    }),
    ("reviews with a wrong date", |bytes| {
        format!("[{}]", repeated(r#"{"title":"a","published":"soon","lang":"?"}"#, ",", bytes))
    }),
    // JSON itself.
    ("numbers in an array", |bytes| format!(r#"{{"title":"A","x":[{}]}}"#, repeated("0", ",", bytes))),
    ("arrays in an array", |bytes| format!(r#"{{"title":"A","x":[{}]}}"#, repeated("[0]", ",", bytes))),
    ("objects in an array", |bytes| {
        format!(r#"{{"title":"A","x":[{}]}}"#, repeated(r#"{"a":0}"#, ",", bytes))
    }),
    ("nested arrays", |bytes| {
        let nest = "[".repeat(120) + &"]".repeat(120);
        format!(r#"{{"title":"A","x":[{}]}}"#, repeated(&nest, ",", bytes))
    }),
    ("one key again and again", |bytes| format!("{{{}}}", repeated(r#""title":"a""#, ",", bytes))),
    ("unknown keys", |bytes| {
        format!(r#"{{"title":"A",{}}}"#, numbered(|at| format!("\"k{at}\":0"), ",", bytes))
    }),
    ("a key without end", |bytes| format!(r#"{{"title":"A","{}":0}}"#, "k".repeat(bytes))),
    ("digits", |bytes| format!(r#"{{"title":"A","rating":{}}}"#, "9".repeat(bytes))),
    ("decimals", |bytes| format!(r#"{{"title":"A","rating":3.{}}}"#, "3".repeat(bytes))),
    ("comments", |bytes| format!(r#"{{"title":"A"}} {}"#, repeated("/* */", "", bytes))),
    ("comments that begin", |bytes| format!(r#"{{"title":"A"}} {}"#, repeated("<!--", "", bytes))),
    ("trailing commas", |bytes| {
        format!(r#"[{{"title":"A"}},{}]"#, repeated(r#"{"title":"a",}"#, ",", bytes))
    }),
    ("escapes of JavaScript", |bytes| text("title", &repeated("\\x27", "", bytes))),
    ("line breaks in strings", |bytes| text("title", &repeated("a\n", "", bytes))),
    ("cut off after many", |bytes| format!(r#"[{},{{"tit"#, repeated(r#"{"title":"a"}"#, ",", bytes))),
    ("cut off in a nest", |bytes| format!("[{}", repeated(r#"{"a":[0]},"#, "", bytes))),
    ("a call", |bytes| format!("{}({{\"title\":\"A\"}})", "a".repeat(bytes))),
    ("curly quotes", |bytes| format!("[{}]", repeated("{“title”: “a”}", ",", bytes))),
    // Texts.
    ("a long title", |bytes| text("title", &"a".repeat(bytes))),
    ("a long verdict", |bytes| text("verdict", &"a ".repeat(bytes / 2))),
    ("a long id", |bytes| text("id", &"a".repeat(bytes))),
    ("a long address", |bytes| text("url", &"/a".repeat(bytes / 2))),
    ("a long date", |bytes| text("published", &"2".repeat(bytes))),
    ("a long rating", |bytes| text("rating", &"9".repeat(bytes))),
    ("a rating in brackets", |bytes| text("rating", &"(".repeat(bytes))),
    ("a rating of stars", |bytes| text("rating", &"★".repeat(bytes / 3))),
    ("a rating of labels", |bytes| text("rating", &"a:".repeat(bytes / 2))),
    ("references", |bytes| text("title", &"&amp;".repeat(bytes / 5))),
    ("references of references", |bytes| text("title", &"&amp;amp;amp;".repeat(bytes / 13))),
    ("rare references", |bytes| text("verdict", &"&hearts;".repeat(bytes / 8))),
    ("escaped HTML", |bytes| text("verdict", &"&lt;b&gt;a&lt;/b&gt;".repeat(bytes / 20))),
    ("spoilers in text", |bytes| text("body", &"[spoiler]a[/spoiler]".repeat(bytes / 20))),
    // HTML.
    ("deep HTML", |bytes| text("bodyHtml", &"<div>".repeat(bytes / 5))),
    ("a long attribute", |bytes| text("bodyHtml", &format!("<p title='{}'>a</p>", "a".repeat(bytes)))),
    ("many attributes", |bytes| text("bodyHtml", &format!("<p {}>a</p>", "a=b ".repeat(bytes / 4)))),
    ("open b", |bytes| text("bodyHtml", &"<b>a".repeat(bytes / 4))),
    ("open b in paragraphs", |bytes| text("bodyHtml", &"<p><b>a</p>".repeat(bytes / 11))),
    ("open links", |bytes| text("bodyHtml", &"<a href=/a>".repeat(bytes / 11))),
    ("tables in tables", |bytes| text("bodyHtml", &"<table><tr><td>".repeat(bytes / 15))),
    ("comments of HTML", |bytes| text("bodyHtml", &"<!-- a -->".repeat(bytes / 10))),
    ("comments of HTML that begin", |bytes| text("bodyHtml", &"<!--".repeat(bytes / 4))),
    ("references of HTML", |bytes| text("bodyHtml", &"&amp;".repeat(bytes / 5))),
    ("brackets", |bytes| text("bodyHtml", &"[".repeat(bytes))),
    ("shortcodes", |bytes| text("bodyHtml", &numbered(|at| format!("[s{at}]"), "", bytes))),
    ("spoilers in HTML", |bytes| text("bodyHtml", &"<p>[spoiler]a".repeat(bytes / 13))),
    ("HTML that was escaped", |bytes| text("bodyHtml", &"&lt;p&gt;a&lt;/p&gt;".repeat(bytes / 20))),
    ("clutter", |bytes| text("bodyHtml", &"<div class='sharedaddy'>a</div>".repeat(bytes / 31))),
    ("a class without end", |bytes| {
        text("bodyHtml", &format!("<div class='{}'>a</div>", "a ".repeat(bytes / 2)))
    }),
    // Feeds.
    ("a feed of authors and items", |bytes| {
        let authors = repeated(r#"{"name":"a"}"#, ",", bytes / 2);
        feed(&format!(r#""authors":[{authors}],"#), &repeated(r#"{"title":"a"}"#, ",", bytes / 2))
    }),
    ("a feed with a long author", |bytes| {
        let author = "a".repeat(bytes / 2);
        feed(&format!(r#""authors":[{{"name":"{author}"}}],"#), &repeated(r#"{"title":"a"}"#, ",", bytes / 2))
    }),
    ("a feed with a language", |bytes| {
        feed(r#""language":"en","#, &repeated(r#"{"title":"a"}"#, ",", bytes))
    }),
    ("a feed of HTML without titles", |bytes| {
        feed("", &repeated(r#"{"content_html":"<p>One <b>two</b> three</p>"}"#, ",", bytes))
    }),
    ("a feed of summaries of HTML", |bytes| {
        feed("", &repeated(r#"{"title":"<i>a</i>","summary":"<p>a &hearts; b</p>"}"#, ",", bytes))
    }),
    // WordPress.
    ("posts of WordPress", |bytes| format!("[{}]", numbered(post, ",", bytes))),
    ("posts with HTML in titles", |bytes| {
        let post = r#"{"title":{"rendered":"<i>a</i> &hearts;"},"excerpt":{"rendered":"<p>a <b>b</b></p>"}}"#;
        format!("[{}]", repeated(post, ",", bytes))
    }),
    ("a post with many terms", |bytes| {
        let terms = repeated(r#"{"taxonomy":"post_tag","name":"a"}"#, ",", bytes);
        format!(r#"{{"title":{{"rendered":"A"}},"_embedded":{{"wp:term":[[{terms}]]}}}}"#)
    }),
    ("a post with an excerpt of votes", |bytes| {
        format!(
            r#"{{"title":{{"rendered":"A"}},"excerpt":{{"rendered":"{}"}}}}"#,
            "4/5 - (".repeat(bytes / 7)
        )
    }),
    // JSON-LD.
    ("reviews of one item", |bytes| {
        let (name, reviews) = ("a".repeat(bytes / 2), repeated(r#"{"@type":"Review"}"#, ",", bytes / 2));
        format!(r#"{{"@type":"Product","name":"{name}","review":[{reviews}]}}"#)
    }),
    ("nodes that refer to all", |bytes| {
        let nodes = (bytes / 8).isqrt().max(1);
        let all = (0..nodes).fold(String::new(), |all, at| all + &format!(",\"#{at}\""));
        let node = |at| format!(r##"{{"@type":"Review","@id":"#{at}","name":"n","author":["#0"{all}]}}"##);
        format!(r#"{{"@graph":[{}]}}"#, numbered(node, ",", bytes))
    }),
    ("a fan-out by references", |bytes| {
        let people =
            numbered(|at| format!(r##"{{"@type":"Person","@id":"#{at}","name":"p"}}"##), ",", bytes / 4);
        let count = people.matches("@id").count().min(400);
        let all = (0..count).map(|at| format!(r##"{{"@id":"#{at}"}}"##)).collect::<Vec<_>>().join(",");
        let review = format!(r#"{{"@type":"Review","name":"r","author":[{all}]}}"#);
        format!(r#"{{"@graph":[{people},{}]}}"#, repeated(&review, ",", bytes - bytes / 4))
    }),
    ("a chain of references", |bytes| {
        let node =
            |at| format!(r##"{{"@type":"Review","@id":"#{at}","itemReviewed":{{"@id":"#{}"}}}}"##, at + 1);
        format!(r#"{{"@graph":[{}]}}"#, numbered(node, ",", bytes))
    }),
    ("a circle of references", |bytes| {
        let node = |at: usize| {
            let other = if at.is_multiple_of(2) { at + 1 } else { at - 1 };
            format!(
                r##"{{"@type":"Review","@id":"#{at}","name":"n","author":"#{other}","associatedReview":{{"@id":"#{other}"}}}}"##
            )
        };
        format!(r#"{{"@graph":[{}]}}"#, numbered(node, ",", bytes))
    }),
    ("pieces of one thing", |bytes| {
        let piece =
            |at| format!(r##"{{"@id":"#a","@type":"Review","name":"n","x{at}":"{}"}}"##, "y".repeat(100));
        format!(r#"{{"@graph":[{}]}}"#, numbered(piece, ",", bytes))
    }),
    ("long pieces of one thing", |bytes| {
        let long = "y".repeat(bytes / 200);
        let piece = |at| format!(r##"{{"@id":"#a","@type":"Person","x":"{long}","name":"n{at}"}}"##);
        let reviews = repeated(r##"{"@type":"Review","name":"r","author":"#a"}"##, ",", bytes / 2);
        format!(r#"{{"@graph":[{},{reviews}]}}"#, numbered(piece, ",", bytes / 2))
    }),
    ("reviews of one @id", |bytes| {
        let node = |at| format!(r##"{{"@type":"Review","@id":"#a","name":"n{at}"}}"##);
        format!(r#"{{"@graph":[{}]}}"#, numbered(node, ",", bytes))
    }),
    ("people by their address", |bytes| {
        let person = |at| format!(r#"{{"@type":"Person","url":"https://a.example/{at}","name":"p"}}"#);
        let review = r#"{"@type":"Review","name":"r","author":"https://a.example/1"}"#;
        format!(r#"{{"@graph":[{},{}]}}"#, numbered(person, ",", bytes / 2), repeated(review, ",", bytes / 2))
    }),
    ("reviews within reviews", |bytes| {
        let nest = r#"{"@type":"Review","name":"n","associatedReview":"#.repeat(60) + "0" + &"}".repeat(60);
        format!(r#"{{"@graph":[{}]}}"#, repeated(&nest, ",", bytes))
    }),
    ("items within items", |bytes| {
        let nest = r#"{"@type":"Product","name":"n","review":"#.repeat(60)
            + r#"{"@type":"Review"}"#
            + &"}".repeat(60);
        format!(r#"{{"@graph":[{}]}}"#, repeated(&nest, ",", bytes))
    }),
    // AT Protocol.
    ("records", |bytes| {
        let record = |at| {
            format!(
                r#"{{"uri":"at://a/{at}","value":{{"$type":"social.popfeed.feed.review","title":"a","text":"b","rating":4}}}}"#
            )
        };
        format!(r#"{{"records":[{}]}}"#, numbered(record, ",", bytes))
    }),
];

/// A review with one long text.
fn text(key: &str, text: &str) -> String {
    let title = if key == "title" { "" } else { r#""title":"A","# };
    format!(r#"{{{title}"{key}":"{text}"}}"#)
}

/// A review with one long list.
fn list(key: &str, item: &str, bytes: usize) -> String {
    numbered_list(key, |_| item.to_owned(), bytes)
}

fn numbered_list(key: &str, item: impl Fn(usize) -> String, bytes: usize) -> String {
    format!(r#"{{"title":"A","{key}":[{}]}}"#, numbered(item, ",", bytes))
}

fn feed(around: &str, items: &str) -> String {
    format!(r#"{{"version":"https://jsonfeed.org/version/1.1",{around}"items":[{items}]}}"#)
}

/// A post as blogs have them: some 5 KB, with paragraphs, links and what plugins leave.
fn post(at: usize) -> String {
    let paragraph = "<p>A film about <em>somebody</em> who waits &#8211; and <a href=\\\"/a\\\">waits</a>, as one does in the \
        rain, for a bus that has gone. [\u{2026}]</p>\\n";
    let body = paragraph.repeat(30) + "<div class=\\\"sharedaddy\\\"><h3>Share this:</h3></div>";
    let mut post = String::new();
    let _ = write!(
        post,
        r#"{{"id":{at},"date":"2024-03-09T08:15:00","date_gmt":"2024-03-09T07:15:00","link":"https://blog.example/{at}","title":{{"rendered":"Film &#8220;{at}&#8221;"}},"excerpt":{{"rendered":"{paragraph}"}},"content":{{"rendered":"{body}"}},"_embedded":{{"author":[{{"name":"Ada"}}],"wp:term":[[{{"taxonomy":"category","name":"Film"}}]]}}}}"#
    );
    post
}

/// `item` again and again, up to so many bytes, at least once.
fn repeated(item: &str, between: &str, bytes: usize) -> String {
    numbered(|_| item.to_owned(), between, bytes)
}

fn numbered(item: impl Fn(usize) -> String, between: &str, bytes: usize) -> String {
    let mut all = item(0);
    let mut at = 1;
    while all.len() < bytes {
        all.push_str(between);
        all.push_str(&item(at));
        at += 1;
    }
    all
}
