//! Relative links and pictures become absolute where the address of their page or site is known; others stay, and are
//! counted.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{Cursor, Write};

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

/// All addresses of the reviews in JSON are as expected, in any order, and so is the number of relative ones.
#[track_caller]
fn check(name: &str, bytes: &[u8], base: Option<&str>, expected: &[&str]) {
    let options = Options { base: base.map(Into::into), ..Options::default() };
    let import = import_bytes(name, bytes, &options).unwrap();
    let json = serde_json::to_string(&import.collection).unwrap().replace('\\', "");
    let marks = ["\"url\":\"", "\"src\":\"", "\"image\":\"", "href=\"", "href='", "src=\"", "src='"];
    let mut found: Vec<_> = marks
        .iter()
        .flat_map(|mark| json.split(mark).skip(1).filter_map(|rest| rest.split(['"', '\'']).next()))
        .collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{name}: {json}");
    let relative = expected.iter().filter(|address| !address.contains("://")).count();
    assert_eq!(import.report.relative, relative as u64, "{name}: {}", import.report);
    let line = "add --base and the address of the site";
    assert_eq!(import.report.to_string().matches(line).count(), usize::from(relative > 0));
    assert_eq!(import.report.problems, []);
}

const BASE: Option<&str> = Some("https://blog.example/");
const HTML: &str = "<p><a href='/a'>a</a> <img src='b.jpg' alt='b'></p>";

#[test]
fn posts_in_markdown() {
    let post = |keys: &str| format!("---\ntitle: A\n{keys}---\n[a](/a) ![b](b.jpg)\n");
    check("a.md", post("").as_bytes(), None, &["/a", "b.jpg"]);
    check("a.md", post("").as_bytes(), BASE, &["https://blog.example/a", "https://blog.example/b.jpg"]);
    for key in ["url", "permalink", "canonical_url"] {
        check(
            "a.md",
            post(&format!("{key}: https://own.example/films/a/\nimage: c.jpg\n")).as_bytes(),
            BASE,
            &[
                "https://own.example/films/a/",
                "https://own.example/films/a/c.jpg",
                "https://own.example/a",
                "https://own.example/films/a/b.jpg",
            ],
        );
        check(
            "a.md",
            post(&format!("{key}: films/a/\n")).as_bytes(),
            BASE,
            &[
                "https://blog.example/films/a/",
                "https://blog.example/a",
                "https://blog.example/films/a/b.jpg",
            ],
        );
        check("a.md", post(&format!("{key}: /films/a/\n")).as_bytes(), None, &["/films/a/", "/a", "b.jpg"]);
    }
}

#[test]
fn ghost() {
    let export = |settings: &str| {
        format!(
            r#"{{"db":[{{"data":{{"settings":[{settings}],"posts":[{{"id":"a","title":"A","slug":"a","status":"published",
            "html":"<a href='__GHOST_URL__/a/'>a</a> <a href='/c/'>c</a>","feature_image":"__GHOST_URL__/content/b.jpg"}}]}}}}]}}"#
        )
    };
    check("ghost.json", export("").as_bytes(), None, &["/a/", "/c/", "/content/b.jpg"]);
    check(
        "ghost.json",
        export("").as_bytes(),
        Some("https://x.example/blog/"),
        &["https://x.example/blog/a/", "https://x.example/c/", "https://x.example/blog/content/b.jpg"],
    );
    check(
        "ghost.json",
        export(r#"{"key":"url","value":"https://ghost.example"}"#).as_bytes(),
        BASE,
        &["https://ghost.example/a/", "https://ghost.example/c/", "https://ghost.example/content/b.jpg"],
    );
}

#[test]
fn substack() {
    let posts = "post_id,post_date,is_published,audience,title\n1.a,2023-01-02,true,everyone,A\n";
    let export = zip(&[("posts.csv", posts), ("posts/1.a.html", HTML)]);
    check("export.zip", &export, None, &["/a", "b.jpg"]);
    let expected = ["https://blog.example/p/a", "https://blog.example/a", "https://blog.example/p/b.jpg"];
    check("export.zip", &export, BASE, &expected);
}

