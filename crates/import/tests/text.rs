//! Texts come back as people wrote them: an `&`, a `<` and character references, from each source and to each export.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{Cursor, Write};

use review_card::model::{Body, Review};
use review_card::rich_text;
use review_card_import::export::{json_feed, letterboxd, markdown};
use review_card_import::{Options, import_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The text that a card shows.
fn shown(review: &Review) -> String {
    match &review.body {
        Body::Text(paragraphs) => paragraphs.join("\n\n"),
        Body::Html { html, .. } => rich_text::plain_text(html),
        _ => String::new(),
    }
}

/// Title and text of the first review are as expected, also after each export.
#[track_caller]
fn check(name: &str, bytes: &[u8], title: &str, text: &str) {
    let options = Options::default();
    let import = import_bytes(name, bytes, &options).unwrap();
    assert_eq!(import.report.problems, [], "{name}");
    let review = import.collection.reviews.first().unwrap();
    assert_eq!((review.title.as_str(), shown(review).as_str()), (title, text), "{name}");
    let mut film = Review::clone(review);
    if let Some(work) = &mut film.work {
        work.kind = Some("Movie".into());
    }
    let collection = review_card::Collection { reviews: vec![film.into()], ..Default::default() };
    for (name, file) in [
        ("post.md", markdown(review)),
        ("feed.json", json_feed(&import.collection)),
        ("films.csv", letterboxd(&collection).csv),
    ] {
        let again = import_bytes(name, file.as_bytes(), &options).unwrap();
        assert_eq!(again.report.problems, [], "{file}");
        let review = again.collection.reviews.first().unwrap();
        // A feed has the body as HTML.
        assert_eq!(shown(review).replace("\n\n", " "), text.replace("\n\n", " "), "{file}");
    }
}

/// Texts as they are written into a source, and as they are shown.
const PLAIN: [(&str, &str); 4] = [
    ("Tom & Jerry", "Tom & Jerry"),
    ("Q&A; R&D & more, 1 < 2", "Q&A; R&D & more, 1 < 2"),
    ("Tom &amp; Jerry", "Tom & Jerry"),
    ("Caf&eacute; &#8211; &lt;b&gt;", "Café – <b>"),
];
const MARKED_UP: [(&str, &str); 3] = [
    ("<p>Tom & Jerry</p>", "Tom & Jerry"),
    ("<p>Tom &amp; <i>Jerry</i></p>", "Tom & Jerry"),
    ("<p>Write &amp;amp; for <i>&amp;</i>, 1 < 2 & so on</p>", "Write &amp; for &, 1 < 2 & so on"),
];

#[test]
fn tables() {
    for (text, expected) in PLAIN.into_iter().chain(MARKED_UP) {
        for (name, header, start) in [
            ("films.csv", "Title,Rating,Review", "Tom & Jerry,4,"),
            ("library.csv", "Book Id,Title,My Rating,Exclusive Shelf,My Review", "1,Tom & Jerry,4,read,"),
            ("storygraph.csv", "Title,Authors,Read Status,Star Rating,Review", "Tom & Jerry,A & B,read,4,"),
            ("bookwyrm.csv", "title,author_text,rating,review_content", "Tom & Jerry,A & B,4,"),
            (
                "reviews.csv",
                "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review",
                "2020-01-01,Tom & Jerry,1940,https://boxd.it/a,4,,",
            ),
        ] {
            check(name, format!("{header}\n{start}\"{text}\"\n").as_bytes(), "Tom & Jerry", expected);
        }
    }
}

#[test]
fn feeds_and_wordpress() {
    for (text, expected) in MARKED_UP {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        for text in [format!("<![CDATA[{text}]]>"), escaped] {
            for (title, shown) in [
                ("Tom &amp; Jerry", "Tom & Jerry"),
                ("<![CDATA[Tom & Jerry]]>", "Tom & Jerry"),
                ("Tom & Jerry", "Tom & Jerry"),
                ("<![CDATA[Tom &amp; Jerry]]>", "Tom & Jerry"),
            ] {
                let rss = format!(
                    "<rss><channel><item><title>{title}</title><description>{text}</description></item></channel></rss>"
                );
                check("feed.xml", rss.as_bytes(), shown, expected);
                let atom = format!(
                    "<feed><entry><title>{title}</title><content type=\"html\">{text}</content></entry></feed>"
                );
                check("feed.atom", atom.as_bytes(), shown, expected);
                let wxr = format!(
                    "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><item><title>{title}</title><content:encoded>{text}</content:encoded>\
                    <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"
                );
                check("blog.xml", wxr.as_bytes(), shown, expected);
            }
        }
    }
    let xhtml = "<feed><entry><title>A</title><content type=\"xhtml\"><div><p>Tom &amp; <i>Jerry</i> &lt;3</p></div></content></entry></feed>";
    check("feed.atom", xhtml.as_bytes(), "A", "Tom & Jerry <3");
}

#[test]
fn pages() {
    for (html, expected) in MARKED_UP {
        let page = format!(
            "<!DOCTYPE html><article class=\"h-review\"><h1 class=\"p-name\">Tom & Jerry</h1><div class=\"e-content\">{html}</div></article>"
        );
        check("page.html", page.as_bytes(), "Tom & Jerry", expected);
    }
    for (body, expected) in [
        ("Tom & Jerry", "Tom & Jerry"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        // Escaped as a whole: what is escaped twice is text.
        ("&lt;p&gt;Use &amp;lt;b&amp;gt; &amp;amp; so on&lt;/p&gt;", "Use <b> & so on"),
        ("<p>Use &lt;b&gt; &amp; so on</p>", "Use <b> & so on"),
    ] {
        let page = format!(
            "<!DOCTYPE html><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"Review\",\"name\":\"Tom & Jerry\",\
            \"itemReviewed\":{{\"@type\":\"Movie\",\"name\":\"Tom & Jerry\"}},\"reviewBody\":\"{body}\"}}</script>"
        );
        check("page.html", page.as_bytes(), "Tom & Jerry", expected);
    }
}

#[test]
fn posts() {
    for (text, expected) in [
        ("Tom & Jerry", "Tom & Jerry"),
        ("Tom & *Jerry*", "Tom & Jerry"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Write \\&amp; for &", "Write &amp; for &"),
        ("<p>Tom & Jerry</p>", "Tom & Jerry"),
        ("1 < 2 & `&amp;`", "1 < 2 & &amp;"),
    ] {
        for matter in [
            "---\ntitle: Tom & Jerry\n---\n",
            "+++\ntitle = \"Tom & Jerry\"\n+++\n",
            "{\"title\": \"Tom & Jerry\"}\n\n",
        ] {
            check("post.md", format!("{matter}{text}\n").as_bytes(), "Tom & Jerry", expected);
        }
    }
}

#[test]
fn exports_in_json_and_zips() {
    for (html, expected) in MARKED_UP {
        let post = serde_json::json!({ "id": "a", "title": "Tom & Jerry", "html": html, "status": "published", "visibility": "public" });
        let ghost = serde_json::json!({ "db": [{ "data": { "posts": [post] } }] });
        check("ghost.json", ghost.to_string().as_bytes(), "Tom & Jerry", expected);
        let substack = zip(&[
            (
                "posts.csv",
                "post_id,post_date,is_published,audience,title\n1.a,2023-01-02,true,everyone,Tom & Jerry\n",
            ),
            ("posts/1.a.html", html),
        ]);
        check("export.zip", &substack, "Tom & Jerry", expected);
        let plain = serde_json::json!([{ "title": "Tom & Jerry", "bodyHtml": html }]);
        check("plain.json", plain.to_string().as_bytes(), "Tom & Jerry", expected);
    }
    for (text, expected) in PLAIN {
        let movie = serde_json::json!({ "title": "Tom & Jerry", "year": 1940, "ids": { "trakt": 1 } });
        let comment =
            serde_json::json!([{ "type": "movie", "movie": movie, "comment": { "comment": text } }]);
        let trakt = zip(&[("comments-movies.json", &comment.to_string())]);
        check("trakt.zip", &trakt, "Tom & Jerry", expected);
    }
}

/// What Letterboxd exports is what people typed there: signs and references come back as they were.
#[test]
fn letterboxd_gets_back_signs_and_references() {
    for review in [
        "Tom & Jerry <i>again</i>",
        "Tom &amp; Jerry <i>again</i>",
        "Tom & Jerry &amp; <b>Spike</b> &hellip; &lt;3 <3 1 < 2",
        "Tom & Jerry",
        "Tom &amp; Jerry",
        "<a href=\"https://blog.example/?a=1&b=2\">this</a> & that",
        "<blockquote>R&B; Q&A</blockquote>\n\nSo & <em>so</em>",
        "&lt;b&gt;",
    ] {
        let quoted = review.replace('"', "\"\"");
        let table = format!(
            "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n\
            2020-01-01,A,1940,https://boxd.it/a,4,,\"{quoted}\",,2020-01-01\n2021-01-01,A,1940,https://boxd.it/b,4,Yes,\"{quoted}\",,2021-01-01\n"
        );
        let import = import_bytes("reviews.csv", table.as_bytes(), &Options::default()).unwrap();
        let csv = letterboxd(&import.collection).csv;
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let back: Vec<_> = rows.records().map(|row| row.unwrap()[8].to_owned()).collect();
        assert_eq!(back, [review, review]);
    }
}