#[test]
fn feeds() {
    let rss = |site: &str, link: &str| {
        format!(
            "<rss><channel>{site}<item><title>A</title>{link}<description><![CDATA[{HTML}]]></description></item></channel></rss>"
        )
    };
    check("feed.xml", rss("", "").as_bytes(), None, &["/a", "b.jpg"]);
    check(
        "feed.xml",
        rss("", "").as_bytes(),
        BASE,
        &["https://blog.example/a", "https://blog.example/b.jpg"],
    );
    let own = "<atom:link rel=\"self\" href=\"https://own.example/feed.xml\"/>";
    check("feed.xml", rss(own, "").as_bytes(), BASE, &["https://own.example/a", "https://own.example/b.jpg"]);
    for (site, link) in [
        ("<link>https://own.example/</link>", "<link>films/a/</link>"),
        ("", "<link>https://own.example/films/a/</link>"),
    ] {
        check(
            "feed.xml",
            rss(site, link).as_bytes(),
            BASE,
            &["https://own.example/films/a/", "https://own.example/a", "https://own.example/films/a/b.jpg"],
        );
    }
}

#[test]
fn the_base_of_xml() {
    let atom = |feed: &str, entry: &str, content: &str, link: &str| {
        format!(
            "<feed{feed}><link href=\"https://site.example/\"/><entry{entry}><title>A</title><link href=\"{link}\"/>\
            <content type=\"html\"{content}><![CDATA[{HTML}]]></content></entry></feed>"
        )
    };
    let base = |address: &str| format!(" xml:base=\"{address}\"");
    let link = "https://own.example/films/a/";
    check(
        "feed.atom",
        atom("", "", "", link).as_bytes(),
        None,
        &[link, "https://own.example/a", "https://own.example/films/a/b.jpg"],
    );
    check(
        "feed.atom",
        atom("", "", &base("https://text.example/x/"), link).as_bytes(),
        None,
        &[link, "https://text.example/a", "https://text.example/x/b.jpg"],
    );
    check(
        "feed.atom",
        atom(&base("https://feed.example/y/"), &base("z/"), &base("w/"), "a/").as_bytes(),
        None,
        &["https://feed.example/y/z/a/", "https://feed.example/a", "https://feed.example/y/z/w/b.jpg"],
    );
    check(
        "feed.atom",
        atom("", "", &base("text/"), link).as_bytes(),
        None,
        &[link, "https://own.example/a", "https://own.example/films/a/text/b.jpg"],
    );
}

#[test]
fn pages_tables_and_json() {
    let page = |head: &str| {
        format!(
            "<!DOCTYPE html><head>{head}</head><article class=\"h-review\"><h1 class=\"p-name\">A</h1><div class=\"e-content\">{HTML}</div></article>"
        )
    };
    check("a.html", page("").as_bytes(), None, &["/a", "b.jpg"]);
    check("a.html", page("").as_bytes(), BASE, &["https://blog.example/a", "https://blog.example/b.jpg"]);
    for head in [
        "<link rel=canonical href=https://own.example/>",
        "<base href=https://own.example/>",
        "<meta property=og:url content=https://own.example/>",
    ] {
        check("a.html", page(head).as_bytes(), BASE, &["https://own.example/a", "https://own.example/b.jpg"]);
    }
    let table = format!("Title,Review,URL\nA,\"{HTML}\",\nB,\"{HTML}\",https://own.example/b/\n");
    check(
        "a.csv",
        table.as_bytes(),
        None,
        &["/a", "b.jpg", "https://own.example/b/", "https://own.example/a", "https://own.example/b/b.jpg"],
    );
    let plain = serde_json::json!([{ "title": "A", "bodyHtml": HTML, "url": "c/" }]).to_string();
    check("a.json", plain.as_bytes(), None, &["/a", "b.jpg", "c/"]);
    check(
        "a.json",
        plain.as_bytes(),
        BASE,
        &["https://blog.example/a", "https://blog.example/b.jpg", "https://blog.example/c/"],
    );
    let feed = serde_json::json!({ "version": "https://jsonfeed.org/version/1.1", "title": "F", "home_page_url": "https://own.example/",
        "items": [{ "id": "a", "title": "A", "content_html": HTML, "_review": { "rating": 4 } }] });
    check(
        "feed.json",
        feed.to_string().as_bytes(),
        BASE,
        &["https://own.example/a", "https://own.example/b.jpg"],
    );
}
